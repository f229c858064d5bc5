package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/supportterms/supportterms/calendar"
)

// options are what the command line asks for.
type options struct {
	folder, document    string
	on                  calendar.Date
	from, to, inventory string
	what                []string
	json                bool
	lookup, edition     string
}

// whats are what a change may be of.
var whats = []string{
	"edition", "add-on", "service", "limit", "severity", "metric", "fact", "reading", "table", "question", "hours", "figure",
	"rule", "case step",
}

const helpHead = `Editions says which edition of a document was in force on a day, and what another
edition decides differently.

usage:
  editions [-document NAME]
  editions -document NAME -on DATE
  editions -from ID -to ID [-what LIST] [-json]
  editions -from ID -to ID -inventory FILE [-json]
  editions -lookup TERM [-edition ID]
each with [-folder DIR].

examples:
  editions -document ubuntu-advantage -on 2017-08-01
  editions -from ubuntu-advantage/2017-02-09 -to ubuntu-advantage/2017-07-21 \
           -what rule,figure
  editions -lookup 営業日 -edition ubuntu-advantage/2017-02-09

flags:
`

const helpTail = `
Without -from, -lookup or -on it lists the editions at hand, since and until when
each is in force, where the end is known from, and the editions that are known and
not at hand.

Of two editions each change of what they decide is a line; their words are not
compared. -what takes some of: edition, add-on, service, limit, severity, metric,
fact, reading, table, question, hours, figure, rule, case step.

An inventory is queries, one a line, as deadline -batch and coverage -batch read
them. Each is put to both editions, whichever it names itself; dates have to be
on or after the first day of both, for no edition answers for a day before it. The
text has the queries that are answered differently, each with what was answered,
what is, and by which clauses, and the lines that cannot be answered; at the end
it counts them and the others. With -json line n of what is written is about line
n of the inventory. A bad line, be it blank, longer than 1 MiB or no query, never
stops the rest; the exit status is then still 0.

Errors go to standard error. The exit status is 1 when no edition is in force, a
word is not found or a question cannot be answered otherwise, and 2 when it is not
put as above.
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
	fs := flag.NewFlagSet("editions", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	fs.Usage = func() {}
	text := func(to *string, name, want, usage string) {
		fs.Func(name, usage, func(s string) error {
			if strings.TrimSpace(s) == "" {
				return errors.New("want " + want)
			}
			*to = s
			return nil
		})
	}
	text(&o.folder, "folder", "the name of a folder", "`folder` of a user's own editions, instead of those of this module; -from, -to and -edition may still name these")
	text(&o.document, "document", "the name of a document", "`name` of a document, such as ubuntu-advantage")
	fs.Func("on", "`date` asked about, written 2017-08-01", func(s string) (err error) {
		o.on, err = calendar.ParseDate(s)
		return err
	})
	text(&o.from, "from", "the ID of an edition", "`ID` of the edition that was, such as ubuntu-advantage/2017-02-09")
	text(&o.to, "to", "the ID of an edition", "`ID` of the edition that is")
	text(&o.inventory, "inventory", "the name of a file, or - for standard input", "`file` of queries, one a line, or - for standard input")
	fs.Func("what", "kinds of change to list, a comma `list` such as rule,figure", func(s string) error {
		for part := range strings.SplitSeq(s, ",") {
			what := strings.TrimSpace(part)
			if !slices.Contains(whats, what) {
				return fmt.Errorf("%q is not known: want some of %s", what, strings.Join(whats, ", "))
			}
			o.what = append(o.what, what)
		}
		return nil
	})
	fs.BoolVar(&o.json, "json", false, "write a line of JSON for each change, or each query")
	text(&o.lookup, "lookup", "a word of a document", "`term` of a document to look up, such as 営業日")
	text(&o.edition, "edition", "the ID of an edition", "`ID` of the edition to look it up in, without which it is all")
	return fs
}

func parse(args []string) (*options, error) {
	o := &options{}
	fs := o.flags()
	if err := fs.Parse(args); err != nil {
		return nil, err
	}
	if fs.NArg() > 0 {
		return nil, fmt.Errorf("argument %q: want flags only", fs.Arg(0))
	}
	var given []string
	fs.Visit(func(f *flag.Flag) { given = append(given, f.Name) })
	// Each flag but -folder belongs to one way of asking.
	beside := func(name string, others ...string) error {
		for _, g := range given {
			if g != name && g != "folder" && !slices.Contains(others, g) {
				return fmt.Errorf("-%s beside -%s: want -%s with -%s only", g, name, name, strings.Join(append(others, "folder"), ", -"))
			}
		}
		return nil
	}
	needs := func(name string, needed ...string) error {
		for _, n := range needed {
			if slices.Contains(given, name) && !slices.Contains(given, n) {
				return fmt.Errorf("-%s without -%s: want both", name, n)
			}
		}
		return nil
	}
	if err := errors.Join(
		needs("from", "to"), needs("to", "from"), needs("inventory", "from", "to"), needs("edition", "lookup"), needs("on", "document"),
	); err != nil {
		return nil, err
	}
	switch {
	case o.lookup != "":
		return o, beside("lookup", "edition")
	case o.inventory != "":
		return o, beside("inventory", "from", "to", "json")
	case o.from != "":
		return o, beside("from", "to", "what", "json")
	case o.what != nil:
		return nil, errors.New("-what without -from and -to: want two editions")
	case o.json:
		return nil, errors.New("-json without -from and -to: want two editions")
	}
	return o, nil
}
