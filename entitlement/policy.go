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
	plan       []planned // the facts of the typed question, in the order it states them
	tests      [][]test  // of each rule
	turns      []uint64  // by fact: the readings, by place in readings, that it turns on
	subject    []bool    // by fact: whether it says what the question is about
	standards  []int     // facts with a value when they are not stated

	numbers                    int // slots of nums in use
	on, onStated, term, bought int // places
	// Places of facts that not every question has; -1 where it has none.
	machine, release, offering, sold, quantity, size int
}

// A planned fact is one that a typed question states.
type planned struct {
	at    int // its place, or -1 where the edition's question has no such fact
	names *rule.Names
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
	missing  uint64 // cases that ask for what a base has and does not know
	rules    uint64 // rules that turn on it, of a set of up to 64; everyRule where it may refuse
	columns  []figureColumn
	words    []uint8 // by the code of the one column there is, where that gives the word
}

// everyRule is the rules of a figure that is computed whatever rules are left.
const everyRule = math.MaxUint64

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
	word    uint8   // the code where the formula is a Word, so that there is nothing to compute
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
	askable := typed()
	for _, q := range p.questions {
		q.plan = planOf(q, askable)
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
	case ConstantDate:
		if f.Date.IsZero() {
			return "is a date that is not stated"
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
