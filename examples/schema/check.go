package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"gopkg.in/yaml.v3"
)

const (
	indexFile = "catalog.yaml"
	maxFile   = 1 << 20 // bytes, as for the loader
)

// schemas are of the two forms of file.
type schemas struct{ edition, index *jsonschema.Schema }

func load(folder string) (*schemas, error) {
	var all [2]*jsonschema.Schema
	for i, name := range []string{"edition.schema.json", "catalog.schema.json"} {
		text, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			return nil, err
		}
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		c := jsonschema.NewCompiler()
		if err := c.AddResource(name, doc); err != nil {
			return nil, err
		}
		if all[i], err = c.Compile(name); err != nil {
			return nil, err
		}
	}
	return &schemas{all[0], all[1]}, nil
}

// check returns what the schema says against the documents of a file. The
// error says that it is no YAML, or none that JSON can have.
func (s *schemas) check(name string, text []byte, index bool) (problems []problem, err error) {
	schema := s.edition
	if index {
		schema = s.index
	}
	dec := yaml.NewDecoder(bytes.NewReader(text))
	for n := 0; ; n++ {
		var root yaml.Node
		err := dec.Decode(&root)
		if err == io.EOF && n > 0 {
			return problems, nil
		} else if err != nil && err != io.EOF {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		top := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null"} // of a file without a document
		if err == nil {
			top = root.Content[0]
		}
		v, err := plain(top, 0)
		if err != nil {
			return nil, fmt.Errorf("%s:%w", name, err)
		}
		var invalid *jsonschema.ValidationError
		if errors.As(schema.Validate(v), &invalid) {
			problems = append(problems, flatten(name, top, invalid)...)
		}
	}
}

var english = message.NewPrinter(language.English)

// A problem is what a schema says against a place in a file.
type problem struct {
	file         string
	line, column int
	path         string // "clauses[3].table.rows[1].cells[4]"
	message      string
}

func (p problem) String() string {
	at := fmt.Sprintf("%s:%d:%d: ", p.file, p.line, p.column)
	if p.path != "" {
		at += p.path + ": "
	}
	return at + p.message
}

// flatten returns the causes of a refusal, each with its place, in the order of
// the file.
func flatten(name string, top *yaml.Node, e *jsonschema.ValidationError) (out []problem) {
	add := func(steps []string, toKey bool) {
		n, path := locate(top, steps, toKey)
		out = append(out, problem{name, n.Line, n.Column, path, e.ErrorKind.LocalizedString(english)})
	}
	switch k := e.ErrorKind.(type) {
	case *kind.PropertyNames:
		// Of the steps to a key only their number can be relied on: the slice
		// is used again by the validator.
		add(stepsTo(top, k.Property, len(e.InstanceLocation)), true)
	case *kind.AdditionalProperties:
		for _, key := range k.Properties {
			e.ErrorKind = &kind.AdditionalProperties{Properties: []string{key}}
			add(append(slices.Clone(e.InstanceLocation), key), true)
		}
	default:
		for _, cause := range e.Causes {
			out = append(out, flatten(name, top, cause)...)
		}
		if len(e.Causes) == 0 {
			add(e.InstanceLocation, false)
		}
	}
	slices.SortFunc(out, func(a, b problem) int {
		return cmp.Or(a.line-b.line, a.column-b.column, strings.Compare(a.path, b.path), strings.Compare(a.message, b.message))
	})
	return slices.Compact(out)
}
