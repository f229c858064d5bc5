package sla

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
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
	// Ongoing counts from one response to the next.
	Ongoing
	// Request counts from an escalation to the next response.
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
	Severities   []Severity
	Metrics      []Metric
	Hours        []NamedHours
	Targets      []Target    // what a rule for QTarget or QMeasure answers: its number here
	Locations    [][]Locator // the same for QLocation
	Rules        map[Question][]rule.Rule
	Addons       []string // those there are
	Clauses      []string // in the document's order
}

// maxFacts bounds a policy's vocabulary, so that a point fits a stack array.
const maxFacts = 64

type point [maxFacts]uint8

// A Policy is the response part of one edition, ready to be asked. It is
// immutable and safe for concurrent use. Its zero value promises nothing.
type Policy struct {
	Spec
	facts    *rule.Vocabulary
	sets     [questions]*rule.Set
	standard point // every reading at its default
	days     []time.Duration
	readings []int // vocabulary indexes
	iLevel, iSecurity, iSupport, iOffering, iPhase, iMetric,
	iStated, iSeverity, iUnit int // -1 where the edition has no such fact
	addons     []addonFact
	implied    []implied
	bySeverity [256]uint8     // codes
	order      map[string]int // of clauses
	// memo keeps the terms under default readings, by the stated facts they
	// turn on; it is nil when those have too many combinations.
	memo []atomic.Pointer[terms]
	keys []memoKey
	// deriver is p.derive, made once so that a question allocates nothing.
	deriver func([]uint8)
}

type addonFact struct {
	name    string
	index   int
	no, yes uint8
}

// A memoKey is a fact's part of a place in the memo.
type memoKey struct{ fact, stride int }

// An implied fact has a code when another has one.
type implied struct {
	fact, ifFact int
	code, ifCode uint8
}

