package calendartest

import (
	"time"

	"github.com/supportterms/supportterms/calendar"
)

// A Reference answers what a [calendar.Calendar] answers, slowly. It knows
// nothing of coverage: years without data have no holidays. It is immutable
// and safe for concurrent use.
type Reference struct {
	loc *time.Location
	// reader returns a function that reads the wall clock at one instant. Each
	// has a memory of its own, so that a Reference can be shared.
	reader func() func(time.Time) bool
}

// NewReference returns the model of cfg, which must be one that
// [calendar.New] accepts.
func NewReference(cfg calendar.Config) *Reference {
	w := newWall(cfg)
	return &Reference{loc: w.loc, reader: w.reader}
}

// Either is open when a or b is. Its clock is that of a.
func Either(a, b *Reference) *Reference {
	return combine(a, b, func(a, b bool) bool { return a || b })
}

// Both is open when a and b are. Its clock is that of a.
func Both(a, b *Reference) *Reference {
	return combine(a, b, func(a, b bool) bool { return a && b })
}

func combine(a, b *Reference, op func(a, b bool) bool) *Reference {
	return &Reference{loc: a.loc, reader: func() func(time.Time) bool {
		openA, openB := a.reader(), b.reader()
		return func(t time.Time) bool { return op(openA(t), openB(t)) }
	}}
}

// Open reports whether the wall shows a time inside the hours in force.
func (r *Reference) Open(t time.Time) bool { return r.reader()(t) }

// A wall is a clock and the hours of each date, as the rules state them.
type wall struct {
	loc       *time.Location
	hours     calendar.Hours
	overrides map[calendar.Date]calendar.Override
	days      map[calendar.Date][]calendar.Day
}

func newWall(cfg calendar.Config) *wall {
	w := &wall{
		loc:       cfg.Location,
		hours:     cfg.Hours,
		overrides: map[calendar.Date]calendar.Override{},
		days:      map[calendar.Date][]calendar.Day{},
	}
	if w.loc == nil {
		w.loc = time.UTC
	}
	for _, o := range cfg.Overrides {
		w.overrides[o.Date] = o
	}
	if cfg.Hours.ReadsHolidays() {
		cover := cfg.Holidays.Coverage()
		for year := cover.From.Year; year <= cover.Through().Year; year++ {
			for day := range cfg.Holidays.Days(year) {
				w.days[day.Date] = append(w.days[day.Date], day)
			}
		}
	}
	return w
}

// reader reads the wall. It remembers the date it read last, for speed.
func (w *wall) reader() func(time.Time) bool {
	var date calendar.Date
	var shown face
	return func(t time.Time) bool {
		t = t.In(w.loc)
		if d := calendar.DateOf(t); d != date {
			date, shown = d, w.face(d)
		}
		return shown[t.Hour()*60+t.Minute()]
	}
}

const dayMinutes = 24 * 60

// A face is the clock on one date: for each reading of it, whether that is
// open time.
type face [dayMinutes]bool

func (w *wall) face(d calendar.Date) (f face) {
	if w.closed(d) {
		return f // from 00:00 to 24:00, the tail of the evening before too
	}
	for _, own := range w.own(d) {
		for m := own.Open; m < own.Close && m < dayMinutes; m++ {
			f[m] = true
		}
	}
	for _, tail := range w.own(d.AddDays(-1)) {
		for m := dayMinutes; m < tail.Close; m++ {
			f[m-dayMinutes] = true
		}
	}
	return f
}

// closed reports whether d is closed whole.
func (w *wall) closed(d calendar.Date) bool {
	if o, ok := w.overrides[d]; ok {
		return len(o.Windows) == 0
	}
	for _, day := range w.days[d] {
		if day.Kind.Closed() {
			return true
		}
	}
	return false
}

// own returns the windows that begin on d.
func (w *wall) own(d calendar.Date) []calendar.Window {
	if o, ok := w.overrides[d]; ok {
		return o.Windows
	}
	if w.closed(d) {
		return nil
	}
	windows := w.hours.Day(d.Weekday())
	for _, day := range w.days[d] {
		if day.Kind == calendar.Workday && len(windows) == 0 {
			windows = w.workday()
		}
	}
	for _, day := range w.days[d] {
		if day.Kind == calendar.HalfDay {
			windows = common(windows, day.Open)
		}
	}
	return windows
}

// workday returns the windows of the first weekday, from Monday on, that has
// any.
func (w *wall) workday() []calendar.Window {
	for d := range 7 {
		if windows := w.hours.Day(time.Weekday((int(time.Monday) + d) % 7)); len(windows) > 0 {
			return windows
		}
	}
	return nil
}

func common(windows []calendar.Window, with calendar.Window) []calendar.Window {
	var out []calendar.Window
	for _, w := range windows {
		if open, end := max(w.Open, with.Open), min(w.Close, with.Close); open < end {
			out = append(out, calendar.Window{Open: open, Close: end})
		}
	}
	return out
}
