package main

import (
	"fmt"
	"hash/fnv"
	"strings"
	"time"

	"github.com/supportterms/supportterms/sla"
)

// The page, in tenths of a pixel. Its height comes of what is on it.
const (
	pageWidth = 1200 * px
	leftEdge  = 210 * px // of time; names stand before it
	timeWidth = 965 * px
	pad       = 12 * px
	letters   = 11      // size of letters, in pixels
	rowHeight = 15 * px // of labels
)

// A picture is drawn from top to bottom: bands go behind all that follows.
type picture struct {
	*timeline
	*scale
	svg           // in front of the bands
	behind    svg // the bands, when it is known how far down they go
	y         int // of what is drawn next
	top       int // of the bands
	bottom    int
	drawn     []band
	used      map[string]bool // kinds that the legend explains
	unlabeled int
	unsigned  int
	mixed     bool
}

// draw returns the picture as SVG.
func draw(t *timeline) []byte {
	from, to := t.window()
	p := &picture{timeline: t, scale: newScale(from, to, leftEdge, timeWidth), used: map[string]bool{}}
	p.drawn = p.bands(p.scale)
	p.head()
	p.axis()
	p.strip()
	p.marks()
	p.happened()
	for i := range t.report.Metrics {
		if len(t.report.Metrics[i].Cycles) > 0 {
			p.lane(i)
		}
	}
	p.bottom = p.y
	p.columns()
	p.legend()
	p.notes()
	return p.page()
}

// window is from the opening to the latest of the instant asked about, the
// deadlines and what comes next.
func (t *timeline) window() (from, to time.Time) {
	r := t.report
	if from, to = r.Opened, r.AsOf; from.IsZero() {
		from = r.AsOf
	}
	for i := range r.Metrics {
		for _, c := range r.Metrics[i].Cycles {
			to = later(to, later(c.Deadline, c.Resumed))
		}
	}
	for _, n := range r.Next {
		to = later(to, n.At)
	}
	return from, to
}

func (p *picture) head() {
	p.text("head", pad, 26*px, "", clip(p.title(), 16, (pageWidth-2*pad)*8/9))
	p.text("muted", pad, 46*px, "", clip("as of "+p.in(p.report.AsOf)+"; times are those of "+p.where(), letters, pageWidth-2*pad))
	p.y = 60 * px
}

// labels writes labels below masts whose feet are at p.y plus a length, and
// returns how high the rows are.
func (p *picture) labels(labels []label, rows, below int, kept ...int) int {
	for i := range labels {
		labels[i].text = clip(labels[i].text, letters, 420*px)
	}
	all, used := p.arrange(labels, rows, kept...)
	for _, l := range all {
		if l.row > 0 {
			p.line("leader", l.x, p.y+below, l.x, p.y+below+l.row*rowHeight+8*px, "")
		}
	}
	for _, l := range all {
		y := p.y + below + l.row*rowHeight
		p.text(l.class, l.at, y+11*px, l.anchor, l.text)
	}
	p.unlabeled += len(labels) - len(all)
	return used * rowHeight
}

// happened writes the events as ticks; those that fall on one pixel are one.
func (p *picture) happened() {
	type tick struct {
		x           int
		first, last time.Time
		texts       []string
		n, rank     int
	}
	var ticks []tick
	for _, e := range p.events {
		x := p.x(e.at)
		if n := len(ticks); n == 0 || x-ticks[n-1].x >= 2*px {
			ticks = append(ticks, tick{x: x, first: e.at, rank: 1})
		}
		k := &ticks[len(ticks)-1]
		if k.last = e.at; k.n < 4 {
			k.texts = append(k.texts, e.text)
		}
		if e.kind == sla.Opened || e.kind == sla.SeveritySet || e.kind >= sla.Resolved {
			k.rank = 0
		}
		k.n++
	}
	p.text("name", pad, p.y+12*px, "", "events")
	p.text("muted", pad, p.y+27*px, "", fmt.Sprint(len(p.events)))
	format := "15:04 "
	if p.step().part == 0 {
		format = "01-02 "
	}
	var labels []label
	for _, k := range ticks {
		text := strings.Join(k.texts, ", ")
		if k.n > 4 {
			text = fmt.Sprintf("%d events", k.n)
		}
		title := text + " at " + p.in(k.first)
		if !k.first.Equal(k.last) {
			title += " to " + p.in(k.last)
		}
		p.line("event", k.x, p.y+2*px, k.x, p.y+14*px, title)
		labels = append(labels, label{k.x, k.rank, "", k.first.Format(format) + text})
	}
	p.y += max(14*px+p.labels(labels, 6, 14*px, p.x(p.report.AsOf)), 30*px) + 6*px
}

