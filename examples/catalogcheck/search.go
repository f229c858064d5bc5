package main

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/supportterms/supportterms/catalog"
)

// An item is a clause to be looked for, or the heading of a part: "Appendix 2"
// of "Appendix 2: 1.1".
type item struct {
	clause int // in the edition; -1 for the heading of a part
	part   string
	number string // if it is known by one
	keys   []string
}

var noteName = regexp.MustCompile(`^[\d.]+ (\pL+) ?(\d+)$`)

// Keys say by what a line and a clause go together.
func headingKey(s string) string {
	if s = fold(s); s != "" {
		s = "heading " + s
	}
	return s
}

func numberKey(s string) string { return "number " + s }

func noteKey(s string) string { return "note " + s }

// headingKeys returns the keys of a heading: its words, and where they are the
// meaning of one of the edition's terms, with a number or without, that term.
func headingKeys(e *catalog.Edition, s string) []string {
	out := []string{headingKey(s)}
	for _, t := range e.Terms {
		means, _, _ := strings.Cut(t.Means, ",")
		number, ok := strings.CutPrefix(fold(s), fold(means))
		if ok && strings.Trim(number, "0123456789") == "" {
			out = append(out, headingKey(t.Printed+number))
		}
	}
	return out
}

// items returns what is looked for, in the order of the edition.
func items(e *catalog.Edition) (out []item) {
	entered := map[string]bool{}
	for i, c := range e.Clauses {
		names := strings.Split(c.Number, ": ")
		last := len(names) - 1
		for n := range last {
			part := strings.Join(names[:n+1], ": ")
			if !entered[part] {
				out = append(out, item{clause: -1, part: part, keys: headingKeys(e, names[n])})
			}
			entered[part] = true
		}
		entered[c.Number] = true
		it := item{clause: i, part: strings.Join(names[:last], ": ")}
		name := names[last]
		note := noteName.FindStringSubmatch(name)
		switch {
		case note != nil:
			it.keys = []string{noteKey(note[2]), headingKey(note[1] + note[2])}
		case odd.FindString(name) == name:
			it.number = strings.TrimRight(name, ".):")
			it.keys = []string{numberKey(it.number)}
		default:
			it.keys = append(headingKeys(e, name), headingKey(c.Number))
		}
		out = append(out, it)
	}
	for i := range out { // a clause that is the heading of a part is of that
		if it := &out[i]; it.clause >= 0 && slices.ContainsFunc(out, func(o item) bool { return o.part == e.Clauses[it.clause].Number }) {
			it.part = e.Clauses[it.clause].Number
		}
	}
	return out
}

// A find is a clause, or heading of a part, that a line may begin.
type find struct {
	item, line int
	rest       string // what of the line is its words
	total      int    // worth, with all finds before it
	before     *find
}

// What a find is worth. A clause more outweighs any form.
const (
	worthPart     = 8
	worthClause   = 16
	worthUnlinked = 4
	worthUnmarked = 2
	worthParted   = 1
)

// search returns where the items are found: those lines in the order of the
// items that are worth most together, and of equal ones the later, since what
// comes first may be a table of contents.
func search(its []item, ls []line) (found []*find) {
	byKey := map[string][]int{}
	for i, it := range its {
		for _, k := range it.keys {
			if k != "" && !slices.Contains(byKey[k], i) {
				byKey[k] = append(byKey[k], i)
			}
		}
	}
	skipContents(byKey, ls)
	best := make([]*find, len(its)) // that end with the item, or one before it
	for n := range ls {
		l := &ls[n]
		var here []*find
		for _, k := range l.keys() {
			for _, i := range byKey[k.key] {
				here = append(here, &find{item: i, line: n, rest: k.rest})
			}
		}
		// Later items first, so that a line is not found twice in a row. Of two
		// ways to know a line the last holds.
		slices.SortStableFunc(here, func(a, b *find) int { return b.item - a.item })
		for _, f := range here {
			f.total = l.worth(its[f.item])
			if f.item > 0 && best[f.item-1] != nil {
				f.before = best[f.item-1]
				f.total += f.before.total
			}
			for i := f.item; i < len(best) && (best[i] == nil || best[i].total <= f.total); i++ {
				best[i] = f
			}
		}
	}
	if len(best) > 0 {
		for f := best[len(best)-1]; f != nil; f = f.before {
			found = append(found, f)
		}
	}
	slices.Reverse(found)
	return found
}

func (l *line) worth(it item) int {
	w := worthClause
	if it.clause < 0 {
		w = worthPart
	}
	if !l.linked {
		w += worthUnlinked
	}
	if !l.marked {
		w += worthUnmarked
	}
	if l.parted {
		w += worthParted
	}
	return w
}

var (
	superscripts = regexp.MustCompile(`^[⁰¹²³⁴-⁹]+`)
	quotation    = regexp.MustCompile(`^(?:"([^"]+)"|“([^”]+)”|「([^」]+)」|『([^』]+)』|„([^“”]+)[“”]|«([^»]+)»)`)
	separator    = regexp.MustCompile(`: | [-–—] |:$`)
)

// A keyed is what stands on a line after that by which it is known.
type keyed struct{ key, rest string }

// keys returns by what a line could be known, the closest last.
func (l *line) keys() (out []keyed) {
	if l.contents || l.text == "" {
		return nil
	}
	s := l.text[len(marks.FindString(l.text)):]
	headings := []string{s}
	if l.number != "" {
		headings = append(headings, l.rest) // "4. Hotfixes"
	}
	for _, h := range headings {
		h = strings.ReplaceAll(h, "**", "")
		if at := separator.FindStringIndex(h); at != nil {
			out = append(out, keyed{headingKey(h[:at[0]]), h[at[1]:]})
		}
		if m := quotation.FindString(h); m != "" {
			out = append(out, keyed{headingKey(m), h[len(m):]})
		}
		out = append(out, keyed{headingKey(h), ""})
	}
	if m := superscripts.FindString(s); m != "" {
		out = append(out, keyed{noteKey(fold(m)), s[len(m):]})
	}
	if number := cmp.Or(l.number, l.word); number != "" {
		out = append(out, keyed{numberKey(number), l.rest})
	}
	return out
}

var pageNumber = regexp.MustCompile(`[ .…]+\d+$`)

// skipContents marks the lines of a table of contents: those whose number and
// title stand again further on, as often as the edition has the number.
func skipContents(byKey map[string][]int, ls []line) {
	byNumber := map[string][]*line{}
	for n := range ls {
		if l := &ls[n]; l.number != "" {
			byNumber[l.number] = append(byNumber[l.number], l)
		}
	}
	for number, same := range byNumber {
		first := max(0, len(same)-max(1, len(byKey[numberKey(number)])))
		for _, l := range same[:first] {
			title := fold(pageNumber.ReplaceAllString(l.rest, ""))
			l.contents = l.contents || title != "" && slices.ContainsFunc(same[first:], func(later *line) bool {
				return strings.HasPrefix(fold(later.rest), title)
			})
		}
	}
}
