package sla

import (
	"slices"
	"time"

	"github.com/supportterms/supportterms/calendar"
)

// An Entry is a stretch of a ledger: all of it counts, or none of it does.
type Entry struct {
	From, To time.Time
	Counted  time.Duration // zero, or how long the entry is
	// Why says why an entry does not count: "closed", "weekend", "holiday",
	// "override", "clock-change" or "pause"; or, of a clock that names an
	// instant, by which rule. It is empty when the entry counts.
	Why []string
	// Reasons are the calendar's own, by date, with the names of holidays.
	Reasons []calendar.Reason
}

const whyPause = "pause"

// ledger accounts for all the time from base to due, which the count gave.
func (c *count) ledger(base, due time.Time, pauses []calendar.Span) ([]Entry, error) {
	if !c.measures() {
		return c.named(base, due, pauses)
	}
	start, err := c.start(base, pauses)
	if err != nil {
		return nil, err
	}
	var out []Entry
	from := base
	for _, p := range pauses {
		p.From, p.To = latest(p.From, from), earliest(p.To, due)
		if !p.From.Before(p.To) {
			continue
		}
		entries, err := c.stretch(from, p.From, start)
		if err != nil {
			return nil, err
		}
		out = append(append(out, entries...), Entry{From: p.From, To: p.To, Why: []string{whyPause}})
		from = p.To
	}
	entries, err := c.stretch(from, due, start)
	return append(out, entries...), err
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
func (c *count) stretch(from, to, start time.Time) (out []Entry, err error) {
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
