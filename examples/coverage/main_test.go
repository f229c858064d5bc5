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
	esm     = "-question security-fix -on 2025-08-01 -security infra-only -fact arch=amd64"
	full    = " -support full -on 2025-08-01"
	outages = `[{"from":"2025-09-10T00:00:00Z","to":"2025-09-10T08:45:37Z","attribution":"provider","cause":"failure"}]`
	nodes   = `[{"id":"m1","kind":"physical","ubuntu":true,"contract":"c1"},{"id":"m2","kind":"virtual","ubuntu":false},{"id":"m3","kind":"virtual","ubuntu":true}]`
)

// The answers here were worked out by hand, so that -update cannot change them
// unseen.
var cases = []struct {
	name   string
	args   string
	answer string   // the first line
	lines  []string // others that must be there, spaces run together
	why    string
}{
	{
		"covered", esm + " -fact release=18.04 -fact component=main -fact priority=high",
		"covered: esm-infra",
		[]string{"valid 2023-04-27 to 2028-04-26", "reasons main-in-esm-term (1.2), grants"},
		"Main after five years and before ten",
	}, {
		"limited", esm + " -fact release=18.04 -fact component=main -fact priority=medium -range",
		"limited: esm-infra, selected-fixes",
		[]string{"readings esm.medium: selected", "not_covered (esm.medium: high-critical-only)", "main-in-esm-term (1.2), grants"},
		"medium fixes are selected, under one reading",
	}, {
		"limited-explained", esm + " -fact release=18.04 -fact component=main -fact priority=medium -explain",
		"limited: esm-infra, selected-fixes",
		[]string{"phase: pro", "esm.medium: selected", "kind coverage", "edition ubuntu-pro/2025-07-02", "selected-medium (1.1), limited: applied", "main-in-esm-term (1.2), covered: applied"},
		"the same with every rule",
	}, {
		"undetermined", esm + " -fact release=18.04 -fact component=main",
		"undetermined",
		[]string{"missing priority", "priority: one of critical, high, medium, low, negligible"},
		"the priority is not stated",
	}, {
		"later-edition", "-question security-fix -on 2026-08-01 -fact release=22.04 -fact arch=amd64 -fact component=main -fact priority=high",
		"standard",
		[]string{"valid 2022-04-21 to 2027-04-21", "later-edition-exists, info"},
		"the free maintenance of five years, asked of an edition that has a successor",
	}, {
		"not-in-force", strings.Replace(esm, "2025-08-01", "2025-07-01", 1) + " -explain",
		"document_not_in_force", nil,
		"a day before the edition is",
	}, {
		"requires-addon", "-question service -level 24x7 -support full -on 2025-08-05 -addons managed-services,tam,dtam -fact action=managed-customer-change-management",
		"requires_addon",
		[]string{"remedies add-on dse"},
		"change management takes a DSE",
	}, {
		"too-few-nodes", "-question product -level weekday" + full + " -fact release=22.04 -fact product=openstack -fact method=charmed-openstack -fact engagement=private-cloud-build -fact hardware_meets_minimum=yes -fact deployed_nodes=11 -fact participating_nodes=12 -fact covered_nodes=12 -fact in_lifecycle=yes",
		"not_eligible",
		[]string{"remedies 1 node"},
		"eleven nodes where twelve are wanted",
	}, {
		"environment", "-question environment -on 2025-08-01 -fact machines=" + nodes,
		"not_eligible",
		[]string{"remedies machines m3"},
		"one of the Ubuntu systems is not covered; the other system does not count",
	}, {
		"not-permitted", "-question permission -level 24x7" + full + " -fact action=build-container-images -fact targets=5 -fact covered_targets=4",
		"not_permitted",
		[]string{"remedies 1 machine"},
		"one of five targets is not covered",
	}, {
		"exceeded", "-question allowance -level 24x7" + full + " -fact what=representatives -fact nodes=501 -fact devices=0 -fact representatives=11",
		"exceeded",
		[]string{"remedies 1 representative"},
		"two blocks of 500 nodes give ten",
	}, {
		"amount-range", "-question allowance -level 24x7" + full + " -fact what=credentials -fact nodes=501 -fact devices=0 -range",
		"amount: 10 credential",
		[]string{"amount: 5 credential (credentials.rounding: full-block)", "least 5 credential", "most 10 credential"},
		"a second block is begun",
	}, {
		"amount-agreed", "-question allowance -level 24x7" + full + " -fact what=credentials -fact nodes=501 -fact devices=0 -reading credentials.rounding=full-block -range",
		"amount: 5 credential",
		[]string{"range the same"},
		"only full blocks count, as agreed",
	}, {
		"uptime-missed", "-question uptime -level 24x7 -support full -addons managed-services -on 2026-07-02 -fact from=2025-07-02T00:00:00Z -fact to=2026-07-02T00:00:00Z -fact plane=data -fact regions=2 -fact outages=" + outages,
		"missed", nil,
		"a second more than a thousandth of a year",
	}, {
		"term-date", "-question term -level 24x7 -support full -fact what=hotfix -fact patch=released -fact incorporated_on=2025-07-10 -fact rejected=no -range",
		"date: 2025-10-08",
		[]string{"least 2025-10-07", "most 2025-10-08"},
		"ninety days after the tenth of July",
	}, {
		"out-of-term", "-question security-fix -on 2025-08-01 -from 2024-08-01 -until 2025-07-31 -fact release=18.04 -fact arch=amd64 -fact component=main -fact priority=high",
		"not_entitled",
		[]string{"valid from 2025-08-01", "reasons outside-contract-term (Introduction), excludes"},
		"the day after the contract's last",
	}, {
		"statement", "-question process -fact action=pricing",
		"statement",
		[]string{"reasons pricing (Introduction), grants"},
		"the text says where prices are, which no program decides",
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
	got = digests(t).Replace(got)
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
		t.Errorf("%s (go test ./examples/coverage -update writes it anew):\n%s", name, d)
	}
}

