package catalog

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/entitlement/rule"
	"github.com/supportterms/supportterms/sla"
)

type yamlNode = yaml.Node

const yamlMapping = yaml.MappingNode

var (
	parties        = []string{"provider", "customer", "both"}
	statementKinds = []string{"obligation", "permission", "expectation", "definition", "reference", "heading", "empty"}
)

func (r *reader) readClauses(f field) {
	if f.value != nil && len(f.value.Content) == 0 {
		r.fail(f.value, f.path, "no clause; want those of the document, in its order")
	}
	seen := map[string]int{}
	last := ""
	for _, f := range r.items(f) {
		m := r.record(f.value, f.path, []string{"clause", "summary"},
			[]string{"statement", "hours", "figures", "rules", "follow", "table"})
		c := Clause{Number: r.text(m.get("clause")), Summary: r.text(m.get("summary")), Line: f.value.Line}
		if line, again := seen[c.Number]; again {
			r.fail(m.get("clause").value, m.get("clause").path, "clause %q stands on line %d too; give what it says in one place", c.Number, line)
		} else if c.Number != "" {
			seen[c.Number] = c.Line
		}
		if outOfOrder(last, c.Number) {
			r.fail(m.get("clause").value, m.get("clause").path, "clause %q comes after %q; keep the document's order", c.Number, last)
		}
		if numbered(c.Number) {
			last = c.Number
		}
		if s := m.get("statement"); s.value != nil {
			sm := r.record(s.value, s.path, []string{"party", "kind"}, nil)
			c.Party, _ = r.oneOf(sm.get("party"), parties)
			c.Kind, _ = r.oneOf(sm.get("kind"), statementKinds)
		} else if len(m) > 0 && !m.has("hours", "figures", "rules", "follow", "table") {
			r.fail(f.value, f.path, "a clause that decides nothing wants statement: {party, kind}")
		}
		r.edition.Clauses = append(r.edition.Clauses, c)
		r.readHours(m.get("hours"))
		r.readFigures(c.Number, m.get("figures"))
		if t := m.get("table"); t.value != nil && t.value.Kind == yamlMapping && childOf(t.value, "gives") != nil {
			r.readFigureTable(c.Number, t)
		} else {
			r.readTable(c.Number, t)
		}
		r.readRules(c.Number, m.get("rules"))
		r.readFollow(c.Number, m.get("follow"))
	}
}

// has reports whether m has one of some keys.
func (r record) has(keys ...string) bool {
	return slices.ContainsFunc(keys, func(k string) bool { return r.get(k).value != nil })
}

