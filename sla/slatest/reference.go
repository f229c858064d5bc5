package slatest

import (
	"time"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/calendar/calendartest"
	"github.com/supportterms/supportterms/sla"
)

// A Reference says when a response with some [Terms] falls due at a place, by
// looking at the clock there. It is immutable and safe for concurrent use.
type Reference struct {
	terms Terms
	wall  *calendartest.Reference
}

// Reference returns the model of t at a place.
func (t Terms) Reference(at *sla.Place) *Reference {
	hours, holidays := t.Hours, !t.HolidaysCounted
	switch t.Clock {
	case sla.Weekday24h:
		hours, holidays = calendar.MustParseHours("Mo-Fr 00:00-24:00"), true
	case sla.ElapsedExcludingHolidays:
		hours, holidays = calendar.MustParseHours("24/7"), true
	case sla.CalendarWeek, sla.Elapsed:
		hours, holidays = calendar.MustParseHours("24/7"), false
	}
	return &Reference{t, calendartest.NewReference(calendar.Config{
		Hours: hours.WithHolidays(holidays), Location: at.Location, Holidays: at.Holidays,
	})}
}

// Due returns when the target, taken n times, falls due from an instant, with
// some stretches in which the clock stands still. It is ok only when that is
// within reach.
func (r *Reference) Due(from time.Time, n int, pauses ...calendar.Span) (_ time.Time, ok bool) {
	number, unit := r.terms.Target.Amount()
	n *= number
	switch r.terms.Clock {
	case sla.CalendarWeek, sla.CalendarWeekRoll:
		return r.named(from, pauses, func(from time.Time) (time.Time, bool) { return r.weeks(from, n) })
	case sla.Elapsed:
		return r.run(from, length(unit, 0)*time.Duration(n), pauses, true)
	case sla.ElapsedFromCoverage:
		start, ok := r.start(from, pauses)
		if !ok {
			return start, false
		}
		return r.run(start, length(unit, 0)*time.Duration(n), pauses, true)
	}
	if unit == sla.BusinessDay && (r.terms.Day == SameClock || r.terms.Day == EndOfDay) {
		return r.named(from, pauses, func(from time.Time) (time.Time, bool) { return r.days(from, n) })
	}
	due, ok := r.run(from, length(unit, r.day())*time.Duration(n), pauses, false)
	if ok && r.terms.Clock == sla.Business && r.terms.NextOpen {
		return r.wall.Clamp(due)
	}
	return due, ok
}

// length is how long a unit is; a business day is day long.
func length(u sla.Unit, day time.Duration) time.Duration {
	switch u {
	case sla.Minute:
		return time.Minute
	case sla.Hour, sla.WeekdayHour, sla.BusinessHour:
		return time.Hour
	case sla.BusinessDay:
		return day
	case sla.Week:
		return 7 * 24 * time.Hour
	}
	return 0
}

// day is the length of a business day: as given, or that of any open day.
func (r *Reference) day() (day time.Duration) {
	if r.terms.Length > 0 {
		return r.terms.Length
	}
	for d := range time.Weekday(7) {
		var here time.Duration
		for _, w := range r.terms.Hours.Day(d) {
			here += time.Duration(w.Close-w.Open) * time.Minute
		}
		day = max(day, here)
	}
	return day
}

// run returns the earliest instant by which d of time has passed that counts:
// open time, or all of it, but never a pause.
func (r *Reference) run(from time.Time, d time.Duration, pauses []calendar.Span, through bool) (time.Time, bool) {
	for reach := 7 * 24 * time.Hour; ; reach *= 2 {
		last := reach >= calendartest.Reach
		spans := []calendar.Span{{From: from, To: from.Add(min(reach, calendartest.Reach))}}
		if !through {
			spans = r.wall.Spans(spans[0].From, spans[0].To)
		}
		left := d
		for _, s := range without(spans, pauses) {
			if left <= s.To.Sub(s.From) {
				return s.From.Add(left), true
			}
			left -= s.To.Sub(s.From)
		}
		if last {
			return time.Time{}, false
		}
	}
}

// start returns the first instant from which a clock runs that waits for an
// opening: open, and not in a pause.
func (r *Reference) start(from time.Time, pauses []calendar.Span) (time.Time, bool) {
	for range len(pauses) + 1 {
		open, ok := r.wall.Clamp(from)
		if !ok {
			return open, false
		}
		from = open
		for _, p := range pauses {
			if !from.Before(p.From) && from.Before(p.To) {
				from = p.To
			}
		}
		if from.Equal(open) {
			return open, true
		}
	}
	return r.wall.Clamp(from)
}

// without cuts pauses out of spans.
func without(spans, pauses []calendar.Span) []calendar.Span {
	for _, p := range pauses {
		if !p.From.Before(p.To) {
			continue
		}
		var out []calendar.Span
		for _, s := range spans {
			for _, part := range []calendar.Span{{From: s.From, To: first(s.To, p.From)}, {From: last(s.From, p.To), To: s.To}} {
				if part.From.Before(part.To) {
					out = append(out, part)
				}
			}
		}
		spans = out
	}
	return spans
}

// named moves the start of a clock that names an instant later by every pause
// that begins before the instant.
func (r *Reference) named(from time.Time, pauses []calendar.Span, name func(time.Time) (time.Time, bool)) (time.Time, bool) {
	base := from
	due, ok := name(base)
	for _, p := range pauses {
		if p.From = last(p.From, from); !p.From.Before(p.To) || !p.From.Before(due) {
			continue
		}
		base = base.Add(p.To.Sub(p.From))
		if due, ok = name(base); !ok {
			return due, false
		}
	}
	return due, ok
}

// weeks names the same clock time n weeks later.
func (r *Reference) weeks(from time.Time, n int) (time.Time, bool) {
	local := r.local(from)
	due, ok := r.wall.At(calendar.DateOf(local).AddDays(7*n), clock(local))
	if !ok || r.terms.Clock == sla.CalendarWeek || r.wall.Open(due) || r.wall.Open(due.Add(-1)) {
		return due, ok
	}
	return r.wall.NextOpen(due)
}

// days names an instant on the n-th business date.
func (r *Reference) days(from time.Time, n int) (time.Time, bool) {
	if r.terms.Day == SameClock {
		open, ok := r.wall.Clamp(from)
		if !ok {
			return open, false
		}
		from = open
	}
	from = r.local(from)
	date, ok := r.wall.AddDays(calendar.DateOf(from), n)
	if !ok {
		return time.Time{}, false
	}
	closing, ok := r.wall.Closing(date)
	if !ok || r.terms.Day == EndOfDay {
		return closing, ok
	}
	same, ok := r.wall.At(date, clock(from))
	return first(same, closing), ok
}

// local is t on the clock of the place.
func (r *Reference) local(t time.Time) time.Time {
	here, _ := r.wall.Add(t, 0)
	return here
}

// clock is what the wall shows, from 00:00.
func clock(t time.Time) time.Duration {
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute +
		time.Duration(t.Second())*time.Second + time.Duration(t.Nanosecond())
}

func first(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func last(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
