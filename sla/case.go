package sla

import (
	"fmt"
	"slices"
	"time"

	"github.com/supportterms/supportterms/calendar"
)

// A Case is what happened, in any order, and the instant asked about. It is
// given by its events, or, where the start of the clock is known, by that.
type Case struct {
	Events []Event
	// CountedFrom is used when there are no events: the metric counts from
	// then, at Severity. Only [Bound.Deadline] takes such a case.
	CountedFrom time.Time
	Severity    Severity
	// AsOf is the instant asked about; zero is the last event. What happens
	// after it is not known. A response that is still awaited is due even when
	// AsOf is past the instant: compare the two.
	AsOf time.Time
	// Raise and Lower say what a more and a less urgent severity makes of a
	// running clock.
	Raise, Lower Rebase
	// Changes are those of the terms the case was opened under, each with the
	// rule by which it is taken; by the zero rule it is not.
	Changes []Change
	// Warnings are percents of a target, from 1 to 99, that [State.Next] tells
	// of. A response is at risk from the lowest.
	Warnings []int
}

// check reports the events that cannot be, in order of time, and whether the
// edition knows every severity.
func (p *Policy) check(events []Event) (known bool, _ error) {
	var opened Event
	waiting := false
	known = true
	for i := range events {
		e := &events[i]
		if s := e.Severity; s != 0 && p.bySeverity[s] == 0 {
			known = false
		}
		fail := func(why string, args ...any) (bool, error) {
			return known, &CaseError{e.String(), fmt.Sprintf(why, args...)}
		}
		switch {
		case e.Kind < Opened || e.Kind > Merged:
			return fail("no such kind of event")
		case e.At.IsZero():
			return fail("has no instant")
		case e.Kind == Opened && opened.Kind == Opened:
			return fail("the case is opened twice, first %v", opened)
		case e.Kind == Opened:
			opened = *e
		case opened.Kind != Opened:
			return fail("stands before the case is opened")
		case e.Kind == SeveritySet && e.Severity == 0:
			return fail("sets no severity")
		case e.Kind != SeveritySet && e.Severity != 0:
			return fail("has a severity; only opened and severity_set have one")
		case e.Kind == Resumed && !waiting:
			return fail("the case was not awaiting the customer")
		}
		switch e.Kind {
		case AwaitingCustomer:
			waiting = true
		case Resumed:
			waiting = false
		}
	}
	if opened.Kind != Opened {
		return known, &CaseError{"", "no opened event"}
	}
	return known, nil
}

// latest returns the latest of instants, some of which may be zero.
func latest(ts ...time.Time) (out time.Time) {
	for _, t := range ts {
		if t.After(out) {
			out = t
		}
	}
	return out
}

// replay takes lanes through the events and changes of a case, up to an
// instant. The events are sorted and checked.
func (c *Case) replay(lanes []lane, w *waits, events []Event, asOf time.Time, sheet func(to *Bound, metric string) sheet) {
	changes := c.Changes
	if !slices.IsSortedFunc(changes, Change.compare) {
		changes = slices.Clone(changes)
		slices.SortStableFunc(changes, Change.compare)
	}
	changed := func(before func(*Change) bool) {
		for len(changes) > 0 && before(&changes[0]) {
			if ch := &changes[0]; ch.Rule != AsRead {
				w.now(ch.At)
				for i := range lanes {
					lanes[i].change(ch, sheet(ch.To, lanes[i].metric), w)
				}
			}
			changes = changes[1:]
		}
	}
	for i := range events {
		e := &events[i]
		if e.At.After(asOf) {
			break
		}
		if len(changes) > 0 {
			changed(func(ch *Change) bool {
				return ch.At.Before(e.At) || ch.At.Equal(e.At) && e.Kind > SeveritySet
			})
		}
		w.take(e)
		if e.Kind.moves() {
			for i := range lanes {
				lanes[i].take(e, c, w)
			}
		}
	}
	changed(func(ch *Change) bool { return !ch.At.After(asOf) })
	w.now(asOf)
}

// now moves the end of a wait that goes on.
func (w *waits) now(at time.Time) {
	if w.over < len(w.spans) {
		w.spans[w.over].To = at
	}
}

// take takes an event. A case that is reopened awaits the customer no longer.
func (w *waits) take(e *Event) {
	w.now(e.At)
	going := w.over < len(w.spans)
	switch e.Kind {
	case Opened:
		w.opened, w.severity = e.At, e.Severity
	case SeveritySet:
		w.severity = e.Severity
	case AwaitingCustomer:
		if !going {
			w.spans = append(w.spans, calendar.Span{From: e.At, To: e.At})
		}
	case Resumed:
		if going {
			w.over++
		}
	case Resolved, Closed, Cancelled, Merged:
		if w.final = w.final || e.Kind >= Cancelled; w.ended == nil {
			w.ended = e
		}
	case Reopened:
		if w.ended == nil || w.final {
			return
		}
		if w.ended = nil; going {
			w.over++
		}
	}
}

// asOf is w at an instant that is past.
func (w *waits) asOf(at time.Time) *waits {
	was := &waits{spans: cut(w.spans, at)}
	was.over = min(w.over, len(was.spans))
	if n := was.over; n > 0 && w.spans[n-1].To.After(at) {
		was.over--
	}
	return was
}
