package catalog_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/supportterms/supportterms/calendar/holiday"
	"github.com/supportterms/supportterms/catalog"
	"github.com/supportterms/supportterms/entitlement"
)

// Every ambiguity of the descriptions of 2017 stands in the catalog, as a
// reading where there is a choice and as a statement where there is none, and
// something shows its default.
func TestAmbiguities(t *testing.T) {
	b := backing{t: t, cells: map[string]bool{}, cases: map[string]bool{}, tests: map[string]bool{}}
	for _, row := range slices.Concat(readCells(t), csvRows(t, "testdata/hours-2017.csv")) {
		b.cells[row["id"]] = row["readings"] == ""
	}
	for _, c := range coverageCases(t) {
		if strings.HasPrefix(c.Edition, "ubuntu-advantage/") {
			b.cases[c.ID] = len(c.Readings) == 0
		}
	}
	files, err := filepath.Glob("*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`(?m)^func (Test\w+)\(`).FindAllStringSubmatch(string(text), -1) {
			b.tests[m[1]] = true
		}
	}
	var got []string
	for _, line := range listed(t, "testdata/ambiguities-2017.txt") {
		number, parts, _ := strings.Cut(line, "\t")
		got = append(got, number)
		shown := false
		for _, part := range strings.Split(parts, "; ") {
			shows, why := b.lacks(part)
			if why != "" {
				t.Errorf("%s: %s: %s", number, part, why)
			}
			shown = shown || shows
		}
		if !shown {
			t.Errorf("%s: nothing shows its default", number)
		}
	}
	var want []string
	for n := 1; n <= 50; n++ {
		want = append(want, fmt.Sprintf("A-%02d", n))
	}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want A-01 to A-50, each once", got)
	}
}

// A backing is what can show a default: rows, cases and tests by name, and
// whether they leave the readings to the edition.
type backing struct {
	t                   *testing.T
	cells, cases, tests map[string]bool
}

var ambiguityPart = regexp.MustCompile(`^(reading|statement|fact|printed)(?: ([^"]+?))?(?: "([^"]+)")?: ((?:july|february)(?: february)?)$`)

// lacks says what is wrong with a part of a line, or "", and whether such a
// part shows a default. The forms are told in the file.
func (b backing) lacks(part string) (shows bool, why string) {
	kind, names, _ := strings.Cut(part, " ")
	if by, ok := map[string]map[string]bool{"cells": b.cells, "cases": b.cases, "tests": b.tests}[kind]; ok {
		for _, name := range strings.Fields(names) {
			of := regexp.MustCompile("^" + strings.ReplaceAll(regexp.QuoteMeta(name), `\*`, "[^-]*") + "$")
			found := false
			for id, plain := range by {
				if of.MatchString(id) {
					found = true
					if !plain {
						return true, id + " states a reading, so it shows no default"
					}
				}
			}
			if !found {
				return true, name + " is not there"
			}
		}
		return names != "", ""
	}
	m := ambiguityPart.FindStringSubmatch(part)
	if m == nil {
		return false, "not a part of the form that the file describes"
	}
	for _, name := range strings.Fields(m[4]) {
		e := edition(b.t, map[string]string{"july": julyEdition, "february": februaryEdition}[name])
		if why := stands(e, m[1], m[2], m[3]); why != "" {
			return false, e.ID + ": " + why
		}
	}
	return false, ""
}

// stands says why a reading, statement, fact or printed word is not in an
// edition as it should be, or "".
func stands(e *catalog.Edition, kind, name, words string) string {
	switch kind {
	case "reading":
		key, values, _ := strings.Cut(name, "=")
		for _, r := range e.Readings() {
			if r.Key == key {
				has := []string{r.Default}
				for _, v := range r.Values {
					if v.Name != r.Default {
						has = append(has, v.Name)
					}
				}
				if !slices.Equal(has, strings.Fields(values)) {
					return fmt.Sprintf("it has %v, the default first", has)
				}
				return ""
			}
		}
		return "no such reading"
	case "statement":
		for _, c := range e.Clauses {
			if c.Number == name {
				if words == "" || !strings.Contains(c.Summary, words) {
					return "its summary is " + c.Summary
				}
				return ""
			}
		}
		return "no such clause"
	case "fact":
		question, fact, _ := strings.Cut(name, " ")
		for _, q := range e.Coverage().Spec.Questions {
			if i := slices.IndexFunc(q.Facts, func(f entitlement.Fact) bool { return f.Name == fact }); q.Name == question && i >= 0 {
				if words == "" || !strings.Contains(q.Facts[i].Means, words) {
					return "it means " + q.Facts[i].Means
				}
				return ""
			}
		}
		return "no such fact"
	default:
		if _, cells := e.Lookup(words); len(cells) == 0 {
			return "no cell has it"
		}
		return ""
	}
}

