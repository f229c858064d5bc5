// Package rule decides questions by default rules with exceptions, over facts
// of which some may be missing.
//
// # The model
//
// A [Rule] has conditions and says something when all of them hold. Another
// rule may be an exception to it: the text takes something back ("unless",
// "except", "starting with"). A rule speaks when it holds and none of its
// exceptions, nor theirs, holds. An exception speaks on its own conditions,
// whether or not the rule it excepts holds.
//
// A question is one of two kinds. A value question ([NewValues]) has one
// answer; two rules that speak and differ are a conflict, and rules that could
// come to that are refused. A coverage question ([NewCoverage]) collects all
// that speak, and its [Outcome] is worked out in this order:
//
//  1. where rules exclude, the strongest of their outcomes: not_offered,
//     not_entitled, not_eligible, not_covered, requires_addon, not_guaranteed;
//  2. else where no rule grants, announced if a rule announces it, or
//     unspecified;
//  3. else where rules limit, limited, with all their limits;
//  4. else covered, or standard where every grant is one that needs no
//     subscription.
//
// # What is not known
//
// A point gives each [Fact] of a [Vocabulary] a code, 0 where it is not stated.
// Not stated is not false. A completion gives every missing fact a value, of a
// number or date only the intervals between the thresholds that rules compare
// it with, and computes derived facts anew. An answer is then
//
//   - settled, when every completion gives it;
//   - silent, when in every completion the rules say nothing;
//   - in conflict, when in every completion they disagree;
//   - unsettled, when completions differ.
//
// So a settled answer is firm: stating more never changes it. An unsettled one
// hangs on facts, and [Set.Explain] names them: those for which two completions
// that differ in it alone give different answers.
//
// A reading is a fact that is chosen and not stated: one way to understand
// words that allow several. Left open, with code 0, it is completed like a
// missing fact; [Set.Range] lists the answers that readings can lead to.
//
// # Cost
//
// Rules are bits. A point is decided by one AND for each fact that the rules
// mention; what exceptions silence is precomputed. [Set.Decide] does that
// twice when facts are missing, for the rules that must hold and those that
// may, and searches only where the two differ. The search splits on the fact
// that most open rules ask for. It is exponential at worst, so it ends after
// 4,096 nodes; then the answer is Unsettled and not Exact.
//
// Sets and vocabularies never change and are safe for concurrent use.
package rule
