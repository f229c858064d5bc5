package entitlement

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/entitlement/rule"
)

// What one question's vocabulary may have, so that a point fits a stack array.
const (
	maxFacts   = 192
	maxNumbers = 64
)

// A Policy is the coverage part of one edition, ready to be asked. It is
// immutable and safe for concurrent use. The zero Policy has no questions.
type Policy struct {
	Spec
	questions []*question
	byName    map[string]int
	since     int64 // the edition's first day; far in the past where it has none
	states    sync.Pool
	recent    atomic.Pointer[question] // asked last, and likely to be asked next
	columns   map[Column]*column
}

// A question is a QuestionSpec compiled.
type question struct {
	*QuestionSpec
	policy     *Policy
	number     int
	vocabulary *rule.Vocabulary
	set        *rule.Set
	facts      []fact // by place in a point
	figures    []*figure
	grants     []grant
	readings   []readingAt
	fast       bool      // whether what a base has computed stands for typed questions
	later      []*figure // those that a base for a release does not have
	given      []int     // facts that are settled once the contract and the release are
	plan       []int16   // where the facts of the typed question stand, in the order it states them
	tests      [][]test  // of each rule
	turns      []uint64  // by fact: the readings, by place in readings, that it turns on
	subject    []bool    // by fact: whether it says what the question is about
	standards  []int     // facts with a value when they are not stated

	numbers                                      int // slots of nums in use
	on, onStated, term, machine, release, bought int // places; machine and release are -1 where there is no such fact
}

// A fact is one of a question's, at its place in a point.
type fact struct {
	name     string
	typ      Type
	spec     *Fact
	slot     int // of its number, or of its list
	figure   *figure
	standard uint8 // the code when it is not stated
	reading  bool
}

// A figure is a Figure compiled for one question.
type figure struct {
	*Figure
	at       int
	statable bool
	cases    []figureCase
	all      uint64 // a bit for each case
	rules    uint64 // rules that turn on it, of a set of up to 64
	columns  []figureColumn
}

// A figureColumn is what the cases of a figure ask of one fact.
type figureColumn struct {
	fact int
	asks uint64   // cases with a condition on it
	row  []uint64 // by code: cases that the code does not contradict
}

type figureCase struct {
	when    []test
	formula Formula
	at      []int   // of what the formula reads
	codes   []uint8 // of the formula's words
}

// A test is a condition: the codes of a fact that fulfil it.
type test struct {
	fact    int
	allowed [4]uint64
}

// A grant is what a rule that grants answers.
type grant struct {
	outcome Outcome
	service string
	gives   int // place of the figure answered, or -1
}

// A readingAt is a reading and its place in a point.
type readingAt struct {
	*Reading
	at       int
	standard uint8
}

