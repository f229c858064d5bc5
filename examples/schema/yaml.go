package main

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

const maxDepth = 32 // of a file, as for the loader

var digits = regexp.MustCompile(`^(-?)0*([0-9]+(?:\.[0-9]+)?)$`)

// plain returns a node as JSON has it. A number that is written in digits is a
// number, in any other way (0x1f, 1_000, .5) the text that it is written as; a
// date is text; text has no space around it. What only YAML has (anchors, tags,
// keys that are numbers) is gone; an alias, which can stand for very much, is
// refused.
func plain(n *yaml.Node, depth int) (any, error) {
	if depth > maxDepth {
		return nil, fmt.Errorf("%d:%d: nested more than %d deep", n.Line, n.Column, maxDepth)
	}
	switch n.Kind {
	case yaml.AliasNode:
		return nil, fmt.Errorf("%d:%d: alias *%s: write the value out", n.Line, n.Column, n.Value)
	case yaml.SequenceNode:
		list := make([]any, len(n.Content))
		for i, c := range n.Content {
			v, err := plain(c, depth+1)
			if err != nil {
				return nil, err
			}
			list[i] = v
		}
		return list, nil
	case yaml.MappingNode:
		mapping := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			k := n.Content[i]
			if k.Kind != yaml.ScalarNode {
				return nil, fmt.Errorf("%d:%d: a key is plain text", k.Line, k.Column)
			}
			v, err := plain(n.Content[i+1], depth+1)
			if err != nil {
				return nil, err
			}
			mapping[k.Value] = v
		}
		return mapping, nil
	}
	switch n.Tag {
	case "!!null":
		return nil, nil
	case "!!bool":
		return strings.EqualFold(n.Value, "true"), nil
	case "!!int", "!!float":
		if m := digits.FindStringSubmatch(n.Value); m != nil {
			return json.Number(m[1] + m[2]), nil
		}
	}
	return strings.TrimSpace(n.Value), nil
}

// locate returns the node at a path, or its key, or the last there is on the
// path; and the path as problems have it.
func locate(n *yaml.Node, steps []string, toKey bool) (*yaml.Node, string) {
	path := ""
	for down, step := range steps {
		switch i, err := strconv.Atoi(step); {
		case n.Kind == yaml.SequenceNode && err == nil && i < len(n.Content):
			n, path = n.Content[i], path+"["+step+"]"
			continue
		case path != "":
			path += "."
		}
		path += step
		for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value != step {
				continue
			}
			if toKey && down == len(steps)-1 {
				return n.Content[i], path
			}
			n = n.Content[i+1]
			break
		}
	}
	return n, path
}

// stepsTo returns the steps to the first key of a name so many steps down.
func stepsTo(n *yaml.Node, key string, down int) []string {
	for i, c := range n.Content {
		step := strconv.Itoa(i)
		switch {
		case n.Kind == yaml.MappingNode && i%2 == 0 && down == 0 && c.Value == key:
			return []string{key}
		case n.Kind == yaml.MappingNode && i%2 == 0:
			continue
		case n.Kind == yaml.MappingNode:
			step = n.Content[i-1].Value
		}
		if down > 0 {
			if rest := stepsTo(c, key, down-1); rest != nil {
				return append([]string{step}, rest...)
			}
		}
	}
	return nil
}
