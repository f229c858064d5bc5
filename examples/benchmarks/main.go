// Command benchmarks puts twenty questions about what a subscription covers to
// supportterms and to cedar-go, an implementation of the policy language Cedar,
// and prints both answers. With -ratio it measures how long they take.
//
// Cedar has the edition's rules for two questions as one policy set. Its
// requests are made beforehand, with every date and figure worked out, which
// supportterms works out anew each time. Cedar's answer is a yes or a no and
// the policies it came from, that of supportterms the outcome, the service and
// the limits; its reasons (Bound.Verdict) are not measured here.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"testing"

	cedar "github.com/cedar-policy/cedar-go"

	"github.com/supportterms/supportterms/entitlement"
)

func main() {
	ratio := flag.Bool("ratio", false, "measure, and print the medians and their ratio")
	rounds := flag.Int("rounds", 9, "how often to measure each side, by turns")
	flag.Parse()
	r, err := newRows()
	if err == nil {
		err = r.table(os.Stdout)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "benchmarks:", err)
		os.Exit(1)
	}
	if *ratio {
		r.ratio(os.Stdout, max(1, *rounds))
	}
}

// Rows are the questions, ready to be asked.
type rows struct {
	set      *cedar.PolicySet
	entities cedar.EntityMap
	all      []row
}

type row struct {
	asked
	bound   *entitlement.Bound
	request cedar.Request
}

func newRows() (*rows, error) {
	s, err := newSides()
	if err != nil {
		return nil, err
	}
	r := &rows{set: s.set, entities: cedar.EntityMap{}}
	for _, q := range questions() {
		next := row{asked: q}
		if next.bound, err = s.policy.Bind(q.contract); err != nil {
			return nil, err
		}
		if next.request, err = s.request(q.contract, q.question); err != nil {
			return nil, err
		}
		r.all = append(r.all, next)
	}
	return r, nil
}

func (r *rows) table(w io.Writer) error {
	for _, q := range r.all {
		a, err := q.bound.Decide(q.question)
		if err != nil {
			return err
		}
		decision, _ := cedar.Authorize(r.set, r.entities, q.request)
		fmt.Fprintf(w, "%-30s %-15v %v\n", q.name, a.Outcome, decision)
	}
	return nil
}

func (r *rows) ratio(w io.Writer, rounds int) {
	var times [2][]float64
	for range rounds {
		for i, side := range []func(*testing.B){r.supportterms, r.cedarGo} {
			m := testing.Benchmark(side)
			times[i] = append(times[i], float64(m.T.Nanoseconds())/float64(m.N))
		}
	}
	for i, name := range []string{"supportterms", "cedar-go"} {
		slices.Sort(times[i])
		fmt.Fprintf(w, "%-12s %6.0f ns, the median of %.0f to %.0f\n", name, times[i][rounds/2], times[i][0], times[i][rounds-1])
	}
	fmt.Fprintf(w, "cedar-go takes %.1f times as long\n", times[1][rounds/2]/times[0][rounds/2])
}

func (r *rows) supportterms(b *testing.B) {
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		q := &r.all[i%len(r.all)]
		if a, err := q.bound.Decide(q.question); err != nil || a.Outcome != q.want {
			b.Fatal(q.name, a, err)
		}
	}
}

func (r *rows) cedarGo(b *testing.B) {
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		q := &r.all[i%len(r.all)]
		if decision, _ := cedar.Authorize(r.set, r.entities, q.request); bool(decision) != q.want.IsGrant() {
			b.Fatal(q.name, decision)
		}
	}
}
