package calendar_test

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // the same zones on every machine

	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/gen"
	"github.com/leanovate/gopter/prop"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/calendar/calendartest"
)

// check runs a property. The seed is fixed, so that a change is judged by the
// same cases as the one before it; GOPTER_SEED gives others.
func check(t *testing.T, runs int, condition any, gens ...gopter.Gen) {
	t.Helper()
	t.Parallel()
	seed := int64(1)
	if s := os.Getenv("GOPTER_SEED"); s != "" {
		var err error
		if seed, err = strconv.ParseInt(s, 10, 64); err != nil {
			t.Fatalf("GOPTER_SEED: %v", err)
		}
	}
	params := gopter.DefaultTestParametersWithSeed(seed)
	params.MinSuccessfulTests = runs
	params.MaxShrinkCount = 200
	var report bytes.Buffer
	if !checkOnce(params, t.Name(), prop.ForAll(condition, gens...), &report) {
		t.Errorf("seed %d\n%s", seed, &report)
	}
}

func checkOnce(params *gopter.TestParameters, name string, p gopter.Prop, report *bytes.Buffer) bool {
	properties := gopter.NewProperties(params)
	properties.Property(name, p)
	return properties.Run(gopter.NewFormatedReporter(true, 400, report))
}

// A world is a calendar, its model, and the place they are at.
type world struct {
	place calendartest.Place
	cfg   calendar.Config
	c     *calendar.Calendar
	ref   *calendartest.Reference
}

func build(place, week, days, overrides int) world {
	p := calendartest.PlaceOf(place)
	cfg := calendartest.Config(p, week, days, overrides)
	return world{p, cfg, must(calendar.New(cfg)), calendartest.NewReference(cfg)}
}

func (w world) at(n int) time.Time { return calendartest.InstantOf(w.place, w.cfg, n) }

// boundless reports whether the calendar is 24/7 and reads nothing else.
func (w world) boundless() bool {
	return w.cfg.Hours.String() == "24/7" && len(w.cfg.Overrides) == 0
}

// not writes what went wrong, in terms of the values and not of the numbers
// they were made from.
func (w world) not(format string, args ...any) string {
	for i, a := range args {
		if t, ok := a.(time.Time); ok {
			args[i] = t.Format(time.RFC3339Nano)
		}
	}
	return fmt.Sprintf(format, args...) + "\n  of " + calendartest.Describe(w.cfg)
}

// must makes a panic of an error; gopter reports it with the arguments.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// worlds are the generators of the arguments of build, and more.
func worlds(more ...gopter.Gen) []gopter.Gen {
	return append([]gopter.Gen{
		calendartest.Places(), calendartest.Weeks(), calendartest.Dates(), calendartest.Dates(),
	}, more...)
}

var (
	instants = calendartest.Instants()
	amounts  = calendartest.Amounts()
	// far generates seconds up to twenty years, more than the model can walk.
	far = gen.Int64Range(0, 20*365*24*3600)
)

func amount(n int) time.Duration { return calendartest.AmountOf(n) }

// reach is the open time that the hours have in so many seconds of ordinary
// weeks, so that sparse hours do not lead out of the covered years.
func (w world) reach(seconds int64) time.Duration {
	from := time.Date(2030, 1, 7, 0, 0, 0, 0, time.UTC)
	week := must(w.c.Between(from, from.AddDate(0, 0, 7)))
	return time.Duration(float64(seconds) * week.Hours() / (7 * 24) * float64(time.Second))
}

// C1, and its mirror.
func TestAddThenBetween(t *testing.T) {
	check(t, 400, func(place, week, days, overrides, at int, seconds int64) string {
		w := build(place, week, days, overrides)
		from, d := w.at(at), w.reach(seconds)
		to := must(w.c.Add(from, d))
		if got := must(w.c.Between(from, to)); got != d {
			return w.not("Between(%v, Add(…, %v)=%v) = %v", from, d, to, got)
		}
		back := must(w.c.Add(from, -d/16))
		if got := must(w.c.Between(back, from)); got != d/16 {
			return w.not("Between(Add(%v, %v)=%v, …) = %v", from, -d/16, back, got)
		}
		return ""
	}, worlds(instants, far)...)
}

