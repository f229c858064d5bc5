package holiday_test

import (
	"bufio"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/calendar/holiday"
)

// The regions whose days are a table by date, with the last year of their list
// at hand (testdata/CODE.csv) and how far they are known.
var datedRegions = []struct {
	codes                          string
	list                           int
	official, statutory, predicted int
}{
	{"CL", 2030, 0, 2035, 0},
	{"CN", 2026, 2026, 0, 2030},
	{"ES-AN ES-AR ES-AS ES-CB ES-CE ES-CL ES-CM ES-CN ES-CT ES-EX ES-GA ES-IB ES-MC ES-MD ES-ML ES-NC ES-PV ES-RI ES-VC", 2026, 2026, 0, 0},
	{"GB-NIR GB-SCT", 2030, 2028, 2035, 0},
	{"HU", 2030, 2026, 0, 2035},
	{"KR", 2027, 2027, 0, 2030},
	{"TR", 2030, 2032, 0, 2035},
	{"TW", 2026, 2026, 0, 2030},
}

// datedCoverage returns how far a region of datedRegions is known, and false
// for every other.
func datedCoverage(code string) (calendar.Coverage, bool) {
	end := func(year int) calendar.Date {
		if year == 0 {
			return calendar.Date{}
		}
		return on(year, 12, 31)
	}
	for _, r := range datedRegions {
		if slices.Contains(strings.Fields(r.codes), code) {
			return calendar.Coverage{From: on(2017, 1, 1), OfficialThrough: end(r.official), StatutoryThrough: end(r.statutory), PredictedThrough: end(r.predicted)}, true
		}
	}
	return calendar.Coverage{}, false
}

// publishedOf reads what the official lists in testdata say of several
// regions, a line each.
func publishedOf(t *testing.T, name string) map[string][]calendar.Date {
	t.Helper()
	f, err := os.Open("testdata/" + name + ".csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	out := map[string][]calendar.Date{}
	for s := bufio.NewScanner(f); s.Scan(); {
		if code, date, ok := strings.Cut(s.Text(), " "); ok && code != "#" {
			out[code] = append(out[code], calendar.MustParseDate(date))
		}
	}
	return out
}

func TestDatedRegions(t *testing.T) {
	for _, r := range datedRegions {
		for _, code := range strings.Fields(r.codes) {
			s := region(t, code, holiday.Options{Predicted: true})
			var got []calendar.Date
			for year := 2017; year <= r.list; year++ {
				got = append(got, dates(s, year)...)
			}
			got = slices.DeleteFunc(got, func(d calendar.Date) bool { return !weekday(d) })
			want := published(t, code)
			slices.SortFunc(want, calendar.Date.Compare)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-published +got):\n%s", code, diff)
			}
		}
	}
}

// Where a law goes on after the list, or is all there is, the days follow it.
func TestDatedRegionsFollowStatutes(t *testing.T) {
	for _, tt := range []struct {
		code  string
		first int
		law   func(year int) []calendar.Date
	}{
		{"CL", 2017, chile},
		{"GB-NIR", 2029, func(y int) []calendar.Date {
			return bankHolidays(y, easter(y, 1), nth(y, 8, time.Monday, -1), on(y, 1, 1), on(y, 3, 17), on(y, 7, 12))
		}},
		{"GB-SCT", 2029, func(y int) []calendar.Date {
			return bankHolidays(y, easter(y, -2), nth(y, 8, time.Monday, 1), on(y, 1, 1), on(y, 1, 2), on(y, 11, 30))
		}},
	} {
		s := region(t, tt.code, holiday.Options{})
		for year := tt.first; year <= 2035; year++ {
			want := tt.law(year)
			slices.SortFunc(want, calendar.Date.Compare)
			if diff := cmp.Diff(slices.Compact(want), dates(s, year)); diff != "" {
				t.Errorf("%s %d (-statute +got):\n%s", tt.code, year, diff)
			}
		}
	}
}

