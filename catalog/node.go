package catalog

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// A document is a YAML file walked node by node, so that every problem has its
// place and none hides another.
type document struct {
	file     string
	problems []error
}

const (
	maxFile     = 1 << 20
	maxDepth    = 32
	maxProblems = 200
)

func (d *document) fail(n *yaml.Node, path, format string, args ...any) {
	if len(d.problems) > maxProblems {
		return
	}
	p := &Problem{File: d.file, Path: path, Message: fmt.Sprintf(format, args...)}
	if n != nil {
		p.Line, p.Column = n.Line, n.Column
	}
	if len(d.problems) == maxProblems {
		p = &Problem{File: d.file, Message: fmt.Sprintf("more than %d problems; the rest are left out", maxProblems)}
	}
	d.problems = append(d.problems, p)
}

// parse returns the root mapping of a file, or nil.
func (d *document) parse(text []byte) *yaml.Node {
	switch {
	case len(text) > maxFile:
		d.fail(nil, "", "%d bytes; a file has at most %d", len(text), maxFile)
		return nil
	case !utf8.Valid(text):
		line := 1 + bytes.Count(text[:invalidAt(text)], []byte("\n"))
		d.fail(&yaml.Node{Line: line, Column: 1}, "", "not UTF-8")
		return nil
	case d.tooDeep(text):
		return nil
	}
	dec := yaml.NewDecoder(bytes.NewReader(text))
	var root yaml.Node
	if err := dec.Decode(&root); err != nil {
		if err == io.EOF {
			d.fail(nil, "", "empty; an edition is wanted")
		} else {
			d.syntax(err)
		}
		return nil
	}
	var second yaml.Node
	if err := dec.Decode(&second); err == nil {
		d.fail(&second, "", "a second document; a file holds one edition")
	} else if err != io.EOF {
		d.syntax(err)
	}
	if len(root.Content) != 1 || !d.plain(root.Content[0], "", 0) {
		return nil
	}
	return root.Content[0]
}

func invalidAt(text []byte) int {
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(text)
}

// tooDeep refuses nesting far beyond any edition before the parser sees it,
// which takes time that grows with the square of the depth.
func (d *document) tooDeep(text []byte) bool {
	line := 0
	for l := range bytes.Lines(text) {
		line++
		flow, dashes := 0, 0
		indent := len(l) - len(bytes.TrimLeft(l, " "))
		for i, c := range l[indent:] {
			switch {
			case c == '[' || c == '{':
				flow++
			case c == ']' || c == '}':
				flow--
			case c == '-' && dashes == i/2 && i%2 == 0:
				dashes++
			}
			if flow > maxDepth || dashes > maxDepth {
				d.fail(&yaml.Node{Line: line, Column: indent + i + 1}, "", "nested more than %d deep", maxDepth)
				return true
			}
		}
		if indent > 8*maxDepth {
			d.fail(&yaml.Node{Line: line, Column: indent + 1}, "", "nested more than %d deep", maxDepth)
			return true
		}
	}
	return false
}

var yamlLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?(.*)$`)

func (d *document) syntax(err error) {
	m := yamlLine.FindStringSubmatch(err.Error())
	if m == nil {
		d.fail(nil, "", "not YAML: %v", err)
		return
	}
	n := &yaml.Node{Column: 1}
	n.Line, _ = strconv.Atoi(m[1])
	d.fail(n, "", "not YAML: %s", m[2])
}

// plain refuses what hides a value from a reader: anchors, aliases, tags,
// merge keys and repeated keys.
func (d *document) plain(n *yaml.Node, path string, depth int) bool {
	ok := true
	bad := func(n *yaml.Node, format string, args ...any) {
		d.fail(n, path, format, args...)
		ok = false
	}
	if depth > maxDepth {
		bad(n, "nested more than %d deep", maxDepth)
		return false
	}
	if n.Anchor != "" {
		bad(n, "anchor &%s: write the value out", n.Anchor)
	}
	switch n.Kind {
	case yaml.AliasNode:
		bad(n, "alias *%s: write the value out", n.Value)
		return false
	case yaml.MappingNode:
		seen := map[string]int{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			k := n.Content[i]
			if k.Kind != yaml.ScalarNode || k.Anchor != "" {
				bad(k, "a key must be plain text")
				continue
			}
			if line, again := seen[k.Value]; again {
				bad(k, "key %q repeats line %d; leave one out", k.Value, line)
			}
			seen[k.Value] = k.Line
			ok = d.plain(n.Content[i+1], join(path, k.Value), depth+1) && ok
		}
	case yaml.SequenceNode:
		for i, c := range n.Content {
			ok = d.plain(c, fmt.Sprintf("%s[%d]", path, i), depth+1) && ok
		}
	}
	return ok
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// A field is a key of a mapping with its value.
type field struct {
	key   string
	name  *yaml.Node
	value *yaml.Node
	path  string
}

// fields returns those of a mapping, in the order of the file.
func (d *document) fields(n *yaml.Node, path string) []field {
	if n == nil {
		return nil
	}
	if n.Kind != yaml.MappingNode {
		d.fail(n, path, "want a mapping of keys to values")
		return nil
	}
	out := make([]field, 0, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		k := n.Content[i]
		out = append(out, field{k.Value, k, n.Content[i+1], join(path, k.Value)})
	}
	return out
}

// record returns the fields of a mapping by key, refusing keys not allowed and
// reporting those of required that are not there.
func (d *document) record(n *yaml.Node, path string, required, optional []string) map[string]field {
	out := map[string]field{}
	allowed := slices.Concat(required, optional)
	for _, f := range d.fields(n, path) {
		if !slices.Contains(allowed, f.key) {
			d.fail(f.name, path, "key %q is not known: %s", f.key, wanted(f.key, allowed))
			continue
		}
		out[f.key] = f
	}
	if n != nil && n.Kind == yaml.MappingNode {
		for _, k := range required {
			if _, ok := out[k]; !ok {
				d.fail(n, path, "key %q is missing", k)
			}
		}
	}
	return out
}

// items returns the values of a list.
func (d *document) items(f field) []field {
	if f.value == nil {
		return nil
	}
	if f.value.Kind != yaml.SequenceNode {
		d.fail(f.value, f.path, "want a list, written [a, b]")
		return nil
	}
	out := make([]field, len(f.value.Content))
	for i, c := range f.value.Content {
		out[i] = field{strconv.Itoa(i), c, c, fmt.Sprintf("%s[%d]", f.path, i)}
	}
	return out
}

// text returns a scalar as it is written; "" with a problem for anything else.
func (d *document) text(f field) string {
	if f.value == nil {
		return ""
	}
	if f.value.Kind != yaml.ScalarNode || f.value.Tag == "!!null" {
		d.fail(f.value, f.path, "want text")
		return ""
	}
	return strings.TrimSpace(f.value.Value)
}

// texts returns a list of scalars, or one scalar as a list.
func (d *document) texts(f field) []string {
	if f.value == nil {
		return nil
	}
	if f.value.Kind == yaml.ScalarNode {
		return []string{d.text(f)}
	}
	var out []string
	for _, item := range d.items(f) {
		out = append(out, d.text(item))
	}
	return out
}

// number returns a whole number in [low, high].
func (d *document) number(f field, low, high int) int {
	if f.value == nil {
		return low
	}
	n, err := strconv.Atoi(d.text(f))
	if err != nil || n < low || n > high {
		d.fail(f.value, f.path, "%q is not a whole number from %d to %d", f.value.Value, low, high)
		return low
	}
	return n
}

// oneOf returns a scalar that must be one of some words.
func (d *document) oneOf(f field, allowed []string) string {
	s := d.text(f)
	if f.value != nil && f.value.Kind == yaml.ScalarNode && !slices.Contains(allowed, s) {
		d.fail(f.value, f.path, "%q: %s", s, wanted(s, allowed))
	}
	return s
}
