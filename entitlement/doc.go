// Package entitlement answers what a support contract covers: of a package, a
// product or a service whether it is covered, how far and by which clause; of
// nodes, storage and hours whether they are within what is allowed, and by how
// much not; of a hotfix or a release until when.
//
// # The model
//
// A [Contract] is what was bought: level, scopes, add-ons, term, and the
// readings agreed of words that can be understood in more than one way. A
// [Policy] is the coverage part of one edition of a document: its questions,
// each of a [Kind] with a closed list of outcomes, their facts, and the rules
// of its clauses. It knows kinds, never values: levels, services, limits and
// all numbers are the edition's, so they are strings and figures here and are
// checked when a question is put. Package catalog reads policies from files.
//
// A contract is bound to a policy once ([Policy.Bind]) and asked many times. A
// [Question] is a typed value such as [SecurityFix], or [Facts] by name.
// [Bound.Decide] gives the answer in short; [Bound.Verdict] gives every reason
// with its clause and quantities, what is missing, the readings that mattered,
// the first and the last day of the answer, the nearest rule and the remedies
// of a no, and what other readings would lead to. How rules and exceptions
// decide is in package rule.
//
// # What is not known
//
// What is not stated is not known, which is different from "no": the zero value
// of every type here says nothing. Where an answer hangs on something that is
// not stated it is [Undetermined] and names it; where the text is silent it is
// [Unspecified]. A fact that no program can see is attested by the caller, as a
// [YesNo] or a word; nothing is assumed of it.
//
// A [Figure] is a fact that is computed from others: the phase of a release, what
// is over an allowance. Where the caller states it, and may, that counts.
package entitlement
