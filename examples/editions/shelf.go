package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/supportterms/supportterms/catalog"
)

// A shelf is where editions are looked for: a catalog, and beside a user's own
// the one of this module, for editions that are named and are not the user's.
type shelf struct {
	own    *catalog.Catalog
	others *catalog.Catalog // or nil
}

func openShelf(folder string) (*shelf, error) {
	if folder == "" {
		return &shelf{own: catalog.Builtin()}, nil
	}
	info, err := os.Stat(folder)
	if err == nil && !info.IsDir() {
		err = fmt.Errorf("%q is no folder; want one with a .yaml file for each edition", folder)
	}
	if err != nil {
		return nil, fmt.Errorf("-folder: %w", err)
	}
	own, err := catalog.Load(os.DirFS(folder))
	if err != nil {
		return nil, fmt.Errorf("-folder %s:\n%w", folder, err)
	}
	return &shelf{own, catalog.Builtin()}, nil
}

// edition returns an edition, and the catalog that has it.
func (s *shelf) edition(flag, id string) (*catalog.Edition, *catalog.Catalog, error) {
	e, err := s.own.Edition(id)
	if errors.Is(err, catalog.ErrNoEdition) && s.others != nil {
		if slices.Contains(s.others.Editions(), id) {
			e, err := s.others.Edition(id)
			return e, s.others, err
		}
		err = &catalog.EditionError{ID: id, Known: append(s.own.Editions(), s.others.Editions()...)}
	}
	if err != nil {
		return nil, nil, fmt.Errorf("-%s: %w", flag, err)
	}
	return e, s.own, nil
}

// both returns the editions of -from and -to.
func (o *options) both(s *shelf) (from, to *catalog.Edition, err error) {
	from, _, fromErr := s.edition("from", o.from)
	to, _, toErr := s.edition("to", o.to)
	return from, to, errors.Join(fromErr, toErr)
}

// documents returns the documents of a catalog's editions, sorted.
func documents(c *catalog.Catalog) (out []string) {
	for _, id := range c.Editions() {
		document, _, _ := strings.Cut(id, "/")
		if !slices.Contains(out, document) {
			out = append(out, document)
		}
	}
	return out
}
