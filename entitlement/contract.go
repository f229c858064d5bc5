package entitlement

import (
	"errors"
	"fmt"

	"github.com/supportterms/supportterms/calendar"
)

// Support levels of the built-in editions.
const (
	SelfSupport = "self-support"
	Weekday     = "weekday"
	AllHours    = "24x7"
)

// Security and support scopes of the built-in editions.
const (
	ScopePro       = "pro"
	ScopeInfraOnly = "infra-only"
	ScopeAppsOnly  = "apps-only"

	SupportFull  = "full"
	SupportInfra = "infra"
	SupportNone  = "none"
)

// Legacy is the add-on that extends the support term.
const Legacy = "legacy"

// A Contract is one purchase. The zero Contract states nothing.
type Contract struct {
	Level         string
	SecurityScope string
	SupportScope  string
	// Addons are those bought; nil is none.
	Addons []string
	// Machines are the kinds of machine it is for; nil is not stated.
	Machines []string
	// From and Until are the first and the last day of its term; a zero date
	// is not stated.
	From, Until calendar.Date
	// Offering is the one asked about, in editions that sell offerings. It is
	// the one bought too where Offerings does not say.
	Offering string
	// Offerings are those bought; nil is not stated.
	Offerings []Purchase
	// Readings are those agreed, by key; others have the edition's default.
	Readings map[string]string
}

// OutsideTerm reports whether a day is before or after the contract's term. An
// end that is not stated is no end.
func (c Contract) OutsideTerm(on calendar.Date) bool {
	return !c.From.IsZero() && on.Before(c.From) || !c.Until.IsZero() && on.After(c.Until)
}

// A ContractError names two terms that cannot stand in one contract.
type ContractError struct {
	Field, Value           string
	OtherField, OtherValue string
}

func (e *ContractError) Error() string {
	return fmt.Sprintf("contract: %s %q cannot stand with %s %q", e.Field, e.Value, e.OtherField, e.OtherValue)
}

// Check returns a [*ContractError] for each pair of terms that exclude one
// another, joined.
func (c Contract) Check() error {
	var errs []error
	refuse := func(field, value, other, otherValue string) {
		errs = append(errs, &ContractError{field, value, other, otherValue})
	}
	if c.Level == SelfSupport && c.SupportScope != "" && c.SupportScope != SupportNone ||
		c.Level != "" && c.Level != SelfSupport && c.SupportScope == SupportNone {
		refuse("level", c.Level, "support_scope", c.SupportScope)
	}
	if c.SupportScope == SupportFull && c.SecurityScope != "" && c.SecurityScope != ScopePro {
		refuse("support_scope", c.SupportScope, "security_scope", c.SecurityScope)
	}
	if c.Level != "" && c.Offering != "" {
		refuse("level", c.Level, "offering", c.Offering)
	} else if c.Level != "" && len(c.Offerings) > 0 {
		refuse("level", c.Level, "offerings", c.Offerings[0].Offering)
	}
	return errors.Join(errs...)
}
