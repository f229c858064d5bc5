package sla

import (
	"errors"
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
	in := b.inquiry()
	in.pt[p.iMetric] = uint8(m + 1)
	q := puzzle{in: in, kind: p.Metrics[m].Kind, events: c.Events, c: &c}
	r := q.solve(in)
	if r.err != nil {
		return nil, r.err
	}
	d := &Deadline{Status: r.status, Due: r.due, Stated: q.in.stated()}
	d.Clauses = q.clauses(b.defaults)
	d.Missing = q.missing(&r)
	d.Severity = r.severity
	if r.target.Status() == StatusDue {
		d.Target, d.Clock = r.target, r.clock
	}
	d.Readings = q.mattered(&r)
	if ranged {
		var err error
		if d.Range, err = q.span(b, metric); err != nil {
			return nil, err
		}
	}
	return d, q.account(d, &r)
}

// Check reports what is wrong with a question before it is put: a metric that
// nobody knows, events that cannot be, severities that the edition does not
// have; all of it, joined.
func (p *Policy) Check(metric string, c Case) error {
	errs := []error{p.checkMetric(metric)}
	severities := []Severity{c.Severity}
	switch {
	case len(c.Events) == 0 && c.CountedFrom.IsZero():
		errs = append(errs, &CaseError{"", "neither events nor the start of the clock are given"})
	case len(c.Events) > 0 && (!c.CountedFrom.IsZero() || c.Severity != 0):
		errs = append(errs, &CaseError{"", "given by its events and by the start of the clock at once"})
	case len(c.Events) > 0:
		events := sorted(c.Events)
		errs = append(errs, check(events))
		for _, e := range events {
			severities = append(severities, e.Severity)
		}
	}
	errs = append(errs, p.checkSeverities(severities...))
	return errors.Join(errs...)
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
	in     inquiry // as the contract has it; after solve, as it was answered
	kind   MetricKind
	events []Event
	c      *Case
}

func (q *puzzle) solve(in inquiry) result {
	q.in = in
	return q.in.evaluate(q.kind, q.events, q.c)
}

// again evaluates the inquiry with other readings and leaves q as it is.
func (q *puzzle) again(pt point, vary bool) result {
	in := q.in
	in.pt, in.vary = pt, vary
	return in.evaluate(q.kind, q.events, q.c)
}

// clauses are those of the rules that spoke.
func (q *puzzle) clauses(defaults []string) []string {
	p := q.in.policy
	out := slices.Clone(defaults)
	for question := range questions {
		if set := p.sets[question]; set != nil && q.in.asked&(1<<question) != 0 {
			out = append(out, spoken(set, set.Explain(q.in.pt[:p.facts.Len()], p.deriver))...)
		}
	}
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
	if r.status != StatusUndetermined {
		return nil
	}
	if r.lacks != "" {
		return []string{r.lacks}
	}
	p := q.in.policy
	var out []string
	for _, i := range p.sets[r.stuck].Explain(q.in.pt[:p.facts.Len()], p.deriver).Missing {
		out = append(out, p.factPath(i))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// mattered are the readings of which another value gives another answer.
func (q *puzzle) mattered(r *result) (out []Choice) {
	p := q.in.policy
	for n, reading := range p.Readings {
		i := p.readings[n]
		for v := range reading.Values {
			if q.in.pt[i] == uint8(v+1) || !q.gives(n, v) {
				continue
			}
			pt := q.in.pt
			pt[i] = uint8(v + 1)
			if other := q.again(pt, false); other.lacks == "" && other.err == nil && !other.same(*r) {
				out = append(out, Choice{reading.Key, reading.Values[q.in.pt[i]-1].Name})
				break
			}
		}
	}
	slices.SortFunc(out, func(a, b Choice) int { return strings.Compare(a.Key, b.Key) })
	return out
}

// account fills in the ledger and what is known of the holidays in it.
func (q *puzzle) account(d *Deadline, r *result) error {
	if r.due.IsZero() {
		return nil
	}
	cal, _, err := q.in.at.of(&r.terms)
	if err != nil {
		return err
	}
	base := r.base.In(r.location)
	if cal != nil {
		d.Hours = cal.Hours()
		d.HolidayStatus, d.HolidayVersion = cal.Status(base, r.due), cal.HolidayVersion()
	}
	counted := count{r.terms, cal}
	d.Ledger, err = counted.ledger(base, r.due, merge(r.pauses))
	for i := range d.Ledger {
		e := &d.Ledger[i]
		e.From, e.To = e.From.In(r.location), e.To.In(r.location)
	}
	return err
}
