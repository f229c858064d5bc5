package calendar_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/calendar/calendartest"
)

// A stretch is open time between two instants. All of them were worked out on
// paper from when the zone changes, and are written with the offset in force,
// so that the right instant shown on the wrong side of a change is wrong.
type stretch struct {
	why   string
	zone  string
	hours string
	days  []calendar.Day      // read when there are any
	over  []calendar.Override // by date
	from  string
	open  time.Duration
	to    string
	end   string // Add(from, open), when that is not to
	start string // Add(to, -open), when that is not from
}

const (
	h = time.Hour
	m = time.Minute
)

func (s stretch) config(t *testing.T) calendar.Config {
	t.Helper()
	loc, err := time.LoadLocation(s.zone)
	if err != nil {
		t.Fatal(err)
	}
	cfg := calendar.Config{Hours: calendar.MustParseHours(s.hours), Location: loc, Overrides: s.over}
	if len(s.days) > 0 {
		cfg.Holidays = calendartest.Source{List: s.days}
	}
	return cfg
}

// run checks the calendar and, so that neither is only checked by the other,
// the model.
func (s stretch) run(t *testing.T) {
	t.Helper()
	cfg := s.config(t)
	c, err := calendar.New(cfg)
	if err != nil {
		t.Errorf("%s: New: %v", s.why, err)
		return
	}
	end, start := s.end, s.start
	if end == "" {
		end = s.to
	}
	if start == "" {
		start = s.from
	}
	from, to := at(s.from), at(s.to)
	ref := calendartest.NewReference(cfg)
	if got, err := c.Between(from, to); got != s.open || err != nil {
		t.Errorf("%s: Between(%s, %s) = %v, %v, want %v", s.why, s.from, s.to, got, err, s.open)
	}
	if got, err := c.Between(to, from); got != -s.open || err != nil {
		t.Errorf("%s: Between(%s, %s) = %v, %v, want %v", s.why, s.to, s.from, got, err, -s.open)
	}
	if got := ref.Between(from, to); got != s.open {
		t.Errorf("%s: model Between(%s, %s) = %v, want %v", s.why, s.from, s.to, got, s.open)
	}
	for _, add := range []struct {
		from, want string
		d          time.Duration
	}{{s.from, end, s.open}, {s.to, start, -s.open}} {
		if got, err := c.Add(at(add.from), add.d); written(got) != add.want || err != nil {
			t.Errorf("%s: Add(%s, %v) = %s, %v, want %s", s.why, add.from, add.d, written(got), err, add.want)
		}
		if got, ok := ref.Add(at(add.from), add.d); written(got) != add.want || !ok {
			t.Errorf("%s: model Add(%s, %v) = %s, %v, want %s", s.why, add.from, add.d, written(got), ok, add.want)
		}
	}
}

func at(s string) time.Time { return must(time.Parse(time.RFC3339Nano, s)) }

func written(t time.Time) string { return t.Format(time.RFC3339Nano) }

func on(date string) calendar.Date { return calendar.MustParseDate(date) }

func closed(date string) calendar.Day { return calendar.Day{Date: on(date)} }

func worked(date string) calendar.Day { return calendar.Day{Date: on(date), Kind: calendar.Workday} }

func half(date, open string) calendar.Day {
	return calendar.Day{Date: on(date), Kind: calendar.HalfDay, Open: must(calendar.ParseWindow(open))}
}

func override(date string, windows ...string) calendar.Override {
	o := calendar.Override{Date: on(date)}
	for _, w := range windows {
		o.Windows = append(o.Windows, must(calendar.ParseWindow(w)))
	}
	return o
}

