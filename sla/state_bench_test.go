package sla_test

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/catalog"
	"github.com/supportterms/supportterms/entitlement"
	"github.com/supportterms/supportterms/sla"
	"github.com/supportterms/supportterms/sla/slatest"
)

// benchCases returns cases of ten years, of three events or of ten.
func benchCases(b *testing.B, events int) (*sla.Bound, []sla.Case) {
	b.Helper()
	loc, err := time.LoadLocation("Europe/London")
	if err != nil {
		b.Fatal(err)
	}
	holidays := calendar.List{}
	for y := 2025; y <= 2037; y++ {
		for _, day := range []string{"01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"} {
			holidays[calendar.MustParseDate(time.Date(y, 1, 1, 0, 0, 0, 0, loc).Format("2006")+"-"+day)] = "bank holiday"
		}
	}
	e, err := catalog.Builtin().Edition("ubuntu-pro/2025-07-02")
	if err != nil {
		b.Fatal(err)
	}
	bound, err := e.Bind(entitlement.Contract{Level: entitlement.AllHours}, "",
		e.Calendars(sla.Places{sla.Agreed: {Location: loc, Holidays: holidays}}))
	if err != nil {
		b.Fatal(err)
	}
	kinds := []sla.EventKind{
		sla.Opened, sla.Responded, sla.Updated, sla.SeveritySet, sla.AwaitingCustomer, sla.Resumed, sla.Updated,
		sla.CustomerReplied, sla.Responded, sla.Resolved,
	}
	if events == 3 {
		kinds = []sla.EventKind{sla.Opened, sla.Responded, sla.Resolved}
	}
	r := rand.New(rand.NewPCG(1, 2))
	first, last := time.Date(2025, 7, 2, 0, 0, 0, 0, loc), time.Date(2035, 7, 2, 0, 0, 0, 0, loc)
	cases := make([]sla.Case, 1<<12)
	for i := range cases {
		at := first.Add(time.Duration(r.Int64N(int64(last.Sub(first)))).Truncate(time.Second))
		for _, kind := range kinds {
			e := sla.Event{At: at, Kind: kind}
			if kind == sla.Opened || kind == sla.SeveritySet {
				e.Severity = sla.Severity(1 + r.IntN(4))
			}
			cases[i].Events = append(cases[i].Events, e)
			at = at.Add(time.Duration(r.Int64N(int64(8 * time.Hour))).Truncate(time.Second))
		}
	}
	var s sla.State
	for i := range cases { // what is compiled or grown once is outside the loop
		if err := bound.State(&s, &cases[i]); err != nil {
			b.Fatal(err)
		}
	}
	return bound, cases
}

// BenchmarkState is every metric of a case of ten events, into the same State.
func BenchmarkState(b *testing.B) {
	for _, name := range []string{"ordered", "shuffled"} {
		b.Run(name, func(b *testing.B) {
			bound, cases := benchCases(b, 10)
			if name == "shuffled" {
				r := rand.New(rand.NewPCG(3, 4))
				for _, c := range cases {
					r.Shuffle(len(c.Events), func(i, j int) { c.Events[i], c.Events[j] = c.Events[j], c.Events[i] })
				}
			}
			var s sla.State
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				if err := bound.State(&s, &cases[i&(len(cases)-1)]); err != nil {
					b.Fatal(err)
				}
				i++
			}
		})
	}
}

// BenchmarkAttainment counts a stream of cases, on one core and on two.
func BenchmarkAttainment(b *testing.B) {
	for _, events := range []int{3, 10} {
		for _, cores := range []int{1, 2} {
			b.Run(fmt.Sprintf("events=%d/cores=%d", events, cores), func(b *testing.B) {
				bound, cases := benchCases(b, events)
				label := sla.Label{Edition: "ubuntu-pro/2025-07-02"}
				b.ReportAllocs()
				b.ResetTimer()
				parts := make([]sla.Attainment, cores)
				var wait sync.WaitGroup
				for i := range parts {
					parts[i].By = sla.Month
					wait.Go(func() {
						stream := func(yield func(sla.Case) bool) {
							for n := i; n < b.N; n += cores {
								if !yield(cases[n&(len(cases)-1)]) {
									return
								}
							}
						}
						if _, errs := parts[i].AddAll(bound, stream, label); errs != nil {
							b.Error(errs[0])
						}
					})
				}
				wait.Wait()
				for i := range parts[1:] {
					if err := parts[0].Merge(&parts[i+1]); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "cases/s")
			})
		}
	}
}

// BenchmarkLongCase is a case of many events of all kinds, with rules that keep
// every wait and severity in play; the time of an event should not grow.
func BenchmarkLongCase(b *testing.B) {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		b.Fatal(err)
	}
	for _, base := range sla.QOngoingBase.Words() {
		terms := slatest.Terms{
			Target: mustTarget("4 business hours"), Clock: sla.Business, Hours: calendar.MustParseHours("Mo-Fr 08:00-18:00"),
			InitialBase: "request", OngoingBase: base,
		}
		bound, err := terms.Bind(&sla.Place{Location: london, Holidays: calendar.List{}}, true)
		if err != nil {
			b.Fatal(err)
		}
		for _, rule := range []sla.Rebase{sla.AsRead, sla.Retroactive, sla.Carry} {
			for _, events := range []int{1_000, 100_000} {
				b.Run(fmt.Sprintf("%s/%v/events=%d", base, rule, events), func(b *testing.B) {
					c := sla.Case{Raise: rule, Lower: rule}
					at := time.Date(2025, 1, 1, 9, 0, 0, 0, london)
					for i := range events {
						e := sla.Event{At: at, Kind: sla.AwaitingCustomer}
						switch {
						case i == 0:
							e.Kind, e.Severity = sla.Opened, 1
						case i == 1:
							e.Kind = sla.Responded
						case i%3 == 0:
							e.Kind = sla.Resumed
						case i%3 == 1:
							e.Kind, e.Severity = sla.SeveritySet, sla.Severity(1+i%2)
						}
						if c.Events = append(c.Events, e); i > 1 && events > 2 {
							at = at.Add(time.Minute)
						}
					}
					var s sla.State
					for b.Loop() {
						if err := bound.State(&s, &c); err != nil {
							b.Fatal(err)
						}
					}
					b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*events), "ns/event")
				})
			}
		}
	}
}
