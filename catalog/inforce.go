package catalog

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/supportterms/supportterms/calendar"
)

// ErrNotInForce reports that the catalog has no edition of a document for a
// day. The error in hand is a [*NotInForceError].
var ErrNotInForce = errors.New("no edition in force")

// A NotInForceError says that none of the editions at hand is in force on a
// day, and which others are known to exist. It matches [ErrNotInForce].
type NotInForceError struct {
	Document string
	On       calendar.Date
	Held     []KnownEdition // in the catalog
	NotHeld  []KnownEdition // known, and not in the catalog
}

func (e *NotInForceError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "no edition of %s is at hand for %v", e.Document, e.On)
	for _, part := range []struct {
		what     string
		editions []KnownEdition
	}{{"at hand", e.Held}, {"known and not at hand", e.NotHeld}} {
		for i, k := range part.editions {
			if i == 0 {
				b.WriteString("; " + part.what + ": ")
			} else {
				b.WriteString(", ")
			}
			b.WriteString(k.ID)
		}
	}
	return b.String()
}

// Is reports whether target is [ErrNotInForce].
func (e *NotInForceError) Is(target error) bool { return target == ErrNotInForce }

// InForce returns the edition of a document that is in force on a day. An
// edition that bears no date is in force on every day. The error is a
// [*NotInForceError] where the catalog has none for that day, though the
// document has others, and a [*DocumentError] where it does not know the
// document.
func (c *Catalog) InForce(document string, on calendar.Date) (*Edition, error) {
	editions, err := c.editionsOf(document)
	if err != nil {
		return nil, err
	}
	for _, e := range editions {
		if e.InForce.Contains(on) {
			return e, nil
		}
	}
	held, notHeld, err := c.known(document, editions)
	if err != nil {
		return nil, err
	}
	return nil, &NotInForceError{document, on, held, notHeld}
}

// Known returns the editions of a document that are known to exist: those the
// catalog has, and others, each in the order of their days.
func (c *Catalog) Known(document string) (held, notHeld []KnownEdition, err error) {
	editions, err := c.editionsOf(document)
	if err != nil {
		return nil, nil, err
	}
	return c.known(document, editions)
}

func (c *Catalog) known(document string, editions []*Edition) (held, notHeld []KnownEdition, err error) {
	x, err := c.index()
	if err != nil {
		return nil, nil, err
	}
	for _, e := range editions {
		held = append(held, KnownEdition{e.ID, e.InForce.Since, e.Source.Text})
	}
	slices.SortStableFunc(held, func(a, b KnownEdition) int { return a.Since.Compare(b.Since) })
	for _, k := range x.documents[document].known {
		if !slices.ContainsFunc(held, func(h KnownEdition) bool { return h.ID == k.ID }) {
			notHeld = append(notHeld, k)
		}
	}
	return held, notHeld, nil
}

// editionsOf opens the editions of one document.
func (c *Catalog) editionsOf(document string) (out []*Edition, err error) {
	x, err := c.index()
	if err != nil {
		return nil, err
	}
	documents := []string{}
	for _, e := range c.editions {
		d, _, _ := strings.Cut(e.id, "/")
		if !slices.Contains(documents, d) {
			documents = append(documents, d)
		}
		if d != document {
			continue
		}
		edition, err := e.open()
		if err != nil {
			return nil, err
		}
		out = append(out, edition)
	}
	if _, known := x.documents[document]; out == nil && !known {
		return nil, &DocumentError{document, documents}
	}
	return out, nil
}

// checkPeriods refuses editions of one document that are in force at once.
func (c *Catalog) checkPeriods(files map[string]string) (problems []error) {
	x, err := c.index()
	if err != nil {
		return nil // reported by itself
	}
	byDocument := map[string][]*Edition{}
	var documents []string
	for _, e := range c.editions {
		edition, err := e.open()
		if err != nil {
			continue
		}
		if byDocument[edition.Document] == nil {
			documents = append(documents, edition.Document)
		}
		byDocument[edition.Document] = append(byDocument[edition.Document], edition)
	}
	for _, name := range slices.Sorted(maps.Keys(x.documents)) {
		about := append([]string{name}, slices.Sorted(maps.Values(x.documents[name].responses))...)
		for i, d := range slices.Compact(about) {
			if byDocument[d] == nil && !slices.Contains(about[:i], d) {
				problems = append(problems, &Problem{File: indexFile, Path: "documents." + name, Message: fmt.Sprintf("no edition of %q is in the folder: %v", d, wanted(d, documents))})
			}
		}
	}
	for _, document := range documents {
		editions := byDocument[document]
		slices.SortStableFunc(editions, func(a, b *Edition) int { return a.InForce.Since.Compare(b.InForce.Since) })
		for i, e := range editions {
			p := &Problem{File: files[e.ID], Path: "edition.until"}
			for _, later := range editions[i+1:] {
				if !e.InForce.Overlaps(later.InForce) {
					continue
				}
				cure := "end it where the other begins"
				if !e.InForce.Since.Before(later.InForce.Since) {
					cure = "give each a day of its own from which it is in force"
				}
				p.Message = fmt.Sprintf("%v is in force at once with %s, %v; %s", e.InForce, later.ID, later.InForce, cure)
				problems = append(problems, p)
				break
			}
			for _, k := range x.documents[document].known {
				if k.ID != e.ID && !e.InForce.Since.IsZero() && e.InForce.Since.Before(k.Since) && e.InForce.Contains(k.Since) {
					p.Message = fmt.Sprintf("%v holds the first day of %s, %v; end it there", e.InForce, k.ID, k.Since)
					problems = append(problems, p)
					break
				}
				if k.ID == e.ID && k.Since != e.InForce.Since {
					problems = append(problems, &Problem{File: files[e.ID], Path: "edition.since", Message: fmt.Sprintf("%v, and %v in %s; give one day", e.InForce.Since, k.Since, indexFile)})
				}
			}
		}
	}
	return problems
}
