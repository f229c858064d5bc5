package rule_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/supportterms/supportterms/entitlement/rule"
)

// paired returns a coverage question with n facts, each of which puts the same
// limit on a grant whatever its value. Every completion gives one answer, and
// three-valued logic sees none of it before all facts have a value.
func paired(n int, role rule.Role) *rule.Set {
	var facts []rule.Fact
	rules := []rule.Rule{{ID: "grant", Effect: rule.Grants}}
	for i := range n {
		f := yesNo(fmt.Sprint("f", i))
		f.Role = role
		facts = append(facts, f)
		for _, value := range f.Values {
			rules = append(rules, rule.Rule{
				ID: f.Name + value, Effect: rule.Limits, Then: i,
				When: []rule.Condition{{Fact: f.Name, In: []string{value}}},
			})
		}
	}
	return must(rule.NewCoverage(must(rule.NewVocabulary(facts...)), rules...))
}

func TestBudget(t *testing.T) {
	for _, test := range []struct {
		facts int
		want  rule.Answer
		why   string
	}{
		{11, rule.Answer{State: rule.Settled, Exact: true, Outcome: rule.Limited, Limits: 1<<11 - 1, Ask: -1},
			"a tree of 4,095 nodes is searched whole"},
		{12, rule.Answer{State: rule.Unsettled, Ask: 0}, "one of 8,191 is not, and nothing is claimed"},
		{40, rule.Answer{State: rule.Unsettled, Ask: 0}, "nor one that would never end"},
	} {
		s := paired(test.facts, rule.Stated)
		point := make([]uint8, test.facts)
		d := s.Explain(point, nil)
		if got := s.Decide(point, nil); got != test.want || d.Answer != test.want {
			t.Errorf("%d facts: %+v, want %+v: %s", test.facts, got, test.want, test.why)
		}
		if d.Exact != test.want.Exact {
			t.Errorf("%d facts: Explain is exact: %t", test.facts, d.Exact)
		}
		if !d.Exact && len(d.Missing) != test.facts {
			t.Errorf("%d facts: past the budget every fact asked for is missing, got %v", test.facts, d.Missing)
		}
	}
}

// The answer is proved unsettled at once, which facts it hangs on is not.
func TestBudgetOfMissing(t *testing.T) {
	v := must(rule.NewVocabulary(yesNo("a"), yesNo("b")))
	s := must(rule.NewCoverage(v, rule.Rule{ID: "grant", Effect: rule.Grants, When: when("a=yes")}))
	d := s.Explain([]uint8{0, 0}, nil)
	if !d.Answer.Exact || !d.Exact || len(d.Missing) != 1 {
		t.Errorf("small: %+v", d)
	}
	large := paired(13, rule.Stated)
	facts := []rule.Fact{yesNo("decisive")}
	rules := []rule.Rule{{ID: "excluded", Effect: rule.Excludes, Then: int(rule.NotCovered), When: when("decisive=yes")}}
	for i := range 13 {
		facts = append(facts, yesNo(fmt.Sprint("f", i)))
	}
	for i := range large.Len() {
		rules = append(rules, large.Rule(i))
	}
	s = must(rule.NewCoverage(must(rule.NewVocabulary(facts...)), rules...))
	d = s.Explain(make([]uint8, len(facts)), nil)
	if d.Answer.State != rule.Unsettled || d.Exact || len(d.Missing) != len(facts) {
		t.Errorf("large: %s, exact %t, missing %v", d.Answer.State, d.Exact, d.Missing)
	}
}

func TestRangeTooWide(t *testing.T) {
	for _, test := range []struct {
		readings int
		refused  bool
	}{{12, false}, {13, true}} {
		s := paired(test.readings, rule.Reading)
		var vary []int
		point := make([]uint8, test.readings)
		for i := range point {
			vary = append(vary, i)
			point[i] = 1
		}
		choices, err := s.Range(point, nil, vary)
		var wide *rule.RangeError
		if refused := errors.As(err, &wide); refused != test.refused {
			t.Errorf("%d readings: %d choices, error %v", test.readings, len(choices), err)
		} else if refused && (len(wide.Facts) != test.readings || wide.Limit != 4096) {
			t.Errorf("error %+v", wide)
		}
	}
}
