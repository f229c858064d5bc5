package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/calendar/holiday"
	"github.com/supportterms/supportterms/catalog"
	"github.com/supportterms/supportterms/sla"
)

// maxFile is the largest case that is read, in bytes.
const maxFile = 64 << 20

func readQuery(name string, stdin io.Reader) (*catalog.Query, error) {
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		stdin = f
	}
	text, err := io.ReadAll(io.LimitReader(stdin, maxFile+1))
	if err != nil {
		return nil, err
	}
	if len(text) > maxFile {
		return nil, fmt.Errorf("%s: more than %d MiB", name, maxFile>>20)
	}
	q, err := catalog.ParseQuery(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if q.Case == nil {
		q.Case = new(catalog.CaseTerms)
	}
	return q, nil
}

// A timeline is what there is to draw.
type timeline struct {
	id     string
	report *sla.Report
	// resumed is the report as it would be if the customer answered at the
	// instant asked about; nil when nobody waits.
	resumed *sla.Report
	zone    *time.Location
	hours   *calendar.Calendar // of the place; nil when no clock reads hours
	since   time.Time          // from when the place is that; zero is always
	events  []event            // in order, up to the instant asked about
	later   int                // events after it
}

// An event is one thing that happened, in words.
type event struct {
	at   time.Time
	kind sla.EventKind
	text string
}

// newTimeline puts q to a desk.
func newTimeline(desk *catalog.Desk, q *catalog.Query) (*timeline, error) {
	t := &timeline{id: q.ID}
	a, err := desk.Case(q)
	if err != nil {
		return nil, err
	}
	if t.report = a.Report(); !t.report.Waiting.IsZero() && t.report.Ended.Kind == 0 {
		would := *q
		would.AsOf = &catalog.Instant{Time: t.report.AsOf}
		would.Events = append(slices.Clone(q.Events), catalog.EventTerms{At: *would.AsOf, Kind: sla.Resumed.String()})
		if a, err = desk.Case(&would); err != nil {
			return nil, err
		}
		t.resumed = a.Report()
	}
	t.place(q)
	t.log(q)
	return t, nil
}

// place finds the zone in which the picture is read, and the hours kept there.
func (t *timeline) place(q *catalog.Query) {
	var hours calendar.Hours
	for _, r := range []*sla.Report{t.report, t.resumed} {
		if r == nil {
			continue
		}
		for i := range r.Metrics {
			d := r.Accounts[i].Deadline
			if d.Due.IsZero() {
				continue
			}
			if t.zone == nil {
				t.zone = d.Due.Location()
			}
			if d.Hours.String() != "24/7" && hours.IsZero() && d.Due.Location() == t.zone {
				hours = d.Hours
			}
		}
	}
	places := placesOf(q.Place, q.Portal, q.Headquarters, q.Provider)
	moved := places
	if rule := q.Case.Changes.Place; rule != "" && rule != sla.AsRead.String() {
		for _, e := range q.Events {
			if to := placesOf(e.Place, e.Portal, e.Headquarters, e.Provider); len(to) > 0 && !e.At.After(t.report.AsOf) && !e.At.Before(t.since) {
				moved, t.since = to, e.At.Time
			}
		}
	}
	if t.zone == nil {
		t.zone = t.report.AsOf.Location()
		if len(moved) > 0 {
			if zone, err := time.LoadLocation(moved[0].Zone); err == nil {
				t.zone = zone
			}
		}
	}
	cfg := calendar.Config{Hours: hours, Location: t.zone}
	for _, p := range moved {
		if p.Zone != t.zone.String() || cfg.Holidays != nil {
			continue
		}
		if p.Holidays != nil {
			list := calendar.List{}
			for _, d := range p.Holidays {
				list[d] = ""
			}
			cfg.Holidays = list
		} else if list, err := holiday.ByCode(p.Region, p.Allow != "", false); err == nil {
			cfg.Holidays = list
		}
	}
	// Where the hours cannot be had the ledgers still say what is closed.
	t.hours, _ = calendar.New(cfg)
}

// placesOf returns those places that are given.
func placesOf(places ...*catalog.PlaceTerms) []*catalog.PlaceTerms {
	return slices.DeleteFunc(places, func(p *catalog.PlaceTerms) bool { return p == nil })
}

// log puts what happened in order.
func (t *timeline) log(q *catalog.Query) {
	terms := slices.Clone(q.Events)
	for _, e := range []struct {
		at       *catalog.Instant
		kind     sla.EventKind
		severity *int
	}{{q.Opened, sla.Opened, q.Severity}, {q.Acknowledged, sla.Acknowledged, nil}, {q.Responded, sla.Responded, nil}} {
		if e.at != nil {
			terms = append(terms, catalog.EventTerms{At: *e.at, Kind: e.kind.String(), Severity: e.severity})
		}
	}
	for _, e := range terms {
		kind, _ := sla.ParseEventKind(e.Kind) // the desk has refused others
		if e.At.After(t.report.AsOf) {
			t.later++
			continue
		}
		text := spaced(kind.String())
		if e.Severity != nil {
			text = strings.TrimSuffix(text, " set") + fmt.Sprintf(" %d", *e.Severity)
			if kind == sla.Opened {
				text = fmt.Sprintf("opened, severity %d", *e.Severity)
			}
		}
		t.events = append(t.events, event{e.At.In(t.zone), kind, text})
	}
	slices.SortStableFunc(t.events, func(a, b event) int {
		if c := a.at.Compare(b.at); c != 0 {
			return c
		}
		return int(a.kind) - int(b.kind)
	})
	t.events = slices.CompactFunc(t.events, func(a, b event) bool { return a.at.Equal(b.at) && a.text == b.text })
}

// spaced writes a name with spaces.
func spaced(name string) string { return strings.ReplaceAll(name, "_", " ") }
