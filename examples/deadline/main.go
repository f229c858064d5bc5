// Command deadline says when a provider of support must respond to a case, and
// why exactly then.
//
// It answers one case given by flags, as text or as a line of JSON; or, with
// -batch, one query of JSON on each line of standard input, be it of a response
// or of a case with all its responses; -attainment counts the cases instead. What
// can be asked is what package catalog answers: this command reads and writes,
// and decides nothing.
//
//	go run ./examples/deadline -edition ubuntu-pro/2025-07-02 -level weekday \
//	    -severity 1 -zone Europe/London -region GB-ENG \
//	    -opened 2025-08-22T16:30:00+01:00
package main

import (
	"encoding/json"
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
		fmt.Fprintln(stderr, "deadline -h says what can be asked")
		return exitUsage
	} else {
		err = o.answer(stdin, stdout, stderr)
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
		fmt.Fprintln(w, "deadline: "+line)
	}
}

func (o *options) answer(stdin io.Reader, stdout, stderr io.Writer) error {
	c := catalog.Builtin()
	desk := catalog.NewDesk(c, holiday.ByCode)
	switch {
	case o.attainment != nil:
		return attainment(desk, *o.attainment, stdin, stdout, stderr)
	case o.batch:
		return batch(desk, stdin, stdout)
	case o.list:
		return list(c, o.query.Edition, stdout)
	}
	a, err := desk.Answer(&o.query)
	if err != nil {
		return err
	}
	if o.json {
		return writeLine(stdout, a)
	}
	e, err := c.Edition(a.Edition)
	if err != nil {
		return err
	}
	return report(stdout, e, a)
}

// writeLine writes an answer as a desk writes it.
func writeLine(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}
