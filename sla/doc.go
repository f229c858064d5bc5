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
//
//   - [Bound.Deadline] is the same answer with its reasons: the clauses of the
//     rules that gave it, the readings it rests on, the range over all other
//     readings, and a ledger that accounts for every hour.
//
//   - [Bound.State] says where every promise of a case stands, into memory that
//     is used again, and [Bound.Report] the same with reasons.
//
// # Cases
//
// A [Case] is a log of events in any order of arrival, and every answer a pure
// function of the log and of the instant asked about: what comes later is not
// known, and nothing is stored. At one instant events are taken in the order of
// the [EventKind] constants, the most urgent severity first; equal events are
// one.
//
// A response that is owed is a [Cycle], from what calls for it to what gives it.
// A [First] metric has one from the opening to the first response of a person,
// an [Ongoing] one from each response to the next, a [Request] one from an
// escalation to the response after it. The end of the case ends it too. A case
// that is reopened owes what it still owed, in a cycle of its own: the time in
// between counts for nobody, and what became of the earlier cycle stays. A
// response given exactly when it is due has met its target.
//
// A change of severity re-bases a running cycle as a [Rebase] says: the
// edition's reading, or what the parties agreed for raising and for lowering.
// Place, contract, release and edition are frozen at the opening unless a
// [Change] says otherwise. A cycle keeps what it went through: a deadline that
// was missed before it was replaced has been missed.
//
// Nothing stops a clock unless a rule of the edition says that waiting for the
// customer does ([QHold]). A wait is from awaiting_customer to resumed, or to a
// reopening; a second one within it is nothing. While it goes on before a
// deadline there is no deadline: [Cycle.Resumed] is what it would be.
//
// [State.Next] lists the coming instants at which something changes by itself,
// so that nobody need ask again before. [Bound.WhatIf] puts hypothetical events,
// [Recalculate] many cases to two sets of terms, and an [Attainment] counts what
// became of the responses of a stream of cases.
//
// # What is not known
//
// The zero [Status] is StatusUnspecified: the text is silent. A fact that is
// missing makes the answer undetermined and is named; a level without support
// is not entitled; a severity without a time has no target. None of them is
// ever an instant, and no instant is ever a guess.
package sla
