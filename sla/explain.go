package sla

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/supportterms/supportterms/calendar"
)

// Explain writes d for people: the answer, what it rests on, and the ledger by
// date with a running total. The text is the same for the same deadline.
func (d *Deadline) Explain(w io.Writer) error {
	var b strings.Builder
	b.WriteString(answerText(d.Status, d.Due))
	b.WriteByte('\n')
	d.explain(labelled(&b))
	writeLedger(&b, d.Ledger)
	_, err := io.WriteString(w, b.String())
	return err
}

// labelled returns what writes a line of text, if there is any, after a label.
func labelled(b *strings.Builder) func(label, text string) {
	return func(label, text string) {
		if text != "" {
			fmt.Fprintf(b, "  %-10s %s\n", label, text)
		}
	}
}

// explain writes what d rests on.
func (d *Deadline) explain(line func(label, text string)) {
	switch {
	case !d.Due.IsZero():
		line("zone", d.Due.Location().String())
	case int(d.Status) < len(meanings):
		line("meaning", meanings[d.Status])
	}
	if d.Target.Status() == StatusDue {
		line("target", d.Target.String())
		line("clock", d.Clock.String())
		if !d.Hours.IsZero() {
			line("hours", d.Hours.String())
		}
	}
	if d.Stated != 0 {
		text := fmt.Sprint(d.Stated)
		if d.Severity != 0 && d.Severity != d.Stated {
			text += fmt.Sprintf(", handled as %d", d.Severity)
		}
		line("severity", text)
	}
	line("clauses", strings.Join(d.Clauses, "; "))
	line("readings", choices(d.Readings))
	line("missing", strings.Join(d.Missing, ", "))
	if d.HolidayStatus != calendar.NotRead {
		text := d.HolidayStatus.String()
		if d.HolidayVersion != "" {
			text += ", data version " + d.HolidayVersion
		}
		line("holidays", text)
	}
	d.Range.explain(line)
}

// meanings says what an answer without an instant means.
var meanings = [...]string{
	StatusUnspecified:        "the text says nothing of it",
	StatusUndetermined:       "a fact is missing",
	StatusDocumentNotInForce: "the edition does not speak of that date",
	StatusNotOffered:         "the document has no such service",
	StatusNotEntitled:        "the document has it, this contract does not include it",
	StatusNoTarget:           "the document promises no time",
	StatusAsAgreed:           "the time is agreed case by case",
	StatusContinuous:         "work goes on without a time between answers",
	StatusNotStarted:         "nothing has happened that starts the clock",
	StatusPaused:             "the clock stands still, and the instant is not known",
	StatusCancelled:          "the case ended before a response was due",
}

// answerText writes a status and its instant: "due Tue 2025-08-26 10:30 BST",
// "met, due Tue 2025-08-26 10:30 BST".
func answerText(s Status, due time.Time) string {
	text := s.String()
	if due.IsZero() {
		return text
	}
	if s != StatusDue {
		text += ", " + StatusDue.String()
	}
	return text + " " + dayText(due) + " " + due.Format("MST")
}

func choices(cs []Choice) string {
	var parts []string
	for _, c := range cs {
		parts = append(parts, c.Key+": "+c.Value)
	}
	return strings.Join(parts, "; ")
}

// explain writes the earliest and latest instants, those between, and what the
// answer may be instead; each with the readings that tell it from the others.
func (r *Range) explain(line func(label, text string)) {
	if r == nil {
		return
	}
	write := func(label, text string, a Alternative) {
		differs := slices.DeleteFunc(slices.Clone(a.Readings), func(c Choice) bool { return !r.differ(c) })
		if len(differs) > 0 {
			text += " (" + choices(differs) + ")"
		}
		line(label, text)
	}
	for _, a := range r.Answers {
		if a.Due.IsZero() {
			continue
		}
		label := "or"
		switch {
		case a.Due.Equal(r.Earliest):
			label = "earliest"
		case a.Due.Equal(r.Latest):
			label = "latest"
		}
		write(label, dayText(a.Due)+" "+a.Due.Format("MST"), a)
	}
	switch {
	case !r.Earliest.IsZero() && r.Earliest.Equal(r.Latest):
		line("latest", "the same")
	case len(r.Answers) == 1 && r.Earliest.IsZero():
		line("otherwise", "the same")
	}
	for _, a := range r.Answers {
		if a.Due.IsZero() && len(r.Answers) > 1 {
			write("otherwise", a.Status.String(), a)
		}
	}
	line("left out", strings.Join(r.LeftOut, ", "))
}

// differ reports whether an answer rests on another value of a reading.
func (r *Range) differ(c Choice) bool {
	return slices.ContainsFunc(r.Answers, func(a Alternative) bool {
		return slices.ContainsFunc(a.Readings, func(o Choice) bool { return o.Key == c.Key && o.Value != c.Value })
	})
}

// A dateRow is a line of a printed ledger: a stretch of one date, several whole
// dates that are closed for one reason, or a stretch that no date divides.
type dateRow struct {
	first, last    calendar.Date
	whole          bool
	stretch, why   string
	counted, total time.Duration
}

