package holiday_test

import (
	"fmt"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/calendar/holiday"
)

func ExampleRegion() {
	us, err := holiday.Region("US", holiday.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for d := range us.Days(2026) {
		if d.Date.Month == 7 {
			fmt.Println(d.Date, d.Date.Weekday(), d.Kind, d.Name)
		}
	}
	// Output:
	// 2026-07-03 Friday substitute Independence Day
	// 2026-07-04 Saturday holiday Independence Day
}

func ExampleRegion_subdivision() {
	_, err := holiday.Region("GB", holiday.Options{})
	fmt.Println(err)
	// Output:
	// holiday: unknown region "GB": want one of its subdivisions GB-ENG, GB-NIR, GB-SCT, GB-WLS
}

// Assumption Day closes Munich and not Nuremberg.
func ExampleOptions() {
	munich, _ := holiday.Region("DE-BY", holiday.Options{Sets: []string{"statutory", "local:mariae-himmelfahrt"}})
	nuremberg, _ := holiday.Region("DE-BY", holiday.Options{})
	for _, s := range []*holiday.Source{munich, nuremberg} {
		_, ok := s.Lookup(calendar.MustParseDate("2025-08-15"))
		fmt.Println(ok)
	}
	// Output:
	// true
	// false
}

func ExampleSource_Coverage() {
	england, _ := holiday.Region("GB-ENG", holiday.Options{})
	for _, s := range []string{"2028-12-25", "2035-12-25", "2036-12-25"} {
		fmt.Println(england.Coverage().Status(calendar.MustParseDate(s)))
	}
	// Output:
	// official true
	// statutory true
	// not-read false
}

func ExampleUnion() {
	japan, _ := holiday.Region("JP", holiday.Options{})
	norway, _ := holiday.Region("NO", holiday.Options{})
	for d := range holiday.Union(japan, norway).Days(2026) {
		if d.Date.Month == 5 {
			fmt.Println(d.Date, d.Name)
		}
	}
	// Output:
	// 2026-05-01 Arbeidernes dag
	// 2026-05-03 Constitution Memorial Day
	// 2026-05-04 Greenery Day
	// 2026-05-05 Children's Day
	// 2026-05-06 Constitution Memorial Day
	// 2026-05-14 Kristi Himmelfartsdag
	// 2026-05-17 Grunnlovsdag
	// 2026-05-24 Første pinsedag
	// 2026-05-25 Andre pinsedag
}

// A holiday proclaimed after this version of the data was made.
func ExampleOverlay() {
	england, _ := holiday.Region("GB-ENG", holiday.Options{})
	amended, err := holiday.Overlay{
		Add: []calendar.Day{{Date: calendar.MustParseDate("2027-06-14"), Name: "Extra bank holiday", Set: "bank"}},
	}.Apply(england)
	if err != nil {
		fmt.Println(err)
		return
	}
	for d := range amended.Days(2027) {
		if d.Date.Month == 6 {
			fmt.Println(d.Date, d.Name, d.Status)
		}
	}
	_, err = holiday.Overlay{Remove: []calendar.Date{calendar.MustParseDate("2027-06-14")}}.Apply(england)
	fmt.Println(err)
	// Output:
	// 2027-06-14 Extra bank holiday stated
	// holiday: overlay removes 2027-06-14: want a date that has a holiday
}
