package sla

import (
	"time"

	"github.com/supportterms/supportterms/entitlement/rule"
)

// terms are what the rules decide of one response before any clock runs.
type terms struct {
	status    Status // StatusDue when there is a time
	severity  Severity
	target    Target
	measure   Target // the target as it is counted
	clock     Clock
	hours     int // as Calendars numbers them
	holidays  int
	weekend   int
	location  int
	close     int
	day       int
	dayLength time.Duration
	length    time.Duration // of a clock that is one addition, else 0
}

// An inquiry asks a policy about one response. It is a value on the stack.
type inquiry struct {
	policy *Policy
	at     *Calendars
	pt     point
	vary   bool   // readings with code 0 are to be chosen
	asked  uint32 // questions that entered the answer, as bits
	choose int    // vary: the reading to choose before going on, or -1
	stuck  Question
}

// ask puts a question to the rules. When they do not settle it, t.status says
// what becomes of the answer.
func (in *inquiry) ask(q Question, t *terms) (answer int, ok bool) {
	in.asked |= 1 << q
	set := in.policy.sets[q]
	if set == nil {
		t.status = StatusUnspecified
		return 0, false
	}
	a := set.Decide(in.pt[:in.policy.facts.Len()], in.policy.deriver)
	switch a.State {
	case rule.Settled:
		return a.Value, true
	case rule.Silent:
		t.status = StatusUnspecified
		return 0, false
	}
	in.stuck = q
	t.status = StatusUndetermined
	if in.vary {
		in.choose = in.open(q)
	}
	return 0, false
}

// open returns a reading that the rules for q, or for the derived facts they
// mention, rest on and that is not chosen yet; else -1.
func (in *inquiry) open(q Question) int {
	p := in.policy
	for _, i := range p.sets[q].Facts() {
		found := -1
		switch {
		case in.pt[i] != 0:
		case p.facts.Fact(i).Role == rule.Reading:
			found = i
		case i == p.iSeverity:
			found = in.openIn(QSeverity)
		case i == p.iUnit && q != QTarget:
			found = in.openIn(QTarget)
		}
		if found >= 0 {
			return found
		}
	}
	return -1
}

// openIn is open for a question that a derived fact rests on, if its answer is
// not settled yet.
func (in *inquiry) openIn(q Question) int {
	set := in.policy.sets[q]
	if set == nil || set.Decide(in.pt[:in.policy.facts.Len()], in.policy.deriver).State != rule.Unsettled {
		return -1
	}
	return in.open(q)
}

// askOr is ask for questions whose silence means the first word.
func (in *inquiry) askOr(q Question, t *terms) (answer int, ok bool) {
	if in.policy.sets[q] == nil {
		return 0, true
	}
	if answer, ok = in.ask(q, t); !ok && t.status == StatusUnspecified {
		t.status = StatusDue
		return 0, true
	}
	return answer, ok
}

// terms decides the terms of the response that the point describes.
func (in *inquiry) terms() (t terms) {
	p := in.policy
	if p.iSeverity >= 0 {
		in.pt[p.iSeverity], in.pt[p.iUnit] = p.effective(in.pt[:p.facts.Len()]), 0
		if p.sets[QSeverity] != nil {
			in.asked |= 1 << QSeverity
		}
		if code := in.pt[p.iSeverity]; code > 0 {
			t.severity = p.Severities[code-1]
		}
	}
	answer, ok := in.ask(QTarget, &t)
	if !ok {
		return t
	}
	t.target = p.Targets[answer]
	if t.status = t.target.Status(); t.status != StatusDue {
		return t
	}
	in.pt[p.iUnit] = uint8(t.target.unit)
	t.measure = t.target
	if p.sets[QMeasure] != nil {
		if answer, ok = in.ask(QMeasure, &t); ok {
			t.measure = p.Targets[answer]
		} else if t.status != StatusUnspecified {
			return t
		}
		t.status = StatusDue
	}
	if answer, ok = in.ask(QClock, &t); !ok {
		return t
	}
	t.clock = Clock(answer)
	in.hoursOf(&t)
	t.length = t.single()
	return t
}

// recall returns the terms of a point with default readings, decided once for
// each combination of facts.
func (p *Policy) recall(pt *point) *terms {
	at := 0
	for _, k := range p.keys {
		at += int(pt[k.fact]) * k.stride
	}
	if p.memo != nil {
		if t := p.memo[at].Load(); t != nil {
			return t
		}
	}
	in := inquiry{policy: p, pt: *pt, choose: -1}
	t := in.terms()
	if p.memo != nil {
		p.memo[at].Store(&t)
	}
	return &t
}

// hoursOf decides in which hours the clock runs and where it is read.
func (in *inquiry) hoursOf(t *terms) {
	p := in.policy
	var ok bool
	t.holidays = holidaysCounted
	switch t.clock {
	case Weekday24h, ElapsedExcludingHolidays:
		t.holidays = holidaysExcluded
	}
	t.hours = len(p.Hours) + allDay
	if t.clock == Weekday24h {
		t.hours = len(p.Hours) + weekdays
	}
	if t.clock.readsHours() {
		if t.hours, ok = in.ask(QHours, t); !ok {
			return
		}
		if t.holidays, ok = in.ask(QHolidays, t); !ok {
			return
		}
		if t.dayLength = p.days[t.hours]; t.clock == Business {
			if t.close, ok = in.ask(QClose, t); !ok {
				return
			}
		}
		if t.measure.unit == BusinessDay {
			if t.day, ok = in.ask(QBusinessDay, t); !ok {
				return
			}
		}
	}
	if t.clock.readsHours() || t.clock == Weekday24h {
		if t.weekend, ok = in.askOr(QWeekend, t); !ok {
			return
		}
	}
	if t.clock != Elapsed && p.sets[QLocation] != nil {
		t.location, _ = in.ask(QLocation, t)
	}
}
