package sla

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// A Report is the state of a case with what it rests on.
type Report struct {
	*State
	Accounts []Account // by metric, as the state has them; none of a brief report
}

// An Account is where one metric stands, with its reasons.
type Account struct {
	// Deadline is the current cycle; its ledger goes as far as the deadline.
	Deadline *Deadline
	// Ledger accounts for all time from the opening to the instant asked about.
	Ledger []Entry
}

// Report is [Bound.State] with reasons. With a range it also tries every
// reading that the contract leaves open, metric by metric.
func (b *Bound) Report(c Case, ranged bool) (*Report, error) {
	r := &Report{State: new(State)}
	if err := b.State(r.State, &c); err != nil {
		return nil, err
	}
	for i := range r.Metrics {
		d, err := b.Deadline(r.Metrics[i].Metric, c, ranged)
		if err != nil {
			return nil, err
		}
		ledger, err := r.Ledger(r.Metrics[i].Metric)
		if err != nil {
			return nil, err
		}
		r.Accounts = append(r.Accounts, Account{d, ledger})
	}
	return r, nil
}

// Ledger accounts for all time from the opening of the case to the instant
// asked about, for one metric. Of clocks that measure, what is counted in the
// entries of a cycle adds up to what has elapsed of it. It is empty before the
// opening, and for a metric that the edition does not have.
func (s *State) Ledger(metric string) (out []Entry, err error) {
	m := s.Metric(metric)
	if m == nil || s.Opened.IsZero() {
		return nil, nil
	}
	at, why := s.Opened, whyNotYet
	gap := func(to time.Time, cycle int, why string) {
		if at.Before(to) {
			out = append(out, Entry{From: at, To: to, Cycle: cycle, Why: []string{why}})
			at = to
		}
	}
	for i := range m.Cycles {
		c := &m.Cycles[i]
		gap(c.From, 0, why)
		end := c.To
		if why = whyEnded; c.Answered {
			why = whyAnswered
		}
		if end.IsZero() {
			end = s.AsOf
		}
		if c.from.IsZero() {
			gap(end, i+1, c.Status.String())
			continue
		}
		gap(earliest(c.counts(), end), i+1, c.before())
		if !c.row.measures() {
			for _, p := range c.row.pauses(s.waits.spans, c.first) {
				if !p.From.Before(end) {
					break
				}
				gap(p.From, i+1, c.row.rule())
				gap(earliest(p.To, end), i+1, whyPause)
			}
			gap(end, i+1, c.row.rule())
			continue
		}
		entries, err := c.ledger(end, s.waits.spans)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			if e.Cycle = i + 1; e.From.Before(e.To) {
				out = append(out, e)
				at = e.To
			}
		}
	}
	gap(s.AsOf, 0, why)
	for i := range out {
		out[i].From, out[i].To = s.local(m.Cycle(), out[i].From), s.local(m.Cycle(), out[i].To)
	}
	return out, nil
}

// local is an instant by the clock of a cycle's place, or where the case was
// opened.
func (s *State) local(c *Cycle, t time.Time) time.Time {
	switch {
	case c != nil && c.row != nil && c.row.zone != nil:
		return t.In(c.row.zone)
	case s.at != nil:
		return t.In(s.at)
	}
	return t
}

// counts is where the ledger of a cycle begins to count.
func (c *Cycle) counts() time.Time {
	if len(c.legs) > 0 {
		return c.legs[0].from
	}
	return c.from
}

// before says why time before the base of a cycle does not count.
func (c *Cycle) before() string {
	for _, r := range c.Rebases {
		if r.At.Equal(c.counts()) {
			return whyRebased
		}
	}
	return whySlot
}

