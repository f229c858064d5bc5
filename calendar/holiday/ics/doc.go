// Package ics reads days off from iCalendar files (RFC 5545), and writes them.
//
// # The model
//
// An event is time off. A date of which it takes all, as every event of whole
// days does, is a [calendar.Holiday]. A date of which it takes the end or the
// beginning is a [calendar.HalfDay] that keeps the rest. An event that leaves
// time on both sides of it within one date is no list's idea of a day off, and
// an error unless [Options] let it take the whole date.
//
// An event with the category "workday", "substitute", "holiday" or "half-day"
// is a day of that kind; other categories mean nothing here. What is not an
// event (tasks, alarms) holds no days, and a cancelled event is none.
//
// Times count on the clock of their own zone (TZID, by its IANA name; a
// VTIMEZONE is not read), and times without a zone on any. Times in UTC are put
// on the clock of [Options.Location].
//
// Events recur as RRULE, RDATE, EXDATE and RECURRENCE-ID say, by year, month,
// week or day. Days come out of a rule only between the dates of [Options], so
// that a rule without an end has one; days given one by one all come out, and
// it is for Apply of holiday.Overlay to refuse those that its base does not
// know.
//
// Nothing is left out in silence: what cannot be understood is an [*Error] with
// its line, its event and the cure, and all of them are reported together.
//
// # The parser
//
// Content lines are parsed by github.com/arran4/golang-ical, of the parsers in
// Go the one that is tagged, fuzzed and still released, and that hands out
// single lines, so that an error can name its line. It does not work out
// recurrences. The library that does runs to the year 9999 on a rule that never
// comes true, and panics on some, so this is done here, by civil date and with
// a bound.
package ics