// NewPolicy checks a Spec and makes the policy of it, which keeps no part of
// the Spec. The error joins everything wrong.
func NewPolicy(s Spec) (*Policy, error) {
	p := &Policy{Spec: s.clone(), order: map[string]int{}}
	p.deriver = p.derive
	for i, c := range s.Clauses {
		p.order[c] = i
	}
	errs := []error{p.makeVocabulary(), p.makeHours()}
	errs = append(errs, p.checkMetrics()...)
	errs = append(errs, p.checkQuestions()...)
	if errs[0] == nil {
		errs = append(errs, p.makeSets()...)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	p.makeMemo()
	return p, nil
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

// empty is the policy that the zero Policy stands for.
var empty = sync.OnceValue(func() *Policy {
	p, _ := NewPolicy(Spec{}) // nothing in it can be wrong
	return p
})

// made returns p, or the empty policy for the zero one.
func (p *Policy) made() *Policy {
	if p.facts == nil {
		return empty()
	}
	return p
}

func (p *Policy) makeSets() (errs []error) {
	for q := range questions {
		if len(p.Spec.Rules[q]) == 0 {
			continue
		}
		set, err := rule.NewValues(p.facts, p.Spec.Rules[q]...)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		p.sets[q] = set
	}
	return errs
}

func (p *Policy) checkMetrics() (errs []error) {
	for _, m := range p.Metrics {
		if int(m.Kind) >= len(metricKinds) {
			errs = append(errs, &PolicyError{"metric " + m.Name, fmt.Sprintf("no kind %d", m.Kind)})
		}
	}
	if slices.Contains(p.Severities, 0) {
		errs = append(errs, &PolicyError{"severities", "0 is a severity not stated, and cannot be one"})
	}
	for _, h := range p.Hours {
		if h.Day < 0 || h.Day > 24*time.Hour {
			errs = append(errs, &PolicyError{"hours " + h.Name, fmt.Sprintf("a business day of %v", h.Day)})
		}
	}
	for _, order := range p.Locations {
		if len(order) == 0 || slices.ContainsFunc(order, func(l Locator) bool { return l >= locators }) {
			errs = append(errs, &PolicyError{"locations", "want places, at least one"})
		}
	}
	return errs
}

// makeMemo finds the stated facts that terms turn on and makes room to keep
// the terms of each combination.
func (p *Policy) makeMemo() {
	const most = 1 << 16
	size := 1
	for i := range p.facts.Len() {
		mentioned := slices.ContainsFunc(p.sets[:], func(s *rule.Set) bool { return s != nil && slices.Contains(s.Facts(), i) })
		if p.facts.Fact(i).Role != rule.Stated || !mentioned && i != p.iStated {
			continue
		}
		p.keys = append(p.keys, memoKey{i, size})
		if size *= p.facts.Fact(i).Codes() + 1; size > most {
			return
		}
	}
	p.memo = make([]atomic.Pointer[terms], size)
}

func (p *Policy) makeVocabulary() error {
	facts := slices.Clone(p.Facts)
	var severities, metrics []string
	for _, s := range p.Severities {
		severities = append(severities, strconv.Itoa(int(s)))
	}
	for _, m := range p.Metrics {
		metrics = append(metrics, m.Name)
	}
	if len(metrics) > 0 {
		facts = append(facts, rule.Fact{Name: FactMetric, Values: metrics})
	}
	if len(severities) > 0 {
		facts = append(facts,
			rule.Fact{Name: FactStatedSeverity, Values: severities},
			rule.Fact{Name: FactSeverity, Values: severities, Role: rule.Derived})
	}
	facts = append(facts, rule.Fact{Name: FactUnit, Values: Units(), Role: rule.Derived})
	for _, r := range p.Readings {
		f := rule.Fact{Name: r.Key, Role: rule.Reading}
		for _, v := range r.Values {
			f.Values = append(f.Values, v.Name)
		}
		facts = append(facts, f)
	}
	if len(facts) > maxFacts {
		return &PolicyError{"facts", fmt.Sprintf("%d facts and readings, at most %d", len(facts), maxFacts)}
	}
	v, err := rule.NewVocabulary(facts...)
	if err != nil {
		return err
	}
	p.facts = v
	index := func(name string) int {
		if i, ok := v.Index(name); ok {
			return i
		}
		return -1
	}
	p.iLevel, p.iOffering, p.iPhase = index(FactLevel), index(FactOffering), index(FactPhase)
	p.iSecurity, p.iSupport = index(FactSecurityScope), index(FactSupportScope)
	p.iMetric, p.iStated, p.iSeverity, p.iUnit = index(FactMetric), index(FactStatedSeverity), index(FactSeverity), index(FactUnit)
	for i, f := range facts {
		if len(f.Name) > len(FactAddon) && f.Name[:len(FactAddon)] == FactAddon {
			no, _ := v.Code(i, "no")
			yes, ok := v.Code(i, "yes")
			if !ok || no == 0 {
				return &PolicyError{"fact " + f.Name, `wants the values "no" and "yes"`}
			}
			p.addons = append(p.addons, addonFact{f.Name[len(FactAddon):], i, no, yes})
		}
	}
	var errs []error
	for _, r := range p.Readings {
		i := index(r.Key)
		code, ok := v.Code(i, r.Default)
		if !ok {
			errs = append(errs, &PolicyError{"reading " + r.Key, fmt.Sprintf("default %q is not one of its values", r.Default)})
		}
		p.readings = append(p.readings, i)
		p.standard[i] = code
	}
	for _, d := range p.Defaults {
		if i := index(d.Fact); i < 0 {
			errs = append(errs, &PolicyError{"default of " + d.Fact, "no such fact"})
		} else if _, ok := v.Code(i, d.Value); !ok {
			errs = append(errs, &PolicyError{"default of " + d.Fact, fmt.Sprintf("%q is not one of its values", d.Value)})
		}
	}
	for _, m := range p.Implications {
		code := func(fact, value string) (int, uint8) {
			i := index(fact)
			if i < 0 {
				errs = append(errs, &PolicyError{"implication of " + m.Fact, fmt.Sprintf("no fact %q", fact)})
				return 0, 0
			}
			code, ok := v.Code(i, value)
			if !ok {
				errs = append(errs, &PolicyError{"implication of " + m.Fact, fmt.Sprintf("%q is not a value of %s", value, fact)})
			}
			return i, code
		}
		var i implied
		i.fact, i.code = code(m.Fact, m.Value)
		i.ifFact, i.ifCode = code(m.IfFact, m.IfValue)
		p.implied = append(p.implied, i)
	}
	for i, s := range p.Severities {
		p.bySeverity[s] = uint8(i + 1)
	}
	return errors.Join(errs...)
}

func (p *Policy) makeHours() error {
	var errs []error
	for _, h := range p.Hours {
		day := h.Day
		if day == 0 {
			lengths := openLengths(h.Hours)
			if len(lengths) == 1 {
				day = lengths[0]
			}
		}
		if h.Hours.IsZero() {
			errs = append(errs, &PolicyError{"hours " + h.Name, "are never open"})
		}
		p.days = append(p.days, day)
	}
	return errors.Join(errs...)
}

// openLengths returns the different lengths of the open days.
func openLengths(h calendar.Hours) []time.Duration {
	var out []time.Duration
	for d := range time.Weekday(7) {
		length := time.Duration(0)
		for _, w := range h.Day(d) {
			length += time.Duration(w.Close-w.Open) * time.Minute
		}
		if length > 0 && !slices.Contains(out, length) {
			out = append(out, length)
		}
	}
	return out
}

// checkQuestions finds questions that rules make necessary and that have none,
// and answers out of range.
func (p *Policy) checkQuestions() (errs []error) {
	need := func(q Question, why string) {
		if len(p.Rules[q]) == 0 {
			errs = append(errs, &PolicyError{q.String(), "has no rule, and " + why})
		}
	}
	for _, m := range p.Metrics {
		switch m.Kind {
		case First:
			need(QInitialBase, m.Name+" needs to know what a change of severity does")
			need(QInitialResponse, m.Name+" needs to know whose response counts")
		case Ongoing:
			need(QOngoingBase, m.Name+" needs to know where it counts from")
		}
	}
	for _, t := range p.Targets {
		if _, u := t.Amount(); u == BusinessDay {
			need(QBusinessDay, fmt.Sprintf("target %q needs to know what a business day is", t))
			for i, h := range p.Hours {
				if p.days[i] == 0 {
					errs = append(errs, &PolicyError{"hours " + h.Name, "the open days differ in length, so the length of a business day must be given"})
				}
			}
			break
		}
	}
	if len(p.Rules[QTarget]) > 0 {
		need(QClock, "targets are counted on one")
	}
	for _, q := range slices.Sorted(maps.Keys(p.Rules)) {
		if q >= questions {
			errs = append(errs, &PolicyError{q.String(), "is no question"})
			continue
		}
		for _, r := range p.Rules[q] {
			if why := p.badAnswer(q, r.Then); why != "" {
				errs = append(errs, &PolicyError{"rule " + r.ID, why})
			}
			if q == QClock && Clock(r.Then).readsHours() {
				need(QHours, "clock "+Clock(r.Then).String()+" reads them")
				need(QHolidays, "clock "+Clock(r.Then).String()+" reads them")
				need(QLocation, "clock "+Clock(r.Then).String()+" reads it")
				need(QClose, "clock "+Clock(r.Then).String()+" reads it")
			}
		}
	}
	return errs
}

func (p *Policy) badAnswer(q Question, then int) string {
	limit := len(answerWords[q])
	switch q {
	case QClock:
		if then == 0 {
			return "answer 0 is no clock"
		}
	case QTarget, QMeasure:
		limit = len(p.Targets)
	case QHours:
		limit = len(p.Hours)
	case QLocation:
		limit = len(p.Locations)
	case QSeverity:
		if then > 0 && then < 256 && slices.Contains(p.Severities, Severity(then)) {
			return ""
		}
		return fmt.Sprintf("severity %d is not one of the edition's", then)
	}
	if then < 0 || then >= limit {
		return fmt.Sprintf("answer %d is not one of %d", then, limit)
	}
	return ""
}

// derive fills in the facts that follow from others; see [rule.Set.Decide].
func (p *Policy) derive(pt []uint8) {
	if p.iSeverity >= 0 && pt[p.iSeverity] == 0 {
		pt[p.iSeverity] = p.effective(pt)
	}
	if set := p.sets[QTarget]; set != nil && pt[p.iUnit] == 0 {
		if a := set.Decide(pt, nil); a.State == rule.Settled {
			pt[p.iUnit] = uint8(p.Targets[a.Value].unit)
		}
	}
}

// effective returns the code of the severity whose row is used, or 0.
func (p *Policy) effective(pt []uint8) uint8 {
	stated := pt[p.iStated]
	set := p.sets[QSeverity]
	if set == nil {
		return stated
	}
	switch a := set.Decide(pt, nil); a.State {
	case rule.Silent:
		return stated
	case rule.Settled:
		return p.severityCode(Severity(a.Value))
	}
	return 0
}

// code returns the code of a value of a fact, by its name or an alias.
func (p *Policy) code(i int, value string) (uint8, bool) {
	if i < 0 {
		return 0, false
	}
	code, ok := p.facts.Code(i, value)
	if ok {
		return code, true
	}
	for _, a := range p.Aliases {
		if a.Name == value && a.Fact == p.facts.Fact(i).Name {
			return p.facts.Code(i, a.Value)
		}
	}
	return 0, false
}

// severityCode returns the code of a severity, or 0 when there is none such.
func (p *Policy) severityCode(s Severity) uint8 { return p.bySeverity[s] }