func TestClockChanges(t *testing.T) {
	const (
		howe       = "Australia/Lord_Howe"
		santiago   = "America/Santiago"
		cairo      = "Africa/Cairo"
		beirut     = "Asia/Beirut"
		havana     = "America/Havana"
		saoPaulo   = "America/Sao_Paulo"
		casablanca = "Africa/Casablanca"
		stJohns    = "America/St_Johns"
		troll      = "Antarctica/Troll"
		kathmandu  = "Asia/Kathmandu"
		london     = "Europe/London"
		newYork    = "America/New_York"
	)
	for _, s := range []stretch{
		// London: 01:00 GMT is 02:00 BST on 31 March, 02:00 BST is 01:00 GMT on
		// 27 October 2024.
		{why: "the half hour 01:30-02:00 is never shown", zone: london, hours: "Mo-Su 01:30-03:30",
			from: "2024-03-31T02:00:00+01:00", open: 1*h + 30*m, to: "2024-03-31T03:30:00+01:00"},
		{why: "the same from before the change", zone: london, hours: "Mo-Su 01:30-03:30",
			from: "2024-03-31T00:30:00Z", open: 1*h + 30*m, to: "2024-03-31T03:30:00+01:00", start: "2024-03-31T02:00:00+01:00"},
		{why: "01:30-02:00 is shown twice, 01:00-01:30 between them is closed", zone: london, hours: "Mo-Su 01:30-03:30",
			from: "2024-10-27T01:30:00+01:00", open: 2*h + 30*m, to: "2024-10-27T03:30:00Z"},
		{why: "used up as the first 02:00 would come: due at that instant, which the clock shows as 01:00", zone: london, hours: "Mo-Su 01:30-03:30",
			from: "2024-10-27T01:30:00+01:00", open: 30 * m, to: "2024-10-27T01:00:00Z"},
		{why: "one nanosecond more is in the second showing", zone: london, hours: "Mo-Su 01:30-03:30",
			from: "2024-10-27T01:30:00+01:00", open: 30*m + 1, to: "2024-10-27T01:30:00.000000001Z"},
		{why: "a Sunday of 23 hours", zone: london, hours: "Su 00:00-24:00",
			from: "2024-03-31T00:00:00Z", open: 23 * h, to: "2024-04-01T00:00:00+01:00"},
		{why: "a Sunday of 25 hours", zone: london, hours: "Su 00:00-24:00",
			from: "2024-10-27T00:00:00+01:00", open: 25 * h, to: "2024-10-28T00:00:00Z"},
		{why: "a night of 7 hours", zone: london, hours: "Mo-Su 22:00-06:00",
			from: "2024-03-30T22:00:00Z", open: 7 * h, to: "2024-03-31T06:00:00+01:00"},
		{why: "a night of 9 hours", zone: london, hours: "Mo-Su 22:00-06:00",
			from: "2024-10-26T22:00:00+01:00", open: 9 * h, to: "2024-10-27T06:00:00Z"},
		{why: "office hours keep their length across the weekend of the change", zone: london, hours: "Mo-Fr 08:00-18:00",
			from: "2024-03-29T17:00:00Z", open: 2 * h, to: "2024-04-01T09:00:00+01:00"},

		// New York: 02:00 is 03:00 on 10 March, 02:00 is 01:00 on 3 November 2024.
		{why: "the second 01:00-02:00 counts as well", zone: newYork, hours: "Su 01:00-03:00",
			from: "2024-11-03T01:00:00-04:00", open: 3 * h, to: "2024-11-03T03:00:00-05:00"},
		{why: "a window that the clock jumps over has no time in it", zone: newYork, hours: "Su 02:00-03:00",
			from: "2024-03-09T12:00:00-05:00", open: 0, to: "2024-03-11T12:00:00-04:00",
			end: "2024-03-09T12:00:00-05:00", start: "2024-03-11T12:00:00-04:00"},
		{why: "windows on both sides of the jump touch", zone: newYork, hours: "Su 01:00-02:00,03:00-04:00",
			from: "2024-03-10T01:00:00-05:00", open: 2 * h, to: "2024-03-10T04:00:00-04:00"},

		// Lord Howe changes by half an hour: 02:00 is 02:30 on 6 October, 02:00 is
		// 01:30 on 7 April 2024.
		{why: "half an hour is lost", zone: howe, hours: "Mo-Su 01:00-04:00",
			from: "2024-10-06T01:00:00+10:30", open: 2*h + 30*m, to: "2024-10-06T04:00:00+11:00"},
		{why: "half an hour comes twice", zone: howe, hours: "Mo-Su 01:00-04:00",
			from: "2024-04-07T01:00:00+11:00", open: 3*h + 30*m, to: "2024-04-07T04:00:00+10:30"},
		{why: "the second half of the window is never shown", zone: howe, hours: "Mo-Su 01:45-02:15",
			from: "2024-10-06T01:45:00+10:30", open: 15 * m, to: "2024-10-06T02:30:00+11:00"},
		{why: "the first half of the window comes twice", zone: howe, hours: "Mo-Su 01:45-02:15",
			from: "2024-04-07T01:45:00+11:00", open: 45 * m, to: "2024-04-07T02:15:00+10:30"},

		// Santiago: 8 September 2024 begins at 01:00; 6 April ends with 23:00-24:00
		// twice.
		{why: "no midnight: the window is half as long", zone: santiago, hours: "Su 00:00-02:00",
			from: "2024-09-08T01:00:00-03:00", open: 1 * h, to: "2024-09-08T02:00:00-03:00"},
		{why: "no midnight: an overnight window goes on at 01:00", zone: santiago, hours: "Sa 22:00-02:00",
			from: "2024-09-07T22:00:00-04:00", open: 3 * h, to: "2024-09-08T02:00:00-03:00"},
		{why: "no midnight: a tail to 00:30 is not shown at all", zone: santiago, hours: "Sa 22:00-00:30",
			from: "2024-09-07T22:00:00-04:00", open: 2 * h, to: "2024-09-08T01:00:00-03:00"},
		{why: "the last hour of Saturday comes twice", zone: santiago, hours: "Sa 23:00-24:00",
			from: "2024-04-06T23:00:00-03:00", open: 2 * h, to: "2024-04-07T00:00:00-04:00"},
		{why: "its first half comes twice, apart", zone: santiago, hours: "Sa 22:00-23:30",
			from: "2024-04-06T22:00:00-03:00", open: 2 * h, to: "2024-04-06T23:30:00-04:00"},
		{why: "Sunday is as long as ever", zone: santiago, hours: "Su 00:00-24:00",
			from: "2024-04-07T00:00:00-04:00", open: 24 * h, to: "2024-04-08T00:00:00-04:00"},

		// Cairo changes at the midnight before a Friday and after a Thursday, and
		// those are working days: 26 April and 31 October 2024.
		{why: "Friday begins at 01:00", zone: cairo, hours: "Fr 00:00-08:00",
			from: "2024-04-26T01:00:00+03:00", open: 7 * h, to: "2024-04-26T08:00:00+03:00"},
		{why: "Thursday has 25 hours", zone: cairo, hours: "Th 00:00-24:00",
			from: "2024-10-31T00:00:00+03:00", open: 25 * h, to: "2024-11-01T00:00:00+02:00"},
		{why: "Thursday evening is an hour longer", zone: cairo, hours: "Th 20:00-24:00",
			from: "2024-10-31T20:00:00+03:00", open: 5 * h, to: "2024-11-01T00:00:00+02:00"},
		{why: "the night to Friday is an hour shorter", zone: cairo, hours: "Su-Th 22:00-02:00",
			from: "2024-04-25T22:00:00+02:00", open: 3 * h, to: "2024-04-26T02:00:00+03:00"},
		{why: "the night to Friday is an hour longer", zone: cairo, hours: "Su-Th 22:00-02:00",
			from: "2024-10-31T22:00:00+03:00", open: 5 * h, to: "2024-11-01T02:00:00+02:00"},

		// Beirut: 31 March 2024 begins at 01:00, 26 October has 23:00-24:00 twice.
		{why: "no midnight", zone: beirut, hours: "Su 00:00-06:00",
			from: "2024-03-31T01:00:00+03:00", open: 5 * h, to: "2024-03-31T06:00:00+03:00"},
		{why: "the evening is an hour longer", zone: beirut, hours: "Sa 20:00-24:00",
			from: "2024-10-26T20:00:00+03:00", open: 5 * h, to: "2024-10-27T00:00:00+02:00"},

		// Havana: 10 March 2024 begins at 01:00; on 3 November 01:00 is 00:00, so the
		// date comes twice but its evening before does not.
		{why: "no midnight", zone: havana, hours: "Su 00:00-06:00",
			from: "2024-03-10T01:00:00-04:00", open: 5 * h, to: "2024-03-10T06:00:00-04:00"},
		{why: "the first hour of the date comes twice", zone: havana, hours: "Su 00:00-06:00",
			from: "2024-11-03T00:00:00-04:00", open: 7 * h, to: "2024-11-03T06:00:00-05:00"},
		{why: "half of it comes twice, apart", zone: havana, hours: "Su 00:30-01:30",
			from: "2024-11-03T00:30:00-04:00", open: 1*h + 30*m, to: "2024-11-03T01:30:00-05:00"},
		{why: "a tail to 00:30 comes twice, apart", zone: havana, hours: "Sa 23:00-00:30",
			from: "2024-11-02T23:00:00-04:00", open: 2 * h, to: "2024-11-03T00:30:00-05:00"},

		// São Paulo, while it had summer time: 4 November 2018 begins at 01:00, 17
		// February has 23:00-24:00 twice.
		{why: "no midnight", zone: saoPaulo, hours: "Su 00:00-02:00",
			from: "2018-11-04T01:00:00-02:00", open: 1 * h, to: "2018-11-04T02:00:00-02:00"},
		{why: "the evening is an hour longer", zone: saoPaulo, hours: "Sa 22:00-24:00",
			from: "2018-02-17T22:00:00-02:00", open: 3 * h, to: "2018-02-18T00:00:00-03:00"},
		{why: "and none since", zone: saoPaulo, hours: "Su 00:00-02:00",
			from: "2019-11-03T00:00:00-03:00", open: 2 * h, to: "2019-11-03T02:00:00-03:00"},

		// Casablanca leaves +01:00 for Ramadan: 03:00 is 02:00 on 10 March, 02:00 is
		// 03:00 on 14 April 2024.
		{why: "Ramadan begins on a Sunday of 25 hours", zone: casablanca, hours: "Su 00:00-24:00",
			from: "2024-03-10T00:00:00+01:00", open: 25 * h, to: "2024-03-11T00:00:00Z"},
		{why: "and is over on one of 23", zone: casablanca, hours: "Su 00:00-24:00",
			from: "2024-04-14T00:00:00Z", open: 23 * h, to: "2024-04-15T00:00:00+01:00"},
		{why: "02:30-03:00 comes twice, apart", zone: casablanca, hours: "Mo-Su 02:30-03:30",
			from: "2024-03-10T02:30:00+01:00", open: 1*h + 30*m, to: "2024-03-10T03:30:00Z"},
		{why: "02:30-03:00 does not come", zone: casablanca, hours: "Mo-Su 02:30-03:30",
			from: "2024-04-14T03:00:00+01:00", open: 30 * m, to: "2024-04-14T03:30:00+01:00"},
		{why: "office hours are read on the clock of the season", zone: casablanca, hours: "Mo-Fr 09:00-17:00",
			from: "2024-03-08T16:00:00+01:00", open: 2 * h, to: "2024-03-11T10:00:00Z"},

		// St John's changed at 00:01: to 01:01 on 13 March 2011, and back to 23:01 of
		// the date before on 7 November 2010.
		{why: "one minute of Sunday, then 01:01", zone: stJohns, hours: "Su 00:00-02:00",
			from: "2011-03-13T00:00:00-03:30", open: 1 * h, to: "2011-03-13T02:00:00-02:30"},
		{why: "Saturday comes back after a minute of Sunday", zone: stJohns, hours: "Sa 23:30-24:00",
			from: "2010-11-06T23:30:00-02:30", open: 1 * h, to: "2010-11-07T00:00:00-03:30"},
		{why: "Sunday has a minute, and then begins again", zone: stJohns, hours: "Su 00:00-00:30",
			from: "2010-11-07T00:00:00-02:30", open: 31 * m, to: "2010-11-07T00:30:00-03:30"},
		{why: "a night over both", zone: stJohns, hours: "Sa 23:30-00:30",
			from: "2010-11-06T23:30:00-02:30", open: 1*h + 31*m, to: "2010-11-07T00:30:00-03:30"},

		// Troll changes by two hours: 01:00 is 03:00 on 31 March, 03:00 is 01:00 on 27
		// October 2024.
		{why: "two hours are lost", zone: troll, hours: "Su 00:00-04:00",
			from: "2024-03-31T00:00:00Z", open: 2 * h, to: "2024-03-31T04:00:00+02:00"},
		{why: "two hours come twice", zone: troll, hours: "Su 00:00-04:00",
			from: "2024-10-27T00:00:00+02:00", open: 6 * h, to: "2024-10-27T04:00:00Z"},

		// Nepal went from +05:30 to +05:45 as 1986 began.
		{why: "the year begins at 00:15", zone: kathmandu, hours: "We 00:00-06:00",
			from: "1986-01-01T00:15:00+05:45", open: 5*h + 45*m, to: "1986-01-01T06:00:00+05:45"},
		{why: "its first night is a quarter of an hour shorter", zone: kathmandu, hours: "Tu 22:00-06:00",
			from: "1985-12-31T22:00:00+05:30", open: 7*h + 45*m, to: "1986-01-01T06:00:00+05:45"},

		// The last change in China: 02:00 was 01:00 on 15 September 1991.
		{why: "the last hour to come twice", zone: "Asia/Shanghai", hours: "Su 00:00-03:00",
			from: "1991-09-15T00:00:00+09:00", open: 4 * h, to: "1991-09-15T03:00:00+08:00"},
	} {
		s.run(t)
	}
}

