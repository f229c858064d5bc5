package entitlement

import (
	"errors"
	"fmt"
	"math/bits"
	"slices"
	"time"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/entitlement/rule"
)

// A state is what is known of a question, and what is computed from it: a code
// for each fact, and the numbers, dates and lists behind the codes.
type state struct {
	question *question
	point    [maxFacts]uint8
	nums     [maxNumbers]int64
	known    uint64 // slots of nums that are
	months   uint64 // slots with a date known to the month only
	lists    []list
	wins     bool // a date is stated that would otherwise be computed
	errs     []error
	// byDefault are facts that have the value a clause gives where nothing is
	// stated.
	byDefault []int
}

// A list is what a fact of many values holds.
type list struct {
	known    bool
	numbers  []Number
	machines []Machine
	outages  []Outage
	instant  time.Time
}

func (s *state) number(i int) (int64, bool) {
	slot := s.question.facts[i].slot
	return s.nums[slot], s.known>>slot&1 != 0
}

func (s *state) month(i int) bool { return s.months>>s.question.facts[i].slot&1 != 0 }

func (s *state) list(i int) *list {
	slot := s.question.facts[i].slot
	if slot < len(s.lists) {
		return &s.lists[slot]
	}
	return &list{}
}

func (s *state) numbers(i int) ([]Number, bool) { l := s.list(i); return l.numbers, l.known }

func (s *state) machines(i int) ([]Machine, bool) { l := s.list(i); return l.machines, l.known }

// refuse notes that something stated cannot be.
func (s *state) refuse(name, value, why string) {
	s.errs = append(s.errs, &ValueError{Field: "facts." + name, Value: value, Why: why})
}

func (s *state) err() error {
	// A figure that is computed again says the same again.
	var errs []error
	for _, e := range s.errs {
		if !slices.ContainsFunc(errs, func(f error) bool { return f.Error() == e.Error() }) {
			errs = append(errs, e)
		}
	}
	return errors.Join(errs...)
}

// setNumber states a number or a date.
func (s *state) setNumber(i int, n int64, month bool) {
	slot := s.question.facts[i].slot
	s.nums[slot] = n
	s.known |= 1 << slot
	if month {
		s.months |= 1 << slot
	}
	s.point[i] = s.question.vocabulary.CodeNumber(i, n)
}

func (s *state) setList(i int, l list) {
	slot := s.question.facts[i].slot
	for len(s.lists) <= slot {
		s.lists = append(s.lists, list{})
	}
	l.known = true
	s.lists[slot] = l
	s.point[i] = 1
}

// set states a fact by its place.
func (s *state) set(i int, name string, value any) {
	f := &s.question.facts[i]
	if f.spec == nil || f.figure != nil && !f.figure.statable {
		s.refuse(name, fmt.Sprint(value), "is computed, and cannot be stated")
		return
	}
	if text, ok := value.(string); ok {
		s.setText(i, name, text)
		return
	}
	wrong := true
	switch v := value.(type) {
	case YesNo:
		s.setText(i, name, v.String())
		return
	case bool:
		s.setText(i, name, noYes[b2i(v)])
		return
	case Number:
		if wrong = f.typ != Numeric; !wrong && v.stated {
			s.setAmount(i, name, v)
		}
	case calendar.Date:
		if wrong = f.typ != Dates; !wrong && !v.IsZero() {
			s.setDate(i, name, v)
		}
	case time.Time:
		if wrong = f.typ != Instants; !wrong && !v.IsZero() {
			s.setList(i, list{instant: v})
		}
	case []Number:
		if wrong = f.typ != Numbers; !wrong && v != nil {
			for _, n := range v {
				if n.thousandths < 0 || !n.stated {
					s.refuse(name, n.String(), "want numbers that are not negative")
				}
			}
			s.setList(i, list{numbers: v})
		}
	case []Machine:
		if wrong = f.typ != Machines; !wrong && v != nil {
			s.setMachines(i, name, v)
		}
	case []Outage:
		if wrong = f.typ != Outages; !wrong && v != nil {
			s.setOutages(i, name, v)
		}
	}
	if wrong {
		s.refuse(name, fmt.Sprint(value), "want "+wants[f.typ])
	}
}

