package catalog

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/entitlement"
	"github.com/supportterms/supportterms/sla"
)

// A Query asks an edition when a response is due, or with Question what is
// covered. It is written as one line of JSON; a key that is not one of these is
// an error.
//
// A response query gives a case in one of three forms: by Severity and Opened, with
// Acknowledged and Responded when they happened; by Events; or by Severity and
// CountedFrom, where it is known from when a response counts. With Case it asks
// where every promise of the case stands.
type Query struct {
	ID           string            `json:"id"`
	Edition      string            `json:"edition"`
	Contract     ContractTerms     `json:"contract"`
	Release      ReleaseTerms      `json:"release"`
	Place        *PlaceTerms       `json:"place"`
	Headquarters *PlaceTerms       `json:"headquarters"`
	Portal       *PlaceTerms       `json:"portal"`
	Provider     *PlaceTerms       `json:"provider"`
	Severity     *int              `json:"severity"`
	Opened       *Instant          `json:"opened"`
	Acknowledged *Instant          `json:"acknowledged"`
	Responded    *Instant          `json:"responded"`
	CountedFrom  *Instant          `json:"counted_from"`
	Events       []EventTerms      `json:"events"`
	AsOf         *Instant          `json:"as_of"`
	Metric       string            `json:"metric"`
	Readings     map[string]string `json:"readings"`
	Range        bool              `json:"range"`
	// Case asks for the state of every metric, or of Metric alone.
	Case *CaseTerms `json:"case"`
	// A coverage query has these, and beside them ID, Edition, Contract,
	// Readings and Range alone.
	Question string        `json:"question"`
	On       calendar.Date `json:"on"`
	Facts    FactTerms     `json:"facts"`
}

// FactTerms are what a query says of a coverage question, by the names that the
// edition has. A value is a text, a number, true or false, or a list of numbers,
// machines or outages.
type FactTerms map[string]json.RawMessage

// ContractTerms are what a query says of the contract.
type ContractTerms struct {
	Document      string            `json:"document"`       // whose edition answers where the query names none
	EditionPolicy string            `json:"edition_policy"` // Pinned, AtStart or Current, which it is unless it names an edition
	Edition       string            `json:"edition"`        // of a pinned contract
	Level         string            `json:"level"`
	SecurityScope string            `json:"security_scope"`
	SupportScope  string            `json:"support_scope"`
	Addons        []string          `json:"addons"`
	Machines      []string          `json:"machines"`
	From          calendar.Date     `json:"from"`  // first day of the term
	Until         calendar.Date     `json:"until"` // and the last
	Offering      string            `json:"offering"`
	Offerings     []PurchaseTerms   `json:"offerings"`
	Readings      map[string]string `json:"readings"`
}

// PurchaseTerms are what a query says of an offering that was bought.
type PurchaseTerms struct {
	ID       string             `json:"id"`
	Quantity entitlement.Number `json:"quantity"`
	Size     entitlement.Number `json:"size"`
}

// ReleaseTerms are what a query says of the machine's release.
type ReleaseTerms struct {
	Version string `json:"version"`
	Phase   string `json:"phase"`
}

// PlaceTerms are where a clock is read.
type PlaceTerms struct {
	Zone   string `json:"zone"`   // IANA name
	Region string `json:"region"` // ISO 3166 code
	// Holidays, when given, are all there are, and no region is needed.
	Holidays    []calendar.Date `json:"holidays"`
	WorkingDays []calendar.Date `json:"working_days"` // weekend days worked instead
	Weekend     Days            `json:"weekend"`      // ["Fr", "Saturday"] or "Fr-Sa"
	Allow       string          `json:"allow"`        // "predicted", or ""
}

