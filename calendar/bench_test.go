package calendar_test

import (
	"iter"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
	"time"
	_ "time/tzdata"

	cal "github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/gb"

	"github.com/supportterms/supportterms/calendar"
)

// The benchmarks start from random instants over ten years, from a fixed seed:
// a short or repeated list would sit in the cache and flatter everybody. They
// keep British holidays and 08:00-18:00 on weekdays.

const starts = 1 << 14

func benchStarts(loc *time.Location) []time.Time {
	r := rand.New(rand.NewPCG(1, 2))
	first := time.Date(2018, 1, 1, 0, 0, 0, 0, loc).Unix()
	last := time.Date(2028, 1, 1, 0, 0, 0, 0, loc).Unix()
	ts := make([]time.Time, starts)
	for i := range ts {
		ts[i] = time.Unix(first+r.Int64N(last-first), 0).In(loc)
	}
	return ts
}

func london(b *testing.B) *time.Location {
	loc, err := time.LoadLocation("Europe/London")
	if err != nil {
		b.Fatal(err)
	}
	return loc
}

// stated is rickar/cal's list for the United Kingdom as the caller's own.
func stated(loc *time.Location) calendar.List {
	l := calendar.List{}
	for y := 1970; y < 2100; y++ {
		for _, h := range gb.Holidays {
			if _, observed := h.Calc(y); !observed.IsZero() {
				l[calendar.DateOf(observed.Add(12*time.Hour))] = h.Name
			}
		}
	}
	return l
}

func britain(b *testing.B, loc *time.Location) *calendar.Calendar {
	c, err := calendar.New(calendar.Config{
		Hours:    calendar.MustParseHours("Mo-Fr 08:00-18:00; PH off"),
		Location: loc,
		Holidays: stated(loc),
	})
	if err != nil {
		b.Fatal(err)
	}
	return c
}

func rickar(cached bool) *cal.BusinessCalendar {
	c := cal.NewBusinessCalendar()
	c.Cacheable = cached
	c.AddHoliday(gb.Holidays...)
	c.SetWorkHours(8*time.Hour, 18*time.Hour)
	return c
}

const (
	// Of open time, a year having about 253 days; not a whole number of days,
	// which would make every look-up end alike.
	fiftyYears = 50*253*10*time.Hour + 4*time.Hour
	day        = 24 * time.Hour
)

var (
	sinkTime     time.Time
	sinkDuration time.Duration
	sinkSeconds  int64
)

func BenchmarkAdd(b *testing.B) {
	loc := london(b)
	ts := benchStarts(loc)
	for _, row := range []struct {
		name string
		d    time.Duration
	}{{"ours/24h", day}, {"ours/2000h", 2000 * time.Hour}, {"ours/50y", fiftyYears}} {
		c := britain(b, loc)
		for _, t := range []time.Time{slices.MinFunc(ts, time.Time.Compare), slices.MaxFunc(ts, time.Time.Compare)} {
			if _, err := c.Add(t, row.d); err != nil { // compile outside the loop
				b.Fatal(err)
			}
		}
		b.Run(row.name, func(b *testing.B) {
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				sinkTime, _ = c.Add(ts[i&(starts-1)], row.d)
				i++
			}
		})
	}
	for _, row := range []struct {
		name   string
		cached bool
		d      time.Duration
	}{
		{"rickar-cached/24h", true, day},
		{"rickar-cached/2000h", true, 2000 * time.Hour},
		{"rickar/24h", false, day},
	} {
		c := rickar(row.cached)
		for _, t := range ts[:64] { // fill the cache
			c.AddWorkHours(t, row.d)
		}
		b.Run(row.name, func(b *testing.B) {
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				sinkTime = c.AddWorkHours(ts[i&(starts-1)], row.d)
				i++
			}
		})
	}
	b.Run("table/24h", func(b *testing.B) {
		floor := newBare(b, britain(b, loc), ts)
		seconds := make([]int64, len(ts))
		for i, t := range ts {
			seconds[i] = t.Unix()
		}
		b.ReportAllocs()
		i := 0
		for b.Loop() {
			sinkSeconds = floor.add(seconds[i&(starts-1)], int64(day/time.Second))
			i++
		}
	})
}

