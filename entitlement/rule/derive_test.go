package rule_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/supportterms/supportterms/entitlement/rule"
)

// lifecycle is a vocabulary in which the phase comes from a release and a
// count of years, by way of an age that no rule asks for. Release 3 has no
// table, so its age is known to nobody.
func lifecycle() (*rule.Vocabulary, func([]uint8)) {
	v := must(rule.NewVocabulary(
		rule.Fact{Name: "phase", Values: []string{"standard", "legacy"}, Role: rule.Derived, From: []string{"age"}},
		rule.Fact{Name: "age", Values: []string{"young", "old"}, Role: rule.Derived, From: []string{"release", "years"}},
		rule.Fact{Name: "release", Values: []string{"1", "2", "3"}},
		rule.Fact{Name: "years", Cuts: []int64{10}},
		yesNo("listed"),
	))
	return v, func(p []uint8) {
		release, years := p[2], p[3]
		switch {
		case p[1] != 0 || release == 3:
		case release == 1:
			p[1] = 2 // whatever the years
		case release == 2 && years != 0:
			p[1] = years
		}
		if p[0] == 0 {
			p[0] = p[1]
		}
	}
}

func TestDerivedFacts(t *testing.T) {
	v, derive := lifecycle()
	s := must(rule.NewCoverage(v,
		rule.Rule{ID: "support", Effect: rule.Grants, When: when("phase=standard")},
		rule.Rule{ID: "listed", Effect: rule.Limits, When: when("phase=standard listed=yes")},
	))
	if got := s.Facts(); !slices.Equal(got, []int{0, 4}) {
		t.Errorf("Facts = %v", got)
	}
	for _, test := range []struct {
		point   []uint8
		state   rule.State
		missing []int
		why     string
	}{
		{[]uint8{0, 0, 1, 0, 0}, rule.Silent, nil, "release 1 is old already: neither years nor list can matter"},
		{[]uint8{0, 0, 2, 1, 1}, rule.Settled, nil, "computed"},
		{[]uint8{0, 0, 2, 0, 1}, rule.Unsettled, []int{3}, "the years decide, not the phase, which is not the caller's to state"},
		{[]uint8{0, 0, 0, 1, 1}, rule.Unsettled, []int{1, 2}, "the release decides, and should it be 3 its age"},
		{[]uint8{0, 0, 3, 1, 1}, rule.Unsettled, []int{1}, "the table that is missing is named"},
		{[]uint8{1, 0, 1, 0, 1}, rule.Settled, nil, "a phase stated wins over the one computed"},
		{[]uint8{0, 1, 3, 0, 1}, rule.Settled, nil, "so does an age, on which the phase is computed"},
		{[]uint8{0, 0, 0, 0, 0}, rule.Unsettled, []int{1, 2, 3, 4}, "everything can matter"},
	} {
		d := s.Explain(test.point, derive)
		if d.Answer.State != test.state || !slices.Equal(d.Missing, test.missing) || !d.Exact {
			t.Errorf("%v: %s, missing %v, want %s, %v: %s", test.point, d.Answer.State, d.Missing, test.state, test.missing, test.why)
		}
	}
	d := s.Explain([]uint8{0, 0, 2, 1, 1}, nil)
	if !slices.Equal(d.Missing, []int{0}) {
		t.Errorf("without derive a derived fact is asked for like any other, got %v", d.Missing)
	}
}

// A derived fact that does not say what it is computed from may hang on any.
func TestDerivedFromAnything(t *testing.T) {
	v := must(rule.NewVocabulary(
		yesNo("a"), yesNo("b"), rule.Fact{Name: "both", Values: []string{"no", "yes"}, Role: rule.Derived},
	))
	s := must(rule.NewValues(v, rule.Rule{ID: "x", Then: 1, When: when("both=yes")}))
	derive := func(p []uint8) {
		switch {
		case p[0] == 1 || p[1] == 1:
			p[2] = 1
		case p[0] == 2 && p[1] == 2:
			p[2] = 2
		}
	}
	if got := s.Explain([]uint8{0, 0, 0}, derive).Missing; !slices.Equal(got, []int{0, 1}) {
		t.Errorf("missing %v", got)
	}
	if got := s.Decide([]uint8{0, 1, 0}, derive).State; got != rule.Silent {
		t.Errorf("one no is enough, got %s", got)
	}
}

// Two hundred releases by two hundred days, but rules tell only the first
// release from the others, and only whether the day is before a certain one.
func TestValuesThatNoRuleTellsApart(t *testing.T) {
	releases := make([]string, 200)
	var days []int64
	for i := range releases {
		releases[i] = fmt.Sprint(i)
		days = append(days, int64(i))
	}
	facts := []rule.Fact{
		{Name: "release", Values: releases}, {Name: "day", Cuts: days},
		{Name: "phase", Values: []string{"before", "after"}, Role: rule.Derived, From: []string{"day"}},
	}
	derive := func(p []uint8) {
		if p[2] == 0 && p[1] != 0 {
			p[2] = 1 + p[1]/100&1
		}
	}
	rules := []rule.Rule{{ID: "grant", Effect: rule.Grants}}
	for i := range 5 {
		f := yesNo(fmt.Sprint("f", i))
		facts = append(facts, f)
		for k := range 8 {
			known := releases[:1]
			if k&1 != 0 {
				known = releases[1:]
			}
			rules = append(rules, rule.Rule{ID: fmt.Sprint(i, k), Effect: rule.Limits, Then: i, When: []rule.Condition{
				{Fact: "release", In: known},
				{Fact: "phase", In: facts[2].Values[k>>1&1:][:1]},
				{Fact: f.Name, In: f.Values[k>>2&1:][:1]},
			}})
		}
	}
	s := must(rule.NewCoverage(must(rule.NewVocabulary(facts...)), rules...))
	want := rule.Answer{State: rule.Settled, Exact: true, Outcome: rule.Limited, Limits: 1<<5 - 1, Ask: -1}
	if got := s.Decide(make([]uint8, len(facts)), derive); got != want {
		t.Errorf("Decide = %+v, want %+v", got, want)
	}
}

func TestRangeKeepsWhatMakesNoDifference(t *testing.T) {
	v := must(rule.NewVocabulary(
		rule.Fact{Name: "r", Values: []string{"x", "y", "z"}, Role: rule.Reading},
		rule.Fact{Name: "idle", Values: []string{"x", "y"}, Role: rule.Reading},
	))
	s := must(rule.NewValues(v,
		rule.Rule{ID: "x", Then: 1, When: when("r=x")}, rule.Rule{ID: "y", Then: 2, When: when("r=y")},
		rule.Rule{ID: "z", Then: 1, When: when("r=z")}))
	for _, test := range []struct {
		point []uint8
		want  [][]uint8
		why   string
	}{
		{[]uint8{2, 2}, [][]uint8{{2, 2}, {1, 2}}, "the point first, then the first value for each other answer"},
		{[]uint8{3, 1}, [][]uint8{{3, 1}, {2, 1}}, "x gives what z gives"},
		{[]uint8{0, 0}, [][]uint8{{1, 1}, {2, 1}}, "left open, the first value of each"},
	} {
		choices, err := s.Range(test.point, nil, []int{0, 1})
		var got [][]uint8
		for _, c := range choices {
			got = append(got, c.Codes)
		}
		if diff := cmp.Diff(test.want, got); diff != "" || err != nil {
			t.Errorf("%v: %s: %v\n%s", test.point, test.why, err, diff)
		}
	}
}
