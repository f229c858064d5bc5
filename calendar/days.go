package calendar

import (
	"slices"
	"time"
)

// AddDays returns the n-th business date after d, or before it when n is
// negative; d itself never counts, and n = 0 is d. A business date is one on
// which some instant is open, half days included.
func (c *Calendar) AddDays(d Date, n int) (Date, error) {
	c = c.orNever()
	switch {
	case n == 0:
		return d, nil
	case c.always:
		const thousandYears = 365_250
		if n < -thousandYears || n > thousandYears {
			return Date{}, ErrOverflow
		}
		return c.skipLost(d, n), nil
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

// skipLost returns the n-th date after d on a clock that is always open,
// leaving out dates that the clock never shows.
func (c *Calendar) skipLost(d Date, n int) Date {
	step := 1
	if n < 0 {
		step = -1
	}
	end := d.AddDays(n)
	for lost := c.lostDates(d, end); lost > 0; {
		next := end.AddDays(step)
		if c.isLost(next) {
			lost++
		}
		end, lost = next, lost-1
	}
	return end
}

func (c *Calendar) isLost(d Date) bool { return c.midnight(d) == c.midnight(d.AddDays(1)) }

// lostDates counts the dates between a and b, b included, that the clock never
// shows: those it skips when it is put forward by a day.
func (c *Calendar) lostDates(a, b Date) (n int) {
	if b.Before(a) {
		a, b = b.AddDays(-1), a.AddDays(-1)
	}
	end := c.midnight(b.AddDays(1))
	prev, first := int64(0), true
	for s := range segments(c.loc, c.midnight(a.AddDays(1))-1, end+1) {
		if shown := s.from + prev; !first && s.offset-prev >= daySeconds {
			for d := dateOfDay(floorDiv(shown+daySeconds-1, daySeconds)); c.isLost(d) && !d.After(b); d = d.AddDays(1) {
				n++
			}
		}
		prev, first = s.offset, false
	}
	return n
}

// Closing returns the last instant of open time on a business date: its last
// closing, or midnight when the place stays open into the next date. On
// another date it is [ErrNeverOpen].
func (c *Calendar) Closing(d Date) (time.Time, error) {
	c = c.orNever()
	from, to := d.day()*daySeconds, (d.day()+1)*daySeconds
	var last time.Time
	// The clock may show the date again after the next has begun.
	for s := range segments(c.Location(), from-2*daySeconds, to+2*daySeconds) {
		a, b := max(s.from, from-s.offset), min(s.to, to-s.offset)
		if a >= b {
			continue
		}
		spans, err := c.Spans(time.Unix(a, 0), time.Unix(b, 0))
		if err != nil {
			return time.Time{}, err
		}
		for open := range spans {
			last = open.To
		}
	}
	if last.IsZero() {
		return time.Time{}, ErrNeverOpen
	}
	return last.In(c.Location()), nil
}
