package calendar_test

import (
	"strings"
	"testing"
	"time"

	"github.com/supportterms/supportterms/calendar"
)

func TestWhy(t *testing.T) {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	at := func(s string) time.Time {
		at, err := time.ParseInLocation("2006-01-02 15:04", s, london)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	holidays := calendar.List{
		calendar.MustParseDate("2025-08-25"): "Summer bank holiday",
		calendar.MustParseDate("2021-12-25"): "Christmas Day",
	}
	usual := calendar.Config{Hours: calendar.MustParseHours("Mo-Fr 08:00-18:00; PH off"), Location: london, Holidays: holidays}
	shut := usual
	shut.Overrides = []calendar.Override{{Date: calendar.MustParseDate("2025-08-22"), Name: "stocktaking"}}
	early := calendar.Config{Hours: calendar.MustParseHours("Su 01:30-05:00"), Location: london}
	night := calendar.Config{Hours: calendar.MustParseHours("Su 01:15-01:45,03:00-04:00"), Location: london}
	for _, row := range []struct {
		why      string
		cfg      calendar.Config
		from, to string
		want     string
	}{
		{"an evening, a weekend, a holiday and a morning", usual, "2025-08-22 18:00", "2025-08-26 08:00",
			"2025-08-22 closed; 2025-08-23 weekend; 2025-08-24 weekend; 2025-08-25 holiday Summer bank holiday; 2025-08-26 closed"},
		{"midnight begins no further date", usual, "2025-08-22 18:00", "2025-08-23 00:00", "2025-08-22 closed"},
		{"open hours have no reason", usual, "2025-08-22 08:00", "2025-08-22 18:00", ""},
		{"all reasons of a date: Christmas on a Saturday", usual, "2021-12-25 00:00", "2021-12-26 00:00",
			"2021-12-25 weekend; 2021-12-25 holiday Christmas Day"},
		{"an override says what it is for", shut, "2025-08-22 00:00", "2025-08-23 00:00", "2025-08-22 override stocktaking"},
		{"the clock skips the first window of the night", night, "2025-03-30 00:00", "2025-03-30 03:00",
			"2025-03-30 closed; 2025-03-30 clock-change"},
		{"the clock skips the opening, so that it is at the change", early, "2025-03-30 00:00", "2025-03-30 02:00",
			"2025-03-30 closed; 2025-03-30 clock-change"},
	} {
		c, err := calendar.New(row.cfg)
		if err != nil {
			t.Fatal(err)
		}
		reasons, err := c.Why(at(row.from), at(row.to))
		if err != nil {
			t.Errorf("%s: %v", row.why, err)
		}
		var got []string
		for _, r := range reasons {
			got = append(got, r.String())
		}
		if text := strings.Join(got, "; "); text != row.want {
			t.Errorf("%s: %s\nwant %s", row.why, text, row.want)
		}
	}
}

// source is a list with the status that each date has.
type source struct {
	calendar.List
	coverage calendar.Coverage
}

func (s source) Coverage() calendar.Coverage { return s.coverage }
func (s source) Version() string             { return "v1" }

func TestStatus(t *testing.T) {
	date := calendar.MustParseDate
	c, err := calendar.New(calendar.Config{
		Hours: calendar.MustParseHours("Mo-Fr 08:00-18:00; PH off"),
		Holidays: source{coverage: calendar.Coverage{
			From: date("2020-01-01"), OfficialThrough: date("2022-12-31"),
			StatutoryThrough: date("2025-12-31"), PredictedThrough: date("2027-12-31"),
		}},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		from, to string
		want     calendar.Status
		why      string
	}{
		{"2021-01-01T00:00:00Z", "2022-12-31T23:59:59Z", calendar.Official, "to the last official instant"},
		{"2021-01-01T00:00:00Z", "2023-01-01T00:00:00Z", calendar.Statutory, "one instant further"},
		{"2025-12-31T00:00:00Z", "2026-01-01T00:00:00Z", calendar.Predicted, "and past the statutes"},
		{"2026-01-01T00:00:00Z", "2021-01-01T00:00:00Z", calendar.Predicted, "the least sure, in either order"},
	} {
		from, _ := time.Parse(time.RFC3339, row.from)
		to, _ := time.Parse(time.RFC3339, row.to)
		if got := c.Status(from, to); got != row.want {
			t.Errorf("%s: %v, want %v", row.why, got, row.want)
		}
	}
	if c.HolidayVersion() != "v1" {
		t.Errorf("version %q", c.HolidayVersion())
	}
	plain, err := calendar.New(calendar.Config{Hours: calendar.MustParseHours("Mo-Fr 08:00-18:00")})
	if err != nil {
		t.Fatal(err)
	}
	if got := plain.Status(time.Unix(0, 0), time.Unix(1e9, 0)); got != calendar.NotRead {
		t.Errorf("a calendar that reads no holidays has status %v", got)
	}
	both, err := calendar.Intersect(plain, c)
	if err != nil {
		t.Fatal(err)
	}
	if got := both.Status(time.Unix(1.6e9, 0), time.Unix(1.7e9, 0)); got != calendar.Statutory {
		t.Errorf("a combination has status %v, want that of the side that reads holidays", got)
	}
}
