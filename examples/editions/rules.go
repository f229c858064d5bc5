package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/supportterms/supportterms/catalog"
)

// changeKinds are in the order in which they are written.
var changeKinds = []catalog.ChangeKind{catalog.Removed, catalog.Changed, catalog.Moved, catalog.Added}

// compareRules writes what two editions decide differently.
func (o *options) compareRules(s *shelf, w io.Writer) error {
	from, to, err := o.both(s)
	if err != nil {
		return err
	}
	changes := slices.DeleteFunc(catalog.Diff(from, to), func(c catalog.Change) bool {
		return o.what != nil && !slices.Contains(o.what, c.What)
	})
	var b strings.Builder
	if o.json {
		for _, c := range changes {
			if err := writeLine(&b, c); err != nil {
				return err
			}
		}
		_, err = io.WriteString(w, b.String())
		return err
	}
	fmt.Fprintf(&b, "%s → %s\n", from.ID, to.ID)
	var counts []string
	for _, kind := range changeKinds {
		n := 0
		for _, c := range changes {
			if c.Kind != kind {
				continue
			}
			if n++; n == 1 {
				fmt.Fprintf(&b, "\n%v\n", kind)
			}
			b.WriteString("  " + strings.TrimPrefix(c.String(), kind.String()+" ") + "\n")
		}
		counts = append(counts, fmt.Sprintf("%d %v", n, kind))
	}
	b.WriteString("\n" + strings.Join(counts, ", ") + "\n")
	_, err = io.WriteString(w, b.String())
	return err
}
