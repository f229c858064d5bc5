package calendartest

import (
	"fmt"
	"strings"

	"github.com/supportterms/supportterms/calendar"
)

// Config returns a configuration around the date of p; zeros give office hours
// without holidays. Its hours read holidays when days is not zero.
func Config(p Place, week, days, overrides int) calendar.Config {
	cfg := calendar.Config{
		Hours:     WeekOf(week),
		Location:  p.Location(),
		Overrides: OverridesOf(p, overrides),
	}
	if days != 0 {
		cfg.Hours = cfg.Hours.WithHolidays(true)
		cfg.Holidays = DaysOf(p, days)
	}
	return cfg
}

// weeks begins with the dullest.
var weeks = []string{
	"Mo-Fr 08:00-18:00",
	"Mo-Fr 09:00-12:30,13:30-17:00",
	"24/7",
	"Mo-Fr 00:00-24:00",
	"Sa-Su 00:00-24:00",
	"Su-Th 08:00-16:00",
	"Mo-Su 22:00-06:00",
	"Mo-Fr 22:00-06:00",
	"Fr 22:00-06:00",
	"Sa 20:00-02:30; Su 10:00-12:00",
	"Mo-Su 01:30-03:30", // in the change of most zones
	"Mo-Su 01:45-02:15", // in that of Lord Howe
	"Mo-Su 00:00-01:00", // gone where midnight is
	"Mo-Su 00:00-00:10", // gone in Kathmandu
	"Mo-Su 23:00-24:00", // twice where midnight comes late
	"Mo-Su 23:30-00:30",
	"Mo-Su 00:30-02:30,23:15-23:45",
	"Mo-Su 00:01-23:59",
	"Mo-Su 18:00-17:00",             // a day less an hour, into the next date
	"Mo-Su 12:00-11:00,06:00-18:00", // no gap, though not written 24/7
	"We 10:00-10:15",
	"Mo,We,Fr 20:00-08:00; Sa 00:00-12:00",
	"Tu-Th 09:00-17:00; Sa 10:00-14:00; Mo 12:00-13:00",
	"Mo-Su 00:00-00:15,01:00-01:01,02:00-02:30,03:00-05:59,12:00-13:00,23:59-24:00",
}

// WeekOf returns hours that are open at some time and do not read holidays.
// Even numbers give well-known weeks, odd ones any.
func WeekOf(n int) calendar.Hours {
	d := digits(n)
	if d.take(2) == 0 {
		return calendar.MustParseHours(weeks[d.take(len(weeks))])
	}
	const codes = "MoTuWeThFrSaSu"
	var days []string
	set := d.take(127) + 1
	for i := range 7 {
		if set&(1<<i) != 0 {
			days = append(days, codes[2*i:2*i+2])
		}
	}
	var first, second []string
	for range 1 + d.take(3) {
		first = append(first, d.window().String())
	}
	for range 1 + d.take(2) {
		second = append(second, d.window().String())
	}
	text := strings.Join(days, ",") + " " + strings.Join(first, ",")
	if d.take(2) == 1 { // the other days keep other hours
		text = strings.Join(second, ",") + "; " + text
	}
	return calendar.MustParseHours(text)
}

// DaysOf returns holidays, half days and days worked near the date of p. A
// hexadecimal digit stands for each of [Near]: 0 and 8 to f for none.
func DaysOf(p Place, n int) Source {
	half := func(open string) calendar.Day {
		w, err := calendar.ParseWindow(open)
		if err != nil {
			panic(err)
		}
		return calendar.Day{Kind: calendar.HalfDay, Open: w}
	}
	off, work := calendar.Day{Kind: calendar.Holiday}, calendar.Day{Kind: calendar.Workday}
	var s Source
	d := digits(n)
	for _, date := range Near(p) {
		var days []calendar.Day
		switch d.take(16) {
		case 1:
			days = []calendar.Day{off}
		case 2:
			days = []calendar.Day{{Kind: calendar.Substitute}}
		case 3:
			days = []calendar.Day{half("00:00-13:00")}
		case 4:
			days = []calendar.Day{work}
		case 5:
			days = []calendar.Day{work, off}
		case 6:
			days = []calendar.Day{half("12:00-04:00")}
		case 7:
			days = []calendar.Day{off, half("00:00-13:00")}
		}
		for _, day := range days {
			day.Date, day.Name, day.Status = date, day.Kind.String(), calendar.Stated
			s.List = append(s.List, day)
		}
	}
	return s
}

// OverridesOf returns overrides near the date of p. A hexadecimal digit stands
// for each of [Near]: 0 and 7 to f for none.
func OverridesOf(p Place, n int) []calendar.Override {
	var out []calendar.Override
	d := digits(n)
	for _, date := range Near(p) {
		o := calendar.Override{Date: date}
		switch d.take(16) {
		default:
			continue
		case 1: // off
		case 2:
			o.Windows = []calendar.Window{{Open: 10 * 60, Close: 12 * 60}}
		case 3:
			o.Windows = []calendar.Window{{Open: 22 * 60, Close: 30 * 60}}
		case 4:
			o.Windows = []calendar.Window{{Open: 0, Close: 24 * 60}}
		case 5:
			o.Windows = []calendar.Window{{Open: 8 * 60, Close: 12 * 60}, {Open: 13 * 60, Close: 17*60 + 30}}
		case 6:
			o.Windows = []calendar.Window{{Open: 0, Close: 45}, {Open: 23*60 + 30, Close: 24*60 + 15}}
		}
		out = append(out, o)
	}
	return out
}

// Near returns the dates that DaysOf and OverridesOf change.
func Near(p Place) []calendar.Date {
	var out []calendar.Date
	for _, n := range []int{0, 1, -1, 2, -2, 3} {
		out = append(out, p.Date.AddDays(n))
	}
	return out
}

// Describe writes cfg on one line, for the report of a failure.
func Describe(cfg calendar.Config) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%v %q", cfg.Location, cfg.Hours)
	if s, ok := cfg.Holidays.(Source); ok {
		for _, d := range s.List {
			fmt.Fprintf(&b, ", %v %v", d.Kind, d.Date)
			if d.Kind == calendar.HalfDay {
				fmt.Fprintf(&b, " (%v)", d.Open)
			}
		}
	}
	for _, o := range cfg.Overrides {
		fmt.Fprintf(&b, ", override %v %v", o.Date, o.Windows)
	}
	return b.String()
}

// numeral is an integer read one digit at a time, the last first, each to a
// base of its own. When it is used up all further digits are 0.
type numeral uint64

func digits(n int) *numeral {
	d := numeral(max(n, -n)) // shrinking tries negative numbers too
	return &d
}

func (d *numeral) take(base int) int {
	v := *d % numeral(base)
	*d /= numeral(base)
	return int(v)
}

// window takes a window of whole quarters of an hour.
func (d *numeral) window() calendar.Window {
	open := d.take(96) * 15
	return calendar.Window{Open: open, Close: open + (1+d.take(95))*15}
}