// Samoa went from Thursday 29 December 2011 at 24:00, ten hours behind UTC, to
// Saturday the 31st at 00:00, fourteen ahead. The 30th has windows all the
// same; only what the clock shows of them counts.
func TestLostDate(t *testing.T) {
	const apia = "Pacific/Apia"
	for _, s := range []stretch{
		{why: "the working Friday is not there", zone: apia, hours: "Mo-Fr 08:00-18:00",
			from: "2011-12-29T17:00:00-10:00", open: 2 * h, to: "2012-01-02T09:00:00+14:00"},
		{why: "round the clock, less Sundays", zone: apia, hours: "Mo-Sa 00:00-24:00",
			from: "2011-12-29T00:00:00-10:00", open: 48 * h, to: "2012-01-01T00:00:00+14:00"},
		{why: "the lost evening has its tail on the 31st", zone: apia, hours: "Fr 22:00-06:00",
			from: "2011-12-31T00:00:00+14:00", open: 6 * h, to: "2011-12-31T06:00:00+14:00"},
		{why: "the evening of the 29th loses its tail", zone: apia, hours: "Th 22:00-06:00",
			from: "2011-12-29T22:00:00-10:00", open: 2 * h, to: "2011-12-31T00:00:00+14:00"},
		{why: "the one goes over into the other", zone: apia, hours: "Th-Fr 22:00-06:00",
			from: "2011-12-29T22:00:00-10:00", open: 8 * h, to: "2011-12-31T06:00:00+14:00"},
		{why: "a holiday on the lost date has no evening", zone: apia, hours: "Th-Fr 22:00-06:00; PH off",
			days: []calendar.Day{closed("2011-12-30")},
			from: "2011-12-29T22:00:00-10:00", open: 3 * h, to: "2012-01-05T23:00:00+14:00"},
		{why: "so has an override", zone: apia, hours: "Th-Fr 22:00-06:00", over: []calendar.Override{override("2011-12-30")},
			from: "2011-12-29T22:00:00-10:00", open: 3 * h, to: "2012-01-05T23:00:00+14:00"},
		{why: "a holiday on the 31st cuts the tail", zone: apia, hours: "Th-Fr 22:00-06:00; PH off",
			days: []calendar.Day{closed("2011-12-31")},
			from: "2011-12-29T22:00:00-10:00", open: 3 * h, to: "2012-01-05T23:00:00+14:00"},
		{why: "an override gives the lost date an evening", zone: apia, hours: "Mo 08:00-09:00",
			over: []calendar.Override{override("2011-12-30", "22:00-06:00")},
			from: "2011-12-31T00:00:00+14:00", open: 6 * h, to: "2011-12-31T06:00:00+14:00"},
	} {
		s.run(t)
	}
}