// EventTerms are one event of a case. What else it states is heeded where the
// query asks for the case and by which rule such a change is taken.
type EventTerms struct {
	At       Instant `json:"at"`
	Kind     string  `json:"kind"`
	Severity *int    `json:"severity"`
	// Of location_changed: the places that are others from then on.
	Place        *PlaceTerms `json:"place"`
	Headquarters *PlaceTerms `json:"headquarters"`
	Portal       *PlaceTerms `json:"portal"`
	Provider     *PlaceTerms `json:"provider"`
	// Of contract_changed: the contract from then on, or that there is none.
	Contract *ContractTerms `json:"contract"`
	Ended    bool           `json:"ended"`
}

// CaseTerms are what a query says of the state of a case. Rules are named as
// [sla.ParseRebase] reads them.
type CaseTerms struct {
	Raise    string       `json:"raise"` // what a more urgent severity makes of a running clock
	Lower    string       `json:"lower"` // and a less urgent one
	Warnings []int        `json:"warnings"`
	Changes  ChangeTerms  `json:"changes"`
	WhatIf   []EventTerms `json:"what_if"` // more events; null asks nothing
	Brief    bool         `json:"brief"`   // no reasons: what a metric rests on is null
}

// ChangeTerms say by which rule a change of terms is taken while a case runs.
// Of what they do not name the case keeps that of its opening.
type ChangeTerms struct {
	Place    string `json:"place"`
	Contract string `json:"contract"`
	Release  string `json:"release"`
	Edition  string `json:"edition"`
}

// An Instant is a time written as RFC 3339 has it, with an offset.
type Instant struct{ time.Time }

// UnmarshalText reads an instant.
func (i *Instant) UnmarshalText(b []byte) error {
	// Not time.Parse: it takes the machine's zone where the offset fits it.
	t, err := time.ParseInLocation(time.RFC3339Nano, string(b), time.UTC)
	if err != nil {
		return &sla.ParseError{What: "instant", Input: string(b), Want: "a date, a time and an offset, written 2025-08-22T16:30:00+01:00"}
	}
	i.Time = t
	return nil
}

// UnmarshalJSON reads an instant from a string.
func (i *Instant) UnmarshalJSON(b []byte) error {
	var s string
	if err := json.Unmarshal(b, &s); err != nil {
		return &sla.ParseError{What: "instant", Input: string(b), Want: "a string such as \"2025-08-22T16:30:00+01:00\""}
	}
	return i.UnmarshalText([]byte(s))
}

// ParseQuery reads one line of JSON. It refuses keys it does not know, keys
// given twice, and anything after the object.
func ParseQuery(line []byte) (*Query, error) {
	if q, ok := parsePlain(line); ok {
		return q, nil
	}
	if err := checkKeys(line); err != nil {
		return nil, err
	}
	var q Query
	if err := json.Unmarshal(line, &q); err != nil {
		return nil, queryError(err)
	}
	return &q, nil
}

// queryError says what was wanted where the decoder says only what was found.
func queryError(err error) error {
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		return fmt.Errorf("query: %s is of JSON type %s: want %s", wrong.Field, wrong.Value, jsonType(wrong.Type))
	}
	return fmt.Errorf("query: %w", err)
}

// contract returns the contract that q states.
func (q *Query) contract() (entitlement.Contract, error) { return q.Contract.contract(q.Readings) }

// contract returns t under the readings of a query.
func (t *ContractTerms) contract(readings map[string]string) (entitlement.Contract, error) {
	c := entitlement.Contract{
		Level: t.Level, SecurityScope: t.SecurityScope, SupportScope: t.SupportScope,
		Addons: t.Addons, Machines: t.Machines, From: t.From, Until: t.Until,
		Offering: t.Offering, Readings: map[string]string{},
	}
	if t.Offerings != nil {
		c.Offerings = []entitlement.Purchase{}
	}
	for _, p := range t.Offerings {
		c.Offerings = append(c.Offerings, entitlement.Purchase{Offering: p.ID, Quantity: p.Quantity, Size: p.Size})
	}
	for k, v := range t.Readings {
		c.Readings[k] = v
	}
	for k, v := range readings {
		if other, ok := c.Readings[k]; ok && other != v {
			return c, fmt.Errorf("readings.%s is %q, and %q in the contract: choose one", k, v, other)
		}
		c.Readings[k] = v
	}
	return c, nil
}

