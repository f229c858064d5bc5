package catalog

import (
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/supportterms/supportterms/entitlement"
	"github.com/supportterms/supportterms/entitlement/rule"
)

var figureKinds = []string{"date", "choice", "number", "stage", "difference", "excess", "total", "count", "blocks", "tally", "uptime"}

// declareFigures notes the figures of all clauses and what they are, before
// anything asks for them.
func (r *reader) declareFigures(clauses field) {
	if clauses.value == nil || clauses.value.Kind != yaml.SequenceNode {
		return
	}
	for i, c := range clauses.value.Content {
		path := clauses.path + "[" + strconv.Itoa(i) + "]"
		if c.Kind != yaml.MappingNode {
			continue
		}
		for k := 0; k+1 < len(c.Content); k += 2 {
			key, value := c.Content[k], c.Content[k+1]
			switch key.Value {
			case "figures":
				if value.Kind != yaml.MappingNode {
					continue
				}
				for _, f := range r.fields(value, join(path, "figures")) {
					r.declareFigure(f, r.figureFact(f))
				}
			case "table":
				if value.Kind != yaml.MappingNode {
					continue
				}
				r.declareTable(field{key.Value, key, value, join(path, "table")})
			}
		}
	}
}

func (r *reader) declareFigure(f field, fact entitlement.Fact) {
	if other, again := r.parts["figure "+fact.Name]; again {
		r.fail(f.name, f.path, "figure %q stands on line %d too; choose another name", fact.Name, other.name.Line)
		r.coverage.broken = true
		return
	}
	if r.isTaken(fact.Name) {
		r.fail(f.name, f.path, "there is a fact %q already; choose another name", fact.Name)
		r.coverage.broken = true
	}
	r.isName(fact.Name, f.name, f.path)
	r.parts["figure "+fact.Name] = f
	r.coverage.figures[fact.Name] = fact
}

// figureFact says what a figure is, without reading it in full.
func (r *reader) figureFact(f field) entitlement.Fact {
	fact := entitlement.Fact{Name: f.key}
	if f.value.Kind != yaml.MappingNode || len(f.value.Content) < 2 {
		return fact
	}
	kind, body := f.value.Content[0].Value, f.value.Content[1]
	cases := []*yaml.Node{body}
	if body.Kind == yaml.SequenceNode {
		cases = body.Content
	}
	add := func(word string) {
		if word != "" && !slices.Contains(fact.Values, word) {
			fact.Values = append(fact.Values, word)
		}
	}
	switch kind {
	case "date":
		fact.Type = entitlement.Dates
	case "choice":
		for _, c := range cases {
			if n := childOf(c, "is"); n != nil {
				add(n.Value)
			} else {
				add("no")
				add("yes")
			}
		}
	case "stage":
		for _, c := range cases {
			for _, key := range []string{"before", "through", "then"} {
				n := childOf(c, key)
				switch {
				case n == nil:
				case key == "through":
					for i := 0; i < len(n.Content); i += 2 {
						add(n.Content[i].Value)
					}
				default:
					add(n.Value)
				}
			}
		}
	case "uptime":
		fact.Values = []string{"met", "missed"}
	default:
		fact.Type = entitlement.Numeric
	}
	return fact
}

