package holiday_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/calendar/holiday"
)

// statutes goes on where statute ends: the regions whose list is computed.
func statutes(region string, y int) (days []calendar.Date, ok bool) {
	add := func(d ...calendar.Date) { days = append(days, d...) }
	country, part, _ := strings.Cut(region, "-")
	in := func(parts string) bool { return slices.Contains(strings.Fields(parts), part) }
	switch {
	case country == "AU":
		days = australia(in, y)
	case region == "BE":
		add(on(y, 1, 1), easter(y, 1), on(y, 5, 1), easter(y, 39), easter(y, 50), on(y, 7, 21), on(y, 8, 15), on(y, 11, 1), on(y, 11, 11), on(y, 12, 25))
	case region == "BR":
		add(on(y, 1, 1), easter(y, -2), on(y, 4, 21), on(y, 5, 1), on(y, 9, 7), on(y, 10, 12), on(y, 11, 2), on(y, 11, 15), on(y, 12, 25))
		if y >= 2024 {
			add(on(y, 11, 20))
		}
	case country == "CA":
		days = canada(in, y)
	case country == "CH":
		add(on(y, 1, 1), easter(y, -2), easter(y, 1), easter(y, 39), easter(y, 50), on(y, 8, 1), on(y, 12, 25), on(y, 12, 26))
		if in("BE TG") {
			add(on(y, 1, 2))
		}
		if in("BS TG ZH") {
			add(on(y, 5, 1))
		}
		if in("SG SZ") {
			add(on(y, 11, 1))
		}
		if in("SZ") {
			add(on(y, 1, 6), on(y, 3, 19), easter(y, 60), on(y, 8, 15), on(y, 12, 8))
		}
	case region == "CZ":
		add(on(y, 1, 1), easter(y, -2), easter(y, 1), on(y, 5, 1), on(y, 5, 8), on(y, 7, 5), on(y, 7, 6), on(y, 9, 28), on(y, 10, 28), on(y, 11, 17), on(y, 12, 24), on(y, 12, 25), on(y, 12, 26))
	case region == "EE":
		add(on(y, 1, 1), on(y, 2, 24), easter(y, -2), easter(y, 0), on(y, 5, 1), easter(y, 49), on(y, 6, 23), on(y, 6, 24), on(y, 8, 20), on(y, 12, 24), on(y, 12, 25), on(y, 12, 26))
	case region == "FI":
		add(on(y, 1, 1), on(y, 1, 6), easter(y, -2), easter(y, 0), easter(y, 1), on(y, 5, 1), easter(y, 39), easter(y, 49),
			from(on(y, 6, 20), time.Saturday), from(on(y, 10, 31), time.Saturday), on(y, 12, 6), on(y, 12, 25), on(y, 12, 26))
	case country == "FR" && in("57 67 68"):
		days, _ = statute("FR", y)
		add(easter(y, -2), on(y, 12, 26))
	case region == "HR":
		add(on(y, 1, 1), on(y, 1, 6), easter(y, 0), easter(y, 1), on(y, 5, 1), easter(y, 60), on(y, 6, 22), on(y, 8, 5), on(y, 8, 15), on(y, 11, 1), on(y, 12, 25), on(y, 12, 26))
		if y < 2020 {
			add(on(y, 6, 25), on(y, 10, 8))
		} else {
			add(on(y, 5, 30), on(y, 11, 18))
		}
		if y == 2024 {
			add(on(y, 4, 17))
		}
	case region == "IE":
		add(on(y, 1, 1), on(y, 3, 17), easter(y, 1), nth(y, 5, time.Monday, 1), nth(y, 6, time.Monday, 1), nth(y, 8, time.Monday, 1), nth(y, 10, time.Monday, -1), on(y, 12, 25), on(y, 12, 26))
		if y == 2022 {
			add(on(y, 3, 18))
		}
		if brigid := on(y, 2, 1); y >= 2023 && brigid.Weekday() == time.Friday {
			add(brigid)
		} else if y >= 2023 {
			add(nth(y, 2, time.Monday, 1))
		}
	case region == "IT":
		add(on(y, 1, 1), on(y, 1, 6), easter(y, 1), on(y, 4, 25), on(y, 5, 1), on(y, 6, 2), on(y, 8, 15), on(y, 11, 1), on(y, 12, 8), on(y, 12, 25), on(y, 12, 26))
		if y >= 2026 {
			add(on(y, 10, 4))
		}
	case region == "MT":
		add(on(y, 1, 1), on(y, 2, 10), on(y, 3, 19), on(y, 3, 31), easter(y, -2), on(y, 5, 1), on(y, 6, 7), on(y, 6, 29), on(y, 8, 15), on(y, 9, 8), on(y, 9, 21), on(y, 12, 8), on(y, 12, 13), on(y, 12, 25))
	case region == "SE":
		add(on(y, 1, 1), on(y, 1, 6), easter(y, -2), easter(y, 0), easter(y, 1), on(y, 5, 1), easter(y, 39), easter(y, 49), on(y, 6, 6),
			from(on(y, 6, 20), time.Saturday), from(on(y, 10, 31), time.Saturday), on(y, 12, 25), on(y, 12, 26))
	default:
		return nil, false
	}
	slices.SortFunc(days, calendar.Date.Compare)
	return slices.Compact(days), true
}

