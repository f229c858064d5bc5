package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/catalog"
	"github.com/supportterms/supportterms/sla"
)

// options are what the command line asks for.
type options struct {
	query             catalog.Query
	place             catalog.PlaceTerms
	json, list, batch bool
	attainment        *sla.Period
}

const helpHead = `Deadline says when a provider of support must respond to a case, and why then.

usage:
  deadline -edition ID (-level LEVEL | -offering OFFERING) -severity N
           -zone ZONE (-region CODE | -holidays DATES)
           (-opened INSTANT [-responded INSTANT] | -counted-from INSTANT) [flags]
  deadline -list [-edition ID]
  deadline -batch <queries.jsonl >answers.jsonl
  deadline -batch -attainment PERIOD <cases.jsonl >counts.jsonl

example:
  deadline -edition ubuntu-pro/2025-07-02 -level weekday -severity 1 \
           -zone Europe/London -region GB-ENG -opened 2025-08-22T16:30:00+01:00

Instants are written with their offset: 2025-08-22T16:30:00+01:00. Without
-as-of the answer is as of the last thing that happened; no clock is read.

flags:
`

const helpTail = `
The text has the answer, what it rests on, the earliest and the latest instant
over the readings that are left open, a ledger of all the time from the start of
the clock, and what the clauses and readings say in short.

With -batch each line of standard input is a query and gets one line on standard
output, in the same order. A line that cannot be answered, be it blank, longer
than 1 MiB or no query, is answered by an object with "status": "error", and the
next line is read; the exit status is then still 0.

With -attainment too the lines are cases, and not answered: at the end there is a
line for each period, edition, offering, metric and severity with how many
responses were met, missed and so on. A response belongs to the period in which
it began to be owed. A line that cannot be counted is answered as above.

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
	q := &o.query
	fs := flag.NewFlagSet("deadline", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	fs.Usage = func() {}
	fs.StringVar(&q.Edition, "edition", "", "`ID` of the edition, such as ubuntu-pro/2025-07-02; -list has them all")
	fs.StringVar(&q.Contract.Level, "level", "", "support `level` of the contract, such as weekday")
	fs.StringVar(&q.Contract.Offering, "offering", "", "`offering` asked about, in editions that sell offerings")
	fs.Func("addons", "add-ons bought, a comma `list`", words(&q.Contract.Addons))
	fs.StringVar(&q.Release.Phase, "phase", "", "`phase` of the machine's release, such as legacy")
	fs.StringVar(&q.Release.Version, "release", "", "`version` of the machine's release, such as 14.04, from which the phase is worked out")
	fs.Func("severity", "severity of the case, a `number` from 1, the most urgent", func(s string) error {
		n, err := strconv.Atoi(s)
		if err != nil {
			return errors.New("want a whole number")
		}
		q.Severity = &n
		return nil
	})
	fs.StringVar(&q.Metric, "metric", sla.FirstResponse, "`name` of what is promised a time; -list has them")
	fs.StringVar(&o.place.Zone, "zone", "", "IANA time `zone` of the customer, such as Europe/London")
	fs.StringVar(&o.place.Region, "region", "", "ISO 3166 `code` of the region whose public holidays count, such as GB-ENG")
	fs.Func("holidays", "public holidays instead of a region's, a comma `list` of dates such as 2025-08-25; empty for none", func(s string) error {
		o.place.Holidays = []calendar.Date{}
		return each(s, func(s string) error {
			d, err := calendar.ParseDate(s)
			o.place.Holidays = append(o.place.Holidays, d)
			return err
		})
	})
	fs.Func("weekend", "local weekend, `days` such as Fr,Sa or Fr-Sa", func(s string) (err error) {
		o.place.Weekend, err = catalog.ParseDays(s)
		return err
	})
	fs.Func("opened", "`instant` at which the case was opened", instant(&q.Opened))
	fs.Func("responded", "`instant` of the first response", instant(&q.Responded))
	fs.Func("counted-from", "`instant` from which the response counts, instead of -opened", instant(&q.CountedFrom))
	fs.Func("as-of", "`instant` asked about", instant(&q.AsOf))
	fs.Func("reading", "`key=value` of a reading that was agreed; may be given again for others", func(s string) error {
		key, value, ok := strings.Cut(s, "=")
		if !ok || key == "" || value == "" {
			return errors.New("want key=value, such as calendar.holidays=counted")
		}
		if old, again := q.Readings[key]; again && old != value {
			return fmt.Errorf("%s is %q already: choose one", key, old)
		}
		if q.Readings == nil {
			q.Readings = map[string]string{}
		}
		q.Readings[key] = value
		return nil
	})
	fs.BoolVar(&o.json, "json", false, "write the answer as one line of JSON")
	fs.BoolVar(&o.list, "list", false, "list the editions and what can be asked of them")
	fs.BoolVar(&o.batch, "batch", false, "answer the queries on standard input, one a line")
	fs.Func("attainment", "with -batch, count the cases by `period`: whole, month, quarter or year", func(s string) error {
		p, err := sla.ParsePeriod(s)
		o.attainment = &p
		return err
	})
	return fs
}

func parse(args []string) (*options, error) {
	o := &options{}
	fs := o.flags()
	if err := fs.Parse(args); err != nil {
		return nil, err
	}
	var given []string
	fs.Visit(func(f *flag.Flag) { given = append(given, f.Name) })
	alone := func(name string, beside ...string) error {
		for _, g := range given {
			if g != name && !slices.Contains(beside, g) {
				return fmt.Errorf("-%s beside -%s: want -%s alone", g, name, strings.Join(append([]string{name}, beside...), " and -"))
			}
		}
		return nil
	}
	switch {
	case fs.NArg() > 0:
		return nil, fmt.Errorf("argument %q: want flags only", fs.Arg(0))
	case o.attainment != nil && !o.batch:
		return nil, errors.New("-attainment without -batch: want both")
	case o.attainment != nil:
		return o, alone("batch", "attainment")
	case o.batch:
		return o, alone("batch")
	case o.list:
		return o, alone("list", "edition")
	case o.query.Edition == "":
		return nil, errors.New("no -edition: want the ID of one; -list has them all")
	}
	if p := o.place; p.Zone != "" || p.Region != "" || p.Holidays != nil || p.Weekend != nil {
		o.query.Place = &p
	}
	o.query.Range = true
	return o, nil
}

// words returns the reader of a comma list.
func words(to *[]string) func(string) error {
	return func(s string) error {
		return each(s, func(s string) error {
			*to = append(*to, s)
			return nil
		})
	}
}

// each calls do with each part of a comma list.
func each(s string, do func(string) error) error {
	if strings.TrimSpace(s) == "" {
		return nil
	}
	for part := range strings.SplitSeq(s, ",") {
		if err := do(strings.TrimSpace(part)); err != nil {
			return err
		}
	}
	return nil
}

// instant returns the reader of an instant.
func instant(to **catalog.Instant) func(string) error {
	return func(s string) error {
		*to = new(catalog.Instant)
		return (*to).UnmarshalText([]byte(s))
	}
}
