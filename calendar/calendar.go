package calendar

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// A Config is what a [Calendar] is made of.
type Config struct {
	Hours    Hours
	Location *time.Location // nil is UTC
	// Holidays must be given when Hours reads them, and is not read otherwise.
	Holidays  Holidays
	Overrides []Override // at most one for a date
}

// An Override gives one date hours of its own, over its weekday's and over any
// holiday.
type Override struct {
	Date    Date
	Windows []Window // none: closed whole
	Name    string   // for people
}

// A ConfigError says what is wrong with a [Config].
type ConfigError struct{ Field, Why string }

func (e *ConfigError) Error() string { return "calendar: " + e.Field + ": " + e.Why }

// A Calendar is the open time of one place. It is immutable in all that can be
// seen of it and safe for concurrent use; it must not be copied. The zero
// Calendar, and the nil one, is never open.
type Calendar struct {
	rule   *schedule    // nil in a combination
	pair   *combination // nil but in a combination
	loc    *time.Location
	always bool // 24/7, no holidays, no overrides: no table, no bounds

	cover   Coverage
	status  statusBounds
	lo, hi  int64 // Unix seconds in [lo, hi) are covered
	yearLo  int   // the first and last civil years with a covered date
	yearHi  int
	beyond  error // the one CoverageError
	growing sync.Mutex
	table   atomic.Pointer[table]
}

// New returns the calendar of a place. The error joins everything wrong with
// the Config, or is [ErrNeverOpen] when no date has a window.
func New(cfg Config) (*Calendar, error) {
	rule, err := newSchedule(cfg)
	if err != nil {
		return nil, err
	}
	c := &Calendar{rule: rule, loc: rule.loc}
	if rule.hours.alwaysOpen() && rule.holidays == nil && len(rule.overrides) == 0 {
		c.always = true
		return c, nil
	}
	cover := Coverage{From: firstDate, StatutoryThrough: lastDate}
	if rule.holidays != nil {
		cover = rule.holidays.Coverage()
	}
	if err := c.bound(cover, rule.holidays != nil); err != nil {
		return nil, err
	}
	if rule.holidays != nil {
		// Whether the evening before the first date known begins is not known.
		c.lo = max(c.lo, firstReading(c.loc, rule.tailInto(c.cover.From)))
	}
	if !rule.everOpen(c.cover.From, c.cover.Through()) {
		return nil, ErrNeverOpen
	}
	return c, nil
}

var never Calendar

// orNever returns c, or a calendar that is never open for nil.
func (c *Calendar) orNever() *Calendar {
	if c == nil {
		return &never
	}
	return c
}

// bound sets the coverage and all that follows from it.
func (c *Calendar) bound(cover Coverage, reads bool) error {
	clip := func(d Date) Date {
		if d.After(lastDate) {
			return lastDate
		}
		return d
	}
	cover.OfficialThrough = clip(cover.OfficialThrough)
	cover.StatutoryThrough = clip(cover.StatutoryThrough)
	cover.PredictedThrough = clip(cover.PredictedThrough)
	if cover.From.Before(firstDate) {
		cover.From = firstDate
	}
	last := cover.Through()
	if last.Before(cover.From) {
		return &ConfigError{"Holidays", fmt.Sprintf("cover no date: from %v through %v", cover.From, last)}
	}
	c.cover = cover
	c.yearLo, c.yearHi = cover.From.Year, last.Year
	// Spans are kept as unsigned Unix seconds, so the first hours of 1970 east
	// of Greenwich are left out.
	c.lo = max(0, c.midnight(cover.From))
	c.hi = c.midnight(last.AddDays(1))
	c.beyond = &CoverageError{cover.From, last}
	c.status = statusBounds{reads: reads, stated: cover.Stated}
	if !cover.OfficialThrough.IsZero() {
		c.status.official = c.midnight(cover.OfficialThrough.AddDays(1))
	}
	if !cover.StatutoryThrough.IsZero() {
		c.status.statutory = c.midnight(cover.StatutoryThrough.AddDays(1))
	}
	return nil
}

// Location returns the location whose clock the calendar keeps.
func (c *Calendar) Location() *time.Location {
	if c = c.orNever(); c.loc == nil {
		return time.UTC
	}
	return c.loc
}

// Hours returns the weekly hours; those of a combination are zero.
func (c *Calendar) Hours() Hours {
	if c = c.orNever(); c.rule == nil {
		return Hours{}
	}
	return c.rule.hours
}

// Coverage returns the dates the calendar can answer for. It is zero for one
// that has no bounds.
func (c *Calendar) Coverage() Coverage { return c.orNever().cover }

