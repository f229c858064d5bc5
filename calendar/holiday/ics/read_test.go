package ics_test

import (
	"errors"
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
		{slices.Repeat([]string{rule + "BYMONTH=1"}, 100), "recurrence"},
		{slices.Repeat([]string{rule + "COUNT=4000000"}, 10), "days"},
		{slices.Repeat([]string{"DURATION:P99999D|" + rule + "COUNT=4000000"}, 10), "days beyond the bounds"},
		{slices.Repeat([]string{"UID:a|RECURRENCE-ID:19700101|DTSTART;VALUE=DATE:20260615", "UID:a|DTSTART;VALUE=DATE:20260615"}, 3000), "exceptions"},
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
