package sla

import (
	"errors"
	"fmt"
	"slices"
	"time"
)

// A State is where every promise of a case stands at an instant. One State may
// be filled again and again, by [Bound.State], and then keeps its memory. It is
// not safe for concurrent use.
type State struct {
	AsOf     time.Time
	Opened   time.Time // zero when that is after AsOf
	Ended    Event     // the first that ended it; zero while the case is open
	Severity Severity  // as stated last
	Waiting  time.Time // since when the customer is awaited; zero when not
	Metrics  []MetricState
	// Next are the instants from AsOf on at which something changes by itself, in
	// order: a deadline at AsOf is one of them, since what is late begins after it.
	Next []Instant

	at     *time.Location // of the place it was opened at, nil when not known
	events []Event        // in order, when the case's are not
	waits  waits
	lanes  []lane
}

// A MetricState is where one metric stands.
type MetricState struct {
	Metric string
	Status Status // of the last cycle; without one, not_started or what the text says instead
	// EverBreached reports whether any deadline passed unanswered, of any cycle,
	// be it one that was replaced when the severity changed.
	EverBreached bool
	Cycles       []Cycle // in order; the last is the current one
}

// Cycle returns the current cycle, or nil when none has begun.
func (m *MetricState) Cycle() *Cycle {
	if len(m.Cycles) == 0 {
		return nil
	}
	return &m.Cycles[len(m.Cycles)-1]
}

// Metric returns the state of a metric, or nil when the edition has none such.
func (s *State) Metric(name string) *MetricState {
	for i := range s.Metrics {
		if s.Metrics[i].Metric == name {
			return &s.Metrics[i]
		}
	}
	return nil
}

// A Cycle is one response that is owed, from what calls for it to what gives
// it. Figures are as of the end of the cycle, or of the instant asked about
// while it goes on.
type Cycle struct {
	Status   Status
	Answered bool      // it ended with what was owed; with the end of the case, of an Outcome
	From     time.Time // the opening, response, escalation or reopening that began it
	Base     time.Time // from which the target is counted
	To       time.Time // when it ended; zero while it goes on
	// Deadline is zero where there is none: the text gives no time, a fact is
	// missing, or the clock stands still. Resumed is then what it would be if
	// the wait ended at the instant asked about.
	Deadline time.Time
	Resumed  time.Time
	// BreachedAt is when the cycle was late first: a deadline, or, where a
	// change put the deadline into the past, the change. Zero when never.
	BreachedAt time.Time
	Stated     Severity // of the case, as far as the cycle follows it
	Severity   Severity // whose row is used
	Target     Target
	Clock      Clock
	Length     time.Duration // of the target; zero for clocks that name an instant
	// Spent is measured by the clock of the target, Wall by that on the wall.
	Spent, Wall Spent
	Percent     int // of the target that has run, cut to whole ones; 100 at the target, not before
	// Breached reports that the deadline that holds passed unanswered. One that
	// it replaced may have too: see BreachedAt.
	Breached bool
	AtRisk   bool // due, not late, and past the lowest of the case's Warnings
	// Rebases are the changes that the cycle went through.
	Rebases []Rebased

	row         *row
	legs        []leg
	from, start time.Time // of the count after the legs
	first       int       // the first wait that may matter
}

// EverBreached reports whether any deadline of the cycle passed unanswered.
func (c *Cycle) EverBreached() bool { return !c.BreachedAt.IsZero() }

// Spent is the time of a cycle.
//
// By the clock of the target, Elapsed is what counted since Base, pauses taken
// out, and Remaining what is left of the target; their sum is the target until
// it has run out, and Overrun is what ran after it. Paused is what would have
// counted but for pauses. Of a clock that names an instant, Elapsed is all time
// since Base but for pauses, and the others are as on the wall.
//
// On the wall, Elapsed is all time since Base, Paused the part of it in which
// the clock stood still, Remaining the time to the deadline and Overrun that
// since the deadline. Paused and Remaining are zero where nothing stops or
// limits the clock.
type Spent struct{ Elapsed, Remaining, Paused, Overrun time.Duration }

// Rebased is a change that a running cycle went through.
type Rebased struct {
	At       time.Time
	From, To Severity // as stated; equal when the terms changed
	Rule     Rebase
	Was, Is  time.Time // the deadline before and after; zero where there is none
	// Missed reports that the deadline before had passed, Past that the one
	// after has.
	Missed, Past bool
}

// An Instant is when something changes by itself.
type Instant struct {
	At     time.Time
	Kind   InstantKind
	Metric string // "" for a change of terms
	// Percent is that of a warning. From a warning's instant on the share has
	// run; after a deadline's instant the response is late.
	Percent int
}

// An InstantKind says what changes.
type InstantKind uint8

const (
	WarningReached InstantKind = iota + 1
	DeadlinePassed
	TermsChanged
)

var instantKinds = [...]string{"", "warning", "deadline", "terms"}

// String writes k as "warning", "deadline" or "terms".
func (k InstantKind) String() string {
	if int(k) < len(instantKinds) {
		return instantKinds[k]
	}
	return fmt.Sprintf("InstantKind(%d)", uint8(k))
}

