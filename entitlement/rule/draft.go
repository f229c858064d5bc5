package rule

import (
	"fmt"
	"slices"
)

// codes is a set of codes of one fact.
type codes [4]uint64

func allCodes(n int) codes { return someCodes(1, n) }

// someCodes returns the codes from low to high.
func someCodes(low, high int) (c codes) {
	for code := low; code <= high; code++ {
		c[code/64] |= 1 << (code % 64)
	}
	return c
}

func (c codes) has(code int) bool { return c[code/64]>>(code%64)&1 != 0 }

func (c codes) or(d codes) codes {
	return codes{c[0] | d[0], c[1] | d[1], c[2] | d[2], c[3] | d[3]}
}

func (c codes) and(d codes) codes {
	return codes{c[0] & d[0], c[1] & d[1], c[2] & d[2], c[3] & d[3]}
}

func (c codes) without(d codes) codes {
	return codes{c[0] &^ d[0], c[1] &^ d[1], c[2] &^ d[2], c[3] &^ d[3]}
}

// A draft is rules on their way to become a set: each a box, which is the
// codes its conditions leave each fact that some rule mentions.
type draft struct {
	vocabulary *Vocabulary
	rules      []Rule
	facts      []int   // those mentioned, in the vocabulary's order
	anything   []codes // the box of a rule without conditions
	boxes      [][]codes
	parent     []int  // the rule each is an exception to, or -1
	broken     []bool // rules refused, of which nothing is proved
	errs       []error
}

func newDraft(v *Vocabulary, rules []Rule) *draft {
	d := &draft{vocabulary: v, rules: rules, broken: make([]bool, len(rules))}
	for _, r := range rules {
		for _, c := range r.conditions() {
			if i, ok := v.Index(c.Fact); ok && !slices.Contains(d.facts, i) {
				d.facts = append(d.facts, i)
			}
		}
	}
	slices.Sort(d.facts)
	for _, fact := range d.facts {
		d.anything = append(d.anything, allCodes(v.facts[fact].Codes()))
	}
	seen := make(map[string]bool, len(rules))
	for i, r := range rules {
		if r.ID == "" {
			d.refuse(i, "has no id")
		} else if seen[r.ID] {
			d.refuse(i, "has the id of an earlier rule")
		}
		seen[r.ID] = true
		d.boxes = append(d.boxes, d.box(i))
	}
	d.findParents()
	return d
}

func (d *draft) refuse(i int, why string) {
	d.broken[i] = true
	d.errs = append(d.errs, &RuleError{Rule: d.rules[i].ID, Why: why})
}

// box compiles the conditions of rule i.
func (d *draft) box(i int) []codes {
	box := slices.Clone(d.anything)
	for _, c := range d.rules[i].conditions() {
		fact, ok := d.vocabulary.Index(c.Fact)
		if !ok {
			d.refuse(i, fmt.Sprintf("asks for %q, which is not in the vocabulary", c.Fact))
			continue
		}
		k, _ := slices.BinarySearch(d.facts, fact)
		allowed, ok := d.allowed(i, c, d.vocabulary.facts[fact])
		if before := box[k]; ok && before != (codes{}) {
			if box[k] = before.and(allowed); box[k] == (codes{}) {
				d.refuse(i, fmt.Sprintf("can never hold: its conditions leave %q no value", c.Fact))
			}
		}
	}
	return box
}

// allowed returns the codes of f for which c holds.
func (d *draft) allowed(i int, c Condition, f Fact) (allowed codes, ok bool) {
	bounded := c.AtLeast != nil || c.AtMost != nil
	switch {
	case len(c.In) == 0 && !bounded:
		d.refuse(i, fmt.Sprintf("asks nothing of %q", c.Fact))
		return allowed, false
	case f.Values == nil && len(c.In) > 0:
		d.refuse(i, fmt.Sprintf("asks for a value of %q, which is ordered", c.Fact))
		return allowed, false
	case f.Values != nil && bounded:
		d.refuse(i, fmt.Sprintf("compares %q, which is not ordered", c.Fact))
		return allowed, false
	}
	ok = true
	for _, value := range c.In {
		code := slices.Index(f.Values, value) + 1
		if code == 0 {
			d.refuse(i, fmt.Sprintf("asks whether %q is %q, which it never is", c.Fact, value))
			ok = false
		}
		allowed = someCodes(code, code).or(allowed)
	}
	if !bounded {
		return allowed, ok
	}
	low, high := 1, f.Codes()
	if c.AtLeast != nil {
		low = d.cut(i, f, *c.AtLeast, *c.AtLeast, &ok) + 1
	}
	if cut, bound := c.above(); bound {
		high = d.cut(i, f, cut, *c.AtMost, &ok)
	}
	return someCodes(low, high), ok
}

// cut returns how many cuts of f there are up to and including cut, which must
// be one; bound is what the rule wrote.
func (d *draft) cut(i int, f Fact, cut, bound int64, ok *bool) int {
	k, at := slices.BinarySearch(f.Cuts, cut)
	if !at {
		d.refuse(i, fmt.Sprintf("compares %q with %d, but %d is not among its cuts", f.Name, bound, cut))
		*ok = false
	}
	return k + 1
}

// findParents resolves exceptions, and breaks the circles it reports.
func (d *draft) findParents() {
	d.parent = make([]int, len(d.rules))
	for i, r := range d.rules {
		d.parent[i] = slices.IndexFunc(d.rules, func(p Rule) bool { return p.ID == r.Except })
		switch {
		case r.Except == "":
			d.parent[i] = -1
		case d.parent[i] < 0:
			d.refuse(i, fmt.Sprintf("is an exception to %q, which is not there", r.Except))
		}
	}
	var circular []int
	for i, r := range d.rules {
		p, steps := d.parent[i], 0
		for ; p >= 0 && p != i && steps < len(d.rules); steps++ {
			p = d.parent[p]
		}
		switch {
		case p != i:
			continue
		case steps == 0:
			d.refuse(i, "is an exception to itself")
		default:
			d.refuse(i, fmt.Sprintf("is an exception to itself, by way of %q", r.Except))
		}
		circular = append(circular, i)
	}
	for _, i := range circular {
		d.parent[i] = -1
	}
}
