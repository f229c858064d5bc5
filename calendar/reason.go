package calendar

import (
	"fmt"
	"slices"
	"time"
)

// A Reason is why some time is not open.
type Reason struct {
	Kind ReasonKind
	Date Date   // the civil date it holds for
	Name string // of the holiday or override
}

// String writes r as "2025-08-25 holiday Summer bank holiday".
func (r Reason) String() string {
	s := r.Date.String() + " " + r.Kind.String()
	if r.Name != "" {
		s += " " + r.Name
	}
	return s
}

// A ReasonKind is a kind of [Reason].
type ReasonKind uint8

const (
	// Closed: outside the windows of a date that has some. The zero
	// ReasonKind.
	Closed ReasonKind = iota
	// Weekend: a weekday on which the hours are never open.
	Weekend
	// PublicHoliday: a day off, or the closed part of a half day.
	PublicHoliday
	// Overridden: closed by an [Override].
	Overridden
	// ClockChange: the clock skipped open hours.
	ClockChange
)

var reasonKinds = [...]string{"closed", "weekend", "holiday", "override", "clock-change"}

// String writes k as "closed", "weekend", "holiday", "override" or
// "clock-change".
func (k ReasonKind) String() string {
	if int(k) < len(reasonKinds) {
		return reasonKinds[k]
	}
	return fmt.Sprintf("ReasonKind(%d)", uint8(k))
}

// Why returns the reasons for which closed time in [from, to) is closed, by
// date and then kind; of a combination, those of each side. It walks the dates
// one by one and is meant for explanations.
func (c *Calendar) Why(from, to time.Time) ([]Reason, error) {
	if c = c.orNever(); c.always || !from.Before(to) {
		return nil, nil
	}
	if c.pair != nil {
		a, err := c.pair.a.Why(from, to)
		if err != nil {
			return nil, err
		}
		b, err := c.pair.b.Why(from, to)
		if err != nil {
			return nil, err
		}
		all := append(a, b...)
		slices.SortStableFunc(all, func(r, s Reason) int { return r.Date.Compare(s.Date) })
		return slices.Compact(all), nil
	}
	open, err := c.Spans(from, to)
	if err != nil {
		return nil, err
	}
	var out []Reason
	for s := range open {
		out = append(out, c.why(from, s.From)...)
		from = s.To
	}
	return append(out, c.why(from, to)...), nil
}

// why is Why for a stretch that is closed throughout.
func (c *Calendar) why(from, to time.Time) (out []Reason) {
	if c.rule == nil || !from.Before(to) {
		return nil
	}
	var dates []Date // in the order in which the clock shows them
	prev := int64(0)
	end := to.Add(time.Second - 1).Unix()
	for seg := range segments(c.loc, from.Unix()-1, end+1) {
		if skip := (run{seg.from + prev, seg.from + seg.offset}); seg.from > from.Unix()-1 && c.rule.touches(skip) {
			out = append(out, Reason{ClockChange, DateOf(c.time(seg.from, 0)), ""})
		}
		prev = seg.offset
		first, last := floorDiv(max(seg.from, from.Unix())+seg.offset, daySeconds), floorDiv(min(seg.to, end)-1+seg.offset, daySeconds)
		for n := first; n <= last; n++ {
			if d := dateOfDay(n); !slices.Contains(dates, d) {
				dates = append(dates, d)
				out = append(out, c.rule.why(d)...)
			}
		}
	}
	slices.SortStableFunc(out, func(r, s Reason) int { return r.Date.Compare(s.Date) })
	return out
}

// why returns the reasons that a date is closed at some time.
func (s *schedule) why(d Date) (out []Reason) {
	if i, ok := slices.BinarySearchFunc(s.overrides, d, func(o Override, d Date) int { return o.Date.Compare(d) }); ok {
		if o := s.overrides[i]; len(o.Windows) == 0 {
			return []Reason{{Overridden, d, o.Name}}
		}
		return []Reason{{Closed, d, ""}}
	}
	ws, closed := s.on(d)
	if len(s.hours.week[d.Weekday()]) == 0 && len(ws) == 0 {
		out = append(out, Reason{Weekend, d, ""})
	}
	if s.holidays != nil {
		for h := range s.holidays.Days(d.Year) {
			if h.Date == d && (h.Kind.Closed() || h.Kind == HalfDay && !closed) {
				out = append(out, Reason{PublicHoliday, d, h.Name})
			}
		}
	}
	if len(ws) > 0 {
		out = append(out, Reason{Closed, d, ""})
	}
	return out
}

// touches reports whether the hours have any of a stretch of the wall.
func (s *schedule) touches(r run) bool {
	if r.from >= r.to {
		return false
	}
	for open := range s.readings(floorDiv(r.from, daySeconds)-2, floorDiv(r.to, daySeconds)) {
		if open.from < r.to && r.from < open.to {
			return true
		}
	}
	return false
}
