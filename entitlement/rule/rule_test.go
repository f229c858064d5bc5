package rule_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/entitlement/rule"
)

// abc is a vocabulary of three yes-or-no facts.
func abc() *rule.Vocabulary {
	return must(rule.NewVocabulary(yesNo("a"), yesNo("b"), yesNo("c")))
}

func yesNo(name string) rule.Fact { return rule.Fact{Name: name, Values: []string{"no", "yes"}} }

// when writes conditions as "a=yes b=no".
func when(conditions string) (all []rule.Condition) {
	for _, c := range strings.Fields(conditions) {
		fact, value, _ := strings.Cut(c, "=")
		all = append(all, rule.Condition{Fact: fact, In: []string{value}})
	}
	return all
}

// The cases by which the Catala compiler tests exceptions, told again.
func TestExceptions(t *testing.T) {
	settled := func(n int) rule.Answer { return rule.Answer{State: rule.Settled, Exact: true, Value: n, Ask: -1} }
	silent := rule.Answer{State: rule.Silent, Exact: true, Ask: -1}
	for _, test := range []struct {
		name  string
		rules []rule.Rule
		point []uint8 // of abc; 1 is no, 2 is yes
		want  rule.Answer
		why   string
	}{
		{"base alone", []rule.Rule{{ID: "x", Then: 1}}, []uint8{1, 1, 1}, settled(1),
			"a rule without conditions always holds"},
		{"no rule", nil, []uint8{1, 1, 1}, silent, "nothing is said"},
		{"exception holds", []rule.Rule{{ID: "x"}, {ID: "y", Then: 1, Except: "x", When: when("a=yes")}}, []uint8{2, 1, 1}, settled(1),
			"it silences what it excepts"},
		{"exception does not hold", []rule.Rule{{ID: "x"}, {ID: "y", Then: 1, Except: "x", When: when("a=yes")}}, []uint8{1, 1, 1}, settled(0),
			"the base stands"},
		{"exception without base", []rule.Rule{{ID: "x", When: when("b=yes")}, {ID: "y", Then: 1, Except: "x", When: when("a=yes")}}, []uint8{2, 1, 1}, settled(1),
			"an exception speaks on its own conditions"},
		{"exception to an exception", []rule.Rule{
			{ID: "x", Then: 0}, {ID: "y", Then: 1, Except: "x", When: when("a=yes")}, {ID: "z", Then: 2, Except: "y", When: when("b=yes")},
		}, []uint8{2, 2, 1}, settled(2), "the last word is the last exception's"},
		{"exception to an exception that does not hold", []rule.Rule{
			{ID: "x", Then: 0}, {ID: "y", Then: 1, Except: "x", When: when("a=yes")}, {ID: "z", Then: 2, Except: "y", When: when("b=yes")},
		}, []uint8{1, 2, 1}, settled(2), "it silences the base too; it does not bring it back"},
		{"written before its base", []rule.Rule{{ID: "y", Then: 1, Except: "x", When: when("a=yes")}, {ID: "x"}}, []uint8{2, 1, 1}, settled(1),
			"order decides nothing"},
		{"two exceptions, same answer", []rule.Rule{
			{ID: "x"}, {ID: "y", Then: 1, Except: "x", When: when("a=yes")}, {ID: "z", Then: 1, Except: "x", When: when("b=yes")},
		}, []uint8{2, 2, 1}, settled(1), "agreement is not a conflict"},
		{"two exceptions that exclude each other", []rule.Rule{
			{ID: "x"}, {ID: "y", Then: 1, Except: "x", When: when("a=yes")}, {ID: "z", Then: 2, Except: "x", When: when("a=no b=yes")},
		}, []uint8{1, 2, 1}, settled(2), "they never hold together, so they may differ"},
		{"branches kept apart by an exception to one", []rule.Rule{
			{ID: "x"}, {ID: "y", Then: 1, Except: "x", When: when("a=yes")}, {ID: "z", Then: 2, Except: "x", When: when("b=yes")},
			{ID: "w", Then: 2, Except: "y", When: when("b=yes")},
		}, []uint8{2, 2, 1}, settled(2), "where both hold, w silences y"},
		{"silence by an exception that only informs", []rule.Rule{
			{ID: "x", Then: 1}, {ID: "y", Effect: rule.Informs, Except: "x", When: when("a=yes")},
		}, []uint8{2, 1, 1}, silent, "the text takes the answer back and gives none"},
		{"missing and without effect", []rule.Rule{
			{ID: "x", Then: 1, When: when("a=yes")}, {ID: "y", Then: 1, When: when("a=no")},
		}, []uint8{0, 0, 0}, settled(1), "every completion gives 1"},
		{"missing and silent", []rule.Rule{{ID: "x", Then: 1, When: when("a=yes b=yes")}}, []uint8{0, 1, 0}, silent,
			"no completion makes it hold"},
		{"missing and decisive", []rule.Rule{{ID: "x", Then: 1, When: when("a=yes")}}, []uint8{0, 1, 1},
			rule.Answer{State: rule.Unsettled, Exact: true, Ask: 0}, "silent or 1: missing is not no"},
		{"ask for what most rules ask for", []rule.Rule{
			{ID: "x", Then: 1, When: when("a=yes b=yes")}, {ID: "y", Then: 2, When: when("b=no c=yes")},
		}, []uint8{0, 0, 0}, rule.Answer{State: rule.Unsettled, Exact: true, Ask: 1}, "two rules ask for b, one for a"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s, err := rule.NewValues(abc(), test.rules...)
			if err != nil {
				t.Fatal(err)
			}
			if got := s.Decide(test.point, nil); got != test.want {
				t.Errorf("Decide = %+v, want %+v: %s", got, test.want, test.why)
			}
		})
	}
}

