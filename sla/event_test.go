package sla_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/sla"
	"github.com/supportterms/supportterms/sla/slatest"
)

// sameTarget lets go-cmp compare deadlines.
var sameTarget = cmpopts.EquateComparable(sla.Target{})

// eventNames is the list of the JSON forms, in order of precedence.
var eventNames = []string{
	"opened", "acknowledged", "severity_set", "location_changed", "contract_changed", "customer_replied", "responded",
	"updated", "awaiting_customer", "resumed", "escalated", "resolved", "closed", "reopened", "cancelled", "merged",
}

func TestEventKinds(t *testing.T) {
	for i, name := range eventNames {
		k := sla.EventKind(i + 1)
		if k.String() != name {
			t.Errorf("kind %d is %q, want %q", i+1, k, name)
		}
		for _, s := range []string{name, strings.ReplaceAll(name, "_", "-")} {
			if got, err := sla.ParseEventKind(s); err != nil || got != k {
				t.Errorf("%q is %v, %v", s, got, err)
			}
		}
	}
	if sla.EventKind(0).String() != "" || sla.EventKind(17).String() != "EventKind(17)" {
		t.Errorf("%q, %q", sla.EventKind(0), sla.EventKind(17))
	}
	for _, s := range []string{"", "open", "Opened", " opened", "severity set"} {
		_, err := sla.ParseEventKind(s)
		var parse *sla.ParseError
		if !errors.As(err, &parse) || parse.Input != s || !strings.Contains(err.Error(), "opened, acknowledged, severity_set") {
			t.Errorf("%q gives %v", s, err)
		}
	}
}

func TestNames(t *testing.T) {
	statuses := []string{
		"unspecified", "undetermined", "document_not_in_force", "not_offered", "not_entitled", "no_target", "as_agreed",
		"continuous", "not_started", "due", "paused", "met", "missed", "cancelled",
	}
	for i, name := range statuses {
		s := sla.Status(i)
		if b, err := s.MarshalText(); s.String() != name || string(b) != name || err != nil {
			t.Errorf("status %d is %q, %q, %v; want %q", i, s, b, err, name)
		}
	}
	if sla.Status(14).String() != "Status(14)" {
		t.Error(sla.Status(14))
	}
	clocks := []string{
		"", "business", "elapsed", "elapsed-excluding-holidays", "elapsed-from-coverage", "weekday-24h", "calendar-week",
		"calendar-week", "Clock(8)",
	}
	for i, name := range clocks {
		if got := sla.Clock(i).String(); got != name {
			t.Errorf("clock %d is %q, want %q", i, got, name)
		}
	}
	questions := []string{
		"severity", "target", "measure", "clock", "hours", "holidays", "weekend", "location", "close", "business_day",
		"initial_base", "ongoing_base", "initial_response", "hold", "Question(14)",
	}
	for i, name := range questions {
		q := sla.Question(i)
		if q.String() != name {
			t.Errorf("question %d is %q, want %q", i, q, name)
		}
		if got, err := sla.ParseQuestion(name); (err == nil) != (i < 14) || err == nil && got != q {
			t.Errorf("%q is %v, %v", name, got, err)
		}
	}
	// The zero clock is none: it answers no question.
	if words := sla.QClock.Words(); len(words) != 7 || words[0] != "business" || words[6] != "calendar-week-roll" {
		t.Errorf("clocks are %q", words)
	}
	if sla.QTarget.Words() != nil || sla.QLocation.Words() != nil {
		t.Error("a target is no word")
	}
	for i, name := range []string{"place", "headquarters", "portal", "provider"} {
		if got, err := sla.ParseLocator(name); err != nil || got != sla.Locator(i) || got.String() != name {
			t.Errorf("%q is %v, %v", name, got, err)
		}
	}
	if _, err := sla.ParseLocator("home"); err == nil || sla.Locator(9).String() != "Locator(9)" {
		t.Error(err, sla.Locator(9))
	}
	for i, name := range []string{"first", "ongoing", "request", "outcome"} {
		if got, err := sla.ParseMetricKind(name); err != nil || got != sla.MetricKind(i) {
			t.Errorf("%q is %v, %v", name, got, err)
		}
	}
	if _, err := sla.ParseMetricKind("last"); err == nil || !strings.Contains(err.Error(), "outcome") {
		t.Error(err)
	}
}

