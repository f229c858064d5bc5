package entitlement

import (
	"slices"
	"time"

	"github.com/supportterms/supportterms/calendar"
)

// A Question is put to a contract. The typed questions ([SecurityFix] and its
// like) have the facts of the built-in edition of Ubuntu Pro; [Facts] can put any
// question of any edition.
type Question interface {
	// Name is the question's, as editions have it: "security-fix".
	Name() string
	// facts names the facts that state puts, in their order; nil for [Facts].
	facts() []string
	// about returns what a typed question says of the day and the machine.
	about() *About
	// state puts what else is stated into s, each fact in its turn.
	state(s *state)
}

// Facts is a question as plain facts, by the names that the edition has for
// them. A value is a string, of which numbers and dates are read too, or a
// bool, [YesNo], [Number], [calendar.Date], [time.Time], []Number, []Machine or
// []Outage. What is not stated is not there, or the zero value.
type Facts struct {
	Question string
	On       calendar.Date
	Values   map[string]any
}

// Name returns the question's name.
func (f Facts) Name() string { return f.Question }

func (f Facts) about() *About { return nil }

func (f Facts) facts() []string { return nil }

func (f Facts) state(s *state) {
	if !f.On.IsZero() {
		s.set(s.question.on, FactOn, f.On)
	}
	names := make([]string, 0, len(f.Values))
	for name := range f.Values {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		i, ok := s.question.vocabulary.Index(name)
		if !ok || s.question.facts[i].reading || s.question.ofContract(name) {
			s.errs = append(s.errs, s.question.unknown(name))
			continue
		}
		first, stated := s.number(s.question.on)
		s.set(i, name, f.Values[name])
		if on, _ := s.number(s.question.on); name == FactOn && stated && on != first {
			s.refuse(name, date(on).String(), "is "+date(first).String()+" in the question: give one")
		}
	}
}

// ofContract reports whether a fact is the contract's to state.
func (q *question) ofContract(name string) bool {
	switch name {
	case FactLevel, FactSecurityScope, FactSupportScope, FactContractTerm, FactMachineBought, FactOfferingBought, FactOnStated:
		return true
	}
	return len(name) > len(FactAddon) && name[:len(FactAddon)] == FactAddon
}

// unknown says that a question has no such fact, and whose it is.
func (q *question) unknown(name string) error {
	e := &ValueError{Field: "facts", Value: name, Allowed: q.statable()}
	if q.ofContract(name) {
		e.Why = "is the contract's, and is stated there"
		return e
	}
	if i, ok := q.vocabulary.Index(name); ok && q.facts[i].reading {
		e.Why = "is a reading, and is chosen in readings"
		return e
	}
	for _, other := range q.policy.questions {
		if slices.ContainsFunc(other.Facts, func(f Fact) bool { return f.Name == name }) {
			e.Why = "is a fact of question " + other.Name + ", not of " + q.Name
			return e
		}
	}
	return e
}

// statable returns the facts that a caller may state, in the edition's order.
func (q *question) statable() (out []string) {
	for _, f := range q.facts {
		if f.spec != nil && !q.ofContract(f.name) && (f.figure == nil || f.figure.statable) {
			out = append(out, f.name)
		}
	}
	return out
}

// planOf finds where the facts of the one of the typed questions with the name
// of q stand.
func planOf(q *question, askable []Question) (plan []planned) {
	for _, t := range askable {
		if t.Name() != q.Name {
			continue
		}
		for _, name := range append(slices.Clone(aboutFacts), t.facts()...) {
			p := planned{at: q.place(name)}
			if p.at >= 0 {
				p.names = q.vocabulary.Names(p.at)
			}
			plan = append(plan, p)
		}
	}
	return plan
}

// The typed questions state their facts by these; k is the place in the plan.

// word states a closed fact, a number, a date or a note.
func (s *state) word(k int, value string) {
	if value != "" {
		s.text(k, value)
	}
}

func (s *state) text(k int, value string) {
	if p := &s.question.plan[k]; p.at >= 0 {
		if code := p.names.Code(value); code != 0 {
			s.point[p.at] = code
			return
		}
	}
	s.other(k, value)
}

// yes states something attested.
func (s *state) yes(k int, value YesNo) {
	if value != 0 {
		s.text(k, value.String())
	}
}

// amount states a number.
func (s *state) amount(k int, value Number) {
	if value.stated {
		s.other(k, value)
	}
}

// day states a date.
func (s *state) day(k int, value calendar.Date) {
	if value.IsZero() {
		return
	}
	if at := s.question.plan[k].at; at >= 0 {
		s.setDate(at, s.question.facts[at].name, value)
	} else {
		s.other(k, value)
	}
}

// at states an instant.
func (s *state) at(k int, value time.Time) {
	if !value.IsZero() {
		s.other(k, value)
	}
}

// numbersOf states a list; machinesOf and outagesOf do.
func (s *state) numbersOf(k int, value []Number) {
	if value != nil {
		s.other(k, value)
	}
}

func (s *state) machinesOf(k int, value []Machine) {
	if value != nil {
		s.other(k, value)
	}
}

func (s *state) outagesOf(k int, value []Outage) {
	if value != nil {
		s.other(k, value)
	}
}

// other states what is not a word of the fact, or of no fact that the edition's
// question has.
func (s *state) other(k int, value any) {
	if at := s.question.plan[k].at; at >= 0 {
		s.set(at, s.question.facts[at].name, value)
		return
	}
	for _, t := range typed() {
		if t.Name() == s.question.Name {
			s.errs = append(s.errs, s.question.unknown(append(slices.Clone(aboutFacts), t.facts()...)[k]))
		}
	}
}