// C2, in both directions.
func TestAddIsAdditive(t *testing.T) {
	check(t, 400, func(place, week, days, overrides, at, a, b int) string {
		w := build(place, week, days, overrides)
		for _, sign := range []time.Duration{1, -1} {
			a, b := sign*amount(a)/8, sign*amount(b)/8
			one := must(w.c.Add(w.at(at), a+b))
			two := must(w.c.Add(must(w.c.Add(w.at(at), a)), b))
			if !one.Equal(two) {
				return w.not("from %v: Add(%v) is %v, Add(%v) and Add(%v) is %v", w.at(at), a+b, one, a, b, two)
			}
		}
		return ""
	}, worlds(instants, amounts, amounts)...)
}

// C3
func TestAddIsMonotoneInStart(t *testing.T) {
	check(t, 400, func(place, week, days, overrides, at, later, n int) string {
		w := build(place, week, days, overrides)
		a, b := w.at(at), w.at(later)
		if b.Before(a) {
			a, b = b, a
		}
		for _, d := range []time.Duration{amount(n) / 8, -amount(n) / 8} {
			endA, endB := must(w.c.Add(a, d)), must(w.c.Add(b, d))
			if endB.Before(endA) {
				return w.not("Add(%v, %v) is %v, Add(%v, …) is %v", a, d, endA, b, endB)
			}
		}
		return ""
	}, worlds(instants, instants, amounts)...)
}

// C4
func TestAddIsMonotoneInAmount(t *testing.T) {
	check(t, 400, func(place, week, days, overrides, at, n, m int) string {
		w := build(place, week, days, overrides)
		amounts := []time.Duration{-amount(n) / 8, -amount(m) / 8, 0, amount(n) / 8, amount(m) / 8}
		slices.Sort(amounts)
		var last time.Time
		for i, d := range amounts {
			end := must(w.c.Add(w.at(at), d))
			if i > 0 && end.Before(last) {
				return w.not("Add(%v, %v) is %v, before that of %v", w.at(at), d, end, amounts[i-1])
			}
			last = end
		}
		return ""
	}, worlds(instants, amounts, amounts)...)
}

// C5, and its mirror: Add back gives the latest.
func TestAddIsEarliest(t *testing.T) {
	check(t, 400, func(place, week, days, overrides, at, n int, part int64) string {
		w := build(place, week, days, overrides)
		from, d := w.at(at), max(amount(n)/8, 1)
		end := must(w.c.Add(from, d))
		// The one just before, and any other.
		for _, less := range []time.Duration{1, time.Duration(part) % end.Sub(from)} {
			if got := must(w.c.Between(from, end.Add(-less))); less > 0 && got >= d {
				return w.not("Add(%v, %v) is %v, but Between is %v %v earlier already", from, d, end, got, less)
			}
		}
		start := must(w.c.Add(from, -d))
		for _, less := range []time.Duration{1, time.Duration(part) % from.Sub(start)} {
			if got := must(w.c.Between(start.Add(less), from)); less > 0 && got >= d {
				return w.not("Add(%v, %v) is %v, but Between is %v %v later still", from, -d, start, got, less)
			}
		}
		return ""
	}, worlds(instants, amounts, gen.Int64Range(0, math.MaxInt64))...)
}

// C6
func TestAddNothing(t *testing.T) {
	check(t, 300, func(place, week, days, overrides, at int) string {
		w := build(place, week, days, overrides)
		got := must(w.c.Add(w.at(at).UTC(), 0))
		if !got.Equal(w.at(at)) || got.Location() != w.c.Location() {
			return w.not("Add(%v, 0) = %v", w.at(at), got)
		}
		return ""
	}, worlds(instants)...)
}

// C7, C8, C9
func TestBetweenIsAMeasure(t *testing.T) {
	check(t, 400, func(place, week, days, overrides, i, j, k int, years int64) string {
		w := build(place, week, days, overrides)
		a, b, c := w.at(i), w.at(j), w.at(k).Add(time.Duration(years)*time.Second)
		ab, bc, ac := must(w.c.Between(a, b)), must(w.c.Between(b, c)), must(w.c.Between(a, c))
		if ab+bc != ac {
			return w.not("%v, %v, %v: %v and %v do not make %v", a, b, c, ab, bc, ac)
		}
		if ba := must(w.c.Between(b, a)); ba != -ab {
			return w.not("Between(%v, %v) = %v, reversed %v", a, b, ab, ba)
		}
		if ac.Abs() > c.Sub(a).Abs() || ac != 0 && (ac < 0) != c.Before(a) {
			return w.not("Between(%v, %v) = %v of %v", a, c, ac, c.Sub(a))
		}
		return ""
	}, worlds(instants, instants, instants, far)...)
}

