package main

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/supportterms/supportterms/catalog"
)

// A text is a copy of a document with the clauses of an edition found in it.
type text struct {
	edition *catalog.Edition
	copy    string // the name of its file
	lines   []line
	items   []item
	found   []*find
	clauses []passage // by clause of the edition
	extra   []extra   // in the order of the lines
}

// A passage is a clause as the copy has it.
type passage struct {
	line  int // from 1; 0 if it was not found
	words string
	until []string // words before each number that is no clause found
	first int      // of those numbers in extra
}

// An extra is a line that begins with a number as clauses do, and is none that
// was found.
type extra struct {
	line   int // from 1
	number string
	words  string // up to the next number
	// The edition has a clause of the number, or it does not belong here, as
	// one that a sentence mentions: no word of it unless other words tell.
	silent bool
}

// readText finds an edition's clauses in a copy.
func (o *options) readText(copy string, notes io.Writer) (*text, error) {
	e, err := edition(o.args[0])
	if err != nil {
		return nil, err
	}
	content, err := readCopy(copy)
	if err != nil {
		return nil, err
	}
	t := &text{edition: e, copy: copy, lines: lines(string(content)), items: items(e), clauses: make([]passage, len(e.Clauses))}
	t.found = search(t.items, t.lines)
	n := t.cut()
	switch {
	case n == 0:
		return nil, fmt.Errorf("%s: no clause of %s found; want a copy of %q, %d clauses", copy, e.ID, e.Title, len(e.Clauses))
	case 2*n < len(e.Clauses):
		fmt.Fprintf(notes, "%s: %d of the %s of %s found; is it a copy of %q?\n", copy, n, count(len(e.Clauses), "clause"), e.ID, e.Title)
	}
	if sum := sha256.Sum256(content); o.words != "" && hex.EncodeToString(sum[:]) != strings.ToLower(e.Source.SHA256) {
		fmt.Fprintf(notes, "%s: not the copy that %s says it was written from, by its SHA-256\n", copy, e.ID)
	}
	if o.verbose {
		t.show(notes)
	}
	return t, nil
}

// cut makes the passages, and returns how many there are.
func (t *text) cut() (n int) {
	begins := map[int]*find{}
	forms := map[form]bool{}
	for _, f := range t.found {
		begins[f.line] = f
		if l := t.lines[f.line]; l.number != "" && t.items[f.item].number == l.number {
			forms[l.form] = true
		}
	}
	var now *passage
	var words, extraWords *digest
	end := func() {
		if now != nil {
			now.words = words.sum()
		}
	}
	endExtra := func() {
		if extraWords != nil {
			t.extra[len(t.extra)-1].words = extraWords.sum()
		}
		extraWords = nil
	}
	at := -1 // in found
	for i := range t.lines {
		l := &t.lines[i]
		f := begins[i]
		if f != nil {
			at++
		}
		if f != nil && t.items[f.item].clause >= 0 {
			end()
			endExtra()
			n++
			now, words = &t.clauses[t.items[f.item].clause], newDigest()
			now.line, now.first = i+1, len(t.extra)
			words.write(f.rest)
			continue
		}
		if f == nil && l.number != "" && !l.contents && !l.linked && forms[l.form] && now != nil {
			now.until = append(now.until, words.sum())
			endExtra()
			t.extra = append(t.extra, extra{line: i + 1, number: l.number, silent: t.silent(l, at)})
			extraWords = newDigest()
			extraWords.write(l.rest)
		} else if extraWords != nil {
			extraWords.line(l)
		}
		if now != nil {
			words.line(l)
		}
	}
	end()
	endExtra()
	return n
}

// silent reports whether a number after a find is of a clause of the edition in
// the same part, or lies outside the chapters it stands between.
func (t *text) silent(l *line, at int) bool {
	part := t.items[t.found[at].item].part
	if slices.ContainsFunc(t.items, func(it item) bool { return it.part == part && it.number == l.number }) {
		return true
	}
	n := chapterOf(l.number)
	above, below := t.chapter(part, t.found[:at+1], -1), t.chapter(part, t.found[at+1:], 1)
	return n < above || n == above && !l.form.parts || below > 0 && n > below
}

// chapter returns the whole number of the first numbered clause of a part, or
// of the last one.
func (t *text) chapter(part string, found []*find, step int) int {
	i := 0
	if step < 0 {
		i = len(found) - 1
	}
	for ; 0 <= i && i < len(found); i += step {
		if it := t.items[found[i].item]; it.part == part && it.number != "" {
			return chapterOf(it.number)
		}
	}
	return 0
}

func chapterOf(number string) int {
	whole, _, _ := strings.Cut(number, ".")
	n, _ := strconv.Atoi(whole)
	return n
}

// show writes where each clause was found, with its first and last words.
func (t *text) show(w io.Writer) {
	var at []*find
	for _, f := range t.found {
		if t.items[f.item].clause >= 0 {
			at = append(at, f)
		}
	}
	for i, f := range at {
		end := len(t.lines)
		if i+1 < len(at) {
			end = at[i+1].line
		}
		words := strings.Fields(f.rest)
		for _, l := range t.lines[f.line+1 : end] {
			words = append(words, strings.Fields(l.text)...)
		}
		if len(words) > 8 {
			words = slices.Concat(words[:4], []string{"…"}, words[len(words)-4:])
		}
		fmt.Fprintf(w, "%s:%d: %s: %s\n", t.copy, f.line+1, t.edition.Clauses[t.items[f.item].clause].Number, cmp.Or(strings.Join(words, " "), "(empty)"))
	}
}
