// Package calendar counts business time: the hours a place is open, less its
// public holidays, read on its own wall clock.
//
// # The model
//
// A [Calendar] is [Hours] kept on the clock of one location, less the days a
// [Holidays] source closes, changed date by date by each [Override]. Four
// rules hold throughout.
//
// Windows are half-open. 08:00-18:00 has 08:00 in it and not 18:00; windows
// that touch or overlap are one [Span].
//
// Open time is read on the wall. An instant is open when the clock at that
// place then shows a time inside the hours in force. A minute that a clock
// change repeats therefore counts twice, one that it skips not at all, and no
// other rule about clock changes exists.
//
// Hours belong to civil dates. A date keeps the windows of its override, else
// none if it is a holiday, else those of its weekday. A window that passes
// midnight goes on into the next civil date. A date closed whole (a holiday
// without override, or an override with no windows) is closed from 00:00 to
// 24:00: it cuts the tail of the evening before, and its own evening does not
// begin. An override with windows leaves that tail.
//
// What is not known is an error. Outside the years its holidays are known for
// a calendar answers [ErrBeyondCoverage], and where there is no open time at
// all [ErrNeverOpen]; it never assumes a working day and never searches
// without end.
//
// # Arithmetic
//
// [Calendar.Add] gives the earliest instant by which an amount of open time
// has passed, so an amount used up exactly at closing is due at that closing.
// [Calendar.Between] is the open time in [a, b), negative when reversed, and
// Between(t, Add(t, d)) == d. Instants are compared, never locations; results
// are in the calendar's location; nanoseconds are kept.
//
// # Bounds
//
// A calendar is bounded by its holiday source and in any case by 1970-01-01
// and 2099-12-31. One that is open 24/7 and reads no holidays has no bounds
// but those of [time.Time].
//
// # Cost
//
// A calendar compiles the years it is asked about into one immutable table
// and shares it. After that Open, Add, Between and the searches are a few
// array reads whatever their reach, and allocate nothing. Calendars are safe
// for concurrent use.
package calendar