// digests takes out the digests of the editions' files.
func digests(t *testing.T) *strings.Replacer {
	var pairs []string
	for _, id := range catalog.Builtin().Editions() {
		e, err := catalog.Builtin().Edition(id)
		if err != nil {
			t.Fatal(err)
		}
		pairs = append(pairs, e.Digest, "(that of the file)")
	}
	return strings.NewReplacer(pairs...)
}

func TestHelp(t *testing.T) {
	out, stderr, status := ask(t, "-h", "")
	if status != 0 || stderr != "" {
		t.Errorf("exit status %d, %q", status, stderr)
	}
	golden(t, "help.txt", out)
}

func TestQuestions(t *testing.T) {
	out, stderr, status := ask(t, "-questions", "")
	if status != 0 || stderr != "" {
		t.Fatalf("exit status %d, %q", status, stderr)
	}
	golden(t, "questions.txt", out)
	for _, want := range []string{
		"\nsecurity-fix, a question of coverage\n  Is a security fix for this",
		"  pocket: one of release, security, updates, proposed, backports; release unless stated\n",
		"  deployed_nodes: number, unit node\n    Nodes deployed in the environment",
		"  ros_core: yes-no\n",
		"  outages: outages\n",
		"  level: one of self-support, weekday, 24x7; self-support unless stated (12.3 note 1); the contract's\n",
		"  end_of_pro: date\n",
		"    - selected: medium fixes are included as far as they are selected (default)\n",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q", want)
		}
	}
	var all, one listing
	for args, to := range map[string]*listing{"-questions -json": &all, "-questions -question environment -json": &one} {
		line, stderr, status := ask(t, args, "")
		if status != 0 || strings.Count(line, "\n") != 1 {
			t.Fatalf("exit status %d, %q", status, stderr)
		}
		if err := json.Unmarshal([]byte(line), to); err != nil {
			t.Fatal(err)
		}
	}
	if all.String() != out {
		t.Errorf("JSON and text differ:\n%s", cmp.Diff(out, all.String()))
	}
	if len(all.Questions) < 15 || len(one.Questions) != 1 || one.Questions[0].Name != "environment" {
		t.Errorf("%d questions, and %+v", len(all.Questions), one.Questions)
	}
}

// No file is left over from a case that is gone.
func TestGoldenFiles(t *testing.T) {
	files, err := filepath.Glob("testdata/*")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != len(cases)+2 { // the help and the questions
		t.Errorf("%d files in testdata, %d cases", len(files), len(cases))
	}
}

