package sla

import (
	"time"

	"github.com/supportterms/supportterms/calendar"
)

// A count is terms with the calendar to count them on.
type count struct {
	terms
	cal *calendar.Calendar // nil for the elapsed clock
}

// amount returns the length of n times the target, for clocks that measure.
func (c *terms) amount(n int) time.Duration {
	unit := [...]time.Duration{
		Minute: time.Minute, Hour: time.Hour, WeekdayHour: time.Hour, BusinessHour: time.Hour,
		BusinessDay: c.dayLength, Week: 7 * 24 * time.Hour,
	}[c.measure.unit]
	return time.Duration(n) * time.Duration(c.measure.n) * unit
}

// measures reports whether the terms count time, rather than name an instant.
func (c *terms) measures() bool {
	return c.clock.measures() && !(c.clock == Business && c.measure.unit == BusinessDay && c.day != businessTime)
}

// due returns the instant n times the target after from.
func (c *count) due(from time.Time, n int) (time.Time, error) {
	if c.clock == Elapsed {
		return from.Add(c.amount(n)), nil
	}
	switch {
	case c.clock == ElapsedFromCoverage:
		start, err := c.cal.Clamp(from)
		return start.Add(c.amount(n)), err
	case c.clock == CalendarWeek || c.clock == CalendarWeekRoll:
		return c.weeks(from, n)
	case !c.measures():
		return c.businessDays(from, n)
	}
	return c.after(from, c.amount(n))
}

// after returns the instant by which a length of time has counted, of a clock
// that measures and has started.
func (c *count) after(from time.Time, length time.Duration) (time.Time, error) {
	due, err := c.counted(from, length)
	if err == nil && c.close == nextOpen && c.clock == Business {
		due, err = c.cal.Clamp(due)
	}
	return due, err
}

// counted is after, with a closing left as it is.
func (c *count) counted(from time.Time, length time.Duration) (time.Time, error) {
	if c.clock == Elapsed || c.clock == ElapsedFromCoverage {
		return from.Add(length), nil
	}
	return c.cal.Add(from, length)
}

func clockOf(t time.Time) time.Duration {
	h, m, s := t.Clock()
	return time.Duration(h)*time.Hour + time.Duration(m)*time.Minute + time.Duration(s)*time.Second +
		time.Duration(t.Nanosecond())
}

// weeks names the same clock time n times the target later.
func (c *count) weeks(from time.Time, n int) (time.Time, error) {
	from = from.In(c.cal.Location())
	due := c.sameClock(from, 7*n*int(c.measure.n))
	if c.clock == CalendarWeek {
		return due, nil
	}
	open, err := c.cal.Open(due)
	if err != nil || open {
		return due, err
	}
	if before, err := c.cal.Open(due.Add(-1)); err != nil || before {
		return due, err // exactly a closing
	}
	return c.cal.NextOpen(due)
}

// sameClock returns the instant at which the clock first shows the same time
// some weeks later: without a clock change between, so many times 24 hours.
func (c *count) sameClock(from time.Time, days int) time.Time {
	due := from.Add(time.Duration(days) * 24 * time.Hour)
	if changed, _ := due.ZoneBounds(); changed.IsZero() || !from.Before(changed) {
		return due
	}
	return c.cal.At(calendar.DateOf(from).AddDays(days), clockOf(from))
}

// businessDays names an instant on the N-th business date.
func (c *count) businessDays(from time.Time, n int) (time.Time, error) {
	from = from.In(c.cal.Location())
	if c.day == sameClock {
		var err error
		if from, err = c.cal.Clamp(from); err != nil {
			return time.Time{}, err
		}
	}
	date, err := c.cal.AddDays(calendar.DateOf(from), n*int(c.measure.n))
	if err != nil {
		return time.Time{}, err
	}
	closing, err := c.cal.Closing(date)
	if err != nil || c.day == endOfDay {
		return closing, err
	}
	if due := c.cal.At(date, clockOf(from)); due.Before(closing) {
		return due, nil
	}
	return closing, nil
}

// passed returns the time that counts from one instant to another, once the
// clock has started.
func (c *count) passed(from, to time.Time) (time.Duration, error) {
	if c.clock == Elapsed || c.clock == ElapsedFromCoverage {
		return to.Sub(from), nil
	}
	return c.cal.Between(from, to)
}

func earliest(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
