package sla

import (
	"time"

	"github.com/supportterms/supportterms/calendar"
)

// A march is a target being counted from an instant on, past one pause after
// another. The pauses come in order and apart.
type march struct {
	*count
	n       int           // how many times the target is taken, of clocks that name an instant
	next    int           // the pause that comes next, for who keeps them
	base    time.Time     // where the count began
	from    time.Time     // where it goes on; of a clock that names an instant, the base as the pauses moved it
	start   time.Time     // from when the clock ran; zero while it waits for an opening
	left    time.Duration // of the target at from; below zero once it has run out
	due     time.Time     // as far as the pauses are known
	reached bool          // no later pause moves due
	paused  time.Duration // that would have counted
	stood   time.Duration // the same on the wall
	err     error
}

// march begins to count a target.
func (c *count) march(m *march, base time.Time) { c.counting(m, base, c.amount(1)) }

// counting begins to count what is left of a target.
func (c *count) counting(m *march, base time.Time, left time.Duration) {
	*m = march{count: c, n: 1, base: base, from: base, left: left}
	if c.clock != ElapsedFromCoverage {
		m.start = base
	}
	if !c.measures() {
		m.due, m.err = c.due(base, 1)
	}
}

// pass takes the count past a pause.
func (m *march) pass(p calendar.Span) {
	if p.From = latest(p.From, m.base); m.measures() && !m.start.IsZero() {
		p.From = latest(p.From, m.from)
	}
	if m.err != nil || !p.From.Before(p.To) {
		return
	}
	if !m.measures() {
		m.stood += p.Len()
		if m.reached = m.reached || !p.From.Before(m.due); !m.reached {
			m.from = m.from.Add(p.Len())
			m.due, m.err = m.count.due(m.from, m.n)
		}
		return
	}
	m.stood += p.Len()
	if m.start.IsZero() {
		var open time.Time
		if open, m.err = m.cal.Clamp(m.from); m.err != nil || !open.Before(p.To) {
			return
		}
		if !open.Before(p.From) {
			m.paused += p.To.Sub(open)
			m.from = p.To
			return
		}
		m.from, m.start = open, open
	}
	before, err := m.passed(m.from, p.From)
	if err == nil && !m.reached && before >= m.left {
		m.reached = true
		m.due, err = m.after(m.from, m.left)
	}
	m.left -= before
	if err == nil {
		before, err = m.passed(p.From, p.To)
		m.paused += before
	}
	m.from, m.err = p.To, err
}

// end works out due when no pause is left.
func (m *march) end() {
	if m.err != nil || !m.measures() {
		return
	}
	if m.start.IsZero() {
		if m.from, m.err = m.cal.Clamp(m.from); m.err != nil {
			return
		}
		m.start = m.from
	}
	if !m.reached {
		m.due, m.err = m.after(m.from, m.left)
	}
}

// run returns what has counted of a target by an instant, once every pause
// before it is passed.
func (m *march) run(target time.Duration, at time.Time) (time.Duration, error) {
	if !m.measures() {
		return at.Sub(m.base) - m.stood, m.err
	}
	if m.start.IsZero() || !m.from.Before(at) || m.err != nil {
		return target - m.left, m.err
	}
	passed, err := m.passed(m.from, at)
	return target - m.left + passed, err
}

// A grid is slots of a target's length that follow one another: a march whose
// target is taken n times.
type grid struct {
	march
	slot time.Duration // how long each is, of clocks that measure
}

func (c *count) grid(g *grid, anchor time.Time) {
	g.slot = 0
	if c.march(&g.march, anchor); c.measures() {
		g.slot = c.amount(1)
	}
}

// serve goes on to the slot in which an instant falls. The first of the pauses
// are over, and one that is not may follow.
func (g *grid) serve(at time.Time, pauses []calendar.Span, over int) {
	for g.err == nil {
		g.passWithin(pauses[:over])
		ends := g.ends()
		if g.err != nil || !ends.Before(at) {
			return
		}
		until := at
		if g.next < len(pauses) {
			p := pauses[g.next]
			if p.From.Before(ends) {
				return // and so at is in it
			}
			until = earliest(at, p.From)
		}
		g.more(until)
	}
}

// passWithin passes the pauses that begin before the end of the slot.
func (g *grid) passWithin(pauses []calendar.Span) {
	for g.err == nil && g.next < len(pauses) {
		if ends := g.ends(); g.err != nil || !pauses[g.next].From.Before(ends) {
			return
		}
		g.pass(pauses[g.next])
		g.next++
	}
}

// ends is the end of the slot, if no further pause begins before it.
func (g *grid) ends() time.Time {
	m := g.march
	m.end()
	g.err = m.err
	return m.due
}

// more goes on by a slot, or by as many as end before an instant.
func (g *grid) more(until time.Time) {
	n := 1
	if g.end(); g.measures() && g.err == nil {
		passed, err := g.passed(g.from, latest(until, g.from))
		if g.err = err; err != nil {
			return
		}
		n = max(1, int((passed-g.left)/g.slot))
		g.left += time.Duration(n) * g.slot
	}
	g.n += n
	if g.reached = false; !g.measures() {
		g.due, g.err = g.count.due(g.from, g.n)
	}
}

// following is the slot after that one.
func (g *grid) following() march {
	m := g.march
	m.n++
	m.paused, m.stood, m.reached = 0, 0, false
	if m.left += g.slot; !m.measures() && m.err == nil {
		m.due, m.err = m.count.due(m.from, m.n)
	}
	return m
}

// rest works out anew how long the clock stood still since an instant.
func (m *march) rest(since time.Time, pauses []calendar.Span) {
	m.paused, m.stood = 0, 0
	for _, p := range pauses {
		if p.From = latest(p.From, since); !p.From.Before(p.To) || m.err != nil {
			continue
		}
		m.stood += p.Len()
		if m.measures() {
			var paused time.Duration
			paused, m.err = m.passed(p.From, p.To)
			m.paused += paused
		}
	}
}
