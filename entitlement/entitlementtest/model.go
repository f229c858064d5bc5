package entitlementtest

import (
	"slices"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/entitlement/rule"
)

// A Model is the facts and rules of one question, with a point to put to them.
// Derived facts must come after the facts they are computed from. The zero
// Model has no rules and is silent.
type Model struct {
	Facts    []rule.Fact
	Rules    []rule.Rule
	Coverage bool          // a coverage question, not a value question
	Point    []uint8       // what is stated
	Derive   func([]uint8) // as [rule.Set.Decide] takes it; nil for none
}

// Vocabulary returns the vocabulary of m's facts. It panics when they are
// refused.
func (m Model) Vocabulary() *rule.Vocabulary {
	v, err := rule.NewVocabulary(m.Facts...)
	if err != nil {
		panic(err)
	}
	return v
}

// Set returns the set of m's rules, conflicts included. It panics when they
// are refused.
func (m Model) Set() *rule.Set {
	build := rule.NewUnprovenValues
	if m.Coverage {
		build = rule.NewCoverage
	}
	s, err := build(m.Vocabulary(), m.Rules...)
	if err != nil {
		panic(err)
	}
	return s
}

// Holds reports whether all conditions of rule i hold at a complete point.
func (m Model) Holds(i int, point []uint8) bool {
	r := m.Rules[i]
	for _, c := range r.When {
		if !m.met(c, point) {
			return false
		}
	}
	if r.Valid == (calendar.Period{}) {
		return true
	}
	epoch := calendar.Date{Year: 1970, Month: 1, Day: 1}
	on := m.index(rule.On)
	return r.Valid.Contains(epoch.AddDays(int(number(m.Facts[on], point[on]))))
}

func (m Model) met(c rule.Condition, point []uint8) bool {
	i := m.index(c.Fact)
	f := m.Facts[i]
	if f.Values != nil {
		return slices.Contains(c.In, f.Values[point[i]-1])
	}
	n := number(f, point[i])
	return (c.AtLeast == nil || n >= *c.AtLeast) && (c.AtMost == nil || n <= *c.AtMost)
}

func (m Model) index(fact string) int {
	return slices.IndexFunc(m.Facts, func(f rule.Fact) bool { return f.Name == fact })
}

// number returns a number of the interval that code stands for.
func number(f rule.Fact, code uint8) int64 {
	switch {
	case len(f.Cuts) == 0:
		return 0
	case code == 1:
		return f.Cuts[0] - 1
	}
	return f.Cuts[code-2]
}

// Speaks reports whether rule i speaks at a complete point: it holds, and none
// of its exceptions, nor theirs, does.
func (m Model) Speaks(i int, point []uint8) bool {
	return m.Holds(i, point) && !m.excepted(i, point)
}

func (m Model) excepted(i int, point []uint8) bool {
	for e, r := range m.Rules {
		if r.Except == m.Rules[i].ID && (m.Holds(e, point) || m.excepted(e, point)) {
			return true
		}
	}
	return false
}

// Answer returns what m's rules say at a complete point.
func (m Model) Answer(point []uint8) rule.Answer {
	var speaking []rule.Rule
	for i, r := range m.Rules {
		if m.Speaks(i, point) {
			speaking = append(speaking, r)
		}
	}
	a := rule.Answer{Exact: true, Ask: -1}
	if m.Coverage {
		coverage(speaking, &a)
		return a
	}
	for _, r := range speaking {
		switch {
		case r.Effect != rule.Answers:
		case a.State == rule.Silent:
			a.State, a.Value = rule.Settled, r.Then
		case r.Then != a.Value:
			return rule.Answer{State: rule.Conflict, Exact: true, Ask: -1}
		}
	}
	return a
}

// strongest has the exclusions in order.
var strongest = [...]rule.Outcome{
	rule.NotOffered, rule.NotEntitled, rule.NotEligible, rule.NotCovered, rule.RequiresAddon, rule.NotGuaranteed,
}

func coverage(speaking []rule.Rule, a *rule.Answer) {
	does := func(e rule.Effect) bool {
		return slices.ContainsFunc(speaking, func(r rule.Rule) bool { return r.Effect == e })
	}
	a.State = rule.Settled
	for _, o := range strongest {
		if slices.ContainsFunc(speaking, func(r rule.Rule) bool { return r.Effect == rule.Excludes && r.Then == int(o) }) {
			a.Outcome = o
			return
		}
	}
	switch granted := does(rule.Grants) || does(rule.Maintains); {
	case !granted && does(rule.Announces):
		a.Outcome = rule.Announced
		return
	case !granted:
		a.State = rule.Silent
		return
	case does(rule.Limits):
		a.Outcome = rule.Limited
	case does(rule.Grants):
		a.Outcome = rule.Covered
	default:
		a.Outcome = rule.Standard
	}
	var granted []int
	for _, r := range speaking {
		switch r.Effect {
		case rule.Limits:
			a.Limits |= 1 << r.Then
		case rule.Grants, rule.Maintains:
			if r.Then != 0 {
				granted = append(granted, r.Then)
			}
		}
	}
	if granted != nil {
		a.Value = slices.Min(granted)
	}
}
