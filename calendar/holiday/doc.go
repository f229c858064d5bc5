// Package holiday says which days are holidays where, how sure that is, and
// until when it is known.
//
// # The model
//
// A region is a country or a part of one, by its ISO 3166 code, that has one
// list of days. [Region] answers with its [Source], which is a
// [calendar.Holidays]: the days of each year, in order, over a finite run of
// years. A code without a list is a [RegionError], never a region that has no
// holidays; and so is the bare code of a country whose parts keep different
// days (DE, GB and their like).
//
// Every day says three things about itself.
//
// Its kind. The day of a holiday and the day off given for it are two days: US
// Independence Day 2026 is a [calendar.Holiday] on Saturday 4 July and a
// [calendar.Substitute] on Friday 3 July, so that hours which include Saturdays
// are right too. A day off that is paid for by a make-up workday is a substitute
// as well. Half days and make-up workdays are left out unless [Options] ask for
// them.
//
// Its set, the list of the region it is on. "statutory" and "bank" are on by
// default. "local:…" holds in some municipalities only, "de-facto" is custom
// and "optional" the employer's choice; which of them bind is for the contract
// to say, in [Options].
//
// Its status. To the end of the region's official list a day is
// [calendar.Official]; where a stable law gives the days on, it is
// [calendar.Statutory], to the end of 2035. Where the days wait for an
// announcement nothing is known after the official list, unless
// [Options] allow [calendar.Predicted] days. A date on which the sources at hand
// differ, where neither an official list nor a law settles it, is in no list;
// the table of its country names it in a comment.
//
// A Sunday is a holiday here only where the law names that Sunday (Easter
// Sunday in Norway). Days off by order of the day (a US executive order) and
// days off that each employer sets (Poland, for a holiday on a Saturday) are
// not dates of a region; they are an [Overlay].
//
// # Combining
//
// [Union] has the days of two sources and knows only what both know. An
// [Overlay] adds days to a source and takes days away: a customer's own list,
// or a holiday proclaimed last week. It is made in Go, or read from a table by
// [ReadCSV] or from an iCalendar file by package ics. What comes out is a
// [calendar.Holidays] again.
//
// # Data
//
// The days are computed from the rules of github.com/rickar/cal, changed and
// added to by the tables in this package, which name their publishers. A
// region is computed whole when it is first asked for; after that a source is
// immutable. [Version] names the data.
package holiday
