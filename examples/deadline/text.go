package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/supportterms/supportterms/catalog"
	"github.com/supportterms/supportterms/entitlement"
	"github.com/supportterms/supportterms/sla"
)

// report writes an answer for people: the deadline and its ledger, then what the
// clauses and readings that it names say.
func report(w io.Writer, e *catalog.Edition, a *catalog.Answer) error {
	var b strings.Builder
	d := a.Deadline()
	if err := d.Explain(&b); err != nil {
		return err
	}
	fmt.Fprintf(&b, "\nedition\n  %s: %s%s\n", e.ID, e.Title, inForce(e))
	writeClauses(&b, e, d)
	writeReadings(&b, e, d)
	_, err := io.WriteString(w, b.String())
	return err
}

func inForce(e *catalog.Edition) string {
	switch since, until := e.InForce.Since, e.InForce.Until; {
	case since.IsZero():
		return ", undated"
	case until.IsZero():
		return fmt.Sprintf(", in force from %v", since)
	default:
		return fmt.Sprintf(", in force from %v to before %v", since, until)
	}
}

func writeClauses(b *strings.Builder, e *catalog.Edition, d *sla.Deadline) {
	if len(d.Clauses) == 0 {
		return
	}
	b.WriteString("\nclauses\n")
	for _, c := range e.Clauses {
		if slices.Contains(d.Clauses, c.Number) {
			fmt.Fprintf(b, "  %s\n    %s\n", c.Number, c.Summary)
		}
	}
}

// writeReadings writes the readings that an answer rests on, and the values
// that could not be tried.
func writeReadings(b *strings.Builder, e *catalog.Edition, d *sla.Deadline) {
	section := "\nreadings\n"
	write := func(format string, args ...any) {
		fmt.Fprintf(b, section+format, args...)
		section = ""
	}
	for _, r := range e.Readings() {
		i := slices.IndexFunc(d.Readings, func(c sla.Choice) bool { return c.Key == r.Key })
		if i < 0 {
			continue
		}
		value := d.Readings[i].Value
		write("  %s (%s)\n    %s\n", r.Key, strings.Join(r.Clauses, "; "), r.Asks)
		for _, v := range r.Values {
			mark := "-"
			if v.Name == value {
				mark = "*"
			}
			write("    %s %s: %s%s\n", mark, v.Name, v.Means, only(v))
		}
		if value == r.Default {
			write("    %s is the default. %s\n", value, r.Because)
		}
	}
	section = "\nleft out\n"
	for _, r := range e.Readings() {
		for _, v := range r.Values {
			if d.Range != nil && slices.Contains(d.Range.LeftOut, r.Key) && only(v) != "" {
				write("  %s: %s, %s%s\n", r.Key, v.Name, v.Means, only(v))
			}
		}
	}
}

// only says when a value can be tried.
func only(v entitlement.ReadingValue) string {
	switch {
	case v.Needs != "":
		return "; needs " + v.Needs
	case v.Level != "":
		return "; for " + v.Level + " only"
	}
	return ""
}
