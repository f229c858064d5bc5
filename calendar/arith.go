package calendar

import (
	"iter"
	"time"
)

// A Span is a run of open time.
type Span struct{ From, To time.Time }

// Len returns how long s is.
func (s Span) Len() time.Duration { return s.To.Sub(s.From) }

func (c *Calendar) time(sec, ns int64) time.Time { return time.Unix(sec, ns).In(c.loc) }

// Open reports whether t is in open time. A closing instant is not.
func (c *Calendar) Open(t time.Time) (bool, error) {
	if c = c.orNever(); c.always {
		return true, nil
	}
	tb, err := c.covering(t)
	if err != nil {
		return false, ignoreNever(err)
	}
	if t.Unix() == c.hi {
		return false, c.beyond
	}
	return t.Unix() < tb.end(tb.at(t.Unix())), nil
}

// ignoreNever drops ErrNeverOpen where "no open time" is the answer.
func ignoreNever(err error) error {
	if err == ErrNeverOpen {
		return nil
	}
	return err
}

// covering returns a table with t in it.
func (c *Calendar) covering(t time.Time) (*table, error) {
	sec := t.Unix()
	tb, err := c.reach(sec)
	if err == nil && sec == c.hi && t.Nanosecond() > 0 {
		return nil, c.beyond
	}
	return tb, err
}

// Between returns the open time in [a, b), negative when b is the earlier.
func (c *Calendar) Between(a, b time.Time) (time.Duration, error) {
	from, to := a.Unix(), b.Unix()
	c = c.orNever()
	if tb := c.table.Load(); tb != nil && tb.lo <= min(from, to) && max(from, to) < tb.hi {
		return time.Duration(tb.sum(to, int64(b.Nanosecond())) - tb.sum(from, int64(a.Nanosecond()))), nil
	}
	return c.betweenSlow(a, b)
}

// betweenSlow is Between where the table must grow, or is not needed.
func (c *Calendar) betweenSlow(a, b time.Time) (time.Duration, error) {
	if c.always {
		d := b.Sub(a)
		if !a.Add(d).Equal(b) {
			return 0, ErrOverflow
		}
		return d, nil
	}
	if _, err := c.covering(a); err != nil {
		return 0, ignoreNever(err)
	}
	tb, err := c.covering(b) // tables only grow: this one has a too
	if err != nil {
		return 0, err
	}
	return time.Duration(tb.sum(b.Unix(), int64(b.Nanosecond())) - tb.sum(a.Unix(), int64(a.Nanosecond()))), nil
}

// Add returns the earliest instant by which d of open time has passed since t.
// For a negative d it returns the latest instant s with Between(s, t) == -d.
// Adding nothing returns t, open or not.
func (c *Calendar) Add(t time.Time, d time.Duration) (time.Time, error) {
	sec, ns := t.Unix(), int64(t.Nanosecond())
	c = c.orNever()
	if tb := c.table.Load(); tb != nil && d > 0 && tb.lo <= sec && sec < tb.hi {
		if n := tb.sum(sec, ns) + int64(d); n > 0 && uint64(n) <= tb.total*uint64(nano) {
			sec, ns = tb.earliest(n)
			return time.Unix(sec, ns).In(c.loc), nil
		}
	}
	return c.addSlow(t, d)
}

// addSlow is Add where the table must grow, or is not needed.
func (c *Calendar) addSlow(t time.Time, d time.Duration) (time.Time, error) {
	if d == 0 {
		return t.In(c.Location()), nil
	}
	if c.always {
		return t.Add(d).In(c.loc), nil
	}
	tb, err := c.covering(t)
	if err != nil {
		return time.Time{}, err
	}
	sec, ns := t.Unix(), int64(t.Nanosecond())
	for {
		n := tb.sum(sec, ns) + int64(d)
		switch {
		case d > 0 && n > 0 && uint64(n) <= tb.total*uint64(nano):
			return c.time(tb.earliest(n)), nil
		case d < 0 && n >= 0 && uint64(n) < tb.total*uint64(nano):
			return c.time(tb.latest(n)), nil
		}
		if tb, err = c.further(tb, d > 0); err != nil {
			return time.Time{}, err
		}
	}
}

