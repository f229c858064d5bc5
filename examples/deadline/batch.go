package main

import (
	"bufio"
	"bytes"
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
		if err := answerLine(desk, w, line, long); err != nil {
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

func answerLine(desk *catalog.Desk, w *bufio.Writer, line []byte, long bool) error {
	switch {
	case long:
		return writeLine(w, refused(fmt.Sprintf("query: a line longer than %d bytes", maxLine)))
	case len(bytes.TrimSpace(line)) == 0:
		return writeLine(w, refused("query: a blank line: want a JSON object"))
	}
	_, err := w.Write(append(desk.AnswerLine(line), '\n'))
	return err
}

func refused(why string) catalog.ErrorAnswer {
	return catalog.ErrorAnswer{Status: "error", Error: why}
}