// bankHolidays are the days common to the nations, the two given, and further
// days, with the first free working day for each that falls on a weekend.
func bankHolidays(y int, spring, summer calendar.Date, fixed ...calendar.Date) []calendar.Date {
	days := []calendar.Date{easter(y, -2), spring, nth(y, 5, time.Monday, 1), nth(y, 5, time.Monday, -1), summer}
	fixed = append(fixed, on(y, 12, 25), on(y, 12, 26))
	days = append(days, fixed...)
	for _, d := range fixed {
		off := d
		if weekday(d) {
			continue
		}
		for !weekday(off) || slices.Contains(days, off) {
			off = off.AddDays(1)
		}
		days = append(days, off)
	}
	return days
}

// chile has the solstice as the first of winter on the clock of Santiago.
func chile(y int) []calendar.Date {
	days := []calendar.Date{on(y, 1, 1), easter(y, -2), on(y, 5, 1), on(y, 5, 21), on(y, 7, 16), on(y, 8, 15), on(y, 9, 18), on(y, 9, 19),
		on(y, 11, 1), on(y, 12, 8), on(y, 12, 25)}
	for _, d := range []calendar.Date{on(y, 6, 29), on(y, 10, 12)} {
		days = append(days, d.AddDays(map[time.Weekday]int{time.Tuesday: -1, time.Wednesday: -2, time.Thursday: -3, time.Friday: 3}[d.Weekday()]))
	}
	evangelical := on(y, 10, 31)
	days = append(days, evangelical.AddDays(map[time.Weekday]int{time.Tuesday: -4, time.Wednesday: 2}[evangelical.Weekday()]))
	if on(y, 1, 1).Weekday() == time.Sunday {
		days = append(days, on(y, 1, 2))
	}
	switch on(y, 9, 18).Weekday() {
	case time.Tuesday, time.Saturday:
		days = append(days, on(y, 9, 17))
	case time.Wednesday:
		days = append(days, on(y, 9, 20))
	}
	if y >= 2022 {
		// The June solstice of 2000, and how much later each is; the clock of
		// Santiago is then four hours behind.
		solstice := time.Date(2000, 6, 21, 1, 48, 0, 0, time.UTC).Add(time.Duration(y-2000) * (365*24*time.Hour + 5*time.Hour + 47*time.Minute + 56*time.Second))
		days = append(days, calendar.DateOf(solstice.Add(-4*time.Hour)))
	}
	switch y {
	case 2017:
		days = append(days, on(y, 4, 19))
	case 2021:
		days = append(days, on(y, 6, 21)) // by the act; the solstice was on the evening before
	case 2022:
		days = append(days, on(y, 9, 16))
	}
	return days
}

func TestWorkdaysAndHalfDays(t *testing.T) {
	morning, err := calendar.ParseWindow("00:00-13:00")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		list string
		kind calendar.DayKind
		opt  holiday.Options
	}{
		{"workdays", calendar.Workday, holiday.Options{Workdays: true}},
		{"half-days", calendar.HalfDay, holiday.Options{HalfDays: true}},
	} {
		want := publishedOf(t, tt.list)
		for _, r := range datedRegions {
			for _, code := range strings.Fields(r.codes) {
				var got []calendar.Date
				for _, d := range all(region(t, code, tt.opt)) {
					if d.Kind == tt.kind && d.Date.Year <= 2030 {
						got = append(got, d.Date)
					}
					if d.Kind == calendar.HalfDay && d.Open != morning {
						t.Errorf("%s: %v keeps %v", code, d.Date, d.Open)
					}
				}
				slices.SortFunc(want[code], calendar.Date.Compare)
				if diff := cmp.Diff(want[code], got); diff != "" {
					t.Errorf("%s of %s (-published +got):\n%s", tt.list, code, diff)
				}
				for _, d := range all(region(t, code, holiday.Options{Predicted: true})) {
					if d.Kind == tt.kind {
						t.Errorf("%s: %v is a %v and was not asked for", code, d.Date, d.Kind)
					}
				}
			}
		}
	}
}

