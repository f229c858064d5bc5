package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

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
	of2017    = "-from ubuntu-advantage/2017-02-09 -to ubuntu-advantage/2017-07-21"
	ferry     = "-folder testdata/ferry-desk"
	inventory = " -inventory testdata/inventory.jsonl"
)

// The lines here were worked out by hand from the documents, so that -update
// cannot change them unseen.
var cases = []struct {
	name  string
	args  string
	lines []string // that must be there, spaces run together
	not   []string // words that must not
	why   string
}{
	{
		"list", "",
		[]string{
			"ubuntu-advantage/2017-02-09: Ubuntu Advantage サービス記述書 (ja)", "in force from 2017-02-09 to before 2017-05-18",
			"in force from 2017-07-21 to before 2017-11-06", "in force from 2025-07-02 to before 2026-06-26",
			"ubuntu-advantage/2017-05-18, since 2017-05-18, by canonical/ubuntu.com@bfa536b889:templates/legal/ubuntu-advantage/service-description.html",
			"smart-start/undated: SMART START: technical support (en)", "undated",
		},
		nil,
		"each document with its editions, held or not",
	}, {
		"document", "-document ubuntu-pro",
		[]string{"ubuntu-pro", "ubuntu-pro/2025-07-02: Ubuntu Pro Description (en)", "known and not at hand"},
		[]string{"ubuntu-advantage", "smart-start"},
		"one document",
	}, {
		"folder", ferry,
		[]string{
			"ferry-desk/1: The Ferry Desk (en)", "in force from 2025-03-01 to before 2026-01-01", "its end is known from the document that follows",
			"2 clauses, 12 rules, written from ferry-desk-1.txt", "3 clauses, 12 rules, written from ferry-desk-2.txt",
			"in force from 2026-01-01", "ferry-desk/0, since 2024-05-01, by a notice on the pier",
		},
		[]string{"ubuntu"},
		"a user's own editions; four cells and eight rules",
	}, {
		"in-force", "-document ubuntu-advantage -on 2017-08-01",
		[]string{"ubuntu-advantage/2017-07-21: Ubuntu Advantage service description (en)", "in force from 2017-07-21 to before 2017-11-06"},
		[]string{"2017-02-09"},
		"a day on which an edition at hand was in force",
	}, {
		"in-force-undated", "-document smart-start -on 1999-01-01",
		[]string{"smart-start/undated: SMART START: technical support (en)", "undated"},
		nil,
		"a document without a date is in force on any day",
	}, {
		"folder-rules", ferry + " -from ferry-desk/1 -to ferry-desk/2",
		[]string{
			"edition ferry-desk: edition 1 → 2; in force 2025-03-01/2026-01-01 → 2026-01-01/..",
			"hours desk: open Mo-Su 06:00-22:00 → Mo-Su 07:00-22:00",
			"rule replies/bridge/1: then 20 minutes → 15 minutes; clause 2 → 3",
			"rule replies/deck/1; clause 2 → 3", "0 removed, 3 changed, 11 moved, 0 added",
		},
		nil,
		"three changes, and a clause before the others: eleven rules are as they were",
	}, {
		"rules", of2017 + " -what add-on,service,limit,hours,reading",
		[]string{
			"add-on dse", "add-on dtam", "service dtam", "service esm", "limit knowledge-base-only",
			"reading sev1_hour: values gains elapsed-excluding-holidays",
		},
		[]string{"rule ", "figure ", "fact "},
		"some kinds of change only",
	}, {
		"rules-json", ferry + " -from ferry-desk/1 -to ferry-desk/2 -what rule,hours -json",
		[]string{
			`{"change":"changed","what":"hours","id":"desk","was_clause":"","is_clause":"","values":[{"name":"open","was":"Mo-Su 06:00-22:00","is":"Mo-Su 07:00-22:00"}]}`,
			`{"change":"moved","what":"rule","id":"replies/deck/1","was_clause":"2","is_clause":"3","values":[]}`,
		},
		[]string{"edition"},
		"a line of JSON a change",
	}, {
		"inventory", of2017 + inventory,
		[]string{
			// What February has and July lost: the KVM packages of Server Standard
			// and of a guest, OpenStack in Server Standard, five nodes for a cloud,
			// a desktop's other packages and architectures, Essential's tickets
			// and its Assurance.
			"line 2, server-kvm-package (support-request)", "was covered (2.3.1)",
			"line 7, nested-kvm-package (support-request)", "is not_covered (2.3.1, Appendix 1: Ubuntu Advantage Virtual Guest)",
			"line 8, openstack-by-server (product)", "is not_covered (Appendix 1: Ubuntu Advantage Server)",
			"line 9, cloud-region-of-6 (product)", "is not_eligible; over by 6 node (Appendix 1: Ubuntu Advantage OpenStack)",
			"line 13, desktop-server-package (support-request)", "line 14, desktop-i386 (support-request)",
			"line 15, essential-bug (support-request)", "line 16, essential-assurance (service)",
			// What July has: better guests, ESM in every tier, livepatches on 14.04.
			"was covered; service virtual-guest-standard (Appendix 1: Ubuntu Advantage Server: Advanced)",
			"is covered; service virtual-guest-advanced (Appendix 1: Ubuntu Advantage Server: Advanced)",
			"line 17, esm-12.04 (security-fix)", "line 18, livepatch-14.04 (livepatch)", "was not_covered (2.4.4)",
			// A business day of Essential, from nine to five on the Monday; July has no row for it.
			"line 21, friday-essential (first_response)", "was due; 2017-08-07T17:00:00+01:00 (3.2, Table of business hours, Table of response times)",
			"is no_target (Table of response times)",
			"13 changed, 11 unchanged, 0 not answered",
		},
		// Main, KVM and LXD guests of Standard, twelve nodes, 3 TB a node, the
		// representatives, 90 days of a hotfix and three rows of response times
		// are as they were.
		[]string{
			"server-main", "server-kvm-guest", "server-lxd-guest", "cloud-region-of-12", "cloud-storage", "desktop-editor", "representatives",
			"hotfix", "friday-standard", "friday-advanced", "friday-desktop",
		},
		"one contract under two editions",
	}, {
		"inventory-back", "-from ubuntu-advantage/2017-07-21 -to ubuntu-advantage/2017-02-09 -json" + inventory,
		[]string{
			`{"line":1,"id":"server-main","became":"unchanged","was":null,"is":null,"error":null}`,
		},
		[]string{`"became":"error"`},
		"the other way round, as JSON",
	}, {
		"lookup", "-lookup 営業日 -edition ubuntu-advantage/2017-02-09",
		[]string{
			"営業日: business day (3.2)", "stands in 13 cells",
			"response-times/level-1/desktop: 1営業日 (1 business day), Table of response times",
			"response-times/level-4/advanced: 1営業日 (1 business day), Table of response times",
		},
		[]string{"営業時間"},
		"a term, the seven cells of the table and the six of its emendation",
	}, {
		"lookup-all", ferry + " -lookup course",
		[]string{"course: no term of its own", "stands in 1 cell", "replies/deck/2: in due course (no_target), 2", "replies/deck/2: in due course (no_target), 3"},
		nil,
		"a word of a cell, in all editions",
	}, {
		"help", "-h", []string{"editions -from ID -to ID -inventory FILE [-json]"}, nil, "the help",
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
			for _, want := range c.lines {
				if !slices.Contains(lines, want) {
					t.Errorf("no line %q: %s\n%s", want, c.why, got)
				}
			}
			for _, word := range c.not {
				if strings.Contains(got, word) {
					t.Errorf("%q: %s\n%s", word, c.why, got)
				}
			}
			golden(t, c.name+".txt", got)
		})
	}
}

