package catalog

import (
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/supportterms/supportterms/entitlement/rule"
	"github.com/supportterms/supportterms/sla"
)

// A column of a printed table: the conditions its cells share.
type column struct {
	id   string
	when []rule.Condition
}

// readTable makes a rule for QTarget of each cell of a printed table.
func (r *reader) readTable(clause string, f field) {
	if f.value == nil {
		return
	}
	m := r.record(f.value, f.path, []string{"name", "row", "columns", "rows"}, nil)
	name, fact := r.text(m["name"]), m["row"]
	var columns []column
	for _, f := range r.items(m["columns"]) {
		columns = append(columns, r.column(f))
	}
	for _, f := range r.items(m["rows"]) {
		rm := r.record(f.value, f.path, []string{"is", "cells"}, []string{"id", "when", "except"})
		is := rm["is"]
		is.key = r.text(fact)
		var when []rule.Condition
		if c, ok := r.condition(is); ok && is.value != nil {
			when = append(when, c)
		}
		when = append(when, r.conditions(rm["when"])...)
		id := strings.Join(r.texts(rm["is"]), "+")
		if rm["id"].value != nil {
			id = r.text(rm["id"])
		}
		cells := r.items(rm["cells"])
		if rm["cells"].value != nil && len(cells) != len(columns) {
			r.fail(rm["cells"].value, rm["cells"].path, "%d cells; the table has %d columns", len(cells), len(columns))
			continue
		}
		for i, cell := range cells {
			printed, then, ok := r.cell(cell)
			if !ok {
				continue
			}
			out := rule.Rule{
				ID: name + "/" + columns[i].id + "/" + id, Clause: clause, Then: then,
				When: slices.Concat(columns[i].when, when),
			}
			if e := rm["except"]; e.value != nil {
				out.Except = name + "/" + columns[i].id + "/" + r.text(e)
			}
			r.add(sla.QTarget, out, cell, printed)
		}
	}
}

// column reads a mapping of an id and conditions.
func (r *reader) column(f field) (c column) {
	for _, f := range r.fields(f.value, f.path) {
		if f.key == "id" {
			c.id = r.text(f)
		} else if cond, ok := r.condition(f); ok {
			c.when = append(c.when, cond)
		}
	}
	if c.id == "" {
		r.fail(f.value, f.path, "key \"id\" is missing: columns are named")
	}
	return c
}

// cell reads what is printed in a cell, and what it means where that differs.
func (r *reader) cell(f field) (printed string, then int, ok bool) {
	if f.value.Kind != yaml.MappingNode {
		printed = r.text(f)
		then, ok = r.target(f, printed)
		return printed, then, ok
	}
	m := r.record(f.value, f.path, []string{"printed", "means"}, nil)
	if m["means"].value == nil {
		return "", 0, false
	}
	then, ok = r.target(m["means"], r.text(m["means"]))
	return r.text(m["printed"]), then, ok
}
