package catalog

import (
	"maps"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/entitlement"
	"github.com/supportterms/supportterms/entitlement/rule"
	"github.com/supportterms/supportterms/sla"
)

// A coverage is the coverage part of an edition while it is read.
type coverage struct {
	entitlement.Spec
	facts     map[string]entitlement.Fact            // common to all questions
	own       map[string]map[string]entitlement.Fact // by question
	questions map[string]int                         // places in Spec.Questions
	figures   map[string]entitlement.Fact            // what each figure is
	torn      map[string]bool                        // questions with a rule that could not be read
	broken    bool                                   // whether there is a figure that could not be read
}

// everyQuestion is where rules stand that are put to all questions.
const everyQuestion = "every"

var factTypes = map[string]entitlement.Type{
	"date": entitlement.Dates, "instant": entitlement.Instants, "machines": entitlement.Machines,
	"outages": entitlement.Outages, "text": entitlement.Text, "number": entitlement.Numeric,
}

// readFact reads the declaration of a fact.
func (r *reader) readFact(f field) entitlement.Fact {
	fact := entitlement.Fact{Name: f.key}
	r.isName(f.key, f.name, f.path)
	if f.value.Kind != yaml.MappingNode {
		if r.factType(&fact, f); fact.Type == entitlement.Outages {
			r.fail(f.value, f.path, "outages want their words; write {type: outages, attributions: [...], causes: [...]}")
		}
		return fact
	}
	m := r.record(f.value, f.path, nil, []string{"values", "type", "number", "numbers", "aliases", "default", "unless_stated", "implied_by", "means", "attributions", "causes"})
	fact.Means = r.text(m.get("means"))
	kinds := 0
	for _, key := range []string{"values", "type", "number", "numbers"} {
		v := m.get(key)
		if v.value == nil {
			continue
		}
		kinds++
		switch key {
		case "values":
			if fact.Values = r.names(v); v.value.Kind == yaml.SequenceNode && len(v.value.Content) == 0 {
				r.fail(v.value, v.path, "no value; want one at least")
			}
		case "type":
			r.factType(&fact, v)
		case "number":
			fact.Type, fact.Unit = entitlement.Numeric, r.text(v)
		case "numbers":
			fact.Type, fact.Unit = entitlement.Numbers, r.text(v)
		}
	}
	fact.Attributions, fact.Causes = r.names(m.get("attributions")), r.names(m.get("causes"))
	outages := fact.Type == entitlement.Outages
	if kinds == 1 && (outages != m.has("attributions") || outages != m.has("causes")) {
		r.fail(f.value, f.path, "attributions and causes are the words that outages have; want both with type: outages, and only there")
	}
	if kinds != 1 {
		r.fail(f.value, f.path, "%d of values, type, number and numbers; want one", kinds)
	}
	for _, a := range r.fields(m.get("aliases").value, m.get("aliases").path) {
		r.isName(a.key, a.name, a.path)
		if slices.Contains(fact.Values, a.key) {
			r.fail(a.name, a.path, "%q is a value itself; leave the alias out", a.key)
		}
		if fact.Aliases == nil {
			fact.Aliases = map[string]string{}
		}
		if value, ok := r.oneOf(a, fact.Values); ok {
			fact.Aliases[a.key] = value
		}
	}
	if d := m.get("default"); d.value != nil {
		dm := r.record(d.value, d.path, []string{"value", "clause"}, nil)
		fact.Clause = r.cite(dm.get("clause"))
		if value, ok := r.oneOf(dm.get("value"), fact.Values); ok {
			fact.Default = value
		}
	}
	if u := m.get("unless_stated"); u.value != nil {
		if fact.Default != "" {
			r.fail(u.name, u.path, "a default and unless_stated; leave one out")
		}
		if value, ok := r.oneOf(u, fact.Values); ok {
			fact.Default = value
		}
	}
	return fact
}

func (r *reader) factType(fact *entitlement.Fact, f field) {
	names := append(slices.Sorted(maps.Keys(factTypes)), "yes-no")
	s, ok := r.oneOf(f, names)
	if s == "yes-no" {
		fact.Values = []string{"no", "yes"}
	} else if ok {
		fact.Type = factTypes[s]
	}
}

