package rule_test

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/entitlement/rule"
)

// problems returns each error of a joined one, a line each.
func problems(err error) []string {
	if err == nil {
		return nil
	}
	return strings.Split(err.Error(), "\n")
}

func TestRefusedRules(t *testing.T) {
	v := must(rule.NewVocabulary(
		yesNo("a"), yesNo("b"), yesNo("c"),
		rule.Fact{Name: "nodes", Cuts: []int64{3, 12}},
	))
	count := func(low, high int64) []rule.Condition {
		return []rule.Condition{{Fact: "nodes", AtLeast: &low, AtMost: &high}}
	}
	not := int(rule.NotCovered)
	for _, test := range []struct {
		name     string
		coverage bool
		rules    []rule.Rule
		want     []string
	}{
		{"no id", false, []rule.Rule{{}}, []string{`rule "" has no id`}},
		{"id twice", false, []rule.Rule{{ID: "x"}, {ID: "x"}}, []string{`rule "x" has the id of an earlier rule`}},
		{"exception to nothing", false, []rule.Rule{{ID: "x", Except: "y"}},
			[]string{`rule "x" is an exception to "y", which is not there`}},
		{"exception to itself", false, []rule.Rule{{ID: "x", Except: "x"}}, []string{`rule "x" is an exception to itself`}},
		{"circle", false, []rule.Rule{{ID: "x", Except: "y"}, {ID: "y", Except: "z"}, {ID: "z", Except: "x"}, {ID: "w", Except: "x"}},
			[]string{
				`rule "x" is an exception to itself, by way of "y"`,
				`rule "y" is an exception to itself, by way of "z"`,
				`rule "z" is an exception to itself, by way of "x"`,
			}},
		{"unknown fact", false, []rule.Rule{{ID: "x", When: when("d=yes")}},
			[]string{`rule "x" asks for "d", which is not in the vocabulary`}},
		{"validity without a date", false, []rule.Rule{{ID: "x", Valid: calendar.Period{Since: calendar.MustParseDate("2025-07-02")}}},
			[]string{`rule "x" asks for "on", which is not in the vocabulary`}},
		{"unknown value", false, []rule.Rule{{ID: "x", When: when("a=perhaps")}},
			[]string{`rule "x" asks whether "a" is "perhaps", which it never is`}},
		{"nothing asked", false, []rule.Rule{{ID: "x", When: []rule.Condition{{Fact: "a"}}}}, []string{`rule "x" asks nothing of "a"`}},
		{"value of a number", false, []rule.Rule{{ID: "x", When: when("nodes=3")}},
			[]string{`rule "x" asks for a value of "nodes", which is ordered`}},
		{"comparison of a value", false, []rule.Rule{{ID: "x", When: []rule.Condition{{Fact: "a", AtMost: new(int64(3))}}}},
			[]string{`rule "x" compares "a", which is not ordered`}},
		{"no such cut", false, []rule.Rule{{ID: "x", When: count(4, 12)}}, []string{
			`rule "x" compares "nodes" with 4, but 4 is not among its cuts`,
			`rule "x" compares "nodes" with 12, but 13 is not among its cuts`,
		}},
		{"empty interval", false, []rule.Rule{{ID: "x", When: count(12, 11)}},
			[]string{`rule "x" can never hold: its conditions leave "nodes" no value`}},
		{"contradiction", false, []rule.Rule{{ID: "x", When: when("a=yes a=no")}},
			[]string{`rule "x" can never hold: its conditions leave "a" no value`}},
		{"everything at once", false, []rule.Rule{{ID: "", When: when("d=yes a=perhaps")}, {ID: "y", Except: "z"}, {ID: "z2", Then: 1}, {ID: "z3"}},
			[]string{
				`rule "" has no id`,
				`rule "" asks for "d", which is not in the vocabulary`,
				`rule "" asks whether "a" is "perhaps", which it never is`,
				`rule "y" is an exception to "z", which is not there`,
				`rule "z3" and rule "z2" can both speak and differ, and neither is an exception to the other`,
			}},
		{"effect of coverage", false, []rule.Rule{{ID: "x", Effect: rule.Grants}}, []string{`rule "x" grants; a value question wants an answer`}},
		{"effect of values", true, []rule.Rule{{ID: "x"}}, []string{`rule "x" answers with a value; a coverage question wants an effect`}},
		{"no such effect", true, []rule.Rule{{ID: "x", Effect: 99}}, []string{`rule "x" has no such effect`}},
		{"limit out of range", true, []rule.Rule{{ID: "x", Effect: rule.Limits, Then: 64}},
			[]string{`rule "x" gives limit 64; limits are numbered 0 to 63`}},
		{"no exclusion", true, []rule.Rule{{ID: "x", Effect: rule.Excludes, Then: int(rule.Covered)}, {ID: "y", Effect: rule.Excludes, Then: 256 + not}},
			[]string{`rule "x" excludes with outcome 1, which is no exclusion`, `rule "y" excludes with outcome 263, which is no exclusion`}},
		{"negative grant", true, []rule.Rule{{ID: "x", Effect: rule.Grants, Then: -1}}, []string{`rule "x" grants -1; grants are numbered from 0`}},
		{"two exceptions that differ", false, []rule.Rule{
			{ID: "x"}, {ID: "y", Then: 1, Except: "x", When: when("a=yes")}, {ID: "z", Then: 2, Except: "x", When: when("b=yes")},
		}, []string{`rule "z" and rule "y" can both speak (a yes, b yes) and differ, and neither is an exception to the other`}},
		{"not kept apart by an exception to one", false, []rule.Rule{
			{ID: "x"}, {ID: "y", Then: 1, Except: "x", When: when("a=yes")}, {ID: "z", Then: 2, Except: "x", When: when("b=yes")},
			{ID: "w", Then: 2, Except: "y", When: when("b=yes c=yes")},
		}, []string{`rule "z" and rule "y" can both speak (a yes, b yes, c no) and differ, and neither is an exception to the other`}},
		{"exception of the exception against the base", false, []rule.Rule{
			{ID: "x"}, {ID: "y", Then: 1, Except: "x", When: when("a=yes")}, {ID: "z", Then: 2, Except: "y", When: when("b=yes")},
		}, nil},
		{"grant without a ground", true, []rule.Rule{
			{ID: "x", Effect: rule.Grants, When: when("a=yes")},
			{ID: "y", Effect: rule.Excludes, Then: not, When: when("b=yes")},
			{ID: "z", Effect: rule.Grants, Except: "y", When: when("b=yes c=yes")},
		}, []string{`rule "z" is an exception that grants, but no rule that grants the same holds whenever it does`}},
		{"grant with a ground", true, []rule.Rule{
			{ID: "x", Effect: rule.Grants, When: when("a=yes")},
			{ID: "y", Effect: rule.Excludes, Then: not, When: when("b=yes")},
			{ID: "z", Effect: rule.Grants, Except: "y", When: when("a=yes b=yes c=yes")},
		}, nil},
		{"grant of something else", true, []rule.Rule{
			{ID: "x", Effect: rule.Grants, Then: 1}, {ID: "y", Effect: rule.Excludes, Then: not},
			{ID: "z", Effect: rule.Grants, Then: 2, Except: "y"},
		}, []string{`rule "z" is an exception that grants, but no rule that grants the same holds whenever it does`}},
		{"grants that vouch for each other", true, []rule.Rule{
			{ID: "x", Effect: rule.Excludes, Then: not},
			{ID: "y", Effect: rule.Grants, Except: "x"}, {ID: "z", Effect: rule.Grants, Except: "x"},
		}, []string{
			`rule "y" is an exception that grants, but no rule that grants the same holds whenever it does`,
			`rule "z" is an exception that grants, but no rule that grants the same holds whenever it does`,
		}},
		{"a bound that no number passes", false, []rule.Rule{{ID: "x", When: count(3, math.MaxInt64)}}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			build := rule.NewValues
			if test.coverage {
				build = rule.NewCoverage
			}
			_, err := build(v, test.rules...)
			if diff := cmp.Diff(test.want, problems(err)); diff != "" {
				t.Error(diff)
			}
			var e *rule.RuleError
			if err != nil && !errors.As(err, &e) {
				t.Errorf("%v is no RuleError", err)
			}
		})
	}
}