// wants says what is wanted of a fact of each type.
var wants = map[Type]string{
	Closed: "a word", Numeric: "a number", Dates: "a date, written 2025-08-01", Instants: "an instant, written 2025-08-01T00:00:00Z",
	Numbers: "a list of numbers", Machines: "a list of machines", Outages: "a list of outages", Text: "text",
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// setText states a fact from text; "" states nothing.
func (s *state) setText(i int, name, text string) {
	if text == "" {
		return
	}
	f := &s.question.facts[i]
	switch f.typ {
	case Closed:
		code, ok := s.question.vocabulary.Code(i, text)
		if !ok && f.spec != nil {
			code, ok = s.question.vocabulary.Code(i, f.spec.Aliases[text])
		}
		if !ok {
			s.errs = append(s.errs, &ValueError{Field: "facts." + name, Value: text, Allowed: s.question.vocabulary.Fact(i).Values})
		}
		s.point[i] = code
	case Numeric:
		n, err := ParseNumber(text)
		if err != nil {
			s.refuse(name, text, "want "+err.(*calendar.ParseError).Want)
			return
		}
		s.setAmount(i, name, n)
	case Dates:
		d, err := calendar.ParseDate(text)
		if err != nil {
			s.refuse(name, text, "want "+wants[Dates])
			return
		}
		s.setDate(i, name, d)
	case Instants:
		t, err := time.Parse(time.RFC3339, text)
		if err != nil {
			s.refuse(name, text, "want "+wants[Instants])
			return
		}
		s.setList(i, list{instant: t})
	case Text:
	default:
		s.refuse(name, text, "want "+wants[f.typ])
	}
}

// setDate states a date. What cannot be a date of a document is refused.
func (s *state) setDate(i int, name string, d calendar.Date) {
	if s.question.facts[i].typ != Dates {
		s.refuse(name, d.String(), "want "+wants[s.question.facts[i].typ])
		return
	}
	if d.Year < 1900 || d.Year > 2999 || d.Month < 1 || d.Month > 12 || d.Day < 1 || d.Day > 28 && d.AddDays(0) != d {
		s.refuse(name, d.String(), "want "+wants[Dates])
		return
	}
	s.wins = s.wins || s.question.facts[i].figure != nil
	s.setNumber(i, rule.Day(d), false)
}

func (s *state) setAmount(i int, name string, n Number) {
	if n.thousandths < 0 {
		s.refuse(name, n.String(), "want a number that is not negative")
		return
	}
	s.setNumber(i, n.thousandths, false)
}

func (s *state) setMachines(i int, name string, machines []Machine) {
	seen := map[string]int{}
	for k, m := range machines {
		if first, again := seen[m.ID]; again {
			s.refuse(fmt.Sprintf("%s[%d].id", name, k), m.ID, fmt.Sprintf("is the machine of %s[%d] too", name, first))
		}
		seen[m.ID] = k
		if m.ID == "" {
			s.refuse(fmt.Sprintf("%s[%d].id", name, k), "", "want a name")
		}
		if kinds, ok := s.question.vocabulary.Index(FactMachine); ok && m.Kind != "" {
			if _, ok := s.question.vocabulary.Code(kinds, m.Kind); !ok {
				s.errs = append(s.errs, &ValueError{Field: fmt.Sprintf("facts.%s[%d].kind", name, k), Value: m.Kind, Allowed: s.question.vocabulary.Fact(kinds).Values})
			}
		}
	}
	s.setList(i, list{machines: machines})
}

func (s *state) setOutages(i int, name string, outages []Outage) {
	f := s.question.facts[i].spec
	for k, o := range outages {
		for _, w := range []struct {
			field, value string
			allowed      []string
		}{{"attribution", o.Attribution, f.Attributions}, {"cause", o.Cause, f.Causes}} {
			if !slices.Contains(w.allowed, w.value) {
				s.errs = append(s.errs, &ValueError{Field: fmt.Sprintf("facts.%s[%d].%s", name, k, w.field), Value: w.value, Allowed: w.allowed})
			}
		}
	}
	s.setList(i, list{outages: outages})
}

// fill computes the figures that are not stated.
func (s *state) fill() {
	for _, f := range s.question.figures {
		if s.point[f.at] == 0 {
			f.compute(s)
		}
	}
}

// compute puts a figure into s, where what it turns on is known.
func (f *figure) compute(s *state) {
	if f.words != nil {
		s.point[f.at] = f.words[s.point[f.columns[0].fact]]
		return
	}
	c := f.taken(s)
	if c == nil {
		return
	}
	if c.word != 0 {
		s.point[f.at] = c.word
		return
	}
	r, ok := c.formula.compute(s, c.at)
	switch {
	case !ok:
	case c.codes != nil:
		s.point[f.at] = c.codes[r.n]
	default:
		s.setNumber(f.at, r.n, r.month)
	}
}

// narrow returns the figure for states that have what s has in the facts that
// are given.
func (f *figure) narrow(s *state) *figure {
	out := *f
	out.columns = nil
	for _, c := range f.columns {
		if !slices.Contains(s.question.given, c.fact) {
			continue
		}
		code := s.point[c.fact]
		out.all &= c.row[code]
		if code == 0 {
			out.missing |= c.asks
		}
	}
	for _, c := range f.columns {
		if c.asks&out.all != 0 && !slices.Contains(s.question.given, c.fact) {
			out.columns = append(out.columns, c)
		}
	}
	if len(out.columns) == 1 {
		out.words = out.table(*s)
	}
	return &out
}

// table returns the words of a figure by the code of its one column, or nil
// where one has to be computed.
func (f *figure) table(s state) []uint8 {
	words := make([]uint8, len(f.columns[0].row))
	for code := range words {
		s.point[f.columns[0].fact] = uint8(code)
		switch c := f.taken(&s); {
		case c == nil:
		case c.word == 0:
			return nil
		default:
			words[code] = c.word
		}
	}
	return words
}

// taken returns the first case that holds, or nil when none does or that is
// not known. It is known, too, when every case that may be the first says the
// same word.
func (f *figure) taken(s *state) *figureCase {
	may, missing := f.all, f.missing
	for i := range f.columns {
		c := &f.columns[i]
		code := s.point[c.fact]
		may &= c.row[code]
		if code == 0 {
			missing |= c.asks
		}
	}
	if may == 0 {
		return nil
	}
	first := bits.TrailingZeros64(may)
	taken := &f.cases[first]
	for missing>>first&1 != 0 { // it may be one of the next
		may &= may - 1
		if may == 0 {
			return nil
		}
		first = bits.TrailingZeros64(may)
		if !sameWord(taken.formula, f.cases[first].formula) {
			return nil
		}
	}
	return taken
}

func sameWord(a, b Formula) bool {
	v, ok := a.(Word)
	w, ok2 := b.(Word)
	return ok && ok2 && v == w
}

// deriver returns what computes figures for the completions of s; see
// [rule.Set.Decide]. Numbers and dates that are not stated stay unknown there.
func (s *state) deriver() func([]uint8) {
	stated := *s
	return func(point []uint8) {
		w := stated
		copy(w.point[:], point)
		w.errs = nil
		w.fill()
		copy(point, w.point[:])
	}
}

// blocked appends the facts for want of which the fact at i is not known.
func (s *state) blocked(i int, out []int) []int {
	for _, at := range s.wanting(i) {
		if !slices.Contains(out, at) {
			out = append(out, at)
		}
	}
	return out
}

// wanting returns the facts for want of which the fact at i is not known.
func (s *state) wanting(i int) (out []int) {
	f := &s.question.facts[i]
	switch {
	case s.point[i] != 0:
		return nil
	case f.name == FactContractTerm:
		return s.wanting(s.question.on)
	case f.name == FactMachineBought && s.question.machine >= 0:
		return s.wanting(s.question.machine)
	case f.name == FactOfferingBought && s.point[s.question.offering] == 0:
		return []int{s.question.offering}
	case f.figure == nil:
		return []int{i}
	}
	for k := range f.figure.cases {
		c := &f.figure.cases[k]
		fails, open := false, []int{}
		for _, t := range c.when {
			code := s.point[t.fact]
			if code == 0 {
				open = append(open, t.fact)
			} else if t.allowed[code/64]>>(code%64)&1 == 0 {
				fails = true
			}
		}
		if fails {
			continue
		}
		for _, at := range open {
			out = s.blocked(at, out)
		}
		if len(open) > 0 {
			return out
		}
		switch c.formula.(type) {
		case Total, Count:
			if s.question.facts[i].spec != nil {
				return []int{i} // which may be stated itself
			}
			return []int{c.at[0]}
		case Tally:
			return []int{c.at[0]} // or something of a machine in it
		}
		for _, at := range c.at {
			out = s.blocked(at, out)
		}
		break
	}
	if len(out) == 0 {
		return []int{i} // a linked table, or the text after a floor, does not say
	}
	return out
}
