package sla

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// An Alternative is an answer and readings that lead to it.
type Alternative struct {
	Status   Status
	Due      time.Time
	Readings []Choice
}

// maxChoices bounds the combinations of readings a Range tries.
const maxChoices = 4096

// A RangeError reports more combinations of readings that matter than a Range
// tries.
type RangeError struct{ Metric string }

func (e *RangeError) Error() string {
	return fmt.Sprintf("range of %s: more than %d combinations of readings matter; choose some of them", e.Metric, maxChoices)
}

// gives reports whether reading i can have its value v for this contract.
func (q *puzzle) gives(i, v int) bool {
	value := q.in.policy.Readings[i].Values[v]
	return (value.Needs == "" || q.in.at.knows(value.Needs)) &&
		(value.Level == "" || value.Level == q.in.level())
}

// knows reports whether a fact about a place is given.
func (c *Calendars) knows(fact string) bool {
	name, what, _ := strings.Cut(fact, ".")
	l, err := ParseLocator(name)
	if err != nil || c == nil || c.places[l] == nil {
		return false
	}
	switch what {
	case "weekend":
		return c.places[l].Weekend != nil
	case "holidays":
		return c.places[l].Holidays != nil
	}
	return true
}

// span tries every reading that the contract leaves open.
func (q *puzzle) span(metric string) (*Range, error) {
	p := q.in.policy
	pt := q.in.pt
	for _, i := range p.readings {
		pt[i] = q.bound.chosen[i]
	}
	s := spanner{puzzle: q, out: &Range{}}
	if !s.try(pt, nil) {
		if s.err == nil {
			s.err = &RangeError{metric}
		}
		return nil, s.err
	}
	slices.SortFunc(s.out.Answers, func(a, b Alternative) int {
		if c := a.Due.Compare(b.Due); c != 0 {
			return c
		}
		return int(a.Status) - int(b.Status)
	})
	slices.Sort(s.out.LeftOut)
	s.out.LeftOut = slices.Compact(s.out.LeftOut)
	for _, a := range s.out.Answers {
		switch {
		case a.Due.IsZero():
			s.out.Otherwise = append(s.out.Otherwise, a.Status)
		case s.out.Earliest.IsZero():
			s.out.Earliest, s.out.Latest = a.Due, a.Due
		default:
			s.out.Latest = a.Due
		}
	}
	return s.out, nil
}

type spanner struct {
	*puzzle
	out   *Range
	tried int
	err   error
}

// try evaluates a point, choosing readings only as the answer comes to rest on
// them. It reports false when there are too many combinations, or one of them
// cannot be.
func (s *spanner) try(pt point, chosen []Choice) bool {
	r := s.again(pt, true)
	if s.err = r.err; s.err != nil {
		return false
	}
	if r.choose < 0 {
		s.tried++
		if !slices.ContainsFunc(s.out.Answers, func(a Alternative) bool { return a.Status == r.Status && a.Due.Equal(r.Deadline) }) {
			s.out.Answers = append(s.out.Answers, Alternative{r.Status, r.Deadline, slices.Clone(chosen)})
		}
		return s.tried <= maxChoices
	}
	choose := r.choose // r is good until the next is tried
	n := slices.Index(s.in.policy.readings, choose)
	reading := s.in.policy.Readings[n]
	for v, value := range reading.Values {
		if !s.gives(n, v) {
			s.out.LeftOut = append(s.out.LeftOut, reading.Key)
			continue
		}
		pt[choose] = uint8(v + 1)
		if !s.try(pt, append(chosen, Choice{reading.Key, value.Name})) {
			return false
		}
	}
	return true
}
