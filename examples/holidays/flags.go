package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// options are what the command line asks for.
type options struct {
	region, with, overlay string
	year, from, to        int
	sets                  []string
	csv, ics, list        bool
	predicted, wholeDates bool
}

const helpHead = `Holidays shows which days are holidays where, and how sure that is.

usage:
  holidays -region CODE (-year YEAR | -from YEAR -to YEAR) [-csv | -ics | -with CODE] [flags]
  holidays -list

examples:
  holidays -region GB-SCT -year 2025
  holidays -region GB-SCT -from 2017 -to 2030 -csv

flags:
`

const helpTail = `
Half days and make-up workdays are listed with the days off. Days are of the
sets that bind everybody, "statutory" and "bank", unless -sets names others;
-list has the sets of each region.

The CSV has the columns date,kind,name,set,status,source. A kind is holiday,
substitute, half-day or workday; a status is official (a published list),
statutory (a stable law), predicted or stated (by the overlay).

An overlay in CSV has the columns of the tables of package holiday, and in
iCalendar its events are days off; see the documentation of holiday.ReadCSV and
of package ics.

Errors go to standard error. The exit status is 1 when a question cannot be
answered and 2 when it is not put as above.
`

func help(w io.Writer) error {
	var o options
	fs := o.flags()
	var b strings.Builder
	b.WriteString(helpHead)
	fs.SetOutput(&b)
	fs.PrintDefaults()
	b.WriteString(helpTail)
	_, err := io.WriteString(w, b.String())
	return err
}

func (o *options) flags() *flag.FlagSet {
	fs := flag.NewFlagSet("holidays", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	fs.Usage = func() {}
	fs.StringVar(&o.region, "region", "", "ISO 3166 `code` of a region, such as GB-SCT; -list has them all")
	fs.StringVar(&o.with, "with", "", "`code` of a region to show beside the first")
	fs.Func("year", "`year` to show", year(&o.year))
	fs.Func("from", "first `year` to show", year(&o.from))
	fs.Func("to", "last `year` to show", year(&o.to))
	fs.Func("sets", "sets to take days from instead of those on by default, a comma `list`", func(s string) error {
		for set := range strings.SplitSeq(s, ",") {
			if set = strings.TrimSpace(set); set == "" {
				return errors.New("want the names of sets with commas between")
			}
			o.sets = append(o.sets, set)
		}
		return nil
	})
	fs.StringVar(&o.overlay, "overlay", "", "`file` of days to add or remove, .csv or .ics")
	fs.BoolVar(&o.wholeDates, "whole-dates", false, "let an event of some hours in an .ics overlay take its whole date")
	fs.BoolVar(&o.predicted, "predicted", false, "show also days that an announcement to come may change")
	fs.BoolVar(&o.csv, "csv", false, "write CSV")
	fs.BoolVar(&o.ics, "ics", false, "write iCalendar")
	fs.BoolVar(&o.list, "list", false, "list the regions with their sets and how far they are known")
	return fs
}

// year returns the reader of a year.
func year(to *int) func(string) error {
	return func(s string) (err error) {
		if *to, err = strconv.Atoi(s); err != nil || *to < 1 || *to > 9999 {
			return errors.New("want a year such as 2025")
		}
		return nil
	}
}

func parse(args []string) (*options, error) {
	o := &options{}
	fs := o.flags()
	if err := fs.Parse(args); err != nil {
		return nil, err
	}
	given := map[string]bool{}
	fs.Visit(func(f *flag.Flag) { given[f.Name] = true })
	ext := strings.ToLower(filepath.Ext(o.overlay))
	switch {
	case fs.NArg() > 0:
		return nil, fmt.Errorf("argument %q: want flags only", fs.Arg(0))
	case o.list && len(given) > 1:
		return nil, errors.New("-list beside other flags: want it alone")
	case o.list:
		return o, nil
	case o.region == "":
		return nil, errors.New("no -region: want the code of one; -list has them all")
	case given["year"] == (given["from"] || given["to"]), given["from"] != given["to"]:
		return nil, errors.New("want the years as -year, or as -from and -to")
	case o.csv && o.ics, o.with != "" && (o.csv || o.ics):
		return nil, errors.New("want one of -csv, -ics and -with")
	case given["overlay"] && !slices.Contains([]string{".csv", ".ics"}, ext):
		return nil, fmt.Errorf("-overlay %q: want a file whose name ends in .csv or .ics", o.overlay)
	case o.wholeDates && ext != ".ics":
		return nil, errors.New("-whole-dates without an .ics file: want one as -overlay")
	}
	if given["year"] {
		o.from, o.to = o.year, o.year
	}
	if o.from > o.to {
		return nil, fmt.Errorf("-from %d -to %d: want the earlier year first", o.from, o.to)
	}
	return o, nil
}
