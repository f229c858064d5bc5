package catalog

import (
	"io/fs"
	"slices"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/entitlement"
)

// indexFile is the file of a folder that says what belongs to no one edition.
const indexFile = "catalog.yaml"

// An index is what a folder says of its documents together.
type index struct {
	documents map[string]documentIndex
	readings  []entitlement.Reading
}

// A documentIndex is what is said of one document.
type documentIndex struct {
	known []KnownEdition
	// reading chooses, by its value, the document that says when responses are
	// due under a contract of this one; "" where it is this one.
	reading   string
	responses map[string]string
}

// A KnownEdition is an edition that is known to exist, whether the catalog has
// it or not.
type KnownEdition struct {
	ID     string // "ubuntu-pro/2026-06-26"
	Since  calendar.Date
	Source string // where it is known from
}

// readIndex reads the index of a folder; one without is empty.
func readIndex(fsys fs.FS, name string) (*index, error) {
	text, err := readLimited(fsys, name)
	if err != nil {
		return nil, err
	}
	r := newReader(name)
	x := &index{documents: map[string]documentIndex{}}
	if root := r.parse(text); root != nil {
		r.readIndex(root, x)
	}
	if err := r.report(); err != nil {
		return nil, err
	}
	return x, nil
}

func (r *reader) readIndex(root *yamlNode, x *index) {
	top := r.record(root, "", nil, []string{"documents", "readings"})
	r.readReadings(top.get("readings"))
	x.readings = r.spec.Readings
	for _, f := range r.fields(top.get("documents").value, top.get("documents").path) {
		r.isName(f.key, f.name, f.path)
		m := r.record(f.value, f.path, nil, []string{"known", "responses"})
		d := documentIndex{known: r.readKnown(f.key, m.get("known"))}
		if p := m.get("responses"); p.value != nil {
			d.reading, d.responses = r.readPrecedence(p)
		}
		x.documents[f.key] = d
	}
	r.checkUnused()
}

func (r *reader) readKnown(document string, f field) (out []KnownEdition) {
	for _, f := range r.items(f) {
		m := r.record(f.value, f.path, []string{"edition", "since", "source"}, nil)
		k := KnownEdition{ID: document + "/" + r.named(m.get("edition")), Since: r.date(m.get("since")), Source: r.text(m.get("source"))}
		if slices.ContainsFunc(out, func(o KnownEdition) bool { return o.ID == k.ID }) {
			r.fail(m.get("edition").value, m.get("edition").path, "edition %s is listed twice; leave one out", k.ID)
		}
		if n := len(out); n > 0 && !k.Since.IsZero() && !out[n-1].Since.Before(k.Since) {
			r.fail(m.get("since").value, m.get("since").path, "%v is not after %v; list editions in the order of their days", k.Since, out[n-1].Since)
		}
		out = append(out, k)
	}
	return out
}

// readPrecedence reads which document answers, by the value of a reading.
func (r *reader) readPrecedence(f field) (key string, responses map[string]string) {
	responses = map[string]string{}
	for _, f := range r.fields(f.value, f.path) {
		if f.key == "reading" {
			var keys []string
			for _, k := range r.spec.Readings {
				keys = append(keys, k.Key)
			}
			key, _ = r.oneOf(f, keys)
			r.used[key] = true
			continue
		}
		responses[f.key] = r.named(f)
	}
	i := slices.IndexFunc(r.spec.Readings, func(k entitlement.Reading) bool { return k.Key == key })
	if i < 0 {
		if key == "" {
			r.fail(f.value, join(f.path, "reading"), `key "reading" is missing`)
		}
		return "", nil
	}
	for _, v := range r.spec.Readings[i].Values {
		if _, ok := responses[v.Name]; !ok {
			r.fail(f.value, f.path, "no document where %s is %q; name one for each value", key, v.Name)
		}
	}
	if len(responses) > len(r.spec.Readings[i].Values) {
		r.fail(f.value, f.path, "a document for what is no value of %s; leave it out", key)
	}
	return key, responses
}
