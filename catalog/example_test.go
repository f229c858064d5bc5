package catalog_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing/fstest"
	"time"

	"github.com/supportterms/supportterms/catalog"
	"github.com/supportterms/supportterms/entitlement"
	"github.com/supportterms/supportterms/sla"
)

// A case of Friday afternoon, over a bank holiday. The answer has more keys;
// see Answer.
func Example() {
	desk := catalog.NewDesk(catalog.Builtin(), nil)
	q, err := catalog.ParseQuery([]byte(`{
		"edition": "ubuntu-pro/2025-07-02",
		"contract": {"level": "weekday"},
		"place": {"zone": "Europe/London", "holidays": ["2025-08-25"]},
		"severity": 2, "opened": "2025-08-22T16:30:00+01:00",
		"metric": "first_response"}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	a, err := desk.Answer(q)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(a.Status, a.Due.Format(time.RFC3339), "after", *a.Target)
	fmt.Println(strings.Join(a.Clauses, "; "))
	for _, l := range a.Ledger {
		fmt.Println(l.From.Format("Mon 15:04"), l.To.Format("Mon 15:04"), l.Seconds/3600, l.Why)
	}
	// Output:
	// due 2025-08-26T14:30:00+01:00 after 8 business hours
	// 12.3; 12.3 note 2; Definitions: Business Hours
	// Fri 16:30 Fri 18:00 1.5 []
	// Fri 18:00 Tue 08:00 0 [closed weekend holiday]
	// Tue 08:00 Tue 14:30 6.5 []
}

// Lines in, lines out: what a service or a batch needs.
func ExampleDesk_AnswerLine() {
	desk := catalog.NewDesk(catalog.Builtin(), nil)
	for _, line := range []string{
		`{"id": "a", "edition": "ubuntu-pro/2025-07-02", "contract": {"level": "self-support"}, "metric": "first_response", "severity": 1, "opened": "2025-08-22T16:30:00+01:00"}`,
		`{"id": "b", "edition": "ubuntu-pro/2025-07-02", "contract": {"levle": "24x7"}}`,
	} {
		var a struct{ ID, Status, Error string }
		if err := json.Unmarshal(desk.AnswerLine([]byte(line)), &a); err != nil {
			fmt.Println(err)
		}
		wrong, _, _ := strings.Cut(a.Error, ": want")
		fmt.Println(strings.TrimSpace(a.ID + " " + a.Status + " " + wrong))
	}
	// Output:
	// a not_entitled
	// b error query: key "contract.levle" is not known
}

// An edition of one's own: one file, and no Go.
func ExampleLoad() {
	c, err := catalog.Load(fstest.MapFS{"ferry-desk.yaml": {Data: ferryDesk()}})
	if err != nil {
		fmt.Println(err)
		return
	}
	desk := catalog.NewDesk(c, nil)
	for _, reading := range []string{"from-opening", "at-once"} {
		q, err := catalog.ParseQuery([]byte(`{"edition": "ferry-desk/2", "provider": {"zone": "Europe/Oslo"},
			"metric": "reply", "severity": 1, "opened": "2025-05-17T22:30:00+02:00", "readings": {"late-call": "` + reading + `"}}`))
		if err != nil {
			fmt.Println(err)
			return
		}
		a, err := desk.Answer(q)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(reading, a.Due.Format(time.RFC3339), *a.Clock)
	}
	// Output:
	// from-opening 2025-05-18T07:00:00+02:00 business
	// at-once 2025-05-17T23:30:00+02:00 elapsed
}

// A program that asks often asks an edition itself.
func ExampleEdition_Due() {
	e, err := catalog.Builtin().Edition("ubuntu-pro/2025-07-02")
	if err != nil {
		fmt.Println(err)
		return
	}
	at := e.Calendars(sla.Places{})
	contract := &entitlement.Contract{Level: entitlement.AllHours}
	opened := time.Date(2025, 8, 23, 23, 30, 0, 0, time.UTC)
	due, err := e.Due(contract, "", at, sla.FirstResponse, 1, opened)
	fmt.Println(due.Status, due.At.UTC(), err)
	// Output:
	// due 2025-08-24 00:30:00 +0000 UTC <nil>
}

// Every problem has its place and its cure.
func ExampleParse() {
	text := strings.NewReplacer("late-call: at-once", "late-cal: at-once", "20 minutes", "20 minuets", "06:00-22:00", "6-22").
		Replace(string(ferryDesk()))
	_, err := catalog.Parse("ferry-desk.yaml", []byte(text))
	joined, _ := err.(interface{ Unwrap() []error })
	for _, err := range joined.Unwrap() {
		var p *catalog.Problem
		if errors.As(err, &p) {
			words, _, _ := strings.Cut(p.Message, ":")
			fmt.Printf("%d:%d %s: %s\n", p.Line, p.Column, p.Path, words)
		}
	}
	// Output:
	// 38:18 clauses[1].hours.desk.open: cannot read hours "Mo-Su 6-22"
	// 46:31 clauses[1].table.rows[0].cells[1]: cannot read target "20 minuets"
	// 51:38 clauses[1].rules.clock.all-hours.when.late-cal: "late-cal" is no fact and no reading
}