func TestTooManyRules(t *testing.T) {
	rules := make([]rule.Rule, 513)
	for i := range rules {
		rules[i] = rule.Rule{ID: fmt.Sprint(i), Effect: rule.Informs}
	}
	if _, err := rule.NewCoverage(abc(), rules[:512]...); err != nil {
		t.Error(err)
	}
	_, err := rule.NewCoverage(abc(), rules...)
	if diff := cmp.Diff([]string{"513 rules are too many for one set; at most 512 are possible"}, problems(err)); diff != "" {
		t.Error(diff)
	}
}

// Nine guests in eight rooms: that two of them share a room, so that one of
// the exceptions always holds, takes a long proof.
func TestTooEntangled(t *testing.T) {
	rooms := []string{"a", "b", "c", "d", "e", "f", "g", "h"}
	var facts []rule.Fact
	rules := []rule.Rule{{ID: "x", Then: 1}, {ID: "y", Then: 2}}
	for i := range len(rooms) + 1 {
		facts = append(facts, rule.Fact{Name: fmt.Sprint("guest ", i), Values: rooms})
		for k := range i {
			for _, room := range rooms {
				rules = append(rules, rule.Rule{ID: fmt.Sprint(i, k, room), Then: 1, Except: "y", When: []rule.Condition{
					{Fact: facts[i].Name, In: []string{room}}, {Fact: facts[k].Name, In: []string{room}},
				}})
			}
		}
	}
	_, err := rule.NewValues(must(rule.NewVocabulary(facts...)), rules...)
	want := []string{`rule "y" and rule "x" are too entangled to prove that they never both speak and differ`}
	if diff := cmp.Diff(want, problems(err)); diff != "" {
		t.Error(diff)
	}
}