// from is the first of a weekday on or after a date.
func from(d calendar.Date, w time.Weekday) calendar.Date {
	return d.AddDays((int(w-d.Weekday()) + 7) % 7)
}

// monday is d and, where d is on one of the days of a weekend, the Monday
// after it.
func monday(d calendar.Date, weekend ...time.Weekday) []calendar.Date {
	if slices.Contains(weekend, d.Weekday()) {
		return []calendar.Date{d, from(d, time.Monday)}
	}
	return []calendar.Date{d}
}

// Days that are proclaimed for each year, as far as they have been.
var (
	kingsBirthdayWA = dated("2017-09-25 2018-09-24 2019-09-30 2020-09-28 2021-09-27 2022-09-26 2023-09-25 2024-09-23 2025-09-29 2026-09-28 2027-09-27")
	grandFinalEve   = dated("2017-09-29 2018-09-28 2019-09-27 2020-10-23 2021-09-24 2022-09-23 2023-09-29 2024-09-27 2025-09-26 2026-09-25")
)

func dated(s string) map[int]calendar.Date {
	byYear := map[int]calendar.Date{}
	for _, f := range strings.Fields(s) {
		d := calendar.MustParseDate(f)
		byYear[d.Year] = d
	}
	return byYear
}

// australia follows the public holidays acts of the states and territories.
func australia(in func(string) bool, y int) (days []calendar.Date) {
	const sat, sun, mon = time.Saturday, time.Sunday, time.Monday
	add := func(d ...calendar.Date) { days = append(days, d...) }
	add(monday(on(y, 1, 1), sat, sun)...)
	add(monday(on(y, 1, 26), sat, sun)...)
	add(easter(y, -2), easter(y, 1), on(y, 4, 25), on(y, 12, 25), on(y, 12, 26))
	if !in("TAS WA") {
		add(easter(y, -1))
	}
	if in("ACT NSW QLD VIC") || in("NT SA") && y >= 2024 || in("WA") && y >= 2022 {
		add(easter(y, 0))
	}
	switch anzac := on(y, 4, 25); anzac.Weekday() {
	case sat:
		if in("WA") || in("ACT") && (y == 2020 || y == 2026) || in("NSW") && y == 2026 {
			add(anzac.AddDays(2))
		}
	case sun:
		if in("ACT NT QLD WA") || in("SA") && y < 2024 || in("NSW") && y == 2027 {
			add(anzac.AddDays(1))
		}
	}
	if w := on(y, 12, 25).Weekday(); w == sat || w == sun {
		add(on(y, 12, 27))
	}
	if w := on(y, 12, 26).Weekday(); w == sat || w == sun {
		add(on(y, 12, 28))
	}
	if y == 2022 {
		add(on(y, 9, 22))
	}
	switch { // the sovereign's birthday
	case in("QLD"):
		add(nth(y, 10, mon, 1))
	case !in("WA"):
		add(nth(y, 6, mon, 2))
	case y <= 2027:
		add(kingsBirthdayWA[y])
	default:
		add(nth(y, 9, mon, -1))
	}
	switch { // labour day
	case in("ACT NSW SA"):
		add(nth(y, 10, mon, 1))
	case in("NT QLD"):
		add(nth(y, 5, mon, 1))
	case in("TAS VIC"):
		add(nth(y, 3, mon, 2))
	case in("WA"):
		add(nth(y, 3, mon, 1), nth(y, 6, mon, 1)) // and Western Australia Day
	}
	switch {
	case in("SA"): // Adelaide Cup
		add(nth(y, 3, mon, 2))
	case in("NT"): // Picnic Day
		add(nth(y, 8, mon, 1))
	case in("ACT") && y == 2017: // Canberra Day, Family and Community Day
		add(nth(y, 3, mon, 2), on(2017, 9, 25))
	case in("ACT"): // and Reconciliation Day
		add(nth(y, 3, mon, 2), from(on(y, 5, 27), mon))
	case in("VIC") && y <= 2026:
		add(nth(y, 11, time.Tuesday, 1), grandFinalEve[y])
	case in("VIC"):
		add(nth(y, 11, time.Tuesday, 1), nth(y, 9, sat, -1).AddDays(-1))
	}
	return days
}