// office binds terms in London office hours.
func office(t testing.TB, target string, change func(*slatest.Terms)) *sla.Bound {
	t.Helper()
	terms := slatest.Terms{Target: mustTarget(target), Clock: sla.Business, Hours: calendar.MustParseHours("Mo-Fr 08:00-18:00")}
	if change != nil {
		change(&terms)
	}
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	b, err := terms.Bind(&sla.Place{Location: london, Holidays: calendar.List{}}, true)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// monday is 2025-09-01 in London, a week without a holiday.
func monday(t testing.TB, clock string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, "2025-09-01T"+clock+":00+01:00")
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// Severity s is due after s times two business hours here. Every log is taken
// in every order of arrival.
func TestEventsAtOneInstant(t *testing.T) {
	b := office(t, "2 business hours", nil)
	at := func(clock string, k sla.EventKind, s ...sla.Severity) sla.Event {
		e := sla.Event{At: monday(t, clock), Kind: k}
		if len(s) > 0 {
			e.Severity = s[0]
		}
		return e
	}
	for _, tt := range []struct {
		why    string
		metric string
		events []sla.Event
		status sla.Status
		due    string
		stated sla.Severity
	}{
		{"opened stands before all else", sla.FirstResponse,
			[]sla.Event{at("08:00", sla.Opened, 1), at("08:00", sla.Responded), at("08:00", sla.SeveritySet, 2)},
			sla.StatusMet, "12:00", 2},
		{"a severity set at one instant in two ways: the most urgent first, so the other one lasts", sla.FirstResponse,
			[]sla.Event{at("08:00", sla.Opened), at("09:00", sla.SeveritySet, 3), at("09:00", sla.SeveritySet, 1)},
			sla.StatusDue, "14:00", 3},
		{"the severity is set before the response of the same instant", sla.OngoingResponse,
			[]sla.Event{at("08:00", sla.Opened, 1), at("09:00", sla.Responded), at("09:00", sla.SeveritySet, 2)},
			sla.StatusDue, "13:00", 2},
		{"a wait of no length", sla.FirstResponse,
			[]sla.Event{at("08:00", sla.Opened, 1), at("09:00", sla.AwaitingCustomer), at("09:00", sla.Resumed)},
			sla.StatusDue, "10:00", 1},
		{"resolved and reopened at once is open, and counts from there", sla.FirstResponse,
			[]sla.Event{at("08:00", sla.Opened, 1), at("09:00", sla.Resolved), at("09:00", sla.Reopened)},
			sla.StatusDue, "11:00", 1},
		{"reopened comes before cancelled", sla.FirstResponse,
			[]sla.Event{at("08:00", sla.Opened, 1), at("08:30", sla.Closed), at("09:00", sla.Cancelled), at("09:00", sla.Reopened)},
			sla.StatusCancelled, "11:00", 1},
		{"an escalation comes after a response of the same instant, which is not its answer", sla.ManagementEscalation,
			[]sla.Event{at("08:00", sla.Opened, 1), at("09:00", sla.Escalated), at("09:00", sla.Responded)},
			sla.StatusDue, "11:00", 1},
		{"equal events are one", sla.FirstResponse,
			[]sla.Event{at("08:00", sla.Opened, 1), at("08:00", sla.Opened, 1), at("09:00", sla.Responded), at("09:00", sla.Responded)},
			sla.StatusMet, "10:00", 1},
		{"equal events in another zone are one too", sla.FirstResponse,
			[]sla.Event{at("08:00", sla.Opened, 1), {At: monday(t, "08:00").UTC(), Kind: sla.Opened, Severity: 1}},
			sla.StatusDue, "10:00", 1},
	} {
		t.Run(tt.why, func(t *testing.T) {
			var first *sla.Deadline
			for order := range permutations(tt.events) {
				before := slices.Clone(order)
				d, err := b.Deadline(tt.metric, sla.Case{Events: order}, false)
				if err != nil {
					t.Fatal(err)
				}
				if d.Status != tt.status || !d.Due.Equal(monday(t, tt.due)) || d.Stated != tt.stated {
					t.Fatalf("%v: %v, due %v, severity %d; want %v, %s, %d", order, d.Status, d.Due, d.Stated, tt.status, tt.due, tt.stated)
				}
				if first == nil {
					first = d
				}
				if diff := cmp.Diff(first, d, sameTarget); diff != "" {
					t.Fatalf("%v: %s", order, diff)
				}
				if diff := cmp.Diff(before, order, sameTarget); diff != "" {
					t.Fatalf("the caller's events are changed: %s", diff)
				}
			}
		})
	}
}

func permutations[T any](xs []T) func(yield func([]T) bool) {
	return func(yield func([]T) bool) {
		xs := slices.Clone(xs)
		var walk func(n int) bool
		walk = func(n int) bool {
			if n == len(xs) {
				return yield(slices.Clone(xs))
			}
			for i := n; i < len(xs); i++ {
				xs[n], xs[i] = xs[i], xs[n]
				more := walk(n + 1)
				xs[n], xs[i] = xs[i], xs[n]
				if !more {
					return false
				}
			}
			return true
		}
		walk(0)
	}
}

func TestCasesThatCannotBe(t *testing.T) {
	b := office(t, "2 business hours", nil)
	at := func(clock string, k sla.EventKind, s sla.Severity) sla.Event {
		return sla.Event{At: monday(t, clock), Kind: k, Severity: s}
	}
	for _, tt := range []struct {
		why  string
		c    sla.Case
		want string
	}{
		{"nothing at all", sla.Case{}, "neither events nor the start"},
		{"no opening", sla.Case{Events: []sla.Event{at("08:00", sla.Responded, 0)}}, "before the case is opened"},
		{"an answer before the opening", sla.Case{Events: []sla.Event{at("08:00", sla.Responded, 0), at("09:00", sla.Opened, 1)}}, "responded at 2025-09-01T08:00:00+01:00: stands before the case is opened"},
		{"two openings", sla.Case{Events: []sla.Event{at("08:00", sla.Opened, 1), at("09:00", sla.Opened, 1)}}, "opened twice, first opened at 2025-09-01T08:00"},
		{"two openings at once that differ", sla.Case{Events: []sla.Event{at("08:00", sla.Opened, 1), at("08:00", sla.Opened, 2)}}, "opened twice"},
		{"a severity set to none", sla.Case{Events: []sla.Event{at("08:00", sla.Opened, 1), at("09:00", sla.SeveritySet, 0)}}, "sets no severity"},
		{"a severity where it has no meaning", sla.Case{Events: []sla.Event{at("08:00", sla.Opened, 1), at("09:00", sla.Responded, 1)}}, "only opened and severity_set have one"},
		{"an end of no wait", sla.Case{Events: []sla.Event{at("08:00", sla.Opened, 1), at("09:00", sla.Resumed, 0)}}, "was not awaiting"},
		{"no such kind", sla.Case{Events: []sla.Event{at("08:00", sla.Opened, 1), at("09:00", 17, 0)}}, "no such kind"},
		{"no kind", sla.Case{Events: []sla.Event{at("08:00", sla.Opened, 1), at("09:00", 0, 0)}}, "no such kind"},
		{"no instant", sla.Case{Events: []sla.Event{at("08:00", sla.Opened, 1), {Kind: sla.Responded}}}, "has no instant"},
		{"two forms at once", sla.Case{Events: []sla.Event{at("08:00", sla.Opened, 1)}, CountedFrom: monday(t, "08:00")}, "at once"},
		{"a severity beside events", sla.Case{Events: []sla.Event{at("08:00", sla.Opened, 1)}, Severity: 1}, "at once"},
		{"a severity the edition does not have", sla.Case{Events: []sla.Event{at("08:00", sla.Opened, 5)}}, `severity "5" is not known: want one of 1, 2, 3, 4`},
		{"the same, later", sla.Case{Events: []sla.Event{at("08:00", sla.Opened, 1), at("09:00", sla.SeveritySet, 255)}}, `severity "255"`},
		{"the same, of the other form", sla.Case{CountedFrom: monday(t, "08:00"), Severity: 9}, `severity "9"`},
	} {
		d, err := b.Deadline(sla.FirstResponse, tt.c, true)
		if err == nil || d != nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, %v; want an error with %q", tt.why, d, err, tt.want)
		}
	}
}

func FuzzParseEventKind(f *testing.F) {
	for _, s := range append(slices.Clone(eventNames), "", "severity-set", "SEVERITY_SET", "-", "opened\x00") {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		k, err := sla.ParseEventKind(s)
		if (err == nil) != slices.Contains(eventNames, strings.ReplaceAll(s, "-", "_")) {
			t.Fatalf("%q is %v, %v", s, k, err)
		}
		if err == nil && k.String() != strings.ReplaceAll(s, "-", "_") {
			t.Fatalf("%q is %v", s, k)
		}
	})
}
