package holiday

import (
	"fmt"
	"hash/fnv"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rickar/cal/v2"

	"github.com/supportterms/supportterms/calendar"
)

// Where clocks go forward at midnight that instant does not exist, and
// time.Date gives one on either side of it.
func TestCalcWithoutMidnight(t *testing.T) {
	for _, tt := range []struct{ zone, date string }{
		{"America/Santiago", "2024-09-08"},
		{"America/Asuncion", "2022-10-02"},
		{"America/Havana", "2025-03-09"},
		{"Africa/Cairo", "2024-04-26"},
		{"Asia/Beirut", "2024-03-31"},
		{"Asia/Tehran", "2021-03-22"},
		{"Asia/Kathmandu", "2024-04-26"},
		{"Pacific/Kiritimati", "2024-04-26"},
		{"Pacific/Pago_Pago", "2024-04-26"},
	} {
		loc, err := time.LoadLocation(tt.zone)
		if err != nil {
			t.Fatal(err)
		}
		want := calendar.MustParseDate(tt.date)
		midnight := func(*cal.Holiday, int) time.Time {
			return time.Date(want.Year, want.Month, want.Day, 0, 0, 0, 0, loc)
		}
		rules := []*cal.Holiday{{Name: "day", Func: midnight, Observed: []cal.AltDay{{Day: want.Weekday(), Offset: 1}}}}
		days := (&region{rules: &rules}).compute(nil, want.Year)
		if len(days) != 2 || days[0].Date != want || days[1].Date != want.AddDays(1) || days[1].Kind != calendar.Substitute {
			t.Errorf("%s %s: %v", tt.zone, tt.date, days)
		}
	}
}

// fingerprint is a hash of all that all regions answer.
func fingerprint(t *testing.T) string {
	h := fnv.New64a()
	for i := range regions {
		days, err := regions[i].compile()
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range days {
			fmt.Fprintln(h, regions[i].code, d.Date, d.Name, d.Kind, d.Open, d.Set, d.Status, d.Source)
		}
	}
	return fmt.Sprintf("%016x", h.Sum64())
}

// The days may not change under one version, neither by an edit of a table nor
// by another version of rickar/cal.
func TestVersionNamesTheDays(t *testing.T) {
	got := version + " " + fingerprint(t)
	if want := "2026-11-21 3e287755cecfdcd8"; got != want {
		t.Errorf("the days are %q, want %q: name a change of them by a new version", got, want)
	}
}

// TestMachineZone runs the test above in processes with other zones.
func TestMachineZone(t *testing.T) {
	if testing.Short() {
		t.Skip("starts processes")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, zone := range []string{"UTC", "America/Santiago", "America/Asuncion", "Africa/Cairo", "Asia/Tehran", "Asia/Kathmandu", "Pacific/Apia"} {
		cmd := exec.Command(self, "-test.run=^(TestVersionNamesTheDays|TestCalcWithoutMidnight)$", "-test.short")
		cmd.Env = append(os.Environ(), "TZ="+zone)
		if out, err := cmd.CombinedOutput(); err != nil || !strings.Contains(string(out), "PASS") {
			t.Errorf("TZ=%s: %v\n%s", zone, err, out)
		}
	}
}

func TestConcurrentFirstUse(t *testing.T) {
	want := fingerprint(t)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() { // each is a first use, side by side with the others
			if got := fingerprint(t); got != want {
				t.Errorf("days %s, want %s", got, want)
			}
		})
		for _, code := range []string{"JP", "DE-BE", "GB-ENG"} {
			wg.Go(func() {
				s, err := Region(code, Options{})
				if err != nil {
					t.Error(err)
					return
				}
				if d, ok := s.Lookup(calendar.Date{Year: 2026, Month: 1, Day: 1}); !ok {
					t.Errorf("%s: New Year's Day is %v", code, d)
				}
			})
		}
	}
	wg.Wait()
}

// A region that is made up has a day of each kind, set and status.
func TestOptionsOfOtherRegions(t *testing.T) {
	day := func(date string, kind calendar.DayKind, set string, status calendar.Status) calendar.Day {
		return calendar.Day{Date: calendar.MustParseDate(date), Name: "day", Kind: kind, Set: set, Status: status}
	}
	r := &region{code: "ZZ", from: 2024, official: 2026, predicted: 2028}
	all := []calendar.Day{
		day("2025-01-01", calendar.Holiday, "statutory", calendar.Official),
		day("2025-02-08", calendar.Workday, "statutory", calendar.Official),
		day("2025-10-28", calendar.HalfDay, "statutory", calendar.Official),
		day("2025-12-24", calendar.Holiday, "de-facto", calendar.Official),
		day("2027-01-01", calendar.Holiday, "statutory", calendar.Predicted),
	}
	for _, tt := range []struct {
		opt  Options
		want []calendar.Day
		last int
	}{
		{Options{}, all[:1], 2026},
		{Options{Workdays: true}, all[:2], 2026},
		{Options{Workdays: true, HalfDays: true}, all[:3], 2026},
		{Options{Sets: []string{"de-facto"}}, all[3:4], 2026},
		{Options{Predicted: true}, []calendar.Day{all[0], all[4]}, 2028},
	} {
		s, err := newSource(r, all, tt.opt)
		if err != nil {
			t.Fatal(err)
		}
		if last := s.Coverage().Through().Year; !slices.Equal(s.days, tt.want) || last != tt.last {
			t.Errorf("%+v: %v through %d, want %v through %d", tt.opt, s.days, last, tt.want, tt.last)
		}
	}
}