func TestDatesUnlikeTheirWeekday(t *testing.T) {
	const (
		london   = "Europe/London"
		shanghai = "Asia/Shanghai"
		nights   = "Mo-Su 22:00-06:00; PH off"
	)
	for _, s := range []stretch{
		{why: "a holiday cuts the evening before at midnight, and its own does not begin", zone: london, hours: nights,
			days: []calendar.Day{closed("2024-12-25")},
			from: "2024-12-24T22:00:00Z", open: 3 * h, to: "2024-12-26T23:00:00Z"},
		{why: "so does an override without hours", zone: london, hours: "Mo-Su 22:00-06:00",
			over: []calendar.Override{override("2024-12-25")},
			from: "2024-12-24T22:00:00Z", open: 3 * h, to: "2024-12-26T23:00:00Z"},
		{why: "an override with hours leaves the evening before, and replaces its own", zone: london, hours: "Mo-Su 22:00-06:00",
			over: []calendar.Override{override("2024-12-25", "10:00-12:00")},
			from: "2024-12-24T22:00:00Z", open: 11 * h, to: "2024-12-26T23:00:00Z"},
		{why: "on a holiday too", zone: london, hours: nights, days: []calendar.Day{closed("2024-12-25")},
			over: []calendar.Override{override("2024-12-25", "10:00-12:00")},
			from: "2024-12-24T22:00:00Z", open: 11 * h, to: "2024-12-26T23:00:00Z"},
		{why: "a tail and the hours of an override touch", zone: london, hours: "Mo-Su 22:00-06:00",
			over: []calendar.Override{override("2024-12-25", "06:00-08:00")},
			from: "2024-12-24T22:00:00Z", open: 10 * h, to: "2024-12-25T08:00:00Z"},
		{why: "a weekday without hours is not closed whole: the tail stays", zone: london, hours: "Sa 22:00-06:00",
			from: "2024-12-21T22:00:00Z", open: 8 * h, to: "2024-12-22T06:00:00Z"},
		{why: "a substitute closes like a holiday", zone: london, hours: "Mo-Fr 09:00-17:00; PH off",
			days: []calendar.Day{{Date: on("2024-12-25"), Kind: calendar.Substitute}},
			from: "2024-12-24T16:00:00Z", open: 2 * h, to: "2024-12-26T10:00:00Z"},
		{why: "hours that do not read holidays do not", zone: london, hours: "Mo-Fr 09:00-17:00",
			days: []calendar.Day{closed("2024-12-25")},
			from: "2024-12-24T16:00:00Z", open: 2 * h, to: "2024-12-25T10:00:00Z"},

		{why: "a half day has what its weekday and the window have in common", zone: london,
			hours: "Mo-Fr 08:00-12:00,13:00-18:00; PH off", days: []calendar.Day{half("2024-12-24", "00:00-14:00")},
			from: "2024-12-24T08:00:00Z", open: 6 * h, to: "2024-12-25T09:00:00Z"},
		{why: "a half day leaves the evening before; its own ends with the window", zone: london, hours: nights,
			days: []calendar.Day{half("2024-12-24", "00:00-24:00")},
			from: "2024-12-23T22:00:00Z", open: 11 * h, to: "2024-12-25T23:00:00Z"},
		{why: "a half day with nothing in common leaves it too", zone: london, hours: nights,
			days: []calendar.Day{half("2024-12-24", "00:00-14:00")},
			from: "2024-12-23T22:00:00Z", open: 9 * h, to: "2024-12-25T23:00:00Z"},
		{why: "a holiday closes a half day", zone: london, hours: "Mo-Fr 08:00-18:00; PH off",
			days: []calendar.Day{closed("2024-12-24"), half("2024-12-24", "00:00-14:00")},
			from: "2024-12-23T17:00:00Z", open: 2 * h, to: "2024-12-25T09:00:00Z"},

		{why: "a Sunday worked", zone: shanghai, hours: "Mo-Fr 09:00-17:00; PH off",
			days: []calendar.Day{worked("2024-02-04")},
			from: "2024-02-02T16:00:00+08:00", open: 2 * h, to: "2024-02-04T10:00:00+08:00"},
		{why: "has the hours of the first weekday, from Monday on, that has any", zone: shanghai,
			hours: "Tu 12:00-14:00; We-Fr 09:00-17:00; PH off", days: []calendar.Day{worked("2024-02-04")},
			from: "2024-02-02T16:00:00+08:00", open: 3 * h, to: "2024-02-04T14:00:00+08:00"},
		{why: "on a weekday with hours of its own it changes nothing", zone: shanghai, hours: "Mo-Fr 09:00-17:00; Sa 10:00-14:00; PH off",
			days: []calendar.Day{worked("2024-02-03")},
			from: "2024-02-02T16:00:00+08:00", open: 5 * h, to: "2024-02-03T14:00:00+08:00"},
		{why: "a day off and worked is off", zone: shanghai, hours: "Mo-Fr 09:00-17:00; PH off",
			days: []calendar.Day{worked("2024-02-04"), closed("2024-02-04")},
			from: "2024-02-02T16:00:00+08:00", open: 2 * h, to: "2024-02-05T10:00:00+08:00"},
		{why: "whichever is said first", zone: shanghai, hours: "Mo-Fr 09:00-17:00; PH off",
			days: []calendar.Day{closed("2024-02-04"), worked("2024-02-04")},
			from: "2024-02-02T16:00:00+08:00", open: 2 * h, to: "2024-02-05T10:00:00+08:00"},
		{why: "an override wins over a day worked", zone: shanghai, hours: "Mo-Fr 09:00-17:00; PH off",
			days: []calendar.Day{worked("2024-02-04")}, over: []calendar.Override{override("2024-02-04", "20:00-21:00")},
			from: "2024-02-02T16:00:00+08:00", open: 2 * h, to: "2024-02-04T21:00:00+08:00"},
	} {
		s.run(t)
	}
}

func TestEdges(t *testing.T) {
	const london, office = "Europe/London", "Mo-Fr 08:00-18:00"
	for _, s := range []stretch{
		{why: "used up at the closing: due then, not at the next opening", zone: london, hours: office,
			from: "2024-06-14T17:00:00+01:00", open: 1 * h, to: "2024-06-14T18:00:00+01:00"},
		{why: "opened at the closing: starts at the next opening", zone: london, hours: office,
			from: "2024-06-14T18:00:00+01:00", open: 1 * h, to: "2024-06-17T09:00:00+01:00", start: "2024-06-17T08:00:00+01:00"},
		{why: "opened at the opening", zone: london, hours: office,
			from: "2024-06-17T08:00:00+01:00", open: 10 * h, to: "2024-06-17T18:00:00+01:00"},
		{why: "a closed end adds nothing", zone: london, hours: office,
			from: "2024-06-14T17:00:00+01:00", open: 1 * h, to: "2024-06-16T12:00:00+01:00", end: "2024-06-14T18:00:00+01:00"},
		{why: "back from an opening: the time before the last closing", zone: london, hours: office,
			from: "2024-06-14T17:00:00+01:00", open: 1 * h, to: "2024-06-17T08:00:00+01:00", end: "2024-06-14T18:00:00+01:00"},
		{why: "nothing leads nowhere", zone: london, hours: office,
			from: "2024-06-14T19:00:00+01:00", open: 0, to: "2024-06-15T19:00:00+01:00",
			end: "2024-06-14T19:00:00+01:00", start: "2024-06-15T19:00:00+01:00"},
		{why: "a nanosecond on each side of a weekend", zone: london, hours: office,
			from: "2024-06-14T17:59:59.999999999+01:00", open: 2, to: "2024-06-17T08:00:00.000000001+01:00"},
		{why: "nanoseconds are carried over", zone: london, hours: office,
			from: "2024-06-14T17:30:00.123456789+01:00", open: 30 * m, to: "2024-06-17T08:00:00.123456789+01:00"},
		{why: "a nanosecond after closing is closed", zone: london, hours: office,
			from: "2024-06-14T18:00:00.000000001+01:00", open: 1, to: "2024-06-17T08:00:00.000000001+01:00", start: "2024-06-17T08:00:00+01:00"},
		{why: "lunch", zone: london, hours: "Mo-Fr 09:00-12:30,13:30-17:00",
			from: "2024-06-14T12:00:00+01:00", open: 1 * h, to: "2024-06-14T14:00:00+01:00"},
		{why: "windows that touch are one", zone: london, hours: "Mo-Fr 09:00-12:30,12:30-17:00",
			from: "2024-06-14T12:00:00+01:00", open: 1 * h, to: "2024-06-14T13:00:00+01:00"},
		{why: "windows that overlap count once", zone: london, hours: "Mo-Su 20:00-08:00,06:00-10:00",
			from: "2024-06-14T20:00:00+01:00", open: 14 * h, to: "2024-06-15T10:00:00+01:00"},
		{why: "24:00 and 00:00 are one instant", zone: london, hours: "Sa 12:00-24:00; Su 00:00-12:00",
			from: "2024-06-15T12:00:00+01:00", open: 24 * h, to: "2024-06-16T12:00:00+01:00"},
	} {
		s.run(t)
	}
}

