package calendartest

import (
	"time"

	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/gen"

	"github.com/supportterms/supportterms/calendar"
)

// Places generates numbers for [PlaceOf].
func Places() gopter.Gen { return gen.IntRange(0, len(places)-1) }

// Weeks generates numbers for [WeekOf].
func Weeks() gopter.Gen { return gen.IntRange(0, 1<<60-1) }

// Dates generates numbers for [DaysOf] and [OverridesOf].
func Dates() gopter.Gen { return gen.IntRange(0, 1<<24-1) }

// Instants generates numbers for [InstantOf].
func Instants() gopter.Gen { return gen.IntRange(0, 1<<16-1) }

// Amounts generates numbers for [AmountOf].
func Amounts() gopter.Gen { return gen.IntRange(0, 1<<20-1) }

// nudges are added to an edge. Half of them are nothing, or as little as there
// is.
var nudges = []time.Duration{
	0, 1, -1, 0, time.Second, -time.Second, 0, time.Minute,
	-time.Minute, 0, 30 * time.Second, time.Hour, -time.Hour, 0,
	17*time.Minute + 13*time.Second + 123456789, -2*time.Hour - 987654321,
}

// daysOff are how far from the date of the place an instant may be.
var daysOff = []int{0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6, 8, -8, 9}

// InstantOf returns an instant at or right beside an edge near the date of p:
// a clock change, an opening or closing of cfg, a midnight.
func InstantOf(p Place, cfg calendar.Config, n int) time.Time {
	d := digits(n)
	nudge, date := nudges[d.take(len(nudges))], p.Date.AddDays(daysOff[d.take(len(daysOff))])
	edges := []int{0}
	for _, w := range windowsOf(cfg, date) {
		edges = append(edges, w.Open, w.Close)
	}
	edges = append(edges, 12*60)
	if !p.Change.IsZero() && d.take(4) == 1 {
		return p.Change.Add(nudge).In(p.Location())
	}
	edge := edges[d.take(len(edges))]
	// A reading that does not occur, or occurs twice, gives some instant near
	// the change: good enough here, where any will do.
	return time.Date(date.Year, date.Month, date.Day, 0, edge, 0, 0, p.Location()).Add(nudge)
}

func windowsOf(cfg calendar.Config, d calendar.Date) []calendar.Window {
	for _, o := range cfg.Overrides {
		if o.Date == d {
			return o.Windows
		}
	}
	windows := cfg.Hours.Day(d.Weekday())
	if s, ok := cfg.Holidays.(Source); ok {
		for _, day := range s.List {
			if day.Date == d && day.Kind == calendar.HalfDay {
				windows = append(windows, day.Open)
			}
		}
	}
	return windows
}

var amounts = []time.Duration{
	0, 1, time.Second, time.Minute, time.Hour, time.Hour - 1, 4 * time.Hour,
	8 * time.Hour, 10 * time.Hour, 10*time.Hour + 1, 24 * time.Hour, 48 * time.Hour,
}

// AmountOf returns a duration of at least nothing and at most a fortnight.
func AmountOf(n int) time.Duration {
	d := digits(n)
	if d.take(2) == 0 {
		return amounts[d.take(len(amounts))]
	}
	whole := time.Duration(d.take(14*dayMinutes)) * time.Minute
	return whole + []time.Duration{0, 0, 1, 59*time.Second + 999999999}[d.take(4)]
}
