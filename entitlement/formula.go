package entitlement

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"time"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/entitlement/rule"
)

// A Formula computes a figure. These are the kinds there are; what they are put
// to, and every number in them, is the edition's.
type Formula interface {
	// reads names the facts the formula is put to.
	reads() []string
	// gives returns the type of the figure, and the words of a Closed one.
	gives() (Type, []string)
	// compute puts it to a state, where the facts it reads stand at; ok is
	// false when one that it needs is not known. Of a Closed figure the result
	// is the place of the word.
	compute(s *state, at []int) (result, bool)
}

// A result is the value of a figure: a number in thousandths, a date as
// rule.Day counts it, or the place of a word.
type result struct {
	n     int64
	month bool // a date known to the month only; n is its last day
}

// DateAfter is a date so much after another.
type DateAfter struct {
	From                string
	Years, Months, Days int
}

func (f DateAfter) reads() []string         { return []string{f.From} }
func (f DateAfter) gives() (Type, []string) { return Dates, nil }

func (f DateAfter) compute(s *state, at []int) (result, bool) {
	from, ok := s.number(at[0])
	if !ok {
		return result{}, false
	}
	d, month := date(from), s.month(at[0])
	if months := 12*f.Years + f.Months; months != 0 {
		d, _ = d.AddMonths(months)
	}
	if month {
		if f.Days != 0 { // of that month, or of the next
			return result{}, false
		}
		first, _ := calendar.Date{Year: d.Year, Month: d.Month, Day: 1}.AddMonths(1)
		d = first.AddDays(-1)
	}
	return result{n: rule.Day(d) + int64(f.Days), month: month}, true
}

// Column is what a table says in the row of its key.
type Column struct{ Table, Column string }

// column is a Column with its table found.
type column struct {
	key   string
	typ   Type
	cells []Cell // by the place of the key's value
}

func (Column) reads() []string                      { return nil }
func (Column) gives() (Type, []string)              { return Closed, nil }
func (Column) compute(*state, []int) (result, bool) { return result{}, false }

func (c *column) reads() []string { return []string{c.key} }

func (c *column) gives() (Type, []string) {
	if c.typ == Closed {
		return Closed, noYes
	}
	return c.typ, nil
}

var noYes = []string{"no", "yes"}

func (c *column) compute(s *state, at []int) (result, bool) {
	code := int(s.point[at[0]])
	if code == 0 || code > len(c.cells) {
		return result{}, false
	}
	cell := &c.cells[code-1]
	switch c.typ {
	case Closed:
		return result{n: int64(slices.Index(noYes, cell.Word))}, cell.Word != ""
	case Numeric:
		return result{n: cell.Number.thousandths}, cell.Number.stated
	}
	return result{n: cell.day, month: cell.ToTheMonth}, !cell.Date.IsZero()
}

// Word is a word, whatever is stated.
type Word string

func (w Word) reads() []string                      { return nil }
func (w Word) gives() (Type, []string)              { return Closed, []string{string(w)} }
func (w Word) compute(*state, []int) (result, bool) { return result{}, true }

// Constant is a number that the document prints.
type Constant struct{ N Number }

func (c Constant) reads() []string         { return nil }
func (c Constant) gives() (Type, []string) { return Numeric, nil }
func (c Constant) compute(*state, []int) (result, bool) {
	return result{n: c.N.thousandths}, true
}

// ConstantDate is a date that the document prints.
type ConstantDate struct{ Date calendar.Date }

func (c ConstantDate) reads() []string         { return nil }
func (c ConstantDate) gives() (Type, []string) { return Dates, nil }
func (c ConstantDate) compute(*state, []int) (result, bool) {
	return result{n: rule.Day(c.Date)}, true
}

// Stage says between which dates a date lies.
type Stage struct {
	Of, From string
	Before   string // the stage before From; "" is not known there
	Through  []StageEnd
	Then     string // the stage after the last end; "" is not known there
	// LastExcluded makes each end the first day of the next stage; it is
	// otherwise the last day of its own.
	LastExcluded bool
}

// A StageEnd is a stage and the date fact that ends it.
type StageEnd struct{ Stage, Ends string }

func (f Stage) reads() []string {
	names := []string{f.Of, f.From}
	for _, t := range f.Through {
		names = append(names, t.Ends)
	}
	if f.From == "" {
		names[1] = f.Of
	}
	return names
}

func (f Stage) gives() (Type, []string) {
	var words []string
	if f.Before != "" {
		words = append(words, f.Before)
	}
	for _, t := range f.Through {
		words = append(words, t.Stage)
	}
	if f.Then != "" {
		words = append(words, f.Then)
	}
	return Closed, words
}

func (f Stage) compute(s *state, at []int) (result, bool) {
	if s.wins && !f.inOrder(s, at) {
		return result{}, false
	}
	of, ok := s.number(at[0])
	if !ok {
		return result{}, false
	}
	k := int64(0)
	if f.From != "" {
		from, ok := s.number(at[1])
		switch {
		case !ok:
			return result{}, false
		case s.month(at[1]) && sameMonth(of, from):
			return result{}, false
		case of < from:
			return result{}, f.Before != ""
		}
	}
	if f.Before != "" {
		k++
	}
	for i := range f.Through {
		end, ok := s.number(at[2+i])
		if !ok || s.month(at[2+i]) && sameMonth(of, end) {
			return result{}, false
		}
		if of < end || of == end && !f.LastExcluded {
			return result{n: k}, true
		}
		k++
	}
	return result{n: k}, f.Then != ""
}

