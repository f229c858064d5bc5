package holiday

import (
	"errors"
	"strings"
	"testing"

	"github.com/supportterms/supportterms/calendar"
)

func TestReadRows(t *testing.T) {
	for _, tt := range []struct{ row, want, why string }{
		{"add,FR,2022-09-19,,Day,holiday,statutory,,Journal,decree,2022-09-10", "", "one date"},
		{"add,FR DE-BY,08-15,2017..,Day,holiday,statutory,,Journal,,", "", "a date of each year"},
		{"add,FR,02-29,..,Day,holiday,statutory,,Journal,,", "", "of some years"},
		{"add,FR,easter-2,..2030,Day,holiday,statutory,,Journal,,", "", "a date by Easter"},
		{"add,FR,mon>=02-15,..,Day,holiday,statutory,,Journal,,", "", "a weekday from a date on"},
		{"add,FR,mon<=05-24,..,Day,holiday,statutory,,Journal,,", "", "a weekday until a date"},
		{"add,FR,01-01 sat+2 sun+1,..,Day,substitute,statutory,,Journal,,", "", "moved from some weekdays"},
		{"add,FR,2025-10-28,,Day,half-day,statutory,00:00-13:00,Journal,,", "", "half a day"},
		{"add,FR,2025-02-08,,Day,workday,statutory,,Journal,,", "", "a day worked"},
		{"remove,FR,05-08,2017..2018,Day,,,,Journal,,", "", "removed"},
		{"move,FR,2022-09-19,,Day,holiday,statutory,,Journal,,", `action "move"`, "neither added nor removed"},
		{"add,,2022-09-19,,Day,holiday,statutory,,Journal,,", `regions ""`, "nowhere"},
		{"add,XX,2022-09-19,,Day,holiday,statutory,,Journal,,", `unknown region "XX"`, "nowhere"},
		{"add,FR,2022-02-30,,Day,holiday,statutory,,Journal,,", `when "2022-02-30"`, "no such day"},
		{"add,FR,easter49,..,Day,holiday,statutory,,Journal,,", `when "easter49"`, "without a sign"},
		{"add,FR,mon=02-15,..,Day,holiday,statutory,,Journal,,", `when "mon=02-15"`, "neither from nor until"},
		{"add,FR,day>=02-15,..,Day,holiday,statutory,,Journal,,", `when "day>=02-15"`, "no weekday"},
		{"add,FR,=02-15,..,Day,holiday,statutory,,Journal,,", `when "=02-15"`, "no weekday"},
		{"add,FR,mon>=easter,..,Day,holiday,statutory,,Journal,,", `when "mon>=easter"`, "not a date"},
		{"add,FR,01-01 sat2,..,Day,substitute,statutory,,Journal,,", `when "01-01 sat2"`, "without a sign"},
		{"add,FR,01-01 day+2,..,Day,substitute,statutory,,Journal,,", `when "01-01 day+2"`, "no weekday"},
		{"add,FR,01-01 sat+2 sat+1,..,Day,substitute,statutory,,Journal,,", `when "01-01 sat+2 sat+1"`, "twice"},
		{"add,FR,01-01  sat+2,..,Day,substitute,statutory,,Journal,,", `when "01-01  sat+2"`, "two spaces"},
		{"add,FR,2022-09-19,2022..,Day,holiday,statutory,,Journal,,", `years "2022.."`, "years of one date"},
		{"add,FR,08-15,,Day,holiday,statutory,,Journal,,", `years ""`, "no years"},
		{"add,FR,08-15,2018..2017,Day,holiday,statutory,,Journal,,", `years "2018..2017"`, "reversed"},
		{"add,FR,08-15,..,,holiday,statutory,,Journal,,", "want a name", "no name"},
		{"add,FR,08-15,..,Day,holiday,,,Journal,,", "want a name", "no set"},
		{"add,FR,08-15,..,Day,holiday,statutory,,,,", "want a name", "no publisher"},
		{"add,FR,08-15,..,Day,feast,statutory,,Journal,,", `day kind "feast"`, "no kind"},
		{"add,FR,08-15,..,Day,half-day,statutory,,Journal,,", `open ""`, "half a day of which hours"},
		{"add,FR,08-15,..,Day,holiday,statutory,00:00-13:00,Journal,,", `open "00:00-13:00"`, "hours of a day off"},
		{"add,FR,08-15,..,Day,half-day,statutory,13:00,Journal,,", `window "13:00"`, "no window"},
		{"add,FR,08-15,..,Day,holiday,statutory,,Journal,,soon", `date "soon"`, "no date"},
		{"add,FR", "wrong number of fields", "short"},
	} {
		rows, err := readRows(strings.NewReader(columns + "\n# a comment\n" + tt.row + "\n"))
		switch {
		case tt.want == "" && (err != nil || len(rows) != 1):
			t.Errorf("%s (%s): %v", tt.row, tt.why, err)
		case tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)):
			t.Errorf("%s (%s): %v, want %s", tt.row, tt.why, err, tt.want)
		}
	}
}

