package catalog

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/entitlement"
	"github.com/supportterms/supportterms/entitlement/rule"
	"github.com/supportterms/supportterms/sla"
)

// A part is one thing that an edition says, its values as text, so that two
// editions can be put side by side.
type part struct {
	what, id, clause string
	values           []namedValue
}

type namedValue struct{ name, value string }

func (p *part) add(name, value string) {
	if value != "" {
		p.values = append(p.values, namedValue{name, value})
	}
}

// parts returns everything that an edition decides, in its order.
func (e *Edition) parts() (out []part) {
	of := part{what: "edition", id: e.Document}
	of.add("edition", strings.TrimPrefix(e.ID, e.Document+"/"))
	of.add("language", e.Language)
	of.add("in force", e.InForce.String())
	out = append(out, of)
	named := func(what string, names []string) {
		for _, name := range names {
			out = append(out, part{what: what, id: name})
		}
	}
	cover, reply := &e.coverage.Spec, &e.policy.Spec
	named("add-on", cover.Addons)
	named("service", cover.Services)
	named("limit", cover.Limits)
	for _, s := range reply.Severities {
		named("severity", []string{strconv.Itoa(int(s))})
	}
	for _, m := range reply.Metrics {
		p := part{what: "metric", id: m.Name}
		p.add("counts", metricWord(m.Kind))
		out = append(out, p)
	}
	for _, f := range cover.Facts {
		out = append(out, factPart(f.Name, f))
	}
	for _, r := range cover.Readings {
		p := part{what: "reading", id: r.Key}
		p.add("default", r.Default)
		var names []string
		for _, v := range r.Values {
			names = append(names, v.Name)
		}
		p.add("values", strings.Join(names, ", "))
		out = append(out, p)
	}
	for _, t := range cover.Tables {
		out = append(out, tablePart(t))
	}
	for _, q := range cover.Questions {
		p := part{what: "question", id: q.Name}
		p.add("kind", q.Kind.String())
		out = append(out, p)
		for _, f := range q.Facts {
			out = append(out, factPart(q.Name+"/"+f.Name, f))
		}
	}
	for _, h := range reply.Hours {
		p := part{what: "hours", id: h.Name}
		p.add("open", h.Hours.String())
		if h.Day != 0 {
			p.add("day", h.Day.String())
		}
		out = append(out, p)
	}
	out = append(out, e.ruleParts()...)
	if l := e.Lifecycle; l != nil {
		for _, s := range l.Steps {
			p := part{what: "case step", id: s.From + "/" + s.On, clause: l.Clause}
			p.add("to", s.To)
			out = append(out, p)
		}
	}
	return out
}

func metricWord(k sla.MetricKind) string {
	return [...]string{"first", "ongoing", "request", "outcome"}[k]
}

func factPart(id string, f entitlement.Fact) part {
	p := part{what: "fact", id: id}
	p.add("values", strings.Join(slices.Sorted(slices.Values(f.Values)), ", "))
	p.add("unit", f.Unit)
	p.add("default", f.Default)
	return p
}

func tablePart(t entitlement.Table) part {
	p := part{what: "table", id: t.Name}
	p.add("source", t.Source)
	for _, row := range t.Rows {
		for i, c := range row.Cells {
			p.add(row.Name+" "+t.Columns[i].Name, cellText(c))
		}
	}
	return p
}

func cellText(c entitlement.Cell) string {
	switch {
	case c.Word != "":
		return c.Word
	case c.Number.IsStated():
		return c.Number.String()
	case c.ToTheMonth:
		return c.Date.String()[:len("2006-01")]
	case !c.Date.IsZero():
		return c.Date.String()
	}
	return ""
}

