package sla

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/entitlement/rule"
)

// A Deadline is a response with everything it rests on.
type Deadline struct {
	Status   Status
	Due      time.Time // zero unless a response is or was due at an instant
	Target   Target
	Clock    Clock          // zero when no clock runs
	Hours    calendar.Hours // in which the clock runs; zero when it is at all times
	Stated   Severity       // of the case; zero when it has none
	Severity Severity       // whose row is used
	// Clauses are those of every rule that gave the answer, in document order.
	Clauses []string
	// Readings are those that mattered, by key: of which another value, all
	// else equal, gives another answer.
	Readings []Choice
	// Missing are the facts without which the answer is undetermined, as a
	// query names them.
	Missing []string
	// Range is over the readings the contract does not choose; nil unless
	// asked for.
	Range *Range
	// HolidayStatus is the least sure of the dates that were read, and
	// HolidayVersion names their data.
	HolidayStatus  calendar.Status
	HolidayVersion string
	// Ledger accounts for all the time from the start of the clock to Due.
	Ledger []Entry
}

// A Choice is a reading and the value it has.
type Choice struct{ Key, Value string }

// A Range is what the answers can be when a text's unclear words are read in
// every way the contract leaves open.
type Range struct {
	Earliest, Latest time.Time // zero when no reading gives an instant
	// Otherwise are the statuses of answers without an instant.
	Otherwise []Status
	// Answers are the distinct ones, each with one choice that leads to it.
	Answers []Alternative
	// LeftOut are the keys of readings with a value that needs a fact not
	// given, or that the text defines for other levels only.
	LeftOut []string
}

// Deadline says where a response stands, with its reasons. With a range it
// also tries every reading that the contract leaves open. A metric that the
// edition does not have is [StatusUnspecified]; one that nobody knows is an
// error.
func (b *Bound) Deadline(metric string, c Case, ranged bool) (*Deadline, error) {
	p := b.policy
	if err := p.Check(metric, c); err != nil {
		return nil, err
	}
	c.Events = sorted(c.Events)
	m := slices.IndexFunc(p.Metrics, func(m Metric) bool { return m.Name == metric })
	if m < 0 {
		return &Deadline{}, nil
	}
	q := puzzle{opening: b, metric: p.Metrics[m], events: c.Events, c: &c}
	r := q.solve(b)
	if r.bound != b && r.bound != nil {
		r = q.solve(r.bound)
	}
	if r.err != nil {
		return nil, r.err
	}
	if r.bound == nil || r.bound.metric(metric) < 0 {
		return &Deadline{Status: r.Status, Due: r.Deadline, Stated: q.in.stated()}, nil
	}
	d := &Deadline{Status: r.Status, Due: r.Deadline, Stated: q.in.stated(), Target: r.Target, Clock: r.Clock, Severity: r.Severity}
	d.Clauses = q.clauses(r.bound.defaults)
	d.Missing = q.missing(r)
	d.Readings = q.mattered(r)
	if ranged {
		var err error
		if d.Range, err = q.span(metric); err != nil {
			return nil, err
		}
	}
	return d, account(d, r)
}

// Check reports what is wrong with a question before it is put: a metric that
// nobody knows, events that cannot be, severities that the edition does not
// have; all of it, joined.
func (p *Policy) Check(metric string, c Case) error {
	errs := []error{p.checkMetric(metric)}
	switch {
	case len(c.Events) == 0 && c.CountedFrom.IsZero():
		errs = append(errs, &CaseError{"", "neither events nor the start of the clock are given"})
	case len(c.Events) > 0 && (!c.CountedFrom.IsZero() || c.Severity != 0):
		errs = append(errs, &CaseError{"", "given by its events and by the start of the clock at once"})
	case len(c.Events) > 0:
		errs = append(errs, p.checkCase(&c, sorted(c.Events)))
	default:
		errs = append(append(errs, c.checkRules()...), p.checkSeverities(c.Severity))
	}
	return errors.Join(errs...)
}

// checkCase reports what is wrong with a case given by its events, which are in
// order.
func (p *Policy) checkCase(c *Case, events []Event) error {
	known, err := p.check(events)
	errs := c.checkRules()
	if err != nil {
		errs = append(errs, err)
	}
	if !known {
		errs = append(errs, p.checkSeverities(severities(events)...))
	}
	for i := range c.Changes {
		if ch := &c.Changes[i]; ch.Rule != AsRead && ch.To != nil && ch.To.policy != p {
			if err := ch.To.policy.checkSeverities(severities(events)...); err != nil {
				errs = append(errs, err)
			}
		}
	}
	return errors.Join(errs...)
}

func severities(events []Event) (out []Severity) {
	for i := range events {
		out = append(out, events[i].Severity)
	}
	return out
}

// checkRules reports what is wrong with what c says beside its events.
func (c *Case) checkRules() (errs []error) {
	for _, w := range c.Warnings {
		if w < 1 || w > 99 {
			errs = append(errs, &CaseError{"", fmt.Sprintf("a warning at %d percent: want 1 to 99", w)})
		}
	}
	if c.Raise > Keep || c.Lower > Keep {
		errs = append(errs, &CaseError{"", fmt.Sprintf("rules %v and %v for a change of severity: no such rule", c.Raise, c.Lower)})
	}
	for i := range c.Changes {
		if ch := &c.Changes[i]; ch.At.IsZero() || ch.Rule > Keep {
			errs = append(errs, &CaseError{"", fmt.Sprintf("change of the %v at %v by rule %v: want an instant, and a rule there is", ch.Kind, ch.At, ch.Rule)})
		}
	}
	return errs
}

