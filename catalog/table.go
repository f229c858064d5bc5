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
	done := r.watch(sla.QTarget)
	m := r.record(f.value, f.path, []string{"name", "row", "columns", "rows"}, nil)
	name := r.named(m.get("name"))
	fact, known := r.oneOf(m.get("row"), r.known)
	var columns []column
	for _, f := range r.items(m.get("columns")) {
		columns = append(columns, r.column(f))
	}
	for _, f := range r.items(m.get("rows")) {
		rm := r.record(f.value, f.path, []string{"is", "cells"}, []string{"id", "when", "except"})
		is, when := rm.get("is"), r.conditions(rm.get("when"))
		if is.key = fact; known && is.value != nil {
			if c, ok := r.condition(is); ok {
				when = append(when, c)
			}
		}
		id := r.named(rm.get("id"))
		if rm.get("id").value == nil {
			id = rowID(is)
		}
		except := r.named(rm.get("except"))
		cells := r.items(rm.get("cells"))
		if c := rm.get("cells").value; c != nil && c.Kind == yaml.SequenceNode && len(cells) != len(columns) {
			r.fail(c, rm.get("cells").path, "%d cells; want one for each of the %d columns", len(cells), len(columns))
			continue
		}
		for i, cell := range cells {
			out := rule.Rule{
				ID: name + "/" + columns[i].id + "/" + id, Clause: clause,
				When: slices.Concat(columns[i].when, when),
			}
			if except != "" {
				out.Except = name + "/" + columns[i].id + "/" + except
			}
			printed, means := r.cell(cell)
			if name == "" || columns[i].id == "" || id == "" {
				r.target(means)
				continue
			}
			r.add(sla.QTarget, out, cell, rm.get("except"), means, printed)
		}
	}
	done()
}

// rowID names a row without a name of its own by what it is of.
func rowID(is field) string {
	if is.value == nil || is.value.Kind != yaml.SequenceNode {
		return cut(yamlValue(is.value), maxName)
	}
	var ids []string
	for _, item := range is.value.Content {
		ids = append(ids, item.Value)
	}
	return cut(strings.Join(ids, "+"), maxName)
}

func yamlValue(n *yaml.Node) string {
	if n == nil {
		return ""
	}
	return n.Value
}

// column reads a mapping of an id and conditions.
func (r *reader) column(f field) (c column) {
	named := false
	for _, f := range r.fields(f.value, f.path) {
		if f.key == "id" {
			c.id, named = r.named(f), true
		} else if cond, ok := r.condition(f); ok {
			c.when = append(c.when, cond)
		}
	}
	if !named && f.value.Kind == yaml.MappingNode {
		r.fail(f.value, join(f.path, "id"), `key "id" is missing; a column has a name`)
	}
	return c
}

// cell reads what is printed in a cell, and what it means where that differs.
func (r *reader) cell(f field) (printed string, means field) {
	if f.value.Kind != yaml.MappingNode {
		return strings.TrimSpace(f.value.Value), f
	}
	m := r.record(f.value, f.path, []string{"printed", "means"}, nil)
	if p := m.get("printed").value; p != nil && p.Kind == yaml.ScalarNode && p.Tag == "!!str" && p.Value == "" {
		return "", m.get("means") // an empty cell
	}
	return r.text(m.get("printed")), m.get("means")
}
