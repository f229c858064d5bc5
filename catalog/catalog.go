package catalog

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
)

// A Catalog is editions of documents. It is immutable and safe for concurrent
// use. The zero Catalog has none.
type Catalog struct {
	editions []*entry // by ID
	open     func() (*index, error)
}

// index returns what the catalog says of its documents together.
func (c *Catalog) index() (*index, error) {
	if c.open == nil {
		return &index{}, nil
	}
	return c.open()
}

// An entry is an edition that is read when it is first asked for.
type entry struct {
	id   string
	open func() (*Edition, error)
}

// Load reads every .yaml file in fsys, in folders too; there must be one. A
// file catalog.yaml at the root says what belongs to no one edition. The error
// joins a [*Problem] for everything wrong in every file, and between them.
func Load(fsys fs.FS) (*Catalog, error) {
	var c Catalog
	var problems []error
	files := map[string]string{} // by edition
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".yaml" {
			problems = append(problems, err)
			return nil
		}
		if name == indexFile {
			x, err := readIndex(fsys, name)
			problems = append(problems, err)
			c.open = func() (*index, error) { return x, err }
			return nil
		}
		e, err := readFile(fsys, name)
		if err != nil {
			problems = append(problems, err)
			return nil
		}
		if other, again := files[e.ID]; again {
			problems = append(problems, &Problem{File: name, Message: fmt.Sprintf("edition %s stands in %s too; leave one out", e.ID, other)})
			return nil
		}
		files[e.ID] = name
		c.editions = append(c.editions, &entry{e.ID, func() (*Edition, error) { return e, nil }})
		return nil
	})
	problems = append(problems, c.checkPeriods(files)...)
	if err := errors.Join(append(problems, err)...); err != nil {
		return nil, err
	}
	if len(c.editions) == 0 {
		return nil, &Problem{File: ".", Message: "no .yaml file; want one for each edition"}
	}
	slices.SortFunc(c.editions, func(a, b *entry) int { return strings.Compare(a.id, b.id) })
	return &c, nil
}

func readFile(fsys fs.FS, name string) (*Edition, error) {
	text, err := readLimited(fsys, name)
	if err != nil {
		return nil, err
	}
	return Parse(name, text)
}

// readLimited reads a file, of one that is too large a byte too many at most.
func readLimited(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.Size() > maxFile {
		return nil, tooLarge(name)
	}
	return io.ReadAll(io.LimitReader(f, maxFile+1))
}

// Editions returns the IDs of the editions, sorted.
func (c *Catalog) Editions() []string {
	ids := make([]string, len(c.editions))
	for i, e := range c.editions {
		ids[i] = e.id
	}
	return ids
}

// Edition returns an edition by its ID. The error is an [*EditionError] when
// there is none such.
func (c *Catalog) Edition(id string) (*Edition, error) {
	for _, e := range c.editions {
		if e.id == id {
			return e.open()
		}
	}
	return nil, &EditionError{id, c.Editions()}
}

// lazily returns an entry that reads a file once, when first asked.
func lazily(id string, fsys fs.FS, name string) *entry {
	return &entry{id, sync.OnceValues(func() (*Edition, error) { return readFile(fsys, name) })}
}
