package entitlement

import (
	"fmt"
	"maps"
	"slices"

	"github.com/supportterms/supportterms/entitlement/rule"
)

func (q *question) compileRules() (errs []error) {
	grants := map[grant]bool{}
	for i := range q.Rules {
		r := &q.Rules[i]
		if why := q.ruleProblem(r); why != "" {
			errs = append(errs, &rule.RuleError{Rule: q.Name + "/" + r.Code, Why: why})
		}
		if e := r.Then.effect(); e == rule.Grants || e == rule.Maintains {
			grants[q.grant(r)] = true
		}
	}
	q.grants = slices.SortedFunc(maps.Keys(grants), q.compareGrants)
	rules := make([]rule.Rule, 0, len(q.Rules))
	var err error
	for i := range q.Rules {
		r := &q.Rules[i]
		out := rule.Rule{ID: q.Name + "/" + r.Code, Clause: r.Clause, When: r.When, Effect: r.Then.effect()}
		if r.Except != "" {
			out.Except = q.Name + "/" + r.Except
		}
		switch out.Effect {
		case rule.Grants, rule.Maintains:
			out.Then = 1 + slices.Index(q.grants, q.grant(r))
		case rule.Limits:
			out.Then = max(0, slices.Index(q.policy.Limits, r.Limit))
		case rule.Excludes:
			out.Then = int(r.Then.exclusion())
		}
		rules = append(rules, out)
	}
	if q.set, err = rule.NewCoverage(q.vocabulary, rules...); err != nil {
		return append(errs, err)
	}
	q.findTurns()
	q.findSubject()
	for i := range q.Rules {
		tests := make([]test, len(q.Rules[i].When))
		for k, c := range q.Rules[i].When {
			tests[k], _ = q.test(c) // NewCoverage has looked at it
		}
		q.tests = append(q.tests, tests)
	}
	return errs
}

// findSubject finds the question's own facts that most rules which grant ask
// for: a rule about something else comes near to nothing.
func (q *question) findSubject() {
	asked, grants := make([]int, len(q.facts)), 0
	for i := range q.Rules {
		if e := q.Rules[i].Then.effect(); e != rule.Grants && e != rule.Maintains {
			continue
		}
		grants++
		for _, c := range q.Rules[i].When {
			at, _ := q.vocabulary.Index(c.Fact)
			asked[at]++
		}
	}
	q.subject = make([]bool, len(q.facts))
	for i, f := range q.facts {
		own := slices.ContainsFunc(q.Facts, func(o Fact) bool { return o.Name == f.name })
		q.subject[i] = own && f.figure == nil && f.typ == Closed && 2*asked[i] > grants
	}
}

// findTurns finds the readings that each fact turns on.
func (q *question) findTurns() {
	q.turns = make([]uint64, len(q.facts))
	for k, r := range q.readings {
		q.turns[r.at] = 1 << k
	}
	for _, f := range q.figures {
		for _, c := range f.cases {
			for _, t := range c.when {
				q.turns[f.at] |= q.turns[t.fact]
			}
			for _, at := range c.at {
				q.turns[f.at] |= q.turns[at]
			}
		}
	}
}

