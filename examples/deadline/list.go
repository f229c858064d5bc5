package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/supportterms/supportterms/catalog"
	"github.com/supportterms/supportterms/sla"
)

// list writes what can be asked of an edition, or of all when no ID is given.
func list(c *catalog.Catalog, id string, w io.Writer) error {
	ids := c.Editions()
	if id != "" {
		ids = []string{id}
	}
	var b strings.Builder
	for i, id := range ids {
		e, err := c.Edition(id)
		if err != nil {
			return err
		}
		if i > 0 {
			b.WriteByte('\n')
		}
		writeEdition(&b, e)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func writeEdition(b *strings.Builder, e *catalog.Edition) {
	p := e.Policy()
	fmt.Fprintf(b, "%s\n  %s%s\n", e.ID, e.Title, inForce(e))
	line := func(label string, values []string) {
		if len(values) > 0 {
			fmt.Fprintf(b, "  %-11s %s\n", label, strings.Join(values, ", "))
		}
	}
	for _, fact := range []struct{ label, name string }{
		{"levels", sla.FactLevel}, {"offerings", sla.FactOffering}, {"phases", sla.FactPhase},
	} {
		for _, f := range p.Facts {
			if f.Name == fact.name {
				line(fact.label, slices.Concat(f.Values, aliases(p, f.Name)))
			}
		}
	}
	line("add-ons", p.Addons)
	var severities, metrics []string
	for _, s := range p.Severities {
		severities = append(severities, fmt.Sprint(s))
	}
	for _, m := range p.Metrics {
		metrics = append(metrics, m.Name)
	}
	line("severities", severities)
	line("metrics", metrics)
	b.WriteString("  readings\n")
	for _, r := range e.Readings() {
		fmt.Fprintf(b, "    %s: %s\n", r.Key, r.Asks)
		for _, v := range r.Values {
			note := only(v)
			if v.Name == r.Default {
				note += " (default)"
			}
			fmt.Fprintf(b, "      %s: %s%s\n", v.Name, v.Means, note)
		}
	}
}

// aliases are other names for the values of a fact.
func aliases(p *sla.Policy, fact string) (out []string) {
	for _, a := range p.Aliases {
		if a.Fact == fact {
			out = append(out, fmt.Sprintf("%s (is %s)", a.Name, a.Value))
		}
	}
	slices.Sort(out)
	return out
}
