// Command timeline draws a case: what happened, which time counted, and by when
// an answer is owed.
//
// It reads one case as JSON, a query of package catalog with the key case, and
// writes its ledger for people; with -svg also a picture, which says the same.
// What the picture shows is what the report of package sla says: this command
// lays it out, and decides nothing.
//
//	go run ./examples/timeline -svg case.svg examples/timeline/testdata/bank-holiday.json
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	_ "time/tzdata"

	"github.com/supportterms/supportterms/calendar/holiday"
	"github.com/supportterms/supportterms/catalog"
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// Exit statuses.
const (
	exitFailure = 1
	exitUsage   = 2
)

func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	o, err := parse(args)
	if errors.Is(err, flag.ErrHelp) {
		err = help(stdout)
	} else if err != nil {
		complain(stderr, err)
		fmt.Fprintln(stderr, "timeline -h says what can be asked")
		return exitUsage
	} else {
		err = o.answer(stdin, stdout)
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
		fmt.Fprintln(w, "timeline: "+line)
	}
}

func (o *options) answer(stdin io.Reader, stdout io.Writer) error {
	q, err := readQuery(o.file, stdin)
	if err != nil {
		return err
	}
	if o.metric != "" {
		q.Metric = o.metric
	}
	t, err := newTimeline(catalog.NewDesk(catalog.Builtin(), holiday.ByCode), q)
	if err != nil {
		return err
	}
	if o.svg == "-" {
		_, err := stdout.Write(draw(t))
		return err
	}
	if o.svg != "" {
		if err := os.WriteFile(o.svg, draw(t), 0o666); err != nil {
			return err
		}
	}
	return t.report.Explain(stdout)
}