// maxQuestions is how many questions an edition may have.
const maxQuestions = 50

// readQuestions reads what is asked, and the facts of each question.
func (r *reader) readQuestions(f field) {
	for i, f := range r.fields(f.value, f.path) {
		if i == maxQuestions {
			r.fail(f.name, f.path, "more than %d questions; leave some out", maxQuestions)
			break
		}
		m := r.record(f.value, f.path, []string{"kind", "asks"}, []string{"facts"})
		q := entitlement.QuestionSpec{Name: f.key, Asks: r.text(m.get("asks"))}
		r.isName(f.key, f.name, f.path)
		if _, err := sla.ParseQuestion(f.key); err == nil || f.key == everyQuestion {
			r.fail(f.name, f.path, "%q is a question about responses, or all questions; choose another name", f.key)
		}
		if kind, ok := r.oneOf(m.get("kind"), kindNames()); ok {
			q.Kind, _ = entitlement.ParseKind(kind)
		}
		own := map[string]entitlement.Fact{}
		for _, f := range r.fields(m.get("facts").value, m.get("facts").path) {
			if _, global := r.coverage.facts[f.key]; global || r.isTaken(f.key) {
				r.fail(f.name, f.path, "there is a fact %q of all questions already; choose another name", f.key)
			}
			fact := r.readFact(f)
			if f.value.Kind == yamlMapping {
				if i := childOf(f.value, "implied_by"); i != nil {
					r.fail(i, join(f.path, "implied_by"), "what one fact implies of another is of responses, which have the facts of all questions only; leave it out")
				}
			}
			own[f.key] = fact
			q.Facts = append(q.Facts, fact)
			r.parts["fact "+f.key] = f
		}
		r.parts["question "+f.key] = f
		r.coverage.own[f.key] = own
		r.coverage.questions[f.key] = len(r.coverage.Questions)
		r.coverage.Questions = append(r.coverage.Questions, q)
	}
}

// kindNames are the kinds of questions.
func kindNames() (out []string) {
	for k := entitlement.CoverageKind; k <= entitlement.StatementKind; k++ {
		out = append(out, k.String())
	}
	return out
}

// isTaken reports whether a name is that of a reading, or of a fact that every
// question has.
func (r *reader) isTaken(name string) bool {
	_, reading := r.keys[name]
	_, fact := always[name]
	return reading || fact
}

// always are the facts that every question has.
var always = map[string]entitlement.Fact{
	entitlement.FactOn:             {Name: entitlement.FactOn, Type: entitlement.Dates},
	entitlement.FactOnStated:       {Name: entitlement.FactOnStated, Values: []string{"no", "yes"}},
	entitlement.FactContractTerm:   {Name: entitlement.FactContractTerm, Values: []string{"before", "running", "after"}},
	entitlement.FactMachineBought:  {Name: entitlement.FactMachineBought, Values: []string{"no", "yes"}},
	entitlement.FactOfferingBought: {Name: entitlement.FactOfferingBought, Values: []string{"no", "yes"}},
}

// factFor returns a fact, figure or reading as a question has it. Without a
// question it may be of any.
func (r *reader) factFor(question, name string) (entitlement.Fact, bool) {
	c := &r.coverage
	if f, ok := c.own[question][name]; ok {
		return f, true
	}
	if question == "" || question == everyQuestion {
		// What several questions have under one name may have other values in each.
		var all entitlement.Fact
		for _, q := range c.Questions {
			f, ok := c.own[q.Name][name]
			if !ok {
				continue
			}
			values := append(slices.Clone(all.Values), f.Values...)
			all = f
			all.Values = values
		}
		if all.Name != "" {
			return all, true
		}
	}
	for _, facts := range []map[string]entitlement.Fact{always, c.facts, c.figures} {
		if _, sells := c.facts[entitlement.FactOffering]; name == entitlement.FactOfferingBought && !sells {
			break
		}
		if f, ok := facts[name]; ok {
			return f, true
		}
	}
	if _, ok := r.keys[name]; ok {
		return entitlement.Fact{Name: name, Values: r.values[name]}, true
	}
	return entitlement.Fact{}, false
}

