package sla_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"testing"
	"time"

	"github.com/supportterms/supportterms/sla"
)

// The ledger of a metric leaves no time out and tells none twice, and adds up to
// what the state says has elapsed and was paused.
func TestLedgerTilesTheTime(t *testing.T) {
	run(t, 250, func(s *situation, _ digits) string {
		state := s.state()
		for i := range state.Metrics {
			m := &state.Metrics[i]
			ledger, err := state.Ledger(m.Metric)
			if err != nil {
				return fmt.Sprintf("%s: %v%v", m.Metric, err, s)
			}
			if state.Opened.IsZero() {
				if ledger != nil {
					return fmt.Sprintf("%s: a ledger before the opening%v", m.Metric, s)
				}
				continue
			}
			at := state.Opened
			counted, paused := make([]time.Duration, len(m.Cycles)+1), make([]time.Duration, len(m.Cycles)+1)
			for _, e := range ledger {
				switch {
				case !e.From.Equal(at) || !e.From.Before(e.To):
					return fmt.Sprintf("%s: %v to %v does not go on from %v%v", m.Metric, e.From, e.To, at, s)
				case e.Counted != 0 && e.Counted != e.To.Sub(e.From):
					return fmt.Sprintf("%s: %v to %v counts %v%v", m.Metric, e.From, e.To, e.Counted, s)
				case e.Counted == 0 && len(e.Why) == 0 && len(e.Reasons) == 0:
					return fmt.Sprintf("%s: %v to %v does not count, for no reason%v", m.Metric, e.From, e.To, s)
				}
				if at = e.To; slices.Contains(e.Why, "pause") {
					paused[e.Cycle] += e.To.Sub(e.From)
				}
				counted[e.Cycle] += e.Counted
			}
			if !at.Equal(state.AsOf) {
				return fmt.Sprintf("%s: the ledger ends at %v%v", m.Metric, at, s)
			}
			for i, c := range m.Cycles {
				if c.Length > 0 && counted[i+1] != c.Spent.Elapsed {
					return fmt.Sprintf("%s, cycle %d: the ledger counts %v, %v has elapsed%v", m.Metric, i+1, counted[i+1], c.Spent.Elapsed, s)
				}
				if c.Target.Status() == sla.StatusDue && paused[i+1] != c.Wall.Paused {
					return fmt.Sprintf("%s, cycle %d: the ledger pauses for %v, the state for %v%v", m.Metric, i+1, paused[i+1], c.Wall.Paused, s)
				}
			}
		}
		return ""
	})
}

// A deadline with its reasons is that of the current cycle.
func TestDeadlineIsTheStates(t *testing.T) {
	run(t, 250, func(s *situation, _ digits) string {
		report, err := s.bound.Report(s.c, false)
		if err != nil {
			return fmt.Sprintf("%v%v", err, s)
		}
		for i := range report.Metrics {
			m, d := &report.Metrics[i], report.Accounts[i].Deadline
			c := m.Cycle()
			if c == nil {
				c = &sla.Cycle{Status: m.Status}
			}
			if d.Status != m.Status || !d.Due.Equal(c.Deadline) || len(m.Cycles) > 0 && (d.Target != c.Target || d.Clock != c.Clock || d.Severity != c.Severity) {
				return fmt.Sprintf("%s: the state says %v, %v, %v; the deadline %v, %v, %v%v", m.Metric, m.Status, c.Deadline, c.Target, d.Status, d.Due, d.Target, s)
			}
		}
		var one, two bytes.Buffer
		again, _ := s.bound.Report(s.c, false)
		if report.Explain(&one) != nil || again.Explain(&two) != nil || one.String() != two.String() {
			return fmt.Sprintf("explained in two ways%v", s)
		}
		return ""
	})
}

