package ics

import (
	"errors"
	"fmt"
	"slices"

	"github.com/supportterms/supportterms/calendar"
)

// An Error is something in a file that cannot be read as days off.
type Error struct {
	Line  int    // from 1; of a folded line, where it begins
	Event string // the SUMMARY of the event, or else its UID, or ""
	Err   error  // a [*calendar.ParseError]
}

func (e *Error) Error() string {
	at := ""
	if e.Event != "" {
		at = fmt.Sprintf("event %q: ", e.Event)
	}
	return fmt.Sprintf("line %d: %s%v", e.Line, at, e.Err)
}

func (e *Error) Unwrap() error { return e.Err }

// refuse says that an input in p is not what is wanted.
func (p property) refuse(input, want string) *Error {
	return &Error{Line: p.line, Err: &calendar.ParseError{What: p.name, Input: short(input), Want: want}}
}

// short cuts off what is too long to be read in an error.
func short(s string) string {
	for i := range s {
		if i > 80 {
			return s[:i] + "…"
		}
	}
	return s
}

const tooMuch = "fewer days and less to recur in one file: an UNTIL, say, or a DTSTART not so long ago"

// maxProblems is how many problems of one file are looked for.
const maxProblems = 100

// problems are what is wrong in a file.
type problems []*Error

// add takes down an error of an event. Nil is none.
func (p *problems) add(e *event, err error) {
	var one *Error
	if errors.As(err, &one) {
		if e != nil {
			one.Event = short(e.title())
		}
		*p = append(*p, one)
	}
}

func (p *problems) full() bool { return len(*p) >= maxProblems }

// join returns all problems in order of line as one error, or nil.
func (p *problems) join() error {
	slices.SortStableFunc(*p, func(a, b *Error) int { return a.Line - b.Line })
	var errs []error
	for _, e := range *p {
		errs = append(errs, e)
	}
	if p.full() {
		errs = append(errs, errors.New("there may be more: want these to be put right first"))
	}
	return errors.Join(errs...)
}
