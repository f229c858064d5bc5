package catalog_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/supportterms/supportterms/catalog"
	"github.com/supportterms/supportterms/entitlement"
)

// TestTextOfCoverageCases holds that a decision accounts for every rule of its
// question, that its rules that applied are the verdict's reasons, and that it
// is told in the same words again.
func TestTextOfCoverageCases(t *testing.T) {
	rules := map[string][]string{} // by edition and question
	for _, id := range catalog.Builtin().Editions() {
		e, err := catalog.Builtin().Edition(id)
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range e.Coverage().Questions {
			for _, r := range q.Rules {
				rules[id+q.Name] = append(rules[id+q.Name], r.Code)
			}
		}
	}
	desk := catalog.NewDesk(catalog.Builtin(), nil)
	for i, c := range coverageCases(t) {
		if i%thin() != 0 {
			continue
		}
		var texts, lines [2]string
		for i := range 2 {
			q, err := catalog.ParseQuery(c.line())
			if err != nil {
				t.Fatal(err)
			}
			v, err := desk.Verdict(q)
			if err != nil {
				t.Fatalf("%s: %v", c.ID, err)
			}
			d := v.Decided()
			line, err := json.Marshal(d)
			if err != nil {
				t.Fatalf("%s: %v", c.ID, err)
			}
			texts[i], lines[i] = v.Explained().String(), string(line)
			if v.Outcome == entitlement.DocumentNotInForce {
				continue
			}
			var all, applied, wanting, reasons []string
			for _, r := range d.Decision.Rules {
				all = append(all, r.Code)
				if r.Standing == "applied" {
					applied = append(applied, r.Code)
				} else if r.Standing == "wanting" {
					wanting = append(wanting, r.Code)
				}
				if (r.Standing == "overridden") != (r.By != "") || r.By != "" && !slices.Contains(rules[c.Edition+c.Question], r.By) {
					t.Errorf("%s: %+v", c.ID, r)
				}
				if (r.Standing == "not_met" || r.Standing == "wanting") != (r.Lacking != nil) {
					t.Errorf("%s: %+v", c.ID, r)
				}
			}
			for _, r := range v.Reasons {
				if slices.Contains(all, r.Code) {
					reasons = append(reasons, r.Code)
				}
			}
			// A no that is one whatever is missing may rest on one or another of
			// several rules.
			either := v.Outcome.IsNo() && len(reasons) > 0 && !slices.ContainsFunc(reasons, func(code string) bool {
				return !slices.Contains(applied, code) && !slices.Contains(wanting, code)
			})
			if !slices.Equal(all, rules[c.Edition+c.Question]) || !slices.Equal(applied, reasons) && !either {
				t.Errorf("%s: rules %v, applied %v, reasons %v", c.ID, all, applied, reasons)
			}
			if n := strings.Count(texts[i], "\n  ") - strings.Count(v.Explained().Short(), "\n  "); n != 3+len(d.Decision.Known)+len(all) {
				t.Errorf("%s: %d lines more than in short\n%s", c.ID, n, texts[i])
			}
		}
		if texts[0] != texts[1] || lines[0] != lines[1] {
			t.Errorf("%s: told in other words:\n%s\n%s", c.ID, texts[0], texts[1])
		}
	}
}
