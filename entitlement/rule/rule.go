package rule

import (
	"slices"

	"github.com/supportterms/supportterms/calendar"
)

// A Condition holds when a fact has one of some values (In), or is a number
// that is large or small enough (AtLeast, AtMost; nil is no bound). There is
// no "or" and no "not": write another rule, or an exception.
type Condition struct {
	Fact            string
	In              []string
	AtLeast, AtMost *int64
}

// On is the name of the ordered fact that a rule's validity is put to.
const On = "on"

// A Rule says that when all its conditions hold Then is the answer, unless an
// exception to it holds. Then is a number of the caller's; see [Effect].
type Rule struct {
	ID     string
	Clause string
	When   []Condition // none: always
	Then   int
	Effect Effect
	Except string          // ID of the rule this is an exception to; "" for none
	Valid  calendar.Period // a further condition on the fact [On]; zero for none
}

// An Effect is what a rule does when it speaks. The zero Effect is Answers.
type Effect uint8

const (
	// Answers gives Then as the answer of a value question. Equal numbers
	// are equal answers.
	Answers Effect = iota
	// Grants gives what was asked about. Then tells grants apart where it
	// matters (the number of a service, in order of precedence) and is
	// otherwise 0.
	Grants
	// Maintains is a grant that needs no subscription: Standard.
	Maintains
	// Limits puts the limit numbered Then, below 64, on what is granted.
	Limits
	// Excludes takes the thing out of coverage. Then is the Outcome.
	Excludes
	// Announces promises it for later.
	Announces
	// Informs changes no answer; it may be a reason, and an exception.
	Informs
)

// String returns "answers", "grants", "maintains" and so on.
func (e Effect) String() string {
	return name(uint8(e), "answers", "grants", "maintains", "limits", "excludes", "announces", "informs")
}

// Day counts the days from 1970-01-01 to d: a date as a number.
func Day(d calendar.Date) int64 {
	return int64(d.UnixDay())
}

// Cuts returns the thresholds that rules put to an ordered fact, as [Fact]
// wants them. The facts of several question sets need those of all.
func Cuts(fact string, rules ...Rule) []int64 {
	var cuts []int64
	for _, r := range rules {
		for _, c := range r.conditions() {
			if c.Fact != fact {
				continue
			}
			if c.AtLeast != nil {
				cuts = append(cuts, *c.AtLeast)
			}
			if cut, ok := c.above(); ok {
				cuts = append(cuts, cut)
			}
		}
	}
	slices.Sort(cuts)
	return slices.Compact(cuts)
}

// above returns the least number that is too large for c.
func (c Condition) above() (cut int64, ok bool) {
	if c.AtMost == nil || *c.AtMost+1 < *c.AtMost {
		return 0, false
	}
	return *c.AtMost + 1, true
}

// conditions returns those of r with its validity made one of them.
func (r Rule) conditions() []Condition {
	if r.Valid == (calendar.Period{}) {
		return r.When
	}
	valid := Condition{Fact: On}
	if !r.Valid.Since.IsZero() {
		valid.AtLeast = new(Day(r.Valid.Since))
	}
	if !r.Valid.Until.IsZero() {
		valid.AtMost = new(Day(r.Valid.Until) - 1)
	}
	return append(slices.Clone(r.When), valid)
}