// namesFor returns what a condition of a question may ask for.
func (r *reader) namesFor(question string) []string {
	c := &r.coverage
	all := map[string]bool{}
	for _, facts := range []map[string]entitlement.Fact{always, c.facts, c.figures, c.own[question]} {
		for name := range facts {
			all[name] = true
		}
	}
	for key := range r.keys {
		all[key] = true
	}
	return slices.Sorted(maps.Keys(all))
}

// conditionsFor reads the conditions of a rule or a figure.
func (r *reader) conditionsFor(question string, f field) (out []rule.Condition) {
	fields := r.fields(f.value, f.path)
	if len(fields) > 0 {
		out = make([]rule.Condition, 0, len(fields))
	}
	for _, f := range fields {
		fact, ok := r.factFor(question, f.key)
		if !ok {
			r.fail(f.name, f.path, "%q is no fact, no figure and no reading: %s", f.key, wanted(f.key, r.namesFor(question)))
			continue
		}
		r.used[f.key] = true
		switch fact.Type {
		case entitlement.Closed:
			if c, ok := r.isOneOf(f, fact.Values); ok {
				out = append(out, c)
			}
		case entitlement.Numeric, entitlement.Dates:
			out = append(out, r.bounds(f, fact.Type))
		default:
			r.fail(f.name, f.path, "no rule can ask for %s", f.key)
		}
	}
	return out
}

// isOneOf reads the values of a condition on a closed fact.
func (r *reader) isOneOf(f field, allowed []string) (rule.Condition, bool) {
	if f.value.Kind == yaml.SequenceNode && len(f.value.Content) == 0 {
		r.fail(f.value, f.path, "no value; leave the condition out or give one")
	}
	var values []string
	for _, item := range r.several(f) {
		v, ok := r.word(item)
		if ok && len(allowed) > 0 && !slices.Contains(allowed, v) {
			r.fail(item.value, item.path, "%s is never %q: %s", f.key, v, wanted(v, allowed))
		}
		if ok {
			values = append(values, v)
		}
	}
	return rule.Condition{Fact: f.key, In: values}, len(values) > 0
}

// bounds reads a condition on a number or a date.
func (r *reader) bounds(f field, typ entitlement.Type) rule.Condition {
	c := rule.Condition{Fact: f.key}
	m := r.record(f.value, f.path, nil, []string{"at_least", "at_most", "above", "below"})
	if f.value.Kind == yaml.MappingNode && len(f.value.Content) == 0 {
		r.fail(f.value, f.path, "no bound; want at_least, at_most, above or below")
	}
	for _, b := range m {
		n, ok := r.ordered(b, typ)
		if !ok {
			continue
		}
		switch b.key {
		case "above":
			n++
			fallthrough
		case "at_least":
			c.AtLeast = &n
		case "below":
			n--
			fallthrough
		case "at_most":
			c.AtMost = &n
		}
	}
	switch {
	case m.has("above") && m.has("at_least") || m.has("below") && m.has("at_most"):
		r.fail(f.value, f.path, "two bounds on one side; leave one out")
	case c.AtLeast != nil && c.AtMost != nil && *c.AtLeast > *c.AtMost:
		r.fail(f.value, f.path, "nothing is within these bounds; want the lower one below the upper one")
	}
	return c
}

// ordered reads a number in thousandths, or a date as rule.Day counts it.
func (r *reader) ordered(f field, typ entitlement.Type) (int64, bool) {
	if typ == entitlement.Dates {
		d := r.date(f)
		return rule.Day(d), !d.IsZero()
	}
	n := r.decimal(f)
	return n.Thousandths(), n.IsStated()
}

// decimal reads a number that is not negative.
func (r *reader) decimal(f field) entitlement.Number {
	if f.value == nil {
		return entitlement.Number{}
	}
	n, err := entitlement.ParseNumber(f.value.Value)
	if f.value.Tag != "!!int" && f.value.Tag != "!!float" || err != nil || n.Thousandths() < 0 {
		r.fail(f.value, f.path, "%q; want a number from 0, with at most three decimals, without quotes", f.value.Value)
		return entitlement.Number{}
	}
	return n
}

