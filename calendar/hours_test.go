package calendar_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/supportterms/supportterms/calendar"
)

func TestParseHours(t *testing.T) {
	for _, row := range []struct{ in, want, why string }{
		{"Mo-Fr 08:00-18:00; PH off", "Mo-Fr 08:00-18:00; PH off", "the usual"},
		{"Mo-Fr 08:00-12:00,13:00-18:00", "Mo-Fr 08:00-12:00,13:00-18:00", "lunch"},
		{"Mo-Fr 13:00-18:00,08:00-12:00", "Mo-Fr 08:00-12:00,13:00-18:00", "windows are put in order"},
		{"Mo-Fr 08:00-12:00,12:00-18:00", "Mo-Fr 08:00-18:00", "windows that touch are one"},
		{"Mo-Fr 08:00-14:00,12:00-18:00", "Mo-Fr 08:00-18:00", "windows that overlap are one"},
		{"Mo-Fr 08:00-18:00; Sa 09:00-12:00", "Mo-Fr 08:00-18:00; Sa 09:00-12:00", "days that differ"},
		{"Mo-Su 08:00-18:00; We off", "Mo-Tu,Th-Su 08:00-18:00", "a later rule replaces an earlier one"},
		{"Mo-Fr 08:00-18:00; We 10:00-12:00", "Mo-Tu,Th-Fr 08:00-18:00; We 10:00-12:00", "the same, with hours"},
		{"Sa-Mo 10:00-16:00", "Mo,Sa-Su 10:00-16:00", "a range of days wraps"},
		{"08:00-18:00", "Mo-Su 08:00-18:00", "no days are all days"},
		{"Mo 22:00-06:00", "Mo 22:00-06:00", "past midnight"},
		{"Mo 22:00-24:00", "Mo 22:00-24:00", "to midnight"},
		{"Mo 22:00-00:00", "Mo 22:00-24:00", "00:00 as an end is the same midnight"},
		{"24/7", "24/7", "always"},
		{"00:00-24:00", "24/7", "always, in full"},
		{"24/7; PH off", "24/7; PH off", "always but holidays"},
		{"off", "off", "never"},
		{"PH off", "off; PH off", "holidays alone say nothing of weekdays"},
	} {
		h, err := calendar.ParseHours(row.in)
		if err != nil || h.String() != row.want {
			t.Errorf("%s: %q is %q, %v; want %q", row.why, row.in, h, err, row.want)
		}
	}
}

func TestParseHoursRefuses(t *testing.T) {
	for _, row := range []struct{ in, why string }{
		{"", "empty"},
		{";", "empty rules"},
		{"Mo-Fr 08:00-18:00; ", "an empty rule at the end"},
		{"Mo-Fr", "days without times"},
		{"Mo-Fr 8:00-18:00", "one digit"},
		{"Mo-Fr 08:00-25:00", "no such time"},
		{"Mo-Fr 08:60-18:00", "no such minute"},
		{"Mo-Fr 24:00-25:00", "24:00 is an end only"},
		{"Mo-Fr 08:00-08:00", "an empty window, or a whole day: not said which"},
		{"Mo-Fr 08:00", "no end"},
		{"mo-fr 08:00-18:00", "days begin with a capital"},
		{"Mon-Fri 08:00-18:00", "days have two letters"},
		{"PH off; Mo-Fr 08:00-18:00", "a rule after PH off would open holidays again"},
		{"PH 10:00-12:00", "not in the subset"},
		{"Mo 24/7", "24/7 is of all days"},
		{"Mo-Fr 08:00-18:00 Sa 09:00-12:00", "no semicolon"},
		{"Mo-Fr 08:00-18:00; off;", "an empty rule"},
	} {
		h, err := calendar.ParseHours(row.in)
		var pe *calendar.ParseError
		if !errors.As(err, &pe) || pe.Input != row.in || !h.Equal(calendar.Hours{}) {
			t.Errorf("%s: %q is %q, %v; want a ParseError that quotes it", row.why, row.in, h, err)
		}
	}
}

