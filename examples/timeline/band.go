package main

import (
	"slices"
	"strings"
	"time"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/sla"
)

// A band is time of one kind in the calendar of the place.
type band struct {
	from, to time.Time
	kind     string // open, night, weekend or holiday
	name     string // of a holiday
}

// bands are the time of a scale. Where a ledger has something to say of it, that
// holds; the calendar says what lies under pauses and past the ledgers.
func (t *timeline) bands(s *scale) []band {
	var open []calendar.Span
	var closed []band
	r := t.report
	for i := range r.Metrics {
		for _, ledger := range [][]sla.Entry{r.Accounts[i].Ledger, r.Accounts[i].Deadline.Ledger} {
			for _, e := range ledger {
				if e.Counted > 0 && t.keepsHours(i, e) {
					open = append(open, calendar.Span{From: e.From, To: e.To})
				}
				closed = append(closed, t.dated(e.From, e.To, e.Reasons)...)
			}
		}
	}
	counted := joined(open)
	if t.hours != nil {
		kept, gaps := t.kept(s)
		open = append(open, kept...)
		for _, g := range gaps {
			for _, part := range without(calendar.Span{From: g.from, To: g.to}, counted) {
				closed = append(closed, band{part.From, part.To, g.kind, g.name})
			}
		}
	}
	var out []band
	for _, span := range joined(open) {
		out = append(out, band{span.From, span.To, "open", ""})
	}
	// By name too, so that what two ledgers say of one holiday is one band.
	slices.SortStableFunc(closed, func(a, b band) int {
		if c := slices.Index(kinds, a.kind) - slices.Index(kinds, b.kind); c != 0 {
			return c
		}
		if c := strings.Compare(a.name, b.name); c != 0 {
			return c
		}
		return a.from.Compare(b.from)
	})
	for _, b := range closed {
		if n := len(out); n > 0 && out[n-1].kind == b.kind && out[n-1].name == b.name && !b.from.After(out[n-1].to) {
			if b.to.After(out[n-1].to) {
				out[n-1].to = b.to
			}
			continue
		}
		out = append(out, b)
	}
	slices.SortStableFunc(out, func(a, b band) int {
		if c := slices.Index(kinds, a.kind) - slices.Index(kinds, b.kind); c != 0 {
			return c
		}
		return a.from.Compare(b.from)
	})
	return out
}

// keepsHours reports whether what counts in an entry is open time. The clock of a
// cycle that was re-based may be another than that of the entry.
func (t *timeline) keepsHours(metric int, e sla.Entry) bool {
	c := t.report.Metrics[metric].Cycle()
	if e.Cycle > 0 {
		c = &t.report.Metrics[metric].Cycles[e.Cycle-1]
	}
	return c != nil && c.Clock == sla.Business && len(c.Rebases) == 0
}

// kinds are in the order in which they are drawn.
var kinds = []string{"open", "night", "weekend", "holiday"}

// kept is what the place's calendar says, if it is known for all of a scale.
func (t *timeline) kept(s *scale) (open []calendar.Span, closed []band) {
	from := later(s.from, t.since)
	spans, err := t.hours.Spans(from, s.to)
	if err != nil {
		return nil, nil
	}
	gap := func(from, to time.Time) {
		if reasons, err := t.hours.Why(from, to); err == nil {
			closed = append(closed, t.dated(from, to, reasons)...)
		}
	}
	for span := range spans {
		open = append(open, span)
		gap(from, span.From)
		from = span.To
	}
	gap(from, s.to)
	return open, closed
}

// dated divides closed time by date, each with the strongest of its reasons.
func (t *timeline) dated(from, to time.Time, reasons []calendar.Reason) (out []band) {
	for _, r := range reasons {
		start := time.Date(r.Date.Year, r.Date.Month, r.Date.Day, 0, 0, 0, 0, t.zone)
		end := time.Date(r.Date.Year, r.Date.Month, r.Date.Day+1, 0, 0, 0, 0, t.zone)
		b := band{from: later(start, from), to: earlier(end, to), kind: "night", name: r.Name}
		switch r.Kind {
		case calendar.Weekend:
			b.kind = "weekend"
		case calendar.PublicHoliday, calendar.Overridden:
			b.kind = "holiday"
		case calendar.ClockChange:
			continue
		}
		if !b.from.Before(b.to) {
			continue
		}
		// Reasons are by date, and of one date the weaker come first.
		if n := len(out); n > 0 && out[n-1].from.Equal(b.from) {
			out = out[:n-1]
		}
		out = append(out, b)
	}
	return out
}

// joined returns spans in order, those that touch as one.
func joined(spans []calendar.Span) (out []calendar.Span) {
	spans = slices.Clone(spans)
	slices.SortFunc(spans, func(a, b calendar.Span) int { return a.From.Compare(b.From) })
	for _, s := range spans {
		if n := len(out); n > 0 && !s.From.After(out[n-1].To) {
			out[n-1].To = later(out[n-1].To, s.To)
		} else {
			out = append(out, s)
		}
	}
	return out
}

// without returns the parts of a span outside others, which are in order.
func without(s calendar.Span, others []calendar.Span) (out []calendar.Span) {
	i, _ := slices.BinarySearchFunc(others, s.From, func(o calendar.Span, t time.Time) int { return o.To.Compare(t) })
	for _, o := range others[i:] {
		if !o.From.Before(s.To) {
			break
		}
		if s.From.Before(o.From) {
			out = append(out, calendar.Span{From: s.From, To: o.From})
		}
		s.From = later(s.From, o.To)
	}
	if s.From.Before(s.To) {
		out = append(out, s)
	}
	return out
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