// On 31 December of leap years time.Time.ZoneBounds may say that the zone ends
// before it is asked about (golang/go#81583): a table built from it would stop
// there, or never end.
func TestYearEnds(t *testing.T) {
	const office, nights = "Mo-Fr 08:00-18:00", "Mo-Su 22:00-06:00"
	for _, s := range []stretch{
		{why: "a Tuesday", zone: "America/New_York", hours: office,
			from: "2024-12-31T17:00:00-05:00", open: 2 * h, to: "2025-01-01T09:00:00-05:00"},
		{why: "the night", zone: "America/New_York", hours: nights,
			from: "2024-12-31T22:00:00-05:00", open: 8 * h, to: "2025-01-01T06:00:00-05:00"},
		{why: "on into the next summer: four days, nine weeks, and an hour", zone: "America/New_York", hours: office,
			from: "2024-12-31T08:00:00-05:00", open: 491 * h, to: "2025-03-10T09:00:00-04:00"},
		{why: "a Sunday", zone: "America/New_York", hours: office,
			from: "2028-12-29T17:00:00-05:00", open: 2 * h, to: "2029-01-01T09:00:00-05:00"},
		{why: "a Monday after the last change that is written out", zone: "America/New_York", hours: office,
			from: "2040-12-31T17:00:00-05:00", open: 2 * h, to: "2041-01-01T09:00:00-05:00"},
		{why: "a whole last day", zone: "Europe/London", hours: "Su 00:00-24:00",
			from: "2028-12-31T00:00:00Z", open: 24 * h, to: "2029-01-01T00:00:00Z"},
		{why: "in summer", zone: "America/Santiago", hours: nights,
			from: "2024-12-31T22:00:00-03:00", open: 8 * h, to: "2025-01-01T06:00:00-03:00"},
		{why: "in summer, and late", zone: "Australia/Lord_Howe", hours: office,
			from: "2040-12-31T17:00:00+11:00", open: 2 * h, to: "2041-01-01T09:00:00+11:00"},
		{why: "between two Ramadans", zone: "Africa/Casablanca", hours: nights,
			from: "2028-12-31T22:00:00+01:00", open: 8 * h, to: "2029-01-01T06:00:00+01:00"},
		{why: "a year that is not a leap year", zone: "Europe/London", hours: nights,
			from: "2025-12-31T22:00:00Z", open: 8 * h, to: "2026-01-01T06:00:00Z"},
	} {
		s.run(t)
	}
}

// A year's first instant belongs to that year, for a calendar too that has so
// far been asked about the year before only.
func TestFirstInstantOfAYear(t *testing.T) {
	for _, tt := range []struct {
		at                                  string
		clamp, nextClose, prevOpen, earlier string
	}{
		{"2025-01-01T00:00:00Z",
			"2025-01-01T00:00:00Z", "2025-01-02T00:00:00Z", "2024-12-31T08:00:00Z", "2024-12-31T17:59:59Z"},
		{"2025-01-01T00:00:00.000000001Z",
			"2025-01-01T00:00:00.000000001Z", "2025-01-02T00:00:00Z", "2025-01-01T00:00:00Z", "2024-12-31T17:59:59.000000001Z"},
		{"2025-01-01T00:00:01Z",
			"2025-01-01T00:00:01Z", "2025-01-02T00:00:00Z", "2025-01-01T00:00:00Z", "2025-01-01T00:00:00Z"},
	} {
		asked := func() *calendar.Calendar {
			c := must(calendar.New(calendar.Config{Hours: calendar.MustParseHours("Tu 08:00-18:00; We 00:00-24:00")}))
			must(c.Open(at("2024-12-31T12:00:00Z")))
			return c
		}
		if got, err := asked().Open(at(tt.at)); !got || err != nil {
			t.Errorf("Open(%s) = %v, %v", tt.at, got, err)
		}
		if got, err := asked().Clamp(at(tt.at)); written(got) != tt.clamp || err != nil {
			t.Errorf("Clamp(%s) = %s, %v", tt.at, written(got), err)
		}
		if got, err := asked().NextClose(at(tt.at)); written(got) != tt.nextClose || err != nil {
			t.Errorf("NextClose(%s) = %s, %v", tt.at, written(got), err)
		}
		if got, err := asked().PrevOpen(at(tt.at)); written(got) != tt.prevOpen || err != nil {
			t.Errorf("PrevOpen(%s) = %s, %v, want %s", tt.at, written(got), err, tt.prevOpen)
		}
		if got, err := asked().Add(at(tt.at), -time.Second); written(got) != tt.earlier || err != nil {
			t.Errorf("Add(%s, -1s) = %s, %v, want %s", tt.at, written(got), err, tt.earlier)
		}
	}
}

// The same zone, as a rule alone and with its changes written out, keeps the
// same hours through every year's end.
func TestSlimAndFatZones(t *testing.T) {
	for _, z := range []struct {
		name, rule string
		standard   int // seconds east of UTC
		changes    func(year int) []int64
	}{
		{"America/New_York", "EST5EDT,M3.2.0,M11.1.0", -5 * 3600, func(y int) []int64 {
			return []int64{sunday(y, time.March, 8, 7), sunday(y, time.November, 1, 6)}
		}},
		{"Europe/London", "GMT0BST,M3.5.0/1,M10.5.0", 0, func(y int) []int64 {
			return []int64{sunday(y, time.March, 25, 1), sunday(y, time.October, 25, 1)}
		}},
		{"America/Santiago", "<-04>4<-03>,M9.1.6/24,M4.1.6/24", -4 * 3600, func(y int) []int64 {
			// After the first Saturday of the month.
			return []int64{sunday(y, time.April, 2, 3), sunday(y, time.September, 2, 4)}
		}},
	} {
		known := must(time.LoadLocation(z.name))
		slim := tzfile(t, z.name, z.rule, z.standard, nil, false)
		var written []int64
		for y := 2024; y <= 2037; y++ {
			written = append(written, z.changes(y)...)
		}
		toSummer := z.name != "America/Santiago" // January is summer there
		fat := tzfile(t, z.name, z.rule, z.standard, written, toSummer)
		for _, hours := range []string{"Mo-Fr 08:00-18:00", "Mo-Su 22:00-06:00", "Mo-Su 00:00-01:00,01:30-03:30"} {
			want := must(calendar.New(calendar.Config{Hours: calendar.MustParseHours(hours), Location: known}))
			for kind, loc := range map[string]*time.Location{"slim": slim, "fat": fat} {
				got := must(calendar.New(calendar.Config{Hours: calendar.MustParseHours(hours), Location: loc}))
				for year := 2024; year <= 2098; year++ {
					from := time.Date(year, time.June, 15, 12, 0, 0, 0, time.UTC)
					for name, to := range map[string]time.Time{
						"to the year's last day": time.Date(year, time.December, 31, 7, 30, 0, 0, time.UTC),
						"to the year's end":      time.Date(year+1, time.January, 1, 0, 0, 0, 0, time.UTC),
						"to the next June":       from.AddDate(1, 0, 0),
					} {
						a, b := must(want.Between(from, to)), must(got.Between(from, to))
						if a != b {
							t.Errorf("%s %s, %q, %d %s: %v, want %v", kind, z.name, hours, year, name, b, a)
						}
					}
					a, b := must(want.Add(from, 500*h)), must(got.Add(from, 500*h))
					if !a.Equal(b) {
						t.Errorf("%s %s, %q, 500 h from %v: %v, want %v", kind, z.name, hours, from, b, a)
					}
				}
			}
		}
	}
}

