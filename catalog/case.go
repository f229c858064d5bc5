package catalog

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/supportterms/supportterms/sla"
)

// Case says where every promise of a case stands, and what it rests on. The
// error says everything that is wrong with the query.
//
// A change of terms while the case runs is taken by the rule that the query has
// for its kind. Of events that is location_changed, with a place, and
// contract_changed, with a contract. A contract ends the day after its term, a
// release passes into another phase when that comes, and another edition takes
// effect where the contract names a document and is held to the edition
// current; each at the first instant of the day.
func (d *Desk) Case(q *Query) (*CaseAnswer, error) {
	asked, err := d.ask(q)
	switch {
	case err != nil:
		return nil, err
	case asked.none != nil:
		a := newCaseAnswer(&asked, &Edition{}, asked.nowhere(sla.Deadline{Status: sla.StatusDocumentNotInForce}))
		a.Known = editionLines(asked.none)
		return a, asked.err
	case asked.missing != nil:
		return newCaseAnswer(&asked, &Edition{}, asked.nowhere(sla.Deadline{Status: sla.StatusUndetermined, Missing: asked.missing})), asked.err
	}
	e := asked.edition
	bound, c, err := d.caseOf(&asked, nil)
	if err != nil {
		return nil, err
	}
	report, err := asked.report(d.state(), bound, c, e)
	if err != nil {
		return nil, err
	}
	a := newCaseAnswer(&asked, e, report)
	a.Reasons = asked.notes()
	if asked.key != "" {
		d.choseDocument(a, &asked, c)
	}
	if e.Lifecycle != nil && !report.Opened.IsZero() {
		a.Lifecycle = orNull(e.Lifecycle.After(slices.DeleteFunc(slices.Clone(c.Events), func(e sla.Event) bool { return e.At.After(report.AsOf) })))
	}
	if q.Case.WhatIf != nil {
		return a, d.whatIf(a, &asked)
	}
	return a, nil
}

// Count adds the responses of a case to an attainment, those of the metric that
// the query names or of all.
func (d *Desk) Count(to *sla.Attainment, q *Query) error {
	if q.Question != "" {
		return errors.New("a question has no case to count")
	}
	asked, err := d.ask(q)
	switch {
	case err != nil:
		return err
	case asked.none != nil:
		return errors.Join(asked.none, asked.err)
	case asked.missing != nil:
		return errors.Join(errors.New(strings.Join(asked.missing, ", ")+" is missing: no edition is chosen without it"), asked.err)
	}
	e := asked.edition
	bound, c, err := d.caseOf(&asked, nil)
	if err != nil {
		return err
	}
	s := d.state()
	defer d.states.Put(s)
	if err := bound.State(s, c); err != nil {
		return err
	}
	shown := *s // which is filled again
	asked.bar(&shown, e)
	asked.only(&shown)
	to.Add(&shown, sla.Label{Offering: asked.contract.Offering, Edition: e.ID})
	return nil
}

// state returns a state to fill, an old one if there is.
func (d *Desk) state() *sla.State {
	if s, ok := d.states.Get().(*sla.State); ok {
		return s
	}
	return new(sla.State)
}

// caseOf returns the case that a query states, with more events, and the terms
// it was opened under.
func (d *Desk) caseOf(a *asked, more []EventTerms) (*sla.Bound, *sla.Case, error) {
	e, terms := a.edition, a.Case
	if terms == nil {
		terms = new(CaseTerms)
	}
	bound, bindErr := d.bound(a, e)
	c, caseErr := a.Query.caseOf(e.policy.Severities)
	if caseErr == nil && len(c.Events) == 0 {
		caseErr = errors.New("case beside counted_from: a state wants opened or events")
	}
	rules, rulesErr := terms.rules()
	c.Raise, c.Lower, c.Warnings = rules.raise, rules.lower, terms.Warnings
	var metricErr error
	if a.Metric != "" {
		metricErr = e.policy.Check(a.Metric, sla.Case{CountedFrom: time.Unix(0, 0)})
	}
	supposed, supposedErr := events("case.what_if", terms.WhatIf, e.policy.Severities)
	var briefErr error
	if terms.Brief && a.Range {
		briefErr = errors.New("case.brief beside range: a range is among what a brief case leaves out")
	}
	if err := errors.Join(a.err, bindErr, caseErr, rulesErr, metricErr, supposedErr, briefErr); err != nil {
		return nil, nil, err
	}
	if c.AsOf.IsZero() {
		c.AsOf = last(c.Events)
	}
	turns := rules.turns("events", a.Events)
	if more != nil {
		c.AsOf = latest(c.AsOf, last(supposed))
		c.Events = append(c.Events, supposed...)
		turns = append(turns, rules.turns("case.what_if", more)...)
	}
	var err error
	c.Changes, err = d.changes(a, rules, turns, c.AsOf)
	return bound, &c, err
}

