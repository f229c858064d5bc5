package sla

import (
	"fmt"
	"iter"
	"math/big"
	"slices"
	"strings"
	"time"

	"github.com/supportterms/supportterms/calendar"
)

// An Attainment counts what became of the responses owed in many cases. It
// takes one state after another and keeps none, so its size is that of its rows.
// The zero Attainment is empty and counts by whole; it is not safe for
// concurrent use: give each goroutine its own, and merge them.
type Attainment struct {
	// By is how long the periods are by which responses are counted; it is set
	// before the first is added.
	By Period

	blocks map[block]*tally
	last   block
	tally  *tally // of last
}

// A Period is how long the periods of an [Attainment] are. A response belongs to
// the one in which it began to be owed, by the clock of the place.
type Period uint8

const (
	Whole Period = iota // all time is one
	Month
	Quarter
	Year
)

var periods = [...]string{"whole", "month", "quarter", "year"}

// String writes p as "whole", "month", "quarter" or "year".
func (p Period) String() string {
	if int(p) < len(periods) {
		return periods[p]
	}
	return fmt.Sprintf("Period(%d)", uint8(p))
}

// ParsePeriod reads what [Period.String] writes.
func ParsePeriod(s string) (Period, error) {
	if i := slices.Index(periods[:], s); i >= 0 {
		return Period(i), nil
	}
	return 0, &ParseError{What: "period", Input: s, Want: strings.Join(periods[:], ", ")}
}

// start returns the first date of the period of an instant.
func (p Period) start(t time.Time) calendar.Date {
	if p == Whole {
		return calendar.Date{}
	}
	y, m, _ := t.Date()
	switch p {
	case Quarter:
		m -= (m - 1) % 3
	case Year:
		m = time.January
	}
	return calendar.Date{Year: y, Month: m, Day: 1}
}

// A Label says what else cases are counted by.
type Label struct{ Offering, Edition string }

// A block is what rows share.
type block struct {
	Label
	from calendar.Date
}

// A tally is the counts of a block, by metric and severity.
type tally struct {
	metrics []string
	counts  [][]Count
}

// A Count is how many responses came to what.
type Count struct {
	Met    int64
	Missed int64
	// Due are those still awaited, paused ones among them, and Overdue those of
	// them that are late already.
	Due, Overdue int64
	// Exempt are those that no time was owed for, or that the end of the case
	// made needless before they were due.
	Exempt int64
	// Undetermined are those of which a fact is missing.
	Undetermined int64
	// Breached are those of all of them that were late at some time, be it by a
	// deadline that a change of severity replaced.
	Breached int64
}

// Attained returns the share of responses given by the deadline that held last:
// Met of Met, Missed and Overdue. Those that may still be in time, exempt and undetermined ones are in
// neither number. Of is zero when there are none.
func (c Count) Attained() (met, of int64) { return c.Met, c.Met + c.Missed + c.Overdue }

// Rat returns the share as an exact fraction, or nil when there is none.
func (c Count) Rat() *big.Rat {
	met, of := c.Attained()
	if of == 0 {
		return nil
	}
	return big.NewRat(met, of)
}

func (c *Count) add(d Count) {
	c.Met += d.Met
	c.Missed += d.Missed
	c.Due += d.Due
	c.Overdue += d.Overdue
	c.Exempt += d.Exempt
	c.Undetermined += d.Undetermined
	c.Breached += d.Breached
}

// A Row is a count with what it is of.
type Row struct {
	Label
	From     calendar.Date // first day of the period; zero when that is Whole
	Metric   string
	Severity Severity // whose row of the table was used
	Count
}

// Add counts every cycle of a state.
func (a *Attainment) Add(s *State, l Label) {
	for i := range s.Metrics {
		m := &s.Metrics[i]
		for j := range m.Cycles {
			c := &m.Cycles[j]
			a.row(l, s, c, i, m.Metric).take(c)
		}
	}
}

// AddAll counts cases and returns how many there were, with what is wrong with
// each that could not be counted, by its number from 0.
func (a *Attainment) AddAll(b *Bound, cases iter.Seq[Case], l Label) (n int, errs []error) {
	for s, err := range b.States(cases) {
		if err != nil {
			errs = append(errs, fmt.Errorf("case %d: %w", n, err))
		} else {
			a.Add(s, l)
		}
		n++
	}
	return n, errs
}

func (n *Count) take(c *Cycle) {
	switch c.Status {
	case StatusMet:
		n.Met++
	case StatusMissed:
		n.Missed++
	case StatusDue, StatusPaused:
		n.Due++
		if c.Breached {
			n.Overdue++
		}
	case StatusUndetermined:
		n.Undetermined++
	default:
		n.Exempt++
	}
	if c.EverBreached() {
		n.Breached++
	}
}

// row returns the count that a cycle belongs to.
func (a *Attainment) row(l Label, s *State, c *Cycle, i int, metric string) *Count {
	key := block{Label: l}
	if a.By != Whole {
		key.from = a.By.start(s.local(c, c.From))
	}
	if a.tally == nil || key != a.last {
		a.last, a.tally = key, a.block(key)
	}
	return a.tally.count(i, metric, c.Severity)
}

func (a *Attainment) block(key block) *tally {
	t := a.blocks[key]
	if t == nil {
		if t = new(tally); a.blocks == nil {
			a.blocks = map[block]*tally{}
		}
		a.blocks[key] = t
	}
	return t
}

// count returns the count of a metric and severity. The metric's number in the
// edition is where it likely is.
func (t *tally) count(i int, metric string, s Severity) *Count {
	if i >= len(t.metrics) || t.metrics[i] != metric {
		if i = slices.Index(t.metrics, metric); i < 0 {
			i = len(t.metrics)
			t.metrics, t.counts = append(t.metrics, metric), append(t.counts, nil)
		}
	}
	for int(s) >= len(t.counts[i]) {
		t.counts[i] = append(t.counts[i], Count{})
	}
	return &t.counts[i][s]
}

// Merge adds what another has counted, by the same period.
func (a *Attainment) Merge(b *Attainment) error {
	if a.By != b.By {
		return fmt.Errorf("sla: attainment by %v is merged with one by %v: want the same period", a.By, b.By)
	}
	for key, from := range b.blocks {
		t := a.block(key)
		for i, counts := range from.counts {
			for s := range counts {
				t.count(i, from.metrics[i], Severity(s)).add(counts[s])
			}
		}
	}
	return nil
}

// Rows returns the counts that are not zero, by period, label, metric and
// severity.
func (a *Attainment) Rows() (out []Row) {
	for key, t := range a.blocks {
		for i, counts := range t.counts {
			for s, n := range counts {
				if n != (Count{}) {
					out = append(out, Row{key.Label, key.from, t.metrics[i], Severity(s), n})
				}
			}
		}
	}
	slices.SortFunc(out, Row.compare)
	return out
}

func (r Row) compare(s Row) int {
	for _, c := range []int{
		r.From.Compare(s.From), strings.Compare(r.Edition, s.Edition), strings.Compare(r.Offering, s.Offering),
		strings.Compare(r.Metric, s.Metric), int(r.Severity) - int(s.Severity),
	} {
		if c != 0 {
			return c
		}
	}
	return 0
}

// Total adds up rows, all or those that are wanted.
func (a *Attainment) Total(want func(Row) bool) (n Count) {
	for _, r := range a.Rows() {
		if want == nil || want(r) {
			n.add(r.Count)
		}
	}
	return n
}
