package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/catalog"
)

// list writes the documents, or one, with the editions of each in the order of
// their days.
func (o *options) list(s *shelf, w io.Writer) error {
	names := documents(s.own)
	if o.document != "" {
		names = []string{o.document}
	}
	var b strings.Builder
	for i, document := range names {
		if i > 0 {
			b.WriteString("\n")
		}
		held, notHeld, err := s.own.Known(document)
		if err != nil {
			return fmt.Errorf("-document: %w", err)
		}
		b.WriteString(document + "\n")
		for _, k := range held {
			e, err := s.own.Edition(k.ID)
			if err != nil {
				return err
			}
			writeEdition(&b, e)
		}
		for i, k := range notHeld {
			if i == 0 {
				b.WriteString("  known and not at hand\n")
			}
			fmt.Fprintf(&b, "    %s, since %v, by %s\n", k.ID, k.Since, k.Source)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// writeEdition writes what an edition is and when it is in force.
func writeEdition(b *strings.Builder, e *catalog.Edition) {
	fmt.Fprintf(b, "  %s: %s (%s)\n    %s\n", e.ID, e.Title, e.Language, inForce(e.InForce))
	if e.UntilSource != "" {
		fmt.Fprintf(b, "      its end is known from %s\n", e.UntilSource)
	}
	fmt.Fprintf(b, "    %s, %s, written from %s\n", count(len(e.Clauses), "clause"), count(len(e.Rules()), "rule"), e.Source.Text)
}

func inForce(p calendar.Period) string {
	switch {
	case p.Since.IsZero() && p.Until.IsZero():
		return "undated"
	case p.Since.IsZero():
		return fmt.Sprintf("in force to before %v", p.Until)
	case p.Until.IsZero():
		return fmt.Sprintf("in force from %v", p.Since)
	}
	return fmt.Sprintf("in force from %v to before %v", p.Since, p.Until)
}

func count(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}

// findInForce writes the edition that is in force on a day. That there is none
// at hand is an error, which says why as far as that is known.
func (o *options) findInForce(s *shelf, w io.Writer) error {
	e, err := s.own.InForce(o.document, o.on)
	var none *catalog.NotInForceError
	switch {
	case errors.As(err, &none):
		return errors.New(whyNone(s.own, none))
	case err != nil:
		return fmt.Errorf("-document: %w", err)
	}
	var b strings.Builder
	writeEdition(&b, e)
	_, err = io.WriteString(w, strings.ReplaceAll(b.String()[2:], "\n  ", "\n"))
	return err
}

// whyNone says which edition is known to have been in force, and what there is.
func whyNone(c *catalog.Catalog, none *catalog.NotInForceError) string {
	var b strings.Builder
	fmt.Fprintf(&b, "no edition of %s is at hand for %v", none.Document, none.On)
	known := append(slices.Clone(none.Held), none.NotHeld...)
	slices.SortStableFunc(known, func(a, b catalog.KnownEdition) int { return a.Since.Compare(b.Since) })
	i, _ := slices.BinarySearchFunc(known, none.On.AddDays(1), func(k catalog.KnownEdition, on calendar.Date) int { return k.Since.Compare(on) })
	switch {
	case len(known) == 0:
		b.WriteString(": none is known")
	case i == 0:
		fmt.Fprintf(&b, ": the first that is known, %s, is from %v", known[0].ID, known[0].Since)
	case slices.Contains(none.NotHeld, known[i-1]):
		fmt.Fprintf(&b, ": the last known before is %s, from %v, which is not at hand", known[i-1].ID, known[i-1].Since)
	}
	for j, k := range none.Held {
		b.WriteString([]string{"\nat hand: ", ", "}[min(j, 1)] + k.ID)
		if e, err := c.Edition(k.ID); err == nil {
			b.WriteString(" " + inForce(e.InForce))
		}
	}
	for j, k := range none.NotHeld {
		b.WriteString([]string{"\nknown and not at hand: ", ", "}[min(j, 1)] + k.ID)
	}
	return b.String()
}
