// Command holidays shows which days are holidays where, and how sure that is.
//
//	go run ./examples/holidays -region GB-SCT -year 2025
//	go run ./examples/holidays -region GB-SCT -from 2017 -to 2030 -csv
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/calendar/holiday"
	"github.com/supportterms/supportterms/calendar/holiday/ics"
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// Exit statuses.
const (
	exitFailure = 1
	exitUsage   = 2
)

// run reads no standard input; an overlay is a file.
func run(args []string, _ io.Reader, stdout, stderr io.Writer) int {
	o, err := parse(args)
	if errors.Is(err, flag.ErrHelp) {
		err = help(stdout)
	} else if err != nil {
		complain(stderr, err)
		fmt.Fprintln(stderr, "holidays -h says what can be asked")
		return exitUsage
	} else {
		err = o.answer(stdout)
	}
	if err != nil {
		complain(stderr, err)
		return exitFailure
	}
	return 0
}

// complain writes each thing that is wrong on a line.
func complain(w io.Writer, err error) {
	for line := range strings.SplitSeq(err.Error(), "\n") {
		fmt.Fprintln(w, "holidays: "+line)
	}
}

// answer writes what was asked for, or nothing at all.
func (o *options) answer(w io.Writer) error {
	var b strings.Builder
	if o.list {
		if err := list(&b); err != nil {
			return err
		}
		_, err := io.WriteString(w, b.String())
		return err
	}
	var beside *holiday.Source
	source, err := o.source(o.region)
	if err == nil && o.with != "" {
		beside, err = o.source(o.with)
	}
	if err != nil {
		return err
	}
	all := calendar.Holidays(source)
	if o.overlay != "" {
		changes, err := o.read(source)
		if err != nil {
			return err
		}
		if all, err = changes.Apply(source); err != nil {
			return fmt.Errorf("%s: %w", o.overlay, err)
		}
	}
	days := o.collect(all)
	switch {
	case o.csv:
		err = writeCSV(&b, days)
	case o.ics:
		err = writeICS(&b, source, days)
	case beside != nil:
		sideBySide(&b, source, beside, all.Version(), days, o.collect(beside))
	default:
		table(&b, source, all.Version(), days)
	}
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, b.String())
	return err
}

// source returns a region that is known in every year asked for. Half days and
// make-up workdays are listed too.
func (o *options) source(code string) (*holiday.Source, error) {
	opt := holiday.Options{Sets: o.sets, Predicted: o.predicted, Workdays: true, HalfDays: true}
	s, err := holiday.Region(code, opt)
	if err != nil {
		return nil, err
	}
	first, last := calendar.Date{Year: o.from, Month: 1, Day: 1}, calendar.Date{Year: o.to, Month: 12, Day: 31}
	for _, d := range []calendar.Date{first, last} {
		if _, known := s.Coverage().Status(d); known {
			continue
		}
		hint := ""
		opt.Predicted = true
		if more, err := holiday.Region(code, opt); err != nil {
			return nil, err
		} else if _, known := more.Coverage().Status(d); known {
			hint = fmt.Sprintf(", and with -predicted through %v", more.Coverage().Through())
		}
		return nil, fmt.Errorf("%s in %d: %w%s", code, d.Year, &calendar.CoverageError{From: s.Coverage().From, Through: s.Coverage().Through()}, hint)
	}
	return s, nil
}

// read reads the file of the overlay.
func (o *options) read(s *holiday.Source) (holiday.Overlay, error) {
	f, err := os.Open(o.overlay)
	if err != nil {
		return holiday.Overlay{}, err
	}
	defer f.Close()
	if strings.EqualFold(filepath.Ext(o.overlay), ".csv") {
		return holiday.ReadCSV(o.overlay, f, s)
	}
	c := s.Coverage()
	days, err := ics.Read(f, ics.Options{From: c.From, Through: c.Through(), WholeDates: o.wholeDates})
	if err != nil {
		return holiday.Overlay{}, fmt.Errorf("%s: %w", o.overlay, err)
	}
	return holiday.Overlay{Add: days}, nil
}

// collect returns the days of the years asked for.
func (o *options) collect(h calendar.Holidays) (days []calendar.Day) {
	for year := o.from; year <= o.to; year++ {
		days = slices.AppendSeq(days, h.Days(year))
	}
	return days
}
