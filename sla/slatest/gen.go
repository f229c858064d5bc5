package slatest

import (
	"slices"
	"time"

	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/gen"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/calendar/calendartest"
	"github.com/supportterms/supportterms/sla"
)

// Targets generates numbers for [TargetOf].
func Targets() gopter.Gen { return gen.IntRange(0, 1<<20-1) }

// AllTerms generates numbers for [TermsOf].
func AllTerms() gopter.Gen { return gen.IntRange(0, 1<<60-1) }

// Pauses generates numbers for [PausesOf].
func Pauses() gopter.Gen { return gen.IntRange(0, 1<<60-1) }

// Cases generates numbers for [EventsOf].
func Cases() gopter.Gen { return gen.IntRange(0, 1<<62-1) }

// a numeral is a number taken apart.
type numeral uint64

func (d *numeral) take(base int) int {
	n := uint64(*d) % uint64(base)
	*d = numeral(uint64(*d) / uint64(base))
	return int(n)
}

// TargetOf returns a target that is a length of time, short enough for a
// [Reference] more often than not.
func TargetOf(n int) sla.Target {
	d := numeral(n)
	units := []sla.Unit{sla.BusinessHour, sla.Hour, sla.WeekdayHour, sla.BusinessDay, sla.Minute, sla.Week}
	most := []int{30, 80, 60, 4, 900, 2}
	u := d.take(len(units))
	t, err := sla.NewTarget(1+d.take(most[u]), units[u])
	if err != nil {
		panic(err)
	}
	return t
}

// clocksOf are the clocks a unit may be counted on, the usual first.
var clocksOf = map[sla.Unit][]sla.Clock{
	sla.BusinessHour: {sla.Business, sla.ElapsedFromCoverage, sla.Elapsed, sla.Weekday24h},
	sla.BusinessDay:  {sla.Business},
	sla.Hour:         {sla.Elapsed, sla.ElapsedFromCoverage, sla.ElapsedExcludingHolidays, sla.Business, sla.Weekday24h},
	sla.WeekdayHour:  {sla.Weekday24h, sla.Business},
	sla.Minute:       {sla.Elapsed, sla.Business, sla.ElapsedFromCoverage, sla.ElapsedExcludingHolidays},
	sla.Week:         {sla.CalendarWeekRoll, sla.CalendarWeek, sla.Elapsed, sla.ElapsedExcludingHolidays},
}

// TermsOf returns terms in the hours of [calendartest.WeekOf].
func TermsOf(n int) Terms {
	d := numeral(n)
	t := Terms{Target: TargetOf(d.take(1 << 16))}
	_, unit := t.Target.Amount()
	clocks := clocksOf[unit]
	t.Clock = clocks[d.take(len(clocks))]
	t.HolidaysCounted = d.take(4) == 3
	t.NextOpen = d.take(3) == 2
	t.Day = []string{BusinessTime, SameClock, EndOfDay}[d.take(3)]
	t.InitialBase = sla.QInitialBase.Words()[d.take(3)]
	t.OngoingBase = sla.QOngoingBase.Words()[d.take(3)]
	t.Hours = calendartest.WeekOf(d.take(1 << 30))
	if !uniform(t.Hours) {
		t.Length = time.Duration(1+d.take(12)) * time.Hour
	}
	return t
}

// uniform reports whether every open day is as long as the others.
func uniform(h calendar.Hours) bool {
	var lengths []int
	for d := range time.Weekday(7) {
		length := 0
		for _, w := range h.Day(d) {
			length += w.Close - w.Open
		}
		if length > 0 && !slices.Contains(lengths, length) {
			lengths = append(lengths, length)
		}
	}
	return len(lengths) == 1
}

// Near returns an instant at or beside an edge near the date of p: an opening
// or closing of the hours, a midnight, a clock change.
func Near(p calendartest.Place, t Terms, n int) time.Time {
	return calendartest.InstantOf(p, calendar.Config{Hours: t.Hours}, n)
}

// PausesOf returns up to three pauses near the date of p, in order and apart.
func PausesOf(p calendartest.Place, t Terms, n int) []calendar.Span {
	d := numeral(n)
	var edges []time.Time
	for range d.take(4) {
		edges = append(edges, Near(p, t, d.take(1<<9)), Near(p, t, d.take(1<<9)))
	}
	slices.SortFunc(edges, time.Time.Compare)
	edges = slices.CompactFunc(edges, time.Time.Equal)
	var out []calendar.Span
	for ; len(edges) > 1; edges = edges[2:] {
		out = append(out, calendar.Span{From: edges[0], To: edges[1]})
	}
	return out
}

// EventsOf returns the events of a case near the date of p, in any order of
// arrival, up to four for each number besides the opening. It is opened with a
// severity, and a wait ends only after it began.
func EventsOf(p calendartest.Place, t Terms, ns ...int) []sla.Event {
	kinds := []sla.EventKind{
		sla.Responded, sla.SeveritySet, sla.Updated, sla.AwaitingCustomer, sla.Resumed, sla.Resolved, sla.Reopened,
		sla.Acknowledged, sla.Escalated, sla.AwaitingCustomer, sla.Resumed, sla.Closed, sla.Cancelled, sla.Merged,
		sla.CustomerReplied, sla.LocationChanged,
	}
	opening := sla.Event{Kind: sla.Opened, Severity: 1}
	var out []sla.Event
	for _, n := range ns {
		d := numeral(n)
		opening.Severity = sla.Severity(1 + d.take(Severities))
		for range d.take(5) {
			e := sla.Event{At: Near(p, t, d.take(1<<9)), Kind: kinds[d.take(len(kinds))]}
			if e.Kind == sla.SeveritySet {
				e.Severity = sla.Severity(1 + d.take(Severities))
			}
			out = append(out, e)
		}
		at := Near(p, t, d.take(1<<9))
		if opening.At.IsZero() || at.Before(opening.At) {
			opening.At = at
		}
	}
	for _, e := range out {
		opening.At = first(opening.At, e.At)
	}
	return waits(append(out, opening))
}

// waits leaves out what ends a wait that has not begun.
func waits(events []sla.Event) []sla.Event {
	order := slices.Clone(events)
	slices.SortStableFunc(order, func(a, b sla.Event) int {
		if c := a.At.Compare(b.At); c != 0 {
			return c
		}
		return int(a.Kind) - int(b.Kind)
	})
	waiting := false
	for _, e := range slices.CompactFunc(order, func(a, b sla.Event) bool { return a.At.Equal(b.At) && a.Kind == b.Kind }) {
		switch {
		case e.Kind == sla.AwaitingCustomer:
			waiting = true
		case e.Kind == sla.Resumed && !waiting:
			events = slices.DeleteFunc(events, func(x sla.Event) bool { return x.Kind == sla.Resumed && x.At.Equal(e.At) })
		case e.Kind == sla.Resumed:
			waiting = false
		}
	}
	return events
}