// lane draws a metric.
func (p *picture) lane(i int) {
	m := &p.report.Metrics[i]
	c := m.Cycle()
	p.line("axis", pad, p.y, p.left+p.width, p.y, "")
	p.y += 6 * px
	status := sign(c)
	if c.Deadline.IsZero() {
		status = spaced(m.Status.String())
	}
	side := []string{spaced(m.Metric), status}
	if len(m.Cycles) > 1 {
		side[1] += fmt.Sprintf(", cycle %d", len(m.Cycles))
	}
	if c.Target.Status() == sla.StatusDue {
		side = append(side, c.Target.String())
		if c.Severity > 0 {
			side = append(side, fmt.Sprintf("severity %d", c.Severity))
		}
	}
	if missing := p.report.Accounts[i].Deadline.Missing; missing != nil {
		side = append(side, "missing: "+strings.Join(missing, ", "))
	}
	if !c.Deadline.IsZero() || !c.Resumed.IsZero() {
		side = append(side, figures(c))
	}
	rows := 0
	for n, text := range side {
		class := "muted"
		if n == 0 {
			class = "name"
		}
		for _, line := range wrapped(text, p.left-2*pad) {
			p.text(class, pad, p.y+12*px+rows*rowHeight, "", line)
			rows++
		}
	}
	const thick, middle = 12 * px, 12 * px
	bar := p.y + middle
	for _, s := range p.stretches(i, p.scale) {
		x, w := p.x(s.from), max(p.x(s.to)-p.x(s.from), px)
		title := stretchTitles[s.kind]
		if s.mixed {
			title, p.mixed = title+" in part", true
		}
		title += ", " + p.in(s.from) + " to " + p.in(s.to)
		p.used[s.kind] = true
		p.stretch(s.kind, x, bar, w, thick, title)
	}
	last := -px
	for n := range m.Cycles {
		if x := p.x(m.Cycles[n].From); x-last >= 2*px {
			p.line("event", x, bar-9*px, x, bar+9*px, fmt.Sprintf("cycle %d begins at %s", n+1, p.in(m.Cycles[n].From)))
			last = x
		}
	}
	signs := board{left: p.left - 9*px, right: p.left + p.width + 9*px, rows: make([][][2]int, 1)}
	var labels []label
	for _, f := range p.pointers(i) {
		x := p.x(f.at)
		if !p.shows(f.at) || !signs.free(0, x-8*px, x+8*px) {
			p.unsigned++
			continue
		}
		signs.take(0, x-8*px, x+8*px)
		p.used[f.kind] = true
		p.mark(f.kind, x, bar, f.title)
		labels = append(labels, label{x, f.rank, "", f.label})
	}
	p.y += max(middle+10*px+p.labels(labels, 5, middle+10*px, p.x(p.report.AsOf)), rows*rowHeight) + 8*px
}

// stretch draws a piece of a lane. Pieces differ in shape, not in colour alone.
func (p *picture) stretch(kind string, x, middle, w, thick int, title string) {
	switch kind {
	case "waits":
		p.line("waits", x, middle, x+w, middle, title)
	case "named":
		p.rect(kind, x, middle-thick/6, w, thick/3, title)
	case "pause":
		p.rect(kind, x, middle-thick/2, w, thick, title)
		fmt.Fprintf(p, `<path class="hatch" d="`)
		for at := x; at < x+w; at += 5 * px {
			by := min(5*px, x+w-at)
			fmt.Fprintf(p, "M%s %sl%s %s", tenths(at), tenths(middle+thick/2), tenths(by), tenths(-thick*by/(5*px)))
		}
		p.WriteString(`"/>` + "\n")
	default:
		p.rect(kind, x, middle-thick/2, w, thick, title)
	}
}

// wrapped breaks a text between words.
func wrapped(text string, most int) (lines []string) {
	line := ""
	for _, word := range strings.Fields(text) {
		if line != "" && width(line+" "+word, letters) > most {
			lines = append(lines, line)
			line = ""
		}
		line = strings.TrimSpace(line + " " + word)
	}
	return append(lines, clip(line, letters, most))
}

// page puts the picture together.
func (p *picture) page() []byte {
	desc := p.sentences(p.scale, p.drawn)
	title := p.title()
	// Ids are of the text, so that two pictures on one page have their own.
	h := fnv.New32a()
	fmt.Fprint(h, title, desc)
	id := fmt.Sprintf("t%08x", h.Sum32())
	var out svg
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" class="timeline" viewBox="0 0 %s %s" role="img" aria-labelledby="%s" aria-describedby="%sd">`+"\n", tenths(pageWidth), tenths(p.y), id, id)
	fmt.Fprintf(&out, `<title id="%s">`, id)
	out.escaped(title)
	fmt.Fprintf(&out, "</title>\n"+`<desc id="%sd">`, id)
	out.escaped(desc)
	out.WriteString("</desc>\n")
	out.WriteString(style())
	out.rect("ground", 0, 0, pageWidth, p.y, "")
	out.Write(p.behind.Bytes())
	x := p.x(p.report.AsOf)
	out.line("now", x, p.top-8*px, x, p.bottom, "now, "+p.in(p.report.AsOf))
	at, text := p.changes()
	for i := range at {
		out.line("clock", p.x(at[i]), p.top, p.x(at[i]), p.bottom, text[i]+" at "+p.in(at[i]))
	}
	out.Write(p.Bytes())
	out.WriteString("</svg>\n")
	return out.Bytes()
}