// Asked first about the last day of a leap year, which no other question has
// compiled yet, a calendar in a slim zone answers as the model does.
func TestLeapYearEndsInSlimZones(t *testing.T) {
	for _, rule := range []string{
		"EST5EDT,M3.2.0,M11.1.0", "GMT0BST,M3.5.0/1,M10.5.0", "<-04>4<-03>,M9.1.6/24,M4.1.6/24", "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "UTC0",
	} {
		loc := tzfile(t, rule, rule, map[byte]int{'E': -5 * 3600, 'G': 0, 'U': 0}[rule[0]], nil, false)
		for _, year := range []int{1972, 1996, 2024, 2028, 2040, 2096} {
			cfg := calendar.Config{Hours: calendar.MustParseHours("Mo-Su 22:00-06:00; Fr 00:00-24:00"), Location: loc}
			ref := calendartest.NewReference(cfg)
			for hour := -36; hour <= 36; hour += 3 {
				c := must(calendar.New(cfg))
				from := time.Date(year+1, time.January, 1, hour, 0, 0, 0, time.UTC)
				to := from.Add(50 * h)
				if got, want := must(c.Between(from, to)), ref.Between(from, to); got != want {
					t.Errorf("%s: Between(%v, 50 h later) = %v, want %v", rule, from, got, want)
				}
				want, _ := ref.NextOpen(from)
				if got := must(c.NextOpen(from)); !got.Equal(want) {
					t.Errorf("%s: NextOpen(%v) = %v, want %v", rule, from, got, want)
				}
			}
		}
	}
}

// sunday returns the first Sunday on or after a day of the month, at an hour
// of UTC.
func sunday(year int, month time.Month, day, hour int) int64 {
	t := time.Date(year, month, day, hour, 0, 0, 0, time.UTC)
	return t.AddDate(0, 0, (7-int(t.Weekday()))%7).Unix()
}

// tzfile writes a time zone file as RFC 9636 has it and loads it. The changes
// alternate; toSummer says where the first one goes. Summer is an hour.
func tzfile(t *testing.T, name, rule string, standard int, changes []int64, toSummer bool) *time.Location {
	t.Helper()
	var b bytes.Buffer
	header := func(times, types, chars uint32) {
		b.WriteString("TZif2" + string(make([]byte, 15)))
		binary.Write(&b, binary.BigEndian, []uint32{0, 0, 0, times, types, chars})
	}
	kind := func(offset int, summer byte) {
		binary.Write(&b, binary.BigEndian, int32(offset))
		b.Write([]byte{summer, 0}) // both have the one abbreviation
	}
	header(0, 1, 4) // of version 1 there is as little as there may be
	kind(standard, 0)
	b.WriteString("LMT\x00")
	header(uint32(len(changes)), 2, 4)
	binary.Write(&b, binary.BigEndian, changes)
	for i := range changes {
		if (i%2 == 0) == toSummer {
			b.WriteByte(1)
		} else {
			b.WriteByte(0)
		}
	}
	kind(standard, 0)
	kind(standard+3600, 1)
	b.WriteString("LMT\x00\n" + rule + "\n")
	loc, err := time.LoadLocationFromTZData(name, b.Bytes())
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return loc
}

func TestOpenAtEdges(t *testing.T) {
	for _, tt := range []struct {
		why, zone, hours, at string
		want                 bool
	}{
		{"at the opening", "Europe/London", "Mo-Fr 08:00-18:00", "2024-06-14T08:00:00+01:00", true},
		{"just before it", "Europe/London", "Mo-Fr 08:00-18:00", "2024-06-14T07:59:59.999999999+01:00", false},
		{"at the closing", "Europe/London", "Mo-Fr 08:00-18:00", "2024-06-14T18:00:00+01:00", false},
		{"just before it", "Europe/London", "Mo-Fr 08:00-18:00", "2024-06-14T17:59:59.999999999+01:00", true},
		{"open until midnight, closed then", "Europe/London", "Fr 08:00-24:00", "2024-06-15T00:00:00+01:00", false},
		{"the first 01:45", "Europe/London", "Su 01:30-02:00", "2024-10-27T01:45:00+01:00", true},
		{"the second 01:15", "Europe/London", "Su 01:30-02:00", "2024-10-27T01:15:00Z", false},
		{"the second 01:45", "Europe/London", "Su 01:30-02:00", "2024-10-27T01:45:00Z", true},
		{"the clock shows 02:00, never 01:30", "Europe/London", "Su 01:00-02:00", "2024-03-31T02:00:00+01:00", false},
		{"Saturday again, after Sunday had begun", "America/St_Johns", "Sa 23:00-24:00", "2010-11-06T23:01:00-03:30", true},
		{"the minute of Sunday between", "America/St_Johns", "Sa 23:00-24:00", "2010-11-07T00:00:30-02:30", false},
		{"the tail of a date that did not occur", "Pacific/Apia", "Fr 22:00-06:00", "2011-12-31T05:59:59+14:00", true},
	} {
		cfg := stretch{zone: tt.zone, hours: tt.hours}.config(t)
		if got, err := must(calendar.New(cfg)).Open(at(tt.at)); got != tt.want || err != nil {
			t.Errorf("%s: %s at %s = %v, %v", tt.why, tt.hours, tt.at, got, err)
		}
		if got := calendartest.NewReference(cfg).Open(at(tt.at)); got != tt.want {
			t.Errorf("%s: model of %s at %s = %v", tt.why, tt.hours, tt.at, got)
		}
	}
}

func TestSearchesAcrossChanges(t *testing.T) {
	for _, tt := range []struct {
		why                                      string
		s                                        stretch
		at                                       string
		nextOpen, nextClose, prevOpen, prevClose string
	}{
		{"at an opening: the next one, and the one before", stretch{zone: "Europe/London", hours: "Mo-Fr 08:00-18:00"},
			"2024-06-14T08:00:00+01:00",
			"2024-06-17T08:00:00+01:00", "2024-06-14T18:00:00+01:00", "2024-06-13T08:00:00+01:00", "2024-06-13T18:00:00+01:00"},
		{"at a closing", stretch{zone: "Europe/London", hours: "Mo-Fr 08:00-18:00"},
			"2024-06-14T18:00:00+01:00",
			"2024-06-17T08:00:00+01:00", "2024-06-17T18:00:00+01:00", "2024-06-14T08:00:00+01:00", "2024-06-13T18:00:00+01:00"},
		{"a window not shown has no opening: the one of the week after", stretch{zone: "America/New_York", hours: "Su 02:00-03:00"},
			"2024-03-09T12:00:00-05:00",
			"2024-03-17T02:00:00-04:00", "2024-03-17T03:00:00-04:00", "2024-03-03T02:00:00-05:00", "2024-03-03T03:00:00-05:00"},
		{"opens as the clock is put forward", stretch{zone: "Africa/Cairo", hours: "Fr 00:00-24:00"},
			"2024-04-25T12:00:00+02:00",
			"2024-04-26T01:00:00+03:00", "2024-04-27T00:00:00+03:00", "2024-04-19T00:00:00+02:00", "2024-04-20T00:00:00+02:00"},
		{"closes as the clock is put back, and opens again", stretch{zone: "Europe/London", hours: "Su 01:30-03:30"},
			"2024-10-27T01:45:00+01:00",
			"2024-10-27T01:30:00Z", "2024-10-27T01:00:00Z", "2024-10-27T01:30:00+01:00", "2024-10-20T03:30:00+01:00"},
		{"an hour shown twice running is one span", stretch{zone: "America/Santiago", hours: "Sa 23:00-24:00"},
			"2024-04-06T23:30:00-03:00",
			"2024-04-13T23:00:00-04:00", "2024-04-07T00:00:00-04:00", "2024-04-06T23:00:00-03:00", "2024-03-31T00:00:00-03:00"},
		{"one span over the lost date", stretch{zone: "Pacific/Apia", hours: "Th-Fr 22:00-06:00"},
			"2011-12-31T00:00:00+14:00",
			"2012-01-05T22:00:00+14:00", "2011-12-31T06:00:00+14:00", "2011-12-29T22:00:00-10:00", "2011-12-24T06:00:00-10:00"},
		{"the tail cut by a holiday closes at midnight", stretch{zone: "Europe/London", hours: "Mo-Su 22:00-06:00; PH off", days: []calendar.Day{closed("2024-12-25")}},
			"2024-12-24T23:00:00Z",
			"2024-12-26T22:00:00Z", "2024-12-25T00:00:00Z", "2024-12-24T22:00:00Z", "2024-12-24T06:00:00Z"},
		{"days round the clock are one span", stretch{zone: "Europe/London", hours: "Mo-Fr 00:00-24:00"},
			"2024-10-23T12:00:00+01:00",
			"2024-10-28T00:00:00Z", "2024-10-26T00:00:00+01:00", "2024-10-21T00:00:00+01:00", "2024-10-19T00:00:00+01:00"},
	} {
		cfg := tt.s.config(t)
		c, ref := must(calendar.New(cfg)), calendartest.NewReference(cfg)
		for i, want := range []string{tt.nextOpen, tt.nextClose, tt.prevOpen, tt.prevClose} {
			search := searches[i]
			if got, err := search.calendar(c, at(tt.at)); written(got) != want || err != nil {
				t.Errorf("%s: %s(%s) = %s, %v, want %s", tt.why, search.name, tt.at, written(got), err, want)
			}
			if got, ok := search.model(ref, at(tt.at)); written(got) != want || !ok {
				t.Errorf("%s: model %s(%s) = %s, %v, want %s", tt.why, search.name, tt.at, written(got), ok, want)
			}
		}
	}
	always := must(calendar.New(calendar.Config{Hours: calendar.MustParseHours("24/7")}))
	for _, search := range searches[:4] {
		if got, err := search.calendar(always, at("2024-06-12T00:00:00Z")); err != calendar.ErrAlwaysOpen {
			t.Errorf("24/7: %s = %v, %v, want ErrAlwaysOpen", search.name, got, err)
		}
	}
	if got, err := always.Clamp(at("2024-06-12T00:00:00Z")); written(got) != "2024-06-12T00:00:00Z" || err != nil {
		t.Errorf("24/7: Clamp = %v, %v, want the instant itself, which is open", got, err)
	}
}

