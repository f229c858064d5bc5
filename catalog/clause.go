package catalog

import (
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
	statementKinds = []string{"obligation", "permission", "expectation", "definition", "reference", "empty"}
)

func (r *reader) readClauses(f field) {
	seen := map[string]int{}
	last := ""
	for _, f := range r.items(f) {
		m := r.record(f.value, f.path, []string{"clause", "summary"},
			[]string{"statement", "hours", "rules", "follow", "table"})
		c := Clause{Number: r.text(m["clause"]), Summary: r.text(m["summary"]), Line: f.value.Line}
		if line, again := seen[c.Number]; again {
			r.fail(m["clause"].value, m["clause"].path, "clause %q stands on line %d too", c.Number, line)
		}
		seen[c.Number] = c.Line
		if outOfOrder(last, c.Number) {
			r.fail(m["clause"].value, m["clause"].path, "clause %q comes after %q; keep the document's order", c.Number, last)
		}
		if numbered(c.Number) {
			last = c.Number
		}
		if s := m["statement"]; s.value != nil {
			sm := r.record(s.value, s.path, []string{"party", "kind"}, nil)
			c.Party, c.Kind = r.oneOf(sm["party"], parties), r.oneOf(sm["kind"], statementKinds)
		}
		r.edition.Clauses = append(r.edition.Clauses, c)
		r.readHours(m["hours"])
		r.readTable(c.Number, m["table"])
		r.readRules(c.Number, m["rules"])
		r.readFollow(c.Number, m["follow"])
	}
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
		h, err := calendar.ParseHours(r.text(m["open"]))
		if err != nil {
			if m["open"].value != nil {
				r.fail(m["open"].value, m["open"].path, "%v", err)
			}
			continue
		}
		if h.ReadsHolidays() {
			r.fail(m["open"].value, m["open"].path, "whether holidays close is a rule for holidays; leave PH off out")
		}
		for _, other := range r.spec.Hours {
			if other.Name == f.key {
				r.fail(f.name, f.path, "hours %q are given twice", f.key)
			}
		}
		r.spec.Hours = append(r.spec.Hours, sla.NamedHours{Name: f.key, Hours: h, Day: r.duration(m["day"])})
	}
}

// question reads the name of a question, the key of f.
func (r *reader) question(f field) (sla.Question, bool) {
	q, err := sla.ParseQuestion(f.key)
	if err != nil {
		r.fail(f.name, f.path, "%v", err)
	}
	return q, err == nil
}

func (r *reader) readRules(clause string, f field) {
	for _, f := range r.fields(f.value, f.path) {
		q, ok := r.question(f)
		if !ok {
			continue
		}
		for _, f := range r.fields(f.value, f.path) {
			m := r.record(f.value, f.path, []string{"then"}, []string{"when", "except"})
			out := rule.Rule{ID: ruleID(q, f.key), Clause: clause, When: r.conditions(m["when"])}
			if e := m["except"]; e.value != nil {
				out.Except = r.exceptID(q, r.text(e))
			}
			if out.Then, ok = r.answer(q, m["then"]); ok {
				r.add(q, out, f, "")
			}
		}
	}
}

func ruleID(q sla.Question, name string) string { return q.String() + "/" + name }

// exceptID is the ID that a rule names: one of the same question, or in full.
func (r *reader) exceptID(q sla.Question, s string) string {
	if strings.Contains(s, "/") {
		return s
	}
	return ruleID(q, s)
}

func (r *reader) add(q sla.Question, out rule.Rule, f field, printed string) {
	if other, again := r.rules[out.ID]; again {
		r.fail(f.name, f.path, "rule %s stands on line %d too", out.ID, other.name.Line)
		return
	}
	r.rules[out.ID] = place{f, q}
	r.spec.Rules[q] = append(r.spec.Rules[q], out)
	r.edition.rules = append(r.edition.rules, RuleInfo{out.ID, q.String(), out.Clause, printed, f.name.Line})
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
		var known []string
		for k := range r.values {
			known = append(known, k)
		}
		slices.Sort(known)
		r.fail(f.name, f.path, "%q is no fact and no reading: %s", f.key, wanted(f.key, known))
		return rule.Condition{}, false
	}
	r.used[f.key] = true
	values := r.texts(f)
	if len(values) == 0 {
		r.fail(f.value, f.path, "no value; leave the condition out or give one")
	}
	for _, v := range values {
		if !slices.Contains(allowed, v) {
			r.fail(f.value, f.path, "%s is never %q: %s", f.key, v, wanted(v, allowed))
		}
	}
	return rule.Condition{Fact: f.key, In: values}, true
}

