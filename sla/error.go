package sla

import (
	"fmt"

	"github.com/supportterms/supportterms/entitlement"
)

// A ParseError reports text that cannot be read.
type ParseError struct {
	What  string // what was being read: "target", "event kind"
	Input string
	Want  string // what would have been accepted
}

func (e *ParseError) Error() string {
	return fmt.Sprintf("cannot read %s %q: want %s", e.What, e.Input, e.Want)
}

// A CaseError reports a case that cannot be: which event, and why.
type CaseError struct{ Event, Why string }

func (e *CaseError) Error() string {
	if e.Event == "" {
		return "case: " + e.Why
	}
	return "case: " + e.Event + ": " + e.Why
}

// A PolicyError reports a policy that cannot be.
type PolicyError struct{ Part, Why string }

func (e *PolicyError) Error() string { return "policy: " + e.Part + ": " + e.Why }

// A ValueError reports a value that an edition does not have.
type ValueError = entitlement.ValueError
