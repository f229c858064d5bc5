package ics

import (
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/supportterms/supportterms/calendar"
)

// Options say how to read a file. The zero Options are safe: what is not clear
// is an error.
type Options struct {
	// From and Through bound the days that recurrence rules give, both
	// included. Zero dates are 1970-01-01 and 2099-12-31.
	From, Through calendar.Date
	// Location is where times in UTC are read. Nil is the zone that the file
	// states (X-WR-TIMEZONE), or else UTC.
	Location *time.Location
	// WholeDates lets an event of some hours take every date that it touches.
	WholeDates bool
}

// Bounds of one file.
const (
	maxFile = 4 << 20 // bytes
	maxLine = 16 << 10
	maxDays = 100_000
	maxWork = 1_000_000 // dates looked at
)

// Read returns the days of the events in a file, in order, with the status
// [calendar.Stated]. They are for a holiday.Overlay or a list of the caller's
// own. When there is something that it cannot read it returns no days, and all
// that is wrong as [*Error]s.
func Read(r io.Reader, opt Options) ([]calendar.Day, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return nil, fmt.Errorf("ics: %w", err)
	}
	if len(text) > maxFile {
		return nil, fmt.Errorf("ics: file of more than %d bytes: leave events out of it", maxFile)
	}
	if opt.From.IsZero() {
		opt.From = calendar.Date{Year: 1970, Month: 1, Day: 1}
	}
	if opt.Through.IsZero() {
		opt.Through = calendar.Date{Year: 2099, Month: 12, Day: 31}
	}
	rd := &reader{opt: opt, zones: map[string]*time.Location{}, moved: map[string][]moment{}, work: maxWork}
	events := rd.parse(string(text))
	for _, e := range events {
		rd.wrong.add(e, rd.note(e))
	}
	var days []calendar.Day
	for _, e := range events {
		if rd.wrong.full() {
			break
		}
		var err error
		days, err = rd.add(days, e)
		rd.wrong.add(e, err)
	}
	if err := rd.wrong.join(); err != nil {
		return nil, fmt.Errorf("ics: %w", err)
	}
	slices.SortStableFunc(days, func(a, b calendar.Day) int { return a.Date.Compare(b.Date) })
	return days, nil
}

// A reader is the state of one Read.
type reader struct {
	opt   Options
	wrong problems
	zones map[string]*time.Location
	moved map[string][]moment // by UID, the occurrences that another event replaces
	work  int                 // what is left of maxWork
}

// zone returns a zone by its IANA name, or nil.
func (rd *reader) zone(name string) *time.Location {
	loc, known := rd.zones[name]
	if !known && name != "" && name != "Local" { // Local is the machine's
		loc, _ = time.LoadLocation(name)
	}
	rd.zones[name] = loc
	return loc
}
