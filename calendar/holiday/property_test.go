package holiday_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/gen"
	"github.com/leanovate/gopter/prop"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/calendar/holiday"
)

func properties() *gopter.Properties {
	p := gopter.DefaultTestParametersWithSeed(20170209)
	p.MinSuccessfulTests = 200
	return gopter.NewProperties(p)
}

var (
	codes  = gen.OneConstOf("AT", "AU-NSW", "AU-WA", "CA-YT", "DE-BE", "DE-BY", "FR", "GB-ENG", "GB-SCT", "JP", "NO", "PL", "US")
	years  = gen.IntRange(2015, 2037)
	offset = gen.SliceOfN(5, gen.IntRange(0, 19*365)) // days after 2017-01-01
)

func all(h calendar.Holidays) (days []calendar.Day) {
	for year := 2015; year <= 2037; year++ {
		days = slices.AppendSeq(days, h.Days(year))
	}
	return days
}

func TestUnionProperties(t *testing.T) {
	p := properties()
	p.Property("commutes", prop.ForAll(func(a, b string) bool {
		x, y := region(t, a, holiday.Options{}), region(t, b, holiday.Options{})
		xy, yx := holiday.Union(x, y), holiday.Union(y, x)
		return slices.Equal(all(xy), all(yx)) && xy.Coverage() == yx.Coverage() && xy.Version() == yx.Version()
	}, codes, codes))
	p.Property("with itself is itself", prop.ForAll(func(a string) bool {
		x := region(t, a, holiday.Options{})
		u := holiday.Union(x, x)
		return slices.Equal(all(u), all(x)) && u.Coverage() == x.Coverage() && u.Version() == x.Version()
	}, codes))
	p.Property("has the dates of both and no others", prop.ForAll(func(a, b string, year int) bool {
		x, y := region(t, a, holiday.Options{}), region(t, b, holiday.Options{})
		want := append(dates(x, year), dates(y, year)...)
		slices.SortFunc(want, calendar.Date.Compare)
		return slices.Equal(slices.Compact(want), dates(holiday.Union(x, y), year))
	}, codes, codes, years))
	p.Property("is on each date as sure as the less sure", prop.ForAll(func(a, b string, off []int) bool {
		x, y := region(t, a, holiday.Options{}), region(t, b, holiday.Options{})
		for _, n := range off {
			d := on(2017, 1, 1).AddDays(n)
			s, okS := x.Coverage().Status(d)
			r, okR := y.Coverage().Status(d)
			got, ok := holiday.Union(x, y).Coverage().Status(d)
			if ok != (okS && okR) || ok && got != max(s, r) {
				return false
			}
		}
		return true
	}, codes, codes, offset))
	p.TestingRun(t)
}

func TestOverlayProperties(t *testing.T) {
	p := properties()
	p.Property("removing what was added restores the base", prop.ForAll(func(code string, off []int) string {
		base := region(t, code, holiday.Options{})
		var add holiday.Overlay
		var remove holiday.Overlay
		for _, n := range off {
			d := on(2017, 1, 1).AddDays(n)
			if _, ok := base.Lookup(d); ok || d.Year > 2035 {
				continue
			}
			add.Add = append(add.Add, calendar.Day{Date: d, Name: "added", Kind: calendar.DayKind(n % 2)})
			remove.Remove = append(remove.Remove, d)
		}
		more, err := add.Apply(base)
		if err != nil {
			return err.Error()
		}
		if got := len(all(more)); got != len(all(base))+len(add.Add) {
			return "not all were added"
		}
		same, err := remove.Apply(more)
		if err != nil {
			return err.Error()
		}
		return cmp.Diff(all(base), all(same))
	}, codes, offset))
	p.TestingRun(t)
}

func TestSourceProperties(t *testing.T) {
	p := properties()
	p.Property("every day lies in its year, in order, as sure as its date", prop.ForAll(func(code string, year int) bool {
		s := region(t, code, holiday.Options{})
		days := slices.Collect(s.Days(year))
		for _, d := range days {
			if status, ok := s.Coverage().Status(d.Date); d.Date.Year != year || !ok || d.Status != status || d.Name == "" || d.Source == "" || d.Set == "" {
				return false
			}
		}
		return slices.IsSortedFunc(days, func(a, b calendar.Day) int { return a.Date.Compare(b.Date) })
	}, codes, years))
	p.Property("Lookup finds what Days yields first on a date, and nothing else", prop.ForAll(func(code string, year int) bool {
		s := region(t, code, holiday.Options{})
		first := map[calendar.Date]calendar.Day{}
		for d := range s.Days(year) {
			if _, ok := first[d.Date]; !ok {
				first[d.Date] = d
			}
		}
		for d := on(year, 1, 1); d.Year == year; d = d.AddDays(1) {
			want, listed := first[d]
			if got, ok := s.Lookup(d); ok != listed || got != want {
				return false
			}
		}
		return true
	}, codes, years))
	p.Property("a substitute is on a date without a holiday, next to one", prop.ForAll(func(code string, year int) bool {
		s := region(t, code, holiday.Options{})
		for d := range s.Days(year) {
			if d.Kind != calendar.Substitute {
				continue
			}
			of := false
			for n := -3; n <= 3; n++ {
				h, ok := s.Lookup(d.Date.AddDays(n))
				of = of || ok && h.Kind == calendar.Holiday && h.Name == d.Name
			}
			if first, _ := s.Lookup(d.Date); first.Kind == calendar.Holiday || !of && d.Date.AddDays(-1) != on(2017, 1, 1) {
				return false
			}
		}
		return true
	}, codes, years))
	p.TestingRun(t)
}
