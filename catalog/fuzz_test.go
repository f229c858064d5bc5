package catalog_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/catalog"
)

// Any bytes are an edition, or problems in the order of the file.
func FuzzParse(f *testing.F) {
	for _, text := range goodFiles(f) {
		f.Add([]byte(text))
	}
	for _, text := range badFiles(f) {
		f.Add(text)
	}
	f.Add([]byte("a: &a [*a]\n"))
	f.Add([]byte("? {}\n: - ? !!x\n"))
	f.Add([]byte("\xff"))
	f.Fuzz(func(t *testing.T, text []byte) { checkParse(t, text) })
}

func checkParse(t *testing.T, text []byte) {
	e, err := catalog.Parse("x.yaml", text)
	if (e == nil) != (err != nil) {
		t.Fatalf("%v, %v", e, err)
	}
	if e != nil {
		if e.Policy() == nil || !strings.Contains(e.ID, "/") || len(e.Digest) != len("sha256:")+64 {
			t.Fatalf("%+v", e)
		}
		return
	}
	lines := 1 + bytes.Count(text, []byte("\n"))
	last := &catalog.Problem{}
	for i, p := range problems(t, err) {
		switch {
		case p.File != "x.yaml" || p.Message == "" || !utf8.ValidString(p.Error()):
			t.Fatalf("%q", p.Error())
		case p.Line > 0 && p.Column < 1, p.Line < 0, p.Line > lines+1:
			t.Fatalf("%v in %d lines", p, lines)
		case i < 200 && (p.Line < last.Line || p.Line == last.Line && p.Column < last.Column):
			t.Fatalf("%v after %v", p, last)
		}
		last = p
	}
}

// Files put together of the wrong parts of good ones, which no change of a few
// bytes would give.
func TestMangled(t *testing.T) {
	files := goodFiles(t)
	var names []string
	for _, name := range slices.Sorted(maps.Keys(files)) {
		names = append(names, name)
		if len(files[name]) < largeFile { // a large one more rarely
			names = append(names, name, name, name)
		}
	}
	r := rand.New(rand.NewPCG(3, 4))
	for range 600 / thin() {
		root := tree(t, files[names[r.IntN(len(names))]])
		var all []*yaml.Node
		var gather func(n *yaml.Node)
		gather = func(n *yaml.Node) {
			all = append(all, n)
			for _, c := range n.Content {
				gather(c)
			}
		}
		gather(root.Content[0])
		for range 1 + r.IntN(4) {
			n, other := all[r.IntN(len(all))], *all[r.IntN(len(all))]
			i := r.IntN(max(1, len(n.Content)))
			switch r.IntN(6) {
			case 0:
				*n = other
			case 1:
				n.Content = nil
			case 2: // a key or a value alone, so that what follows changes places
				if len(n.Content) > 1 {
					n.Content = slices.Delete(slices.Clone(n.Content), i, i+1)
				}
			case 3:
				if len(n.Content) > 0 {
					n.Content = append(slices.Clone(n.Content), &other, &other)
				}
			case 4:
				n.Value = []string{"", "~", "yes", "1", "-1", "12.3", "a/b", "*", "&a", "2025-02-30", "\u00a0"}[r.IntN(11)]
			case 5:
				n.Kind = []yaml.Kind{yaml.ScalarNode, yaml.SequenceNode}[r.IntN(2)]
			}
			if n.Kind == yaml.MappingNode && len(n.Content)%2 == 1 {
				n.Content = n.Content[:len(n.Content)-1]
			}
		}
		if text, ok := marshal(root); ok {
			checkParse(t, text)
		}
	}
}

// Files that end too soon, at a line and within one, or that lack a line.
func TestTruncated(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for name, text := range goodFiles(t) {
		times := 60 / thin()
		if len(text) > largeFile {
			times = max(1, 20/thin())
		}
		lines := strings.SplitAfter(text, "\n")
		for range times {
			checkParse(t, []byte(text[:r.IntN(len(text))]))
			n := r.IntN(len(lines))
			checkParse(t, []byte(strings.Join(lines[:n], "")))
			checkParse(t, []byte(strings.Join(slices.Delete(slices.Clone(lines), n, min(len(lines), n+1+r.IntN(3))), "")))
		}
		if t.Failed() {
			t.Fatal(name)
		}
	}
}