func TestParseHoursManyWindows(t *testing.T) {
	in := "Mo 00:00-00:10"
	for h := 1; h < 24; h++ {
		w := calendar.Window{Open: h * 60, Close: h*60 + 10}
		in += "," + w.String()
	}
	if _, err := calendar.ParseHours(in); err != nil {
		t.Errorf("24 windows: %v", err)
	}
	if _, err := calendar.ParseHours(in + ",23:30-23:40"); err == nil {
		t.Error("25 windows were taken")
	}
}

func TestHoursChanges(t *testing.T) {
	h := calendar.MustParseHours("Mo-Fr 08:00-18:00; PH off")
	if got := h.WithWeekend(time.Friday, time.Saturday).String(); got != "Mo-Th,Su 08:00-18:00; PH off" {
		t.Errorf("with a weekend of Friday and Saturday: %q", got)
	}
	if got := h.WithHolidays(false).String(); got != "Mo-Fr 08:00-18:00" {
		t.Errorf("with holidays counted: %q", got)
	}
	if !h.ReadsHolidays() || h.WithHolidays(false).ReadsHolidays() {
		t.Error("whether holidays are read is wrong")
	}
	day := h.Day(time.Monday)
	day[0] = calendar.Window{}
	if !slices.Equal(h.Day(time.Monday), []calendar.Window{{Open: 480, Close: 1080}}) {
		t.Error("the windows of a day are shared with the caller")
	}
	var zero calendar.Hours
	if !zero.IsZero() || zero.String() != "off" {
		t.Errorf("the zero Hours are %q", zero)
	}
}

func TestDates(t *testing.T) {
	for _, row := range []struct {
		in   string
		ok   bool
		want calendar.Date
	}{
		{"2025-07-02", true, calendar.Date{Year: 2025, Month: 7, Day: 2}},
		{"2024-02-29", true, calendar.Date{Year: 2024, Month: 2, Day: 29}},
		{"2025-02-29", false, calendar.Date{}},
		{"0001-01-01", true, calendar.Date{Year: 1, Month: 1, Day: 1}},
		{"9999-12-31", true, calendar.Date{Year: 9999, Month: 12, Day: 31}},
		{"0000-01-01", false, calendar.Date{}},
		{"2025-7-2", false, calendar.Date{}},
		{"20250702", false, calendar.Date{}},
		{"", false, calendar.Date{}},
	} {
		d, err := calendar.ParseDate(row.in)
		if (err == nil) != row.ok || d != row.want || row.ok && d.String() != row.in {
			t.Errorf("%q is %v, %v", row.in, d, err)
		}
	}
}

func TestAddMonths(t *testing.T) {
	for _, row := range []struct {
		from string
		n    int
		want string
		ok   bool
		why  string
	}{
		{"2024-01-31", 1, "2024-02-29", false, "the last of a shorter month"},
		{"2023-01-31", 1, "2023-02-28", false, "and of a year that does not leap"},
		{"2024-01-15", 1, "2024-02-15", true, "the same day"},
		{"2024-12-31", 2, "2025-02-28", false, "over the new year"},
		{"2024-03-31", -1, "2024-02-29", false, "back"},
		{"2024-02-29", 12, "2025-02-28", false, "a year on"},
		{"2024-02-29", 48, "2028-02-29", true, "four years on"},
	} {
		d, ok := calendar.MustParseDate(row.from).AddMonths(row.n)
		if d.String() != row.want || ok != row.ok {
			t.Errorf("%s: %s and %d months is %v, %t; want %s, %t", row.why, row.from, row.n, d, ok, row.want, row.ok)
		}
	}
	if d, ok := calendar.MustParseDate("2024-02-29").AddYears(1); d.String() != "2025-02-28" || ok {
		t.Errorf("29 February and a year is %v, %t", d, ok)
	}
}
