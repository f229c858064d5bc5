package main

import (
	"bytes"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files in testdata")

func ask(args ...string) (stdout, stderr string, status int) {
	var out, errs bytes.Buffer
	status = run(args, &out, &errs)
	return out.String(), errs.String(), status
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	name = filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s:\n%s", name, diff)
	}
}

func TestHelp(t *testing.T) {
	out, stderr, status := ask("-h")
	if status != 0 || stderr != "" {
		t.Fatalf("exit status %d, %s", status, stderr)
	}
	golden(t, "help.golden", out)
}

func TestVerbose(t *testing.T) {
	_, notes, _ := ask("-v", "-text", lockCopy, lockEdition)
	golden(t, "verbose.golden", notes)
	if !strings.Contains(notes, "\n"+lockCopy+":23: 1.2.2: (empty)\n") {
		t.Error("the clause without words is not shown as empty")
	}
}

func TestCheckFolder(t *testing.T) {
	out, stderr, status := ask("testdata/folder")
	if status != 1 || stderr != "" {
		t.Fatalf("exit status %d, %s", status, stderr)
	}
	golden(t, "folder.golden", out)
	for _, want := range []string{
		"testdata/folder/late/speed.yaml:7:3: edition: key \"speed\" is not known: want one of document",
		"testdata/folder/late/speed.yaml:13:38: clauses[0].statement.kind: \"definiton\" is not known",
		"(definition?)",
		"testdata/folder/tab.yaml:2:1: a tab; indent with spaces",
		"\n3 files, 3 problems\n",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in:\n%s", want, out)
		}
	}
}

func TestCheckFiles(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	lock, err := os.ReadFile(lockEdition)
	if err != nil {
		t.Fatal(err)
	}
	huge := filepath.Join(dir, "huge.yaml")
	if f, err := os.Create(huge); err != nil || f.Truncate(1<<40) != nil || f.Close() != nil {
		t.Skip("no file of 1 TiB can be made")
	}
	write("twice/a.yaml", string(lock))
	write("twice/b.yaml", string(lock))
	write("none/readme.txt", "")
	if err := os.Symlink("nowhere", filepath.Join(dir, "none", "gone.yaml")); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		why    string
		args   []string
		status int
		want   []string
	}{
		{"the editions of this module", nil, 0, []string{"files, 0 problems"}},
		{"a good file", []string{lockEdition}, 0, []string{"1 file, 0 problems"}},
		{"a good folder", []string{"../../catalog/testdata/good"}, 0, []string{"files, 0 problems"}},
		{"no such file stops nothing", []string{"none.yaml", lockEdition, "testdata/folder/tab.yaml"}, 1, []string{
			"none.yaml: cannot be read: no such file or directory", "testdata/folder/tab.yaml:2:1: a tab", "3 files, 2 problems"}},
		{"an empty file", []string{write("empty.yaml", "")}, 1, []string{"empty.yaml: empty; want an edition", "1 file, 1 problem"}},
		{"a file of 1 TiB", []string{huge}, 1, []string{"huge.yaml: more than 1048576 bytes", "1 file, 1 problem"}},
		{"the file of a folder", []string{write("catalog.yaml", "documents: {}\n")}, 1, []string{"no edition; it is checked with its folder"}},
		{"an edition twice", []string{filepath.Join(dir, "twice")}, 1, []string{
			filepath.Join(dir, "twice", "b.yaml") + ": edition lock-care/1 stands in a.yaml too", "2 files, 1 problem"}},
		{"a folder of nothing that can be read", []string{filepath.Join(dir, "none")}, 1, []string{
			filepath.Join(dir, "none", "gone.yaml") + ": cannot be read", "1 file, 1 problem"}},
		{"a folder of nothing", []string{t.TempDir()}, 1, []string{"no .yaml file", "0 files, 1 problem"}},
		{"no text", []string{os.Args[0]}, 1, []string{"1 file, 1 problem\n"}},
	} {
		out, stderr, status := ask(c.args...)
		if status != c.status || stderr != "" {
			t.Errorf("%s: exit status %d, want %d; %s%s", c.why, status, c.status, out, stderr)
		}
		for _, want := range c.want {
			if !strings.Contains(out, want) {
				t.Errorf("%s: %q is not in:\n%s", c.why, want, out)
			}
		}
	}
}

