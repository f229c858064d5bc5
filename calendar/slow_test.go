package calendar_test

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/leanovate/gopter/gen"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/calendar/calendartest"
)

// searches are the five searches, of a calendar and of its model.
var searches = []struct {
	name     string
	calendar func(*calendar.Calendar, time.Time) (time.Time, error)
	model    func(*calendartest.Reference, time.Time) (time.Time, bool)
}{
	{"NextOpen", (*calendar.Calendar).NextOpen, (*calendartest.Reference).NextOpen},
	{"NextClose", (*calendar.Calendar).NextClose, (*calendartest.Reference).NextClose},
	{"PrevOpen", (*calendar.Calendar).PrevOpen, (*calendartest.Reference).PrevOpen},
	{"PrevClose", (*calendar.Calendar).PrevClose, (*calendartest.Reference).PrevClose},
	{"Clamp", (*calendar.Calendar).Clamp, (*calendartest.Reference).Clamp},
}

// C12
func TestAgreesWithMinuteWalk(t *testing.T) {
	check(t, 500, func(place, week, days, overrides, i, j int) string {
		w := build(place, week, days, overrides)
		a, b := w.at(i), w.at(j)
		if got, want := must(w.c.Open(a)), w.ref.Open(a); got != want {
			return w.not("Open(%v) = %v, want %v", a, got, want)
		}
		if got, want := must(w.c.Between(a, b)), w.ref.Between(a, b); got != want {
			return w.not("Between(%v, %v) = %v, want %v", a, b, got, want)
		}
		return ""
	}, worlds(instants, instants)...)
}

// The amount is the open time between two edges, so that ends lie on openings
// and closings more often than not.
func TestAddAgrees(t *testing.T) {
	check(t, 400, func(place, week, days, overrides, i, j, nudge int) string {
		w := build(place, week, days, overrides)
		from := w.at(i)
		d := w.ref.Between(from, w.at(j)).Abs() + time.Duration(nudge)
		for _, d := range []time.Duration{d, -d} {
			want, ok := w.ref.Add(from, d)
			if got := must(w.c.Add(from, d)); ok && !got.Equal(want) {
				return w.not("Add(%v, %v) = %v, want %v", from, d, got, want)
			}
		}
		return ""
	}, worlds(instants, instants, gen.IntRange(-1, 1))...)
}

func TestAddOfAnyAmountAgrees(t *testing.T) {
	check(t, 200, func(place, week, days, overrides, i, n int) string {
		w := build(place, week, days, overrides)
		from, d := w.at(i), amount(n)/4
		for _, d := range []time.Duration{d, -d} {
			want, ok := w.ref.Add(from, d)
			if got := must(w.c.Add(from, d)); ok && !got.Equal(want) {
				return w.not("Add(%v, %v) = %v, want %v", from, d, got, want)
			}
		}
		return ""
	}, worlds(instants, amounts)...)
}

func TestSearchesAgree(t *testing.T) {
	check(t, 500, func(place, week, days, overrides, i int) string {
		w := build(place, week, days, overrides)
		at := w.at(i)
		for _, search := range searches {
			got, err := search.calendar(w.c, at)
			want, ok := search.model(w.ref, at)
			switch {
			case !ok && w.boundless():
				if !errors.Is(err, calendar.ErrAlwaysOpen) {
					return w.not("%s(%v) = %v, %v, want ErrAlwaysOpen", search.name, at, got, err)
				}
			case ok && (err != nil || !got.Equal(want)):
				return w.not("%s(%v) = %v, %v, want %v", search.name, at, got, err, want)
			case !ok && err == nil && got.Sub(at).Abs() < calendartest.Reach-24*time.Hour:
				return w.not("%s(%v) = %v, where the model finds nothing", search.name, at, got)
			}
		}
		return ""
	}, worlds(instants)...)
}

func TestSpansAgree(t *testing.T) {
	check(t, 300, func(place, week, days, overrides, i, j int) string {
		w := build(place, week, days, overrides)
		from, to := w.at(i), w.at(j)
		got, want := slices.Collect(must(w.c.Spans(from, to))), w.ref.Spans(from, to)
		if !slices.EqualFunc(got, want, equalSpans) {
			return w.not("Spans(%v, %v) =\n  %v, want\n  %v", from, to, got, want)
		}
		return ""
	}, worlds(instants, instants)...)
}

