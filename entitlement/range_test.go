package entitlement_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/supportterms/supportterms/entitlement"
	"github.com/supportterms/supportterms/entitlement/rule"
)

// everyReading asks under every combination of the values of some readings
// that the contract does not choose.
func everyReading(p *entitlement.Policy, c entitlement.Contract, f entitlement.Facts, keys []string) (out []string) {
	var try func(k int, chosen map[string]string)
	try = func(k int, chosen map[string]string) {
		if k == len(keys) {
			with := c
			with.Readings = maps.Clone(chosen)
			v, err := must(p.Bind(with)).Verdict(f, false)
			text := "undetermined  [] "
			if err == nil {
				text = answerOf(v.Outcome, v.Service, v.Limits, v.Amount.String()+day(v.Date))
				if v.Kind == entitlement.QuantityKind && v.Outcome.IsNo() {
					for _, r := range v.Reasons {
						if r.Shortfall.IsStated() {
							text += " short " + r.Shortfall.String()
						}
					}
				}
			}
			if !slices.Contains(out, text) {
				out = append(out, text)
			}
			return
		}
		r := p.Spec.Readings[slices.IndexFunc(p.Spec.Readings, func(r entitlement.Reading) bool { return r.Key == keys[k] })]
		if _, ok := c.Readings[r.Key]; ok {
			try(k+1, chosen)
			return
		}
		for _, value := range r.Values {
			if value.Level != "" && value.Level != c.Level {
				continue
			}
			next := maps.Clone(chosen)
			next[r.Key] = value.Name
			try(k+1, next)
		}
	}
	start := map[string]string{}
	maps.Copy(start, c.Readings)
	try(0, start)
	slices.Sort(out)
	return out
}

func answerOf(o entitlement.Outcome, service string, limits []string, value string) string {
	return fmt.Sprintf("%v %s %v %s", o, service, limits, value)
}

// rangeOf is the answers of a range, as everyReading writes them.
func rangeOf(r *entitlement.Range) (out []string) {
	for _, a := range r.Answers {
		text := answerOf(a.Outcome, a.Service, a.Limits, a.Amount.String()+day(a.Date))
		for _, n := range a.Shortfalls {
			text += " short " + n.String()
		}
		out = append(out, text)
	}
	slices.Sort(out)
	return out
}

func TestRangeIsEveryReading(t *testing.T) {
	full := entitlement.Contract{Level: "24x7", SecurityScope: "pro", SupportScope: "full", Addons: []string{"legacy"}}
	infra := entitlement.Contract{Level: "weekday", SecurityScope: "infra-only", SupportScope: "infra"}
	chosen := full
	chosen.Readings = map[string]string{"units.tb": "binary", "lifecycle.end_day": "exclusive"}
	for _, test := range []struct {
		question, on string
		facts        map[string]any
		keys         string // readings the question may turn on
	}{
		{"security-fix", "2025-08-01", map[string]any{"release": "18.04", "arch": "amd64", "component": "universe", "priority": "medium"},
			"esm.medium legacy.components scope.apps_only lifecycle.end_dates lifecycle.end_day esm.ten_years archive.pockets arch.x86"},
		{"security-fix", "2028-04-26", map[string]any{"release": "18.04", "arch": "i386", "component": "main", "priority": "low"},
			"esm.medium legacy.components scope.apps_only lifecycle.end_dates lifecycle.end_day esm.ten_years legacy.end_source arch.x86 legacy.regression"},
		{"allowance", "", map[string]any{"what": "storage", "storage_nodes": "3", "raw_tb": "1300"}, "units.tb ceph.allowance_scope"},
		{"allowance", "", map[string]any{"what": "storage", "raw_tb_per_node": []entitlement.Number{entitlement.N(400), entitlement.N(100), entitlement.N(900)}}, "units.tb ceph.allowance_scope"},
		{"allowance", "", map[string]any{"what": "credentials", "nodes": "501", "devices": "49999"}, "credentials.rounding credentials.mix"},
		{"allowance", "", map[string]any{"what": "representatives", "nodes": "501", "devices": "49999", "representatives": "12"}, "credentials.rounding credentials.mix"},
		{"lifecycle", "2025-08-01", map[string]any{"what": "pro", "release": "18.04"}, "lifecycle.end_dates lifecycle.end_day esm.ten_years"},
		{"lifecycle", "2025-08-01", map[string]any{"what": "legacy", "release": "18.04"}, "lifecycle.end_dates lifecycle.end_day esm.ten_years legacy.end_source"},
		{"term", "2025-08-01", map[string]any{"what": "hotfix", "incorporated_on": "2025-06-01"}, "term.days"},
	} {
		f := entitlement.Facts{Question: test.question, Values: maps.Clone(test.facts)}
		if test.on != "" {
			f.Values["on"] = test.on
		}
		for _, c := range []entitlement.Contract{full, infra, chosen} {
			v := must(must(p2025().Bind(c)).Verdict(f, true))
			got, want := rangeOf(v.Range), everyReading(p2025(), c, f, strings.Fields(test.keys))
			if !slices.Equal(got, want) {
				t.Errorf("%+v %+v:\n got %q\nwant %q", c, f, got, want)
			}
			rangeHolds(t, p2025(), c, f, v)
		}
	}
}