// readCoverage reads the rules of a clause for one question, or for every one.
func (r *reader) readCoverage(clause, question string, f field) {
	before := r.failures
	for _, f := range r.fields(f.value, f.path) {
		r.isName(f.key, f.name, f.path)
		m := r.record(f.value, f.path, []string{"then"}, []string{"when", "service", "limit", "gives", "remedy", "except", "printed"})
		out := entitlement.Rule{
			Code: f.key, Clause: clause, When: r.conditionsFor(question, m.get("when")), Service: r.among(m.get("service"), r.coverage.Services),
			Limit: r.among(m.get("limit"), r.coverage.Limits), Except: r.text(m.get("except")),
		}
		if then := m.get("then"); then.value != nil {
			out.Then = r.outcome(question, then)
		}
		if g := m.get("gives"); g.value != nil {
			out.Gives = r.given(g, out.Then)
		}
		if y := m.get("remedy"); y.value != nil {
			ym := r.record(y.value, y.path, []string{"addon"}, nil)
			out.Remedy = r.among(ym.get("addon"), r.spec.Addons)
		}
		printed := r.text(m.get("printed"))
		questions := []string{question}
		if question == everyQuestion {
			if questions = r.questionNames(); questions == nil {
				r.fail(f.name, f.path, "there is no question to put it to; declare questions or leave it out")
			}
		}
		for _, q := range questions {
			r.addCoverage(q, out, f, m.get("except"), m.get("then"), printed)
		}
	}
	if r.failures > before {
		r.coverage.torn[question] = true
	}
}

// outcome reads what a rule says. Whether it fits the question is looked at
// when all rules are known.
func (r *reader) outcome(question string, f field) entitlement.Outcome {
	s := r.text(f)
	o, err := entitlement.ParseOutcome(s)
	if s == "" || err == nil {
		return o
	}
	kind := entitlement.StatementKind
	if i, ok := r.coverage.questions[question]; ok {
		kind = r.coverage.Questions[i].Kind
	}
	var words []string
	for _, o := range kind.Outcomes() {
		words = append(words, o.String())
	}
	r.fail(f.value, f.path, "%q is not known: %s", s, wanted(s, words))
	return o
}

// given reads the figure that a rule gives: a number or a date, as it says.
func (r *reader) given(f field, then entitlement.Outcome) string {
	s, ok := r.word(f)
	figure, known := r.coverage.figures[s]
	if ok && !known {
		s, ok = r.oneOf(f, slices.Sorted(maps.Keys(r.coverage.figures)))
	}
	if !ok {
		return ""
	}
	r.used[s] = true
	switch typ := figure.Type; {
	case typ != entitlement.Numeric && typ != entitlement.Dates:
		r.fail(f.value, f.path, "%s is a word; what a rule gives is a number or a date", s)
	case then == entitlement.Amount && typ != entitlement.Numeric:
		r.fail(f.value, f.path, "%s is a date; an amount is a number", s)
	case then == entitlement.Dated && typ != entitlement.Dates:
		r.fail(f.value, f.path, "%s is a number; want a date", s)
	}
	return s
}

func (r *reader) among(f field, words []string) string {
	if f.value == nil {
		return ""
	}
	s, _ := r.oneOf(f, words)
	return s
}

func (r *reader) questionNames() (out []string) {
	for _, q := range r.coverage.Questions {
		out = append(out, q.Name)
	}
	return out
}

func (r *reader) addCoverage(question string, out entitlement.Rule, at, except, then field, printed string) {
	id := question + "/" + out.Code
	if other, again := r.rules[id]; again {
		r.fail(at.name, at.path, "rule %q stands on line %d too; choose another name", id, other.name.Line)
		return
	}
	r.rules[id] = place{field: at}
	if out.Except != "" {
		r.takenBack = append(r.takenBack, takenBack{except, question, out.Except})
	}
	q := &r.coverage.Questions[r.coverage.questions[question]]
	if len(q.Rules) == maxRules {
		r.fail(at.name, at.path, "more than %d rules for %s; join some", maxRules, question)
	}
	if len(q.Rules) > maxRules {
		return
	}
	q.Rules = append(q.Rules, out)
	r.edition.rules = append(r.edition.rules, RuleInfo{id, question, out.Clause, printed, at.name.Line})
	r.keep(id, out.Clause, printed, then)
}