// findGiven finds what the contract, the readings and the release settle, and
// the figures that they do not. What a typed question states beside the release
// must not be among it: a stated figure wins.
func (q *question) findGiven() {
	settled := make([]bool, len(q.facts))
	for i, f := range q.facts {
		settled[i] = f.reading || f.name == FactRelease || f.figure == nil && q.ofContract(f.name) &&
			f.name != FactContractTerm && f.name != FactMachineBought && f.name != FactOfferingBought && f.name != FactOnStated
	}
	for _, f := range q.figures {
		settled[f.at] = true
		for _, c := range f.cases {
			for _, t := range c.when {
				settled[f.at] = settled[f.at] && settled[t.fact]
			}
			for _, at := range c.at {
				settled[f.at] = settled[f.at] && settled[at]
			}
		}
		if !settled[f.at] {
			q.later = append(q.later, f)
		}
	}
	for i, yes := range settled {
		if yes {
			q.given = append(q.given, i)
		}
	}
	q.fast = q.plan != nil && q.set.Len() <= 64
	if !q.fast {
		return
	}
	for i := range q.Rules {
		if f := q.facts[max(0, q.gives(i))].figure; f != nil && q.gives(i) >= 0 {
			f.rules |= 1 << i
		}
	}
	for k := len(q.figures) - 1; k >= 0; k-- { // those computed from it come after it
		f := q.figures[k]
		f.rules |= q.set.Asks(f.at)
		for _, c := range f.cases {
			switch c.formula.(type) {
			case Difference, Excess, Total, UptimeKept: // which refuse what cannot be
				f.rules = everyRule
			}
			for _, t := range c.when {
				if from := q.facts[t.fact].figure; from != nil {
					from.rules |= f.rules
				}
			}
			for _, at := range c.at {
				if from := q.facts[at].figure; from != nil {
					from.rules |= f.rules
				}
			}
		}
	}
	for k, p := range q.plan {
		if k >= len(aboutFacts) && p.at >= 0 && q.facts[p.at].figure != nil {
			q.fast = false
		}
	}
}

// ruleProblem says what is wrong with a rule beside its conditions.
func (q *question) ruleProblem(r *Rule) string {
	p := q.policy
	switch o := r.Then; {
	case !slices.Contains(q.Kind.Outcomes(), o):
		return fmt.Sprintf("says %v, which is no answer to a question of kind %v", o, q.Kind)
	case (o == Limited) != (r.Limit != "") || r.Limit != "" && !slices.Contains(p.Limits, r.Limit):
		return fmt.Sprintf("has the limit %q; one that the edition has goes with limited, and with nothing else", r.Limit)
	case r.Service != "" && (o != Covered || !slices.Contains(p.Services, r.Service)):
		return fmt.Sprintf("has the service %q; one that the edition has may go with covered, and with nothing else", r.Service)
	case (o == Amount || o == Dated) && r.Gives == "":
		return fmt.Sprintf("says %v and does not say which figure it gives", o)
	case r.Gives != "" && o.effect() != rule.Grants && o != Standard:
		return "gives a figure and grants nothing"
	case r.Gives != "" && q.Name != phaseQuestion && !q.mayGive(o, r.Gives):
		return fmt.Sprintf("gives %q; a number goes with amount, a date with date, and a word with nothing", r.Gives)
	case r.Remedy != "" && (!o.IsNo() || !slices.Contains(p.Addons, r.Remedy)):
		return fmt.Sprintf("has the remedy %q; an add-on that the edition has may go with a no, and with nothing else", r.Remedy)
	}
	return ""
}

// mayGive reports whether a figure has the type that an outcome answers.
func (q *question) mayGive(o Outcome, figure string) bool {
	at, _ := q.vocabulary.Index(figure)
	typ := q.facts[at].typ
	return typ == Numeric && o != Dated || typ == Dates && o != Amount
}

func (q *question) grant(r *Rule) grant {
	g := grant{r.Then, r.Service, -1}
	if at, ok := q.vocabulary.Index(r.Gives); ok {
		g.gives = at
	}
	return g
}

// gives returns the place of the figure that rule i answers, or -1.
func (q *question) gives(i int) int {
	if at, ok := q.vocabulary.Index(q.Rules[i].Gives); ok {
		return at
	}
	return -1
}

// compareGrants puts services in the edition's order of precedence, before
// grants without one.
func (q *question) compareGrants(a, b grant) int {
	rank := func(g grant) int {
		if i := slices.Index(q.policy.Services, g.service); i >= 0 {
			return i
		}
		return len(q.policy.Services)
	}
	if d := rank(a) - rank(b); d != 0 {
		return d
	}
	if d := int(a.outcome) - int(b.outcome); d != 0 {
		return d
	}
	return a.gives - b.gives
}
