package entitlement

import (
	"fmt"
	"math"
	"slices"

	"github.com/supportterms/supportterms/entitlement/rule"
)

// factNamed returns the declaration of a fact: the question's own, one common
// to all, or one that a policy always has.
func (q *question) factNamed(name string) *Fact {
	for _, facts := range [][]Fact{q.QuestionSpec.Facts, q.policy.Spec.Facts, always, ifAsked} {
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

// ifAsked are facts that a question has when one of its rules asks for them.
var ifAsked = []Fact{{Name: FactOfferingBought, Values: noYes}}

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
	all := make([]rule.Fact, 0, len(names)+len(figures)+len(readings))
	q.facts = make([]fact, 0, cap(all))
	var bounded []rule.Rule // of rules and figures those that compare, for their cuts
	compares := func(when []rule.Condition) {
		if slices.ContainsFunc(when, func(c rule.Condition) bool { return c.AtLeast != nil || c.AtMost != nil }) {
			bounded = append(bounded, rule.Rule{When: when})
		}
	}
	for _, r := range q.Rules {
		compares(r.When)
	}
	for _, name := range figures {
		for _, c := range q.policy.figureNamed(name).Cases {
			compares(c.When)
		}
	}
	add := func(f rule.Fact, typ Type, spec *Fact) {
		if typ == Closed && len(f.Values) == 0 {
			f.Values = q.policy.keyValues(f.Name)
		}
		if typ != Closed {
			f.Values, f.Cuts = nil, rule.Cuts(f.Name, bounded...)
		}
		all = append(all, f)
		q.facts = append(q.facts, fact{name: f.Name, typ: typ, spec: spec})
	}
	for _, name := range names {
		f := q.factNamed(name)
		out := rule.Fact{Name: name, Values: f.Values}
		switch name {
		case FactContractTerm:
			out.Role, out.From = rule.Derived, []string{FactOn}
		case FactOfferingBought:
			out.Role, out.From = rule.Derived, []string{FactOffering}
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
	q.machine, q.release = q.place(FactMachine), -1
	q.offering, q.sold = q.place(FactOffering), q.place(FactOfferingBought)
	q.quantity, q.size = q.place(FactQuantity), q.place(FactSize)
	if i, ok := q.vocabulary.Index(FactRelease); ok && q.facts[i].typ == Closed {
		q.release = i
	}
	errs = append(errs, q.lay()...)
	errs = append(errs, q.compileFigures(figures)...)
	return append(errs, q.compileRules()...)
}

// place returns where a fact stands, or -1.
func (q *question) place(name string) int {
	if i, ok := q.vocabulary.Index(name); ok {
		return i
	}
	return -1
}

// lay gives numbers and lists their slots, and closed facts their standard
// values.
func (q *question) lay() (errs []error) {
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
			if _, ok := formula.(Word); ok {
				out.word = out.codes[0]
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
