package catalog

import (
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

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
		d.fail(n, path, "%s; want a mapping, written key: value", kindOf(n))
		return nil
	}
	out := make([]field, 0, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		if k := n.Content[i]; !d.settled[k] {
			out = append(out, field{k.Value, k, n.Content[i+1], join(path, k.Value)})
		}
	}
	return out
}

// record returns the fields of a mapping by key, refusing keys not allowed and
// reporting those of required that are not there.
func (d *document) record(n *yaml.Node, path string, required, optional []string) (out record) {
	fields := d.fields(n, path)
	out = fields[:0] // of which none is read again
	for _, f := range fields {
		if !slices.Contains(required, f.key) && !slices.Contains(optional, f.key) {
			d.fail(f.name, path, "key %q is not known: %s", f.key, wanted(f.key, slices.Concat(required, optional)))
		} else if out.get(f.key).value == nil {
			out = append(out, f)
		}
	}
	if n != nil && n.Kind == yaml.MappingNode {
		for _, k := range required {
			if out.get(k).value == nil {
				d.fail(n, join(path, k), "key %q is missing", k)
			}
		}
	}
	return out
}

// A record is the fields of a mapping whose keys are known.
type record []field

// get returns the field of a key; one that is not there has no value.
func (r record) get(key string) field {
	for _, f := range r {
		if f.key == key {
			return f
		}
	}
	return field{}
}

// items returns the values of a list.
func (d *document) items(f field) []field {
	if f.value == nil {
		return nil
	}
	if f.value.Kind != yaml.SequenceNode {
		d.fail(f.value, f.path, "%s; want a list, written [a, b]", kindOf(f.value))
		return nil
	}
	out := make([]field, len(f.value.Content))
	for i, c := range f.value.Content {
		at := strconv.Itoa(i)
		out[i] = field{at, c, c, f.path + "[" + at + "]"}
	}
	return out
}

// scalar returns a scalar as it is written, if YAML takes it for one of some
// kinds.
func (d *document) scalar(f field, want string, tags ...string) (string, bool) {
	if f.value == nil {
		return "", false
	}
	s := strings.TrimSpace(f.value.Value)
	switch n := f.value; {
	case n.Kind != yaml.ScalarNode || n.Tag == "!!null":
		d.fail(n, f.path, "%s; want %s", kindOf(n), want)
	case s == "":
		d.fail(n, f.path, "empty; want %s", want)
	case !slices.Contains(tags, n.Tag):
		d.fail(n, f.path, "%s is %s to YAML; want %s, so write it in quotes", s, kindOf(n), want)
	default:
		return s, true
	}
	return "", false
}

// text returns words; "" with a problem for anything else.
func (d *document) text(f field) string {
	s, _ := d.scalar(f, "text", "!!str")
	return s
}

// word returns a word or a whole number.
func (d *document) word(f field) (string, bool) {
	return d.scalar(f, "a word or a whole number", "!!str", "!!int")
}

// several returns the values of a list, or one value as a list.
func (d *document) several(f field) []field {
	if f.value == nil || f.value.Kind == yaml.SequenceNode {
		return d.items(f)
	}
	return []field{f}
}

// number returns a whole number in [low, high].
func (d *document) number(f field, low, high int) (int, bool) {
	if f.value == nil {
		return low, false
	}
	n, err := strconv.Atoi(f.value.Value)
	if err != nil || f.value.Tag != "!!int" || strconv.Itoa(n) != f.value.Value || n < low || n > high {
		d.fail(f.value, f.path, "%q; want a whole number from %d to %d, without quotes", f.value.Value, low, high)
		return low, false
	}
	return n, true
}

// oneOf returns a scalar that must be one of some words.
func (d *document) oneOf(f field, allowed []string) (string, bool) {
	s, ok := d.word(f)
	if ok && !slices.Contains(allowed, s) {
		d.fail(f.value, f.path, "%q is not known: %s", s, wanted(s, allowed))
		ok = false
	}
	return s, ok
}

// nameForm reports whether s begins with a small letter or digit and has
// nothing but those, dots, dashes and underscores.
func nameForm(s string) bool {
	for i, c := range []byte(s) {
		word := 'a' <= c && c <= 'z' || '0' <= c && c <= '9'
		if !word && (i == 0 || c != '.' && c != '-' && c != '_') {
			return false
		}
	}
	return s != ""
}

// isName refuses what is not a name; n is where it stands.
func (d *document) isName(s string, n *yaml.Node, path string) bool {
	ok := len(s) <= maxName && nameForm(s)
	if !ok {
		d.fail(n, path, "%q is not a name; want small letters, digits, dots, dashes and underscores", s)
	}
	return ok
}

// named returns a scalar that must be a name.
func (d *document) named(f field) string {
	if s, ok := d.scalar(f, "a name", "!!str", "!!int"); ok && d.isName(s, f.value, f.path) {
		return s
	}
	return ""
}

// names returns a list of names, each once.
func (d *document) names(f field) (out []string) {
	for _, item := range d.items(f) {
		s := d.named(item)
		if slices.Contains(out, s) {
			d.fail(item.value, item.path, "%q stands twice; leave one out", s)
		} else if s != "" {
			out = append(out, s)
		}
	}
	return out
}