func TestDatedDays(t *testing.T) {
	for _, tt := range []struct{ code, date, want, why string }{
		{"CN", "2025-01-28", "holiday Spring Festival official", "the eve, from 2025 on"},
		{"CN", "2024-02-09", "", "and not before"},
		{"CN", "2020-01-31", "holiday Spring Festival official", "added in the epidemic"},
		{"CN", "2019-05-02", "substitute Labour Day official", "added to the notice in spring"},
		{"CN", "2026-02-23", "substitute Spring Festival official", "paid for by a make-up workday"},
		{"CN", "2025-05-31", "holiday Dragon Boat Festival official", "the day itself, a Saturday"},
		{"CN", "2020-10-01", "holiday Mid-Autumn Festival official", "two festivals on one day"},
		{"CN", "2030-02-04", "holiday Spring Festival predicted", "by the regulation"},
		{"TW", "2025-09-29", "substitute Teachers' Day official", "by the act of May 2025"},
		{"TW", "2024-09-28", "", "and not before"},
		{"TW", "2026-05-01", "holiday Labour Day official", "for all from 2026 on"},
		{"TW", "2021-12-31", "substitute Founding Day official", "for a holiday in the year after"},
		{"KR", "2017-05-09", "holiday Presidential election official", "an election"},
		{"KR", "2024-10-01", "holiday Temporary public holiday (Armed Forces Day) official", "by decision of the cabinet"},
		{"KR", "2026-05-01", "holiday Labour Day official", "new in the list"},
		{"KR", "2025-05-01", "", "and not before"},
		{"KR", "2027-07-17", "holiday Constitution Day official", "new in the list, a Saturday"},
		{"KR", "2027-07-19", "substitute Constitution Day official", "and given on Monday"},
		{"KR", "2028-01-27", "holiday Seollal predicted", "a day after the Chinese new year"},
		{"TR", "2017-07-15", "holiday Demokrasi ve Millî Birlik Günü official", "the first"},
		{"TR", "2031-01-24", "holiday Ramazan Bayramı official", "in the calendar of Diyanet"},
		{"TR", "2032-03-25", "holiday Kurban Bayramı official", "the fourth day"},
		{"TR", "2033-12-23", "holiday Ramazan Bayramı predicted", "the second of the year"},
		{"HU", "2018-12-31", "substitute áthelyezett pihenőnap official", "exchanged for a Saturday"},
		{"HU", "2023-04-09", "", "Easter Sunday, which the code does not name"},
		{"HU", "2027-01-01", "holiday Újév predicted", "by the code"},
		{"CL", "2017-04-19", "holiday Censo de Población y Vivienda statutory", "once"},
		{"CL", "2022-09-16", "holiday Feriado adicional de Fiestas Patrias statutory", "once"},
		{"CL", "2025-12-31", "", "a holiday of banks alone"},
		{"CL", "2021-04-03", "", "the Saturday before Easter, left to an overlay"},
		{"GB-SCT", "2023-01-03", "substitute New Year's Day official", "the 2nd is a holiday itself"},
		{"GB-SCT", "2026-06-15", "holiday World Cup bank holiday official", "in Scotland alone"},
		{"GB-SCT", "2026-04-06", "", "no Easter Monday"},
		{"GB-SCT", "2033-01-04", "substitute 2nd January statutory", "both days on a weekend"},
		{"GB-NIR", "2026-06-15", "", "in Scotland alone"},
		{"GB-NIR", "2026-07-13", "substitute Battle of the Boyne (Orangemen's Day) official", "Monday for Sunday"},
		{"GB-NIR", "2029-03-17", "holiday St Patrick's Day statutory", "the day itself, a Saturday"},
		{"ES-CT", "2026-12-26", "holiday San Esteban official", "a Saturday"},
		{"ES-AN", "2021-08-16", "substitute Asunción de la Virgen official", "Monday for Sunday"},
		{"ES-MD", "2021-08-16", "", "where the collections differ"},
		{"ES-ML", "2026-05-27", "holiday Fiesta del Sacrificio official", "in Melilla"},
		{"ES-CN", "2018-12-08", "", "given up for 30 May"},
	} {
		var got []string
		for d := range region(t, tt.code, holiday.Options{Predicted: true}).Days(calendar.MustParseDate(tt.date).Year) {
			if d.Date.String() == tt.date {
				got = append(got, d.Kind.String()+" "+d.Name+" "+d.Status.String())
			}
		}
		if tt.want == "" && got != nil || tt.want != "" && !slices.Contains(got, tt.want) {
			t.Errorf("%s %s is %q, want %q: %s", tt.code, tt.date, got, tt.want, tt.why)
		}
	}
}