func TestErrors(t *testing.T) {
	huge := written(t, strings.Repeat("1.1. The desk\n", maxCopy/14+1))
	unlike := written(t, "A text of something else,\nwith 2.2 in it.\n")
	half := written(t, "1. The desk\n\n1.1. Closed.\n")
	for _, c := range []struct {
		why    string
		args   []string
		status int
		want   []string
	}{
		{"no such flag", []string{"-speed"}, 2, []string{"-speed", "catalogcheck -h"}},
		{"both", []string{"-text", lockCopy, "-words", lockCopy, lockEdition}, 2, []string{"-text beside -words"}},
		{"no edition", []string{"-text", lockCopy}, 2, []string{"0 editions: want one"}},
		{"two editions", []string{"-words", lockCopy, lockEdition, lockEdition}, 2, []string{"2 editions: want one"}},
		{"no name", []string{"-words", "", lockEdition}, 2, []string{"want the name of a file"}},
		{"-v alone", []string{"-v", lockEdition}, 2, []string{"-v alone"}},
		{"no copy", []string{"-text", "none.txt", lockEdition}, 1, []string{"none.txt"}},
		{"a folder for a copy", []string{"-text", "testdata", lockEdition}, 1, []string{"testdata", "directory"}},
		{"an empty copy", []string{"-text", written(t, " \n\t\n"), lockEdition}, 1, []string{"empty; want the text of the document"}},
		{"a binary copy", []string{"-text", written(t, "1.1.\n\x00\x01"), lockEdition}, 1, []string{":2: byte 0x00; want plain text in UTF-8"}},
		{"another encoding", []string{"-text", written(t, "1.1. na\xefve"), lockEdition}, 1, []string{":1: byte 0xef; want plain text in UTF-8"}},
		{"a huge copy", []string{"-words", huge, lockEdition}, 1, []string{"more than 2097152 bytes"}},
		{"no such edition", []string{"-text", lockCopy, "lock-care/2"}, 1, []string{`no file "lock-care/2"`, `edition "lock-care/2" is not known`, "ubuntu-pro/2025-07-02"}},
		{"no such file", []string{"-text", lockCopy, "none.yaml"}, 1, []string{"open none.yaml: no such file"}},
		{"a bad edition", []string{"-text", lockCopy, "testdata/folder/tab.yaml"}, 1, []string{"testdata/folder/tab.yaml:2:1: a tab"}},
		{"no words", []string{"-text", lockCopy, "testdata/folder/lock.yaml"}, 1, []string{"the edition has no words to compare with"}},
		{"another document", []string{"-text", unlike, lockEdition}, 1, []string{`no clause of lock-care/1 found; want a copy of "Lock Care", 16 clauses`}},
		{"another edition", []string{"-words", lockCopy, "smart-start/undated"}, 1, []string{"no clause of smart-start/undated found"}},
	} {
		out, stderr, status := ask(c.args...)
		if status != c.status || out != "" {
			t.Errorf("%s: exit status %d, want %d, output %q", c.why, status, c.status, out)
		}
		for _, want := range append(c.want, "catalogcheck: ") {
			if !strings.Contains(stderr, want) {
				t.Errorf("%s: %q is not in:\n%s", c.why, want, stderr)
			}
		}
	}
	out, notes, status := ask("-text", half, lockEdition)
	if want := `2 of the 16 clauses of lock-care/1 found; is it a copy of "Lock Care"?`; status != 1 || !strings.Contains(notes, want) {
		t.Errorf("part of a document: exit status %d, %q is not in:\n%s", status, want, notes)
	}
	if want := "16 clauses: 1 the same, 1 differ, 13 not found, 0 more; 1 not looked for\n"; !strings.HasSuffix(out, want) {
		t.Errorf("part of a document:\n%swant %s", out, want)
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

func TestBrokenOutput(t *testing.T) {
	for _, args := range [][]string{{"-h"}, {lockEdition}, {"-words", lockCopy, lockEdition}, {"-text", lockCopy, lockEdition}} {
		var errs bytes.Buffer
		if status := run(args, broken{}, &errs); status != 1 || !strings.Contains(errs.String(), io.ErrShortWrite.Error()) {
			t.Errorf("%v: exit status %d, %s", args, status, &errs)
		}
	}
}
