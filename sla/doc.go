// Package sla says by when a provider must respond to a support case, and
// shows its working.
//
// # The model
//
// A description prints a [Target]: "4 business hours", "1 hour", "Weekly". It
// is a number and a unit, not a duration, because which time it is depends on
// a [Clock]: business hours run while a place is open, elapsed ones always, a
// week names an instant. Which target, which clock, which hours and which
// place hold for a case is decided by rules, one set for each [Question], over
// what is known of the contract and the case; see package rule for what a rule
// is and what becomes of facts that are not stated.
//
// A [Policy] is those rules for one edition of a document, made of a [Spec].
// [Policy.Bind] puts a contract to it at the [Places] of one customer, and the
// [Bound] that results answers for any number of cases:
//
//   - [Bound.Due] is the short answer, a small comparable value;
//   - [Bound.Deadline] is the same answer with its reasons: the clauses of the
//     rules that gave it, the readings it rests on, the range over all other
//     readings, and a ledger that accounts for every hour.
//
// # Cases
//
// A [Case] is a log of events in any order of arrival, and the answer a pure
// function of the log and of the instant asked about. At one instant events
// are taken in the order of the [EventKind] constants, the most urgent
// severity first; equal events are one.
//
// A [First] metric counts from the opening to the first response, an [Ongoing]
// one from each response to the next, a [Request] from an escalation to the
// response after it. A response given exactly when it is due has met its
// target. Nothing stops a clock unless the contract's reading of [QHold] says
// that waiting for the customer does.
//
// # What is not known
//
// The zero [Status] is StatusUnspecified: the text is silent. A fact that is
// missing makes the answer undetermined and is named; a level without support
// is not entitled; a severity without a time has no target. None of them is
// ever an instant, and no instant is ever a guess.
package sla
