package calendar_test

import (
	"testing"
	"time"

	"github.com/supportterms/supportterms/calendar"
)

func FuzzParseHours(f *testing.F) {
	for _, s := range []string{
		"Mo-Fr 08:00-18:00; PH off", "24/7", "off", "Sa-Mo 22:00-06:00,07:00-08:00", "Mo 00:00-24:00; We off", "",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		h, err := calendar.ParseHours(s)
		if err != nil {
			return
		}
		again, err := calendar.ParseHours(h.String())
		if err != nil || !again.Equal(h) {
			t.Fatalf("%q prints as %q, which reads as %q, %v", s, h, again, err)
		}
		c, err := calendar.New(calendar.Config{Hours: h, Holidays: calendar.List{}})
		if (err == calendar.ErrNeverOpen) != h.IsZero() {
			t.Fatalf("%q: %v", s, err)
		}
		if err != nil {
			return
		}
		from := time.Date(2024, 12, 31, 23, 0, 0, 0, time.UTC)
		due, err := c.Add(from, 90*time.Minute)
		if err != nil {
			t.Fatalf("%q: %v", s, err)
		}
		if back, err := c.Between(from, due); err != nil || back != 90*time.Minute {
			t.Fatalf("%q: %v of open time to %v, %v", s, back, due, err)
		}
	})
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2025-07-02", "2024-02-29", "0001-01-01", "9999-12-31", "2025-02-30", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := calendar.ParseDate(s)
		if err == nil && d.String() != s {
			t.Fatalf("%q reads as %v", s, d)
		}
	})
}
