package sla_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/supportterms/supportterms/sla"
)

// A repair shop's cases: taken in, mended or sent on, and fetched.
func shop() sla.Lifecycle {
	return sla.Lifecycle{
		Clause: "2", Starts: "bench",
		States: []sla.CaseState{{Name: "bench"}, {Name: "works"}, {Name: "shelf"}, {Name: "gone", Ends: true}},
		Steps: []sla.Step{
			{From: "bench", On: "mended", To: "shelf", Event: sla.Resolved},
			{From: "bench", On: "not-mended", To: "works"},
			{From: "works", On: "not-mended", To: "works"},
			{From: "works", On: "mended", To: "shelf", Event: sla.Resolved},
			{From: "shelf", On: "broken-again", To: "bench", Event: sla.Reopened},
			{From: "shelf", On: "fetched", To: "gone", Event: sla.Closed},
		},
	}
}

func TestLifecycle(t *testing.T) {
	l := shop()
	if err := l.Check(); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ state, on, to, err string }{
		{"bench", "mended", "shelf", ""},
		{"works", "not-mended", "works", ""},
		{"shelf", "mended", "", "case life cycle: no step mended from state shelf: want one of broken-again, fetched"},
		{"gone", "fetched", "", "case life cycle: nothing follows state gone: not fetched"},
		{"attic", "mended", "", "case life cycle: nothing follows state attic: not mended"},
	} {
		to, err := l.Next(test.state, test.on)
		var wrong *sla.StepError
		if to != test.to || (err == nil) != (test.err == "") || err != nil && (err.Error() != test.err || !errors.As(err, &wrong)) {
			t.Errorf("%s, %s: %q, %v; want %q, %s", test.state, test.on, to, err, test.to, test.err)
		}
	}
	at := func(hour int, k sla.EventKind) sla.Event {
		return sla.Event{At: time.Date(2025, 8, 4, hour, 0, 0, 0, time.UTC), Kind: k}
	}
	for _, test := range []struct {
		events []sla.Event
		want   string
		why    string
	}{
		{nil, "bench", "nothing has happened"},
		{[]sla.Event{at(9, sla.Closed)}, "bench", "a close is no step from the bench"},
		{[]sla.Event{at(10, sla.Closed), at(9, sla.Resolved)}, "gone", "in the order of time, not of arrival"},
		{[]sla.Event{at(9, sla.Resolved), at(9, sla.Closed)}, "gone", "resolved comes first at one instant"},
		{[]sla.Event{at(9, sla.Resolved), at(10, sla.Reopened), at(11, sla.Responded)}, "bench", "back again, and a response is no step"},
	} {
		if got := l.After(test.events); got != test.want {
			t.Errorf("%v: %s, want %s: %s", test.events, got, test.want, test.why)
		}
	}
}

func TestLifecycleCheck(t *testing.T) {
	for _, test := range []struct {
		change func(*sla.Lifecycle)
		want   string
	}{
		{func(l *sla.Lifecycle) { l.Starts = "attic" }, `starts: "attic" is no state`},
		{func(l *sla.Lifecycle) { l.States = append(l.States, sla.CaseState{Name: "works"}) }, "state works: stands twice"},
		{func(l *sla.Lifecycle) { l.States = append(l.States, sla.CaseState{Name: "attic", Ends: true}) }, "state attic: is not reached from bench"},
		{func(l *sla.Lifecycle) { l.States[3].Ends = false }, "state gone: is no end, and no step leads on from it"},
		{func(l *sla.Lifecycle) { l.States[2].Ends = true }, "state shelf: is an end, and a step leads on from it"},
		{func(l *sla.Lifecycle) { l.Steps[5].To = "attic" }, `step shelf/fetched: "attic" is no state`},
		{func(l *sla.Lifecycle) { l.Steps[1].On = "mended" }, "step bench/mended: stands twice"},
		{func(l *sla.Lifecycle) { l.Steps[5].Event = sla.Reopened }, "step shelf/fetched: is the event of step shelf/broken-again too"},
	} {
		l := shop()
		test.change(&l)
		if err := l.Check(); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%v, want %s", err, test.want)
		}
	}
}
