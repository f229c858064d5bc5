package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/supportterms/supportterms/calendar/holiday"
	"github.com/supportterms/supportterms/catalog"
)

var update = flag.Bool("update", false, "write the golden files in testdata")

// ask runs the command with the words of a command line.
func ask(t testing.TB, line, stdin string) (stdout, stderr string, status int) {
	t.Helper()
	var out, errs bytes.Buffer
	status = run(strings.Fields(line), strings.NewReader(stdin), &out, &errs)
	return out.String(), errs.String(), status
}

const (
	london = " -zone Europe/London -region GB-ENG"
	pro    = "-edition ubuntu-pro/2025-07-02" + london
)

// The instants here were worked out by hand, so that -update cannot change them
// unseen.
var cases = []struct {
	name   string
	args   string
	answer string   // the first line
	lines  []string // others that must be there, spaces run together
	why    string
}{
	{
		"bank-holiday", pro + " -level weekday -severity 1 -opened 2025-08-22T16:30:00+01:00",
		"due Tue 2025-08-26 10:30 BST",
		[]string{
			"earliest Mon 2025-08-25 10:30 BST (calendar.holidays: counted)",
			"latest Tue 2025-08-26 10:30 BST (calendar.holidays: excluded)",
			"Mon 2025-08-25 all day - 1h30m holiday (Summer bank holiday)",
		},
		"90 minutes on Friday, none on the holiday Monday, 150 on Tuesday",
	}, {
		"all-hours-1", pro + " -level 24x7 -severity 1 -opened 2025-08-22T23:30:00+01:00",
		"due Sat 2025-08-23 00:30 BST",
		[]string{"clock elapsed", "earliest Sat 2025-08-23 00:30 BST", "latest the same"},
		"an hour, at any time",
	}, {
		"all-hours-2", pro + " -level 24x7 -severity 2 -opened 2025-08-22T16:30:00+01:00",
		"due Tue 2025-08-26 08:30 BST",
		[]string{
			"earliest Fri 2025-08-22 18:30 BST (sla.247.sev2_4_clock: elapsed)",
			"latest Tue 2025-08-26 08:30 BST (sla.247.sev2_4_clock: coverage-hours; calendar.holidays: excluded)",
		},
		"2 hours inside business hours: 90 minutes on Friday, 30 on Tuesday; plain hours end on Friday",
	}, {
		"all-hours-2-elapsed", pro + " -level 24x7 -severity 2 -opened 2025-08-22T16:30:00+01:00 -reading sla.247.sev2_4_clock=elapsed",
		"due Fri 2025-08-22 18:30 BST",
		[]string{"clock elapsed", "latest the same"},
		"2 plain hours, with nothing left open",
	}, {
		"legacy-missed", pro + " -level weekday -severity 1 -addons legacy -release 14.04 -opened 2025-08-22T16:30:00+01:00 -responded 2025-08-26T14:30:01+01:00",
		"missed, due Tue 2025-08-26 14:30 BST",
		[]string{
			"severity 1, handled as 2", "target 8 business hours",
			"earliest Mon 2025-08-25 10:30 BST (legacy.sev1: priority-only; calendar.holidays: counted)",
		},
		"8 business hours: 90 minutes on Friday, 390 on Tuesday; answered a second too late",
	}, {
		"weekly", pro + " -level weekday -severity 3 -metric ongoing_response -counted-from 2025-08-18T16:30:00+01:00",
		"due Tue 2025-08-26 08:00 BST",
		[]string{"target Weekly", "clock calendar-week"},
		"a week later is the bank holiday; moved to the next opening",
	}, {
		"weekly-168h", pro + " -level weekday -severity 3 -metric ongoing_response -counted-from 2025-10-20T16:30:00+01:00 -reading sla.weekly=168h",
		"due Mon 2025-10-27 15:30 GMT",
		[]string{"Sun 2025-10-26 all day 25h00m 152h30m"},
		"168 hours over the end of summer time",
	}, {
		"server-standard", "-edition ubuntu-advantage/2017-07-21 -offering server-standard -severity 1 -opened 2017-08-25T16:00:00+01:00" + london,
		"due Fri 2017-08-25 18:00 BST",
		[]string{
			"earliest Fri 2017-08-25 18:00 BST (exhausted_at_close: earliest)",
			"latest Tue 2017-08-29 08:00 BST (exhausted_at_close: latest)",
		},
		"2 business hours used up exactly at closing",
	}, {
		"server-standard-latest", "-edition ubuntu-advantage/2017-07-21 -offering server-standard -severity 1 -opened 2017-08-25T16:00:00+01:00 -reading exhausted_at_close=latest" + london,
		"due Tue 2017-08-29 08:00 BST",
		[]string{"Mon 2017-08-28 all day - 2h00m holiday (Summer bank holiday)"},
		"the same, due at the next opening",
	}, {
		"server-standard-emended", "-edition ubuntu-advantage/2017-02-09 -offering server-standard -severity 1 -zone Asia/Tokyo -region JP -opened 2017-03-17T16:30:00+09:00",
		"due Tue 2017-03-21 08:30 JST",
		[]string{"otherwise no_target (feb_table: as-printed)", "Mon 2017-03-20 all day - 1h30m holiday (Vernal Equinox Day)"},
		"2 business hours: 90 minutes on Friday, 30 on Tuesday",
	}, {
		"server-standard-as-printed", "-edition ubuntu-advantage/2017-02-09 -offering server-standard -severity 1 -zone Asia/Tokyo -region JP -opened 2017-03-17T16:30:00+09:00 -reading feb_table=as-printed",
		"no_target",
		[]string{"otherwise the same"},
		"the table as printed has no Server Standard",
	}, {
		"overview", "-edition support-overview/undated -level weekday -severity 1 -opened 2025-08-22T22:30:00+01:00" + london,
		"due Tue 2025-08-26 02:30 BST",
		[]string{
			"earliest Mon 2025-08-25 12:00 BST (overview.sev1_weekday: business-hours; calendar.holidays: counted)",
			"latest Tue 2025-08-26 12:00 BST (overview.sev1_weekday: business-hours; calendar.holidays: excluded)",
		},
		"90 minutes to midnight on Friday, 150 from midnight on Tuesday",
	}, {
		"smart-start", "-edition smart-start/undated -severity 1 -opened 2025-08-22T16:30:00+01:00" + london,
		"due Wed 2025-08-27 08:30 BST",
		[]string{"target 12 business hours"},
		"90 minutes on Friday, 600 on Tuesday, 30 on Wednesday",
	}, {
		"self-support", pro + " -level self-support -severity 1 -opened 2025-08-22T16:30:00+01:00",
		"not_entitled", nil,
		"self-support has no response",
	}, {
		"severity-4-ongoing", pro + " -level weekday -severity 4 -metric ongoing_response -counted-from 2025-08-22T16:30:00+01:00",
		"no_target", nil,
		"the follow-ups of severity 4 have no time",
	}, {
		"not-in-force", pro + " -level weekday -severity 1 -opened 2025-07-01T16:30:00+01:00",
		"document_not_in_force", nil,
		"a day before the edition is",
	}, {
		"undetermined", "-edition ubuntu-pro/2025-07-02 -level weekday -severity 1 -opened 2025-08-22T16:30:00+01:00",
		"undetermined",
		[]string{"missing place"},
		"business hours of nowhere",
	}, {
		"local-weekend", "-edition ubuntu-pro/2025-07-02 -level weekday -severity 1 -zone Asia/Riyadh -holidays 2025-09-28 -weekend Fr,Sa -reading calendar.weekend=local-weekend -opened 2025-09-25T16:30:00+03:00",
		"due Mon 2025-09-29 10:30 +03",
		[]string{"holidays stated", "Fri 2025-09-26 to Sat 2025-09-27 - 1h30m weekend", "Sun 2025-09-28 all day - 1h30m holiday"},
		"90 minutes on Thursday, none on Friday, Saturday and the stated holiday, 150 on Monday",
	},
}

