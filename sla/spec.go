package sla

import (
	"maps"
	"slices"
	"time"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/entitlement"
	"github.com/supportterms/supportterms/entitlement/rule"
)

// Names of facts that a policy gives a meaning to. An edition declares those
// it needs, and its readings under their keys.
const (
	FactLevel         = "level"
	FactSecurityScope = "security_scope"
	FactSupportScope  = "support_scope"
	FactOffering      = "offering"
	FactPhase         = "phase"
	FactMetric        = "metric"
	// FactStatedSeverity is the severity of the case, FactSeverity the one
	// whose row is used; FactUnit is the unit of the printed target. The last
	// two are derived.
	FactStatedSeverity = "stated_severity"
	FactSeverity       = "severity"
	FactUnit           = "unit"
	// FactAddon with the name of an add-on is "yes" or "no".
	FactAddon = "addon."
)

// A MetricKind says what a metric counts from and what ends it.
type MetricKind uint8

const (
	// First counts from the opening of a case to the first response. The zero
	// MetricKind.
	First MetricKind = iota
	// Ongoing counts from one response to the next. The answer is about the
	// response that comes next, not about those already given.
	Ongoing
	// Request counts from an escalation to the next response or update. An
	// escalation repeated before that is no new one.
	Request
	// Outcome has no clock; it is there to be answered.
	Outcome
)

var metricKinds = []string{"first", "ongoing", "request", "outcome"}

// ParseMetricKind reads "first", "ongoing", "request" or "outcome".
func ParseMetricKind(s string) (MetricKind, error) {
	if i := slices.Index(metricKinds, s); i >= 0 {
		return MetricKind(i), nil
	}
	return 0, &ParseError{What: "metric kind", Input: s, Want: "first, ongoing, request or outcome"}
}

// Metrics of the built-in editions.
const (
	FirstResponse        = "first_response"
	OngoingResponse      = "ongoing_response"
	ManagementEscalation = "management_escalation"
	Resolution           = "resolution"
)

// A Metric is one thing that is promised a time.
type Metric struct {
	Name string
	Kind MetricKind
}

// NamedHours is hours as an edition names them.
type NamedHours struct {
	Name  string
	Hours calendar.Hours
	// Day is how long a business day is. It must be given where the open days
	// differ in length, and is otherwise worked out.
	Day time.Duration
}

// An Alias is another name for a value of a fact.
type Alias struct{ Fact, Name, Value string }

// A Default is the value a clause gives a fact that is not stated.
type Default struct{ Fact, Value, Clause string }

// An Implication gives a fact that is not stated a value that another implies.
type Implication struct{ Fact, Value, IfFact, IfValue string }

// A Spec is what a [Policy] is made of: the response part of one edition.
type Spec struct {
	Facts        []rule.Fact // readings and derived facts apart
	Aliases      []Alias
	Defaults     []Default
	Implications []Implication
	Readings     []entitlement.Reading
	// OtherReadings are those of the edition on which no response rests: known,
	// and without effect here.
	OtherReadings []entitlement.Reading
	Severities    []Severity
	Metrics       []Metric
	Hours         []NamedHours
	Targets       []Target    // what a rule for QTarget or QMeasure answers: its number here
	Locations     [][]Locator // the same for QLocation
	Rules         map[Question][]rule.Rule
	Addons        []string // those there are
	Clauses       []string // in the document's order
}

// clone copies what a policy keeps.
func (s Spec) clone() Spec {
	s.Facts, s.Aliases, s.Defaults = slices.Clone(s.Facts), slices.Clone(s.Aliases), slices.Clone(s.Defaults)
	s.Implications, s.Readings, s.Severities = slices.Clone(s.Implications), slices.Clone(s.Readings), slices.Clone(s.Severities)
	s.Metrics, s.Hours, s.Targets = slices.Clone(s.Metrics), slices.Clone(s.Hours), slices.Clone(s.Targets)
	s.Locations, s.Addons, s.Clauses = slices.Clone(s.Locations), slices.Clone(s.Addons), slices.Clone(s.Clauses)
	for i := range s.Readings {
		s.Readings[i].Values = slices.Clone(s.Readings[i].Values)
	}
	for i := range s.Locations {
		s.Locations[i] = slices.Clone(s.Locations[i])
	}
	s.Rules = maps.Clone(s.Rules)
	return s
}