// C10
func TestSpansTile(t *testing.T) {
	check(t, 300, func(place, week, days, overrides, at, n int) string {
		w := build(place, week, days, overrides)
		from := w.at(at)
		to := from.Add(amount(n))
		var sum time.Duration
		last := from
		for s := range must(w.c.Spans(from, to)) {
			switch {
			case sum == 0 && s.From.Before(from), sum > 0 && !s.From.After(last):
				return w.not("[%v, %v): span from %v is out of order, or touches the one before", from, to, s.From)
			case !s.From.Before(s.To), s.To.After(to):
				return w.not("[%v, %v): span %v is empty or outside", from, to, s)
			case s.Len() != s.To.Sub(s.From):
				return w.not("Len of %v is %v", s, s.Len())
			case s.From.Location() != w.c.Location(), s.To.Location() != w.c.Location():
				return w.not("span %v is not in the calendar's location", s)
			}
			sum, last = sum+s.Len(), s.To
		}
		if got := must(w.c.Between(from, to)); got != sum {
			return w.not("[%v, %v): Between is %v, the spans are %v", from, to, got, sum)
		}
		return ""
	}, worlds(instants, amounts)...)
}

// A range over spans may be left early, and begun again.
func TestSpansStop(t *testing.T) {
	check(t, 50, func(place, week, at int) string {
		w := build(place, week, 0, 0)
		spans := must(w.c.Spans(w.at(at), w.at(at).AddDate(0, 1, 0)))
		for range 2 {
			next, stop := iter.Pull(spans)
			first, ok := next()
			stop()
			if _, more := next(); !ok || more || first.Len() <= 0 {
				return w.not("first span from %v: %v %v", w.at(at), first, ok)
			}
		}
		for s := range must(w.c.Spans(w.at(at), w.at(at))) {
			return w.not("span %v in nothing", s)
		}
		return ""
	}, calendartest.Places(), calendartest.Weeks(), instants)
}

// C11
func TestCountedSumsToAmount(t *testing.T) {
	check(t, 300, func(place, week, days, overrides, at, n int) string {
		w := build(place, week, days, overrides)
		from, d := w.at(at), amount(n)/8
		to := must(w.c.Add(from, d))
		var sum time.Duration
		last := from
		for s := range must(w.c.Spans(from, to)) {
			sum, last = sum+s.Len(), s.To
		}
		if sum != d || !last.Equal(to) {
			return w.not("Add(%v, %v) is %v: the spans sum to %v and end at %v", from, d, to, sum, last)
		}
		return ""
	}, worlds(instants, amounts)...)
}

// C13: once without a table, once with one, which an override on a date far
// away makes necessary.
func TestRoundTheClockIsElapsed(t *testing.T) {
	check(t, 300, func(place, at int, seconds int64) string {
		p := calendartest.PlaceOf(place)
		for _, overrides := range [][]calendar.Override{nil, {{Date: calendar.MustParseDate("1975-05-05")}}} {
			cfg := calendar.Config{Hours: calendar.MustParseHours("24/7"), Location: p.Location(), Overrides: overrides}
			w := world{place: p, cfg: cfg, c: must(calendar.New(cfg))}
			from, d := w.at(at), time.Duration(seconds)*time.Second
			if got := must(w.c.Add(from, d)); !got.Equal(from.Add(d)) {
				return w.not("Add(%v, %v) = %v", from, d, got)
			}
			if got := must(w.c.Between(from, from.Add(d))); got != d {
				return w.not("Between(%v, %v later) = %v", from, d, got)
			}
		}
		return ""
	}, calendartest.Places(), instants, far)
}

