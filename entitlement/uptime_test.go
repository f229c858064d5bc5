package entitlement

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/gen"
	"github.com/leanovate/gopter/prop"
)

// at reads an instant, or a day as its first instant in UTC.
func at(s string) time.Time {
	if len(s) == len(time.DateOnly) {
		s += "T00:00:00Z"
	}
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		panic(err)
	}
	return t
}

func down(from string, d time.Duration) Outage {
	return Outage{From: at(from), To: at(from).Add(d), Attribution: "provider"}
}

func (o Outage) of(attribution string) Outage { o.Attribution = attribution; return o }
func (o Outage) by(cause string) Outage       { o.Cause = cause; return o }

func counts(o Outage) bool { return o.Attribution == "provider" }
func excluded(o Outage) bool {
	return o.Cause == "planned-maintenance" || o.Cause == "customer-request"
}

// uptime is 12 months of a level, in a period.
func uptime(level int64, from, to string) Uptime {
	return Uptime{From: at(from), To: at(to), Months: 12, Level: level, Counts: counts, Excluded: excluded}
}

func (u Uptime) since(start string) Uptime {
	u.Window, u.Start = ServiceYear, at(start)
	return u
}

func (u Uptime) less() Uptime { u.LessExcluded = true; return u }

func (u Uptime) every(months int) Uptime { u.Months = months; return u }

