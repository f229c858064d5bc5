package holiday_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/at"
	"github.com/rickar/cal/v2/au"
	"github.com/rickar/cal/v2/be"
	"github.com/rickar/cal/v2/br"
	"github.com/rickar/cal/v2/ch"
	"github.com/rickar/cal/v2/cz"
	"github.com/rickar/cal/v2/de"
	"github.com/rickar/cal/v2/ee"
	"github.com/rickar/cal/v2/fi"
	"github.com/rickar/cal/v2/fr"
	"github.com/rickar/cal/v2/gb"
	"github.com/rickar/cal/v2/hr"
	"github.com/rickar/cal/v2/hu"
	"github.com/rickar/cal/v2/ie"
	"github.com/rickar/cal/v2/it"
	"github.com/rickar/cal/v2/jp"
	"github.com/rickar/cal/v2/mt"
	"github.com/rickar/cal/v2/no"
	"github.com/rickar/cal/v2/pl"
	"github.com/rickar/cal/v2/se"
	"github.com/rickar/cal/v2/us"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/calendar/holiday"
)

var theirs = map[string][]*cal.Holiday{
	"AT": at.Holidays, "FR": fr.Holidays, "JP": jp.Holidays, "NO": no.Holidays, "PL": pl.Holidays, "US": us.Holidays,
	"GB-ENG": gb.Holidays, "GB-WLS": gb.Holidays,
	"AU-ACT": au.HolidaysACT, "AU-NSW": au.HolidaysNSW, "AU-NT": au.HolidaysNT, "AU-QLD": au.HolidaysQLD,
	"AU-SA": au.HolidaysSA, "AU-TAS": au.HolidaysTAS, "AU-VIC": au.HolidaysVIC, "AU-WA": au.HolidaysWA,
	"BE": be.Holidays, "BR": br.Holidays, "CZ": cz.Holidays, "EE": ee.Holidays, "FI": fi.Holidays, "HR": hr.Holidays, "HU": hu.Holidays,
	"IE": ie.Holidays, "IT": it.Holidays, "MT": mt.Holidays, "SE": se.Holidays,
	"FR-57": fr.Holidays, "FR-67": fr.Holidays, "FR-68": fr.Holidays,
	"CH-BE": ch.HolidaysBE, "CH-BS": ch.HolidaysBS, "CH-SG": ch.HolidaysSG, "CH-SZ": ch.HolidaysSZ, "CH-TG": ch.HolidaysTG, "CH-ZH": ch.HolidaysZH,
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
	fixed := func(month, day int) func(int) calendar.Date {
		return func(y int) calendar.Date { return on(y, month, day) }
	}
	afterEaster := func(n int) func(int) calendar.Date {
		return func(y int) calendar.Date { return easter(y, n) }
	}
	listed := func(s string) (out []calendar.Date) {
		for f := range strings.FieldsSeq(s) {
			out = append(out, calendar.MustParseDate(f))
		}
		return out
	}
	midsummerEve := func(y int) calendar.Date { return from(on(y, 6, 19), time.Friday) }
	var want []string
	for _, differ := range []struct {
		regions []string
		sign    string // + where rickar/cal lacks the day, - where it has it
		days    []calendar.Date
		why     string
	}{
		{[]string{"NO", "PL", "DE-BB"}, "+", sundays, "the law names Easter Sunday and Whit Sunday"},
		{[]string{"AU-ACT"}, "+", []calendar.Date{on(2017, 9, 25)}, "Family and Community Day, until 2017"},
		{[]string{"AU-NSW"}, "+", []calendar.Date{on(2026, 4, 27), on(2027, 4, 26)}, "two Mondays for Anzac Day by order"},
		{[]string{"AU-SA"}, "-", []calendar.Date{on(2027, 4, 26), on(2032, 4, 26)}, "no Monday for Anzac Day from 2024"},
		{[]string{"AU-NT", "AU-SA"}, "+", yearly(2024, 2035, afterEaster(0)), "Easter Sunday is a holiday from 2024"},
		{[]string{"AU-WA"}, "+", yearly(2022, 2035, afterEaster(0)), "Easter Sunday is a holiday from 2022"},
		{[]string{"BR"}, "-", yearly(2017, 2023, fixed(11, 20)), "a holiday only from 2024"},
		{[]string{"BR"}, "-", yearly(2017, 2035, afterEaster(-47)), "Carnival is optional"},
		{[]string{"BR"}, "-", yearly(2017, 2035, afterEaster(60)), "Corpus Christi is optional"},
		{[]string{"FI", "SE"}, "-", yearly(2017, 2035, midsummerEve), "an eve that is custom"},
		{[]string{"FI", "SE"}, "-", yearly(2017, 2035, fixed(12, 24)), "an eve that is custom"},
		{[]string{"SE"}, "-", yearly(2017, 2035, fixed(12, 31)), "an eve that is custom"},
		{[]string{"SE"}, "+", sundays, "the law names Easter Sunday and Whit Sunday"},
		{[]string{"FR-57", "FR-67", "FR-68"}, "+", yearly(2017, 2035, afterEaster(-2)), "of Alsace and Moselle"},
		{[]string{"FR-57", "FR-67", "FR-68"}, "+", yearly(2017, 2035, fixed(12, 26)), "of Alsace and Moselle"},
		{[]string{"HR"}, "-", yearly(2017, 2019, fixed(5, 30)), "a holiday only from 2020"},
		{[]string{"HR"}, "-", yearly(2017, 2019, fixed(11, 18)), "a holiday only from 2020"},
		{[]string{"HR"}, "+", yearly(2017, 2019, fixed(6, 25)), "a holiday until 2019"},
		{[]string{"HR"}, "+", yearly(2017, 2019, fixed(10, 8)), "a holiday until 2019"},
		{[]string{"HR"}, "+", []calendar.Date{on(2024, 4, 17)}, "one-off: election"},
		{[]string{"HU"}, "+", listed("2018-03-16 2018-04-30 2018-10-22 2018-11-02 2018-12-24 2018-12-31 2019-08-19 2019-12-24 " +
			"2019-12-27 2020-08-21 2020-12-24 2021-12-24 2022-03-14 2022-10-31 2024-08-19 2024-12-24 " +
			"2024-12-27 2025-05-02 2025-10-24 2025-12-24 2026-01-02 2026-08-21 2026-12-24"), "days off paid for by a Saturday, by yearly decree"},
		{[]string{"IT"}, "+", yearly(2026, 2035, fixed(10, 4)), "a holiday from 2026"},
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
		if theirs[code] == nil {
			continue // it has no list for this region
		}
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
			for _, d := range dates(region(t, code, holiday.Options{Predicted: true}), year) {
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
