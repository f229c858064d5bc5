package calendartest_test

import (
	"testing"
	"time"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/calendar/calendartest"
)

// The model is checked by hand where it is easy to see what is right; where it
// is not, the tables of package calendar do it for both.
func TestReference(t *testing.T) {
	office := calendar.Config{Hours: calendar.MustParseHours("Mo-Fr 08:00-18:00")}
	nights := calendar.Config{
		Hours: calendar.MustParseHours("Mo-Su 22:00-06:00; PH off"),
		Holidays: calendartest.Source{List: []calendar.Day{
			{Date: calendar.MustParseDate("2024-06-12")},
		}},
	}
	for _, tt := range []struct {
		why    string
		cfg    calendar.Config
		from   string
		open   time.Duration
		to     string
		mirror bool // open before `to` leads back to `from`
	}{
		{"inside a day", office, "2024-06-12T09:00:00Z", time.Hour, "2024-06-12T10:00:00Z", true},
		{"over a night", office, "2024-06-12T17:00:00Z", 2 * time.Hour, "2024-06-13T09:00:00Z", true},
		{"over a weekend, from a closed hour", office, "2024-06-14T20:00:00Z", time.Hour, "2024-06-17T09:00:00Z", false},
		{"due at the closing", office, "2024-06-14T17:00:00Z", time.Hour, "2024-06-14T18:00:00Z", true},
		{"within a minute", office, "2024-06-12T09:00:10Z", 20 * time.Second, "2024-06-12T09:00:30Z", true},
		{"nanoseconds", office, "2024-06-12T17:59:59.999999999Z", 2, "2024-06-13T08:00:00.000000001Z", true},
		{"a holiday cuts the evening before and its own", nights, "2024-06-11T23:00:00Z", 2 * time.Hour, "2024-06-13T23:00:00Z", true},
	} {
		r := calendartest.NewReference(tt.cfg)
		from, to := instant(t, tt.from), instant(t, tt.to)
		if got := r.Between(from, to); got != tt.open {
			t.Errorf("%s: Between = %v, want %v", tt.why, got, tt.open)
		}
		if got := r.Between(to, from); got != -tt.open {
			t.Errorf("%s: Between reversed = %v, want %v", tt.why, got, -tt.open)
		}
		if got, ok := r.Add(from, tt.open); !ok || !got.Equal(to) {
			t.Errorf("%s: Add = %v %v, want %v", tt.why, got, ok, to)
		}
		if got, ok := r.Add(to, -tt.open); !ok || got.Equal(from) != tt.mirror {
			t.Errorf("%s: Add back = %v %v, want %v to be %v", tt.why, got, ok, from, tt.mirror)
		}
	}
}

// The reference must say that it has not found a thing, and end.
func TestReferenceEnds(t *testing.T) {
	shut := calendartest.Both(
		calendartest.NewReference(calendar.Config{Hours: calendar.MustParseHours("Mo 08:00-09:00")}),
		calendartest.NewReference(calendar.Config{Hours: calendar.MustParseHours("Tu 08:00-09:00")}),
	)
	at := instant(t, "2024-06-12T09:00:00Z")
	if got, ok := shut.Add(at, 1); ok {
		t.Errorf("Add = %v", got)
	}
	if got, ok := shut.Add(at, -1); ok {
		t.Errorf("Add back = %v", got)
	}
	if got, ok := shut.NextOpen(at); ok {
		t.Errorf("NextOpen = %v", got)
	}
	if got, ok := shut.AddDays(calendar.DateOf(at), 1); ok {
		t.Errorf("AddDays = %v", got)
	}
}

func instant(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}