// No day contradicts another: a substitute is on a weekday without a holiday of
// its own, a make-up workday on a weekend without one.
func TestDatedDaysAgree(t *testing.T) {
	for _, r := range datedRegions {
		for _, code := range strings.Fields(r.codes) {
			s := region(t, code, holiday.Options{Predicted: true, Workdays: true, HalfDays: true})
			off := map[calendar.Date]bool{}
			for _, d := range all(s) {
				if status, ok := s.Coverage().Status(d.Date); !ok || d.Status != status || d.Name == "" || d.Set == "" || d.Source == "" {
					t.Errorf("%s: %+v", code, d)
				}
				off[d.Date] = off[d.Date] || d.Kind == calendar.Holiday
			}
			for _, d := range all(s) {
				switch {
				case d.Kind == calendar.Substitute && (!weekday(d.Date) || off[d.Date]),
					d.Kind == calendar.Workday && (weekday(d.Date) || off[d.Date]):
					t.Errorf("%s: %v is a %v", code, d.Date, d.Kind)
				}
			}
		}
	}
}

// in makes a calendar of a region.
func in(t *testing.T, code, zone string, opt holiday.Options) *calendar.Calendar {
	t.Helper()
	loc, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	c, err := calendar.New(calendar.Config{
		Hours: calendar.MustParseHours("Mo-Fr 09:00-18:00; PH off"), Location: loc, Holidays: region(t, code, opt),
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestHorizon(t *testing.T) {
	for _, tt := range []struct {
		code, zone string
		predicted  bool
		year       int // 30 hours of work from its 30 December
		want       calendar.Status
		known      bool
	}{
		{"CN", "Asia/Shanghai", false, 2025, calendar.Official, true},
		{"CN", "Asia/Shanghai", false, 2026, 0, false},
		{"CN", "Asia/Shanghai", true, 2026, calendar.Predicted, true},
		{"CN", "Asia/Shanghai", true, 2030, 0, false},
		{"TW", "Asia/Taipei", false, 2026, 0, false},
		{"TW", "Asia/Taipei", true, 2026, calendar.Predicted, true},
		{"KR", "Asia/Seoul", false, 2027, 0, false},
		{"KR", "Asia/Seoul", true, 2027, calendar.Predicted, true},
		{"HU", "Europe/Budapest", false, 2026, 0, false},
		{"HU", "Europe/Budapest", true, 2026, calendar.Predicted, true},
		{"HU", "Europe/Budapest", true, 2035, 0, false},
		{"TR", "Europe/Istanbul", false, 2031, calendar.Official, true},
		{"TR", "Europe/Istanbul", false, 2032, 0, false},
		{"TR", "Europe/Istanbul", true, 2032, calendar.Predicted, true},
		{"ES-CT", "Europe/Madrid", false, 2025, calendar.Official, true},
		{"ES-CT", "Europe/Madrid", false, 2026, 0, false},
		{"ES-CT", "Europe/Madrid", true, 2026, 0, false},
		{"GB-SCT", "Europe/London", false, 2028, calendar.Statutory, true},
		{"GB-NIR", "Europe/London", false, 2027, calendar.Official, true},
		{"GB-NIR", "Europe/London", false, 2035, 0, false},
		{"CL", "America/Santiago", false, 2034, calendar.Statutory, true},
		{"CL", "America/Santiago", false, 2035, 0, false},
	} {
		c := in(t, tt.code, tt.zone, holiday.Options{Predicted: tt.predicted})
		from := c.At(on(tt.year, 12, 30), 9*time.Hour)
		due, err := c.Add(from, 30*time.Hour)
		switch {
		case !tt.known && !errors.Is(err, calendar.ErrBeyondCoverage):
			t.Errorf("%s from %v, predicted %v: %v, %v, want %v", tt.code, from, tt.predicted, due, err, calendar.ErrBeyondCoverage)
		case tt.known && (err != nil || c.Status(from, due) != tt.want):
			t.Errorf("%s from %v, predicted %v: %v is %v, %v, want %v", tt.code, from, tt.predicted, due, c.Status(from, due), err, tt.want)
		}
	}
}

func TestWorkdaysAndHalfDaysInCalendar(t *testing.T) {
	for _, tt := range []struct {
		code, zone, date string
		opt              holiday.Options
		want             time.Duration // open on that date
		why              string
	}{
		{"CN", "Asia/Shanghai", "2026-02-14", holiday.Options{Workdays: true}, 9 * time.Hour, "a Saturday worked"},
		{"CN", "Asia/Shanghai", "2026-02-14", holiday.Options{}, 0, "not asked for"},
		{"CN", "Asia/Shanghai", "2026-01-04", holiday.Options{Workdays: true}, 9 * time.Hour, "a Sunday worked"},
		{"CN", "Asia/Shanghai", "2026-02-21", holiday.Options{Workdays: true}, 0, "a Saturday like others"},
		{"TW", "Asia/Taipei", "2025-02-08", holiday.Options{Workdays: true}, 9 * time.Hour, "the last"},
		{"HU", "Europe/Budapest", "2026-01-10", holiday.Options{Workdays: true}, 9 * time.Hour, "a Saturday worked"},
		{"HU", "Europe/Budapest", "2026-01-02", holiday.Options{Workdays: true}, 0, "for this Friday"},
		{"TR", "Europe/Istanbul", "2026-05-26", holiday.Options{HalfDays: true}, 4 * time.Hour, "eve of a feast"},
		{"TR", "Europe/Istanbul", "2026-05-26", holiday.Options{}, 9 * time.Hour, "not asked for"},
		{"TR", "Europe/Istanbul", "2026-10-28", holiday.Options{HalfDays: true}, 4 * time.Hour, "eve of the Republic"},
		{"TR", "Europe/Istanbul", "2029-04-23", holiday.Options{HalfDays: true}, 0, "an eve that is a holiday itself"},
		{"TR", "Europe/Istanbul", "2025-03-29", holiday.Options{HalfDays: true}, 0, "an eve on a Saturday"},
	} {
		c := in(t, tt.code, tt.zone, tt.opt)
		d := calendar.MustParseDate(tt.date)
		got, err := c.Between(c.At(d, 0), c.At(d.AddDays(1), 0))
		if err != nil || got != tt.want {
			t.Errorf("%s %s %+v: open %v, %v, want %v: %s", tt.code, tt.date, tt.opt, got, err, tt.want, tt.why)
		}
	}
	eve := in(t, "TR", "Europe/Istanbul", holiday.Options{HalfDays: true})
	closes, err := eve.NextClose(eve.At(on(2026, 10, 28), 9*time.Hour))
	if want := eve.At(on(2026, 10, 28), 13*time.Hour); err != nil || !closes.Equal(want) {
		t.Errorf("28 October closes at %v, %v, want %v", closes, err, want)
	}
}

// The limit that the package keeps to, comments and all.
func TestSizeOfData(t *testing.T) {
	size := int64(0)
	err := fs.WalkDir(os.DirFS("data"), ".", func(_ string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err == nil {
			size += info.Size()
		}
		return err
	})
	if err != nil || size >= 400_000 {
		t.Errorf("the tables have %d bytes, %v, want fewer than 400,000", size, err)
	}
}
