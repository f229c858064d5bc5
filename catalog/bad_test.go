package catalog_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/supportterms/supportterms/catalog"
)

// problems returns what is wrong, one by one.
func problems(t testing.TB, err error) (out []*catalog.Problem) {
	if err == nil {
		return nil
	}
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		t.Fatalf("%T, want joined problems", err)
	}
	for _, err := range joined.Unwrap() {
		if p, ok := err.(*catalog.Problem); ok {
			out = append(out, p)
		} else {
			out = append(out, problems(t, err)...)
		}
	}
	return out
}

// A wanted problem is written "line:column path | words | words".
func checkProblem(t *testing.T, got *catalog.Problem, want string) {
	t.Helper()
	words := strings.Split(want, " | ")
	path := got.Path
	if path == "" {
		path = "-"
	}
	at := fmt.Sprintf("%d:%d %s", got.Line, got.Column, path)
	if at != words[0] {
		t.Errorf("%s: %s\nwant it at %s", at, got.Message, words[0])
	}
	for _, w := range words[1:] {
		if !strings.Contains(got.Message, w) {
			t.Errorf("%s: %s\nwant in it %q", at, got.Message, w)
		}
	}
}

// Each file says at its top, line by line, what is wrong with it.
func TestBad(t *testing.T) {
	files, err := filepath.Glob("testdata/bad/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		name := filepath.Base(file)
		t.Run(name, func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var want []string
			for line := range strings.Lines(string(text)) {
				if w, ok := strings.CutPrefix(line, "# want "); ok {
					want = append(want, strings.TrimSpace(w))
				}
			}
			e, err := catalog.Parse(name, text)
			got := problems(t, err)
			if e != nil || len(want) == 0 {
				t.Errorf("an edition, or nothing wanted")
			}
			for i, p := range got {
				if i < len(want) {
					checkProblem(t, p, want[i])
				}
				if p.File != name || !strings.HasPrefix(p.Error(), name+":") {
					t.Errorf("%v, want the file named", p)
				}
			}
			if len(got) != len(want) {
				t.Errorf("%d problems, want %d:\n%v", len(got), len(want), err)
			}
			inOrder := slices.IsSortedFunc(got, func(a, b *catalog.Problem) int {
				return (a.Line-b.Line)<<20 + a.Column - b.Column
			})
			if !inOrder {
				t.Errorf("not in the order of the file:\n%v", err)
			}
		})
	}
}

const badHead = `edition: {document: acme, edition: "1", title: Care, publisher: Acme, language: en, source: {text: care.txt, sha256: "0000000000000000000000000000000000000000000000000000000000000000"}}
`

// rulesOf is an edition with rules for the target, of facts f0, f1 and so on,
// each with some of ten values.
func rulesOf(facts int, rules string) string {
	var b strings.Builder
	b.WriteString(badHead + "severities: [1]\nmetrics: {first_response: request}\nfacts:\n")
	for i := range facts {
		fmt.Fprintf(&b, "  f%d: {values: [v0, v1, v2, v3, v4, v5, v6, v7, v8, v9]}\n", i)
	}
	return b.String() + "clauses:\n- clause: \"1\"\n  summary: What is promised.\n  rules:\n    target:\n" + rules
}

// coverageOf is an edition with some questions, whose first has rules.
func coverageOf(questions int, top, facts, rules string) string {
	if facts != "" {
		facts = "facts:\n" + facts
	}
	return badHead + top + facts + "questions:\n" + numbered(questions, "  q%d: {kind: coverage, asks: \"What?\"}\n") +
		"clauses:\n- clause: \"1\"\n  summary: What is covered.\n  rules:\n    q0:\n" + rules
}

// chain is an edition with figures that are each computed from the last.
func chain(n int) string {
	figures := "    g0: {difference: {of: f, less: f}}\n"
	for i := range n {
		figures += fmt.Sprintf("    g%d: {difference: {of: f, less: g%d}}\n", i+1, i)
	}
	return coverageOf(1, "", "  f: number\n", fmt.Sprintf("      a: {when: {g%d: {above: 1}}, then: covered}\n  figures:\n", n)+figures)
}

// numbered writes text with 0, 1 and so on.
func numbered(n int, text string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, text, i)
	}
	return b.String()
}

