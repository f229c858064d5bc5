package holiday_test

import (
	"errors"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/calendar/holiday"
)

func TestUnion(t *testing.T) {
	gb, fr := region(t, "GB-ENG", holiday.Options{}), region(t, "FR", holiday.Options{})
	u := holiday.Union(gb, fr)
	want := calendar.Coverage{From: on(2017, 1, 1), StatutoryThrough: on(2035, 12, 31)}
	if u.Coverage() != want {
		t.Errorf("coverage %+v, want that of the less sure: %+v", u.Coverage(), want)
	}
	for d := range u.Days(2026) {
		if d.Status != calendar.Statutory {
			t.Errorf("%v %s is %v, want statutory: no list is published for one of the two", d.Date, d.Name, d.Status)
		}
	}
	if got := dates(u, 2026); !slices.Contains(got, on(2026, 7, 14)) || !slices.Contains(got, on(2026, 12, 28)) {
		t.Errorf("days of one of the two are missing: %v", got)
	}
	if u.Version() != holiday.Version() {
		t.Errorf("version %q", u.Version())
	}
}

func TestUnionCoverage(t *testing.T) {
	year := func(y int) calendar.Date { return on(y, 12, 31) }
	stated := calendar.List{}.Coverage()
	law := calendar.Coverage{From: on(2017, 1, 1), OfficialThrough: year(2028), StatutoryThrough: year(2035)}
	announced := calendar.Coverage{From: on(2018, 1, 1), OfficialThrough: year(2026)}
	guessed := calendar.Coverage{From: on(2018, 1, 1), OfficialThrough: year(2026), PredictedThrough: year(2040)}
	for _, tt := range []struct {
		a, b, want calendar.Coverage
		why        string
	}{
		{stated, stated, stated, "what a caller stated twice is stated"},
		{stated, law, law, "a stated list is as sure as any"},
		{law, announced, announced, "known where both are"},
		{law, guessed, calendar.Coverage{From: on(2018, 1, 1), OfficialThrough: year(2026), PredictedThrough: year(2035)}, "statutory and predicted is predicted"},
		{stated, guessed, guessed, "stated and predicted is predicted"},
	} {
		got := holiday.Union(fixed{tt.a}, fixed{tt.b}).Coverage()
		if got != tt.want || holiday.Union(fixed{tt.b}, fixed{tt.a}).Coverage() != got {
			t.Errorf("%s: got %+v, want %+v", tt.why, got, tt.want)
		}
	}
	never := holiday.Union(fixed{calendar.Coverage{From: on(2030, 1, 1), StatutoryThrough: year(2035)}}, fixed{announced}).Coverage()
	for _, d := range []calendar.Date{on(2026, 1, 1), on(2028, 1, 1), on(2030, 1, 1)} {
		if _, ok := never.Status(d); ok {
			t.Errorf("%v is known, though no date is to both", d)
		}
	}
}

// fixed has a coverage and no days.
type fixed struct{ c calendar.Coverage }

func (f fixed) Coverage() calendar.Coverage { return f.c }
func (fixed) Version() string               { return "" }
func (fixed) Days(int) iter.Seq[calendar.Day] {
	return func(func(calendar.Day) bool) {}
}

func TestOverlay(t *testing.T) {
	base := region(t, "GB-ENG", holiday.Options{})
	for _, tt := range []struct {
		overlay holiday.Overlay
		want    string // in the error, or "" for none
		why     string
	}{
		{holiday.Overlay{}, "", "nothing"},
		{holiday.Overlay{Add: []calendar.Day{{Date: on(2026, 6, 15)}}}, "", "a day without a name"},
		{holiday.Overlay{Add: []calendar.Day{{Date: on(2026, 12, 25)}}}, "", "a date that has a day"},
		{holiday.Overlay{Remove: []calendar.Date{on(2026, 12, 25), on(2026, 12, 25)}}, "", "twice is once"},
		{holiday.Overlay{Remove: []calendar.Date{on(2026, 6, 15)}}, "removes 2026-06-15: want a date that has a holiday", "no holiday"},
		{holiday.Overlay{Remove: []calendar.Date{on(2036, 1, 1)}}, "removes 2036-01-01", "not known"},
		{holiday.Overlay{Add: []calendar.Day{{Date: on(2026, 12, 25)}}, Remove: []calendar.Date{on(2026, 12, 25)}},
			"adds 2026-12-25: want a date that it does not also remove", "both"},
		{holiday.Overlay{Add: []calendar.Day{{Date: on(2036, 1, 1)}}}, "want a date from 2017-01-01 through 2035-12-31", "beyond the coverage"},
		{holiday.Overlay{Add: []calendar.Day{{Date: on(2026, 2, 30)}}}, "adds 2026-02-30: want a date that exists", "no such day"},
		{holiday.Overlay{Add: []calendar.Day{{}}}, "want a date that exists", "the zero day"},
		{holiday.Overlay{Add: []calendar.Day{{Date: on(2026, 6, 15), Kind: calendar.HalfDay}}}, "the hours kept", "half a day of which hours"},
	} {
		got, err := tt.overlay.Apply(base)
		switch {
		case tt.want == "" && err != nil:
			t.Errorf("%s: %v", tt.why, err)
		case tt.want != "" && (err == nil || got != nil || !strings.Contains(err.Error(), tt.want)):
			t.Errorf("%s: %v, want %q", tt.why, err, tt.want)
		}
	}
}

func TestOverlayReportsEverything(t *testing.T) {
	_, err := holiday.Overlay{
		Add:    []calendar.Day{{Date: on(2040, 1, 1)}, {Date: on(2026, 12, 25)}},
		Remove: []calendar.Date{on(2026, 6, 15), on(2026, 12, 25)},
	}.Apply(region(t, "GB-ENG", holiday.Options{}))
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok || len(joined.Unwrap()) != 3 {
		t.Errorf("want three errors: %v", err)
	}
	var one *holiday.OverlayError
	if !errors.As(err, &one) || one.Date != on(2026, 6, 15) || !one.Removed {
		t.Errorf("the first in hand is %+v", one)
	}
}

func TestOverlayVersion(t *testing.T) {
	fr := region(t, "FR", holiday.Options{})
	apply := func(base calendar.Holidays, o holiday.Overlay) calendar.Holidays {
		h, err := o.Apply(base)
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
	a, b := calendar.Day{Date: on(2026, 4, 3), Name: "Vendredi saint"}, calendar.Day{Date: on(2026, 12, 26), Name: "Saint Étienne"}
	both := apply(fr, holiday.Overlay{Add: []calendar.Day{a, b}})
	if v := both.Version(); !strings.HasPrefix(v, holiday.Version()+"+overlay.") {
		t.Errorf("version %q does not show the overlay", v)
	}
	if diff := cmp.Diff(both.Version(), apply(fr, holiday.Overlay{Add: []calendar.Day{b, a}}).Version()); diff != "" {
		t.Errorf("the version depends on the order:\n%s", diff)
	}
	if both.Version() == apply(fr, holiday.Overlay{Add: []calendar.Day{a}}).Version() {
		t.Error("two overlays have one version")
	}
	if v := apply(calendar.List{}, holiday.Overlay{Add: []calendar.Day{a}}).Version(); !strings.HasPrefix(v, "overlay.") {
		t.Errorf("version %q on a list without one", v)
	}
	if v := apply(fr, holiday.Overlay{}).Version(); v != fr.Version() {
		t.Errorf("version %q of an overlay that changes nothing", v)
	}
}
