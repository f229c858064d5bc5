package holiday_test

import (
	"bufio"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/supportterms/supportterms/calendar"
)

// The reference works out the days off of a week from Monday to Friday from
// the statutes, with nothing of the package under test or beneath it.

// easter is Oudin's method, not the one that the package's data rests on.
func easter(y, n int) calendar.Date {
	g, c := y%19, y/100
	h := (c - c/4 - (8*c+13)/25 + 19*g + 15) % 30
	i := h - (h/28)*(1-(29/(h+1))*((21-g)/11))
	l := i - (y+y/4+i+2-c+c/4)%7
	m := 3 + (l+40)/44
	return calendar.Date{Year: y, Month: time.Month(m), Day: l + 28 - 31*(m/4)}.AddDays(n)
}

func on(y, m, d int) calendar.Date { return calendar.Date{Year: y, Month: time.Month(m), Day: d} }

// nth is the n-th of a weekday in a month, or for n = -1 the last.
func nth(y, m int, w time.Weekday, n int) calendar.Date {
	if n < 0 {
		return nth(y, m+1, w, 1).AddDays(-7)
	}
	d := on(y, m, 1)
	return d.AddDays((int(w-d.Weekday())+7)%7 + 7*(n-1))
}

// statute returns all days off that the law of a region names, substitutes
// too; ok is false for regions that it does not know.
func statute(region string, y int) (days []calendar.Date, ok bool) {
	add := func(d ...calendar.Date) { days = append(days, d...) }
	land, german := strings.CutPrefix(region, "DE-")
	in := func(lands string) bool { return slices.Contains(strings.Fields(lands), land) }
	switch {
	case region == "AT":
		add(on(y, 1, 1), on(y, 1, 6), easter(y, 1), on(y, 5, 1), easter(y, 39), easter(y, 50), easter(y, 60),
			on(y, 8, 15), on(y, 10, 26), on(y, 11, 1), on(y, 12, 8), on(y, 12, 25), on(y, 12, 26))
	case region == "FR":
		add(on(y, 1, 1), easter(y, 1), on(y, 5, 1), on(y, 5, 8), easter(y, 39), easter(y, 50),
			on(y, 7, 14), on(y, 8, 15), on(y, 11, 1), on(y, 11, 11), on(y, 12, 25))
	case region == "NO":
		add(on(y, 1, 1), easter(y, -3), easter(y, -2), easter(y, 0), easter(y, 1), on(y, 5, 1), on(y, 5, 17),
			easter(y, 39), easter(y, 49), easter(y, 50), on(y, 12, 25), on(y, 12, 26))
	case region == "PL":
		add(on(y, 1, 1), on(y, 1, 6), easter(y, 0), easter(y, 1), on(y, 5, 1), on(y, 5, 3), easter(y, 49), easter(y, 60),
			on(y, 8, 15), on(y, 11, 1), on(y, 11, 11), on(y, 12, 25), on(y, 12, 26))
		if y == 2018 {
			add(on(y, 11, 12))
		}
		if y >= 2025 {
			add(on(y, 12, 24))
		}
	case region == "US":
		add(nth(y, 1, time.Monday, 3), nth(y, 2, time.Monday, 3), nth(y, 5, time.Monday, -1),
			nth(y, 9, time.Monday, 1), nth(y, 10, time.Monday, 2), nth(y, 11, time.Thursday, 4))
		fixed := []calendar.Date{on(y, 1, 1), on(y, 7, 4), on(y, 11, 11), on(y, 12, 25), on(y+1, 1, 1)}
		if y >= 2021 {
			fixed = append(fixed, on(y, 6, 19))
		}
		for _, d := range fixed {
			add(d, d.AddDays(map[time.Weekday]int{time.Saturday: -1, time.Sunday: 1}[d.Weekday()]))
		}
	case region == "GB-ENG" || region == "GB-WLS":
		if y < 2029 {
			return nil, false // published lists, full of proclamations
		}
		add(easter(y, -2), easter(y, 1), nth(y, 5, time.Monday, 1), nth(y, 5, time.Monday, -1), nth(y, 8, time.Monday, -1))
		for _, d := range []calendar.Date{on(y, 1, 1), on(y, 12, 25), on(y, 12, 26)} {
			off := d // the first weekday on which nothing else falls
			for off.Weekday()%6 == 0 || slices.Contains(days, off) || d.Day == 25 && off == d.AddDays(1) {
				off = off.AddDays(1)
			}
			add(d, off)
		}
	case german:
		add(on(y, 1, 1), easter(y, -2), easter(y, 1), on(y, 5, 1), easter(y, 39), easter(y, 50), on(y, 10, 3), on(y, 12, 25), on(y, 12, 26))
		for _, more := range []struct {
			day   calendar.Date
			lands string
			holds bool
		}{
			{on(y, 1, 6), "BW BY ST", true},
			{on(y, 3, 8), "BE", y >= 2019},
			{on(y, 3, 8), "MV", y >= 2023},
			{easter(y, 0), "BB", true},
			{easter(y, 49), "BB", true},
			{on(y, 5, 8), "BE", y == 2020 || y == 2025},
			{easter(y, 60), "BW BY HE NW RP SL", true},
			{on(y, 6, 17), "BE", y == 2028},
			{on(y, 8, 15), "SL", true},
			{on(y, 9, 20), "TH", y >= 2019},
			{on(y, 10, 31), "BB MV SN ST TH", true},
			{on(y, 10, 31), "HB HH NI SH", y >= 2018},
			{on(y, 10, 31), land, y == 2017},
			{on(y, 11, 1), "BW BY NW RP SL", true},
			{on(y, 11, 22).AddDays(-int(on(y, 11, 22).Weekday()+4) % 7), "SN", true}, // the Wednesday before 23 November
		} {
			if more.holds && in(more.lands) {
				add(more.day)
			}
		}
	default:
		return statutes(region, y)
	}
	slices.SortFunc(days, calendar.Date.Compare)
	days = slices.DeleteFunc(slices.Compact(days), func(d calendar.Date) bool { return d.Year != y })
	return days, true
}

// published reads an official list in testdata.
func published(t *testing.T, name string) (days []calendar.Date) {
	t.Helper()
	f, err := os.Open("testdata/" + name + ".csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		if !strings.HasPrefix(s.Text(), "#") {
			days = append(days, calendar.MustParseDate(s.Text()))
		}
	}
	return days
}
