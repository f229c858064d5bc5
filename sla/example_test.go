package sla_test

import (
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/catalog"
	"github.com/supportterms/supportterms/entitlement"
	"github.com/supportterms/supportterms/sla"
)

// weekdayContract binds a weekday contract at a place in London.
func weekdayContract() *sla.Bound {
	edition, err := catalog.Builtin().Edition("ubuntu-pro/2025-07-02")
	if err != nil {
		panic(err)
	}
	loc, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic(err)
	}
	places := edition.Calendars(sla.Places{sla.Agreed: {
		Location: loc,
		Holidays: calendar.List{calendar.MustParseDate("2025-08-25"): "Summer bank holiday"},
	}})
	bound, err := edition.Bind(entitlement.Contract{Level: entitlement.Weekday}, "", places)
	if err != nil {
		panic(err)
	}
	return bound
}

var fridayAfternoon = time.Date(2025, 8, 22, 15, 30, 0, 0, time.UTC) // 16:30 in London

func ExampleParseTarget() {
	t, err := sla.ParseTarget("4 business hours")
	n, unit := t.Amount()
	fmt.Println(t, n, unit, err)
	// Output: 4 business hours 4 business-hour <nil>
}

func ExampleBound_Due() {
	due, err := weekdayContract().Due(sla.FirstResponse, 1, fridayAfternoon)
	fmt.Println(due.Status, due.At.Format(time.RFC3339), due.Target, "on", due.Clock, err)
	// Output: due 2025-08-26T10:30:00+01:00 4 business hours on business <nil>
}

func ExampleBound_Deadline() {
	c := sla.Case{Events: []sla.Event{
		{At: fridayAfternoon.Add(20 * time.Hour), Kind: sla.SeveritySet, Severity: 1},
		{At: fridayAfternoon, Kind: sla.Opened, Severity: 3},
	}}
	d, err := weekdayContract().Deadline(sla.FirstResponse, c, false)
	if err != nil {
		panic(err)
	}
	if err := d.Explain(os.Stdout); err != nil {
		panic(err)
	}
	// Output:
	// due Tue 2025-08-26 10:30 BST
	//   zone       Europe/London
	//   target     4 business hours
	//   clock      business
	//   hours      Mo-Fr 08:00-18:00; PH off
	//   severity   1
	//   clauses    12.1; 12.3; 12.3 note 2; Definitions: Business Hours
	//   readings   calendar.holidays: excluded; sla.initial_base: request
	//   holidays   stated
	//   ledger                               counts  total
	//     Fri 2025-08-22  16:30 - 18:00       1h30m  1h30m
	//                     18:00 - 24:00           -  1h30m  closed
	//     Sat 2025-08-23  to Sun 2025-08-24       -  1h30m  weekend
	//     Mon 2025-08-25  all day                 -  1h30m  holiday (Summer bank holiday)
	//     Tue 2025-08-26  00:00 - 08:00           -  1h30m  closed
	//                     08:00 - 10:30       2h30m  4h00m
}

// A case that was raised from severity 3 to 1 before anybody answered.
func ExampleBound_State() {
	c := sla.Case{
		Events: []sla.Event{
			{At: fridayAfternoon, Kind: sla.Opened, Severity: 3},
			{At: fridayAfternoon.Add(30 * time.Minute), Kind: sla.SeveritySet, Severity: 1},
		},
		AsOf:     fridayAfternoon.Add(time.Hour),
		Warnings: []int{75},
	}
	var s sla.State
	if err := weekdayContract().State(&s, &c); err != nil {
		panic(err)
	}
	cycle := s.Metric(sla.FirstResponse).Cycle()
	fmt.Println(cycle.Status, cycle.Deadline.Format(time.RFC3339), cycle.Spent.Elapsed, cycle.Spent.Remaining, cycle.Percent)
	for _, r := range cycle.Rebases {
		fmt.Println(r.Rule, "from", r.From, "to", r.To, "was", r.Was.Format(time.RFC3339))
	}
	for _, n := range s.Next {
		fmt.Println(n.At.In(cycle.Deadline.Location()).Format(time.RFC3339), n.Metric, n.Kind, n.Percent)
	}
	// Output:
	// due 2025-08-26T10:30:00+01:00 1h0m0s 3h0m0s 25
	// retroactive from 3 to 1 was 2025-08-27T08:30:00+01:00
	// 2025-08-26T09:30:00+01:00 first_response warning 75
	// 2025-08-26T10:30:00+01:00 first_response deadline 100
}

