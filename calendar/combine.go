package calendar

import (
	"errors"
	"time"
)

// A combination is the open time of two calendars taken together.
type combination struct {
	a, b *Calendar
	both bool // open when both are, else when either is
}

// Union returns the calendar that is open when a or b is. It keeps a's
// location; each side closes on its own civil dates, and what is covered is
// what both cover. A date may have at most 24 spans.
func Union(a, b *Calendar) (*Calendar, error) { return combine(a, b, false) }

// Intersect returns the calendar that is open when a and b both are, as
// [Union] does. When that is never the error is [ErrNeverOpen].
func Intersect(a, b *Calendar) (*Calendar, error) { return combine(a, b, true) }

func combine(a, b *Calendar, both bool) (*Calendar, error) {
	a, b = a.orNever(), b.orNever()
	c := &Calendar{pair: &combination{a, b, both}, loc: a.Location()}
	if a.always && b.always {
		c.always = true
		return c, nil
	}
	neverA, neverB := !a.always && a.lo == a.hi, !b.always && b.lo == b.hi
	switch {
	case neverA && neverB, both && (neverA || neverB):
		return nil, ErrNeverOpen
	}
	// Coverage is the part both cover; a side without bounds sets none.
	cover := Coverage{From: firstDate, StatutoryThrough: lastDate}
	for _, side := range []*Calendar{a, b} {
		if side.lo == side.hi {
			continue
		}
		if side.cover.From.After(cover.From) {
			cover.From = side.cover.From
		}
		if last := side.cover.Through(); last.Before(cover.StatutoryThrough) {
			cover.StatutoryThrough = last
		}
	}
	if err := c.bound(cover, false); err != nil {
		return nil, err
	}
	// The sides' own first and last midnights may lie inside this location's.
	for _, side := range []*Calendar{a, b} {
		if side.lo != side.hi {
			c.lo, c.hi = max(c.lo, side.lo), min(c.hi, side.hi)
		}
	}
	for y := c.yearLo; y <= c.yearHi; y++ {
		tb, err := c.compile(y, y)
		if err != nil {
			return nil, err
		}
		if tb.total > 0 {
			return c, nil
		}
	}
	return nil, ErrNeverOpen
}

// ErrTooFine reports a combination with more than 24 spans on a date.
var ErrTooFine = errors.New("calendar: more than 24 spans on a date")

func tooFine(runs []run, loc *time.Location) error {
	n, date := 0, Date{}
	for _, r := range runs {
		d := DateOf(time.Unix(r.from, 0).In(loc))
		if d != date {
			n, date = 0, d
		}
		if n++; n > maxWindows {
			return ErrTooFine
		}
	}
	return nil
}

func (p *combination) runs(lo, hi int64) []run {
	a, b := p.a.runs(lo, hi), p.b.runs(lo, hi)
	if p.both {
		return intersectRuns(a, b)
	}
	return uniteRuns(a, b)
}

func uniteRuns(a, b []run) []run {
	out := make([]run, 0, len(a)+len(b))
	for len(a) > 0 || len(b) > 0 {
		if len(b) == 0 || len(a) > 0 && a[0].from <= b[0].from {
			out, a = appendRun(out, a[0]), a[1:]
		} else {
			out, b = appendRun(out, b[0]), b[1:]
		}
	}
	return out
}

func intersectRuns(a, b []run) []run {
	var out []run
	for len(a) > 0 && len(b) > 0 {
		if r := (run{max(a[0].from, b[0].from), min(a[0].to, b[0].to)}); r.from < r.to {
			out = append(out, r)
		}
		if a[0].to < b[0].to {
			a = a[1:]
		} else {
			b = b[1:]
		}
	}
	return out
}