// C14
func TestHolidaysNeverHelp(t *testing.T) {
	check(t, 300, func(place, week, days, overrides, more, at, n int) string {
		w := build(place, week, days|16, overrides)
		closed := calendartest.Source{List: slices.Clone(calendartest.DaysOf(w.place, days|16).List)}
		for i, d := range calendartest.Near(w.place) {
			if more&(1<<i) != 0 {
				closed.List = append(closed.List, calendar.Day{Date: d})
			}
		}
		cfg := w.cfg
		cfg.Holidays = closed
		less := must(calendar.New(cfg))
		from, d := w.at(at), amount(n)/8
		one, two := must(w.c.Add(from, d)), must(less.Add(from, d))
		if two.Before(one) {
			return w.not("Add(%v, %v) is %v, with more holidays %v", from, d, one, two)
		}
		return ""
	}, worlds(gen.IntRange(0, 63), instants, amounts)...)
}

// C15: the longer hours have another window on every day that has any. On the
// others they have none, since a day worked keeps the hours of the first
// weekday that has some.
func TestLongerHoursNeverHurt(t *testing.T) {
	check(t, 300, func(place, week, days, overrides, extra, at, n int) string {
		w := build(place, week, days, overrides)
		open := extra % 96 * 15
		with := calendar.Window{Open: open, Close: open + (1+extra/96%95)*15}
		codes := []string{"Su", "Mo", "Tu", "We", "Th", "Fr", "Sa"}
		rules := []string{"off"}
		for d, code := range codes {
			var all []string
			for _, own := range w.cfg.Hours.Day(time.Weekday(d)) {
				all = append(all, own.String())
			}
			if len(all) > 0 {
				rules = append(rules, code+" "+strings.Join(append(all, with.String()), ","))
			}
		}
		cfg := w.cfg
		cfg.Hours = calendar.MustParseHours(strings.Join(rules, ";")).WithHolidays(w.cfg.Hours.ReadsHolidays())
		more := must(calendar.New(cfg))
		from, d := w.at(at), amount(n)/8
		one, two := must(w.c.Add(from, d)), must(more.Add(from, d))
		if two.After(one) {
			return w.not("Add(%v, %v) is %v, with %v %v", from, d, one, cfg.Hours, two)
		}
		return ""
	}, worlds(gen.IntRange(0, 96*95-1), instants, amounts)...)
}

// C16
func TestInputZoneIsIrrelevant(t *testing.T) {
	check(t, 200, func(place, week, days, overrides, at, other, n int) string {
		w := build(place, week, days, overrides)
		a := w.at(at)
		b := a.In(calendartest.PlaceOf(other).Location())
		answers := func(t time.Time) string {
			var s strings.Builder
			fmt.Fprintln(&s, must(w.c.Open(t)))
			fmt.Fprintln(&s, must(w.c.Add(t, amount(n)/8)))
			fmt.Fprintln(&s, must(w.c.Add(t, -amount(n)/8)))
			fmt.Fprintln(&s, must(w.c.Between(t, t.Add(amount(n)))))
			for _, search := range searches {
				found, err := search.calendar(w.c, t)
				fmt.Fprintln(&s, search.name, found, err)
			}
			for span := range must(w.c.Spans(t, t.Add(amount(n)))) {
				fmt.Fprintln(&s, span)
			}
			return s.String()
		}
		if here, there := answers(a), answers(b); here != there {
			return w.not("from %v\n%s\nfrom %v\n%s", a, here, b, there)
		}
		return ""
	}, worlds(instants, calendartest.Places(), amounts)...)
}

