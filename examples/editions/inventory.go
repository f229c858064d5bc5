package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/supportterms/supportterms/calendar/holiday"
	"github.com/supportterms/supportterms/catalog"
)

// maxLine is the longest line that is read, its end left out.
const maxLine = 1 << 20

// What became of a line of the inventory.
const (
	changed   = "changed"
	unchanged = "unchanged"
	failed    = "error"
)

// A finding is what became of a line of the inventory.
type finding struct {
	Line   int                  `json:"line"` // from 1
	ID     *string              `json:"id"`
	Became string               `json:"became"`
	Was    *catalog.ShortAnswer `json:"was"` // of what changed
	Is     *catalog.ShortAnswer `json:"is"`
	Error  *string              `json:"error"`
	about  string               // the question or metric
}

// compareAnswers puts each line of the inventory to both editions and writes
// what each answers.
func (o *options) compareAnswers(s *shelf, stdin io.Reader, stdout io.Writer) error {
	_, was, fromErr := s.edition("from", o.from)
	_, is, toErr := s.edition("to", o.to)
	if err := errors.Join(fromErr, toErr); err != nil {
		return err
	}
	if was != is {
		return fmt.Errorf("-inventory: %s and %s are not of one catalog: put the files of both into the folder", o.from, o.to)
	}
	in := stdin
	if o.inventory != "-" {
		f, err := os.Open(o.inventory)
		if err != nil {
			return fmt.Errorf("-inventory: %w", err)
		}
		defer f.Close()
		in = f
	}
	w := bufio.NewWriter(stdout)
	if !o.json {
		fmt.Fprintf(w, "%s → %s\n", o.from, o.to)
	}
	desk, counts := catalog.NewDesk(is, holiday.ByCode), map[string]int{}
	err := eachLine(in, func(n int, line []byte, long bool) error {
		f := o.compareLine(desk, line, long)
		f.Line = n
		counts[f.Became]++
		if o.json {
			return writeLine(w, f)
		}
		_, err := w.WriteString(f.String())
		return err
	})
	switch {
	case err != nil && len(counts) == 0:
		return err
	case err != nil:
		return errors.Join(err, w.Flush())
	}
	if !o.json {
		fmt.Fprintf(w, "\n%d changed, %d unchanged, %d not answered\n", counts[changed], counts[unchanged], counts[failed])
	}
	return w.Flush()
}

// eachLine calls do with each line of in; of one that is too long it only finds
// the end. The last line need not have an end.
func eachLine(in io.Reader, do func(n int, line []byte, long bool) error) error {
	r := bufio.NewReaderSize(in, maxLine+1)
	for n := 1; ; n++ {
		line, err := r.ReadSlice('\n')
		long := false
		for err == bufio.ErrBufferFull {
			long = true
			_, err = r.ReadSlice('\n')
		}
		if err != nil && err != io.EOF {
			return fmt.Errorf("-inventory: %w", err)
		}
		if err == io.EOF && len(line) == 0 && !long {
			return nil
		}
		if err := do(n, line, long); err != nil {
			return err
		}
	}
}

// compareLine says what becomes of one query.
func (o *options) compareLine(desk *catalog.Desk, line []byte, long bool) (f finding) {
	fail := func(err error) finding {
		text := err.Error()
		f.Became, f.Error = failed, &text
		return f
	}
	switch {
	case long:
		return fail(fmt.Errorf("query: a line longer than %d bytes", maxLine))
	case len(bytes.TrimSpace(line)) == 0:
		return fail(errors.New("query: a blank line: want a JSON object"))
	}
	q, err := catalog.ParseQuery(line)
	if err != nil {
		// A bad line may still say whose it is.
		var asked struct{ ID *string }
		_ = json.NewDecoder(bytes.NewReader(line)).Decode(&asked)
		f.ID = asked.ID
		return fail(err)
	}
	if q.ID != "" {
		f.ID = &q.ID
	}
	if f.about = q.Question; f.about == "" {
		f.about = q.Metric
	}
	changes, err := desk.Changes(o.from, o.to, []*catalog.Query{q})
	switch {
	case err != nil:
		return fail(err)
	case len(changes) == 0:
		f.Became = unchanged
		return f
	case changes[0].Was.Error != "" && changes[0].Was.Error == changes[0].Is.Error:
		return fail(errors.New(changes[0].Is.Error))
	case changes[0].Was.Status == failed && changes[0].Is.Status == failed:
		return fail(fmt.Errorf("%s: %s\n%s: %s", o.from, changes[0].Was.Error, o.to, changes[0].Is.Error))
	}
	f.Became, f.Was, f.Is = changed, &changes[0].Was, &changes[0].Is
	return f
}

// String writes f for people, "" where nothing changed.
func (f finding) String() string {
	if f.Became == unchanged {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, "\nline %d", f.Line)
	if f.ID != nil {
		b.WriteString(", " + *f.ID)
	}
	if f.about != "" {
		b.WriteString(" (" + f.about + ")")
	}
	if f.Error != nil {
		b.WriteString(": not answered\n  " + strings.ReplaceAll(*f.Error, "\n", "\n  ") + "\n")
	} else {
		fmt.Fprintf(&b, "\n  was  %v\n  is   %v\n", f.Was, f.Is)
	}
	return b.String()
}
