package entitlement

import (
	"slices"
	"strings"

	"github.com/supportterms/supportterms/entitlement/rule"
)

// remedy adds what would change the no of a rule.
func (e *explainer) remedy(v *Verdict, r *Rule, reason Reason) {
	if !r.Then.IsNo() {
		return
	}
	add := func(m Remedy) {
		if !slices.ContainsFunc(v.Remedies, func(o Remedy) bool {
			return o.Addon == m.Addon && o.Quantity == m.Quantity && o.Unit == m.Unit && slices.Equal(o.Machines, m.Machines)
		}) {
			v.Remedies = append(v.Remedies, m)
		}
	}
	if r.Remedy != "" {
		add(Remedy{Addon: r.Remedy})
	}
	switch {
	case len(reason.Machines) > 0:
		add(Remedy{Machines: reason.Machines})
	case reason.Shortfall.stated && reason.Shortfall.thousandths > 0:
		add(Remedy{Quantity: reason.Shortfall, Unit: reason.Unit})
	}
}

// nearest finds the rule that lacked least to grant, where none does. Rules
// about something else than was asked come near to nothing.
func (e *explainer) nearest(v *Verdict, d rule.Decision) {
	least := -1
	for i, st := range d.Steps {
		g := e.question.Rules[i].Then.effect()
		if g != rule.Grants && g != rule.Maintains {
			continue
		}
		if st.Standing == rule.Applied {
			return
		}
		if st.Standing != rule.NotMet || slices.ContainsFunc(st.Lacking, func(f int) bool { return e.question.subject[f] }) {
			continue
		}
		if least < 0 || len(st.Lacking) < len(d.Steps[least].Lacking) {
			least = i
		}
	}
	if least < 0 {
		return
	}
	r := &e.question.Rules[least]
	v.Nearest = &NearestRule{r.Code, r.Clause, v.steps[least].lacking}
	for i, st := range d.Steps {
		if st.Standing == rule.Applied && (v.Outcome == NotOffered || e.final(&e.question.Rules[i])) {
			return // nothing that can be bought changes it
		}
	}
	for _, name := range v.Nearest.Lacking {
		if addon, ok := strings.CutPrefix(name, FactAddon); ok && !slices.ContainsFunc(v.Remedies, func(r Remedy) bool { return r.Addon == addon }) {
			v.Remedies = append(v.Remedies, Remedy{Addon: addon})
		}
	}
}

// final reports whether a rule that speaks says no whatever the contract has, and
// however many there are of something.
func (e *explainer) final(r *Rule) bool {
	reason := e.reason(r)
	if !r.Then.IsNo() || r.Remedy != "" || reason.Shortfall.stated || len(reason.Machines) > 0 {
		return false
	}
	return !slices.ContainsFunc(e.question.Rules, func(o Rule) bool {
		return (o.Code == r.Code || o.Except == r.Code) && slices.ContainsFunc(o.When, func(c rule.Condition) bool {
			at, _ := e.question.vocabulary.Index(c.Fact)
			return e.question.contractual(at)
		})
	})
}

// contractual reports whether a fact turns on what the contract says.
func (q *question) contractual(at int) bool {
	f := &q.facts[at]
	if f.figure == nil {
		return q.ofContract(f.name) || f.name == FactOffering
	}
	for _, c := range f.figure.cases {
		for _, t := range c.when {
			if q.contractual(t.fact) {
				return true
			}
		}
		if slices.ContainsFunc(c.at, q.contractual) {
			return true
		}
	}
	return false
}
