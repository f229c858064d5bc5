package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
)

// options are what the command line asks for.
type options struct {
	text, words string
	verbose     bool
	args        []string
}

const helpHead = `Catalogcheck says what is wrong with files of editions, and where the words of a
document are no longer those that an edition was written from.

usage:
  catalogcheck [FILE-OR-FOLDER...]
  catalogcheck -text COPY [-v] EDITION
  catalogcheck -words COPY [-v] EDITION

examples:
  catalogcheck                                          the editions of this module
  catalogcheck my-editions                              a folder, as a program loads it
  catalogcheck drafts/harbour.yaml                      one file
  catalogcheck -words harbour-care.txt harbour.yaml     the words: of the edition
  catalogcheck -text harbour-care-new.txt harbour.yaml  what has changed since

COPY is the document as plain text in UTF-8, of at most 2 MiB. EDITION is a file,
or the ID of an edition of this module, such as ubuntu-pro/2025-07-02.

flags:
`

const helpTail = `
Problems and differences are a line each, and the last line is a summary. With
-text, "words differ" names a clause to read again, "not found" one that is gone
or has another number, and "no such clause" a number in the copy that the edition
does not have; a clause without a number of its own that has no heading in the
copy is "not looked for" unless the edition has words of it.

The exit status is 0 when nothing is wrong or differs, 1 when something is, and 2
when the command is not used as above.
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
	fs := flag.NewFlagSet("catalogcheck", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	fs.Usage = func() {}
	named := func(to *string) func(string) error {
		return func(s string) error {
			if s == "" {
				return errors.New("want the name of a file")
			}
			*to = s
			return nil
		}
	}
	fs.Func("text", "compare the document in file `COPY` with the words of an edition", named(&o.text))
	fs.Func("words", "print the words of an edition's clauses in file `COPY`", named(&o.words))
	fs.BoolVar(&o.verbose, "v", false, "show on standard error where each clause was found, and its first and last words")
	return fs
}

func parse(args []string) (*options, error) {
	o := &options{}
	fs := o.flags()
	if err := fs.Parse(args); err != nil {
		return nil, err
	}
	o.args = fs.Args()
	copied := o.text != "" || o.words != ""
	switch {
	case o.text != "" && o.words != "":
		return nil, errors.New("-text beside -words: want one of them")
	case o.verbose && !copied:
		return nil, errors.New("-v alone: want -text or -words beside it")
	case copied && len(o.args) != 1:
		return nil, fmt.Errorf("%d editions: want one, a file or an ID, after the flags", len(o.args))
	}
	return o, nil
}
