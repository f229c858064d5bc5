package rule_test

import (
	"fmt"
	"testing"

	"github.com/supportterms/supportterms/entitlement/rule"
)

// A table of responses, three levels by four severities, with an exception to
// each cell: 24 rules over six facts.
func benchmarkSet(tb testing.TB) (*rule.Vocabulary, *rule.Set) {
	tb.Helper()
	levels, severities := []string{"self-support", "weekday", "24x7"}, []string{"1", "2", "3", "4"}
	v := must(rule.NewVocabulary(
		rule.Fact{Name: "level", Values: levels},
		rule.Fact{Name: "severity", Values: severities},
		rule.Fact{Name: "phase", Values: []string{"standard", "pro", "legacy"}},
		rule.Fact{Name: "metric", Values: []string{"first", "ongoing"}},
		rule.Fact{Name: "nodes", Cuts: []int64{12, 30}},
		rule.Fact{Name: "legacy.sev1", Values: []string{"as-severity-2", "none"}, Role: rule.Reading},
	))
	var rules []rule.Rule
	for i, level := range levels {
		for k, severity := range severities {
			cell := rule.Rule{ID: level + "/" + severity, Then: 4*i + k, When: []rule.Condition{
				{Fact: "level", In: []string{level}}, {Fact: "severity", In: []string{severity}},
				{Fact: "metric", In: []string{"first"}},
			}}
			legacy := cell
			legacy.ID, legacy.Except, legacy.Then = cell.ID+"/legacy", cell.ID, 4*i+k+1
			legacy.When = append(cell.When[:3:3],
				rule.Condition{Fact: "phase", In: []string{"legacy"}},
				rule.Condition{Fact: "legacy.sev1", In: []string{"as-severity-2"}},
				rule.Condition{Fact: "nodes", AtLeast: new(int64(12))})
			rules = append(rules, cell, legacy)
		}
	}
	return v, must(rule.NewValues(v, rules...))
}

func must[T any](t T, err error) T {
	if err != nil {
		panic(err)
	}
	return t
}

func BenchmarkDecide(b *testing.B) {
	_, s := benchmarkSet(b)
	for _, bench := range []struct {
		name  string
		point []uint8
	}{
		{"complete", []uint8{3, 2, 1, 1, 2, 1}},
		{"exception", []uint8{3, 2, 3, 1, 2, 1}},
		{"settled", []uint8{3, 2, 1, 1, 0, 1}},
		{"unsettled", []uint8{3, 0, 3, 1, 0, 1}},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			var point [6]uint8
			copy(point[:], bench.point)
			for b.Loop() {
				s.Decide(point[:], nil)
			}
		})
	}
}

// A coverage question with three times as many rules as one word has.
func BenchmarkDecideWide(b *testing.B) {
	v := must(rule.NewVocabulary(
		rule.Fact{Name: "level", Values: []string{"a", "b"}}, rule.Fact{Name: "nodes", Cuts: []int64{12, 30}},
	))
	var rules []rule.Rule
	for i := range 192 {
		rules = append(rules, rule.Rule{ID: fmt.Sprint(i), Effect: rule.Grants, When: []rule.Condition{
			{Fact: "level", In: []string{string(rune('a' + i%2))}}, {Fact: "nodes", AtLeast: new(int64(12))},
		}})
	}
	s := must(rule.NewCoverage(v, rules...))
	b.ReportAllocs()
	point := [2]uint8{1, 2}
	for b.Loop() {
		s.Decide(point[:], nil)
	}
}

func BenchmarkExplain(b *testing.B) {
	_, s := benchmarkSet(b)
	for _, bench := range []struct {
		name  string
		point []uint8
	}{
		{"complete", []uint8{3, 2, 3, 1, 2, 1}},
		{"unsettled", []uint8{3, 0, 3, 1, 0, 1}},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				s.Explain(bench.point, nil)
			}
		})
	}
}

func BenchmarkCode(b *testing.B) {
	v, _ := benchmarkSet(b)
	b.ReportAllocs()
	for b.Loop() {
		v.Code(0, "24x7")
	}
}