// report is the report of a case, of the metric asked about or of all.
func (a *asked) report(s *sla.State, b *sla.Bound, c *sla.Case, e *Edition) (*sla.Report, error) {
	r := &sla.Report{State: s}
	if err := b.State(r.State, c); err != nil {
		return nil, err
	}
	barred := a.bar(r.State, e)
	all := *r.State // of which a ledger is kept
	a.only(r.State)
	if a.Case.Brief {
		return r, nil
	}
	for i := range r.Metrics {
		m := &r.Metrics[i]
		deadline, err := b.Deadline(m.Metric, *c, a.Range)
		if err != nil {
			return nil, err
		}
		if barred {
			r.Accounts = append(r.Accounts, sla.Account{Deadline: &sla.Deadline{Status: m.Status, Stated: deadline.Stated}})
			continue
		}
		ledger, err := all.Ledger(m.Metric)
		if err != nil {
			return nil, err
		}
		r.Accounts = append(r.Accounts, sla.Account{Deadline: deadline, Ledger: ledger})
	}
	return r, nil
}

// bar takes the promises out of a state to which the contract or the edition
// does not reach.
func (a *asked) bar(s *sla.State, e *Edition) bool {
	status := e.bars(&a.contract, a.on)
	if status == sla.StatusDue {
		return false
	}
	for i := range s.Metrics {
		s.Metrics[i] = sla.MetricState{Metric: s.Metrics[i].Metric, Status: status}
	}
	s.Next = nil
	return true
}

// only leaves of a state the metric that the query names.
func (a *asked) only(s *sla.State) {
	if a.Metric == "" {
		return
	}
	m := sla.MetricState{Metric: a.Metric}
	if found := s.Metric(a.Metric); found != nil {
		m = *found
	}
	s.Metrics = []sla.MetricState{m}
	s.Next = slices.DeleteFunc(s.Next, func(i sla.Instant) bool { return i.Metric != "" && i.Metric != a.Metric })
}

// nowhere is the report of a case that no edition speaks of.
func (a *asked) nowhere(d sla.Deadline) *sla.Report {
	r := &sla.Report{State: &sla.State{AsOf: a.begins()}}
	if a.AsOf != nil {
		r.AsOf = a.AsOf.Time
	}
	metrics := []string{a.Metric}
	if a.Metric == "" {
		metrics = []string{sla.FirstResponse, sla.OngoingResponse, sla.ManagementEscalation, sla.Resolution}
	}
	for _, m := range metrics {
		r.Metrics = append(r.Metrics, sla.MetricState{Metric: m, Status: d.Status})
		r.Accounts = append(r.Accounts, sla.Account{Deadline: &d})
	}
	return r
}

// choseDocument says where it matters which document was chosen to answer.
func (d *Desk) choseDocument(a *CaseAnswer, asked *asked, c *sla.Case) {
	var bound *sla.Bound
	if asked.other != nil {
		bound, _ = d.bound(asked, asked.other)
	}
	_, agreed := asked.agreed(asked.key)
	for i := range a.report.Accounts {
		m := &a.Metrics[i]
		if asked.Range && !agreed {
			m.LeftOut = append(m.LeftOut, asked.key) // a range is of one edition
			slices.Sort(m.LeftOut)
		}
		is := a.report.Accounts[i].Deadline
		var other *sla.Deadline
		if bound != nil {
			other, _ = bound.Deadline(m.Metric, *c, false)
		}
		if other == nil || other.Status != is.Status || !other.Due.Equal(is.Due) {
			m.Readings[asked.key] = asked.value
		}
	}
}

// whatIf adds what more events would change.
func (d *Desk) whatIf(a *CaseAnswer, asked *asked) error {
	b, c, err := d.caseOf(asked, asked.Case.WhatIf)
	if err != nil {
		return err
	}
	would := new(sla.State)
	if err := b.State(would, c); err != nil {
		return err
	}
	asked.bar(would, asked.edition)
	asked.only(would)
	a.WhatIf = []DifferenceLine{}
	for _, diff := range sla.Differences(a.report.State, would) {
		a.WhatIf = append(a.WhatIf, newDifference(diff))
	}
	return nil
}

// last returns the instant of the last event.
func last(events []sla.Event) (t time.Time) {
	for i := range events {
		t = latest(t, events[i].At)
	}
	return t
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