// canada follows the employment standards acts of the provinces.
func canada(in func(string) bool, y int) (days []calendar.Date) {
	const sat, sun, mon = time.Saturday, time.Sunday, time.Monday
	add := func(d ...calendar.Date) { days = append(days, d...) }
	// A holiday of some date is made up for on Monday, if at all.
	fixed := func(d calendar.Date) {
		switch {
		case in("NL PE YT"): // the next working day
			add(monday(d, sat, sun)...)
		case in("SK"):
			add(monday(d, sun)...)
		default:
			add(d)
		}
	}
	fixed(on(y, 1, 1))
	fixed(on(y, 12, 25))
	add(easter(y, -2), nth(y, 9, mon, 1))
	if in("AB BC MB NT NU ON QC SK YT") {
		add(on(y, 5, 25).AddDays(-1-(int(on(y, 5, 24).Weekday())+6)%7), nth(y, 10, mon, 2))
	}
	if in("AB BC NB NL NT NU PE SK YT") {
		fixed(on(y, 11, 11))
	}
	if in("AB MB NS ON PE SK") || in("NB") && y >= 2018 || in("BC") && y >= 2019 {
		add(nth(y, 2, mon, 3))
	} else if in("BC") {
		add(nth(y, 2, mon, 2))
	}
	if in("NT YT") {
		fixed(on(y, 6, 21))
	}
	if in("QC") {
		add(monday(on(y, 6, 24), sun)...)
	}
	switch {
	case in("NS"), in("MB") && y > 2018:
		add(on(y, 7, 1))
	case in("NL PE YT"):
		fixed(on(y, 7, 1))
	default:
		add(monday(on(y, 7, 1), sun)...)
	}
	if in("NU") && y >= 2020 {
		add(on(y, 7, 9))
	}
	if in("BC NB NT NU SK") {
		add(nth(y, 8, mon, 1))
	}
	if in("YT") {
		add(nth(y, 8, mon, 3))
	}
	if in("NT NU PE") && y >= 2022 || in("BC YT") && y >= 2023 || in("MB") && y >= 2024 {
		fixed(on(y, 9, 30))
	}
	if in("PE") && y == 2022 {
		add(on(y, 9, 19))
	}
	if in("ON") {
		add(on(y, 12, 26))
	}
	return days
}

