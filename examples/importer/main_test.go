package main

import (
	"errors"
	"fmt"
	"os"
	"testing"
	"testing/fstest"
	"time"

	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/prop"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/calendar/calendartest"
	"github.com/supportterms/supportterms/catalog"
	"github.com/supportterms/supportterms/entitlement"
	"github.com/supportterms/supportterms/sla"
)

func Example() {
	if err := run(os.Stdout); err != nil {
		fmt.Println(err)
	}
	// Output:
	// severity 1: 4 business hours, 2026-04-06 12:00:00 +0100 BST
	// severity 2: 14 business hours, 2026-04-08 16:00:00 +0100 BST
	// by clauses 1.1 and 1.2
	// not on 2026-04-03, Good Friday
	// not on 2026-04-07, Stocktaking
	// unsettled: unspecified
	//   clause 2.1 applied
	//   clause 2.2 wanting
	//   missing seal_broken
}

// A contract on one of the built-in editions, and what follows from a case.
func Example_builtin() {
	e, err := catalog.Builtin().Edition("ubuntu-pro/2025-07-02")
	if err != nil {
		fmt.Println(err)
		return
	}
	place := &sla.Place{Location: time.UTC, Holidays: calendar.List{}}
	contract, err := e.Bind(entitlement.Contract{Level: entitlement.Weekday}, "", e.Calendars(sla.Places{sla.Agreed: place}))
	if err != nil {
		fmt.Println(err)
		return
	}
	opened := time.Date(2026, time.March, 6, 16, 30, 0, 0, time.UTC)
	d, err := contract.Deadline(sla.FirstResponse, sla.Case{Events: []sla.Event{
		{At: opened, Kind: sla.Opened, Severity: 1},
		{At: opened.Add(66 * time.Hour), Kind: sla.Responded},
	}}, false)
	fmt.Println(d.Status, d.Due, d.Clauses, err)
	// Output:
	// met 2026-03-09 10:30:00 +0000 UTC [12.3 12.3 note 2 Definitions: Business Hours] <nil>
}

// What a request hangs on is told, and a fact that settles it ends that.
func Example_covered() {
	facts, rules, _ := requests()
	for _, stated := range []map[string]string{
		{"product": "till", "seal_broken": "no"},
		{"seal_broken": "yes"},
		{"product": "scale", "seal_broken": "no"},
	} {
		if err := covered(os.Stdout, facts, rules, stated); err != nil {
			fmt.Println(err)
		}
	}
	// Output:
	// settled: covered
	//   clause 2.1 applied
	//   clause 2.2 not_met
	// settled: not_covered
	//   clause 2.1 wanting
	//   clause 2.2 applied
	// silent: unspecified
	//   clause 2.1 not_met
	//   clause 2.2 not_met
}

// A mistake in a file of terms is told with its place.
func TestMistakes(t *testing.T) {
	text, err := editions.ReadFile("editions/house-support.yaml")
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{"house.yaml": {Data: append(text, "more: {}\n"...)}}
	_, err = bind(files, "office", &sla.Place{})
	var problem *catalog.Problem
	if !errors.As(err, &problem) || problem.File != "house.yaml" || problem.Line == 0 {
		t.Errorf("got %v, want the place of the mistake", err)
	}
	_, err = bind(editions, "gold", &sla.Place{})
	var value *sla.ValueError
	if !errors.As(err, &value) || len(value.Allowed) != 2 {
		t.Errorf("got %v, want the levels there are", err)
	}
}

// The house's deadlines are those of a model that reads the wall clock minute by
// minute, at the places where clocks and calendars go wrong. It fails when a new
// version of the library, or an edit of the file, changes what was promised.
func TestDeadlines(t *testing.T) {
	promised := map[string][2]struct {
		hours string
		time  time.Duration
	}{
		"office": {{"Mo-Fr 09:00-12:30,13:30-17:00", 4 * time.Hour}, {"Mo-Fr 09:00-12:30,13:30-17:00", 14 * time.Hour}},
		"shop":   {{"Mo-Sa 08:00-20:00", 90 * time.Minute}, {"Mo-Sa 08:00-20:00", 12 * time.Hour}},
	}
	parameters := gopter.DefaultTestParametersWithSeed(1)
	parameters.MinSuccessfulTests = 300
	properties := gopter.NewProperties(parameters)
	for level, rows := range promised {
		for i, row := range rows {
			severity := sla.Severity(i + 1)
			properties.Property(fmt.Sprintf("%s, severity %d", level, severity), prop.ForAll(func(place, days, at int) (string, error) {
				p := calendartest.PlaceOf(place)
				cfg := calendar.Config{
					Hours:    calendar.MustParseHours(row.hours + "; PH off"),
					Location: p.Location(),
					Holidays: calendartest.DaysOf(p, days),
				}
				contract, err := bind(editions, level, &sla.Place{Location: cfg.Location, Holidays: cfg.Holidays})
				if err != nil {
					return "", err
				}
				opened := calendartest.InstantOf(p, cfg, at)
				want, ok := calendartest.NewReference(cfg).Add(opened, row.time)
				if !ok {
					return "", nil
				}
				got, err := contract.Due(sla.FirstResponse, severity, opened)
				if err != nil {
					return "", err
				}
				if got.Status != sla.StatusDue || !got.At.Equal(want) {
					return fmt.Sprintf("%s, opened %v: %v %v, want %v", calendartest.Describe(cfg), opened, got.Status, got.At, want), nil
				}
				return "", nil
			}, calendartest.Places(), calendartest.Dates(), calendartest.Instants()))
		}
	}
	properties.TestingRun(t)
}