func TestMeasure(t *testing.T) {
	const (
		h           = time.Hour
		m           = time.Minute
		d           = 24 * h
		year        = 365 * d
		leap        = 366 * d
		maintenance = "planned-maintenance"
	)
	twoRegions := uptime(99_900, "2025-01-01", "2026-01-01")
	for _, row := range []struct {
		why     string
		u       Uptime
		outages []Outage
		state   UptimeState
		from    string // of the worst stretch
		to      string
		down    time.Duration
		of      time.Duration
	}{
		{"no outage is all of the time", uptime(100_000, "2025-01-01", "2026-01-01"), nil,
			UptimeMet, "2025-01-01", "2026-01-01", 0, year},
		{"a thousandth of 365 days is 525.6 minutes, and equal is met", twoRegions,
			[]Outage{down("2025-03-01", 525*m+36*time.Second)},
			UptimeMet, "2025-01-01", "2026-01-01", 525*m + 36*time.Second, year},
		{"a nanosecond more is not", twoRegions,
			[]Outage{down("2025-03-01", 525*m+36*time.Second+1)},
			UptimeMissed, "2025-01-01", "2026-01-01", 525*m + 36*time.Second + 1, year},
		{"526 minutes are not", twoRegions,
			[]Outage{down("2025-03-01", 526*m)},
			UptimeMissed, "2025-01-01", "2026-01-01", 526 * m, year},
		{"366 days allow 527.04 minutes", uptime(99_900, "2024-01-01", "2025-01-01"),
			[]Outage{down("2024-03-01", 527*m+2400*time.Millisecond)},
			UptimeMet, "2024-01-01", "2025-01-01", 527*m + 2400*time.Millisecond, leap},
		{"and no more", uptime(99_900, "2024-01-01", "2025-01-01"),
			[]Outage{down("2024-03-01", 527*m+2400*time.Millisecond+1)},
			UptimeMissed, "2024-01-01", "2025-01-01", 527*m + 2400*time.Millisecond + 1, leap},
		{"of years with and without a 29 February, the one without is worse", uptime(99_900, "2024-01-01", "2025-06-01"),
			[]Outage{down("2024-06-01", 526*m)},
			UptimeMissed, "2024-02-29", "2025-02-28", 526 * m, year},
		{"300 and 300 minutes 11 months apart are in one rolling year", uptime(99_900, "2024-01-01", "2027-01-01"),
			[]Outage{down("2025-02-01", 300*m), down("2026-01-01", 300*m)},
			UptimeMissed, "2025-01-01T05:00:00Z", "2026-01-01T05:00:00Z", 600 * m, year},
		{"but not in one service year, when it ends between them", uptime(99_900, "2024-07-01", "2026-07-01").since("2024-07-01"),
			[]Outage{down("2025-02-01", 300*m), down("2026-01-01", 300*m)},
			UptimeMet, "2024-07-01", "2025-07-01", 300 * m, year},
		{"and in one, when it does not", uptime(99_900, "2024-01-01", "2027-01-01").since("2024-02-01"),
			[]Outage{down("2025-02-01", 300*m), down("2026-01-01", 300*m)},
			UptimeMissed, "2025-02-01", "2026-02-01", 600 * m, year},
		{"a year apart is in no one rolling year", uptime(99_900, "2024-01-01", "2027-01-01"),
			[]Outage{down("2025-01-01", 300*m), down("2026-01-01T05:00:00Z", 300*m)},
			UptimeMet, "2024-02-29", "2025-02-28", 300 * m, year},
		{"time that two outages share is down once", twoRegions,
			[]Outage{down("2025-03-01T02:00:00Z", 5*h), down("2025-03-01", 5*h), down("2025-03-01T01:00:00Z", h), down("2025-03-01T07:00:00Z", h)},
			UptimeMet, "2025-01-01", "2026-01-01", 8 * h, year},
		{"an outage is cut where the period begins", twoRegions,
			[]Outage{down("2024-12-31", 25*h)},
			UptimeMet, "2025-01-01", "2026-01-01", h, year},
		{"and where it ends", twoRegions,
			[]Outage{down("2025-12-31T23:00:00Z", 25*h)},
			UptimeMet, "2025-01-01", "2026-01-01", h, year},
		{"one that ends as the period begins is not in it", twoRegions,
			[]Outage{down("2024-12-01", 31*d), down("2026-01-01", d)},
			UptimeMet, "2025-01-01", "2026-01-01", 0, year},
		{"one longer than all of time.Duration is", twoRegions,
			[]Outage{{From: at("0001-01-01"), To: at("9999-01-01"), Attribution: "provider"}},
			UptimeMissed, "2025-01-01", "2026-01-01", year, year},
		{"the control plane may be down for 87.6 hours", uptime(99_000, "2025-01-01", "2026-01-01"),
			[]Outage{down("2025-03-01", 87*h+36*m)},
			UptimeMet, "2025-01-01", "2026-01-01", 87*h + 36*m, year},
		{"and no more", uptime(99_000, "2025-01-01", "2026-01-01"),
			[]Outage{down("2025-03-01", 87*h), down("2025-05-01", 37*m)},
			UptimeMissed, "2025-01-01", "2026-01-01", 87*h + 37*m, year},
		{"a single region may be down for 43.8 hours", uptime(99_500, "2025-01-01", "2026-01-01"),
			[]Outage{down("2025-03-01", 43*h+48*m)},
			UptimeMet, "2025-01-01", "2026-01-01", 43*h + 48*m, year},
		{"and no more", uptime(99_500, "2025-01-01", "2026-01-01"),
			[]Outage{down("2025-03-01", 44*h)},
			UptimeMissed, "2025-01-01", "2026-01-01", 44 * h, year},
		{"an outage of the customer's does not count", twoRegions,
			[]Outage{down("2025-03-01", 30*d).of("customer")},
			UptimeMet, "2025-01-01", "2026-01-01", 0, year},
		{"nor does it take away from one that does", twoRegions,
			[]Outage{down("2025-03-01", 30*d).of("customer"), down("2025-03-05", 9*h)},
			UptimeMissed, "2025-01-01", "2026-01-01", 9 * h, year},
		{"planned maintenance does not count, whoever does it", twoRegions,
			[]Outage{down("2025-03-01", 30*d).by(maintenance)},
			UptimeMet, "2025-01-01", "2026-01-01", 0, year},
		{"nor does what the customer asked for", twoRegions,
			[]Outage{down("2025-03-01", 30*d).by("customer-request")},
			UptimeMet, "2025-01-01", "2026-01-01", 0, year},
		{"nor an outage while there is planned maintenance", twoRegions,
			[]Outage{down("2025-03-01", 9*h), down("2025-03-01T02:00:00Z", 3*h).of("customer").by(maintenance)},
			UptimeMet, "2025-01-01", "2026-01-01", 6 * h, year},
		{"maintenance may be left out of the measured time too", twoRegions.less(),
			[]Outage{down("2025-03-01", 30*d).by(maintenance), down("2025-05-01", 525*m)},
			UptimeMissed, "2025-01-01", "2026-01-01", 525 * m, year - 30*d},
		{"which is the whole stretch otherwise", twoRegions,
			[]Outage{down("2025-03-01", 30*d).by(maintenance), down("2025-05-01", 525*m)},
			UptimeMet, "2025-01-01", "2026-01-01", 525 * m, year},
		{"then the worst stretch is the one with most maintenance", uptime(99_900, "2025-01-01", "2027-01-01").less(),
			[]Outage{down("2026-01-01", 6*h), down("2026-06-01", 10*d).by(maintenance)},
			UptimeMet, "2025-06-11", "2026-06-11", 6 * h, year - 10*d},
		{"a stretch of nothing but maintenance is met", uptime(100_000, "2025-01-01", "2026-01-01").less(),
			[]Outage{down("2024-12-01", 500*d).by(maintenance)},
			UptimeMet, "2025-01-01", "2026-01-01", 0, 0},
		{"and hides no stretch with an outage", uptime(99_900, "2025-01-01", "2027-01-01").less(),
			[]Outage{down("2025-01-01", 365*d).by(maintenance), down("2026-12-01", d)},
			UptimeMissed, "2025-12-02", "2026-12-02", d, 335 * d},
		{"six months do not say, while a year can still be met", uptime(99_900, "2025-01-01", "2025-07-01"),
			[]Outage{down("2025-03-01", 525*m+36*time.Second)},
			UptimeUnknown, "2025-01-01", "2026-01-01", 525*m + 36*time.Second, year},
		{"nor without an outage", uptime(99_900, "2025-01-01", "2025-12-31T23:59:59.999999999Z"), nil,
			UptimeUnknown, "2025-01-01", "2026-01-01", 0, year},
		{"and are missed when it cannot", uptime(99_900, "2025-01-01", "2025-07-01"),
			[]Outage{down("2025-03-01", 526*m)},
			UptimeMissed, "2025-01-01", "2026-01-01", 526 * m, year},
		{"a service year that began before the period does not say", uptime(99_900, "2025-03-01", "2025-07-01").since("2022-01-01"), nil,
			UptimeUnknown, "2025-01-01", "2026-01-01", 0, year},
		{"but can be missed", uptime(99_900, "2025-03-01", "2025-07-01").since("2022-01-01"),
			[]Outage{down("2025-04-01", 9*h)},
			UptimeMissed, "2025-01-01", "2026-01-01", 9 * h, year},
		{"so can one that goes on, after one that was met", uptime(99_900, "2025-01-01", "2026-07-01").since("2025-01-01"),
			[]Outage{down("2025-04-01", 8*h), down("2026-04-01", 9*h)},
			UptimeMissed, "2026-01-01", "2027-01-01", 9 * h, year},
		{"and if it is not, the one that was met is the answer", uptime(99_900, "2025-01-01", "2026-07-01").since("2025-01-01"),
			[]Outage{down("2025-04-01", 7*h), down("2026-04-01", 8*h)},
			UptimeMet, "2025-01-01", "2026-01-01", 7 * h, year},
		{"nothing before the first service year is measured", uptime(99_900, "2025-01-01", "2026-07-01").since("2025-07-01"),
			[]Outage{down("2025-04-01", 30*d)},
			UptimeMet, "2025-07-01", "2026-07-01", 0, year},
		{"a service that began on 29 February has it again after four years", uptime(99_900, "2027-02-28", "2029-02-28").since("2024-02-29"),
			[]Outage{down("2028-02-28", d)},
			UptimeMissed, "2027-02-28", "2028-02-29", d, leap},
		{"a month from the 31st ends on the last of the next", uptime(99_900, "2025-01-31", "2025-02-28").every(1), nil,
			UptimeMet, "2025-01-31", "2025-02-28", 0, 28 * d},
		{"dates are read on the clock of the period", uptime(99_900, "2025-01-30T20:00:00-05:00", "2025-02-28T20:00:00-05:00").every(1), nil,
			UptimeMet, "2025-01-30T20:00:00-05:00", "2025-02-28T20:00:00-05:00", 0, 29 * d},
		{"and change at midnight, to the nanosecond: only what starts then is a whole year", uptime(99_900, "2024-02-28T23:59:59.75Z", "2025-02-28"), nil,
			UptimeMet, "2024-02-29", "2025-02-28", 0, year},
		{"the last instant of 28 January has 31 days to the same of February, 29 January has 30", uptime(99_900, "2025-01-28", "2025-03-01").every(1),
			[]Outage{down("2025-01-29", h), down("2025-02-28T23:00:00Z", h)},
			UptimeMissed, "2025-01-28T23:59:59.999999999Z", "2025-02-28T23:59:59.999999999Z", 2*h - 1, 31 * d},
		{"where the month from the 31st is whole, that from the 30th is not looked at", uptime(99_900, "2025-01-30T20:00:00Z", "2025-02-28").every(1),
			[]Outage{down("2025-01-30T20:00:00Z", 4*h)},
			UptimeMet, "2025-01-31", "2025-02-28", 0, 28 * d},
		{"a length that comes again, too late to be whole, is another run", uptime(99_900, "2024-02-29", "2025-03-30").every(13),
			[]Outage{down("2025-03-29T23:00:00Z", h)},
			UptimeMet, "2024-02-29T23:59:59.999999999Z", "2025-03-29T23:59:59.999999999Z", h - 1, 394 * d},
		{"a period as long as can be", uptime(99_900, "2000-01-01", "2100-03-12"),
			[]Outage{down("2099-12-01", 100*d)},
			UptimeMissed, "2099-03-11", "2100-03-11", 100 * d, year},
	} {
		got, err := row.u.Measure(row.outages)
		if err != nil {
			t.Errorf("%s: %v", row.why, err)
			continue
		}
		if got.State != row.state || got.Down != row.down || got.Of != row.of ||
			!got.From.Equal(at(row.from)) || !got.To.Equal(at(row.to)) {
			t.Errorf("%s:\n got %+v\nwant %v, %v of %v in %s/%s", row.why, got, row.state, row.down, row.of, row.from, row.to)
		}
	}
}

