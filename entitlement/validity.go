package entitlement

import (
	"slices"

	"github.com/supportterms/supportterms/entitlement/rule"
)

// validity finds the first and the last day of the answer, looking at the days
// at which something may change.
func (e *explainer) validity(v *Verdict, on int64) {
	days := e.changes()
	same := func(day int64) bool { return e.on(day) == e.answer }
	for i := len(days) - 1; i >= 0; i-- {
		if days[i] <= on && !same(days[i]-1) {
			v.From = date(days[i])
			break
		}
	}
	for _, day := range days {
		if day > on && !same(day) {
			v.Until = date(day - 1)
			break
		}
	}
}

// on is the answer on another day.
func (e *explainer) on(day int64) Answer {
	e.work = *e.stated
	e.work.setNumber(e.question.on, day, false)
	e.b.dated(&e.work)
	a, _, _ := e.b.decide(&e.work)
	return a
}

// changes returns the days from which the rules may say something else,
// rising.
func (e *explainer) changes() (days []int64) {
	q, s := e.question, e.filled
	add := func(day int64) { days = append(days, day) }
	for _, f := range q.figures {
		c := f.taken(s)
		if c == nil {
			continue
		}
		stage, ok := c.formula.(Stage)
		if !ok || c.at[0] != q.on {
			continue
		}
		for k, at := range c.at[1:] {
			day, ok := s.number(at)
			if !ok || at == q.on {
				continue
			}
			if s.month(at) {
				first := date(day)
				first.Day = 1
				add(rule.Day(first))
			}
			if k > 0 && !stage.LastExcluded || s.month(at) {
				day++
			}
			add(day)
		}
	}
	days = append(days, q.vocabulary.Fact(q.on).Cuts...)
	if c := &e.b.contract; !c.From.IsZero() {
		add(rule.Day(c.From))
	}
	if c := &e.b.contract; !c.Until.IsZero() {
		add(rule.Day(c.Until) + 1)
	}
	slices.Sort(days)
	return slices.Compact(days)
}
