package entitlement

import (
	"slices"
	"strings"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/entitlement/rule"
)

// An Outcome is the answer to a question. The zero Outcome is Undetermined.
type Outcome uint8

const (
	// Undetermined: the answer hangs on something that is not stated, or on a
	// linked table that is not known; it is named.
	Undetermined Outcome = iota
	Unspecified          // the text is silent
	DocumentNotInForce
	Covered
	Standard // maintained without a subscription
	Limited
	Announced
	RequiresAddon
	NotGuaranteed
	NotCovered
	Eligible
	NotEligible // a precondition of coverage fails
	Permitted
	NotPermitted
	Within
	Exceeded
	Amount // a number is the answer
	Met
	Missed
	Dated       // a date is the answer
	Statement   // the text says something that is not for a program to decide
	NotEntitled // the document has it, this contract does not include it
	NotOffered  // the document has no such service
	// Info is what a rule says that is a reason and changes no answer. It is
	// never the answer to a question.
	Info
)

var outcomes = []string{
	"undetermined", "unspecified", "document_not_in_force",
	"covered", "standard", "limited", "announced", "requires_addon", "not_guaranteed", "not_covered",
	"eligible", "not_eligible", "permitted", "not_permitted", "within", "exceeded", "amount", "met", "missed",
	"date", "statement", "not_entitled", "not_offered", "info",
}

// String returns the outcome as answers have it: "not_covered".
func (o Outcome) String() string {
	if int(o) < len(outcomes) {
		return outcomes[o]
	}
	return "outcome " + N(int64(o)).String()
}

// MarshalText writes o as String does.
func (o Outcome) MarshalText() ([]byte, error) { return []byte(o.String()), nil }

// ParseOutcome reads an outcome, with "-" for "_" too.
func ParseOutcome(s string) (Outcome, error) {
	if i := slices.Index(outcomes, strings.ReplaceAll(s, "-", "_")); i >= 0 {
		return Outcome(i), nil
	}
	return 0, &calendar.ParseError{What: "outcome", Input: s, Want: strings.Join(outcomes, ", ")}
}

// IsGrant reports whether o is a yes, with limits or without.
func (o Outcome) IsGrant() bool { return o.effect() == rule.Grants || o == Standard || o == Limited }

// IsNo reports whether o takes something out of coverage. What is Unspecified,
// Announced or Undetermined is neither a yes nor a no.
func (o Outcome) IsNo() bool { return o.effect() == rule.Excludes }

// effect is what a rule with this outcome does.
func (o Outcome) effect() rule.Effect {
	switch o {
	case Covered, Eligible, Permitted, Within, Amount, Met, Dated, Statement:
		return rule.Grants
	case Standard:
		return rule.Maintains
	case Limited:
		return rule.Limits
	case Announced:
		return rule.Announces
	case RequiresAddon, NotGuaranteed, NotCovered, NotEligible, NotPermitted, Exceeded, Missed, NotEntitled, NotOffered:
		return rule.Excludes
	}
	return rule.Informs
}

// exclusion is the strength of an outcome that excludes. The no of each kind
// of question is as strong as that of a coverage question.
func (o Outcome) exclusion() rule.Outcome {
	switch o {
	case NotGuaranteed:
		return rule.NotGuaranteed
	case RequiresAddon:
		return rule.RequiresAddon
	case NotEligible:
		return rule.NotEligible
	case NotEntitled:
		return rule.NotEntitled
	case NotOffered:
		return rule.NotOffered
	}
	return rule.NotCovered
}

// A Kind is a kind of question. It has its own words for yes and no.
type Kind uint8

const (
	CoverageKind Kind = iota
	EligibilityKind
	PermissionKind
	QuantityKind
	MeasureKind
	TermKind
	StatementKind
)

// kinds has the name of each kind, its no, and the outcomes of its rules
// beside those that every kind has.
var kinds = []struct {
	name     string
	no       Outcome
	outcomes []Outcome
}{
	{"coverage", NotCovered, []Outcome{Covered, Standard, Limited, Announced, RequiresAddon, NotGuaranteed, NotCovered}},
	{"eligibility", NotEligible, []Outcome{Eligible}},
	{"permission", NotPermitted, []Outcome{Permitted, NotPermitted}},
	{"quantity", Exceeded, []Outcome{Within, Exceeded, Amount}},
	{"measure", Missed, []Outcome{Met, Missed}},
	{"term", NotCovered, []Outcome{Covered, Standard, NotCovered, Dated}},
	{"statement", NotCovered, []Outcome{Statement}},
}

// String returns "coverage", "eligibility" and so on.
func (k Kind) String() string {
	if int(k) < len(kinds) {
		return kinds[k].name
	}
	return "kind " + N(int64(k)).String()
}

// ParseKind reads the name of a kind of question.
func ParseKind(s string) (Kind, error) {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		if names[i] = k.name; k.name == s {
			return Kind(i), nil
		}
	}
	return 0, &calendar.ParseError{What: "kind of question", Input: s, Want: strings.Join(names, ", ")}
}

// Outcomes returns those a rule for a question of this kind may have.
func (k Kind) Outcomes() []Outcome {
	return append(slices.Clone(kinds[k].outcomes), NotEligible, NotEntitled, NotOffered, Info)
}
