package ics

import (
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/supportterms/supportterms/calendar"
)

// An event is the properties of one VEVENT that matter.
type event struct {
	begin property
	props map[string][]property
	zone  *string // X-WR-TIMEZONE of its calendar
}

// get returns the property of a name, if there is one.
func (e *event) get(name string) (property, bool) {
	if ps := e.props[name]; len(ps) > 0 {
		return ps[0], true
	}
	return property{}, false
}

// title is what to call e.
func (e *event) title() string {
	if p, ok := e.get("SUMMARY"); ok && p.value != "" {
		return p.value
	}
	p, _ := e.get("UID")
	return p.value
}

// note takes down which occurrence of another event e replaces.
func (rd *reader) note(e *event) error {
	p, ok := e.get("RECURRENCE-ID")
	if !ok {
		return nil
	}
	if p.params["RANGE"] != "" {
		return p.refuse("RANGE="+p.params["RANGE"], "one occurrence, or an event of its own for the rest")
	}
	m, err := rd.moment(p, p.value)
	uid, _ := e.get("UID")
	rd.moved[uid.value] = append(rd.moved[uid.value], m)
	return err
}

// add appends the days of an event.
func (rd *reader) add(days []calendar.Day, e *event) ([]calendar.Day, error) {
	if p, ok := e.get("STATUS"); ok && strings.EqualFold(p.value, "CANCELLED") {
		return days, nil
	}
	start, length, err := rd.span(e)
	if err != nil {
		return days, err
	}
	kind, stated, err := e.kind()
	if err != nil {
		return days, err
	}
	starts, err := rd.occurrences(e, start, length)
	if err != nil {
		return days, err
	}
	place := rd.opt.Location
	if place == nil {
		place = rd.zone(*e.zone)
	}
	name, _ := e.get("SUMMARY")
	for _, s := range starts {
		end := moment{wall: s.wall.Add(length), zone: s.zone}
		if s.zone == time.UTC && place != nil {
			s.wall, end = s.in(place).wall, end.in(place)
		}
		for d, part := range dates(s.wall, end.wall) {
			half := part && !rd.opt.WholeDates
			rd.work--
			switch {
			case rd.work < 0 || len(days) == maxDays:
				return days, e.begin.refuse("", tooMuch)
			case s.ruled && (d.Date.Before(rd.opt.From) || d.Date.After(rd.opt.Through)):
				continue
			case half && d.Kind != calendar.HalfDay:
				return days, e.begin.refuse(s.wall.Format("2006-01-02 15:04-")+end.wall.Format("15:04"), "whole dates, or hours from midnight or up to it")
			case !half:
				d.Kind, d.Open = calendar.Holiday, calendar.Window{}
			}
			if stated && half != (kind == calendar.HalfDay) {
				return days, e.begin.refuse(kind.String(), "half-day as the category of an event that takes part of a date, and of no other")
			}
			if stated {
				d.Kind = kind
			}
			d.Name, d.Status = name.value, calendar.Stated
			days = append(days, d)
		}
	}
	return days, nil
}

// dates yields a day for each date that an event takes time from, and whether
// it takes part of the date only. A part up to midnight or from it is a half
// day.
func dates(from, end time.Time) iter.Seq2[calendar.Day, bool] {
	// Many write the end of a day as its last minute or second.
	if minute := end.Truncate(time.Minute); minute.Hour() == 23 && minute.Minute() == 59 {
		end = minute.Add(time.Minute)
	}
	const whole = int(day / time.Minute)
	return func(yield func(calendar.Day, bool) bool) {
		for d := calendar.DateOf(from); midnight(d).Before(end); d = d.AddDays(1) {
			begins := int(max(0, from.Sub(midnight(d))) / time.Minute)
			ends := int((min(day, end.Sub(midnight(d))) + time.Minute - 1) / time.Minute)
			off := calendar.Day{Date: d}
			switch {
			case begins == 0 && ends < whole:
				off.Kind, off.Open = calendar.HalfDay, calendar.Window{Open: ends, Close: whole}
			case begins > 0 && ends == whole:
				off.Kind, off.Open = calendar.HalfDay, calendar.Window{Open: 0, Close: begins}
			}
			if !yield(off, begins > 0 || ends < whole) {
				return
			}
		}
	}
}