// NewPolicy checks a Spec and makes the policy of it, which keeps the Spec's
// slices: do not change them. The error joins everything wrong: a
// [*PolicyError], or a [*rule.FactError] or [*rule.RuleError] whose rule is
// named "question/code".
func NewPolicy(s Spec) (*Policy, error) {
	p := &Policy{Spec: s, byName: map[string]int{}, columns: map[Column]*column{}, since: math.MinInt64}
	if !s.InForce.Since.IsZero() {
		p.since = rule.Day(s.InForce.Since)
	}
	errs := p.check()
	all := slices.Clone(p.Questions)
	if p.figureNamed(FactPhase) != nil {
		all = append(all, QuestionSpec{Name: phaseQuestion, Rules: []Rule{{Code: FactPhase, Then: Covered, Gives: FactPhase}}})
	}
	for i := range all {
		if _, again := p.byName[all[i].Name]; again {
			errs = append(errs, &PolicyError{"question " + all[i].Name, "stands twice"})
			continue
		}
		q := &question{QuestionSpec: &all[i], policy: p, number: len(p.questions)}
		p.byName[q.Name] = q.number
		p.questions = append(p.questions, q)
		errs = append(errs, q.compile()...)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	for _, q := range p.questions {
		q.plan = planOf(q)
		q.findGiven()
	}
	p.states.New = func() any { return new(state) }
	return p, nil
}

// check looks at what is not of one question.
func (p *Policy) check() (errs []error) {
	if len(p.Limits) > 64 {
		errs = append(errs, &PolicyError{"limits", fmt.Sprintf("%d limits, at most 64", len(p.Limits))})
	}
	seen := map[string]bool{}
	for _, f := range p.Figures {
		if seen[f.Name] {
			errs = append(errs, &PolicyError{"figure " + f.Name, "stands twice"})
		}
		seen[f.Name] = true
		if len(f.Cases) == 0 {
			errs = append(errs, &PolicyError{"figure " + f.Name, "has no cases"})
		}
		for _, c := range f.Cases {
			if why := formulaProblem(c.Formula); why != "" {
				errs = append(errs, &PolicyError{"figure " + f.Name, why})
			}
			if col, ok := c.Formula.(Column); ok {
				if _, err := p.column(col); err != nil {
					errs = append(errs, &PolicyError{"figure " + f.Name, err.Error()})
				}
			}
		}
	}
	for _, r := range p.Readings {
		if _, ok := r.Value(r.Default); !ok {
			errs = append(errs, &PolicyError{"reading " + r.Key, fmt.Sprintf("default %q is not one of its values", r.Default)})
		}
	}
	return errs
}

// formulaProblem says which number of a formula is not stated, or cannot be.
func formulaProblem(f Formula) string {
	switch f := f.(type) {
	case Constant:
		if !f.N.stated {
			return "is a constant that is not stated"
		}
	case Excess:
		if !f.Allowance.stated {
			return "has an allowance that is not stated"
		}
	case Blocks:
		if !f.Gives.stated {
			return "has blocks of which it is not stated what each gives"
		}
		for _, b := range f.Each {
			if b.Size.thousandths <= 0 {
				return "has blocks of " + b.Of + " without a size"
			}
		}
	}
	return ""
}

// column finds what a Column names.
func (p *Policy) column(c Column) (*column, error) {
	if out, ok := p.columns[c]; ok {
		return out, nil
	}
	t := slices.IndexFunc(p.Tables, func(t Table) bool { return t.Name == c.Table })
	if t < 0 {
		return nil, fmt.Errorf("there is no table %q", c.Table)
	}
	table := p.Tables[t]
	k := slices.IndexFunc(table.Columns, func(t TableColumn) bool { return t.Name == c.Column })
	if k < 0 {
		return nil, fmt.Errorf("table %q has no column %q", c.Table, c.Column)
	}
	out := &column{key: table.Key, typ: table.Columns[k].Type}
	for _, name := range p.keyValues(table.Key) {
		cell := Cell{}
		if i := slices.IndexFunc(table.Rows, func(r Row) bool { return r.Name == name }); i >= 0 && k < len(table.Rows[i].Cells) {
			cell = table.Rows[i].Cells[k]
		}
		if !cell.Date.IsZero() {
			cell.day = rule.Day(cell.Date)
		}
		out.cells = append(out.cells, cell)
	}
	p.columns[c] = out
	return out, nil
}

// keyValues returns the names of all rows of tables with a key.
func (p *Policy) keyValues(key string) (out []string) {
	seen := map[string]bool{}
	for _, t := range p.Tables {
		if t.Key != key {
			continue
		}
		for _, r := range t.Rows {
			if !seen[r.Name] {
				seen[r.Name] = true
				out = append(out, r.Name)
			}
		}
	}
	return out
}

// figureNamed returns a figure by its name.
func (p *Policy) figureNamed(name string) *Figure {
	if i := slices.IndexFunc(p.Figures, func(f Figure) bool { return f.Name == name }); i >= 0 {
		return &p.Figures[i]
	}
	return nil
}

// factNamed returns the declaration of a fact: the question's own, one common
// to all, or one that a policy always has.
func (q *question) factNamed(name string) *Fact {
	for _, facts := range [][]Fact{q.QuestionSpec.Facts, q.policy.Spec.Facts, always} {
		if i := slices.IndexFunc(facts, func(f Fact) bool { return f.Name == name }); i >= 0 {
			return &facts[i]
		}
	}
	return nil
}

// always are the facts that every policy has.
var always = []Fact{
	{Name: FactOn, Type: Dates, Means: "the date asked about"},
	{Name: FactOnStated, Values: noYes},
	{Name: FactContractTerm, Values: []string{"before", "running", "after"}},
	{Name: FactMachineBought, Values: noYes},
}

// names returns the facts, figures and readings of a question: those of its
// own, those common to all, and what its rules ask for, directly or not.
func (q *question) names() (facts, figures, readings []string, errs []error) {
	isReading := map[string]bool{}
	for _, r := range q.policy.Spec.Readings {
		isReading[r.Key] = true
	}
	seen := map[string]bool{}
	var visit func(name, by string)
	figure := func(f *Figure) {
		for _, c := range f.Cases {
			for _, name := range q.caseReads(c) {
				visit(name, "figure "+f.Name)
			}
		}
		figures = append(figures, f.Name)
	}
	visit = func(name, by string) {
		if seen[name] {
			return
		}
		seen[name] = true
		switch f := q.policy.figureNamed(name); {
		case f != nil:
			figure(f)
		case isReading[name]:
			readings = append(readings, name)
		case q.factNamed(name) != nil:
			facts = append(facts, name)
		default:
			errs = append(errs, &PolicyError{by, fmt.Sprintf("asks for %q, which is no fact of question %s", name, q.Name)})
		}
	}
	for _, all := range [][]Fact{always, q.policy.Spec.Facts, q.QuestionSpec.Facts} {
		for _, f := range all {
			visit(f.Name, "")
		}
	}
	for _, r := range q.Rules {
		for _, c := range r.When {
			visit(c.Fact, "rule "+q.Name+"/"+r.Code)
		}
		if r.Gives != "" {
			visit(r.Gives, "rule "+q.Name+"/"+r.Code)
		}
	}
	return facts, figures, readings, errs
}

// caseReads returns what a case of a figure turns on.
func (q *question) caseReads(c Case) (names []string) {
	for _, w := range c.When {
		names = append(names, w.Fact)
	}
	return append(names, q.formula(c.Formula).reads()...)
}

// formula returns a formula with its table found.
func (q *question) formula(f Formula) Formula {
	if c, ok := f.(Column); ok {
		if col, err := q.policy.column(c); err == nil {
			return col
		}
	}
	return f
}

func (q *question) compile() []error {
	names, figures, readings, errs := q.names()
	if len(errs) > 0 {
		return errs
	}
	var all []rule.Fact
	var conditions []rule.Rule // of rules and figures, for their cuts
	for _, r := range q.Rules {
		conditions = append(conditions, rule.Rule{When: r.When})
	}
	for _, name := range figures {
		for _, c := range q.policy.figureNamed(name).Cases {
			conditions = append(conditions, rule.Rule{When: c.When})
		}
	}
	add := func(f rule.Fact, typ Type, spec *Fact) {
		if typ == Closed && len(f.Values) == 0 {
			f.Values = q.policy.keyValues(f.Name)
		}
		if typ != Closed {
			f.Values, f.Cuts = nil, rule.Cuts(f.Name, conditions...)
		}
		all = append(all, f)
		q.facts = append(q.facts, fact{name: f.Name, typ: typ, spec: spec})
	}
	for _, name := range names {
		f := q.factNamed(name)
		out := rule.Fact{Name: name, Values: f.Values}
		if name == FactContractTerm {
			out.Role, out.From = rule.Derived, []string{FactOn}
		}
		add(out, f.Type, f)
	}
	for _, name := range figures {
		f := q.policy.figureNamed(name)
		typ, words := q.figureType(f, &errs)
		spec := q.factNamed(name)
		if spec != nil && spec.Type != typ {
			errs = append(errs, &PolicyError{"figure " + name, "is declared as a fact of another type"})
		}
		if spec != nil && typ == Closed {
			for _, w := range words {
				if !slices.Contains(spec.Values, w) {
					errs = append(errs, &PolicyError{"figure " + name, fmt.Sprintf("gives %q, which is no value of the fact", w)})
				}
			}
			words = spec.Values
		}
		from := []string{}
		for _, c := range f.Cases {
			for _, n := range q.caseReads(c) {
				if !slices.Contains(from, n) {
					from = append(from, n)
				}
			}
		}
		add(rule.Fact{Name: name, Values: words, Role: rule.Derived, From: from}, typ, spec)
	}
	for _, key := range readings {
		r := &q.policy.Spec.Readings[slices.IndexFunc(q.policy.Spec.Readings, func(r Reading) bool { return r.Key == key })]
		f := rule.Fact{Name: key, Role: rule.Reading}
		for _, v := range r.Values {
			f.Values = append(f.Values, v.Name)
		}
		standard, _ := r.Value(r.Default)
		q.readings = append(q.readings, readingAt{r, len(all), uint8(standard + 1)})
		add(f, Closed, nil)
		q.facts[len(q.facts)-1].reading = true
	}
	if len(errs) > 0 {
		return errs
	}
	if len(q.readings) > 64 {
		return []error{&PolicyError{"question " + q.Name, fmt.Sprintf("%d readings, at most 64", len(q.readings))}}
	}
	if len(all) > maxFacts {
		return []error{&PolicyError{"question " + q.Name, fmt.Sprintf("%d facts and readings, at most %d", len(all), maxFacts)}}
	}
	var err error
	if q.vocabulary, err = rule.NewVocabulary(all...); err != nil {
		return []error{err}
	}
	q.on, _ = q.vocabulary.Index(FactOn)
	q.onStated, _ = q.vocabulary.Index(FactOnStated)
	q.term, _ = q.vocabulary.Index(FactContractTerm)
	q.bought, _ = q.vocabulary.Index(FactMachineBought)
	q.machine, q.release = -1, -1
	if i, ok := q.vocabulary.Index(FactMachine); ok {
		q.machine = i
	}
	if i, ok := q.vocabulary.Index(FactRelease); ok && q.facts[i].typ == Closed {
		q.release = i
	}
	errs = append(errs, q.place()...)
	errs = append(errs, q.compileFigures(figures)...)
	return append(errs, q.compileRules()...)
}

// place gives numbers and lists their slots, and closed facts their standard
// values.
func (q *question) place() (errs []error) {
	numbers, lists := 0, 0
	for i := range q.facts {
		f := &q.facts[i]
		switch f.typ {
		case Numeric, Dates:
			f.slot = numbers
			numbers++
		case Closed, Text:
			if f.spec == nil || f.spec.Default == "" {
				continue
			}
			code, ok := q.vocabulary.Code(i, f.spec.Default)
			if !ok {
				errs = append(errs, &PolicyError{"fact " + f.name, fmt.Sprintf("%q is not one of its values", f.spec.Default)})
			}
			if f.spec.Clause != "" {
				continue // what a clause gives by default is the contract's
			}
			f.standard = code
			q.standards = append(q.standards, i)
		default:
			f.slot = lists
			lists++
		}
	}
	q.numbers = numbers
	if numbers > maxNumbers {
		errs = append(errs, &PolicyError{"question " + q.Name, fmt.Sprintf("%d numbers and dates, at most %d", numbers, maxNumbers)})
	}
	return errs
}

// figureType returns the type that all cases of a figure have, and the words
// of a closed one in the order of the cases.
func (q *question) figureType(f *Figure, errs *[]error) (Type, []string) {
	var typ Type
	var words []string
	for i, c := range f.Cases {
		t, w := q.formula(c.Formula).gives()
		if i > 0 && t != typ {
			*errs = append(*errs, &PolicyError{"figure " + f.Name, "has cases of different types"})
		}
		typ = t
		for _, word := range w {
			if !slices.Contains(words, word) {
				words = append(words, word)
			}
		}
	}
	return typ, words
}

func (q *question) compileFigures(names []string) (errs []error) {
	for _, name := range names {
		f := &figure{Figure: q.policy.figureNamed(name), statable: q.factNamed(name) != nil}
		f.at, _ = q.vocabulary.Index(name)
		for _, c := range f.Cases {
			formula := q.formula(c.Formula)
			switch formula.(type) {
			case Difference, Excess, Tally, UptimeKept:
				f.statable = false
			}
			out := figureCase{formula: formula}
			for _, n := range formula.reads() {
				i, _ := q.vocabulary.Index(n)
				out.at = append(out.at, i)
			}
			_, words := formula.gives()
			for _, w := range words {
				code, _ := q.vocabulary.Code(f.at, w)
				out.codes = append(out.codes, code)
			}
			for _, w := range c.When {
				t, why := q.test(w)
				if why != "" {
					errs = append(errs, &PolicyError{"figure " + name, why})
				}
				out.when = append(out.when, t)
			}
			f.cases = append(f.cases, out)
		}
		if len(f.cases) > 64 {
			errs = append(errs, &PolicyError{"figure " + name, fmt.Sprintf("%d cases, at most 64", len(f.cases))})
			continue
		}
		f.makeColumns(q)
		q.facts[f.at].figure = f
		q.figures = append(q.figures, f) // what it reads was visited before it
	}
	return errs
}

func (f *figure) makeColumns(q *question) {
	for k, c := range f.cases {
		f.all |= 1 << k
		for _, t := range c.when {
			i := slices.IndexFunc(f.columns, func(c figureColumn) bool { return c.fact == t.fact })
			if i < 0 {
				i = len(f.columns)
				f.columns = append(f.columns, figureColumn{fact: t.fact, row: slices.Repeat([]uint64{math.MaxUint64}, q.vocabulary.Fact(t.fact).Codes()+1)})
			}
			col := &f.columns[i]
			col.asks |= 1 << k
			for code := 1; code < len(col.row); code++ {
				if t.allowed[code/64]>>(code%64)&1 == 0 {
					col.row[code] &^= 1 << k
				}
			}
		}
	}
}

// test compiles a condition of a figure.
func (q *question) test(c rule.Condition) (t test, why string) {
	t.fact, _ = q.vocabulary.Index(c.Fact)
	f := q.vocabulary.Fact(t.fact)
	low, high := 1, f.Codes()
	if f.Values != nil && (c.AtLeast != nil || c.AtMost != nil) {
		return t, fmt.Sprintf("asks whether %s is at least or at most a number, and it is a word", c.Fact)
	}
	if c.AtLeast != nil {
		low = int(q.vocabulary.CodeNumber(t.fact, *c.AtLeast))
	}
	if c.AtMost != nil {
		high = int(q.vocabulary.CodeNumber(t.fact, *c.AtMost))
	}
	for code := low; code <= high && len(c.In) == 0; code++ {
		t.allowed[code/64] |= 1 << (code % 64)
	}
	for _, value := range c.In {
		code, ok := q.vocabulary.Code(t.fact, value)
		if !ok {
			return t, fmt.Sprintf("asks whether %s is %q, which it never is", c.Fact, value)
		}
		t.allowed[code/64] |= 1 << (code % 64)
	}
	return t, ""
}

func (q *question) compileRules() (errs []error) {
	grants := map[grant]bool{}
	for i := range q.Rules {
		r := &q.Rules[i]
		if why := q.ruleProblem(r); why != "" {
			errs = append(errs, &rule.RuleError{Rule: q.Name + "/" + r.Code, Why: why})
		}
		if e := r.Then.effect(); e == rule.Grants || e == rule.Maintains {
			grants[q.grant(r)] = true
		}
	}
	q.grants = slices.SortedFunc(maps.Keys(grants), q.compareGrants)
	var rules []rule.Rule
	var err error
	for i := range q.Rules {
		r := &q.Rules[i]
		out := rule.Rule{ID: q.Name + "/" + r.Code, Clause: r.Clause, When: r.When, Effect: r.Then.effect()}
		if r.Except != "" {
			out.Except = q.Name + "/" + r.Except
		}
		switch out.Effect {
		case rule.Grants, rule.Maintains:
			out.Then = 1 + slices.Index(q.grants, q.grant(r))
		case rule.Limits:
			out.Then = max(0, slices.Index(q.policy.Limits, r.Limit))
		case rule.Excludes:
			out.Then = int(r.Then.exclusion())
		}
		rules = append(rules, out)
	}
	if q.set, err = rule.NewCoverage(q.vocabulary, rules...); err != nil {
		return append(errs, err)
	}
	q.findTurns()
	q.findSubject()
	for i := range q.Rules {
		var tests []test
		for _, c := range q.Rules[i].When {
			t, _ := q.test(c) // NewCoverage has looked at it
			tests = append(tests, t)
		}
		q.tests = append(q.tests, tests)
	}
	return errs
}

// findSubject finds the question's own facts that most rules which grant ask
// for: a rule about something else comes near to nothing.
func (q *question) findSubject() {
	asked, grants := make([]int, len(q.facts)), 0
	for i := range q.Rules {
		if e := q.Rules[i].Then.effect(); e != rule.Grants && e != rule.Maintains {
			continue
		}
		grants++
		for _, c := range q.Rules[i].When {
			at, _ := q.vocabulary.Index(c.Fact)
			asked[at]++
		}
	}
	q.subject = make([]bool, len(q.facts))
	for i, f := range q.facts {
		own := slices.ContainsFunc(q.Facts, func(o Fact) bool { return o.Name == f.name })
		q.subject[i] = own && f.figure == nil && f.typ == Closed && 2*asked[i] > grants
	}
}

// findTurns finds the readings that each fact turns on.
func (q *question) findTurns() {
	q.turns = make([]uint64, len(q.facts))
	for k, r := range q.readings {
		q.turns[r.at] = 1 << k
	}
	for _, f := range q.figures {
		for _, c := range f.cases {
			for _, t := range c.when {
				q.turns[f.at] |= q.turns[t.fact]
			}
			for _, at := range c.at {
				q.turns[f.at] |= q.turns[at]
			}
		}
	}
}

// findGiven finds what the contract, the readings and the release settle, and
// the figures that they do not. What a typed question states beside the release
// must not be among it: a stated figure wins.
func (q *question) findGiven() {
	settled := make([]bool, len(q.facts))
	for i, f := range q.facts {
		settled[i] = f.reading || f.name == FactRelease || f.figure == nil && q.ofContract(f.name) &&
			f.name != FactContractTerm && f.name != FactMachineBought && f.name != FactOnStated
	}
	for _, f := range q.figures {
		settled[f.at] = true
		for _, c := range f.cases {
			for _, t := range c.when {
				settled[f.at] = settled[f.at] && settled[t.fact]
			}
			for _, at := range c.at {
				settled[f.at] = settled[f.at] && settled[at]
			}
		}
		if !settled[f.at] {
			q.later = append(q.later, f)
		}
	}
	for i, yes := range settled {
		if yes {
			q.given = append(q.given, i)
		}
	}
	q.fast = q.plan != nil && q.set.Len() <= 64
	if !q.fast {
		return
	}
	for i := range q.Rules {
		if f := q.facts[max(0, q.gives(i))].figure; f != nil && q.gives(i) >= 0 {
			f.rules |= 1 << i
		}
	}
	for k := len(q.figures) - 1; k >= 0; k-- { // those computed from it come after it
		f := q.figures[k]
		f.rules |= q.set.Asks(f.at)
		for _, c := range f.cases {
			switch c.formula.(type) {
			case Difference, Excess, Total, UptimeKept: // which refuse what cannot be
				f.rules = math.MaxUint64
			}
			for _, t := range c.when {
				if from := q.facts[t.fact].figure; from != nil {
					from.rules |= f.rules
				}
			}
			for _, at := range c.at {
				if from := q.facts[at].figure; from != nil {
					from.rules |= f.rules
				}
			}
		}
	}
	for k, at := range q.plan {
		if k >= len(aboutFacts) && at >= 0 && q.facts[at].figure != nil {
			q.fast = false
		}
	}
}

// ruleProblem says what is wrong with a rule beside its conditions.
func (q *question) ruleProblem(r *Rule) string {
	p := q.policy
	switch o := r.Then; {
	case !slices.Contains(q.Kind.Outcomes(), o):
		return fmt.Sprintf("says %v, which is no answer to a question of kind %v", o, q.Kind)
	case (o == Limited) != (r.Limit != "") || r.Limit != "" && !slices.Contains(p.Limits, r.Limit):
		return fmt.Sprintf("has the limit %q; one that the edition has goes with limited, and with nothing else", r.Limit)
	case r.Service != "" && (o != Covered || !slices.Contains(p.Services, r.Service)):
		return fmt.Sprintf("has the service %q; one that the edition has may go with covered, and with nothing else", r.Service)
	case (o == Amount || o == Dated) && r.Gives == "":
		return fmt.Sprintf("says %v and does not say which figure it gives", o)
	case r.Gives != "" && o.effect() != rule.Grants && o != Standard:
		return "gives a figure and grants nothing"
	case r.Gives != "" && q.Name != phaseQuestion && !q.mayGive(o, r.Gives):
		return fmt.Sprintf("gives %q; a number goes with amount, a date with date, and a word with nothing", r.Gives)
	case r.Remedy != "" && (!o.IsNo() || !slices.Contains(p.Addons, r.Remedy)):
		return fmt.Sprintf("has the remedy %q; an add-on that the edition has may go with a no, and with nothing else", r.Remedy)
	}
	return ""
}

// mayGive reports whether a figure has the type that an outcome answers.
func (q *question) mayGive(o Outcome, figure string) bool {
	at, _ := q.vocabulary.Index(figure)
	typ := q.facts[at].typ
	return typ == Numeric && o != Dated || typ == Dates && o != Amount
}

func (q *question) grant(r *Rule) grant {
	g := grant{r.Then, r.Service, -1}
	if at, ok := q.vocabulary.Index(r.Gives); ok {
		g.gives = at
	}
	return g
}

// gives returns the place of the figure that rule i answers, or -1.
func (q *question) gives(i int) int {
	if at, ok := q.vocabulary.Index(q.Rules[i].Gives); ok {
		return at
	}
	return -1
}

// compareGrants puts services in the edition's order of precedence, before
// grants without one.
func (q *question) compareGrants(a, b grant) int {
	rank := func(g grant) int {
		if i := slices.Index(q.policy.Services, g.service); i >= 0 {
			return i
		}
		return len(q.policy.Services)
	}
	if d := rank(a) - rank(b); d != 0 {
		return d
	}
	if d := int(a.outcome) - int(b.outcome); d != 0 {
		return d
	}
	return a.gives - b.gives
}

// phaseQuestion asks for the phase alone.
const phaseQuestion = "\x00phase"

// Phase returns the phase of a release on a date, or "" when a date it takes is
// not known. Readings choose between computed and published dates where the
// edition has them.
func (p *Policy) Phase(release string, on calendar.Date, readings map[string]string) (string, error) {
	n, ok := p.byName[phaseQuestion]
	if !ok {
		return "", nil
	}
	b := &Bound{policy: p, contract: Contract{Readings: maps.Clone(readings)}, chosen: map[string]bool{}, bases: make([]atomic.Pointer[base], len(p.questions))}
	if err := errors.Join(b.read()...); err != nil {
		return "", err
	}
	q := p.questions[n]
	s := b.stated(q, Facts{Question: phaseQuestion, On: on, Values: map[string]any{FactRelease: release}})
	s.fill()
	if len(s.errs) > 0 {
		return "", &ValueError{Field: "release.version", Value: release, Allowed: p.keyValues(FactRelease)}
	}
	i, _ := q.vocabulary.Index(FactPhase)
	return q.vocabulary.Value(i, s.point[i]), nil
}
