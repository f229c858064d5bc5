package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
)

// options are what the command line asks for.
type options struct{ svg, metric, file string }

const helpHead = `Timeline draws a case: what happened, which time counted, and by when an answer
is owed.

usage:
  timeline [-svg FILE] [-metric METRIC] CASE.json

example:
  timeline -svg case.svg examples/timeline/testdata/bank-holiday.json

flags:
`

const helpTail = `
The case is one query as JSON, with the key "case"; - reads it from standard
input. The text on standard output has every metric with its ledger. With -svg -
the picture is written there instead.

Errors go to standard error. The exit status is 1 when the case cannot be
answered and 2 when it is not asked for as above.
`

func help(w io.Writer) error {
	var b strings.Builder
	b.WriteString(helpHead)
	fs := new(options).flags()
	fs.SetOutput(&b)
	fs.PrintDefaults()
	b.WriteString(helpTail)
	_, err := io.WriteString(w, b.String())
	return err
}

func (o *options) flags() *flag.FlagSet {
	fs := flag.NewFlagSet("timeline", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	fs.Usage = func() {}
	fs.StringVar(&o.svg, "svg", "", "`file` for the picture, or - for standard output")
	fs.StringVar(&o.metric, "metric", "", "the one `metric` to show, such as first_response, instead of all")
	return fs
}

func parse(args []string) (*options, error) {
	o := &options{}
	fs := o.flags()
	if err := fs.Parse(args); err != nil {
		return nil, err
	}
	switch fs.NArg() {
	case 0:
		return nil, errors.New("no file: want the case as JSON, or - for standard input")
	case 1:
		o.file = fs.Arg(0)
		return o, nil
	}
	return nil, fmt.Errorf("argument %q: want one file, after the flags", fs.Arg(1))
}
