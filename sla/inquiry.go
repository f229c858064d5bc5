package sla

// A result is where one response stands.
type result struct {
	Cycle
	waits  waits
	lacks  string // a fact missing outside the rules
	err    error  // what is given cannot be
	bound  *Bound // whose terms hold; nil of a contract that has ended
	asked  uint32
	stuck  Question // StatusUndetermined: the question that is not settled
	choose int      // a reading to choose first, or -1
}

// same reports whether a and b are one answer: status and instant.
func (a *result) same(b *result) bool { return a.Status == b.Status && a.Deadline.Equal(b.Deadline) }

// A room is the memory of an evaluation, to be used again.
type room struct {
	rows   []row
	lanes  [1]lane
	result result
}

// evaluate says where a response stands. events are sorted and checked.
func (q *puzzle) evaluate(in *inquiry, m *room) *result {
	in.choose, in.asked = -1, 0
	p, c, events := in.policy, q.c, q.events
	if n := len(p.Severities) + 1; len(m.rows) != n {
		m.rows = make([]row, n)
	}
	rows := m.rows
	for i := range rows {
		rows[i] = row{code: uint8(i)}
	}
	sheetOf := func(b *Bound, metric string) sheet {
		if b == q.bound {
			return sheet{rows, &p.bySeverity, b, in}
		}
		return b.sheet(metric)
	}
	lanes := m.lanes[:]
	l := &lanes[0]
	*l = lane{
		metric: q.metric.Name, kind: q.metric.Kind, brief: true, now: sheetOf(q.opening, q.metric.Name),
		cycles: l.cycles[:0], rebases: l.rebases[:0], legs: l.legs[:0], parked: l.parked[:0], grids: l.grids[:0],
	}
	asOf := c.AsOf
	r := &m.result
	*r = result{waits: waits{spans: r.waits.spans[:0]}}
	w := &r.waits
	if len(events) == 0 {
		l.kind, l.severity = Request, c.Severity
		if asOf.IsZero() {
			asOf = c.CountedFrom
		}
		if !asOf.Before(c.CountedFrom) {
			l.begin(c.CountedFrom, w)
		}
	} else {
		if asOf.IsZero() {
			asOf = events[len(events)-1].At
		}
		l.severity = events[0].Severity
		c.replay(lanes, w, events, asOf, sheetOf)
	}
	switch {
	case l.unsettled:
		asOf = l.to
		fallthrough
	case l.on:
		l.settle(asOf, w)
		r.Cycle, r.lacks, r.err = l.cycles[0], l.lacks, l.err
	default:
		l.row = l.now.decided(l.now.row(l.severity))
		r.Cycle.row, r.Severity, r.Status = l.row, l.row.due.Severity, l.row.idle()
	}
	if r.bound = l.own.bound; !l.on && !l.unsettled {
		r.bound = l.now.bound
	}
	in.severity(l.row.code)
	r.asked, r.choose, r.stuck = in.asked, in.choose, in.stuck
	return r
}
