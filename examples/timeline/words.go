package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/supportterms/supportterms/sla"
)

// most is how many things of a kind are named in the text alternative.
const most = 20

// in writes an instant: "Tue 2025-08-26 10:30 BST".
func (t *timeline) in(at time.Time) string {
	at = at.In(t.zone)
	clock := "15:04"
	if at.Second() != 0 {
		clock = "15:04:05"
	}
	return at.Format("Mon 2006-01-02 " + clock + " MST")
}

// where names the zone.
func (t *timeline) where() string {
	if name := t.zone.String(); name != "" {
		return name
	}
	return "UTC" + t.report.AsOf.Format("-07:00")
}

// lengthText writes a length of time: "1h30m".
func lengthText(d time.Duration) string {
	h, m, rest := d/time.Hour, d%time.Hour/time.Minute, d%time.Minute
	if rest == 0 {
		return fmt.Sprintf("%dh%02dm", h, m)
	}
	return fmt.Sprintf("%dh%02dm%s", h, m, rest)
}

// counted writes a number of things.
func counted(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// title says which case, how it stands, and what is owed first.
func (t *timeline) title() string {
	name := "Case"
	if t.id != "" {
		name += " " + t.id
	}
	name += ": " + t.stands()
	var first *sla.Cycle
	metric := ""
	for i := range t.report.Metrics {
		m := &t.report.Metrics[i]
		if c := m.Cycle(); c != nil && m.Status == sla.StatusDue && !c.Deadline.IsZero() && (first == nil || c.Deadline.Before(first.Deadline)) {
			first, metric = c, spaced(m.Metric)
		}
	}
	if first != nil {
		name += "; " + metric + " " + t.deadlineText(first)
	}
	return name
}

func (t *timeline) stands() string {
	switch r := t.report; {
	case r.Opened.IsZero():
		return "not opened yet"
	case r.Ended.Kind != 0:
		return fmt.Sprintf("%s on %s", spaced(r.Ended.Kind.String()), t.in(r.Ended.At))
	case !r.Waiting.IsZero():
		return "open, the customer is awaited since " + t.in(r.Waiting)
	}
	return "open"
}

// sign is the sign of a cycle's deadline.
func sign(c *sla.Cycle) string {
	switch {
	case c.Status == sla.StatusDue && c.Breached:
		return "late"
	case c.Status == sla.StatusMet, c.Status == sla.StatusMissed, c.Status == sla.StatusCancelled, c.Status == sla.StatusPaused:
		return c.Status.String()
	}
	return "due"
}

// deadlineText says how a cycle stands with its deadline: "met, was due …".
func (t *timeline) deadlineText(c *sla.Cycle) string {
	switch kind := sign(c); {
	case c.Deadline.IsZero():
		return spaced(c.Status.String())
	case kind == "due":
		return "due " + t.in(c.Deadline)
	case kind == "late":
		return "late, due since " + t.in(c.Deadline)
	default:
		return kind + ", was due " + t.in(c.Deadline)
	}
}

// sentences say what the picture shows.
func (t *timeline) sentences(s *scale, bands []band) string {
	var b strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&b, format+". ", args...) }
	r := t.report
	say("As of %s, in the zone %s, the case is: %s", t.in(r.AsOf), t.where(), t.stands())
	list(say, "events", t.events, func(e event) string { return e.text + " at " + t.in(e.at) })
	if t.later > 0 {
		say("Not shown is what is given for later: %s", counted(t.later, "event"))
	}
	for i := range r.Metrics {
		m := &r.Metrics[i]
		name := spaced(m.Metric)
		c := m.Cycle()
		if c == nil {
			say("%s, not drawn: %s", name, spaced(m.Status.String()))
			continue
		}
		say("%s: %s", name, t.deadlineText(c))
		if c.Target.Status() == sla.StatusDue {
			say("Its target is %v on the clock %v, at severity %d", c.Target, c.Clock, c.Severity)
		}
		if missing := r.Accounts[i].Deadline.Missing; missing != nil {
			say("What is missing: %s", strings.Join(missing, ", "))
		}
		if !c.Resumed.IsZero() {
			say("If the customer answered at the instant asked about, it would be due %s", t.in(c.Resumed))
		}
		if !c.Deadline.IsZero() || !c.Resumed.IsZero() {
			say("It has run %s", figures(c))
		}
		list(say, "cycles before", m.Cycles[:len(m.Cycles)-1], func(c sla.Cycle) string {
			return fmt.Sprintf("%s to %s, %s", t.in(c.From), t.in(c.To), t.deadlineText(&c))
		})
		list(say, "times at which it was late first", breached(m.Cycles), func(c sla.Cycle) string { return t.in(c.BreachedAt) })
		for i := range m.Cycles {
			list(say, "changes while it ran", m.Cycles[i].Rebases, t.rebaseText)
		}
		list(say, "pauses", pauses(r.Accounts[i].Ledger), func(e sla.Entry) string { return t.in(e.From) + " to " + t.in(e.To) })
	}
	var holidays []band
	for _, h := range bands {
		if h.kind == "holiday" && s.shows(h.from) {
			holidays = append(holidays, h)
		}
	}
	list(say, "holidays", holidays, func(h band) string { return h.from.In(t.zone).Format("Mon 2006-01-02") + ", " + h.label() })
	at, what := s.clockChanges(t.zone)
	for i := range at[:min(len(at), most)] {
		say("The %s at %s", what[i], t.in(at[i]))
	}
	list(say, "what comes next", r.Next, func(n sla.Instant) string { return nextText(n) + " at " + t.in(n.At) })
	return strings.TrimSpace(b.String())
}

