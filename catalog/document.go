package catalog

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// A document is a YAML file walked node by node, so that every problem has its
// place and none hides another.
type document struct {
	file     string
	problems []*Problem
	failures int                 // problems found, reported or not
	settled  map[*yaml.Node]bool // of which audit has said all there is to say
	trail    trail               // to where audit is
}

// What a file may have. Whatever is checked against all of something else is
// bounded, so that no file takes long.
const (
	maxFile     = 1 << 20 // bytes
	maxDepth    = 32
	maxEntries  = 1000 // of one mapping or list
	maxName     = 100  // bytes
	maxProblems = 200
)

func (d *document) fail(n *yaml.Node, path, format string, args ...any) {
	d.failures++
	if d.settled[n] || len(d.problems) > maxProblems {
		return
	}
	for i, a := range args {
		switch a := a.(type) {
		case string:
			args[i] = cut(a, maxName)
		case error:
			args[i] = cut(a.Error(), 10*maxName)
		}
	}
	p := &Problem{File: d.file, Path: path, Message: fmt.Sprintf(format, args...)}
	if n != nil {
		p.Line, p.Column = n.Line, n.Column
	}
	d.problems = append(d.problems, p)
}

// report joins the problems in the order of the file, those of the whole file
// first.
func (d *document) report() error {
	more := len(d.problems) > maxProblems
	d.problems = d.problems[:min(len(d.problems), maxProblems)]
	compare := func(a, b *Problem) int {
		return cmp.Or(a.Line-b.Line, a.Column-b.Column, strings.Compare(a.Path, b.Path), strings.Compare(a.Message, b.Message))
	}
	slices.SortFunc(d.problems, compare)
	var errs []error
	for _, p := range slices.CompactFunc(d.problems, func(a, b *Problem) bool { return compare(a, b) == 0 }) {
		errs = append(errs, p)
	}
	if more {
		errs = append(errs, &Problem{File: d.file, Message: fmt.Sprintf("more than %d problems; the rest are left out", maxProblems)})
	}
	return errors.Join(errs...)
}

func tooLarge(file string) *Problem {
	return &Problem{File: file, Message: fmt.Sprintf("more than %d bytes; leave something out", maxFile)}
}

// parse returns the root node of a file, or nil.
func (d *document) parse(text []byte) *yaml.Node {
	if len(text) > maxFile {
		d.problems = append(d.problems, tooLarge(d.file))
		return nil
	}
	if !d.readable(text) {
		return nil
	}
	dec := yaml.NewDecoder(bytes.NewReader(text))
	var root, second yaml.Node
	if err := dec.Decode(&root); err == io.EOF {
		d.fail(nil, "", "empty; want an edition: %s", strings.Join(topKeys, ", "))
		return nil
	} else if err != nil {
		d.syntax(text, err)
		return nil
	}
	if err := dec.Decode(&second); err == nil {
		d.fail(second.Content[0], "", "a second document; give each edition a file of its own")
	} else if err != io.EOF {
		d.syntax(text, err)
	}
	d.settled = map[*yaml.Node]bool{}
	d.audit(root.Content[0])
	return root.Content[0]
}

// readable refuses characters that a reader does not see, or sees otherwise
// than YAML does, before the parser stumbles on them.
func (d *document) readable(text []byte) bool {
	at := yaml.Node{Line: 1, Column: 1}
	indent := true
	for len(text) > 0 {
		if c := text[0]; ' ' <= c && c < unicode.MaxASCII { // nearly all
			indent = indent && c == ' '
			at.Column++
			text = text[1:]
			continue
		}
		c, n := utf8.DecodeRune(text)
		switch {
		case c == utf8.RuneError && n == 1:
			d.fail(&at, "", "byte %#02x is not UTF-8; save the file as UTF-8", text[0])
			return false
		case c == '\t' && indent:
			d.fail(&at, "", "a tab; indent with spaces")
			return false
		case c == '\n', c == '\t', c == '\r' && n < len(text) && text[n] == '\n':
		case unicode.IsControl(c), unicode.In(c, unicode.Zl, unicode.Zp, unicode.Bidi_Control):
			d.fail(&at, "", "%U cannot be seen; leave it out", c)
			return false
		}
		indent = c == '\n' || indent && c == ' '
		if at.Column++; c == '\n' {
			at.Line, at.Column = at.Line+1, 1
		}
		text = text[n:]
	}
	return true
}

