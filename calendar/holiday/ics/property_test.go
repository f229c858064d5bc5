package ics_test

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/gen"
	"github.com/leanovate/gopter/prop"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/calendar/holiday/ics"
)

func TestProperties(t *testing.T) {
	params := gopter.DefaultTestParametersWithSeed(20170209)
	p := gopter.NewProperties(params)
	p.Property("what is written is read back", prop.ForAll(func(seeds []int, names []string) string {
		var days []calendar.Day
		for i, n := range seeds {
			d := calendar.Day{Date: on(2017, 1, 1).AddDays(n), Kind: calendar.DayKind(n % 4), Status: calendar.Stated}
			if d.Kind == calendar.HalfDay && n%8 < 4 {
				d.Open.Close = 1 + n%1439
			} else if d.Kind == calendar.HalfDay {
				d.Open = calendar.Window{Open: 1 + n%1439, Close: 1440}
			}
			if len(names) > 0 {
				d.Name = strings.Join(strings.Fields(names[i%len(names)]), " ")
			}
			days = append(days, d)
		}
		slices.SortStableFunc(days, func(a, b calendar.Day) int { return a.Date.Compare(b.Date) })
		var b bytes.Buffer
		if err := ics.Write(&b, "days", on(2026, 1, 1), days); err != nil {
			return err.Error()
		}
		for line := range strings.Lines(b.String()) {
			if len(line) > 77 || !strings.HasSuffix(line, "\r\n") {
				return "not folded: " + line
			}
		}
		again, err := ics.Read(&b, ics.Options{})
		if err != nil {
			return err.Error()
		}
		return gocmp.Diff(days, again)
	}, gen.SliceOf(gen.IntRange(0, 19*365)), gen.SliceOf(gen.OneGenOf(gen.AlphaString(), gen.OneConstOf(
		`Fête; "nationale", \n`, "a:b", "敬老の日と秋分の日に挟まれた国民の休日で、その名前はとても長いので折り返される", "two\nlines", `\\,;`)))))

	// A yearly rule of the n-th weekday of a month, against counting it out.
	p.Property("the n-th weekday is the n-th", prop.ForAll(func(month, day, n int) string {
		nth := func(year int) (calendar.Date, bool) {
			var of []calendar.Date
			for d := on(year, month, 1); d.Month == time.Month(month); d = d.AddDays(1) {
				if d.Weekday() == time.Weekday(day) {
					of = append(of, d)
				}
			}
			i := cmp.Or(n, 1) - 1
			if n < 0 {
				i = len(of) + n
			}
			if i < 0 || i >= len(of) {
				return calendar.Date{}, false
			}
			return of[i], true
		}
		var want []calendar.Day
		for year := 2017; year <= 2035; year++ {
			if d, ok := nth(year); ok {
				want = append(want, calendar.Day{Date: d, Status: calendar.Stated})
			}
		}
		rule := "RRULE:FREQ=YEARLY;BYMONTH=" + strconv.Itoa(month) + ";BYDAY=" + strconv.Itoa(cmp.Or(n, 1)) + "SUMOTUWETHFRSA"[2*day:2*day+2]
		if n == 0 { // the same as a position in a set
			rule = "RRULE:FREQ=YEARLY;BYSETPOS=1;BYMONTH=" + strconv.Itoa(month) + ";BYDAY=" + "SUMOTUWETHFRSA"[2*day:2*day+2]
		}
		start := strings.ReplaceAll(want[0].Date.String(), "-", "")
		got, err := ics.Read(strings.NewReader(file("DTSTART;VALUE=DATE:"+start+"|"+rule)), ics.Options{Through: on(2035, 12, 31)})
		if err != nil {
			return err.Error()
		}
		return gocmp.Diff(want, got)
	}, gen.IntRange(1, 12), gen.IntRange(0, 6), gen.IntRange(-5, 5)))
	p.TestingRun(t)
}