// The defaults of unclear words on responses, in weeks of London without a
// holiday: two, four, ten and twenty business hours from eight to six.
func TestDefaultsOfAmbiguities(t *testing.T) {
	const (
		sameClock = "business_day=same-clock"
		endOfDay  = "business_day=end-of-day"
		update    = "sla.initial_base=severity-update"
	)
	rows := []caseRow{
		{why: "A-02: ten hours from Friday evening", events: "opened/3 Fri 20:00", status: "due", due: "Mon2 18:00"},
		{why: "A-02: the same time from the next opening", events: "opened/3 Fri 20:00", readings: sameClock, status: "due", due: "Tue2 08:00"},
		{why: "A-02: the end of the next day", events: "opened/3 Fri 20:00", readings: endOfDay, status: "due", due: "Mon2 18:00"},
		{why: "A-02: ten hours from the opening", events: "opened/3 Mon 08:00", status: "due", due: "Mon 18:00"},
		{why: "A-02: at the opening, the same time", events: "opened/3 Mon 08:00", readings: sameClock, status: "due", due: "Tue 08:00"},
		{why: "A-02: at the opening, the end of the next day", events: "opened/3 Mon 08:00", readings: endOfDay, status: "due", due: "Tue 18:00"},
		{why: "A-05: used up at the closing", events: "opened/1 Fri 16:00", status: "due", due: "Fri 18:00"},
		{why: "A-06: the automatic answer is no response", events: "opened/1 Mon 09:00; acknowledged Mon 09:00:05", status: "due", due: "Mon 11:00"},
		{why: "A-07: from the opening, at the severity determined", events: "opened/3 Mon 09:00; severity_set/2 Mon 09:30", status: "due", due: "Mon 13:00"},
		{why: "A-07: a later change moves nothing", events: "opened/3 Mon 09:00; severity_set/2 Mon 09:30; severity_set/1 Mon 10:00", status: "due", due: "Mon 13:00"},
		{why: "A-07: or it counts anew", events: "opened/3 Mon 09:00; severity_set/2 Mon 09:30; severity_set/1 Mon 10:00", readings: update, status: "due", due: "Mon 12:00"},
		{why: "A-08: a second before the closing is inside", events: "opened/3 Mon 17:59:59", readings: sameClock, status: "due", due: "Tue 17:59:59"},
		{why: "A-08: the closing is outside", events: "opened/3 Mon 18:00", readings: sameClock, status: "due", due: "Wed 08:00"},
		{why: "A-14: in time", events: "opened/1 Mon 09:00; responded Mon 11:00", status: "met", due: "Mon 11:00"},
		{why: "A-14: too late, and no more is said of it than that", events: "opened/1 Mon 09:00; responded Mon 11:00:01", status: "missed", due: "Mon 11:00"},
	}
	for _, of := range []struct{ edition, monday, holiday string }{
		{julyEdition, "2017-08-07", "2017-08-08"},
		{februaryEdition, "2017-03-06", "2017-03-07"},
	} {
		t.Run(of.edition, func(t *testing.T) {
			table := caseTable{edition: of.edition, contract: `{"offering": "server-standard"}`, zone: "Europe/London", monday: of.monday}
			table.run(t, rows)
			table.holidays = []string{of.holiday}
			table.run(t, []caseRow{{why: "A-09: a holiday is a whole day", events: "opened/1 Mon 17:00", status: "due", due: "Wed 09:00"}})
			table.holidays, table.zone = nil, "Asia/Riyadh"
			table.more = `, "place": {"zone": "Asia/Riyadh", "holidays": [], "weekend": ["Fr", "Sa"]}`
			table.run(t, []caseRow{{why: "A-10: Friday, where the weekend begins with it", events: "opened/1 Thu 17:00", status: "due", due: "Fri 09:00"}})
		})
	}
	// Saturdays that were worked in China, for the days of the week after.
	desk := catalog.NewDesk(catalog.Builtin(), holiday.ByCode)
	for _, row := range []struct{ edition, opened, readings, want string }{
		{julyEdition, "2017-09-29T17:00:00+08:00", "", "2017-10-09T09:00:00+08:00"},
		{julyEdition, "2017-09-29T17:00:00+08:00", `"calendar.weekend": "local-weekend"`, "2017-09-30T09:00:00+08:00"},
		{februaryEdition, "2017-03-31T17:00:00+08:00", "", "2017-04-05T09:00:00+08:00"},
		{februaryEdition, "2017-03-31T17:00:00+08:00", `"calendar.weekend": "local-weekend"`, "2017-04-01T09:00:00+08:00"},
	} {
		a := ask(t, desk, fmt.Sprintf(`{"edition": %q, "contract": {"offering": "server-standard"}, "metric": "first_response", "severity": 1, "opened": %q,
			"place": {"zone": "Asia/Shanghai", "region": "CN", "weekend": "Sa-Su"}, "readings": {%s}}`, row.edition, row.opened, row.readings))
		if a.Status != "due" || *a.Due != row.want {
			t.Errorf("A-09: %s from %s with %q: %+v, want due %s", row.edition, row.opened, row.readings, a, row.want)
		}
	}
}