func TestConflict(t *testing.T) {
	rules := []rule.Rule{{ID: "x", Then: 1}, {ID: "y", Then: 2, When: when("a=yes")}}
	s := must(rule.NewUnprovenValues(abc(), rules...))
	for _, test := range []struct {
		a    uint8
		want rule.State
		why  string
	}{
		{1, rule.Settled, "x alone"},
		{2, rule.Conflict, "x and y"},
		{0, rule.Unsettled, "a conflict is an answer like others: one completion has it, one has not"},
	} {
		if got := s.Decide([]uint8{test.a, 0, 0}, nil).State; got != test.want {
			t.Errorf("a=%d: %s, want %s: %s", test.a, got, test.want, test.why)
		}
	}
}

func TestOutcomeOrder(t *testing.T) {
	exclude := func(o rule.Outcome) rule.Rule { return rule.Rule{Effect: rule.Excludes, Then: int(o)} }
	grant, maintain := rule.Rule{Effect: rule.Grants}, rule.Rule{Effect: rule.Maintains}
	limit := func(n int) rule.Rule { return rule.Rule{Effect: rule.Limits, Then: n} }
	service := func(n int) rule.Rule { return rule.Rule{Effect: rule.Grants, Then: n} }
	announce, inform := rule.Rule{Effect: rule.Announces}, rule.Rule{Effect: rule.Informs}
	settled := func(o rule.Outcome, value int, limits uint64) rule.Answer {
		return rule.Answer{State: rule.Settled, Exact: true, Outcome: o, Value: value, Limits: limits, Ask: -1}
	}
	silent := rule.Answer{State: rule.Silent, Exact: true, Ask: -1}
	for _, test := range []struct {
		name  string
		rules []rule.Rule
		want  rule.Answer
		why   string
	}{
		{"nothing", nil, silent, "the text is silent"},
		{"limit alone", []rule.Rule{limit(1)}, silent, "a limit on nothing granted says nothing"},
		{"information alone", []rule.Rule{inform}, silent, "information is no answer"},
		{"grant", []rule.Rule{grant}, settled(rule.Covered, 0, 0), "granted"},
		{"standard", []rule.Rule{maintain}, settled(rule.Standard, 0, 0), "maintained without a subscription"},
		{"grant and standard", []rule.Rule{maintain, grant}, settled(rule.Covered, 0, 0), "standard only where nothing else grants"},
		{"limits", []rule.Rule{limit(0), grant, limit(63), limit(0)}, settled(rule.Limited, 0, 1|1<<63), "all limits"},
		{"limited standard", []rule.Rule{maintain, limit(2)}, settled(rule.Limited, 0, 4), "a limit before the kind of grant"},
		{"services", []rule.Rule{service(3), service(2), grant}, settled(rule.Covered, 2, 0), "the first in precedence"},
		{"announced", []rule.Rule{announce, limit(1)}, settled(rule.Announced, 0, 0), "no grant yet"},
		{"announced and granted", []rule.Rule{announce, grant}, settled(rule.Covered, 0, 0), "a grant is more than a promise"},
		{"excluded and granted", []rule.Rule{service(1), limit(1), exclude(rule.NotGuaranteed)}, settled(rule.NotGuaranteed, 0, 0),
			"the weakest exclusion is stronger than any grant, and its limits are moot"},
		{"excluded and announced", []rule.Rule{announce, exclude(rule.RequiresAddon)}, settled(rule.RequiresAddon, 0, 0), "so with announcements"},
		{"guarantee and add-on", []rule.Rule{exclude(rule.NotGuaranteed), exclude(rule.RequiresAddon)}, settled(rule.RequiresAddon, 0, 0), "stronger"},
		{"add-on and not covered", []rule.Rule{exclude(rule.NotCovered), exclude(rule.RequiresAddon)}, settled(rule.NotCovered, 0, 0), "stronger"},
		{"not covered and not eligible", []rule.Rule{exclude(rule.NotCovered), exclude(rule.NotEligible)}, settled(rule.NotEligible, 0, 0), "stronger"},
		{"not eligible and not entitled", []rule.Rule{exclude(rule.NotEntitled), exclude(rule.NotEligible)}, settled(rule.NotEntitled, 0, 0), "stronger"},
		{"not entitled and not offered", []rule.Rule{exclude(rule.NotEntitled), exclude(rule.NotOffered)}, settled(rule.NotOffered, 0, 0), "strongest"},
	} {
		t.Run(test.name, func(t *testing.T) {
			for i := range test.rules {
				test.rules[i].ID = string(rune('a' + i))
			}
			s, err := rule.NewCoverage(abc(), test.rules...)
			if err != nil {
				t.Fatal(err)
			}
			if got := s.Decide([]uint8{0, 0, 0}, nil); got != test.want {
				t.Errorf("Decide = %+v, want %+v: %s", got, test.want, test.why)
			}
		})
	}
}

