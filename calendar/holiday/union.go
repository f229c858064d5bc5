package holiday

import (
	"iter"
	"slices"
	"strings"

	"github.com/supportterms/supportterms/calendar"
)

// Union returns the days of both a and b. It is known only where both are, and
// each day is as sure as the less sure of the two on its date. Union(a, b) and
// Union(b, a) are the same.
func Union(a, b calendar.Holidays) calendar.Holidays {
	return &union{a, b, both(a.Coverage(), b.Coverage())}
}

type union struct {
	a, b  calendar.Holidays
	cover calendar.Coverage
}

func (u *union) Coverage() calendar.Coverage { return u.cover }

// Version has the versions of both, each once and in order.
func (u *union) Version() string {
	vs := []string{u.a.Version(), u.b.Version()}
	vs = slices.DeleteFunc(vs, func(v string) bool { return v == "" })
	slices.Sort(vs)
	return strings.Join(slices.Compact(vs), " ")
}

func (u *union) Days(year int) iter.Seq[calendar.Day] {
	return func(yield func(calendar.Day) bool) {
		var days []calendar.Day
		for _, h := range []calendar.Holidays{u.a, u.b} {
			for d := range h.Days(year) {
				if status, ok := u.cover.Status(d.Date); ok {
					d.Status = max(d.Status, status)
					days = append(days, d)
				}
			}
		}
		slices.SortFunc(days, compareDays)
		for _, d := range slices.Compact(days) {
			if !yield(d) {
				return
			}
		}
	}
}

// both returns what is known where a and b both are. Where they have no date
// in common it knows nothing.
func both(a, b calendar.Coverage) calendar.Coverage {
	from := a.From
	if b.From.After(from) {
		from = b.From
	}
	through := earlier(a.Through(), b.Through())
	if a.Stated && b.Stated {
		return calendar.Coverage{From: from, StatutoryThrough: through, Stated: true}
	}
	c := calendar.Coverage{From: from, OfficialThrough: earlier(sureThrough(a, calendar.Official), sureThrough(b, calendar.Official))}
	if d := earlier(sureThrough(a, calendar.Statutory), sureThrough(b, calendar.Statutory)); d.After(c.OfficialThrough) {
		c.StatutoryThrough = d
	}
	if through.After(c.Through()) {
		c.PredictedThrough = through
	}
	return c
}

// sureThrough returns the last date that c is at least as sure of as s.
func sureThrough(c calendar.Coverage, s calendar.Status) calendar.Date {
	switch {
	case c.Stated:
		return c.Through()
	case s == calendar.Statutory && c.StatutoryThrough.After(c.OfficialThrough):
		return c.StatutoryThrough
	}
	return c.OfficialThrough
}

func earlier(a, b calendar.Date) calendar.Date {
	if b.Before(a) {
		return b
	}
	return a
}
