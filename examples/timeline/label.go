package main

import "slices"

// width is what a text takes in a size of letters, as far as that can be known
// without the letters: about six tenths of the size each, and all of it for wide
// ones.
func width(text string, size int) (n int) {
	for _, r := range text {
		if r >= 0x1100 {
			n += size * px
		} else {
			n += size * px * 62 / 100
		}
	}
	return n
}

// clip cuts a text to a width.
func clip(text string, size, most int) string {
	if width(text, size) <= most {
		return text
	}
	runes := []rune(text)
	for len(runes) > 0 && width(string(runes)+"…", size) > most {
		runes = runes[:len(runes)-1]
	}
	return string(runes) + "…"
}

// A label is text at a mast that stands at x.
type label struct {
	x, rank     int // the lower the rank, the sooner it gets room
	class, text string
}

// width is what l takes; bold letters are wider.
func (l label) width() int {
	w := width(l.text, letters)
	if l.class == "name" {
		w += w / 8
	}
	return w
}

// A placed label stands in a row, to the right of its mast or, with an anchor, to
// the left.
type placed struct {
	label
	at, row int
	anchor  string
}

// A board keeps the labels of some rows from covering one another, and from
// standing on the masts of those below them.
type board struct {
	left, right int
	rows        [][][2]int
	masts       []int
}

// apart reports whether the far end of a label is not beside the mast of
// another, to which it would seem to belong.
func (b *board) apart(far, own int) bool {
	for _, m := range b.masts {
		if m != own && far-9*px < m && m < far+9*px {
			return false
		}
	}
	return true
}

func (b *board) free(row, from, to int) bool {
	for _, o := range b.rows[row] {
		if from < o[1] && o[0] < to {
			return false
		}
	}
	return from >= b.left && to <= b.right
}

func (b *board) take(row, from, to int) { b.rows[row] = append(b.rows[row], [2]int{from, to}) }

// put finds a place for a label: with sides to the left too where there is room
// to the right, and with cross without regard to masts.
func (b *board) put(l label, sides, cross bool) (placed, bool) {
	const gap = 5 * px
	wide := l.width()
	for r := range b.rows {
		for _, p := range []placed{{l, l.x + gap, r, ""}, {l, l.x - gap, r, "end"}} {
			from, far := p.at, p.at+wide
			if p.anchor != "" {
				from -= wide
				far = from
				if !sides && l.x+gap+wide <= b.right {
					continue
				}
			}
			if !b.free(r, from, from+wide) || r == 0 && !b.apart(far, l.x) {
				continue
			}
			b.take(r, from, from+wide+4*px)
			for above := range r {
				if !cross {
					b.take(above, l.x-2*px, l.x+2*px)
				}
			}
			return p, true
		}
		if !cross && !b.free(r, l.x-px, l.x+px) {
			break // the mast cannot go further down
		}
	}
	return placed{}, false
}

// arrange puts labels into rows: off the lines that are kept free, and off masts,
// if that can be. Where not all have room it tries again with those first that
// had none, and in the end takes what loses least.
func (s *scale) arrange(labels []label, rows int, kept ...int) (best []placed, used int) {
	tries, ways := 20, 32
	if len(labels) > 50 { // most have no room in any order
		tries, ways = 1, 16
	}
	least := -1
	for way := range ways {
		if way%8 == 0 && 0 <= least && least < 1<<5 {
			break // all have room, and the ways to come have more faults
		}
		order := slices.Clone(labels)
		slices.SortStableFunc(order, func(a, b label) int {
			if way&1 != 0 && a.rank != b.rank {
				return a.rank - b.rank
			}
			if way&2 != 0 {
				return a.x - b.x
			}
			return b.x - a.x
		})
		for range tries {
			b := &board{left: s.left - 2*px, right: s.left + s.width + 2*px, rows: make([][][2]int, rows)}
			if way&8 == 0 {
				for _, x := range kept {
					for r := range b.rows {
						b.take(r, x-3*px, x+3*px)
					}
				}
			}
			for _, l := range labels {
				b.masts = append(b.masts, l.x)
			}
			var out []placed
			var lost, found []label
			deepest := 0
			cost := way >> 3 << 5
			for _, l := range order {
				if p, ok := b.put(l, way&4 != 0, way&16 != 0); ok {
					out, found = append(out, p), append(found, l)
					deepest = max(deepest, p.row+1)
				} else {
					lost = append(lost, l)
				}
			}
			cost += deepest
			for _, l := range lost {
				cost += 1 << (24 - 4*min(l.rank, 4))
			}
			if least < 0 || cost < least {
				least, best = cost, out
			}
			if len(lost) == 0 {
				break
			}
			order = append(lost, found...)
		}
	}
	for _, p := range best {
		used = max(used, p.row+1)
	}
	return best, used
}