// The customer moves to New York while the case is open, and has agreed that the
// time that has run is kept.
func ExampleCase_changes() {
	london := weekdayContract()
	loc, err := time.LoadLocation("America/New_York")
	if err != nil {
		panic(err)
	}
	edition, err := catalog.Builtin().Edition("ubuntu-pro/2025-07-02")
	if err != nil {
		panic(err)
	}
	newYork, err := edition.Bind(entitlement.Contract{Level: entitlement.Weekday}, "",
		edition.Calendars(sla.Places{sla.Agreed: {Location: loc, Holidays: calendar.List{}}}))
	if err != nil {
		panic(err)
	}
	c := sla.Case{
		Events:  []sla.Event{{At: fridayAfternoon, Kind: sla.Opened, Severity: 1}},
		Changes: []sla.Change{{At: fridayAfternoon.Add(time.Hour), Kind: sla.PlaceChange, To: newYork, Rule: sla.Carry}},
		AsOf:    fridayAfternoon.Add(2 * time.Hour),
	}
	var s sla.State
	if err := london.State(&s, &c); err != nil {
		panic(err)
	}
	cycle := s.Metric(sla.FirstResponse).Cycle()
	fmt.Println("was", cycle.Rebases[0].Was.Format(time.RFC3339), "is", cycle.Deadline.Format(time.RFC3339), "after", cycle.Spent.Elapsed)
	// Output: was 2025-08-26T10:30:00+01:00 is 2025-08-22T15:30:00-04:00 after 2h0m0s
}

func ExampleBound_WhatIf() {
	c := sla.Case{Events: []sla.Event{{At: fridayAfternoon, Kind: sla.Opened, Severity: 4}}}
	is, would, err := weekdayContract().WhatIf(c, sla.Event{At: fridayAfternoon.Add(time.Hour), Kind: sla.SeveritySet, Severity: 2})
	if err != nil {
		panic(err)
	}
	for _, d := range sla.Differences(is, would) {
		fmt.Println(d.Metric, d.Was.Deadline.Format(time.RFC3339), "would be", d.Is.Deadline.Format(time.RFC3339))
	}
	// Output: first_response 2025-08-28T10:30:00+01:00 would be 2025-08-26T14:30:00+01:00
}

func ExampleAttainment() {
	var cases []sla.Case
	for _, hours := range []time.Duration{1, 70, 90, 95} {
		cases = append(cases, sla.Case{Events: []sla.Event{
			{At: fridayAfternoon, Kind: sla.Opened, Severity: 1},
			{At: fridayAfternoon.Add(hours * time.Hour), Kind: sla.Responded},
		}})
	}
	a := sla.Attainment{By: sla.Month}
	if _, errs := a.AddAll(weekdayContract(), slices.Values(cases), sla.Label{Edition: "ubuntu-pro/2025-07-02"}); errs != nil {
		panic(errs[0])
	}
	for _, r := range a.Rows() {
		if r.Metric == sla.FirstResponse {
			fmt.Println(r.From, r.Metric, r.Severity, "met", r.Met, "missed", r.Missed, "attained", r.Rat())
		}
	}
	// Output: 2025-08-01 first_response 1 met 3 missed 1 attained 3/4
}

// Who changes when the holidays turn out to be others?
func ExampleRecalculate() {
	edition, err := catalog.Builtin().Edition("ubuntu-pro/2025-07-02")
	if err != nil {
		panic(err)
	}
	elsewhere := edition.Calendars(sla.Places{sla.Agreed: {Location: time.UTC, Holidays: calendar.List{}}})
	without, err := edition.Bind(entitlement.Contract{Level: entitlement.Weekday}, "", elsewhere)
	if err != nil {
		panic(err)
	}
	var cases []sla.Case
	for day := range 4 {
		at := fridayAfternoon.AddDate(0, 0, day)
		cases = append(cases, sla.Case{
			Events: []sla.Event{{At: at, Kind: sla.Opened, Severity: 1}},
			AsOf:   fridayAfternoon.AddDate(0, 0, 3).Add(2 * time.Hour),
		})
	}
	for r := range sla.Recalculate(weekdayContract(), without, slices.Values(cases)) {
		for _, d := range r.Differences {
			fmt.Println("case", r.Case, d.Metric, d.Was.Deadline.UTC().Format(time.DateTime), "now", d.Is.Deadline.Format(time.DateTime),
				"late now:", d.NewlyBreached())
		}
	}
	// Output:
	// case 0 first_response 2025-08-26 09:30:00 now 2025-08-25 09:30:00 late now: true
	// case 1 first_response 2025-08-26 11:00:00 now 2025-08-25 12:00:00 late now: true
	// case 2 first_response 2025-08-26 11:00:00 now 2025-08-25 12:00:00 late now: true
	// case 3 first_response 2025-08-26 11:00:00 now 2025-08-26 09:30:00 late now: false
}
