package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/supportterms/supportterms/catalog"
	"github.com/supportterms/supportterms/entitlement"
)

// A listing is what can be asked of an edition.
type listing struct {
	Edition   string            `json:"edition"`
	Questions []questionListing `json:"questions"`
	Facts     []factListing     `json:"facts"` // of all questions
	Readings  []readingListing  `json:"readings"`
}

type questionListing struct {
	Name  string        `json:"name"`
	Kind  string        `json:"kind"`
	Asks  string        `json:"asks"`
	Facts []factListing `json:"facts"`
}

type factListing struct {
	Name    string            `json:"name"`
	Type    string            `json:"type"`
	Values  []string          `json:"values,omitempty"`
	Aliases map[string]string `json:"aliases,omitempty"`
	Unit    string            `json:"unit,omitempty"`
	Unless  string            `json:"unless_stated,omitempty"` // what is taken
	Clause  string            `json:"clause,omitempty"`        // by which it is taken
	Means   string            `json:"means,omitempty"`
	// Contract is set where the contract states it, not the question.
	Contract bool `json:"contract,omitempty"`
}

type readingListing struct {
	Key     string         `json:"key"`
	Clauses []string       `json:"clauses"`
	Asks    string         `json:"asks"`
	Default string         `json:"default"`
	Because string         `json:"because"`
	Values  []valueListing `json:"values"`
}

type valueListing struct {
	Name  string `json:"name"`
	Means string `json:"means"`
	Needs string `json:"needs,omitempty"`
	Level string `json:"level,omitempty"`
}

// list writes what can be asked of an edition, or one question of it.
func list(c *catalog.Catalog, o *options, w io.Writer) error {
	e, err := c.Edition(o.query.Edition)
	if err != nil {
		return err
	}
	p := e.Coverage()
	l := listing{Edition: e.ID, Questions: []questionListing{}, Facts: commonFacts(p), Readings: []readingListing{}}
	for _, q := range p.Questions {
		if o.query.Question == "" || q.Name == o.query.Question {
			l.Questions = append(l.Questions, questionListing{q.Name, q.Kind.String(), q.Asks, factListings(q.Facts)})
		}
	}
	if o.query.Question != "" && len(l.Questions) == 0 {
		return &entitlement.ValueError{Field: "question", Value: o.query.Question, Allowed: p.QuestionNames()}
	}
	for _, r := range e.Readings() {
		out := readingListing{r.Key, r.Clauses, r.Asks, r.Default, r.Because, nil}
		for _, v := range r.Values {
			out.Values = append(out.Values, valueListing{v.Name, v.Means, v.Needs, v.Level})
		}
		l.Readings = append(l.Readings, out)
	}
	if o.json {
		return writeLine(w, l)
	}
	_, err = io.WriteString(w, l.String())
	return err
}

// commonFacts lists what every question may be told: the date, the facts that
// the edition declares, and the dates that are worked out unless they are
// stated.
func commonFacts(p *entitlement.Policy) []factListing {
	if len(p.Questions) == 0 {
		return []factListing{}
	}
	facts := []entitlement.Fact{{Name: entitlement.FactOn, Type: entitlement.Dates, Means: "The date asked about."}}
	facts = append(facts, p.Facts...)
	var of []map[string]entitlement.Type // each question
	for _, q := range p.Questions {
		of = append(of, p.FactTypes(q.Name))
	}
	for _, f := range p.Figures {
		if !slices.ContainsFunc(of, func(t map[string]entitlement.Type) bool { return t[f.Name] != entitlement.Dates }) {
			facts = append(facts, entitlement.Fact{Name: f.Name, Type: entitlement.Dates, Means: "Worked out from the release unless it is stated."})
		}
	}
	return factListings(facts)
}

// types has the words for the types of facts that are no list of names.
var types = map[entitlement.Type]string{
	entitlement.Numeric: "number", entitlement.Dates: "date", entitlement.Instants: "instant", entitlement.Numbers: "numbers",
	entitlement.Machines: "machines", entitlement.Outages: "outages", entitlement.Text: "text",
}

// ofContract are the facts that a contract states, beside its add-ons.
var ofContract = []string{
	entitlement.FactLevel, entitlement.FactSecurityScope, entitlement.FactSupportScope, entitlement.FactOffering,
}

func factListings(facts []entitlement.Fact) []factListing {
	out := []factListing{}
	for _, f := range facts {
		l := factListing{
			Name: f.Name, Type: types[f.Type], Values: f.Values, Aliases: f.Aliases, Unit: f.Unit, Unless: f.Default, Clause: f.Clause, Means: f.Means,
			Contract: slices.Contains(ofContract, f.Name) || strings.HasPrefix(f.Name, entitlement.FactAddon),
		}
		if f.Type == entitlement.Closed {
			if l.Type = "one of"; slices.Equal(f.Values, []string{"no", "yes"}) {
				l.Type, l.Values = "yes-no", nil
			}
		}
		out = append(out, l)
	}
	return out
}

func (l *listing) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", l.Edition)
	for _, q := range l.Questions {
		fmt.Fprintf(&b, "\n%s, a question of %s\n  %s\n", q.Name, q.Kind, q.Asks)
		for _, f := range q.Facts {
			f.write(&b)
		}
	}
	if len(l.Facts) > 0 {
		b.WriteString("\nfacts of all questions\n")
	}
	for _, f := range l.Facts {
		f.write(&b)
	}
	if len(l.Readings) > 0 {
		b.WriteString("\nreadings\n")
	}
	for _, r := range l.Readings {
		fmt.Fprintf(&b, "  %s (%s)\n    %s\n", r.Key, strings.Join(r.Clauses, "; "), r.Asks)
		for _, v := range r.Values {
			note := only(v.Needs, v.Level)
			if v.Name == r.Default {
				note += " (default)"
			}
			fmt.Fprintf(&b, "    - %s: %s%s\n", v.Name, v.Means, note)
		}
	}
	return b.String()
}

// write writes a fact in two lines: what may be stated, and what that means.
func (f *factListing) write(b *strings.Builder) {
	fmt.Fprintf(b, "  %s: %s", f.Name, f.Type)
	if len(f.Values) > 0 {
		fmt.Fprintf(b, " %s", strings.Join(f.Values, ", "))
	}
	if f.Unit != "" {
		fmt.Fprintf(b, ", unit %s", f.Unit)
	}
	if f.Unless != "" {
		fmt.Fprintf(b, "; %s unless stated", f.Unless)
	}
	if f.Clause != "" {
		fmt.Fprintf(b, " (%s)", f.Clause)
	}
	if f.Contract {
		b.WriteString("; the contract's")
	}
	b.WriteByte('\n')
	for _, name := range slices.Sorted(maps.Keys(f.Aliases)) {
		fmt.Fprintf(b, "    %s is %s\n", name, f.Aliases[name])
	}
	if f.Means != "" {
		fmt.Fprintf(b, "    %s\n", f.Means)
	}
}

// only says when a value of a reading can be tried.
func only(needs, level string) string {
	switch {
	case needs != "":
		return "; needs " + needs
	case level != "":
		return "; for " + level + " only"
	}
	return ""
}
