package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxCopy is how many bytes a copy of a document may have.
const maxCopy = 2 << 20

// A line is a line of a copy of a document, and what it begins with.
type line struct {
	text   string
	parted bool // from what is above it by an empty line

	number string // "7.1.2"; "" if it begins with none
	form   form
	word   string // a word with digits that it begins with: "A.1", "12.3(a"
	rest   string // what stands after either
	linked bool   // the number is part of a link
	marked bool   // a bullet or list mark stands before it

	contents bool // it is of a table of contents, or else points elsewhere
}

// A form is how numbers are printed.
type form struct {
	parts bool // 7.1, not 7
	end   string
	mark  bool // of a numbered list: "2. 7.1"
}

// readCopy reads a copy of a document.
func readCopy(name string) (text []byte, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if text, err = io.ReadAll(io.LimitReader(f, maxCopy+1)); err != nil {
		return nil, err
	}
	switch {
	case len(text) > maxCopy:
		return nil, fmt.Errorf("%s: more than %d bytes; want the text of one document", name, maxCopy)
	case len(bytes.TrimSpace(text)) == 0:
		return nil, fmt.Errorf("%s: empty; want the text of the document", name)
	}
	for at, n := text, 1; len(at) > 0; {
		c, size := utf8.DecodeRune(at)
		if c == utf8.RuneError && size == 1 || unicode.IsControl(c) && !unicode.IsSpace(c) {
			return nil, fmt.Errorf("%s:%d: byte %#02x; want plain text in UTF-8", name, n, at[0])
		}
		if c == '\n' {
			n++
		}
		at = at[size:]
	}
	return text, nil
}

// lines returns the lines of a text, with full-width letters, digits and
// punctuation as narrow ones and without what is not seen.
func lines(text string) (out []line) {
	narrow := func(c rune) rune {
		switch {
		case '！' <= c && c <= '～':
			return c - '！' + '!'
		case c == '\\' || c != '\n' && unicode.Is(unicode.Cf, c):
			return -1 // a mark of Markdown; a byte order mark or soft hyphen
		case c != '\n' && unicode.IsSpace(c):
			return ' '
		}
		return c
	}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "\n", "：", ": ").Replace(text)
	parted := true
	for s := range strings.SplitSeq(text, "\n") {
		l := line{text: strings.TrimSpace(strings.Map(narrow, s)), parted: parted}
		l.findNumber()
		out = append(out, l)
		parted = l.text == ""
	}
	return out
}

var (
	marks    = regexp.MustCompile(`^(?:[-–*+•◦▪·‣#>|_ ]+|\[)+`)
	listMark = regexp.MustCompile(`^(\d{1,3}|[a-z])[.)] +`)
	inParts  = regexp.MustCompile(`^\d+(?:\.\d+)+`)
	plain    = regexp.MustCompile(`^(\d+(?:\.\d+)*)([.):]?)`)
	pointer  = regexp.MustCompile(`^\[[^\]]*\]\([^)]*\)$`)
	odd      = regexp.MustCompile(`^[^ ]*\d[^ ]*`)
)

// findNumber finds the number that the line begins with, after its marks.
func (l *line) findNumber() {
	before := marks.FindString(l.text)
	s := l.text[len(before):]
	l.linked = strings.Contains(before, "[")
	l.marked = strings.Trim(before, "#*_[ ") != "" || strings.HasPrefix(before, "* ")
	l.contents = l.marked && pointer.MatchString(strings.TrimLeft(before, "-–*+•◦▪·‣>| ")+s)
	if m := listMark.FindString(s); m != "" && inParts.MatchString(s[len(m):]) {
		l.form.mark, l.marked, s = true, true, s[len(m):]
	}
	if word := odd.FindString(s); word != "" {
		l.word, l.rest = strings.TrimRight(word, ".):"), s[len(word):]
	}
	m := plain.FindStringSubmatch(s)
	if m == nil {
		return
	}
	rest := s[len(m[0]):]
	next, _ := utf8.DecodeRuneInString(rest)
	l.form.parts, l.form.end = strings.Contains(m[1], "."), m[2]
	switch {
	case rest == "":
	case l.form.end != "":
		if unicode.IsDigit(next) { // 8:00
			return
		}
	case strings.ContainsRune(" *_]", next):
		if !l.form.parts && !l.parted { // 90 days
			return
		}
	case !unicode.IsLetter(next): // 5.15-rt, 99.9%
		return
	case next < utf8.RuneSelf && !l.form.mark && strings.Count(m[1], ".") < 2: // 7.5h, 9am
		return
	}
	l.number, l.word, l.rest = m[1], "", rest
}
