// Command importer is a service in a module of its own that uses supportterms:
// it reads a file of terms, binds a contract once, answers the cases that come
// in, and asks whether a request is covered. It stands for code that you write.
package main

import (
	"embed"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"
	_ "time/tzdata"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/calendar/holiday"
	"github.com/supportterms/supportterms/catalog"
	"github.com/supportterms/supportterms/entitlement"
	"github.com/supportterms/supportterms/entitlement/rule"
	"github.com/supportterms/supportterms/sla"
)

//go:embed editions
var editions embed.FS

func main() {
	if err := run(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "importer:", err)
		os.Exit(1)
	}
}

func run(w io.Writer) error {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		return err
	}
	days, err := holidays()
	if err != nil {
		return err
	}
	contract, err := bind(editions, "office", &sla.Place{Location: london, Holidays: days})
	if err != nil {
		return err
	}
	// Thursday before Easter, in the afternoon.
	opened := time.Date(2026, time.April, 2, 16, 0, 0, 0, london)
	for _, severity := range []sla.Severity{1, 2} {
		due, err := contract.Due(sla.FirstResponse, severity, opened)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "severity %d: %v, %v\n", severity, due.Target, due.At)
	}
	d, err := contract.Deadline(sla.FirstResponse, sla.Case{CountedFrom: opened, Severity: 2}, false)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "by clauses %s\n", strings.Join(d.Clauses, " and "))
	for _, entry := range d.Ledger {
		for _, r := range entry.Reasons {
			if r.Kind == calendar.PublicHoliday {
				fmt.Fprintf(w, "not on %v, %s\n", r.Date, r.Name)
			}
		}
	}
	facts, rules, err := requests()
	if err != nil {
		return err
	}
	return covered(w, facts, rules, map[string]string{"product": "till"})
}

// bind puts a contract to the service's own edition at a customer's place, once
// for many cases. A file with mistakes is refused with the line of each and a
// cure.
func bind(files fs.FS, level string, place *sla.Place) (*sla.Bound, error) {
	c, err := catalog.Load(files)
	if err != nil {
		return nil, err
	}
	e, err := c.Edition("house-support/2026-01-01")
	if err != nil {
		return nil, err
	}
	at := e.Calendars(sla.Places{sla.Agreed: place})
	return e.Bind(entitlement.Contract{Level: level}, "", at)
}

// holidays are those of England, with a day of the customer's own and without
// one on which the customer works.
func holidays() (calendar.Holidays, error) {
	england, err := holiday.Region("GB-ENG", holiday.Options{})
	if err != nil {
		return nil, err
	}
	return holiday.Overlay{
		Add:    []calendar.Day{{Date: calendar.MustParseDate("2026-04-07"), Name: "Stocktaking"}},
		Remove: []calendar.Date{calendar.MustParseDate("2026-04-06")}, // Easter Monday
	}.Apply(england)
}

// requests are the house's rules for what is covered, in the terms of package
// rule.
func requests() (*rule.Vocabulary, *rule.Set, error) {
	facts, err := rule.NewVocabulary(
		rule.Fact{Name: "product", Values: []string{"till", "scale"}},
		rule.Fact{Name: "seal_broken", Values: []string{"no", "yes"}},
	)
	if err != nil {
		return nil, nil, err
	}
	rules, err := rule.NewCoverage(facts,
		rule.Rule{ID: "tills", Clause: "2.1", Effect: rule.Grants, When: []rule.Condition{
			{Fact: "product", In: []string{"till"}},
		}},
		rule.Rule{ID: "seal", Clause: "2.2", Effect: rule.Excludes, Then: int(rule.NotCovered), When: []rule.Condition{
			{Fact: "seal_broken", In: []string{"yes"}},
		}},
	)
	return facts, rules, err
}

// covered writes whether a request is covered and by which clauses, or what must
// be known first.
func covered(w io.Writer, facts *rule.Vocabulary, rules *rule.Set, stated map[string]string) error {
	point := make([]uint8, facts.Len())
	for name, value := range stated {
		i, ok := facts.Index(name)
		if !ok {
			return fmt.Errorf("no fact %q", name)
		}
		if point[i], ok = facts.Code(i, value); !ok {
			return fmt.Errorf("%s is never %q", name, value)
		}
	}
	d := rules.Explain(point, nil)
	fmt.Fprintf(w, "%v: %v\n", d.Answer.State, d.Answer.Outcome)
	for i, s := range d.Steps {
		fmt.Fprintf(w, "  clause %s %v\n", rules.Rule(i).Clause, s.Standing)
	}
	for _, i := range d.Missing {
		fmt.Fprintf(w, "  missing %s\n", facts.Fact(i).Name)
	}
	return nil
}