func TestMeasureNilFunctions(t *testing.T) {
	u := uptime(99_900, "2025-01-01", "2026-01-01")
	u.Counts, u.Excluded = nil, nil
	got, err := u.Measure([]Outage{down("2025-03-01", 9*time.Hour).of("customer").by("planned-maintenance")})
	if err != nil || got.State != UptimeMissed {
		t.Errorf("got %+v, %v; with no functions every outage counts", got, err)
	}
}

func TestMeasureErrors(t *testing.T) {
	year := uptime(99_900, "2025-01-01", "2026-01-01")
	change := func(f func(*Uptime)) Uptime { u := year; f(&u); return u }
	for _, row := range []struct {
		why     string
		u       Uptime
		outages []Outage
		fields  string
	}{
		{"the zero Uptime asks nothing", Uptime{}, nil, "to months level"},
		{"a period is not empty", uptime(99_900, "2025-01-01", "2025-01-01"), nil, "to"},
		{"nor reversed, however far", uptime(99_900, "9999-01-01", "0001-01-01"), nil, "to"},
		{"nor longer than can be counted", uptime(99_900, "0001-01-01", "9999-01-01"), nil, "to"},
		{"a stretch has some months", year.every(0), nil, "months"},
		{"not less than none", year.every(-12), nil, "months"},
		{"and not all there are", year.every(math.MaxInt), nil, "months"},
		{"a level of nothing is a level forgotten", change(func(u *Uptime) { u.Level = 0 }), nil, "level"},
		{"there is no more than all of the time", change(func(u *Uptime) { u.Level = 100_001 }), nil, "level"},
		{"there are two windows", change(func(u *Uptime) { u.Window = 2 }), nil, "window"},
		{"service years begin somewhere", change(func(u *Uptime) { u.Window = ServiceYear }), nil, "start"},
		{"before the period ends", year.since("2026-01-01"), nil, "start"},
		{"and not in another age", year.since("1825-01-01"), nil, "start"},
		{"outages that end before they begin are named", year,
			[]Outage{down("2025-03-01", -1), down("2025-03-01", 0), down("2025-03-01", time.Hour), down("2025-03-01", -time.Hour)},
			"outages[0] outages[3]"},
		{"also those of others", year, []Outage{down("2025-03-01", -1).of("customer")}, "outages[0]"},
		{"an outage that goes on has no end to measure by", year, []Outage{{From: at("2025-03-01")}}, "outages[0]"},
	} {
		got, err := row.u.Measure(row.outages)
		var fields []string
		if joined, ok := err.(interface{ Unwrap() []error }); ok {
			for _, e := range joined.Unwrap() {
				var ue *UptimeError
				if errors.As(e, &ue) {
					fields = append(fields, ue.Field)
				}
			}
		}
		if strings.Join(fields, " ") != row.fields || got != (UptimeResult{}) {
			t.Errorf("%s: got %+v, %v; want errors of %s", row.why, got, err, row.fields)
		}
	}
}

