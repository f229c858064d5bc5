package catalog_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
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
	spec, coverage := e.Policy().Spec, e.Coverage().Spec
	return map[string]any{
		"edition": []any{e.ID, e.Document, e.Title, e.Publisher, e.Language, e.InForce, e.UntilSource, e.Source},
		"clauses": clauses, "rules": rules, "phases": phases, "spec": spec, "coverage": coverage,
		"terms": e.Terms, "cells": cellsOf(e), "lifecycle": e.Lifecycle,
	}
}

var comparers = cmp.Options{
	cmp.Comparer(func(a, b calendar.Hours) bool { return a.String() == b.String() }),
	cmp.Comparer(func(a, b sla.Target) bool { return a == b }),
	cmp.Comparer(func(a, b entitlement.Number) bool { return a == b }),
	cmp.Comparer(func(a, b entitlement.Cell) bool { return a == b }),
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
	other := []byte(strings.NewReplacer(`document: harbour-care`, `document: harbour-help`, `edition: "3"`, `edition: "4"`).Replace(string(harbour)))
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
		{"in folders, sorted by edition", fstest.MapFS{"z/b.yaml/c.yaml": file(harbour), "a/b.yaml": file(other)}, "harbour-care/3 harbour-help/4", 2},
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
		for _, q := range e.Coverage().Questions {
			total += len(q.Rules)
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

// Every printed cell of a table of targets is a rule with its words.
func TestCellsAreRules(t *testing.T) {
	for name, text := range goodFiles(t) {
		var want, got []string
		for _, clause := range child(node(t, text), "clauses").Content {
			table := child(clause, "table")
			if table == nil || child(table, "gives") != nil {
				continue
			}
			for _, row := range child(table, "rows").Content {
				for _, cell := range child(row, "cells").Content {
					if printed := child(cell, "printed"); printed != nil {
						cell = printed
					}
					want = append(want, cell.Value)
				}
			}
		}
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

// A file says what it likes at the paths of free, and names something of its
// own at those of declares; what stands at those of notes is for readers of the
// file alone. A damaged word elsewhere is a problem in its place.
var (
	free = regexp.MustCompile(`^edition\.(title|publisher|language|until_source|source\.text)$` +
		`|^tables\.[^.]+\.source$|(^|\.)facts\.(.+\.)?numbers?$|\.blocks(\.-)?\.unit$` +
		`|(^|\.)(asks|because|means|summary|printed)$`)
	declares = regexp.MustCompile(`^edition\.(document|edition)$|^(addons|services|limits)\.-$|^tables\.[^.]+\.key$` +
		`|(^|\.)(values\.-|table\.name|columns\.-\.id|rows\.-\.id|alias)$|^clauses\.-\.clause$` +
		`|\.choice(\.-)?\.is$|\.stage(\.-)?\.(before|then)$|(^|\.)facts\..+\.(attributions|causes)\.-$` +
		`|\.table\.gives$|^case_lifecycle\.steps\.-\.on$`)
	notes = regexp.MustCompile(`\.table\.(columns\.-\.id|rows\.-\.cells\.-\.printed)$`) // of a table that gives a figure
)

// Another word for any key or value is refused, with a problem in its place
// where the word refers to something; or what the edition says becomes another.
func TestWordsMatter(t *testing.T) {
	placed := 0
	for name, text := range goodFiles(t) {
		was := decisions(parse(t, name, text))
		lines := strings.SplitAfter(text, "\n")
		stride := thin()
		if len(text) > largeFile {
			stride *= 500
		}
		root := tree(t, text)
		gives := map[*yaml.Node]bool{} // what stands in a table that gives a figure
		for _, clause := range child(root.Content[0], "clauses").Content {
			if table := child(clause, "table"); table != nil && child(table, "gives") != nil {
				walk(table, "", func(n *yaml.Node, _ string, _ bool) { gives[n] = true })
			}
		}
		scalars := 0
		walk(root, "", func(n *yaml.Node, path string, key bool) {
			if scalars++; scalars%stride != 0 {
				return
			}
			if gives[n] && notes.MatchString(path) && !key {
				return
			}
			e, err := catalog.Parse(name, []byte(damage(lines, n)))
			if err == nil && reflect.DeepEqual(was, decisions(e)) {
				t.Errorf("%s:%d: %s: another word changes nothing", name, n.Line, path)
			}
			inCell := strings.HasSuffix(path, ".cells.-") || strings.HasSuffix(path, ".cells.-.means")
			says := free.MatchString(path) && !inCell || declares.MatchString(path) || inCell && gives[n] ||
				strings.HasPrefix(path, "readings.") && strings.Contains(path, ".values.") &&
					!strings.HasSuffix(path, ".needs") && !strings.HasSuffix(path, ".level")
			if key || says {
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

// largeFile is the length from which a file is tried in few places only.
const largeFile = 50_000

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

// Another company that does not exist, with questions, tables and figures of
// its own: nothing of it is in Go. The answers are worked out by hand.
func TestLantern(t *testing.T) {
	c, err := catalog.Load(os.DirFS("testdata/good"))
	if err != nil {
		t.Fatal(err)
	}
	desk := catalog.NewDesk(c, nil)
	const mk2 = `"part": "lamp", "model": "mk2", "site": "mainland", "cause": "wear"`
	const longlife = `"addons": ["longlife"]`
	outages := func(storm string) string {
		return `"from": "2024-06-01T00:00:00Z", "to": "2025-06-01T00:00:00Z", "failures": [
			{"from": "2024-08-01T00:00:00Z", "to": "2024-08-04T16:00:00Z", "attribution": "works", "cause": "rust"},
			{"from": "2024-08-04T15:00:00Z", "to": "2024-08-04T` + storm + `:00Z", "attribution": "customer", "cause": "storm"}]`
	}
	tests := []struct {
		why, question, contract, on, facts, readings string
		want                                         string
	}{
		{"mk2 is sold in June 2024", "repair", "", "2024-06-01", mk2, "", "covered repair 2.1"},
		{"mk2 ends in August, and the day is not known", "repair", "", "2024-08-15", mk2, "", "undetermined 2.1 missing age"},
		{"mk2 is retired in September 2027: three years and a month", "repair", "", "2027-09-01", mk2, "",
			"requires_addon 2.1 2.2 remedy longlife"},
		{"with the add-on it has parts; its 12.5 W are not above", "repair", longlife, "2030-01-01", mk2, "", "limited repair [parts-only] 2.1 2.2"},
		{"mk1 is kept until 2022-12-31; that day is before the edition", "repair", "", "2022-12-31", `"part": "lamp", "model": "mk1", "site": "mainland", "cause": "wear"`, "",
			"document_not_in_force"},
		{"a day stated otherwise: the last one is in", "repair", "", "2025-01-31", mk2 + `, "kept_until": "2025-01-31", "sold_until": "2024-12-31"`, "", "covered repair 2.1"},
		{"or not", "repair", "", "2025-01-31", mk2 + `, "kept_until": "2025-01-31", "sold_until": "2024-12-31"`, `"last-day": "retired"`,
			"requires_addon 2.1 2.2 remedy longlife"},
		{"mk1 has 40 W, which is above 12.5; retired is stronger", "repair", "", "2024-06-01", `"part": "lamp", "model": "mk1", "site": "mainland", "cause": "wear"`, "",
			"requires_addon 2.1 2.2 2.4 40-12.5=27.5 watt remedy longlife remedy 27.5 watt"},
		{"an indoor lamp on a rock", "repair", `"level": "shed", ` + longlife, "2024-06-01", `"part": "lamp", "model": "mk1", "site": "rock", "cause": "wear"`, "",
			"not_eligible 2.1 2.2 2.4 2.4 2.5 40-12.5=27.5 watt remedy 27.5 watt"},
		{"mk3 is not sold before October", "repair", "", "2024-09-30", `"part": "lamp", "model": "mk3", "site": "mainland", "cause": "wear"`, "", "not_offered 2.1 2.2"},
		{"mk3 has no end yet", "repair", "", "2024-10-01", `"part": "lamp", "model": "mk3", "site": "mainland", "cause": "wear"`, "", "undetermined 2.1 missing sold_until"},
		{"a model of the other table only", "repair", "", "2024-06-01", `"part": "lamp", "model": "mk0", "age": "sold", "watts": 5, "outdoor": "yes", "site": "mainland", "cause": "wear"`, "",
			"not_covered 2.1 2.4"},
		{"a mast of thirty metres, dry", "repair", "", "2024-06-01", `"part": "mast", "mast_height": 30, "cause": "wear", "site": "mainland"`, "", "covered visit 2.1"},
		{"a hair more", "repair", "", "2024-06-01", `"part": "mast", "mast_height": 30.001, "cause": "wear", "site": "mainland"`, "", "announced 2.1"},
		{"a wet mast: the first cell", "repair", `"level": "basic"`, "2024-06-01", `"part": "mast", "mast_height": 12, "cause": "wear", "site": "harbour"`, "",
			"limited visit [daylight-only] 2.1 2.5"},
		{"with Tower: the second", "repair", `"level": "tower"`, "2024-06-01", `"part": "mast", "mast_height": 12, "cause": "wear", "site": "harbour"`, "", "covered visit 2.1"},
		{"by night, with the level of 1.1", "repair", "", "2024-06-01", `"part": "mast", "mast_height": 12, "cause": "wear", "site": "harbour", "by_night": true`, "", "not_covered 1.1 2.1 2.5 2.5"},
		{"a storm", "repair", "", "2024-06-01", `"part": "mast", "mast_height": 12, "cause": "storm", "site": "mainland"`, "", "not_covered 2.1 2.3"},
		{"on a rock, which takes that back", "repair", `"level": "tower"`, "2024-06-01", `"part": "mast", "mast_height": 12, "cause": "storm", "site": "rock"`, "", "covered visit 2.1 2.3"},
		{"where is it?", "repair", `"level": "tower"`, "2024-06-01", `"part": "mast", "mast_height": 12, "cause": "storm"`, "", "undetermined 2.1 missing site"},
		{"everyone has bulbs", "repair", "", "2024-06-01", `"part": "bulb", "own_bulb": "no", "cause": "wear"`, "", "standard 2.1"},
		{"the contract ended", "repair", `"until": "2024-12-31"`, "2025-01-01", `"part": "bulb", "own_bulb": "no", "cause": "wear"`, "", "not_entitled 1.3 2.1"},
		{"and for every question", "keeper-duty", `"until": "2024-12-31"`, "2025-01-01", "", "", "not_entitled 1.3 6"},

		{"all are covered", "join", "", "", `"lamps_owned": 12, "lamps_covered": 12, "fleet": [{"id": "m1", "kind": "mast", "ubuntu": false, "contract": "c"}, {"id": "l1", "kind": "lamp", "ubuntu": true}]`, "", "eligible 3.1"},
		{"three lamps are not", "join", "", "", `"lamps_owned": 12, "lamps_covered": 9, "fleet": []`, "", "not_eligible 3.1 12-9=3 lamp remedy 3 lamp"},
		{"a mast is not", "join", "", "", `"lamps_owned": 12, "lamps_covered": 12, "fleet": [{"id": "m1", "kind": "mast", "ubuntu": false}, {"id": "m2", "kind": "mast", "ubuntu": false, "contract": "c"}]`, "",
			"not_eligible 3.1 2-1=1 machine remedy m1"},
		{"from the first day", "resale", "", "", `"bought": "2024-05-01"`, "", "permitted 3.2"},
		{"the day before", "resale", "", "", `"bought": "2024-04-30"`, "", "not_permitted 3.2"},
		{"the last day of the festival", "resale", "", "", `"bought": "2024-12-26"`, "", "not_permitted 3.2 3.2"},
		{"the day after", "resale", "", "", `"bought": "2024-12-27"`, "", "permitted 3.2"},

		{"2.5 and 1.33 blocks make 3.83, so 4", "vouchers", "", "", `"lamps_owned": 25, "masts_owned": 4`, "", "amount 4.1 8 voucher"},
		{"the larger is 2.5, so 3", "vouchers", "", "", `"lamps_owned": 25, "masts_owned": 4`, `"voucher-mix": "more"`, "amount 4.1 6 voucher"},
		{"3 and 2", "vouchers", "", "", `"lamps_owned": 25, "masts_owned": 4`, `"voucher-mix": "each"`, "amount 4.1 10 voucher"},
		{"3 full ones", "vouchers", "", "", `"lamps_owned": 25, "masts_owned": 4`, `"voucher-mix": "full"`, "amount 4.1 6 voucher"},
		{"two at least", "vouchers", "", "", `"lamps_owned": 0, "masts_owned": 0`, "", "amount 4.1 2 voucher"},
		{"twelve at most, whatever else there is", "vouchers", "", "", `"lamps_owned": 60`, "", "amount 4.1 12 voucher"},
		{"295 of 300 hours", "burning", "", "", `"hours_lit": [120, 90, 85]`, "", "within 4.2 295 hour"},
		{"20 over in the first lamp", "burning", "", "", `"hours_lit": [120, 90, 85]`, `"hours-word": "apart"`, "exceeded 4.2 295-275=20 hour remedy 20 hour"},
		{"300.5 of 300", "burning", "", "", `"hours_lit": [120.5, 95, 85]`, "", "exceeded 4.2 300.5-300=0.5 hour remedy 0.5 hour"},
		{"2.199 TB of 2 TiB, which are 2.199023…", "burning", "", "", `"what": "logs", "log_tb": 2.199`, "", "within 4.2"},
		{"2.2 TB: 0.00098 over, rounded up", "burning", "", "", `"what": "logs", "log_tb": 2.2`, "", "exceeded 4.2 2.2-2.199=0.001 TB remedy 0.001 TB"},

		{"88 hours, one of them in a storm; 87.6 are a hundredth of a year", "light-kept", "", "", outages("16:30"), "", "met 5.1"},
		{"88 hours", "light-kept", "", "", outages("15:12"), "", "missed 5.1"},
		{"87.5 of 8759 hours, in the year of the purchase", "light-kept", "", "", outages("16:00") + `, "bought": "2024-06-01"`, `"light-year": "bought"`, "met 5.1"},
		{"no whole year of the purchase", "light-kept", "", "", outages("16:00") + `, "bought": "2024-07-01"`, `"light-year": "bought"`, "undetermined missing light"},
		{"Tower allows 43.8 hours", "light-kept", `"level": "tower"`, "", outages("16:30"), "", "missed 5.1"},

		{"five years", "cover-end", "", "", `"bought": "2024-08-31"`, "", "date 5.2 2029-08-31"},
		{"66 months to the last of February, less a day", "cover-end", longlife, "", `"bought": "2024-08-31"`, "", "date 5.2 2030-02-27"},
		{"no date of purchase", "cover-end", "", "", "", "", "undetermined 5.2 missing bought"},
		{"a duty", "keeper-duty", "", "", "", "", "statement 6"},
	}
	for _, test := range tests {
		line := `{"edition": "lantern-cover/7", "question": "` + test.question + `", "contract": {` + test.contract + `}, "facts": {` + test.facts + `}, "readings": {` + test.readings + `}`
		if test.on != "" {
			line += `, "on": "` + test.on + `"`
		}
		if got := verdict(t, desk.AnswerLine([]byte(line+"}"))); got != test.want {
			t.Errorf("%s: %s\nwant %s", test.why, got, test.want)
		}
	}
}

// What is implied is so in response questions, whichever rules rest on it.
func TestImplied(t *testing.T) {
	parse(t, "x.yaml", badHead+`addons: [plus]
facts:
  addon.plus: {values: ["no", "yes"], implied_by: {grade: high}}
  grade: {values: [low, high]}
questions: {cover: {kind: coverage, asks: "Is it?"}}
clauses:
- {clause: "1", summary: One., rules: {cover: {a: {when: {addon.plus: "yes"}, then: covered}}}}
`)
}

// verdict writes an answer in short: the outcome, the service and the limits;
// the clauses; has-covered=shortfall of reasons; what is missing; the number or
// the date that is answered; and remedies.
func verdict(t testing.TB, line []byte) string {
	t.Helper()
	var v struct {
		Outcome, Service, Error, Unit, Date string
		Limits, Missing                     []string
		Amount                              json.Number
		Reasons                             []struct {
			Clause, Unit            string
			Has, Covered, Shortfall json.Number
		}
		Remedies []struct {
			Addon, Unit string
			Quantity    json.Number
			Machines    []string
		}
	}
	if err := json.Unmarshal(line, &v); err != nil {
		t.Fatal(err)
	}
	out := []string{v.Outcome, v.Error, v.Service}
	if len(v.Limits) > 0 {
		out = append(out, "["+strings.Join(v.Limits, " ")+"]")
	}
	var clauses, quantities []string
	for _, r := range v.Reasons {
		clauses = append(clauses, r.Clause)
		if r.Shortfall != "" && r.Shortfall != "0" {
			quantities = append(quantities, fmt.Sprintf("%v-%v=%v", r.Has, r.Covered, r.Shortfall), r.Unit)
		}
	}
	slices.Sort(clauses)
	out = slices.Concat(out, clauses, quantities)
	if len(v.Missing) > 0 {
		out = append(out, "missing "+strings.Join(v.Missing, ","))
	}
	if v.Amount != "" {
		out = append(out, v.Amount.String(), v.Unit)
	}
	out = append(out, v.Date)
	for _, r := range v.Remedies {
		out = append(out, "remedy", r.Addon, r.Quantity.String(), r.Unit, strings.Join(r.Machines, ","))
	}
	return strings.Join(strings.Fields(strings.Join(out, " ")), " ")
}

// ferryDesk is the file in the comment of the package, which readers copy.
func ferryDesk() []byte {
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		panic(err)
	}
	_, text, _ := strings.Cut(string(doc), "//\tedition:\n")
	text, _, _ = strings.Cut(text, "// The page README.md")
	var b strings.Builder
	b.WriteString("edition:\n")
	for line := range strings.Lines(text) {
		line = strings.TrimPrefix(strings.TrimPrefix(line, "//"), "\t")
		b.WriteString(line)
	}
	return []byte(b.String())
}

// cellsOf returns the cells of an edition without their lines.
func cellsOf(e *catalog.Edition) []catalog.Cell {
	cells := slices.Clone(e.Cells())
	for i := range cells {
		cells[i].Line = 0
	}
	return cells
}
