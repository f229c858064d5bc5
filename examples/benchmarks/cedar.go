package main

import (
	"fmt"
	"slices"
	"strings"

	cedar "github.com/cedar-policy/cedar-go"

	"github.com/supportterms/supportterms/catalog"
	"github.com/supportterms/supportterms/entitlement"
	"github.com/supportterms/supportterms/entitlement/rule"
)

const edition = "ubuntu-pro/2025-07-02"

// Sides are one edition's rules for two questions, as supportterms has them and
// as policies of Cedar.
type sides struct {
	policy    *entitlement.Policy
	questions map[string]entitlement.QuestionSpec
	set       *cedar.PolicySet
	probes    map[string]map[string]*entitlement.Policy // by question and fact
}

func newSides() (*sides, error) {
	e, err := catalog.Builtin().Edition(edition)
	if err != nil {
		return nil, err
	}
	s := &sides{
		policy: e.Coverage(), questions: map[string]entitlement.QuestionSpec{},
		set: cedar.NewPolicySet(), probes: map[string]map[string]*entitlement.Policy{},
	}
	for _, q := range s.policy.Questions {
		if q.Name != "security-fix" && q.Name != "support-request" {
			continue
		}
		s.questions[q.Name], s.probes[q.Name] = q, map[string]*entitlement.Policy{}
		for _, r := range q.Rules {
			if err := add(s.set, q, r); err != nil {
				return nil, fmt.Errorf("rule %s: %w", r.Code, err)
			}
			for _, c := range r.When {
				if s.probes[q.Name][c.Fact] != nil {
					continue
				}
				if s.probes[q.Name][c.Fact], err = probe(s.policy.Spec, q, c.Fact); err != nil {
					return nil, err
				}
			}
		}
	}
	return s, nil
}

// add writes a rule as a policy: one that grants permits, one that excludes
// forbids, "unless" an exception holds. Limits and notes change no yes or no.
func add(set *cedar.PolicySet, q entitlement.QuestionSpec, r entitlement.Rule) error {
	effect := "permit"
	switch {
	case r.Then.IsNo():
		effect = "forbid"
	case !r.Then.IsGrant() || r.Then == entitlement.Limited:
		return nil
	}
	text := fmt.Sprintf("%s (principal, action == Action::%q, resource) when { %s }", effect, q.Name, all(r.When))
	for _, e := range exceptions(q.Rules, r.Code) {
		text += fmt.Sprintf(" unless { %s }", all(e.When))
	}
	var p cedar.Policy
	if err := p.UnmarshalCedar([]byte(text + ";")); err != nil {
		return err
	}
	set.Add(cedar.PolicyID(q.Name+"/"+r.Code), &p)
	return nil
}

// exceptions returns the exceptions to a rule, and theirs.
func exceptions(rules []entitlement.Rule, code string) (out []entitlement.Rule) {
	for _, r := range rules {
		if r.Except == code {
			out = append(append(out, r), exceptions(rules, r.Code)...)
		}
	}
	return out
}

func all(conditions []rule.Condition) string {
	out := []string{"true"}
	for _, c := range conditions {
		attribute := fmt.Sprintf("context[%q]", c.Fact)
		switch {
		case len(c.In) == 1:
			out = append(out, fmt.Sprintf("%s == %q", attribute, c.In[0]))
		case len(c.In) > 1:
			out = append(out, fmt.Sprintf(`["%s"].contains(%s)`, strings.Join(c.In, `", "`), attribute))
		default:
			out = append(out, fmt.Sprintf("context has %q", c.Fact))
		}
		if c.AtLeast != nil {
			out = append(out, fmt.Sprintf("%s >= %d", attribute, *c.AtLeast))
		}
		if c.AtMost != nil {
			out = append(out, fmt.Sprintf("%s <= %d", attribute, *c.AtMost))
		}
	}
	return strings.Join(out[min(1, len(out)-1):], " && ")
}

// probe makes a policy that answers a question with the value of one fact: the
// "service" it grants is a word's name, and a number or a date is given.
func probe(s entitlement.Spec, q entitlement.QuestionSpec, fact string) (*entitlement.Policy, error) {
	s.Services = nil
	for _, f := range slices.Concat(q.Facts, s.Facts) {
		if f.Name == fact {
			s.Services = append(s.Services, f.Values...)
		}
	}
	for _, r := range q.Rules {
		for _, c := range r.When {
			if c.Fact == fact {
				s.Services = append(s.Services, c.In...) // a figure's words are declared nowhere else
			}
		}
	}
	slices.Sort(s.Services)
	s.Services = slices.Compact(s.Services)
	q.Rules = nil
	for _, value := range s.Services {
		q.Rules = append(q.Rules, entitlement.Rule{
			Code: value, When: []rule.Condition{{Fact: fact, In: []string{value}}}, Then: entitlement.Covered, Service: value,
		})
	}
	if q.Rules == nil {
		q.Rules = []entitlement.Rule{{Code: fact, Then: entitlement.Covered, Gives: fact}}
	}
	s.Questions = []entitlement.QuestionSpec{q}
	return entitlement.NewPolicy(s)
}

// request puts a question to Cedar, with all that its rules ask for: stated,
// given by default, or computed. A word that is not known is empty, so that no
// policy has to look whether there is one; one that no rule asks for may be
// "(another)".
func (s *sides) request(contract entitlement.Contract, q entitlement.Question) (cedar.Request, error) {
	context := cedar.RecordMap{}
	for fact, p := range s.probes[q.Name()] {
		b, err := p.Bind(contract)
		if err != nil {
			return cedar.Request{}, err
		}
		a, err := b.Decide(q)
		name := cedar.String(fact)
		switch {
		case err != nil:
			return cedar.Request{}, err
		case a.Outcome == entitlement.DocumentNotInForce:
			return cedar.Request{}, fmt.Errorf("asked of a day before the edition")
		case a.Gives != "":
			context[name] = cedar.Long(a.Value)
		case a.Outcome == entitlement.Unspecified:
			context[name] = cedar.String("(another)")
		case len(p.Services) > 0:
			context[name] = cedar.String(a.Service)
		}
	}
	return cedar.Request{
		Principal: cedar.NewEntityUID("Contract", "asked"), Action: cedar.NewEntityUID("Action", cedar.String(q.Name())),
		Resource: cedar.NewEntityUID("Edition", edition), Context: cedar.NewRecord(context),
	}, nil
}