// readFollow makes one rule of each value of a reading, for questions that a
// reading answers alone.
func (r *reader) readFollow(clause string, f field) {
	for _, f := range r.fields(f.value, f.path) {
		q, ok := r.question(f)
		if !ok {
			continue
		}
		key, as := f, map[string]field{}
		if f.value.Kind == yaml.MappingNode {
			m := r.record(f.value, f.path, []string{"reading", "as"}, nil)
			key = m["reading"]
			for _, a := range r.fields(m["as"].value, m["as"].path) {
				as[a.key] = a
			}
		}
		name := r.text(key)
		values, ok := r.values[name]
		if _, reading := r.keys[name]; !ok || !reading {
			if key.value != nil {
				r.fail(key.value, key.path, "%q is no reading of the edition", name)
			}
			continue
		}
		r.used[name] = true
		for a := range as {
			if !slices.Contains(values, a) {
				r.fail(as[a].name, as[a].path, "%s is never %q: %s", name, a, wanted(a, values))
			}
		}
		for _, v := range values {
			then := field{v, f.name, &yaml.Node{Kind: yaml.ScalarNode, Value: v, Line: f.name.Line, Column: f.name.Column}, f.path}
			if a, ok := as[v]; ok {
				then = a
			}
			answer, ok := r.answer(q, then)
			if !ok {
				continue
			}
			r.add(q, rule.Rule{
				ID: ruleID(q, v), Clause: clause, Then: answer,
				When: []rule.Condition{{Fact: name, In: []string{v}}},
			}, f, "")
		}
	}
}

// answer reads what a rule answers to a question, as the policy numbers it.
func (r *reader) answer(q sla.Question, f field) (int, bool) {
	if f.value == nil {
		return 0, false
	}
	switch q {
	case sla.QSeverity:
		return r.number(f, 1, 255), true
	case sla.QTarget, sla.QMeasure:
		return r.target(f, r.text(f))
	case sla.QHours:
		s := r.text(f)
		var names []string
		for _, h := range r.spec.Hours {
			names = append(names, h.Name)
		}
		i := slices.Index(names, s)
		if i < 0 {
			r.fail(f.value, f.path, "hours %q are not given above: %s", s, wanted(s, names))
		}
		return i, i >= 0
	case sla.QLocation:
		return r.location(f)
	}
	s := strings.ReplaceAll(r.text(f), "_", "-")
	words := q.Words()
	i := slices.Index(words, s)
	if i < 0 {
		r.fail(f.value, f.path, "%q: %s", s, wanted(s, words))
	}
	if q == sla.QClock {
		i++ // the zero Clock is none
	}
	return i, i >= 0
}

func (r *reader) target(f field, s string) (int, bool) {
	t, err := sla.ParseTarget(s)
	if err != nil {
		r.fail(f.value, f.path, "%v", err)
		return 0, false
	}
	if i := slices.Index(r.spec.Targets, t); i >= 0 {
		return i, true
	}
	r.spec.Targets = append(r.spec.Targets, t)
	return len(r.spec.Targets) - 1, true
}

func (r *reader) location(f field) (int, bool) {
	var order []sla.Locator
	for _, s := range r.texts(f) {
		l, err := sla.ParseLocator(s)
		if err != nil {
			r.fail(f.value, f.path, "%v", err)
			return 0, false
		}
		order = append(order, l)
	}
	if len(order) == 0 {
		r.fail(f.value, f.path, "no place; want a list such as [portal, place, headquarters]")
		return 0, false
	}
	for i, l := range r.spec.Locations {
		if slices.Equal(l, order) {
			return i, true
		}
	}
	r.spec.Locations = append(r.spec.Locations, order)
	return len(r.spec.Locations) - 1, true
}