func TestBusinessDates(t *testing.T) {
	christmas := []calendar.Day{closed("2024-12-25"), closed("2024-12-26")}
	for _, tt := range []struct {
		why  string
		s    stretch
		from string
		n    int
		want string
	}{
		{"the date itself never counts", stretch{zone: "Europe/London", hours: "Mo-Fr 08:00-18:00"}, "2024-06-12", 1, "2024-06-13"},
		{"no days are the date, open or not", stretch{zone: "Europe/London", hours: "Mo-Fr 08:00-18:00"}, "2024-06-15", 0, "2024-06-15"},
		{"from a closed date", stretch{zone: "Europe/London", hours: "Mo-Fr 08:00-18:00"}, "2024-06-15", 1, "2024-06-17"},
		{"back from a closed date", stretch{zone: "Europe/London", hours: "Mo-Fr 08:00-18:00"}, "2024-06-15", -1, "2024-06-14"},
		{"over holidays", stretch{zone: "Europe/London", hours: "Mo-Fr 08:00-18:00; PH off", days: christmas}, "2024-12-24", 1, "2024-12-27"},
		{"back over holidays", stretch{zone: "Europe/London", hours: "Mo-Fr 08:00-18:00; PH off", days: christmas}, "2024-12-27", -1, "2024-12-24"},
		{"a half day counts", stretch{zone: "Europe/London", hours: "Mo-Fr 08:00-18:00; PH off", days: []calendar.Day{half("2024-12-24", "00:00-08:01")}}, "2024-12-23", 1, "2024-12-24"},
		{"not one with nothing in it", stretch{zone: "Europe/London", hours: "Mo-Fr 08:00-18:00; PH off", days: []calendar.Day{half("2024-12-24", "00:00-08:00")}}, "2024-12-23", 1, "2024-12-25"},
		{"an override opens a Saturday", stretch{zone: "Europe/London", hours: "Mo-Fr 08:00-18:00", over: []calendar.Override{override("2024-06-15", "10:00-11:00")}}, "2024-06-14", 1, "2024-06-15"},
		{"a tail makes a date", stretch{zone: "Europe/London", hours: "Fr 22:00-06:00"}, "2024-06-14", 1, "2024-06-15"},
		{"and then a week passes", stretch{zone: "Europe/London", hours: "Fr 22:00-06:00"}, "2024-06-14", 2, "2024-06-21"},
		{"a tail to midnight makes none", stretch{zone: "Europe/London", hours: "Fr 22:00-24:00"}, "2024-06-14", 1, "2024-06-21"},
		{"not when a holiday cuts it", stretch{zone: "Europe/London", hours: "Tu 22:00-06:00; PH off", days: christmas}, "2024-12-24", 1, "2024-12-31"},
		{"hours that the clock jumps over make none", stretch{zone: "America/New_York", hours: "Su 02:00-03:00"}, "2024-03-03", 1, "2024-03-17"},
		{"nor where midnight is not shown", stretch{zone: "America/Santiago", hours: "Su 00:00-01:00"}, "2024-09-01", 1, "2024-09-15"},
		{"a lost date is none", stretch{zone: "Pacific/Apia", hours: "Mo-Su 08:00-18:00"}, "2011-12-29", 1, "2011-12-31"},
		{"nor backwards", stretch{zone: "Pacific/Apia", hours: "Mo-Su 08:00-18:00"}, "2011-12-31", -1, "2011-12-29"},
		{"from it", stretch{zone: "Pacific/Apia", hours: "Mo-Su 08:00-18:00"}, "2011-12-30", 1, "2011-12-31"},
		{"back from it", stretch{zone: "Pacific/Apia", hours: "Mo-Su 08:00-18:00"}, "2011-12-30", -1, "2011-12-29"},
		{"round the clock it is none either", stretch{zone: "Pacific/Apia", hours: "24/7"}, "2011-12-29", 1, "2011-12-31"},
	} {
		cfg := tt.s.config(t)
		if got, err := must(calendar.New(cfg)).AddDays(on(tt.from), tt.n); got != on(tt.want) || err != nil {
			t.Errorf("%s: AddDays(%s, %d) = %v, %v, want %s", tt.why, tt.from, tt.n, got, err, tt.want)
		}
		if got, ok := calendartest.NewReference(cfg).AddDays(on(tt.from), tt.n); got != on(tt.want) || !ok {
			t.Errorf("%s: model AddDays(%s, %d) = %v, %v, want %s", tt.why, tt.from, tt.n, got, ok, tt.want)
		}
	}
}

