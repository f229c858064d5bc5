package catalog_test

import (
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/supportterms/supportterms/catalog"
)

// listed reads a list of names, one a line, without its comments.
func listed(t *testing.T, file string) (out []string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			out = append(out, line)
		}
	}
	return out
}

// Every numbered clause of the document stands in the edition, in its order,
// and so does every term that it defines.
func TestEveryClauseIsThere(t *testing.T) {
	e, err := catalog.Builtin().Edition(proEdition)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range e.Clauses {
		if c.Number != "Introduction" && !strings.HasPrefix(c.Number, "12.3 note ") {
			got = append(got, c.Number)
		}
	}
	want := listed(t, "testdata/clauses-2025.txt")
	for _, number := range want {
		if !slices.Contains(got, number) {
			t.Errorf("clause %s is not there", number)
		}
	}
	for _, number := range got {
		if !slices.Contains(want, number) {
			t.Errorf("the document has no clause %s", number)
		}
	}
	if !t.Failed() && !slices.Equal(got, want) {
		t.Error("the clauses are not in the document's order")
	}
	if e.Clauses[0].Number != "Introduction" {
		t.Errorf("the first clause is %s, want Introduction", e.Clauses[0].Number)
	}

	decides := map[string]bool{}
	for _, r := range e.Rules() { // the cells of tables among them
		decides[r.Clause] = true
	}
	for _, q := range e.Coverage().Spec.Questions {
		for _, r := range q.Rules {
			decides[r.Clause] = true
		}
	}
	for _, f := range e.Coverage().Figures {
		decides[f.Clause] = true
	}
	for _, c := range e.Clauses {
		if !decides[c.Number] && (c.Party == "" || c.Kind == "") {
			t.Errorf("clause %s decides nothing, and its statement has party %q and kind %q", c.Number, c.Party, c.Kind)
		}
		if c.Summary == "" {
			t.Errorf("clause %s has no summary", c.Number)
		}
	}
}

// Every rule that was found in the document has a case, or a row of the table
// of response times.
func TestEveryRuleHasACase(t *testing.T) {
	e, err := catalog.Builtin().Edition(proEdition)
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.Open("testdata/cells.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]string{}
	for _, line := range lines[1:] {
		rows[line[0]] = line[1]
	}
	cases := coverageCases(t)
	named, wanted := map[string]bool{}, map[string]bool{}
	for _, c := range cases {
		for _, id := range c.Rules {
			named[id] = true
		}
		for _, clause := range c.Want.Clauses {
			wanted[clause] = true
		}
		if len(c.Rules) == 0 {
			t.Errorf("%s names no rule", c.ID)
		}
	}
	known := map[string]bool{}
	for _, line := range listed(t, "testdata/rules-2025.txt") {
		id, where, _ := strings.Cut(line, "\t")
		if known[id] {
			t.Errorf("%s stands twice", id)
		}
		known[id] = true
		by := strings.Fields(where + " cases")
		switch by[0] {
		case "cells":
			for _, row := range by[1 : len(by)-1] {
				if rows[row] != proEdition {
					t.Errorf("%s: cells.csv has no row %s of the edition", id, row)
				}
			}
			continue
		case "empty":
			if !slices.ContainsFunc(e.Clauses, func(c catalog.Clause) bool { return c.Number == by[1] && c.Kind == "empty" }) {
				t.Errorf("%s: clause %s is not there as an empty one", id, by[1])
			}
			continue
		case "clauses":
			for _, clause := range by[1 : len(by)-1] {
				if !wanted[clause] {
					t.Errorf("%s: no case wants clause %s as a reason", id, clause)
				}
			}
		}
		if !named[id] {
			t.Errorf("%s has no case", id)
		}
	}
	for _, c := range cases {
		for _, id := range c.Rules {
			if !known[id] {
				t.Errorf("%s names %s, which is no rule", c.ID, id)
			}
		}
	}
}
