package sla

import (
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/supportterms/supportterms/entitlement"
	"github.com/supportterms/supportterms/entitlement/rule"
)

// A Bound is a policy put to one contract at one customer's places: what many
// cases share. It is immutable and safe for concurrent use. It comes from
// [Policy.Bind]; the zero Bound cannot be asked.
type Bound struct {
	policy   *Policy
	at       *Calendars
	pt       point
	chosen   point    // the readings that the contract chose
	defaults []string // clauses of the defaults taken
	rows     []row    // by metric and then severity
}

// Bind puts a contract to the policy. The phase is that of the machine's
// release, "" when not known. The error joins everything in the contract that
// the edition does not have.
//
// That the machine is covered is taken as given, here and in all answers: a
// stated phase that only an add-on covers implies the add-on.
func (p *Policy) Bind(c entitlement.Contract, phase string, at *Calendars) (*Bound, error) {
	p = p.made()
	if at == nil {
		at = p.Calendars(Places{})
	}
	b := &Bound{policy: p, at: at, pt: p.standard}
	var errs []error
	if at.policy != p {
		errs = append(errs, &PolicyError{"calendars", "were made for another policy"})
	}
	put := func(i int, field, fact string, value *string) {
		if *value == "" {
			return
		}
		code, ok := p.code(i, *value)
		if !ok {
			errs = append(errs, p.refuse(i, field, fact, *value))
			return
		}
		b.pt[i] = code
		*value = p.facts.Value(i, code) // by its own name
	}
	put(p.iLevel, "contract.level", FactLevel, &c.Level)
	put(p.iSecurity, "contract.security_scope", FactSecurityScope, &c.SecurityScope)
	put(p.iSupport, "contract.support_scope", FactSupportScope, &c.SupportScope)
	put(p.iOffering, "contract.offering", FactOffering, &c.Offering)
	put(p.iPhase, "release.phase", FactPhase, &phase)
	errs = append(errs, c.Check())
	errs = append(errs, b.addons(c.Addons)...)
	errs = append(errs, b.read(c.Readings)...)
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	b.complete()
	b.tabulate()
	return b, nil
}

func (p *Policy) refuse(i int, field, fact, value string) error {
	e := &ValueError{Field: field, Value: value}
	if i >= 0 {
		e.Allowed = p.facts.Fact(i).Values
	} else {
		e.Why = "the edition has no " + strings.ReplaceAll(fact, "_", " ")
	}
	return e
}

func (b *Bound) addons(bought []string) (errs []error) {
	for _, a := range bought {
		if !slices.Contains(b.policy.Addons, a) {
			errs = append(errs, &ValueError{Field: "contract.addons", Value: a, Allowed: b.policy.Addons})
		}
	}
	for _, a := range b.policy.addons {
		b.pt[a.index] = a.code(bought)
	}
	return errs
}

func (a *addonFact) code(bought []string) uint8 {
	if slices.Contains(bought, a.name) {
		return a.yes
	}
	return a.no
}

func (b *Bound) read(readings map[string]string) (errs []error) {
	p := b.policy
	for _, key := range slices.Sorted(maps.Keys(readings)) {
		value := readings[key]
		i := slices.IndexFunc(p.Readings, func(r entitlement.Reading) bool {
			return r.Key == key || r.Alias == key && r.Alias != ""
		})
		if i < 0 {
			if known, err := p.otherReading(key, value); known {
				errs = append(errs, err)
				continue
			}
			var keys []string
			for _, r := range slices.Concat(p.Readings, p.OtherReadings) {
				keys = append(keys, r.Key)
			}
			slices.Sort(keys)
			errs = append(errs, &ValueError{Field: "readings", Value: key, Allowed: keys})
			continue
		}
		v, ok := p.Readings[i].Value(value)
		if !ok {
			errs = append(errs, noSuchValue(&p.Readings[i], key, value))
			continue
		}
		f := p.readings[i]
		if old := b.chosen[f]; old != 0 && old != uint8(v+1) {
			errs = append(errs, &ValueError{
				Field: "readings." + key, Value: value,
				Why: "the same reading has the value " + p.Readings[i].Values[old-1].Name + " under its other key",
			})
			continue
		}
		b.pt[f], b.chosen[f] = uint8(v+1), uint8(v+1)
	}
	errs = slices.DeleteFunc(errs, func(err error) bool { return err == nil })
	slices.SortFunc(errs, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return errs
}

func noSuchValue(r *entitlement.Reading, key, value string) error {
	e := &ValueError{Field: "readings." + key, Value: value}
	for _, v := range r.Values {
		e.Allowed = append(e.Allowed, v.Name)
	}
	return e
}

// otherReading checks a reading on which no response rests.
func (p *Policy) otherReading(key, value string) (known bool, err error) {
	for i := range p.OtherReadings {
		if r := &p.OtherReadings[i]; r.Key == key || r.Alias == key && r.Alias != "" {
			if _, ok := r.Value(value); !ok {
				return true, noSuchValue(r, key, value)
			}
			return true, nil
		}
	}
	return false, nil
}

// complete gives facts that are not stated what others imply, and then what a
// clause gives by default.
func (b *Bound) complete() {
	p := b.policy
	p.imply(&b.pt)
	for _, d := range p.Defaults {
		if i, _ := p.facts.Index(d.Fact); b.pt[i] == 0 {
			b.pt[i], _ = p.facts.Code(i, d.Value)
			b.defaults = append(b.defaults, d.Clause)
		}
	}
}

func (p *Policy) imply(pt *point) {
	for _, m := range p.implied {
		if pt[m.ifFact] == m.ifCode {
			pt[m.fact] = m.code
		}
	}
}

func (b *Bound) inquiry() inquiry {
	return inquiry{policy: b.policy, at: b.at, pt: b.pt, choose: -1}
}

// tabulate decides the rows of every metric and severity.
func (b *Bound) tabulate() {
	p := b.policy
	b.rows = make([]row, len(p.Metrics)*(len(p.Severities)+1))
	for m := range p.Metrics {
		for s := range b.of(m) {
			in := b.inquiry()
			in.pt[p.iMetric] = uint8(m + 1)
			r := &b.of(m)[s]
			r.code = uint8(s)
			in.decide(r)
			for q := range r.words {
				in.word(r, QInitialBase+Question(q))
			}
		}
	}
}

// of returns the rows of a metric, by the code of the severity.
func (b *Bound) of(metric int) []row {
	n := len(b.policy.Severities) + 1
	return b.rows[metric*n : (metric+1)*n]
}

// metric returns the number of a metric, or -1.
func (b *Bound) metric(name string) int {
	return slices.IndexFunc(b.policy.Metrics, func(m Metric) bool { return m.Name == name })
}

// level returns the level stated, or "".
func (in *inquiry) level() string {
	if i := in.policy.iLevel; i >= 0 && in.pt[i] != 0 {
		return in.policy.facts.Fact(i).Values[in.pt[i]-1]
	}
	return ""
}

// factPath returns where a query states a fact.
func (p *Policy) factPath(i int) string {
	switch f := p.facts.Fact(i); {
	case i == p.iLevel:
		return "contract.level"
	case i == p.iOffering:
		return "contract.offering"
	case i == p.iPhase:
		return "release.phase"
	case i == p.iStated || i == p.iSeverity:
		return "severity"
	case f.Role == rule.Stated && len(f.Name) > len(FactAddon) && f.Name[:len(FactAddon)] == FactAddon:
		return "contract.addons"
	default:
		return f.Name
	}
}

func (p *Policy) severityText(s Severity) string { return strconv.Itoa(int(s)) }