func TestClosingsOfDates(t *testing.T) {
	for _, tt := range []struct{ why, zone, hours, date, want string }{
		{"the last of two", "Europe/London", "Mo-Fr 09:00-12:30,13:30-17:00", "2024-06-14", "2024-06-14T17:00:00+01:00"},
		{"a night goes on: midnight", "Europe/London", "Fr 22:00-06:00", "2024-06-14", "2024-06-15T00:00:00+01:00"},
		{"the date of its tail", "Europe/London", "Fr 22:00-06:00", "2024-06-15", "2024-06-15T06:00:00+01:00"},
		{"a midnight that is not shown is the change", "America/Santiago", "Sa 22:00-06:00", "2024-09-07", "2024-09-08T01:00:00-03:00"},
		{"the second 24:00", "America/Santiago", "Sa 22:00-06:00", "2024-04-06", "2024-04-07T00:00:00-04:00"},
		{"the second 23:30", "America/Santiago", "Sa 22:00-23:30", "2024-04-06", "2024-04-06T23:30:00-04:00"},
		{"Saturday comes back after a minute of Sunday, and ends again", "America/St_Johns", "Sa 22:00-06:00", "2010-11-06", "2010-11-07T00:00:00-03:30"},
		{"a lost date follows", "Pacific/Apia", "Th 22:00-06:00", "2011-12-29", "2011-12-31T00:00:00+14:00"},
		{"a lost date has none", "Pacific/Apia", "Mo-Su 08:00-18:00", "2011-12-30", ""},
		{"nor has one that is closed", "Europe/London", "Mo-Fr 08:00-18:00", "2024-06-15", ""},
	} {
		cfg := stretch{zone: tt.zone, hours: tt.hours}.config(t)
		got, err := must(calendar.New(cfg)).Closing(on(tt.date))
		model, ok := calendartest.NewReference(cfg).Closing(on(tt.date))
		if tt.want == "" {
			if !errors.Is(err, calendar.ErrNeverOpen) || ok {
				t.Errorf("%s: Closing(%s) = %v, %v, model %v", tt.why, tt.date, got, err, model)
			}
			continue
		}
		if written(got) != tt.want || err != nil {
			t.Errorf("%s: Closing(%s) = %s, %v, want %s", tt.why, tt.date, written(got), err, tt.want)
		}
		if written(model) != tt.want {
			t.Errorf("%s: model Closing(%s) = %s, want %s", tt.why, tt.date, written(model), tt.want)
		}
	}
}

func TestReadingsOfTheWall(t *testing.T) {
	for _, tt := range []struct {
		why, zone, date string
		clock           time.Duration
		want            string
	}{
		{"a reading like any other", "Europe/London", "2024-06-12", 9*h + 30*m, "2024-06-12T09:30:00+01:00"},
		{"one that is skipped is the change", "Europe/London", "2024-03-31", 1*h + 30*m, "2024-03-31T02:00:00+01:00"},
		{"the first that is shown after", "Europe/London", "2024-03-31", 2 * h, "2024-03-31T02:00:00+01:00"},
		{"of two the first", "Europe/London", "2024-10-27", 1*h + 30*m, "2024-10-27T01:30:00+01:00"},
		{"02:00 is shown once, by the new clock", "Europe/London", "2024-10-27", 2 * h, "2024-10-27T02:00:00Z"},
		{"no midnight", "America/Santiago", "2024-09-08", 0, "2024-09-08T01:00:00-03:00"},
		{"midnight after the second evening", "America/Santiago", "2024-04-07", 0, "2024-04-07T00:00:00-04:00"},
		{"half an hour skipped", "Australia/Lord_Howe", "2024-10-06", 2*h + 15*m, "2024-10-06T02:30:00+11:00"},
		{"two hours skipped", "Antarctica/Troll", "2024-03-31", 1 * h, "2024-03-31T03:00:00+02:00"},
		{"midnight twice, the first", "America/Havana", "2024-11-03", 0, "2024-11-03T00:00:00-04:00"},
		{"midnight twice, with Saturday between", "America/St_Johns", "2010-11-07", 0, "2010-11-07T00:00:00-02:30"},
		{"00:30 only after that", "America/St_Johns", "2010-11-07", 30 * m, "2010-11-07T00:30:00-03:30"},
		{"a lost date", "Pacific/Apia", "2011-12-30", 12 * h, "2011-12-31T00:00:00+14:00"},
		{"its midnight", "Pacific/Apia", "2011-12-30", 0, "2011-12-31T00:00:00+14:00"},
		{"the last of the date before it", "Pacific/Apia", "2011-12-29", 23*h + 59*m, "2011-12-29T23:59:00-10:00"},
		{"seconds are kept", "Europe/London", "2024-06-12", 9*h + 1500*time.Millisecond, "2024-06-12T09:00:01.5+01:00"},
	} {
		cfg := stretch{zone: tt.zone, hours: "Mo-Fr 08:00-18:00"}.config(t)
		if got := must(calendar.New(cfg)).At(on(tt.date), tt.clock); written(got) != tt.want {
			t.Errorf("%s: At(%s, %v) = %s, want %s", tt.why, tt.date, tt.clock, written(got), tt.want)
		}
		if got, ok := calendartest.NewReference(cfg).At(on(tt.date), tt.clock); written(got) != tt.want || !ok {
			t.Errorf("%s: model At(%s, %v) = %s, %v, want %s", tt.why, tt.date, tt.clock, written(got), ok, tt.want)
		}
	}
}

func TestSpansAcrossChanges(t *testing.T) {
	for _, tt := range []struct {
		why      string
		s        stretch
		from, to string
		want     []string
	}{
		{"touching across the jump", stretch{zone: "America/New_York", hours: "Su 01:00-02:00,03:00-04:00"},
			"2024-03-10T00:00:00-05:00", "2024-03-11T00:00:00-04:00",
			[]string{"2024-03-10T01:00:00-05:00 2024-03-10T04:00:00-04:00"}},
		{"apart across the repeated hour", stretch{zone: "Europe/London", hours: "Su 01:30-03:30"},
			"2024-10-27T00:00:00+01:00", "2024-10-28T00:00:00Z",
			[]string{"2024-10-27T01:30:00+01:00 2024-10-27T01:00:00Z", "2024-10-27T01:30:00Z 2024-10-27T03:30:00Z"}},
		{"one over the lost date", stretch{zone: "Pacific/Apia", hours: "Th-Fr 22:00-06:00"},
			"2011-12-29T00:00:00-10:00", "2012-01-01T00:00:00+14:00",
			[]string{"2011-12-29T22:00:00-10:00 2011-12-31T06:00:00+14:00"}},
		{"cut at the ends asked for", stretch{zone: "Europe/London", hours: "Mo-Fr 08:00-18:00"},
			"2024-06-13T17:00:00.000000001+01:00", "2024-06-14T08:00:00.5+01:00",
			[]string{"2024-06-13T17:00:00.000000001+01:00 2024-06-13T18:00:00+01:00", "2024-06-14T08:00:00+01:00 2024-06-14T08:00:00.5+01:00"}},
		{"nothing when it ends at an opening", stretch{zone: "Europe/London", hours: "Mo-Fr 08:00-18:00"},
			"2024-06-13T18:00:00+01:00", "2024-06-14T08:00:00+01:00", nil},
		{"nothing when reversed", stretch{zone: "Europe/London", hours: "Mo-Fr 08:00-18:00"},
			"2024-06-14T18:00:00+01:00", "2024-06-14T08:00:00+01:00", nil},
		{"all of it round the clock", stretch{zone: "Europe/London", hours: "24/7"},
			"2024-03-31T00:00:00Z", "2024-04-01T00:00:00+01:00",
			[]string{"2024-03-31T00:00:00Z 2024-04-01T00:00:00+01:00"}},
	} {
		cfg := tt.s.config(t)
		var got, model []string
		for s := range must(must(calendar.New(cfg)).Spans(at(tt.from), at(tt.to))) {
			got = append(got, written(s.From)+" "+written(s.To))
		}
		for _, s := range calendartest.NewReference(cfg).Spans(at(tt.from), at(tt.to)) {
			model = append(model, written(s.From)+" "+written(s.To))
		}
		if !slices.Equal(got, tt.want) || !slices.Equal(model, tt.want) {
			t.Errorf("%s: Spans = %s, model %s, want %s", tt.why, fmt.Sprint(got), fmt.Sprint(model), tt.want)
		}
	}
}
