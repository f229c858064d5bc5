package rule

import (
	"math/bits"
	"slices"
)

// Decide says what the rules make of a point. Facts with code 0 are missing,
// and readings with code 0 are left open: the answer is then that of every
// completion, or Unsettled.
//
// derive, where given, fills in derived facts. It is handed a point of its own
// and sets the derived facts with code 0 that what is stated determines, and
// no others: a fact it has set must not change when more is stated. A derived
// fact that it leaves out when all that fact is computed from is stated is
// completed like a stated one. Without derive all derived facts are.
//
// Decide panics when the point has the wrong length or a code that its fact
// does not have. It allocates nothing unless it has to split.
func (s *Set) Decide(point []uint8, derive func([]uint8)) Answer {
	v, settled := s.glance(point)
	if !settled {
		return s.search(point, derive)
	}
	return Answer{State: v.state, Exact: true, Outcome: v.outcome, Value: v.value, Limits: v.limits, Ask: -1}
}

// Glance is [Set.Decide] where three-valued logic alone settles the answer, and
// reports whether it does. Where every fact that rules mention is stated it
// does. Derived facts are as the point has them.
func (s *Set) Glance(point []uint8) (Answer, bool) {
	v, settled := s.glance(point)
	if !settled {
		return Answer{State: Unsettled, Ask: -1}, false
	}
	return v.answer(), true
}

// A Part is a set for points that agree in some facts. It looks at others last
// and one by one, so that those which no rule turns on any more need not be
// computed. It is for sets of up to 64 rules; rule n is bit n.
type Part struct {
	set         *Set
	start       Look
	first, last []narrow
	rows        []uint64
}

// A narrow is a column of a set of one word, with its rows in a common list.
type narrow struct {
	asks     uint64
	fact, at int32
}

// A Look is what has been seen of a point: the rules that may hold, and those
// of them for which something is missing.
type Look struct{ May, Missing uint64 }

// Part returns the set for points that have the codes of point in the facts
// given, or nil for a set of more than 64 rules. The facts in last are those
// for [Part.Then].
func (s *Set) Part(point []uint8, given, last []int) *Part {
	if s.words != 1 {
		return nil
	}
	p := &Part{set: s, start: Look{May: s.all[0]}, last: make([]narrow, len(last))}
	for i := range s.columns {
		if c := &s.columns[i]; slices.Contains(given, c.fact) {
			p.start.see(c, point)
		}
	}
	for i := range s.columns {
		c := &s.columns[i]
		if slices.Contains(given, c.fact) || c.asks[0]&p.start.May == 0 {
			continue
		}
		n := narrow{c.asks[0], int32(c.fact), int32(len(p.rows))}
		p.rows = append(p.rows, c.row...)
		if k := slices.Index(last, c.fact); k >= 0 {
			p.last[k] = n
		} else {
			p.first = append(p.first, n)
		}
	}
	return p
}

func (l *Look) see(c *column, point []uint8) {
	code := point[c.fact]
	l.May &= c.row[code]
	if code == 0 {
		l.Missing |= c.asks[0]
	}
}

// First looks at the facts that are not among the last.
func (p *Part) First(point []uint8) Look {
	may, missing := p.start.May, p.start.Missing
	for _, c := range p.first {
		if code := point[c.fact]; code != 0 {
			may &= p.rows[c.at+int32(code)]
		} else {
			missing |= c.asks
		}
	}
	return Look{may, missing}
}

// Then looks at the last fact k. One that only rules ask for which are ruled
// out need not be looked at.
func (p *Part) Then(l Look, k int, point []uint8) Look {
	c := &p.last[k]
	if c.asks&l.May == 0 {
		return l
	}
	code := point[c.fact]
	if code == 0 {
		l.Missing |= c.asks
	}
	return Look{l.May & p.rows[c.at+int32(code)], l.Missing}
}

// Settle is [Set.Glance]: a is the answer where one is settled. It is written
// field by field where it is to be, as a copy of an answer just written has to
// wait for its fields.
func (p *Part) Settle(l Look, a *Answer) (settled bool) {
	v, settled := p.set.settle(l)
	if settled {
		a.State, a.Exact, a.Outcome, a.Value, a.Limits, a.Ask = v.state, true, v.outcome, v.value, v.limits, -1
	}
	return settled
}

// Asks returns the rules that ask for a fact, of a set of up to 64.
func (s *Set) Asks(fact int) uint64 {
	for i := range s.columns {
		if c := &s.columns[i]; c.fact == fact {
			return c.asks[0]
		}
	}
	return 0
}

// glance gives the verdict where three-valued logic settles it: the rules that
// speak for certain say the same as all that may speak. It is [Set.view] for
// sets of one word.
func (s *Set) glance(point []uint8) (v verdict, settled bool) {
	if s.words != 1 {
		wide := s.view(point)
		return wide.low, wide.settled()
	}
	l := Look{May: s.all[0]}
	for i := range s.columns {
		l.see(&s.columns[i], point)
	}
	return s.settle(l)
}

// settle gives the verdict of a look at a whole point.
func (s *Set) settle(l Look) (v verdict, settled bool) {
	must := l.May &^ l.Missing
	low := [1]uint64{must &^ s.overridden(l.May)}
	v = s.verdict(low[:])
	if must == l.May {
		return v, true
	}
	high := [1]uint64{l.May &^ s.overridden(must)}
	return v, v == s.verdict(high[:])
}

// overridden returns the rules that some of rules are exceptions to.
func (s *Set) overridden(rules uint64) (out uint64) {
	for e := rules & s.exceptions[0]; e != 0; e &= e - 1 {
		out |= s.above[bits.TrailingZeros64(e)]
	}
	return out
}

// A mask is a set of rules of any size.
type mask [maxWords]uint64

// A view is what three-valued logic says about a point.
type view struct {
	must, may, open mask    // rules that hold for certain, may hold, and that the answer may hang on
	silent          mask    // rules that an exception silences for certain
	low, high       verdict // of the rules that speak for certain, and that may speak
}

func (v *view) settled() bool { return v.low == v.high }

func (s *Set) view(point []uint8) (v view) {
	var missing, doubtful mask
	copy(v.may[:], s.all)
	for i := range s.columns {
		c := &s.columns[i]
		code := int(point[c.fact])
		for w, rules := range c.row[code*s.words : (code+1)*s.words] {
			v.may[w] &= rules
			if code == 0 {
				missing[w] |= c.asks[w]
			}
		}
	}
	for w := range s.words {
		v.must[w] = v.may[w] &^ missing[w]
	}
	s.silence(&v.must, &v.silent)
	s.silence(&v.may, &doubtful)
	var low, high mask
	for w := range s.words {
		low[w] = v.must[w] &^ doubtful[w]
		high[w] = v.may[w] &^ v.silent[w]
		v.open[w] = v.may[w] &^ v.must[w] &^ v.silent[w] & s.weighty[w]
	}
	v.low, v.high = s.verdict(low[:s.words]), s.verdict(high[:s.words])
	return v
}

// silence adds to out the rules that some of rules are exceptions to.
func (s *Set) silence(rules, out *mask) {
	for w := range s.words {
		for e := rules[w] & s.exceptions[w]; e != 0; e &= e - 1 {
			i := firstOf(e, w)
			for u, above := range s.above[i*s.words : (i+1)*s.words] {
				out[u] |= above
			}
		}
	}
}
