package calendartest

import (
	"time"

	"github.com/supportterms/supportterms/calendar"
)

// Business reports whether some instant that the wall shows as d is open.
func (r *Reference) Business(d calendar.Date) bool {
	open := r.reader()
	for m := range minutesAround(d) {
		if calendar.DateOf(m.In(r.loc)) == d && open(m) {
			return true
		}
	}
	return false
}

// AddDays returns the n-th business date after d, before it for n < 0.
func (r *Reference) AddDays(d calendar.Date, n int) (_ calendar.Date, ok bool) {
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	for far := time.Duration(0); n > 0; far += 24 * time.Hour {
		if far > Reach {
			return calendar.Date{}, false
		}
		d = d.AddDays(step)
		if r.Business(d) {
			n--
		}
	}
	return d, true
}

// Closing returns the end of the last open minute that the wall shows as d. It
// is ok only on business dates.
func (r *Reference) Closing(d calendar.Date) (end time.Time, ok bool) {
	open := r.reader()
	for m := range minutesAround(d) {
		if calendar.DateOf(m.In(r.loc)) == d && open(m) {
			end, ok = m.Add(time.Minute).In(r.loc), true
		}
	}
	return end, ok
}

// At returns the first instant at which the wall shows clock on d. When it
// never does, that is the instant at which the wall passes it.
func (r *Reference) At(d calendar.Date, clock time.Duration) (_ time.Time, ok bool) {
	want, rest := clock.Truncate(time.Minute), clock%time.Minute
	for m := range minutesAround(d) {
		if r.shows(m, d) == want {
			return m.Add(rest).In(r.loc), true
		}
	}
	for m := range minutesAround(d) {
		if r.shows(m, d) > want {
			return m.In(r.loc), true
		}
	}
	return time.Time{}, false
}

// shows returns what the wall shows at t, counted from 00:00 on d.
func (r *Reference) shows(t time.Time, d calendar.Date) time.Duration {
	t = t.In(r.loc)
	return time.Duration(calendar.DateOf(t).Sub(d))*24*time.Hour +
		time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute
}

// minutesAround yields every minute that is d in some zone, in order.
func minutesAround(d calendar.Date) func(yield func(time.Time) bool) {
	return func(yield func(time.Time) bool) {
		noon := time.Date(d.Year, d.Month, d.Day, 12, 0, 0, 0, time.UTC)
		for m := noon.Add(-36 * time.Hour); m.Before(noon.Add(36 * time.Hour)); m = m.Add(time.Minute) {
			if !yield(m) {
				return
			}
		}
	}
}