func TestErrors(t *testing.T) {
	const asked = esm + " -fact release=18.04 -fact component=main -fact priority=high"
	for _, c := range []struct {
		args   string
		status int
		want   []string
		why    string
	}{
		{"", 2, []string{"no -question", "-questions"}, "nothing asked"},
		{asked + " -edition ubuntu-pro/2024-01-01", 1, []string{`edition "ubuntu-pro/2024-01-01" is not known`, "ubuntu-pro/2025-07-02"}, "no such edition"},
		{"-question security-fixes", 1, []string{`question "security-fixes" is not known`, "support-request", "(security-fix?)"}, "no such question"},
		{"-questions -question security-fixes", 1, []string{`question "security-fixes" is not known`, "(security-fix?)"}, "no such question to list"},
		{"-question security-fix -edition smart-start/undated", 1, []string{`question "security-fix" is not known`, "want one of support-request"}, "a question of another edition"},
		{esm + " -fact componnet=main", 1, []string{`facts "componnet" is not known`, "want one of on, release", "(component?)"}, "a misspelt fact"},
		{esm + " -fact component=mian", 1, []string{`facts.component "mian" is not known`, "main, universe", "(main?)"}, "a misspelt value"},
		{esm + " -fact action=pricing", 1, []string{`facts "action"`, "not of security-fix"}, "a fact of another question"},
		{esm + " -fact level=weekday", 1, []string{`facts "level"`, "the contract's"}, "a fact of the contract"},
		{"-question allowance -fact nodes=many", 1, []string{`facts.nodes "many"`, "want digits"}, "no number"},
		{"-question allowance -fact raw_tb_per_node=96", 1, []string{`facts.raw_tb_per_node "96"`, "want a list of numbers"}, "no list"},
		{"-question allowance -fact nodes=[1]", 1, []string{"facts.nodes", "a list; want one value"}, "a list where there is none"},
		{asked + " -level gold", 1, []string{`contract.level "gold" is not known`, "self-support, weekday, 24x7"}, "no such level"},
		{asked + " -level self-support -support full", 1, []string{`level "self-support" cannot stand with support_scope "full"`}, "a contract that cannot be"},
		{asked + " -addons gold", 1, []string{`contract.addons "gold"`, "legacy"}, "no such add-on"},
		{asked + " -machines physical,toaster", 1, []string{`contract.machines "toaster"`, "physical, virtual, desktop"}, "no such machine"},
		{asked + " -from 2025-09-01 -until 2025-08-01", 1, []string{`contract.until "2025-08-01"`, "2025-09-01"}, "an end before the beginning"},
		{asked + " -offering switch", 1, []string{`contract.offering "switch"`, "no offering"}, "an offering of another edition"},
		{asked + " -reading esm.mediun=selected", 1, []string{`readings "esm.mediun"`, "(esm.medium?)"}, "no such reading"},
		{asked + " -reading esm.medium=some", 1, []string{`readings.esm.medium "some"`, "selected, high-critical-only"}, "no such value of it"},
		{asked + " -fact on=2025-08-02", 1, []string{"on is 2025-08-01", "2025-08-02 in facts"}, "two dates"},
		{asked + " -on 01.08.2025", 2, []string{"-on", `"01.08.2025"`, "written 2025-07-02"}, "no date"},
		{asked + " -fact priority", 2, []string{"-fact", `"priority"`, "name=value"}, "no value"},
		{asked + " -fact priority=low", 2, []string{`priority is "high" already`}, "two values"},
		{asked + " -fact hours=[1,2", 2, []string{"-fact", "want a list as JSON has it"}, "no JSON"},
		{asked + " -reading esm.medium=selected -reading esm.medium=high-critical-only", 2, []string{"esm.medium", "choose one"}, "two readings"},
		{asked + " weekday", 2, []string{`argument "weekday"`}, "an argument"},
		{asked + " -speed 5", 2, []string{"-speed"}, "no such flag"},
		{"-batch -json", 2, []string{"-json", "-batch alone"}, "a batch is JSON"},
		{"-questions -level weekday", 2, []string{"-level", "-questions, -edition, -question, -json alone"}, "what can be asked is the same for all contracts"},
	} {
		out, stderr, status := ask(t, c.args, "")
		if status != c.status || out != "" {
			t.Errorf("%s: exit status %d, want %d, output %q\n%s", c.why, status, c.status, out, c.args)
		}
		for _, want := range append(c.want, "coverage: ") {
			if !strings.Contains(stderr, want) {
				t.Errorf("%s: %q not in:\n%s", c.why, want, stderr)
			}
		}
	}
}

