package sla

import (
	"iter"
)

// A Difference is a cycle that two states of a case tell differently.
type Difference struct {
	Metric string
	Cycle  int    // its number, from 0
	Was    *Cycle // of the one state and the other, nil where it has none such
	Is     *Cycle
}

// NewlyBreached reports whether the cycle is late now and was not.
func (d Difference) NewlyBreached() bool {
	return d.Is != nil && d.Is.Breached && (d.Was == nil || !d.Was.Breached)
}

// Differences returns the cycles of which two states tell another status,
// target, deadline or breach, in the order of was and then of is.
func Differences(was, is *State) (out []Difference) {
	for i := range was.Metrics {
		m := &was.Metrics[i]
		var cycles []Cycle
		if other := is.Metric(m.Metric); other != nil {
			cycles = other.Cycles
		}
		out = append(out, differences(m.Metric, m.Cycles, cycles)...)
	}
	for i := range is.Metrics {
		if m := &is.Metrics[i]; was.Metric(m.Metric) == nil {
			out = append(out, differences(m.Metric, nil, m.Cycles)...)
		}
	}
	return out
}

func differences(metric string, was, is []Cycle) (out []Difference) {
	for i := range max(len(was), len(is)) {
		d := Difference{Metric: metric, Cycle: i}
		if i < len(was) {
			d.Was = &was[i]
		}
		if i < len(is) {
			d.Is = &is[i]
		}
		if d.Was == nil || d.Is == nil || !d.Was.same(d.Is) {
			out = append(out, d)
		}
	}
	return out
}

// same reports whether c and d say the same of the response.
func (c *Cycle) same(d *Cycle) bool {
	return c.Status == d.Status && c.Target == d.Target && c.Clock == d.Clock &&
		c.Deadline.Equal(d.Deadline) && c.Resumed.Equal(d.Resumed) && c.BreachedAt.Equal(d.BreachedAt) &&
		c.Breached == d.Breached
}

// WhatIf returns the state of a case as it is, and as it would be if some more
// had happened: as of the latest of those events, or of c.AsOf if that is later.
// Of events that are yet to come, what passes until then differs too: compare
// with the state as of the same instant to leave that out.
func (b *Bound) WhatIf(c Case, events ...Event) (is, would *State, err error) {
	is, would = new(State), new(State)
	if err := b.State(is, &c); err != nil {
		return nil, nil, err
	}
	c.AsOf = is.AsOf
	for _, e := range events {
		c.AsOf = latest(c.AsOf, e.At)
	}
	c.Events = append(c.Events[:len(c.Events):len(c.Events)], events...)
	if err := b.State(would, &c); err != nil {
		return nil, nil, err
	}
	return is, would, nil
}

// States returns the states of cases, in their order, each with what is wrong
// with the case. The state is the same one filled again, and that of a case with
// an error is not to be read.
func (b *Bound) States(cases iter.Seq[Case]) iter.Seq2[*State, error] {
	return func(yield func(*State, error) bool) {
		var s State
		for c := range cases {
			if !yield(&s, b.State(&s, &c)) {
				return
			}
		}
	}
}

// A Recalculation is a case of which other terms say something else.
type Recalculation struct {
	Case        int // its number, from 0
	Was, Is     *State
	Differences []Difference
	Err         error // of either; then there is nothing else
}

// Recalculate puts cases to two sets of terms: another calendar, other holidays,
// another contract or edition. It returns those that come out otherwise, and
// those that cannot be answered. The states are filled again for the next case.
func Recalculate(was, is *Bound, cases iter.Seq[Case]) iter.Seq[Recalculation] {
	return func(yield func(Recalculation) bool) {
		var before, after State
		n := -1
		for c := range cases {
			n++
			r := Recalculation{Case: n, Was: &before, Is: &after}
			if r.Err = was.State(&before, &c); r.Err == nil {
				r.Err = is.State(&after, &c)
			}
			if r.Err != nil {
				r.Was, r.Is = nil, nil
			} else if r.Differences = Differences(&before, &after); len(r.Differences) == 0 {
				continue
			}
			if !yield(r) {
				return
			}
		}
	}
}
