package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/calendar/holiday"
	"github.com/supportterms/supportterms/calendar/holiday/ics"
)

var update = flag.Bool("update", false, "write the golden files in testdata")

// ask runs the command with the words of a command line.
func ask(t testing.TB, line string) (stdout, stderr string, status int) {
	t.Helper()
	var out, errs bytes.Buffer
	status = run(strings.Fields(line), strings.NewReader(""), &out, &errs)
	return out.String(), errs.String(), status
}

// The dates here were taken by hand from what the publishers say, so that
// -update cannot change them unseen.
var cases = []struct {
	name string
	args string
	days []string // the month and day of each line, with its kind if that is no holiday
	why  string
}{
	{"scotland", "-region GB-SCT -year 2025",
		[]string{"01-01", "01-02", "04-18", "05-05", "05-26", "08-04", "11-30", "12-01 substitute", "12-25", "12-26"},
		"no Easter Monday, an early summer holiday, St Andrew's Day on a Sunday"},
	{"turkey", "-region TR -year 2025",
		[]string{"01-01", "03-29 half-day", "03-30", "03-31", "04-01", "04-23", "05-01", "05-19",
			"06-05 half-day", "06-06", "06-07", "06-08", "06-09", "07-15", "08-30", "10-28 half-day", "10-29"},
		"three afternoons"},
	{"munich", "-region DE-BY -year 2025 -sets statutory,local:mariae-himmelfahrt",
		[]string{"01-01", "01-06", "04-18", "04-21", "05-01", "05-29", "06-09", "06-19", "08-15", "10-03", "11-01", "12-25", "12-26"},
		"a local day on demand"},
	{"bavaria-csv", "-region DE-BY -from 2025 -to 2025 -csv",
		[]string{"01-01", "01-06", "04-18", "04-21", "05-01", "05-29", "06-09", "06-19", "10-03", "11-01", "12-25", "12-26"},
		"and else not"},
	{"side-by-side", "-region GB-ENG -with FR -year 2026",
		[]string{"01-01", "04-03", "04-06", "05-01", "05-04", "05-08", "05-14", "05-25", "07-14", "08-15", "08-31", "11-01", "11-11", "12-25", "12-26", "12-28"},
		"the days of both, each date once"},
	{"overlay-csv", "-region GB-SCT -year 2027 -overlay testdata/own.csv",
		[]string{"01-01", "01-02", "01-04 substitute", "03-26", "05-03", "05-31", "06-12 workday", "06-14", "08-02", "12-24 half-day", "12-25", "12-26", "12-27 substitute", "12-28 substitute"},
		"one more, one less, half a day and a Saturday worked"},
	{"overlay-ics", "-region GB-SCT -from 2026 -to 2026 -csv -overlay testdata/own.ics",
		[]string{"01-01", "01-02", "04-03", "05-04", "05-25", "06-15", "06-22", "06-26", "08-03", "11-30", "12-24 half-day", "12-25", "12-26", "12-28 substitute", "12-29", "12-30", "12-31"},
		"out of a diary; in 2026 the nation itself has 15 June off"},
	{"calendar", "-region US -year 2026 -ics", nil, "a file for a diary"},
}

