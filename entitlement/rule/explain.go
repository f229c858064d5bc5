package rule

// A Standing is what became of a rule. The zero Standing is NotMet.
type Standing uint8

const (
	NotMet     Standing = iota // a condition is false
	Wanting                    // it hangs on something not stated whether it speaks
	Overridden                 // an exception to it holds
	Applied                    // it speaks
)

// String returns "not_met", "wanting", "overridden" or "applied".
func (s Standing) String() string {
	return name(uint8(s), "not_met", "wanting", "overridden", "applied")
}

// A Step is what became of one rule.
type Step struct {
	Rule     string // its ID
	Standing Standing
	By       string // Overridden: the ID of the exception that prevailed
	Lacking  []int  // NotMet: facts with a value that fails it; Wanting: facts not stated that it, or an exception to it, asks for
}

// A Decision is an answer with all that is needed to check it by hand. Facts
// are given as their places in a point, rising.
type Decision struct {
	Answer   Answer
	Steps    []Step // every rule, in document order
	Missing  []int  // facts not stated for which two completions that differ in one alone give different answers
	Mattered []int  // readings of which another value, all else equal, gives another answer
	Exact    bool   // false: past the budget Missing is every fact that open rules ask for, and Mattered may lack some
}

// Explain is [Set.Decide] with its reasons. It tries every rule and never stops
// early. A reading left open is in Mattered, not in Missing, when two
// completions that differ in it alone give different answers.
func (s *Set) Explain(point []uint8, derive func([]uint8)) Decision {
	d := s.Reasons(point, derive, s.Decide(point, derive))
	c := s.completer(point, derive)
	for i := range c.inputs {
		r := c.inputs[i].fact
		if point[r] != 0 && s.vocabulary.facts[r].Role == Reading && c.mattered(r, &d) {
			d.Mattered = insert(d.Mattered, r)
		}
	}
	return d
}

// Reasons is [Set.Explain] for an answer that is known already, and without the
// readings that are chosen.
func (s *Set) Reasons(point []uint8, derive func([]uint8), a Answer) Decision {
	d := Decision{Answer: a, Exact: a.Exact}
	c := s.completer(point, derive)
	c.fill()
	v := c.view(c.work)
	d.Steps = c.steps(&v)
	if a.State == Unsettled {
		c.missing(&d, v.open)
	}
	return d
}

func (c *completer) steps(v *view) []Step {
	var doubtful mask
	c.silence(&v.may, &doubtful)
	steps := make([]Step, len(c.rules))
	room := make([]int, 0, 2*len(c.rules)) // for what rules lack
	for i, r := range c.rules {
		st := &steps[i]
		st.Rule = r.ID
		switch {
		case !has(v.may[:], i):
			from := len(room)
			room = c.failing(i, room)
			st.Standing, st.Lacking = NotMet, room[from:len(room):len(room)]
		case has(v.silent[:], i):
			st.Standing, st.By = Overridden, c.rules[c.prevailing(i, v)].ID
		case has(v.must[:], i) && !has(doubtful[:], i):
			st.Standing = Applied
		default:
			st.Standing, st.Lacking = Wanting, c.wanted(i, v)
		}
	}
	return steps
}

// failing appends the facts with a value that fails rule i.
func (c *completer) failing(i int, facts []int) []int {
	for k := range c.columns {
		col := &c.columns[k]
		if !has(col.row[int(c.work[col.fact])*c.words:], i) {
			facts = append(facts, col.fact)
		}
	}
	return facts
}

// wanted returns the facts not stated that rule i asks for, and those that
// exceptions to it ask for which may hold.
func (c *completer) wanted(i int, v *view) (facts []int) {
	for k := range c.columns {
		col := &c.columns[k]
		for e := 0; e < len(c.rules) && c.work[col.fact] == 0; e++ {
			if has(col.asks, e) && (e == i || has(v.may[:], e) && has(c.above[e*c.words:], i)) {
				facts = append(facts, col.fact)
				break
			}
		}
	}
	return facts
}

// prevailing returns the first exception to rule i that holds and is itself
// not silenced.
func (c *completer) prevailing(i int, v *view) int {
	for e := range c.rules {
		if has(v.must[:], e) && !has(v.silent[:], e) && has(c.above[e*c.words:], i) {
			return e
		}
	}
	return i // not reached: an exception that no other silences is always among those that hold
}

// missing finds the facts an unsettled answer hangs on. All of them share one
// budget.
func (c *completer) missing(d *Decision, open mask) {
	var asked, hit []int
	left := budget / 4 // of many facts, which each need a search of their own
	for i := range c.inputs {
		in := &c.inputs[i]
		c.fill()
		if c.work[in.fact] != 0 || c.weight(in, &open) == 0 {
			continue
		}
		if c.free(in.fact) {
			asked = append(asked, in.fact)
		}
		if !d.Exact {
			continue
		}
		yes, exact := c.differWithin(in.fact, left)
		left, d.Exact = c.left, exact
		if yes {
			hit = append(hit, in.fact)
		}
	}
	if !d.Exact {
		hit = asked
	}
	for _, f := range hit {
		if c.vocabulary.facts[f].Role == Reading {
			d.Mattered = append(d.Mattered, f)
		} else {
			d.Missing = append(d.Missing, f)
		}
	}
}

// mattered reports whether another value of reading r gives another answer.
func (c *completer) mattered(r int, d *Decision) bool {
	taken := c.base[r]
	defer c.set(r, taken)
	for code := 1; code <= c.codes(r); code++ {
		if uint8(code) == taken {
			continue
		}
		c.base[r] = uint8(code)
		a := c.Decide(c.base, c.derive)
		d.Exact = d.Exact && a.Exact
		if !a.same(d.Answer) {
			return true
		}
	}
	return false
}

// insert keeps a short list rising.
func insert(list []int, f int) []int {
	i := len(list)
	list = append(list, f)
	for ; i > 0 && list[i-1] > f; i-- {
		list[i] = list[i-1]
	}
	list[i] = f
	return list
}
