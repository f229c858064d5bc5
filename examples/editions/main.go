// Command editions says which edition of a document was in force on a day, and
// what another edition decides differently.
//
// Without flags it lists the documents with their editions: those at hand, and
// those that are known to exist and are not. With a document and a day it names
// the edition that was in force:
//
//	go run ./examples/editions -document ubuntu-advantage -on 2017-08-01
//
// With two editions it lists every rule, figure, fact and reading that became
// another, was removed, moved to another clause or was added:
//
//	go run ./examples/editions -from ubuntu-advantage/2017-02-09 \
//	    -to ubuntu-advantage/2017-07-21 -what rule,figure
//
// and with an inventory, queries as JSON Lines, what that does to a contract:
// which of its queries get another verdict or another deadline, and by which
// clauses:
//
//	go run ./examples/editions -from ubuntu-advantage/2017-02-09 \
//	    -to ubuntu-advantage/2017-07-21 \
//	    -inventory examples/editions/testdata/inventory.jsonl
//
// A word of a document in its own language is looked up, with the cells in which
// it stands:
//
//	go run ./examples/editions -lookup 営業日 -edition ubuntu-advantage/2017-02-09
//
// All of it is what package catalog answers: this command reads and writes, and
// decides nothing.
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
		fmt.Fprintln(stderr, "editions -h says what can be asked")
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
		fmt.Fprintln(w, "editions: "+line)
	}
}

func (o *options) answer(stdin io.Reader, stdout io.Writer) error {
	s, err := openShelf(o.folder)
	switch {
	case err != nil:
		return err
	case o.inventory != "":
		return o.compareAnswers(s, stdin, stdout)
	case o.from != "":
		return o.compareRules(s, stdout)
	case o.lookup != "":
		return o.lookUp(s, stdout)
	case !o.on.IsZero():
		return o.findInForce(s, stdout)
	}
	return o.list(s, stdout)
}

// writeLine writes a value as a line of JSON.
func writeLine(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}
