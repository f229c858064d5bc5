package catalog

import (
	"embed"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
)

//go:embed data/*.yaml data/*/*.yaml
var data embed.FS

// Builtin returns the editions that come with this module: the Ubuntu Pro
// Description of 2025-07-02, the two Ubuntu Advantage descriptions of 2017,
// the support overview and SMART START. Nothing is read before an edition is
// asked for, and then once for each value returned.
func Builtin() *Catalog {
	c := Catalog{open: sync.OnceValues(func() (*index, error) { return readIndex(data, "data/"+indexFile) })}
	files, _ := fs.Glob(data, "data/*/*.yaml")
	for _, name := range files {
		document := path.Base(path.Dir(name))
		id := document + "/" + strings.TrimSuffix(path.Base(name), ".yaml")
		c.editions = append(c.editions, lazily(id, data, name))
	}
	slices.SortFunc(c.editions, func(a, b *entry) int { return strings.Compare(a.id, b.id) })
	return &c
}
