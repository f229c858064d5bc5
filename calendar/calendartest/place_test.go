package calendartest_test

import (
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/calendar/calendartest"
)

// A place whose change the zone data does not have would test nothing.
func TestPlacesChangeWhenTheySay(t *testing.T) {
	for _, p := range calendartest.AllPlaces() {
		loc := p.Location()
		if p.Change.IsZero() {
			continue
		}
		_, before := p.Change.Add(-1).In(loc).Zone()
		_, after := p.Change.In(loc).Zone()
		if before == after {
			t.Errorf("%s %v (%s): no change at %v", p.Zone, p.Date, p.Why, p.Change)
		}
		if day := p.Change.Sub(time.Date(p.Date.Year, p.Date.Month, p.Date.Day, 12, 0, 0, 0, loc)); day.Abs() > 36*time.Hour {
			t.Errorf("%s %v: the change is %v away", p.Zone, p.Date, day)
		}
	}
}

// Every number makes values, whatever a shrinker tries.
func TestEveryNumberMakesValues(t *testing.T) {
	for _, n := range []int{0, 1, -1, 2, 1 << 20, 1<<60 - 1, -1 << 40, 1<<63 - 1, -1 << 63} {
		p := calendartest.PlaceOf(n)
		cfg := calendartest.Config(p, n, n, n)
		if _, err := calendar.New(cfg); err != nil {
			t.Errorf("%d: %s: %v", n, calendartest.Describe(cfg), err)
		}
		calendartest.InstantOf(p, cfg, n)
		if d := calendartest.AmountOf(n); d < 0 {
			t.Errorf("AmountOf(%d) = %v", n, d)
		}
	}
}