// ruleParts returns figures and rules in the order of the clauses.
func (e *Edition) ruleParts() (out []part) {
	place := map[string]int{}
	for i, c := range e.Clauses {
		place[c.Number] = i
	}
	for _, f := range e.coverage.Spec.Figures {
		out = append(out, e.figurePart(f))
	}
	reply := &e.policy.Spec
	for q := sla.Question(0); int(q) < len(sla.QuestionNames()); q++ {
		for _, r := range reply.Rules[q] {
			p := part{what: "rule", id: r.ID, clause: r.Clause}
			e.conditionValues(&p, "", r.When)
			p.add("then", e.thenText(q, r.Then))
			p.add("except", r.Except)
			out = append(out, p)
		}
	}
	for _, q := range e.coverage.Spec.Questions {
		for _, r := range q.Rules {
			p := part{what: "rule", id: q.Name + "/" + r.Code, clause: r.Clause}
			e.conditionValues(&p, q.Name, r.When)
			p.add("then", r.Then.String())
			p.add("service", r.Service)
			p.add("limit", r.Limit)
			p.add("gives", r.Gives)
			p.add("remedy", r.Remedy)
			p.add("except", r.Except)
			out = append(out, p)
		}
	}
	slices.SortStableFunc(out, func(a, b part) int { return place[a.clause] - place[b.clause] })
	return out
}

// thenText writes what a rule for responses answers.
func (e *Edition) thenText(q sla.Question, then int) string {
	reply := &e.policy.Spec
	switch q {
	case sla.QSeverity:
		return strconv.Itoa(then)
	case sla.QTarget, sla.QMeasure:
		return reply.Targets[then].String()
	case sla.QHours:
		return reply.Hours[then].Name
	case sla.QLocation:
		var names []string
		for _, l := range reply.Locations[then] {
			names = append(names, l.String())
		}
		return strings.Join(names, ", ")
	case sla.QClock:
		then-- // the zero Clock is none
	}
	return q.Words()[then]
}

func (e *Edition) conditionValues(p *part, question string, when []rule.Condition) {
	for _, c := range when {
		p.add("when "+c.Fact, e.conditionText(question, c))
	}
}

// conditionText writes a condition as a file has it.
func (e *Edition) conditionText(question string, c rule.Condition) string {
	if len(c.In) > 0 {
		return strings.Join(slices.Sorted(slices.Values(c.In)), ", ")
	}
	dates := c.Fact == entitlement.FactOn || e.coverage.FactTypes(question)[c.Fact] == entitlement.Dates
	if question == "" {
		for _, q := range e.coverage.Spec.Questions {
			dates = dates || e.coverage.FactTypes(q.Name)[c.Fact] == entitlement.Dates
		}
	}
	text := func(n int64) string {
		if dates {
			return calendar.Date{Year: 1970, Month: 1, Day: 1}.AddDays(int(n)).String()
		}
		return thousandths(n)
	}
	// Whole numbers stand next to their bounds: above 5 is kept as 5.001.
	var out []string
	switch {
	case c.AtLeast != nil && !dates && *c.AtLeast%1000 == 1:
		out = append(out, "above "+text(*c.AtLeast-1))
	case c.AtLeast != nil:
		out = append(out, "at least "+text(*c.AtLeast))
	}
	switch {
	case c.AtMost != nil && !dates && *c.AtMost%1000 == 999:
		out = append(out, "below "+text(*c.AtMost+1))
	case c.AtMost != nil:
		out = append(out, "at most "+text(*c.AtMost))
	}
	return strings.Join(out, ", ")
}

func thousandths(n int64) string {
	return strings.TrimRight(strings.TrimRight(fmt.Sprintf("%d.%03d", n/1000, n%1000), "0"), ".")
}

// figurePart writes a figure, case by case.
func (e *Edition) figurePart(f entitlement.Figure) part {
	p := part{what: "figure", id: f.Name, clause: f.Clause}
	for _, c := range f.Cases {
		q := part{}
		e.conditionValues(&q, "", c.When)
		e.formulaValues(&q, c.Formula)
		if len(f.Cases) == 1 {
			p.values = q.values
			break
		}
		name := caseName(q.values[:len(c.When)])
		for _, v := range q.values[len(c.When):] {
			p.add(name+" "+v.name, v.value)
		}
	}
	return p
}