func TestJSON(t *testing.T) {
	out, stderr, status := ask(t, cases[0].args+" -range -json", "")
	if status != 0 {
		t.Fatal(stderr)
	}
	query := `{"edition": "ubuntu-pro/2025-07-02", "contract": {"security_scope": "infra-only"}, "question": "security-fix", "on": "2025-08-01",
		"facts": {"release": "18.04", "arch": "amd64", "component": "main", "priority": "high"}, "range": true}`
	line, _, _ := ask(t, "-batch", strings.ReplaceAll(query, "\n", " ")+"\n")
	if out != line {
		t.Errorf("%s\nis not what a batch answers:\n%s", out, line)
	}
	out, stderr, status = ask(t, cases[1].args+" -explain -json", "")
	if status != 0 || strings.Count(out, "\n") != 1 {
		t.Fatalf("exit status %d, %s", status, stderr)
	}
	var got struct {
		Outcome  string
		Decision catalogDecision
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	is := fmt.Sprint(got.Outcome, " ", got.Decision.Known["phase"])
	for _, r := range got.Decision.Rules {
		if r.Standing == "applied" {
			is += " " + r.Code
		}
		if r.Code == "lower-priorities" && fmt.Sprint(r.Lacking) != "[priority]" {
			t.Errorf("%+v", r)
		}
	}
	if want := "limited pro selected-medium main-in-esm-term"; is != want {
		t.Errorf("got %q, want %q", is, want)
	}
}

// A catalogDecision is a decision as a reader of the JSON may have it.
type catalogDecision struct {
	Known map[string]string
	Rules []struct {
		Code, Standing string
		Lacking        []string
	}
}

func TestBatch(t *testing.T) {
	const good = `{"id": "%s", "edition": "ubuntu-pro/2025-07-02", "question": "process", "facts": {"action": "pricing"}}`
	query := func(id string) string { return fmt.Sprintf(good, id) }
	full := query("full")
	full += strings.Repeat(" ", maxLine-len(full))
	for _, c := range []struct {
		in, want, why string
	}{
		{"", "", "nothing"},
		{query("a") + "\n", "a statement", "one line"},
		{query("a"), "a statement", "a last line without an end"},
		{query("a") + "\r\n" + query("b") + "\r\n", "a statement\nb statement", "other ends of lines"},
		{query("a") + "\n{\n" + query("b") + "\n", "a statement\n error query: the line ends before its object does\nb statement", "no JSON"},
		{"\n" + query("a") + "\n  \n", " error query: a blank line: want a JSON object\na statement\n error query: a blank line: want a JSON object", "blank lines"},
		{`{"id": "x", "edition": "none", "question": "process"}` + "\n" + query("a"), "x error edition \"none\" is not known\na statement", "an error keeps its id"},
		{`{"id": "x", "speed": 5}` + "\n" + query("a"), "x error query: key \"speed\" is not known\na statement", "a key that is not known"},
		{`{"id": "x"}`, "x error query: question is missing", "no question"},
		{`{"id": "x", "edition": "ubuntu-pro/2025-07-02", "question": "proces"}`, "x error question \"proces\" is not known", "no such question"},
		{`{"id": "x", "edition": "ubuntu-pro/2025-07-02", "question": "process", "severity": 1}`, "x error a query with a question has no use for severity", "a case beside a question"},
		{`{"id": "x", "edition": "ubuntu-pro/2025-07-02", "question": "process", "facts": {"action": {}}}`, "x error facts.action: an object", "an object for a fact"},
		{`{"id": "x", "edition": "ubuntu-pro/2025-07-02", "question": "process", "facts": {"action": "pricing", "action": "pricing"}}`, "x error query: ", "a fact twice"},
		{full + "\n" + query("a"), "full statement\na statement", "a line as long as may be"},
		{full + " \n" + query("a") + "\n", " error query: a line longer than 1048576 bytes\na statement", "a byte more"},
		{full + " ", " error query: a line longer than 1048576 bytes", "a byte more, without an end"},
		{strings.Repeat("x", 5*maxLine) + "\n" + query("a"), " error query: a line longer than 1048576 bytes\na statement", "much more"},
	} {
		out, stderr, status := ask(t, "-batch", c.in)
		if status != 0 || stderr != "" {
			t.Errorf("%s: exit status %d, %s", c.why, status, stderr)
		}
		var got []string
		for line := range strings.Lines(out) {
			var a struct{ ID, Outcome, Error string }
			if err := json.Unmarshal([]byte(line), &a); err != nil {
				t.Errorf("%s: %v", c.why, err)
			}
			got = append(got, strings.TrimRight(fmt.Sprintf("%s %s %s", a.ID, a.Outcome, a.Error), " "))
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

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

// A batch whose answers cannot be written reads no further.
func TestBrokenStreams(t *testing.T) {
	var out, errs bytes.Buffer
	in := io.MultiReader(strings.NewReader("{}\n"), iotest.ErrReader(io.ErrClosedPipe))
	if status := run([]string{"-batch"}, in, &out, &errs); status != 1 || strings.Count(out.String(), "\n") != 1 {
		t.Errorf("reading fails: exit status %d, %q, %q", status, &out, &errs)
	}
	for _, args := range []string{"-batch", "-questions", "-questions -json", "-h", cases[0].args, cases[0].args + " -json", cases[0].args + " -explain", cases[0].args + " -explain -json"} {
		errs.Reset()
		if status := run(strings.Fields(args), strings.NewReader("{}\n"), broken{}, &errs); status != 1 || errs.Len() == 0 {
			t.Errorf("writing fails: %s: exit status %d, %q", args, status, &errs)
		}
	}
	rest := &counting{Reader: strings.NewReader(strings.Repeat("{}\n", maxLine))}
	if status := run([]string{"-batch"}, rest, broken{}, &errs); status != 1 || rest.n > 2*maxLine {
		t.Errorf("writing fails: exit status %d after %d bytes were read", status, rest.n)
	}
}

type counting struct {
	io.Reader
	n int
}

func (c *counting) Read(b []byte) (int, error) {
	n, err := c.Reader.Read(b)
	c.n += n
	return n, err
}