func TestCases(t *testing.T) {
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, stderr, status := ask(t, c.args, "")
			if status != 0 || stderr != "" {
				t.Fatalf("exit status %d\n%s", status, stderr)
			}
			var lines []string
			for line := range strings.Lines(got) {
				lines = append(lines, strings.Join(strings.Fields(line), " "))
			}
			if lines[0] != c.answer {
				t.Errorf("got %q, want %q\n%s", lines[0], c.answer, c.why)
			}
			for _, want := range c.lines {
				if !slices.Contains(lines, want) {
					t.Errorf("no line %q\n%s", want, got)
				}
			}
			golden(t, c.name+".txt", got)
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
		t.Errorf("%s (go test ./examples/deadline -update writes it anew):\n%s", name, d)
	}
}

func TestHelp(t *testing.T) {
	out, stderr, status := ask(t, "-h", "")
	if status != 0 || stderr != "" {
		t.Errorf("exit status %d, %q", status, stderr)
	}
	golden(t, "help.txt", out)
}

// No file is left over from a case that is gone.
func TestGoldenFiles(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != len(cases)+1 { // and the help
		t.Errorf("%d files in testdata, %d cases", len(files), len(cases))
	}
}

func TestErrors(t *testing.T) {
	const asked = pro + " -level weekday -severity 1 -opened 2025-08-22T16:30:00+01:00"
	without := func(s string) string { return strings.Replace(asked, s, "", 1) }
	for _, c := range []struct {
		args   string
		status int
		want   []string
		why    string
	}{
		{"", 2, []string{"no -edition", "-list"}, "nothing asked"},
		{"-edition ubuntu-pro/2024-01-01 -opened 2025-08-22T16:30:00Z", 1,
			[]string{`edition "ubuntu-pro/2024-01-01" is not known`, "ubuntu-pro/2025-07-02", "smart-start/undated"}, "no such edition"},
		{asked + " -level gold", 1, []string{`contract.level "gold"`, "self-support, weekday, 24x7"}, "no such level"},
		{without("-level weekday") + " -offering switch", 1, []string{`contract.offering "switch"`, "no offering"}, "an offering of another edition"},
		{asked + " -severity 0", 1, []string{`severity "0"`, "want one of 1, 2, 3, 4"}, "severities begin at 1"},
		{asked + " -severity 5", 1, []string{`severity "5"`, "1, 2, 3, 4"}, "severities end at 4"},
		{asked + " -severity high", 2, []string{`"high"`, "-severity", "whole number"}, "severities are numbers"},
		{asked + " -metric uptime", 1, []string{`metric "uptime"`, "first_response, ongoing_response"}, "no such metric"},
		{asked + " -zone Europe/Londres", 1, []string{`place.zone "Europe/Londres"`, "IANA"}, "no such zone"},
		{asked + " -region GB", 1, []string{"place.region", `"GB"`, "GB-ENG"}, "a country whose parts keep different days"},
		{asked + " -region XX", 1, []string{"place.region", `"XX"`, "GB-ENG"}, "no such region"},
		{asked + " -holidays 25.08.2025", 2, []string{"-holidays", `"25.08.2025"`, "written 2025-07-02"}, "no date"},
		{asked + " -weekend Fr,Xx", 2, []string{"-weekend", `"Xx"`, `"Fr-Sa"`}, "no day"},
		{asked + " -opened 2025-08-22T16:30:00", 2, []string{"-opened", `"2025-08-22T16:30:00"`, "offset"}, "a time without an offset"},
		{asked + " -as-of yesterday", 2, []string{"-as-of", `"yesterday"`, "offset"}, "no instant"},
		{asked + " -reading calendar.holiday=counted", 1, []string{`"calendar.holiday"`, "calendar.holidays"}, "no such reading"},
		{asked + " -reading calendar.holidays=some", 1, []string{`readings.calendar.holidays "some"`, "excluded, counted"}, "no such value"},
		{asked + " -reading calendar.holidays", 2, []string{"-reading", "key=value"}, "no value"},
		{asked + " -reading calendar.close=at-close -reading calendar.close=next-open", 2, []string{"calendar.close", "choose one"}, "two values"},
		{asked + " -addons gold", 1, []string{`contract.addons "gold"`, "legacy"}, "no such add-on"},
		{asked + " -phase old", 1, []string{`release.phase "old"`, "standard, pro, legacy, ended"}, "no such phase"},
		{asked + " -release 13.11", 1, []string{`release.version "13.11"`, "14.04"}, "no such release"},
		{asked + " -counted-from 2025-08-22T16:30:00Z", 1, []string{"2 forms", "opened, counted_from", "give one"}, "two forms of a case"},
		{without("-opened 2025-08-22T16:30:00+01:00"), 1, []string{"no case", "opened"}, "no case"},
		{asked + " weekday", 2, []string{`argument "weekday"`}, "an argument"},
		{asked + " -speed 5", 2, []string{"-speed"}, "no such flag"},
		{"-batch -json", 2, []string{"-json", "-batch alone"}, "a batch says what it wants in its lines"},
		{"-batch -attainment week", 2, []string{`"week"`, "-attainment", "whole, month, quarter, year"}, "no such period"},
		{"-attainment month", 2, []string{"-attainment without -batch"}, "nothing to count"},
		{"-batch -attainment year -json", 2, []string{"-json", "-batch and -attainment alone"}, "counts are JSON"},
		{"-list -edition smart-start/undated -json", 2, []string{"-json", "-list and -edition alone"}, "a list is text"},
		{"-list -edition x", 1, []string{`edition "x"`, "smart-start/undated"}, "no such edition to list"},
	} {
		out, stderr, status := ask(t, c.args, "")
		if status != c.status || out != "" {
			t.Errorf("%s: exit status %d, want %d, output %q\n%s", c.why, status, c.status, out, c.args)
		}
		for _, want := range append(c.want, "deadline: ") {
			if !strings.Contains(stderr, want) {
				t.Errorf("%s: %q not in:\n%s", c.why, want, stderr)
			}
		}
	}
}