func equalSpans(a, b calendar.Span) bool { return a.From.Equal(b.From) && a.To.Equal(b.To) }

func TestAddDaysAgrees(t *testing.T) {
	check(t, 200, func(place, week, days, overrides, from, n int) string {
		w := build(place, week, days, overrides)
		d := w.place.Date.AddDays(from)
		want, ok := w.ref.AddDays(d, n)
		if got := must(w.c.AddDays(d, n)); ok && got != want {
			return w.not("AddDays(%v, %d) = %v, want %v", d, n, got, want)
		}
		return ""
	}, worlds(gen.IntRange(-4, 4), gen.IntRange(-6, 6))...)
}

func TestClosingAgrees(t *testing.T) {
	check(t, 300, func(place, week, days, overrides, from int) string {
		w := build(place, week, days, overrides)
		d := w.place.Date.AddDays(from)
		got, err := w.c.Closing(d)
		want, ok := w.ref.Closing(d)
		if ok && (err != nil || !got.Equal(want)) || !ok && !errors.Is(err, calendar.ErrNeverOpen) {
			return w.not("Closing(%v) = %v, %v, want %v, %v", d, got, err, want, ok)
		}
		return ""
	}, worlds(gen.IntRange(-4, 4))...)
}

func TestAtAgrees(t *testing.T) {
	check(t, 300, func(place, from, minute, seconds int) string {
		w := build(place, 0, 0, 0)
		d := w.place.Date.AddDays(from)
		clock := time.Duration(minute)*5*time.Minute + time.Duration(seconds)*time.Second
		want, ok := w.ref.At(d, clock)
		if got := w.c.At(d, clock); !ok || !got.Equal(want) {
			return w.not("At(%v, %v) = %v, want %v", d, clock, got, want)
		}
		return ""
	}, calendartest.Places(), gen.IntRange(-1, 1), gen.IntRange(0, 287), gen.IntRange(0, 299))
}

// Customer and provider each keep the clock of their own place, near the same
// date.
func TestUnionAndIntersectAgree(t *testing.T) {
	check(t, 300, func(place, week, days, overrides, place2, week2, days2, overrides2, i, j int) string {
		a := build(place, week, days, overrides)
		p := calendartest.PlaceOf(place2)
		p.Date, p.Change = a.place.Date, a.place.Change
		cfg := calendartest.Config(p, week2, days2, overrides2)
		b := world{p, cfg, must(calendar.New(cfg)), calendartest.NewReference(cfg)}
		from, to := a.at(i), b.at(j)
		for _, both := range []struct {
			name string
			make func(a, b *calendar.Calendar) (*calendar.Calendar, error)
			ref  *calendartest.Reference
		}{
			{"Union", calendar.Union, calendartest.Either(a.ref, b.ref)},
			{"Intersect", calendar.Intersect, calendartest.Both(a.ref, b.ref)},
		} {
			not := func(format string, args ...any) string {
				return both.name + " " + a.not(format, args...) + "\n  and " + calendartest.Describe(cfg)
			}
			c, err := both.make(a.c, b.c)
			if errors.Is(err, calendar.ErrNeverOpen) {
				if spans := both.ref.Spans(from.AddDate(0, 0, -14), from.AddDate(0, 0, 14)); len(spans) > 0 {
					return not("is said never to be open, but is at %v", spans[0].From)
				}
				continue
			}
			if err != nil {
				return not("%v", err)
			}
			if c.Location() != a.c.Location() {
				return not("is in %v", c.Location())
			}
			if got, want := must(c.Open(from)), both.ref.Open(from); got != want {
				return not("Open(%v) = %v, want %v", from, got, want)
			}
			d := both.ref.Between(from, to)
			if got := must(c.Between(from, to)); got != d {
				return not("Between(%v, %v) = %v, want %v", from, to, got, d)
			}
			want, ok := both.ref.Add(from, d)
			if got, err := c.Add(from, d); ok && (err != nil || !got.Equal(want)) {
				return not("Add(%v, %v) = %v, %v, want %v", from, d, got, err, want)
			}
			if got, want := slices.Collect(must(c.Spans(from, to))), both.ref.Spans(from, to); !slices.EqualFunc(got, want, equalSpans) {
				return not("Spans(%v, %v) =\n  %v, want\n  %v", from, to, got, want)
			}
			for _, search := range searches {
				got, err := search.calendar(c, from)
				if want, ok := search.model(both.ref, from); ok && (err != nil || !got.Equal(want)) {
					return not("%s(%v) = %v, %v, want %v", search.name, from, got, err, want)
				}
			}
			day := a.place.Date
			got, err := c.AddDays(day, 2)
			if want, ok := both.ref.AddDays(day, 2); ok && (err != nil || got != want) {
				return not("AddDays(%v, 2) = %v, %v, want %v", day, got, err, want)
			}
		}
		return ""
	}, worlds(append(worlds(), instants, instants)...)...)
}

