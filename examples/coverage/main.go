// Command coverage says whether a contract covers something, and by which
// clauses.
//
// It answers one question given by flags, as text or as a line of JSON; or, with
// -batch, one query of JSON on each line of standard input. What can be asked,
// and what may be stated of it, -questions lists. All of it is what package
// catalog answers: this command reads and writes, and decides nothing.
//
//	go run ./examples/coverage -question security-fix -on 2025-08-01 \
//	    -security infra-only -fact release=18.04 -fact component=main \
//	    -fact priority=high
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

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
		fmt.Fprintln(stderr, "coverage -h says what can be asked")
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
		fmt.Fprintln(w, "coverage: "+line)
	}
}

func (o *options) answer(stdin io.Reader, stdout io.Writer) error {
	c := catalog.Builtin()
	desk := catalog.NewDesk(c, nil) // no coverage question asks for holidays
	switch {
	case o.batch:
		return batch(desk, stdin, stdout)
	case o.questions:
		return list(c, o, stdout)
	}
	v, err := desk.Verdict(&o.query)
	switch {
	case err != nil:
		return err
	case o.json && o.explain:
		return writeLine(stdout, v.Decided())
	case o.json:
		return writeLine(stdout, v)
	case o.explain:
		_, err := io.WriteString(stdout, v.Explained().String())
		return err
	}
	e, err := c.Edition(v.Edition)
	if err != nil {
		return err
	}
	return report(stdout, e, v.Explained())
}

// writeLine writes an answer as a desk writes it.
func writeLine(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}