// dateRows divides a ledger by date.
func dateRows(ledger []Entry) (out []dateRow) {
	total, cycle := time.Duration(0), 0
	for _, e := range ledger {
		if e.Cycle > cycle {
			total, cycle = 0, e.Cycle // each is counted apart
		}
		if e.Counted == 0 && len(e.Reasons) == 0 { // a pause, or the rule that names an instant
			r := dateRow{first: calendar.DateOf(e.From), stretch: stretchText(e.From, e.To), why: strings.Join(e.Why, ", "), total: total}
			if r.last = calendar.DateOf(e.To); r.last != r.first {
				r.stretch = timeText(e.From) + " - " + dayText(e.To)
			}
			out = append(out, r)
			continue
		}
		day := midnights(e.From.Location())
		for from := e.From; from.Before(e.To); {
			date := calendar.DateOf(from)
			to := day(date.AddDays(1))
			r := dateRow{first: date, last: date, whole: from.Equal(day(date)) && !to.After(e.To)}
			if !to.After(from) || to.After(e.To) { // a midnight that comes twice, or the last date
				to = e.To
			}
			if r.stretch = stretchText(from, to); r.whole {
				r.stretch = "all day"
			}
			if e.Counted > 0 {
				r.counted = to.Sub(from)
			} else {
				r.why = e.why(date)
			}
			total += r.counted
			r.total = total
			if n := len(out); n > 0 && out[n-1].joins(r) {
				out[n-1].last = date
				out[n-1].stretch = "to " + dateText(date)
			} else {
				out = append(out, r)
			}
			from = to
		}
	}
	return out
}

// joins reports whether next is a closed date like those of r.
func (r dateRow) joins(next dateRow) bool {
	return r.whole && next.whole && r.counted == 0 && next.counted == 0 && r.why == next.why && r.last.AddDays(1) == next.first
}

// midnights returns a function to the first instant of a date.
func midnights(loc *time.Location) func(calendar.Date) time.Time {
	cal, err := calendar.New(calendar.Config{Hours: calendar.MustParseHours(plainHours[allDay]), Location: loc})
	return func(d calendar.Date) time.Time {
		if err != nil {
			return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, loc)
		}
		return cal.At(d, 0)
	}
}

// why says why e does not count on a date.
func (e Entry) why(d calendar.Date) string {
	var parts []string
	for _, r := range e.Reasons {
		if r.Date != d {
			continue
		}
		text := r.Kind.String()
		if r.Name != "" {
			text += " (" + r.Name + ")"
		}
		if !slices.Contains(parts, text) {
			parts = append(parts, text)
		}
	}
	if parts == nil {
		parts = e.Why
	}
	return strings.Join(parts, ", ")
}

// writeLedger writes a ledger; one in which nothing is counted has no totals.
func writeLedger(b *strings.Builder, ledger []Entry) {
	if len(ledger) == 0 {
		return
	}
	lines := dateRows(ledger)
	counts, total := "counts", "total"
	if !slices.ContainsFunc(lines, func(r dateRow) bool { return r.counted > 0 }) {
		counts, total = "", ""
	}
	width := [3]int{0, len(counts), len(total)}
	for _, r := range lines {
		width[0] = max(width[0], len(r.stretch))
		if total != "" {
			width[1] = max(width[1], len(clockText(r.counted)))
			width[2] = max(width[2], len(clockText(r.total)))
		}
	}
	put := func(date, stretch, counted, total, why string) {
		text := fmt.Sprintf("%-18s  %-*s  %*s  %*s  %s", date, width[0], stretch, width[1], counted, width[2], total, why)
		b.WriteString(strings.TrimRight(text, " ") + "\n")
	}
	put("  ledger", "", counts, total, "")
	last := calendar.Date{}
	for _, r := range lines {
		date, counted, sum := "", "", ""
		if r.first != last {
			date = "    " + dateText(r.first)
		}
		if last = r.last; total != "" {
			counted, sum = "-", clockText(r.total)
			if r.counted > 0 {
				counted = clockText(r.counted)
			}
		}
		put(date, r.stretch, counted, sum, r.why)
	}
}

func dateText(d calendar.Date) string { return d.Weekday().String()[:3] + " " + d.String() }

// dayText writes an instant with its date, without its zone.
func dayText(t time.Time) string { return t.Format("Mon 2006-01-02 ") + timeText(t) }

// timeText writes the time of day, no finer than it is.
func timeText(t time.Time) string {
	if t.Second() == 0 && t.Nanosecond() == 0 {
		return t.Format("15:04")
	}
	return t.Format("15:04:05.999999999")
}

// stretchText writes the ends of a stretch of one date: midnight at its end is
// 24:00, and a clock change in it is told by the zones.
func stretchText(from, to time.Time) string {
	a, b := timeText(from), timeText(to)
	if b == "00:00" {
		b = "24:00"
	}
	if offset(from) != offset(to) {
		a, b = a+from.Format(" MST"), b+to.Format(" MST")
	}
	return a + " - " + b
}

func offset(t time.Time) int {
	_, o := t.Zone()
	return o
}

// clockText writes a length of time in hours, minutes and what is left.
func clockText(d time.Duration) string {
	h, m, rest := d/time.Hour, d%time.Hour/time.Minute, d%time.Minute
	if rest == 0 {
		return fmt.Sprintf("%dh%02dm", h, m)
	}
	return fmt.Sprintf("%dh%02dm%s", h, m, rest)
}
