package sla

import (
	"slices"
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
		start, err := c.start(from, nil)
		return start.Add(c.amount(n)), err
	case c.clock == CalendarWeek || c.clock == CalendarWeekRoll:
		return c.weeks(from, n)
	case !c.measures():
		return c.businessDays(from, n)
	}
	due, err := c.cal.Add(from, c.amount(n))
	if err == nil && c.close == nextOpen {
		due, err = c.cal.Clamp(due)
	}
	return due, err
}

func clockOf(t time.Time) time.Duration {
	h, m, s := t.Clock()
	return time.Duration(h)*time.Hour + time.Duration(m)*time.Minute + time.Duration(s)*time.Second +
		time.Duration(t.Nanosecond())
}

// weeks names the same clock time n times the target later.
func (c *count) weeks(from time.Time, n int) (time.Time, error) {
	from = from.In(c.cal.Location())
	due := c.cal.At(calendar.DateOf(from).AddDays(7*n*int(c.measure.n)), clockOf(from))
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

// dueWithin is due with pauses, which are in order and do not overlap, taken
// out of a clock that measures, and moving the base of one that names an
// instant.
func (c *count) dueWithin(from time.Time, n int, pauses []calendar.Span) (time.Time, error) {
	if !c.measures() {
		due, err := c.due(from, n)
		for _, p := range pauses {
			if err != nil || !p.From.Before(due) {
				break
			}
			if p.To.After(from) {
				if p.From.Before(from) {
					p.From = from
				}
				from = from.Add(p.Len())
				due, err = c.due(from, n)
			}
		}
		return due, err
	}
	from, err := c.start(from, pauses)
	if err != nil {
		return time.Time{}, err
	}
	left := c.amount(n)
	for _, p := range pauses {
		if p.From.Before(from) {
			p.From = from
		}
		if !p.To.After(from) {
			continue
		}
		passed, err := c.passed(from, p.From)
		if err != nil {
			return time.Time{}, err
		}
		if passed >= left {
			break
		}
		left -= passed
		from = p.To
	}
	rest := c.rest(left)
	return rest.due(from, 1)
}

// start returns the instant at which a clock that waits for coverage starts:
// the first that is open and in no pause. Other clocks start at once.
func (c *count) start(from time.Time, pauses []calendar.Span) (time.Time, error) {
	if c.clock != ElapsedFromCoverage || c.started {
		return from, nil
	}
	for {
		open, err := c.cal.Clamp(from)
		if err != nil {
			return time.Time{}, err
		}
		i := slices.IndexFunc(pauses, func(p calendar.Span) bool { return !open.Before(p.From) && open.Before(p.To) })
		if i < 0 {
			return open, nil
		}
		from = pauses[i].To
	}
}

// rest returns the count, started, with another length in whole nanoseconds.
func (c *count) rest(left time.Duration) count {
	r := *c
	r.measure, r.dayLength = Target{n: 1, unit: BusinessDay}, left
	r.day, r.started = businessTime, true
	return r
}

// passed returns the time that counts from one instant to another, once the
// clock has started.
func (c *count) passed(from, to time.Time) (time.Duration, error) {
	if c.clock == Elapsed || c.clock == ElapsedFromCoverage {
		return to.Sub(from), nil
	}
	return c.cal.Between(from, to)
}

// net is passed with pauses taken out.
func (c *count) net(from, to time.Time, pauses []calendar.Span) (time.Duration, error) {
	d, err := c.passed(from, to)
	for _, p := range pauses {
		p.From, p.To = latest(p.From, from), earliest(p.To, to)
		if err != nil || !p.From.Before(p.To) {
			continue
		}
		var out time.Duration
		out, err = c.passed(p.From, p.To)
		d -= out
	}
	return d, err
}

func earliest(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// merge returns spans in order with those that touch or overlap made one.
func merge(spans []calendar.Span) []calendar.Span {
	spans = slices.Clone(spans)
	slices.SortFunc(spans, func(a, b calendar.Span) int { return a.From.Compare(b.From) })
	out := spans[:0]
	for _, s := range spans {
		if n := len(out); n > 0 && !s.From.After(out[n-1].To) {
			if s.To.After(out[n-1].To) {
				out[n-1].To = s.To
			}
			continue
		}
		out = append(out, s)
	}
	return out
}
