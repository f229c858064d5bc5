package catalog

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/entitlement"
)

// Which edition a contract is held to.
const (
	Pinned  = "pinned"   // the one it names
	AtStart = "at-start" // the one in force on the first day of its term
	Current = "current"  // the one in force on the day asked about
)

var editionPolicies = []string{Pinned, AtStart, Current}

// A choice is the edition that answers a query.
type choice struct {
	edition *Edition
	missing []string         // what is not stated that it turns on
	none    *NotInForceError // why there is none
	// key and value are of the reading that chose between documents, and other
	// is what another value of it chooses.
	key, value string
	other      *Edition
}

// choose returns the edition that answers a query: the one it names, or its
// contract, or that of the contract's document which is in force on a day. The
// contract loses readings that are of the catalog and not of an edition.
func (d *Desk) choose(q *Query, c *entitlement.Contract, on calendar.Date, responses bool) (choice, error) {
	x, err := d.catalog.index()
	if err != nil {
		return choice{}, err
	}
	chosen := map[string]string{}
	for _, r := range x.readings {
		value, ok := c.Readings[r.Key]
		if !ok {
			chosen[r.Key] = r.Default
			continue
		}
		if _, known := r.Value(value); !known {
			e := &entitlement.ValueError{Field: "readings." + r.Key, Value: value}
			for _, v := range r.Values {
				e.Allowed = append(e.Allowed, v.Name)
			}
			return choice{}, e
		}
		chosen[r.Key] = value
		delete(c.Readings, r.Key)
	}
	t := &q.Contract
	policy := t.EditionPolicy
	switch {
	case policy == "" && t.Edition != "":
		policy = Pinned
	case policy == "":
		policy = Current
	case !slices.Contains(editionPolicies, policy):
		return choice{}, &entitlement.ValueError{Field: "contract.edition_policy", Value: policy, Allowed: editionPolicies}
	case policy == Pinned && t.Edition == "" && q.Edition == "":
		return choice{}, errors.New("contract.edition is missing: a pinned contract names its edition")
	case policy != Pinned && t.Edition != "":
		return choice{}, fmt.Errorf("contract.edition %q beside contract.edition_policy %q: want %q", t.Edition, policy, Pinned)
	}
	if id := q.Edition; id != "" || policy == Pinned || t.Document == "" {
		if id == "" {
			id = t.Edition
		}
		e, err := d.catalog.Edition(id)
		return choice{edition: e}, err
	}
	if policy == AtStart {
		on = t.From
		if on.IsZero() {
			return choice{missing: []string{"contract.from"}}, nil
		}
	}
	if on.IsZero() {
		return choice{missing: []string{entitlement.FactOn}}, nil
	}
	document, out := t.Document, choice{}
	var other string
	if terms := x.documents[document]; responses && terms.reading != "" {
		out.key, out.value = terms.reading, chosen[terms.reading]
		for _, value := range terms.responses {
			if value != terms.responses[out.value] {
				other = value
			}
		}
		document = terms.responses[out.value]
	}
	out.edition, err = d.catalog.InForce(document, on)
	if errors.As(err, &out.none) {
		return out, nil
	}
	if err == nil && other != "" {
		out.other, _ = d.catalog.InForce(other, on) // nil where there is none, which differs
	}
	return out, err
}

// agreed returns the value that a query or its contract chooses for a reading.
func (q *Query) agreed(key string) (value string, ok bool) {
	if value, ok = q.Readings[key]; !ok {
		value, ok = q.Contract.Readings[key]
	}
	return value, ok
}

// begins returns the first instant that a query states of its case.
func (q *Query) begins() (t time.Time) {
	earlier := func(i *Instant) {
		if i != nil && !i.IsZero() && (t.IsZero() || i.Before(t)) {
			t = i.Time
		}
	}
	for _, i := range []*Instant{q.Opened, q.Acknowledged, q.Responded, q.CountedFrom} {
		earlier(i)
	}
	for i := range q.Events {
		earlier(&q.Events[i].At)
	}
	return t
}

// editionLines are the editions known and not at hand, as an answer has them.
func editionLines(e *NotInForceError) []KnownLine {
	out := []KnownLine{}
	for _, k := range e.NotHeld {
		out = append(out, KnownLine{k.ID, k.Since})
	}
	return out
}

// A KnownLine is an edition that is known to exist and is not at hand.
type KnownLine struct {
	Edition string        `json:"edition"`
	Since   calendar.Date `json:"since"`
}
