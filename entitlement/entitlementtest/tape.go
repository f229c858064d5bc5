package entitlementtest

import (
	"fmt"
	"slices"

	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/gen"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/entitlement/rule"
)

// Tapes generates tapes for [Values] and [Coverage].
func Tapes() gopter.Gen { return gen.SliceOf(gen.IntRange(0, 251)) }

// Values builds a value question from a tape. Its rules may conflict.
func Values(tape []int) Model { return build(tape, false) }

// Coverage builds a coverage question from a tape.
func Coverage(tape []int) Model { return build(tape, true) }

// a reader takes choices off a tape.
type reader struct{ tape []int }

// below returns a choice from 0 to n-1.
func (r *reader) below(n int) int {
	if len(r.tape) == 0 {
		return 0
	}
	choice := r.tape[0] % n
	r.tape = r.tape[1:]
	return choice
}

func build(tape []int, coverage bool) Model {
	r := &reader{tape}
	m := Model{Coverage: coverage}
	m.facts(r)
	for _, f := range m.Facts {
		code := r.below(f.Codes() + 2) // missing is twice as likely
		if code > f.Codes() || f.Role == rule.Derived && code != 1 {
			code = 0 // and a derived fact is stated seldom
		}
		m.Point = append(m.Point, uint8(code))
	}
	for range 1 + r.below(12) {
		m.Rules = append(m.Rules, m.rule(r))
	}
	return m
}

// since and until are where the validity of generated rules may begin and end.
var (
	since = calendar.MustParseDate("2017-02-09")
	until = calendar.MustParseDate("2025-07-02")
)

// facts gives m two stated facts, and up to one ordered, one date, one reading
// and two derived ones.
func (m *Model) facts(r *reader) {
	list := func(name string) rule.Fact {
		return rule.Fact{Name: name, Values: []string{"a", "b", "c"}[:2+r.below(2)]}
	}
	m.Facts = []rule.Fact{list("one"), list("two")}
	kinds := r.below(16)
	if kinds&1 != 0 {
		m.Facts = append(m.Facts, rule.Fact{Name: "count", Cuts: []int64{3, 12}[:1+r.below(2)]})
	}
	if kinds&2 != 0 {
		m.Facts = append(m.Facts, rule.Fact{Name: rule.On, Cuts: []int64{rule.Day(since), rule.Day(until)}})
	}
	if kinds&4 != 0 {
		f := list("reading")
		f.Role = rule.Reading
		m.Facts = append(m.Facts, f)
	}
	if kinds&8 == 0 {
		return
	}
	var tables []derivation
	for _, name := range []string{"phase", "excess"}[:1+r.below(2)] {
		f := list(name)
		f.Role = rule.Derived
		d := derivation{fact: len(m.Facts), codes: f.Codes()}
		for range 2 {
			from := r.below(len(m.Facts))
			d.from = append(d.from, from)
			f.From = append(f.From, m.Facts[from].Name)
		}
		a, b := m.Facts[d.from[0]].Codes(), m.Facts[d.from[1]].Codes()
		for range a {
			row := make([]uint8, b)
			for k := range row {
				row[k] = uint8(r.below(d.codes + 1))
			}
			d.table = append(d.table, row)
		}
		m.Facts = append(m.Facts, f)
		tables = append(tables, d)
	}
	m.Derive = func(point []uint8) {
		for _, d := range tables {
			d.fill(point)
		}
	}
}

// A derivation is a table that gives a fact for two others, 0 where it says
// nothing.
type derivation struct {
	fact, codes int
	from        []int
	table       [][]uint8
}

// fill sets the fact when all that is possible agrees on it.
func (d derivation) fill(point []uint8) {
	if point[d.fact] != 0 {
		return
	}
	agreed, first := uint8(0), true
	for i, row := range d.table {
		for k, code := range row {
			a, b := point[d.from[0]], point[d.from[1]]
			if a != 0 && int(a) != i+1 || b != 0 && int(b) != k+1 || d.from[0] == d.from[1] && i != k {
				continue
			}
			if !first && code != agreed {
				return
			}
			agreed, first = code, false
		}
	}
	point[d.fact] = agreed
}

// rule returns one more rule for m, so that all are accepted together.
func (m *Model) rule(r *reader) rule.Rule {
	made := rule.Rule{ID: fmt.Sprintf("r%d", len(m.Rules)), Clause: fmt.Sprintf("%d", len(m.Rules)+1)}
	if k := r.below(2*len(m.Rules) + 1); k > len(m.Rules) {
		made.Except = m.Rules[k-len(m.Rules)-1].ID
	}
	switch {
	case !m.Coverage:
		made.Then = r.below(3)
		if r.below(6) == 5 {
			made.Effect = rule.Informs
		}
	default:
		m.effect(r, &made)
	}
	for range r.below(4) {
		m.condition(r, &made)
	}
	if on := m.index(rule.On); on >= 0 && made.Valid == (calendar.Period{}) {
		made.Valid = [...]calendar.Period{{}, {Since: since}, {Until: until}, {Since: since, Until: until}}[r.below(4)]
	}
	return made
}

func (m *Model) effect(r *reader, made *rule.Rule) {
	made.Effect = [...]rule.Effect{
		rule.Grants, rule.Grants, rule.Maintains, rule.Limits, rule.Excludes, rule.Announces, rule.Informs,
	}[r.below(7)]
	switch made.Effect {
	case rule.Excludes:
		made.Then = int(strongest[r.below(len(strongest))])
	case rule.Limits, rule.Grants, rule.Maintains:
		made.Then = r.below(3)
	}
	if made.Except == "" || made.Effect != rule.Grants && made.Effect != rule.Maintains {
		return
	}
	// An exception that grants narrows a rule that grants.
	for _, g := range m.Rules {
		if g.Except == "" && (g.Effect == rule.Grants || g.Effect == rule.Maintains) {
			made.Effect, made.Then, made.Valid = g.Effect, g.Then, g.Valid
			made.When = slices.Clone(g.When)
			return
		}
	}
	made.Effect = rule.Limits
}

// condition adds a condition on a fact that made does not ask for yet.
func (m *Model) condition(r *reader, made *rule.Rule) {
	f := m.Facts[r.below(len(m.Facts))]
	c := rule.Condition{Fact: f.Name}
	if f.Values != nil {
		chosen := 1 + r.below(1<<len(f.Values)-1)
		for i, value := range f.Values {
			if chosen>>i&1 != 0 {
				c.In = append(c.In, value)
			}
		}
	} else {
		low := r.below(len(f.Cuts) + 1)
		high := low + r.below(len(f.Cuts)+1-low)
		if low > 0 {
			c.AtLeast = new(f.Cuts[low-1])
		}
		if high < len(f.Cuts) {
			c.AtMost = new(f.Cuts[high] - 1)
		}
		if c.AtLeast == nil && c.AtMost == nil {
			return
		}
	}
	asked := slices.ContainsFunc(made.When, func(c rule.Condition) bool { return c.Fact == f.Name })
	if !asked && f.Name != rule.On {
		made.When = append(made.When, c)
	}
}