// TestOneOffsAndLawChanges has the dates on which public sources are most often
// wrong, and the years on both sides of a change of law.
func TestOneOffsAndLawChanges(t *testing.T) {
	const states = "AU-ACT AU-NSW AU-NT AU-QLD AU-SA AU-TAS AU-VIC AU-WA"
	const provinces = "CA-AB CA-BC CA-MB CA-NB CA-NL CA-NS CA-NT CA-NU CA-ON CA-QC CA-SK CA-YT"
	for _, tt := range []struct {
		codes, on, off, why string
	}{
		{states, "2022-09-22", "", "National Day of Mourning"},
		{"AU-WA", "2024-09-23", "2024-09-30", "King's Birthday as proclaimed"},
		{"AU-ACT", "2017-09-25 2018-05-28", "2017-05-29 2018-09-24", "Reconciliation Day took the place of Family and Community Day"},
		{"AU-NSW", "2026-04-27 2027-04-26", "2020-04-27 2021-04-26 2032-04-26", "an order gives two extra days for Anzac Day"},
		{"AU-SA", "2021-04-26", "2026-04-27 2027-04-26", "no Monday for Anzac Day under the act of 2023"},
		{"AU-ACT AU-WA", "2020-04-27 2026-04-27 2021-04-26 2027-04-26", "", "a Monday for Anzac Day on Saturday or Sunday"},
		{"AU-NT AU-QLD", "2021-04-26 2027-04-26", "2020-04-27 2026-04-27", "a Monday for Anzac Day on Sunday only"},
		{"AU-TAS AU-VIC", "2027-12-27 2027-12-28", "2021-04-26 2026-04-27 2027-04-26", "none for Anzac Day"},
		{states, "2022-12-26 2022-12-27", "2022-12-28", "Christmas on a Sunday"},
		{states, "2026-12-28", "2026-12-29", "Boxing Day on a Saturday"},
		{"AU-VIC", "2020-10-23 2022-09-23", "2020-09-25 2022-09-30", "the Friday before the final, also when that was moved"},
		{"AU-NSW AU-QLD AU-TAS", "", "2026-08-03 2026-08-12 2026-02-09 2026-10-22", "bank holiday and local days"},
		{"BR", "2024-11-20 2026-11-20", "2017-11-20 2023-11-20 2026-02-16 2026-02-17 2026-06-04", "20 November from 2024; no Carnival, no Corpus Christi"},
		{"CA-AB CA-ON CA-QC CA-SK", "", "2021-09-30 2026-09-30", "30 September is of federal employers there"},
		{"CA-BC CA-YT", "2025-09-30", "2022-09-30", "30 September from 2023"},
		{"CA-MB", "2024-09-30", "2022-09-30 2026-11-11", "30 September from 2024; Remembrance Day is no general holiday"},
		{"CA-NT CA-NU CA-PE", "2022-09-30", "2021-09-30", "30 September from 2022"},
		{"CA-PE", "2022-09-19", "", "the funeral of the Queen was a holiday with pay"},
		{provinces, "", "2022-09-19", "and was not elsewhere"},
		{provinces, "2026-04-03", "2026-04-06", "Good Friday, not Easter Monday"},
		{"CA-BC", "2018-02-12 2019-02-18", "2018-02-19 2019-02-11", "Family Day was moved in 2019"},
		{"CA-NB", "2018-02-19", "2017-02-20", "Family Day from 2018"},
		{"CA-NU", "2020-07-09", "2019-07-09", "Nunavut Day from 2020"},
		{"CA-AB CA-BC CA-MB CA-NB CA-ON CA-PE CA-QC CA-SK", "2018-07-02", "", "Canada Day on a Sunday"},
		{"CA-NS", "", "2018-07-02 2026-11-11 2026-05-18 2026-10-12", "1 July also on a Sunday; six days only"},
		{"CA-QC", "2018-06-25 2026-05-18 2026-06-24", "2023-06-26 2026-11-11", "Fête nationale on a Sunday, but not on a Saturday"},
		{"CA-ON", "2025-12-26", "2026-08-03 2026-11-11 2026-12-28", "Boxing Day, and no day for it"},
		{"CA-BC CA-NB CA-SK CA-NT CA-NU", "2026-08-03", "", "the first Monday of August by law"},
		{"CA-AB CA-MB CA-NL CA-ON CA-PE CA-QC CA-YT", "", "2026-08-03", "and not by law"},
		{"CA-SK", "2017-01-02 2018-11-12 2022-12-26", "2022-01-03 2023-11-13", "Monday for Sunday, not for Saturday"},
		{"CA-NL CA-PE CA-YT", "2022-01-03 2023-11-13 2021-12-27", "2021-12-28", "the next working day"},
		{"CA-YT", "2017-06-21 2026-08-17", "2024-02-23", "the holidays of the Yukon"},
		{"FI", "2026-12-25", "2026-06-19 2026-12-24", "no eves"},
		{"SE", "2026-06-20 2026-06-06", "2026-06-19 2026-12-24 2026-12-31", "no eves"},
		{"FR-57 FR-67 FR-68", "2026-04-03 2025-12-26", "", "Alsace and Moselle"},
		{"HR", "2019-06-25 2019-10-08 2020-11-18 2022-05-30", "2019-05-30 2019-11-18 2020-06-25 2020-10-08", "the reform of 2020"},
		{"HR", "2024-04-17", "2020-07-06", "an election on a Wednesday"},
		{"IE", "2022-03-18 2023-02-06 2030-02-01", "2022-02-07 2030-02-04", "one day in 2022, Saint Brigid's Day from 2023, on a Friday if that is the first"},
		{"IE", "", "2021-12-27 2021-12-28 2022-01-03 2024-03-18 2026-04-03", "no days for weekends, no Good Friday"},
		{"IT", "2027-10-04 2028-10-04", "2021-10-04 2024-10-04 2025-10-04", "San Francesco from 2026"},
		{"CH-ZH", "2026-05-01", "2026-01-02", "the list of the canton"},
		{"CH-SG", "2027-11-01", "2026-01-02 2026-05-01", "the list of the canton"},
	} {
		for _, code := range strings.Fields(tt.codes) {
			s := region(t, code, holiday.Options{})
			for _, date := range strings.Fields(tt.on) {
				if _, ok := s.Lookup(calendar.MustParseDate(date)); !ok {
					t.Errorf("%s %s is no holiday: %s", code, date, tt.why)
				}
			}
			for _, date := range strings.Fields(tt.off) {
				if d, ok := s.Lookup(calendar.MustParseDate(date)); ok {
					t.Errorf("%s %s is %v %s: %s", code, date, d.Kind, d.Name, tt.why)
				}
			}
		}
	}
}

