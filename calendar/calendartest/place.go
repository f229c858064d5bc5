package calendartest

import (
	"time"

	"github.com/supportterms/supportterms/calendar"
)

// A Place is a zone and a date in it on which clocks or calendars do something
// that code gets wrong. Change is the instant of the clock change, or the zero
// Time where there is none.
type Place struct {
	Zone   string
	Date   calendar.Date
	Change time.Time
	Why    string
}

// Location returns the zone's location. It needs the time zone data: on
// machines without, import time/tzdata.
func (p Place) Location() *time.Location {
	loc, err := time.LoadLocation(p.Zone)
	if err != nil {
		panic(err)
	}
	return loc
}

// places begins with the dullest, since shrinking ends there.
var places = []Place{
	{"UTC", date(2024, 6, 12), none, "no clock change at all"},
	{"Europe/London", date(2024, 3, 31), utc(2024, 3, 31, 1, 0), "01:00 to 02:00"},
	{"Europe/London", date(2024, 10, 27), utc(2024, 10, 27, 1, 0), "02:00 back to 01:00"},
	{"America/New_York", date(2024, 3, 10), utc(2024, 3, 10, 7, 0), "02:00 to 03:00"},
	{"America/New_York", date(2024, 11, 3), utc(2024, 11, 3, 6, 0), "02:00 back to 01:00"},
	{"America/Santiago", date(2024, 9, 8), utc(2024, 9, 8, 4, 0), "no 00:00 on a Sunday"},
	{"America/Santiago", date(2024, 4, 6), utc(2024, 4, 7, 3, 0), "24:00 back to 23:00, still Saturday"},
	{"Africa/Cairo", date(2024, 4, 26), utc(2024, 4, 25, 22, 0), "no 00:00 on a Friday"},
	{"Africa/Cairo", date(2024, 10, 31), utc(2024, 10, 31, 21, 0), "24:00 back to 23:00 on a Thursday"},
	{"Asia/Beirut", date(2024, 3, 31), utc(2024, 3, 30, 22, 0), "no 00:00"},
	{"Asia/Beirut", date(2024, 10, 26), utc(2024, 10, 26, 21, 0), "24:00 back to 23:00"},
	{"America/Havana", date(2024, 3, 10), utc(2024, 3, 10, 5, 0), "no 00:00"},
	{"America/Havana", date(2024, 11, 3), utc(2024, 11, 3, 5, 0), "01:00 back to 00:00, the first hour twice"},
	{"America/Sao_Paulo", date(2018, 11, 4), utc(2018, 11, 4, 3, 0), "no 00:00"},
	{"America/Sao_Paulo", date(2018, 2, 17), utc(2018, 2, 18, 2, 0), "24:00 back to 23:00"},
	{"Australia/Lord_Howe", date(2024, 10, 6), utc(2024, 10, 5, 15, 30), "half an hour: 02:00 to 02:30"},
	{"Australia/Lord_Howe", date(2024, 4, 7), utc(2024, 4, 6, 15, 0), "half an hour: 02:00 back to 01:30"},
	{"Asia/Kathmandu", date(1986, 1, 1), utc(1985, 12, 31, 18, 30), "a quarter of an hour: 00:00 to 00:15"},
	{"Pacific/Apia", date(2011, 12, 30), utc(2011, 12, 30, 10, 0), "the date does not occur"},
	{"Africa/Casablanca", date(2024, 3, 10), utc(2024, 3, 10, 2, 0), "Ramadan begins: 03:00 back to 02:00"},
	{"Africa/Casablanca", date(2024, 4, 14), utc(2024, 4, 14, 2, 0), "Ramadan is over: 02:00 to 03:00"},
	{"Antarctica/Troll", date(2024, 3, 31), utc(2024, 3, 31, 1, 0), "two hours: 01:00 to 03:00"},
	{"Antarctica/Troll", date(2024, 10, 27), utc(2024, 10, 27, 1, 0), "two hours: 03:00 back to 01:00"},
	{"Asia/Shanghai", date(1991, 4, 14), utc(1991, 4, 13, 18, 0), "summer time, given up later"},
	{"Asia/Shanghai", date(1991, 9, 15), utc(1991, 9, 14, 17, 0), "the last change there was"},
	{"America/St_Johns", date(2011, 3, 13), utc(2011, 3, 13, 3, 31), "00:01 to 01:01"},
	{"America/St_Johns", date(2010, 11, 6), utc(2010, 11, 7, 2, 31), "00:01 on Sunday back to 23:01 on Saturday"},
	{"America/New_York", date(2024, 12, 31), none, "end of a leap year"},
	{"Europe/London", date(2028, 12, 31), none, "end of a leap year"},
	{"Australia/Lord_Howe", date(2040, 12, 31), none, "end of a leap year, in summer, past the data's last written change"},
	{"America/Santiago", date(2024, 12, 31), none, "end of a leap year, in summer"},
	{"Africa/Casablanca", date(2028, 12, 31), none, "end of a leap year"},
	{"Europe/London", date(2024, 2, 29), none, "leap day"},
	{"Asia/Shanghai", date(2024, 2, 10), none, "a zone with no changes any more"},
}

// PlaceOf returns a place.
func PlaceOf(n int) Place { return places[digits(n).take(len(places))] }

// AllPlaces returns every place that PlaceOf can give.
func AllPlaces() []Place { return append([]Place(nil), places...) }

var none time.Time

func utc(y int, m time.Month, d, hour, minute int) time.Time {
	return time.Date(y, m, d, hour, minute, 0, 0, time.UTC)
}

func date(y int, m time.Month, d int) calendar.Date {
	return calendar.Date{Year: y, Month: m, Day: d}
}