// bare is the floor: the two look-ups that adding business time cannot do
// without, over int64 seconds, with no time.Time, zone, bounds or errors.
type bare struct {
	lo          int64
	start, sum  []int64
	byTime      []int32
	bySum       []int32
	shift, shft uint
}

func newBare(b *testing.B, c *calendar.Calendar, ts []time.Time) *bare {
	first := slices.MinFunc(ts, time.Time.Compare).AddDate(0, 0, -7)
	spans, err := c.Spans(first, slices.MaxFunc(ts, time.Time.Compare).AddDate(1, 0, 0))
	if err != nil {
		b.Fatal(err)
	}
	f := &bare{lo: first.Unix(), shift: 16, shft: 15}
	total := int64(0)
	for s := range spans {
		f.start, f.sum = append(f.start, s.From.Unix()-f.lo), append(f.sum, total)
		total += int64(s.Len() / time.Second)
	}
	index := func(keys []int64, shift uint) (out []int32) {
		for i := range keys {
			for int64(len(out))<<shift <= keys[i] {
				out = append(out, int32(max(i-1, 0)))
			}
		}
		return out
	}
	f.byTime, f.bySum = index(f.start, f.shift), index(f.sum, f.shft)
	return f
}

func (f *bare) add(t, d int64) int64 {
	t -= f.lo
	i := f.byTime[t>>f.shift]
	for f.start[i+1] <= t {
		i++
	}
	n := min(f.sum[i]+t-f.start[i], f.sum[i+1]) + d - 1
	i = f.bySum[n>>f.shft]
	for f.sum[i+1] <= n {
		i++
	}
	return f.lo + f.start[i] + n - f.sum[i] + 1
}

func BenchmarkBetween(b *testing.B) {
	loc := london(b)
	ts := benchStarts(loc)
	b.Run("one-year", func(b *testing.B) {
		c := britain(b, loc)
		for _, t := range ts {
			if _, err := c.Between(t, t.AddDate(1, 0, 0)); err != nil {
				b.Fatal(err)
			}
		}
		ends := make([]time.Time, starts)
		for i, t := range ts {
			ends[i] = t.AddDate(1, 0, 0)
		}
		b.ReportAllocs()
		i := 0
		for b.Loop() {
			sinkDuration, _ = c.Between(ts[i&(starts-1)], ends[i&(starts-1)])
			i++
		}
	})
	for _, cached := range []bool{true, false} {
		name := "rickar/one-year"
		if cached {
			name = "rickar-cached/one-year"
		}
		b.Run(name, func(b *testing.B) {
			c := rickar(cached)
			i := 0
			for b.Loop() {
				t := ts[i&(starts-1)]
				sinkDuration = c.WorkHoursInRange(t, t.AddDate(1, 0, 0))
				i++
			}
		})
	}
}

// years is a holiday source that costs nothing to read.
type years map[int][]calendar.Day

func (y years) Days(year int) iter.Seq[calendar.Day] { return slices.Values(y[year]) }
func (years) Coverage() calendar.Coverage            { return calendar.List(nil).Coverage() }
func (years) Version() string                        { return "" }

// BenchmarkCompileYear makes a calendar and asks it one question. What is
// allocated and what is kept are reported in bytes.
func BenchmarkCompileYear(b *testing.B) {
	loc := london(b)
	source := years{}
	list := stated(loc)
	for y := 1969; y < 2101; y++ {
		source[y] = slices.Collect(list.Days(y))
	}
	cfg := calendar.Config{Hours: calendar.MustParseHours("Mo-Fr 08:00-18:00; PH off"), Location: loc, Holidays: source}
	at := time.Date(2025, 7, 2, 12, 0, 0, 0, loc)
	compiled := func() *calendar.Calendar {
		c, err := calendar.New(cfg)
		if err == nil {
			_, err = c.Open(at)
		}
		if err != nil {
			b.Fatal(err)
		}
		return c
	}
	b.ReportAllocs()
	for b.Loop() {
		compiled()
	}
	const n = 1000
	kept := make([]*calendar.Calendar, n)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for i := range kept {
		kept[i] = compiled()
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/n, "kept-B")
	runtime.KeepAlive(kept)
}