// further returns a table that goes on later than tb, or begins earlier.
func (c *Calendar) further(tb *table, later bool) (*table, error) {
	switch {
	case later && tb.last < c.yearHi:
		return c.grow(tb.last + 1)
	case !later && tb.first > c.yearLo:
		return c.grow(tb.first - 1)
	case tb.total == 0 && tb.first == c.yearLo && tb.last == c.yearHi:
		return nil, ErrNeverOpen
	}
	return nil, c.beyond
}

// NextOpen returns the first opening after t.
func (c *Calendar) NextOpen(t time.Time) (time.Time, error) {
	return c.search(t, true, func(tb *table) (int64, bool) {
		i := tb.at(t.Unix()) + 1
		return int64(tb.spans[i].start), i < len(tb.spans)-1
	})
}

// NextClose returns the first closing after t.
func (c *Calendar) NextClose(t time.Time) (time.Time, error) {
	return c.search(t, true, func(tb *table) (int64, bool) {
		i := tb.at(t.Unix())
		if t.Unix() >= tb.end(i) {
			i++
		}
		if i >= len(tb.spans)-1 {
			return 0, false
		}
		// A span that ends with the table may go on in the next.
		return tb.end(i), tb.end(i) < tb.hi
	})
}

// PrevOpen returns the last opening before t.
func (c *Calendar) PrevOpen(t time.Time) (time.Time, error) {
	return c.search(t, false, func(tb *table) (int64, bool) {
		i := tb.at(t.Unix())
		if i > 0 && int64(tb.spans[i].start) == t.Unix() && t.Nanosecond() == 0 {
			i--
		}
		// A span that begins with the table may have begun before it.
		return int64(tb.spans[i].start), i > 0 && int64(tb.spans[i].start) > tb.lo
	})
}

// PrevClose returns the last closing before t.
func (c *Calendar) PrevClose(t time.Time) (time.Time, error) {
	return c.search(t, false, func(tb *table) (int64, bool) {
		i := tb.at(t.Unix())
		if e := tb.end(i); e > t.Unix() || e == t.Unix() && t.Nanosecond() == 0 {
			i--
		}
		if i <= 0 {
			return 0, false
		}
		return tb.end(i), true
	})
}

// search asks ever larger tables for the second of an opening or closing.
func (c *Calendar) search(t time.Time, later bool, find func(*table) (int64, bool)) (time.Time, error) {
	if c = c.orNever(); c.always {
		return time.Time{}, ErrAlwaysOpen
	}
	tb, err := c.covering(t)
	for err == nil {
		if sec, ok := find(tb); ok {
			return c.time(sec, 0), nil
		}
		tb, err = c.further(tb, later)
	}
	return time.Time{}, err
}

// Clamp returns t when it is open, else the next opening.
func (c *Calendar) Clamp(t time.Time) (time.Time, error) {
	open, err := c.Open(t)
	switch {
	case err != nil:
		return time.Time{}, err
	case open:
		return t.In(c.loc), nil
	}
	return c.NextOpen(t)
}

// Spans yields the open time in [from, to), in order. Nothing is open when to
// is the earlier.
func (c *Calendar) Spans(from, to time.Time) (iter.Seq[Span], error) {
	if !from.Before(to) {
		return func(func(Span) bool) {}, nil
	}
	if c = c.orNever(); c.always {
		return func(yield func(Span) bool) { yield(Span{from.In(c.loc), to.In(c.loc)}) }, nil
	}
	if _, err := c.covering(from); err != nil {
		return func(func(Span) bool) {}, ignoreNever(err)
	}
	tb, err := c.covering(to)
	if err != nil {
		return nil, err
	}
	return func(yield func(Span) bool) {
		for i := tb.at(from.Unix()); i < len(tb.spans)-1; i++ {
			s := Span{c.time(int64(tb.spans[i].start), 0), c.time(tb.end(i), 0)}
			if !s.From.Before(to) {
				return
			}
			if s.From.Before(from) {
				s.From = from.In(c.loc)
			}
			if to.Before(s.To) {
				s.To = to.In(c.loc)
			}
			if s.From.Before(s.To) && !yield(s) {
				return
			}
		}
	}, nil
}