func TestRefusedFacts(t *testing.T) {
	long := make([]string, 256)
	for i := range long {
		long[i] = fmt.Sprint(i)
	}
	for _, test := range []struct {
		name  string
		facts []rule.Fact
		want  []string
	}{
		{"no name, role or value", []rule.Fact{{Values: []string{}, Role: 7}},
			[]string{`fact "" has no name`, `fact "" has an empty list of values`, `fact "" has no such role`}},
		{"twice", []rule.Fact{yesNo("a"), yesNo("a")}, []string{`fact "a" is in the vocabulary twice`}},
		{"list and ordered", []rule.Fact{{Name: "a", Values: []string{"x"}, Cuts: []int64{1}}},
			[]string{`fact "a" is a closed list or ordered, not both`}},
		{"values", []rule.Fact{{Name: "a", Values: []string{"x", "", "x"}}},
			[]string{`fact "a" has a value without a name`, `fact "a" has the value "x" twice`}},
		{"too many", []rule.Fact{{Name: "a", Values: long}}, []string{`fact "a" has 256 values; at most 255 are possible`}},
		{"as many as possible", []rule.Fact{{Name: "a", Values: long[:255]}}, nil},
		{"cuts", []rule.Fact{{Name: "a", Cuts: []int64{1, 3, 3}}}, []string{`fact "a" has cuts that do not rise: 3 before 3`}},
		{"computed but not derived", []rule.Fact{yesNo("b"), {Name: "a", Values: []string{"x"}, From: []string{"b"}}},
			[]string{`fact "a" is not derived, so it is computed from nothing`}},
		{"computed from nothing known", []rule.Fact{{Name: "a", Role: rule.Derived, From: []string{"b"}}},
			[]string{`fact "a" is computed from "b", which is not in the vocabulary`}},
		{"circle", []rule.Fact{{Name: "a", Role: rule.Derived, From: []string{"b"}}, {Name: "b", Role: rule.Derived, From: []string{"a"}}},
			[]string{`fact "b" is computed from "a", which is computed from it`}},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := rule.NewVocabulary(test.facts...)
			if diff := cmp.Diff(test.want, problems(err)); diff != "" {
				t.Error(diff)
			}
			var e *rule.FactError
			if err != nil && !errors.As(err, &e) {
				t.Errorf("%v is no FactError", err)
			}
		})
	}
}

func TestCodes(t *testing.T) {
	v := must(rule.NewVocabulary(
		rule.Fact{Name: "list", Values: []string{"x", "y"}},
		rule.Fact{Name: "number", Cuts: []int64{3, 12}},
		rule.Fact{Name: "free"},
	))
	for value, want := range map[string]uint8{"x": 1, "y": 2, "z": 0, "": 0} {
		if code, ok := v.Code(0, value); code != want || ok != (want != 0) || v.Value(0, code) != value && ok {
			t.Errorf("Code(%q) = %d, %t, want %d", value, code, ok, want)
		}
	}
	for n, want := range map[int64]string{math.MinInt64: "..2", 2: "..2", 3: "3..11", 11: "3..11", 12: "12..", math.MaxInt64: "12.."} {
		if got := v.Value(1, v.CodeNumber(1, n)); got != want {
			t.Errorf("%d is in %s, want %s", n, got, want)
		}
	}
	if code, ok := v.Code(2, "x"); ok {
		t.Errorf("an ordered fact has a value by name: %d", code)
	}
	if got := v.CodeNumber(2, 5); got != 1 {
		t.Errorf("without cuts every number has code 1, got %d", got)
	}
}
