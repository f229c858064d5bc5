package calendar

import (
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"time"
)

// A schedule turns hours, holidays and overrides into open time, by civil date.
type schedule struct {
	hours     Hours
	loc       *time.Location
	holidays  Holidays // nil when not read
	overrides []Override
}

func newSchedule(cfg Config) (*schedule, error) {
	s := &schedule{hours: cfg.Hours, loc: cfg.Location, overrides: sortedOverrides(cfg.Overrides)}
	if s.loc == nil {
		s.loc = time.UTC
	}
	var errs []error
	if cfg.Hours.holidays {
		if s.holidays = cfg.Holidays; s.holidays == nil {
			errs = append(errs, &ConfigError{"Holidays", fmt.Sprintf("hours %q read public holidays, and none are given", cfg.Hours)})
		}
	}
	if list, ok := s.holidays.(List); ok {
		for _, d := range slices.SortedFunc(maps.Keys(list), Date.Compare) {
			if why := d.unusable(); why != "" {
				errs = append(errs, &ConfigError{fmt.Sprintf("Holidays, %v %q", [3]int{d.Year, int(d.Month), d.Day}, list[d]), why})
			}
		}
	}
	for i, o := range s.overrides {
		field := fmt.Sprintf("override of %v %q", [3]int{o.Date.Year, int(o.Date.Month), o.Date.Day}, o.Name)
		if why := o.Date.unusable(); why != "" {
			errs = append(errs, &ConfigError{field, why})
		}
		if i > 0 && o.Date == s.overrides[i-1].Date {
			errs = append(errs, &ConfigError{field, "given twice"})
		}
		if len(o.Windows) > maxWindows {
			errs = append(errs, &ConfigError{field, fmt.Sprintf("%d windows, at most %d", len(o.Windows), maxWindows)})
		}
		for _, w := range o.Windows {
			if !w.valid() {
				errs = append(errs, &ConfigError{field, fmt.Sprintf("window of minutes %d to %d is not within one turn of the clock", w.Open, w.Close)})
			}
		}
		s.overrides[i].Windows = join(o.Windows)
	}
	return s, errors.Join(errs...)
}

// unusable says why no calendar can have a day of its own on d, or "".
func (d Date) unusable() string {
	switch {
	case d.IsZero() || DateOf(d.midnight()) != d:
		return "no such date"
	case d.Before(firstDate) || d.After(lastDate):
		return fmt.Sprintf("not between %v and %v", firstDate, lastDate)
	}
	return ""
}

// A special is a date that does not keep its weekday's windows.
type special struct {
	day     int64
	closed  bool // whole
	windows []Window
	cuts    []Window // what half days leave open
}

// specials returns those from one day to another, in order.
func (s *schedule) specials(first, last int64) []special {
	var out []special
	if s.holidays != nil {
		for y := dateOfDay(first).Year; y <= dateOfDay(last).Year; y++ {
			for d := range s.holidays.Days(y) {
				out = s.addDay(out, d)
			}
		}
		for i := range out {
			out[i].settle()
		}
	}
	for _, o := range s.overrides {
		n := o.Date.day()
		if n < first || n > last {
			continue
		}
		sp := special{day: n, closed: len(o.Windows) == 0, windows: o.Windows}
		if i, ok := slices.BinarySearchFunc(out, n, func(a special, n int64) int { return int(a.day - n) }); ok {
			out[i] = sp
		} else {
			out = slices.Insert(out, i, sp)
		}
	}
	return out
}

// addDay puts one day of the holiday source after those already there. Of
// several on one date, in any order, a day off wins, and a half day cuts a day
// that is worked for once.
func (s *schedule) addDay(out []special, d Day) []special {
	n := d.Date.day()
	if k := len(out); k == 0 || out[k-1].day != n {
		out = append(out, special{day: n, windows: s.hours.week[d.Date.Weekday()]})
	}
	sp := &out[len(out)-1]
	switch d.Kind {
	case Holiday, Substitute:
		sp.closed = true
	case HalfDay:
		sp.cuts = append(sp.cuts, d.Open)
	case Workday:
		if len(sp.windows) == 0 {
			sp.windows = s.hours.workday()
		}
	}
	return out
}

// settle works out the windows of a date all of whose days are known.
func (sp *special) settle() {
	if sp.closed {
		sp.windows = nil
	}
	for _, w := range sp.cuts {
		sp.windows = common(sp.windows, w)
	}
}

// common returns the parts of ws inside w.
func common(ws []Window, w Window) []Window {
	var out []Window
	for _, v := range ws {
		if both := (Window{max(v.Open, w.Open), min(v.Close, w.Close)}); both.Open < both.Close {
			out = append(out, both)
		}
	}
	return out
}

// on returns the windows a date itself has, and whether it is closed whole.
func (s *schedule) on(d Date) (ws []Window, closed bool) {
	n := d.day()
	if sp := s.specials(n, n); len(sp) > 0 {
		for _, p := range sp {
			if p.day == n {
				return p.windows, p.closed
			}
		}
	}
	return s.hours.week[d.Weekday()], false
}

