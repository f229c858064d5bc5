package main

import (
	"fmt"
	"slices"
	"time"

	"github.com/supportterms/supportterms/sla"
)

// stretchOf says how an entry of a ledger is drawn: "counted", "pause", "named"
// of a clock that names an instant, "waits" of time that does not count, or ""
// of time outside cycles.
func stretchOf(e sla.Entry, c *sla.Cycle) string {
	switch {
	case e.Counted > 0:
		return "counted"
	case slices.Equal(e.Why, []string{"pause"}):
		return "pause"
	case e.Cycle == 0 && c == nil:
		return ""
	case c != nil && c.Length == 0 && len(e.Why) > 0 && e.Why[0] != "slot" && e.Why[0] != "re-based":
		if c.Deadline.IsZero() && c.Resumed.IsZero() {
			return "waits" // there is no time to be kept
		}
		return "named"
	}
	return "waits"
}

// A stretch is a part of a lane, drawn in one piece.
type stretch struct {
	from, to time.Time
	kind     string
	mixed    bool // of several kinds, too short to tell apart
}

// stretches are what a lane shows of metric i: up to the instant asked about
// what was, and then what is to come if nothing else happens.
func (t *timeline) stretches(i int, s *scale) (out []stretch) {
	m, account := &t.report.Metrics[i], t.report.Accounts[i]
	add := func(from, to time.Time, kind string) {
		if kind == "" || !from.Before(to) {
			return
		}
		// What is closer together than can be seen is one.
		if n := len(out); n > 0 {
			last := &out[n-1]
			if same := last.kind == kind; same && !last.to.Before(from) || s.x(to)-s.x(last.from) < 4*px {
				if last.to = later(last.to, to); weight(kind) > weight(last.kind) {
					last.kind = kind
				}
				last.mixed = last.mixed || !same
				return
			}
		}
		out = append(out, stretch{from: from, to: to, kind: kind})
	}
	for _, e := range account.Ledger {
		if e.Cycle == 0 {
			continue
		}
		c := &m.Cycles[e.Cycle-1]
		kind := stretchOf(e, c)
		if cut := c.Deadline; (kind == "counted" || kind == "named") && !cut.IsZero() && cut.Before(e.To) {
			add(e.From, cut, kind)
			add(later(cut, e.From), e.To, "over")
			continue
		}
		add(e.From, e.To, kind)
	}
	c := m.Cycle()
	if c == nil || !c.To.IsZero() {
		return out
	}
	ahead := account.Deadline.Ledger
	if c.Deadline.IsZero() && t.resumed != nil {
		ahead = t.resumed.Accounts[i].Deadline.Ledger
	}
	for _, e := range ahead {
		from := later(e.From, t.report.AsOf)
		switch kind := stretchOf(e, c); kind {
		case "counted":
			add(from, e.To, "ahead")
		case "named":
			add(from, e.To, "named")
		default:
			add(from, e.To, kind)
		}
	}
	return out
}

// weight says which of two stretches in one place is seen.
func weight(kind string) int {
	return slices.Index([]string{"waits", "named", "ahead", "counted", "pause", "over"}, kind)
}

// stretchTitles say what the pieces of a lane are.
var stretchTitles = map[string]string{
	"counted": "counts", "over": "runs after the deadline", "ahead": "will count", "pause": "pause, does not count",
	"named": "runs to a named instant", "waits": "does not count",
}

// A pointer is a mark of a lane with a label.
type pointer struct {
	at          time.Time
	kind, label string
	title       string
	rank        int // the lower, the sooner it gets room
}

// pointers are the marks of a metric.
func (t *timeline) pointers(i int) (out []pointer) {
	m := &t.report.Metrics[i]
	for n := range m.Cycles {
		c := &m.Cycles[n]
		current, name := n == len(m.Cycles)-1, spaced(m.Metric)
		if len(m.Cycles) > 1 {
			name += fmt.Sprintf(", cycle %d", n+1)
		}
		f := pointer{at: c.Deadline, kind: sign(c), rank: 2}
		f.label = f.kind + " " + t.short(c.Deadline)
		switch {
		case current:
			f.rank = 0
		case f.kind == "missed":
			f.rank = 1
		}
		if c.Deadline.IsZero() {
			f.at, f.kind, f.label = c.Resumed, "paused", "if resumed now "+t.short(c.Resumed)
		}
		if f.title = name + ": " + t.deadlineText(c); f.kind == "paused" {
			f.title += fmt.Sprintf("; if resumed now, due %s", t.in(c.Resumed))
		}
		if !f.at.IsZero() {
			out = append(out, f)
		}
		for _, r := range c.Rebases {
			if !r.Was.IsZero() && !r.Was.Equal(r.Is) {
				out = append(out, pointer{r.Was, "replaced", "was due " + t.short(r.Was), name + ": " + t.rebaseText(r), 3})
			}
		}
	}
	for _, n := range t.report.Next {
		if n.Metric == m.Metric && n.Kind == sla.WarningReached {
			out = append(out, pointer{n.At, "warning", fmt.Sprintf("%d%%", n.Percent), nextText(n) + " at " + t.in(n.At), 4})
		}
	}
	slices.SortStableFunc(out, func(a, b pointer) int {
		if a.rank != b.rank {
			return a.rank - b.rank
		}
		return a.at.Compare(b.at)
	})
	return out
}

// short writes an instant for a label.
func (t *timeline) short(at time.Time) string { return at.In(t.zone).Format("Mon 01-02 15:04") }
