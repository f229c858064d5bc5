package main

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/supportterms/supportterms/catalog"
)

const folder = "../../catalog/"

func problems(t testing.TB, err error) (out []*catalog.Problem) {
	if err == nil {
		return nil
	}
	if p, ok := err.(*catalog.Problem); ok {
		return []*catalog.Problem{p}
	}
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		t.Fatalf("%T: %v", err, err)
	}
	for _, err := range joined.Unwrap() {
		out = append(out, problems(t, err)...)
	}
	return out
}

func get(t testing.TB) *schemas {
	t.Helper()
	s, err := load(folder + "data")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func read(t testing.TB, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// good are the files that the loader accepts, the smaller first.
func good(t testing.TB) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	for _, pattern := range []string{"data/*/*.yaml", "data/*.yaml", "testdata/good/*.yaml"} {
		names, _ := filepath.Glob(folder + pattern)
		for _, name := range names {
			out[name] = read(t, name)
		}
	}
	if len(out) < 8 {
		t.Fatal("few files", slices.Collect(maps.Keys(out)))
	}
	return out
}

// loaded returns what the loader says against a file.
func loaded(t testing.TB, name string, text []byte) []*catalog.Problem {
	t.Helper()
	if filepath.Base(name) != indexFile {
		_, err := catalog.Parse(name, text)
		return problems(t, err)
	}
	files := fstest.MapFS{indexFile: {Data: text}}
	for _, document := range []string{"ubuntu-advantage", "ubuntu-pro", "support-overview"} { // those it speaks of
		files[document+".yaml"] = &fstest.MapFile{Data: []byte("edition: {document: " + document + ", edition: x, title: X, publisher: X, language: en, source: {text: x, sha256: " +
			strings.Repeat("0a", 32) + "}}\nclauses:\n- {clause: \"1\", summary: X, statement: {party: both, kind: heading}}\n")}
	}
	_, err := catalog.Load(files)
	return problems(t, err)
}

func TestGood(t *testing.T) {
	s := get(t)
	for name, text := range good(t) {
		got, err := s.check(name, text, filepath.Base(name) == indexFile)
		if err != nil || len(got) > 0 {
			t.Errorf("%v %.2000v", err, got)
		}
		for _, p := range loaded(t, name, text) {
			t.Errorf("the loader: %v", p)
		}
	}
}