func TestSteps(t *testing.T) {
	s := must(rule.NewCoverage(abc(),
		rule.Rule{ID: "base", Effect: rule.Grants},
		rule.Rule{ID: "unless", Effect: rule.Excludes, Then: int(rule.NotCovered), Except: "base", When: when("a=yes")},
		rule.Rule{ID: "but", Effect: rule.Grants, Except: "unless", When: when("a=yes b=yes")},
		rule.Rule{ID: "other", Effect: rule.Limits, When: when("b=no c=no")},
	))
	for _, test := range []struct {
		point []uint8
		want  []rule.Step
		why   string
	}{
		{[]uint8{1, 1, 1}, []rule.Step{
			{Rule: "base", Standing: rule.Applied},
			{Rule: "unless", Standing: rule.NotMet, Lacking: []int{0}},
			{Rule: "but", Standing: rule.NotMet, Lacking: []int{0, 1}},
			{Rule: "other", Standing: rule.Applied},
		}, "every failed condition is named"},
		{[]uint8{2, 2, 1}, []rule.Step{
			{Rule: "base", Standing: rule.Overridden, By: "but"},
			{Rule: "unless", Standing: rule.Overridden, By: "but"},
			{Rule: "but", Standing: rule.Applied},
			{Rule: "other", Standing: rule.NotMet, Lacking: []int{1}},
		}, "the exception that prevails, not one that is itself set aside"},
		{[]uint8{0, 1, 0}, []rule.Step{
			{Rule: "base", Standing: rule.Wanting, Lacking: []int{0}},
			{Rule: "unless", Standing: rule.Wanting, Lacking: []int{0}},
			{Rule: "but", Standing: rule.NotMet, Lacking: []int{1}},
			{Rule: "other", Standing: rule.Wanting, Lacking: []int{2}},
		}, "the base holds, but hangs on what its exception asks for"},
	} {
		if diff := cmp.Diff(test.want, s.Explain(test.point, nil).Steps); diff != "" {
			t.Errorf("%v: %s\n%s", test.point, test.why, diff)
		}
	}
}