// caseName names a case of a figure by its conditions.
func caseName(when []namedValue) string {
	if len(when) == 0 {
		return "otherwise"
	}
	var text []string
	for _, v := range when {
		text = append(text, strings.TrimPrefix(v.name, "when ")+" "+v.value)
	}
	return "where " + strings.Join(text, " and ") + ":"
}

// formulaValues writes what a formula is made of.
func (e *Edition) formulaValues(p *part, formula entitlement.Formula) {
	number := func(name string, n entitlement.Number) {
		if n.IsStated() {
			p.add(name, n.String())
		}
	}
	count := func(name string, n int) {
		if n != 0 {
			p.add(name, strconv.Itoa(n))
		}
	}
	flag := func(name string, yes bool) {
		if yes {
			p.add(name, "yes")
		}
	}
	switch f := formula.(type) {
	case entitlement.DateAfter:
		p.add("from", f.From)
		count("years", f.Years)
		count("months", f.Months)
		count("days", f.Days)
	case entitlement.Column:
		p.add("table", f.Table)
		p.add("column", f.Column)
	case entitlement.Word:
		p.add("is", string(f))
	case entitlement.Constant:
		p.add("is", f.N.String())
	case entitlement.ConstantDate:
		p.add("is", f.Date.String())
	case entitlement.Stage:
		p.add("of", f.Of)
		p.add("from", f.From)
		p.add("before", f.Before)
		for _, t := range f.Through {
			p.add("through "+t.Stage, t.Ends)
		}
		p.add("then", f.Then)
		flag("last excluded", f.LastExcluded)
	case entitlement.Difference:
		p.add("of", f.Of)
		p.add("less", f.Less)
	case entitlement.Excess:
		p.add("of", f.Of)
		text := strings.TrimSpace(f.Allowance.String() + " " + e.unitOf(f.Of))
		if f.Per != "" {
			text += " for each of " + f.Per
		}
		p.add("allowance", text)
		flag("binary", f.Binary)
	case entitlement.Total:
		p.add("total of", f.Of)
	case entitlement.Count:
		p.add("count of", f.Of)
	case entitlement.Blocks:
		number("gives", f.Gives)
		for _, b := range f.Each {
			number("each "+b.Of, b.Size)
		}
		flag("round down", f.Down)
		p.add("mix", [...]string{"sum", "larger", "separate"}[f.Mix])
		number("least", f.Least)
		number("most", f.Most)
		p.add("unit", f.Unit)
	case entitlement.Tally:
		p.add("of", f.Of)
		for _, w := range f.Where {
			p.add("where "+w.Field, w.Value)
		}
	case entitlement.UptimeKept:
		p.add("outages", f.Outages)
		p.add("from", f.From)
		p.add("to", f.To)
		p.add("start", f.Start)
		p.add("level", f.Level)
		count("months", f.Months)
		count("window", int(f.Window))
		flag("less excluded time", f.LessExcluded)
		for _, name := range slices.Sorted(maps.Keys(f.Counts)) {
			p.add("counts "+name, strings.Join(f.Counts[name], ", "))
		}
		for _, name := range slices.Sorted(maps.Keys(f.LeavesOut)) {
			p.add("leaves out "+name, strings.Join(f.LeavesOut[name], ", "))
		}
	}
}

// unitOf returns the unit of a fact, of whatever question.
func (e *Edition) unitOf(fact string) string {
	lists := [][]entitlement.Fact{e.coverage.Spec.Facts}
	for _, q := range e.coverage.Spec.Questions {
		lists = append(lists, q.Facts)
	}
	for _, facts := range lists {
		for _, f := range facts {
			if f.Name == fact && f.Unit != "" {
				return f.Unit
			}
		}
	}
	return ""
}
