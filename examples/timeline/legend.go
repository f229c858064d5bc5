package main

import (
	"slices"
	"strings"
	"time"
)

// legend explains the signs that are used.
func (p *picture) legend() {
	p.line("axis", pad, p.y, p.left+p.width, p.y, "")
	p.y += 16 * px
	x := pad
	for _, e := range [...]struct{ kind, text string }{
		{"counted", "counts"}, {"over", "runs late"}, {"ahead", "will count"}, {"pause", "pause"}, {"named", "to a named instant"}, {"waits", "does not count"},
		{"due", "due"}, {"late", "late"}, {"met", "met"}, {"missed", "missed"}, {"cancelled", "cancelled"}, {"paused", "if resumed now"}, {"replaced", "replaced"}, {"warning", "share of the target"},
		{"open", "open"}, {"night", "closed"}, {"weekend", "weekend"}, {"holiday", "holiday"},
	} {
		if !p.used[e.kind] {
			continue
		}
		w := 28*px + width(e.text, letters) + 14*px
		if x+w > pageWidth-pad {
			x, p.y = pad, p.y+20*px
		}
		switch {
		case signs[e.kind] != "":
			p.mark(e.kind, x+11*px, p.y, "")
		case slices.Contains(kinds, e.kind):
			p.rect(e.kind, x, p.y-6*px, 22*px, 12*px, "")
		default:
			p.stretch(e.kind, x, p.y, 22*px, 12*px, "")
		}
		p.text("muted", x+28*px, p.y+4*px, "", e.text)
		x += w
	}
	p.y += 20 * px
}

// notes say what had no room.
func (p *picture) notes() {
	var notes []string
	if p.unlabeled > 0 {
		notes = append(notes, counted(p.unlabeled, "label")+" left out for want of room")
	}
	if p.unsigned > 0 {
		notes = append(notes, counted(p.unsigned, "sign")+" left out, past the edge or under others")
	}
	if p.mixed {
		notes = append(notes, "what is too short to be seen is drawn as a part of its neighbour")
	}
	var small []string
	for _, s := range []struct {
		every time.Duration
		what  string
	}{{day, "hours"}, {7 * day, "weekends"}, {3 * day, "clock changes"}} {
		if p.small(s.every) {
			small = append(small, s.what)
		}
	}
	if small != nil {
		notes = append(notes, "too small to be drawn: "+strings.Join(small, ", "))
	}
	if p.hours != nil {
		if _, err := p.hours.Spans(p.from, p.to); err != nil {
			notes = append(notes, "the calendar is not known for all of this time")
		}
	}
	if p.timeline.later > 0 {
		notes = append(notes, counted(p.timeline.later, "later event")+" not shown")
	}
	for i := range p.report.Metrics {
		if m := &p.report.Metrics[i]; len(m.Cycles) == 0 {
			notes = append(notes, spaced(m.Metric)+": "+spaced(m.Status.String()))
		}
	}
	for _, line := range wrapped(strings.Join(notes, "; "), pageWidth-2*pad) {
		p.text("muted", pad, p.y, "", line)
		p.y += rowHeight
	}
}
