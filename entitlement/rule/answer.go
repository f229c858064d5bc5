package rule

// A State says how firm an answer is. The zero State is Silent.
type State uint8

const (
	// Silent: the rules say nothing, however the facts are completed. In a
	// coverage question limits and information alone say nothing.
	Silent State = iota
	// Settled: every completion gives this answer.
	Settled
	// Unsettled: completions differ.
	Unsettled
	// Conflict: in every completion rules of equal standing disagree.
	Conflict
)

// String returns "silent", "settled", "unsettled" or "conflict".
func (s State) String() string { return name(uint8(s), "silent", "settled", "unsettled", "conflict") }

// An Outcome is the answer to a coverage question. The exclusions are in
// order, so that of two the greater is the stronger. The zero Outcome is
// Unspecified.
type Outcome uint8

const (
	Unspecified   Outcome = iota // the text is silent
	Covered                      // granted, without a limit
	Standard                     // granted, without a limit and without a subscription
	Limited                      // granted, with limits
	Announced                    // promised for later
	NotGuaranteed                // may be done, is not promised
	RequiresAddon                // the clause names an add-on
	NotCovered                   // outside what is covered
	NotEligible                  // a precondition of coverage fails
	NotEntitled                  // the document has it, this contract does not
	NotOffered                   // the document has no such service
)

// String returns "unspecified", "covered", "not_guaranteed" and so on.
func (o Outcome) String() string {
	return name(uint8(o), "unspecified", "covered", "standard", "limited", "announced", "not_guaranteed",
		"requires_addon", "not_covered", "not_eligible", "not_entitled", "not_offered")
}

// excludes reports whether a rule may exclude with o.
func (o Outcome) excludes() bool { return NotGuaranteed <= o && o <= NotOffered }

// An Answer is what a set of rules says about a point, small and comparable.
// Value, Outcome and Limits are zero unless the answer is Settled. The zero
// Answer is Silent without proof.
type Answer struct {
	State   State
	Exact   bool    // false: the search gave up, and the answer is Unsettled for want of proof
	Outcome Outcome // coverage questions
	Value   int     // value questions: Then; coverage: the least Then but 0 of the grants that speak, where the outcome is a grant
	Limits  uint64  // coverage questions, Limited: bit n is limit n
	Ask     int     // Unsettled: the missing fact that most open rules ask for; otherwise -1
}

// same reports whether a and b say the same, however they were found.
func (a Answer) same(b Answer) bool {
	a.Exact, a.Ask = b.Exact, b.Ask
	return a == b
}