func TestOtherSets(t *testing.T) {
	for _, tt := range []struct {
		code, set, dates, want, why string
	}{
		{"AU-QLD", "local:brisbane", "2017-08-16 2019-08-14 2020-08-14 2021-10-29 2022-08-10 2024-08-14 2026-08-12", "holiday Royal Queensland Show", "Wednesday of the show, but for two years"},
		{"AU-QLD", "local:brisbane", "2020-08-12 2021-08-11", "", "when the show was called off"},
		{"AU-TAS", "local:south", "2026-02-09", "holiday Royal Hobart Regatta", "second Monday of February"},
		{"AU-TAS", "local:north", "2026-11-02", "holiday Recreation Day", "first Monday of November"},
		{"AU-TAS", "local:hobart", "2025-10-23 2026-10-22", "holiday Royal Hobart Show", "Thursday before the fourth Saturday of October"},
		{"AU-TAS", "local:launceston", "2025-10-09 2026-10-08", "holiday Royal Launceston Show", "Thursday before the second Saturday of October"},
		{"AU-TAS", "optional", "2026-04-07", "holiday Easter Tuesday", "of the public service"},
		{"AU-SA", "statutory", "2025-12-24", "half-day Christmas Eve", "from 19:00"},
		{"AU-NT", "statutory", "2025-12-31", "half-day New Year's Eve", "from 19:00"},
		{"AU-QLD", "statutory", "2018-12-24", "", "before the act of 2019"},
		{"AU-QLD", "statutory", "2019-12-24", "half-day Christmas Eve", "from 18:00"},
		{"BR", "optional", "2026-02-16 2026-02-17", "holiday Carnaval", "Monday and Tuesday"},
		{"BR", "optional", "2026-02-18", "half-day Quarta-feira de Cinzas", "until 14:00"},
		{"BR", "optional", "2026-06-04", "holiday Corpus Christi", "Thursday"},
		{"CA-QC", "optional", "2026-04-06", "holiday Easter Monday", "instead of Good Friday"},
		{"CA-MB", "optional", "2026-11-11", "holiday Remembrance Day", "by an act of its own"},
		{"CA-ON", "optional", "2026-08-03", "holiday Civic Holiday", "by custom"},
		{"FI", "de-facto", "2026-06-19", "holiday Juhannusaatto", "an eve"},
		{"FI", "de-facto", "2026-12-24", "holiday Jouluaatto", "an eve"},
		{"IE", "de-facto", "2022-01-03", "substitute New Year's Day", "Monday for Saturday"},
		{"IE", "de-facto", "2024-03-18", "substitute Saint Patrick's Day", "Monday for Sunday"},
		{"IE", "de-facto", "2021-12-27 2022-12-27", "substitute Christmas Day", "the next day on which nothing else falls"},
		{"IE", "de-facto", "2021-12-28 2026-12-28", "substitute Saint Stephen's Day", "the next day on which nothing else falls"},
		{"SE", "de-facto", "2026-06-19", "holiday Midsommarafton", "an eve"},
		{"SE", "de-facto", "2026-12-24", "holiday Julafton", "an eve"},
		{"SE", "de-facto", "2026-12-31", "holiday Nyårsafton", "an eve"},
	} {
		s := region(t, tt.code, holiday.Options{Sets: []string{tt.set}, HalfDays: true})
		for _, date := range strings.Fields(tt.dates) {
			got := ""
			if d, ok := s.Lookup(calendar.MustParseDate(date)); ok {
				got = d.Kind.String() + " " + d.Name
			}
			if got != tt.want {
				t.Errorf("%s %s of %s is %q, want %q: %s", tt.code, date, tt.set, got, tt.want, tt.why)
			}
		}
	}
	for code, want := range map[string]string{"AU-SA": "00:00-19:00", "AU-NT": "00:00-19:00", "AU-QLD": "00:00-18:00"} {
		if d, ok := region(t, code, holiday.Options{HalfDays: true}).Lookup(on(2026, 12, 24)); !ok || d.Open.String() != want {
			t.Errorf("%s: Christmas Eve keeps %v, want %s", code, d.Open, want)
		}
		if d, ok := region(t, code, holiday.Options{}).Lookup(on(2026, 12, 24)); ok {
			t.Errorf("%s: Christmas Eve was not asked for: %+v", code, d)
		}
	}
}