// numbered reports whether a clause is one of the numbered run: "12.3", not
// "Definitions: Node" or a clause of an appendix.
func numbered(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

// outOfOrder reports whether a numbered clause comes before the one above it.
func outOfOrder(above, clause string) bool {
	if !numbered(above) || !numbered(clause) {
		return false
	}
	a, b := numbers(above), numbers(clause)
	return slices.Compare(a, b) > 0
}

// numbers returns the parts of a clause number, its note last.
func numbers(s string) (out []int) {
	for part := range strings.FieldsFuncSeq(s, func(c rune) bool { return c == '.' || c == ' ' }) {
		if n, err := strconv.Atoi(part); err == nil {
			out = append(out, n)
		} else {
			out = append(out, -1) // "note": before sub-clauses
		}
	}
	return out
}

func (r *reader) readHours(f field) {
	for _, f := range r.fields(f.value, f.path) {
		m := r.record(f.value, f.path, []string{"open"}, []string{"day"})
		part := "hours " + f.key
		if other, again := r.parts[part]; again {
			r.fail(f.name, f.path, "hours %q stand on line %d too; choose another name", f.key, other.name.Line)
			continue
		}
		r.parts[part] = f
		r.isName(f.key, f.name, f.path)
		named := sla.NamedHours{Name: f.key, Day: r.duration(m.get("day"))}
		if s := r.text(m.get("open")); s != "" {
			open := m.get("open")
			h, err := calendar.ParseHours(s)
			switch {
			case err != nil:
				r.fail(open.value, open.path, "%v", err)
			case h.ReadsHolidays():
				r.fail(open.value, open.path, "whether holidays close is a rule for holidays; leave PH off out")
			case h.IsZero():
				r.fail(open.value, open.path, "%q is never open; want hours such as Mo-Fr 08:00-18:00", s)
			}
			named.Hours = h
		}
		if named.Hours.IsZero() {
			named.Hours = calendar.MustParseHours("24/7") // so that the rules can be looked at
		}
		r.spec.Hours = append(r.spec.Hours, named)
	}
}

// question reads the name of a question, the key of f.
func (r *reader) question(f field) (sla.Question, bool) {
	q, err := sla.ParseQuestion(f.key)
	if err != nil {
		names := slices.Concat(r.questionNames(), sla.QuestionNames())
		r.fail(f.name, f.path, "%q is no question: %s", f.key, wanted(f.key, names))
	}
	return q, err == nil
}

func (r *reader) readRules(clause string, f field) {
	for _, f := range r.fields(f.value, f.path) {
		if _, ok := r.coverage.questions[f.key]; ok || f.key == everyQuestion {
			r.readCoverage(clause, f.key, f)
			continue
		}
		q, ok := r.question(f)
		if !ok {
			continue
		}
		done := r.watch(q)
		for _, f := range r.fields(f.value, f.path) {
			r.isName(f.key, f.name, f.path)
			m := r.record(f.value, f.path, []string{"then"}, []string{"when", "except", "printed"})
			r.add(q, rule.Rule{
				ID: ruleID(q, f.key), Clause: clause, When: r.conditions(m.get("when")),
				Except: r.exceptID(q, r.text(m.get("except"))),
			}, f, m.get("except"), m.get("then"), r.text(m.get("printed")))
		}
		done()
	}
}

// watch returns what tells whether the rules of a question could all be read.
func (r *reader) watch(q sla.Question) (done func()) {
	before := r.failures
	return func() { r.torn[q] = r.torn[q] || r.failures > before }
}

func ruleID(q sla.Question, name string) string { return q.String() + "/" + name }

// exceptID is the ID that a rule names: one of the same question, or in full.
func (r *reader) exceptID(q sla.Question, s string) string {
	if s == "" || strings.Contains(s, "/") {
		return s
	}
	return ruleID(q, s)
}

// maxRules is how many rules a question may have.
const maxRules = 256

// add adds a rule that stands at a place and answers as then says.
func (r *reader) add(q sla.Question, out rule.Rule, at, except, then field, printed string) {
	if other, again := r.rules[out.ID]; again {
		r.fail(at.name, at.path, "rule %q stands on line %d too; choose another name", out.ID, other.name.Line)
		return
	}
	r.rules[out.ID] = place{at, q}
	if out.Except != "" {
		r.excepts = append(r.excepts, exception{except, q, out})
	}
	switch n := len(r.spec.Rules[q]); {
	case n > maxRules:
		return
	case n == maxRules:
		r.fail(at.name, at.path, "more than %d rules for %s; join some", maxRules, q.String())
	}
	var ok bool
	if out.Then, ok = r.answer(q, then); ok {
		r.spec.Rules[q] = append(r.spec.Rules[q], out)
		r.edition.rules = append(r.edition.rules, RuleInfo{out.ID, q.String(), out.Clause, printed, at.name.Line})
		r.keep(out.ID, out.Clause, printed, then)
	}
}

// keep keeps what the document prints.
func (r *reader) keep(id, clause, printed string, means field) {
	if printed != "" && means.value != nil {
		r.edition.cells = append(r.edition.cells, Cell{id, clause, printed, strings.TrimSpace(means.value.Value), means.value.Line})
	}
}

// conditions reads a mapping of facts to one value or several.
func (r *reader) conditions(f field) (out []rule.Condition) {
	for _, f := range r.fields(f.value, f.path) {
		if c, ok := r.condition(f); ok {
			out = append(out, c)
		}
	}
	return out
}

func (r *reader) condition(f field) (rule.Condition, bool) {
	allowed, ok := r.values[f.key]
	if !ok {
		r.fail(f.name, f.path, "%q is no fact and no reading: %s", f.key, wanted(f.key, r.known))
		return rule.Condition{}, false
	}
	r.used[f.key], r.response[f.key] = true, true
	return r.isOneOf(f, allowed)
}

// readFollow makes one rule of each value of a reading, for questions that a
// reading answers alone.
func (r *reader) readFollow(clause string, f field) {
	for _, f := range r.fields(f.value, f.path) {
		q, ok := r.question(f)
		if !ok {
			continue
		}
		done := r.watch(q)
		key, as := f, map[string]field{}
		if f.value.Kind == yaml.MappingNode {
			m := r.record(f.value, f.path, []string{"reading", "as"}, nil)
			key = m.get("reading")
			for _, a := range r.fields(m.get("as").value, m.get("as").path) {
				as[a.key] = a
			}
		}
		name, _ := r.oneOf(key, slices.Sorted(maps.Keys(r.keys)))
		values := r.values[name]
		r.used[name], r.response[name] = true, true
		for a := range as {
			if name != "" && !slices.Contains(values, a) {
				r.fail(as[a].name, as[a].path, "%s is never %q: %s", name, a, wanted(a, values))
			}
		}
		for _, v := range values {
			then, ok := as[v]
			if !ok { // the value itself, where the reading is named
				then = field{v, f.name, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: v, Line: key.value.Line, Column: key.value.Column}, f.path}
			}
			r.add(q, rule.Rule{
				ID: ruleID(q, v), Clause: clause,
				When: []rule.Condition{{Fact: name, In: []string{v}}},
			}, f, field{}, then, "")
		}
		done()
	}
}