func TestMeasureSurvives(t *testing.T) {
	times := []time.Time{{}, at("2025-01-01"), at("2025-07-01"), time.Now(), time.Unix(math.MaxInt64, 0), time.Unix(math.MinInt64, 0),
		time.Unix(1<<60, 999_999_999).In(time.FixedZone("", math.MaxInt32))}
	for _, from := range times {
		for _, to := range times {
			for _, start := range times {
				for _, n := range []int{math.MinInt, 0, 1, 1200, math.MaxInt} {
					for w := range Window(3) {
						u := Uptime{From: from, To: to, Start: start, Months: n, Window: w, Level: 99_900}
						_, _ = u.Measure([]Outage{{From: start, To: to}, {From: from, To: start}})
					}
				}
			}
		}
	}
}

func TestWindow(t *testing.T) {
	for _, w := range []Window{RollingWindow, ServiceYear} {
		if got, err := ParseWindow(w.String()); got != w || err != nil {
			t.Errorf("%v is read as %v, %v", w, got, err)
		}
	}
	if got, err := ParseWindow("service_year"); got != ServiceYear || err != nil {
		t.Errorf("an underscore is read as %v, %v", got, err)
	}
	for _, s := range []string{"", "Rolling", "year", "Window(2)"} {
		if _, err := ParseWindow(s); err == nil {
			t.Errorf("%q is read as a window", s)
		}
	}
	if got := fmt.Sprint(RollingWindow, ServiceYear, Window(2), UptimeUnknown, UptimeMet, UptimeMissed, UptimeState(3)); got !=
		"rolling service-year Window(2) unknown met missed UptimeState(3)" {
		t.Error(got)
	}
}

