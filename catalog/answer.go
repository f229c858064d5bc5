package catalog

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"

	"github.com/supportterms/supportterms/sla"
)

// An Answer is what a Query gets: one line of JSON with every key up to ledger
// always there, in this order. Reasons are there where something beside the
// deadline is to be said, and Known where no edition is in force.
type Answer struct {
	ID                *string           `json:"id"`
	Status            string            `json:"status"`
	Due               *time.Time        `json:"due"`
	Clock             *string           `json:"clock"`
	Target            *string           `json:"target"`
	StatedSeverity    *int              `json:"stated_severity"`
	EffectiveSeverity *int              `json:"effective_severity"`
	Clauses           []string          `json:"clauses"`
	Readings          map[string]string `json:"readings"`
	Earliest          *time.Time        `json:"earliest"`
	Latest            *time.Time        `json:"latest"`
	Otherwise         []string          `json:"otherwise"`
	LeftOut           []string          `json:"left_out"`
	Missing           []string          `json:"missing"`
	Holidays          HolidayAnswer     `json:"holidays"`
	Edition           string            `json:"edition"`
	Digest            string            `json:"digest"`
	Ledger            []LedgerLine      `json:"ledger"`
	Reasons           []ReasonLine      `json:"reasons,omitempty"`
	Known             []KnownLine       `json:"known,omitempty"`

	deadline *sla.Deadline
}

// A HolidayAnswer says how sure the holidays read are; both are null when none
// was read, and the version when the caller listed them.
type HolidayAnswer struct {
	Status  *string `json:"status"`
	Version *string `json:"version"`
}

// A LedgerLine is an entry of the ledger.
type LedgerLine struct {
	From    time.Time `json:"from"`
	To      time.Time `json:"to"`
	Seconds float64   `json:"seconds"`
	Why     []string  `json:"why"`
}

// An ErrorAnswer is what a line gets that cannot be answered.
type ErrorAnswer struct {
	ID     *string `json:"id"`
	Status string  `json:"status"`
	Error  string  `json:"error"`
}

// Deadline returns the answer as Go values, with the names of holidays and the
// readings behind each end of the range.
func (a *Answer) Deadline() *sla.Deadline { return a.deadline }

func newAnswer(id string, e *Edition, d *sla.Deadline) *Answer {
	a := &Answer{
		ID: orNull(id), Status: d.Status.String(), Due: instant(d.Due),
		StatedSeverity: severity(d.Stated), EffectiveSeverity: severity(d.Severity),
		Clauses: list(d.Clauses), Readings: map[string]string{}, Otherwise: []string{}, LeftOut: []string{},
		Missing: list(d.Missing), Edition: e.ID, Digest: e.Digest, Ledger: []LedgerLine{}, deadline: d,
	}
	if d.Clock != 0 {
		a.Clock = orNull(d.Clock.String())
	}
	if d.Target.Status() == sla.StatusDue {
		a.Target = orNull(d.Target.String())
	}
	for _, c := range d.Readings {
		a.Readings[c.Key] = c.Value
	}
	if r := d.Range; r != nil {
		a.Earliest, a.Latest, a.LeftOut = instant(r.Earliest), instant(r.Latest), list(r.LeftOut)
		for _, s := range r.Otherwise {
			a.Otherwise = append(a.Otherwise, s.String())
		}
	}
	if d.HolidayStatus != 0 {
		a.Holidays = HolidayAnswer{orNull(d.HolidayStatus.String()), orNull(d.HolidayVersion)}
	}
	for _, l := range d.Ledger {
		a.Ledger = append(a.Ledger, LedgerLine{l.From, l.To, l.Counted.Seconds(), list(l.Why)})
	}
	return a
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func instant(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

func severity(s sla.Severity) *int {
	if s == 0 {
		return nil
	}
	n := int(s)
	return &n
}

// list is s, never nil.
func list(s []string) []string { return append([]string{}, s...) }

// AnswerLine answers one line of JSON with one line of JSON, without its end.
// A line that cannot be answered gets an [ErrorAnswer].
func (d *Desk) AnswerLine(line []byte) []byte {
	q, err := ParseQuery(line)
	if err == nil {
		var a any
		switch {
		case q.Question != "":
			a, err = d.Verdict(q)
		case q.Case != nil:
			a, err = d.Case(q)
		default:
			a, err = d.Answer(q)
		}
		if err == nil {
			var out []byte
			out, err = encode(a)
			if a, ok := a.(*CaseAnswer); ok {
				d.states.Put(a.report.State)
			}
			if err == nil {
				return out
			}
			err = fmt.Errorf("the answer cannot be written: %w", err) // an instant past the year 9999
		}
	}
	return errorLine(line, err)
}

// errorLine is the answer to a line that cannot be answered. The first value of
// it may still say whose line it is, and what it asked.
func errorLine(line []byte, err error) []byte {
	var asked struct {
		ID       string
		Question string
	}
	_ = json.NewDecoder(bytes.NewReader(line)).Decode(&asked)
	var out []byte
	if asked.Question != "" {
		out, _ = encode(ErrorVerdict{orNull(asked.ID), "error", err.Error()})
	} else {
		out, _ = encode(ErrorAnswer{orNull(asked.ID), "error", err.Error()}) // texts can be written
	}
	return out
}

// encode writes v as one line, with < and > as they are.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	b.Grow(2048)
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}
