package entitlementtest

import (
	"slices"

	"github.com/supportterms/supportterms/entitlement/rule"
)

// A Completion is one way to give every fact of a point a value.
type Completion struct {
	Given  []uint8 // a code for each fact; for a derived one, the code it has should Derive leave it out
	Point  []uint8 // Given, with derived facts computed
	Answer rule.Answer
}

// Completions returns every completion of a point. There are as many as the
// values of its missing facts multiply to.
func (m Model) Completions(point []uint8) []Completion {
	all := []Completion{}
	given := slices.Clone(point)
	var next func(i int)
	next = func(i int) {
		switch {
		case i == len(given):
			at := m.complete(point, given)
			all = append(all, Completion{Given: slices.Clone(given), Point: at, Answer: m.Answer(at)})
		case point[i] != 0:
			next(i + 1)
		default:
			for code := 1; code <= m.Facts[i].Codes(); code++ {
				given[i] = uint8(code)
				next(i + 1)
			}
		}
	}
	next(0)
	return all
}

func (m Model) complete(point, given []uint8) []uint8 {
	at := slices.Clone(given)
	if m.Derive == nil {
		return at
	}
	for i, f := range m.Facts {
		if f.Role == rule.Derived && point[i] == 0 {
			at[i] = 0
		}
	}
	m.Derive(at)
	for i := range at {
		if at[i] == 0 {
			at[i] = given[i]
			m.Derive(at)
		}
	}
	return at
}

// Decide returns the answer by definition: that of every completion, or
// Unsettled. Its Ask is -1 always. matter has the facts without a code for
// which two completions that differ in it alone give different answers.
func (m Model) Decide(point []uint8) (a rule.Answer, matter []int) {
	all := m.Completions(point)
	a = all[0].Answer
	for _, c := range all[1:] {
		if c.Answer != a {
			a = rule.Answer{State: rule.Unsettled, Exact: true, Ask: -1}
			break
		}
	}
	// Completions come in the order of a counter whose last digit is the
	// last missing fact; a digit's step is the product of those after it.
	step := 1
	for i := len(point) - 1; i >= 0; i-- {
		if point[i] != 0 {
			continue
		}
		codes := m.Facts[i].Codes()
		for k, c := range all {
			if digit := k / step % codes; c.Answer != all[k-digit*step].Answer {
				matter = append(matter, i)
				break
			}
		}
		step *= codes
	}
	slices.Sort(matter)
	return a, matter
}

// Mattered returns the readings with a code of which another value, all else
// equal, gives another answer.
func (m Model) Mattered(point []uint8) (mattered []int) {
	a, _ := m.Decide(point)
	other := slices.Clone(point)
	for i, f := range m.Facts {
		if f.Role != rule.Reading || point[i] == 0 {
			continue
		}
		for code := 1; code <= f.Codes(); code++ {
			other[i] = uint8(code)
			if b, _ := m.Decide(other); b != a {
				mattered = append(mattered, i)
				break
			}
		}
		other[i] = point[i]
	}
	return mattered
}

// Range returns each distinct answer that giving the facts of vary other
// values can lead to.
func (m Model) Range(point []uint8, vary []int) (answers []rule.Answer) {
	at := slices.Clone(point)
	var next func(k int)
	next = func(k int) {
		if k == len(vary) {
			if a, _ := m.Decide(at); !slices.Contains(answers, a) {
				answers = append(answers, a)
			}
			return
		}
		for code := 1; code <= m.Facts[vary[k]].Codes(); code++ {
			at[vary[k]] = uint8(code)
			next(k + 1)
		}
	}
	next(0)
	return answers
}
