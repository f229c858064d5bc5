package catalog

import "github.com/supportterms/supportterms/entitlement"

// A Decision is how a verdict came about: what was known, and what became of
// every rule.
type Decision struct {
	Question string            `json:"question"`
	Kind     string            `json:"kind"`
	Known    map[string]string `json:"known"`
	Rules    []DecisionRule    `json:"rules"`
}

// A DecisionRule is what became of one rule. Standing is "applied", "not_met",
// "overridden" or "wanting".
type DecisionRule struct {
	Code     string              `json:"code"`
	Clause   string              `json:"clause"`
	Then     entitlement.Outcome `json:"then"`
	Standing string              `json:"standing"`
	By       string              `json:"by,omitempty"`      // the exception that overrides it
	Lacking  []string            `json:"lacking,omitempty"` // facts that fail it, or that it wants
}

// A DecidedVerdict is a verdict with its decision, as one line of JSON.
type DecidedVerdict struct {
	*Verdict
	Decision Decision `json:"decision"`
}

// Decided returns the verdict with its decision at the end.
func (v *Verdict) Decided() *DecidedVerdict {
	d := Decision{v.verdict.Question, v.verdict.Kind.String(), map[string]string{}, []DecisionRule{}}
	for _, f := range v.verdict.Known() {
		d.Known[f.Name] = f.Value
	}
	for _, s := range v.verdict.Steps() {
		d.Rules = append(d.Rules, DecisionRule{s.Code, s.Clause, s.Then, s.Standing.String(), s.By, s.Lacking})
	}
	return &DecidedVerdict{v, d}
}