// The day of a holiday and the day given for it are two, with the right names.
func TestSubstitutes(t *testing.T) {
	for _, tt := range []struct{ code, date, want string }{
		{"AU-NSW", "2026-04-25", "holiday ANZAC Day"},
		{"AU-NSW", "2026-04-27", "substitute ANZAC Day"},
		{"AU-VIC", "2022-12-25", "holiday Christmas Day"},
		{"AU-VIC", "2022-12-26", "holiday Boxing Day"},
		{"AU-VIC", "2022-12-27", "substitute Christmas Day"},
		{"AU-SA", "2022-12-26", "holiday Proclamation Day"},
		{"AU-WA", "2021-12-27", "substitute Christmas Day"},
		{"AU-WA", "2021-12-28", "substitute Boxing Day"},
		{"AU-TAS", "2025-01-26", "holiday Australia Day"},
		{"AU-TAS", "2025-01-27", "substitute Australia Day"},
		{"AU-NSW", "2022-06-13", "holiday Queen's Birthday"},
		{"AU-NSW", "2023-06-12", "holiday King's Birthday"},
		{"AU-QLD", "2021-10-04", "holiday Queen's Birthday"},
		{"AU-QLD", "2022-10-03", "holiday King's Birthday"},
		{"CA-NL", "2023-07-03", "substitute Memorial Day"},
		{"CA-YT", "2025-06-23", "substitute National Indigenous Peoples Day"},
		{"CA-QC", "2018-06-25", "substitute Fête nationale"},
	} {
		d, _ := region(t, tt.code, holiday.Options{}).Lookup(calendar.MustParseDate(tt.date))
		if got := d.Kind.String() + " " + d.Name; got != tt.want {
			t.Errorf("%s %s is %q, want %q", tt.code, tt.date, got, tt.want)
		}
	}
}

// No law of these gives a day off for a holiday on a Saturday or Sunday, or on
// another holiday.
func TestSubstitutesAreWorkingDays(t *testing.T) {
	for _, code := range holiday.Regions() {
		s := region(t, code, holiday.Options{Predicted: true})
		for y := 2017; y <= 2035; y++ {
			seen := map[calendar.Date]calendar.Day{}
			for d := range s.Days(y) {
				if d.Kind == calendar.Holiday {
					seen[d.Date] = d
				}
			}
			for d := range s.Days(y) {
				if d.Kind != calendar.Substitute {
					continue
				}
				if w := d.Date.Weekday(); w == time.Saturday || w == time.Sunday {
					t.Errorf("%s: %s is given on %v, a %v", code, d.Name, d.Date, w)
				}
				if other, ok := seen[d.Date]; ok {
					t.Errorf("%s: %s is given on %v, which is %s", code, d.Name, d.Date, other.Name)
				}
			}
		}
	}
}
