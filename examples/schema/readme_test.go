package main

import (
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/supportterms/supportterms/catalog"
)

// blocks are the examples of the page on the form of a file, each with what
// stands behind "yaml" at its beginning.
func blocks(t testing.TB) (out [][2]string) {
	t.Helper()
	for i, part := range strings.Split(string(read(t, folder+"README.md")), "```") {
		if mark, text, ok := strings.Cut(part, "\n"); ok && i%2 == 1 {
			out = append(out, [2]string{strings.TrimSpace(strings.TrimPrefix(mark, "yaml")), text})
		}
	}
	if len(out) < 20 {
		t.Fatal("few examples", len(out))
	}
	return out
}

// Every key that a schema knows is on the page, and every closed word.
func TestPageIsComplete(t *testing.T) {
	page := string(read(t, folder+"README.md"))
	prose := ""
	for i, part := range strings.Split(page, "```") {
		if i%2 == 0 {
			prose += part
		}
	}
	var code []string
	for i, part := range strings.Split(prose, "`") {
		if i%2 == 1 {
			code = append(code, part)
		}
	}
	for key := range keyNames(t) {
		if !slices.Contains(code, key) {
			t.Errorf("%s is not on the page", key)
		}
	}
	for word := range closedWords(t) {
		word, _, _ = strings.Cut(word, ".") // "place.weekend" is said of all places at once
		if !slices.ContainsFunc(code, func(c string) bool { return strings.Contains(c, word) }) {
			t.Errorf("the word %s is not on the page", word)
		}
	}
	if n := strings.Count(page, "\n"); n > 550 {
		t.Errorf("%d lines", n)
	}
}

// closedWords are the words of which a schema lists all.
func closedWords(t testing.TB) map[string]bool {
	out := map[string]bool{}
	eachSchema(t, func(s map[string]any) {
		words, _ := s["enum"].([]any)
		for _, w := range words {
			out[w.(string)] = true
		}
	})
	return out
}

// An example that is called complete is an edition; any other stands, line by
// line and in that order, in the file that it names.
func TestPageExamples(t *testing.T) {
	s, complete := get(t), 0
	for _, b := range blocks(t) {
		mark, text := b[0], b[1]
		var v any
		if err := yaml.Unmarshal([]byte(text), &v); err != nil {
			t.Errorf("%v\n%s", err, text)
		}
		if mark == "complete" {
			complete++
			if _, err := catalog.Parse("README.md", []byte(text)); err != nil {
				t.Errorf("%v\n%s", err, text)
			}
			if got, err := s.check("README.md", []byte(text), false); err != nil || len(got) > 0 {
				t.Errorf("%v %v\n%s", err, got, text)
			}
			continue
		}
		head, rest, _ := strings.Cut(text, "\n")
		file, _, ok := strings.Cut(strings.TrimPrefix(head, "# "), ":")
		if !ok || !strings.HasPrefix(head, "# ") || mark != "" {
			t.Errorf("an example from nowhere: %q", head)
			continue
		}
		whole := strings.Split(string(read(t, folder+file)), "\n")
		for line := range strings.Lines(rest) {
			at := slices.IndexFunc(whole, func(l string) bool { return bare(l) == bare(line) })
			if at < 0 {
				t.Errorf("%s has no more %q", file, line)
				break
			}
			whole = whole[at+1:]
		}
	}
	if complete == 0 {
		t.Error("no complete example")
	}
}

// bare returns a line without the space around it and what is said beside it.
func bare(line string) string {
	line, _, _ = strings.Cut(line, " #")
	return strings.TrimSpace(line)
}

// An editor has something to say of every key.
func TestKeysAreDescribed(t *testing.T) {
	var root map[string]any
	eachSchema(t, func(s map[string]any) {
		if _, ok := s["$schema"]; ok {
			root = s
		}
		if _, whole := s["additionalProperties"]; !whole {
			return // part of a condition
		}
		keys, _ := s["properties"].(map[string]any)
		for key, v := range keys {
			v, _ := v.(map[string]any)
			ref, _ := v["$ref"].(string)
			target, _ := root["$defs"].(map[string]any)[strings.TrimPrefix(ref, "#/$defs/")].(map[string]any)
			if v["description"] == nil && target["description"] == nil {
				t.Errorf("%s has no description: %v", key, v)
			}
		}
	})
}
