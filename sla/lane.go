package sla

import (
	"time"

	"github.com/supportterms/supportterms/calendar"
)

// waits are how the case itself stands, and when the customer was awaited: the
// waits that are over, and one that may go on, which ends now.
type waits struct {
	spans    []calendar.Span
	over     int
	opened   time.Time
	severity Severity
	ended    *Event // the first that ended it
	final    bool
}

// A lane takes the events of a case for one metric.
type lane struct {
	metric string
	kind   MetricKind
	brief  bool  // only the last cycle is wanted
	now    sheet // by the terms as they stand
	stand
	cycle
	c       *Cycle // the one at hand, of cycles
	cycles  []Cycle
	rebases []Rebased
	legs    []leg
	parked  []march // of rows that the cycle follows no longer, and may come back to
	grids   []grid  // by row
	slots   *grid   // of those, the one it is in
	ranOut  []ranOut
	m       march // of the cycle at hand
	tried   march // m past a pause that is not over
	late    bool  // some cycle was late at some time
	err     error
}

// A stand is where a case stands, as one lane sees it.
type stand struct {
	severity  Severity // stated
	set       bool     // by severity_set
	responded bool     // a person has
	given     bool     // the first response, be it by a machine
	owed      bool     // the response to an escalation that the end of the case cut off
	ended     bool
	final     bool
	anchor    anchor // of the next cycle's slots
}

// An anchor is where slots begin.
type anchor struct {
	at    time.Time
	first int // the first wait that may matter from there
}

// A cycle is the one that goes on, or the last one if it is not settled.
type cycle struct {
	on, unsettled bool
	answered      bool
	to            time.Time // when it ended
	own           sheet
	row           *row
	stuck         word // on which there is no answer for good
	begun, first  int  // the first waits that may matter from its start and its base
	counted       bool // m is begun
	slotted       bool
	slotsFrom     anchor
	leg, rebase   int // the first of its legs and rebases
	legFrom       time.Time
	followed      time.Time // the last change it went through
	carried       carried
	lacks         string
}

// carried is the time of a cycle's legs, as of a march.
type carried struct{ run, paused, stood time.Duration }

// ranOut is when a length of time had counted on a leg.
type ranOut struct {
	row      *row
	from, at time.Time
	length   time.Duration
}

// A leg is a stretch of a cycle by a clock that it follows no longer.
type leg struct {
	row      *row
	from, to time.Time
	start    time.Time     // from when the clock ran
	first    int           // the first wait that may matter
	before   time.Duration // carried into it
}

// take takes an event.
func (l *lane) take(e *Event, c *Case, w *waits) {
	switch e.Kind {
	case Opened:
		l.severity, l.anchor = e.Severity, anchor{e.At, w.over}
		if l.kind == First || l.kind == Outcome {
			l.begin(e.At, w)
		}
	case Acknowledged:
		if l.kind == First && l.on {
			l.acknowledge(e.At, w)
		}
	case SeveritySet:
		was := l.severity
		l.severity = e.Severity
		if !l.on {
			l.anchor = anchor{e.At, w.over}
		} else if rule, ok := l.rule(was, c); ok {
			if rule == Restart {
				l.anchor = anchor{e.At, w.over}
			}
			l.follow(e.At, &l.own, l.severity, rule, w)
		}
		l.set = true
	case Responded, Updated:
		l.respond(e, w)
	case Escalated:
		if l.kind == Request && !l.on && !l.ended {
			l.begin(e.At, w)
		}
	case Resolved, Closed, Cancelled, Merged:
		l.final = l.final || e.Kind >= Cancelled
		if l.on {
			l.owed = l.kind == Request
			l.finish(e.At, l.kind == Outcome && !l.final, w)
		}
		l.ended = true
	case Reopened:
		if !l.ended || l.final {
			return
		}
		l.ended, l.anchor = false, anchor{e.At, w.over}
		if l.kind == Outcome || l.kind == First && !l.responded && !l.given || l.kind == Ongoing && l.responded || l.owed {
			l.begin(e.At, w)
		}
		l.owed = false
	}
}

func (l *lane) acknowledge(at time.Time, w *waits) {
	if kind := l.word(l.row, QInitialResponse); kind.answer == responseAutomatic && !l.stuck.asked {
		l.finish(at, true, w)
		l.given = true
	}
}

func (l *lane) respond(e *Event, w *waits) {
	if e.Kind == Updated && l.kind != Request && (l.kind == First || !l.responded) {
		return
	}
	l.responded = l.responded || e.Kind == Responded
	if l.ended || l.kind == Outcome {
		return
	}
	if l.on {
		l.finish(e.At, true, w)
	}
	if l.kind == Ongoing {
		l.begin(e.At, w)
	}
}

// begin begins a cycle.
func (l *lane) begin(at time.Time, w *waits) {
	if l.brief {
		l.cycles = l.cycles[:0]
	}
	l.cycles = append(l.cycles, Cycle{})
	l.c = &l.cycles[len(l.cycles)-1]
	l.c.From, l.c.Base, l.c.Stated = at, at, l.severity
	// One by one: as a literal they would be made apart and copied.
	l.on, l.unsettled, l.counted, l.lacks = true, false, false, ""
	l.own, l.row, l.stuck = l.now, l.now.row(l.severity), word{}
	l.begun, l.first, l.leg, l.rebase = w.over, w.over, len(l.legs), len(l.rebases)
	l.legFrom, l.followed, l.slotsFrom, l.carried = at, at, l.anchor, carried{}
	l.parked, l.ranOut = l.parked[:0], l.ranOut[:0]
}

// finish ends the cycle.
func (l *lane) finish(at time.Time, answered bool, w *waits) {
	l.on, l.to, l.answered = false, at, answered
	if l.unsettled = l.brief; !l.brief {
		l.settle(at, w)
	}
}

// rule returns what a severity set makes of the cycle, and whether it makes
// anything of it.
func (l *lane) rule(was Severity, c *Case) (rule Rebase, ok bool) {
	switch {
	case was != 0 && l.severity < was && c.Raise != AsRead:
		rule = c.Raise
	case was != 0 && l.severity > was && c.Lower != AsRead:
		rule = c.Lower
	default:
		rule = l.read()
	}
	if rule == Keep && !l.set {
		rule = Retroactive
	}
	return rule, rule != Keep && !l.stuck.asked && (rule == Restart || l.severity != was && l.severity != l.c.Stated)
}

// read is the rule that the edition's readings give.
func (l *lane) read() Rebase {
	row := l.own.row(l.severity)
	switch l.kind {
	case First:
		w := l.word(row, QInitialBase)
		return [...]Rebase{baseRequest: Retroactive, baseSeverityUpdate: Restart, baseKeep: Keep}[w.answer]
	case Ongoing:
		w := l.word(row, QOngoingBase)
		return [...]Rebase{ongoingLatestEvent: Restart, ongoingSeverityUpdate: Restart, ongoingLatestResponse: Retroactive}[w.answer]
	}
	return Retroactive
}

// word asks for a word that the cycle turns on.
func (l *lane) word(r *row, q Question) word {
	w := l.own.word(r, q)
	if w.status != StatusDue {
		l.stuck, l.row = w, r
	}
	return w
}