// checkSeverities refuses those that the edition does not have.
func (p *Policy) checkSeverities(severities ...Severity) error {
	var errs []error
	slices.Sort(severities)
	for _, s := range slices.Compact(severities) {
		if s == 0 || len(p.Severities) == 0 || p.severityCode(s) > 0 {
			continue
		}
		var allowed []string
		for _, s := range p.Severities {
			allowed = append(allowed, p.severityText(s))
		}
		errs = append(errs, &ValueError{Field: "severity", Value: p.severityText(s), Allowed: allowed})
	}
	return errors.Join(errs...)
}

func (p *Policy) checkMetric(metric string) error {
	known := []string{FirstResponse, OngoingResponse, ManagementEscalation, Resolution}
	for _, m := range p.Metrics {
		if !slices.Contains(known, m.Name) {
			known = append(known, m.Name)
		}
	}
	if slices.Contains(known, metric) {
		return nil
	}
	return &ValueError{Field: "metric", Value: metric, Allowed: known}
}

// stated returns the severity the inquiry used.
func (in *inquiry) stated() Severity {
	if i := in.policy.iStated; i >= 0 && in.pt[i] > 0 {
		return in.policy.Severities[in.pt[i]-1]
	}
	return 0
}

// A puzzle is one inquiry put again with other readings.
type puzzle struct {
	opening *Bound  // the terms the case was opened under
	bound   *Bound  // those whose readings are tried
	in      inquiry // as the contract has it; after solve, as it was answered
	metric  Metric
	events  []Event
	c       *Case
	room    room // of again
}

// solve evaluates the inquiry under terms.
func (q *puzzle) solve(b *Bound) *result {
	q.bound, q.in = b, b.inquiry()
	q.in.pt[b.policy.iMetric] = uint8(b.metric(q.metric.Name) + 1)
	return q.evaluate(&q.in, new(room))
}

// again evaluates the inquiry with other readings and leaves q as it is. The
// result is good until it is asked again.
func (q *puzzle) again(pt point, vary bool) *result {
	in := q.in
	in.pt, in.vary = pt, vary
	return q.evaluate(&in, &q.room)
}

// clauses are those of the rules that spoke.
func (q *puzzle) clauses(defaults []string) []string {
	p := q.in.policy
	out := slices.Concat(defaults, p.spoken(q.in.pt, q.in.asked))
	slices.SortFunc(out, func(a, b string) int {
		if d := p.order[a] - p.order[b]; d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	return slices.Compact(out)
}

// spoken returns the clauses of the rules that give a decision: those that
// speak, or, where it is settled though facts are missing, those that do in
// one completion or another.
func spoken(set *rule.Set, d rule.Decision) (out []string) {
	for _, standing := range []rule.Standing{rule.Applied, rule.Wanting} {
		for i, s := range d.Steps {
			if r := set.Rule(i); s.Standing == standing && d.Answer.State == rule.Settled && r.Then == d.Answer.Value {
				out = append(out, r.Clause)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

// missing are the facts without which r is undetermined.
func (q *puzzle) missing(r *result) []string {
	if r.Status != StatusUndetermined {
		return nil
	}
	if r.lacks != "" {
		return []string{r.lacks}
	}
	p := q.in.policy
	set, at := p.sets[r.stuck], q.in.pt[:p.facts.Len()]
	var out []string
	for _, i := range set.Reasons(at, p.deriver, set.Decide(at, p.deriver)).Missing {
		out = append(out, p.factPath(i))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// mattered are the readings of which another value gives another answer.
func (q *puzzle) mattered(r *result) (out []Choice) {
	p := q.in.policy
	mentioned := p.mentions[QSeverity] | p.mentions[QTarget] // from which facts are derived
	for question := range questions {
		if q.in.asked&(1<<question) != 0 {
			mentioned |= p.mentions[question]
		}
	}
	for n, reading := range p.Readings {
		i := p.readings[n]
		if mentioned>>i&1 == 0 {
			continue
		}
		for v := range reading.Values {
			if q.in.pt[i] == uint8(v+1) || !q.gives(n, v) {
				continue
			}
			pt := q.in.pt
			pt[i] = uint8(v + 1)
			if other := q.again(pt, false); other.lacks == "" && other.err == nil && !other.same(r) {
				out = append(out, Choice{reading.Key, reading.Values[q.in.pt[i]-1].Name})
				break
			}
		}
	}
	slices.SortFunc(out, func(a, b Choice) int { return strings.Compare(a.Key, b.Key) })
	return out
}

// account fills in the hours of the clock, what is known of the holidays in
// them, and the ledger.
func account(d *Deadline, r *result) (err error) {
	due := latest(r.Deadline, r.Resumed)
	if due.IsZero() {
		return nil
	}
	zone := due.Location()
	if cal := r.Cycle.row.cal; cal != nil {
		d.Hours = cal.Hours()
		d.HolidayStatus, d.HolidayVersion = cal.Status(r.Base.In(zone), due), cal.HolidayVersion()
	}
	if r.Deadline.IsZero() {
		return nil
	}
	waits := r.waits.spans
	if !r.To.IsZero() {
		waits = cut(waits, r.To) // what came after the end moved nothing
	}
	if d.Ledger, err = r.ledger(due, waits); err != nil {
		return err
	}
	for i := range d.Ledger {
		e := &d.Ledger[i]
		e.From, e.To = e.From.In(zone), e.To.In(zone)
	}
	return nil
}