// a tape is a sequence of choices.
type tape []int

// below takes a choice from 0 to n-1.
func (p *tape) below(n int) int {
	if len(*p) == 0 {
		return 0
	}
	c := (*p)[0] % n
	*p = (*p)[1:]
	return c
}

// near takes one of some edges, seven times in eight, or within three of it.
func (p *tape) near(edges []int64) int64 {
	e := edges[p.below(len(edges))]
	return e + int64([]int{0, 0, 0, -1, 1, 0, 0, p.below(7) - 3}[p.below(8)])
}

func forAllTapes(t *testing.T, runs int, property func(tape) string) {
	t.Helper()
	params := gopter.DefaultTestParametersWithSeed(2071)
	params.MinSuccessfulTests, params.MaxSize = runs, 60
	if testing.Short() {
		params.MinSuccessfulTests /= 10
	}
	properties := gopter.NewProperties(params)
	properties.Property(t.Name(), prop.ForAll(func(choices []int) string { return property(choices) },
		gen.SliceOf(gen.IntRange(0, 5039))))
	properties.TestingRun(t)
}

// ratio is the part of a stretch that is down; none of none is 0.
func ratio(down, of int64) *big.Rat { return big.NewRat(down, max(of, 1)) }

// Every start there is, in a world of a few nanoseconds: nothing is left out
// between the candidates.
func TestWorstMatchesEveryStart(t *testing.T) {
	forAllTapes(t, 20_000, func(p tape) string {
		period := int64(1 + p.below(48))
		var runs []run
		edges := []int64{0, period}
		for next := int64(p.below(3)); len(runs) == 0 || len(runs) < 1+p.below(4); {
			r := run{next, next + int64(p.below(16)), int64(1 + p.below(int(period)))}
			runs = append(runs, r)
			edges = append(edges, r.first, r.last, r.first+r.length, r.last+r.length)
			next = r.last + 1
		}
		var all, excluded []span
		out := make([]bool, period)  // excluded
		down := make([]bool, period) // in all
		for range p.below(8) {
			from := max(p.near(edges), 0)
			to := min(p.near(append(edges, from+1, from+4)), period)
			if from >= to {
				continue
			}
			all = append(all, span{from: from, to: to})
			isOut := p.below(3) == 0
			if isOut {
				excluded = append(excluded, span{from: from, to: to})
			}
			for i := from; i < to; i++ {
				down[i], out[i] = true, out[i] || isOut
			}
		}
		less := p.below(2) == 1

		measure := func(start, length int64) (d, of int64) {
			of = length
			for i := start; i < min(start+length, period); i++ {
				if out[i] && less {
					of--
				} else if down[i] && !out[i] {
					d++
				}
			}
			return d, of
		}
		want := new(big.Rat)
		for _, r := range runs {
			for s := r.first; s <= r.last; s++ {
				if got := ratio(measure(s, r.length)); got.Cmp(want) > 0 {
					want = got
				}
			}
		}
		got, ok := newLog(all, excluded, less).worst(runs)
		in := slices.ContainsFunc(runs, func(r run) bool {
			return r.first <= got.start && got.start <= r.last && r.length == got.length
		})
		d, of := measure(got.start, got.length)
		if !ok || !in || d != got.down || of != got.of || ratio(d, of).Cmp(want) != 0 {
			return fmt.Sprintf("%+v of %v, all %v, excluded %v, less %t: want %v", got, runs, all, excluded, less, want)
		}
		return ""
	})
}

