package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/supportterms/supportterms/catalog"
	"github.com/supportterms/supportterms/entitlement"
)

// report writes a verdict for people, then what the clauses, the facts and the
// readings that it names say.
func report(w io.Writer, e *catalog.Edition, v *entitlement.Verdict) error {
	var b strings.Builder
	b.WriteString(v.Short())
	fmt.Fprintf(&b, "\nedition\n  %s: %s%s\n", e.ID, e.Title, inForce(e))
	writeClauses(&b, e, v)
	writeMissing(&b, e, v)
	writeReadings(&b, e, v)
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

// writeClauses writes the clauses of the reasons and of the nearest rule.
func writeClauses(b *strings.Builder, e *catalog.Edition, v *entitlement.Verdict) {
	section := "\nclauses\n"
	for _, c := range e.Clauses {
		if slices.ContainsFunc(v.Reasons, func(r entitlement.Reason) bool { return r.Clause == c.Number }) || v.Nearest != nil && v.Nearest.Clause == c.Number {
			fmt.Fprintf(b, "%s  %s\n    %s\n", section, c.Number, c.Summary)
			section = ""
		}
	}
}

// writeMissing writes how the facts that are missing can be stated. What is
// none of a question's facts is for a table or the provider to say.
func writeMissing(b *strings.Builder, e *catalog.Edition, v *entitlement.Verdict) {
	facts := commonFacts(e.Coverage())
	for _, q := range e.Coverage().Questions {
		if q.Name == v.Question {
			facts = append(facts, factListings(q.Facts)...)
		}
	}
	section := "\nmissing\n"
	for _, f := range facts {
		if slices.Contains(v.Missing, f.Name) {
			b.WriteString(section)
			f.write(b)
			section = ""
		}
	}
}

// writeReadings writes the readings that mattered.
func writeReadings(b *strings.Builder, e *catalog.Edition, v *entitlement.Verdict) {
	section := "\nreadings\n"
	for _, r := range e.Readings() {
		i := slices.IndexFunc(v.Readings, func(c entitlement.ReadingChoice) bool { return c.Key == r.Key })
		if i < 0 {
			continue
		}
		value := v.Readings[i].Value
		fmt.Fprintf(b, "%s  %s (%s)\n    %s\n", section, r.Key, strings.Join(r.Clauses, "; "), r.Asks)
		section = ""
		for _, v := range r.Values {
			mark := "-"
			if v.Name == value {
				mark = "*"
			}
			fmt.Fprintf(b, "    %s %s: %s%s\n", mark, v.Name, v.Means, only(v.Needs, v.Level))
		}
		if value == r.Default {
			fmt.Fprintf(b, "    %s is the default. %s\n", value, r.Because)
		}
	}
}
