package slatest_test

import (
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/calendar/calendartest"
	"github.com/supportterms/supportterms/sla"
	"github.com/supportterms/supportterms/sla/slatest"
)

// The model is checked by hand where it is easy to see what is right. The week
// is one of 2025 in London, without a holiday but on Wednesday.
func TestReference(t *testing.T) {
	loc, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	place := &sla.Place{Location: loc, Holidays: calendar.List{calendar.MustParseDate("2025-09-03"): "Wednesday off"}}
	at := func(day, hour, minute int) time.Time { return time.Date(2025, 9, day, hour, minute, 0, 0, loc) }
	type terms = slatest.Terms
	for _, tt := range []struct {
		why    string
		target string
		clock  sla.Clock
		more   terms
		from   time.Time
		n      int
		pauses []calendar.Span
		want   time.Time
	}{
		{"4 hours of Monday", "4 business hours", sla.Business, terms{}, at(1, 9, 0), 1, nil, at(1, 13, 0)},
		{"over the night", "4 business hours", sla.Business, terms{}, at(1, 16, 0), 1, nil, at(2, 10, 0)},
		{"over the holiday", "4 business hours", sla.Business, terms{}, at(2, 16, 0), 1, nil, at(4, 10, 0)},
		{"over the holiday that counts", "4 business hours", sla.Business, terms{HolidaysCounted: true}, at(2, 16, 0), 1, nil, at(3, 10, 0)},
		{"used up at the closing", "4 business hours", sla.Business, terms{}, at(1, 14, 0), 1, nil, at(1, 18, 0)},
		{"used up at the closing, due at the opening", "4 business hours", sla.Business, terms{NextOpen: true}, at(1, 14, 0), 1, nil, at(2, 8, 0)},
		{"three times", "4 business hours", sla.Business, terms{}, at(1, 9, 0), 3, nil, at(2, 11, 0)},
		{"less an hour of waiting", "4 business hours", sla.Business, terms{}, at(1, 9, 0), 1, []calendar.Span{{From: at(1, 10, 0), To: at(1, 11, 0)}}, at(1, 14, 0)},
		{"a wait from before the start", "4 business hours", sla.Business, terms{}, at(1, 9, 0), 1, []calendar.Span{{From: at(1, 7, 0), To: at(1, 10, 0)}}, at(1, 14, 0)},
		{"plain hours", "4 hours", sla.Elapsed, terms{}, at(2, 22, 0), 1, nil, at(3, 2, 0)},
		{"plain hours but on holidays", "4 hours", sla.ElapsedExcludingHolidays, terms{}, at(2, 22, 0), 1, nil, at(4, 2, 0)},
		{"from the next opening on", "12 hours", sla.ElapsedFromCoverage, terms{}, at(2, 20, 0), 1, nil, at(4, 20, 0)},
		{"from the first opening after a wait", "4 hours", sla.ElapsedFromCoverage, terms{}, at(1, 20, 0), 1, []calendar.Span{{From: at(2, 7, 0), To: at(2, 19, 0)}}, at(4, 12, 0)},
		{"started, then a wait, then on", "12 hours", sla.ElapsedFromCoverage, terms{}, at(1, 9, 0), 1, []calendar.Span{{From: at(1, 17, 0), To: at(1, 22, 0)}}, at(2, 2, 0)},
		{"hours of the week", "4 weekday hours", sla.Weekday24h, terms{}, at(5, 22, 0), 1, nil, at(8, 2, 0)},
		{"a week", "Weekly", sla.CalendarWeek, terms{}, at(6, 12, 0), 1, nil, at(13, 12, 0)},
		{"a week, moved to an opening", "Weekly", sla.CalendarWeekRoll, terms{}, at(6, 12, 0), 1, nil, at(15, 8, 0)},
		{"a week, at a closing", "Weekly", sla.CalendarWeekRoll, terms{}, at(1, 18, 0), 1, nil, at(8, 18, 0)},
		{"a week, moved by a wait", "Weekly", sla.CalendarWeek, terms{}, at(1, 12, 0), 1, []calendar.Span{{From: at(2, 0, 0), To: at(3, 0, 0)}}, at(9, 12, 0)},
		{"a business day", "1 business day", sla.Business, terms{}, at(5, 20, 0), 1, nil, at(8, 18, 0)},
		{"a business day by the clock", "1 business day", sla.Business, terms{Day: slatest.SameClock}, at(5, 20, 0), 1, nil, at(9, 8, 0)},
		{"a business day to its end", "1 business day", sla.Business, terms{Day: slatest.EndOfDay}, at(5, 20, 0), 1, nil, at(8, 18, 0)},
		{"a business day over the holiday", "1 business day", sla.Business, terms{Day: slatest.SameClock}, at(2, 9, 30), 1, nil, at(4, 9, 30)},
	} {
		tt.more.Clock, tt.more.Hours = tt.clock, calendar.MustParseHours("Mo-Fr 08:00-18:00")
		if tt.more.Target, err = sla.ParseTarget(tt.target); err != nil {
			t.Fatal(err)
		}
		got, ok := tt.more.Reference(place).Due(tt.from, tt.n, tt.pauses...)
		if !ok || !got.Equal(tt.want) {
			t.Errorf("%s: %v %v, want %v", tt.why, got, ok, tt.want)
		}
	}
}

// Every number makes values that can be used, whatever a shrinker tries.
func TestEveryNumberMakesValues(t *testing.T) {
	for _, n := range []int{0, 1, -1, 2, 1 << 20, 1<<60 - 1, -1 << 40, 1<<63 - 1, -1 << 63} {
		p, terms := calendartest.PlaceOf(n), slatest.TermsOf(n)
		if slatest.TargetOf(n).Status() != sla.StatusDue {
			t.Errorf("%d: %v", n, slatest.TargetOf(n))
		}
		b, err := terms.Bind(slatest.Place(p, n), true)
		if err != nil {
			t.Errorf("%d: %v", n, err)
			continue
		}
		if _, err := b.Deadline(sla.FirstResponse, sla.Case{Events: slatest.EventsOf(p, terms, n, n)}, false); err != nil {
			t.Errorf("%d: %v", n, err)
		}
		end := time.Time{}
		for _, s := range slatest.PausesOf(p, terms, n) {
			if s.From.Before(end) || !s.From.Before(s.To) {
				t.Errorf("%d: %v after %v", n, s, end)
			}
			end = s.To
		}
	}
}
