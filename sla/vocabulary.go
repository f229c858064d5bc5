package sla

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/supportterms/supportterms/entitlement/rule"
)

type addonFact struct {
	name    string
	index   int
	no, yes uint8
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