func TestReadRowsReportsEverything(t *testing.T) {
	_, err := readRows(strings.NewReader(columns + "\nmove,FR,,,,,,,,,\n\nadd,XX,,,,,,,,,\n"))
	if err == nil || !strings.Contains(err.Error(), "line 2: ") || !strings.Contains(err.Error(), "line 4: ") {
		t.Errorf("want an error in lines 2 and 4: %v", err)
	}
	var parse *calendar.ParseError
	if _, err := readRows(strings.NewReader("a,b\n")); !errors.As(err, &parse) || parse.Want != columns {
		t.Errorf("another head: %v", err)
	}
}

func TestRowOn(t *testing.T) {
	rows, err := readRows(strings.NewReader(columns + `
add,FR,02-29,2017..2030,Day,holiday,statutory,,Journal,,
add,FR,easter-2,2020..,Day,holiday,statutory,,Journal,,
add,FR,mon>=02-15,..,Day,holiday,statutory,,Journal,,
add,FR,mon<=05-24,..,Day,holiday,statutory,,Journal,,
add,FR,01-01 sat+2 sun+1,..,Day,substitute,statutory,,Journal,,
add,FR,12-31 sun+1,..,Day,substitute,statutory,,Journal,,
add,FR,2022-09-19 tue+1,,Day,substitute,statutory,,Journal,,
`))
	if err != nil {
		t.Fatal(err)
	}
	calMu.Lock()
	defer calMu.Unlock()
	for _, tt := range []struct {
		row, year int
		want      string
	}{
		{0, 2016, ""}, {0, 2023, ""}, {0, 2024, "2024-02-29"}, {0, 2032, ""},
		{1, 2019, ""}, {1, 2024, "2024-03-29"}, {1, 2032, "2032-03-26"},
		{2, 2021, "2021-02-15"}, {2, 2022, "2022-02-21"}, {3, 2021, "2021-05-24"}, {3, 2022, "2022-05-23"},
		{4, 2021, ""}, {4, 2022, "2022-01-03"}, {4, 2023, "2023-01-02"},
		{5, 2023, "2024-01-01"}, {5, 2024, ""}, {6, 2022, ""},
	} {
		date, ok := rows[tt.row].on(tt.year)
		if date.String() != tt.want && ok || ok != (tt.want != "") {
			t.Errorf("row %d in %d is %v, %v, want %q", tt.row, tt.year, date, ok, tt.want)
		}
	}
}

// A row that changes nothing is a mistake in it, or in what it corrects.
func TestIdleRow(t *testing.T) {
	r := &region{code: "NO", from: 1900, statutory: 1901}
	if _, err := r.compile(); err != nil {
		t.Errorf("rows that change something: %v", err)
	}
	idle := &region{code: "PL", from: 2030, statutory: 2031}
	if _, err := idle.compile(); err == nil || !strings.Contains(err.Error(), "changes nothing") {
		t.Errorf("2018-11-12 changes something from 2030 on: %v", err)
	}
}

// TestTables reads each table whole, as the reader of one region does not, and
// holds it to a row a line.
func TestTables(t *testing.T) {
	files, err := data.ReadDir("data")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, f := range files {
		text, err := data.ReadFile("data/" + f.Name())
		if err != nil {
			t.Fatal(err)
		}
		rows, err := readRows(strings.NewReader(string(text)))
		if err != nil {
			t.Errorf("%s: %v", f.Name(), err)
		}
		lines := 0
		for line := range strings.Lines(string(text)) {
			if line != "\n" && line[0] != '#' {
				lines++
			}
		}
		if lines != len(rows)+1 { // and the head
			t.Errorf("%s has %d rows on %d lines; a row stands on one line", f.Name(), len(rows), lines)
		}
	}
}
