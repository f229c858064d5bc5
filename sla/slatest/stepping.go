package slatest

import (
	"slices"
	"time"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/sla"
)

// A Model says where the promises of a [Table] stand by walking the time from
// the start of each clock, and counting what it sees on the way. It remembers
// what it saw of the calendars, and so is not safe for concurrent use. The nil
// Model is that of no contract.
type Model struct {
	table Table
	rows  [3][Severities + 1]*row
}

// Model returns the model of t at a place whose holidays are known.
func (t Table) Model(at *sla.Place) *Model {
	m := &Model{table: t}
	for metric := range m.rows {
		m.rows[metric][0] = &row{status: sla.StatusUndetermined}
		for s := sla.Severity(1); s <= Severities; s++ {
			terms := t.terms(metric, s)
			m.rows[metric][s] = &row{
				Terms: terms, status: terms.Target.Status(), hold: t.Holds[s], ref: terms.Reference(at), days: map[int64]*[24 * 60]bool{},
			}
		}
	}
	return m
}

// A Case is an [sla.Case] whose terms change to models.
type Case struct {
	Events       []sla.Event
	AsOf         time.Time
	Raise, Lower sla.Rebase
	Warnings     []int
	Changes      []Change
}

// A Change is an [sla.Change] to a model, nil for no contract.
type Change struct {
	At   time.Time
	To   *Model
	Rule sla.Rebase
}

// State returns where a case stands. It is ok only when every instant asked
// for is within [calendartest.Reach] of the start of its clock.
func (m *Model) State(c Case) (_ *sla.State, ok bool) {
	r := replay{model: m, c: c, State: &sla.State{AsOf: c.AsOf}}
	events := ordered(c.Events)
	if r.AsOf.IsZero() {
		r.AsOf = events[len(events)-1].At
	}
	changes := c.Changes
	for _, e := range events {
		for len(changes) > 0 && comesBefore(changes[0].At, e) {
			r.change(changes[0])
			changes = changes[1:]
		}
		if !e.At.After(r.AsOf) {
			r.take(e)
		}
	}
	for _, change := range changes {
		r.change(change)
	}
	for i, metric := range metrics {
		s := sla.MetricState{Metric: metric.Name, Status: sla.StatusNotStarted}
		severity := r.Severity
		if r.Opened.IsZero() {
			severity = events[0].Severity
		}
		if row := r.model.row(i, severity); row.status != sla.StatusDue {
			s.Status = row.status
		}
		for _, c := range r.cycles[i] {
			r.settle(c)
			s.Status = c.Status
			s.EverBreached = s.EverBreached || !c.BreachedAt.IsZero()
			s.Cycles = append(s.Cycles, c.Cycle)
		}
		r.Metrics = append(r.Metrics, s)
	}
	slices.SortStableFunc(r.Next, func(a, b sla.Instant) int {
		if c := a.At.Compare(b.At); c != 0 {
			return c
		}
		return int(a.Kind) - int(b.Kind)
	})
	return r.State, !r.far
}

// ordered returns events as they are taken, equal ones once.
func ordered(events []sla.Event) []sla.Event {
	out := slices.Clone(events)
	compare := func(a, b sla.Event) int {
		if c := a.At.Compare(b.At); c != 0 {
			return c
		}
		if a.Kind != b.Kind {
			return int(a.Kind) - int(b.Kind)
		}
		return int(a.Severity) - int(b.Severity)
	}
	slices.SortFunc(out, compare)
	return slices.CompactFunc(out, func(a, b sla.Event) bool { return compare(a, b) == 0 })
}

// comesBefore reports whether a change of terms at an instant precedes e: at
// one instant it follows what sets a severity.
func comesBefore(change time.Time, e sla.Event) bool {
	return change.Before(e.At) || change.Equal(e.At) && e.Kind > sla.SeveritySet
}

// A replay is a case taken event by event.
type replay struct {
	*sla.State
	c       Case
	model   *Model    // in force
	set     bool      // a severity was
	anchor  time.Time // from where slots follow one another
	final   bool      // the end cannot be taken back
	spoken  bool      // a person has responded
	greeted bool      // by a machine, where that is the first response
	waits   []calendar.Span
	cycles  [3][]*cycle
	far     bool // an instant is out of reach
}

