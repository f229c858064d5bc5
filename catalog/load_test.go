package catalog_test

import (
	"encoding/json"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"gopkg.in/yaml.v3"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/catalog"
	"github.com/supportterms/supportterms/entitlement"
	"github.com/supportterms/supportterms/entitlement/rule"
	"github.com/supportterms/supportterms/sla"
)

// goodFiles are those of the built-in editions, and some of vendors that do
// not exist.
func goodFiles(t testing.TB) map[string]string {
	t.Helper()
	files, _ := filepath.Glob("data/*/*.yaml")
	more, _ := filepath.Glob("testdata/good/*.yaml")
	out := map[string]string{}
	for _, name := range append(files, more...) {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = string(text)
	}
	if len(files) == 0 || len(more) == 0 {
		t.Fatal("no files")
	}
	return out
}

func parse(t testing.TB, name, text string) *catalog.Edition {
	t.Helper()
	e, err := catalog.Parse(name, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// decisions are what an edition decides, in a form that go-cmp compares:
// everything but where in the file it stands.
func decisions(e *catalog.Edition) map[string]any {
	rules, clauses := slices.Clone(e.Rules()), slices.Clone(e.Clauses)
	for i := range rules {
		rules[i].Line = 0
	}
	for i := range clauses {
		clauses[i].Line = 0
	}
	phases := map[string]string{}
	for _, version := range []string{"14.04", "16.04", "18.04", "20.04", "22.04", "24.04"} {
		for _, year := range []int{2020, 2026, 2032} {
			on := calendar.Date{Year: year, Month: 1, Day: 1}
			phases[version+" "+on.String()] = e.Phase(entitlement.Release{Version: version}, on)
		}
	}
	spec := e.Policy().Spec
	return map[string]any{
		"edition": []any{e.ID, e.Document, e.Title, e.Publisher, e.Language, e.InForce, e.UntilSource, e.Source},
		"clauses": clauses, "rules": rules, "phases": phases, "spec": spec,
	}
}

var comparers = cmp.Options{
	cmp.Comparer(func(a, b calendar.Hours) bool { return a.String() == b.String() }),
	cmp.Comparer(func(a, b sla.Target) bool { return a == b }),
}

func same(t testing.TB, why string, a, b *catalog.Edition) {
	t.Helper()
	if d := cmp.Diff(decisions(a), decisions(b), comparers); d != "" {
		t.Errorf("%s: %s", why, d)
	}
}

// Reading a file again gives the same edition, byte for byte the same digest.
func TestLoadIsDeterministic(t *testing.T) {
	for name, text := range goodFiles(t) {
		a := parse(t, name, text)
		for range 3 {
			b := parse(t, "another name", text)
			same(t, name, a, b)
			if a.Digest != b.Digest || !slices.Equal(a.Rules(), b.Rules()) {
				t.Errorf("%s: digest or lines differ", name)
			}
		}
	}
	for name, text := range badFiles(t) {
		_, a := catalog.Parse(name, text)
		for range 3 {
			if _, b := catalog.Parse(name, text); a.Error() != b.Error() {
				t.Errorf("%s: %v\nthen %v", name, a, b)
			}
		}
	}
}

func TestBuiltin(t *testing.T) {
	c := catalog.Builtin()
	if n := len(c.Editions()); n != 5 || !slices.IsSorted(c.Editions()) {
		t.Errorf("%d editions: %v", n, c.Editions())
	}
	for _, id := range c.Editions() {
		e, err := c.Edition(id)
		if err != nil {
			t.Error(err)
			continue
		}
		if e.ID != id || !strings.HasPrefix(id, e.Document+"/") {
			t.Errorf("%s is in the file of %s", e.ID, id)
		}
	}
	_, err := c.Edition("ubuntu-pro/2024-01-01")
	if want := (&catalog.EditionError{ID: "ubuntu-pro/2024-01-01", Known: c.Editions()}); !reflect.DeepEqual(err, want) {
		t.Errorf("%v, want %v", err, want)
	}
}

// An edition is read when it is asked for, once for each Catalog, however many
// ask at once.
func TestBuiltinReadsOnce(t *testing.T) {
	c := catalog.Builtin()
	if n := testing.AllocsPerRun(10, func() { catalog.Builtin().Editions() }); n > 300 {
		t.Errorf("%v allocations before anything is asked", n)
	}
	ids := c.Editions()
	got := make([]*catalog.Edition, 4*len(ids))
	var wg sync.WaitGroup
	for i := range got {
		wg.Go(func() { got[i], _ = c.Edition(ids[i%len(ids)]) })
	}
	wg.Wait()
	for i, e := range got {
		if e == nil || e != got[i%len(ids)] {
			t.Errorf("%s: another value", ids[i%len(ids)])
		}
	}
	if other, _ := catalog.Builtin().Edition(ids[0]); other == got[0] {
		t.Error("two catalogs share an edition")
	}
}

// A countingFS counts the bytes read and the files opened.
type countingFS struct {
	fs.FS
	opened, bytes int
	noStat        bool
}

type countingFile struct {
	fs.File
	fsys *countingFS
}

func (c *countingFS) Open(name string) (fs.File, error) {
	f, err := c.FS.Open(name)
	if d, ok := f.(fs.ReadDirFile); ok || err != nil {
		return d, err
	}
	c.opened++
	return &countingFile{f, c}, nil
}

func (f *countingFile) Read(b []byte) (int, error) {
	n, err := f.File.Read(b)
	f.fsys.bytes += n
	return n, err
}

func (f *countingFile) Stat() (fs.FileInfo, error) {
	if f.fsys.noStat {
		return nil, fs.ErrInvalid
	}
	return f.File.Stat()
}

func TestLoad(t *testing.T) {
	harbour, err := os.ReadFile("testdata/good/harbour.yaml")
	if err != nil {
		t.Fatal(err)
	}
	other := []byte(strings.Replace(string(harbour), `edition: "3"`, `edition: "4"`, 1))
	broken := []byte(strings.Replace(string(harbour), "15 minutes", "15 moments", 1))
	large := append(slices.Clone(harbour), make([]byte, 1<<20)...)
	file := func(b []byte) *fstest.MapFile { return &fstest.MapFile{Data: b} }
	tests := []struct {
		why   string
		fsys  fstest.MapFS
		want  string // editions, or words of the problems
		files int    // opened
	}{
		{"no files", fstest.MapFS{}, "", 0},
		{"one", fstest.MapFS{"a.yaml": file(harbour)}, "harbour-care/3", 1},
		{"others are left alone", fstest.MapFS{"a.yaml": file(harbour), "b.yml": file(broken), "README": file(broken), "yaml": file(broken)}, "harbour-care/3", 1},
		{"in folders, sorted by edition", fstest.MapFS{"z/b.yaml/c.yaml": file(harbour), "a/b.yaml": file(other)}, "harbour-care/3 harbour-care/4", 2},
		{"one edition twice", fstest.MapFS{"a.yaml": file(harbour), "b/c.yaml": file(harbour)}, "b/c.yaml: edition harbour-care/3 stands in a.yaml too", 2},
		{"every file's problems", fstest.MapFS{"a.yaml": file(broken), "b.yaml": file(harbour), "c.yaml": file(broken)}, "a.yaml:75:87: |15 moments|c.yaml:75:87: ", 3},
		{"too large", fstest.MapFS{"a.yaml": file(large)}, "a.yaml: more than 1048576 bytes", 1},
	}
	for _, test := range tests {
		for _, noStat := range []bool{false, true} {
			counting := &countingFS{FS: test.fsys, noStat: noStat}
			c, err := catalog.Load(counting)
			switch {
			case err == nil:
				if got := strings.Join(c.Editions(), " "); got != test.want {
					t.Errorf("%s: %q, want %q", test.why, got, test.want)
				}
			default:
				for _, w := range strings.Split(test.want, "|") {
					if !strings.Contains(err.Error(), w) {
						t.Errorf("%s: %v, want %q", test.why, err, w)
					}
				}
			}
			if counting.opened != test.files {
				t.Errorf("%s: %d files opened, want %d", test.why, counting.opened, test.files)
			}
			most := 0
			if noStat {
				most = 1<<20 + 1
			}
			if test.why == "too large" && counting.bytes > most {
				t.Errorf("%s: %d bytes read", test.why, counting.bytes)
			}
		}
	}
	if _, err := catalog.Load(os.DirFS("testdata/nowhere")); err == nil {
		t.Error("a folder that is not there")
	}
	if c, err := catalog.Load(os.DirFS("data")); err != nil || !slices.Equal(c.Editions(), catalog.Builtin().Editions()) {
		t.Errorf("the files of the built-in editions: %v", err)
	}
}

// Every rule has a name of its own, a clause that is there, and a line.
func TestRulesAreCited(t *testing.T) {
	for name, text := range goodFiles(t) {
		e := parse(t, name, text)
		clauses, seen := map[string]int{}, map[string]bool{}
		for _, c := range e.Clauses {
			clauses[c.Number] = c.Line
		}
		lines := strings.Split(text, "\n")
		total := 0
		for _, rules := range e.Policy().Rules {
			total += len(rules)
		}
		if total != len(e.Rules()) || total == 0 {
			t.Errorf("%s: %d rules listed, %d in the policy", name, len(e.Rules()), total)
		}
		for _, r := range e.Rules() {
			line, ok := clauses[r.Clause]
			if r.ID == "" || seen[r.ID] || !ok || r.Line < line || r.Line > len(lines) {
				t.Errorf("%s: %+v", name, r)
			}
			seen[r.ID] = true
			if r.Printed != "" && !strings.Contains(lines[r.Line-1], r.Printed) {
				t.Errorf("%s: %s is not on line %d: %s", name, r.ID, r.Line, lines[r.Line-1])
			}
		}
	}
}

// walk visits the scalars of a file with their paths, keys too.
func walk(n *yaml.Node, path string, visit func(n *yaml.Node, path string, key bool)) {
	switch n.Kind {
	case yaml.DocumentNode:
		walk(n.Content[0], "", visit)
	case yaml.MappingNode:
		for i := 0; i < len(n.Content); i += 2 {
			p := strings.TrimPrefix(path+"."+n.Content[i].Value, ".")
			visit(n.Content[i], p, true)
			walk(n.Content[i+1], p, visit)
		}
	case yaml.SequenceNode:
		for _, c := range n.Content {
			walk(c, path+".-", visit)
		}
	case yaml.ScalarNode:
		visit(n, path, false)
	}
}

func tree(t testing.TB, text string) *yaml.Node {
	t.Helper()
	var root yaml.Node
	if err := yaml.Unmarshal([]byte(text), &root); err != nil {
		t.Fatal(err)
	}
	return &root
}

func written(t testing.TB, root *yaml.Node) string {
	t.Helper()
	text, err := yaml.Marshal(root)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Every printed cell of a table is a rule with its words.
func TestCellsAreRules(t *testing.T) {
	for name, text := range goodFiles(t) {
		var want, got []string
		walk(tree(t, text), "", func(n *yaml.Node, path string, key bool) {
			if !key && (strings.HasSuffix(path, ".table.rows.-.cells.-") || strings.HasSuffix(path, ".table.rows.-.cells.-.printed")) {
				want = append(want, n.Value)
			}
		})
		for _, r := range parse(t, name, text).Rules() {
			if r.Printed != "" {
				got = append(got, r.Printed)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// vocabulary is what the rules of a policy are about.
func vocabulary(t testing.TB, s sla.Spec) *rule.Vocabulary {
	t.Helper()
	facts := slices.Clone(s.Facts)
	var severities, metrics []string
	for _, n := range s.Severities {
		severities = append(severities, string(rune('0'+n)))
	}
	for _, m := range s.Metrics {
		metrics = append(metrics, m.Name)
	}
	facts = append(facts, rule.Fact{Name: sla.FactMetric, Values: metrics}, rule.Fact{Name: sla.FactStatedSeverity, Values: severities},
		rule.Fact{Name: sla.FactSeverity, Values: severities}, rule.Fact{Name: sla.FactUnit, Values: sla.Units()})
	for _, r := range s.Readings {
		f := rule.Fact{Name: r.Key}
		for _, v := range r.Values {
			f.Values = append(f.Values, v.Name)
		}
		facts = append(facts, f)
	}
	v, err := rule.NewVocabulary(facts...)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// Each rule speaks for some facts; and no facts let two rules disagree.
func TestRulesCanSpeakAndAgree(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for name, text := range goodFiles(t) {
		spec := parse(t, name, text).Policy().Spec
		v := vocabulary(t, spec)
		for q, rules := range spec.Rules {
			set, err := rule.NewUnprovenValues(v, rules...)
			if err != nil {
				t.Fatal(err)
			}
			for i, one := range rules {
				spoke := false
				for range 500 {
					point := make([]uint8, v.Len())
					for f := range point {
						point[f] = uint8(1 + r.IntN(v.Fact(f).Codes()))
					}
					for _, c := range one.When {
						f, _ := v.Index(c.Fact)
						point[f], _ = v.Code(f, c.In[r.IntN(len(c.In))])
					}
					if set.Decide(point, nil).State == rule.Conflict {
						t.Fatalf("%s: %s: conflict at %v", name, q, point)
					}
					spoke = spoke || set.Explain(point, nil).Steps[i].Standing == rule.Applied
				}
				if !spoke {
					t.Errorf("%s: %s never speaks", name, one.ID)
				}
			}
		}
	}
}

// damage puts letters in front of a scalar.
func damage(lines []string, n *yaml.Node) string {
	line := lines[n.Line-1]
	at := len(string([]rune(line)[:n.Column-1]))
	if n.Style != 0 {
		at++ // the quotation mark
	}
	lines = slices.Clone(lines)
	lines[n.Line-1] = line[:at] + "xq" + line[at:]
	return strings.Join(lines, "")
}

// declares are the paths at which a file names something of its own; free are
// those at which it says what it likes. A damaged word elsewhere is a problem
// in its place.
var (
	free = []string{
		"edition.title", "edition.publisher", "edition.language", "edition.until_source", "edition.source.text", "lifecycles.source",
		"asks", "because", "means", "summary", "printed",
	}
	declares = []string{
		"edition.document", "edition.edition", "addons.-", "values.-", "table.name", "columns.-.id", "rows.-.id", "alias", "clauses.-.clause",
	}
)

// Another word for any key or value is refused, with a problem in its place
// where the word refers to something; or what the edition says becomes another.
func TestWordsMatter(t *testing.T) {
	ends := func(path string, in []string) bool {
		return slices.ContainsFunc(in, func(s string) bool { return path == s || strings.HasSuffix(path, "."+s) })
	}
	scalars, placed := 0, 0
	for name, text := range goodFiles(t) {
		was := decisions(parse(t, name, text))
		lines := strings.SplitAfter(text, "\n")
		walk(tree(t, text), "", func(n *yaml.Node, path string, key bool) {
			if scalars++; scalars%thin() != 0 || path == "lifecycles.source" && !key {
				return // the latter is the file's own note
			}
			e, err := catalog.Parse(name, []byte(damage(lines, n)))
			if err == nil && reflect.DeepEqual(was, decisions(e)) {
				t.Errorf("%s:%d: %s: another word changes nothing", name, n.Line, path)
			}
			says := ends(path, free) && !strings.HasSuffix(path, "cells.-.means") ||
				strings.HasPrefix(path, "readings.") && strings.Contains(path, ".values.") && !ends(path, []string{"needs", "level"})
			if key || says || ends(path, declares) {
				return
			}
			placed++
			there := slices.ContainsFunc(problems(t, err), func(p *catalog.Problem) bool {
				return p.Line == n.Line && p.Column == n.Column && strings.Contains(p.Message, "xq")
			})
			if !there {
				t.Errorf("%s:%d:%d: %s: no problem there, but %v", name, n.Line, n.Column, path, err)
			}
		})
	}
	if placed < 500/thin() {
		t.Errorf("%d words refer to something", placed)
	}
}

// Comments, blank lines, quotation marks, braces and indentation say nothing.
func TestStyleIsIrrelevant(t *testing.T) {
	restyle := func(root *yaml.Node, mapping, scalar yaml.Style) {
		var visit func(n *yaml.Node)
		visit = func(n *yaml.Node) {
			n.HeadComment, n.LineComment, n.FootComment = "", "", ""
			switch {
			case n.Kind != yaml.ScalarNode:
				n.Style = mapping
			case n.Tag == "!!str":
				n.Style = scalar
			}
			for _, c := range n.Content {
				visit(c)
			}
		}
		visit(root)
	}
	for name, text := range goodFiles(t) {
		was := parse(t, name, text)
		for _, mapping := range []yaml.Style{0, yaml.FlowStyle} {
			for _, scalar := range []yaml.Style{yaml.DoubleQuotedStyle, yaml.SingleQuotedStyle} {
				root := tree(t, text)
				restyle(root, mapping, scalar)
				again := written(t, root)
				same(t, name, was, parse(t, name, again))
				if e := parse(t, name, "\n# a comment\n"+again); e.Digest == was.Digest {
					t.Errorf("%s: another file with the same digest", name)
				}
			}
		}
		same(t, name+" with other line ends", was, parse(t, name, strings.ReplaceAll(text, "\n", "\r\n")))
	}
}

// A company that does not exist, with other hours, other severities and other
// units: nothing of it is in Go.
func TestHarbour(t *testing.T) {
	c, err := catalog.Load(os.DirFS("testdata/good"))
	if err != nil {
		t.Fatal(err)
	}
	desk := catalog.NewDesk(c, nil)
	tests := []struct {
		why, query   string
		status, due  string
		clock, words string
	}{
		{"minutes run at any time", `"contract": {"level": "gold"}, "metric": "answer", "severity": 1, "opened": "2024-06-08T23:50:00+02:00"`,
			"due", "2024-06-09T00:05:00+02:00", "elapsed", "15 minutes"},
		{"Friday evening to Saturday morning", `"contract": {"level": "quay"}, "metric": "answer", "severity": 2, "opened": "2024-06-07T17:30:00+02:00"`,
			"due", "2024-06-08T10:00:00+02:00", "business", "4 business hours"},
		{"Saturday is a day, Sunday and the holiday are not", `"contract": {"level": "quay"}, "metric": "answer", "severity": 3, "opened": "2024-06-07T17:30:00+02:00"`,
			"due", "2024-06-11T19:30:00+02:00", "business", "2 business days"},
		{"the watch takes severity 2 for 1", `"contract": {"level": "pier", "addons": ["night-watch"]}, "metric": "answer", "severity": 2, "opened": "2024-06-08T23:50:00+02:00"`,
			"due", "2024-06-09T00:20:00+02:00", "elapsed", "30 minutes"},
		{"the fifth severity", `"contract": {}, "metric": "answer", "severity": 5, "opened": "2024-06-07T17:30:00+02:00"`,
			"no_target", "", "", ""},
		{"progress of the fifth severity", `"contract": {"level": "pier"}, "metric": "progress", "severity": 5, "counted_from": "2024-06-07T17:30:00+02:00"`,
			"as_agreed", "", "", ""},
		{"weekly, as read otherwise", `"contract": {"level": "pier"}, "metric": "progress", "severity": 4, "counted_from": "2024-06-02T17:30:00+02:00", "readings": {"weekly-word": "open-time"}`,
			"due", "2024-06-11T07:30:00+02:00", "calendar-week", "Weekly"},
		{"a director at once", `"contract": {"level": "lighthouse"}, "metric": "director", "events": [{"at": "2024-06-07T09:00:00+02:00", "kind": "opened", "severity": 3}, {"at": "2024-06-07T19:00:00+02:00", "kind": "escalated"}]`,
			"due", "2024-06-08T08:30:00+02:00", "business", "1 business hour"},
	}
	for _, test := range tests {
		line := `{"edition": "harbour-care/3", "provider": {"zone": "Europe/Oslo", "holidays": ["2024-06-10"]}, ` + test.query + `}`
		var got struct{ Status, Error, Due, Clock, Target string }
		if err := json.Unmarshal(desk.AnswerLine([]byte(line)), &got); err != nil {
			t.Fatal(err)
		}
		if got.Status != test.status || got.Due != test.due || got.Clock != test.clock || got.Target != test.words {
			t.Errorf("%s: %+v, want %s %s %s %s", test.why, got, test.status, test.due, test.clock, test.words)
		}
	}
}

// ferryDesk is the file in the comment of the package, which readers copy.
func ferryDesk() []byte {
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		panic(err)
	}
	_, text, _ := strings.Cut(string(doc), "//\tedition:\n")
	text, _, _ = strings.Cut(text, "// Key by key")
	var b strings.Builder
	b.WriteString("edition:\n")
	for line := range strings.Lines(text) {
		line = strings.TrimPrefix(strings.TrimPrefix(line, "//"), "\t")
		b.WriteString(line)
	}
	return []byte(b.String())
}