// fill repeats lines until a file is nearly as long as it may be.
func fill(head string, line func(i int) string) string {
	var b strings.Builder
	b.WriteString(head)
	for i := 0; ; i++ {
		if s := line(i); b.Len()+len(s) < 1<<20 {
			b.WriteString(s)
		} else {
			return b.String()
		}
	}
}

// entangled is rules of which the first roots are excepted by all others in
// turn, each with conditions on a few facts.
func entangled(rules, roots, facts, conditions int) string {
	var b strings.Builder
	for i := range rules {
		fmt.Fprintf(&b, "      r%d: {then: %d hours, ", i, i+1)
		if i >= roots {
			fmt.Fprintf(&b, "except: r%d, ", i%roots)
		}
		b.WriteString("when: {")
		for c := range conditions {
			fmt.Fprintf(&b, "f%d: [v%d, v%d, v%d, v%d], ", (i+c)%facts, i%10, (i+3)%10, (i+c)%10, c%10)
		}
		b.WriteString("}}\n")
	}
	return rulesOf(facts, b.String())
}

// Inputs too large, too deep or too strange to keep as files. None may take
// long, whatever it is full of.
func TestBadMade(t *testing.T) {
	rep := strings.Repeat
	clause := "clauses:\n- {clause: \"1\", summary: Nothing., statement: {party: both, kind: empty}}\n"
	stair := fill("", func(i int) string { return rep(" ", i) + "a:\n" })
	tests := []struct {
		why, text string
		want      string // the first problem, or words in one of them
		count     int    // of them; 0: any
	}{
		{"nothing at all", "", "0:0 - | empty; want an edition", 1},
		{"blank lines", " \n\n  \n", "0:0 - | empty", 1},
		{"a byte order mark of another encoding", "\xff\xfee\x00", "1:1 - | byte 0xff is not UTF-8", 1},
		{"invalid UTF-8", badHead + clause + "# \xc3\x28\n", "4:3 - | byte 0xc3 is not UTF-8", 1},
		{"a surrogate", "a: \xed\xa0\x80", "1:4 - | byte 0xed is not UTF-8", 1},
		{"a control character", "a: 1\nb: \x00", "2:4 - | U+0000 cannot be seen", 1},
		{"a line break of YAML's only", "a: 1\u2028b: 2", "1:5 - | U+2028 cannot be seen", 1},
		{"a lone carriage return", "a: 1\rb: 2", "1:5 - | U+000D cannot be seen", 1},
		{"text that runs the other way", "a: \u202eb", "1:4 - | U+202E cannot be seen", 1},
		{"a tab before a key", "a:\n \tb: 1", "2:2 - | a tab; indent with spaces", 1},
		{"a tab in a reserved place", "a: @", "1:1 - | not YAML: found character that cannot start any token", 1},
		{"one byte too many", badHead + clause + rep("#", 1<<20+1-len(badHead+clause)), "0:0 - | more than 1048576 bytes", 1},
		{"100 MB", rep("a: [\n", 20<<20), "0:0 - | more than 1048576 bytes", 1},
		{"flow 10,000 deep", rep("[", 10000) + rep("]", 10000), "nested more than 32 deep", 2},
		{"flow deeper", rep("{a: ", 20000), "1:1 - | nested more than 32 deep", 1},
		{"flow over lines", rep("[\n", 500000), "10001:1 - | nested more than 32 deep", 1},
		{"lists in lists in one line", rep("- ", 10000) + "a\n", "nested more than 32 deep", 2},
		{"keys of keys", rep("? ", 5000) + "a\n", "a key is plain text", 3},
		{"a stair of mappings", stair, "nested more than 32 deep", 4},
		{"aliases of aliases", fill("k0: &k0 [x, x]\n", func(i int) string {
			return fmt.Sprintf("k%d: &k%d [*k%d, *k%d, *k%d, *k%d]\n", i+1, i+1, i, i, i, i)
		}), "", 201},
		{"many keys", fill(badHead, func(i int) string { return fmt.Sprintf("k%d:\n", i) }), "", 201},
		{"one key many times", fill(badHead, func(int) string { return "facts: {}\n" }), "", 201},
		{"a long key", badHead + rep("k", 1000) + ": 1\n" + clause, "2:1 - | has 1000 bytes; want 1 to 100", 1},
		{"a long value", strings.Replace(badHead, "title: Care", "title: Care, since: "+rep("2025-", 200000), 1) + clause, "cannot read date", 1},
		{"many comments", fill(badHead+clause, func(int) string { return "#\n" }) + "a:\n", "", 1},
		{"many documents", badHead + clause + rep("---\n", 1000), "a second document", 1},
		{"many clauses", fill(badHead+clause, func(i int) string {
			return fmt.Sprintf("- {clause: c%d, summary: s, statement: {party: both, kind: empty}}\n", i)
		}), "3:1 clauses | at most 1000 are possible", 1},
		{"many rules", fill(rulesOf(0, ""), func(i int) string { return fmt.Sprintf("      r%d: {then: 1 hour}\n", i) }), "", 0},
		{"many rules in many clauses", fill(badHead+clause, func(i int) string {
			return fmt.Sprintf("- {clause: c%d, summary: s, rules: {target: {r%d: {then: %d hours}}}}\n", i%990, i, i+1)
		}), "", 11},
		{"many targets", strings.Join(slices.Collect(func(yield func(string) bool) {
			yield(badHead + clause)
			for c := range 100 {
				yield(fmt.Sprintf("- clause: c%d\n  summary: s\n  rules:\n    target:\n", c))
				for i := range 300 {
					yield(fmt.Sprintf("      r%d: {then: %d hours}\n", c*300+i, i+c+1))
				}
			}
		}), ""), "", 1},
		{"many bad conditions", fill(rulesOf(30, ""), func(i int) string { return fmt.Sprintf("      r%d: {then: 1 hour, when: {f1: w%d, x: y}}\n", i%900, i) }), "", 201},
		{"many exceptions to nothing", rulesOf(0, func() (s string) {
			for i := range 900 {
				s += fmt.Sprintf("      r%d: {then: 1 hour, except: q%d}\n", i, i)
			}
			return s
		}()), "", 201},
		{"250 rules of which each two disagree", entangled(250, 250, 50, 10), "", 201},
		{"exceptions to 16 rules", entangled(250, 16, 30, 10), "too entangled", 0},
		{"exceptions to 50 rules", entangled(250, 50, 30, 10), "too entangled", 0},
		{"exceptions to 125 rules", entangled(250, 125, 30, 3), "", 201},
		{"two long chains of exceptions", rulesOf(1, "      a0: {then: 1 hour}\n      b0: {then: 2 hours}\n"+func() (s string) {
			for i := range 125 {
				s += fmt.Sprintf("      a%d: {then: 1 hour, except: a%d, when: {f0: [v0, v%d]}}\n", i+1, i, i%10)
				s += fmt.Sprintf("      b%d: {then: 2 hours, except: b%d, when: {f0: [v1, v%d]}}\n", i+1, i, i%10)
			}
			return s
		}()), "", 0},
		{"more facts than a policy may have", rulesOf(90, "      r: {then: 1 hour, when: {"+numbered(90, "f%d: v0, ")+"}}\n"), "4:1 facts | at most 64", 0},

		{"rules for a question", coverageOf(1, "", "", numbered(257, "      r%d: {then: covered}\n")), "265:7 clauses[0].rules.q0.r256 | more than 256 rules for q0; join some", 1},
		{"rules for every question", coverageOf(3, "", "", "      a: {then: covered}\n    every:\n"+numbered(300, "      r%d: {then: info}\n")), "", 3},
		{"more limits than fit a word", coverageOf(1, "limits: ["+numbered(65, "l%d, ")+"]\n", "", "      a: {then: covered}\n"), "2:1 limits | limits: 65 limits, at most 64", 1},
		{"more facts than a question may have", coverageOf(1, "", numbered(200, "  f%d: yes-no\n"), "      a: {then: covered}\n"), "204:3 questions.q0 | question q0: 204 facts and readings, at most 192", 1},
		{"more numbers than a question may have", coverageOf(1, "", numbered(70, "  f%d: number\n"), "      a: {then: covered}\n"), "74:3 questions.q0 | question q0: 71 numbers and dates, at most 64", 1},
		{"more values than fit a byte", coverageOf(1, "", "  f: {values: ["+numbered(256, "v%d, ")+"]}\n", "      a: {then: covered}\n"), "3:3 facts.f | has 256 values; at most 255", 1},
		{"more questions than an edition may have", coverageOf(51, "", "", "      a: {then: covered}\n"), "53:3 questions.q50 | more than 50 questions; leave some out", 1},
		{"many facts in many questions", coverageOf(900, "", numbered(900, "  f%d: number\n"), "      a: {then: covered}\n"), "more than 50 questions", 0},
		{"many facts, many rules and all questions", coverageOf(50, "", numbered(180, "  f%d: {values: ["+numbered(250, "v%d, ")+"]}\n"), func() string {
			rules := "      a: {then: permitted}\n    every:\n"
			for i := range 250 {
				rules += fmt.Sprintf("      r%d: {then: covered, when: {f%d: v%d}}\n", i, i%180, i)
			}
			return rules
		}()), "239:7 clauses[0].rules.q0.a | says permitted", 1},
		{"figures that nothing rests on", coverageOf(1, "", "", "      a: {then: covered}\n  figures:\n"+numbered(999, "    h%d: {number: {is: %[1]d}}\n")),
			"11:5 clauses[0].figures.h0 | no rule rests on this figure", 201},
		{"figures of figures", chain(900), "at most", 1},
		{"cells of a printed table", coverageOf(1, "", "  f: yes-no\n", "      a: {when: {g: c1}, then: covered}\n"+
			"- clause: \"2\"\n  summary: A table.\n  table:\n    gives: g\n    row: f\n    columns: ["+numbered(1000, "{id: c%d}, ")+"]\n    rows:\n"+
			strings.Repeat("    - {is: \"no\", cells: ["+numbered(1000, "c%d, ")+"]}\n", 100)), "15:12 clauses[1].table.gives | has 1000 values; at most 255", 1},
		{"outcomes that are none", fill(coverageOf(1, "", "", ""), func(i int) string { return fmt.Sprintf("      r%d: {then: covrd, when: {x: y}}\n", i) }), "", 201},
	}
	for _, test := range tests {
		t.Run(test.why, func(t *testing.T) {
			text := []byte(test.text)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			e, err := catalog.Parse("x.yaml", text)
			took := time.Since(start)
			runtime.ReadMemStats(&after)
			got := problems(t, err)
			if e != nil || len(got) == 0 {
				t.Fatal("an edition")
			}
			if strings.Contains(test.want, " | ") {
				checkProblem(t, got[0], test.want)
			} else if !strings.Contains(err.Error(), test.want) {
				t.Errorf("%.500v\nwant in it %q", err, test.want)
			}
			if test.count > 0 && len(got) != test.count {
				t.Errorf("%d problems, want %d: %.500v", len(got), test.count, err)
			}
			// Seconds only under a race detector on a busy machine.
			if took > 15*time.Second {
				t.Errorf("took %v", took)
			}
			if grown := after.TotalAlloc - before.TotalAlloc; grown > 1<<30 {
				t.Errorf("allocated %d MB", grown>>20)
			}
			if n := len(fmt.Sprint(err)); n > 1<<20 {
				t.Errorf("%d bytes of problems", n)
			}
			t.Logf("%v, %d MB, %d problems", took.Round(time.Millisecond), (after.TotalAlloc-before.TotalAlloc)>>20, len(got))
		})
	}
}

// An edition may use all of a file's room.
func TestLargestFile(t *testing.T) {
	head := badHead + "clauses:\n- {clause: \"1\", summary: Nothing., statement: {party: both, kind: empty}}\n"
	text := append([]byte(head), bytes.Repeat([]byte("#"), 1<<20-len(head))...)
	if _, err := catalog.Parse("x.yaml", text); err != nil {
		t.Error(err)
	}
}

// thin is how many times fewer cases a long test of one goroutine tries under
// the race detector, which has nothing to find there.
func thin() int {
	info, _ := debug.ReadBuildInfo()
	if info != nil && slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"}) {
		return 10
	}
	return 1
}

// badFiles are those of testdata/bad.
func badFiles(t testing.TB) map[string][]byte {
	t.Helper()
	files, _ := filepath.Glob("testdata/bad/*.yaml")
	out := map[string][]byte{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		out[filepath.Base(file)] = text
	}
	if len(out) == 0 {
		t.Fatal("no files")
	}
	return out
}
