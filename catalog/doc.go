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
// with a question gets a [Verdict]. All are one line of JSON
// ([Desk.AnswerLine]). A program that asks often takes an
// [Edition] by itself and binds a contract to it once ([Edition.Bind]).
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
// Key by key:
//
//   - edition: the names of document and edition make the ID, "ferry-desk/2".
//     since and until bound the days it is in force; until needs until_source,
//     where the end is known from. source is the copy it was written from.
//   - addons: names of what a contract may add.
//   - facts: what a contract, or any coverage question, may say. A fact is
//     {values}, yes-no, {number: unit}, {numbers: unit} for a list, date,
//     instant, machines, outages or text; text is a note that no rule asks for.
//     {type: date, means: ...} is the long form of a word; means says what is
//     attested; outages have attributions and causes, their words. aliases are other names of values; default is the value that a
//     clause gives what is not stated; implied_by gives the fact "yes" in
//     response questions when another has some value. A fact named addon.x is
//     whether the contract has the add-on x.
//   - severities: the most urgent first.
//   - metrics: what is promised a time, and what it counts from: first (from
//     the opening to the first response), ongoing (from one to the next),
//     request (from an escalation), outcome (no clock).
//   - readings: by key; a value is its meaning, or {means, needs, level, alias}:
//     a fact about a place without which it gives no answer, the only level it
//     is defined for, and its name under the reading's alias in other editions.
//   - tables: what the document points to: source, key (the fact whose values
//     name the rows), columns (date, number or yes-no), rows. null is not known,
//     2029-04 a date known to the month. Sources that conflict are tables of
//     their own.
//   - services, limits: names of what coverage rules grant, in order of
//     precedence, and of what they limit it to.
//   - questions: what can be asked beside response times: kind (coverage,
//     eligibility, permission, quantity, measure, term or statement), asks (in
//     words), facts of its own. unless_stated in a fact is the value taken when
//     nothing is said, where it only says what the question is about.
//   - clauses: clause (as printed) and summary, and at least one of
//     statement: {party, kind}, for what no rule decides;
//     figures: facts that are computed, by name; see below;
//     hours: by name, {open, day}, where day is the length of a business day
//     and is needed when open days differ;
//     table: name, row (the fact that rows are of), columns (an id and
//     conditions), rows (is, cells, and where needed id, when, except);
//     a table with gives instead of a name decides a figure;
//     rules: by question and name, {when, then, except}; in coverage questions
//     also service, limit, gives (the figure answered), remedy: {addon}; rules
//     under every are put to all coverage questions;
//     follow: by question, the reading that answers it, or {reading, as} where
//     the reading has other words.
//
// A condition is a fact or reading with one value or a list of them; all must
// hold. A number or date is compared: {at_least, at_most, above, below}. Beside
// the declared facts response rules have metric, stated_severity, severity (the
// one whose row is used) and unit (of the printed target), and coverage rules
// on, on_stated, contract_term (before, running, after) and machine_bought. A
// rule or row is named by its question or table: clock/alarm, replies/deck/1.
//
// A figure is {kind: case} or {kind: [cases]}; a case may have when, and the
// first whose conditions hold is taken. The kinds:
//
//	date:       {from: released, years: 5}, or months, or days; {table, column}
//	choice:     {is: word}; {table, column}
//	number:     {is: 99.5}; {table, column}
//	stage:      {of: on, from: released, through: {free: end_free, paid: end_paid}, then: over},
//	            before: the stage before from; last: excluded, when an end is the next stage's first day
//	difference: {of: berths, less: berths_covered}
//	excess:     {of: load, allowance: 40, per: berths}; unit: TiB, where load is in TB
//	total:      {of: loads}, of a list; count: {of: loads}
//	blocks:     {gives: 2, each: {berths: 50, boats: 200}, round: up, mix: sum, least: 2, most: 9, unit: badge};
//	            mix: sum of fractions, the larger, or separate
//	tally:      {of: machines, where: {kind, ubuntu, covered}}
//	uptime:     {outages, from, to, level, months: 12, counts: {attribution: provider}},
//	            window: rolling or service-year with start; denominator: whole-period or less-excluded-time;
//	            leaves_out: {cause: [planned-maintenance]}
//
// A figure that is declared as a fact too may be stated, and then that counts;
// difference, excess, tally and uptime may not.
//
// [Parse] and [Load] report everything that is wrong with a file, each
// [Problem] with its line, column and path and a cure: what is misspelt and
// what was likely meant, what is missing, what is cited and not there, and
// rules that could disagree. A file has at most 1 MiB, 1000 entries in one
// list or mapping, 50 coverage questions, and 256 rules for one question.
package catalog
