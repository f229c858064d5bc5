package slatest

import (
	"time"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/calendar/calendartest"
	"github.com/supportterms/supportterms/entitlement"
	"github.com/supportterms/supportterms/entitlement/rule"
	"github.com/supportterms/supportterms/sla"
)

// What N business days are, as [sla.QBusinessDay] has them.
const (
	BusinessTime = "business-time"
	SameClock    = "same-clock"
	EndOfDay     = "end-of-day"
)

// Terms are what the rules of an edition decide of one response. They are for
// every metric of [Terms.Spec] and for severities 1 to 4; severity s has a
// target of s times the amount.
type Terms struct {
	Target sla.Target // as it is counted
	Clock  sla.Clock
	// Hours are the printed ones. They do not say whether they read holidays:
	// those are left out unless HolidaysCounted.
	Hours           calendar.Hours
	HolidaysCounted bool
	NextOpen        bool          // time used up at a closing is due at the next opening
	Day             string        // what a business day is; "" is BusinessTime
	Length          time.Duration // of a business day; zero where open days have one length
	// InitialBase and OngoingBase are words of [sla.QInitialBase] and
	// [sla.QOngoingBase]; "" is the first.
	InitialBase, OngoingBase string
}

// Severities are those of a policy made by [Terms.Spec].
const Severities = 4

// TargetFor returns the target of a severity: s times the amount.
func (t Terms) TargetFor(s sla.Severity) sla.Target {
	n, unit := t.Target.Amount()
	target, err := sla.NewTarget(n*int(s), unit)
	if err != nil {
		panic(err)
	}
	return target
}

// Spec returns the smallest policy that promises t. Its one reading, sla.hold,
// is none or awaiting-customer.
func (t Terms) Spec() sla.Spec {
	const hold = "sla.hold"
	spec := sla.Spec{
		Metrics: []sla.Metric{
			{Name: sla.FirstResponse, Kind: sla.First},
			{Name: sla.OngoingResponse, Kind: sla.Ongoing},
			{Name: sla.ManagementEscalation, Kind: sla.Request},
		},
		Hours:     []sla.NamedHours{{Name: "printed", Hours: t.Hours, Day: t.Length}},
		Locations: [][]sla.Locator{{sla.Agreed}},
		Readings: []entitlement.Reading{{
			Key: hold, Default: "none",
			Values: []entitlement.ReadingValue{{Name: "none"}, {Name: "awaiting-customer"}},
		}},
		Clauses: []string{"1"},
	}
	always := func(q sla.Question, then int) []rule.Rule {
		return []rule.Rule{{ID: q.String(), Clause: "1", Then: then}}
	}
	spec.Rules = map[sla.Question][]rule.Rule{
		sla.QHours:           always(sla.QHours, 0),
		sla.QLocation:        always(sla.QLocation, 0),
		sla.QClock:           always(sla.QClock, int(t.Clock)),
		sla.QHolidays:        always(sla.QHolidays, number(t.HolidaysCounted)),
		sla.QClose:           always(sla.QClose, number(t.NextOpen)),
		sla.QBusinessDay:     always(sla.QBusinessDay, word(sla.QBusinessDay, t.Day)),
		sla.QInitialBase:     always(sla.QInitialBase, word(sla.QInitialBase, t.InitialBase)),
		sla.QOngoingBase:     always(sla.QOngoingBase, word(sla.QOngoingBase, t.OngoingBase)),
		sla.QInitialResponse: always(sla.QInitialResponse, 0),
	}
	for i, value := range []string{"none", "awaiting-customer"} {
		spec.Rules[sla.QHold] = append(spec.Rules[sla.QHold], rule.Rule{
			ID: "hold-" + value, Clause: "1", Then: i, When: []rule.Condition{{Fact: hold, In: []string{value}}},
		})
	}
	for s := range sla.Severity(Severities) {
		spec.Severities = append(spec.Severities, s+1)
		spec.Targets = append(spec.Targets, t.TargetFor(s+1))
		spec.Rules[sla.QTarget] = append(spec.Rules[sla.QTarget], rule.Rule{
			ID: "target-" + string(rune('1'+s)), Clause: "1", Then: int(s),
			When: []rule.Condition{{Fact: sla.FactSeverity, In: []string{string(rune('1' + s))}}},
		})
	}
	return spec
}

func number(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func word(q sla.Question, w string) int {
	for i, known := range q.Words() {
		if known == w {
			return i
		}
	}
	return 0
}

// Place returns the place of p as a policy wants it, with the holidays of days
// as [calendartest.DaysOf] makes them.
func Place(p calendartest.Place, days int) *sla.Place {
	return &sla.Place{Location: p.Location(), Holidays: calendartest.DaysOf(p, days)}
}

// Bind puts the policy that promises t to a contract at a place, with waiting
// for the customer stopping the clock or not.
func (t Terms) Bind(at *sla.Place, hold bool) (*sla.Bound, error) {
	p, err := sla.NewPolicy(t.Spec())
	if err != nil {
		return nil, err
	}
	var c entitlement.Contract
	if hold {
		c.Readings = map[string]string{"sla.hold": "awaiting-customer"}
	}
	return p.Bind(c, "", p.Calendars(sla.Places{sla.Agreed: at}))
}
