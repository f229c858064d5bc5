package calendar_test

import (
	"errors"
	"fmt"
	"time"

	"github.com/supportterms/supportterms/calendar"
)

func office() *calendar.Calendar {
	loc, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic(err)
	}
	c, err := calendar.New(calendar.Config{
		Hours:    calendar.MustParseHours("Mo-Fr 08:00-18:00; PH off"),
		Location: loc,
		Holidays: calendar.List{calendar.MustParseDate("2025-08-25"): "Summer bank holiday"},
	})
	if err != nil {
		panic(err)
	}
	return c
}

var friday = time.Date(2025, 8, 22, 15, 30, 0, 0, time.UTC) // 16:30 in London

func ExampleCalendar_Add() {
	due, err := office().Add(friday, 4*time.Hour)
	fmt.Println(due, err)
	// Output: 2025-08-26 10:30:00 +0100 BST <nil>
}

func ExampleCalendar_Between() {
	d, err := office().Between(friday, friday.AddDate(0, 0, 7))
	fmt.Println(d, err)
	// Output: 40h0m0s <nil>
}

func ExampleCalendar_Spans() {
	spans, err := office().Spans(friday, friday.AddDate(0, 0, 5))
	if err != nil {
		panic(err)
	}
	for s := range spans {
		fmt.Println(s.From.Format("Mon 15:04"), "to", s.To.Format("15:04"), s.Len())
	}
	// Output:
	// Fri 16:30 to 18:00 1h30m0s
	// Tue 08:00 to 18:00 10h0m0s
	// Wed 08:00 to 16:30 8h30m0s
}

func ExampleCalendar_Why() {
	c := office()
	closing, _ := c.NextClose(friday)
	opening, _ := c.NextOpen(friday)
	reasons, err := c.Why(closing, opening)
	if err != nil {
		panic(err)
	}
	for _, r := range reasons {
		fmt.Println(r)
	}
	// Output:
	// 2025-08-22 closed
	// 2025-08-23 weekend
	// 2025-08-24 weekend
	// 2025-08-25 holiday Summer bank holiday
	// 2025-08-26 closed
}

func ExampleCalendar_AddDays() {
	d, err := office().AddDays(calendar.MustParseDate("2025-08-22"), 1)
	fmt.Println(d, err)
	// Output: 2025-08-26 <nil>
}

func ExampleIntersect() {
	kolkata, err := time.LoadLocation("Asia/Kolkata")
	if err != nil {
		panic(err)
	}
	provider, err := calendar.New(calendar.Config{Hours: calendar.MustParseHours("Mo-Fr 09:00-18:00"), Location: kolkata})
	if err != nil {
		panic(err)
	}
	both, err := calendar.Intersect(office(), provider)
	if err != nil {
		panic(err)
	}
	opening, _ := both.NextOpen(friday)
	closing, _ := both.NextClose(opening)
	fmt.Println(opening.Format("Mon 15:04"), "to", closing.Format("15:04 MST"))
	// Output: Tue 08:00 to 13:30 BST
}

func ExampleErrBeyondCoverage() {
	_, err := office().Add(friday, 100*365*24*time.Hour)
	fmt.Println(errors.Is(err, calendar.ErrBeyondCoverage), err)
	// Output: true calendar: beyond the years for which holidays are known: known from 1970-01-01 through 2099-12-31
}
