package entitlement

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/entitlement/rule"
)

// A Bound is a policy put to one contract: what many questions share. It is
// immutable and safe for concurrent use. It comes from [Policy.Bind]; the zero
// Bound cannot be asked.
type Bound struct {
	policy   *Policy
	contract Contract
	chosen   map[string]bool // readings that the contract chose
	bases    []atomic.Pointer[base]
}

// A base is what the states of a question start from: the contract, the
// readings, and what is taken when nothing is stated.
type base struct {
	state
	part     *rule.Part
	releases []atomic.Pointer[base] // the same with a release, by its code
	later    []*figure              // those it does not have, for points with what it has
}

// Bind puts a contract to the policy. The error joins everything in the
// contract that the edition does not have.
func (p *Policy) Bind(c Contract) (*Bound, error) {
	b := &Bound{policy: p, contract: c, chosen: map[string]bool{}, bases: make([]atomic.Pointer[base], len(p.questions))}
	b.contract.Addons = slices.Clone(c.Addons)
	b.contract.Machines = slices.Clone(c.Machines)
	b.contract.Offerings = slices.Clone(c.Offerings)
	b.contract.Readings = maps.Clone(c.Readings)
	var errs []error
	refuse := func(field, value string, allowed []string) {
		errs = append(errs, &ValueError{Field: field, Value: value, Allowed: allowed})
	}
	for _, t := range []struct {
		name  string
		value *string
	}{
		{FactLevel, &b.contract.Level}, {FactSecurityScope, &b.contract.SecurityScope},
		{FactSupportScope, &b.contract.SupportScope}, {FactOffering, &b.contract.Offering},
	} {
		if *t.value == "" {
			continue
		}
		f := p.common(t.name)
		if f == nil {
			errs = append(errs, &ValueError{Field: "contract." + t.name, Value: *t.value, Why: "the edition has no " + strings.ReplaceAll(t.name, "_", " ")})
		} else if name, ok := f.value(*t.value); ok {
			*t.value = name
		} else {
			refuse("contract."+t.name, *t.value, f.Values)
		}
	}
	errs = append(errs, b.contract.Check(), b.purchases())
	for _, a := range c.Addons {
		if !slices.Contains(p.Addons, a) {
			refuse("contract.addons", a, p.Addons)
		}
	}
	for _, m := range c.Machines {
		if f := p.common(FactMachine); f == nil || !slices.Contains(f.Values, m) {
			var allowed []string
			if f != nil {
				allowed = f.Values
			}
			refuse("contract.machines", m, allowed)
		}
	}
	if !c.From.IsZero() && !c.Until.IsZero() && c.Until.Before(c.From) {
		errs = append(errs, &ValueError{Field: "contract.until", Value: c.Until.String(), Why: "is before its beginning, " + c.From.String()})
	}
	for _, d := range []struct {
		field string
		date  calendar.Date
	}{{"contract.from", c.From}, {"contract.until", c.Until}} {
		if !d.date.IsZero() && d.date.AddDays(0) != d.date {
			errs = append(errs, &ValueError{Field: d.field, Value: d.date.String(), Why: "want " + wants[Dates]})
		}
	}
	errs = append(errs, b.read()...)
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return b, nil
}

// common returns the declaration of a fact that all questions have, or nil.
func (p *Policy) common(name string) *Fact {
	if i := slices.IndexFunc(p.Spec.Facts, func(f Fact) bool { return f.Name == name }); i >= 0 {
		return &p.Spec.Facts[i]
	}
	return nil
}

// value returns a value of a closed fact by its name or another name for it.
func (f *Fact) value(s string) (string, bool) {
	if a, ok := f.Aliases[s]; ok {
		s = a
	}
	return s, slices.Contains(f.Values, s)
}

