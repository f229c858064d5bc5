package rule

import "math/bits"

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

// glance gives the verdict where three-valued logic settles it: the rules that
// speak for certain say the same as all that may speak. It is [Set.view] for
// sets of one word.
func (s *Set) glance(point []uint8) (v verdict, settled bool) {
	if s.words != 1 {
		wide := s.view(point)
		return wide.low, wide.settled()
	}
	may, missing := s.all[0], uint64(0)
	for i := range s.columns {
		c := &s.columns[i]
		code := point[c.fact]
		may &= c.row[code]
		if code == 0 {
			missing |= c.asks[0]
		}
	}
	must := may &^ missing
	low := [1]uint64{must &^ s.overridden(may)}
	v = s.verdict(low[:])
	if must == may {
		return v, true
	}
	high := [1]uint64{may &^ s.overridden(must)}
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
