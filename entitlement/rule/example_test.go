package rule_test

import (
	"fmt"

	"github.com/supportterms/supportterms/entitlement/rule"
)

func vocabularyOfSupport() *rule.Vocabulary {
	return must(rule.NewVocabulary(
		rule.Fact{Name: "level", Values: []string{"self-support", "weekday", "24x7"}},
		rule.Fact{Name: "severity", Values: []string{"1", "2", "3", "4"}},
	))
}

// Hours of support: "business hours; 24/7 for severity 1" is a rule and an
// exception to it.
func ExampleSet_Decide() {
	v := vocabularyOfSupport()
	const business, always = 1, 2
	hours := must(rule.NewValues(v,
		rule.Rule{ID: "hours", Then: business, When: []rule.Condition{
			{Fact: "level", In: []string{"weekday", "24x7"}},
		}},
		rule.Rule{ID: "hours/severity-1", Then: always, Except: "hours", When: []rule.Condition{
			{Fact: "level", In: []string{"24x7"}}, {Fact: "severity", In: []string{"1"}},
		}},
	))
	var point [2]uint8 // nothing is stated
	for _, level := range []string{"self-support", "weekday", "24x7"} {
		point[0], _ = v.Code(0, level)
		a := hours.Decide(point[:], nil)
		fmt.Println(level, a.State, a.Value)
	}
	// Output:
	// self-support silent 0
	// weekday settled 1
	// 24x7 unsettled 0
}

func ExampleSet_Explain() {
	v := vocabularyOfSupport()
	request := must(rule.NewCoverage(v,
		rule.Rule{ID: "support", Effect: rule.Grants, When: []rule.Condition{
			{Fact: "level", In: []string{"weekday", "24x7"}},
		}},
		rule.Rule{ID: "minor", Effect: rule.Limits, Then: 3, When: []rule.Condition{
			{Fact: "severity", In: []string{"4"}},
		}},
	))
	d := request.Explain([]uint8{2, 0}, nil)
	fmt.Println(d.Answer.State)
	for _, step := range d.Steps {
		fmt.Println(step.Rule, step.Standing)
	}
	for _, i := range d.Missing {
		fmt.Println("state", v.Fact(i).Name)
	}
	// Output:
	// unsettled
	// support applied
	// minor wanting
	// state severity
}

func ExampleSet_Range() {
	v := must(rule.NewVocabulary(
		rule.Fact{Name: "phase", Values: []string{"pro", "legacy"}},
		rule.Fact{Name: "legacy.sev1", Values: []string{"severity-2-row", "severity-1-row"}, Role: rule.Reading},
	))
	hours := must(rule.NewValues(v,
		rule.Rule{ID: "cell", Then: 1},
		rule.Rule{ID: "cell/legacy", Then: 8, Except: "cell", When: []rule.Condition{
			{Fact: "phase", In: []string{"legacy"}}, {Fact: "legacy.sev1", In: []string{"severity-2-row"}},
		}},
	))
	choices, _ := hours.Range([]uint8{2, 1}, nil, []int{1})
	for _, c := range choices {
		fmt.Println(c.Answer.Value, "with", v.Value(1, c.Codes[0]))
	}
	// Output:
	// 8 with severity-2-row
	// 1 with severity-1-row
}
