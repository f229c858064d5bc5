package sla

import "fmt"

// A Clock is how a target is counted: in which hours, whether public holidays
// stop it, and where it starts; or which instant it names. The zero Clock is
// none.
type Clock uint8

const (
	// Business runs in the printed hours.
	Business Clock = iota + 1
	// Elapsed runs at all times.
	Elapsed
	// ElapsedExcludingHolidays runs at all times but on public holidays.
	ElapsedExcludingHolidays
	// ElapsedFromCoverage starts at the next opening and then runs through.
	ElapsedFromCoverage
	// Weekday24h runs day and night from Monday to Friday, public holidays
	// left out.
	Weekday24h
	// CalendarWeek names the same clock time a number of weeks later.
	CalendarWeek
	// CalendarWeekRoll is CalendarWeek, moved to the next opening when it is
	// neither open nor exactly a closing. It prints as CalendarWeek does.
	CalendarWeekRoll
)

var clocks = [...]string{
	"", "business", "elapsed", "elapsed-excluding-holidays", "elapsed-from-coverage", "weekday-24h",
	"calendar-week", "calendar-week",
}

// String writes c as "business", "elapsed", "elapsed-excluding-holidays",
// "elapsed-from-coverage", "weekday-24h" or "calendar-week".
func (c Clock) String() string {
	if int(c) < len(clocks) {
		return clocks[c]
	}
	return fmt.Sprintf("Clock(%d)", uint8(c))
}

// measures reports whether c counts time, rather than naming an instant.
func (c Clock) measures() bool { return c < CalendarWeek }

// readsHours reports whether the printed hours matter to c.
func (c Clock) readsHours() bool {
	return c == Business || c == ElapsedFromCoverage || c == CalendarWeekRoll
}
