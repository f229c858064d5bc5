package main

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/supportterms/supportterms/calendar/holiday"
)

var update = flag.Bool("update", false, "write the golden files in testdata")

// ask runs the command with the words of a command line.
func ask(t testing.TB, line, stdin string) (stdout, stderr string, status int) {
	t.Helper()
	var out, errs bytes.Buffer
	status = run(strings.Fields(line), strings.NewReader(stdin), &out, &errs)
	return out.String(), errs.String(), status
}

// The instants here were worked out by hand, so that -update cannot change them
// unseen.
var cases = []struct {
	name  string
	lines []string // of the text, spaces run together
	says  []string // in the description of the picture
	why   string
}{
	{
		"bank-holiday",
		[]string{
			"first_response: missed, due Tue 2025-08-26 11:30 BST",
			"15:00 - Tue 2025-08-26 09:30 - 6h00m pause",
			"ongoing_response: due Wed 2025-08-27 14:00 BST",
		},
		[]string{
			"Pauses: Fri 2025-08-22 15:00 BST to Tue 2025-08-26 09:30 BST.",
			"severity 3 to 2, carry at Tue 2025-08-26 11:00 BST, due Tue 2025-08-26 11:30 BST, was due Tue 2025-08-26 15:30 BST",
			"Holidays: Mon 2025-08-25, Summer bank holiday.",
		},
		"6 hours on Friday and 90 minutes on Tuesday at severity 3, then 30 minutes are left of 8 hours; the last update at 16:00, 2 hours to closing and 6 the next day",
	}, {
		"clock-change",
		[]string{"first_response: met, due Sun 2025-10-26 01:10 BST", "ongoing_response: due Sun 2025-10-26 04:15 GMT"},
		[]string{
			"The clocks go back 1h00m at Sun 2025-10-26 01:00 GMT.",
			"Sun 2025-10-26 00:40 BST to Sun 2025-10-26 01:30 GMT, met, was due Sun 2025-10-26 01:40 GMT",
		},
		"2 hours from 00:40 BST are over at 02:40 BST, which is 01:40 GMT",
	}, {
		"all-hours",
		[]string{"first_response: met, due Wed 2025-09-10 15:02 JST", "ongoing_response: due Wed 2025-09-10 20:31 JST"},
		[]string{"ongoing response: late, due since Wed 2025-09-10 20:31 JST.", "missed, was due Wed 2025-09-10 18:10 JST"},
		"an hour, then 2 hours from each response at any time",
	}, {
		"waiting",
		[]string{"as of Fri 2025-11-28 10:00 EST: open, the customer is awaited since Wed 2025-11-26 16:30 EST", "first_response: paused", "if resumed Fri 2025-11-28 16:30 EST"},
		[]string{"If the customer answered at the instant asked about, it would be due Fri 2025-11-28 16:30 EST.", "It has run 1h30m of 8h00m, 18%; left 6h30m; paused 3h30m."},
		"90 minutes of 8 hours before the wait; 90 minutes to closing, none of Thanksgiving and 2 hours of Friday are paused",
	}, {
		"ended",
		[]string{"as of Fri 2025-12-05 12:00 CET: resolved on Wed 2025-11-26 09:30 CET", "first_response: missed, due Fri 2025-09-26 12:15 CEST"},
		[]string{"ongoing response: cancelled, was due Wed 2025-11-26 10:00 CET.", "missed, was due Mon 2025-10-13 09:00 CEST"},
		"7h45m on the first day and 4h15m on the second; a week from each update",
	}, {
		"moved",
		[]string{"first_response: due Tue 2025-11-04 16:00 JST", "Mon 2025-11-03 all day - 4h00m holiday (Culture Day)"},
		[]string{"Holidays: Mon 2025-11-03, Culture Day.", "other terms, carry at Fri 2025-10-31 17:30 JST"},
		"3 hours in London on the first day and half an hour on the second, half an hour in Tokyo, and 8 hours after its holiday",
	},
}

func TestCases(t *testing.T) {
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			file := filepath.Join("testdata", c.name+".json")
			text, stderr, status := ask(t, file, "")
			if status != 0 || stderr != "" {
				t.Fatalf("exit status %d\n%s", status, stderr)
			}
			var lines []string
			for line := range strings.Lines(text) {
				lines = append(lines, strings.Join(strings.Fields(line), " "))
			}
			for _, want := range c.lines {
				if !slices.Contains(lines, want) {
					t.Errorf("no line %q: %s\n%s", want, c.why, text)
				}
			}
			golden(t, c.name+".txt", text)
			picture, stderr, status := ask(t, "-svg - "+file, "")
			if status != 0 || stderr != "" {
				t.Fatalf("exit status %d\n%s", status, stderr)
			}
			tidy(t, c.name, []byte(picture))
			_, _, desc := texts(t, []byte(picture))
			for _, want := range c.says {
				if !strings.Contains(desc, want) {
					t.Errorf("not said: %q: %s\n%s", want, c.why, desc)
				}
			}
			golden(t, c.name+".svg", picture)
		})
	}
}

// golden compares text with a file in testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	got = strings.ReplaceAll(got, "data version "+holiday.Version(), "data version (that of the module)")
	name = filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("%s (go test ./examples/timeline -update writes it anew):\n%.3000s", name, d)
	}
}