func TestJSON(t *testing.T) {
	out, stderr, status := ask(t, cases[0].args+" -json", "")
	if status != 0 {
		t.Fatal(stderr)
	}
	query := `{"edition": "ubuntu-pro/2025-07-02", "contract": {"level": "weekday"}, "severity": 1,
		"place": {"zone": "Europe/London", "region": "GB-ENG"}, "metric": "first_response",
		"opened": "2025-08-22T16:30:00+01:00", "range": true}`
	line, _, _ := ask(t, "-batch", strings.ReplaceAll(query, "\n", " ")+"\n")
	if out != line {
		t.Errorf("%s\nis not what a batch answers:\n%s", out, line)
	}
	var got struct{ Due, Earliest, Latest string }
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	want := "{2025-08-26T10:30:00+01:00 2025-08-25T10:30:00+01:00 2025-08-26T10:30:00+01:00}"
	if fmt.Sprint(got) != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestList(t *testing.T) {
	all, _, _ := ask(t, "-list", "")
	for _, id := range catalog.Builtin().Editions() {
		one, stderr, status := ask(t, "-list -edition "+id, "")
		if status != 0 || !strings.HasPrefix(one, id+"\n") || !strings.Contains(all, one) {
			t.Errorf("%s: exit status %d\n%s%s", id, status, stderr, one)
		}
	}
	for _, want := range []string{
		"  levels      self-support, weekday, 24x7, advanced (is 24x7)",
		"  metrics     first_response, ongoing_response, management_escalation, resolution\n",
		"      excluded: business hours stop on public holidays (default)\n",
		"      hq: the headquarters; needs headquarters\n",
		"  offerings   openstack, ",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("no %q in:\n%s", want, all)
		}
	}
}

