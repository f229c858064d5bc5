package rule

import "slices"

// A Choice is one answer that readings can lead to, and one way to choose them
// that does.
type Choice struct {
	Answer Answer
	Codes  []uint8 // of the facts varied, in the order they were named
}

// Range returns each distinct answer that varying some facts can lead to, with
// one choice of their values. A fact that makes no difference keeps its value,
// so the first choice is the point as it is where it gives values to all of
// vary. Answers may be Unsettled for want of facts that are not varied. The
// error is a [*RangeError] when more than 4,096 combinations matter.
func (s *Set) Range(point []uint8, derive func([]uint8), vary []int) ([]Choice, error) {
	r := &ranger{completer: s.completer(point, derive), vary: vary, left: budget}
	for i := range s.inputs {
		if slices.Contains(vary, s.inputs[i].fact) {
			r.varied = append(r.varied, s.inputs[i])
		}
	}
	for _, f := range vary {
		r.given = append(r.given, max(1, point[f]))
		r.base[f] = 0
	}
	r.walk()
	if r.left < 0 {
		e := &RangeError{Limit: budget}
		for _, f := range vary {
			e.Facts = append(e.Facts, s.vocabulary.facts[f].Name)
		}
		return nil, e
	}
	return r.choices, nil
}

type ranger struct {
	*completer
	vary    []int
	varied  []input
	given   []uint8 // the codes of vary as the point has them
	left    int     // combinations left
	choices []Choice
}

// walk splits on the varied fact that most open rules ask for until none is
// asked for, and notes the answers.
func (r *ranger) walk() {
	r.fill()
	v := r.view(r.work)
	ask := -1
	if !v.settled() {
		ask = r.pick(r.varied, &v.open)
	}
	if ask < 0 {
		r.note()
		return
	}
	given := r.given[slices.Index(r.vary, ask)]
	start, in := len(r.seen), r.input(ask)
	for step := 0; step <= r.codes(ask) && r.left >= 0; step++ {
		code := uint8(step)
		if step == 0 {
			code = given
		} else if code == given {
			continue
		}
		r.set(ask, code)
		mark := len(r.seen)
		if r.look(-1, in).hangs {
			r.seen = r.seen[:mark]
		} else if r.repeats(start, mark) {
			r.seen = r.seen[:mark]
			continue
		}
		r.walk()
	}
	r.set(ask, 0)
	r.seen = r.seen[:start]
}

// note records the answer of the choice the walk has come to.
func (r *ranger) note() {
	if r.left--; r.left < 0 {
		return
	}
	at := slices.Clone(r.base)
	codes := slices.Clone(r.given)
	for i, f := range r.vary {
		if r.base[f] != 0 {
			codes[i] = r.base[f]
		}
		at[f] = codes[i]
	}
	a := r.Decide(at, r.derive)
	if !slices.ContainsFunc(r.choices, func(c Choice) bool { return c.Answer.same(a) }) {
		r.choices = append(r.choices, Choice{Answer: a, Codes: codes})
	}
}
