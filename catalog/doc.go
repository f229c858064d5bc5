// Package catalog reads descriptions of a support service and answers questions
// by them.
//
// # The model
//
// A document is what a vendor publishes on its service; an [Edition] is one
// dated text of it. Its clauses stand in the document's order. Under a clause
// stand its rules: what the text decides, for which facts. A printed table is
// a rule for each cell. A rule answers one question (which target, on which
// clock, in which hours) and may be an exception to another; see package rule
// for when a rule speaks, and package sla for the questions.
//
// Where a text can be understood in more than one way the edition declares a
// reading: what is unclear, the ways, and which of them holds unless a contract
// chooses. Rules rest on readings as on any fact, so an answer can name those
// it would change with.
//
// An edition has two parts. One answers when a response is due, by questions
// that package sla knows ([Edition.Policy]). The other answers what is covered,
// how far and by which clause, by questions that the edition declares with
// their facts and kinds ([Edition.Coverage]); see package entitlement.
//
// A [Catalog] is editions: those that come with this module ([Builtin]), or a
// user's own ([Load]). It knows no vendor, no level and no number: those are in
// the files. A [Desk] puts queries to a catalog. A [Query] says of a contract,
// a place and a case what it knows; its [Answer] says when a response is due,
// by which clauses and under which readings, and accounts for the time. A query
// with a question gets a [Verdict], one with a case a [CaseAnswer]: where every
// promise of it stands. All are one line of JSON ([Desk.AnswerLine]). A program
// that asks often takes an [Edition] by itself and binds a contract to it once
// ([Edition.Bind]).
//
// A description is replaced by its next edition. [Catalog.InForce] chooses by
// date among those at hand, and says when another was in force that is not; a
// contract may be held to one edition, to that of its first day, or to the
// current one. Documents are never merged: where two could answer, a reading of
// the catalog chooses. [Diff] says what two editions decide differently, and
// [Desk.Changes] what that does to an inventory. A document in another language
// keeps its printed words ([Edition.Cells], [Edition.Lookup]).
//
// Editions, catalogs and desks are safe for concurrent use.
//
// # The form of a file
//
// A file is one edition, in YAML without its tricks: no anchors, aliases, merge
// keys, tags, repeated keys or tabs, and text that YAML takes for a number or a
// date stands in quotation marks. A whole file of a company that does not exist:
//
//	edition:
//	  document: ferry-desk
//	  edition: "2"
//	  title: The Ferry Desk
//	  publisher: North Ferry
//	  language: en
//	  since: 2025-03-01
//	  source: {text: ferry-desk-2.txt, sha256: 3c7d1a5b9e0f4826d8b1c0a7e5f39264b8d0c1e2f3a4958677889900aabbccdd}
//
//	facts:
//	  level:
//	    values: [deck, bridge]
//	    default: {value: deck, clause: "1"}
//
//	severities: [1, 2]
//
//	metrics:
//	  reply: first
//
//	readings:
//	  late-call:
//	    clauses: ["2"]
//	    asks: A call after closing is answered "in one hour". From when?
//	    default: from-opening
//	    because: The desk is said to be closed.
//	    values:
//	      from-opening: from the next opening
//	      at-once: from the call
//
//	clauses:
//	- clause: "1"
//	  summary: Deck comes with every ticket.
//	  statement: {party: provider, kind: permission}
//
//	- clause: "2"
//	  summary: The desk is open all week, and replies in the time of the table.
//	  hours:
//	    desk: {open: "Mo-Su 06:00-22:00"}
//	  table:
//	    name: replies
//	    row: severity
//	    columns:
//	    - {id: deck, level: deck}
//	    - {id: bridge, level: bridge}
//	    rows:
//	    - {is: 1, cells: [1 hour, 20 minutes]}
//	    - {is: 2, cells: [{printed: in due course, means: no_target}, 1 hour]}
//	  rules:
//	    clock:
//	      open-hours: {when: {unit: hour, late-call: from-opening}, then: business}
//	      all-hours: {when: {unit: hour, late-call: at-once}, then: elapsed}
//	      alarm: {when: {unit: minute}, then: elapsed}
//	    hours:
//	      desk: {then: desk}
//	    holidays:
//	      none: {then: counted}
//	    location:
//	      harbour: {then: [provider]}
//	    close:
//	      at-close: {then: at-close}
//	    initial_base:
//	      call: {then: request}
//	    initial_response:
//	      person: {then: human}
//
// The page README.md beside this file has every key, with an example beside the
// clause it came from, and data/edition.schema.json describes the form to editors.
//
// [Parse] and [Load] report everything that is wrong with a file, each
// [Problem] with its line, column and path and a cure: what is misspelt and
// what was likely meant, what is missing, what is cited and not there, and
// rules that could disagree. A file has at most 1 MiB, 1000 entries in one
// list or mapping, 50 coverage questions, and 256 rules for one question.
package catalog
