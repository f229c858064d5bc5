package rule

import (
	"math/bits"
	"slices"
)

// budget is how many nodes one search may visit.
const budget = 4096

// A completer walks the completions of one point, depth first, setting one
// fact at a time. It never looks below a node that three-valued logic settles,
// nor at two values that leave the open rules in the same state.
type completer struct {
	*Set
	derive func([]uint8)
	base   []uint8 // what is stated, and what the walk has set
	chosen []uint8 // what the walk has set derived facts to, should derive leave them out
	work   []uint8 // base with derived facts filled in
	spare  []uint8 // what derive is handed
	seen   []mask  // what rules made of the siblings on the way down
	left   int     // nodes left of the budget
	first  verdict // the first verdict found, in a search for two that differ
	found  bool    // whether there is one
}

func (s *Set) completer(point []uint8, derive func([]uint8)) *completer {
	n := len(point)
	room := make([]uint8, 4*n)
	c := &completer{Set: s, derive: derive, base: room[:n], chosen: room[n : 2*n], work: room[2*n : 3*n], spare: room[3*n:]}
	copy(c.base, point)
	return c
}

// search decides a point that three-valued logic does not settle.
func (s *Set) search(point []uint8, derive func([]uint8)) Answer {
	c := s.completer(point, derive)
	top := c.look(-1, nil)
	differ, exact := c.differ(-1)
	switch {
	case !exact:
		return Answer{State: Unsettled, Ask: top.ask}
	case differ:
		return Answer{State: Unsettled, Exact: true, Ask: top.ask}
	}
	return c.first.answer()
}

// differ reports whether two completions give different answers: any two, or
// where fact is not -1 two that differ in that fact alone.
func (c *completer) differ(fact int) (yes, exact bool) { return c.differWithin(fact, budget) }

// differWithin is differ with so many nodes left.
func (c *completer) differWithin(fact, left int) (yes, exact bool) {
	c.left, c.found, c.seen = left-1, false, c.seen[:0]
	top := c.look(fact, nil)
	c.seen = c.seen[:0]
	yes = c.walk(fact, top)
	return yes, c.left >= 0
}

// A node is a look at one place of the walk.
type node struct {
	differ bool    // two values of the fact looked at give different answers
	answer verdict // of the first value that gives one
	some   bool    // whether one does
	ask    int     // the fact to set next, or -1 when every value gives an answer
	hangs  bool    // open rules ask for a fact that is derived from the one last set and not known yet
}

// look decides the point for every value of fact, or as it is where fact is
// -1, and appends what the rules made of it to seen. last is the input that
// was set last.
func (c *completer) look(fact int, last *input) node {
	n := node{ask: -1}
	codes := 1
	if fact >= 0 {
		codes = c.codes(fact)
	}
	for code := 1; code <= codes; code++ {
		if fact >= 0 {
			c.set(fact, uint8(code))
		}
		c.fill()
		v := c.view(c.work)
		for w := range c.words {
			v.must[w] &^= v.silent[w]
			v.may[w] &^= v.silent[w]
		}
		c.seen = append(c.seen, v.must, v.may)
		switch {
		case !v.settled():
			if n.ask < 0 {
				n.ask = c.pick(c.inputs, &v.open)
			}
			n.hangs = n.hangs || c.hangs(last, &v.open)
		case !n.some:
			n.answer, n.some = v.low, true
		default:
			n.differ = n.differ || n.answer != v.low
		}
	}
	if fact >= 0 {
		c.set(fact, 0)
	}
	return n
}

