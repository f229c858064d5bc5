package ics_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/calendar/holiday/ics"
)

func FuzzRead(f *testing.F) {
	for _, event := range []string{
		"DTSTART;VALUE=DATE:20261224|DTEND;VALUE=DATE:20261227|SUMMARY:Closed\\, all of us",
		"DTSTART;TZID=Europe/London:20260614T000000|DURATION:P1DT12H|UID:a",
		"DTSTART:20260614T230000Z|DTEND:20260615T230000Z|STATUS:CONFIRMED",
		"DTSTART;VALUE=DATE:20101125|RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH|EXDATE;VALUE=DATE:20261126",
		"UID:a|DTSTART;VALUE=DATE:20260131|RRULE:FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=-1;BYSETPOS=1;COUNT=3|RDATE;VALUE=DATE:20260201",
		"UID:a|RECURRENCE-ID;VALUE=DATE:20260331|DTSTART:20260331T120000|DTEND:20260401T000000|CATEGORIES:half-day",
		"DTSTART;VALUE=DATE:20000101|RRULE:FREQ=WEEKLY;WKST=SU;UNTIL=99991231",
		"DTSTART;VALUE=DATE:20260101|RRULE:FREQ=YEARLY;INTERVAL=0",
		"DTSTART;VALUE=DATE:00010101|DTEND;VALUE=DATE:00020101|RRULE:FREQ=YEARLY;INTERVAL=1000",
		"DTSTART;VALUE=DATE:20260101|RRULE:FREQ=MONTHLY;BYDAY=53MO,-53SU;BYYEARDAY=-366",
		"DTSTART;TZID=\"a:b\";X=\\:20260614T000000|BEGIN:VALARM|END:VALARM",
	} {
		f.Add(file(event), false)
	}
	f.Add("\ufeffBEGIN:VCALENDAR\nX-WR-TIMEZONE:Asia/Tokyo\nBEGIN:VEVENT\n DTSTART\n\t:2026\n", true)
	f.Fuzz(func(t *testing.T, text string, whole bool) {
		opt := ics.Options{From: on(2017, 1, 1), Through: on(2035, 12, 31), WholeDates: whole}
		days, err := ics.Read(strings.NewReader(text), opt)
		if err != nil {
			var one *ics.Error
			if days != nil || !errors.As(err, &one) || one.Line < 1 || !strings.Contains(err.Error(), "want") {
				t.Fatalf("%v, %v", days, err)
			}
			return
		}
		for _, d := range days {
			half := d.Kind == calendar.HalfDay
			if d.Date != d.Date.AddDays(0) || d.Status != calendar.Stated || half == (d.Open == calendar.Window{}) || whole && half {
				t.Fatalf("%+v", d)
			}
		}
		if len(days) > 1000 {
			return
		}
		var b bytes.Buffer
		var refused *ics.WriteError
		if err := ics.Write(&b, "fuzz", on(2026, 1, 1), days); errors.As(err, &refused) {
			return
		} else if err != nil {
			t.Fatal(err)
		}
		again, err := ics.Read(&b, ics.Options{})
		if err != nil || len(again) != len(days) {
			t.Fatalf("%d days are written and %d read: %v", len(days), len(again), err)
		}
		for i := range days {
			days[i].Name, again[i].Name = "", "" // control characters are not kept
		}
		if !slices.Equal(days, again) {
			t.Fatalf("written %v, read %v", days, again)
		}
	})
}
