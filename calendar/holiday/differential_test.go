package holiday_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/at"
	"github.com/rickar/cal/v2/de"
	"github.com/rickar/cal/v2/fr"
	"github.com/rickar/cal/v2/gb"
	"github.com/rickar/cal/v2/jp"
	"github.com/rickar/cal/v2/no"
	"github.com/rickar/cal/v2/pl"
	"github.com/rickar/cal/v2/us"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/calendar/holiday"
)

var theirs = map[string][]*cal.Holiday{
	"AT": at.Holidays, "FR": fr.Holidays, "JP": jp.Holidays, "NO": no.Holidays, "PL": pl.Holidays, "US": us.Holidays,
	"GB-ENG": gb.Holidays, "GB-WLS": gb.Holidays,
	"DE-BB": de.HolidaysBB, "DE-BE": de.HolidaysBE, "DE-BW": de.HolidaysBW, "DE-BY": de.HolidaysBY,
	"DE-HB": de.HolidaysHB, "DE-HE": de.HolidaysHE, "DE-HH": de.HolidaysHH, "DE-MV": de.HolidaysMV,
	"DE-NI": de.HolidaysNI, "DE-NW": de.HolidaysNW, "DE-RP": de.HolidaysRP, "DE-SH": de.HolidaysSH,
	"DE-SL": de.HolidaysSL, "DE-SN": de.HolidaysSN, "DE-ST": de.HolidaysST, "DE-TH": de.HolidaysTH,
}

// TestAgainstRickarCal lists every date, weekends too, on which the package
// and rickar/cal differ from 2017 to 2035, with the reason.
func TestAgainstRickarCal(t *testing.T) {
	yearly := func(first, last int, date func(year int) calendar.Date) (out []calendar.Date) {
		for year := first; year <= last; year++ {
			out = append(out, date(year))
		}
		return out
	}
	sundays := slices.Concat(
		yearly(2017, 2035, func(y int) calendar.Date { return easter(y, 0) }),
		yearly(2017, 2035, func(y int) calendar.Date { return easter(y, 49) }))
	womensDay := func(y int) calendar.Date { return on(y, 3, 8) }
	var want []string
	for _, differ := range []struct {
		regions []string
		sign    string // + where rickar/cal lacks the day, - where it has it
		days    []calendar.Date
		why     string
	}{
		{[]string{"NO", "PL", "DE-BB"}, "+", sundays, "the law names Easter Sunday and Whit Sunday"},
		{[]string{"PL"}, "+", []calendar.Date{on(2018, 11, 12)}, "one-off: a hundred years of independence"},
		{[]string{"GB-ENG", "GB-WLS"}, "+", []calendar.Date{on(2022, 9, 19)}, "one-off: state funeral"},
		{[]string{"DE-BE", "DE-BW", "DE-BY", "DE-HE", "DE-NW", "DE-RP", "DE-SL"}, "+", []calendar.Date{on(2017, 10, 31)}, "one-off: 500 years of the Reformation"},
		{[]string{"DE-BE"}, "-", yearly(2017, 2018, womensDay), "a holiday only from 2019"},
		{[]string{"DE-BE"}, "+", []calendar.Date{on(2020, 5, 8), on(2025, 5, 8), on(2028, 6, 17)}, "one-offs"},
		{[]string{"DE-MV"}, "+", yearly(2023, 2035, womensDay), "a holiday from 2023"},
	} {
		for _, code := range differ.regions {
			for _, d := range differ.days {
				want = append(want, fmt.Sprint(code, " ", differ.sign, d))
			}
		}
	}
	var got []string
	for _, code := range holiday.Regions() {
		has := map[calendar.Date]bool{}
		for year := 2016; year <= 2036; year++ {
			for _, h := range theirs[code] {
				copied := *h // some definitions write to themselves
				for _, instant := range each(copied.Calc(year)) {
					// Half a day on, so that it is the right date also where
					// the machine's zone has no midnight then.
					if d := calendar.DateOf(instant.Add(12 * time.Hour)); !instant.IsZero() && d.Year >= 2017 && d.Year <= 2035 {
						has[d] = true
					}
				}
			}
		}
		for year := 2017; year <= 2035; year++ {
			for _, d := range dates(region(t, code, holiday.Options{}), year) {
				if !has[d] {
					got = append(got, fmt.Sprint(code, " +", d))
				}
				delete(has, d)
			}
		}
		for d := range has {
			got = append(got, fmt.Sprint(code, " -", d))
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("differences from rickar/cal (-explained +found):\n%s", diff)
	}
}

func each(a, b time.Time) []time.Time { return []time.Time{a, b} }