// kind returns what the categories of e say that its days are.
func (e *event) kind() (kind calendar.DayKind, stated bool, err error) {
	for _, p := range e.props["CATEGORIES"] {
		for c := range strings.SplitSeq(strings.ToLower(p.value), ",") {
			k, err := calendar.ParseDayKind(strings.TrimSpace(c))
			switch {
			case err != nil: // one that means nothing here
			case stated && k != kind:
				return 0, false, p.refuse(p.value, "one kind of day")
			default:
				kind, stated = k, true
			}
		}
	}
	return kind, stated, nil
}

// span returns when an event first begins and how long it is.
func (rd *reader) span(e *event) (start moment, length time.Duration, err error) {
	begin, ok := e.get("DTSTART")
	if !ok {
		return start, 0, e.begin.refuse("", "DTSTART")
	}
	if start, err = rd.moment(begin, begin.value); err != nil {
		return start, 0, err
	}
	until, ends := e.get("DTEND")
	lasts, timed := e.get("DURATION")
	switch {
	case ends && timed:
		return start, 0, lasts.refuse(lasts.value, "DTEND or DURATION, not both")
	case ends:
		end, err := rd.moment(until, until.value)
		if err != nil {
			return start, 0, err
		}
		length = end.in(start.zone).wall.Sub(start.wall)
		if end.whole != start.whole || length <= 0 {
			return start, 0, until.refuse(until.value, "the date after the last one if DTSTART is a date, or else a later time")
		}
	case timed:
		length, ok = parseDuration(lasts.value)
		if !ok || start.whole && length%day != 0 {
			return start, 0, lasts.refuse(lasts.value, "some time, written P1D, P2W or PT12H; whole days if DTSTART is a date")
		}
	case start.whole:
		length = day
	default:
		return start, 0, begin.refuse(begin.value, "DTEND or DURATION beside a time, or else a date")
	}
	return start, length, nil
}

// occurrences returns every moment at which e begins.
func (rd *reader) occurrences(e *event, start moment, length time.Duration) ([]moment, error) {
	if p, ok := e.get("EXRULE"); ok {
		return nil, p.refuse(p.value, "EXDATE, which the standard has kept")
	}
	var starts []moment
	for _, p := range e.props["RDATE"] {
		more, err := rd.moments(p)
		if err != nil {
			return nil, err
		}
		for _, m := range more {
			if m.whole != start.whole {
				return nil, p.refuse(p.value, "dates if DTSTART is a date, or else times")
			}
			starts = append(starts, m.in(start.zone))
		}
	}
	if p, recurs := e.get("RRULE"); recurs { // behind the dates that are given one by one, which win
		more, err := rd.recur(p, start, length)
		if err != nil {
			return nil, err
		}
		starts = append(starts, more...)
	} else {
		starts = append(starts, start)
	}
	var gone []moment
	for _, p := range e.props["EXDATE"] {
		ms, err := rd.moments(p)
		if err != nil {
			return nil, err
		}
		gone = append(gone, ms...)
	}
	if uid, _ := e.get("UID"); len(e.props["RECURRENCE-ID"]) == 0 && uid.value != "" {
		gone = append(gone, rd.moved[uid.value]...)
	}
	if rd.work -= len(gone); rd.work < 0 {
		return nil, e.begin.refuse("", tooMuch)
	}
	// Where one of the two has no time, the date alone says which is meant.
	times, onDates := map[time.Time]bool{}, map[calendar.Date]bool{}
	for _, m := range gone {
		m = m.in(start.zone)
		times[m.wall] = true
		onDates[m.date()] = onDates[m.date()] || m.whole || start.whole
	}
	starts = slices.DeleteFunc(starts, func(s moment) bool { return times[s.wall] || onDates[s.date()] })
	slices.SortStableFunc(starts, func(a, b moment) int { return a.wall.Compare(b.wall) })
	return slices.CompactFunc(starts, func(a, b moment) bool { return a.wall.Equal(b.wall) }), nil
}
