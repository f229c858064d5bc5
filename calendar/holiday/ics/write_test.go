package ics_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/calendar/holiday/ics"
)

func TestWrite(t *testing.T) {
	days := []calendar.Day{
		{Date: on(2026, 7, 3), Name: "Independence Day", Kind: calendar.Substitute, Set: "statutory", Status: calendar.Statutory, Source: "5 U.S.C. 6103"},
		{Date: on(2026, 10, 28), Name: "Eve", Kind: calendar.HalfDay, Open: calendar.Window{Open: 9 * 60, Close: 13 * 60}, Set: "statutory", Status: calendar.Official, Source: "a; b"},
	}
	var b bytes.Buffer
	if err := ics.Write(&b, "A, B", on(2026, 11, 21), days); err != nil {
		t.Fatal(err)
	}
	want := `BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//supportterms//calendar holiday//EN
X-WR-CALNAME:A\, B
BEGIN:VEVENT
UID:20260703-*-0@supportterms
DTSTAMP:20261121T000000Z
DTSTART;VALUE=DATE:20260703
DTEND;VALUE=DATE:20260704
SUMMARY:Independence Day
CATEGORIES:substitute
DESCRIPTION:statutory\; statutory\; 5 U.S.C. 6103
TRANSP:TRANSPARENT
END:VEVENT
BEGIN:VEVENT
UID:20261028-*-0@supportterms
DTSTAMP:20261121T000000Z
DTSTART:20261028T000000
DTEND:20261028T090000
SUMMARY:Eve
CATEGORIES:half-day
DESCRIPTION:statutory\; official\; a\; b
TRANSP:TRANSPARENT
END:VEVENT
BEGIN:VEVENT
UID:20261028-*-1@supportterms
DTSTAMP:20261121T000000Z
DTSTART:20261028T130000
DTEND:20261029T000000
SUMMARY:Eve
CATEGORIES:half-day
DESCRIPTION:statutory\; official\; a\; b
TRANSP:TRANSPARENT
END:VEVENT
END:VCALENDAR
`
	var got strings.Builder
	for line := range strings.Lines(strings.ReplaceAll(b.String(), "\r\n", "\n")) {
		if strings.HasPrefix(line, "UID:") { // a hash between
			line = line[:13] + "*" + line[29:]
		}
		got.WriteString(line)
	}
	if diff := cmp.Diff(want, got.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	again, err := ics.Read(&b, ics.Options{})
	if got := short(again); err != nil || got != "2026-07-03 substitute, 2026-10-28 half-day 09:00-24:00, 2026-10-28 half-day 00:00-13:00" {
		t.Errorf("read back as %s, %v", got, err)
	}
}

func TestWriteRefuses(t *testing.T) {
	for _, d := range []calendar.Day{
		{},
		{Date: on(2026, 2, 30)},
		{Date: on(10000, 1, 1)},
		{Date: on(2026, 1, 1), Kind: 9},
		{Date: on(2026, 1, 1), Kind: calendar.HalfDay},
		{Date: on(2026, 1, 1), Kind: calendar.HalfDay, Open: calendar.Window{Open: 0, Close: 1440}},
		{Date: on(2026, 1, 1), Kind: calendar.HalfDay, Open: calendar.Window{Open: 1320, Close: 1800}},
	} {
		var b bytes.Buffer
		var one *ics.WriteError
		if err := ics.Write(&b, "", on(2026, 1, 1), []calendar.Day{d}); !errors.As(err, &one) || one.Day != d || b.Len() > 0 || !strings.Contains(err.Error(), "want") {
			t.Errorf("%+v: %v", d, err)
		}
	}
}
