package holiday

import (
	"cmp"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/rickar/cal/v2"

	"github.com/supportterms/supportterms/calendar"
)

// calMu is held around all use of package cal: some of its definitions write
// to what they share.
var calMu sync.Mutex

// compile returns every day of r, of all sets and kinds, in order.
func (r *region) compile() ([]calendar.Day, error) {
	table, err := readTable(r.code[:2], r.code)
	if err != nil {
		return nil, err
	}
	calMu.Lock()
	defer calMu.Unlock()

	cover := r.coverage()
	first, last := cover.From.Year, cover.Through().Year
	var days []calendar.Day
	// A substitute may lie in the year before its holiday, or after it.
	if r.rules != nil {
		for year := first - 1; year <= last+1; year++ {
			days = r.compute(days, year)
		}
	}
	for _, row := range table {
		if !slices.Contains(row.regions, r.code) {
			continue
		}
		before := len(days)
		from, through := first-1, last+1
		if y := row.date.Year; y != 0 { // it has no other
			from, through = max(from, y), min(through, y)
		}
		for year := from; year <= through; year++ {
			date, ok := row.on(year)
			switch {
			case ok && row.add:
				row.day.Date = date
				days = append(days, row.day)
			case ok:
				days = slices.DeleteFunc(days, func(d calendar.Day) bool { return d.Date == date })
			}
		}
		if len(days) == before {
			return nil, fmt.Errorf("holiday: region %s: row for %q changes nothing from %d to %d", r.code, row.day.Name, first, last)
		}
	}
	days = slices.DeleteFunc(days, func(d calendar.Day) bool {
		_, known := cover.Status(d.Date)
		return !known
	})
	for i := range days {
		days[i].Status, _ = cover.Status(days[i].Date)
	}
	slices.SortFunc(days, compareDays)
	return days, nil
}

// compute appends the days that the rules of r give for the holidays of a
// year. The caller holds calMu.
func (r *region) compute(days []calendar.Day, year int) []calendar.Day {
	for _, h := range *r.rules {
		date, ok := calc(h, year)
		if !ok {
			continue
		}
		day := calendar.Day{Date: date, Name: h.Name, Set: r.set, Source: r.publisher}
		days = append(days, day)
		// The substitute is worked out here and not taken from Calc, which
		// reads the weekday off an instant (see calc).
		for _, alt := range h.Observed {
			if alt.Day == date.Weekday() && alt.Offset != 0 {
				day.Date, day.Kind = date.AddDays(alt.Offset), calendar.Substitute
				days = append(days, day)
				break
			}
		}
	}
	return days
}

// calc returns the date of a holiday in a year, and false if it has none. The
// caller holds calMu.
//
// Calc answers with an instant that is meant to be midnight in whatever
// location the machine is in. Where clocks go forward at midnight that day has
// none, and the instant is 23:00 of the day before or 01:00; half a day later
// is on the right date in every zone. The definition is copied, so that one
// which writes to itself does no harm.
func calc(h *cal.Holiday, year int) (date calendar.Date, ok bool) {
	own := *h
	t, _ := own.Calc(year)
	if t.IsZero() {
		return calendar.Date{}, false
	}
	return calendar.DateOf(t.Add(12 * time.Hour)), true
}

// easter returns the date n days after Easter Sunday. The caller holds calMu.
func easter(year, n int) calendar.Date {
	date, _ := calc(&cal.Holiday{Func: cal.CalcEasterOffset}, year)
	return date.AddDays(n)
}

// compareDays orders days by date, and those of one date by all that they say.
func compareDays(a, b calendar.Day) int {
	return cmp.Or(
		a.Date.Compare(b.Date),
		cmp.Compare(a.Kind, b.Kind),
		cmp.Compare(a.Name, b.Name),
		cmp.Compare(a.Set, b.Set),
		cmp.Compare(a.Status, b.Status),
		cmp.Compare(a.Open.Open, b.Open.Open),
		cmp.Compare(a.Open.Close, b.Open.Close),
		cmp.Compare(a.Source, b.Source),
	)
}
