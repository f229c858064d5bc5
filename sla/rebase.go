package sla

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/supportterms/supportterms/calendar"
)

// A Rebase says what a change makes of a clock that is running.
type Rebase uint8

const (
	// AsRead is the zero Rebase. A change of severity does what the edition's
	// reading says; a change of terms does nothing: the case keeps those it was
	// opened under.
	AsRead Rebase = iota
	// Retroactive counts the new target from the start of the cycle, as if it
	// had held from there.
	Retroactive
	// Carry keeps the time that has run, each stretch by the clock that held,
	// and counts it toward the new target. To or from a clock that names an
	// instant, and where there is no time, it is Retroactive.
	Carry
	// Restart counts the new target from the change.
	Restart
	// Keep leaves a running cycle its target and deadline; the next has the new
	// ones. Of severities, the first severity_set fixes them: what was stated at
	// the opening is not yet kept.
	Keep
)

var rebases = [...]string{"as-read", "retroactive", "carry", "restart", "keep"}

// String writes r as "as-read", "retroactive", "carry", "restart" or "keep".
func (r Rebase) String() string {
	if int(r) < len(rebases) {
		return rebases[r]
	}
	return fmt.Sprintf("Rebase(%d)", uint8(r))
}

// ParseRebase reads what [Rebase.String] writes.
func ParseRebase(s string) (Rebase, error) {
	if i := slices.Index(rebases[:], s); i >= 0 {
		return Rebase(i), nil
	}
	return 0, &ParseError{What: "rebase", Input: s, Want: "one of " + strings.Join(rebases[:], ", ")}
}

// MarshalText writes r as [Rebase.String] does.
func (r Rebase) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// A ChangeKind is what is no longer as it was when a case was opened.
type ChangeKind uint8

const (
	PlaceChange    ChangeKind = iota // the customer moved
	ContractChange                   // it was upgraded, or ended
	ReleaseChange                    // the machine's release passed into another phase
	EditionChange                    // another edition took effect
)

var changeKinds = [...]string{"place", "contract", "release", "edition"}

// String writes k as "place", "contract", "release" or "edition".
func (k ChangeKind) String() string {
	if int(k) < len(changeKinds) {
		return changeKinds[k]
	}
	return fmt.Sprintf("ChangeKind(%d)", uint8(k))
}

// A Change is other terms from an instant on. At one instant changes come
// after severity_set and before customer_replied, in the order they are given.
type Change struct {
	At   time.Time
	Kind ChangeKind
	To   *Bound // nil when there is no contract any more
	Rule Rebase // AsRead: the case stays under the terms it had
}

func (c Change) compare(d Change) int { return c.At.Compare(d.At) }

// change passes to other terms.
func (l *lane) change(c *Change, to sheet, w *waits) {
	l.now = to
	if !l.on || c.Rule == Keep || l.stuck.asked {
		return
	}
	l.follow(c.At, &l.now, l.c.Stated, c.Rule, w)
}

// follow makes the cycle follow a severity in some terms.
func (l *lane) follow(at time.Time, terms *sheet, severity Severity, rule Rebase, w *waits) {
	r := Rebased{At: at, From: l.c.Stated, To: severity}
	var m *march
	status := StatusUnspecified
	if !l.brief || rule == Carry {
		m, status = l.march(at, w)
		r.Was = l.due(m, status, w)
	}
	l.own = *terms
	to := l.own.row(severity)
	if rule == Carry && !(status == StatusDue && m.measures() && !l.slotted && l.own.decided(to).measured()) {
		rule = Retroactive
	}
	if l.counted && l.m.next > l.begun && l.leg == len(l.legs) && (l.slotted || l.c.Base.Equal(l.c.From)) {
		l.park()
	}
	from := l.row
	l.row, l.c.Stated, l.followed = to, severity, at
	switch rule {
	case Carry:
		l.carry(from, m, at, w)
	case Restart:
		l.c.Base, l.first, l.slotsFrom = at, w.over, anchor{at, w.over}
		l.afresh(at)
	case Retroactive:
		l.c.Base, l.first = l.c.From, l.begun
		l.afresh(l.c.From)
	}
	if l.brief {
		return
	}
	m, status = l.march(at, w)
	r.Rule, r.Is = rule, l.due(m, status, w)
	r.Missed, r.Past = !r.Was.IsZero() && r.Was.Before(at), !r.Is.IsZero() && r.Is.Before(at)
	switch {
	case !l.c.BreachedAt.IsZero():
	case r.Missed:
		l.c.BreachedAt = r.Was
	case r.Past:
		l.c.BreachedAt = at
	}
	l.rebases = append(l.rebases, r)
}

// afresh forgets what has been counted.
func (l *lane) afresh(from time.Time) {
	l.counted, l.legs, l.legFrom, l.carried = false, l.legs[:l.leg], from, carried{}
	// What came to a target on the way from the start of the cycle does again.
	l.ranOut = slices.DeleteFunc(l.ranOut, func(r ranOut) bool { return !r.from.Equal(l.c.From) })
}

// carry begins to count what the new target leaves after what has run.
func (l *lane) carry(from *row, m *march, at time.Time, w *waits) {
	run, err := m.run(from.amount(1), at)
	l.legs = append(l.legs, leg{from, l.legFrom, at, m.start, l.first, l.carried.run})
	l.carried = carried{run, l.carried.paused + m.paused, l.carried.stood + m.stood}
	l.legFrom, l.first, l.counted = at, w.over, true
	target := l.row.amount(1)
	l.row.counting(&l.m, at, target-run)
	if l.m.next, l.m.err = w.over, err; err == nil && run >= target {
		l.m.reached = true
		l.m.due, l.m.err = l.within(target, w)
	}
}

// within returns the instant at which the legs came to a target. Further legs do
// not change that.
func (l *lane) within(target time.Duration, w *waits) (time.Time, error) {
	legs := l.legs[l.leg:]
	g := &legs[sort.Search(len(legs), func(i int) bool { return legs[i].before >= target })-1]
	key := ranOut{row: g.row, from: g.from, length: target - g.before}
	for _, r := range l.ranOut {
		if r.row == key.row && r.length == key.length && r.from.Equal(key.from) {
			return r.at, nil
		}
	}
	var m march
	g.row.counting(&m, g.from, key.length)
	for _, p := range g.row.pauses(w.spans, g.first) {
		if m.reached || !p.From.Before(g.to) {
			break
		}
		m.pass(calendar.Span{From: p.From, To: earliest(p.To, g.to)})
	}
	if m.end(); m.err == nil {
		key.at = m.due
		l.ranOut = append(l.ranOut, key)
	}
	return m.due, m.err
}

// park keeps the count of the row at hand.
func (l *lane) park() {
	if i := slices.IndexFunc(l.parked, func(m march) bool { return m.count == l.m.count }); i >= 0 {
		l.parked[i] = l.m // which is further, or from a later anchor
	} else {
		l.parked = append(l.parked, l.m)
	}
}
