package entitlement

import (
	"fmt"
	"strings"
)

// A PolicyError reports a policy that cannot be.
type PolicyError struct{ Part, Why string }

func (e *PolicyError) Error() string { return "policy: " + e.Part + ": " + e.Why }

// A ValueError reports something stated that an edition does not have, or that
// cannot be.
type ValueError struct {
	Field   string // where it was given: "contract.level", "facts.component"
	Value   string
	Allowed []string // what may be given
	Why     string   // instead of Allowed
}

func (e *ValueError) Error() string {
	if e.Why != "" {
		return fmt.Sprintf("%s %q: %s", e.Field, e.Value, e.Why)
	}
	if len(e.Allowed) == 0 {
		return fmt.Sprintf("%s %q is not known: the edition has none", e.Field, e.Value)
	}
	s := fmt.Sprintf("%s %q is not known: want one of %s", e.Field, e.Value, strings.Join(e.Allowed, ", "))
	if n := Nearest(e.Value, e.Allowed); n != "" {
		s += " (" + n + "?)"
	}
	return s
}

// Nearest returns the word most like s, or "" when none is.
func Nearest(s string, words []string) string {
	const longest = 100
	best, least := "", len(s)/2+1
	if len(s) > longest {
		return ""
	}
	for _, w := range words {
		if max(len(w)-len(s), len(s)-len(w)) >= least {
			continue
		}
		if d := distance(s, w); d < least {
			best, least = w, d
		}
	}
	return best
}

// distance is the number of letters to put in, leave out or change.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
