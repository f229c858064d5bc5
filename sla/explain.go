package sla

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/supportterms/supportterms/calendar"
)

// Explain writes d for people: the answer, what it rests on, and the ledger
// with a running total. The text is the same for the same deadline.
func (d *Deadline) Explain(w io.Writer) error {
	var b strings.Builder
	b.WriteString(d.Status.String())
	if !d.Due.IsZero() {
		fmt.Fprintf(&b, ", %s", d.Due.Format(stamp))
	}
	b.WriteByte('\n')
	line := func(label, text string) {
		if text != "" {
			fmt.Fprintf(&b, "  %-10s %s\n", label, text)
		}
	}
	if d.Target.Status() == StatusDue {
		line("target", d.Target.String())
		line("clock", d.Clock.String())
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
		line("holidays", strings.TrimSpace(d.HolidayStatus.String()+" "+d.HolidayVersion))
	}
	d.Range.explain(line)
	if len(d.Ledger) > 0 {
		b.WriteString("  ledger\n")
	}
	total := time.Duration(0)
	for _, e := range d.Ledger {
		total += e.Counted
		e.explain(&b, total)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

const stamp = "Mon 2006-01-02 15:04:05 MST"

func choices(cs []Choice) string {
	var parts []string
	for _, c := range cs {
		parts = append(parts, c.Key+": "+c.Value)
	}
	return strings.Join(parts, "; ")
}

func (r *Range) explain(line func(label, text string)) {
	if r == nil {
		return
	}
	for _, a := range r.Answers {
		text := a.Status.String()
		if !a.Due.IsZero() {
			text += ", " + a.Due.Format(stamp)
		}
		if c := choices(a.Readings); c != "" {
			text += " (" + c + ")"
		}
		label := "or"
		switch {
		case a.Due.IsZero():
		case a.Due.Equal(r.Earliest):
			label = "earliest"
		case a.Due.Equal(r.Latest):
			label = "latest"
		}
		line(label, text)
	}
	line("left out", strings.Join(r.LeftOut, ", "))
}

// explain writes one line: the stretch, how long it counts and the running
// total, or why it does not.
func (e Entry) explain(b *strings.Builder, total time.Duration) {
	to := "15:04:05"
	if calendar.DateOf(e.From) != calendar.DateOf(e.To) {
		to = "Mon 2006-01-02 15:04:05"
	}
	stretch := e.From.Format("Mon 2006-01-02 15:04:05") + " to " + e.To.Format(to)
	if e.Counted > 0 {
		fmt.Fprintf(b, "    %-50s %10s %10s\n", stretch, clockText(e.Counted), clockText(total))
		return
	}
	var names []string
	for _, r := range e.Reasons {
		if r.Name != "" {
			names = append(names, r.Date.String()+" "+r.Name)
		}
	}
	why := strings.Join(e.Why, ", ")
	if len(names) > 0 {
		why += " (" + strings.Join(names, ", ") + ")"
	}
	fmt.Fprintf(b, "    %-50s %10s %10s  %s\n", stretch, "-", clockText(total), why)
}

// clockText writes a length of time in hours, minutes and what is left.
func clockText(d time.Duration) string {
	h, m, rest := d/time.Hour, d%time.Hour/time.Minute, d%time.Minute
	if rest == 0 {
		return fmt.Sprintf("%dh%02dm", h, m)
	}
	return fmt.Sprintf("%dh%02dm%s", h, m, rest)
}
