package entitlement_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"unicode/utf8"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/catalog"
	"github.com/supportterms/supportterms/entitlement"
)

// Whatever is stated, there is an answer or an error: no panic, no hang, no
// answer beside an error, and the same from Decide and Verdict.
func FuzzFacts(f *testing.F) {
	for _, row := range [][4]string{
		{"security-fix", "component", `"main"`, "2025-08-01"}, {"allowance", "raw_tb", "9223372036854774.999", ""}, {"allowance", "raw_tb_per_node", "[1, 2.5]", ""},
		{"environment", "machines", `[{"id": "a", "ubuntu": true}]`, "9999-12-31"}, {"uptime", "outages", `[{"from": "2025-01-01T00:00:00Z", "to": "2025-01-01T01:00:00Z", "attribution": "provider"}]`, ""},
		{"product", "covered_nodes", "-1", "2025-02-30"}, {"product", "released_on", `"0000-00-00"`, "x"}, {"\x00phase", "release", `"18.04"`, "2025-08-01"},
		{"guest", "covered_hosts", "1e9", "2024-02-29"}, {"term", "incorporated_on", "null", ""}, {"lifecycle", "", "{}", ""}, {"process", "action", "true", "2026-06-26"},
	} {
		f.Add(row[0], row[1], row[2], row[3])
	}
	f.Fuzz(checkFacts)
}

var desk = catalog.NewDesk(catalog.Builtin(), nil)

func checkFacts(t *testing.T, question, name, value, on string) {
	bound := must(p2025().Bind(entitlement.Contract{Level: "weekday"}))
	facts := entitlement.Facts{Question: question, Values: map[string]any{name: value}}
	if d, err := calendar.ParseDate(on); err == nil {
		facts.On = d
	}
	a, err := bound.Decide(facts)
	v, err2 := bound.Verdict(facts, true)
	if fmt.Sprint(err) != fmt.Sprint(err2) || (err2 == nil) != (v != nil) || err != nil && a != (entitlement.Answer{}) {
		t.Fatalf("%+v: %+v, %v; %v, %v", facts, a, err, v, err2)
	}
	if v != nil {
		if why := differ(p2025(), v, a); why != "" {
			t.Fatalf("%+v: %s", facts, why)
		}
	}
	// The same as a line, and the value as it stands if it is JSON.
	q, _ := json.Marshal(question)
	n, _ := json.Marshal(name)
	o, _ := json.Marshal(on)
	raw := value
	if !json.Valid([]byte(raw)) {
		text, _ := json.Marshal(value)
		raw = string(text)
	}
	line := fmt.Sprintf(`{"edition": "ubuntu-pro/2025-07-02", "question": %s, "on": %s, "range": true, "facts": {%s: %s}}`, q, o, n, raw)
	out := desk.AnswerLine([]byte(line))
	var answer struct {
		Outcome, Status, Error *string
	}
	if err := json.Unmarshal(out, &answer); err != nil || !utf8.Valid(out) || answer.Outcome == nil && answer.Status == nil {
		t.Fatalf("%s\n%s\n%v", line, out, err)
	}
	if answer.Error == nil && answer.Outcome != nil {
		if _, err := entitlement.ParseOutcome(*answer.Outcome); err != nil {
			t.Fatalf("%s\n%s", line, out)
		}
	}
}

// Words, numbers, dates and lists, each stated as any fact of any question.
func TestFactsOfAnyKind(t *testing.T) {
	values := []string{
		`"main"`, `"yes"`, `"no"`, "true", "false", "null", "0", "-0", "-1", "0.001", "0.0001", "1e3", "9223372036854774", "9223372036854775", "99999999999999999999",
		`""`, `" "`, `"\u0000"`, `"2025-02-29"`, `"2024-02-29"`, `"9999-12-31"`, `"0001-01-01"`, `"2025-08-01T00:00:00Z"`, `"2025-08-01T00:00:00+99:00"`,
		"[]", "[1]", "[-1]", "[null]", `["1"]`, "[[1]]", `[{"id": "a"}]`, `[{"id": "a"}, {"id": "a"}]`, `[{"id": 1}]`, `[{}]`, "{}", `{"a": 1}`,
		`[{"from": "2025-01-01T00:00:00Z", "to": "2024-01-01T00:00:00Z"}]`,
	}
	r := rand.New(rand.NewPCG(7, 8))
	for _, q := range p2025().Spec.Questions {
		names := append(keysOf(p2025().FactTypes(q.Name)), "x", "")
		for _, name := range names {
			for range 2 {
				checkFacts(t, q.Name, name, values[r.IntN(len(values))], "2025-08-01")
			}
		}
	}
}

// Nothing that is refused is an answer.
func TestNoAnswerBesideAnError(t *testing.T) {
	bound := must(p2025().Bind(entitlement.Contract{Level: "weekday"}))
	a, err := bound.Decide(entitlement.Facts{Question: "product", Values: map[string]any{"product": "openstack", "participating_nodes": "3", "covered_nodes": "4"}})
	var bad *entitlement.ValueError
	if !errors.As(err, &bad) || bad.Field != "facts.covered_nodes" || a != (entitlement.Answer{}) {
		t.Errorf("%+v, %v", a, err)
	}
}
