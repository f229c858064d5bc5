package entitlement

import (
	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/entitlement/rule"
)

// Names of facts that a policy gives a meaning to. An edition declares those
// it needs; those of the last group are always there.
const (
	FactLevel         = "level"
	FactSecurityScope = "security_scope"
	FactSupportScope  = "support_scope"
	FactOffering      = "offering"
	FactRelease       = "release"
	FactMachine       = "machine"
	FactPhase         = "phase"
	// FactAddon with the name of an add-on is "yes" or "no".
	FactAddon = "addon."

	// FactOn is the date asked about, FactOnStated whether there is one.
	FactOn       = rule.On
	FactOnStated = "on_stated"
	// FactContractTerm says where the date asked about lies in the contract's
	// term: "before", "running" or "after".
	FactContractTerm = "contract_term"
	// FactMachineBought is "no" when the contract names kinds of machine and
	// the one asked about is not among them.
	FactMachineBought = "machine_bought"
	// FactOfferingBought says whether the offering asked about is among those
	// of the contract, in editions with a fact offering. FactQuantity and
	// FactSize are what the contract says of its purchase, where the edition
	// declares them.
	FactOfferingBought = "offering_bought"
	FactQuantity       = "quantity"
	FactSize           = "size"
)

// A Type says what a fact's values are.
type Type uint8

const (
	Closed   Type = iota // one of a list of names
	Numeric              // a [Number] that is not negative
	Dates                // a date
	Instants             // an instant
	Numbers              // a list of numbers
	Machines             // a list of machines
	Outages              // a list of outages
	Text                 // a note that no rule asks for
)

// A Fact is one thing that a question may be about.
type Fact struct {
	Name    string
	Type    Type
	Values  []string          // of a Closed fact
	Unit    string            // of Numeric and Numbers: "node", "TB"
	Aliases map[string]string // other names of values
	Default string            // the value of a Closed fact that is not stated
	Clause  string            // which gives the default, or "" where it only frames the question
	Means   string            // what is attested, in our words
	// Attributions and Causes are the words that Outages may have.
	Attributions, Causes []string
}

// A Table is what a document points to and does not say: release dates, or
// lists. Tables from sources that conflict are kept apart, and a reading
// chooses.
type Table struct {
	Name    string
	Source  string
	Key     string // the fact whose values name the rows
	Columns []TableColumn
	Rows    []Row
}

// A TableColumn is one of a [Table]: Closed (yes or no), Numeric or Dates.
type TableColumn struct {
	Name string
	Type Type
}

// A Row has a cell for each column.
type Row struct {
	Name  string
	Cells []Cell
}

// A Cell is what a table says. The zero Cell is not known.
type Cell struct {
	Word   string // of a Closed column: "no" or "yes"
	Number Number
	Date   calendar.Date
	// ToTheMonth is set when no more than the month of Date is known; Date is
	// then its last day.
	ToTheMonth bool

	day int64 // Date, as rule.Day counts it
}

// A Figure is a fact that is computed from others: a date so many years after
// another, what is over an allowance. One that is declared as a [Fact] too may
// be stated, and then that counts. The first of its cases of which all
// conditions hold is the one that counts.
type Figure struct {
	Name   string
	Clause string
	Cases  []Case
}

// A Case is a formula and when it holds.
type Case struct {
	When    []rule.Condition
	Formula Formula
}

// A Rule is what a clause says to a question. Numbers in its conditions are in
// thousandths, dates as [rule.Day] counts them.
type Rule struct {
	Code    string // unique in its question
	Clause  string
	When    []rule.Condition
	Then    Outcome
	Service string // with Covered: what is granted, or ""
	Limit   string // with Limited
	Gives   string // the figure that is answered, or ""
	Remedy  string // the add-on that would change a no, or ""
	Except  string // code of the rule this takes back, or ""
}

// A QuestionSpec is a question that an edition answers.
type QuestionSpec struct {
	Name  string
	Kind  Kind
	Asks  string // in our words
	Facts []Fact // its own, beside those of all questions
	Rules []Rule // in the document's order
}

// A Spec is what a [Policy] is made of: the coverage part of one edition.
type Spec struct {
	Edition   string // its ID, for verdicts
	Digest    string
	InForce   calendar.Period
	Facts     []Fact   // common to all questions, those of the contract among them
	Addons    []string // those there are
	Services  []string // what may be granted, in order of precedence
	Limits    []string
	Tables    []Table
	Figures   []Figure
	Readings  []Reading
	Questions []QuestionSpec
}