// MarshalText writes k as [InstantKind.String] does.
func (k InstantKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// State says where every promise of a case stands. What s held before is
// overwritten, its memory used again: a State that has grown to its cases
// allocates nothing, and takes events that come in order sooner than others. It
// reads no more of c than it needs and keeps none of it.
//
// The error joins everything wrong with the case; of an instant past what the
// calendar can say, it is the calendar's.
func (b *Bound) State(s *State, c *Case) error {
	if len(c.Events) == 0 {
		return &CaseError{"", "a state wants the events of the case"}
	}
	events := s.ordered(c.Events)
	if err := b.policy.checkCase(c, events); err != nil {
		return err
	}
	if s.AsOf = c.AsOf; s.AsOf.IsZero() {
		s.AsOf = events[len(events)-1].At
	}
	s.open(b)
	c.replay(s.lanes, &s.waits, events, s.AsOf, (*Bound).sheet)
	s.note()
	var errs []error // nil but for trouble, so that nothing is allocated
	for i := range s.lanes {
		l, m := &s.lanes[i], &s.Metrics[i]
		if l.on {
			l.settle(s.AsOf, &s.waits)
		}
		if len(l.cycles) == 0 {
			m.Status = l.now.row(events[0].Severity).idle()
			if !s.Opened.IsZero() {
				m.Status = l.now.row(l.severity).idle()
			}
			continue
		}
		m.Cycles, m.EverBreached = l.cycles, l.late
		m.Status = m.Cycle().Status
		if l.on {
			s.Next = l.next(s.Next, m, c, s.AsOf)
		}
		if l.err != nil {
			errs = append(errs, l.err)
		}
	}
	for i := range c.Changes {
		if ch := &c.Changes[i]; ch.Rule != AsRead && ch.At.After(s.AsOf) {
			s.Next = append(s.Next, Instant{At: ch.At, Kind: TermsChanged})
		}
	}
	slices.SortStableFunc(s.Next, Instant.compare)
	return errors.Join(errs...)
}

// open makes the lanes ready.
func (s *State) open(b *Bound) {
	p := b.policy
	s.at = b.at.zone()
	s.waits, s.Next = waits{spans: s.waits.spans[:0]}, s.Next[:0]
	if len(s.lanes) != len(p.Metrics) || len(s.Metrics) != len(p.Metrics) {
		s.lanes, s.Metrics = make([]lane, len(p.Metrics)), make([]MetricState, len(p.Metrics))
	}
	for i := range s.lanes {
		l := &s.lanes[i]
		l.kind, l.metric, l.now, l.stand, l.err, l.on = p.Metrics[i].Kind, p.Metrics[i].Name, b.sheetOf(i), stand{}, nil, false
		l.late = false
		l.cycles, l.rebases, l.legs, l.grids = l.cycles[:0], l.rebases[:0], l.legs[:0], l.grids[:0]
		s.Metrics[i] = MetricState{Metric: p.Metrics[i].Name}
	}
}

// note takes down how the case itself stands.
func (s *State) note() {
	w := &s.waits
	s.Opened, s.Severity, s.Ended, s.Waiting = w.opened, w.severity, Event{}, time.Time{}
	if w.ended != nil {
		s.Ended = *w.ended
	}
	if w.over < len(w.spans) {
		s.Waiting = w.spans[w.over].From
	}
	w.ended = nil // of the caller's events none is kept
}

// next adds the instants at which the cycle at hand comes to a warning or to its
// deadline.
func (l *lane) next(out []Instant, s *MetricState, c *Case, asOf time.Time) []Instant {
	at := s.Cycle()
	if at.Status != StatusDue || at.Breached {
		return out
	}
	for _, percent := range c.Warnings {
		if at.Percent >= percent {
			at.AtRisk = true
			continue
		}
		if t, err := l.warning(at, percent); err != nil {
			l.err = err
		} else if t.After(asOf) {
			out = append(out, Instant{t, WarningReached, s.Metric, percent})
		}
	}
	if !at.Deadline.Before(asOf) {
		out = append(out, Instant{at.Deadline, DeadlinePassed, s.Metric, 100})
	}
	return out
}

// warning is when a share of the target will have run.
func (l *lane) warning(c *Cycle, percent int) (time.Time, error) {
	share := func(d time.Duration) time.Duration { // rounded up: before it, less has run
		return d/100*time.Duration(percent) + (d%100*time.Duration(percent)+99)/100
	}
	zone := c.Deadline.Location()
	if !l.m.measures() {
		moved := c.Wall.Paused
		return c.Base.Add(moved + share(c.Deadline.Sub(c.Base)-moved)).In(zone), nil
	}
	m := l.m
	m.end()
	t, err := m.counted(m.from, share(c.Length)-(c.Length-m.left))
	return t.In(zone), err
}

func (i Instant) compare(j Instant) int {
	if c := i.At.Compare(j.At); c != 0 {
		return c
	}
	return int(i.Kind) - int(j.Kind)
}

// ordered returns events sorted, equal ones once.
func (s *State) ordered(events []Event) []Event {
	for i := 1; i < len(events); i++ {
		if !events[i-1].At.Before(events[i].At) && events[i-1].compare(events[i]) >= 0 {
			s.events = append(s.events[:0], events...)
			slices.SortFunc(s.events, Event.compare)
			s.events = slices.CompactFunc(s.events, func(a, b Event) bool { return a.compare(b) == 0 })
			return s.events
		}
	}
	return events
}
