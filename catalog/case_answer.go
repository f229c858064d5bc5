package catalog

import (
	"time"

	"github.com/supportterms/supportterms/sla"
)

// A CaseAnswer is what a Query with a case gets: one line of JSON with every key
// up to digest always there, in this order. Reasons and Known are as in an
// [Answer]. Instants are in the zone of the place, those of a metric in that of
// the place whose clock it is counted by.
type CaseAnswer struct {
	ID             *string          `json:"id"`
	AsOf           *time.Time       `json:"as_of"`
	Opened         *time.Time       `json:"opened"`
	Ended          *EndLine         `json:"ended"`
	Lifecycle      *string          `json:"lifecycle"` // the state after the events, by the edition's name
	StatedSeverity *int             `json:"stated_severity"`
	WaitingSince   *time.Time       `json:"waiting_since"`
	Metrics        []MetricAnswer   `json:"metrics"`
	Next           []NextLine       `json:"next"`
	WhatIf         []DifferenceLine `json:"what_if"` // null where nothing was supposed
	Edition        string           `json:"edition"`
	Digest         string           `json:"digest"`
	Reasons        []ReasonLine     `json:"reasons,omitempty"`
	Known          []KnownLine      `json:"known,omitempty"`

	report *sla.Report
}

// An EndLine is the event that ended a case.
type EndLine struct {
	Kind string    `json:"kind"`
	At   time.Time `json:"at"`
}

// A MetricAnswer is where one promise stands. The figures, in seconds by the
// clock of the target, are those of the current cycle, and null where it has no
// time to keep. Clauses, readings, what is missing, the range and the ledger are
// null of a brief case.
type MetricAnswer struct {
	Metric            string            `json:"metric"`
	Status            string            `json:"status"`
	EverBreached      bool              `json:"ever_breached"`
	Due               *time.Time        `json:"due"`
	Resumed           *time.Time        `json:"resumed"` // paused: due, if the customer answered now
	Elapsed           *float64          `json:"elapsed"`
	Remaining         *float64          `json:"remaining"`
	Paused            *float64          `json:"paused"`
	Overrun           *float64          `json:"overrun"`
	Percent           *int              `json:"percent"`
	Breached          bool              `json:"breached"`
	AtRisk            bool              `json:"at_risk"`
	Target            *string           `json:"target"`
	Clock             *string           `json:"clock"`
	EffectiveSeverity *int              `json:"effective_severity"`
	Clauses           []string          `json:"clauses"`
	Readings          map[string]string `json:"readings"`
	Missing           []string          `json:"missing"`
	Earliest          *time.Time        `json:"earliest"`
	Latest            *time.Time        `json:"latest"`
	Otherwise         []string          `json:"otherwise"`
	LeftOut           []string          `json:"left_out"`
	Holidays          HolidayAnswer     `json:"holidays"`
	Cycles            []CycleLine       `json:"cycles"`
	Ledger            []CaseLedgerLine  `json:"ledger"`
}

// A CycleLine is one response that was or is owed.
type CycleLine struct {
	Status            string       `json:"status"`
	Answered          bool         `json:"answered"`
	From              time.Time    `json:"from"`
	Base              time.Time    `json:"base"`
	To                *time.Time   `json:"to"`
	Deadline          *time.Time   `json:"deadline"`
	Resumed           *time.Time   `json:"resumed"`
	BreachedAt        *time.Time   `json:"breached_at"`
	StatedSeverity    *int         `json:"stated_severity"`
	EffectiveSeverity *int         `json:"effective_severity"`
	Target            *string      `json:"target"`
	Clock             *string      `json:"clock"`
	Seconds           *ClockLine   `json:"seconds"`      // by the clock; null where there is no time to keep
	WallSeconds       *WallLine    `json:"wall_seconds"` // on the wall
	Percent           *int         `json:"percent"`
	Breached          bool         `json:"breached"`
	AtRisk            bool         `json:"at_risk"`
	Rebases           []RebaseLine `json:"rebases"`
}

// A WallLine is the time of a cycle, in seconds.
type WallLine struct {
	Elapsed   float64 `json:"elapsed"`
	Remaining float64 `json:"remaining"`
	Paused    float64 `json:"paused"`
	Overrun   float64 `json:"overrun"`
}

