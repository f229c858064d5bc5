package ics

import (
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	ical "github.com/arran4/golang-ical"
)

// A property is one content line.
type property struct {
	line   int
	name   string // in capitals, as are the names of parameters
	value  string
	params map[string]string
}

// ofCalendar is every property of a calendar that is looked at.
var ofCalendar = [...]string{"CALSCALE", "METHOD", "VERSION", "X-WR-TIMEZONE"}

// ofEvent is every property of an event that is looked at, and whether it may
// occur more than once.
var ofEvent = map[string]bool{
	"CATEGORIES": true, "DTEND": false, "DTSTART": false, "DURATION": false, "EXDATE": true, "EXRULE": true,
	"RDATE": true, "RECURRENCE-ID": false, "RRULE": false, "STATUS": false, "SUMMARY": false, "UID": false,
}

// unfold yields the content lines of a text with the number of the line that
// each begins on. What begins with a space or a tab goes on with the line
// before.
func unfold(text string) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		var folded strings.Builder
		begins, n := 0, 0
		for line := range strings.Lines(strings.TrimPrefix(text, "\ufeff")) {
			n++
			line = strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r")
			if begins > 0 && line != "" && (line[0] == ' ' || line[0] == '\t') {
				folded.WriteString(line[1:])
				continue
			}
			if folded.Len() > 0 && !yield(begins, folded.String()) {
				return
			}
			folded.Reset()
			folded.WriteString(line)
			begins = n
		}
		if folded.Len() > 0 {
			yield(begins, folded.String())
		}
	}
}

// parse returns the events of a text.
func (rd *reader) parse(text string) (events []*event) {
	var open []property // the BEGIN of each component that has no END yet
	var zone *string
	last := property{line: 1, name: "file"}
	for line, content := range unfold(text) {
		if rd.wrong.full() {
			return nil
		}
		p := property{line: line, name: strings.ToUpper(content[:max(0, strings.IndexAny(content, ";:"))])}
		last.line = line
		_, component, _ := strings.Cut(strings.ToUpper(content), ":")
		switch {
		case !utf8.ValidString(content):
			rd.wrong.add(nil, p.refuse(strings.ToValidUTF8(content, "?"), "UTF-8"))
		case p.name == "" || strings.Trim(p.name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") != "":
			p.name = "content line"
			rd.wrong.add(nil, p.refuse(content, "NAME:VALUE, or a space before what goes on with the line above"))
		case (p.name != "BEGIN" || component != "VCALENDAR") && len(open) == 0:
			rd.wrong.add(nil, p.refuse(content, "BEGIN:VCALENDAR first, and all else before its END"))
			return nil
		case p.name == "BEGIN" && component == "VCALENDAR" && len(open) > 0,
			p.name == "END" && open[len(open)-1].value != component:
			rd.wrong.add(nil, p.refuse(content, "END:"+open[len(open)-1].value+" before"))
			return nil
		case p.name == "BEGIN":
			p.value = component
			open = append(open, p)
			if len(open) == 1 {
				zone = new(string)
			} else if len(open) == 2 && component == "VEVENT" {
				events = append(events, &event{begin: property{line: line, name: "event"}, zone: zone, props: map[string][]property{}})
			}
		case p.name == "END":
			open = open[:len(open)-1]
		case len(open) == 1 && slices.Contains(ofCalendar[:], p.name):
			err := p.parse(content)
			if err == nil {
				err = rd.setCalendar(p, zone)
			}
			rd.wrong.add(nil, err)
		case len(open) == 2 && open[1].value == "VEVENT":
			e := events[len(events)-1]
			many, isRead := ofEvent[p.name]
			if !isRead {
				continue
			}
			err := p.parse(content)
			if err == nil && !many && len(e.props[p.name]) > 0 {
				err = p.refuse(content, "one "+p.name)
			}
			e.props[p.name] = append(e.props[p.name], p)
			rd.wrong.add(e, err)
		}
	}
	switch {
	case len(open) > 0:
		rd.wrong.add(nil, open[len(open)-1].refuse(open[len(open)-1].value, "its END: the file is cut short"))
		return nil
	case zone == nil:
		rd.wrong.add(nil, last.refuse("", "an iCalendar file, from BEGIN:VCALENDAR to END:VCALENDAR"))
	}
	return events
}

// parse reads the content of p, whose name is known.
func (p *property) parse(content string) error {
	if len(content) > maxLine {
		return p.refuse(content, "at most 16 KiB; several lines for a long list")
	}
	// The parser goes by the name, in capitals, in what it takes for text.
	parsed, err := ical.ParseProperty(ical.ContentLine(p.name + content[len(p.name):]))
	if err != nil || parsed == nil {
		return p.refuse(content, p.name+";PARAMETER=VALUE:VALUE")
	}
	p.value, p.params = strings.TrimSpace(parsed.Value), map[string]string{}
	for name, values := range parsed.ICalParameters {
		p.params[strings.ToUpper(name)] = strings.Join(values, ",")
	}
	if len(p.params) < len(parsed.ICalParameters) {
		return p.refuse(content, "each parameter once")
	}
	return nil
}

// setCalendar takes a property of a calendar.
func (rd *reader) setCalendar(p property, zone *string) error {
	value := strings.ToUpper(p.value)
	switch {
	case p.name == "VERSION" && value != "2.0":
		return p.refuse(p.value, "2.0")
	case p.name == "CALSCALE" && value != "GREGORIAN":
		return p.refuse(p.value, "GREGORIAN")
	case p.name == "METHOD" && value == "CANCEL":
		return p.refuse(p.value, "a calendar that is not cancelled")
	case p.name == "X-WR-TIMEZONE" && rd.opt.Location == nil && rd.zone(p.value) == nil:
		return p.refuse(p.value, "an IANA name such as Europe/London")
	case p.name == "X-WR-TIMEZONE":
		*zone = p.value
	}
	return nil
}
