package ics_test

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"
	_ "time/tzdata"

	"github.com/google/go-cmp/cmp"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/calendar/holiday/ics"
)

func on(y, m, d int) calendar.Date { return calendar.Date{Year: y, Month: time.Month(m), Day: d} }

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// file is a calendar of events whose lines are parted by |.
func file(events ...string) string {
	var b strings.Builder
	b.WriteString("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
	for _, e := range events {
		b.WriteString("BEGIN:VEVENT\r\n" + strings.ReplaceAll(e, "|", "\r\n") + "\r\nEND:VEVENT\r\n")
	}
	return b.String() + "END:VCALENDAR\r\n"
}

// short writes days as 2025-12-24, with what is not a plain holiday behind.
func short(days []calendar.Day) string {
	var out []string
	for _, d := range days {
		s := d.Date.String()
		if d.Kind != calendar.Holiday {
			s += " " + d.Kind.String()
		}
		if d.Open != (calendar.Window{}) {
			s += " " + d.Open.String()
		}
		out = append(out, s)
	}
	return strings.Join(out, ", ")
}

func TestRead(t *testing.T) {
	for _, tt := range []struct{ event, want, why string }{
		{"DTSTART;VALUE=DATE:20260615", "2026-06-15", "a date alone is that date"},
		{"DTSTART:20260615", "2026-06-15", "VALUE is often forgotten"},
		{"dtstart;value=date:20260615", "2026-06-15", "names in any case"},
		{"DTSTART;VALUE=DATE:20260615|DTEND;VALUE=DATE:20260616", "2026-06-15", "the end is not in it"},
		{"DTSTART;VALUE=DATE:20260228|DTEND;VALUE=DATE:20260303", "2026-02-28, 2026-03-01, 2026-03-02", "several dates"},
		{"DTSTART;VALUE=DATE:20260615|DURATION:P1W", "2026-06-15, 2026-06-16, 2026-06-17, 2026-06-18, 2026-06-19, 2026-06-20, 2026-06-21", "a week"},
		{"DTSTART:20260615T000000|DTEND:20260616T000000", "2026-06-15", "floating, a whole date"},
		{"DTSTART:20260615T000000|DTEND:20260615T235959", "2026-06-15", "to the last second"},
		{"DTSTART:20260615T000000|DTEND:20260616T235900", "2026-06-15, 2026-06-16", "to the last minute"},
		{"DTSTART:20260615T000000|DURATION:P1D", "2026-06-15", "by its duration"},
		{"DTSTART;TZID=Asia/Tokyo:20260615T000000|DTEND;TZID=Asia/Tokyo:20260616T000000", "2026-06-15", "on the clock of Tokyo"},
		{"DTSTART;TZID=Asia/Tokyo:20260615T000000|DTEND:20260615T150000Z", "2026-06-15", "two clocks, one instant"},
		{"DTSTART;TZID=Europe/London:20260329T000000|DTEND;TZID=Europe/London:20260330T000000", "2026-03-29", "a date of 23 hours"},
		{"DTSTART:20260614T230000Z|DTEND:20260615T230000Z", "2026-06-15", "UTC, put on the clock of London in summer"},
		{"DTSTART:20261225T000000Z|DTEND:20261226T000000Z", "2026-12-25", "and in winter"},
		{"DTSTART:20261224T120000|DTEND:20261225T000000", "2026-12-24 half-day 00:00-12:00", "the afternoon off"},
		{"DTSTART:20261224T123030|DTEND:20261225T000000", "2026-12-24 half-day 00:00-12:30", "whole minutes"},
		{"DTSTART:20261224T000000|DTEND:20261224T103000", "2026-12-24 half-day 10:30-24:00", "the morning off"},
		{"DTSTART:20261224T120000|DTEND:20261227T100000", "2026-12-24 half-day 00:00-12:00, 2026-12-25, 2026-12-26, 2026-12-27 half-day 10:00-24:00", "parts at both ends"},
		{"DTSTART:20261224T120000|DTEND:20261225T000000|CATEGORIES:half-day", "2026-12-24 half-day 00:00-12:00", "and said to be one"},
		{"DTSTART;VALUE=DATE:20260214|CATEGORIES:HR,Workday", "2026-02-14 workday", "worked"},
		{"DTSTART;VALUE=DATE:20260703|CATEGORIES:substitute|CATEGORIES:Red", "2026-07-03 substitute", "substitute"},
		{"DTSTART;VALUE=DATE:20260615|STATUS:CANCELLED", "", "cancelled"},
		{"DTSTART;VALUE=DATE:20260615|STATUS:CONFIRMED|TRANSP:TRANSPARENT", "2026-06-15", "free time of a diary is a day off"},
		{"DTSTART;VALUE=DATE:20260615|RDATE;VALUE=DATE:20260617,20260616", "2026-06-15, 2026-06-16, 2026-06-17", "and on other dates"},
		{"DTSTART;VALUE=DATE:20260615|BEGIN:VALARM|DTSTART:soon|TRIGGER:-P1D|END:VALARM", "2026-06-15", "what is inside an event is not the event"},
		{"DTSTART;VALUE=DATE:19600101", "1960-01-01", "a day given by itself comes out, whatever the bounds"},
	} {
		days, err := ics.Read(strings.NewReader(file(tt.event)), ics.Options{Location: zone(t, "Europe/London")})
		if got := short(days); err != nil || got != tt.want {
			t.Errorf("%s: %s: got %s, %v, want %s", tt.why, tt.event, got, err, tt.want)
		}
	}
}

// The rules of the standard's own examples, with the dates it gives.
func TestReadRules(t *testing.T) {
	for _, tt := range []struct{ start, rule, want, why string }{
		{"19970610", "FREQ=YEARLY;COUNT=4;BYMONTH=6,7", "1997-06-10, 1997-07-10, 1998-06-10, 1998-07-10", "June and July"},
		{"19970310", "FREQ=YEARLY;INTERVAL=2;COUNT=4;BYMONTH=1,2,3", "1997-03-10, 1999-01-10, 1999-02-10, 1999-03-10", "every other year"},
		{"19970101", "FREQ=YEARLY;INTERVAL=3;COUNT=6;BYYEARDAY=1,100,200", "1997-01-01, 1997-04-10, 1997-07-19, 2000-01-01, 2000-04-09, 2000-07-18", "days of the year"},
		{"19970519", "FREQ=YEARLY;BYDAY=20MO;UNTIL=19991231", "1997-05-19, 1998-05-18, 1999-05-17", "the 20th Monday"},
		{"19970313", "FREQ=YEARLY;BYMONTH=3;BYDAY=TH;COUNT=5", "1997-03-13, 1997-03-20, 1997-03-27, 1998-03-05, 1998-03-12", "each Thursday of March"},
		{"19961105", "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8;COUNT=3", "1996-11-05, 2000-11-07, 2004-11-02", "election day"},
		{"19980213", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=5", "1998-02-13, 1998-03-13, 1998-11-13, 1999-08-13, 2000-10-13", "Friday the 13th"},
		{"19970905", "FREQ=MONTHLY;COUNT=4;BYDAY=1FR", "1997-09-05, 1997-10-03, 1997-11-07, 1997-12-05", "first Friday"},
		{"19970922", "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", "1997-09-22, 1997-10-20, 1997-11-17, 1997-12-22, 1998-01-19, 1998-02-16", "last Monday but one"},
		{"19970928", "FREQ=MONTHLY;BYMONTHDAY=-3;COUNT=6", "1997-09-28, 1997-10-29, 1997-11-28, 1997-12-29, 1998-01-29, 1998-02-26", "third day from the end"},
		{"19970904", "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1997-09-04, 1997-10-07, 1997-11-06", "third of a set"},
		{"19970929", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2;COUNT=7", "1997-09-29, 1997-10-30, 1997-11-27, 1997-12-30, 1998-01-29, 1998-02-26, 1998-03-30", "last of a set but one"},
		{"20070115", "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "2007-01-15, 2007-01-30, 2007-02-15, 2007-03-15, 2007-03-30", "February has no 30th"},
		{"19970805", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1997-08-05, 1997-08-10, 1997-08-19, 1997-08-24", "weeks from Monday"},
		{"19970805", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997-08-05, 1997-08-17, 1997-08-19, 1997-08-31", "weeks from Sunday"},
		{"19970902", "FREQ=WEEKLY;COUNT=3", "1997-09-02, 1997-09-09, 1997-09-16", "the weekday of the start"},
		{"19970902", "FREQ=DAILY;INTERVAL=10;COUNT=5", "1997-09-02, 1997-09-12, 1997-09-22, 1997-10-02, 1997-10-12", "every ten days"},
		{"20240229", "FREQ=YEARLY;COUNT=3", "2024-02-29, 2028-02-29, 2032-02-29", "no 29 February in most years"},
		{"20260131", "FREQ=MONTHLY;COUNT=3", "2026-01-31, 2026-03-31, 2026-05-31", "no 31st in most months"},
		{"20101125", "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;UNTIL=20121122", "2010-11-25, 2011-11-24, 2012-11-22", "Thanksgiving; the last date is in it"},
		{"20250526", "FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO;UNTIL=20270101T000000Z", "2025-05-26, 2026-05-25", "a time where a date is meant"},
		{"20331225", "freq=yearly", "2033-12-25, 2034-12-25, 2035-12-25", "to the end of the bounds"},
		{"00010101", "FREQ=YEARLY;INTERVAL=1000", "2001-01-01", "from the first year; only what is within the bounds"},
		{"20250101", "FREQ=YEARLY;INTERVAL=99999999999999999999", "2025-01-01", "never again"},
		{"20251231", "FREQ=YEARLY;COUNT=1", "2025-12-31", "once"},
		{"20400101", "FREQ=YEARLY", "", "from after the bounds"},
	} {
		days, err := ics.Read(strings.NewReader(file("DTSTART;VALUE=DATE:"+tt.start+"|RRULE:"+tt.rule)),
			ics.Options{From: on(1996, 1, 1), Through: on(2035, 12, 31)})
		if got := short(days); err != nil || got != tt.want {
			t.Errorf("%s: %s %s:\ngot  %s, %v\nwant %s", tt.why, tt.start, tt.rule, got, err, tt.want)
		}
	}
}

func TestReadExceptions(t *testing.T) {
	const yearly = "UID:a|DTSTART;VALUE=DATE:20250102|RRULE:FREQ=YEARLY;COUNT=4"
	const timed = "UID:a|DTSTART;TZID=America/New_York:20250102T000000|DURATION:P1D|RRULE:FREQ=YEARLY;COUNT=4"
	for _, tt := range []struct {
		events []string
		want   string
		why    string
	}{
		{[]string{yearly + "|EXDATE;VALUE=DATE:20260102,20280102"}, "2025-01-02, 2027-01-02", "two dates, and COUNT counts them"},
		{[]string{yearly + "|EXDATE:20260102T000000"}, "2025-01-02, 2027-01-02, 2028-01-02", "a time where a date is meant"},
		{[]string{yearly + "|EXDATE;VALUE=DATE:20250102"}, "2026-01-02, 2027-01-02, 2028-01-02", "the first"},
		{[]string{timed + "|EXDATE;TZID=America/New_York:20260102T000000|EXDATE:20270102T050000Z"}, "2025-01-02, 2028-01-02", "times, on two clocks"},
		{[]string{timed + "|EXDATE;TZID=America/New_York:20260102T090000"}, "2025-01-02, 2026-01-02, 2027-01-02, 2028-01-02", "another time of the day is no occurrence"},
		{[]string{yearly, "UID:a|RECURRENCE-ID;VALUE=DATE:20260102|DTSTART;VALUE=DATE:20260105"}, "2025-01-02, 2026-01-05, 2027-01-02, 2028-01-02", "moved"},
		{[]string{"UID:a|RECURRENCE-ID;VALUE=DATE:20260102|DTSTART;VALUE=DATE:20260102|STATUS:CANCELLED", yearly}, "2025-01-02, 2027-01-02, 2028-01-02", "one cancelled, whatever the order"},
		{[]string{yearly, "UID:b|RECURRENCE-ID;VALUE=DATE:20260102|DTSTART;VALUE=DATE:20260105"}, "2025-01-02, 2026-01-02, 2026-01-05, 2027-01-02, 2028-01-02", "of another event"},
		{[]string{yearly + "|RDATE;VALUE=DATE:20400101,20250102"}, "2025-01-02, 2026-01-02, 2027-01-02, 2028-01-02, 2040-01-01", "a date given by itself comes out, and none twice"},
		{[]string{"DTSTART;VALUE=DATE:20341230|DURATION:P4D|RRULE:FREQ=YEARLY"}, "2034-12-30, 2034-12-31, 2035-01-01, 2035-01-02, 2035-12-30, 2035-12-31", "no day of a rule is beyond the bounds"},
		{[]string{"DTSTART;VALUE=DATE:20161230|DURATION:P4D|RRULE:FREQ=YEARLY;COUNT=2"}, "2017-01-01, 2017-01-02, 2017-12-30, 2017-12-31, 2018-01-01, 2018-01-02", "nor before them"},
	} {
		days, err := ics.Read(strings.NewReader(file(tt.events...)), ics.Options{From: on(2017, 1, 1), Through: on(2035, 12, 31)})
		if got := short(days); err != nil || got != tt.want {
			t.Errorf("%s: got %s, %v, want %s", tt.why, got, err, tt.want)
		}
	}
}

func TestReadSummary(t *testing.T) {
	const text = "\ufeffBEGIN:VCALENDAR\nVERSION:2.0\nX-WR-TIMEZONE:Europe/Oslo\n" +
		"BEGIN:VTODO\nDTSTART:soon\nEND:VTODO\n" +
		"BEGIN:VEVENT\nDTSTART:20260516T220000Z\nDTEND:20260517T220000Z\nSUMMARY;LANGUAGE=nb:Grunn\n lovsdag\\, \\\"17\\\\mai\\nto\n\t linjer \n\nEND:VEVENT\n" +
		"BEGIN:VEVENT\nDTSTART;VALUE=DATE:20260501\nEND:VEVENT\nEND:VCALENDAR"
	got, err := ics.Read(strings.NewReader(text), ics.Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := []calendar.Day{
		{Date: on(2026, 5, 1), Status: calendar.Stated},
		{Date: on(2026, 5, 17), Name: "Grunnlovsdag, \\\"17\\mai\nto linjer", Status: calendar.Stated},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("folded, escaped, in the zone of the calendar, or without a name (-want +got):\n%s", diff)
	}
	// The same on the clock of UTC is no whole date.
	if _, err := ics.Read(strings.NewReader(text), ics.Options{Location: time.UTC}); err != nil {
		t.Errorf("two parts of dates: %v", err)
	}
}

func TestReadWholeDates(t *testing.T) {
	text := file("DTSTART:20260615T090000|DTEND:20260615T170000", "DTSTART:20261224T120000|DTEND:20261225T000000")
	days, err := ics.Read(strings.NewReader(text), ics.Options{WholeDates: true})
	if got := short(days); err != nil || got != "2026-06-15, 2026-12-24" {
		t.Errorf("got %s, %v", got, err)
	}
}

func TestReadRefuses(t *testing.T) {
	for _, tt := range []struct{ event, want string }{
		{"SUMMARY:Day|UID:a", `line 3: event "Day": cannot read event "": want DTSTART`},
		{"UID:a|DTSTART;VALUE=DATE:20260230", `line 5: event "a": cannot read DTSTART "20260230": want a date that exists`},
		{"DTSTART;VALUE=DATE:20260615T000000", "want a date that exists, written 20250702 with VALUE=DATE"},
		{"DTSTART;VALUE=DATE-TIME:20260615", "want a date that exists"},
		{"DTSTART;VALUE=PERIOD:20260615", "want a date that exists"},
		{"DTSTART;VALUE=DATE:00000101", "want a date that exists"},
		{"DTSTART:20260615T250000Z", "want a date that exists"},
		{"DTSTART:20260615T080000.5", "want a date that exists"},
		{"DTSTART;TZID=W. Europe Standard Time:20260615T000000", `cannot read DTSTART "TZID=W. Europe Standard Time": want the IANA name of a zone`},
		{"DTSTART;TZID=Local:20260615T000000", "want the IANA name"},
		{"DTSTART;TZID=../London:20260615T000000", "want the IANA name"},
		{"DTSTART;TZID=:20260615T000000", "want the IANA name"},
		{"DTSTART;TZID=\"Europe/London:20260615T000000", "want DTSTART;PARAMETER=VALUE:VALUE"},
		{"DTSTART;X=1;x=2:20260615T000000", "want each parameter once"},
		{"DTSTART:20260615T080000Z", "want DTEND or DURATION beside a time"},
		{"DTSTART:20260615T090000|DTEND:20260615T170000", `cannot read event "2026-06-15 09:00-17:00": want whole dates, or hours from midnight or up to it`},
		{"DTSTART;VALUE=DATE:20260615|DTEND;VALUE=DATE:20260615", `line 5: cannot read DTEND "20260615": want the date after the last one`},
		{"DTSTART;VALUE=DATE:20260615|DTEND;VALUE=DATE:20260614", "want the date after"},
		{"DTSTART;VALUE=DATE:20260615|DTEND:20260616T000000", "want the date after"},
		{"DTSTART;VALUE=DATE:20260615|DURATION:PT12H", "want some time, written P1D"},
		{"DTSTART;VALUE=DATE:20260615|DURATION:-P1D", "want some time"},
		{"DTSTART;VALUE=DATE:20260615|DURATION:P", "want some time"},
		{"DTSTART;VALUE=DATE:20260615|DURATION:P9999999D", "want some time"},
		{"DTSTART;VALUE=DATE:20260615|DURATION:P1H", "want some time"},
		{"DTSTART;VALUE=DATE:20260615|DURATION:P1D|DTEND;VALUE=DATE:20260616", "want DTEND or DURATION, not both"},
		{"DTSTART;VALUE=DATE:20260615|DTSTART;VALUE=DATE:20260616", "want one DTSTART"},
		{"DTSTART;VALUE=DATE:20260615|CATEGORIES:workday,holiday", "want one kind of day"},
		{"DTSTART;VALUE=DATE:20260615|CATEGORIES:half-day", "want half-day as the category of an event that takes part of a date"},
		{"DTSTART:20261224T120000|DTEND:20261225T000000|CATEGORIES:workday", "want half-day as the category"},
		{"DTSTART;VALUE=DATE:20260615|RDATE:20260616T000000", "want dates if DTSTART is a date"},
		{"DTSTART;VALUE=DATE:20260615|RDATE;VALUE=PERIOD:20260616T000000/P1D", "want a date that exists"},
		{"DTSTART;VALUE=DATE:20260615|EXDATE:soon", `cannot read EXDATE "soon"`},
		{"DTSTART;VALUE=DATE:20260615|EXRULE:FREQ=YEARLY", "want EXDATE"},
		{"DTSTART;VALUE=DATE:20260615|RECURRENCE-ID;RANGE=THISANDFUTURE:20260615", "want one occurrence"},
		{"DTSTART;VALUE=DATE:00010101|DTEND;VALUE=DATE:99991231", "want fewer days"},
		{"DTSTART;VALUE=DATE:20260615|nonsense", `line 5: cannot read content line "nonsense": want NAME:VALUE, or a space before`},
		{"DTSTART;VALUE=DATE:20260615|SUMMARY:\xff", "want UTF-8"},
		{"DTSTART;VALUE=DATE:20260615|END:VALARM", `cannot read END "END:VALARM": want END:VEVENT before`},
		{"DTSTART;VALUE=DATE:20260615|BEGIN:VCALENDAR", "want END:VEVENT before"},
		{"DTSTART;VALUE=DATE:20260615|BEGIN:VALARM", "want END:VALARM before"},
		{"DTSTART;VALUE=DATE:20260615|EXDATE:" + strings.Repeat("20260615,", 2000), "want at most 16 KiB"},
	} {
		days, err := ics.Read(strings.NewReader(file(tt.event)), ics.Options{})
		if err == nil || days != nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, %v, want %s", tt.event, days, err, tt.want)
		}
	}
}

func TestReadRefusesRules(t *testing.T) {
	for _, tt := range []struct{ rule, want string }{
		{"", "want FREQ, INTERVAL, COUNT"},
		{"COUNT=3", "want FREQ=YEARLY, MONTHLY, WEEKLY or DAILY"},
		{"FREQ=HOURLY", `cannot read RRULE "FREQ=HOURLY": want FREQ=YEARLY`},
		{"FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", "want FREQ=YEARLY"},
		{"FREQ=YEARLY;FREQ=DAILY", "want each part once"},
		{"FREQ=YEARLY;INTERVAL=0", `cannot read RRULE "INTERVAL=0": want a number from 1`},
		{"FREQ=YEARLY;INTERVAL=-1", "want a number from 1"},
		{"FREQ=YEARLY;COUNT=0", "want a number from 1"},
		{"FREQ=YEARLY;COUNT=x", "want a number from 1"},
		{"FREQ=YEARLY;COUNT=3;UNTIL=20300101", "want COUNT or UNTIL, not both"},
		{"FREQ=YEARLY;UNTIL=later", `cannot read UNTIL "LATER"`},
		{"FREQ=YEARLY;UNTIL=20200101", "want a rule that some day follows"},
		{"FREQ=YEARLY;WKST=1MO", "want a weekday such as MO"},
		{"FREQ=YEARLY;BYMONTH=13", "want months from 1 to 12"},
		{"FREQ=YEARLY;BYMONTHDAY=0", "want days from 1 to 31"},
		{"FREQ=YEARLY;BYDAY=XX", "want weekdays such as MO"},
		{"FREQ=YEARLY;BYDAY=54MO", "want weekdays such as MO"},
		{"FREQ=YEARLY;BYDAY=", "want weekdays such as MO"},
		{"FREQ=WEEKLY;BYDAY=1MO", "want weekdays without a number"},
		{"FREQ=WEEKLY;BYMONTHDAY=15", "want another FREQ"},
		{"FREQ=MONTHLY;BYYEARDAY=15", "want FREQ=YEARLY with BYYEARDAY"},
		{"FREQ=YEARLY;BYWEEKNO=20", "want FREQ, INTERVAL, COUNT"},
		{"FREQ=DAILY;BYHOUR=1,2", "want FREQ, INTERVAL, COUNT"},
		{"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "want a rule that some day follows"},
		{"FREQ=MONTHLY;BYDAY=53MO", "want a rule that some day follows"},
		{"FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "want a DTSTART that is the first day of its rule, such as 20261126"},
	} {
		_, err := ics.Read(strings.NewReader(file("DTSTART;VALUE=DATE:20260615|RRULE:"+tt.rule)), ics.Options{})
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %s", tt.rule, err, tt.want)
		}
	}
}

func TestReadRefusesFiles(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"", `line 1: cannot read file "": want an iCalendar file`},
		{"\n\n", "want an iCalendar file"},
		{"date,kind,name\n", "line 1: cannot read content line"},
		{"BEGIN:VEVENT\nEND:VEVENT\n", "want BEGIN:VCALENDAR first"},
		{"END:VCALENDAR\n", "want BEGIN:VCALENDAR first"},
		{"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260615\n", `line 2: cannot read BEGIN "VEVENT": want its END: the file is cut short`},
		{"BEGIN:VCALENDAR\nVERSION:1.0\nEND:VCALENDAR\n", "want 2.0"},
		{"BEGIN:VCALENDAR\nCALSCALE:HEBREW\nEND:VCALENDAR\n", "want GREGORIAN"},
		{"BEGIN:VCALENDAR\nMETHOD:CANCEL\nEND:VCALENDAR\n", "want a calendar that is not cancelled"},
		{"BEGIN:VCALENDAR\nX-WR-TIMEZONE:Moon\nEND:VCALENDAR\n", "want an IANA name"},
		{strings.Repeat("BEGIN:VCALENDAR\nEND:VCALENDAR\n", 200_000), "file of more than 4194304 bytes"},
	} {
		if days, err := ics.Read(strings.NewReader(tt.text), ics.Options{}); err == nil || days != nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%.40q: %v, want %s", tt.text, err, tt.want)
		}
	}
	if _, err := ics.Read(iotest.ErrReader(os.ErrClosed), ics.Options{}); !errors.Is(err, os.ErrClosed) {
		t.Errorf("a file that cannot be read: %v", err)
	}
}

func TestReadReportsEverything(t *testing.T) {
	_, err := ics.Read(strings.NewReader(file("DTSTART:soon", "DTSTART;VALUE=DATE:20260615|SUMMARY:Day|RRULE:FREQ=NEVER", "UID:c", "what")), ics.Options{})
	var lines []int
	for _, e := range errors.Unwrap(err).(interface{ Unwrap() []error }).Unwrap() {
		var one *ics.Error
		var parse *calendar.ParseError
		if !errors.As(e, &one) || !errors.As(e, &parse) || parse.Want == "" {
			t.Fatalf("no line or no cure: %v", e)
		}
		lines = append(lines, one.Line)
	}
	if want := []int{4, 9, 11, 15, 14}; !slices.Equal(slices.Sorted(slices.Values(want)), lines) {
		t.Errorf("lines %v, want %v\n%v", lines, want, err)
	}
	_, err = ics.Read(strings.NewReader(file(slices.Repeat([]string{"UID:a"}, 1000)...)), ics.Options{})
	if n := strings.Count(err.Error(), "\n"); n != 100 || !strings.Contains(err.Error(), "there may be more") {
		t.Errorf("%d lines of problems", n)
	}
}

// A file that asks for much is refused soon, and not worked through.
func TestReadIsBounded(t *testing.T) {
	rule := "DTSTART;VALUE=DATE:19700101|RRULE:FREQ=DAILY;"
	for _, tt := range []struct {
		events []string
		why    string
	}{
		{slices.Repeat([]string{rule + "BYMONTH=1"}, 10_000), "recurrence"},
		{slices.Repeat([]string{rule + "COUNT=4000000"}, 10), "days"},
		{slices.Repeat([]string{"DURATION:P99999D|" + rule + "COUNT=4000000"}, 1000), "days beyond the bounds"},
		{slices.Repeat([]string{"UID:a|RECURRENCE-ID:19700101|DTSTART;VALUE=DATE:20260615", "UID:a|DTSTART;VALUE=DATE:20260615"}, 20_000), "exceptions"},
		{[]string{"DTSTART;VALUE=DATE:20260615|EXDATE" + strings.Repeat(";A=", 5000) + ":20260615"}, "parameters"},
	} {
		began := time.Now()
		_, err := ics.Read(strings.NewReader(file(tt.events...)), ics.Options{})
		if took := time.Since(began); err == nil && tt.why != "parameters" || took > 20*time.Second {
			t.Errorf("%s: %v after %v", tt.why, err, took)
		}
	}
}

// The machine's own zone is no part of an answer.
func TestReadIsOfNoPlace(t *testing.T) {
	text := file("DTSTART:20260615T000000|DTEND:20260616T000000", "DTSTART:20260617T000000Z|DTEND:20260618T000000Z")
	local := time.Local
	defer func() { time.Local = local }()
	for _, name := range []string{"UTC", "America/Santiago", "Asia/Kathmandu"} {
		time.Local = zone(t, name)
		days, err := ics.Read(strings.NewReader(text), ics.Options{})
		if got := short(days); err != nil || got != "2026-06-15, 2026-06-17" {
			t.Errorf("%s: %s, %v", name, got, err)
		}
	}
}

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
