package main

import (
	"bytes"
	"encoding/xml"
	"fmt"
)

// Lengths are whole tenths of a pixel, so that the picture is the same on every
// machine.
const px = 10

// An svg is a piece of a picture.
type svg struct{ bytes.Buffer }

func tenths(n int) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	if n%px == 0 {
		return fmt.Sprintf("%s%d", sign, n/px)
	}
	return fmt.Sprintf("%s%d.%d", sign, n/px, n%px)
}

// escaped writes text as XML has it; what XML cannot have becomes U+FFFD.
func (s *svg) escaped(text string) {
	_ = xml.EscapeText(&s.Buffer, []byte(text)) // a buffer takes everything
}

// end closes an element that has a title, or none.
func (s *svg) end(name, title string) {
	if title == "" {
		s.WriteString("/>\n")
		return
	}
	s.WriteString("><title>")
	s.escaped(title)
	fmt.Fprintf(s, "</title></%s>\n", name)
}

func (s *svg) rect(class string, x, y, width, height int, title string) {
	fmt.Fprintf(s, `<rect class="%s" x="%s" y="%s" width="%s" height="%s"`, class, tenths(x), tenths(y), tenths(width), tenths(height))
	s.end("rect", title)
}

func (s *svg) line(class string, x1, y1, x2, y2 int, title string) {
	fmt.Fprintf(s, `<line class="%s" x1="%s" y1="%s" x2="%s" y2="%s"`, class, tenths(x1), tenths(y1), tenths(x2), tenths(y2))
	s.end("line", title)
}

// text writes text that begins at x or, with anchor "end", ends there.
func (s *svg) text(class string, x, y int, anchor, text string) {
	s.WriteString("<text")
	if class != "" {
		fmt.Fprintf(s, ` class="%s"`, class)
	}
	fmt.Fprintf(s, ` x="%s" y="%s"`, tenths(x), tenths(y))
	if anchor != "" {
		fmt.Fprintf(s, ` text-anchor="%s"`, anchor)
	}
	s.WriteByte('>')
	s.escaped(text)
	s.WriteString("</text>\n")
}

// mark writes a sign in the middle of a point.
func (s *svg) mark(kind string, x, y int, title string) {
	fmt.Fprintf(s, `<g class="mark %s" transform="translate(%s %s)">`, kind, tenths(x), tenths(y))
	if title != "" {
		s.WriteString("<title>")
		s.escaped(title)
		s.WriteString("</title>")
	}
	s.WriteString(signs[kind])
	s.WriteString("</g>\n")
}

// signs differ in shape, for those who cannot tell their colours apart.
var signs = map[string]string{
	"met":       `<circle r="7"/><path d="M-3.5 0L-1 3L3.5 -3"/>`,
	"missed":    `<path class="body" d="M-6.5 -6.5H6.5V6.5H-6.5Z"/><path d="M-3 -3L3 3M-3 3L3 -3"/>`,
	"due":       `<path class="body" d="M0 -8L8 0L0 8L-8 0Z"/>`,
	"late":      `<path class="body" d="M0 -8L8 6.5H-8Z"/><path d="M0 -3V2M0 4V5"/>`,
	"cancelled": `<circle r="7"/><path d="M-4 4L4 -4"/>`,
	"paused":    `<path class="body" d="M0 -8L8 0L0 8L-8 0Z"/><path d="M-2 -3V3M2 -3V3"/>`,
	"replaced":  `<path class="body" d="M0 -6L6 0L0 6L-6 0Z"/><path d="M-7 7L7 -7"/>`,
	"warning":   `<path class="body" d="M-4 -5H4L0 2Z"/>`,
}