func TestBatch(t *testing.T) {
	const (
		good = `{"id": "%s", "edition": "smart-start/undated", "place": {"zone": "Europe/London", "region": "GB-ENG"},` +
			` "severity": 1, "opened": "2025-08-22T16:30:00+01:00", "metric": "first_response"}`
		due = "due 2025-08-27T08:30:00+01:00"
	)
	query := func(id string) string { return fmt.Sprintf(good, id) }
	full := query("full")
	full += strings.Repeat(" ", maxLine-len(full))
	for _, c := range []struct {
		in, want, why string
	}{
		{"", "", "nothing"},
		{query("a") + "\n", "a " + due, "one line"},
		{query("a"), "a " + due, "a last line without an end"},
		{query("a") + "\r\n" + query("b") + "\r\n", "a " + due + "\nb " + due, "other ends of lines"},
		{query("a") + "\n{\n" + query("b") + "\n", "a " + due + "\n error query: the line ends before its object does\nb " + due, "no JSON"},
		{"\n" + query("a") + "\n  \n", " error query: a blank line: want a JSON object\na " + due + "\n error query: a blank line: want a JSON object", "blank lines"},
		{`{"id": "x", "edition": "none"}` + "\n" + query("a"), "x error edition \"none\" is not known\na " + due, "an error keeps its id"},
		{`{"id": "x", "speed": 5}` + "\n" + query("a"), "x error query: key \"speed\" is not known\na " + due, "a key that is not known"},
		{full + "\n" + query("a"), "full " + due + "\na " + due, "a line as long as may be"},
		{full + " \n" + query("a") + "\n", " error query: a line longer than 1048576 bytes\na " + due, "a byte more"},
		{full + " ", " error query: a line longer than 1048576 bytes", "a byte more, without an end"},
		{strings.Repeat("x", 5*maxLine) + "\n" + query("a"), " error query: a line longer than 1048576 bytes\na " + due, "much more"},
	} {
		out, stderr, status := ask(t, "-batch", c.in)
		if status != 0 || stderr != "" {
			t.Errorf("%s: exit status %d, %s", c.why, status, stderr)
		}
		var got []string
		for line := range strings.Lines(out) {
			var a struct{ ID, Status, Error, Due string }
			if err := json.Unmarshal([]byte(line), &a); err != nil {
				t.Errorf("%s: %v", c.why, err)
			}
			got = append(got, fmt.Sprintf("%s %s %s%s", a.ID, a.Status, a.Error, a.Due))
		}
		want := strings.Split(c.want, "\n")
		if c.want == "" {
			want = nil
		}
		if !slices.EqualFunc(got, want, strings.HasPrefix) {
			t.Errorf("%s: got\n%s\nwant\n%s", c.why, strings.Join(got, "\n"), c.want)
		}
	}
}

