// Command catalogcheck is for people who write editions: it says what is wrong
// with a file, and where an edition no longer says what its document says.
//
// Without flags it checks files of editions, or folders of them as package
// catalog loads them, and the editions that come with this module when nothing
// is named. Each problem is a line with its place, path and cure:
//
//	go run ./examples/catalogcheck my-editions
//
// An edition may keep, for each clause, a digest of the words it was written
// from. The text of a document itself is not wanted for that, only once a copy
// of it as plain text:
//
//	go run ./examples/catalogcheck -words harbour-care.txt harbour.yaml
//
// prints the mapping to put into the file. When the vendor publishes the
// document again,
//
//	go run ./examples/catalogcheck -text harbour-care-new.txt harbour.yaml
//
// lists the clauses to look at: those whose words differ, those that are gone,
// and numbers that the edition has no clause for.
//
// A clause is found by its number where a line begins with it, after a list
// mark or bullet if there is one, or by its heading ("Definitions: Node" by a
// line that begins with "Node:" or is no more than that). All are looked for
// together, in the order of the edition, so that a number that a sentence
// mentions is not taken for a clause. What stands from there to the next clause
// found are the clause's words. Only letters and digits count, in small
// letters: spaces, line ends, punctuation, emphasis, list marks and the targets
// of links may change from copy to copy. Accents written as marks of their own
// are not the same as accented letters.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// Exit statuses.
const (
	exitFound = 1 // problems, or differences
	exitUsage = 2
)

// errFound says that what is wrong was written already.
var errFound = errors.New("problems were found")

func run(args []string, stdout, stderr io.Writer) int {
	o, err := parse(args)
	if errors.Is(err, flag.ErrHelp) {
		err = help(stdout)
	} else if err != nil {
		complain(stderr, err)
		fmt.Fprintln(stderr, "catalogcheck -h says how it is used")
		return exitUsage
	} else {
		err = o.do(stdout, stderr)
	}
	if err != nil {
		if err != errFound {
			complain(stderr, err)
		}
		return exitFound
	}
	return 0
}

// complain writes each thing that is wrong on a line.
func complain(w io.Writer, err error) {
	for line := range strings.SplitSeq(err.Error(), "\n") {
		fmt.Fprintln(w, "catalogcheck: "+line)
	}
}

// do writes to notes what is no part of the output: what -v shows, and hints.
func (o *options) do(w, notes io.Writer) error {
	var out strings.Builder
	var err error
	switch {
	case o.text != "":
		err = o.compare(&out, notes)
	case o.words != "":
		err = o.writeWords(&out, notes)
	default:
		err = check(o.args, &out)
	}
	if _, werr := io.WriteString(w, out.String()); werr != nil {
		return werr
	}
	return err
}