// A cycle is what is owed, with the clocks that held for it.
type cycle struct {
	sla.Cycle
	metric int
	model  *Model
	legs   []leg     // the last is in force
	anchor time.Time // of its slots
	since  time.Time // its deadline is what it is
}

// row returns what is promised of a metric; without a contract nothing is.
func (m *Model) row(metric int, s sla.Severity) *row {
	if m == nil {
		return &row{status: sla.StatusNotEntitled}
	}
	return m.rows[metric][s]
}

// words are the readings of a model.
func (m *Model) words() (initialBase, ongoingBase, initialResponse string) {
	if m == nil {
		return "", "", ""
	}
	return m.table.InitialBase, m.table.OngoingBase, m.table.InitialResponse
}

// slots reports whether c is counted in slots of the target's length.
func (c *cycle) slots() bool {
	_, base, _ := c.model.words()
	return c.metric == ongoingResponse && base == "severity-update"
}

func (r *replay) open() bool { return r.Ended.Kind == 0 }

func (r *replay) running(metric int) *cycle {
	if n := len(r.cycles[metric]); n > 0 && r.cycles[metric][n-1].To.IsZero() {
		return r.cycles[metric][n-1]
	}
	return nil
}

func (r *replay) begin(metric int, at time.Time) {
	c := &cycle{metric: metric, model: r.model, anchor: r.anchor, since: at}
	c.From, c.Stated = at, r.Severity
	c.count(r.model.row(metric, r.Severity))
	r.cycles[metric] = append(r.cycles[metric], c)
}

// count has all of c counted by one row: from its start, or that of the slots.
func (c *cycle) count(by *row) {
	from := c.From
	if c.slots() && by.status == sla.StatusDue {
		from = c.anchor
	}
	c.legs = []leg{{from, by}}
}

// end ends what runs of a metric.
func (r *replay) end(metric int, at time.Time, answered bool) {
	if c := r.running(metric); c != nil {
		c.To, c.Answered = at, answered
	}
}

func (r *replay) take(e sla.Event) {
	switch e.Kind {
	case sla.Opened:
		r.Opened, r.Severity, r.anchor = e.At, e.Severity, e.At
		r.begin(firstResponse, e.At)
	case sla.Acknowledged:
		if c := r.running(firstResponse); c != nil {
			if _, _, response := c.model.words(); response == "automatic" {
				r.end(firstResponse, e.At, true)
				r.greeted = true
			}
		}
	case sla.SeveritySet:
		r.severity(e)
	case sla.Responded, sla.Updated:
		person := e.Kind == sla.Responded
		if r.open() {
			r.end(managementEscalation, e.At, true)
			if person {
				r.end(firstResponse, e.At, true)
			}
			if person || r.spoken {
				r.end(ongoingResponse, e.At, true)
				r.begin(ongoingResponse, e.At)
			}
		}
		r.spoken = r.spoken || person
	case sla.AwaitingCustomer:
		if r.Waiting.IsZero() {
			r.Waiting = e.At
		}
	case sla.Resumed:
		r.resume(e.At)
	case sla.Escalated:
		if r.open() && r.running(managementEscalation) == nil {
			r.begin(managementEscalation, e.At)
		}
	case sla.Resolved, sla.Closed, sla.Cancelled, sla.Merged:
		r.final = r.final || e.Kind == sla.Cancelled || e.Kind == sla.Merged
		if r.open() {
			r.Ended = e
			for metric := range r.cycles {
				r.end(metric, e.At, false)
			}
		}
	case sla.Reopened:
		if r.open() || r.final {
			return
		}
		r.Ended, r.anchor = sla.Event{}, e.At
		r.resume(e.At)
		switch {
		case r.spoken:
			r.begin(ongoingResponse, e.At)
		case !r.greeted:
			r.begin(firstResponse, e.At)
		}
		if n := len(r.cycles[managementEscalation]); n > 0 && !r.cycles[managementEscalation][n-1].Answered {
			r.begin(managementEscalation, e.At)
		}
	}
}

