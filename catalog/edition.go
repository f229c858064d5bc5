package catalog

import (
	"time"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/entitlement"
	"github.com/supportterms/supportterms/sla"
)

// An Edition is one edition of one document, from a [Catalog] or [Parse]. It is
// safe for concurrent use; its fields are to be read only.
type Edition struct {
	ID        string // "ubuntu-pro/2025-07-02"
	Document  string // "ubuntu-pro"
	Title     string
	Publisher string
	Language  string // BCP 47
	// InForce is since when the edition is in force, and until when, where a
	// later one is known to exist. A document that bears no date has neither.
	// An edition that is asked for by its ID answers after its end too, for a
	// contract may be held to it, but never before its beginning.
	InForce     calendar.Period
	UntilSource string
	Source      Source
	Digest      string // of the catalog file: "sha256:" and hexadecimal
	Clauses     []Clause
	rules       []RuleInfo
	policy      *sla.Policy
	coverage    *entitlement.Policy
}

// A Source is the text an edition was written from.
type Source struct {
	Text   string // its name
	SHA256 string
}

// A Clause is a numbered clause of the document, or a heading of an
// unnumbered part.
type Clause struct {
	Number  string // as printed: "12.3", "12.3 note 2", "Definitions: Node"
	Summary string // in our words
	// Party and Kind are of a statement: what the clause says that no rule
	// decides. They are "" in a clause with rules; Kind is "empty" where the
	// document prints a number and nothing else.
	Party string // "provider", "customer" or "both"
	Kind  string // "obligation", "permission", "expectation", "definition", "reference", "heading" or "empty"
	Line  int
}

// A RuleInfo is a rule as a reader finds it.
type RuleInfo struct {
	ID       string // "response-times/24x7-first/2"
	Question string
	Clause   string
	Printed  string // the cell of a printed table it comes from, or ""
	Line     int
}

// Policy returns the response part of the edition.
func (e *Edition) Policy() *sla.Policy { return e.policy }

// Coverage returns the coverage part of the edition.
func (e *Edition) Coverage() *entitlement.Policy { return e.coverage }

// Rules returns every rule in the edition, in the document's order. The slice
// is the edition's own: read it only.
func (e *Edition) Rules() []RuleInfo { return e.rules }

// Readings returns how the edition's unclear words may be read. The slice is
// the edition's own: read it only.
func (e *Edition) Readings() []entitlement.Reading { return e.coverage.Spec.Readings }

// Phase returns the phase of a release on a date: as stated, else computed
// from its version, or "" when that is not known.
func (e *Edition) Phase(r entitlement.Release, on calendar.Date) string {
	phase, _ := e.phase(r, on, nil)
	return phase
}

// Bind puts a contract to the edition at a customer's places, once for many
// cases. The phase is that of the machine's release, "" when not known. Whether
// the edition was in force is for the caller to ask of InForce; a [Desk] does.
func (e *Edition) Bind(c entitlement.Contract, phase string, at *sla.Calendars) (*sla.Bound, error) {
	return e.policy.Bind(c, phase, at)
}

// Calendars prepares a customer's places.
func (e *Edition) Calendars(places sla.Places) *sla.Calendars { return e.policy.Calendars(places) }

// Due returns when a response is due, in short and without reasons.
func (e *Edition) Due(c *entitlement.Contract, phase string, at *sla.Calendars, metric string, severity sla.Severity, from time.Time) (sla.Due, error) {
	return e.policy.Due(c, phase, at, metric, severity, from)
}