// tailInto returns the reading of the wall at which the evening before a date
// would end, its midnight if that does not go on into the date.
func (s *schedule) tailInto(d Date) int64 {
	tail := 0
	for _, w := range s.hours.week[d.AddDays(-1).Weekday()] {
		tail = max(tail, w.Close-dayMinutes)
	}
	return d.day()*daySeconds + int64(tail)*60
}

// everOpen reports whether some date has a window.
func (s *schedule) everOpen(from, through Date) bool {
	if s.hours.IsZero() {
		return slices.ContainsFunc(s.overrides, func(o Override) bool {
			return len(o.Windows) > 0 && !o.Date.Before(from) && !o.Date.After(through)
		})
	}
	for y := from.Year; y <= through.Year; y++ {
		first, last := max(from.day(), Date{y, 1, 1}.day()), min(through.day(), Date{y, 12, 31}.day())
		for range s.readings(first, last) {
			return true
		}
	}
	return false
}

// A run is open time: in Unix seconds, or on the wall in seconds since 1970
// read as if it were UTC.
type run struct{ from, to int64 }

// readings yields the open time of the dates first to last as runs on the
// wall, in order; some may touch or overlap.
func (s *schedule) readings(first, last int64) iter.Seq[run] {
	return func(yield func(run) bool) {
		specials := s.specials(first, last+1)
		weekday := int((first%7 + 11) % 7) // 1970-01-01 was a Thursday
		for n := first; n <= last; n++ {
			ws := s.hours.week[weekday]
			weekday = (weekday + 1) % 7
			for len(specials) > 0 && specials[0].day < n {
				specials = specials[1:]
			}
			next := specials
			if len(next) > 0 && next[0].day == n {
				ws = next[0].windows
				next = next[1:]
			}
			cut := len(next) > 0 && next[0].day == n+1 && next[0].closed
			for _, w := range ws {
				r := run{n*daySeconds + int64(w.Open)*60, n*daySeconds + int64(w.Close)*60}
				if cut {
					r.to = min(r.to, (n+1)*daySeconds)
				}
				if !yield(r) {
					return
				}
			}
		}
	}
}

// runs returns the open time in [lo, hi). The hours are laid on the wall once
// and then moved to instants one stretch of constant offset at a time, so
// that gaps, overlaps and lost days need no rule.
func (s *schedule) runs(lo, hi int64) []run {
	// No offset and no tail of an evening is longer than two days.
	first, last := floorDiv(lo, daySeconds)-2, floorDiv(hi, daySeconds)+2
	wall := make([]run, 0, last-first+1)
	for r := range s.readings(first, last) {
		wall = appendRun(wall, r)
	}
	out := make([]run, 0, len(wall)+2)
	i := 0
	for seg := range segments(s.loc, lo, hi) {
		from, to := seg.from+seg.offset, seg.to+seg.offset
		for i > 0 && wall[i-1].to > from { // the clock was put back
			i--
		}
		for i < len(wall) && wall[i].to <= from {
			i++
		}
		for ; i < len(wall) && wall[i].from < to; i++ {
			r := wall[i]
			out = appendRun(out, run{max(r.from, from) - seg.offset, min(r.to, to) - seg.offset})
		}
	}
	return out
}

// appendRun puts r, which does not begin before the last run, after the rest
// or joins it to the last.
func appendRun(out []run, r run) []run {
	if n := len(out); n > 0 && r.from <= out[n-1].to {
		out[n-1].to = max(out[n-1].to, r.to)
		return out
	}
	return append(out, r)
}

// firstReading returns the first instant at which a clock shows a reading,
// given as seconds since 1970 read as if it were UTC, or the instant of the
// change that skips it.
func firstReading(loc *time.Location, reading int64) int64 {
	const twoDays = 2 * daySeconds // more than any offset and any change
	for s := range segments(loc, reading-twoDays, reading+twoDays) {
		if reading < s.from+s.offset {
			return s.from
		}
		if reading < s.to+s.offset {
			return reading - s.offset
		}
	}
	return reading // not reached: no clock is two days out
}

// A segment is a stretch of constant offset from UTC.
type segment struct{ from, to, offset int64 }

// segments yields those of a location in [from, to), in order.
func segments(loc *time.Location, from, to int64) iter.Seq[segment] {
	return func(yield func(segment) bool) {
		for from < to {
			t := time.Unix(from, 0).In(loc)
			_, offset := t.Zone()
			_, end := t.ZoneBounds()
			next := to
			if !end.IsZero() {
				next = min(to, end.Unix())
			}
			if next <= from {
				// ZoneBounds may give an end that is not after t on the last
				// day of a leap year (golang/go#81583); no zone changes within
				// the rest of that UTC day.
				next = min(to, (floorDiv(from, daySeconds)+1)*daySeconds)
			}
			if !yield(segment{from, next, int64(offset)}) {
				return
			}
			from = next
		}
	}
}
