package catalog_test

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"regexp"
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

// csvRows reads a table, each row by the names of its columns.
func csvRows(t testing.TB, file string) (out []map[string]string) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, cell := range line {
			row[lines[0][i]] = cell
		}
		out = append(out, row)
	}
	return out
}

// clauseLists are the clauses and headings of each document, and what of the
// edition stands in none: parts without a number.
var clauseLists = map[string]struct {
	file   string
	beside func(number string) bool
}{
	proEdition: {"clauses-2025.txt", func(number string) bool {
		return number == "Introduction" || strings.HasPrefix(number, "12.3 note ")
	}},
	julyEdition:     {"clauses-2017-07.txt", nil},
	februaryEdition: {"clauses-2017-02.txt", nil},
	overviewEdition: {"clauses-support-overview.txt", nil},
	smartEdition:    {"clauses-smart-start.txt", nil},
}

// Every numbered clause of the documents stands in the edition, in its order,
// and so do every heading and every term that it defines.
func TestEveryClauseIsThere(t *testing.T) {
	for _, id := range catalog.Builtin().Editions() {
		t.Run(id, func(t *testing.T) { clausesAreThere(t, edition(t, id)) })
	}
}

func clausesAreThere(t *testing.T, e *catalog.Edition) {
	list, ok := clauseLists[e.ID]
	if !ok {
		t.Fatal("no list of the clauses of the document")
	}
	var got []string
	for _, c := range e.Clauses {
		if list.beside == nil || !list.beside(c.Number) {
			got = append(got, c.Number)
		}
	}
	want := listed(t, "testdata/"+list.file)
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
	if e.ID == proEdition && e.Clauses[0].Number != "Introduction" {
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

// ruleLists are the rules that were found in each document. Where one list is
// of two editions, each has a column in it.
var ruleLists = []struct{ file, column, edition string }{
	{"rules-2025.txt", "", proEdition},
	{"rules-2017.txt", "july", julyEdition},
	{"rules-2017.txt", "february", februaryEdition},
	{"rules-support-overview.txt", "", overviewEdition},
	{"rules-smart-start.txt", "", smartEdition},
}

// Every rule that was found in a document has a case, or rows of a table of
// response times or business hours, which are tested elsewhere.
func TestEveryRuleHasACase(t *testing.T) {
	var rows []string // with their editions before them
	for _, row := range slices.Concat(readCells(t), csvRows(t, "testdata/hours-2017.csv")) {
		rows = append(rows, row["edition"]+" "+row["id"])
	}
	cases := coverageCases(t)
	tested := map[string]bool{}
	for _, list := range ruleLists {
		tested[list.edition] = true
		t.Run(list.edition, func(t *testing.T) {
			e, known := edition(t, list.edition), map[string]bool{}
			for _, line := range listed(t, "testdata/"+list.file) {
				fields := strings.Split(line, "\t")
				if known[fields[0]] {
					t.Errorf("%s stands twice", fields[0])
				}
				known[fields[0]] = true
				where := "cases"
				for _, field := range fields[1:] {
					if column, rest, ok := strings.Cut(field, ": "); ok && column == list.column {
						where = rest
					} else if !ok && list.column == "" {
						where = field
					}
				}
				if why := notShown(where, e, fields[0], rows, cases); why != "" {
					t.Errorf("%s: %s", fields[0], why)
				}
			}
			for _, c := range cases {
				if c.Edition != list.edition {
					continue
				}
				if len(c.Rules) == 0 {
					t.Errorf("%s names no rule", c.ID)
				}
				for _, id := range c.Rules {
					if !known[id] {
						t.Errorf("%s names %s, which is no rule", c.ID, id)
					}
				}
			}
		})
	}
	for _, id := range catalog.Builtin().Editions() {
		if !tested[id] {
			t.Errorf("%s has no list of rules", id)
		}
	}
}

// notShown says why a rule of the document is not shown where its line says it
// is: "cases", "cells" and rows, where * is one word, with "| cases" where it has both,
// "clauses" that some case wants as reasons, or the clause that is "empty".
func notShown(where string, e *catalog.Edition, id string, rows []string, cases []coverageCase) string {
	where, alsoCases := strings.CutSuffix(where, " | cases")
	named := slices.ContainsFunc(cases, func(c coverageCase) bool { return c.Edition == e.ID && slices.Contains(c.Rules, id) })
	by := strings.Fields(where)
	switch by[0] {
	case "cells":
		for _, pattern := range by[1:] {
			of := regexp.MustCompile("^" + regexp.QuoteMeta(e.ID+" ") + strings.ReplaceAll(regexp.QuoteMeta(pattern), `\*`, "[^-]*") + "$")
			if !slices.ContainsFunc(rows, of.MatchString) {
				return "no row " + pattern + " of the edition"
			}
		}
		if !alsoCases {
			return ""
		}
	case "empty":
		if !slices.ContainsFunc(e.Clauses, func(c catalog.Clause) bool { return c.Number == by[1] && c.Kind == "empty" }) {
			return "clause " + by[1] + " is not there as an empty one"
		}
		return ""
	case "clauses":
		for _, clause := range by[1:] {
			if !slices.ContainsFunc(cases, func(c coverageCase) bool { return c.Edition == e.ID && slices.Contains(c.Want.Clauses, clause) }) {
				return "no case wants clause " + clause + " as a reason"
			}
		}
	case "cases":
	default:
		return by[0] + " is no way to show a rule"
	}
	if !named {
		return "no case names it"
	}
	return ""
}

// testdata/hours-2017.csv has three times for each offering that has business
// hours in a description of 2017: a case opened before they begin, one before
// they end on a Friday, and one on a Saturday. They were worked out by hand.
func TestHoursOfEveryOffering(t *testing.T) {
	desk := catalog.NewDesk(catalog.Builtin(), nil)
	for _, row := range csvRows(t, "testdata/hours-2017.csv") {
		query := `{"edition": "` + row["edition"] + `", "contract": {"offering": "` + row["offering"] + `"}, "metric": "first_response", "severity": ` + row["severity"] +
			`, "place": {"zone": "Europe/London", "holidays": []}, "opened": "` + row["opened"] + `"}`
		var got struct{ Status, Due, Error string }
		if err := json.Unmarshal(desk.AnswerLine([]byte(query)), &got); err != nil {
			t.Fatal(err)
		}
		if got.Status != "due" || got.Due != row["due"] {
			t.Errorf("%s: %s %s %s, want %s: %s", row["id"], got.Status, got.Due, got.Error, row["due"], row["why"])
		}
	}
}