func TestValidity(t *testing.T) {
	valid := calendar.Period{Since: calendar.MustParseDate("2017-02-09"), Until: calendar.MustParseDate("2017-05-18")}
	rules := []rule.Rule{{ID: "x", Then: 1, Valid: valid}}
	v := must(rule.NewVocabulary(rule.Fact{Name: rule.On, Cuts: rule.Cuts(rule.On, rules...)}))
	s := must(rule.NewValues(v, rules...))
	for _, test := range []struct {
		on   string
		want rule.State
		why  string
	}{
		{"2017-02-08", rule.Silent, "the day before"},
		{"2017-02-09", rule.Settled, "the first day is in it"},
		{"2017-05-17", rule.Settled, "the last day"},
		{"2017-05-18", rule.Silent, "until is not in it"},
		{"", rule.Unsettled, "no date is not today"},
	} {
		var point [1]uint8
		if test.on != "" {
			point[0] = v.CodeNumber(0, rule.Day(calendar.MustParseDate(test.on)))
		}
		if got := s.Decide(point[:], nil).State; got != test.want {
			t.Errorf("on %q: %s, want %s: %s", test.on, got, test.want, test.why)
		}
	}
}

func TestDecideAllocatesNothing(t *testing.T) {
	_, s := benchmarkSet(t)
	for _, point := range [][6]uint8{
		{3, 2, 1, 1, 2, 1}, // complete
		{3, 2, 3, 1, 2, 1}, // an exception holds
		{3, 2, 1, 1, 0, 1}, // what is missing cannot matter
	} {
		if n := testing.AllocsPerRun(100, func() {
			at := point // on the stack
			s.Decide(at[:], nil)
		}); n != 0 {
			t.Errorf("Decide(%v) allocates %v times", point, n)
		}
	}
	base := rule.Rule{ID: "x", When: when("b=yes")}
	silenced := must(rule.NewValues(abc(), base, rule.Rule{ID: "y", Then: 1, Except: "x", When: when("a=yes")}))
	if n := testing.AllocsPerRun(100, func() { silenced.Decide([]uint8{2, 0, 0}, nil) }); n != 0 {
		t.Errorf("what is silenced is searched for: %v allocations", n)
	}
}

func TestZeroSet(t *testing.T) {
	var s rule.Set
	want := rule.Answer{State: rule.Silent, Exact: true, Ask: -1}
	if got := s.Decide(nil, nil); got != want {
		t.Errorf("Decide = %+v, want %+v", got, want)
	}
	derive := func([]uint8) {}
	if diff := cmp.Diff(rule.Decision{Answer: want, Steps: []rule.Step{}, Exact: true}, s.Explain([]uint8{0}, derive)); diff != "" {
		t.Error(diff)
	}
}
