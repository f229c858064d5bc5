package catalog

import (
	"fmt"
	"slices"
	"strings"

	"github.com/supportterms/supportterms/sla"
)

// A ChangeKind is what became of something between two editions.
type ChangeKind uint8

const (
	Added   ChangeKind = iota + 1 // only the second has it
	Removed                       // only the first has it
	Changed                       // both have it, with other values
	Moved                         // both have it alike, under another clause
)

var changeKinds = [...]string{"", "added", "removed", "changed", "moved"}

// String writes k: "added", "removed", "changed", "moved".
func (k ChangeKind) String() string {
	if int(k) < len(changeKinds) {
		return changeKinds[k]
	}
	return fmt.Sprintf("ChangeKind(%d)", uint8(k))
}

// MarshalText writes k as String does.
func (k ChangeKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (k *ChangeKind) UnmarshalText(b []byte) error {
	if i := slices.Index(changeKinds[1:], string(b)); i >= 0 {
		*k = ChangeKind(i + 1)
		return nil
	}
	return &sla.ParseError{What: "change", Input: string(b), Want: "one of " + strings.Join(changeKinds[1:], ", ")}
}

// A Change is one difference between two editions.
type Change struct {
	Kind ChangeKind `json:"change"`
	// What it is: "edition", "add-on", "service", "limit", "severity", "metric",
	// "fact", "reading", "table", "question", "hours", "figure", "rule" or
	// "case step".
	What string `json:"what"`
	ID   string `json:"id"` // "product/too-few-nodes"
	// WasClause and IsClause are where it stands; "" where it does not, or is of
	// the whole edition.
	WasClause string `json:"was_clause"`
	IsClause  string `json:"is_clause"`
	// Values are those that differ; of what was added or removed, all.
	Values []ValueChange `json:"values"`
}

// A ValueChange is a value that differs; "" is none.
type ValueChange struct {
	Name string `json:"name"` // "when deployed_nodes", "then", "allowance"
	Was  string `json:"was"`
	Is   string `json:"is"`
}

// String writes c on one line.
func (c Change) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%v %s %s", c.Kind, c.What, c.ID)
	for i, v := range c.Values {
		if i == 0 {
			b.WriteString(": ")
		} else {
			b.WriteString("; ")
		}
		if c.Kind == Changed {
			b.WriteString(v.String())
		} else {
			b.WriteString(v.Name + " " + v.Was + v.Is)
		}
	}
	switch {
	case c.Kind == Added && c.IsClause != "":
		b.WriteString(" (" + c.IsClause + ")")
	case c.Kind == Removed && c.WasClause != "":
		b.WriteString(" (" + c.WasClause + ")")
	case c.WasClause != c.IsClause:
		b.WriteString("; clause " + c.WasClause + " → " + c.IsClause)
	case c.IsClause != "":
		b.WriteString(" (" + c.IsClause + ")")
	}
	return b.String()
}

// String writes v: "allowance 384 → 576". Of a list it writes what came and went.
func (v ValueChange) String() string {
	switch {
	case v.Was == "":
		return strings.TrimSpace("with " + v.Name + " " + v.Is)
	case v.Is == "":
		return "without " + v.Name + " " + v.Was
	}
	gone, came, ok := v.list()
	if !ok {
		return v.Name + " " + v.Was + " → " + v.Is
	}
	out := v.Name
	if len(gone) > 0 {
		out += " loses " + strings.Join(gone, ", ")
	}
	if len(came) > 0 {
		out += strings.Repeat(" and", min(len(gone), 1)) + " gains " + strings.Join(came, ", ")
	}
	return out
}

// list returns what a list lost and gained, if v is of words that both have
// some of, and not of bounds or of several values.
func (v ValueChange) list() (gone, came []string, ok bool) {
	was, is := strings.Split(v.Was, ", "), strings.Split(v.Is, ", ")
	if slices.ContainsFunc(slices.Concat(was, is), func(s string) bool { return strings.Contains(s, " ") }) {
		return nil, nil, false
	}
	gone = slices.DeleteFunc(slices.Clone(was), func(s string) bool { return slices.Contains(is, s) })
	came = slices.DeleteFunc(slices.Clone(is), func(s string) bool { return slices.Contains(was, s) })
	return gone, came, len(gone) < len(was) && len(gone)+len(came) > 0
}

// Diff says what two editions decide differently, in rules and figures and not
// in words: first what was removed or became another, in the order of a, then
// what was added, in the order of b. A rule is the same in both by its ID.
// Summaries, and clauses that decide nothing, are not looked at.
func Diff(a, b *Edition) (out []Change) {
	was, is := a.parts(), b.parts()
	for _, p := range was {
		i := slices.IndexFunc(is, p.same)
		c := Change{What: p.what, ID: p.id, WasClause: p.clause, Values: []ValueChange{}}
		if i < 0 {
			c.Kind = Removed
			for _, v := range p.values {
				c.Values = append(c.Values, ValueChange{v.name, v.value, ""})
			}
			out = append(out, c)
			continue
		}
		c.IsClause = is[i].clause
		c.Values = p.differences(&is[i])
		switch {
		case len(c.Values) > 0:
			c.Kind = Changed
		case c.WasClause != c.IsClause:
			c.Kind = Moved
		default:
			continue
		}
		out = append(out, c)
	}
	for _, p := range is {
		if slices.ContainsFunc(was, p.same) {
			continue
		}
		c := Change{Kind: Added, What: p.what, ID: p.id, IsClause: p.clause, Values: []ValueChange{}}
		for _, v := range p.values {
			c.Values = append(c.Values, ValueChange{v.name, "", v.value})
		}
		out = append(out, c)
	}
	return out
}

func (p part) same(q part) bool { return p.what == q.what && p.id == q.id }

// differences returns the values that differ. Of several values with one name
// those that both have are left out, and the others put side by side.
func (p *part) differences(q *part) []ValueChange {
	out := []ValueChange{}
	was, is := slices.Clone(p.values), slices.Clone(q.values)
	for _, v := range p.values {
		if i := slices.Index(is, v); i >= 0 {
			is = slices.Delete(is, i, i+1)
			was = slices.Delete(was, slices.Index(was, v), slices.Index(was, v)+1)
		}
	}
	for _, v := range was {
		c := ValueChange{Name: v.name, Was: v.value}
		if i := slices.IndexFunc(is, func(w namedValue) bool { return w.name == v.name }); i >= 0 {
			c.Is = is[i].value
			is = slices.Delete(is, i, i+1)
		}
		out = append(out, c)
	}
	for _, v := range is {
		out = append(out, ValueChange{Name: v.name, Is: v.value})
	}
	if len(out) == 0 && !slices.Equal(p.values, q.values) { // the first case that holds counts
		out = append(out, ValueChange{Name: "order"})
	}
	return out
}
