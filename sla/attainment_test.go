package sla_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/sla"
)

// Shards add up to the whole, in any order; and the whole is what one finds by
// looking at every cycle.
func TestAttainmentAddsUp(t *testing.T) {
	run(t, 150, func(s *situation, d digits) string {
		// The same case, as of its events in turn, makes a stream.
		var cases []sla.Case
		for i := range s.c.Events {
			c := s.c
			c.AsOf = s.c.Events[i].At
			cases = append(cases, c)
		}
		by := sla.Period(d.take(4))
		parts := []sla.Attainment{{By: by}, {By: by}, {By: by}}
		whole := sla.Attainment{By: by}
		var want sla.Count
		cycles := map[string]int64{}
		for i, c := range cases {
			label := sla.Label{Offering: fmt.Sprint("offering ", i%2), Edition: "edition"}
			var state sla.State
			if err := s.bound.State(&state, &c); err != nil {
				return fmt.Sprintf("%v%v", err, s)
			}
			whole.Add(&state, label)
			parts[d.take(3)].Add(&state, label)
			for _, m := range state.Metrics {
				for _, c := range m.Cycles {
					cycles[m.Metric]++
					one := sla.Count{Exempt: 1}
					switch {
					case c.Status == sla.StatusUndetermined:
						one = sla.Count{Undetermined: 1}
					case c.To.IsZero() && c.Target.Status() == sla.StatusDue:
						if one = (sla.Count{Due: 1}); c.Breached {
							one.Overdue = 1
						}
					case c.Answered && c.Target.Status() == sla.StatusDue && !c.To.After(c.Deadline):
						one = sla.Count{Met: 1}
					case c.Target.Status() == sla.StatusDue && c.To.After(c.Deadline):
						one = sla.Count{Missed: 1}
					}
					if !c.BreachedAt.IsZero() {
						one.Breached = 1
					}
					want.Met, want.Missed, want.Due = want.Met+one.Met, want.Missed+one.Missed, want.Due+one.Due
					want.Overdue, want.Exempt = want.Overdue+one.Overdue, want.Exempt+one.Exempt
					want.Undetermined, want.Breached = want.Undetermined+one.Undetermined, want.Breached+one.Breached
				}
			}
		}
		sum := sla.Attainment{By: by}
		for _, i := range []int{2, 0, 1} {
			if err := sum.Merge(&parts[i]); err != nil {
				return err.Error()
			}
		}
		if diff := cmp.Diff(whole.Rows(), sum.Rows()); diff != "" {
			return fmt.Sprintf("the shards are not the whole:\n%s%v", diff, s)
		}
		if got := whole.Total(nil); got != want {
			return fmt.Sprintf("counted %+v, want %+v%v", got, want, s)
		}
		for metric, n := range cycles {
			c := whole.Total(func(r sla.Row) bool { return r.Metric == metric })
			if c.Met+c.Missed+c.Due+c.Exempt+c.Undetermined != n {
				return fmt.Sprintf("%s: %d cycles are counted as %+v%v", metric, n, c, s)
			}
		}
		return ""
	})
}

func TestAttainmentByHand(t *testing.T) {
	b := office(t, "4 business hours", nil)
	day := func(hour string) []sla.Event {
		return []sla.Event{{At: monday(t, hour), Kind: sla.Opened, Severity: 1}}
	}
	with := func(events []sla.Event, kind sla.EventKind, hour string) []sla.Event {
		return append(slices.Clone(events), sla.Event{At: monday(t, hour), Kind: kind})
	}
	now := monday(t, "17:00")
	cases := []sla.Case{
		{Events: with(day("08:00"), sla.Responded, "12:00"), AsOf: now},                           // met, to the second
		{Events: with(day("08:00"), sla.Responded, "12:01"), AsOf: now},                           // missed
		{Events: day("14:00"), AsOf: now},                                                         // due
		{Events: day("08:00"), AsOf: now},                                                         // due, and late
		{Events: with(day("08:00"), sla.Cancelled, "09:00"), AsOf: now},                           // exempt
		{Events: with(day("08:00"), sla.Closed, "15:00"), AsOf: now},                              // ended late, with no answer
		{Events: []sla.Event{{At: now, Kind: sla.Responded}}},                                     // not a case
		{Events: []sla.Event{{At: monday(t, "09:00"), Kind: sla.Opened}}, AsOf: now},              // no severity
		{Events: []sla.Event{{At: monday(t, "09:00"), Kind: sla.Opened, Severity: 9}}},            // no such severity
		{Events: with(day("08:00"), sla.Responded, "11:59"), AsOf: monday(t, "10:00")},            // not known yet
		{Events: []sla.Event{{At: monday(t, "18:00"), Kind: sla.Opened, Severity: 1}}, AsOf: now}, // not opened yet
	}
	a := sla.Attainment{By: sla.Month}
	n, errs := a.AddAll(b, slices.Values(cases), sla.Label{Offering: "o", Edition: "e"})
	if n != len(cases) || len(errs) != 2 {
		t.Fatalf("counted %d cases, errors %v", n, errs)
	}
	got := a.Total(func(r sla.Row) bool { return r.Metric == sla.FirstResponse })
	want := sla.Count{Met: 1, Missed: 2, Due: 3, Overdue: 1, Exempt: 1, Undetermined: 1, Breached: 3}
	if got != want {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if r := got.Rat(); r == nil || r.String() != "1/4" {
		t.Errorf("attained %v, want 1/4", r)
	}
	if (sla.Count{Due: 3}).Rat() != nil {
		t.Error("a share of nothing")
	}
	for _, r := range a.Rows() {
		if r.From != (calendar.Date{Year: 2025, Month: 9, Day: 1}) || r.Edition != "e" || r.Offering != "o" {
			t.Errorf("%+v: want September 2025, edition e, offering o", r)
		}
	}
	if err := a.Merge(&sla.Attainment{By: sla.Year}); err == nil {
		t.Error("merged counts by month and by year")
	}
}