// Cases and other queries stand beside one another, and each gets its own form
// of answer.
func TestBatchOfCases(t *testing.T) {
	const where = `"edition": "smart-start/undated", "place": {"zone": "Europe/London", "region": "GB-ENG"}, "opened": "2025-08-22T16:30:00+01:00", "severity": 1`
	out, stderr, status := ask(t, "-batch", strings.Join([]string{
		`{"id": "a", ` + where + `, "metric": "first_response"}`,
		`{"id": "b", ` + where + `, "case": {"warnings": [75]}}`,
		`{"id": "c", ` + where + `, "case": {"warnings": [100]}}`,
		`{"id": "d", ` + where + `, "metric": "first_response", "case": {}}`,
	}, "\n"))
	if status != 0 || stderr != "" {
		t.Fatalf("exit status %d, %s", status, stderr)
	}
	var got []string
	for line := range strings.Lines(out) {
		var a struct {
			ID, Status, Due, Error string
			Metrics                []struct{ Metric, Status, Due string }
			Next                   []struct{ At, Kind string }
		}
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprint(a))
	}
	const due = "2025-08-27T08:30:00+01:00"
	want := []string{
		"{a due " + due + "  [] []}",
		"{b    [{first_response due " + due + "} {ongoing_response no_target } {resolution no_target }] [{2025-08-26T15:30:00+01:00 warning} {" + due + " deadline}]}",
		"{c error  case: a warning at 100 percent: want 1 to 99 [] []}",
		"{d    [{first_response due " + due + "}] [{" + due + " deadline}]}",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestAttainment(t *testing.T) {
	opened := func(at, more string) string {
		return `{"id": "x", "edition": "smart-start/undated", "place": {"zone": "Europe/London", "holidays": []}, "case": {}, "metric": "first_response", "severity": 1, "opened": "` + at + `"` + more + `}`
	}
	in := strings.Join([]string{
		opened("2025-08-04T09:00:00+01:00", `, "responded": "2025-08-04T10:00:00+01:00"`),
		opened("2025-08-31T23:30:00Z", `, "responded": "2025-09-30T10:00:00+01:00"`), // September in London
		opened("2025-09-01T09:00:00+01:00", `, "as_of": "2025-12-01T00:00:00Z"`),
		opened("2025-09-01T09:00:00+01:00", ``),
		"", "{}", `{"question": "term"}`,
	}, "\n")
	out, stderr, status := ask(t, "-batch -attainment quarter", in)
	want := `{"id":null,"status":"error","error":"query: a blank line: want a JSON object"}
{"id":null,"status":"error","error":"edition is missing: `
	if status != 0 || stderr != "deadline: 3 of 7 lines are not counted\n" || !strings.HasPrefix(out, want) {
		t.Errorf("exit status %d, %s, %s", status, stderr, out)
	}
	want = `{"period":"2025-Q3","edition":"smart-start/undated","offering":null,"metric":"first_response","severity":1,` +
		`"met":1,"missed":1,"due":2,"overdue":1,"exempt":0,"undetermined":0,"breached":2,"attained":"1/3"}` + "\n"
	if !strings.HasSuffix(out, "}\n"+want) || strings.Count(out, "\n") != 4 {
		t.Errorf("got\n%s", out)
	}
	for by, periods := range map[string][]string{
		"month": {`{"period":"2025-08",`, `{"period":"2025-09",`}, "year": {`{"period":"2025",`}, "whole": {`{"period":null,`},
	} {
		out, _, _ := ask(t, "-batch -attainment "+by, strings.Join(strings.Split(in, "\n")[:4], "\n"))
		lines := strings.Split(strings.TrimSpace(out), "\n")
		if !slices.EqualFunc(lines, periods, strings.HasPrefix) {
			t.Errorf("by %s: %s", by, out)
		}
	}
}

// A program that puts one query and waits for its answer gets it.
func TestBatchAnswersAtOnce(t *testing.T) {
	in, questions := io.Pipe()
	answers, out := io.Pipe()
	done := make(chan int)
	go func() {
		status := run([]string{"-batch"}, in, out, io.Discard)
		out.Close()
		done <- status
	}()
	r := bufio.NewReader(answers)
	for range 3 {
		fmt.Fprintln(questions, "{}")
		if line, err := r.ReadString('\n'); err != nil {
			t.Fatalf("read %q, %v", line, err)
		}
	}
	questions.Close()
	if status := <-done; status != 0 {
		t.Errorf("exit status %d", status)
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

func TestBrokenStreams(t *testing.T) {
	var out, errs bytes.Buffer
	in := io.MultiReader(strings.NewReader("{}\n"), iotest.ErrReader(io.ErrClosedPipe))
	if status := run([]string{"-batch"}, in, &out, &errs); status != 1 || strings.Count(out.String(), "\n") != 1 {
		t.Errorf("reading fails: exit status %d, %q, %q", status, &out, &errs)
	}
	for _, args := range []string{"-batch", "-list", "-h", cases[0].args, cases[0].args + " -json"} {
		errs.Reset()
		if status := run(strings.Fields(args), strings.NewReader("{}\n"), full{}, &errs); status != 1 || errs.Len() == 0 {
			t.Errorf("writing fails: %s: exit status %d, %q", args, status, &errs)
		}
	}
}
