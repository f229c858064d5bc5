package calendar

import (
	"fmt"
	"iter"
	"slices"
)

// Holidays says which dates are not like their weekday, and how far that is
// known. Implementations are safe for concurrent use and answer the same for
// ever. [List] is the caller's own; package holiday has those of regions.
type Holidays interface {
	// Days yields the days of a year in order of date. A date may occur more
	// than once, and then the order means nothing. Years outside the coverage
	// yield nothing.
	Days(year int) iter.Seq[Day]
	// Coverage says how far the days are known.
	Coverage() Coverage
	// Version names the data, or is "" when the caller gave it.
	Version() string
}

// A Day is a date that is not like its weekday.
type Day struct {
	Date Date
	Name string
	Kind DayKind
	// Open is the hours kept on a half day: what the weekday's hours and this
	// window have in common. It is not used by the other kinds.
	Open Window
	// Set says which list of its region the day is on: "statutory", "bank",
	// "de-facto", "optional", "local:…"; "" for a caller's own.
	Set    string
	Status Status
	Source string // the publisher, for people
}

// A DayKind is what makes a day unlike its weekday.
type DayKind uint8

const (
	// Holiday is a day off. The zero DayKind.
	Holiday DayKind = iota
	// Substitute is a day off given for a holiday on another date.
	Substitute
	// HalfDay is a working day cut short.
	HalfDay
	// Workday is a day worked though its weekday is not. It keeps the hours of
	// the first weekday, from Monday on, that has any; on a weekday with hours
	// of its own it changes nothing.
	Workday
)

var dayKinds = [...]string{"holiday", "substitute", "half-day", "workday"}

// String writes k as "holiday", "substitute", "half-day" or "workday".
func (k DayKind) String() string {
	if int(k) < len(dayKinds) {
		return dayKinds[k]
	}
	return fmt.Sprintf("DayKind(%d)", uint8(k))
}

// ParseDayKind reads what [DayKind.String] writes.
func ParseDayKind(s string) (DayKind, error) {
	if i := slices.Index(dayKinds[:], s); i >= 0 {
		return DayKind(i), nil
	}
	return 0, &ParseError{What: "day kind", Input: s, Want: "holiday, substitute, half-day or workday"}
}

// Closed reports whether a day of this kind is a day off.
func (k DayKind) Closed() bool { return k == Holiday || k == Substitute }

// A Status says how sure it is that a date is or is not a holiday. Greater is
// less sure.
type Status uint8

const (
	// NotRead: no holidays enter the answer. The zero Status.
	NotRead Status = iota
	// Stated: the caller gave the list, complete for every date.
	Stated
	// Official: the authority has published its list for the date.
	Official
	// Statutory: a stable law gives the date.
	Statutory
	// Predicted: an announcement to come may say otherwise.
	Predicted
)

var statuses = [...]string{"not-read", "stated", "official", "statutory", "predicted"}

// String writes s as "not-read", "stated", "official", "statutory" or
// "predicted".
func (s Status) String() string {
	if int(s) < len(statuses) {
		return statuses[s]
	}
	return fmt.Sprintf("Status(%d)", uint8(s))
}

// A Coverage says how far holidays are known. From and every Through date are
// themselves covered; dates before From or after the last Through are not
// known. A zero Through means that nothing has that status.
type Coverage struct {
	From             Date
	OfficialThrough  Date
	StatutoryThrough Date
	PredictedThrough Date
	// Stated says that a caller gave the list; the whole run has that status
	// and ends at StatutoryThrough.
	Stated bool
}

// Through returns the last date known.
func (c Coverage) Through() Date {
	last := c.OfficialThrough
	for _, d := range []Date{c.StatutoryThrough, c.PredictedThrough} {
		if d.After(last) {
			last = d
		}
	}
	return last
}

// Status returns how sure d is, and false when d is not covered.
func (c Coverage) Status(d Date) (Status, bool) {
	switch {
	case d.Before(c.From) || d.After(c.Through()):
		return NotRead, false
	case c.Stated:
		return Stated, true
	case !d.After(c.OfficialThrough):
		return Official, true
	case !d.After(c.StatutoryThrough):
		return Statutory, true
	}
	return Predicted, true
}

// firstDate and lastDate bound every calendar that reads holidays or closes.
var (
	firstDate = Date{1970, 1, 1}
	lastDate  = Date{2099, 12, 31}
)

// A List is a caller's own holidays, by date with their names. It is complete:
// a date that is not in it is no holiday. The nil List has none.
type List map[Date]string

// Days yields the holidays of a year in order of date.
func (l List) Days(year int) iter.Seq[Day] {
	return func(yield func(Day) bool) {
		var dates []Date
		for d := range l {
			if d.Year == year {
				dates = append(dates, d)
			}
		}
		slices.SortFunc(dates, Date.Compare)
		for _, d := range dates {
			if !yield(Day{Date: d, Name: l[d], Status: Stated}) {
				return
			}
		}
	}
}

// Coverage is every date from 1970-01-01 through 2099-12-31, stated.
func (l List) Coverage() Coverage {
	return Coverage{From: firstDate, StatutoryThrough: lastDate, Stated: true}
}

// Version is "".
func (l List) Version() string { return "" }