// walk goes through the completions below n until two differ or the budget is
// spent, and reports which.
func (c *completer) walk(fact int, n node) bool {
	switch {
	case n.differ:
		return true
	case n.ask < 0 && fact >= 0:
		return false
	case n.ask < 0 && !c.found:
		c.first, c.found = n.answer, true
		return false
	case n.ask < 0:
		return c.first != n.answer
	}
	start, in := len(c.seen), c.input(n.ask)
	defer c.set(n.ask, 0)
	for code := 1; code <= c.codes(n.ask); code++ {
		c.set(n.ask, uint8(code))
		mark := len(c.seen)
		below := c.look(fact, in)
		if below.hangs {
			c.seen = c.seen[:mark]
		} else if c.repeats(start, mark) {
			c.seen = c.seen[:mark]
			continue
		}
		if c.left--; c.left < 0 {
			return false
		}
		if c.walk(fact, below) {
			return true
		}
		if c.left < 0 {
			return false
		}
	}
	c.seen = c.seen[:start]
	return false
}

// repeats reports whether what was seen from mark on was seen since start.
func (c *completer) repeats(start, mark int) bool {
	size := len(c.seen) - mark
	for ; start < mark; start += size {
		if slices.Equal(c.seen[start:start+size], c.seen[mark:]) {
			return true
		}
	}
	return false
}

func (c *completer) codes(fact int) int { return c.vocabulary.facts[fact].Codes() }

func (c *completer) input(fact int) *input {
	k, _ := slices.BinarySearchFunc(c.inputs, fact, func(in input, f int) int { return in.fact - f })
	return &c.inputs[k]
}

func (c *completer) set(fact int, code uint8) {
	if c.derives(fact) {
		c.chosen[fact] = code
	} else {
		c.base[fact] = code
	}
}

// derives reports whether fact is computed rather than stated.
func (c *completer) derives(fact int) bool {
	return c.derive != nil && c.vocabulary.facts[fact].Role == Derived
}

// fill computes the derived facts of base anew.
func (c *completer) fill() {
	copy(c.work, c.base)
	if c.derive == nil || len(c.columns) == 0 {
		return
	}
	c.compute()
	for _, d := range c.vocabulary.derived {
		if c.work[d] == 0 && c.chosen[d] != 0 && c.free(d) {
			c.work[d] = c.chosen[d]
			c.compute()
		}
	}
}

func (c *completer) compute() {
	copy(c.spare, c.work)
	c.derive(c.spare)
	for _, d := range c.vocabulary.derived {
		if c.work[d] == 0 {
			c.work[d] = c.spare[d]
		}
	}
}

// free reports whether fact may be set: a derived fact not while something it
// is computed from is missing.
func (c *completer) free(fact int) bool {
	return !c.derives(fact) || !slices.ContainsFunc(c.vocabulary.sources[fact], func(f int) bool { return c.work[f] == 0 })
}

// pick returns the missing fact among inputs that most open rules ask for, the
// first of several, or -1.
func (c *completer) pick(inputs []input, open *mask) int {
	best, most := -1, 0
	for i := range inputs {
		in := &inputs[i]
		if c.work[in.fact] != 0 || !c.free(in.fact) {
			continue
		}
		if n := c.weight(in, open); n > most {
			best, most = in.fact, n
		}
	}
	return best
}

// weight counts the open rules that ask for a fact, or for one that is not
// known and derived from it.
func (c *completer) weight(in *input, open *mask) (n int) {
	for w := range c.words {
		var asks uint64
		if in.asks != nil {
			asks = in.asks[w]
		}
		if c.derive != nil {
			for _, k := range in.feeds {
				if col := &c.columns[k]; c.work[col.fact] == 0 {
					asks |= col.asks[w]
				}
			}
		}
		n += bits.OnesCount64(open[w] & asks)
	}
	return n
}

// hangs reports whether open rules ask for a fact that is not known and
// derived from the input.
func (c *completer) hangs(in *input, open *mask) bool {
	if in == nil || c.derive == nil {
		return false
	}
	for _, k := range in.feeds {
		col := &c.columns[k]
		if c.work[col.fact] != 0 {
			continue
		}
		for w := range c.words {
			if open[w]&col.asks[w] != 0 {
				return true
			}
		}
	}
	return false
}
