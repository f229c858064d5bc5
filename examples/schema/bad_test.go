package main

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// unseen are the files in which the schema sees nothing wrong, each with the
// reasons of what is.
var unseen = map[string]string{
	"alike.yaml":             "rules together",
	"circles.yaml":           "another part",
	"exceptions.yaml":        "another part, rules together",
	"facts-and-figures.yaml": "another part",
	"gives.yaml":             "another part",
	"second.yaml":            "writing",
	"taken-back.yaml":        "another part, rules together",
	"states.yaml":            "another part, comparison",
	"twice.yaml":             "another part",
	"unused.yaml":            "another part",
}

// Loader and schema refuse the same files, and the same mistakes in them.
func TestBad(t *testing.T) {
	s := get(t)
	names, _ := filepath.Glob(folder + "testdata/bad/*.yaml")
	if len(names) < 35 {
		t.Fatal("few files", names)
	}
	seen, all := 0, 0
	for _, name := range names {
		base, text := filepath.Base(name), read(t, name)
		wrong := loaded(t, name, text)
		if len(wrong) == 0 {
			t.Errorf("%s: the loader accepts it", base)
		}
		got, err := s.check(name, text, false)
		if err != nil {
			continue // no YAML, or none that JSON can have
		}
		why := map[string]bool{}
		for _, p := range wrong {
			r := reason(p)
			why[r] = true
			all++
			near := func(g problem) bool { // there, or in the part around it
				up := p.Path[:max(0, strings.LastIndex(p.Path, "."))]
				return g.line == p.Line || strings.HasPrefix(p.Path, g.path) && g.path != "" || strings.HasPrefix(g.path, up)
			}
			switch {
			case slices.ContainsFunc(got, near):
				seen++
			case r == "":
				t.Errorf("%v\nof which the schema says nothing", p)
			}
		}
		reasons := strings.Join(slices.Sorted(maps.Keys(why)), ", ")
		if want := unseen[base]; len(got) == 0 && reasons != want {
			t.Errorf("%s: the schema accepts it; the mistakes are of %q, listed %q", base, reasons, want)
		} else if len(got) > 0 && want != "" {
			t.Errorf("%s: listed, and the schema refuses it: %v", base, got[0])
		}
		delete(unseen, base)
	}
	for name := range unseen {
		t.Errorf("%s: listed, and not there", name)
	}
	t.Logf("the schema sees %d of %d mistakes", seen, all)
}
