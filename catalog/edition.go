package catalog

import (
	"strings"
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
	Terms       []Term
	Lifecycle   *sla.Lifecycle // of a case, or nil where the document has none
	rules       []RuleInfo
	cells       []Cell
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
	// Words are of the clause in the copy the edition was written from: the
	// first 16 hexadecimal digits of the SHA-256 of its letters and digits,
	// folded; "" where the edition does not say.
	Words string
	Line  int
}

// A RuleInfo is a rule as a reader finds it.
type RuleInfo struct {
	ID       string // "response-times/24x7-first/2"
	Question string
	Clause   string
	Printed  string // the words of the document it comes from, or ""
	Line     int
}

// A Term is a word of the document, in its own language.
type Term struct {
	Printed string // "営業日"
	Means   string // in English: "business day"
	Clauses []string
}

// A Cell is what stands in the document word for word, most often in a table.
type Cell struct {
	ID      string // of the rule that it decides, or of the figure's cell
	Clause  string
	Printed string
	Means   string // as the file has it
	Line    int
}

// Cells returns what the edition keeps of the document word for word, in the
// document's order. The slice is the edition's own: read it only.
func (e *Edition) Cells() []Cell { return e.cells }

// Lookup returns what the edition says of a printed term: what it means, if it
// is one of the edition's terms, and the cells in which it stands.
func (e *Edition) Lookup(printed string) (Term, []Cell) {
	var cells []Cell
	for _, c := range e.cells {
		if printed != "" && strings.Contains(c.Printed, printed) {
			cells = append(cells, c)
		}
	}
	for _, t := range e.Terms {
		if t.Printed == printed {
			return t, cells
		}
	}
	return Term{}, cells
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