func childOf(n *yaml.Node, key string) *yaml.Node {
	for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

// readFigures reads the figures of a clause.
func (r *reader) readFigures(clause string, f field) {
	before := r.failures
	defer func() { r.coverage.broken = r.coverage.broken || r.failures > before }()
	for _, f := range r.fields(f.value, f.path) {
		if r.parts["figure "+f.key].name != f.name {
			continue // it stands twice
		}
		before := r.failures
		kinds := r.fields(f.value, f.path)
		if r.failures > before {
			continue
		}
		if len(kinds) != 1 {
			r.fail(f.value, f.path, "%d kinds; want one of %s", len(kinds), strings.Join(figureKinds, ", "))
			continue
		}
		kind := kinds[0]
		if !slices.Contains(figureKinds, kind.key) {
			r.fail(kind.name, kind.path, "%q is no kind of figure: %s", kind.key, wanted(kind.key, figureKinds))
			continue
		}
		out := entitlement.Figure{Name: f.key, Clause: clause}
		for _, c := range r.several(kind) {
			if formula, when, ok := r.formula(kind.key, c); ok {
				out.Cases = append(out.Cases, entitlement.Case{When: when, Formula: formula})
			}
		}
		if len(out.Cases) == 0 && r.failures == before {
			r.fail(kind.value, kind.path, "no case; want one at least")
		}
		r.coverage.Spec.Figures = append(r.coverage.Spec.Figures, out)
	}
}

// formula reads one case of a figure.
func (r *reader) formula(kind string, f field) (out entitlement.Formula, when []rule.Condition, ok bool) {
	before := r.failures
	record := func(required []string, optional ...string) record {
		m := r.record(f.value, f.path, required, append(optional, "when"))
		when = r.conditionsFor("", m.get("when"))
		return m
	}
	table := childOf(f.value, "table") != nil
	switch {
	case table && (kind == "date" || kind == "choice" || kind == "number"):
		m := record([]string{"table", "column"})
		out = r.columnOf(m, kind)
	case kind == "date" && childOf(f.value, "is") != nil:
		m := record([]string{"is"})
		out = entitlement.ConstantDate{Date: r.date(m.get("is"))}
	case kind == "date":
		m := record([]string{"from"}, "years", "months", "days")
		d := entitlement.DateAfter{From: r.ask(m.get("from"), entitlement.Dates)}
		if y := m.get("years"); y.value != nil {
			d.Years, _ = r.number(y, -100, 100)
		}
		if y := m.get("months"); y.value != nil {
			d.Months, _ = r.number(y, -1200, 1200)
		}
		if y := m.get("days"); y.value != nil {
			d.Days, _ = r.number(y, -36500, 36500)
		}
		out = d
	case kind == "choice":
		m := record([]string{"is"})
		s, _ := r.word(m.get("is"))
		out = entitlement.Word(s)
	case kind == "number":
		m := record([]string{"is"})
		out = entitlement.Constant{N: r.decimal(m.get("is"))}
	case kind == "stage":
		m := record([]string{"of", "through"}, "from", "before", "then", "last")
		s := entitlement.Stage{Of: r.ask(m.get("of"), entitlement.Dates), Before: r.named(m.get("before")), Then: r.named(m.get("then"))}
		if from := m.get("from"); from.value != nil {
			s.From = r.ask(from, entitlement.Dates)
		} else if b := m.get("before"); b.value != nil {
			r.fail(b.name, b.path, "a stage before nothing; add from or leave this out")
		}
		r.notEmpty(m.get("through"), "no stage")
		for _, t := range r.fields(m.get("through").value, m.get("through").path) {
			r.isName(t.key, t.name, t.path)
			s.Through = append(s.Through, entitlement.StageEnd{Stage: t.key, Ends: r.ask(t, entitlement.Dates)})
		}
		if last := m.get("last"); last.value != nil {
			w, _ := r.oneOf(last, []string{"included", "excluded"})
			s.LastExcluded = w == "excluded"
		}
		out = s
	case kind == "difference":
		m := record([]string{"of", "less"})
		out = entitlement.Difference{Of: r.ask(m.get("of"), entitlement.Numeric), Less: r.ask(m.get("less"), entitlement.Numeric)}
	case kind == "excess":
		m := record([]string{"of", "allowance"}, "per", "unit")
		x := entitlement.Excess{Of: r.ask(m.get("of"), entitlement.Numeric, entitlement.Numbers), Allowance: r.decimal(m.get("allowance"))}
		if per := m.get("per"); per.value != nil {
			x.Per = r.ask(per, entitlement.Numeric)
			if fact, _ := r.factFor("", x.Of); fact.Type == entitlement.Numbers {
				r.fail(per.name, per.path, "an allowance is for each of the numbers of %s; leave this out", x.Of)
			}
		}
		if unit := m.get("unit"); unit.value != nil {
			_, x.Binary = r.oneOf(unit, []string{"TiB"})
		}
		out = x
	case kind == "total", kind == "count":
		m := record([]string{"of"})
		of := r.ask(m.get("of"), entitlement.Numbers)
		if out = entitlement.Formula(entitlement.Total{Of: of}); kind == "count" {
			out = entitlement.Count{Of: of}
		}
	case kind == "blocks":
		out = r.blocks(record([]string{"gives", "each"}, "round", "mix", "least", "most", "unit"))
	case kind == "tally":
		m := record([]string{"of", "where"})
		t := entitlement.Tally{Of: r.ask(m.get("of"), entitlement.Machines)}
		for _, w := range r.fields(m.get("where").value, m.get("where").path) {
			values := []string{"no", "yes"}
			switch w.key {
			case "ubuntu", "covered":
			case "kind":
				machine, _ := r.factFor("", entitlement.FactMachine)
				values = machine.Values
			default:
				r.fail(w.name, w.path, "%q is nothing that a machine has; want kind, ubuntu or covered", w.key)
				continue
			}
			value, _ := r.oneOf(w, values)
			t.Where = append(t.Where, entitlement.MachineIs{Field: w.key, Value: value})
		}
		out = t
	default:
		out = r.uptime(record([]string{"outages", "from", "to", "level", "months", "counts"}, "window", "start", "denominator", "leaves_out"))
	}
	return out, when, r.failures == before
}

// ask returns the name of a fact that a formula reads.
func (r *reader) ask(f field, types ...entitlement.Type) string {
	name, ok := r.word(f)
	if !ok {
		return ""
	}
	fact, known := r.factFor("", name)
	switch {
	case !known:
		r.fail(f.value, f.path, "%q is no fact and no figure: %s", name, wanted(name, r.namesFor("")))
		return name
	case !slices.Contains(types, fact.Type):
		r.fail(f.value, f.path, "%s is of another type than is wanted here", name)
	}
	r.used[name] = true
	return name
}

// columnOf reads which column of which table a figure is.
func (r *reader) columnOf(m record, kind string) entitlement.Formula {
	var tables, columns []string
	for _, t := range r.coverage.Tables {
		tables = append(tables, t.Name)
	}
	c := entitlement.Column{}
	c.Table, _ = r.oneOf(m.get("table"), tables)
	for _, t := range r.coverage.Tables {
		for _, col := range t.Columns {
			typ := map[string]entitlement.Type{"date": entitlement.Dates, "number": entitlement.Numeric}[kind]
			if t.Name == c.Table && col.Type == typ {
				columns = append(columns, col.Name)
			}
		}
	}
	c.Column, _ = r.oneOf(m.get("column"), columns)
	return c
}

func (r *reader) blocks(m record) entitlement.Blocks {
	b := entitlement.Blocks{Gives: r.decimal(m.get("gives")), Least: r.decimal(m.get("least")), Most: r.decimal(m.get("most")), Unit: r.text(m.get("unit"))}
	r.notEmpty(m.get("each"), "no block")
	for _, e := range r.fields(m.get("each").value, m.get("each").path) {
		name := field{e.key, e.name, e.name, e.path}
		size := r.decimal(e)
		if size.IsStated() && size.Thousandths() == 0 {
			r.fail(e.value, e.path, "a block of nothing; want a number above 0")
			size = entitlement.N(1)
		}
		b.Each = append(b.Each, entitlement.Block{Of: r.ask(name, entitlement.Numeric), Size: size})
	}
	if round := m.get("round"); round.value != nil {
		w, _ := r.oneOf(round, []string{"up", "down"})
		b.Down = w == "down"
	}
	if mix := m.get("mix"); mix.value != nil {
		names := []string{"sum", "larger", "separate"}
		w, _ := r.oneOf(mix, names)
		b.Mix = entitlement.Mix(max(0, slices.Index(names, w)))
	}
	return b
}

func (r *reader) uptime(m record) entitlement.UptimeKept {
	u := entitlement.UptimeKept{
		Outages: r.ask(m.get("outages"), entitlement.Outages), From: r.ask(m.get("from"), entitlement.Instants),
		To: r.ask(m.get("to"), entitlement.Instants), Level: r.ask(m.get("level"), entitlement.Numeric),
	}
	outages, _ := r.factFor("", u.Outages)
	u.Counts, u.LeavesOut = r.outageIs(outages, m.get("counts")), r.outageIs(outages, m.get("leaves_out"))
	r.notEmpty(m.get("counts"), "no outage counts")
	u.Months, _ = r.number(m.get("months"), 1, 1200)
	window, start, known := m.get("window"), m.get("start"), true
	if window.value != nil {
		var s string
		s, known = r.oneOf(window, []string{"rolling", "service-year"})
		u.Window, _ = entitlement.ParseWindow(s)
	}
	if start.value != nil {
		u.Start = r.ask(start, entitlement.Dates)
	}
	switch yearly := u.Window == entitlement.ServiceYear; {
	case yearly && start.value == nil:
		r.fail(window.name, window.path, "years of the service are counted from a date; add start")
	case known && !yearly && start.value != nil:
		r.fail(start.name, start.path, "only years of the service are counted from a date; add window: service-year or leave this out")
	}
	if d := m.get("denominator"); d.value != nil {
		s, _ := r.oneOf(d, []string{"whole-period", "less-excluded-time"})
		u.LessExcluded = s == "less-excluded-time"
	}
	return u
}

// notEmpty refuses a mapping without keys.
func (r *reader) notEmpty(f field, what string) {
	if f.value != nil && f.value.Kind == yaml.MappingNode && len(f.value.Content) == 0 {
		r.fail(f.value, f.path, "%s; want one at least", what)
	}
}

// outageIs reads what some outages are, in the words that outages have.
func (r *reader) outageIs(of entitlement.Fact, f field) entitlement.OutageIs {
	out := entitlement.OutageIs{}
	for _, w := range r.fields(f.value, f.path) {
		words, ok := map[string][]string{"attribution": of.Attributions, "cause": of.Causes}[w.key]
		if !ok {
			r.fail(w.name, w.path, "%q is nothing that an outage has; want attribution or cause", w.key)
			continue
		}
		for _, item := range r.several(w) {
			if of.Type != entitlement.Outages {
				r.word(item)
			} else if s, ok := r.oneOf(item, words); ok {
				out[w.key] = append(out[w.key], s)
			}
		}
	}
	return out
}

// declareTable notes the figure that a printed table gives.
func (r *reader) declareTable(f field) {
	gives := childOf(f.value, "gives")
	if gives == nil {
		return
	}
	fact := entitlement.Fact{Name: gives.Value}
	rows := childOf(f.value, "rows")
	for i := 0; rows != nil && i < len(rows.Content); i++ {
		cells := childOf(rows.Content[i], "cells")
		for k := 0; cells != nil && k < len(cells.Content); k++ {
			cell := cells.Content[k]
			if means := childOf(cell, "means"); means != nil {
				cell = means
			}
			if cell.Kind == yaml.ScalarNode && cell.Tag != "!!null" && !slices.Contains(fact.Values, cell.Value) {
				fact.Values = append(fact.Values, cell.Value)
			}
		}
	}
	r.declareFigure(field{gives.Value, gives, gives, join(f.path, "gives")}, fact)
}

// readFigureTable makes a case of a figure of each cell of a printed table.
func (r *reader) readFigureTable(clause string, f field) {
	before := r.failures
	defer func() { r.coverage.broken = r.coverage.broken || r.failures > before }()
	m := r.record(f.value, f.path, []string{"gives", "row", "columns", "rows"}, nil)
	out := entitlement.Figure{Name: r.named(m.get("gives")), Clause: clause}
	row, known := r.word(m.get("row"))
	if fact, ok := r.factFor("", row); known && !ok {
		r.fail(m.get("row").value, m.get("row").path, "%q is no fact and no figure: %s", row, wanted(row, r.namesFor("")))
		known = false
	} else if known && fact.Type != entitlement.Closed {
		r.fail(m.get("row").value, m.get("row").path, "%s has no values for rows to be of; want a fact or figure that has", row)
		known = false
	}
	var columns []column
	for _, f := range r.items(m.get("columns")) {
		var c column
		for _, f := range r.fields(f.value, f.path) {
			if f.key == "id" {
				c.id = r.named(f)
				continue
			}
			n := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Content: []*yaml.Node{f.name, f.value}, Line: f.name.Line, Column: f.name.Column}
			c.when = append(c.when, r.conditionsFor("", field{f.key, f.name, n, strings.TrimSuffix(f.path, "."+f.key)})...)
		}
		columns = append(columns, c)
	}
	for _, f := range r.items(m.get("rows")) {
		rm := r.record(f.value, f.path, []string{"is", "cells"}, nil)
		is := rm.get("is")
		var when []rule.Condition
		if known && is.value != nil {
			fact, _ := r.factFor("", row)
			is.key = row
			if c, ok := r.isOneOf(is, fact.Values); ok {
				when = append(when, c)
			}
			r.used[row] = true
		}
		cells := r.items(rm.get("cells"))
		if c := rm.get("cells").value; c != nil && c.Kind == yaml.SequenceNode && len(cells) != len(columns) {
			r.fail(c, rm.get("cells").path, "%d cells; want one for each of the %d columns", len(cells), len(columns))
			continue
		}
		for i, cell := range cells {
			printed, means := r.cell(cell)
			word, ok := r.word(means)
			if ok {
				r.keep(out.Name+"/"+columns[i].id+"/"+rowID(rm.get("is")), clause, printed, means)
			}
			out.Cases = append(out.Cases, entitlement.Case{When: slices.Concat(when, columns[i].when), Formula: entitlement.Word(word)})
		}
	}
	if len(out.Cases) == 0 && r.failures == before {
		r.fail(f.value, f.path, "no cell; want one at least")
	}
	r.coverage.Spec.Figures = append(r.coverage.Spec.Figures, out)
}
