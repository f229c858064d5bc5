package main

import (
	"fmt"
	"time"
)

// A scale puts instants on a line, of lengths in tenths of a pixel.
type scale struct {
	from, to    time.Time
	left, width int
}

// shortest is the least time that a picture shows.
const shortest = 10 * time.Minute

// newScale shows the time between two instants, with a margin.
func newScale(from, to time.Time, left, width int) *scale {
	span := max(to.UnixMilli()-from.UnixMilli(), shortest.Milliseconds())
	return &scale{
		from: time.UnixMilli(from.UnixMilli() - span*2/100),
		to:   time.UnixMilli(from.UnixMilli() + span*106/100),
		left: left, width: width,
	}
}

// x is where an instant is; one outside is at the edge.
func (s *scale) x(t time.Time) int {
	if !s.from.Before(t) {
		return s.left
	}
	if !t.Before(s.to) {
		return s.left + s.width
	}
	from := s.from.UnixMilli()
	return s.left + int((t.UnixMilli()-from)*int64(s.width)/(s.to.UnixMilli()-from))
}

// length is how long a time is drawn.
func (s *scale) length(d time.Duration) int {
	return int(d.Milliseconds() * int64(s.width) / (s.to.UnixMilli() - s.from.UnixMilli()))
}

func (s *scale) shows(t time.Time) bool { return !t.Before(s.from) && !t.After(s.to) }

const day = 24 * time.Hour

// A step is the distance of the ticks of an axis: a part of a day, days, months
// or years.
type step struct {
	about               time.Duration
	part                time.Duration
	days, months, years int
	need                int    // room for a label, in pixels
	format, above       string // of labels, and of those of the line above
}

var steps = []step{
	{about: time.Minute, part: time.Minute, need: 44, format: "15:04", above: "Mon 2006-01-02"},
	{about: 2 * time.Minute, part: 2 * time.Minute, need: 44, format: "15:04", above: "Mon 2006-01-02"},
	{about: 5 * time.Minute, part: 5 * time.Minute, need: 44, format: "15:04", above: "Mon 2006-01-02"},
	{about: 15 * time.Minute, part: 15 * time.Minute, need: 44, format: "15:04", above: "Mon 2006-01-02"},
	{about: 30 * time.Minute, part: 30 * time.Minute, need: 44, format: "15:04", above: "Mon 2006-01-02"},
	{about: time.Hour, part: time.Hour, need: 44, format: "15:04", above: "Mon 2006-01-02"},
	{about: 3 * time.Hour, part: 3 * time.Hour, need: 44, format: "15:04", above: "Mon 2006-01-02"},
	{about: 6 * time.Hour, part: 6 * time.Hour, need: 44, format: "15:04", above: "Mon 2006-01-02"},
	{about: 12 * time.Hour, part: 12 * time.Hour, need: 52, format: "15:04", above: "Mon 2006-01-02"},
	{about: day, days: 1, need: 52, format: "Mon 02", above: "January 2006"},
	{about: 7 * day, days: 7, need: 52, format: "Mon 02", above: "January 2006"},
	{about: 30 * day, months: 1, need: 36, format: "Jan", above: "2006"},
	{about: 91 * day, months: 3, need: 36, format: "Jan", above: "2006"},
	{about: 365 * day, years: 1, need: 44, format: "2006"},
	{about: 3652 * day, years: 10, need: 44, format: "2006"},
	{about: 36524 * day, years: 100, need: 44, format: "2006"},
}

// step is the finest whose labels have room.
func (s *scale) step() step {
	for _, st := range steps {
		if s.length(st.about) >= st.need*px {
			return st
		}
	}
	return steps[len(steps)-1]
}

// ticks are the instants of a step on the clock of a zone, in order.
func (s *scale) ticks(st step, zone *time.Location) (out []time.Time) {
	first := s.from.In(zone)
	y, m, d := first.Date()
	var at func(n int) time.Time
	switch {
	case st.years > 0:
		at = func(n int) time.Time { return time.Date(y-y%st.years+n*st.years, 1, 1, 0, 0, 0, 0, zone) }
	case st.months > 0:
		m -= (m - 1) % time.Month(st.months)
		at = func(n int) time.Time { return time.Date(y, m+time.Month(n*st.months), 1, 0, 0, 0, 0, zone) }
	case st.days > 0:
		if st.days == 7 {
			d -= (int(first.Weekday()) + 6) % 7
		}
		at = func(n int) time.Time { return time.Date(y, m, d+n*st.days, 0, 0, 0, 0, zone) }
	default:
		at = func(n int) time.Time {
			clock := time.Duration(n) * st.part
			return time.Date(y, m, d, 0, 0, int(clock/time.Second), 0, zone)
		}
	}
	for n := 0; ; n++ {
		t := at(n)
		if t.After(s.to) {
			return out
		}
		if t.Before(s.from) || len(out) > 0 && !t.After(out[len(out)-1]) {
			continue
		}
		out = append(out, t)
	}
}

// begins reports whether a date, month or year of the line above begins at a
// tick; of weeks, with the first Monday.
func (st step) begins(t time.Time) bool {
	switch h, m, sec := t.Clock(); {
	case h+m+sec != 0 && st.part > 0:
		return false
	case st.part > 0:
		return true
	case st.days > 0:
		return t.Day() <= st.days
	case st.months > 0:
		return t.Month() == time.January
	}
	return false
}

// clockChanges are the first instants at which the clocks of a zone go forward
// or back, with words for it: no more than can be told.
func (s *scale) clockChanges(zone *time.Location) (at []time.Time, text []string) {
	for t := s.from.In(zone); len(at) < most; {
		_, end := t.ZoneBounds()
		if end.IsZero() || end.After(s.to) {
			return at, text
		}
		if !end.After(t) { // a zone whose rules end a year at its last second
			t = t.Add(day)
			continue
		}
		t = end
		_, before := t.Add(-time.Second).Zone()
		_, after := t.Zone()
		if by := time.Duration(after-before) * time.Second; by != 0 {
			word := "clocks go forward"
			if by < 0 {
				word, by = "clocks go back", -by
			}
			at = append(at, t)
			text = append(text, fmt.Sprintf("%s %s", word, lengthText(by)))
		}
	}
	return at, text
}