// read checks the readings that the contract chooses.
func (b *Bound) read() (errs []error) {
	p := b.policy
	var keys []string
	for _, r := range p.Spec.Readings {
		keys = append(keys, r.Key)
	}
	for _, key := range slices.Sorted(maps.Keys(b.contract.Readings)) {
		i := slices.IndexFunc(p.Spec.Readings, func(r Reading) bool { return r.Key == key || r.Alias != "" && r.Alias == key })
		if i < 0 {
			errs = append(errs, &ValueError{Field: "readings", Value: key, Allowed: keys})
			continue
		}
		r, value := &p.Spec.Readings[i], b.contract.Readings[key]
		v, ok := r.Value(value)
		if !ok {
			e := &ValueError{Field: "readings." + key, Value: value}
			for _, v := range r.Values {
				e.Allowed = append(e.Allowed, v.Name)
			}
			errs = append(errs, e)
			continue
		}
		if other, ok := b.contract.Readings[r.Key]; ok && r.Key != key && other != r.Values[v].Name {
			errs = append(errs, &ValueError{Field: "readings." + key, Value: value, Why: "the same reading has the value " + other + " under its other key"})
			continue
		}
		b.contract.Readings[r.Key] = r.Values[v].Name
		b.chosen[r.Key] = true
	}
	return errs
}

// base returns what a question's states start from.
func (b *Bound) base(q *question) *base {
	if s := b.bases[q.number].Load(); s != nil {
		return s
	}
	out := &base{state: state{question: q}}
	s := &out.state
	put := func(name, value string) {
		if i, ok := q.vocabulary.Index(name); ok && value != "" {
			s.setText(i, name, value)
		}
	}
	var defaults []int
	put(FactLevel, b.contract.Level)
	put(FactSecurityScope, b.contract.SecurityScope)
	put(FactSupportScope, b.contract.SupportScope)
	put(FactOffering, b.contract.Offering)
	for i, f := range q.facts {
		if addon, ok := strings.CutPrefix(f.name, FactAddon); ok {
			put(f.name, noYes[b2i(slices.Contains(b.contract.Addons, addon))])
		}
		if f.spec != nil && f.spec.Clause != "" && s.point[i] == 0 && b.mayDefault(f.spec) {
			put(f.name, f.spec.Default)
			defaults = append(defaults, i)
		}
	}
	for _, r := range q.readings {
		if s.point[r.at] = r.standard; b.chosen[r.Key] {
			put(r.Key, b.contract.Readings[r.Key])
		}
	}
	s.byDefault = defaults
	put(FactMachineBought, "yes")
	put(FactOnStated, "no")
	for _, at := range q.standards {
		s.point[at] = q.facts[at].standard
	}
	if q.release >= 0 {
		out.releases = make([]atomic.Pointer[base], q.vocabulary.Fact(q.release).Codes()+1)
	}
	b.bases[q.number].Store(out)
	return out
}

// released is base with a release, for typed questions that state nothing
// which would win over what follows from it. It is nil for others.
func (b *Bound) released(from *base, a *About) *base {
	q := from.question
	// A bad release is refused where it is stated.
	if a == nil || !q.fast || a.Release == "" || a.Phase != "" || q.release < 0 ||
		!a.ReleaseDate.IsZero() || !a.EndOfStandard.IsZero() || !a.EndOfPro.IsZero() || !a.EndOfLegacy.IsZero() {
		return nil
	}
	code, ok := q.vocabulary.Code(q.release, a.Release)
	if !ok {
		return nil
	}
	if r := from.releases[code].Load(); r != nil {
		return r
	}
	r := &base{state: from.state}
	r.point[q.release] = code
	given := r.state
	given.fill()
	for _, at := range q.given {
		r.point[at] = given.point[at]
		if slot := q.facts[at].slot; q.facts[at].typ == Numeric || q.facts[at].typ == Dates {
			r.nums[slot] = given.nums[slot]
			r.known |= given.known & (1 << slot)
			r.months |= given.months & (1 << slot)
		}
	}
	var last []int
	for _, f := range q.later {
		r.later = append(r.later, f.narrow(&r.state))
		last = append(last, f.at)
	}
	r.part = q.set.Part(r.point[:q.vocabulary.Len()], q.given, last)
	from.releases[code].Store(r)
	return r
}