// A calendar compiles years as it is asked about them. What it was asked first
// must not show in what it answers, least of all where two years meet.
func TestOrderOfQuestionsIsIrrelevant(t *testing.T) {
	check(t, 400, func(place, week, days, overrides, year, first, i, j int) string {
		p := calendartest.PlaceOf(place)
		p.Date, p.Change = calendar.Date{Year: year, Month: time.December, Day: 31}, time.Time{}
		cfg := calendartest.Config(p, week, days, overrides)
		w := world{place: p, cfg: cfg, ref: calendartest.NewReference(cfg)}
		before := time.Date(year+first, time.July, 1, 12, 0, 0, 0, time.UTC)
		fresh := func() *calendar.Calendar {
			c := must(calendar.New(cfg))
			must(c.Open(before))
			return c
		}
		a, b := w.at(i), w.at(j)
		if i%2 == 0 {
			nudge := []time.Duration{0, 1, -1, time.Second, -time.Second, time.Second - 1}[i/2%6]
			a = time.Date(year+1, time.January, 1, 0, 0, 0, 0, cfg.Location).Add(nudge)
		}
		if got, want := must(fresh().Open(a)), w.ref.Open(a); got != want {
			return w.not("asked about %v first, Open(%v) = %v, want %v", before, a, got, want)
		}
		d := w.ref.Between(a, b)
		if got := must(fresh().Between(a, b)); got != d {
			return w.not("asked about %v first, Between(%v, %v) = %v, want %v", before, a, b, got, d)
		}
		want, ok := w.ref.Add(a, d)
		if got := must(fresh().Add(a, d)); ok && !got.Equal(want) {
			return w.not("asked about %v first, Add(%v, %v) = %v, want %v", before, a, d, got, want)
		}
		if got, want := slices.Collect(must(fresh().Spans(a, b))), w.ref.Spans(a, b); !slices.EqualFunc(got, want, equalSpans) {
			return w.not("asked about %v first, Spans(%v, %v) = %v, want %v", before, a, b, got, want)
		}
		for _, search := range searches {
			got, err := search.calendar(fresh(), a)
			if want, ok := search.model(w.ref, a); ok && (err != nil || !got.Equal(want)) {
				return w.not("asked about %v first, %s(%v) = %v, %v, want %v", before, search.name, a, got, err, want)
			}
		}
		day, ok := w.ref.AddDays(p.Date, first)
		if got := must(fresh().AddDays(p.Date, first)); ok && got != day {
			return w.not("asked about %v first, AddDays(%v, %d) = %v, want %v", before, p.Date, first, got, day)
		}
		return ""
	}, worlds(gen.IntRange(2011, 2040), gen.IntRange(-2, 2), instants, instants)...)
}

// Readers and the growth of the table do not disturb each other. Run it with
// the race detector.
func TestConcurrentQuestions(t *testing.T) {
	t.Parallel()
	cfg := calendartest.Config(calendartest.PlaceOf(1), 0, 0, 0)
	want, got := must(calendar.New(cfg)), must(calendar.New(cfg))
	must(want.Between(time.Date(1972, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2098, 1, 1, 0, 0, 0, 0, time.UTC)))
	var all sync.WaitGroup
	for start := range 8 {
		all.Go(func() {
			for i := range 120 {
				from := time.Date(1972+(i*7+start*16)%120, 12, 31, 12, 0, 0, 0, time.UTC)
				if a, b := must(want.Add(from, 40*h)), must(got.Add(from, 40*h)); !a.Equal(b) {
					t.Errorf("Add(%v, 40h) = %v, want %v", from, b, a)
				}
			}
		})
	}
	all.Wait()
}