// marshal writes a tree that may be of itself, or no tree of YAML at all.
func marshal(root *yaml.Node) (text []byte, ok bool) {
	defer func() { ok = recover() == nil && ok }()
	depth := 0
	var finite func(n *yaml.Node) bool
	finite = func(n *yaml.Node) bool {
		depth++
		defer func() { depth-- }()
		return depth < 50 && !slices.ContainsFunc(n.Content, func(c *yaml.Node) bool { return !finite(c) })
	}
	if !finite(root) {
		return nil, false
	}
	text, err := yaml.Marshal(root)
	return text, err == nil
}

var errNoRegion = errors.New("no such region")

// Any bytes get one line of JSON with a status.
func FuzzAnswerLine(f *testing.F) {
	for i, row := range readCells(f) {
		if i%40 == 0 {
			f.Add(cellQuery(f, row))
		}
	}
	for _, c := range pinCases {
		f.Add([]byte(`{"id": "x", "range": true, "edition": "` + c.edition + `", ` + c.query + `}`))
	}
	for _, line := range []string{
		"", "null", "[]", "{}", `"a"`, "{", "{}{}", `{"id": 1}`, `{"id": "a", "od": 1}`, "\xff", "{\"id\": \"\\ud800\xff\"}",
		`{"id": "a", "edition": "ubuntu-pro/2025-07-02"}`,
		`{"edition": "harbour-care/3", "severity": 256, "opened": "2025-13-01T00:00:00Z"}`,
		`{"edition": "smart-start/undated", "metric": "first_response", "severity": 1, "opened": "0001-01-01T00:00:00Z", "place": {"zone": "Local"}}`,
		`{"edition": "smart-start/undated", "metric": "first_response", "severity": 1, "opened": "9999-12-31T23:59:59-12:00", "place": {"zone": "../UTC", "region": "DE-BY"}}`,
		`{"edition": "smart-start/undated", "metric": "first_response", "severity": 1, "opened": "2098-12-31T23:59:59Z", "place": {"zone": "UTC", "holidays": [], "weekend": ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]}, "readings": {"calendar.weekend": "local-weekend"}}`,
		`{"edition": "ubuntu-pro/2025-07-02", "contract": {"level": "24x7", "addons": ["legacy", "legacy"]}, "metric": "ongoing_response", "severity": 1, "counted_from": "2025-08-22T16:30:00.123456789+01:00", "as_of": "2025-08-22T16:30:00Z", "release": {"version": "14.04"}}`,
		`{"edition": "ubuntu-pro/2025-07-02", "contract": {"level": "24x7"}, "place": {"zone": "UTC", "holidays": []}, "case": {"raise": "carry", "changes": {"contract": "carry"}}, "events": [{"at": "2025-09-01T09:00:00Z", "kind": "opened", "severity": 2}, {"at": "2025-09-01T12:00:00Z", "kind": "contract_changed", "ended": true}]}`,
	} {
		f.Add([]byte(line))
	}
	desk := catalog.NewDesk(catalog.Builtin(), func(code string, predicted, workdays bool) (calendar.Holidays, error) {
		if code == "GB-ENG" {
			return calendar.List{{Year: 2025, Month: 8, Day: 25}: "Summer bank holiday"}, nil
		}
		return nil, errNoRegion
	})
	f.Fuzz(func(t *testing.T, line []byte) {
		out := desk.AnswerLine(line)
		var got struct {
			Status, Error, Outcome string
			Metrics                []any // of a case, each with a status of its own
		}
		switch err := json.Unmarshal(out, &got); {
		case err != nil:
			t.Fatalf("%s: %v", out, err)
		case bytes.ContainsAny(out, "\n\r"), !utf8.Valid(out):
			t.Fatalf("%q", out)
		case got.Status == "" && got.Outcome == "" && got.Metrics == nil, (got.Status == "error" || got.Outcome == "error") != (got.Error != ""):
			t.Fatalf("%s", out)
		case !bytes.Equal(out, desk.AnswerLine(line)):
			t.Fatalf("another answer the second time: %s", out)
		}
	})
}