// mayDefault reports whether what a clause gives by default fits what the
// contract states. Where it does not, the term is not known.
func (b *Bound) mayDefault(f *Fact) bool {
	c := b.contract
	switch f.Name {
	case FactLevel:
		c.Level = f.Default
	case FactSecurityScope:
		c.SecurityScope = f.Default
	case FactSupportScope:
		c.SupportScope = f.Default
	}
	return c.Check() == nil
}

// dated computes the facts that turn on the date, the machine and the contract
// alone.
func (b *Bound) dated(s *state) {
	q := s.question
	on, ok := s.number(q.on)
	if ok {
		s.point[q.onStated] = 2
	}
	term := uint8(running)
	c := &b.contract
	switch {
	case c.From.IsZero() && c.Until.IsZero():
	case !ok:
		term = 0
	case !c.From.IsZero() && on < rule.Day(c.From):
		term = before
	case !c.Until.IsZero() && on > rule.Day(c.Until):
		term = after
	}
	s.point[q.term] = term
	if q.offering >= 0 {
		b.sold(s)
	}
	if len(c.Machines) == 0 || q.machine < 0 {
		return
	}
	switch kind := q.vocabulary.Value(q.machine, s.point[q.machine]); {
	case kind == "":
		s.point[q.bought] = 0
	case !slices.Contains(c.Machines, kind):
		s.point[q.bought] = 1
	}
}

// Codes of FactContractTerm.
const (
	before = 1 + iota
	running
	after
)

// An Answer is a verdict in short, small and comparable.
type Answer struct {
	Outcome Outcome
	Service string // what is granted, or ""
	Limits  uint64 // bit n is limit n of the edition
	Gives   string // the figure that is answered, or ""
	// Value is that figure's: thousandths of a number, or the days since
	// 1970-01-01 of a date.
	Value int64
}

// Decide answers a question in short. The error says everything that is wrong
// with what is stated. It allocates nothing where everything that rules ask
// for is stated.
func (b *Bound) Decide(q Question) (out Answer, err error) {
	at := b.policy.recent.Load()
	if name := q.Name(); at == nil || at.Name != name {
		if at, err = b.policy.find(name); err != nil {
			return Answer{}, err
		}
		b.policy.recent.Store(at)
	}
	s := b.policy.states.Get().(*state)
	err = b.answer(at, s, q, &out)
	b.policy.states.Put(s)
	return out, err
}

// answer is Decide with a state to work in.
func (b *Bound) answer(at *question, s *state, q Question, out *Answer) error {
	from := b.base(at)
	if r := b.released(from, q.about()); r != nil {
		s.begin(&r.state)
		q.about().rest(s)
		q.state(s)
		b.dated(s)
		if len(s.errs) > 0 {
			return s.err()
		}
		point := s.point[:len(at.facts)]
		look := r.part.First(point)
		for k, f := range r.later {
			if f.rules&look.May != 0 || f.rules == everyRule {
				f.compute(s)
				look = r.part.Then(look, k, point)
			}
		}
		if a := new(rule.Answer); r.part.Settle(look, a) && len(s.errs) == 0 {
			if b.early(s) {
				out.Outcome = DocumentNotInForce
				return nil
			}
			at.translate(a, s, out)
			return nil
		}
	}
	s.begin(&from.state)
	if a := q.about(); a != nil {
		a.put(s)
	}
	q.state(s)
	b.dated(s)
	a, _, errs := b.decide(s)
	if len(errs) > 0 {
		return s.err()
	}
	if b.early(s) {
		out.Outcome = DocumentNotInForce
		return nil
	}
	*out = a
	return nil
}

