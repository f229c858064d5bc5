package catalog_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/catalog"
	"github.com/supportterms/supportterms/entitlement"
	"github.com/supportterms/supportterms/sla"
)

var update = flag.Bool("update", false, "write the golden files anew")

// A goldenLine is a query about a case, why it is asked, and the line that
// answers it byte by byte.
type goldenLine struct {
	Why    string          `json:"why"`
	Query  json.RawMessage `json:"query"`
	Answer json.RawMessage `json:"answer"`
}

const goldenFile = "testdata/state.jsonl"

func goldenLines(t testing.TB) (out []goldenLine) {
	t.Helper()
	text, err := os.ReadFile(goldenFile)
	if err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(text) {
		var g goldenLine
		if err := json.Unmarshal(line, &g); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		out = append(out, g)
	}
	return out
}

// caseDesk has the built-in editions, and two of a document that follow one
// another.
func caseDesk(t testing.TB) *catalog.Desk {
	t.Helper()
	text, err := os.ReadFile("testdata/good/harbour.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(text, []byte("cells: [4 business hours, ")) {
		t.Fatal("no cell of 4 business hours")
	}
	fourth := strings.Replace(string(text), "cells: [4 business hours, ", "cells: [8 business hours, ", 1)
	fourth = strings.Replace(fourth, "edition: \"3\"", "edition: \"4\"", 1)
	fourth = strings.Replace(fourth, "since: 2024-01-01", "since: 2025-03-03\n  until: 2026-01-01\n  until_source: hearsay", 1)
	third := strings.Replace(string(text), "since: 2024-01-01", "since: 2024-01-01\n  until: 2025-03-03\n  until_source: the fourth", 1)
	files := fstest.MapFS{"harbour-3.yaml": {Data: []byte(third)}, "harbour-4.yaml": {Data: []byte(fourth)}}
	for _, name := range []string{
		"data/catalog.yaml", "data/ubuntu-pro/2025-07-02.yaml", "data/support-overview/undated.yaml",
		"data/smart-start/undated.yaml", "testdata/good/foundry.yaml",
	} {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if name = path.Base(path.Dir(name)) + "-" + path.Base(name); name == "data-catalog.yaml" {
			name = "catalog.yaml"
			_, text, _ = bytes.Cut(text, []byte("\n  ubuntu-pro:"))
			text = append([]byte("documents:\n  harbour-care:\n    known:\n"+
				"    - {edition: \"5\", since: 2026-01-01, source: hearsay}\n  ubuntu-pro:"), text...)
		}
		files[name] = &fstest.MapFile{Data: text}
	}
	c, err := catalog.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	return catalog.NewDesk(c, nil)
}

// The answers to cases, byte by byte: from a desk that has not been asked, and
// from one that has been asked everything.
func TestGoldenCases(t *testing.T) {
	lines := goldenLines(t)
	asked := caseDesk(t)
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	for i := range lines {
		g := &lines[i]
		if answer := asked.AnswerLine(g.Query); *update {
			g.Answer = answer
			if err := enc.Encode(g); err != nil {
				t.Fatal(err)
			}
		} else if !bytes.Equal(answer, g.Answer) {
			t.Errorf("%s (go test ./catalog -run GoldenCases -update writes it anew):\n got %s\nwant %s", g.Why, answer, g.Answer)
		}
	}
	if *update {
		if err := os.WriteFile(goldenFile, b.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
		lines = goldenLines(t)
	}
	fresh := caseDesk(t)
	for _, g := range slices.Backward(lines) {
		q, err := catalog.ParseQuery(g.Query)
		if err != nil {
			t.Fatal(err)
		}
		a, err := fresh.Case(q)
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		if err := a.Report().Explain(&b); err != nil || strings.Count(b.String(), "\n\n") < len(a.Metrics) {
			t.Errorf("%s: %v\n%s", g.Why, err, &b)
		}
		for _, desk := range []*catalog.Desk{fresh, asked} {
			if answer := desk.AnswerLine(g.Query); !bytes.Equal(answer, g.Answer) {
				t.Errorf("%s: another answer to the same query:\n got %s\nwant %s", g.Why, answer, g.Answer)
			}
		}
	}
}

// An answer that is read and written again is the same bytes, and has every key
// in the order of the type.
func TestCaseAnswerRoundTrip(t *testing.T) {
	for _, g := range goldenLines(t) {
		dec := json.NewDecoder(bytes.NewReader(g.Answer))
		dec.DisallowUnknownFields()
		var a catalog.CaseAnswer
		if err := dec.Decode(&a); err != nil {
			t.Errorf("%s: %v", g.Why, err)
			continue
		}
		var b bytes.Buffer
		enc := json.NewEncoder(&b)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(a); err != nil {
			t.Fatal(err)
		}
		if got := strings.TrimSuffix(b.String(), "\n"); got != string(g.Answer) {
			t.Errorf("%s: read and written:\n got %s\nwant %s", g.Why, got, g.Answer)
		}
	}
}

// caseLine is a case of weekday or other support in London.
func caseLine(level, terms, events string) string {
	return `{"id": "x", "edition": "ubuntu-pro/2025-07-02", "contract": {"level": "` + level + `"}, "place": {"zone": "Europe/London", "holidays": []}, ` +
		`"metric": "first_response", "case": {` + terms + `}, "events": [` + events + `]}`
}

// event writes an event of 2025-08-04, a Monday, or of the days after it.
func event(at, kind, more string) string {
	day, clock, _ := strings.Cut(at, " ")
	n := slices.Index([]string{"Mon", "Tue", "Wed", "Thu"}, day)
	if more != "" {
		more = ", " + more
	}
	return fmt.Sprintf(`{"at": "2025-08-%02dT%s:00+01:00", "kind": %q%s}`, 4+n, clock, kind, more)
}

// caseOf asks a case and writes how its metrics stand, what it went through, and
// what comes next.
func caseOf(t *testing.T, d *catalog.Desk, line string) string {
	t.Helper()
	text := d.AnswerLine([]byte(line))
	var a catalog.CaseAnswer
	var e catalog.ErrorAnswer
	if err := errors.Join(json.Unmarshal(text, &a), json.Unmarshal(text, &e)); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	if e.Error != "" {
		return e.Error
	}
	var out []string
	for _, m := range a.Metrics {
		s := m.Status
		if m.Due != nil {
			s += " " + m.Due.Format(time.RFC3339)
		}
		if len(m.Cycles) > 0 {
			for _, r := range m.Cycles[len(m.Cycles)-1].Rebases {
				s += " " + r.Rule
			}
		}
		out = append(out, s)
	}
	for _, n := range a.Next {
		if n.Kind == "terms" {
			out = append(out, "terms "+n.At.Format(time.RFC3339))
		}
	}
	return strings.Join(out, "; ")
}

// Changes of terms while a case runs, by hand. Weekday support answers severity
// 1 in 4 business hours, support at all hours in 1 hour.
func TestChangesOfTerms(t *testing.T) {
	const (
		newYork = `"place": {"zone": "America/New_York", "holidays": []}`
		all     = `"contract": {"level": "24x7"}`
	)
	opened := event("Mon 12:00", "opened", `"severity": 1`)
	late := event("Mon 16:00", "opened", `"severity": 1`)
	moved := event("Mon 14:00", "location_changed", newYork) // 09:00 there
	raised := event("Mon 17:00", "contract_changed", all)
	until := func(terms, asOf string) string {
		return strings.NewReplacer(`{"level": "weekday"}`, `{"level": "weekday", "until": "2025-08-04"}`, `"metric"`, `"as_of": "`+asOf+`", "metric"`).
			Replace(caseLine("weekday", terms, late))
	}
	release := func(rule string) string {
		return `{"edition": "ubuntu-pro/2025-07-02", "contract": {"level": "24x7", "addons": ["legacy"]}, "release": {"version": "16.04"}, ` +
			`"place": {"zone": "Europe/London", "holidays": []}, "metric": "first_response", "case": {"changes": {"release": "` + rule + `"}}, ` +
			`"severity": 1, "opened": "2026-04-21T23:30:00+01:00", "as_of": "2026-04-22T00:10:00+01:00"}`
	}
	harbour := func(rule, asOf string) string {
		return `{"contract": {"document": "harbour-care", "level": "quay"}, "provider": {"zone": "Europe/London", "holidays": []}, "metric": "answer", ` +
			`"case": {"changes": {"edition": "` + rule + `"}}, "severity": 2, "opened": "2025-03-01T11:00:00Z", "as_of": "` + asOf + `"}`
	}
	d := caseDesk(t)
	for _, test := range []struct{ line, want, why string }{
		{caseLine("weekday", "", opened+","+moved), "due 2025-08-04T16:00:00+01:00", "frozen at the opening"},
		{caseLine("weekday", `"changes": {"place": "as-read"}`, opened+","+moved), "due 2025-08-04T16:00:00+01:00", "the same in words"},
		{caseLine("weekday", `"changes": {"contract": "restart"}`, opened+","+moved), "due 2025-08-04T16:00:00+01:00", "no rule for places"},
		{caseLine("weekday", `"changes": {"place": "keep"}`, opened+","+moved), "due 2025-08-04T16:00:00+01:00", "a running clock stays in London"},
		{caseLine("weekday", `"changes": {"place": "restart"}`, opened+","+moved), "due 2025-08-04T13:00:00-04:00 restart", "4 hours from 09:00 there"},
		{caseLine("weekday", `"changes": {"place": "carry"}`, opened+","+moved), "due 2025-08-04T11:00:00-04:00 carry", "2 hours are left at 09:00 there"},
		{caseLine("weekday", `"changes": {"place": "retroactive"}`, opened+","+moved), "due 2025-08-04T12:00:00-04:00 retroactive", "opened at 07:00 there: 4 hours from 08:00"},
		{caseLine("weekday", `"changes": {"place": "restart"}`, opened+","+event("Mon 14:00", "location_changed", "")), "due 2025-08-04T16:00:00+01:00", "moved, and nobody says where"},
		{caseLine("weekday", "", late+","+raised), "due 2025-08-05T10:00:00+01:00", "a contract frozen at the opening"},
		{caseLine("weekday", `"changes": {"contract": "restart"}`, late+","+raised), "due 2025-08-04T18:00:00+01:00 restart", "an hour from the upgrade"},
		{caseLine("weekday", `"changes": {"contract": "retroactive"}`, late+","+raised), "due 2025-08-04T17:00:00+01:00 retroactive", "an hour from the opening"},
		{caseLine("weekday", `"changes": {"contract": "keep"}`, late+","+raised), "due 2025-08-05T10:00:00+01:00", "the cycle at hand stays"},
		{caseLine("weekday", `"changes": {"contract": "retroactive"}`, late+","+event("Mon 17:00", "contract_changed", `"ended": true`)), "not_entitled retroactive", "there is none any more"},
		{caseLine("weekday", `"changes": {"place": "restart", "contract": "restart"}`, opened+","+moved+","+event("Mon 15:00", "contract_changed", all)),
			"due 2025-08-04T11:00:00-04:00 restart restart", "an hour from 10:00 in New York: both hold"},
		{caseLine("weekday", `"changes": {"place": "restart", "contract": "restart"}`, opened+","+event("Mon 13:00", "contract_changed", `"contract": {"level": "weekday", "until": "2025-08-05"}`)+","+moved),
			"due 2025-08-04T13:00:00-04:00 restart restart; terms 2025-08-06T05:00:00+01:00", "the day after the term, at the midnight of the place that is the case's now"},
		{until(`"changes": {"contract": "retroactive"}`, "2025-08-04T23:59:59+01:00"), "due 2025-08-05T10:00:00+01:00; terms 2025-08-05T00:00:00+01:00", "the last second of the term"},
		{until(`"changes": {"contract": "retroactive"}`, "2025-08-05T00:00:00+01:00"), "not_entitled retroactive", "the day after"},
		{strings.Replace(until(`"changes": {"contract": "restart", "place": "restart"}`, "2025-08-05T00:00:00+01:00"), `"severity": 1}]`, `"severity": 1}, `+event("Tue 00:00", "location_changed", newYork)+`]`, 1),
			"due 2025-08-05T12:00:00-04:00 restart; terms 2025-08-05T05:00:00+01:00", "moved at midnight to where the last day goes on"},
		{strings.Replace(until(`"changes": {"contract": "restart", "place": "restart"}`, "2025-08-04T20:00:00+01:00"), `"severity": 1}]`, `"severity": 1}, `+event("Mon 20:00", "location_changed", `"place": {"zone": "Asia/Tokyo", "holidays": []}`)+`]`, 1),
			"not_entitled restart restart", "moved to where the last day is over"},
		{until(`"changes": {"contract": "keep"}`, "2025-08-05T09:00:00+01:00"), "due 2025-08-05T10:00:00+01:00", "what was asked in time is answered"},
		{until(``, "2025-08-05T09:00:00+01:00"), "due 2025-08-05T10:00:00+01:00", "the term of the opening"},
		{release("as-read"), "due 2026-04-22T00:30:00+01:00", "an hour by the phase of the opening"},
		{release("keep"), "due 2026-04-22T00:30:00+01:00; terms 2028-04-26T00:00:00+01:00", "and the end of the last phase is known"},
		{release("carry"), "due 2026-04-22T09:30:00+01:00 carry; terms 2028-04-26T00:00:00+01:00", "in the Legacy term severity 1 is answered as 2 is: half an hour has run of 2 business hours"},
		{release("restart"), "due 2026-04-22T10:00:00+01:00 restart; terms 2028-04-26T00:00:00+01:00", "2 business hours from midnight"},
		{harbour("as-read", "2025-03-03T09:00:00Z"), "due 2025-03-03T10:30:00Z", "an hour of Saturday, 3 of Monday"},
		{harbour("retroactive", "2025-03-03T09:00:00Z"), "due 2025-03-03T14:30:00Z retroactive", "8 by the fourth edition: 7 of Monday"},
		{harbour("carry", "2025-03-03T09:00:00Z"), "due 2025-03-03T14:30:00Z carry", "the hour is kept"},
		{harbour("restart", "2025-03-03T09:00:00Z"), "due 2025-03-03T15:30:00Z restart", "8 of Monday"},
		{harbour("restart", "2025-03-02T23:59:59Z"), "due 2025-03-03T10:30:00Z", "not in force yet"},
		{harbour("restart", "2026-01-02T00:00:00Z"), "no edition of harbour-care is at hand for 2026-01-01; at hand: harbour-care/3, harbour-care/4; known and not at hand: harbour-care/5", "one took effect that nobody has"},
		{strings.Replace(harbour("restart", "2025-03-03T09:00:00Z"), `"level"`, `"edition_policy": "at-start", "from": "2025-01-01", "level"`, 1), "due 2025-03-03T10:30:00Z", "a contract held to the edition of its first day"},
		{strings.Replace(harbour("restart", "2025-03-03T09:00:00Z"), `{"contract"`, `{"edition": "harbour-care/3", "contract"`, 1), "due 2025-03-03T10:30:00Z", "an edition that is named answers alone"},
	} {
		if got := caseOf(t, d, test.line); got != test.want {
			t.Errorf("%s:\n got %s\nwant %s\n%s", test.why, got, test.want, test.line)
		}
	}
}

// What is wrong with a case is said, all of it, with where it stands.
func TestCaseErrors(t *testing.T) {
	opened := event("Mon 12:00", "opened", `"severity": 1`)
	d := caseDesk(t)
	for _, test := range []struct{ line, want string }{
		{caseLine("weekday", `"raise": "cary"`, opened), `case.raise "cary" is not known: want one of as-read, retroactive, carry, restart, keep (carry?)`},
		{caseLine("weekday", `"rise": "carry"`, opened), `query: key "case.rise" is not known: want one of raise, lower, warnings, changes, what_if, brief (raise?)`},
		{caseLine("weekday", `"changes": {"plaec": "keep"}`, opened), `query: key "case.changes.plaec" is not known: want one of place, contract, release, edition (place?)`},
		{caseLine("weekday", `"changes": {"place": 3}`, opened), `query: case.changes.place is of JSON type number: want a string`},
		{caseLine("weekday", `"warnings": [0, 75]`, opened), `case: a warning at 0 percent: want 1 to 99`},
		{caseLine("weekday", `"warnings": 50`, opened), `query: case.warnings is of JSON type number: want a list`},
		{caseLine("weekday", `"what_if": [{"at": "2025-08-04T13:00:00Z", "kind": "answered"}]`, opened), `case.what_if[0]: cannot read event kind "answered"`},
		{caseLine("weekday", `"what_if": [{"at": "2025-08-04T09:00:00Z", "kind": "responded"}]`, opened), `case: responded at 2025-08-04T09:00:00Z: stands before the case is opened`},
		{caseLine("weekday", ``, opened+","+event("Mon 13:00", "responded", `"place": {"zone": "UTC"}`)), `events[1]: only location_changed has a place`},
		{caseLine("weekday", ``, opened+","+event("Mon 13:00", "location_changed", `"ended": true`)), `events[1]: only contract_changed has a contract, or ended`},
		{caseLine("weekday", ``, opened+","+event("Mon 13:00", "contract_changed", `"ended": true, "contract": {}`)), `events[1]: a contract and ended at once: give one`},
		{caseLine("weekday", ``, opened+","+event("Mon 13:00", "contract_changed", `"contract": {"levl": "24x7"}`)), `query: key "events[1].contract.levl" is not known`},
		{caseLine("weekday", `"changes": {"contract": "keep"}`, opened+","+event("Mon 13:00", "contract_changed", `"contract": {"level": "gold"}`)), `terms from 2025-08-04T13:00:00+01:00: contract.level "gold" is not known`},
		{caseLine("weekday", `"changes": {"place": "keep"}`, opened+","+event("Mon 13:00", "location_changed", `"place": {"zone": "Mars"}`)), `events[1]: place.zone "Mars" is not known`},
		{strings.Replace(caseLine("weekday", `"changes": {"contract": "keep"}`, opened+","+event("Mon 13:00", "contract_changed", `"contract": {"document": "ubuntu-pr"}`)),
			`"edition": "ubuntu-pro/2025-07-02", "contract": {`, `"contract": {"document": "ubuntu-pro", `, 1), `events[1]: document "ubuntu-pr" is not known`},
		{strings.Replace(caseLine("weekday", ``, opened), `"metric": "first_response"`, `"metric": "uptime"`, 1), `metric "uptime" is not known`},
		{strings.Replace(caseLine("weekday", ``, opened), `"events": [`+opened+`]`, `"severity": 1, "counted_from": "2025-08-04T12:00:00Z"`, 1), `case beside counted_from`},
		{strings.Replace(caseLine("weekday", ``, opened), `"metric": "first_response"`, `"question": "term"`, 1), `has no use for`},
		{`{"case": {}, "case": {}}`, `query: key "case" is given twice`},
		{`{"Case": {}}`, `query: key "Case" is not known`},
		{"{\"case\"\n: {}, \"case\"\n: null}", `query: key "case" is given twice`},
		{`{"id": "a", "case": {}} {}`, `query: more than one JSON value on the line`},
		{`null`, `query: want one JSON object`},
	} {
		if got := caseOf(t, d, test.line); !strings.Contains(got, test.want) {
			t.Errorf("got %s\nwant %s\n%s", got, test.want, test.line)
		}
	}
}

// A case is answered as package sla reports it, and its promises as they are
// answered when they are asked for one by one.
func TestCaseIsReport(t *testing.T) {
	e, err := catalog.Builtin().Edition("ubuntu-pro/2025-07-02")
	if err != nil {
		t.Fatal(err)
	}
	london, _ := time.LoadLocation("Europe/London")
	bound, err := e.Bind(entitlement.Contract{Level: "24x7", Readings: map[string]string{"sla.hold": "awaiting-customer"}}, "",
		e.Calendars(sla.Places{sla.Agreed: {Location: london, Holidays: calendar.List{calendar.MustParseDate("2025-08-25"): ""}}}))
	if err != nil {
		t.Fatal(err)
	}
	d := catalog.NewDesk(catalog.Builtin(), nil)
	r := rand.New(rand.NewPCG(5, 6))
	kinds := strings.Fields("acknowledged severity_set responded updated awaiting_customer customer_replied escalated resolved closed reopened")
	rules := []sla.Rebase{sla.AsRead, sla.Retroactive, sla.Carry, sla.Restart, sla.Keep}
	for n := range 60 {
		at := time.Date(2025, 8, 20, r.IntN(24), 0, 0, 0, time.UTC)
		c := sla.Case{
			Events: []sla.Event{{At: at, Kind: sla.Opened, Severity: sla.Severity(1 + r.IntN(4))}},
			Raise:  rules[r.IntN(5)], Lower: rules[r.IntN(5)], Warnings: []int{50, 75},
		}
		var events []map[string]any
		add := func(e sla.Event) {
			m := map[string]any{"at": e.At, "kind": e.Kind.String()}
			if e.Severity > 0 {
				m["severity"] = e.Severity
			}
			events = append(events, m)
		}
		add(c.Events[0])
		for range r.IntN(9) {
			at = at.Add(time.Duration(r.IntN(30)) * time.Hour / 2)
			kind, _ := sla.ParseEventKind(kinds[r.IntN(len(kinds))])
			event := sla.Event{At: at, Kind: kind}
			if kind == sla.SeveritySet {
				event.Severity = sla.Severity(1 + r.IntN(4))
			}
			c.Events = append(c.Events, event)
			add(event)
		}
		c.AsOf = at.Add(time.Duration(r.IntN(40)) * time.Hour)
		supposed := sla.Event{At: c.AsOf.Add(time.Hour), Kind: sla.Updated}
		query := map[string]any{
			"edition": e.ID, "contract": map[string]any{"level": "24x7"}, "readings": map[string]string{"sla.hold": "awaiting-customer"},
			"place":  map[string]any{"zone": "Europe/London", "holidays": []string{"2025-08-25"}},
			"events": events, "as_of": c.AsOf, "range": n%2 == 0,
			"case": map[string]any{
				"raise": c.Raise.String(), "lower": c.Lower.String(), "warnings": c.Warnings,
				"what_if": []any{map[string]any{"at": supposed.At, "kind": "updated"}},
			},
		}
		line, err := json.Marshal(query)
		if err != nil {
			t.Fatal(err)
		}
		q, err := catalog.ParseQuery(line)
		if err != nil {
			t.Fatal(err)
		}
		want, err := bound.Report(c, n%2 == 0)
		if err != nil {
			t.Fatal(err)
		}
		a, err := d.Case(q)
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		var b, wanted strings.Builder
		if err := errors.Join(want.Explain(&wanted), a.Report().Explain(&b)); err != nil || b.String() != wanted.String() {
			t.Fatalf("%s, %v: %s", line, err, cmp.Diff(wanted.String(), b.String()))
		}
		same := func(what string, got *time.Time, want time.Time) {
			t.Helper()
			if (got == nil) != want.IsZero() || got != nil && !got.Equal(want) {
				t.Errorf("%s is %v, want %v\n%s", what, got, want, line)
			}
		}
		same("as_of", a.AsOf, want.AsOf)
		same("opened", a.Opened, want.Opened)
		same("waiting_since", a.WaitingSince, want.Waiting)
		for i, m := range want.Metrics {
			got := a.Metrics[i]
			if got.Metric != m.Metric || got.Status != m.Status.String() || got.EverBreached != m.EverBreached || len(got.Cycles) != len(m.Cycles) {
				t.Fatalf("%+v, want %+v\n%s", got, m, line)
			}
			for k, c := range m.Cycles {
				l := got.Cycles[k]
				same("deadline", l.Deadline, c.Deadline)
				same("resumed", l.Resumed, c.Resumed)
				same("breached_at", l.BreachedAt, c.BreachedAt)
				if l.Status != c.Status.String() || l.Breached != c.Breached || l.AtRisk != c.AtRisk || len(l.Rebases) != len(c.Rebases) ||
					l.Seconds != nil && (l.Seconds.Elapsed != c.Spent.Elapsed.Seconds() || l.WallSeconds.Paused != c.Wall.Paused.Seconds()) {
					t.Fatalf("%+v, want %+v\n%s", l, c, line)
				}
			}
			q := *q
			q.Case, q.Metric = nil, m.Metric
			if c.Raise != sla.AsRead || c.Lower != sla.AsRead {
				continue // which a plain query cannot say
			}
			one, err := d.Answer(&q)
			if err != nil {
				t.Fatal(err)
			}
			same("due", got.Due, want.Accounts[i].Deadline.Due)
			if d := cmp.Diff(one.Clauses, got.Clauses) + cmp.Diff(one.Readings, got.Readings) + cmp.Diff(one.Due, got.Due) + cmp.Diff(one.Latest, got.Latest); d != "" {
				t.Errorf("%s: %s", line, d)
			}
		}
		is, would, err := bound.WhatIf(c, supposed)
		if err != nil {
			t.Fatal(err)
		}
		differences := sla.Differences(is, would)
		if len(differences) != len(a.WhatIf) {
			t.Fatalf("%d differences, want %d\n%s", len(a.WhatIf), len(differences), line)
		}
		for i, diff := range differences {
			if got := a.WhatIf[i]; got.Metric != diff.Metric || got.Cycle != diff.Cycle+1 || (got.Was == nil) != (diff.Was == nil) || got.Is.Status != diff.Is.Status.String() {
				t.Errorf("%+v, want %+v", got, diff)
			}
		}
		if slices.ContainsFunc(a.Next, func(n catalog.NextLine) bool { return n.At.Before(c.AsOf) }) {
			t.Errorf("what is next is over\n%s", line)
		}
	}
}

// The two halves of an answer agree, whatever changes while the case runs: where
// a cycle stands, and what its promise comes to with its reasons. The ledger of
// a metric has no gap, and adds up to what has elapsed.
func TestCaseAgrees(t *testing.T) {
	d := catalog.NewDesk(catalog.Builtin(), nil)
	r := rand.New(rand.NewPCG(9, 9))
	one := func(words ...string) string { return words[r.IntN(len(words))] }
	level := func() string { return one("weekday", "24x7") }
	place := func() string {
		return one(`{"zone": "Europe/London", "holidays": ["2026-04-23"]}`, `{"zone": "Asia/Tokyo", "holidays": []}`, `{"zone": "America/New_York", "holidays": []}`)
	}
	rebase := func() string { return one("as-read", "retroactive", "restart", "keep", "carry") }
	change := rebase
	for range 500 {
		at := time.Date(2026, 4, 20, r.IntN(24), 0, 0, 0, time.UTC)
		opened := at
		events := []string{fmt.Sprintf(`{"at": %q, "kind": "opened", "severity": %d}`, at.Format(time.RFC3339), 1+r.IntN(4))}
		for range r.IntN(9) {
			at = at.Add(time.Duration(r.IntN(30)) * time.Hour / 2)
			kind, more := one(strings.Fields("acknowledged severity_set responded updated awaiting_customer escalated closed reopened location_changed contract_changed")...), ""
			switch kind {
			case "severity_set":
				more = fmt.Sprintf(`, "severity": %d`, 1+r.IntN(4))
			case "location_changed":
				more = `, "place": ` + place()
			case "contract_changed":
				more = one(`, "ended": true`, fmt.Sprintf(`, "contract": {"level": %q, "addons": ["legacy"], "until": "2026-04-2%d"}`, level(), r.IntN(10)))
			}
			events = append(events, fmt.Sprintf(`{"at": %q, "kind": %q%s}`, at.Format(time.RFC3339), kind, more))
		}
		asOf := at.Add(time.Duration(r.IntN(60)) * time.Hour)
		line := fmt.Sprintf(`{"edition": %q, "contract": {"level": %q, "addons": ["legacy"]}, "release": {"version": "16.04"}, "readings": {%s}, "place": %s, "as_of": %q, `+
			`"case": {"raise": %q, "lower": %q, "changes": {"place": %q, "contract": %q, "release": %q}}, "events": [%s]}`, proEdition, level(),
			one("", `"sla.hold": "awaiting-customer"`, `"sla.ongoing_base": "severity-update"`, `"sla.initial_base": "severity-update"`), place(), asOf.Format(time.RFC3339),
			rebase(), rebase(), change(), change(), change(), strings.Join(events, ", "))
		q, err := catalog.ParseQuery([]byte(line))
		if err != nil {
			t.Fatal(err)
		}
		a, err := d.Case(q)
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		for i, m := range a.Report().Metrics {
			account := a.Report().Accounts[i]
			due, elapsed, counted, from := time.Time{}, time.Duration(0), time.Duration(0), opened
			c := m.Cycle()
			if c != nil {
				if due = c.Deadline; c.Length > 0 {
					elapsed = c.Spent.Elapsed
				}
			}
			for _, e := range account.Ledger {
				if !e.From.Equal(from) {
					t.Errorf("%s: %v after %v\n%s", m.Metric, e.From, from, line)
				}
				if from = e.To; e.Cycle == len(m.Cycles) && elapsed > 0 {
					counted += e.Counted
				}
			}
			if m.Status != account.Deadline.Status || !due.Equal(account.Deadline.Due) || counted != elapsed || !from.Equal(asOf) {
				t.Fatalf("%s: %v %v, %v of %v, until %v; want %v %v\n%s", m.Metric, m.Status, due, counted, elapsed, from, account.Deadline.Status, account.Deadline.Due, line)
			}
		}
	}
}

// A brief case says the same but for what it leaves out.
func TestCaseInBrief(t *testing.T) {
	d := caseDesk(t)
	for _, line := range benchLines(true)[:200] {
		var whole, brief map[string]any
		short := bytes.Replace(line, []byte(`"case": {}`), []byte(`"case": {"brief": true}`), 1)
		for out, to := range map[*map[string]any][]byte{&whole: line, &brief: short} {
			if err := json.Unmarshal(d.AnswerLine(to), out); err != nil {
				t.Fatal(err)
			}
		}
		for i, m := range whole["metrics"].([]any) {
			in, m := brief["metrics"].([]any)[i].(map[string]any), m.(map[string]any)
			for _, key := range []string{"clauses", "readings", "missing", "earliest", "latest", "otherwise", "left_out", "ledger"} {
				if in[key] != nil {
					t.Fatalf("%s: %s is %v", short, key, in[key])
				}
				delete(in, key)
				delete(m, key)
			}
			delete(in, "holidays")
			delete(m, "holidays")
			if c, _ := m["cycles"].([]any); len(c) == 0 { // whose row it would be is a reason
				delete(in, "effective_severity")
				delete(m, "effective_severity")
				delete(in, "target")
				delete(m, "target")
				delete(in, "clock")
				delete(m, "clock")
			}
		}
		if diff := cmp.Diff(whole, brief); diff != "" {
			t.Fatalf("%s\n%s", line, diff)
		}
	}
	ranged := bytes.Replace(benchLines(true)[0], []byte(`"case": {}`), []byte(`"range": true, "case": {"brief": true}`), 1)
	if out := d.AnswerLine(ranged); !bytes.Contains(out, []byte("case.brief beside range")) {
		t.Errorf("a range in brief: %s", out)
	}
}

// What a desk keeps changes no answer, however many ask at once and however
// often it begins anew.
func TestDeskKeepsNothingElse(t *testing.T) {
	lines := append(benchLines(false)[:150], benchLines(true)[:50]...)
	for _, g := range goldenLines(t) {
		lines = append(lines, g.Query)
	}
	for i, row := range readCells(t) {
		if i%25 == 0 {
			lines = append(lines, cellQuery(t, row))
		}
	}
	want := make([][]byte, len(lines))
	editions := catalog.Builtin()
	for i, line := range lines {
		want[i] = catalog.NewDesk(editions, regions).AnswerLine(line)
	}
	d := catalog.NewDesk(editions, regions)
	ask := func(seed uint64) {
		for _, i := range rand.New(rand.NewPCG(seed, 0)).Perm(len(lines)) {
			if got := d.AnswerLine(lines[i]); !bytes.Equal(got, want[i]) {
				t.Errorf("got %s\nwant %s\n%s", got, want[i], lines[i])
			}
		}
	}
	var wg sync.WaitGroup
	for seed := range 4 {
		wg.Go(func() { ask(uint64(seed)) })
	}
	wg.Wait()
	if testing.Short() {
		return
	}
	first := calendar.MustParseDate("2025-07-02")
	for n := range 2500 { // more places than are kept
		d.AnswerLine([]byte(strings.Replace(caseLine("weekday", "", event("Mon 12:00", "opened", `"severity": 1`)), `"holidays": []`, `"holidays": ["`+first.AddDays(n).String()+`"]`, 1)))
	}
	ask(5)
}

// Any bytes get one line, and the same again.
func FuzzCaseLine(f *testing.F) {
	for _, g := range goldenLines(f) {
		f.Add([]byte(g.Query))
	}
	desk := caseDesk(f)
	f.Fuzz(func(t *testing.T, line []byte) {
		out := desk.AnswerLine(line)
		if !json.Valid(out) || bytes.ContainsAny(out, "\n\r") || !bytes.Equal(out, desk.AnswerLine(line)) {
			t.Fatalf("%s", out)
		}
		var a sla.Attainment
		desk.CountLine(&a, line)
	})
}

// benchLines are queries of a desk's day: some hundreds of customers, each with
// a place and a contract of its own, and cases that differ.
func benchLines(cases bool) (lines [][]byte) {
	r := rand.New(rand.NewPCG(1, 2))
	first := time.Date(2025, 7, 2, 0, 0, 0, 0, time.UTC)
	places := []string{
		`{"zone": "Europe/London", "region": "GB-ENG", "holidays": ["2025-08-25", "2025-12-25", "2025-12-26", "2026-01-01"]}`,
		`{"zone": "America/New_York", "holidays": ["2025-07-04", "2025-09-01", "2025-11-27", "2025-12-25"]}`,
		`{"zone": "Asia/Tokyo", "holidays": ["2025-07-21", "2025-08-11", "2025-09-15", "2025-09-23"]}`,
		`{"zone": "Asia/Dubai", "holidays": [], "weekend": ["Sa", "Su"]}`,
	}
	contracts := []string{
		`{"level": "weekday", "security_scope": "pro", "support_scope": "full", "addons": ["legacy"]}`,
		`{"level": "24x7", "security_scope": "pro", "support_scope": "full"}`,
		`{"level": "24x7"}`, `{"level": "weekday"}`,
	}
	kinds := strings.Fields("opened responded updated severity_set awaiting_customer resumed updated customer_replied responded resolved")
	for i := range 1 << 12 {
		at := first.Add(time.Duration(r.Int64N(int64(300 * 24 * time.Hour)))).Truncate(time.Second)
		customer := r.IntN(256)
		line := fmt.Sprintf(`{"id": "a%d", "edition": "ubuntu-pro/2025-07-02", "contract": %s, "place": %s`, i,
			contracts[customer%4], places[customer/4%4])
		if !cases {
			line += fmt.Sprintf(`, "release": {"version": "14.04", "phase": "legacy"}, "severity": %d, "opened": %q,`+
				` "metric": "first_response", "readings": {"legacy.sev1": "severity-2-row"}}`, 1+r.IntN(4), at.Format(time.RFC3339))
			lines = append(lines, []byte(line))
			continue
		}
		line += `, "case": {}, "events": [`
		for k, kind := range kinds {
			if k > 0 {
				line += ", "
			}
			line += fmt.Sprintf(`{"at": %q, "kind": %q`, at.Format(time.RFC3339), kind)
			if kind == "opened" || kind == "severity_set" {
				line += fmt.Sprintf(`, "severity": %d`, 1+r.IntN(4))
			}
			line += "}"
			at = at.Add(time.Duration(r.Int64N(int64(8 * time.Hour))))
		}
		lines = append(lines, []byte(line+"]}"))
	}
	return lines
}

// BenchmarkLines answers JSON Lines: plain queries about a response, and cases
// of ten events with every metric, which counts only counts.
func BenchmarkLines(b *testing.B) {
	for _, name := range []string{"responses", "cases", "brief"} {
		lines := benchLines(name != "responses")
		for i := range lines {
			if name == "brief" {
				lines[i] = bytes.Replace(lines[i], []byte(`"case": {}`), []byte(`"case": {"brief": true}`), 1)
			}
		}
		b.Run(name, func(b *testing.B) {
			desk := catalog.NewDesk(catalog.Builtin(), nil)
			for _, line := range lines {
				if out := desk.AnswerLine(line); bytes.Contains(out, []byte(`"error"`)) {
					b.Fatalf("%s", out)
				}
			}
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				desk.AnswerLine(lines[i&(len(lines)-1)])
				i++
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "lines/s")
		})
	}
	lines := benchLines(true)
	b.Run("counts", func(b *testing.B) {
		desk, a := catalog.NewDesk(catalog.Builtin(), nil), &sla.Attainment{By: sla.Month}
		for _, line := range lines {
			if out := desk.CountLine(a, line); out != nil {
				b.Fatalf("%s", out)
			}
		}
		b.ReportAllocs()
		i := 0
		for b.Loop() {
			desk.CountLine(a, lines[i&(len(lines)-1)])
			i++
		}
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "lines/s")
	})
}
