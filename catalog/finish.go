package catalog

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/supportterms/supportterms/entitlement"
	"github.com/supportterms/supportterms/entitlement/rule"
	"github.com/supportterms/supportterms/sla"
)

func (r *reader) checkCites() {
	there := map[string]bool{}
	var numbers []string
	for _, c := range r.edition.Clauses {
		if there[c.Number] = true; c.Number != "" {
			numbers = append(numbers, c.Number)
		}
	}
	for _, f := range r.cites {
		if s := strings.TrimSpace(f.value.Value); !there[s] {
			r.fail(f.value, f.path, "clause %q is not in the edition: %s", s, wanted(s, numbers))
		}
	}
	if r.checkUnused(); r.failures == 0 {
		r.checkAlike()
	}
}

// checkUnused refuses readings and figures that nothing rests on, in the order
// of the file.
func (r *reader) checkUnused() {
	var unused []field
	for key, f := range r.keys {
		if !r.used[key] {
			unused = append(unused, f)
		}
	}
	for name := range r.coverage.figures { // one that could not be read may use others
		if !r.used[name] && !r.coverage.broken && name != entitlement.FactPhase {
			unused = append(unused, r.parts["figure "+name])
		}
	}
	slices.SortFunc(unused, func(a, b field) int {
		return cmp.Or(a.name.Line-b.name.Line, a.name.Column-b.name.Column)
	})
	for _, f := range unused {
		what := "figure"
		if _, ok := r.keys[f.key]; ok {
			what = "reading"
		}
		r.fail(f.name, f.path, "no rule rests on this %s; use it or leave it out", what)
	}
}

// checkAlike refuses values of a reading that no condition tells apart, so that
// it can never matter which of them is chosen.
func (r *reader) checkAlike() {
	asked := map[string][]rule.Condition{} // by reading
	ask := func(when []rule.Condition) {
		for _, c := range when {
			if _, ok := r.keys[c.Fact]; ok {
				asked[c.Fact] = append(asked[c.Fact], c)
			}
		}
	}
	for _, rules := range r.spec.Rules {
		for _, rl := range rules {
			ask(rl.When)
		}
	}
	for _, q := range r.coverage.Questions {
		for _, rl := range q.Rules {
			ask(rl.When)
		}
	}
	for _, f := range r.coverage.Spec.Figures {
		for _, c := range f.Cases {
			ask(c.When)
		}
	}
	for _, k := range r.spec.Readings {
		for i, v := range k.Values {
			for _, other := range k.Values[:i] {
				told := slices.ContainsFunc(asked[k.Key], func(c rule.Condition) bool {
					return slices.Contains(c.In, v.Name) != slices.Contains(c.In, other.Name)
				})
				if !told {
					f := r.keys[k.Key]
					r.fail(f.name, f.path, "no rule tells %s and %s apart; write one that does, or leave one out", other.Name, v.Name)
				}
			}
		}
	}
}

// checkExceptions refuses exceptions to nothing.
func (r *reader) checkExceptions() {
	ids := map[sla.Question][]string{}
	for id, at := range r.rules {
		ids[at.question] = append(ids[at.question], id)
	}
	for _, all := range ids {
		slices.Sort(all)
	}
	for _, x := range r.excepts {
		if at, ok := r.rules[x.rule.Except]; !ok || at.question != x.question {
			r.fail(x.value, x.path, "%q is no rule for %s: %s", x.rule.Except, x.question.String(), wanted(x.rule.Except, ids[x.question]))
			r.settled[x.value] = true // of one row, not of each cell
			r.torn[x.question] = true
		}
	}
}

// finish makes the policy of what was read, and gives problems found in it
// their places. Where something could not be read it looks at the questions
// that are whole.
func (r *reader) finish() {
	for _, c := range r.edition.Clauses {
		r.spec.Clauses = append(r.spec.Clauses, c.Number)
	}
	for q := range r.spec.Rules {
		if r.torn[q] {
			delete(r.spec.Rules, q)
		}
	}
	whole := r.failures == 0
	r.splitFacts()
	c := &r.coverage
	c.Edition, c.InForce, c.Addons = r.edition.ID, r.edition.InForce, r.spec.Addons
	c.Questions = slices.DeleteFunc(c.Questions, func(q entitlement.QuestionSpec) bool { return c.torn[q.Name] || c.torn[everyQuestion] })
	var err, err2 error
	r.edition.policy, err = sla.NewPolicy(r.spec)
	if whole || len(c.Questions) > 0 && !c.broken {
		r.edition.coverage, err2 = entitlement.NewPolicy(c.Spec)
	}
	if err = errors.Join(err, err2); err == nil {
		return
	}
	for _, err := range flatten(err) {
		var inRule *rule.RuleError
		var inFact *rule.FactError
		var inPart *sla.PolicyError
		var inTerms *entitlement.PolicyError
		switch {
		case errors.As(err, &inRule):
			at := r.rules[inRule.Rule]
			why := ruleName.ReplaceAllStringFunc(inRule.Why, func(s string) string {
				if other, ok := r.rules[strings.Trim(s, `"`)]; ok {
					s += fmt.Sprintf(" of line %d", other.name.Line)
				}
				return s
			})
			r.fail(at.name, at.path, "rule %q %v", inRule.Rule, errors.New(why))
		case !whole: // it may be for want of what could not be read
		case errors.As(err, &inTerms):
			at := r.parts[inTerms.Part]
			if named, ok := strings.CutPrefix(inTerms.Part, "rule "); ok {
				at = r.rules[named].field
			}
			between := " "
			if inTerms.Why[0] <= '9' { // so many of something
				between = ": "
			}
			r.fail(at.name, at.path, "%v", errors.New(inTerms.Part+between+inTerms.Why))
		case errors.As(err, &inFact):
			at, ok := r.parts["fact "+inFact.Fact]
			if !ok {
				at = r.parts["figure "+inFact.Fact]
			}
			r.fail(at.name, at.path, "%v", err)
		case errors.As(err, &inPart):
			at, ok := r.parts[inPart.Part]
			if !ok {
				at = r.parts[""]
			}
			r.fail(at.name, at.path, "%v", errors.New(inPart.Part+": "+inPart.Why))
		default:
			r.fail(nil, "", "%v", err)
		}
	}
}

var ruleName = regexp.MustCompile(`"[^"]*/[^"]*"`)

// flatten returns the errors that were joined.
func flatten(err error) []error {
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []error{err}
	}
	var out []error
	for _, e := range joined.Unwrap() {
		out = append(out, flatten(e)...)
	}
	return out
}
