package sla

import (
	"time"

	"github.com/supportterms/supportterms/calendar"
)

// A result is where one response stands.
type result struct {
	terms
	status   Status
	base     time.Time // where the clock started
	due      time.Time
	answered time.Time
	pauses   []calendar.Span
	lacks    string   // a fact missing outside the rules
	err      error    // what is given cannot be
	stuck    Question // StatusUndetermined: the question that is not settled
	asked    uint32
	choose   int // a reading to choose first, or -1
	location *time.Location
}

// same reports whether a and b are one answer: status and instant.
func (a result) same(b result) bool { return a.status == b.status && a.due.Equal(b.due) }

// evaluate says where a response stands. events are sorted and checked.
func (in *inquiry) evaluate(metric MetricKind, events []Event, c *Case) (r result) {
	in.choose, in.asked = -1, 0
	r = in.run(metric, events, c)
	r.asked, r.choose, r.stuck = in.asked, in.choose, in.stuck
	return r
}

func (in *inquiry) run(metric MetricKind, events []Event, c *Case) result {
	if len(events) == 0 {
		in.state(c.Severity)
		if !c.AsOf.IsZero() && c.AsOf.Before(c.CountedFrom) {
			return in.notStarted()
		}
		return in.counted(c.CountedFrom, nil)
	}
	asOf := c.AsOf
	if asOf.IsZero() {
		asOf = events[len(events)-1].At
	}
	h := past(events, asOf)
	if h.opened.IsZero() {
		in.state(events[0].Severity)
		return in.notStarted()
	}
	pauses := h.waited
	paused := false
	var t terms
	if h.held {
		in.state(h.urgency.severity)
		hold, ok := in.askOr(QHold, &t)
		if !ok {
			return result{status: t.status}
		}
		if hold == holdNone {
			pauses = nil
		} else if paused = !h.waiting.IsZero(); paused {
			pauses = append(pauses, calendar.Span{From: h.waiting, To: asOf})
		}
	}
	var r result
	switch metric {
	case First:
		r = in.first(&h, pauses)
	case Ongoing:
		r = in.ongoing(&h, pauses)
	case Request:
		in.state(h.urgency.severity)
		r = in.request(&h, pauses)
	default:
		in.state(h.urgency.severity)
		r = in.counted(h.opened, nil)
	}
	return r.close(&h, paused)
}

// close settles what a response, a pause or the end of the case makes of a
// response that is due.
func (r result) close(h *history, paused bool) result {
	if r.status != StatusDue {
		return r
	}
	switch {
	case !r.answered.IsZero() && r.answered.After(r.due):
		r.status = StatusMissed
	case !r.answered.IsZero():
		r.status = StatusMet
	case h.ended.Kind != 0 && h.ended.At.After(r.due):
		r.status = StatusMissed
	case h.ended.Kind != 0:
		r.status = StatusCancelled
	case paused && h.waiting.Before(r.due):
		r.status, r.due = StatusPaused, time.Time{}
	}
	return r
}

// state puts the severity of the case into the point.
func (in *inquiry) state(s Severity) {
	if in.policy.iStated >= 0 {
		in.pt[in.policy.iStated] = in.policy.severityCode(s)
	}
}

// first is a first response. What happens after it changes nothing about it.
func (in *inquiry) first(h *history, pauses []calendar.Span) result {
	var t terms
	answered, u := h.first, h.urgency
	if !answered.IsZero() {
		u = h.atFirst
	}
	if !h.automatic.IsZero() {
		kind, ok := in.ask(QInitialResponse, &t)
		if !ok {
			return result{status: t.status}
		}
		if kind == responseAutomatic && (answered.IsZero() || h.automatic.Before(answered)) {
			answered, u = h.automatic, h.atMachine
		}
	}
	base, severity := h.opened, u.severity
	if u.changed {
		rule, ok := in.ask(QInitialBase, &t)
		if !ok {
			return result{status: t.status}
		}
		switch rule {
		case baseSeverityUpdate:
			base = u.since
		case baseKeep:
			severity = u.firstSet
		}
	}
	in.state(severity)
	r := in.counted(base, before(pauses, h.over(answered)))
	r.answered = answered
	return r
}

// ongoing is the response after the last one.
func (in *inquiry) ongoing(h *history, pauses []calendar.Span) result {
	in.state(h.urgency.severity)
	if h.first.IsZero() {
		return in.notStarted()
	}
	var t terms
	rule, ok := in.ask(QOngoingBase, &t)
	if !ok {
		return result{status: t.status}
	}
	switch rule {
	case ongoingSeverityUpdate:
		return in.slot(latest(h.urgency.since, h.reopened), h.followUp, pauses)
	case ongoingLatestResponse:
		return in.counted(latest(h.followUp, h.reopened), pauses)
	}
	return in.counted(latest(h.followUp, h.urgency.since, h.reopened), pauses)
}

// request is the response to an escalation.
func (in *inquiry) request(h *history, pauses []calendar.Span) result {
	if h.escalated.IsZero() {
		return in.notStarted()
	}
	r := in.counted(h.escalated, before(pauses, h.over(h.escalation)))
	r.answered = h.escalation
	return r
}

// notStarted is the answer before anything starts the clock, unless there is
// no time to be kept at all.
func (in *inquiry) notStarted() result {
	t := in.terms()
	if t.status == StatusDue {
		t.status = StatusNotStarted
	}
	return result{terms: t, status: t.status}
}

// counted is the target counted once from an instant.
func (in *inquiry) counted(base time.Time, pauses []calendar.Span) result {
	t := in.terms()
	r := result{terms: t, status: t.status, base: base, pauses: pauses}
	if t.status != StatusDue {
		return r
	}
	cal, zone, err := in.at.of(&t)
	if err == nil {
		c := count{t, cal}
		r.due, err = c.dueWithin(base, 1, merge(pauses))
	}
	if r.location = zone; zone == nil {
		r.location = base.Location()
	}
	return r.or(err)
}

// or turns an error into the answer that a fact is missing.
func (r result) or(err error) result {
	if err == nil {
		r.due = r.due.In(r.location)
		return r
	}
	r.status, r.due = StatusUndetermined, time.Time{}
	if fact, ok := notKnown(err); ok {
		r.lacks = fact
	} else {
		r.err = err
	}
	return r
}

// slot is the end of the slot after the one in which the last follow-up fell,
// slots of the target's length following one another from base.
func (in *inquiry) slot(base, followUp time.Time, pauses []calendar.Span) result {
	r := in.counted(base, pauses)
	if r.status != StatusDue || !followUp.After(base) {
		return r
	}
	cal, _, err := in.at.of(&r.terms)
	if err != nil {
		return r.or(err)
	}
	c := count{r.terms, cal}
	// Begin shortly before the slot, so that old cases cost no more than new.
	n := 1
	if c.measures() {
		start, err := c.start(base, merge(pauses))
		if err != nil {
			return r.or(err)
		}
		passed, err := c.net(start, latest(start, followUp), merge(pauses))
		if err != nil {
			return r.or(err)
		}
		n = max(1, int(passed/c.amount(1))-1)
	}
	for {
		end, err := c.dueWithin(base, n, merge(pauses))
		if err != nil {
			return r.or(err)
		}
		n++
		if r.base = end; !end.Before(followUp) {
			break
		}
	}
	r.due, err = c.dueWithin(base, n, merge(pauses))
	r.started = true
	return r.or(err)
}
