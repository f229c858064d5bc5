package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/supportterms/supportterms/catalog"
)

// folderFile is what a folder of editions may have beside them; it is no
// edition, and is read with its folder.
const folderFile = "catalog.yaml"

// check writes what is wrong with files and folders, or with the editions of
// this module.
func check(names []string, w io.Writer) error {
	files, problems := 0, 0
	report := func(err error, place func(string) string) {
		for _, err := range separate(err) {
			problems++
			fmt.Fprintln(w, placed(err, place))
		}
	}
	if len(names) == 0 {
		c := catalog.Builtin()
		for _, id := range c.Editions() {
			files++
			_, err := c.Edition(id)
			report(err, nil)
		}
	}
	for _, name := range names {
		if info, err := os.Stat(name); err == nil && info.IsDir() {
			folder := &folder{FS: os.DirFS(name)}
			_, err := catalog.Load(folder)
			files += folder.files
			report(err, func(file string) string { return filepath.Join(name, filepath.FromSlash(file)) })
			continue
		}
		files++
		_, err := editionFile(name)
		report(err, nil)
	}
	fmt.Fprintf(w, "%s, %s\n", count(files, "file"), count(problems, "problem"))
	if problems > 0 {
		return errFound
	}
	return nil
}

// editionFile reads an edition, of a file that is too large a byte too many at
// most, which package catalog refuses.
func editionFile(name string) (*catalog.Edition, error) {
	if filepath.Base(name) == folderFile {
		return nil, &catalog.Problem{File: name, Message: "no edition; it is checked with its folder, so name that"}
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, 1<<20+1))
	if err != nil {
		return nil, err
	}
	return catalog.Parse(name, text)
}

// edition returns the edition of an ID, or in a file.
func edition(name string) (*catalog.Edition, error) {
	e, err := catalog.Builtin().Edition(name)
	if !errors.Is(err, catalog.ErrNoEdition) {
		return e, err
	}
	if _, noFile := os.Stat(name); errors.Is(noFile, fs.ErrNotExist) && !strings.HasSuffix(name, ".yaml") {
		return nil, fmt.Errorf("no file %q, and %w", name, err)
	}
	return editionFile(name)
}

// A folder counts the files that are opened in it, and opens nothing that
// could keep a reader waiting.
type folder struct {
	fs.FS
	files int
}

func (f *folder) Open(name string) (fs.File, error) {
	info, err := fs.Stat(f.FS, name)
	if path.Ext(name) == ".yaml" && (err != nil || !info.IsDir()) {
		f.files++
	}
	if err == nil && !info.IsDir() && !info.Mode().IsRegular() {
		err = &fs.PathError{Op: "open", Path: name, Err: errors.New("not a regular file")}
	}
	if err != nil {
		return nil, err
	}
	return f.FS.Open(name)
}

// separate returns joined errors one by one.
func separate(err error) (out []error) {
	if err == nil {
		return nil
	}
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []error{err}
	}
	for _, err := range joined.Unwrap() {
		out = append(out, separate(err)...)
	}
	return out
}

// placed returns an error as a line, its file named as the user names it.
func placed(err error, place func(string) string) string {
	if place == nil {
		place = func(name string) string { return name }
	}
	var p *catalog.Problem
	var unread *fs.PathError
	switch {
	case errors.As(err, &p):
		q := *p
		q.File = place(p.File)
		return q.Error()
	case errors.As(err, &unread):
		return fmt.Sprintf("%s: cannot be read: %v", place(unread.Path), unread.Err)
	}
	return err.Error()
}

func count(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}
