package rule

import (
	"errors"
	"fmt"
	"math/bits"
	"slices"
)

// maxRules is how many rules a set may have. Up to 64 fit one word and are
// decided fast.
const (
	maxRules = maxWords * 64
	maxWords = 8
)

// A Set is the rules that answer one question. It never changes and is safe
// for concurrent use. The zero Set has no rules and is always Silent.
//
// Rules are bits, numbered in document order; a set of rules is words of them.
type Set struct {
	vocabulary *Vocabulary
	rules      []Rule
	coverage   bool
	words      int
	columns    []column // one for each fact that rules mention, in the vocabulary's order
	inputs     []input  // the facts an answer may hang on, in the vocabulary's order

	then       []int                 // of each rule
	all        []uint64              // every rule
	exceptions []uint64              // rules that are an exception to one
	weighty    []uint64              // rules that can change an answer
	named      []uint64              // grants with a Then but 0
	by         [Informs + 1][]uint64 // rules by effect
	above      []uint64              // words for each rule: what it is an exception to, directly or not
	agree      []uint64              // words for each rule: those with the same Then
}

// A column is what the rules ask of one fact.
type column struct {
	fact int
	asks []uint64 // rules with a condition on the fact
	row  []uint64 // words for each code: rules the code does not contradict; for code 0, all
}

// An input is a fact that an answer may hang on: one that rules mention, or
// one from which such a fact is derived.
type input struct {
	fact  int
	asks  []uint64 // as in its column; nil where it has none
	feeds []int    // columns of derived facts computed from it
}

// NewValues returns the set of rules that answer a value question. The error
// joins a [*RuleError] for everything wrong, two rules that could both speak
// with different answers among it.
func NewValues(v *Vocabulary, rules ...Rule) (*Set, error) {
	return newSet(v, rules, func(d *draft) {
		d.checkEffects(false)
		d.checkConflicts()
	})
}

// NewUnprovenValues is [NewValues] without the proof that no two rules can
// disagree. Where they do, the answer is Conflict.
func NewUnprovenValues(v *Vocabulary, rules ...Rule) (*Set, error) {
	return newSet(v, rules, func(d *draft) { d.checkEffects(false) })
}

// NewCoverage returns the set of rules that answer a coverage question. The
// error joins a [*RuleError] for everything wrong.
func NewCoverage(v *Vocabulary, rules ...Rule) (*Set, error) {
	s, err := newSet(v, rules, func(d *draft) {
		d.checkEffects(true)
		d.checkGrants()
	})
	if err != nil {
		return nil, err
	}
	s.coverage = true
	return s, nil
}

func newSet(v *Vocabulary, rules []Rule, check func(*draft)) (*Set, error) {
	d := newDraft(v, rules)
	check(d)
	if len(rules) > maxRules {
		d.errs = append(d.errs, fmt.Errorf("%d rules are too many for one set; at most %d are possible", len(rules), maxRules))
	}
	if len(d.errs) > 0 {
		return nil, errors.Join(d.errs...)
	}
	s := &Set{vocabulary: v, rules: slices.Clone(rules), words: max(1, (len(rules)+63)/64)}
	s.all, s.exceptions, s.weighty, s.named = s.none(), s.none(), s.none(), s.none()
	for e := range s.by {
		s.by[e] = s.none()
	}
	s.above, s.agree = make([]uint64, len(rules)*s.words), make([]uint64, len(rules)*s.words)
	for i, r := range s.rules {
		s.then = append(s.then, r.Then)
		put(s.all, i)
		put(s.by[r.Effect], i)
		for p := d.parent[i]; p >= 0; p = d.parent[p] {
			put(s.exceptions, i)
			put(s.above[i*s.words:], p)
		}
		if r.Effect != Informs || d.parent[i] >= 0 {
			put(s.weighty, i)
		}
		if r.Then != 0 && (r.Effect == Grants || r.Effect == Maintains) {
			put(s.named, i)
		}
		for j := range s.rules {
			if s.rules[j].Then == r.Then {
				put(s.agree[i*s.words:], j)
			}
		}
	}
	for k, fact := range d.facts {
		s.columns = append(s.columns, s.column(fact, k, d.boxes))
	}
	s.inputs = s.findInputs()
	return s, nil
}

func (s *Set) column(fact, k int, boxes [][]codes) column {
	n := s.vocabulary.facts[fact].Codes()
	c := column{fact: fact, asks: s.none(), row: slices.Repeat(s.all, n+1)}
	for i, box := range boxes {
		if box[k] == allCodes(n) {
			continue
		}
		put(c.asks, i)
		for code := 1; code <= n; code++ {
			if !box[k].has(code) {
				c.row[code*s.words+i/64] &^= 1 << (i % 64)
			}
		}
	}
	return c
}

func (s *Set) findInputs() (found []input) {
	for fact := range s.vocabulary.facts {
		in := input{fact: fact}
		for k, c := range s.columns {
			if c.fact == fact {
				in.asks = c.asks
			} else if slices.Contains(s.vocabulary.sources[c.fact], fact) {
				in.feeds = append(in.feeds, k)
			}
		}
		if in.asks != nil || in.feeds != nil {
			found = append(found, in)
		}
	}
	return found
}

// Len returns the number of rules.
func (s *Set) Len() int { return len(s.rules) }

// Rule returns rule i in document order. Its slices are shared: read them
// only.
func (s *Set) Rule(i int) Rule { return s.rules[i] }

// Facts returns the places in a point of the facts that the rules mention.
func (s *Set) Facts() []int {
	facts := make([]int, len(s.columns))
	for k, c := range s.columns {
		facts[k] = c.fact
	}
	return facts
}

func (s *Set) none() []uint64 { return make([]uint64, s.words) }

func put(set []uint64, i int)      { set[i/64] |= 1 << (i % 64) }
func has(set []uint64, i int) bool { return set[i/64]>>(i%64)&1 != 0 }

// firstOf returns the first rule of word w of a set.
func firstOf(word uint64, w int) int { return w*64 + bits.TrailingZeros64(word) }