// C17: every search ends, with an error that says why.
func TestNeverOpenTerminates(t *testing.T) {
	if _, err := calendar.New(calendar.Config{Hours: calendar.MustParseHours("off")}); !errors.Is(err, calendar.ErrNeverOpen) {
		t.Errorf("New of hours off: %v", err)
	}
	off := calendar.Config{Overrides: []calendar.Override{{Date: calendar.MustParseDate("2024-06-12")}}}
	if _, err := calendar.New(off); !errors.Is(err, calendar.ErrNeverOpen) {
		t.Errorf("New of hours off and an override off: %v", err)
	}
	holiday := func(cover calendar.Coverage, since calendar.Date) calendartest.Source {
		s := calendartest.Source{Cover: cover}
		for d := since; !d.After(cover.Through()); d = d.AddDays(1) {
			s.List = append(s.List, calendar.Day{Date: d})
		}
		return s
	}
	years := calendar.Coverage{
		From: calendar.MustParseDate("2020-01-01"), StatutoryThrough: calendar.MustParseDate("2029-12-31"), Stated: true,
	}
	at := time.Date(2024, 6, 12, 9, 0, 0, 0, time.UTC)
	calendars := map[string]*calendar.Calendar{"zero": {}}
	hours := calendar.MustParseHours("Mo-Fr 08:00-18:00; PH off")
	always, err := calendar.New(calendar.Config{Hours: hours, Holidays: holiday(years, years.From)})
	if err == nil {
		calendars["holidays always"] = always
	} else if !errors.Is(err, calendar.ErrNeverOpen) {
		t.Errorf("New of holidays always: %v", err)
	}
	from2024 := must(calendar.New(calendar.Config{Hours: hours, Holidays: holiday(years, calendar.MustParseDate("2024-01-01"))}))
	for name, c := range calendars {
		neverOpen(t, name, c, at)
	}
	// There was open time once: what lies beyond the last holiday is not known.
	if got, err := from2024.Add(at, 1); !errors.Is(err, calendar.ErrBeyondCoverage) {
		t.Errorf("holidays from 2024: Add = %v, %v", got, err)
	}
	if got, err := from2024.NextOpen(at); !errors.Is(err, calendar.ErrBeyondCoverage) {
		t.Errorf("holidays from 2024: NextOpen = %v, %v", got, err)
	}
	if got, err := from2024.AddDays(calendar.DateOf(at), 1); !errors.Is(err, calendar.ErrBeyondCoverage) {
		t.Errorf("holidays from 2024: AddDays = %v, %v", got, err)
	}
	if got, err := from2024.Add(at, -time.Hour); err != nil || !got.Equal(time.Date(2023, 12, 29, 17, 0, 0, 0, time.UTC)) {
		t.Errorf("holidays from 2024: Add back = %v, %v", got, err)
	}
}

func TestNewRefuses(t *testing.T) {
	office := calendar.MustParseHours("Mo-Fr 08:00-18:00")
	window := func(open, end int) []calendar.Override {
		return []calendar.Override{{Date: on("2024-06-12"), Windows: []calendar.Window{{Open: open, Close: end}}}}
	}
	for _, tt := range []struct {
		why string
		cfg calendar.Config
	}{
		{"hours that read holidays, and no holidays", calendar.Config{Hours: office.WithHolidays(true)}},
		{"two overrides of one date", calendar.Config{Hours: office, Overrides: []calendar.Override{
			override("2024-06-12"), override("2024-06-12", "08:00-09:00"),
		}}},
		{"a window that is empty", calendar.Config{Hours: office, Overrides: window(60, 60)}},
		{"a window that ends before it begins", calendar.Config{Hours: office, Overrides: window(120, 60)}},
		{"a window that begins before its date", calendar.Config{Hours: office, Overrides: window(-60, 60)}},
		{"a window that begins on the next date", calendar.Config{Hours: office, Overrides: window(24*60, 25*60)}},
		{"a window of more than a day", calendar.Config{Hours: office, Overrides: window(60, 26*60)}},
	} {
		if c, err := calendar.New(tt.cfg); err == nil || c != nil || errors.Is(err, calendar.ErrNeverOpen) {
			t.Errorf("%s: New = %v, %v", tt.why, c, err)
		}
	}
}

// A Calendar variable that was never set is no reason to panic.
func TestNilCalendarIsNeverOpen(t *testing.T) {
	neverOpen(t, "nil", nil, time.Date(2024, 6, 12, 9, 0, 0, 0, time.UTC))
}

