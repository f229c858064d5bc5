package entitlement

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/entitlement/rule"
)

// A Verdict is the answer to a question with everything it rests on.
type Verdict struct {
	Question string
	Kind     Kind
	Outcome  Outcome
	Limits   []string
	Service  string // what is granted, or ""
	// Figure is what is answered beside the outcome: the name of a number or a
	// date, "" for none.
	Figure string
	Amount Number
	Unit   string // of Amount, or ""
	Date   calendar.Date
	// Reasons are all rules that speak, in the document's order.
	Reasons []Reason
	// Readings are those that mattered: another value, all else equal, gives
	// another answer.
	Readings []ReadingChoice
	// Missing are facts that the answer hangs on and that are not stated.
	Missing []string
	// From and Until are the first and the last day on which the rules give
	// this answer; zero is without bound, or no date was asked about.
	From, Until calendar.Date
	// Nearest is, where nothing is granted, the rule that lacked least to
	// grant it.
	Nearest *NearestRule
	// Remedies are what would change a no.
	Remedies []Remedy
	// Range is there when it was asked for.
	Range   *Range
	Edition string
	Digest  string

	steps []step
	facts []factValue
}

// A Reason is a rule that speaks. Where it turns on a quantity, Has is what
// there is, Covered what the clause covers or asks for, Shortfall how much is
// missing or too much.
type Reason struct {
	Code                    string
	Effect                  string // "grants", "limits", "excludes" or "info"
	Clause                  string
	Has, Covered, Shortfall Number
	Unit                    string   // of the three, or ""
	Machines                []string // those that break the rule, by ID
}

// A ReadingChoice is one value of a reading.
type ReadingChoice struct{ Key, Value string }

// NearestRule is a rule that would grant and what it lacked.
type NearestRule struct {
	Code, Clause string
	Lacking      []string // facts
}

// A Remedy is what would change a no: an add-on, a quantity more or less, or
// machines to cover. Only one of the three is there.
type Remedy struct {
	Addon    string
	Quantity Number // to add where there is too little, to take away or to buy cover for where there is too much
	Unit     string
	Machines []string
}

// A step is what became of one rule.
type step struct {
	code, clause string
	then         Outcome
	standing     rule.Standing
	by           string
	lacking      []string
}

// A factValue is what was known of a fact.
type factValue struct{ name, value string }

// Verdict answers a question with its reasons. With withRange it tries the
// readings that the contract does not choose. The error says everything that
// is wrong with what is stated; it is a [*rule.RangeError] when too many
// readings had to be combined.
func (b *Bound) Verdict(q Question, withRange bool) (*Verdict, error) {
	stated, err := b.put(q)
	if err != nil {
		return nil, err
	}
	s := stated
	a, ruled, errs := b.decide(&s)
	if len(errs) > 0 {
		return nil, s.err()
	}
	e := &explainer{b: b, question: s.question, stated: &stated, filled: &s, answer: a, ruled: ruled}
	v := &Verdict{
		Question: s.question.Name, Kind: s.question.Kind, Outcome: a.Outcome, Service: a.Service, Figure: a.Gives,
		Limits: []string{}, Reasons: []Reason{}, Readings: []ReadingChoice{}, Missing: []string{}, Remedies: []Remedy{},
		Edition: b.policy.Edition, Digest: b.policy.Digest,
	}
	if b.early(&s) {
		v.Outcome, v.Service, v.Figure = DocumentNotInForce, "", ""
		return v, nil
	}
	for n, name := range b.policy.Limits {
		if a.Limits>>n&1 != 0 {
			v.Limits = append(v.Limits, name)
		}
	}
	e.value(v)
	e.explain(v)
	if on, ok := s.number(s.question.on); ok {
		e.validity(v, on)
	}
	if withRange {
		if v.Range, err = e.ranges(); err != nil {
			return nil, err
		}
	}
	return v, nil
}

// An explainer gathers what a verdict says beside its answer.
type explainer struct {
	b              *Bound
	question       *question
	stated, filled *state // before and after figures were computed
	answer         Answer
	ruled          rule.Answer // what the rules made of it
	work           state
}

// value puts the figure that is answered into v.
func (e *explainer) value(v *Verdict) {
	if v.Figure == "" {
		return
	}
	i, _ := e.question.vocabulary.Index(v.Figure)
	if e.question.facts[i].typ == Dates {
		v.Date = date(e.answer.Value)
		return
	}
	v.Amount, v.Unit = Number{e.answer.Value, true}, e.question.unit(i)
}

