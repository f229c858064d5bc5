package slatest

import (
	"iter"
	"slices"
	"time"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/calendar/calendartest"
	"github.com/supportterms/supportterms/sla"
)

// A row is one promise and the calendar it is counted on.
type row struct {
	Terms
	status sla.Status // due where there is a time
	hold   bool
	ref    *Reference
	days   map[int64]*[24 * 60]bool // the open minutes of days, by UTC
}

// A leg is a clock that holds from an instant on.
type leg struct {
	from time.Time
	*row
}

// names reports whether a row names an instant rather than counts time.
func (r *row) names() bool {
	_, unit := r.Target.Amount()
	return r.status == sla.StatusDue && (r.Clock >= sla.CalendarWeek ||
		r.Clock == sla.Business && unit == sla.BusinessDay && (r.Day == SameClock || r.Day == EndOfDay))
}

// measures reports whether a row counts time.
func (r *row) measures() bool { return r.status == sla.StatusDue && !r.names() }

// length is the target as time.
func (r *row) length() time.Duration {
	n, unit := r.Target.Amount()
	return time.Duration(n) * length(unit, r.ref.day())
}

// open reports whether the hours of the row are open at t. Hours open and
// close at whole minutes.
func (r *row) open(t time.Time) bool {
	const day = 24 * 60
	minute := t.Unix() / 60
	shown := r.days[minute/day]
	if shown == nil {
		shown = new([day]bool)
		r.days[minute/day] = shown
		midnight := time.Unix(minute/day*day*60, 0)
		for _, s := range r.ref.wall.Spans(midnight, midnight.Add(24*time.Hour)) {
			for m := s.From; m.Before(s.To); m = m.Add(time.Minute) {
				shown[m.Unix()/60%day] = true
			}
		}
	}
	return shown[minute%day]
}

// A count is the clocks of a cycle as they are known at an instant.
type count struct {
	legs  []leg
	waits []calendar.Span // as far as they are past
	edges []time.Time     // at which a step ends
}

func (r *replay) count(c *cycle, now time.Time) *count {
	k := &count{legs: c.legs}
	waits := r.waits
	if !r.Waiting.IsZero() {
		waits = append(slices.Clone(waits), calendar.Span{From: r.Waiting, To: now})
	}
	for _, w := range waits {
		if w.To = first(w.To, now); w.From.Before(w.To) {
			k.waits = append(k.waits, w)
			k.edges = append(k.edges, w.From, w.To)
		}
	}
	for _, l := range c.legs {
		k.edges = append(k.edges, l.from)
	}
	return k
}

// leg returns what is in force at t.
func (k *count) leg(t time.Time) (in leg) {
	for _, l := range k.legs {
		if !l.from.After(t) {
			in = l
		}
	}
	return in
}

// held reports whether the clock is stopped at t.
func (k *count) held(t time.Time) bool {
	return k.leg(t).hold && slices.ContainsFunc(k.waits, func(w calendar.Span) bool { return !t.Before(w.From) && t.Before(w.To) })
}

// steps walks the time from an instant on. A step ends at a whole minute or at
// an edge: what is true of its first instant is true of all of it.
func steps(from time.Time, edges ...time.Time) iter.Seq2[time.Time, time.Time] {
	return func(yield func(a, b time.Time) bool) {
		for a := from; a.Before(from.Add(calendartest.Reach)); {
			b := a.Truncate(time.Minute).Add(time.Minute)
			for _, e := range edges {
				if a.Before(e) && e.Before(b) {
					b = e
				}
			}
			if !yield(a, b) {
				return
			}
			a = b
		}
	}
}

// A tick is a step that the clock counts, or would but for a wait.
type tick struct {
	a, b time.Time
	held bool
}

// ticks are those from an instant on; the walk begins where the count does.
func (k *count) ticks(from time.Time, edges ...time.Time) iter.Seq[tick] {
	return func(yield func(tick) bool) {
		var in leg
		started, opened := false, false // a clock that waits for an opening has had it, or would have
		for a, b := range steps(k.legs[0].from, slices.Concat(edges, k.edges, []time.Time{from})...) {
			if l := k.leg(a); l != in {
				in, started, opened = l, false, false
			}
			held := k.held(a)
			counts := in.status == sla.StatusDue
			switch {
			case !counts || in.Clock == sla.Elapsed:
			case in.Clock == sla.ElapsedFromCoverage:
				opened = opened || in.open(a)
				started = started || in.open(a) && !held
				counts = started || opened && held
			default:
				counts = in.open(a)
			}
			if counts && !a.Before(from) && !yield(tick{a, b, held}) {
				return
			}
		}
	}
}

// tally returns how much counts between two instants, and how much would have.
func (k *count) tally(from, to time.Time) (counted, held time.Duration) {
	for t := range k.ticks(from, to) {
		switch {
		case !t.a.Before(to):
			return counted, held
		case t.held:
			held += t.b.Sub(t.a)
		default:
			counted += t.b.Sub(t.a)
		}
	}
	return counted, held
}

// ends are the earliest instants by which a length has counted since from,
// twice that, and so on.
func (k *count) ends(from time.Time, length time.Duration) iter.Seq[time.Time] {
	return func(yield func(time.Time) bool) {
		left := length
		for t := range k.ticks(from) {
			if t.held {
				continue
			}
			for left <= t.b.Sub(t.a) {
				t.a = t.a.Add(left)
				if left = length; !yield(t.a) {
					return
				}
			}
			left -= t.b.Sub(t.a)
		}
	}
}

// dues are the instants at which the target, taken once, twice and so on,
// falls due.
func (k *count) dues() iter.Seq[time.Time] {
	return func(yield func(time.Time) bool) {
		in := k.legs[len(k.legs)-1]
		if in.names() {
			waits := k.waits
			if !in.hold {
				waits = nil
			}
			for n := 1; ; n++ {
				if due, ok := in.ref.Due(in.from, n, waits...); !ok || !yield(due) {
					return
				}
			}
		}
		for due := range k.ends(k.legs[0].from, in.length()) {
			// The clock that ran last says what becomes of a closing.
			if by := k.leg(due.Add(-1)); by.Clock == sla.Business && by.NextOpen {
				due = by.opening(due)
			}
			if !yield(due) {
				return
			}
		}
	}
}

// opening returns t when it is open, else the next opening.
func (r *row) opening(t time.Time) time.Time {
	for a := range steps(t) {
		if r.open(a) {
			return a
		}
	}
	return t
}

// waited returns how long the clock stood still for waits.
func (k *count) waited(from, to time.Time) (d time.Duration) {
	for a, b := range steps(from, append(slices.Clone(k.edges), to)...) {
		if !a.Before(to) {
			break
		}
		if k.held(a) {
			d += b.Sub(a)
		}
	}
	return d
}

// reaches returns when a percentage of the target has run: of the time that
// counts, or, where an instant is named, of the time from base to it.
func (k *count) reaches(base, due time.Time, percent int) (_ time.Time, ok bool) {
	in := k.legs[len(k.legs)-1]
	if !in.names() {
		for at := range k.ends(base, in.length()/100*time.Duration(percent)) {
			return at, true
		}
		return base, false
	}
	part := (due.Sub(base) - k.waited(base, due)) * time.Duration(percent)
	for a, b := range steps(base, k.edges...) {
		if k.held(a) {
			continue
		}
		if left := (part + 99) / 100; left <= b.Sub(a) { // no sooner than the whole of it
			return a.Add(left), true
		}
		part -= 100 * b.Sub(a)
	}
	return base, false
}
