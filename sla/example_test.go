package sla_test

import (
	"fmt"
	"os"
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
