package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime/debug"

	"github.com/supportterms/supportterms/catalog"
	"github.com/supportterms/supportterms/sla"
)

// maxLine is the longest line that is read, its end left out.
const maxLine = 1 << 20

// batch answers each line of in with a line, in the same order. Line n of what
// is written answers line n of what is read, so a blank line too gets an answer:
// that it is no query.
func batch(desk *catalog.Desk, in io.Reader, out io.Writer) error {
	w := bufio.NewWriter(out)
	_, _, err := eachLine(in, w, desk.AnswerLine)
	return err
}

// attainment counts what became of the responses in the cases of in, and writes
// the counts when it has read all. A line that cannot be counted is answered at
// once by what is wrong with it, and not counted.
func attainment(desk *catalog.Desk, by sla.Period, in io.Reader, out, errs io.Writer) error {
	w := bufio.NewWriter(out)
	a := &sla.Attainment{By: by}
	lines, wrong, err := eachLine(in, w, func(line []byte) []byte { return desk.CountLine(a, line) })
	if err != nil {
		return err
	}
	for _, row := range catalog.AttainmentLines(a) {
		if err := writeLine(w, row); err != nil {
			return err
		}
	}
	if wrong > 0 {
		fmt.Fprintf(errs, "deadline: %d of %d lines are not counted\n", wrong, lines)
	}
	return w.Flush()
}

// eachLine writes what answers each line of in, or nothing where that is nil,
// and returns how many lines there were and how many answers. What is answered
// is written out before eachLine waits for more.
func eachLine(in io.Reader, w *bufio.Writer, answer func(line []byte) []byte) (lines, answers int, err error) {
	defer debug.SetGCPercent(debug.SetGCPercent(400)) // what a line takes is soon done with, and what is kept is small
	r := bufio.NewReaderSize(in, maxLine+1)
	for ; ; lines++ {
		line, long, err := readLine(r)
		switch {
		case err == io.EOF && len(line) == 0 && !long:
			return lines, answers, w.Flush()
		case err != nil && err != io.EOF:
			return lines, answers, errors.Join(err, w.Flush())
		}
		if out := answerTo(line, long, answer); out != nil {
			answers++
			if _, err := w.Write(append(out, '\n')); err != nil {
				return lines, answers, err
			}
		}
		if waiting, _ := r.Peek(r.Buffered()); bytes.IndexByte(waiting, '\n') < 0 {
			if err := w.Flush(); err != nil {
				return lines, answers, err
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

// answerTo is what answers a line, or what is wrong with one that is none.
func answerTo(line []byte, long bool, answer func([]byte) []byte) []byte {
	why := ""
	switch {
	case long:
		why = fmt.Sprintf("query: a line longer than %d bytes", maxLine)
	case len(bytes.TrimSpace(line)) == 0:
		why = "query: a blank line: want a JSON object"
	default:
		return answer(line)
	}
	var b bytes.Buffer
	_ = writeLine(&b, catalog.ErrorAnswer{Status: "error", Error: why})
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}
