package calendartest

import (
	"time"

	"github.com/supportterms/supportterms/calendar"
)

// Reach is how far a Reference looks for what it is asked to find. Beyond that
// its answer is ok false, which says nothing about the calendar.
const Reach = 70 * 24 * time.Hour

// Between returns the open time in [a, b), negative when reversed.
func (r *Reference) Between(a, b time.Time) time.Duration {
	if b.Before(a) {
		return -r.Between(b, a)
	}
	open := r.reader()
	var total time.Duration
	for m := minute(a); m.Before(b); m = m.Add(time.Minute) {
		if open(m) {
			total += earlier(b, m.Add(time.Minute)).Sub(later(a, m))
		}
	}
	return total
}

// Add returns the earliest instant by which d of open time has passed since t;
// for a negative d the latest instant since which -d has passed until t.
func (r *Reference) Add(t time.Time, d time.Duration) (_ time.Time, ok bool) {
	switch {
	case d == 0:
		return t.In(r.loc), true
	case d < 0:
		return r.back(t, -d)
	}
	open := r.reader()
	for m := minute(t); m.Before(t.Add(Reach)); m = m.Add(time.Minute) {
		if !open(m) {
			continue
		}
		from := later(t, m)
		if here := m.Add(time.Minute).Sub(from); d > here {
			d -= here
			continue
		}
		return from.Add(d).In(r.loc), true
	}
	return time.Time{}, false
}

func (r *Reference) back(t time.Time, d time.Duration) (_ time.Time, ok bool) {
	open := r.reader()
	for m := minute(t); m.After(t.Add(-Reach)); m = m.Add(-time.Minute) {
		if !open(m) {
			continue
		}
		to := earlier(t, m.Add(time.Minute))
		if here := to.Sub(m); d > here {
			d -= here
			continue
		}
		return to.Add(-d).In(r.loc), true
	}
	return time.Time{}, false
}

// NextOpen returns the first opening after t.
func (r *Reference) NextOpen(t time.Time) (_ time.Time, ok bool) { return r.next(t, true) }

// NextClose returns the first closing after t.
func (r *Reference) NextClose(t time.Time) (_ time.Time, ok bool) { return r.next(t, false) }

// PrevOpen returns the last opening before t.
func (r *Reference) PrevOpen(t time.Time) (_ time.Time, ok bool) { return r.prev(t, true) }

// PrevClose returns the last closing before t.
func (r *Reference) PrevClose(t time.Time) (_ time.Time, ok bool) { return r.prev(t, false) }

func (r *Reference) next(t time.Time, opens bool) (_ time.Time, ok bool) {
	open := r.reader()
	for m := minute(t); m.Before(t.Add(Reach)); m = m.Add(time.Minute) {
		if m.After(t) && open(m) == opens && open(m.Add(-time.Minute)) != opens {
			return m.In(r.loc), true
		}
	}
	return time.Time{}, false
}

func (r *Reference) prev(t time.Time, opens bool) (_ time.Time, ok bool) {
	open := r.reader()
	for m := minute(t); m.After(t.Add(-Reach)); m = m.Add(-time.Minute) {
		if m.Before(t) && open(m) == opens && open(m.Add(-time.Minute)) != opens {
			return m.In(r.loc), true
		}
	}
	return time.Time{}, false
}

// Clamp returns t when open, else the next opening.
func (r *Reference) Clamp(t time.Time) (_ time.Time, ok bool) {
	if r.Open(t) {
		return t.In(r.loc), true
	}
	return r.NextOpen(t)
}

// Spans returns the open time in [from, to) in order, each span as long as it
// can be.
func (r *Reference) Spans(from, to time.Time) []calendar.Span {
	var spans []calendar.Span
	if !from.Before(to) {
		return spans
	}
	open := r.reader()
	for m := minute(from); m.Before(to); m = m.Add(time.Minute) {
		if !open(m) {
			continue
		}
		a, b := later(from, m).In(r.loc), earlier(to, m.Add(time.Minute)).In(r.loc)
		if n := len(spans); n > 0 && spans[n-1].To.Equal(a) {
			spans[n-1].To = b
			continue
		}
		spans = append(spans, calendar.Span{From: a, To: b})
	}
	return spans
}

// minute returns the whole minute that t is in.
func minute(t time.Time) time.Time { return t.UTC().Truncate(time.Minute) }

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