// Explain writes r for people: each metric with what it rests on, its cycles,
// its ledger by date, and what comes next. The text is the same for the same
// report.
func (r *Report) Explain(w io.Writer) error {
	var b strings.Builder
	zone := r.zone()
	in := func(t time.Time) string { return dayText(t.In(zone)) + " " + t.In(zone).Format("MST") }
	fmt.Fprintf(&b, "as of %s: ", in(r.AsOf))
	switch {
	case r.Opened.IsZero():
		b.WriteString("not opened yet")
	case r.Ended.Kind != 0:
		fmt.Fprintf(&b, "%v on %s", r.Ended.Kind, in(r.Ended.At))
	case !r.Waiting.IsZero():
		fmt.Fprintf(&b, "open, the customer is awaited since %s", in(r.Waiting))
	default:
		b.WriteString("open")
	}
	b.WriteByte('\n')
	for i := range r.Metrics {
		m, a := &r.Metrics[i], &Account{Deadline: &Deadline{}}
		if i < len(r.Accounts) {
			a = &r.Accounts[i]
		} else if c := m.Cycle(); c != nil {
			a.Deadline.Due = c.Deadline
		}
		fmt.Fprintf(&b, "\n%s: %s\n", m.Metric, answerText(m.Status, a.Deadline.Due))
		line := labelled(&b)
		a.Deadline.explain(line)
		if c := m.Cycle(); c != nil && (!c.Deadline.IsZero() || !c.Resumed.IsZero()) {
			c.explain(line, in)
		}
		if m.EverBreached {
			line("breached", breaches(m, in))
		}
		for i := range m.Cycles[:max(0, len(m.Cycles)-1)] {
			c := &m.Cycles[i]
			text := c.Status.String()
			if !c.Deadline.IsZero() {
				text = answerText(c.Status, c.Deadline.In(zone))
			}
			line(fmt.Sprintf("cycle %d", i+1), fmt.Sprintf("%s; from %s to %s", text, in(c.From), in(c.To)))
		}
		if len(m.Cycles) > 0 {
			writeLedger(&b, a.Ledger)
		}
	}
	for i, n := range r.Next {
		if i == 0 {
			b.WriteString("\nnext\n")
		}
		fmt.Fprintf(&b, "  %s  %s\n", in(n.At), n.text())
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// zone is the location a report is written in: that of the place as it is now.
func (r *Report) zone() *time.Location {
	for i := range r.lanes {
		if zone := r.lanes[i].now.rows[0].zone; zone != nil {
			return zone
		}
	}
	return r.local(nil, r.AsOf).Location()
}

// explain writes the figures of a cycle, and what it went through.
func (c *Cycle) explain(line func(label, text string), in func(time.Time) string) {
	text := clockText(c.Spent.Elapsed)
	if c.Length > 0 {
		text += fmt.Sprintf(" of %s, %d%%", clockText(c.Length), c.Percent)
	}
	for _, part := range []struct {
		label string
		d     time.Duration
	}{{"left", c.Spent.Remaining}, {"over", c.Spent.Overrun}, {"paused", c.Spent.Paused}} {
		if part.d > 0 {
			text += fmt.Sprintf("; %s %s", part.label, clockText(part.d))
		}
	}
	line("elapsed", text)
	if !c.Resumed.IsZero() {
		line("if resumed", in(c.Resumed))
	}
	for _, r := range c.Rebases {
		line("re-based", r.text(in))
	}
}

// text writes a rebase: "Mon 2025-09-01 10:00 BST, severity 3 to 1, retroactive:
// due Tue 2025-09-02 12:00 BST, was Wed 2025-09-03 09:00 BST".
func (r Rebased) text(in func(time.Time) string) string {
	what := "other terms"
	if r.From != r.To {
		what = fmt.Sprintf("severity %d to %d", r.From, r.To)
	}
	due := func(t time.Time, passed bool, how string) string {
		switch {
		case t.IsZero():
			return "at no time"
		case passed:
			return in(t) + " (" + how + ")"
		}
		return in(t)
	}
	return fmt.Sprintf("%s, %s, %v: due %s, was %s", in(r.At), what, r.Rule,
		due(r.Is, r.Past, "already past"), due(r.Was, r.Missed, "missed"))
}

// breaches writes when each cycle was late first.
func breaches(m *MetricState, in func(time.Time) string) string {
	var parts []string
	for i := range m.Cycles {
		if c := &m.Cycles[i]; c.EverBreached() {
			parts = append(parts, in(c.BreachedAt))
		}
	}
	return strings.Join(parts, "; ")
}

func (n Instant) text() string {
	switch n.Kind {
	case WarningReached:
		return fmt.Sprintf("%s: %d%% of the target has run", n.Metric, n.Percent)
	case DeadlinePassed:
		return n.Metric + ": late after this"
	}
	return "other terms"
}