// takenBack is what a coverage rule says that it is an exception to.
type takenBack struct {
	field
	question, code string
}

// checkTakenBack refuses exceptions to nothing.
func (r *reader) checkTakenBack() {
	for _, x := range r.takenBack {
		if _, ok := r.rules[x.question+"/"+x.code]; ok {
			continue
		}
		var codes []string
		for _, rl := range r.coverage.Questions[r.coverage.questions[x.question]].Rules {
			codes = append(codes, rl.Code)
		}
		r.fail(x.value, x.path, "%q is no rule for %s: %s", x.code, x.question, wanted(x.code, codes))
		r.coverage.torn[x.question] = true
	}
}

// readTables reads what the document points to.
func (r *reader) readTables(f field) {
	for _, f := range r.fields(f.value, f.path) {
		m := r.record(f.value, f.path, []string{"source", "key", "columns", "rows"}, nil)
		t := entitlement.Table{Name: f.key, Source: r.text(m.get("source")), Key: r.named(m.get("key"))}
		r.isName(f.key, f.name, f.path)
		r.parts["table "+f.key] = f
		for _, c := range r.fields(m.get("columns").value, m.get("columns").path) {
			r.isName(c.key, c.name, c.path)
			typ := entitlement.Text // of which cells are not looked at
			if s, ok := r.oneOf(c, []string{"date", "number", "yes-no"}); ok {
				typ = factTypes[s]
			}
			t.Columns = append(t.Columns, entitlement.TableColumn{Name: c.key, Type: typ})
		}
		for _, f := range r.fields(m.get("rows").value, m.get("rows").path) {
			row := entitlement.Row{Name: f.key}
			r.isName(f.key, f.name, f.path)
			cells := r.items(f)
			if f.value.Kind == yaml.SequenceNode && len(cells) != len(t.Columns) {
				r.fail(f.value, f.path, "%d cells; want one for each of the %d columns", len(cells), len(t.Columns))
				cells = nil
			}
			for i, cell := range cells {
				row.Cells = append(row.Cells, r.tableCell(cell, t.Columns[i].Type))
			}
			t.Rows = append(t.Rows, row)
		}
		r.coverage.Tables = append(r.coverage.Tables, t)
		if _, declared := r.coverage.facts[t.Key]; t.Key != "" && !declared {
			r.coverage.facts[t.Key] = entitlement.Fact{Name: t.Key}
		}
	}
	for key := range r.coverage.facts {
		fact := entitlement.Fact{Name: key}
		for _, t := range r.coverage.Tables {
			for _, row := range t.Rows {
				if t.Key == key && !slices.Contains(fact.Values, row.Name) {
					fact.Values = append(fact.Values, row.Name)
				}
			}
		}
		r.coverage.facts[key] = fact
	}
	for _, key := range slices.Sorted(maps.Keys(r.coverage.facts)) {
		r.coverage.Facts = append(r.coverage.Facts, r.coverage.facts[key])
	}
}

// tableCell reads a cell; null is not known.
func (r *reader) tableCell(f field, typ entitlement.Type) (c entitlement.Cell) {
	if f.value.Tag == "!!null" {
		return c
	}
	switch typ {
	case entitlement.Text:
	case entitlement.Closed:
		c.Word, _ = r.oneOf(f, []string{"no", "yes"})
	case entitlement.Numeric:
		c.Number = r.decimal(f)
	default:
		s := strings.TrimSpace(f.value.Value)
		if c.ToTheMonth = len(s) == len("2006-01"); !c.ToTheMonth {
			c.Date = r.date(f)
			return c
		}
		d, err := calendar.ParseDate(s + "-01")
		if err != nil {
			r.fail(f.value, f.path, "%q; want a date or a month, written 2029-04", s)
			return c
		}
		next, _ := d.AddMonths(1)
		c.Date = next.AddDays(-1)
	}
	return c
}
