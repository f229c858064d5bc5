package catalog

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/entitlement"
)

// A Verdict is what a coverage query gets: one line of JSON, with the keys up to
// valid_until always there. Those that follow are there where they say
// something: amount and unit, or date, where a number or a date is answered;
// nearest and remedies where nothing is granted; range where it was asked for.
type Verdict struct {
	ID         *string             `json:"id"`
	Outcome    entitlement.Outcome `json:"outcome"`
	Limits     []string            `json:"limits"`
	Service    *string             `json:"service"`
	Reasons    []ReasonLine        `json:"reasons"`
	Readings   map[string]string   `json:"readings"`
	Missing    []string            `json:"missing"`
	ValidFrom  *calendar.Date      `json:"valid_from"`
	ValidUntil *calendar.Date      `json:"valid_until"`
	Amount     *entitlement.Number `json:"amount,omitempty"`
	Unit       string              `json:"unit,omitempty"`
	Date       *calendar.Date      `json:"date,omitempty"`
	Nearest    *NearestLine        `json:"nearest,omitempty"`
	Remedies   []RemedyLine        `json:"remedies,omitempty"`
	Range      *RangeLine          `json:"range,omitempty"`
	Edition    string              `json:"edition"`
	Digest     string              `json:"digest"`
	Known      []KnownLine         `json:"known,omitempty"` // where no edition is in force

	verdict *entitlement.Verdict
}

// A ReasonLine is one reason of a verdict. The quantities are there where it
// turns on one.
type ReasonLine struct {
	Code      string              `json:"code"`
	Effect    string              `json:"effect"`
	Clause    string              `json:"clause"`
	Has       *entitlement.Number `json:"has,omitempty"`
	Covered   *entitlement.Number `json:"covered,omitempty"`
	Shortfall *entitlement.Number `json:"shortfall,omitempty"`
	Unit      string              `json:"unit,omitempty"`
	Machines  []string            `json:"machines,omitempty"`
}

// A NearestLine is the rule that lacked least to grant.
type NearestLine struct {
	Code    string   `json:"code"`
	Clause  string   `json:"clause"`
	Lacking []string `json:"lacking"`
}

// A RemedyLine is what would change a no; it has one of the three.
type RemedyLine struct {
	Addon    string              `json:"addon,omitempty"`
	Quantity *entitlement.Number `json:"quantity,omitempty"`
	Unit     string              `json:"unit,omitempty"`
	Machines []string            `json:"machines,omitempty"`
}

// A RangeLine is every answer that readings can lead to.
type RangeLine struct {
	Answers []RangeAnswerLine `json:"answers"`
	Least   any               `json:"least"` // an amount or a date, or null
	Most    any               `json:"most"`
	LeftOut []string          `json:"left_out"`
}

// A RangeAnswerLine is one of them, with the readings that lead to it.
type RangeAnswerLine struct {
	Outcome    entitlement.Outcome  `json:"outcome"`
	Limits     []string             `json:"limits"`
	Service    *string              `json:"service"`
	Value      any                  `json:"value"` // an amount or a date, or null
	Shortfalls []entitlement.Number `json:"shortfalls"`
	Readings   map[string]string    `json:"readings"`
}

// An ErrorVerdict is what a coverage query gets that cannot be answered.
type ErrorVerdict struct {
	ID      *string `json:"id"`
	Outcome string  `json:"outcome"`
	Error   string  `json:"error"`
}

// Explained returns the verdict as Go values, which print the whole decision.
func (v *Verdict) Explained() *entitlement.Verdict { return v.verdict }

// Verdict answers a coverage query. The error says everything that is wrong
// with it.
func (d *Desk) Verdict(q *Query) (*Verdict, error) {
	contract, contractErr := q.contract()
	on, onErr := q.on()
	chosen, err := d.choose(q, &contract, on, false)
	switch e := errors.Join(err, contractErr, onErr); {
	case e != nil:
		return nil, e
	case chosen.none != nil:
		v := newVerdict(q.ID, &entitlement.Verdict{Outcome: entitlement.DocumentNotInForce})
		v.Known = editionLines(chosen.none)
		return v, q.onlyCoverage()
	case chosen.missing != nil:
		return newVerdict(q.ID, &entitlement.Verdict{Outcome: entitlement.Undetermined, Missing: chosen.missing}), q.onlyCoverage()
	}
	e := chosen.edition
	if !slices.Contains(e.coverage.QuestionNames(), q.Question) {
		return nil, &entitlement.ValueError{Field: "question", Value: q.Question, Allowed: e.coverage.QuestionNames()}
	}
	facts, factsErr := q.facts(e.coverage)
	bound, bindErr := e.coverage.Bind(contract)
	if err := errors.Join(bindErr, factsErr, q.onlyCoverage()); err != nil {
		return nil, err
	}
	v, err := bound.Verdict(facts, q.Range)
	if err != nil {
		return nil, err
	}
	v.Edition, v.Digest = e.ID, e.Digest
	return newVerdict(q.ID, v), nil
}

// on returns the day that a coverage query asks about, which may stand among
// the facts.
func (q *Query) on() (calendar.Date, error) {
	raw, ok := q.Facts[entitlement.FactOn]
	if !ok || !q.On.IsZero() {
		return q.On, nil
	}
	var on calendar.Date
	if err := json.Unmarshal(raw, &on); err != nil {
		return on, fmt.Errorf("facts.on: %w", err)
	}
	return on, nil
}

