package catalog

import (
	"slices"
	"strings"
	"time"
)

// An AnswerChange is a query that two editions answer differently.
type AnswerChange struct {
	Query int         `json:"query"` // its place in the inventory
	ID    *string     `json:"id"`
	Was   ShortAnswer `json:"was"`
	Is    ShortAnswer `json:"is"`
}

// A ShortAnswer is what matters of an answer or a verdict.
type ShortAnswer struct {
	Status     string     `json:"status"` // or the outcome
	Due        *time.Time `json:"due"`
	Limits     []string   `json:"limits"`
	Service    *string    `json:"service"`
	Value      string     `json:"value"`      // the amount or date answered, with its unit
	Shortfalls []string   `json:"shortfalls"` // with their units
	Missing    []string   `json:"missing"`
	Error      string     `json:"error"`
	Clauses    []string   `json:"clauses"` // which do not count as a difference
}

// String writes a on one line.
func (a ShortAnswer) String() string {
	out := []string{a.Status}
	add := func(label, text string) {
		if text != "" {
			out = append(out, strings.TrimSpace(label+" "+text))
		}
	}
	if a.Due != nil {
		add("", a.Due.Format(time.RFC3339))
	}
	add("limits", strings.Join(a.Limits, ", "))
	if a.Service != nil {
		add("service", *a.Service)
	}
	add("", a.Value)
	add("over by", strings.Join(a.Shortfalls, ", "))
	add("missing", strings.Join(a.Missing, ", "))
	add("", a.Error)
	text := strings.Join(out, "; ")
	if len(a.Clauses) > 0 {
		text += " (" + strings.Join(a.Clauses, ", ") + ")"
	}
	return text
}

func (a *ShortAnswer) same(b *ShortAnswer) bool {
	due := a.Due == nil && b.Due == nil || a.Due != nil && b.Due != nil && a.Due.Equal(*b.Due)
	service := a.Service == nil && b.Service == nil || a.Service != nil && b.Service != nil && *a.Service == *b.Service
	return due && service && a.Status == b.Status && a.Value == b.Value && a.Error == b.Error &&
		slices.Equal(a.Limits, b.Limits) && slices.Equal(a.Shortfalls, b.Shortfalls) && slices.Equal(a.Missing, b.Missing)
}

// Changes puts an inventory of queries to two editions, whichever the queries
// name, and returns those that are answered differently, or not at all. A query
// that an edition cannot answer has the status error there, and loses no other.
func (d *Desk) Changes(was, is string, inventory []*Query) ([]AnswerChange, error) {
	for _, id := range []string{was, is} {
		if _, err := d.catalog.Edition(id); err != nil {
			return nil, err
		}
	}
	out := []AnswerChange{}
	for i, q := range inventory {
		c := AnswerChange{i, orNull(q.ID), d.short(q, was), d.short(q, is)}
		if !c.Was.same(&c.Is) || c.Is.Error != "" {
			out = append(out, c)
		}
	}
	return out, nil
}

// short puts a query to an edition.
func (d *Desk) short(query *Query, edition string) ShortAnswer {
	q := *query
	q.Edition = edition
	q.Contract.Document, q.Contract.Edition, q.Contract.EditionPolicy = "", "", ""
	var out ShortAnswer
	var err error
	if q.Question != "" {
		var v *Verdict
		if v, err = d.Verdict(&q); err == nil {
			out = shortVerdict(v)
		}
	} else {
		var a *Answer
		if a, err = d.Answer(&q); err == nil {
			out = ShortAnswer{Status: a.Status, Due: a.Due, Missing: a.Missing, Clauses: a.Clauses, Limits: []string{}, Shortfalls: []string{}}
		}
	}
	if err != nil {
		return ShortAnswer{Status: "error", Error: err.Error(), Limits: []string{}, Shortfalls: []string{}, Missing: []string{}, Clauses: []string{}}
	}
	return out
}

func shortVerdict(v *Verdict) ShortAnswer {
	out := ShortAnswer{Status: v.Outcome.String(), Limits: v.Limits, Service: v.Service, Missing: v.Missing, Shortfalls: []string{}, Clauses: []string{}}
	if v.Amount != nil {
		out.Value = strings.TrimSpace(v.Amount.String() + " " + v.Unit)
	} else if v.Date != nil {
		out.Value = v.Date.String()
	}
	for _, r := range v.Reasons {
		if r.Shortfall != nil {
			out.Shortfalls = append(out.Shortfalls, strings.TrimSpace(r.Shortfall.String()+" "+r.Unit))
		}
		if r.Clause != "" && !slices.Contains(out.Clauses, r.Clause) {
			out.Clauses = append(out.Clauses, r.Clause)
		}
	}
	return out
}
