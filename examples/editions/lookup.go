package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/supportterms/supportterms/catalog"
)

// lookUp writes what a word of a document means and where it stands.
func (o *options) lookUp(s *shelf, w io.Writer) error {
	ids := s.own.Editions()
	if o.edition != "" {
		ids = []string{o.edition}
	}
	var b strings.Builder
	var terms []string
	for _, id := range ids {
		e, _, err := s.edition("edition", id)
		if err != nil {
			return err
		}
		term, cells := e.Lookup(o.lookup)
		if term.Printed == "" && len(cells) == 0 {
			for _, t := range e.Terms {
				terms = append(terms, t.Printed)
			}
			continue
		}
		if b.Len() > 0 {
			b.WriteString("\n")
		}
		writeTerm(&b, e, o.lookup, term, cells)
	}
	if b.Len() == 0 {
		text := fmt.Sprintf("-lookup: %q is no term of %s, and stands in no cell", o.lookup, strings.Join(ids, ", "))
		if terms != nil {
			text += "; terms are " + strings.Join(terms, ", ")
		}
		return errors.New(text)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func writeTerm(b *strings.Builder, e *catalog.Edition, word string, term catalog.Term, cells []catalog.Cell) {
	b.WriteString(e.ID + "\n")
	if term.Printed != "" {
		fmt.Fprintf(b, "  %s: %s (%s)\n", term.Printed, term.Means, strings.Join(term.Clauses, ", "))
	} else {
		fmt.Fprintf(b, "  %s: no term of its own\n", word)
	}
	for i, c := range cells {
		if i == 0 {
			fmt.Fprintf(b, "  stands in %s\n", count(len(cells), "cell"))
		}
		fmt.Fprintf(b, "    %s: %s (%s), %s\n", c.ID, c.Printed, c.Means, c.Clause)
	}
}
