package calendar

import (
	"slices"
	"time"
)

// AddDays returns the n-th business date after d, or before it when n is
// negative; d itself never counts, and n = 0 is d. A business date is one on
// which some instant is open, half days included.
func (c *Calendar) AddDays(d Date, n int) (Date, error) {
	switch {
	case n == 0:
		return d, nil
	case c.always:
		const thousandYears = 365_250
		if n < -thousandYears || n > thousandYears {
			return Date{}, ErrOverflow
		}
		return d.AddDays(n), nil
	case c.lo == c.hi:
		return Date{}, ErrNeverOpen
	}
	if _, ok := c.cover.Status(d); !ok {
		return Date{}, c.beyond
	}
	tb, err := c.reach(min(max(c.midnight(d), c.lo), c.hi))
	for err == nil {
		i, found := slices.BinarySearch(tb.days, int32(d.day()))
		if n > 0 && found {
			i++
		}
		if n > 0 && n <= len(tb.days)-i {
			return dateOfDay(int64(tb.days[i+n-1])), nil
		}
		if n < 0 && -n <= i && n >= -len(tb.days) {
			return dateOfDay(int64(tb.days[i+n])), nil
		}
		tb, err = c.further(tb, n > 0)
	}
	return Date{}, err
}

// Closing returns the last instant of open time on a business date: its last
// closing, or midnight when the place stays open into the next date. On
// another date it is [ErrNeverOpen].
func (c *Calendar) Closing(d Date) (time.Time, error) {
	from, to := c.At(d, 0), c.At(d.AddDays(1), 0)
	spans, err := c.Spans(from, to)
	if err != nil {
		return time.Time{}, err
	}
	var last time.Time
	for s := range spans {
		last = s.To
	}
	if last.IsZero() {
		return time.Time{}, ErrNeverOpen
	}
	return last, nil
}
