package rule

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A Role says where the value of a fact comes from. The zero Role is Stated.
type Role uint8

const (
	// Stated facts come from the caller and may be missing.
	Stated Role = iota
	// Derived facts are computed from others; a caller may also state one,
	// and then the stated value wins.
	Derived
	// Readings are the ways to understand words that can be understood in
	// more than one. They are chosen, never missing.
	Reading
)

// String returns "stated", "derived" or "reading".
func (r Role) String() string { return name(uint8(r), "stated", "derived", "reading") }

// A Fact is one thing that rules may ask about, with the values it may have.
// It is a closed list (Values, for a yes or no "no" and "yes") or ordered (a
// whole number, an amount, a date as [Day] counts it): then only the interval
// between two Cuts that a number lies in can matter to a rule.
type Fact struct {
	Name   string
	Values []string // nil for an ordered fact
	Cuts   []int64  // rising; interval k has the numbers n with exactly k cuts <= n
	Role   Role
	From   []string // what a Derived fact is computed from; nil: any stated fact or reading
}

// Codes returns how many codes f has. They run from 1; 0 is "not stated".
func (f Fact) Codes() int {
	if f.Values != nil {
		return len(f.Values)
	}
	return len(f.Cuts) + 1
}

// maxCodes is how many values fit a code of one byte beside "not stated".
const maxCodes = 255

// A Vocabulary is the facts that the question sets of one edition share. What
// is known is a point: one code for each fact, in the vocabulary's order. The
// zero Vocabulary has no facts.
type Vocabulary struct {
	facts   []Fact
	index   map[string]int
	names   []Names
	derived []int   // Derived facts, each after the derived ones it is computed from
	sources [][]int // for a derived fact, all it is computed from, directly or not
}

// NewVocabulary checks facts and returns the vocabulary of them. The error
// joins a [*FactError] for everything wrong.
func NewVocabulary(facts ...Fact) (*Vocabulary, error) {
	v := &Vocabulary{
		facts: make([]Fact, 0, len(facts)), names: make([]Names, 0, len(facts)),
		index: make(map[string]int, len(facts)), sources: make([][]int, len(facts)),
	}
	var errs []error
	for _, f := range facts {
		for _, why := range f.problems() {
			errs = append(errs, &FactError{Fact: f.Name, Why: why})
		}
		if _, again := v.index[f.Name]; again {
			errs = append(errs, &FactError{Fact: f.Name, Why: "is in the vocabulary twice"})
			continue
		}
		v.index[f.Name] = len(v.facts)
		f.Values, f.Cuts, f.From = slices.Clone(f.Values), slices.Clone(f.Cuts), slices.Clone(f.From)
		v.facts = append(v.facts, f)
		v.names = append(v.names, newNames(f.Values))
	}
	if errs = append(errs, v.resolve()...); len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	return v, nil
}

func (f Fact) problems() (why []string) {
	if f.Name == "" {
		why = append(why, "has no name")
	}
	if f.Values != nil && f.Cuts != nil {
		why = append(why, "is a closed list or ordered, not both")
	}
	if f.Values != nil && len(f.Values) == 0 {
		why = append(why, "has an empty list of values")
	}
	if f.Codes() > maxCodes {
		why = append(why, fmt.Sprintf("has %d values; at most %d are possible", f.Codes(), maxCodes))
	}
	for i, value := range f.Values {
		if value == "" {
			why = append(why, "has a value without a name")
		} else if slices.Contains(f.Values[:i], value) {
			why = append(why, fmt.Sprintf("has the value %q twice", value))
		}
	}
	for i := 1; i < len(f.Cuts); i++ {
		if f.Cuts[i-1] >= f.Cuts[i] {
			why = append(why, fmt.Sprintf("has cuts that do not rise: %d before %d", f.Cuts[i-1], f.Cuts[i]))
		}
	}
	if f.Role > Reading {
		why = append(why, "has no such role")
	}
	if f.Role != Derived && f.From != nil {
		why = append(why, "is not derived, so it is computed from nothing")
	}
	return why
}

// resolve fills derived and sources, depth first.
func (v *Vocabulary) resolve() (errs []error) {
	const entered, done = 1, 2
	state := make([]uint8, len(v.facts))
	var visit func(d int)
	visit = func(d int) {
		f := v.facts[d]
		state[d] = entered
		from := make([]bool, len(v.facts))
		for i := range v.facts {
			from[i] = f.From == nil && v.facts[i].Role != Derived
		}
		for _, name := range f.From {
			i, ok := v.index[name]
			switch {
			case !ok:
				errs = append(errs, &FactError{Fact: f.Name, Why: fmt.Sprintf("is computed from %q, which is not in the vocabulary", name)})
				continue
			case state[i] == entered:
				errs = append(errs, &FactError{Fact: f.Name, Why: fmt.Sprintf("is computed from %q, which is computed from it", name)})
				continue
			case v.facts[i].Role == Derived && state[i] == 0:
				visit(i)
			}
			from[i] = true
			for _, j := range v.sources[i] {
				from[j] = true
			}
		}
		for i, yes := range from {
			if yes {
				v.sources[d] = append(v.sources[d], i)
			}
		}
		state[d] = done
		v.derived = append(v.derived, d)
	}
	for i, f := range v.facts {
		if f.Role == Derived && state[i] == 0 {
			visit(i)
		}
	}
	return errs
}

// Len returns the number of facts, which is the length of a point.
func (v *Vocabulary) Len() int { return len(v.facts) }

// Fact returns fact i. Its slices are the vocabulary's own: read them only.
func (v *Vocabulary) Fact(i int) Fact { return v.facts[i] }

// Index returns the place of a fact in a point.
func (v *Vocabulary) Index(name string) (i int, ok bool) {
	i, ok = v.index[name]
	return i, ok
}

// Code returns the code of a value of a closed list.
func (v *Vocabulary) Code(fact int, value string) (code uint8, ok bool) {
	code = v.names[fact].Code(value)
	return code, code != 0
}

// Names returns what finds the codes of a closed list.
func (v *Vocabulary) Names(fact int) *Names { return &v.names[fact] }

// CodeNumber returns the code of the interval of an ordered fact that n lies in.
func (v *Vocabulary) CodeNumber(fact int, n int64) uint8 {
	code := uint8(1)
	for _, cut := range v.facts[fact].Cuts { // few
		if n >= cut {
			code++
		}
	}
	return code
}

// Value writes a code as people read it: the value of a closed list, the
// interval "12..29", "..11" or "30.." of an ordered fact, "" for 0.
func (v *Vocabulary) Value(fact int, code uint8) string {
	f := v.facts[fact]
	switch {
	case code == 0:
		return ""
	case f.Values != nil:
		return f.Values[code-1]
	}
	var b strings.Builder
	if k := int(code) - 1; k > 0 {
		b.WriteString(strconv.FormatInt(f.Cuts[k-1], 10))
	}
	b.WriteString("..")
	if k := int(code) - 1; k < len(f.Cuts) {
		b.WriteString(strconv.FormatInt(f.Cuts[k]-1, 10))
	}
	return b.String()
}

// name returns the name of n, or a number where there is none.
func name(n uint8, names ...string) string {
	if int(n) < len(names) {
		return names[n]
	}
	return strconv.Itoa(int(n))
}