func (d *document) syntax(text []byte, err error) {
	yamlLine := regexp.MustCompile(`^yaml: (?:line (\d+): )?(.*)$`)
	// The parser counts lines from 0, the scanner from 1.
	fromParser := regexp.MustCompile(`^(did not find expected (<|'-'|key|','|node)|found (undefined tag|duplicate|incompatible))`)
	unknownAnchor := regexp.MustCompile(`^unknown anchor '(.*)' referenced$`)
	m := yamlLine.FindStringSubmatch(err.Error())
	if m == nil {
		d.fail(nil, "", "not YAML: %v", err)
		return
	}
	n := &yaml.Node{Line: 1, Column: 1}
	if line, err := strconv.Atoi(m[1]); err == nil {
		n.Line = line
		if fromParser.MatchString(m[2]) {
			n.Line++
		}
	}
	if a := unknownAnchor.FindStringSubmatch(m[2]); a != nil {
		for line := range bytes.Lines(text) {
			line, _, _ = bytes.Cut(line, []byte("#"))
			if at := bytes.Index(line, []byte("*"+a[1])); at >= 0 {
				n.Column += utf8.RuneCount(line[:at])
				break
			}
			n.Line++
		}
		d.fail(n, "", "alias *%s: write the value out", a[1])
		return
	}
	if strings.HasPrefix(m[2], "exceeded max depth") {
		d.fail(n, "", "nested more than %d deep", maxDepth)
		return
	}
	d.fail(n, "", "not YAML: %s", m[2])
}

// audit refuses what hides a value from a reader (anchors, aliases, tags,
// merge keys, repeated keys) and what is too deep or too many to be an edition.
func (d *document) audit(n *yaml.Node) {
	refuse := func(n *yaml.Node, format string, args ...any) {
		d.fail(n, d.trail.String(), format, args...)
		d.settled[n] = true
	}
	entries := len(n.Content)
	if n.Kind == yaml.MappingNode {
		entries /= 2
	}
	switch {
	case n.Kind == yaml.AliasNode:
		refuse(n, "alias *%s: write the value out", n.Value)
	case n.Anchor != "":
		refuse(n, "anchor &%s: leave it out, and write the value out wherever it is wanted", n.Anchor)
	case n.Style&yaml.TaggedStyle != 0:
		refuse(n, "tag %s: leave it out", n.Tag)
	case len(d.trail) > maxDepth:
		refuse(n, "nested more than %d deep", maxDepth)
		n.Content = nil
	case entries > maxEntries:
		refuse(n, "%d entries; at most %d are possible", entries, maxEntries)
		n.Content = n.Content[:maxEntries]
	}
	down := func(n *yaml.Node, key string, at int) {
		d.trail = append(d.trail, step{key, at})
		d.audit(n)
		d.trail = d.trail[:len(d.trail)-1]
	}
	if n.Kind == yaml.SequenceNode {
		for i, c := range n.Content {
			down(c, "", i)
		}
	}
	if n.Kind != yaml.MappingNode {
		return
	}
	var seen map[string]int // of a large mapping
	if len(n.Content) > 2*maxFew {
		seen = make(map[string]int, len(n.Content)/2)
	}
	for i := 0; i < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		line, again := seen[k.Value]
		for j := 0; seen == nil && j < i && !again; j += 2 {
			if o := n.Content[j]; o.Value == k.Value && o.Kind == yaml.ScalarNode && !d.settled[o] {
				line, again = o.Line, true
			}
		}
		switch {
		case k.Tag == "!!merge":
			refuse(k, "merge key <<: write the keys out")
		case k.Kind != yaml.ScalarNode || k.Anchor != "" || k.Style&yaml.TaggedStyle != 0:
			refuse(k, "a key is plain text; write it out")
		case k.Tag != "!!str":
			refuse(k, "key %q is %s to YAML; write it in quotes", k.Value, kindOf(k))
		case k.Value == "" || len(k.Value) > maxName:
			refuse(k, "key %q has %d bytes; want 1 to %d", k.Value, len(k.Value), maxName)
		case again:
			refuse(k, "key %q repeats line %d; leave one out", k.Value, line)
		case seen != nil:
			seen[k.Value] = k.Line
		}
		down(v, k.Value, 0)
	}
}

// A trail is a path that is written only when there is something to say of it.
type trail []step

// A step is a key of a mapping, or "" for an entry of a list.
type step struct {
	key string
	at  int
}

func (t trail) String() (path string) {
	for _, s := range t {
		if s.key == "" {
			path += "[" + strconv.Itoa(s.at) + "]"
		} else {
			path = join(path, cut(s.key, maxName))
		}
	}
	return path
}

// maxFew is up to how many keys are compared with one another without a map.
const maxFew = 12

// kindOf names what a node is.
func kindOf(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.MappingNode:
		return "a mapping"
	case n.Kind == yaml.SequenceNode:
		return "a list"
	}
	switch n.Tag {
	case "!!null":
		return "nothing"
	case "!!int", "!!float":
		return "a number"
	case "!!bool":
		return "true or false"
	case "!!timestamp":
		return "a date"
	}
	return "text"
}