// resume ends a wait.
func (r *replay) resume(at time.Time) {
	if !r.Waiting.IsZero() {
		r.waits = append(r.waits, calendar.Span{From: r.Waiting, To: at})
		r.Waiting = time.Time{}
	}
}

// severity has what runs follow a severity that is set.
func (r *replay) severity(e sla.Event) {
	for metric := range r.cycles {
		if c := r.running(metric); c != nil {
			if rule := r.rule(c, e.Severity); rule != sla.Keep {
				r.rebase(c, e.At, rule, c.model, e.Severity)
			}
		}
	}
	r.Severity, r.set = e.Severity, true
	if c := r.running(ongoingResponse); c != nil {
		r.anchor = c.anchor // slots that go on
	} else {
		r.anchor = e.At
	}
}

// rule is what a severity that is set makes of a cycle. Where it makes nothing
// of it that is keep.
func (r *replay) rule(c *cycle, to sla.Severity) sla.Rebase {
	changed := to != r.Severity
	rule := sla.AsRead
	switch {
	case changed && r.Severity != 0 && to < r.Severity:
		rule = r.c.Raise
	case changed && r.Severity != 0:
		rule = r.c.Lower
	}
	if rule == sla.AsRead {
		initial, ongoing, _ := c.model.words()
		rule = sla.Retroactive
		switch {
		case c.metric == firstResponse && initial == "keep":
			rule = sla.Keep
		case c.metric == firstResponse && initial == "severity-update",
			c.metric == ongoingResponse && ongoing != "latest-response":
			rule = sla.Restart
		}
	}
	if rule == sla.Keep && !r.set {
		rule = sla.Retroactive // what is stated at the opening is not fixed
	}
	if rule != sla.Restart && (!changed || to == c.Stated) {
		return sla.Keep // nothing is new
	}
	return rule
}

// change has what runs, and what begins from here on, follow other terms.
func (r *replay) change(to Change) {
	switch {
	case to.Rule == sla.AsRead:
		return
	case to.At.After(r.AsOf):
		r.Next = append(r.Next, sla.Instant{At: to.At, Kind: sla.TermsChanged})
		return
	}
	r.model = to.To
	for metric := range r.cycles {
		if c := r.running(metric); c != nil && to.Rule != sla.Keep {
			r.rebase(c, to.At, to.Rule, to.To, c.Stated)
		}
	}
}

// rebase has c follow another row from an instant on.
func (r *replay) rebase(c *cycle, at time.Time, rule sla.Rebase, model *Model, to sla.Severity) {
	e := sla.Rebased{At: at, From: c.Stated, To: to, Was: r.deadline(c, at)}
	if e.Missed = !e.Was.IsZero() && e.Was.Before(at); e.Missed {
		c.late(e.Was)
	}
	was, is := c.legs[len(c.legs)-1], model.row(c.metric, to)
	c.model, c.Stated = model, to
	if rule == sla.Carry && (!was.measures() || !is.measures() || c.slots()) {
		rule = sla.Retroactive
	}
	switch rule {
	case sla.Retroactive:
		c.count(is)
	case sla.Restart:
		c.anchor, c.legs = at, []leg{{at, is}}
	case sla.Carry:
		c.legs = append(c.legs, leg{at, is})
	}
	c.since = at
	e.Rule, e.Is = rule, r.deadline(c, at)
	if e.Past = !e.Is.IsZero() && e.Is.Before(at); e.Past {
		c.late(e.Is)
	}
	c.Rebases = append(c.Rebases, e)
}

// late notes a deadline that passed. It was late no sooner than it was known
// to be the deadline.
func (c *cycle) late(due time.Time) {
	if due = last(due, c.since); c.BreachedAt.IsZero() || due.Before(c.BreachedAt) {
		c.BreachedAt = due
	}
}