// A ClockLine is the time of a cycle by the clock of its target. Length is that
// of the target, and null of a clock that names an instant.
type ClockLine struct {
	Length *float64 `json:"length"`
	WallLine
}

// A RebaseLine is a change that a running cycle went through, with the deadline
// before and after.
type RebaseLine struct {
	At     time.Time  `json:"at"`
	From   *int       `json:"from"` // severities
	To     *int       `json:"to"`
	Rule   string     `json:"rule"`
	Was    *time.Time `json:"was"`
	Is     *time.Time `json:"is"`
	Missed bool       `json:"missed"`
	Past   bool       `json:"past"`
}

// A CaseLedgerLine is an entry of the ledger of a metric. Cycle is the number of
// the cycle from 1, and null of time outside cycles.
type CaseLedgerLine struct {
	From    time.Time `json:"from"`
	To      time.Time `json:"to"`
	Cycle   *int      `json:"cycle"`
	Seconds float64   `json:"seconds"`
	Why     []string  `json:"why"`
}

// A NextLine is an instant at which something changes by itself. Metric is null
// of a change of terms, and Percent too.
type NextLine struct {
	At      time.Time `json:"at"`
	Kind    string    `json:"kind"`
	Metric  *string   `json:"metric"`
	Percent *int      `json:"percent"`
}

// A DifferenceLine is a cycle, by its number from 1, that comes out otherwise;
// null on the side that has none such.
type DifferenceLine struct {
	Metric string       `json:"metric"`
	Cycle  int          `json:"cycle"`
	Was    *OutcomeLine `json:"was"`
	Is     *OutcomeLine `json:"is"`
}

// An OutcomeLine is what became of a cycle.
type OutcomeLine struct {
	Status   string     `json:"status"`
	Deadline *time.Time `json:"deadline"`
	Breached bool       `json:"breached"`
}

// Report returns the answer as Go values, which write the whole case for people.
func (a *CaseAnswer) Report() *sla.Report { return a.report }

func newCaseAnswer(asked *asked, e *Edition, r *sla.Report) *CaseAnswer {
	in := inZone(asked.at.zone)
	a := &CaseAnswer{
		ID: orNull(asked.ID), AsOf: in.orNull(r.AsOf), Opened: in.orNull(r.Opened), StatedSeverity: severity(r.Severity),
		WaitingSince: in.orNull(r.Waiting), Metrics: make([]MetricAnswer, len(r.Metrics)), Next: []NextLine{},
		Edition: e.ID, Digest: e.Digest, report: r,
	}
	if r.Ended.Kind != 0 {
		a.Ended = &EndLine{r.Ended.Kind.String(), in.time(r.Ended.At)}
	}
	for i := range r.Metrics {
		a.Metrics[i] = newMetric(&r.Metrics[i], in)
		if len(r.Accounts) > 0 {
			a.Metrics[i].explain(&r.Metrics[i], &r.Accounts[i], in)
		}
	}
	for _, n := range r.Next {
		in := in
		if m := r.Metric(n.Metric); m != nil && m.Cycle() != nil {
			in = in.of(m.Cycle())
		}
		line := NextLine{At: in.time(n.At), Kind: n.Kind.String(), Metric: orNull(n.Metric)}
		if n.Kind != sla.TermsChanged {
			line.Percent = &n.Percent
		}
		a.Next = append(a.Next, line)
	}
	return a
}

func newMetric(m *sla.MetricState, in zone) MetricAnswer {
	a := MetricAnswer{Metric: m.Metric, Status: m.Status.String(), EverBreached: m.EverBreached, Cycles: make([]CycleLine, len(m.Cycles))}
	c := m.Cycle()
	if c == nil {
		return a
	}
	in = in.of(c)
	for i := range m.Cycles {
		a.Cycles[i] = newCycle(&m.Cycles[i], in)
	}
	last := &a.Cycles[len(a.Cycles)-1]
	a.Due, a.Resumed, a.Breached, a.AtRisk = last.Deadline, last.Resumed, last.Breached, last.AtRisk
	a.EffectiveSeverity, a.Target, a.Clock = last.EffectiveSeverity, last.Target, last.Clock
	if s := last.Seconds; s != nil {
		a.Elapsed, a.Remaining, a.Paused, a.Overrun, a.Percent = &s.Elapsed, &s.Remaining, &s.Paused, &s.Overrun, last.Percent
	}
	return a
}

