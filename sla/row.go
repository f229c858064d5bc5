package sla

import "time"

// A row is what the rules say of one metric at one severity.
type row struct {
	count
	due     Due // but for the instant
	err     error
	lacks   string // the fact about a place without which there is no calendar
	zone    *time.Location
	code    uint8 // of the severity stated
	decided bool
	words   [questions - QInitialBase]word
}

// A word is the answer to one of the questions from QInitialBase on. Its
// status is StatusDue when the rules settle it.
type word struct {
	answer int
	status Status
	asked  bool
}

// decide fills in a row, but for its words.
func (in *inquiry) decide(r *row) {
	in.severity(r.code)
	var t terms
	if in.vary {
		t = in.terms()
	} else {
		d := in.decision()
		if t, in.asked = d.terms, in.asked|d.asked; t.status == StatusUndetermined {
			in.stuck = d.stuck
		}
	}
	*r = row{count: count{terms: t}, due: t.short(), code: r.code, decided: true, words: r.words}
	if t.status != StatusDue {
		r.zone = in.at.zone()
		return
	}
	var err error
	if r.cal, r.zone, err = in.at.of(&t); err != nil {
		r.lacks, _ = notKnown(err)
		r.due, r.err = r.due.unknown(err)
	}
}

// word asks for a word of a row.
func (in *inquiry) word(r *row, q Question) word {
	w := &r.words[q-QInitialBase]
	if w.asked {
		return *w
	}
	in.severity(r.code)
	if in.vary {
		*w = in.putWord(q)
		return *w
	}
	*w = in.decision().words[q-QInitialBase]
	if in.asked |= 1 << q; w.status == StatusUndetermined {
		in.stuck = q
	}
	return *w
}

// putWord puts a question that is answered by a word.
func (in *inquiry) putWord(q Question) word {
	t, w := terms{status: StatusDue}, word{asked: true}
	if q == QHold {
		w.answer, _ = in.askOr(q, &t)
	} else {
		w.answer, _ = in.ask(q, &t)
	}
	w.status = t.status
	return w
}

// severity puts the severity stated into the point.
func (in *inquiry) severity(code uint8) {
	p := in.policy
	if p.iStated >= 0 {
		in.pt[p.iStated], in.pt[p.iSeverity] = code, 0
	}
	if p.iUnit >= 0 {
		in.pt[p.iUnit] = 0
	}
}

// measured reports whether r has a time that is measured.
func (r *row) measured() bool { return r.due.Status == StatusDue && r.measures() }

// idle is what r says of a case in which nothing has started the clock.
func (r *row) idle() Status {
	if r.status == StatusDue {
		return StatusNotStarted
	}
	return r.status
}

// A sheet is the rows of one metric, by the code of the severity.
type sheet struct {
	rows  []row
	codes *[256]uint8
	bound *Bound   // whose they are; nil of a contract that has ended
	in    *inquiry // decides a row when it is needed; nil when all are decided
}

// sheetOf returns the rows of a metric by its number.
func (b *Bound) sheetOf(metric int) sheet {
	return sheet{rows: b.of(metric), codes: &b.policy.bySeverity, bound: b}
}

// sheet returns the rows of a metric by its name. A contract that has ended
// entitles to nothing, and an edition without the metric says nothing of it.
func (b *Bound) sheet(metric string) sheet {
	if b == nil {
		return sheet{rows: plain(StatusNotEntitled), codes: &noCodes}
	}
	i := b.metric(metric)
	if i < 0 {
		return sheet{rows: plain(StatusUnspecified), codes: &noCodes, bound: b}
	}
	return b.sheetOf(i)
}

var noCodes [256]uint8

// plain is rows that say one thing of every severity.
func plain(s Status) []row {
	return []row{{count: count{terms: terms{status: s}}, due: Due{Status: s}, decided: true}}
}

func (t *sheet) row(s Severity) *row { return &t.rows[t.codes[s]] }

// decided returns r, decided.
func (t *sheet) decided(r *row) *row {
	if t.in != nil && !r.decided {
		t.in.decide(r)
	}
	return r
}

func (t *sheet) word(r *row, q Question) word {
	if t.in != nil {
		return t.in.word(r, q)
	}
	return r.words[q-QInitialBase]
}