// ofBuiltin are counts of what grows with the editions of this module.
var ofBuiltin = regexp.MustCompile(`\d+ clauses, \d+ rules, written from (smart|support|ubuntu)`)

// golden compares text with a file in testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	got = ofBuiltin.ReplaceAllString(got, "(so many) clauses, (so many) rules, written from $1")
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
		t.Errorf("%s (go test ./examples/editions -update writes it anew):\n%s", name, d)
	}
}

// No file is left over from a case that is gone.
func TestGoldenFiles(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != len(cases) {
		t.Errorf("%d files in testdata, %d cases", len(files), len(cases))
	}
}

// What is unfiltered is all that package catalog says, and each way of writing
// it says the same.
func TestAllChanges(t *testing.T) {
	c := catalog.Builtin()
	var editions []*catalog.Edition
	for _, id := range []string{"ubuntu-advantage/2017-02-09", "ubuntu-advantage/2017-07-21"} {
		e, err := c.Edition(id)
		if err != nil {
			t.Fatal(err)
		}
		editions = append(editions, e)
	}
	text, _, _ := ask(t, of2017, "")
	lines, _, _ := ask(t, of2017+" -json", "")
	want := catalog.Diff(editions[0], editions[1])
	if n := strings.Count(lines, "\n"); n != len(want) {
		t.Errorf("%d lines of JSON, %d changes", n, len(want))
	}
	var parts int
	for _, what := range whats {
		var out, errs bytes.Buffer
		if status := run(append(strings.Fields(of2017), "-json", "-what", what), strings.NewReader(""), &out, &errs); status != 0 {
			t.Errorf("-what %s: exit status %d, %s", what, status, &errs)
		}
		parts += strings.Count(out.String(), "\n")
	}
	for _, c := range want {
		if !slices.Contains(whats, c.What) {
			t.Errorf("-what does not know %q", c.What)
		}
		if line := "\n  " + strings.TrimPrefix(c.String(), c.Kind.String()+" ") + "\n"; !strings.Contains(text, line) {
			t.Errorf("no line %q", line)
		}
	}
	if parts != len(want) {
		t.Errorf("%d changes of some kind, %d in all", parts, len(want))
	}
	same, _, _ := ask(t, "-from ubuntu-pro/2025-07-02 -to ubuntu-pro/2025-07-02", "")
	if !strings.HasSuffix(same, "\n\n0 removed, 0 changed, 0 moved, 0 added\n") {
		t.Errorf("an edition and itself:\n%s", same)
	}
}