// answer reads what a rule answers to a question, as the policy numbers it.
func (r *reader) answer(q sla.Question, f field) (int, bool) {
	switch q {
	case sla.QSeverity:
		s, ok := r.oneOf(f, r.values[sla.FactSeverity])
		n, _ := strconv.Atoi(s)
		return n, ok
	case sla.QTarget, sla.QMeasure:
		return r.target(f)
	case sla.QHours:
		var names []string
		for _, h := range r.spec.Hours {
			names = append(names, h.Name)
		}
		s, ok := r.oneOf(f, names)
		return slices.Index(names, s), ok
	case sla.QLocation:
		return r.location(f)
	}
	s := strings.ReplaceAll(r.text(f), "_", "-")
	i := slices.Index(q.Words(), s)
	if i < 0 {
		if s != "" {
			r.fail(f.value, f.path, "%q is not known: %s", s, wanted(s, q.Words()))
		}
		return 0, false
	}
	if q == sla.QClock {
		i++ // the zero Clock is none
	}
	return i, true
}

func (r *reader) target(f field) (int, bool) {
	s := r.text(f)
	if s == "" {
		return 0, false
	}
	t, err := sla.ParseTarget(s)
	if err != nil {
		r.fail(f.value, f.path, "%v", err)
		return 0, false
	}
	i, ok := r.targets[t]
	if !ok {
		i = len(r.spec.Targets)
		r.spec.Targets = append(r.spec.Targets, t)
		r.targets[t] = i
	}
	return i, true
}

func (r *reader) location(f field) (int, bool) {
	if f.value == nil {
		return 0, false
	}
	before := r.failures
	var order []sla.Locator
	for _, item := range r.items(f) {
		s := r.text(item)
		l, err := sla.ParseLocator(s)
		switch {
		case s == "":
		case err != nil:
			r.fail(item.value, item.path, "%v", err)
		case slices.Contains(order, l):
			r.fail(item.value, item.path, "%q stands twice; leave one out", s)
		default:
			order = append(order, l)
		}
	}
	if r.failures == before && len(order) == 0 {
		r.fail(f.value, f.path, "no place; want a list such as [portal, place, headquarters]")
	}
	i := slices.IndexFunc(r.spec.Locations, func(l []sla.Locator) bool { return slices.Equal(l, order) })
	if i < 0 {
		i = len(r.spec.Locations)
		r.spec.Locations = append(r.spec.Locations, order)
	}
	return i, r.failures == before
}