func neverOpen(t *testing.T, name string, c *calendar.Calendar, at time.Time) {
	t.Helper()
	if got, err := c.Open(at); got || err != nil {
		t.Errorf("%s: Open = %v, %v", name, got, err)
	}
	if got, err := c.Between(at, at.AddDate(1, 0, 0)); got != 0 || err != nil {
		t.Errorf("%s: Between = %v, %v", name, got, err)
	}
	if got, err := c.Add(at, 0); !got.Equal(at) || err != nil {
		t.Errorf("%s: Add nothing = %v, %v", name, got, err)
	}
	for _, d := range []time.Duration{1, -1, time.Hour} {
		if got, err := c.Add(at, d); !errors.Is(err, calendar.ErrNeverOpen) {
			t.Errorf("%s: Add(%v) = %v, %v", name, d, got, err)
		}
	}
	for _, search := range searches {
		if got, err := search.calendar(c, at); !errors.Is(err, calendar.ErrNeverOpen) {
			t.Errorf("%s: %s = %v, %v", name, search.name, got, err)
		}
	}
	for _, n := range []int{1, -1} {
		if got, err := c.AddDays(calendar.DateOf(at), n); !errors.Is(err, calendar.ErrNeverOpen) {
			t.Errorf("%s: AddDays(%d) = %v, %v", name, n, got, err)
		}
	}
	spans, err := c.Spans(at, at.AddDate(1, 0, 0))
	if err != nil {
		t.Errorf("%s: Spans: %v", name, err)
		return
	}
	for s := range spans {
		t.Errorf("%s: span %v", name, s)
	}
}

// C18
func TestHoursRoundTrip(t *testing.T) {
	check(t, 500, func(week int, reads, off bool) string {
		h := calendartest.WeekOf(week)
		if off {
			h = calendar.Hours{}
		}
		h = h.WithHolidays(reads)
		got, err := calendar.ParseHours(h.String())
		if err != nil || !got.Equal(h) || got.String() != h.String() {
			return fmt.Sprintf("%q reads as %q, %v", h, got, err)
		}
		text := must(h.MarshalText())
		if err := got.UnmarshalText(text); err != nil || !got.Equal(h) {
			return fmt.Sprintf("text %q reads as %q, %v", text, got, err)
		}
		return ""
	}, calendartest.Weeks(), gen.Bool(), gen.Bool())
}

// C19
func TestDateOrderIsDayOrder(t *testing.T) {
	start := calendar.MustParseDate("1999-12-31")
	check(t, 500, func(a, n int) string {
		d := start.AddDays(a)
		e := d.AddDays(n)
		if got := d.Compare(e); got != -sign(n) {
			return fmt.Sprintf("%v, %d days later %v: Compare is %d", d, n, e, got)
		}
		if back := e.AddDays(-n); back != d || e.Sub(d) != n {
			return fmt.Sprintf("%v, %d days later %v, back %v, Sub %d", d, n, e, back, e.Sub(d))
		}
		if w := (int(d.Weekday()) + n%7 + 7) % 7; time.Weekday(w) != e.Weekday() {
			return fmt.Sprintf("%v is a %v, %d days later is a %v", d, d.Weekday(), n, e.Weekday())
		}
		if got := must(calendar.ParseDate(e.String())); got != e {
			return fmt.Sprintf("%v reads as %v", e, got)
		}
		return ""
	}, gen.IntRange(-200000, 200000), gen.IntRange(-200000, 200000))
}

func sign(n int) int { return min(max(n, -1), 1) }

// C20
func TestPeriodsPartition(t *testing.T) {
	start := calendar.MustParseDate("2016-01-01")
	check(t, 300, func(a, b, c, day int) string {
		cuts := []int{a, b, c}
		slices.Sort(cuts)
		var since calendar.Date // the first and the last are open
		var periods []calendar.Period
		for _, cut := range cuts {
			periods = append(periods, calendar.Period{Since: since, Until: start.AddDays(cut)})
			since = start.AddDays(cut)
		}
		periods = append(periods, calendar.Period{Since: since})
		in := 0
		for i, p := range periods {
			if p.Contains(start.AddDays(day)) {
				in++
			}
			for _, q := range periods[i+1:] {
				if p.Overlaps(q) || q.Overlaps(p) {
					return fmt.Sprintf("%v and %v overlap", p, q)
				}
			}
		}
		if in != 1 {
			return fmt.Sprintf("%v is in %d of %v", start.AddDays(day), in, periods)
		}
		return ""
	}, gen.IntRange(0, 1000), gen.IntRange(0, 1000), gen.IntRange(0, 1000), gen.IntRange(-10, 1010))
}
