package holiday

import (
	"errors"
	"fmt"
	"hash/fnv"
	"iter"
	"slices"
	"strings"

	"github.com/supportterms/supportterms/calendar"
)

// An Overlay changes a list of holidays by date. The zero Overlay changes
// nothing. [ReadCSV] reads one from a table; package ics reads days to add from
// an iCalendar file.
type Overlay struct {
	// Add are days to add, of any kind, also on dates that have one. A zero
	// Status means [calendar.Stated].
	Add []calendar.Day
	// Remove are dates to take every day off.
	Remove []calendar.Date
}

// An OverlayError is a date that an overlay cannot add or remove.
type OverlayError struct {
	Date    calendar.Date
	Removed bool   // or else added
	Want    string // what would have been accepted
}

func (e *OverlayError) Error() string {
	verb := "adds"
	if e.Removed {
		verb = "removes"
	}
	return fmt.Sprintf("holiday: overlay %s %04d-%02d-%02d: want %s", verb, e.Date.Year, e.Date.Month, e.Date.Day, e.Want)
}

// Apply returns base with o on it, known as far as base is. It reports as an
// [*OverlayError] each date that is both added and removed, each to remove
// that has no day in base, and each to add that does not exist, is outside the
// coverage, is of no kind, is a half day without hours or another with them, or
// is to be worked and is a day off all the same.
func (o Overlay) Apply(base calendar.Holidays) (calendar.Holidays, error) {
	if len(o.Add) == 0 && len(o.Remove) == 0 {
		return base, nil
	}
	l := &overlaid{base: base, add: slices.Clone(o.Add), remove: slices.Clone(o.Remove)}
	var wrong []error
	refuse := func(d calendar.Date, removed bool, want string) {
		wrong = append(wrong, &OverlayError{d, removed, want})
	}
	slices.SortFunc(l.remove, calendar.Date.Compare)
	l.remove = slices.Compact(l.remove)
	for _, d := range l.remove {
		if !listed(base, d) {
			refuse(d, true, "a date that has a holiday")
		}
	}
	cover := base.Coverage()
	for i := range l.add {
		d := &l.add[i]
		if d.Status == calendar.NotRead {
			d.Status = calendar.Stated
		}
		_, known := cover.Status(d.Date)
		switch {
		case d.Date != d.Date.AddDays(0):
			refuse(d.Date, false, "a date that exists")
		case !known:
			refuse(d.Date, false, fmt.Sprintf("a date from %v through %v", cover.From, cover.Through()))
		case slices.Contains(l.remove, d.Date):
			refuse(d.Date, false, "a date that it does not also remove")
		case d.Kind > calendar.Workday:
			refuse(d.Date, false, "a kind of day that there is")
		case d.Kind == calendar.HalfDay && !isWindow(d.Open):
			refuse(d.Date, false, "the hours kept on a half day")
		case d.Kind != calendar.HalfDay && d.Open != calendar.Window{}:
			refuse(d.Date, false, "hours on half days only")
		case d.Kind == calendar.Workday && (isOff(base.Days(d.Date.Year), d.Date) || isOff(slices.Values(l.add), d.Date)):
			refuse(d.Date, false, "a date without a day off, to be worked")
		}
	}
	if wrong != nil {
		return nil, errors.Join(wrong...)
	}
	slices.SortFunc(l.add, compareDays)
	l.version = l.name()
	return l, nil
}

func listed(h calendar.Holidays, d calendar.Date) bool {
	for day := range h.Days(d.Year) {
		if day.Date == d {
			return true
		}
	}
	return false
}

// isWindow reports whether w is one that can be written.
func isWindow(w calendar.Window) bool {
	same, err := calendar.ParseWindow(w.String())
	return err == nil && same == w
}

// isOff reports whether one of days is a day off on d.
func isOff(days iter.Seq[calendar.Day], d calendar.Date) bool {
	for day := range days {
		if day.Date == d && day.Kind.Closed() {
			return true
		}
	}
	return false
}

type overlaid struct {
	base    calendar.Holidays
	add     []calendar.Day  // in order
	remove  []calendar.Date // in order
	version string
}

func (l *overlaid) Coverage() calendar.Coverage { return l.base.Coverage() }

// Version is that of the base with a name for what was changed, such as
// "2026-11-21+overlay.8a05b1c2": the same changes give the same name.
func (l *overlaid) Version() string { return l.version }

func (l *overlaid) name() string {
	h := fnv.New32a()
	for _, d := range l.add {
		fmt.Fprintf(h, "+%v %q %v %v %q %v %q\n", d.Date, d.Name, d.Kind, d.Open, d.Set, d.Status, d.Source)
	}
	for _, d := range l.remove {
		fmt.Fprintf(h, "-%v\n", d)
	}
	return strings.TrimPrefix(fmt.Sprintf("%s+overlay.%08x", l.base.Version(), h.Sum32()), "+")
}

func (l *overlaid) Days(year int) iter.Seq[calendar.Day] {
	return func(yield func(calendar.Day) bool) {
		var days []calendar.Day
		for d := range l.base.Days(year) {
			if _, gone := slices.BinarySearchFunc(l.remove, d.Date, calendar.Date.Compare); !gone {
				days = append(days, d)
			}
		}
		for _, d := range l.add {
			if d.Date.Year == year {
				days = append(days, d)
			}
		}
		slices.SortFunc(days, compareDays)
		for _, d := range days {
			if !yield(d) {
				return
			}
		}
	}
}
