package entitlementtest_test

import (
	"fmt"

	"github.com/supportterms/supportterms/entitlement/entitlementtest"
	"github.com/supportterms/supportterms/entitlement/rule"
)

// A model answers by definition, and the set of its rules must agree.
func ExampleModel() {
	m := entitlementtest.Model{
		Facts: []rule.Fact{
			{Name: "level", Values: []string{"weekday", "24x7"}},
			{Name: "severity", Values: []string{"1", "2"}},
		},
		Rules: []rule.Rule{
			{ID: "hours", Then: 10},
			{ID: "always", Then: 24, Except: "hours", When: []rule.Condition{
				{Fact: "level", In: []string{"24x7"}}, {Fact: "severity", In: []string{"1"}},
			}},
		},
		Point: []uint8{2, 0},
	}
	for _, c := range m.Completions(m.Point) {
		fmt.Println(c.Point, c.Answer.Value)
	}
	a, matter := m.Decide(m.Point)
	fmt.Println(a.State, matter, m.Set().Decide(m.Point, nil).State)
	// Output:
	// [2 1] 24
	// [2 2] 10
	// unsettled [1] unsettled
}

// A tape says what is generated; the shorter it is, the plainer the model.
func ExampleValues() {
	m := entitlementtest.Values(nil)
	fmt.Println(len(m.Facts), len(m.Rules), m.Point)
	// Output: 2 1 [0 0]
}