// rangeHolds checks a range against itself: the first is the verdict's, each
// choice leads to its answer, least and most are.
func rangeHolds(t *testing.T, p *entitlement.Policy, c entitlement.Contract, f entitlement.Facts, v *entitlement.Verdict) {
	t.Helper()
	r := v.Range
	if a := r.Answers[0]; answerOf(a.Outcome, a.Service, a.Limits, a.Amount.String()+day(a.Date)) != answerOf(v.Outcome, v.Service, v.Limits, v.Amount.String()+day(v.Date)) || len(a.Readings) > 0 {
		t.Errorf("the first of the range is %+v, the verdict %s", a, told(v))
	}
	for i := range r.Answers {
		a := &r.Answers[i]
		with := c
		with.Readings = map[string]string{}
		maps.Copy(with.Readings, c.Readings)
		for _, choice := range a.Readings {
			if _, ok := c.Readings[choice.Key]; ok {
				t.Errorf("%s was chosen, and is varied", choice.Key)
			}
			with.Readings[choice.Key] = choice.Value
		}
		w := must(must(p.Bind(with)).Verdict(f, false))
		if brief(w) != fmt.Sprint(a.Outcome, a.Service, a.Limits, w.Figure, a.Amount, a.Date) {
			t.Errorf("%+v leads to %s", a, told(w))
		}
		for _, other := range []struct {
			end  *entitlement.RangeAnswer
			sign int
		}{{r.Least, -1}, {r.Most, 1}} {
			value := func(a *entitlement.RangeAnswer) int64 {
				if a.Date.IsZero() {
					return a.Amount.Thousandths()
				}
				return rule.Day(a.Date)
			}
			if a.Amount.IsStated() || !a.Date.IsZero() {
				if other.end == nil || int64(other.sign)*(value(a)-value(other.end)) > 0 {
					t.Errorf("%+v is beyond %+v", a, other.end)
				}
			}
		}
	}
}

func TestRange(t *testing.T) {
	p := open(t, shop())
	facts := func(question, text string) entitlement.Facts {
		f := stating(text)
		f.Question = question
		return f
	}
	for _, test := range []struct {
		c    entitlement.Contract
		f    entitlement.Facts
		want string
		why  string
	}{
		{entitlement.Contract{}, facts("seats", "nodes=6"), "4 least 4 most 4", "one answer; no reading matters"},
		{entitlement.Contract{}, facts("until", "release=one"), "2025-06-30 | 2025-02-28 ends.how=years least 2025-02-28 most 2025-06-30", "dates"},
		{entitlement.Contract{Readings: map[string]string{"ends.how": "years"}}, facts("until", "release=one"), "2025-02-28 least 2025-02-28 most 2025-02-28", "what is agreed does not vary"},
		{entitlement.Contract{}, facts("until", "release=two"), "undetermined | 2029-01-31 ends.how=years least 2029-01-31 most 2029-01-31", "a value in one reading alone"},
		{entitlement.Contract{}, facts("size", "volume=200 nodes=1"), "exceeded 190 | exceeded 100 size.per=all", "the shortfall tells answers apart"},
		{entitlement.Contract{}, facts("help", "item=fan nodes=0 covered=0"), "unspecified | covered fan=yes left out fan", "a value for another level is left out"},
		{entitlement.Contract{Level: "24x7"}, facts("help", "item=fan nodes=0 covered=0"), "unspecified | covered fan=yes", "and is not for that level"},
	} {
		r := must(must(p.Bind(test.c)).Verdict(test.f, true)).Range
		var parts []string
		for _, a := range r.Answers {
			text := a.Amount.String() + day(a.Date)
			if text == "" {
				text = a.Outcome.String()
			}
			for _, n := range a.Shortfalls {
				text += " " + n.String()
			}
			for _, c := range a.Readings {
				text += " " + c.Key + "=" + c.Value
			}
			parts = append(parts, text)
		}
		got := strings.Join(parts, " | ")
		if r.Least != nil {
			got += fmt.Sprintf(" least %s%s most %s%s", r.Least.Amount, day(r.Least.Date), r.Most.Amount, day(r.Most.Date))
		}
		if len(r.LeftOut) > 0 {
			got += " left out " + strings.Join(r.LeftOut, " ")
		}
		if got != test.want {
			t.Errorf("%+v %+v: %s, want %s: %s", test.c, test.f, got, test.want, test.why)
		}
	}
}

// More than 4,096 combinations are an error that names the readings, and none
// when the caller chooses some or does not ask.
func TestRangeError(t *testing.T) {
	s := entitlement.Spec{}
	q := entitlement.QuestionSpec{Name: "q"}
	for i := range 13 {
		key := fmt.Sprint("r", i)
		s.Readings = append(s.Readings, entitlement.Reading{Key: key, Default: "a", Values: []entitlement.ReadingValue{{Name: "a"}, {Name: "b"}}})
		q.Rules = append(q.Rules, entitlement.Rule{Code: key, Clause: "1", When: on(key + "=a"), Then: entitlement.NotCovered})
	}
	s.Questions = []entitlement.QuestionSpec{q}
	p := open(t, s)
	b := must(p.Bind(entitlement.Contract{}))
	v, err := b.Verdict(entitlement.Facts{Question: "q"}, true)
	var many *rule.RangeError
	if !errors.As(err, &many) || many.Limit != 4096 || len(many.Facts) != 13 || v != nil {
		t.Errorf("%v, %v", v, err)
	}
	must(b.Verdict(entitlement.Facts{Question: "q"}, false))
	b = must(p.Bind(entitlement.Contract{Readings: map[string]string{"r0": "b"}}))
	if r := must(b.Verdict(entitlement.Facts{Question: "q"}, true)).Range; len(r.Answers) != 2 {
		t.Errorf("%+v", r.Answers)
	}
}
