package rule

import (
	"fmt"
	"slices"
	"strings"
)

// The search that proves that two rules never disagree is bounded for each
// pair, and for a set.
const (
	maxParts    = 1 << 14
	maxSetParts = 1 << 18
)

// checkEffects refuses effects of the other kind of question, and numbers that
// an effect has no use for.
func (d *draft) checkEffects(coverage bool) {
	for i, r := range d.rules {
		switch {
		case r.Effect > Informs:
			d.refuse(i, "has no such effect")
		case coverage && r.Effect == Answers:
			d.refuse(i, "answers with a value; a coverage question wants an effect")
		case !coverage && r.Effect != Answers && r.Effect != Informs:
			d.refuse(i, r.Effect.String()+"; a value question wants an answer")
		case r.Effect == Limits && (r.Then < 0 || r.Then > 63):
			d.refuse(i, fmt.Sprintf("gives limit %d; limits are numbered 0 to 63", r.Then))
		case r.Effect == Excludes && (r.Then < 0 || r.Then > int(NotOffered) || !Outcome(r.Then).excludes()):
			d.refuse(i, fmt.Sprintf("excludes with outcome %d, which is no exclusion", r.Then))
		case (r.Effect == Grants || r.Effect == Maintains) && r.Then < 0:
			d.refuse(i, fmt.Sprintf("grants %d; grants are numbered from 0", r.Then))
		}
	}
}

// checkGrants refuses an exception that grants and does not imply a rule that
// grants the same. An exception speaks on its own conditions, so it would
// grant what the text only gives back.
func (d *draft) checkGrants() {
	for i, r := range d.rules {
		if d.broken[i] || d.parent[i] < 0 || r.Effect != Grants && r.Effect != Maintains {
			continue
		}
		implied := false
		for j, g := range d.rules {
			implied = implied || !d.broken[j] && d.parent[j] < 0 &&
				g.Effect == r.Effect && g.Then == r.Then && within(d.boxes[i], d.boxes[j])
		}
		if !implied {
			d.refuse(i, "is an exception that grants, but no rule that grants the same holds whenever it does")
		}
	}
}

// checkConflicts refuses two rules that could both speak and differ.
func (d *draft) checkConflicts() {
	left := maxSetParts
	for j := range d.rules {
		for i := range j {
			if !d.mayDiffer(i, j) || apart(d.boxes[i], d.boxes[j]) {
				continue
			}
			if d.checkPair(i, j, &left); left < 0 {
				d.refuse(j, "and those before it are too entangled to prove that no two both speak and differ")
				return
			}
		}
	}
}

func (d *draft) mayDiffer(i, j int) bool {
	a, b := d.rules[i], d.rules[j]
	return a.Effect == Answers && b.Effect == Answers && a.Then != b.Then && !d.excepts(i, j) && !d.excepts(j, i)
}

func (d *draft) checkPair(i, j int, setLeft *int) {
	if d.broken[i] || d.broken[j] {
		return
	}
	both := meet(d.boxes[i], d.boxes[j])
	var silencers [][]codes
	for e := range d.rules {
		if !d.excepts(e, i) && !d.excepts(e, j) {
			continue
		}
		if d.broken[e] {
			return // not known whether it silences one of them
		}
		if !apart(d.boxes[e], both) {
			silencers = append(silencers, d.boxes[e])
		}
	}
	left := min(maxParts, *setLeft)
	before := left
	if at := outside(both, silencers, &left); at != nil {
		d.clash(i, j, "can both speak"+d.describe(at)+" and differ, and neither is an exception to the other")
	} else if left < 0 && before == maxParts {
		d.clash(i, j, "are too entangled to prove that they never both speak and differ")
	}
	*setLeft -= before - left + len(silencers)
}

// clash reports a pair of rules at the later one, and breaks neither: each may
// clash with others.
func (d *draft) clash(i, j int, how string) {
	d.errs = append(d.errs, &RuleError{Rule: d.rules[j].ID, Why: fmt.Sprintf("and rule %q %s", d.rules[i].ID, how)})
}

// excepts reports whether rule e is an exception to rule p, directly or not.
func (d *draft) excepts(e, p int) bool {
	for e = d.parent[e]; e >= 0 && e != p; e = d.parent[e] {
	}
	return e == p
}

// describe names one point of a box.
func (d *draft) describe(box []codes) string {
	var b strings.Builder
	for k, fact := range d.facts {
		if n := d.vocabulary.facts[fact].Codes(); box[k] != allCodes(n) {
			code := 1
			for !box[k].has(code) {
				code++
			}
			fmt.Fprintf(&b, ", %s %s", d.vocabulary.facts[fact].Name, d.vocabulary.Value(fact, uint8(code)))
		}
	}
	if b.Len() == 0 {
		return ""
	}
	return " (" + b.String()[2:] + ")"
}

// within reports whether a lies in b.
func within(a, b []codes) bool {
	for k := range a {
		if a[k].without(b[k]) != (codes{}) {
			return false
		}
	}
	return true
}

// apart reports whether a and b share nothing.
func apart(a, b []codes) bool {
	for k := range a {
		if a[k].and(b[k]) == (codes{}) {
			return true
		}
	}
	return false
}

// meet returns what a and b share, or nil.
func meet(a, b []codes) []codes {
	both := make([]codes, len(a))
	for k := range a {
		if both[k] = a[k].and(b[k]); both[k] == (codes{}) {
			return nil
		}
	}
	return both
}

// outside returns a part of box that is in none of others, or nil. It gives up
// when left falls below zero.
func outside(box []codes, others [][]codes, left *int) []codes {
	if *left--; *left < 0 {
		return nil
	}
	for i, o := range others {
		both := meet(box, o)
		if both == nil {
			continue
		}
		// Cut o out of box, one fact at a time; what is left of box after
		// each cut agrees with o in that fact.
		rest := slices.Clone(box)
		for k := range rest {
			whole := rest[k]
			if rest[k] = whole.without(o[k]); rest[k] != (codes{}) {
				if found := outside(rest, others[i+1:], left); found != nil {
					return found
				}
			}
			rest[k] = whole.and(o[k])
		}
		return nil
	}
	return slices.Clone(box)
}
