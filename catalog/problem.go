package catalog

import (
	"errors"
	"fmt"
	"strings"

	"github.com/supportterms/supportterms/entitlement"
)

var (
	// ErrNoEdition reports an edition that the catalog does not have. The
	// error in hand is an [*EditionError].
	ErrNoEdition = errors.New("no such edition")
)

// An EditionError says which editions there are. It matches [ErrNoEdition].
type EditionError struct {
	ID    string
	Known []string
}

func (e *EditionError) Error() string {
	if len(e.Known) == 0 {
		return fmt.Sprintf("edition %q is not known: the catalog has none", e.ID)
	}
	if e.ID == "" {
		return "edition is missing: want one of " + strings.Join(e.Known, ", ")
	}
	return fmt.Sprintf("edition %q is not known: want one of %s", e.ID, strings.Join(e.Known, ", "))
}

// Is reports whether target is [ErrNoEdition].
func (e *EditionError) Is(target error) bool { return target == ErrNoEdition }

// A DocumentError says which documents there are. It matches [ErrNoEdition].
type DocumentError struct {
	Document string
	Known    []string
}

func (e *DocumentError) Error() string {
	return fmt.Sprintf("document %q is not known: %v", e.Document, wanted(e.Document, e.Known))
}

// Is reports whether target is [ErrNoEdition].
func (e *DocumentError) Is(target error) bool { return target == ErrNoEdition }

// A Problem is something wrong at a place in a catalog file, with its cure.
type Problem struct {
	File         string
	Line, Column int    // from 1; 0 for the whole file
	Path         string // "clauses[3].table.rows[1].cells[4]"
	Message      string
}

func (p *Problem) Error() string {
	var b strings.Builder
	b.WriteString(p.File)
	if p.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", p.Line, p.Column)
	}
	b.WriteString(": ")
	if p.Path != "" {
		b.WriteString(p.Path + ": ")
	}
	b.WriteString(p.Message)
	return b.String()
}

// cut takes the middle out of text of more than n bytes.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n/2], "") + "…" + strings.ToValidUTF8(s[len(s)-n/2:], "")
}

// A wish says, when it is printed, which words are allowed, and which one was
// likely meant.
type wish struct {
	given   string
	allowed []string
}

func wanted(s string, allowed []string) wish { return wish{s, allowed} }

func (w wish) String() string {
	const most = 50
	if len(w.allowed) == 0 {
		return "there is none to choose from"
	}
	var b strings.Builder
	b.WriteString("want one of ")
	for i, a := range w.allowed[:min(len(w.allowed), most)] {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(cut(a, maxName))
	}
	if n := len(w.allowed) - most; n > 0 {
		fmt.Fprintf(&b, " and %d more", n)
	}
	if n := entitlement.Nearest(w.given, w.allowed); n != "" {
		fmt.Fprintf(&b, " (%s?)", n)
	}
	return b.String()
}