// explain adds what a metric rests on.
func (a *MetricAnswer) explain(m *sla.MetricState, account *sla.Account, in zone) {
	d := account.Deadline
	if c := m.Cycle(); c != nil {
		in = in.of(c)
	}
	a.EffectiveSeverity = severity(d.Severity)
	a.Target, a.Clock = terms(d.Target, d.Clock)
	a.Clauses, a.Readings, a.Missing = list(d.Clauses), map[string]string{}, list(d.Missing)
	a.Otherwise, a.LeftOut, a.Ledger = []string{}, []string{}, make([]CaseLedgerLine, len(account.Ledger))
	for _, r := range d.Readings {
		a.Readings[r.Key] = r.Value
	}
	if r := d.Range; r != nil {
		a.Earliest, a.Latest, a.LeftOut = in.orNull(r.Earliest), in.orNull(r.Latest), list(r.LeftOut)
		for _, s := range r.Otherwise {
			a.Otherwise = append(a.Otherwise, s.String())
		}
	}
	if d.HolidayStatus != 0 {
		a.Holidays = HolidayAnswer{orNull(d.HolidayStatus.String()), orNull(d.HolidayVersion)}
	}
	for i, e := range account.Ledger {
		a.Ledger[i] = CaseLedgerLine{in.time(e.From), in.time(e.To), nil, e.Counted.Seconds(), list(e.Why)}
		if e.Cycle > 0 {
			a.Ledger[i].Cycle = &account.Ledger[i].Cycle
		}
	}
}

func newCycle(c *sla.Cycle, in zone) CycleLine {
	l := CycleLine{
		Status: c.Status.String(), Answered: c.Answered, From: in.time(c.From), Base: in.time(c.Base), To: in.orNull(c.To),
		Deadline: in.orNull(c.Deadline), Resumed: in.orNull(c.Resumed), BreachedAt: in.orNull(c.BreachedAt),
		StatedSeverity: severity(c.Stated), EffectiveSeverity: severity(c.Severity), Breached: c.Breached, AtRisk: c.AtRisk,
		Rebases: []RebaseLine{},
	}
	l.Target, l.Clock = terms(c.Target, c.Clock)
	if !c.Deadline.IsZero() || !c.Resumed.IsZero() {
		wall := newWall(c.Wall)
		l.WallSeconds, l.Seconds, l.Percent = &wall, &ClockLine{WallLine: newWall(c.Spent)}, &c.Percent
		if c.Length > 0 {
			s := c.Length.Seconds()
			l.Seconds.Length = &s
		}
	}
	for _, r := range c.Rebases {
		l.Rebases = append(l.Rebases, RebaseLine{
			in.time(r.At), severity(r.From), severity(r.To), r.Rule.String(), in.orNull(r.Was), in.orNull(r.Is), r.Missed, r.Past,
		})
	}
	return l
}

func newWall(s sla.Spent) WallLine {
	return WallLine{s.Elapsed.Seconds(), s.Remaining.Seconds(), s.Paused.Seconds(), s.Overrun.Seconds()}
}

func newDifference(d sla.Difference) DifferenceLine {
	outcome := func(c *sla.Cycle) *OutcomeLine {
		if c == nil {
			return nil
		}
		return &OutcomeLine{c.Status.String(), instant(c.Deadline), c.Breached}
	}
	return DifferenceLine{d.Metric, d.Cycle + 1, outcome(d.Was), outcome(d.Is)}
}

// terms are a target and its clock, null where there is no time.
func terms(t sla.Target, c sla.Clock) (target, clock *string) {
	if c != 0 {
		clock = orNull(c.String())
	}
	if t.Status() == sla.StatusDue {
		target = orNull(t.String())
	}
	return target, clock
}

// A zone writes instants; one of no location leaves them as they were stated.
type zone struct{ *time.Location }

func inZone(loc *time.Location) zone { return zone{loc} }

// of is z, or the zone by whose clock a cycle is counted.
func (z zone) of(c *sla.Cycle) zone {
	for _, t := range []time.Time{c.Deadline, c.Resumed} {
		if !t.IsZero() && z.Location != nil {
			return zone{t.Location()}
		}
	}
	return z
}

func (z zone) time(t time.Time) time.Time {
	if z.Location == nil || t.IsZero() {
		return t
	}
	return t.In(z.Location)
}

func (z zone) orNull(t time.Time) *time.Time { return instant(z.time(t)) }