// list says each of some things, as far as there is room.
func list[T any](say func(string, ...any), name string, things []T, text func(T) string) {
	if len(things) == 0 {
		return
	}
	var parts []string
	for _, e := range things[:min(len(things), most)] {
		parts = append(parts, text(e))
	}
	more := ""
	if n := len(things) - most; n > 0 {
		more = fmt.Sprintf("; and %d more", n)
	}
	say("%s%s: %s%s", strings.ToUpper(name[:1]), name[1:], strings.Join(parts, "; "), more)
}

func breached(cycles []sla.Cycle) (out []sla.Cycle) {
	for _, c := range cycles {
		if c.EverBreached() {
			out = append(out, c)
		}
	}
	return out
}

func pauses(ledger []sla.Entry) (out []sla.Entry) {
	for _, e := range ledger {
		if stretchOf(e, nil) == "pause" {
			out = append(out, e)
		}
	}
	return out
}

// figures are what a cycle has come to: "3h30m of 4h00m, 87%; left 0h30m".
func figures(c *sla.Cycle) string {
	text := lengthText(c.Spent.Elapsed)
	if c.Length > 0 {
		text += fmt.Sprintf(" of %s, %d%%", lengthText(c.Length), c.Percent)
	}
	for _, part := range []struct {
		label string
		d     time.Duration
	}{{"left", c.Spent.Remaining}, {"over", c.Spent.Overrun}, {"paused", c.Spent.Paused}} {
		if part.d > 0 {
			text += "; " + part.label + " " + lengthText(part.d)
		}
	}
	return text
}

// rebaseText says what a change made of a deadline.
func (t *timeline) rebaseText(r sla.Rebased) string {
	text := changeText(r) + " at " + t.in(r.At)
	if !r.Is.IsZero() {
		text += ", due " + t.in(r.Is)
		if r.Past {
			text += " (already past)"
		}
	}
	if !r.Was.IsZero() {
		text += ", was due " + t.in(r.Was)
		if r.Missed {
			text += " (missed)"
		}
	}
	return text
}

func changeText(r sla.Rebased) string {
	if r.From == r.To {
		return fmt.Sprintf("other terms, %v", r.Rule)
	}
	return fmt.Sprintf("severity %d to %d, %v", r.From, r.To, r.Rule)
}

func nextText(n sla.Instant) string {
	switch n.Kind {
	case sla.WarningReached:
		return fmt.Sprintf("%d%% of the target of %s", n.Percent, spaced(n.Metric))
	case sla.DeadlinePassed:
		return "deadline of " + spaced(n.Metric)
	}
	return "other terms"
}

func (b band) label() string {
	if b.name == "" {
		return b.kind
	}
	return b.name
}