// find returns a question by its name.
func (p *Policy) find(name string) (*question, error) {
	n, ok := p.byName[name]
	if !ok || name == phaseQuestion {
		return nil, &ValueError{Field: "question", Value: name, Allowed: p.QuestionNames()}
	}
	return p.questions[n], nil
}

// begin makes s a copy of what a base has.
func (s *state) begin(from *state) {
	q := from.question
	s.question, s.known, s.months, s.byDefault = q, from.known, from.months, from.byDefault
	s.lists, s.errs, s.wins = nil, nil, false
	copy(s.point[:len(q.facts)], from.point[:])
	copy(s.nums[:q.numbers], from.nums[:])
}

// put states a question.
func (b *Bound) put(q Question) (s state, err error) {
	at, err := b.policy.find(q.Name())
	if err != nil {
		return s, err
	}
	return b.stated(at, q), nil
}

// stated states a question that is at.
func (b *Bound) stated(at *question, q Question) (s state) {
	s.begin(&b.base(at).state)
	if a := q.about(); a != nil {
		a.put(&s)
	}
	q.state(&s)
	b.dated(&s)
	return s
}

// early reports whether the date asked about is before the edition's first.
func (b *Bound) early(s *state) bool {
	on, ok := s.number(s.question.on)
	return ok && on < b.policy.since
}

// decide computes the figures of s and puts it to the rules.
func (b *Bound) decide(s *state) (out Answer, ruled rule.Answer, errs []error) {
	stated := s.point
	s.fill()
	if len(s.errs) > 0 {
		return Answer{}, rule.Answer{}, s.errs
	}
	q := s.question
	point := s.point[:q.vocabulary.Len()]
	a, ok := q.set.Glance(point)
	if !ok {
		w := *s
		w.point = stated
		a = q.set.Decide(w.point[:q.vocabulary.Len()], w.deriver())
	}
	q.translate(&a, s, &out)
	return out, a, nil
}

// translate puts an answer of the rules into the words of the question's kind.
// It writes them where they are to be, as a copy of an Answer just written has
// to wait for its fields.
func (q *question) translate(a *rule.Answer, s *state, out *Answer) {
	*out = Answer{}
	switch a.State {
	case rule.Unsettled, rule.Conflict:
		return
	case rule.Silent:
		out.Outcome = Unspecified
		return
	}
	switch a.Outcome {
	case rule.Announced:
		out.Outcome = Announced
	case rule.NotGuaranteed:
		out.Outcome = NotGuaranteed
	case rule.RequiresAddon:
		out.Outcome = RequiresAddon
	case rule.NotCovered:
		out.Outcome = kinds[q.Kind].no
	case rule.NotEligible:
		out.Outcome = NotEligible
	case rule.NotEntitled:
		out.Outcome = NotEntitled
	case rule.NotOffered:
		out.Outcome = NotOffered
	default:
		g := &q.grants[a.Value-1]
		if g.gives >= 0 {
			n, ok := s.number(g.gives)
			if !ok {
				return
			}
			out.Gives, out.Value = q.facts[g.gives].name, n
		}
		out.Outcome, out.Service, out.Limits = g.outcome, g.service, a.Limits
		if a.Outcome == rule.Limited {
			out.Outcome = Limited
		}
	}
}

// QuestionNames returns the questions the edition answers, in its order.
func (p *Policy) QuestionNames() []string {
	var out []string
	for _, q := range p.questions {
		if q.Name != phaseQuestion {
			out = append(out, q.Name)
		}
	}
	return out
}

// FactTypes returns the types of the facts of a question, by name; nil when
// there is no such question.
func (p *Policy) FactTypes(question string) map[string]Type {
	n, ok := p.byName[question]
	if !ok {
		return nil
	}
	out := map[string]Type{}
	for _, f := range p.questions[n].facts {
		if !f.reading {
			out[f.name] = f.typ
		}
	}
	return out
}