// later is months counted without calendar.Date and without days of a length.
func later(t time.Time, months int) time.Time {
	_, offset := t.Zone()
	loc := time.FixedZone("", offset)
	y, m, d := t.Date()
	h, min, s := t.Clock()
	last := time.Date(y, m+time.Month(months)+1, 0, 0, 0, 0, 0, loc).Day()
	if d > last {
		d = last
	}
	return time.Date(y, m+time.Month(months), d, h, min, s, t.Nanosecond(), loc)
}

// All of Measure, against a model that marks hours as down or excluded and
// tries every hour as a start, and the nanosecond before. Between two hours
// nothing happens, so there the uptime only rises, falls or stays.
func TestMeasureMatchesModel(t *testing.T) {
	seen := map[string]int{}
	forAllTapes(t, 1_000, func(p tape) string {
		const hour = int64(time.Hour)
		zone := time.FixedZone("", []int{0, 0, 20_700, -10_800, 50_400}[p.below(5)])
		day := [][3]int{{2023, 2, 27}, {2023, 3, 1}, {2024, 2, 28}, {2024, 2, 29}, {2024, 3, 1}, {2023, 1, 28},
			{2024, 1, 30}, {2025, 1, 31}, {2023, 12, 31}, {2024, 8, 29}, {2026, 7, 15}}[p.below(11)]
		u := Uptime{
			From:         time.Date(day[0], time.Month(day[1]), day[2], []int{0, 0, 1, 12, 23}[p.below(5)], 0, 0, 0, zone),
			Months:       []int{12, 12, 1, 1, 2, 6, 13}[p.below(7)],
			Level:        []int64{99_900, 99_500, 99_000, 95_000, 90_000, 50_000, 100_000, 1}[p.below(8)],
			LessExcluded: p.below(2) == 1,
			Counts:       counts,
			Excluded:     excluded,
		}
		u.To = later(u.From, u.Months).Add(time.Duration([]int{0, 0, -1, 1, 23, 24, 25, 700, -700, 2000, 24 * 61, 24 * 30}[p.below(12)]) * time.Hour)
		if !u.To.After(u.From) {
			u.To = u.From.Add(time.Hour)
		}
		period := int64(u.To.Sub(u.From))
		hours := period / hour
		if p.below(3) == 0 {
			u.Window = ServiceYear
			days := []int{0, 0, -1, 1, -29, -366, -400, -1461, 28}[p.below(9)]
			u.Start = u.From.Add(time.Duration(days) * 24 * time.Hour)
			if !u.Start.Before(u.To) {
				u.Start = u.From
			}
		}

		// edges, in hours
		edges := []int64{0, hours, hours - 24, int64(later(u.From, u.Months).Sub(u.From)) / hour}
		for d := u.From; d.Before(u.To); d = d.Add(24 * time.Hour) {
			if d.Day() == 1 || d.Day() > 27 {
				midnight := int64(d.Sub(u.From))/hour - int64(d.Hour())
				edges = append(edges, midnight, int64(later(d, u.Months).Sub(u.From))/hour)
			}
		}
		for k := range 3 {
			if u.Window == ServiceYear {
				edges = append(edges, int64(later(u.Start, k*u.Months).Sub(u.From))/hour)
			}
		}
		var outages []Outage
		down, out := make([]bool, hours), make([]bool, hours)
		for range p.below(7) {
			from := p.near(edges)
			to := from + int64([]int{1, 1, 2, 9, 44, 88, 400, 3000}[p.below(8)])
			o := Outage{From: u.From.Add(time.Duration(from * hour)), To: u.From.Add(time.Duration(to * hour))}
			o.Attribution = []string{"provider", "provider", "provider", "customer"}[p.below(4)]
			o.Cause = []string{"", "", "planned-maintenance"}[p.below(3)]
			outages = append(outages, o)
			for i := max(from, 0); i < min(to, hours); i++ {
				down[i] = down[i] || counts(o)
				out[i] = out[i] || excluded(o)
			}
		}

		// downs and outs are the hours so marked before each hour.
		downs, outs := make([]int64, hours+1), make([]int64, hours+1)
		for i := range hours {
			downs[i+1], outs[i+1] = downs[i], outs[i]
			if out[i] {
				outs[i+1]++
			} else if down[i] {
				downs[i+1]++
			}
		}
		until := func(sums []int64, at int64) int64 {
			at = min(max(at, 0), period)
			i, rest := at/hour, at%hour
			total := sums[i] * hour
			if rest > 0 {
				total += (sums[i+1] - sums[i]) * rest
			}
			return total
		}
		measure := func(from, to int64) *big.Rat {
			of := to - from
			if u.LessExcluded {
				of -= until(outs, to) - until(outs, from)
			}
			return ratio(until(downs, to)-until(downs, from), of)
		}
		allowed := new(big.Rat).Sub(big.NewRat(1, 1), big.NewRat(u.Level, 100_000))

		var whole, cut *big.Rat
		ends := map[int64]int64{}
		look := func(start, end time.Time) {
			from, to := int64(start.Sub(u.From)), int64(end.Sub(u.From))
			worst := &cut
			switch {
			case from >= 0 && to <= period:
				worst = &whole
			case u.Window == RollingWindow && from != 0, to <= 0, from >= period:
				return
			}
			ends[from] = to
			if r := measure(from, to); *worst == nil || r.Cmp(*worst) > 0 {
				*worst = r
			}
		}
		if u.Window == ServiceYear {
			for k := 0; later(u.Start, k*u.Months).Before(u.To); k++ {
				look(later(u.Start, k*u.Months), later(u.Start, (k+1)*u.Months))
			}
		} else {
			for s := u.From; s.Before(u.To); s = s.Add(time.Hour) {
				look(s, later(s, u.Months))
				if before := s.Add(-1); s.After(u.From) {
					look(before, later(before, u.Months))
				}
			}
			if whole != nil {
				cut = nil
			}
		}
		want, state := whole, UptimeMet
		if whole == nil {
			want, state = cut, UptimeUnknown
		}
		if cut != nil && cut.Cmp(allowed) > 0 && cut.Cmp(want) > 0 {
			want = cut
		}
		if want.Cmp(allowed) > 0 {
			state = UptimeMissed
		}
		seen[fmt.Sprintf("%v %v whole %t", u.Window, state, whole != nil)]++

		got, err := u.Measure(outages)
		if err != nil {
			return err.Error()
		}
		from, to := int64(got.From.Sub(u.From)), int64(got.To.Sub(u.From))
		if got.State != state || ratio(int64(got.Down), int64(got.Of)).Cmp(want) != 0 ||
			measure(from, to).Cmp(want) != 0 || ends[from] != to {
			return fmt.Sprintf("%+v\n of %v\n got %+v\nwant %v %v", u, outages, got, state, want)
		}
		// Order, repetition and division change nothing.
		for i := range len(outages) {
			o := outages[i]
			half := o.From.Add(o.To.Sub(o.From) / 2)
			a, b := o, o
			a.To, b.From = half, half
			outages = append(outages, a, b)
			outages[i] = []Outage{o, a}[p.below(2)]
		}
		rand.New(rand.NewPCG(1, uint64(period))).Shuffle(len(outages), func(i, j int) {
			outages[i], outages[j] = outages[j], outages[i]
		})
		if again, err := u.Measure(outages); err != nil || again != got {
			return fmt.Sprintf("%+v\n of %v\n got %+v, %v\nwant %+v as in order", u, outages, again, err, got)
		}
		return ""
	})
	for _, w := range windows {
		for _, s := range []string{"met whole true", "missed whole true", "unknown whole false", "missed whole false"} {
			if seen[w+" "+s] == 0 && !testing.Short() {
				t.Errorf("no case of %s %s", w, s)
			}
		}
	}
}