// inOrder refuses dates of which a later one ends before an earlier one. Only
// stated ones can.
func (f Stage) inOrder(s *state, at []int) bool {
	last, lastName := int64(math.MinInt64), ""
	if from, ok := s.number(at[1]); ok && f.From != "" {
		last, lastName = from, f.From
	}
	for i, t := range f.Through {
		end, ok := s.number(at[2+i])
		if ok && end < last {
			s.refuse(t.Ends, date(end).String(), fmt.Sprintf("is before %s, %v", lastName, date(last)))
			return false
		}
		if ok {
			last, lastName = end, t.Ends
		}
	}
	return true
}

func sameMonth(a, b int64) bool {
	d, e := date(a), date(b)
	return d.Year == e.Year && d.Month == e.Month
}

// Difference is one number less another that is a part of it.
type Difference struct{ Of, Less string }

func (f Difference) reads() []string         { return []string{f.Of, f.Less} }
func (f Difference) gives() (Type, []string) { return Numeric, nil }

func (f Difference) compute(s *state, at []int) (result, bool) {
	of, ok := s.number(at[0])
	less, ok2 := s.number(at[1])
	if !ok || !ok2 {
		return result{}, false
	}
	if less > of {
		s.refuse(f.Less, Number{less, true}.String(), fmt.Sprintf("more than the %v of %s", Number{of, true}, f.Of))
		return result{}, false
	}
	return result{n: of - less}, true
}

// Excess is how much a number is over an allowance for each of some units, or
// how much those of a list are over an allowance for each.
type Excess struct {
	Of        string
	Allowance Number
	Per       string // "": a flat allowance, or one for each of a list
	Binary    bool   // the allowance is in units of 1,024^4, Of in units of 1,000^4
}

func (f Excess) reads() []string {
	if f.Per == "" {
		return []string{f.Of}
	}
	return []string{f.Of, f.Per}
}

func (f Excess) gives() (Type, []string) { return Numeric, nil }

func (f Excess) compute(s *state, at []int) (result, bool) {
	_, over, ok := f.parts(s, at)
	if !ok {
		return result{}, false
	}
	n, fits := ceil(over)
	if !fits {
		s.refuse(f.Of, "", "too large to reckon with")
		return result{}, false
	}
	return result{n: n.thousandths}, true
}

// parts returns what is allowed, and what is over.
func (f Excess) parts(s *state, at []int) (allowed, over *big.Rat, ok bool) {
	each := f.Allowance.rat()
	if f.Binary {
		each.Mul(each, big.NewRat(1<<40, 1e12))
	}
	allowed, over = new(big.Rat), new(big.Rat)
	add := func(has, allows *big.Rat) {
		allowed.Add(allowed, allows)
		if rest := new(big.Rat).Sub(has, allows); rest.Sign() > 0 {
			over.Add(over, rest)
		}
	}
	if s.question.facts[at[0]].typ == Numbers {
		numbers, ok := s.numbers(at[0])
		for _, n := range numbers {
			add(n.rat(), each)
		}
		return allowed, over, ok
	}
	of, ok := s.number(at[0])
	if f.Per != "" {
		per, ok2 := s.number(at[1])
		each.Mul(each, big.NewRat(per, 1000))
		ok = ok && ok2
	}
	add(big.NewRat(of, 1000), each)
	return allowed, over, ok
}

// Total is the sum of a list.
type Total struct{ Of string }

func (f Total) reads() []string         { return []string{f.Of} }
func (f Total) gives() (Type, []string) { return Numeric, nil }

func (f Total) compute(s *state, at []int) (result, bool) {
	numbers, ok := s.numbers(at[0])
	sum := int64(0)
	for _, n := range numbers {
		if n.thousandths > math.MaxInt64-sum {
			s.refuse(f.Of, "", "too large to add up")
			return result{}, false
		}
		sum += n.thousandths
	}
	return result{n: sum}, ok
}

// Count is how many there are in a list of numbers.
type Count struct{ Of string }

func (f Count) reads() []string         { return []string{f.Of} }
func (f Count) gives() (Type, []string) { return Numeric, nil }

func (f Count) compute(s *state, at []int) (result, bool) {
	numbers, ok := s.numbers(at[0])
	return result{n: int64(len(numbers)) * 1000}, ok
}

// Blocks is a number for every so many of something, within bounds.
type Blocks struct {
	Gives Number
	Each  []Block
	Down  bool // what is less than a block does not count; it otherwise counts as one
	Mix   Mix
	Least Number // not stated: none
	Most  Number // not stated: none
	Unit  string // of what is given
}

// A Block is a fact and how many of it make a block.
type Block struct {
	Of   string
	Size Number
}