// HolidayVersion names the holiday data, both sides' in a combination; it is
// "" when none is read or the caller gave the list.
func (c *Calendar) HolidayVersion() string {
	c = c.orNever()
	switch {
	case c.pair != nil:
		a, b := c.pair.a.HolidayVersion(), c.pair.b.HolidayVersion()
		if a == b || b == "" {
			return a
		}
		if a == "" {
			return b
		}
		return a + " " + b
	case c.rule != nil && c.rule.holidays != nil:
		return c.rule.holidays.Version()
	}
	return ""
}

// statusBounds keeps the holiday status as boundary instants: an instant
// before official is official, else before statutory statutory.
type statusBounds struct {
	reads, stated       bool
	official, statutory int64
}

func (b statusBounds) at(sec int64) Status {
	switch {
	case !b.reads:
		return NotRead
	case b.stated:
		return Stated
	case sec < b.official:
		return Official
	case sec < b.statutory:
		return Statutory
	}
	return Predicted
}

// Status returns how sure the holidays are of the dates from one instant to
// the other: that of the least sure.
func (c *Calendar) Status(from, to time.Time) Status {
	if c = c.orNever(); c.pair != nil {
		return max(c.pair.a.Status(from, to), c.pair.b.Status(from, to))
	}
	return c.status.at(max(from.Unix(), to.Unix()))
}

// reach returns a table with sec in it, or the one that ends with the coverage
// when sec is that end.
func (c *Calendar) reach(sec int64) (*table, error) {
	if c.lo == c.hi {
		return nil, ErrNeverOpen
	}
	if sec < c.lo || sec > c.hi {
		return nil, c.beyond
	}
	tb := c.table.Load()
	if tb == nil {
		var err error
		if tb, err = c.grow(c.year(sec)); err != nil {
			return nil, err
		}
	}
	for sec < tb.lo || sec >= tb.hi && tb.hi < c.hi {
		// The year that the clock shows may be off by one next to a table's
		// end, where the clock is put back over New Year.
		year := min(c.year(sec), tb.first-1)
		if sec >= tb.hi {
			year = max(c.year(sec), tb.last+1)
		}
		var err error
		if tb, err = c.grow(year); err != nil {
			return nil, err
		}
	}
	return tb, nil
}

// year returns the civil year of an instant, within those covered.
func (c *Calendar) year(sec int64) int {
	return min(max(time.Unix(sec, 0).In(c.loc).Year(), c.yearLo), c.yearHi)
}

// grow returns a table that has the year, at least doubling the one there is,
// by up to ten years at a time.
func (c *Calendar) grow(year int) (*table, error) {
	c.growing.Lock()
	defer c.growing.Unlock()
	old := c.table.Load()
	first, last := year, year
	if old != nil {
		if old.first <= year && year <= old.last {
			return old, nil
		}
		step := min(10, old.last-old.first+1)
		if first, last = old.first, old.last; year > last {
			last = min(max(year, last+step), c.yearHi)
		} else {
			first = max(min(year, first-step), c.yearLo)
		}
	}
	tb, err := c.compile(first, last)
	if err != nil {
		return nil, err
	}
	c.table.Store(tb)
	return tb, nil
}

// compile makes the table of the years first to last.
func (c *Calendar) compile(first, last int) (*table, error) {
	lo, hi := c.lo, c.hi
	if first > c.yearLo {
		lo = c.midnight(Date{first, 1, 1})
	}
	if last < c.yearHi {
		hi = c.midnight(Date{last + 1, 1, 1})
	}
	runs := c.runs(lo, hi)
	if c.pair != nil {
		if err := tooFine(runs, c.loc); err != nil {
			return nil, err
		}
	}
	return newTable(runs, c.loc, lo, hi, first, last)
}

// runs returns the open time in [lo, hi) as runs of Unix seconds, in order,
// none touching the next.
func (c *Calendar) runs(lo, hi int64) []run {
	switch {
	case c.always:
		return []run{{lo, hi}}
	case c.pair != nil:
		return c.pair.runs(lo, hi)
	case c.rule != nil:
		return c.rule.runs(lo, hi)
	}
	return nil
}

// midnight returns the first instant of a date.
func (c *Calendar) midnight(d Date) int64 { return firstReading(c.loc, d.day()*daySeconds) }

// At returns the first instant at which the clock shows a time of day on a
// date, counted from midnight; a time that the clock skips is the instant of
// the change.
func (c *Calendar) At(d Date, clock time.Duration) time.Time {
	reading := d.day()*daySeconds + int64(clock/time.Second)
	sec := firstReading(c.Location(), reading)
	t := time.Unix(sec, 0).In(c.Location())
	if _, offset := t.Zone(); sec+int64(offset) != reading {
		return t // skipped, and with it every part of the second
	}
	return t.Add(clock % time.Second)
}

func sortedOverrides(os []Override) []Override {
	os = slices.Clone(os)
	slices.SortFunc(os, func(a, b Override) int { return a.Date.Compare(b.Date) })
	return os
}