// unit returns the unit of a fact, or of what it is computed from.
func (q *question) unit(i int) string {
	f := &q.facts[i]
	switch {
	case f.spec != nil && f.spec.Unit != "":
		return f.spec.Unit
	case f.figure != nil:
		for _, c := range f.figure.cases {
			switch formula := c.formula.(type) {
			case Tally:
				return "machine"
			case Blocks:
				return formula.Unit
			case Difference, Excess, Total:
				return q.unit(c.at[0])
			}
		}
	}
	return ""
}

// explain fills in reasons, what is missing, readings, the nearest rule and
// remedies.
func (e *explainer) explain(v *Verdict) {
	q := e.question
	d := q.set.Reasons(e.filled.point[:q.vocabulary.Len()], e.stated.deriver(), e.ruled)
	v.steps = make([]step, 0, len(d.Steps))
	names := make([]string, 0, 2*len(d.Steps))
	for i, st := range d.Steps {
		r := &q.Rules[i]
		out := step{code: r.Code, clause: r.Clause, then: r.Then, standing: st.Standing, by: strings.TrimPrefix(st.By, q.Name+"/")}
		from := len(names)
		for _, f := range st.Lacking {
			names = append(names, q.facts[f].name)
		}
		if len(names) > from {
			out.lacking = names[from:len(names):len(names)]
		}
		v.steps = append(v.steps, out)
		if st.Standing == rule.Applied {
			reason := e.reason(r)
			v.Reasons = append(v.Reasons, reason)
			e.remedy(v, r, reason)
		}
	}
	if e.answer.Outcome.IsNo() && !slices.ContainsFunc(v.Reasons, func(r Reason) bool { return r.Effect == "excludes" }) {
		// Whatever the rest is, one of these excludes.
		for i, st := range d.Steps {
			if r := &q.Rules[i]; st.Standing == rule.Wanting && r.Then.IsNo() {
				v.Reasons = append(v.Reasons, e.reason(r))
			}
		}
	}
	e.defaults(v, d)
	if until := e.b.policy.InForce.Until; !until.IsZero() {
		if on, ok := e.filled.number(q.on); ok && on >= rule.Day(until) {
			v.Reasons = append(v.Reasons, Reason{Code: "later-edition-exists", Effect: "info"})
		}
	}
	if e.answer.Outcome == Undetermined {
		e.missing(v, d)
	} else if !e.answer.Outcome.IsGrant() {
		e.nearest(v, d)
	}
	e.mattered(v)
	v.facts = make([]factValue, 0, len(q.facts))
	for i, f := range q.facts {
		if text := e.filled.written(i); text != "" {
			v.facts = append(v.facts, factValue{f.name, text})
		}
	}
}

// defaults adds as reasons the clauses that gave a value to a term which the
// contract does not state and a reason rests on.
func (e *explainer) defaults(v *Verdict, d rule.Decision) {
	for _, i := range e.filled.byDefault {
		rests := false
		for k, st := range d.Steps {
			rests = rests || st.Standing == rule.Applied && slices.ContainsFunc(e.question.tests[k], func(t test) bool { return t.fact == i })
		}
		if f := &e.question.facts[i]; rests {
			code := strings.ReplaceAll(f.name, "_", "-") + "-by-default"
			v.Reasons = append(v.Reasons, Reason{Code: code, Effect: "info", Clause: f.spec.Clause})
		}
	}
}

// effectWord is what answers call the effect of a rule.
func effectWord(o Outcome) string {
	switch o.effect() {
	case rule.Grants, rule.Maintains:
		return "grants"
	case rule.Limits:
		return "limits"
	case rule.Excludes:
		return "excludes"
	}
	return "info"
}

