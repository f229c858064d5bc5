package catalog_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/supportterms/supportterms/catalog"
	"github.com/supportterms/supportterms/sla"
)

// A foundryLine is a query and keys of the answer that it must get.
type foundryLine struct {
	Why   string
	Query json.RawMessage
	Want  map[string]any
}

func foundryLines(t testing.TB) (out []foundryLine) {
	t.Helper()
	text, err := os.ReadFile("testdata/foundry.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(text) {
		dec := json.NewDecoder(bytes.NewReader(line))
		dec.DisallowUnknownFields()
		dec.UseNumber()
		var l foundryLine
		if err := dec.Decode(&l); err != nil || l.Why == "" || len(l.Want) == 0 {
			t.Fatalf("%v: %s", err, line)
		}
		out = append(out, l)
	}
	return out
}

// foundry is the edition that the lines ask, from the folder of all good files.
func foundry(t testing.TB) (*catalog.Catalog, *catalog.Edition) {
	t.Helper()
	c, err := catalog.Load(os.DirFS("testdata/good"))
	if err != nil {
		t.Fatal(err)
	}
	id := struct{ Edition string }{}
	if err := json.Unmarshal(foundryLines(t)[0].Query, &id); err != nil {
		t.Fatal(err)
	}
	e, err := c.Edition(id.Edition)
	if err != nil {
		t.Fatal(err)
	}
	return c, e
}

// A third company that does not exist: its document, its edition and answers
// worked out by hand from the document. Nothing of it is in Go.
func TestFoundry(t *testing.T) {
	c, _ := foundry(t)
	desk := catalog.NewDesk(c, nil)
	for i, l := range foundryLines(t) {
		answer := desk.AnswerLine(l.Query)
		dec := json.NewDecoder(bytes.NewReader(answer))
		dec.UseNumber()
		var got any
		if err := dec.Decode(&got); err != nil {
			t.Fatal(err)
		}
		if where := differs(got, l.Want, ""); where != "" {
			t.Errorf("line %d: %s: %s\n%s\n%s", i+1, l.Why, where, l.Query, answer)
		}
	}
}

// differs says where an answer does not have what is wanted of it: of an object
// the keys that are wanted, of a list all entries in their order.
func differs(got, want any, path string) string {
	switch want := want.(type) {
	case map[string]any:
		object, ok := got.(map[string]any)
		for _, key := range slices.Sorted(maps.Keys(want)) {
			if _, there := object[key]; !ok || !there {
				return fmt.Sprintf("no %s%s", path, key)
			}
			if where := differs(object[key], want[key], path+key+"."); where != "" {
				return where
			}
		}
		return ""
	case []any:
		list, ok := got.([]any)
		if !ok || len(list) != len(want) {
			return fmt.Sprintf("%s %v, want %v", path, got, want)
		}
		for i := range want {
			if where := differs(list[i], want[i], path+strconv.Itoa(i)+"."); where != "" {
				return where
			}
		}
		return ""
	}
	if got != want {
		return fmt.Sprintf("%s %v, want %v", path, got, want)
	}
	return ""
}

// The lines ask for every cell, every reading and every rule of coverage.
func TestFoundryIsAskedInFull(t *testing.T) {
	c, e := foundry(t)
	desk := catalog.NewDesk(c, nil)
	asked := map[string]bool{}
	add := func(parts ...any) { asked[fmt.Sprint(parts...)] = true }
	var levels []string
	for _, f := range e.Policy().Facts {
		if f.Name == sla.FactLevel {
			levels = f.Values
		}
	}
	for _, l := range foundryLines(t) {
		q, err := catalog.ParseQuery(l.Query)
		if err != nil {
			t.Fatal(err)
		}
		for key, value := range q.Readings {
			add(key, value)
		}
		for key, value := range q.Contract.Readings {
			add(key, value)
		}
		if q.Question == "" {
			if q.Severity != nil {
				add(q.Contract.Level, *q.Severity, q.Metric)
			}
			continue
		}
		if v, err := desk.Verdict(q); err == nil {
			for _, r := range v.Reasons {
				add(r.Code)
			}
		}
	}
	want := func(parts ...any) {
		if !asked[fmt.Sprint(parts...)] {
			t.Errorf("no line for %v", parts)
		}
	}
	for _, r := range e.Readings() {
		for _, v := range r.Values {
			want(r.Key, v.Name)
		}
	}
	for _, q := range e.Coverage().Questions {
		for _, r := range q.Rules {
			want(r.Code)
		}
	}
	for _, m := range e.Policy().Metrics {
		for _, level := range levels {
			for _, s := range e.Policy().Severities {
				if m.Kind == sla.First {
					want(level, int(s), m.Name)
				}
			}
		}
	}
}

// The edition was written from the document: this copy, its clauses and its
// printed words.
func TestFoundryIsItsDocument(t *testing.T) {
	_, e := foundry(t)
	text, err := os.ReadFile(filepath.Join("testdata", e.Source.Text))
	if err != nil {
		t.Fatal(err)
	}
	if sum := sha256.Sum256(text); hex.EncodeToString(sum[:]) != e.Source.SHA256 {
		t.Errorf("the document is %x", sum)
	}
	lines := strings.Split(string(text), "\n")
	for _, c := range e.Clauses {
		if !slices.ContainsFunc(lines, func(s string) bool { return strings.HasPrefix(strings.TrimSpace(s), c.Number) }) {
			t.Errorf("clause %s is not in the document", c.Number)
		}
	}
	for _, c := range e.Cells() {
		if !strings.Contains(string(text), c.Printed) {
			t.Errorf("%q is not in the document", c.Printed)
		}
	}
	for _, term := range e.Terms {
		if !strings.Contains(string(text), term.Printed) {
			t.Errorf("%q is not in the document", term.Printed)
		}
	}
}

// No word or figure of the company is in Go: not in the packages, and not here.
func TestFoundryIsNotInGo(t *testing.T) {
	_, e := foundry(t)
	words := map[string]bool{e.Document: true, e.Publisher: true}
	for _, f := range e.Policy().Facts {
		for _, v := range f.Values {
			words[v] = f.Name == sla.FactLevel
		}
	}
	for _, a := range e.Policy().Addons {
		words[a] = true
	}
	for _, m := range e.Policy().Metrics {
		words[m.Name] = true
	}
	for _, h := range e.Policy().Hours {
		words[h.Name] = true
	}
	for _, q := range e.Coverage().Questions {
		words[q.Name] = true
	}
	for _, c := range e.Cells() {
		words[c.Printed] = true
	}
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if d.IsDir() && d.Name() == "examples" {
			return fs.SkipDir
		}
		here := filepath.Base(path) == "foundry_test.go"
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") && !here {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if _, ok := n.(*ast.ImportSpec); ok {
				return false
			}
			lit, ok := n.(*ast.BasicLit)
			if !ok {
				return true
			}
			s, err := strconv.Unquote(lit.Value)
			if err == nil && words[s] {
				t.Errorf("%s has %s", path, lit.Value)
			}
			number, _ := strconv.Atoi(lit.Value)
			if here && (number > 1 || lit.Kind == token.FLOAT || strings.ContainsFunc(s, unicode.IsDigit)) {
				t.Errorf("%s has the figure %s", path, lit.Value)
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