// Near the ends of what a source knows a calendar says the truth or that it
// does not know, and never that there were no holidays.
func TestCoverageIsKept(t *testing.T) {
	check(t, 300, func(place, week, days, overrides, i, j int) string {
		w := build(place, week, days|1, overrides)
		known := calendar.Coverage{
			From: w.place.Date.AddDays(-5), StatutoryThrough: w.place.Date.AddDays(5), Stated: true,
		}
		cfg := w.cfg
		cfg.Overrides = nil // one on a date that is not known is another matter
		cfg.Holidays = calendartest.Source{List: calendartest.DaysOf(w.place, days|1).List, Cover: known}
		w.ref, w.cfg = calendartest.NewReference(cfg), cfg
		first, _ := w.ref.At(known.From, 0)
		sure, _ := w.ref.At(known.From.AddDays(1), 0) // the evening before the first date is not known
		end, _ := w.ref.At(known.Through().AddDays(1), 0)
		c, err := calendar.New(cfg)
		if w.c = c; err != nil { // so few days may all be closed
			if spans := w.ref.Spans(sure, end); !errors.Is(err, calendar.ErrNeverOpen) || len(spans) > 0 {
				return w.not("New: %v, though open in %v", err, spans)
			}
			return ""
		}
		inside := func(t time.Time) bool { return t.After(sure) && t.Before(end) }
		// The end itself can be the end of something known, though nothing is known
		// of what the wall shows then.
		outside := func(t time.Time) bool { return t.Before(first) || t.After(end) }

		a, b := w.at(i), w.at(j)
		open, err := w.c.Open(a)
		switch {
		case (a.Before(first) || !a.Before(end)) && !errors.Is(err, calendar.ErrBeyondCoverage):
			return w.not("Open(%v) = %v, %v, though unknown", a, open, err)
		case inside(a) && (err != nil || open != w.ref.Open(a)):
			return w.not("Open(%v) = %v, %v, want %v", a, open, err, w.ref.Open(a))
		}
		d, err := w.c.Between(a, b)
		switch {
		case (outside(a) || outside(b)) && !errors.Is(err, calendar.ErrBeyondCoverage):
			return w.not("Between(%v, %v) = %v, %v, though unknown", a, b, d, err)
		case inside(a) && inside(b) && (err != nil || d != w.ref.Between(a, b)):
			return w.not("Between(%v, %v) = %v, %v, want %v", a, b, d, err, w.ref.Between(a, b))
		}
		if _, err := w.c.Spans(a, b); (outside(a) || outside(b)) && a.Before(b) && !errors.Is(err, calendar.ErrBeyondCoverage) {
			return w.not("Spans(%v, %v): %v, though unknown", a, b, err)
		}
		d = w.ref.Between(a, b)
		finds := map[string]func() (got, want time.Time, ok bool, err error){
			fmt.Sprintf("Add %v", d): func() (got, want time.Time, ok bool, err error) {
				got, err = w.c.Add(a, d)
				want, ok = w.ref.Add(a, d)
				return got, want, ok, err
			},
		}
		for _, search := range searches {
			finds[search.name] = func() (got, want time.Time, ok bool, err error) {
				got, err = search.calendar(w.c, a)
				want, ok = search.model(w.ref, a)
				return got, want, ok, err
			}
		}
		for name, find := range finds {
			got, want, ok, err := find()
			switch {
			case outside(a) && d != 0 && err == nil:
				return w.not("%s from %v = %v, from where it is unknown", name, a, got)
			case inside(a) && ok && inside(want) && (err != nil || !got.Equal(want)):
				return w.not("%s from %v = %v, %v, want %v", name, a, got, err, want)
			case inside(a) && (!ok || outside(want)) && !errors.Is(err, calendar.ErrBeyondCoverage):
				return w.not("%s from %v = %v, %v, want it unknown; the model says %v", name, a, got, err, want)
			}
		}
		return ""
	}, worlds(instants, instants)...)
}
