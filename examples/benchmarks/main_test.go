package main

import (
	"bufio"
	"encoding/json"
	"os"
	"slices"
	"testing"

	cedar "github.com/cedar-policy/cedar-go"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/entitlement"
)

// open names a rule that may or may not hold, "" when everything is stated.
func open(rules []entitlement.Rule, context cedar.Record) string {
	for _, r := range rules {
		fails, lacks := false, false
		for _, c := range r.When {
			v, _ := context.Get(cedar.String(c.Fact))
			switch v := v.(type) {
			case cedar.Long:
				fails = fails || c.AtLeast != nil && int64(v) < *c.AtLeast || c.AtMost != nil && int64(v) > *c.AtMost
			case cedar.String:
				lacks = lacks || v == ""
				fails = fails || v != "" && !slices.Contains(c.In, string(v))
			default:
				lacks = true
			}
		}
		if lacks && !fails {
			return r.Code
		}
	}
	return ""
}

// agree puts a question to both sides. Where not everything is stated Cedar is
// not asked, and why says what is open.
func agree(t *testing.T, s *sides, name string, c entitlement.Contract, q entitlement.Question) (got entitlement.Outcome, why string) {
	t.Helper()
	b, err := s.policy.Bind(c)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	a, err := b.Decide(q)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	request, err := s.request(c, q)
	if err != nil {
		return a.Outcome, err.Error()
	}
	if why = open(s.questions[q.Name()].Rules, request.Context); why != "" {
		return a.Outcome, why
	}
	decision, diagnostic := cedar.Authorize(s.set, cedar.EntityMap{}, request)
	if bool(decision) != a.Outcome.IsGrant() || len(diagnostic.Errors) > 0 {
		t.Errorf("%s: %v, but Cedar: %v %v\n%v", name, a.Outcome, decision, diagnostic, request.Context)
	}
	return a.Outcome, ""
}

func TestTwenty(t *testing.T) {
	s, err := newSides()
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for _, q := range questions() {
		if got, why := agree(t, s, q.name, q.contract, q.question); got != q.want || why != "" {
			t.Errorf("%s: %v, want %v; open: %q", q.name, got, q.want, why)
		}
		count[q.question.Name()]++
	}
	if count["security-fix"] != 10 || count["support-request"] != 10 {
		t.Error(count)
	}
}

// The catalog's cases that state everything.
func TestCases(t *testing.T) {
	s, err := newSides()
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Open("../../catalog/testdata/coverage.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	compared, left := map[bool]int{}, 0 // by whether it is granted
	lines := json.NewDecoder(bufio.NewReader(f))
	for lines.More() {
		var c struct {
			ID       string
			Contract struct {
				Level         string
				SecurityScope string `json:"security_scope"`
				SupportScope  string `json:"support_scope"`
				Addons        []string
				Machines      []string
				From, Until   calendar.Date
			}
			Question string
			On       calendar.Date
			Facts    map[string]any
			Readings map[string]string
			Want     struct{ Outcome string }
		}
		if err := lines.Decode(&c); err != nil {
			t.Fatal(err)
		}
		if s.probes[c.Question] == nil {
			continue
		}
		for name, v := range c.Facts {
			if n, ok := v.(float64); ok {
				c.Facts[name] = entitlement.N(int64(n))
			}
		}
		k := c.Contract
		got, why := agree(t, s, c.ID, entitlement.Contract{
			Level: k.Level, SecurityScope: k.SecurityScope, SupportScope: k.SupportScope, Addons: k.Addons, Machines: k.Machines,
			From: k.From, Until: k.Until, Readings: c.Readings,
		}, entitlement.Facts{Question: c.Question, On: c.On, Values: c.Facts})
		if got.String() != c.Want.Outcome {
			t.Errorf("%s: %v, want %s", c.ID, got, c.Want.Outcome)
		}
		if why != "" {
			left++
		} else {
			compared[got.IsGrant()]++
		}
	}
	t.Logf("%d granted, %d not, %d left out", compared[true], compared[false], left)
	if compared[true] < 200 || compared[false] < 200 {
		t.Error("few cases state everything")
	}
}

// BenchmarkVerdict goes through the twenty questions, one each time.
func BenchmarkVerdict(b *testing.B) {
	r, err := newRows()
	if err != nil {
		b.Fatal(err)
	}
	b.Run("supportterms", r.supportterms)
	b.Run("cedar-go", r.cedarGo)
}