func TestGolden(t *testing.T) {
	for _, tt := range cases {
		t.Run(tt.name, func(t *testing.T) {
			got, stderr, status := ask(t, tt.args)
			if status != 0 || stderr != "" {
				t.Fatalf("%s: exit %d: %s", tt.args, status, stderr)
			}
			var days []string
			for line := range strings.Lines(got) {
				if _, err := calendar.ParseDate(line[:min(10, len(line)-1)]); err != nil {
					continue
				}
				day := line[5:10]
				for _, kind := range []string{"substitute", "half-day", "workday"} {
					if strings.Contains(line, kind) && !strings.Contains(tt.args, "-with") {
						day += " " + kind
					}
				}
				days = append(days, day)
			}
			if diff := cmp.Diff(tt.days, days); diff != "" {
				t.Errorf("%s, %s (-want +got):\n%s", tt.args, tt.why, diff)
			}
			golden(t, tt.name, got)
		})
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}

func TestFailures(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	const head = "action,regions,when,years,name,kind,set,open,publisher,source,published\n"
	both := write("both.csv", head+"add,FR,2026-05-01,,Day,holiday,own,,Us,,\nremove,FR,2026-05-01,,Day,,,,Us,,\n")
	rows := write("rows.csv", head+"add,FR,2026-02-30,,Day,holiday,own,,Us,,\nadd,FR,2026-05-01,,Day,feast,own,,Us,,\n")
	diary := write("diary.ics", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Meeting\nDTSTART:20260615T090000\nDTEND:20260615T100000\nEND:VEVENT\nEND:VCALENDAR\n")
	for _, tt := range []struct {
		args   string
		status int
		want   string
	}{
		{"-region XX -year 2025", 1, `unknown region "XX": want one of AT,`},
		{"-region UK -year 2025", 1, "want one of its subdivisions GB-ENG, GB-NIR, GB-SCT, GB-WLS"},
		{"-region DE -year 2025", 1, "want one of its subdivisions DE-BB,"},
		{"-region FR -with GB -year 2025", 1, "want one of its subdivisions GB-ENG"},
		{"-region FR -year 2036", 1, "FR in 2036: calendar: beyond the years for which holidays are known: known from 2017-01-01 through 2035-12-31\n"},
		{"-region FR -from 2016 -to 2018 -csv", 1, "FR in 2016: "},
		{"-region CN -year 2027", 1, "through 2026-12-31, and with -predicted through 2030-12-31"},
		{"-region CN -year 2031 -predicted", 1, "known from 2017-01-01 through 2030-12-31\n"},
		{"-region FR -year 2025 -sets optional", 1, `cannot read holiday set of FR "optional": want one of statutory`},
		{"-region FR -year 2026 -overlay nowhere.csv", 1, "nowhere.csv"},
		{"-region FR -year 2026 -overlay " + both, 1, "overlay adds 2026-05-01: want a date that it does not also remove"},
		{"-region FR -year 2026 -overlay " + rows, 1, "line 2: cannot read when \"2026-02-30\""},
		{"-region FR -year 2026 -overlay " + rows, 1, "holidays: line 3: cannot read day kind \"feast\": want holiday, substitute"},
		{"-region GB-ENG -year 2026 -overlay " + both, 1, "want rows for GB-ENG"},
		{"-region FR -year 2026 -overlay " + diary, 1, `line 2: event "Meeting": cannot read event "2026-06-15 09:00-10:00": want whole dates`},
		{"", 2, "no -region"},
		{"-region FR", 2, "want the years as -year, or as -from and -to"},
		{"-region FR -year 2025 -from 2025 -to 2026", 2, "want the years"},
		{"-region FR -from 2025", 2, "want the years"},
		{"-region FR -from 2026 -to 2025", 2, "want the earlier year first"},
		{"-region FR -year x", 2, "want a year such as 2025"},
		{"-region FR -year 2025 -sets a,,b", 2, "want the names of sets"},
		{"-region FR -year 2025 -csv -ics", 2, "want one of -csv, -ics and -with"},
		{"-region FR -year 2025 -csv -with US", 2, "want one of -csv, -ics and -with"},
		{"-region FR -year 2025 -overlay own.txt", 2, "ends in .csv or .ics"},
		{"-region FR -year 2025 -overlay own.csv -whole-dates", 2, "without an .ics file"},
		{"-region FR -year 2025 more", 2, "want flags only"},
		{"-list -year 2025", 2, "want it alone"},
		{"-never", 2, "-never"},
	} {
		stdout, stderr, status := ask(t, tt.args)
		if status != tt.status || stdout != "" || !strings.Contains(stderr, tt.want) {
			t.Errorf("%s: exit %d, %s%s\nwant exit %d, %s", tt.args, status, stdout, stderr, tt.status, tt.want)
		}
	}
	if _, _, status := ask(t, "-region FR -year 2026 -whole-dates -overlay "+diary); status != 0 {
		t.Error("a meeting that may take its whole date")
	}
}

func TestList(t *testing.T) {
	got, _, status := ask(t, "-list")
	for _, code := range holiday.Regions() {
		if status != 0 || !strings.Contains("\n"+got, "\n"+code+": ") {
			t.Errorf("%s is not listed", code)
		}
	}
	want := "TR: national and religious holidays; their eves from 13:00 are half days; not the leave that is given to the public service alone\n" +
		"  sets: statutory\n  known: from 2017-01-01, official through 2032-12-31, predicted through 2035-12-31\n"
	if !strings.Contains(got, want) {
		t.Errorf("want\n%sin\n%s", want, got)
	}
	if help, _, status := ask(t, "-h"); status != 0 || !strings.Contains(help, "-overlay") {
		t.Errorf("help, exit %d: %s", status, help)
	}
}

// What is written says the same as the library, and again the next time.
func TestExports(t *testing.T) {
	for _, code := range []string{"GB-SCT", "CN", "HU", "TR", "AU-QLD"} {
		s, err := holiday.Region(code, holiday.Options{HalfDays: true, Workdays: true})
		if err != nil {
			t.Fatal(err)
		}
		var want []calendar.Day
		for year := 2017; year <= 2026; year++ {
			want = slices.AppendSeq(want, s.Days(year))
		}
		years := " -from 2017 -to 2026"
		text, _, _ := ask(t, "-region "+code+years+" -csv")
		rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil || len(rows) != len(want)+1 || !slices.Equal(rows[0], []string{"date", "kind", "name", "set", "status", "source"}) {
			t.Fatalf("%s: %d rows for %d days, %v", code, len(rows), len(want), err)
		}
		for i, d := range want {
			if row := []string{d.Date.String(), d.Kind.String(), d.Name, d.Set, d.Status.String(), d.Source}; !slices.Equal(row, rows[i+1]) {
				t.Errorf("%s: %v, want %v", code, rows[i+1], row)
			}
		}
		diary, _, _ := ask(t, "-region "+code+years+" -ics")
		got, err := ics.Read(strings.NewReader(diary), ics.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for i := range want {
			want[i].Set, want[i].Source, want[i].Status = "", "", calendar.Stated
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s read back from iCalendar (-want +got):\n%s", code, diff)
		}
		if again, _, _ := ask(t, "-region "+code+years+" -ics"); again != diary {
			t.Errorf("%s is not the same twice", code)
		}
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("no room") }

func TestBrokenOutput(t *testing.T) {
	for _, line := range []string{"-list", "-h", "-region FR -year 2026", "-region FR -year 2026 -csv"} {
		var errs bytes.Buffer
		if status := run(strings.Fields(line), nil, broken{}, &errs); status != 1 || !strings.Contains(errs.String(), "no room") {
			t.Errorf("%s: exit %d: %s", line, status, &errs)
		}
	}
}
