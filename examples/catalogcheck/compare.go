package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/supportterms/supportterms/catalog"
)

// A note is a line of a comparison.
type note struct {
	line int // of the copy, or of what comes before
	text string
}

// A comparison is how a copy stands to the words of an edition.
type comparison struct {
	*text
	notes                                               []note
	same, differ, missing, more, uncompared, unlookedAt int
}

func (o *options) compare(w, notes io.Writer) error {
	t, err := o.readText(o.text, notes)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(t.edition.Clauses, func(c catalog.Clause) bool { return c.Words != "" }) {
		return fmt.Errorf("%s: the edition has no words to compare with; -words prints them for a copy", t.edition.ID)
	}
	c := &comparison{text: t}
	c.read()
	slices.SortStableFunc(c.notes, func(a, b note) int { return a.line - b.line })
	for _, n := range c.notes {
		fmt.Fprintln(w, n.text)
	}
	fmt.Fprintln(w, c.summary())
	if c.differ+c.missing+c.more > 0 {
		return errFound
	}
	return nil
}

// read compares clause by clause.
func (c *comparison) read() {
	settled := make([]bool, len(c.extra))
	last := 0
	for i, clause := range c.edition.Clauses {
		p := &c.clauses[i]
		at := -1
		if clause.Words != "" && clause.Words != p.words && !slices.Contains(p.until, clause.Words) {
			at = slices.IndexFunc(c.extra, func(x extra) bool {
				// No words are alike everywhere, so only what stands there counts.
				return x.words == clause.Words && (x.words != empty || p.line == 0 && last < x.line && x.line < c.next(i))
			})
		}
		switch {
		case at >= 0 && !settled[at]:
			c.missing++
			settled[at] = true
			c.add(c.extra[at].line, true, "%s: not found; its words stand as %s", clause.Number, c.extra[at].number)
		case p.line == 0 && clause.Words == "" && c.itemOf(i).number == "":
			c.unlookedAt++
			c.add(last, false, "%s: not looked for; it has no number, and no line is its heading", clause.Number)
		case p.line == 0:
			c.missing++
			c.add(last, false, "%s: not found", clause.Number)
		case clause.Words == "":
			c.uncompared++
		case clause.Words == p.words:
			c.same++
		case slices.Contains(p.until, clause.Words):
			// What was added begins with a number, so that is to be told.
			c.same++
			for n := slices.Index(p.until, clause.Words); n < len(p.until); n++ {
				c.extra[p.first+n].silent = false
			}
		default:
			c.differ++
			c.add(p.line, true, "%s: words differ", clause.Number)
		}
		last = max(last, p.line)
	}
	for i, x := range c.extra {
		if !settled[i] && !x.silent {
			c.more++
			c.add(x.line, true, "%s: no such clause in the edition", x.number)
		}
	}
}

// empty are the words of a clause of which the document prints the number only.
var empty = newDigest().sum()

// next returns the line of the clause that is found next.
func (t *text) next(clause int) int {
	for _, p := range t.clauses[clause:] {
		if p.line > 0 {
			return p.line
		}
	}
	return len(t.lines) + 1
}

func (t *text) itemOf(clause int) item {
	return t.items[slices.IndexFunc(t.items, func(it item) bool { return it.clause == clause })]
}

func (c *comparison) add(line int, there bool, format string, args ...any) {
	place := c.copy
	if there {
		place += fmt.Sprintf(":%d", line)
	}
	c.notes = append(c.notes, note{line, place + ": " + fmt.Sprintf(format, args...)})
}

func (c *comparison) summary() string {
	s := fmt.Sprintf("%s: %d the same, %d differ, %d not found, %d more", count(len(c.edition.Clauses), "clause"), c.same, c.differ, c.missing, c.more)
	if c.uncompared > 0 {
		s += fmt.Sprintf("; %d found of which the edition has no words", c.uncompared)
	}
	if c.unlookedAt > 0 {
		s += fmt.Sprintf("; %d not looked for", c.unlookedAt)
	}
	return s
}

// writeWords writes the words of the clauses found, as the edition's file has
// them.
func (o *options) writeWords(w, notes io.Writer) error {
	t, err := o.readText(o.words, notes)
	if err != nil {
		return err
	}
	var missing []string
	fmt.Fprintln(w, "words:")
	for i, clause := range t.edition.Clauses {
		if p := t.clauses[i]; p.line > 0 {
			fmt.Fprintf(w, "  %q: %q\n", clause.Number, p.words)
		} else {
			missing = append(missing, clause.Number)
		}
	}
	if len(missing) > 0 {
		fmt.Fprintf(notes, "%s: not found: %s\n", o.words, strings.Join(missing, "; "))
	}
	return nil
}
