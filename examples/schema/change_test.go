package main

import (
	"cmp"
	"encoding/json"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// eachSchema calls f with every part of the schemas.
func eachSchema(t testing.TB, f func(map[string]any)) {
	t.Helper()
	var gather func(v any)
	gather = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, v := range v {
				gather(v)
			}
		case map[string]any:
			f(v)
			for _, v := range v {
				gather(v)
			}
		}
	}
	for _, name := range []string{"edition.schema.json", "catalog.schema.json"} {
		var v any
		if err := json.Unmarshal(read(t, folder+"data/"+name), &v); err != nil {
			t.Fatal(err)
		}
		gather(v)
	}
}

// keyNames are the keys that a schema knows; others are names of an edition's.
func keyNames(t testing.TB) map[string]bool {
	out := map[string]bool{}
	eachSchema(t, func(s map[string]any) {
		p, _ := s["properties"].(map[string]any)
		for name := range p {
			out[name] = true
		}
	})
	return out
}

// A spot is a key of a mapping, and where it stands.
type spot struct {
	in    *yaml.Node
	at    int    // of the key in Content
	shape string // the keys down to it, with a star for each name of the edition's
}

// open are the keys whose mappings have names of the edition's for keys.
var open = strings.Fields("facts when figures readings values rows columns hours questions metrics aliases as through each tables states terms words documents implied_by")

func spots(n *yaml.Node, known map[string]bool, shape string) (out []spot) {
	steps := strings.Split(shape, ".")
	last := steps[len(steps)-1]
	for i, c := range n.Content {
		if n.Kind != yaml.MappingNode {
			out = append(out, spots(c, known, shape)...)
		} else if i%2 == 1 {
			key := n.Content[i-1].Value
			if !known[key] || slices.Contains(open, last) && key != "id" || len(steps) > 1 && steps[len(steps)-2] == "rules" {
				key = "*"
			}
			out = append(out, spot{n, i - 1, shape + "." + key})
			out = append(out, spots(c, known, shape+"."+key)...)
		}
	}
	return out
}

// others are values of every type, by its name.
var others = map[string]string{
	"nothing": "null", "true": "true", "number": "12.5", "whole": "7", "text": "some words", "date": "2025-07-02",
	"list": "[x]", "empty list": "[]", "mapping": "{x: y}", "empty mapping": "{}",
}

// changes returns what is to be done with a key, each with its name and with
// what undoes it.
func changes(t testing.TB, s spot) map[string]func() (undo func()) {
	key, value := s.in.Content[s.at], s.in.Content[s.at+1]
	out := map[string]func() func(){
		"deleted": func() func() {
			all := s.in.Content
			s.in.Content = slices.Delete(slices.Clone(all), s.at, s.at+2)
			return func() { s.in.Content = all }
		},
		"misspelt": func() func() {
			was := *key
			key.Value += "x"
			return func() { *key = was }
		},
	}
	for name, text := range others {
		var doc yaml.Node
		if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
			t.Fatal(err)
		}
		n := doc.Content[0]
		if n.Kind == value.Kind && n.Kind != yaml.ScalarNode && len(n.Content) > 0 || n.Kind == yaml.ScalarNode && n.Tag == value.Tag {
			continue // of the same type
		}
		out["made "+name] = func() func() {
			s.in.Content[s.at+1] = n
			return func() { s.in.Content[s.at+1] = value }
		}
	}
	return out
}

// onlyLoader is, by what was done to a key, for which reasons the loader may
// refuse what the schema still accepts. What is nothing, true or a mapping where
// something else is wanted the schema always sees.
var onlyLoader = map[string]string{
	"deleted":            "another part, comparison, rules together",
	"misspelt":           "another part, comparison, rules together",
	"made text":          "another part, comparison",
	"made whole":         "another part, comparison, writing",
	"made number":        "another part, comparison, writing",
	"made date":          "another part, comparison, writing",
	"made list":          "another part",
	"made empty list":    "another part, comparison, rules together",
	"made empty mapping": "another part, comparison, rules together",
}

// large is from how many bytes on a file gets one change in forty only.
const large = 1 << 14

// Keys of good files deleted, misspelt and given values of other types, one at
// a time: the schema refuses nothing that the loader accepts, and accepts what
// the loader refuses for the listed reasons only.
func TestOneAtATime(t *testing.T) {
	s, known, files := get(t), keyNames(t), good(t)
	names := slices.SortedFunc(maps.Keys(files), func(a, b string) int {
		return cmp.Or(len(files[a])-len(files[b]), strings.Compare(a, b))
	})
	tried := map[string]bool{} // by shape
	agreed, seen, turn := 0, map[string]int{}, 0
	for _, name := range names {
		var root yaml.Node
		if err := yaml.Unmarshal(files[name], &root); err != nil {
			t.Fatal(err)
		}
		index := filepath.Base(name) == indexFile
		for _, at := range spots(root.Content[0], known, "") {
			if tried[at.shape] {
				continue
			}
			tried[at.shape] = true
			all := changes(t, at)
			for _, what := range slices.Sorted(maps.Keys(all)) {
				if turn++; len(files[name]) > large && turn%40 != 0 {
					continue
				}
				undo := all[what]()
				text, err := yaml.Marshal(&root)
				undo()
				if err != nil {
					t.Fatal(err)
				}
				got, err := s.check(name, text, index)
				wrong := loaded(t, name, text)
				bySchema := err != nil || len(got) > 0
				switch {
				case bySchema && len(wrong) == 0:
					t.Errorf("%s: %s %s: the schema refuses it, the loader does not: %v %v", filepath.Base(name), at.shape, what, err, got)
				case bySchema || len(wrong) == 0:
					agreed++
				default:
					seen[what]++
					why := map[string]bool{}
					for _, p := range wrong {
						why[reason(p)] = true
					}
					if why["writing"] {
						delete(why, "") // what follows from what could not be read
					}
					for r := range why {
						if !strings.Contains(onlyLoader[what], cmp.Or(r, "no reason")) {
							t.Errorf("%s: %s %s: only the loader refuses it, for %q: %v", filepath.Base(name), at.shape, what, r, wrong)
						}
					}
				}
			}
		}
	}
	refused := 0
	for _, n := range seen {
		refused += n
	}
	if agreed < 6*refused {
		t.Errorf("%d changes of which both say the same, and %d seen by the loader only: %v", agreed, refused, seen)
	}
	t.Logf("%d changes of which both say the same, %d seen by the loader only: %v", agreed, refused, seen)
}