// onlyCoverage refuses what only a response query has.
func (q *Query) onlyCoverage() error {
	var wrong []string
	v := reflect.ValueOf(*q)
	for i := range v.NumField() {
		key := v.Type().Field(i).Tag.Get("json")
		if !slices.Contains([]string{"id", "edition", "contract", "readings", "range", "question", "on", "facts"}, key) && !v.Field(i).IsZero() {
			wrong = append(wrong, key)
		}
	}
	if wrong == nil {
		return nil
	}
	return fmt.Errorf("a query with a question has no use for %s; facts are stated in facts", strings.Join(wrong, ", "))
}

// facts reads what is stated of a question.
func (q *Query) facts(p *entitlement.Policy) (out entitlement.Facts, err error) {
	out = entitlement.Facts{Question: q.Question, On: q.On, Values: map[string]any{}}
	var errs []error
	types := p.FactTypes(q.Question)
	for name, raw := range q.Facts {
		v, err := factValue(raw, types[name])
		if err != nil {
			errs = append(errs, fmt.Errorf("facts.%s: %w", name, err))
		} else if v != nil {
			out.Values[name] = v
		}
	}
	if on, ok := out.Values[entitlement.FactOn]; ok && !q.On.IsZero() && on != q.On.String() {
		errs = append(errs, fmt.Errorf("on is %v, and %v in facts: give one", q.On, on))
	}
	slices.SortFunc(errs, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return out, errors.Join(errs...)
}

// factValue reads one value; null states nothing.
func factValue(raw json.RawMessage, want entitlement.Type) (any, error) {
	raw = bytes.TrimSpace(raw)
	switch {
	case len(raw) == 0 || string(raw) == "null":
		return nil, nil
	case raw[0] == '"':
		var s string
		err := json.Unmarshal(raw, &s)
		return s, err
	case raw[0] == 't' || raw[0] == 'f':
		return raw[0] == 't', nil
	case raw[0] == '{':
		return nil, errors.New("an object; want a text, a number or a list")
	case raw[0] != '[':
		return string(raw), nil // a number, as it is written
	}
	strict := func(to any) error {
		if err := checkValue(json.NewDecoder(bytes.NewReader(raw)), reflect.TypeOf(to).Elem(), ""); err != nil {
			return err
		}
		return json.Unmarshal(raw, to)
	}
	switch want {
	case entitlement.Numbers:
		out := []entitlement.Number{}
		err := strict(&out)
		return out, err
	case entitlement.Machines:
		out := []entitlement.Machine{}
		err := strict(&out)
		return out, err
	case entitlement.Outages:
		var lines []outageLine
		if err := strict(&lines); err != nil {
			return nil, err
		}
		out := []entitlement.Outage{}
		for i, l := range lines {
			if l.From == nil || l.To == nil {
				return nil, fmt.Errorf("[%d]: from and to are wanted", i)
			}
			out = append(out, entitlement.Outage{From: l.From.Time, To: l.To.Time, Attribution: l.Attribution, Cause: l.Cause})
		}
		return out, nil
	}
	return nil, errors.New("a list; want one value")
}

// An outageLine is an outage as a query writes it.
type outageLine struct {
	From        *Instant `json:"from"`
	To          *Instant `json:"to"`
	Attribution string   `json:"attribution"`
	Cause       string   `json:"cause"`
}

func newVerdict(id string, v *entitlement.Verdict) *Verdict {
	out := &Verdict{
		ID: orNull(id), Outcome: v.Outcome, Limits: list(v.Limits), Service: orNull(v.Service), Reasons: []ReasonLine{},
		Readings: choices(v.Readings), Missing: list(v.Missing), ValidFrom: day(v.From), ValidUntil: day(v.Until),
		Amount: number(v.Amount), Unit: v.Unit, Date: day(v.Date), Edition: v.Edition, Digest: v.Digest, verdict: v,
	}
	for _, r := range v.Reasons {
		out.Reasons = append(out.Reasons, ReasonLine{
			r.Code, r.Effect, r.Clause, number(r.Has), number(r.Covered), number(r.Shortfall), r.Unit, r.Machines,
		})
	}
	if n := v.Nearest; n != nil {
		out.Nearest = &NearestLine{n.Code, n.Clause, list(n.Lacking)}
	}
	for _, r := range v.Remedies {
		out.Remedies = append(out.Remedies, RemedyLine{r.Addon, number(r.Quantity), r.Unit, r.Machines})
	}
	if v.Range != nil {
		out.Range = newRange(v.Range)
	}
	return out
}

func newRange(r *entitlement.Range) *RangeLine {
	out := &RangeLine{Answers: []RangeAnswerLine{}, LeftOut: list(r.LeftOut)}
	for _, a := range r.Answers {
		out.Answers = append(out.Answers, RangeAnswerLine{
			a.Outcome, list(a.Limits), orNull(a.Service), valueOf(&a), append([]entitlement.Number{}, a.Shortfalls...), choices(a.Readings),
		})
	}
	if r.Least != nil {
		out.Least, out.Most = valueOf(r.Least), valueOf(r.Most)
	}
	return out
}

func valueOf(a *entitlement.RangeAnswer) any {
	switch {
	case !a.Date.IsZero():
		return a.Date
	case a.Amount.IsStated():
		return a.Amount
	}
	return nil
}

func choices(of []entitlement.ReadingChoice) map[string]string {
	out := map[string]string{}
	for _, c := range of {
		out[c.Key] = c.Value
	}
	return out
}

func day(d calendar.Date) *calendar.Date {
	if d.IsZero() {
		return nil
	}
	return &d
}

func number(n entitlement.Number) *entitlement.Number {
	if !n.IsStated() {
		return nil
	}
	return &n
}
