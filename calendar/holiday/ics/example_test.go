package ics_test

import (
	"fmt"
	"strings"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/calendar/holiday"
	"github.com/supportterms/supportterms/calendar/holiday/ics"
)

func ExampleRead() {
	const text = `BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
DTSTART;VALUE=DATE:20251224
DTEND;VALUE=DATE:20251227
SUMMARY:Closed over Christmas
RRULE:FREQ=YEARLY
EXDATE;VALUE=DATE:20261224
END:VEVENT
END:VCALENDAR
`
	days, err := ics.Read(strings.NewReader(text), ics.Options{Through: calendar.MustParseDate("2027-12-31")})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range days {
		fmt.Println(d.Date, d.Kind, d.Name)
	}
	// Output:
	// 2025-12-24 holiday Closed over Christmas
	// 2025-12-25 holiday Closed over Christmas
	// 2025-12-26 holiday Closed over Christmas
	// 2027-12-24 holiday Closed over Christmas
	// 2027-12-25 holiday Closed over Christmas
	// 2027-12-26 holiday Closed over Christmas
}

// A customer's diary on top of a region's list.
func ExampleRead_overlay() {
	england, _ := holiday.Region("GB-ENG", holiday.Options{})
	const diary = `BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
DTSTART;TZID=Europe/London:20271224T130000
DTEND;TZID=Europe/London:20271225T000000
SUMMARY:Christmas Eve
END:VEVENT
END:VCALENDAR
`
	known := england.Coverage()
	days, err := ics.Read(strings.NewReader(diary), ics.Options{From: known.From, Through: known.Through()})
	if err != nil {
		fmt.Println(err)
		return
	}
	ours, err := holiday.Overlay{Add: days}.Apply(england)
	if err != nil {
		fmt.Println(err)
		return
	}
	for d := range ours.Days(2027) {
		if d.Date.Month == 12 {
			fmt.Println(d.Date, d.Kind, d.Name)
		}
	}
	// Output:
	// 2027-12-24 half-day Christmas Eve
	// 2027-12-25 holiday Christmas Day
	// 2027-12-26 holiday Boxing Day
	// 2027-12-27 substitute Christmas Day
	// 2027-12-28 substitute Boxing Day
}