// What would be is what is once it has happened.
func TestWhatIfIsWhatIs(t *testing.T) {
	run(t, 150, func(s *situation, d digits) string {
		at := s.state().AsOf
		events := []sla.Event{{At: at.Add(time.Duration(d.take(1<<20)) * time.Second), Kind: sla.Responded}}
		if d.take(2) == 1 {
			events = append(events, sla.Event{At: at, Kind: sla.SeveritySet, Severity: sla.Severity(1 + d.take(4))})
		}
		is, would, err := s.bound.WhatIf(s.c, events...)
		if s.state().Opened.IsZero() {
			return "" // they may come before the opening
		}
		if err != nil {
			return fmt.Sprintf("%v%v", err, s)
		}
		if text := differ(s.state(), is); text != "" {
			return text + s.String()
		}
		if len(sla.Differences(is, is)) > 0 {
			return fmt.Sprintf("differs from itself%v", s)
		}
		s.c.Events, s.c.AsOf = append(s.c.Events, events...), events[0].At
		if text := differ(s.state(), would); text != "" {
			return text + s.String()
		}
		return ""
	})
}

// A recalculation finds the cases that come out otherwise, and no others.
func TestRecalculateFindsWhatDiffers(t *testing.T) {
	run(t, 100, func(s *situation, d digits) string {
		other := s.bound
		for _, c := range s.c.Changes {
			if c.To != nil {
				other = c.To
			}
		}
		var cases []sla.Case
		for i := range s.c.Events {
			c := s.c
			c.AsOf = s.c.Events[i].At
			cases = append(cases, c)
		}
		got := map[int]string{}
		for r := range sla.Recalculate(s.bound, other, slices.Values(cases)) {
			if r.Err != nil || len(r.Differences) == 0 {
				return fmt.Sprintf("case %d: %v%v", r.Case, r.Err, s)
			}
			for _, d := range r.Differences {
				got[r.Case] += fmt.Sprintln(d.Metric, d.Cycle, d.NewlyBreached())
			}
		}
		for i, c := range cases {
			var was, is sla.State
			if err := errors.Join(s.bound.State(&was, &c), other.State(&is, &c)); err != nil {
				return fmt.Sprintf("%v%v", err, s)
			}
			want := ""
			for m := range was.Metrics {
				a, b := was.Metrics[m].Cycles, is.Metrics[m].Cycles
				for n := range max(len(a), len(b)) {
					one, two := sla.Cycle{}, sla.Cycle{}
					if n < len(a) {
						one = a[n]
					}
					if n < len(b) {
						two = b[n]
					}
					if len(a) <= n || len(b) <= n || one.Status != two.Status || one.Target != two.Target || one.Clock != two.Clock ||
						!one.Deadline.Equal(two.Deadline) || !one.Resumed.Equal(two.Resumed) || !one.BreachedAt.Equal(two.BreachedAt) || one.Breached != two.Breached {
						want += fmt.Sprintln(was.Metrics[m].Metric, n, two.Breached && !one.Breached)
					}
				}
			}
			if got[i] != want {
				return fmt.Sprintf("case %d: recalculated\n%swant\n%s%v", i, got[i], want, s)
			}
		}
		return ""
	})
}

// Events that nobody would log are refused or taken, and never more than that.
func FuzzState(f *testing.F) {
	f.Add([]byte{1, 0, 1, 3, 5, 2, 7, 90, 0, 9, 10, 0, 10, 200, 0}, uint8(0))
	f.Add([]byte{7, 0, 0, 1, 1, 1}, uint8(3))
	b := office(f, "4 business hours", nil)
	start := monday(f, "08:00")
	f.Fuzz(func(t *testing.T, log []byte, rules uint8) {
		c := sla.Case{Raise: sla.Rebase(rules % 6), Lower: sla.Rebase(rules / 6 % 6), Warnings: []int{int(rules)}}
		for ; len(log) > 2; log = log[3:] {
			c.Events = append(c.Events, sla.Event{
				At: start.Add(time.Duration(log[1]) * 17 * time.Minute), Kind: sla.EventKind(log[0]), Severity: sla.Severity(log[2]),
			})
		}
		report, err := b.Report(c, true)
		var s sla.State
		if (err == nil) != (b.State(&s, &c) == nil) {
			t.Fatalf("%v: a report says %v, a state not", c, err)
		}
		if err == nil {
			if err := report.Explain(io.Discard); err != nil {
				t.Fatal(err)
			}
		}
	})
}
