package sla

import (
	"slices"
	"sync"
)

// A decision is what the rules say at a point whose readings are all chosen, of
// any place.
type decision struct {
	terms terms
	asked uint32
	stuck Question
	words [questions - QInitialBase]word
}

// decided keeps the decisions of a policy, and the clauses they rest on. What is
// kept is what would be decided again.
type decided struct {
	mu      sync.RWMutex
	at      map[point]*decision
	clauses map[citation][]string
}

// A citation is questions, as bits, that were put at a point.
type citation struct {
	point
	asked uint32
}

// mostDecided is how many of each are kept before they are let go: enough for
// hundreds of kinds of contracts with every reading tried.
const mostDecided = 1 << 14

// keep returns what m has for a key, which make makes where it has none.
func keep[K comparable, V any](mu *sync.RWMutex, m *map[K]V, key K, make func() V) V {
	mu.RLock()
	v, ok := (*m)[key]
	mu.RUnlock()
	if ok {
		return v
	}
	v = make()
	mu.Lock()
	defer mu.Unlock()
	if *m == nil || len(*m) >= mostDecided {
		*m = map[K]V{}
	}
	(*m)[key] = v
	return v
}

// decision is what the rules say at the point of in.
func (in *inquiry) decision() *decision {
	c := &in.policy.decided
	return keep(&c.mu, &c.at, in.pt, func() *decision {
		own := inquiry{policy: in.policy, at: in.at, pt: in.pt, choose: -1}
		d := &decision{terms: own.terms()}
		d.asked, d.stuck = own.asked, own.stuck
		own.pt = in.pt
		for i := range d.words {
			d.words[i] = own.putWord(QInitialBase + Question(i))
		}
		return d
	})
}

// spoken are the clauses of the rules that answer the questions put at a point.
func (p *Policy) spoken(pt point, asked uint32) []string {
	return keep(&p.decided.mu, &p.decided.clauses, citation{pt, asked}, func() (out []string) {
		for question := range questions {
			if set := p.sets[question]; set != nil && asked&(1<<question) != 0 {
				at := pt[:p.facts.Len()]
				out = append(out, spoken(set, set.Reasons(at, p.deriver, set.Decide(at, p.deriver)))...)
			}
		}
		return slices.Clip(out)
	})
}
