package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/supportterms/supportterms/catalog"
)

// maxLine is the longest line that is read, its end left out.
const maxLine = 1 << 20

// batch answers each line of in with a line, in the same order. Line n of what
// is written answers line n of what is read, so a blank line too gets an answer:
// that it is no query. What is answered is written out before batch waits for
// more.
func batch(desk *catalog.Desk, in io.Reader, out io.Writer) error {
	r := bufio.NewReaderSize(in, maxLine+1)
	w := bufio.NewWriter(out)
	for {
		line, long, err := readLine(r)
		switch {
		case err == io.EOF && len(line) == 0 && !long:
			return w.Flush()
		case err != nil && err != io.EOF:
			return errors.Join(err, w.Flush())
		}
		if err := writeLine(w, answerLine(desk, line, long)); err != nil {
			return err
		}
		if waiting, _ := r.Peek(r.Buffered()); bytes.IndexByte(waiting, '\n') < 0 {
			if err := w.Flush(); err != nil {
				return err
			}
		}
	}
}

// readLine reads a line; of one that is too long it only finds the end. The last
// line need not have an end.
func readLine(r *bufio.Reader) (line []byte, long bool, err error) {
	line, err = r.ReadSlice('\n')
	for err == bufio.ErrBufferFull {
		long = true
		_, err = r.ReadSlice('\n')
	}
	return line, long, err
}

// answerLine returns the verdict on a line, or why there is none.
func answerLine(desk *catalog.Desk, line []byte, long bool) any {
	switch {
	case long:
		return catalog.ErrorVerdict{Outcome: "error", Error: fmt.Sprintf("query: a line longer than %d bytes", maxLine)}
	case len(bytes.TrimSpace(line)) == 0:
		return catalog.ErrorVerdict{Outcome: "error", Error: "query: a blank line: want a JSON object"}
	}
	q, err := catalog.ParseQuery(line)
	if err == nil && q.Question == "" {
		err = errors.New("query: question is missing: want the name of one; coverage -questions has them all")
	}
	if err == nil {
		var v *catalog.Verdict
		if v, err = desk.Verdict(q); err == nil {
			return v
		}
	}
	// A bad line may still say whose it is.
	var asked struct{ ID *string }
	_ = json.NewDecoder(bytes.NewReader(line)).Decode(&asked)
	return catalog.ErrorVerdict{ID: asked.ID, Outcome: "error", Error: err.Error()}
}
