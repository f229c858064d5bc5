package slatest

import (
	"fmt"
	"time"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/entitlement"
	"github.com/supportterms/supportterms/entitlement/rule"
	"github.com/supportterms/supportterms/sla"
)

// A Table is what an edition promises of the three metrics, a row for each
// severity. Index 0 is not used. A row whose target is no length of time says
// that; the zero Terms are no_target. The bases of the Terms are not read.
type Table struct {
	First, Ongoing, Escalation [Severities + 1]Terms
	// Holds are the severities whose clocks stop while the customer is awaited.
	Holds [Severities + 1]bool
	// InitialBase, OngoingBase and InitialResponse are words of the questions
	// of that name; "" is the first.
	InitialBase, OngoingBase, InitialResponse string
}

// metrics are those of a Table, in the order of its policy.
var metrics = []sla.Metric{
	{Name: sla.FirstResponse, Kind: sla.First},
	{Name: sla.OngoingResponse, Kind: sla.Ongoing},
	{Name: sla.ManagementEscalation, Kind: sla.Request},
}

const (
	firstResponse = iota
	ongoingResponse
	managementEscalation
)

// terms returns the row of a metric, numbered as in metrics. A policy wants
// hours and the length of a business day even where no clock reads them.
func (t *Table) terms(metric int, s sla.Severity) Terms {
	row := [...]*[Severities + 1]Terms{&t.First, &t.Ongoing, &t.Escalation}[metric][s]
	if row.Target.Status() == sla.StatusUnspecified {
		row.Target = answers[0]
	}
	if row.Hours.IsZero() {
		row.Hours = calendar.MustParseHours("24/7")
	}
	if row.Length == 0 && !uniform(row.Hours) {
		row.Length = min(24*time.Hour, (&Reference{terms: row}).day())
	}
	return row
}

// Spec returns the smallest policy that promises t. Each row has a target and
// hours of its own, so that a severity that is not stated is undetermined even
// where the rows are alike.
func (t Table) Spec() sla.Spec {
	spec := sla.Spec{
		Metrics: metrics, Locations: [][]sla.Locator{{sla.Agreed}}, Clauses: []string{"1"},
		Rules: map[sla.Question][]rule.Rule{},
	}
	always := func(q sla.Question, then int) {
		spec.Rules[q] = []rule.Rule{{ID: q.String(), Clause: "1", Then: then}}
	}
	always(sla.QLocation, 0)
	always(sla.QInitialBase, word(sla.QInitialBase, t.InitialBase))
	always(sla.QOngoingBase, word(sla.QOngoingBase, t.OngoingBase))
	always(sla.QInitialResponse, word(sla.QInitialResponse, t.InitialResponse))
	for s := sla.Severity(1); s <= Severities; s++ {
		spec.Severities = append(spec.Severities, s)
	}
	for m, metric := range metrics {
		for _, s := range spec.Severities {
			row, severity := t.terms(m, s), fmt.Sprint(s)
			answer := func(q sla.Question, then int) {
				spec.Rules[q] = append(spec.Rules[q], rule.Rule{
					ID: fmt.Sprint(q, " ", metric.Name, " ", s), Clause: "1", Then: then,
					When: []rule.Condition{
						{Fact: sla.FactMetric, In: []string{metric.Name}},
						{Fact: sla.FactStatedSeverity, In: []string{severity}},
					},
				})
			}
			answer(sla.QTarget, len(spec.Targets))
			answer(sla.QHours, len(spec.Hours))
			spec.Targets = append(spec.Targets, row.Target)
			spec.Hours = append(spec.Hours, sla.NamedHours{
				Name: metric.Name + " " + severity, Hours: row.Hours, Day: row.Length,
			})
			answer(sla.QClock, max(1, int(row.Clock))) // a row without a time has none, and is not asked
			answer(sla.QHolidays, number(row.HolidaysCounted))
			answer(sla.QClose, number(row.NextOpen))
			answer(sla.QBusinessDay, word(sla.QBusinessDay, row.Day))
			answer(sla.QHold, number(t.Holds[s]))
		}
	}
	return spec
}

// Bind puts the policy that promises t to a contract at a place.
func (t Table) Bind(at *sla.Place) (*sla.Bound, error) {
	p, err := sla.NewPolicy(t.Spec())
	if err != nil {
		return nil, err
	}
	return p.Bind(entitlement.Contract{}, "", p.Calendars(sla.Places{sla.Agreed: at}))
}

// TableOf returns a table of the terms that four numbers make, one for each
// severity; n arranges them for the metrics and makes the rest.
func TableOf(n int, rows [Severities]int) (t Table) {
	d := numeral(n)
	t.InitialBase = sla.QInitialBase.Words()[d.take(3)]
	t.OngoingBase = sla.QOngoingBase.Words()[d.take(3)]
	t.InitialResponse = sla.QInitialResponse.Words()[d.take(2)]
	for s := range Severities {
		t.Holds[1+s] = d.take(3) > 0
	}
	for m, metric := range []*[Severities + 1]Terms{&t.First, &t.Ongoing, &t.Escalation} {
		turn := d.take(Severities) + m
		for s := range Severities {
			metric[1+s] = TermsOf(rows[(s+turn)%Severities])
		}
		if s := d.take(3*Severities) - 2*Severities; s >= 0 {
			metric[1+s] = Terms{Target: answers[d.take(len(answers))]}
		}
	}
	return t
}

var answers = func() (out []sla.Target) {
	for _, word := range []string{"no_target", "as_agreed", "continuous", "not_entitled"} {
		t, err := sla.ParseTarget(word)
		if err != nil {
			panic(err)
		}
		out = append(out, t)
	}
	return out
}()
