package ics

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"io"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/supportterms/supportterms/calendar"
)

// A WriteError is a day that cannot be written.
type WriteError struct {
	Day  calendar.Day
	Want string
}

func (e *WriteError) Error() string {
	return fmt.Sprintf("ics: cannot write the %v %q on %04d-%02d-%02d: want %s", e.Day.Kind, e.Day.Name, e.Day.Date.Year, e.Day.Date.Month, e.Day.Date.Day, e.Want)
}

// Write writes days as a calendar of a name. It reads no clock: stamp is when
// the calendar is said to have been made, and equal input gives equal output.
//
// A half day is written as the time off on it, before and after the hours that
// are kept, in the time of any place; other days as whole dates. The kind is
// the category of the event, so that [Read] gives back the dates, names, kinds
// and hours. Set, status and source are in the description, for people.
func Write(w io.Writer, name string, stamp calendar.Date, days []calendar.Day) error {
	var b bytes.Buffer
	line := func(name, value string) { fold(&b, name+":"+value) }
	line("BEGIN", "VCALENDAR")
	line("VERSION", "2.0")
	line("PRODID", "-//supportterms//calendar holiday//EN")
	line("X-WR-CALNAME", escape(name))
	for _, d := range days {
		spans, err := timeOff(d)
		if err != nil {
			return err
		}
		id := fnv.New64a()
		fmt.Fprintf(id, "%q %q %v %v %q", name, d.Name, d.Kind, d.Open, d.Set)
		for i, off := range spans {
			line("BEGIN", "VEVENT")
			line("UID", fmt.Sprintf("%s-%016x-%d@supportterms", basic(d.Date), id.Sum64(), i))
			line("DTSTAMP", basic(stamp)+"T000000Z")
			from := midnight(d.Date)
			for _, end := range []struct {
				name    string
				minutes int
			}{{"DTSTART", off.Open}, {"DTEND", off.Close}} {
				at := from.Add(time.Duration(end.minutes) * time.Minute)
				if d.Kind == calendar.HalfDay {
					line(end.name, at.Format("20060102T150405"))
				} else {
					line(end.name+";VALUE=DATE", at.Format("20060102"))
				}
			}
			line("SUMMARY", escape(d.Name))
			line("CATEGORIES", d.Kind.String())
			line("DESCRIPTION", escape(strings.Join([]string{d.Set, d.Status.String(), d.Source}, "; ")))
			line("TRANSP", "TRANSPARENT")
			line("END", "VEVENT")
		}
	}
	line("END", "VCALENDAR")
	_, err := w.Write(b.Bytes())
	return err
}

// timeOff returns the time off on a day.
func timeOff(d calendar.Day) (spans []calendar.Window, err error) {
	const whole = 24 * 60
	switch o := d.Open; {
	case d.Date != d.Date.AddDays(0) || d.Date.Year < 1 || d.Date.Year > 9998:
		return nil, &WriteError{d, "a date that exists, to the year 9998"}
	case d.Kind > calendar.Workday:
		return nil, &WriteError{d, "a kind of day that there is"}
	case d.Kind != calendar.HalfDay:
		return []calendar.Window{{Close: whole}}, nil
	case o.Open < 0 || o.Open >= o.Close || o.Close > whole || o == calendar.Window{Close: whole}:
		return nil, &WriteError{d, "hours kept that are some of those before midnight, and not all"}
	default:
		if o.Open > 0 {
			spans = append(spans, calendar.Window{Close: o.Open})
		}
		if o.Close < whole {
			spans = append(spans, calendar.Window{Open: o.Close, Close: whole})
		}
		return spans, nil
	}
}

func basic(d calendar.Date) string { return strings.ReplaceAll(d.String(), "-", "") }

var escapes = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`)

// escape writes text as a value. A calendar cannot hold control characters.
func escape(s string) string {
	s = escapes.Replace(strings.ToValidUTF8(s, "\ufffd"))
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
}

// fold writes a content line in lines of at most 75 bytes, without breaking a
// character.
func fold(b *bytes.Buffer, s string) {
	for most := 75; len(s) > most; most = 74 {
		i := most
		for !utf8.RuneStart(s[i]) {
			i--
		}
		b.WriteString(s[:i] + "\r\n ")
		s = s[i:]
	}
	b.WriteString(s + "\r\n")
}
