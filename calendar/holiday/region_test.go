package holiday_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/google/go-cmp/cmp"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/calendar/holiday"
)

func region(t testing.TB, code string, opt holiday.Options) *holiday.Source {
	t.Helper()
	s, err := holiday.Region(code, opt)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// dates returns the dates of the days of a year, each once.
func dates(h calendar.Holidays, year int) (out []calendar.Date) {
	for d := range h.Days(year) {
		out = append(out, d.Date)
	}
	return slices.Compact(out)
}

func weekday(d calendar.Date) bool { return d.Weekday() != time.Saturday && d.Weekday() != time.Sunday }

func TestRegionsFollowStatutes(t *testing.T) {
	for _, code := range holiday.Regions() {
		s, years := region(t, code, holiday.Options{}), 0
		for year := 2017; year <= 2035; year++ {
			want, ok := statute(code, year)
			if !ok {
				continue
			}
			years++
			if diff := cmp.Diff(want, dates(s, year)); diff != "" {
				t.Errorf("%s %d (-statute +got):\n%s", code, year, diff)
			}
		}
		if _, dated := datedCoverage(code); years == 0 && !dated && code != "JP" { // see TestDatedRegions, TestRegionsFollowPublishedLists
			t.Errorf("%s is in no reference", code)
		}
	}
}

func TestRegionsFollowPublishedLists(t *testing.T) {
	for _, tt := range []struct {
		code, list string
		take       func(calendar.Date) bool
		why        string
	}{
		{"GB-ENG", "GB-ENG", weekday, "GOV.UK lists no weekend days"},
		{"GB-WLS", "GB-ENG", weekday, "the law has one list for England and Wales"},
		{"JP", "JP", func(d calendar.Date) bool { return weekday(d) || d.Year <= 2027 }, "the official list has all days"},
	} {
		var got []calendar.Date
		for year := 2017; year <= 2030; year++ {
			got = append(got, dates(region(t, tt.code, holiday.Options{}), year)...)
		}
		drop := func(d calendar.Date) bool { return !tt.take(d) }
		want := slices.DeleteFunc(published(t, tt.list), drop)
		slices.SortFunc(want, calendar.Date.Compare)
		if diff := cmp.Diff(want, slices.DeleteFunc(got, drop)); diff != "" {
			t.Errorf("%s, %s (-published +got):\n%s", tt.code, tt.why, diff)
		}
	}
}

func TestDays(t *testing.T) {
	for _, tt := range []struct {
		code, date, want, why string
	}{
		{"US", "2026-07-03", "substitute Independence Day statutory", "Saturday's holiday is given on Friday"},
		{"US", "2026-07-04", "holiday Independence Day statutory", "and kept for those who work on Saturdays"},
		{"US", "2021-12-31", "substitute New Year's Day statutory", "a substitute lies in the year before its holiday"},
		{"US", "2017-01-02", "substitute New Year's Day statutory", "Sunday's holiday is given on Monday"},
		{"US", "2020-06-19", "", "Juneteenth is a holiday from 2021"},
		{"US", "2025-01-20", "holiday Martin Luther King Jr. Day statutory", "not for the inauguration"},
		{"US", "2029-01-20", "", "nor on the day that has nothing else"},
		{"US", "2025-01-09", "", "a day off by executive order is no holiday"},
		{"GB-ENG", "2022-09-19", "holiday State Funeral of Queen Elizabeth II official", "proclaimed nine days ahead"},
		{"GB-ENG", "2021-12-25", "holiday Christmas Day official", "the day itself, a Saturday"},
		{"GB-ENG", "2021-12-27", "substitute Christmas Day official", "and its substitute"},
		{"GB-ENG", "2022-12-26", "holiday Boxing Day official", "not moved for Christmas on a Sunday"},
		{"GB-ENG", "2022-12-27", "substitute Christmas Day official", "Boxing Day is in the way"},
		{"GB-ENG", "2033-12-27", "substitute Christmas Day statutory", "as in 2022, by the Act"},
		{"GB-ENG", "2020-05-04", "", "Early May moved to 8 May"},
		{"GB-ENG", "2022-05-30", "", "Spring moved to 2 June"},
		{"GB-ENG", "2028-12-26", "holiday Boxing Day official", "last of the published list"},
		{"GB-ENG", "2029-01-01", "holiday New Year's Day statutory", "first after the published list"},
		{"GB-WLS", "2023-05-08", "holiday Coronation of King Charles III official", "one list with England"},
		{"JP", "2019-12-23", "", "no Emperor's Birthday in 2019"},
		{"JP", "2020-08-10", "holiday Mountain Day official", "moved for the Olympics"},
		{"JP", "2021-08-08", "holiday Mountain Day official", "moved for the Olympics, to a Sunday"},
		{"JP", "2021-08-09", "substitute Mountain Day official", "and given on Monday"},
		{"JP", "2026-05-06", "substitute Constitution Memorial Day official", "Sunday's holiday is given after the two others"},
		{"JP", "2026-09-22", "holiday National holiday between Respect for the Aged Day and Autumnal Equinox Day official", "between two holidays"},
		{"JP", "2028-01-10", "holiday Coming of Age Day statutory", "after the list of the Cabinet Office"},
		{"PL", "2018-11-12", "holiday Święto Narodowe z okazji Setnej Rocznicy Odzyskania Niepodległości statutory", "once"},
		{"PL", "2024-12-24", "", "Christmas Eve is a holiday from 2025"},
		{"PL", "2025-12-24", "holiday Wigilia Bożego Narodzenia statutory", "the first"},
		{"DE-BE", "2018-03-08", "", "Women's Day is a holiday from 2019"},
		{"DE-BE", "2028-06-17", "holiday 75. Jahrestag des Volksaufstandes statutory", "once, on a Saturday"},
		{"DE-MV", "2022-03-08", "", "Women's Day is a holiday from 2023"},
		{"DE-HH", "2017-10-31", "holiday 500. Reformationstag statutory", "once in all Länder"},
		{"DE-HH", "2018-10-31", "holiday Reformationstag statutory", "then for good in four"},
		{"DE-BW", "2018-10-31", "", "and not in the others"},
		{"DE-BY", "2025-08-15", "", "Assumption Day is of municipalities"},
		{"NO", "2026-04-05", "holiday Første påskedag statutory", "a Sunday that the act names"},
		{"NO", "2026-12-24", "", "no eves"},
		{"FR", "2026-04-03", "", "Good Friday is of Alsace and Moselle"},
		{"FR", "2016-12-25", "", "before the coverage"},
		{"FR", "2036-01-01", "", "after the coverage"},
		{"FR", "2026-02-30", "", "no such day"},
	} {
		var date calendar.Date
		if date = on(2026, 2, 30); tt.date != "2026-02-30" {
			date = calendar.MustParseDate(tt.date)
		}
		got := ""
		if d, ok := region(t, tt.code, holiday.Options{}).Lookup(date); ok {
			got = d.Kind.String() + " " + d.Name + " " + d.Status.String()
		}
		if got != tt.want {
			t.Errorf("%s %s is %q, want %q: %s", tt.code, tt.date, got, tt.want, tt.why)
		}
	}
}

func TestCoverage(t *testing.T) {
	for _, code := range holiday.Regions() {
		s := region(t, code, holiday.Options{Predicted: true})
		official := map[string]calendar.Date{"GB-ENG": on(2028, 12, 31), "GB-WLS": on(2028, 12, 31), "JP": on(2027, 12, 31)}[code]
		want := calendar.Coverage{From: on(2017, 1, 1), OfficialThrough: official, StatutoryThrough: on(2035, 12, 31)}
		if c, dated := datedCoverage(code); dated {
			want = c
		}
		if s.Coverage() != want {
			t.Errorf("%s: coverage %+v, want %+v", code, s.Coverage(), want)
		}
		for _, year := range []int{2016, 2036} {
			if got := dates(s, year); got != nil {
				t.Errorf("%s: days in %d, outside the coverage: %v", code, year, got)
			}
		}
		if s.Region() != code || s.Description() == "" || s.Version() != holiday.Version() {
			t.Errorf("%s does not name itself: %q %q %q", code, s.Region(), s.Description(), s.Version())
		}
	}
}

func TestSets(t *testing.T) {
	const local = "local:mariae-himmelfahrt"
	munich := region(t, "DE-BY", holiday.Options{Sets: []string{"statutory", local}})
	if d, ok := munich.Lookup(on(2025, 8, 15)); !ok || d.Set != local {
		t.Errorf("15 August with %s is %+v, %v", local, d, ok)
	}
	if _, ok := munich.Lookup(on(2025, 8, 8)); ok {
		t.Error("the Augsburg peace festival was not asked for")
	}
	if munich.Equal(region(t, "DE-BY", holiday.Options{})) || !munich.Equal(munich) {
		t.Error("Equal does not tell sets apart")
	}
	_, err := holiday.Region("DE-BY", holiday.Options{Sets: []string{"bank"}})
	var parse *calendar.ParseError
	if !errors.As(err, &parse) || parse.Input != "bank" || !strings.Contains(parse.Want, local) {
		t.Errorf("a set that the region does not have: %v", err)
	}
}

func TestUnknownRegion(t *testing.T) {
	for _, tt := range []struct {
		code    string
		nearest []string
		why     string
	}{
		{"DE", []string{"DE-BB", "DE-BE", "DE-BW", "DE-BY", "DE-HB", "DE-HE", "DE-HH", "DE-MV", "DE-NI", "DE-NW", "DE-RP", "DE-SH", "DE-SL", "DE-SN", "DE-ST", "DE-TH"}, "a divided country"},
		{"GB", []string{"GB-ENG", "GB-NIR", "GB-SCT", "GB-WLS"}, "a divided country"},
		{"GB-LND", []string{"GB-ENG", "GB-NIR", "GB-SCT", "GB-WLS"}, "a subdivision without a list"},
		{"UK", []string{"GB-ENG", "GB-NIR", "GB-SCT", "GB-WLS"}, "not the ISO code"},
		{"AU", []string{"AU-ACT", "AU-NSW", "AU-NT", "AU-QLD", "AU-SA", "AU-TAS", "AU-VIC", "AU-WA"}, "a divided country"},
		{"CA", []string{"CA-AB", "CA-BC", "CA-MB", "CA-NB", "CA-NL", "CA-NS", "CA-NT", "CA-NU", "CA-ON", "CA-PE", "CA-QC", "CA-SK", "CA-YT"}, "a divided country"},
		{"CH-GE", []string{"CH-BE", "CH-BS", "CH-SG", "CH-SZ", "CH-TG", "CH-ZH"}, "a subdivision without a list"},
		{"ES", []string{"ES-AN", "ES-AR", "ES-AS", "ES-CB", "ES-CE", "ES-CL", "ES-CM", "ES-CN", "ES-CT", "ES-EX", "ES-GA", "ES-IB", "ES-MC", "ES-MD", "ES-ML", "ES-NC", "ES-PV", "ES-RI", "ES-VC"}, "a divided country"},
		{"FR-75", []string{"FR", "FR-57", "FR-67", "FR-68"}, "the country has one list but for three departments"},
		{"IE-D", []string{"IE"}, "the country has one list"},
		{"us", []string{"US"}, "spelled otherwise"},
		{"de_by", []string{"DE-BY"}, "spelled otherwise"},
		{"XX", holiday.Regions(), "no country"},
		{"", holiday.Regions(), "nothing"},
	} {
		s, err := holiday.Region(tt.code, holiday.Options{})
		var got *holiday.RegionError
		if s != nil || !errors.Is(err, holiday.ErrUnknownRegion) || !errors.As(err, &got) {
			t.Errorf("%q (%s): %v, %v", tt.code, tt.why, s, err)
			continue
		}
		if got.Input != tt.code || got.Want == "" || !slices.Equal(got.Nearest, tt.nearest) {
			t.Errorf("%q (%s): %+v, want nearest %v", tt.code, tt.why, got, tt.nearest)
		}
	}
}

func TestRegionsAreSorted(t *testing.T) {
	if codes := holiday.Regions(); !slices.IsSorted(codes) || len(slices.Compact(codes)) != len(holiday.Regions()) {
		t.Errorf("not sorted, or not unique: %v", codes)
	}
}