// case returns the case that q states.
func (q *Query) caseOf(severities []sla.Severity) (c sla.Case, err error) {
	simple := q.Opened != nil || q.Acknowledged != nil || q.Responded != nil
	forms := []string{}
	for _, f := range []struct {
		given bool
		name  string
	}{{simple, "opened"}, {len(q.Events) > 0, "events"}, {q.CountedFrom != nil, "counted_from"}} {
		if f.given {
			forms = append(forms, f.name)
		}
	}
	severity, err := severityOf("severity", q.Severity, severities)
	switch {
	case err != nil:
		return c, err
	case len(forms) > 1:
		return c, fmt.Errorf("a case in %d forms at once (%s): give one", len(forms), strings.Join(forms, ", "))
	case len(forms) == 0:
		return c, errors.New("no case: give opened, counted_from or events")
	case len(q.Events) > 0 && q.Severity != nil:
		return c, errors.New("severity beside events: state it in the opened event")
	case simple && q.Opened == nil:
		return c, errors.New("acknowledged or responded without opened")
	}
	if q.AsOf != nil {
		c.AsOf = q.AsOf.Time
	}
	switch {
	case q.CountedFrom != nil:
		c.CountedFrom, c.Severity = q.CountedFrom.Time, severity
	case simple:
		c.Events = append(c.Events, sla.Event{At: q.Opened.Time, Kind: sla.Opened, Severity: severity})
		if q.Acknowledged != nil {
			c.Events = append(c.Events, sla.Event{At: q.Acknowledged.Time, Kind: sla.Acknowledged})
		}
		if q.Responded != nil {
			c.Events = append(c.Events, sla.Event{At: q.Responded.Time, Kind: sla.Responded})
		}
	default:
		c.Events, err = events("events", q.Events, severities)
	}
	return c, err
}

func events(field string, of []EventTerms, severities []sla.Severity) (out []sla.Event, err error) {
	var errs []error
	for i := range of {
		e := &of[i]
		path := func() string { return fmt.Sprintf("%s[%d]", field, i) }
		kind, err := sla.ParseEventKind(e.Kind)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", path(), err))
		}
		var severity sla.Severity
		if e.Severity != nil {
			if severity, err = severityOf(path()+".severity", e.Severity, severities); err != nil {
				errs = append(errs, err)
			}
		}
		if e.At.IsZero() {
			errs = append(errs, fmt.Errorf("%s: at is missing: want an instant", path()))
		}
		if why := e.misplaced(kind); why != "" {
			errs = append(errs, fmt.Errorf("%s: %s", path(), why))
		}
		out = append(out, sla.Event{At: e.At.Time, Kind: kind, Severity: severity})
	}
	return out, errors.Join(errs...)
}

// misplaced says what an event states that an event of its kind does not.
func (e *EventTerms) misplaced(kind sla.EventKind) string {
	switch {
	case kind == 0:
		return ""
	case e.moved() && kind != sla.LocationChanged:
		return "only location_changed has a place"
	case (e.Contract != nil || e.Ended) && kind != sla.ContractChanged:
		return "only contract_changed has a contract, or ended"
	case e.Contract != nil && e.Ended:
		return "a contract and ended at once: give one"
	}
	return ""
}

// moved reports whether e states a place.
func (e *EventTerms) moved() bool {
	return e.Place != nil || e.Headquarters != nil || e.Portal != nil || e.Provider != nil
}

// severityOf turns a stated severity into one of the edition's.
func severityOf(field string, n *int, known []sla.Severity) (sla.Severity, error) {
	if n == nil {
		return 0, nil
	}
	if *n > 0 && *n < 256 && (len(known) == 0 || slices.Contains(known, sla.Severity(*n))) {
		return sla.Severity(*n), nil
	}
	e := &sla.ValueError{Field: field, Value: strconv.Itoa(*n)}
	for _, s := range known {
		e.Allowed = append(e.Allowed, strconv.Itoa(int(s)))
	}
	return 0, e
}