func ExampleUptime_Measure() {
	u := Uptime{
		From:   time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC),
		To:     time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC),
		Months: 12,
		Level:  99_900, // 99.9 %
		Counts: func(o Outage) bool { return o.Attribution == "provider" },
	}
	hours := func(month time.Month, n time.Duration, attribution string) Outage {
		from := time.Date(2025, month, 1, 0, 0, 0, 0, time.UTC)
		return Outage{From: from, To: from.Add(n * time.Hour), Attribution: attribution}
	}
	r, err := u.Measure([]Outage{hours(3, 5, "provider"), hours(6, 50, "customer"), hours(12, 5, "provider")})
	fmt.Println(r.State, r.Down, "of", r.Of, "from", r.From.Format(time.DateOnly), err)
	// Output: missed 10h0m0s of 8760h0m0s from 2025-01-01 <nil>
}

func BenchmarkMeasure(b *testing.B) {
	for _, n := range []int{0, 10, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			r := rand.New(rand.NewPCG(20, 7))
			u := uptime(99_900, "2020-01-01", "2026-01-01").less()
			outages := make([]Outage, n)
			for i := range outages {
				from := u.From.Add(time.Duration(r.Int64N(int64(u.To.Sub(u.From)))))
				outages[i] = Outage{From: from, To: from.Add(time.Duration(r.Int64N(int64(20 * time.Minute)))), Attribution: "provider"}
				if r.IntN(3) == 0 {
					outages[i].Cause = "planned-maintenance"
				}
			}
			for b.Loop() {
				if _, err := u.Measure(outages); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
