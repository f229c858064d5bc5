package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/catalog"
)

// options are what the command line asks for.
type options struct {
	query                           catalog.Query
	json, explain, questions, batch bool
}

const helpHead = `Coverage says whether a contract covers something, and by which clauses.

usage:
  coverage -question NAME [-on DATE] [-level LEVEL] [-security SCOPE] [-support SCOPE]
           [-fact NAME=VALUE]... [flags]
  coverage -questions [-edition ID] [-question NAME] [-json]
  coverage -batch <queries.jsonl >answers.jsonl

example:
  coverage -question security-fix -on 2025-08-01 -security infra-only \
           -fact release=18.04 -fact component=main -fact priority=high

What is not stated is not known: an answer that hangs on it is undetermined and
names it. No clock is read; without -on no date is asked about.

flags:
`

const helpTail = `
The text has the answer, the days on which it holds, the rules that speak with
their clauses and quantities, what is missing, the readings that mattered, and
for a no the rule that came nearest and what would change it. A list is stated
as JSON: -fact raw_tb_per_node=[96,96,48].

With -batch each line of standard input is a query and gets one line on standard
output, in the same order. A line that cannot be answered, be it blank, longer
than 1 MiB or no query, is answered by an object with "outcome": "error", and the
next line is read; the exit status is then still 0.

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
	fs := flag.NewFlagSet("coverage", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	fs.Usage = func() {}
	fs.StringVar(&q.Edition, "edition", "ubuntu-pro/2025-07-02", "`ID` of the edition")
	fs.StringVar(&q.Contract.Level, "level", "", "support `level` of the contract, such as weekday")
	fs.StringVar(&q.Contract.SecurityScope, "security", "", "security `scope` of the contract, such as pro or infra-only")
	fs.StringVar(&q.Contract.SupportScope, "support", "", "support `scope` of the contract, such as full, infra or none")
	fs.StringVar(&q.Contract.Offering, "offering", "", "`offering` asked about, in editions that sell offerings")
	fs.Func("addons", "add-ons bought, a comma `list`", words(&q.Contract.Addons))
	fs.Func("machines", "kinds of machine that the contract is for, a comma `list` such as physical,desktop", words(&q.Contract.Machines))
	fs.Func("from", "first `day` of the contract's term", date(&q.Contract.From))
	fs.Func("until", "last `day` of the contract's term", date(&q.Contract.Until))
	fs.StringVar(&q.Question, "question", "", "`name` of the question, such as security-fix; -questions has them all")
	fs.Func("on", "`date` asked about, written 2025-08-01", date(&q.On))
	fs.Func("fact", "`name=value` of a fact; may be given again for others", func(s string) error {
		name, value, err := pair(s, "name=value, such as release=22.04")
		if err != nil {
			return err
		}
		raw, _ := json.Marshal(value) // a text can be written
		if value[0] == '[' {
			if raw = json.RawMessage(value); !json.Valid(raw) {
				return errors.New("want a list as JSON has it, such as raw_tb_per_node=[96,96,48]")
			}
		}
		if old, again := q.Facts[name]; again && string(old) != string(raw) {
			return fmt.Errorf("%s is %s already: state one", name, old)
		}
		if q.Facts == nil {
			q.Facts = catalog.FactTerms{}
		}
		q.Facts[name] = raw
		return nil
	})
	fs.Func("reading", "`key=value` of a reading that was agreed; may be given again for others", func(s string) error {
		key, value, err := pair(s, "key=value, such as esm.medium=selected")
		if err != nil {
			return err
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
	fs.BoolVar(&q.Range, "range", false, "give every answer that the readings left open can lead to")
	fs.BoolVar(&o.json, "json", false, "write the answer as one line of JSON")
	fs.BoolVar(&o.explain, "explain", false, "write the whole decision: all that was known, and what became of each rule")
	fs.BoolVar(&o.questions, "questions", false, "list the questions of the edition, their facts and the readings")
	fs.BoolVar(&o.batch, "batch", false, "answer the queries on standard input, one a line")
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
				return fmt.Errorf("-%s beside -%s: want -%s alone", g, name, strings.Join(append([]string{name}, beside...), ", -"))
			}
		}
		return nil
	}
	switch {
	case fs.NArg() > 0:
		return nil, fmt.Errorf("argument %q: want flags only", fs.Arg(0))
	case o.batch:
		return o, alone("batch")
	case o.questions:
		return o, alone("questions", "edition", "question", "json")
	case o.query.Question == "":
		return nil, errors.New("no -question: want the name of one; -questions has them all")
	}
	return o, nil
}

// words returns the reader of a comma list.
func words(to *[]string) func(string) error {
	return func(s string) error {
		if strings.TrimSpace(s) == "" {
			return nil
		}
		for part := range strings.SplitSeq(s, ",") {
			*to = append(*to, strings.TrimSpace(part))
		}
		return nil
	}
}

// date returns the reader of a date.
func date(to *calendar.Date) func(string) error {
	return func(s string) (err error) {
		*to, err = calendar.ParseDate(s)
		return err
	}
}

// pair reads what stands before and after the first =.
func pair(s, want string) (key, value string, err error) {
	key, value, ok := strings.Cut(s, "=")
	if !ok || key == "" || value == "" {
		return "", "", errors.New("want " + want)
	}
	return key, value, nil
}