// A Mix says how blocks of several facts come together.
type Mix uint8

const (
	SumOfParts   Mix = iota // the fractions of blocks are added, and then rounded
	Larger                  // only the fact with the most blocks counts
	SumOfRounded            // each is rounded by itself
)

func (f Blocks) reads() (names []string) {
	for _, b := range f.Each {
		names = append(names, b.Of)
	}
	return names
}

func (f Blocks) gives() (Type, []string) { return Numeric, nil }

func (f Blocks) compute(s *state, at []int) (result, bool) {
	sum, all := new(big.Rat), true
	for i, b := range f.Each {
		n, ok := s.number(at[i])
		if all = all && ok; !ok {
			continue
		}
		part := big.NewRat(n, b.Size.thousandths)
		switch f.Mix {
		case SumOfRounded:
			sum.Add(sum, f.round(part))
		case Larger:
			if part.Cmp(sum) > 0 {
				sum = part
			}
		default:
			sum.Add(sum, part)
		}
	}
	n, fits := ceil(f.round(sum).Mul(f.round(sum), f.Gives.rat()))
	if !fits {
		n.thousandths = math.MaxInt64
	}
	if f.Least.stated {
		n.thousandths = max(n.thousandths, f.Least.thousandths)
	}
	if f.Most.stated && n.thousandths >= f.Most.thousandths {
		return result{n: f.Most.thousandths}, true // whatever the rest is
	}
	return result{n: n.thousandths}, all && fits
}

func (f Blocks) round(r *big.Rat) *big.Rat {
	q, rest := new(big.Int).DivMod(r.Num(), r.Denom(), new(big.Int))
	if rest.Sign() > 0 && !f.Down {
		q.Add(q, big.NewInt(1))
	}
	return new(big.Rat).SetInt(q)
}

// Tally counts the machines of a list that are as Where says.
type Tally struct {
	Of    string
	Where []MachineIs
}

// A MachineIs is a condition on a machine: its "kind", whether it runs Ubuntu
// ("ubuntu", no or yes), whether it is "covered" by a contract (no or yes).
type MachineIs struct{ Field, Value string }

func (f Tally) reads() []string         { return []string{f.Of} }
func (f Tally) gives() (Type, []string) { return Numeric, nil }

func (f Tally) compute(s *state, at []int) (result, bool) {
	machines, ok := s.machines(at[0])
	n := int64(0)
	for i := range machines {
		has, known := f.has(&machines[i])
		if ok = ok && known; has {
			n++
		}
	}
	return result{n: n * 1000}, ok
}

// has reports whether a machine is as Where says; known is false when it hangs
// on something not stated.
func (f Tally) has(m *Machine) (has, known bool) {
	has, known = true, true
	for _, w := range f.Where {
		switch m.field(w.Field) {
		case w.Value:
		case "":
			has, known = false, false
		default:
			return false, true
		}
	}
	return has, known
}

// UptimeKept says whether a promised uptime was kept: "met" or "missed".
type UptimeKept struct {
	Outages, From, To string
	Start             string // ServiceYear: the instant or date years are counted from
	Level             string // a number: the uptime promised, in percent
	Months            int
	Window            Window
	LessExcluded      bool
	Counts            OutageIs // what is downtime
	LeavesOut         OutageIs // what is not taken into account
}

// OutageIs says of "attribution" and "cause" what they are of some outages: each
// one of some words. What it does not name may be anything.
type OutageIs map[string][]string

func (is OutageIs) holds(o Outage) bool {
	for name, words := range is {
		value := o.Attribution
		if name == "cause" {
			value = o.Cause
		}
		if !slices.Contains(words, value) {
			return false
		}
	}
	return len(is) > 0
}

func (f UptimeKept) reads() []string {
	names := []string{f.Outages, f.From, f.To, f.Level}
	if f.Start != "" {
		names = append(names, f.Start)
	}
	return names
}

func (f UptimeKept) gives() (Type, []string) { return Closed, []string{"met", "missed"} }

func (f UptimeKept) compute(s *state, at []int) (result, bool) {
	outages, ok := s.list(at[0]).outages, s.list(at[0]).known
	from, to := s.list(at[1]), s.list(at[2])
	level, ok2 := s.number(at[3])
	if !ok || !ok2 || !from.known || !to.known {
		return result{}, false
	}
	u := Uptime{
		From: from.instant, To: to.instant, Window: f.Window, Months: f.Months, Level: level, LessExcluded: f.LessExcluded,
		Counts: f.Counts.holds, Excluded: f.LeavesOut.holds,
	}
	if f.Start != "" {
		start, ok := s.number(at[4])
		if !ok {
			return result{}, false
		}
		d := date(start)
		u.Start = time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, from.instant.Location())
	}
	r, err := u.Measure(outages)
	if err != nil {
		s.errs = append(s.errs, err)
		return result{}, false
	}
	return result{n: int64(b2i(r.State == UptimeMissed))}, r.State != UptimeUnknown
}

// date turns what rule.Day counts back into a date.
func date(n int64) calendar.Date {
	return calendar.Date{Year: 1970, Month: 1, Day: 1}.AddDays(int(n))
}