// reason returns the reason that a rule is, with the quantities it turns on.
func (e *explainer) reason(r *Rule) Reason {
	out := Reason{Code: r.Code, Effect: effectWord(r.Then), Clause: r.Clause}
	for _, c := range r.When {
		if c.AtLeast == nil && c.AtMost == nil {
			continue
		}
		i, _ := e.question.vocabulary.Index(c.Fact)
		n, ok := e.filled.number(i)
		if f := &e.question.facts[i]; !ok || f.typ != Numeric || out.Has.stated {
			continue
		}
		out.Unit = e.question.unit(i)
		lacks := r.Then.IsNo() && c.AtMost != nil // too few, where a figure tells how many too many
		if f := e.question.facts[i].figure; f != nil && !lacks && e.quantity(&out, f, n) {
			continue
		}
		out.Has = Number{n, true}
		const one = 1000
		bound, whole := int64(0), int64(0)
		switch no := r.Then.IsNo(); {
		case !no && c.AtMost != nil:
			bound, whole = *c.AtMost, 0
		case !no:
			bound, whole = *c.AtLeast, 0
		case c.AtMost != nil: // below what is asked for
			if bound = *c.AtMost + 1; bound%one == 1 {
				whole = one - 1
			}
			out.Shortfall = Number{bound + whole - n, true}
		default: // above what is allowed
			if bound = *c.AtLeast - 1; bound%one == one-1 {
				whole = 1 - one
			}
			out.Shortfall = Number{n - bound - whole, true}
		}
		out.Covered = Number{bound + whole, true}
	}
	return out
}

// quantity explains a figure that is itself a shortfall.
func (e *explainer) quantity(out *Reason, f *figure, n int64) bool {
	c := f.taken(e.filled)
	if c == nil {
		return false
	}
	s := e.filled
	switch formula := c.formula.(type) {
	case Difference:
		of, _ := s.number(c.at[0])
		less, _ := s.number(c.at[1])
		out.Has, out.Covered = Number{of, true}, Number{less, true}
	case Excess:
		allowed, _, _ := formula.parts(s, c.at)
		has := new(big.Rat)
		if list, ok := s.numbers(c.at[0]); ok {
			for _, n := range list {
				has.Add(has, n.rat())
			}
		} else {
			of, _ := s.number(c.at[0])
			has = big.NewRat(of, 1000)
		}
		out.Has, _ = ceil(has)
		if out.Covered, _ = floor(allowed); formula.Per == "" && len(s.list(c.at[0]).numbers) > 0 {
			out.Covered = Number{out.Has.thousandths - n, true} // of each what it may have
		}
	case Tally:
		machines, _ := s.machines(c.at[0])
		for i := range machines {
			if has, _ := formula.has(&machines[i]); has {
				out.Machines = append(out.Machines, machines[i].ID)
			}
		}
		slices.Sort(out.Machines)
		out.Has = N(int64(len(machines)))
		out.Covered = Number{out.Has.thousandths - n, true}
	default:
		return false
	}
	out.Shortfall = Number{n, true}
	return true
}

// missing names what an undetermined answer hangs on: what the caller can
// state, and where a linked table or the text does not say, what that is.
func (e *explainer) missing(v *Verdict, d rule.Decision) {
	q := e.question
	var at []int
	hangs := d.Missing
	if !d.Exact { // too many ways to complete it: all that rules in doubt ask for
		hangs = nil
		for i, st := range d.Steps {
			if st.Standing == rule.Wanting && e.question.Rules[i].Then != Info {
				hangs = append(hangs, st.Lacking...)
			}
		}
	}
	for _, i := range hangs {
		at = e.filled.blocked(i, at)
	}
	if d.Answer.State == rule.Settled { // the figure to be answered is not known
		at = e.filled.blocked(q.grants[d.Answer.Value-1].gives, at)
	}
	slices.Sort(at)
	for _, i := range at {
		v.Missing = append(v.Missing, q.facts[i].name)
	}
}

// written is what is known of a fact, "" when nothing is.
func (s *state) written(i int) string {
	f := &s.question.facts[i]
	if s.point[i] == 0 {
		return ""
	}
	switch f.typ {
	case Closed:
		return s.question.vocabulary.Value(i, s.point[i])
	case Numeric:
		n, _ := s.number(i)
		return Number{n, true}.String()
	case Dates:
		n, _ := s.number(i)
		if s.month(i) {
			return date(n).String()[:len("2006-01")]
		}
		return date(n).String()
	}
	l := s.list(i)
	switch f.typ {
	case Numbers:
		return strings.Join(strings.Fields(strings.Trim(fmt.Sprint(l.numbers), "[]")), ", ")
	case Machines:
		return fmt.Sprintf("%d machines", len(l.machines))
	case Outages:
		return fmt.Sprintf("%d outages", len(l.outages))
	}
	return l.instant.Format("2006-01-02T15:04:05Z07:00")
}
