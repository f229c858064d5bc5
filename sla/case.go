package sla

import (
	"fmt"
	"time"

	"github.com/supportterms/supportterms/calendar"
)

// A Case is what happened, in any order, and the instant asked about. It is
// given by its events, or, where the start of the clock is known, by that.
type Case struct {
	Events []Event
	// CountedFrom is used when there are no events: the metric counts from
	// then, at Severity.
	CountedFrom time.Time
	Severity    Severity
	// AsOf is the instant asked about; zero is the last event. What happens
	// after it is not known. A response that is still awaited is due even when
	// AsOf is past the instant: compare the two.
	AsOf time.Time
}

// history is a case up to an instant, with what its metrics need.
type history struct {
	opened     time.Time
	urgency    urgency   // now
	automatic  time.Time // first acknowledgement
	atMachine  urgency   // then
	first      time.Time // first response by a person
	atFirst    urgency   // then
	followUp   time.Time // latest response or update
	reopened   time.Time
	escalated  time.Time
	escalation time.Time // the response to the escalation
	waiting    time.Time // since when the customer is awaited
	waited     []calendar.Span
	held       bool // awaiting_customer occurs
	ended      Event
}

// urgency is the severity of a case at an instant.
type urgency struct {
	severity Severity
	since    time.Time
	changed  bool     // since the opening
	firstSet Severity // by the first severity_set
}

// check reports the events that cannot be, in order of time.
func check(events []Event) error {
	var opened Event
	waiting := false
	for _, e := range events {
		fail := func(why string, args ...any) error {
			return &CaseError{e.String(), fmt.Sprintf(why, args...)}
		}
		switch {
		case e.Kind < Opened || e.Kind > Merged:
			return fail("no such kind of event")
		case e.At.IsZero():
			return fail("has no instant")
		case e.Kind == Opened && opened.Kind == Opened:
			return fail("the case is opened twice, first %v", opened)
		case e.Kind == Opened:
			opened = e
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
		return &CaseError{"", "no opened event"}
	}
	return nil
}

// past replays sorted events that are not later than an instant.
func past(events []Event, asOf time.Time) (h history) {
	for _, e := range events {
		if e.At.After(asOf) {
			break
		}
		h.take(e)
	}
	return h
}

func (h *history) take(e Event) {
	switch e.Kind {
	case Opened:
		h.opened, h.urgency = e.At, urgency{severity: e.Severity, since: e.At}
	case Acknowledged:
		if h.automatic.IsZero() {
			h.automatic, h.atMachine = e.At, h.urgency
		}
	case SeveritySet:
		u := &h.urgency
		if !u.changed {
			u.firstSet, u.changed = e.Severity, true
		}
		u.severity, u.since = e.Severity, e.At
	case Responded, Updated:
		if e.Kind == Responded && h.first.IsZero() {
			h.first, h.atFirst = e.At, h.urgency
		}
		if !h.first.IsZero() {
			h.followUp = e.At
		}
		if !h.escalated.IsZero() && h.escalation.IsZero() {
			h.escalation = e.At
		}
	case AwaitingCustomer:
		h.held = true
		if h.waiting.IsZero() {
			h.waiting = e.At
		}
	case Resumed:
		h.waited = append(h.waited, calendar.Span{From: h.waiting, To: e.At})
		h.waiting = time.Time{}
	case Escalated:
		// A reminder of an escalation that is not answered is no new one.
		if h.escalated.IsZero() || !h.escalation.IsZero() {
			h.escalated, h.escalation = e.At, time.Time{}
		}
	case Resolved, Closed, Cancelled, Merged:
		if h.ended.Kind == 0 {
			h.ended = e
		}
	case Reopened:
		if h.ended.Kind == Resolved || h.ended.Kind == Closed {
			h.ended, h.reopened = Event{}, e.At
		}
	}
}

// over returns the instant after which a wait changes nothing: that of the
// response, else of the end of the case, else zero.
func (h *history) over(answered time.Time) time.Time {
	if answered.IsZero() {
		return h.ended.At
	}
	return answered
}

// before returns the parts of spans before an instant, all of them when it is
// zero.
func before(spans []calendar.Span, t time.Time) []calendar.Span {
	if t.IsZero() {
		return spans
	}
	var out []calendar.Span
	for _, s := range spans {
		if s.From.Before(t) {
			out = append(out, calendar.Span{From: s.From, To: earliest(s.To, t)})
		}
	}
	return out
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