// No file is left over from a case that is gone.
func TestGoldenFiles(t *testing.T) {
	files, err := filepath.Glob("testdata/*")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != 3*len(cases)+1 { // and the help
		t.Errorf("%d files in testdata, %d cases", len(files), len(cases))
	}
}

func TestHelp(t *testing.T) {
	out, stderr, status := ask(t, "-h", "")
	if status != 0 || stderr != "" {
		t.Errorf("exit status %d, %q", status, stderr)
	}
	golden(t, "help.txt", out)
}

// A metric is shown alone, and a case may come from standard input.
func TestMetric(t *testing.T) {
	query, err := os.ReadFile("testdata/bank-holiday.json")
	if err != nil {
		t.Fatal(err)
	}
	out, stderr, status := ask(t, "-metric ongoing_response -", string(query))
	if status != 0 || strings.Contains(out, "first_response") || !strings.Contains(out, "ongoing_response: due Wed 2025-08-27 14:00 BST") {
		t.Errorf("exit status %d, %s\n%s", status, stderr, out)
	}
	picture, stderr, status := ask(t, "-metric ongoing_response -svg - -", string(query))
	if status != 0 || strings.Contains(picture, "first response") || !strings.Contains(picture, "ongoing response") {
		t.Errorf("exit status %d, %s", status, stderr)
	}
}

func TestFile(t *testing.T) {
	name := filepath.Join(t.TempDir(), "case.svg")
	text, stderr, status := ask(t, "-svg "+name+" testdata/waiting.json", "")
	if status != 0 || stderr != "" || !strings.HasPrefix(text, "as of ") {
		t.Fatalf("exit status %d, %s", status, stderr)
	}
	got, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	want, _, _ := ask(t, "-svg - testdata/waiting.json", "")
	if string(got) != want {
		t.Error("the file is not what standard output gets")
	}
}

func TestErrors(t *testing.T) {
	const bound = `{"edition": "ubuntu-pro/2025-07-02", "contract": {"level": "weekday"}, "case": {}, `
	for _, c := range []struct {
		args, stdin string
		status      int
		want        []string
		why         string
	}{
		{"", "", 2, []string{"no file"}, "no file"},
		{"a.json b.json", "", 2, []string{`"b.json"`, "one file"}, "two files"},
		{"-speed 5 a.json", "", 2, []string{"-speed"}, "no such flag"},
		{"nowhere.json", "", 1, []string{"nowhere.json", "no such file"}, "a file that is not there"},
		{"testdata", "", 1, []string{"testdata"}, "a folder"},
		{"-", "", 1, []string{"-: query"}, "nothing"},
		{"-", "{", 1, []string{"ends before its object"}, "no JSON"},
		{"-", "[]", 1, []string{"-: query"}, "no object"},
		{"-", `{"speed": 5}`, 1, []string{`key "speed" is not known`}, "no such key"},
		{"-", `{"case": {"rise": "carry"}}`, 1, []string{`"case.rise"`, "(raise?)"}, "no such key of a case"},
		{"-", `{"edition": "ubuntu-pro/2024-01-01", "opened": "2025-08-22T16:30:00Z"}`, 1, []string{`edition "ubuntu-pro/2024-01-01" is not known`}, "no such edition"},
		{"-", bound + `"id": "x"}`, 1, []string{"no case"}, "no events"},
		{"-", bound + `"events": []}`, 1, []string{"no case"}, "an empty list of events"},
		{"-", bound + `"severity": 1, "counted_from": "2025-08-22T16:30:00Z"}`, 1, []string{"counted_from"}, "no case, but the start of a clock"},
		{"-", bound + `"events": [{"at": "2025-08-22T16:30:00Z", "kind": "responded"}]}`, 1, []string{"before the case is opened"}, "a response before the opening"},
		{"-", bound + `"events": [{"at": "2025-08-22T16:30:00Z", "kind": "opned"}]}`, 1, []string{`"opned"`, "opened"}, "no such event"},
		{"-", bound + `"events": [{"at": "2025-08-22T16:30:00", "kind": "opened"}]}`, 1, []string{`"2025-08-22T16:30:00"`, "offset"}, "a time without an offset"},
		{"-metric uptime testdata/ended.json", "", 1, []string{`metric "uptime"`, "first_response"}, "no such metric"},
		{"-svg nowhere/case.svg testdata/ended.json", "", 1, []string{"nowhere"}, "a picture that cannot be written"},
	} {
		out, stderr, status := ask(t, c.args, c.stdin)
		if status != c.status || out != "" {
			t.Errorf("%s: exit status %d, want %d, output %q", c.why, status, c.status, out)
		}
		for _, want := range append(c.want, "timeline: ") {
			if !strings.Contains(stderr, want) {
				t.Errorf("%s: %q not in:\n%s", c.why, want, stderr)
			}
		}
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("no room") }

func TestBrokenOutput(t *testing.T) {
	for _, line := range []string{"-h", "testdata/ended.json", "-svg - testdata/ended.json"} {
		var errs bytes.Buffer
		if status := run(strings.Fields(line), nil, broken{}, &errs); status != 1 || !strings.Contains(errs.String(), "no room") {
			t.Errorf("%s: exit status %d: %s", line, status, &errs)
		}
	}
}
