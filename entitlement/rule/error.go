package rule

import (
	"fmt"
	"strings"
)

// A FactError says what is wrong with a fact of a vocabulary.
type FactError struct{ Fact, Why string }

func (e *FactError) Error() string { return fmt.Sprintf("fact %q %s", e.Fact, e.Why) }

// A RuleError says what is wrong with a rule of a set.
type RuleError struct{ Rule, Why string }

func (e *RuleError) Error() string { return fmt.Sprintf("rule %q %s", e.Rule, e.Why) }

// A RangeError says that more than Limit combinations of readings had to be
// told apart. Facts names the readings that were varied.
type RangeError struct {
	Facts []string
	Limit int
}

func (e *RangeError) Error() string {
	return fmt.Sprintf("more than %d combinations of %s matter", e.Limit, strings.Join(e.Facts, ", "))
}
