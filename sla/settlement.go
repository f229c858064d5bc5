package sla

import (
	"math"
	"math/bits"
	"slices"
	"time"

	"github.com/supportterms/supportterms/calendar"
)

// march returns the target counted past every pause before an instant. Unless
// its status is due there is nothing to count.
func (l *lane) march(at time.Time, w *waits) (*march, Status) {
	if l.stuck.asked {
		return nil, l.stuck.status
	}
	r := l.own.decided(l.row)
	if r.due.Status != StatusDue {
		if l.lacks = r.lacks; r.err != nil {
			l.err = r.err
		}
		return nil, r.due.Status
	}
	var spans []calendar.Span
	over := 0
	if len(w.spans) > 0 {
		if hold := l.word(r, QHold); l.stuck.asked {
			return nil, l.stuck.status
		} else if hold.answer == holdAwaitingCustomer {
			spans, over = w.spans, w.over
		}
	}
	if !l.counted {
		l.start(r, spans, over)
		if l.stuck.asked {
			return nil, l.stuck.status
		}
	}
	for ; l.m.next < over && spans[l.m.next].From.Before(at); l.m.next++ {
		l.m.pass(spans[l.m.next])
	}
	m := &l.m
	open := m.next == over && over < len(spans) && spans[over].From.Before(at)
	if open || m.start.IsZero() {
		l.tried = l.m
		m = &l.tried
	}
	if open {
		m.pass(spans[over])
	}
	m.end()
	if m.err == nil {
		return m, StatusDue
	}
	var known bool
	if l.lacks, known = notKnown(m.err); !known {
		l.err = m.err
	}
	return m, StatusUndetermined
}

// start begins to count the row that the cycle follows: from its base, or the
// slot after the one in which it began, or the first if it began no later. What
// was counted of it before is not counted again.
func (l *lane) start(r *row, spans []calendar.Span, over int) {
	l.counted, l.slotted = true, false
	if l.kind == Ongoing {
		l.slotted = l.word(r, QOngoingBase).answer == ongoingSeverityUpdate
	}
	base := l.c.Base
	if l.slotted {
		base = l.slotsFrom.at
		l.enter(r)
		if !l.c.From.After(base) {
			l.c.Base, l.legFrom, l.first = base, base, l.slotsFrom.first
		}
	}
	parked := -1
	if len(l.parked) > 0 {
		parked = slices.IndexFunc(l.parked, func(m march) bool { return m.count == &r.count && m.base.Equal(base) })
	}
	switch {
	case parked >= 0:
		l.m = l.parked[parked]
	case l.slotted && l.c.From.After(base):
		l.slots.serve(l.c.From, spans, over)
		l.m = l.slots.following()
	case l.slotted:
		l.m = l.slots.march
	default:
		r.march(&l.m, base)
		l.m.next = l.first
	}
}

// enter finds the slots of a row from the anchor on, as far as they were counted
// for earlier cycles.
func (l *lane) enter(r *row) {
	i := slices.IndexFunc(l.grids, func(g grid) bool { return g.count == &r.count })
	if i < 0 {
		i = len(l.grids)
		l.grids = append(l.grids, grid{})
	}
	l.slots = &l.grids[i]
	if l.slots.count == nil || !l.slots.base.Equal(l.slotsFrom.at) {
		r.grid(l.slots, l.slotsFrom.at)
		l.slots.next = l.slotsFrom.first
	}
}

// due is the deadline of a march, zero while the clock stands still before it.
func (l *lane) due(m *march, status Status, w *waits) time.Time {
	if status != StatusDue || l.stands(m, w) {
		return time.Time{}
	}
	return m.due
}

// stands reports whether the customer is awaited, and was before the deadline.
func (l *lane) stands(m *march, w *waits) bool {
	return w.over < len(w.spans) && m.due.After(w.spans[w.over].From) && !(m.measures() && m.reached) &&
		l.own.word(l.row, QHold).answer == holdAwaitingCustomer
}

// settle fills in the cycle at hand, as of its end or of an instant.
func (l *lane) settle(at time.Time, w *waits) {
	if l.unsettled {
		w = w.asOf(at)
	}
	m, status := l.march(at, w)
	c := l.c
	c.row = l.row
	c.Status, c.Severity = status, l.row.due.Severity
	if l.row.target.Status() == StatusDue {
		c.Target, c.Clock = l.row.target, l.row.clock
	}
	c.Rebases = l.rebases[l.rebase:len(l.rebases):len(l.rebases)]
	if !l.on {
		c.To, c.Answered = l.to, l.answered
	}
	if l.late = l.late || c.EverBreached(); status != StatusDue {
		return
	}
	c.legs, c.from, c.start, c.first = l.legs[l.leg:len(l.legs):len(l.legs)], l.legFrom, m.start, l.first
	zone := l.row.zone
	if zone == nil {
		zone = c.From.Location()
	}
	if l.slotted && c.From.After(l.slotsFrom.at) {
		g := *l.slots
		g.passWithin(l.row.pauses(w.spans, 0))
		base := g.ends()
		c.Base, c.from = base.In(zone), base
		m.rest(base, l.row.pauses(w.spans, l.first))
	}
	due := m.due.In(zone)
	stands := l.on && l.stands(m, w)
	late := at.After(due) && !stands
	switch {
	case stands:
		c.Status, c.Resumed = StatusPaused, due
	case l.on:
		c.Deadline = due
	case c.Answered && !late:
		c.Status, c.Deadline = StatusMet, due
	case late:
		c.Status, c.Deadline = StatusMissed, due
	default:
		c.Status, c.Deadline = StatusCancelled, due
	}
	if c.Breached = late; late && c.BreachedAt.IsZero() {
		c.BreachedAt, l.late = latest(due, l.followed), true
	}
	l.spend(c, m, due, at)
}

// spend fills in the time of a cycle.
func (l *lane) spend(c *Cycle, m *march, due, at time.Time) {
	stood := m.stood + l.carried.stood
	since, left, late := max(0, at.Sub(c.Base)), max(0, due.Sub(at)), time.Duration(0)
	if left == 0 && c.Status != StatusPaused { // else it names the same instant again
		late = at.Sub(due)
	}
	c.Wall = Spent{since, left, stood, late}
	if !m.measures() {
		c.Spent = Spent{max(0, since-stood), left, stood, late}
		c.Percent = percent(c.Spent.Elapsed, c.Spent.Elapsed+left)
		return
	}
	c.Length = m.amount(1)
	run, err := m.run(c.Length, at)
	if err != nil {
		l.err = err
		return
	}
	run = max(0, run)
	c.Spent = Spent{run, max(0, c.Length-run), m.paused + l.carried.paused, max(0, run-c.Length)}
	c.Percent = percent(run, c.Length)
}

// percent is how much of a whole a part is, cut to whole percents.
func percent(part, whole time.Duration) int {
	if whole <= 0 {
		return 100
	}
	hi, lo := bits.Mul64(uint64(part), 100)
	if hi >= uint64(whole) {
		return math.MaxInt
	}
	p, _ := bits.Div64(hi, lo, uint64(whole))
	return int(min(p, math.MaxInt))
}
