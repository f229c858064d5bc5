package sla

import (
	"slices"
	"time"

	"github.com/supportterms/supportterms/calendar"
)

// An Entry is a stretch of a ledger: all of it counts, or none of it does.
type Entry struct {
	From, To time.Time
	Cycle    int           // in the ledger of a case, the number of its cycle from 1, or 0
	Counted  time.Duration // zero, or how long the entry is
	// Why says why an entry does not count: "closed", "weekend", "holiday",
	// "override", "clock-change" or "pause"; or, of a clock that names an
	// instant, by which rule. In the ledger of a case it is also "not-started",
	// "answered" or "ended" for time outside cycles, "re-based" or "slot" for
	// time before the base of one, and the status where there is no time to be
	// kept. It is empty when the entry counts.
	Why []string
	// Reasons are the calendar's own, by date, with the names of holidays.
	Reasons []calendar.Reason
}

// Reasons that no calendar gives.
const (
	whyPause    = "pause"
	whyNotYet   = "not-started"
	whyAnswered = "answered"
	whyEnded    = "ended"
	whyRebased  = "re-based"
	whySlot     = "slot"
)

// ledger accounts for the time of a cycle until an instant.
func (c *Cycle) ledger(until time.Time, waits []calendar.Span) (out []Entry, err error) {
	for _, g := range append(slices.Clone(c.legs), leg{row: c.row, from: c.from, start: c.start, to: until, first: c.first}) {
		if g.to = earliest(g.to, until); !g.from.Before(g.to) {
			continue
		}
		entries, err := g.row.ledger(g.from, g.start, g.to, g.row.pauses(waits, g.first))
		if err != nil {
			return nil, err
		}
		out = append(out, entries...)
	}
	return out, nil
}

// pauses are the waits that stop the clock, without the first ones.
func (r *row) pauses(waits []calendar.Span, first int) []calendar.Span {
	if r.words[QHold-QInitialBase].answer != holdAwaitingCustomer {
		return nil
	}
	return waits[min(first, len(waits)):]
}

// cut returns the parts of spans before an instant.
func cut(spans []calendar.Span, t time.Time) (out []calendar.Span) {
	for _, s := range spans {
		if !s.From.Before(t) {
			break
		}
		out = append(out, calendar.Span{From: s.From, To: earliest(s.To, t)})
	}
	return out
}

// ledger accounts for all the time between two instants, of a clock that runs
// from start on.
func (c *count) ledger(base, start, due time.Time, pauses []calendar.Span) (out []Entry, err error) {
	if !c.measures() {
		return c.named(base, due, pauses)
	}
	if start.IsZero() {
		start = due
	}
	from := base
	for _, p := range pauses {
		if !p.From.Before(due) {
			break
		}
		p.From, p.To = latest(p.From, from), earliest(p.To, due)
		if !p.From.Before(p.To) {
			continue
		}
		if out, err = c.stretch(out, from, p.From, start); err != nil {
			return nil, err
		}
		out = append(out, Entry{From: p.From, To: p.To, Why: []string{whyPause}})
		from = p.To
	}
	return c.stretch(out, from, due, start)
}

// named accounts for a clock that names an instant, by the rule: the days it
// passed over, and where the instant was moved why it could not stay.
func (c *count) named(base, due time.Time, pauses []calendar.Span) ([]Entry, error) {
	e := Entry{From: base, To: due, Why: []string{c.rule()}}
	paused := slices.ContainsFunc(pauses, func(p calendar.Span) bool { return p.From.Before(due) && p.To.After(base) })
	if paused {
		e.Why = append(e.Why, whyPause)
	}
	if c.clock == Business {
		reasons, err := c.cal.Why(base, due)
		e.Reasons = slices.DeleteFunc(reasons, func(r calendar.Reason) bool { return r.Kind == calendar.Closed })
		return []Entry{e}, err
	}
	if c.clock == CalendarWeekRoll && !paused {
		plain := *c
		plain.clock = CalendarWeek
		to, err := plain.due(base, 1)
		if err != nil {
			return nil, err
		}
		e.To = to
		return c.gap([]Entry{e}, to, due)
	}
	return []Entry{e}, nil
}

// rule names the rule by which a clock names an instant.
func (c *count) rule() string {
	if c.clock == Business {
		return QBusinessDay.Words()[c.day]
	}
	return c.clock.String()
}

// stretch accounts for time without pauses, of a clock that starts at start.
func (c *count) stretch(out []Entry, from, to, start time.Time) (_ []Entry, err error) {
	counts := func(yield func(calendar.Span) bool) { yield(calendar.Span{From: from, To: to}) }
	if c.clock == ElapsedFromCoverage {
		counts = func(yield func(calendar.Span) bool) {
			yield(calendar.Span{From: earliest(latest(start, from), to), To: to})
		}
	} else if c.clock != Elapsed {
		spans, err := c.cal.Spans(from, to)
		if err != nil {
			return nil, err
		}
		counts = spans
	}
	for s := range counts {
		if out, err = c.gap(out, from, s.From); err != nil {
			return nil, err
		}
		if s.From.Before(s.To) {
			out = append(out, Entry{From: s.From, To: s.To, Counted: s.Len()})
		}
		from = s.To
	}
	return c.gap(out, from, to)
}

// gap accounts for closed time.
func (c *count) gap(out []Entry, from, to time.Time) ([]Entry, error) {
	if !from.Before(to) {
		return out, nil
	}
	reasons, err := c.cal.Why(from, to)
	e := Entry{From: from, To: to, Reasons: reasons}
	for k := calendar.Closed; k <= calendar.ClockChange; k++ {
		if slices.ContainsFunc(reasons, func(r calendar.Reason) bool { return r.Kind == k }) {
			e.Why = append(e.Why, k.String())
		}
	}
	return append(out, e), err
}