// deadline is that of a cycle that runs, if its clock does.
func (r *replay) deadline(c *cycle, now time.Time) time.Time {
	base, due := r.due(c, now)
	if r.paused(c, base, due, now) {
		return time.Time{}
	}
	return due
}

// paused reports whether the clock of a cycle that runs stands still: the wait
// began before the response was due, and its time has not run out, as it may
// have where a deadline at a closing moves to the next opening.
func (r *replay) paused(c *cycle, base, due, now time.Time) bool {
	l := c.legs[len(c.legs)-1]
	if !l.hold || r.Waiting.IsZero() || !due.After(r.Waiting) || l.row.names() {
		return l.hold && !r.Waiting.IsZero() && due.After(r.Waiting)
	}
	run, _ := r.count(c, now).tally(base, now)
	return run < l.row.length()
}

// due returns the instant by which the response is due when a wait that goes
// on ends now, zero when none is, and the base from which it is counted.
func (r *replay) due(c *cycle, now time.Time) (base, due time.Time) {
	base = c.legs[0].from
	if c.legs[len(c.legs)-1].status != sla.StatusDue {
		return base, due
	}
	for end := range r.count(c, now).dues() {
		if !c.slots() || !base.Before(c.From) {
			return base, end
		}
		base = end // of the slot in which it began, or of one before that
	}
	r.far = true
	return base, due
}

// settle says where c stands.
func (r *replay) settle(c *cycle) {
	row, running, now := c.legs[len(c.legs)-1].row, c.To.IsZero(), c.To
	if running {
		now = r.AsOf
	}
	base, due := r.due(c, now)
	c.Base = base
	if c.model != nil {
		c.Severity = c.Stated
	}
	if c.Status = row.status; due.IsZero() {
		return
	}
	c.Target, c.Clock = row.Target, row.Clock
	paused := running && r.paused(c, base, due, now)
	if c.Deadline = due; paused {
		c.Deadline, c.Resumed = time.Time{}, due
	}
	if c.Breached = !paused && now.After(due); c.Breached {
		c.late(due)
	}
	switch {
	case paused:
		c.Status = sla.StatusPaused
	case running:
		c.Status = sla.StatusDue
	case c.Breached:
		c.Status = sla.StatusMissed
	case c.Answered:
		c.Status = sla.StatusMet
	default:
		c.Status = sla.StatusCancelled
	}
	k := r.count(c, now)
	if now.After(base) {
		c.Wall = sla.Spent{Elapsed: now.Sub(base), Paused: k.waited(base, now)}
	}
	c.Wall.Remaining = max(0, due.Sub(now))
	if !paused {
		c.Wall.Overrun = max(0, now.Sub(due))
	}
	if row.names() {
		c.Spent = c.Wall
		c.Spent.Elapsed -= c.Wall.Paused
		if c.Percent = 100; c.Spent.Remaining > 0 {
			c.Percent = int(100 * c.Spent.Elapsed / (c.Spent.Elapsed + c.Spent.Remaining))
		}
	} else {
		c.Length = row.length()
		c.Spent.Elapsed, c.Spent.Paused = k.tally(base, now)
		c.Spent.Remaining, c.Spent.Overrun = max(0, c.Length-c.Spent.Elapsed), max(0, c.Spent.Elapsed-c.Length)
		c.Percent = int(100 * c.Spent.Elapsed / c.Length)
	}
	if c.Status != sla.StatusDue {
		return
	}
	c.AtRisk = !c.Breached && len(r.c.Warnings) > 0 && c.Percent >= slices.Min(r.c.Warnings)
	for _, p := range r.c.Warnings {
		at, ok := k.reaches(base, due, p)
		r.far = r.far || !ok
		r.next(c, sla.WarningReached, at, p)
	}
	r.next(c, sla.DeadlinePassed, due, 100)
}

func (r *replay) next(c *cycle, kind sla.InstantKind, at time.Time, percent int) {
	if at.After(r.AsOf) || at.Equal(r.AsOf) && kind == sla.DeadlinePassed {
		r.Next = append(r.Next, sla.Instant{At: at, Kind: kind, Metric: metrics[c.metric].Name, Percent: percent})
	}
}
