package catalog_test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"gopkg.in/yaml.v3"

	"github.com/supportterms/supportterms/catalog"
	"github.com/supportterms/supportterms/sla"
)

// A pin is a query with its answer, as far as rules may change it.
type pin struct {
	query                      []byte
	status, due, clock, target string
}

func (p pin) holds(t testing.TB, desk *catalog.Desk) bool {
	var got struct {
		Status, Clock, Target string
		Due                   time.Time
	}
	if err := json.Unmarshal(desk.AnswerLine(p.query), &got); err != nil {
		t.Fatal(err)
	}
	due := time.Time{}
	if p.due != "" {
		var err error
		if due, err = time.Parse(time.RFC3339, p.due); err != nil {
			t.Fatal(err)
		}
	}
	return got.Status == p.status && got.Due.Equal(due) && got.Clock == p.clock && got.Target == p.target
}

// An answerNode is where a file gives the answer of a rule.
type answerNode struct {
	question string
	is       *yaml.Node
	set      func(*yaml.Node)
}

func child(n *yaml.Node, key string) *yaml.Node {
	for i := 0; n != nil && i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

func pairs(n *yaml.Node, visit func(key string, value *yaml.Node)) {
	for i := 0; n != nil && i+1 < len(n.Content); i += 2 {
		visit(n.Content[i].Value, n.Content[i+1])
	}
}

func items(n *yaml.Node) []*yaml.Node {
	if n == nil || n.Kind == yaml.ScalarNode {
		return []*yaml.Node{n}
	}
	return n.Content
}

func node(t testing.TB, text string) *yaml.Node { return tree(t, text).Content[0] }

// ofResponses reports whether a question is one of package sla.
func ofResponses(question string) bool {
	_, err := sla.ParseQuestion(question)
	return err == nil
}

// responsePart is a file without what only coverage questions rest on.
func responsePart(t testing.TB, text string) string {
	root := node(t, text)
	keep := func(n *yaml.Node, wanted func(key string, value *yaml.Node) bool) {
		if n == nil {
			return
		}
		var out []*yaml.Node
		for i := 0; i+1 < len(n.Content); i += 2 {
			if wanted(n.Content[i].Value, n.Content[i+1]) {
				out = append(out, n.Content[i], n.Content[i+1])
			}
		}
		n.Content = out
	}
	clauses := child(root, "clauses")
	named := map[string]bool{} // whatever stands in a clause
	var deciding []*yaml.Node
	for _, clause := range clauses.Content {
		keep(child(clause, "rules"), func(question string, _ *yaml.Node) bool { return ofResponses(question) })
		keep(clause, func(key string, value *yaml.Node) bool {
			return key != "figures" && (key != "table" || child(value, "gives") == nil) && (key != "rules" || len(value.Content) > 0)
		})
		if len(clause.Content) == 4 { // the number and the summary
			clause.Content = append(clause.Content, node(t, "{statement: {party: both, kind: empty}}").Content...)
		}
		if child(clause, "statement") == nil {
			deciding = append(deciding, clause)
		}
		walk(clause, "", func(n *yaml.Node, _ string, _ bool) { named[n.Value] = true })
	}
	keep(child(root, "readings"), func(key string, _ *yaml.Node) bool { return named[key] })
	cited := map[string]bool{}
	for _, key := range []string{"readings", "facts"} {
		if n := child(root, key); n != nil {
			walk(n, "", func(n *yaml.Node, _ string, _ bool) { cited[n.Value] = true })
		}
	}
	clauses.Content = slices.DeleteFunc(clauses.Content, func(c *yaml.Node) bool {
		return !slices.Contains(deciding, c) && !cited[child(c, "clause").Value]
	})
	keep(root, func(key string, _ *yaml.Node) bool {
		return !slices.Contains([]string{"services", "limits", "tables", "questions", "case_lifecycle", "terms", "words"}, key)
	})
	return written(t, root)
}

// answerNodes finds the answers of all response rules of a file by the rules'
// names.
func answerNodes(t testing.TB, root *yaml.Node) map[string]answerNode {
	out := map[string]answerNode{}
	at := func(n *yaml.Node, question string) answerNode {
		return answerNode{question, n, func(to *yaml.Node) { *n = *to }}
	}
	for _, clause := range child(root, "clauses").Content {
		if table := child(clause, "table"); table != nil && child(table, "gives") == nil {
			for _, row := range child(table, "rows").Content {
				var is []string
				for _, n := range items(child(row, "is")) {
					is = append(is, n.Value)
				}
				id := strings.Join(is, "+")
				if n := child(row, "id"); n != nil {
					id = n.Value
				}
				for i, cell := range child(row, "cells").Content {
					if means := child(cell, "means"); means != nil {
						cell = means
					}
					column := child(child(table, "columns").Content[i], "id").Value
					out[child(table, "name").Value+"/"+column+"/"+id] = at(cell, "target")
				}
			}
		}
		pairs(child(clause, "rules"), func(question string, rules *yaml.Node) {
			if !ofResponses(question) {
				return
			}
			pairs(rules, func(name string, r *yaml.Node) {
				out[question+"/"+name] = at(child(r, "then"), question)
			})
		})
		pairs(child(clause, "follow"), func(question string, f *yaml.Node) {
			key, as := f.Value, child(f, "as")
			if n := child(f, "reading"); n != nil {
				key = n.Value
			}
			pairs(child(child(child(root, "readings"), key), "values"), func(value string, _ *yaml.Node) {
				if n := child(as, value); n != nil {
					out[question+"/"+value] = at(n, question)
					return
				}
				out[question+"/"+value] = answerNode{question, node(t, value), func(to *yaml.Node) {
					*f = *node(t, fmt.Sprintf("{reading: %s, as: {%s: %s}}", key, value, to.Value))
				}}
			})
		})
	}
	return out
}

// otherAnswers are answers to a question other than a rule's own.
func otherAnswers(t testing.TB, e *catalog.Edition, question string, is *yaml.Node) (out []string) {
	q, err := sla.ParseQuestion(question)
	if err != nil {
		t.Fatal(err)
	}
	switch q {
	case sla.QSeverity:
		for _, s := range e.Policy().Severities {
			out = append(out, fmt.Sprint(s))
		}
	case sla.QTarget, sla.QMeasure:
		target, err := sla.ParseTarget(is.Value)
		if err != nil {
			t.Fatal(err)
		}
		out = []string{"no_target", "as_agreed"}
		if n, unit := target.Amount(); n > 0 {
			longer, _ := sla.NewTarget(n+1, unit)
			out = []string{longer.String(), "as_agreed"}
		}
	case sla.QHours:
		out = []string{"late"}
	case sla.QLocation:
		out = []string{"[place]", "[headquarters]", "[portal]", "[provider]"}
		if n := len(is.Content); n > 1 {
			var turned []string
			for i := range n {
				turned = append(turned, is.Content[n-1-i].Value)
			}
			out = append(out, "["+strings.Join(turned, ", ")+"]")
		}
	default:
		out = q.Words()
	}
	own, _ := yaml.Marshal(is)
	return slices.DeleteFunc(slices.Clone(out), func(s string) bool { return s == is.Value || s == strings.TrimSpace(string(own)) })
}

// Every response rule of the built-in editions is pinned: with any other
// answer, a row of cells.csv or a case below comes out differently.
func TestRulesArePinned(t *testing.T) {
	pins := map[string][]pin{} // by edition
	for _, row := range readCells(t) {
		pins[row["edition"]] = append(pins[row["edition"]],
			pin{cellQuery(t, row), row["status"], row["due"], row["clock"], row["target"]})
	}
	whole := catalog.NewDesk(catalog.Builtin(), nil)
	for _, c := range pinCases {
		p := pin{[]byte(`{"edition": "` + c.edition + `", ` + c.query + `}`), c.status, c.due, c.clock, c.target}
		pins[c.edition] = append(pins[c.edition], p)
		if !p.holds(t, whole) {
			t.Errorf("%s: %s: %s\n%s, want %s %s %s", c.edition, c.why, c.query, whole.AnswerLine(p.query), c.status, c.due, c.target)
		}
	}
	if thin() > 1 {
		t.Skip("too long for the race detector, in one goroutine")
	}
	excused := map[string]bool{}
	total := 0
	for _, id := range catalog.Builtin().Editions() {
		text, err := os.ReadFile("data/" + id + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		lines := map[string]int{}
		for _, r := range parse(t, id, string(text)).Rules() {
			if ofResponses(r.Question) {
				lines[r.ID] = r.Line
			}
		}
		// Coverage rules are pinned elsewhere. Without them the file is read
		// many times faster.
		part := responsePart(t, string(text))
		e := parse(t, id, part)
		if n := len(answerNodes(t, node(t, part))); n != len(e.Rules()) || n != len(lines) {
			t.Errorf("%s: %d answers found, %d rules, %d in the whole file", id, n, len(e.Rules()), len(lines))
		}
		c, err := catalog.Load(fstest.MapFS{"x.yaml": {Data: []byte(part)}})
		if err != nil {
			t.Fatal(err)
		}
		desk := catalog.NewDesk(c, nil)
		for _, p := range pins[id] {
			if !p.holds(t, desk) {
				t.Fatalf("%s: the part on responses answers otherwise: %s", id, p.query)
			}
		}
		for _, r := range e.Rules() {
			was := answerNodes(t, node(t, part))[r.ID]
			if was.is == nil {
				t.Fatalf("%s: no answer of %s", id, r.ID)
			}
			for _, other := range otherAnswers(t, e, r.Question, was.is) {
				total++
				root := node(t, part)
				answerNodes(t, root)[r.ID].set(node(t, other))
				if other == "late" {
					first := child(root, "clauses").Content[0]
					first.Content = append(first.Content, node(t, `{hours: {late: {open: "Mo-Fr 17:30-18:30"}}}`).Content...)
				}
				c, err := catalog.Load(fstest.MapFS{"x.yaml": {Data: []byte(written(t, root))}})
				if err != nil {
					// The other answer would contradict another rule.
					if !strings.Contains(err.Error(), r.ID) || !strings.Contains(err.Error(), "can both speak") {
						t.Errorf("%s: %s with %s: %v", id, r.ID, other, err)
					}
					continue
				}
				desk := catalog.NewDesk(c, nil)
				pinned := slices.ContainsFunc(pins[id], func(p pin) bool { return !p.holds(t, desk) })
				why, excuse := unpinned[id+" "+r.ID+" "+other]
				switch {
				case !pinned && !excuse:
					t.Errorf("%s:%d: %s with %s changes no answer", id, lines[r.ID], r.ID, other)
				case pinned && excuse:
					t.Errorf("%s: %s with %s is pinned, and excused: %s", id, r.ID, other, why)
				}
				if excuse {
					excused[id+" "+r.ID+" "+other] = true
				}
			}
		}
	}
	if len(excused) != len(unpinned) {
		t.Errorf("%d excused of %d: some excuse is of no rule", len(excused), len(unpinned))
	}
	t.Logf("%d other answers", total)
}

// unpinned are answers that change nothing, with the reason.
var unpinned = map[string]string{
	"smart-start/undated ongoing_base/latest-event severity-update": "an ongoing response has no target, so nothing counts from anywhere",
	"smart-start/undated ongoing_base/latest-event latest-response": "an ongoing response has no target, so nothing counts from anywhere",
	"smart-start/undated initial_base/request keep":                 "every severity has one target, so which of them is kept is the same",
}

const (
	proEdition      = "ubuntu-pro/2025-07-02"
	overviewEdition = "support-overview/undated"
	julyEdition     = "ubuntu-advantage/2017-07-21"
	februaryEdition = "ubuntu-advantage/2017-02-09"
	smartEdition    = "smart-start/undated"

	// What the cases below have in common: contracts, a place, a Monday's events.
	proWeekday = `"contract": {"level": "weekday"}, `
	standard   = `"contract": {"offering": "server-standard"}, `
	first      = `"metric": "first_response", `
	london     = `"place": {"zone": "Europe/London", "holidays": []}, `
	newYork    = `{"zone": "America/New_York", "holidays": []}`
)

// on writes the events of a day: "opened/2 09:00, responded 10:00".
func on(day, offset, events string) string {
	var out []string
	for _, e := range strings.Split(events, ", ") {
		kind, at, _ := strings.Cut(e, " ")
		kind, severity, set := strings.Cut(kind, "/")
		line := `{"kind": "` + kind + `", "at": "` + day + "T" + at + ":00" + offset + `"`
		if set {
			line += `, "severity": ` + severity
		}
		out = append(out, line+"}")
	}
	return `"events": [` + strings.Join(out, ", ") + "]"
}

func reading(key, value string) string { return `"readings": {"` + key + `": "` + value + `"}, ` }

// A change of severity, an automatic answer and a wait for the customer, on a
// Monday of each edition.
const (
	rising  = "opened/3 09:00, severity_set/2 09:30, severity_set/1 10:00"
	machine = "opened/2 09:00, acknowledged 09:05"
	waited  = "opened/2 09:00, awaiting_customer 10:00, resumed 12:00"
)

type pinCase struct {
	why, edition, query        string
	status, due, clock, target string
}

var pinCases = slices.Concat(
	eventPins(proEdition, proWeekday, "2025-09-01", "+01:00", "8 business hours", "2025-09-01T17:00:00+01:00", "2025-09-02T09:00:00+01:00"),
	eventPins(overviewEdition, proWeekday, "2025-09-01", "+01:00", "8 business hours", "2025-09-01T17:00:00+01:00", "2025-09-02T09:00:00+01:00"),
	eventPins(julyEdition, standard, "2017-09-04", "+01:00", "4 business hours", "2017-09-04T13:00:00+01:00", "2017-09-04T15:00:00+01:00"),
	eventPins(februaryEdition, standard, "2017-03-06", "+00:00", "4 business hours", "2017-03-06T13:00:00+00:00", "2017-03-06T15:00:00+00:00"),
	eventPins(smartEdition, "", "2025-09-01", "+01:00", "12 business hours", "2025-09-02T11:00:00+01:00", "2025-09-02T13:00:00+01:00"),
	[]pinCase{
		{"from the opening, at severity 1", proEdition, proWeekday + first + london + on("2025-09-01", "+01:00", rising),
			"due", "2025-09-01T13:00:00+01:00", "business", "4 business hours"},
		{"from the change to severity 1", proEdition, proWeekday + first + london + reading("sla.initial_base", "severity-update") + on("2025-09-01", "+01:00", rising),
			"due", "2025-09-01T14:00:00+01:00", "business", "4 business hours"},
		{"from the opening, at severity 1", overviewEdition, proWeekday + first + london + on("2025-09-01", "+01:00", rising),
			"due", "2025-09-01T13:00:00+01:00", "weekday-24h", "4 weekday hours"},
		{"from the change to severity 1", overviewEdition, proWeekday + first + london + reading("sla.initial_base", "severity-update") + on("2025-09-01", "+01:00", rising),
			"due", "2025-09-01T14:00:00+01:00", "weekday-24h", "4 weekday hours"},
		{"from the opening, at severity 2, the first that was set", julyEdition, standard + first + london + on("2017-09-04", "+01:00", rising),
			"due", "2017-09-04T13:00:00+01:00", "business", "4 business hours"},
		{"from the opening, at severity 1", julyEdition, standard + first + london + reading("sla.initial_base", "request") + on("2017-09-04", "+01:00", rising),
			"due", "2017-09-04T11:00:00+01:00", "business", "2 business hours"},
		{"from the change to severity 1", julyEdition, standard + first + london + reading("sla.initial_base", "severity-update") + on("2017-09-04", "+01:00", rising),
			"due", "2017-09-04T12:00:00+01:00", "business", "2 business hours"},
		{"from the opening, at severity 2, the first that was set", februaryEdition, standard + first + london + on("2017-03-06", "+00:00", rising),
			"due", "2017-03-06T13:00:00+00:00", "business", "4 business hours"},
		{"from the opening, at severity 1", februaryEdition, standard + first + london + reading("sla.initial_base", "request") + on("2017-03-06", "+00:00", rising),
			"due", "2017-03-06T11:00:00+00:00", "business", "2 business hours"},
		{"from the change to severity 1", februaryEdition, standard + first + london + reading("sla.initial_base", "severity-update") + on("2017-03-06", "+00:00", rising),
			"due", "2017-03-06T12:00:00+00:00", "business", "2 business hours"},
		{"from the opening", smartEdition, first + london + on("2025-09-01", "+01:00", rising),
			"due", "2025-09-02T11:00:00+01:00", "business", "12 business hours"},
		{"from the last change", smartEdition, first + london + reading("sla.initial_base", "severity-update") + on("2025-09-01", "+01:00", rising),
			"due", "2025-09-02T12:00:00+01:00", "business", "12 business hours"},

		{"after the severity was set, from it", proEdition, proWeekday + london + `"metric": "ongoing_response", ` + on("2025-09-01", "+01:00", "opened/2 09:00, responded 10:00, severity_set/1 11:00"),
			"due", "2025-09-01T13:00:00+01:00", "business", "2 business hours"},
		{"after a follow-up, from it", proEdition, proWeekday + london + `"metric": "ongoing_response", ` + on("2025-09-01", "+01:00", "opened/2 09:00, severity_set/1 10:00, responded 10:30, updated 11:00"),
			"due", "2025-09-01T13:00:00+01:00", "business", "2 business hours"},
		{"the first slot from the severity is served, so the second", proEdition, proWeekday + london + `"metric": "ongoing_response", ` + reading("sla.ongoing_base", "severity-update") + on("2025-09-01", "+01:00", "opened/2 09:00, severity_set/1 10:00, responded 10:30, updated 11:00"),
			"due", "2025-09-01T14:00:00+01:00", "business", "2 business hours"},
		{"after the severity was set, from the response", proEdition, proWeekday + london + `"metric": "ongoing_response", ` + reading("sla.ongoing_base", "latest-response") + on("2025-09-01", "+01:00", "opened/2 09:00, responded 10:00, severity_set/1 11:00"),
			"due", "2025-09-01T12:00:00+01:00", "business", "2 business hours"},

		{"self-support has no manager", proEdition, `"contract": {"level": "self-support"}, "metric": "management_escalation", ` + london + on("2025-09-01", "+01:00", "opened/2 09:00, escalated 10:00"),
			"not_entitled", "", "", ""},
		{"a solution has no time", proEdition, proWeekday + `"metric": "resolution", ` + london + on("2025-09-01", "+01:00", "opened/2 09:00"), "no_target", "", "", ""},
		{"a solution has no time", julyEdition, standard + `"metric": "resolution", ` + london + on("2017-09-04", "+01:00", "opened/2 09:00"), "no_target", "", "", ""},
		{"a solution has no time", februaryEdition, standard + `"metric": "resolution", ` + london + on("2017-03-06", "+00:00", "opened/2 09:00"), "no_target", "", "", ""},
		{"a solution has no time", smartEdition, `"metric": "resolution", ` + london + on("2025-09-01", "+01:00", "opened/2 09:00"), "no_target", "", "", ""},

		{"twelve hours in business hours, from Friday at five", overviewEdition, `"contract": {"level": "24x7"}, ` + first + london + reading("sla.247.sev2_4_clock", "coverage-hours") + on("2025-09-05", "+01:00", "opened/4 17:00"),
			"due", "2025-09-09T09:00:00+01:00", "business", "12 hours"},
		{"twelve hours at any time from Friday at five", overviewEdition, `"contract": {"level": "24x7"}, ` + first + london + reading("sla.247.sev2_4_clock", "elapsed-from-coverage") + on("2025-09-05", "+01:00", "opened/4 17:00"),
			"due", "2025-09-06T05:00:00+01:00", "elapsed-from-coverage", "12 hours"},
		{"the portal's location before the agreed one", overviewEdition, proWeekday + first + london + `"portal": ` + newYork + `, ` + on("2025-09-01", "+01:00", "opened/2 09:00"),
			"due", "2025-09-01T16:00:00-04:00", "business", "8 business hours"},
		{"the agreed location before the portal's", smartEdition, first + london + `"portal": ` + newYork + `, ` + on("2025-09-01", "+01:00", "opened/2 09:00"),
			"due", "2025-09-02T11:00:00+01:00", "business", "12 business hours"},
		{"the portal's location when none is agreed", smartEdition, first + `"portal": ` + newYork + `, ` + on("2025-09-01", "-04:00", "opened/2 09:00"),
			"due", "2025-09-02T11:00:00-04:00", "business", "12 business hours"},
		{"Sunday is worked where the weekend is Friday and Saturday", smartEdition, first + `"place": {"zone": "Asia/Riyadh", "holidays": [], "weekend": ["Fr", "Sa"]}, ` + reading("calendar.weekend", "local-weekend") + on("2025-09-07", "+03:00", "opened/2 09:00"),
			"due", "2025-09-08T11:00:00+03:00", "business", "12 business hours"},
		{"used up at closing, due then", smartEdition, first + london + on("2025-09-01", "+01:00", "opened/2 16:00"),
			"due", "2025-09-02T18:00:00+01:00", "business", "12 business hours"},
		{"used up at closing, due at the next opening", smartEdition, first + london + reading("calendar.close", "next-open") + on("2025-09-01", "+01:00", "opened/2 16:00"),
			"due", "2025-09-03T08:00:00+01:00", "business", "12 business hours"},
	},
)

// eventPins are what every edition says of automatic answers and of waiting,
// for a case of severity 2 that is due at one time, and at another when the
// clock has stood still for two hours.
func eventPins(edition, contract, day, offset, target, due, held string) []pinCase {
	ask := contract + first + london
	return []pinCase{
		{"a machine is no person", edition, ask + on(day, offset, machine), "due", due, "business", target},
		{"a machine is enough", edition, ask + reading("sla.initial_response", "automatic") + on(day, offset, machine), "met", due, "business", target},
		{"nothing stops the clock", edition, ask + on(day, offset, waited), "due", due, "business", target},
		{"waiting stops the clock", edition, ask + reading("sla.hold", "awaiting-customer") + on(day, offset, waited), "due", held, "business", target},
	}
}
