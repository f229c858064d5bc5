package entitlement

import (
	"slices"
	"strings"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/entitlement/rule"
)

// maxChoices is how many combinations of readings a range tries.
const maxChoices = 4096

// A Range is every answer that the readings which a contract does not choose
// can lead to.
type Range struct {
	Answers []RangeAnswer // the one under the contract's readings first
	// Least and Most are of the amounts or dates among them; nil where there
	// are none.
	Least, Most *RangeAnswer
	// LeftOut are readings with a value that the text defines for another
	// support level only.
	LeftOut []string
}

// A RangeAnswer is one answer and the readings that lead to it.
type RangeAnswer struct {
	Outcome Outcome
	Limits  []string
	Service string
	Amount  Number        // the number answered, if one is
	Date    calendar.Date // the date answered, if one is
	// Shortfalls are those of the reasons, in the document's order.
	Shortfalls []Number
	Readings   []ReadingChoice // that differ from those of the contract

	answer Answer
}

// live returns the readings that rules or figures ask for which may speak
// under some reading, by place in the question's readings.
func (e *explainer) live() (out []int) {
	q, set := e.question, uint64(0)
	for i, tests := range q.tests {
		dead, turns := false, uint64(0)
		for _, t := range tests {
			code := e.filled.point[t.fact]
			turns |= q.turns[t.fact]
			if q.turns[t.fact] == 0 && code != 0 && t.allowed[code/64]>>(code%64)&1 == 0 {
				dead = true
			}
		}
		if name := q.Rules[i].Gives; name != "" {
			at, _ := q.vocabulary.Index(name)
			turns |= q.turns[at]
		}
		if !dead {
			set |= turns
		}
	}
	for k := range q.readings {
		if set>>k&1 != 0 {
			out = append(out, k)
		}
	}
	return out
}

// values returns the codes that a reading may take for this contract, and
// whether some were left out.
func (e *explainer) values(k int) (codes []uint8, leftOut bool) {
	r := e.question.readings[k]
	for i, v := range r.Values {
		if v.Level != "" && v.Level != e.b.contract.Level {
			leftOut = true
			continue
		}
		codes = append(codes, uint8(i+1))
	}
	return codes, leftOut
}

// under is the answer under other readings, with the shortfalls that it rests
// on.
func (e *explainer) under(choice []uint8, of []int) (Answer, []Number) {
	e.work = *e.stated
	for i, k := range of {
		e.work.point[e.question.readings[k].at] = choice[i]
	}
	a, ruled, _ := e.b.decide(&e.work)
	if e.question.Kind != QuantityKind || !a.Outcome.IsNo() {
		return a, nil
	}
	s, filled := *e.stated, e.work
	for i, k := range of {
		s.point[e.question.readings[k].at] = choice[i]
	}
	var short []Number
	d := e.question.set.Reasons(filled.point[:e.question.vocabulary.Len()], s.deriver(), ruled)
	w := explainer{b: e.b, question: e.question, stated: &s, filled: &filled, answer: a}
	for i, st := range d.Steps {
		if st.Standing == rule.Applied {
			if n := w.reason(&e.question.Rules[i]).Shortfall; n.stated {
				short = append(short, n)
			}
		}
	}
	return a, short
}

// given returns the codes of some readings as they are.
func (e *explainer) given(of []int) []uint8 {
	out := make([]uint8, len(of))
	for i, k := range of {
		out[i] = e.stated.point[e.question.readings[k].at]
	}
	return out
}

// mattered lists the readings of which another value gives another answer.
func (e *explainer) mattered(v *Verdict) {
	live := e.live()
	if len(live) == 0 {
		return
	}
	is, short := e.under(e.given(live), live)
	for _, k := range live {
		one := []int{k}
		given := e.given(one)[0]
		codes, _ := e.values(k)
		for _, code := range codes {
			if code == given {
				continue
			}
			if a, s := e.under([]uint8{code}, one); a != is || !slices.Equal(s, short) {
				r := e.question.readings[k]
				v.Readings = append(v.Readings, ReadingChoice{r.Key, r.Values[given-1].Name})
				break
			}
		}
	}
	slices.SortFunc(v.Readings, func(a, b ReadingChoice) int { return strings.Compare(a.Key, b.Key) })
}

// ranges tries the readings that the contract does not choose.
func (e *explainer) ranges() (*Range, error) {
	out := &Range{LeftOut: []string{}}
	var vary []int
	var values [][]uint8
	var names []string
	combinations := 1
	for _, k := range e.live() {
		r := e.question.readings[k]
		if e.b.chosen[r.Key] {
			continue
		}
		codes, leftOut := e.values(k)
		if leftOut {
			out.LeftOut = append(out.LeftOut, r.Key)
		}
		// What the contract has comes first.
		given := e.given([]int{k})[0]
		codes = slices.DeleteFunc(codes, func(c uint8) bool { return c == given })
		vary, names = append(vary, k), append(names, r.Key)
		values = append(values, append([]uint8{given}, codes...))
		if combinations *= len(codes) + 1; combinations > maxChoices {
			return nil, &rule.RangeError{Facts: names, Limit: maxChoices}
		}
	}
	given := e.given(vary)
	choice := make([]uint8, len(vary))
	for n := range combinations {
		for i, rest := len(vary)-1, n; i >= 0; i-- {
			choice[i] = values[i][rest%len(values[i])]
			rest /= len(values[i])
		}
		a, short := e.under(choice, vary)
		if slices.ContainsFunc(out.Answers, func(o RangeAnswer) bool { return o.answer == a && slices.Equal(o.Shortfalls, short) }) {
			continue
		}
		answer := RangeAnswer{Outcome: a.Outcome, Limits: []string{}, Service: a.Service, Shortfalls: short, Readings: []ReadingChoice{}, answer: a}
		if i, ok := e.question.vocabulary.Index(a.Gives); ok && e.question.facts[i].typ == Dates {
			answer.Date = date(a.Value)
		} else if ok {
			answer.Amount = Number{a.Value, true}
		}
		for n, name := range e.b.policy.Limits {
			if a.Limits>>n&1 != 0 {
				answer.Limits = append(answer.Limits, name)
			}
		}
		for i, k := range vary {
			if choice[i] != given[i] {
				r := e.question.readings[k]
				answer.Readings = append(answer.Readings, ReadingChoice{r.Key, r.Values[choice[i]-1].Name})
			}
		}
		out.Answers = append(out.Answers, answer)
	}
	slices.Sort(out.LeftOut)
	for i := range out.Answers {
		a := &out.Answers[i]
		if a.answer.Gives == "" {
			continue
		}
		if out.Least == nil || a.answer.Value < out.Least.answer.Value {
			out.Least = a
		}
		if out.Most == nil || a.answer.Value > out.Most.answer.Value {
			out.Most = a
		}
	}
	return out, nil
}
