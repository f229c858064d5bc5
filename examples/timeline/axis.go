package main

import "time"

// axis writes the ticks of a step with their dates, and above them those of the
// next coarser one.
func (p *picture) axis() {
	st := p.step()
	row := board{left: p.left, right: p.left + p.width, rows: make([][][2]int, 2)}
	base := p.y + 34*px
	put := func(n, x int, text string) {
		class := "muted"
		if n == 0 {
			class = "name"
		}
		w := label{class: class, text: text}.width()
		if row.free(n, x, x+w) {
			row.take(n, x, x+w+6*px)
			p.text(class, x, p.y+(10+n*15)*px, "", text)
		}
	}
	ticks := p.ticks(st, p.timeline.zone)
	sticky := st.above != ""
	for _, at := range ticks {
		if st.above != "" && st.begins(at) {
			if sticky && p.x(at)-p.left > width(p.from.In(p.timeline.zone).Format(st.above), letters)+8*px {
				put(0, p.left, p.from.In(p.timeline.zone).Format(st.above))
			}
			put(0, p.x(at), at.Format(st.above))
			sticky = false
		}
	}
	if sticky {
		put(0, p.left, p.from.In(p.timeline.zone).Format(st.above))
	}
	for _, at := range ticks {
		x := p.x(at)
		up := 6 * px
		if st.above != "" && st.begins(at) {
			up = 12 * px
		}
		p.line("tick", x, base-up, x, base, "")
		put(1, x+2*px, at.Format(st.format))
	}
	p.line("axis", p.left, base, p.left+p.width, base, "")
	p.y = base
}

// strip writes what the hours of the place are.
func (p *picture) strip() {
	p.top = p.y
	if len(p.drawn) == 0 {
		p.y += 4 * px
		return
	}
	p.text("muted", pad, p.y+12*px, "", "calendar")
	p.y += 18 * px
}

// columns draws the bands down to the bottom, those of open time in the strip
// alone. One that would be too narrow is a pixel wide, and what lies under it is
// left out.
func (p *picture) columns() {
	b := &p.behind
	last := map[string]int{}
	for _, d := range p.drawn {
		from, to := p.x(d.from), p.x(d.to)
		switch {
		case !p.timeShown(d):
			continue
		case d.kind == "night" && p.small(day), d.kind == "open" && p.small(day), d.kind == "weekend" && p.small(7*day):
			continue
		}
		to = max(to, from+px)
		if end, ok := last[d.kind]; ok && from < end {
			if from = end; to-from < px {
				continue
			}
		}
		last[d.kind] = to
		p.used[d.kind] = true
		title := d.label() + ", " + p.in(d.from) + " to " + p.in(d.to)
		if d.kind == "open" {
			b.rect(d.kind, from, p.top, to-from, 16*px, title)
		} else {
			b.rect(d.kind, from, p.top, to-from, p.bottom-p.top, title)
		}
	}
}

func (p *picture) timeShown(b band) bool { return b.to.After(p.from) && b.from.Before(p.to) }

// marks writes the line of now, the clock changes and the names of holidays.
func (p *picture) marks() {
	now := p.x(p.report.AsOf)
	labels := []label{{now, 0, "name", "now " + p.short(p.report.AsOf)}}
	at, text := p.changes()
	for i := range at {
		labels = append(labels, label{p.x(at[i]), 1, "", text[i]})
	}
	for _, d := range p.drawn {
		if d.kind == "holiday" && p.timeShown(d) {
			labels = append(labels, label{p.x(d.from) - 3*px, 2, "", d.label()})
		}
	}
	p.y += p.labels(labels, 3, 0) + 6*px
}

// changes are the clock changes, where there are not too many to be of use.
func (p *picture) changes() ([]time.Time, []string) {
	if p.small(3 * day) {
		return nil, nil
	}
	return p.clockChanges(p.timeline.zone)
}

// small reports whether what comes once in a time is too small to be drawn.
func (p *picture) small(every time.Duration) bool { return p.length(every) < 6*px }
