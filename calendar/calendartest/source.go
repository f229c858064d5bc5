package calendartest

import (
	"iter"
	"slices"

	"github.com/supportterms/supportterms/calendar"
)

// A Source is holidays of every kind, as a list. [calendar.List] has days off
// only.
type Source struct {
	List []calendar.Day
	// Cover is how far the list is known; the zero Coverage stands for all
	// years from 1970 to 2099, stated.
	Cover calendar.Coverage
}

// Days yields the days of a year in order of date.
func (s Source) Days(year int) iter.Seq[calendar.Day] {
	return func(yield func(calendar.Day) bool) {
		days := slices.Clone(s.List)
		slices.SortStableFunc(days, func(a, b calendar.Day) int { return a.Date.Compare(b.Date) })
		for _, d := range days {
			if d.Date.Year == year && !yield(d) {
				return
			}
		}
	}
}

// Coverage is s.Cover, or every year when that is zero.
func (s Source) Coverage() calendar.Coverage {
	if s.Cover == (calendar.Coverage{}) {
		return calendar.List(nil).Coverage()
	}
	return s.Cover
}

// Version is "".
func (s Source) Version() string { return "" }
