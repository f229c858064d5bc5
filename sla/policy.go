package sla

import (
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/supportterms/supportterms/entitlement/rule"
)

// maxFacts bounds a policy's vocabulary, so that a point fits a stack array.
const maxFacts = 64

type point [maxFacts]uint8

// A Policy is the response part of one edition, ready to be asked. It is
// immutable and safe for concurrent use. Its zero value promises nothing.
type Policy struct {
	Spec
	facts    *rule.Vocabulary
	sets     [questions]*rule.Set
	mentions [questions]uint64 // the facts that the rules for each mention, as bits
	standard point             // every reading at its default
	days     []time.Duration
	readings []int // vocabulary indexes
	iLevel, iSecurity, iSupport, iOffering, iPhase, iMetric,
	iStated, iSeverity, iUnit int // -1 where the edition has no such fact
	addons     []addonFact
	implied    []implied
	bySeverity [256]uint8     // codes
	order      map[string]int // of clauses
	// memo keeps the terms under default readings, by the stated facts they
	// turn on; it is nil when those have too many combinations.
	memo []atomic.Pointer[terms]
	keys []memoKey
	// deriver is p.derive, made once so that a question allocates nothing.
	deriver func([]uint8)
	decided decided
}

// A memoKey is a fact's part of a place in the memo.
type memoKey struct{ fact, stride int }

// An implied fact has a code when another has one.
type implied struct {
	fact, ifFact int
	code, ifCode uint8
}

// NewPolicy checks a Spec and makes the policy of it, which keeps no part of
// the Spec. The error joins everything wrong.
func NewPolicy(s Spec) (*Policy, error) {
	p := &Policy{Spec: s.clone(), order: map[string]int{}}
	p.deriver = p.derive
	for i, c := range s.Clauses {
		p.order[c] = i
	}
	errs := []error{p.makeVocabulary(), p.makeHours()}
	errs = append(errs, p.checkMetrics()...)
	errs = append(errs, p.checkQuestions()...)
	if errs[0] == nil {
		errs = append(errs, p.makeSets()...)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	p.makeMemo()
	return p, nil
}

// empty is the policy that the zero Policy stands for.
var empty = sync.OnceValue(func() *Policy {
	p, _ := NewPolicy(Spec{}) // nothing in it can be wrong
	return p
})

// made returns p, or the empty policy for the zero one.
func (p *Policy) made() *Policy {
	if p.facts == nil {
		return empty()
	}
	return p
}

func (p *Policy) makeSets() (errs []error) {
	for q := range questions {
		if len(p.Spec.Rules[q]) == 0 {
			continue
		}
		set, err := rule.NewValues(p.facts, p.Spec.Rules[q]...)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		p.sets[q] = set
		for _, i := range set.Facts() {
			p.mentions[q] |= 1 << i
		}
	}
	return errs
}

// makeMemo finds the stated facts that terms turn on and makes room to keep
// the terms of each combination.
func (p *Policy) makeMemo() {
	const most = 1 << 16
	size := 1
	for i := range p.facts.Len() {
		mentioned := slices.ContainsFunc(p.sets[:], func(s *rule.Set) bool { return s != nil && slices.Contains(s.Facts(), i) })
		if p.facts.Fact(i).Role != rule.Stated || !mentioned && i != p.iStated {
			continue
		}
		p.keys = append(p.keys, memoKey{i, size})
		if size *= p.facts.Fact(i).Codes() + 1; size > most {
			return
		}
	}
	p.memo = make([]atomic.Pointer[terms], size)
}