// What is said of the way there is said of the way back, was and is exchanged.
func TestInventoryBack(t *testing.T) {
	var there, back []finding
	for args, to := range map[string]*[]finding{of2017: &there, "-from ubuntu-advantage/2017-07-21 -to ubuntu-advantage/2017-02-09": &back} {
		out, stderr, status := ask(t, args+inventory+" -json", "")
		if status != 0 {
			t.Fatal(stderr)
		}
		for line := range strings.Lines(out) {
			var f finding
			if err := json.Unmarshal([]byte(line), &f); err != nil {
				t.Fatal(err)
			}
			*to = append(*to, f)
		}
	}
	if len(there) != 24 {
		t.Errorf("%d lines", len(there))
	}
	for i := range back {
		back[i].Was, back[i].Is = back[i].Is, back[i].Was
	}
	if d := cmp.Diff(there, back, cmp.AllowUnexported(finding{})); d != "" {
		t.Error(d)
	}
}

// Lines of an inventory of the ferry desk: from six to seven in the morning the
// second edition's desk is closed, and it takes five minutes less for an alarm.
func TestInventoryLines(t *testing.T) {
	query := func(id, level string, severity int, at, more string) string {
		return fmt.Sprintf(`{"id": %q, "contract": {"level": %q}, "provider": {"zone": "UTC"}, "severity": %d, "opened": %q, "metric": "reply"%s}`, id, level, severity, at, more)
	}
	noon := query("a", "bridge", 1, "2026-02-02T12:00:00Z", "")
	const noonLine = `1 a changed due 12:20 due 12:15`
	full := noon + strings.Repeat(" ", maxLine-len(noon))
	for _, c := range []struct {
		in, want, why string
	}{
		{"", "", "nothing"},
		{noon, noonLine, "an alarm; no end of line"},
		{query("a", "deck", 1, "2026-02-02T06:30:00Z", "") + "\r\n", "1 a changed due 07:30 due 08:00", "half past six: an hour from then, or from seven"},
		{query("a", "deck", 1, "2026-02-02T12:00:00Z", ""), "1 a unchanged", "an open hour of both"},
		{query("a", "deck", 2, "2026-02-02T12:00:00Z", ""), "1 a unchanged", "no time is promised by either"},
		{query("a", "bridge", 1, "2026-02-02T12:00:00Z", `, "edition": "ferry-desk/9"`), noonLine, "whichever edition it names"},
		{query("a", "bridge", 1, "2025-12-31T12:00:00Z", ""), "1 a changed due 12:20 document_not_in_force", "a day before the second"},
		{query("a", "bridge", 1, "2025-02-28T12:00:00Z", ""), "1 a unchanged", "a day before both"},
		{noon + "\n\n" + noon, noonLine + "\n2 error query: a blank line\n3" + noonLine[1:], "a blank line"},
		{noon + "\n{\n" + noon, noonLine + "\n2 error query: the line ends before its object does\n3" + noonLine[1:], "no JSON"},
		{`{"id": "x", "speed": 5}` + "\n" + noon, "1 x error query: key \"speed\" is not known\n2" + noonLine[1:], "a key that is not known"},
		{`{"id": "x"}`, "1 x error no case: give opened", "no case"},
		{query("x", "stern", 1, "2026-02-02T12:00:00Z", ""), "1 x error contract.level \"stern\" is not known", "neither can answer it"},
		{`{"id": "x", "question": "weather"}`, "1 x error question \"weather\"", "a question of neither"},
		{full + "\n" + noon, noonLine + "\n2" + noonLine[1:], "a line as long as may be"},
		{full + " \n" + noon, "1 error query: a line longer than 1048576 bytes\n2" + noonLine[1:], "a byte more"},
		{strings.Repeat("x", 3*maxLine), "1 error query: a line longer than 1048576 bytes", "much more"},
	} {
		out, stderr, status := ask(t, ferry+" -from ferry-desk/1 -to ferry-desk/2 -inventory - -json", c.in)
		if status != 0 || stderr != "" {
			t.Errorf("%s: exit status %d, %s", c.why, status, stderr)
		}
		var got []string
		for line := range strings.Lines(out) {
			var f finding
			if err := json.Unmarshal([]byte(line), &f); err != nil {
				t.Fatal(err)
			}
			text := fmt.Sprint(f.Line)
			if f.ID != nil {
				text += " " + *f.ID
			}
			text += " " + f.Became
			for _, a := range []*catalog.ShortAnswer{f.Was, f.Is} {
				if a == nil {
					continue
				}
				text += " " + a.Status
				if a.Due != nil {
					text += a.Due.Format(" 15:04")
				}
			}
			if f.Error != nil {
				text += " " + *f.Error
			}
			got = append(got, text)
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

// The text has bad lines among the others, and what one edition alone cannot
// answer.
func TestInventoryText(t *testing.T) {
	in := `
{"id": "b", "question": "weather"}
{"id": "c", "contract": {"addons": ["dse"]}, "question": "allowance", "on": "2017-08-01", "facts": {"offering": "server-advanced", "what": "dse-hours", "hours": 40}}
`
	out, _, status := ask(t, of2017+" -inventory -", in)
	for _, want := range []string{
		"\nline 1: not answered\n  query: a blank line: want a JSON object\n",
		"\nline 2, b (weather): not answered\n  question \"weather\" is not known: want one of security-fix",
		"\nline 3, c (allowance)\n  was  within (Appendix 1: Dedicated Services Engineer)\n  is   error; contract.addons \"dse\" is not known",
		"\n1 changed, 0 unchanged, 2 not answered\n",
	} {
		if status != 0 || !strings.Contains(out, want) {
			t.Errorf("exit status %d, no %q\n%s", status, want, out)
		}
	}
}

func TestErrors(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "bad.yaml"), []byte("edition: {}\nclauses: []\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args   string
		status int
		want   []string
		why    string
	}{
		{"-document ubuntu-advantage -on 2017-06-01", 1, []string{
			"no edition of ubuntu-advantage is at hand for 2017-06-01", "the last known before is ubuntu-advantage/2017-05-18, from 2017-05-18, which is not at hand",
			"at hand: ubuntu-advantage/2017-02-09 in force from 2017-02-09 to before 2017-05-18, ubuntu-advantage/2017-07-21",
			"known and not at hand: ubuntu-advantage/2014-06-06, ",
		}, "between two that are at hand"},
		{"-document ubuntu-advantage -on 2014-06-05", 1, []string{"the first that is known, ubuntu-advantage/2014-06-06, is from 2014-06-06"}, "before all"},
		{"-document ubuntu-pro -on 2026-06-26", 1, []string{"the last known before is ubuntu-pro/2026-06-26"}, "the first day of one not at hand"},
		{"-document ubuntu-por -on 2026-06-26", 1, []string{"-document: ", `document "ubuntu-por" is not known`, "(ubuntu-pro?)"}, "no such document"},
		{"-document ubuntu-por", 1, []string{"-document: ", `document "ubuntu-por" is not known`, "(ubuntu-pro?)"}, "no such document to list"},
		{ferry + " -document ubuntu-pro", 1, []string{"-document: ", "want one of ferry-desk"}, "a document of this module beside a folder"},
		{"-from ubuntu-pro/2025 -to ubuntu-pro/2026", 1, []string{`-from: edition "ubuntu-pro/2025" is not known`, `-to: edition "ubuntu-pro/2026" is not known`, "ubuntu-pro/2025-07-02"}, "no such editions"},
		{ferry + " -from ferry-desk/3 -to ferry-desk/2", 1, []string{`-from: edition "ferry-desk/3" is not known`, "ferry-desk/1", "ubuntu-pro/2025-07-02"}, "no such edition in a folder"},
		{of2017 + " -inventory testdata/none.jsonl", 1, []string{"-inventory: ", "testdata/none.jsonl"}, "no such file"},
		{of2017 + " -inventory testdata", 1, []string{"-inventory: ", "is a directory"}, "a folder"},
		{ferry + " -from ferry-desk/1 -to ubuntu-pro/2025-07-02 -inventory -", 1, []string{"-inventory: ", "not of one catalog"}, "editions of two catalogs"},
		{"-lookup 休日 -edition ubuntu-advantage/2017-02-09", 1, []string{"-lookup: ", `"休日" is no term of ubuntu-advantage/2017-02-09`, "営業時間, 営業日"}, "no such word"},
		{"-lookup day -edition none", 1, []string{`-edition: edition "none" is not known`}, "no such edition to look in"},
		{"-folder testdata/none", 1, []string{"-folder: ", "testdata/none"}, "no such folder"},
		{"-folder main.go", 1, []string{"-folder: ", `"main.go" is no folder`}, "a file"},
		{"-folder " + t.TempDir(), 1, []string{"-folder ", "no .yaml file"}, "an empty folder"},
		{"-folder " + folder, 1, []string{"-folder ", `bad.yaml:1:10: edition.document: key "document" is missing`, "bad.yaml:2:10: clauses: no clause"}, "a folder with a bad file"},
		{"-on 2017-08-01", 2, []string{"-on without -document: want both"}, "a day of no document"},
		{"-document ubuntu-pro -on 01.08.2017", 2, []string{"-on", `"01.08.2017"`, "written"}, "no date"},
		{"-from ubuntu-pro/2025-07-02", 2, []string{"-from without -to: want both"}, "one edition"},
		{"-to ubuntu-pro/2025-07-02", 2, []string{"-to without -from: want both"}, "the other"},
		{"-inventory x.jsonl", 2, []string{"-inventory without -from: want both"}, "an inventory alone"},
		{"-edition ubuntu-pro/2025-07-02", 2, []string{"-edition without -lookup: want both"}, "an edition alone"},
		{of2017 + " -what rules", 2, []string{"-what", `"rules" is not known`, "figure, rule"}, "no such kind of change"},
		{of2017 + " -what rule,", 2, []string{"-what", `"" is not known`}, "an empty kind of change"},
		{of2017 + " -what rule -inventory -", 2, []string{"-what beside -inventory"}, "kinds of change of an inventory"},
		{of2017 + " -document ubuntu-pro", 2, []string{"-document beside -from"}, "two things at once"},
		{of2017 + " -lookup day", 2, []string{"beside -lookup: want -lookup with -edition, -folder only"}, "two other things"},
		{"-what rule", 2, []string{"-what without -from and -to"}, "kinds of change alone"},
		{"-json", 2, []string{"-json without -from and -to"}, "JSON of a list"},
		{"-lookup=", 2, []string{"-lookup", "want a word of a document"}, "no word"},
		{"-from= -to=", 2, []string{"-from", "want the ID of an edition"}, "no ID"},
		{"ubuntu-pro", 2, []string{`argument "ubuntu-pro": want flags only`}, "an argument"},
		{"-speed 5", 2, []string{"-speed"}, "no such flag"},
	} {
		out, stderr, status := ask(t, c.args, "")
		if status != c.status || out != "" {
			t.Errorf("%s: exit status %d, want %d, output %q\n%s", c.why, status, c.status, out, c.args)
		}
		for _, want := range c.want {
			if !strings.Contains(stderr, want) {
				t.Errorf("%s: %q not in:\n%s", c.why, want, stderr)
			}
		}
		for line := range strings.Lines(stderr) {
			if !strings.HasPrefix(line, "editions: ") && line != "editions -h says what can be asked\n" {
				t.Errorf("%s: line %q", c.why, line)
			}
		}
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

func TestBrokenStreams(t *testing.T) {
	var out, errs bytes.Buffer
	in := io.MultiReader(strings.NewReader("{}\n"), iotest.ErrReader(io.ErrClosedPipe))
	if status := run(strings.Fields(of2017+" -inventory -"), in, &out, &errs); status != 1 || !strings.Contains(out.String(), "line 1: not answered") || !strings.Contains(errs.String(), "-inventory: ") {
		t.Errorf("reading fails: exit status %d, %q, %q", status, &out, &errs)
	}
	for _, c := range cases {
		errs.Reset()
		if status := run(strings.Fields(c.args), strings.NewReader(""), broken{}, &errs); status != 1 || errs.Len() == 0 {
			t.Errorf("writing fails: %s: exit status %d, %q", c.args, status, &errs)
		}
	}
}
