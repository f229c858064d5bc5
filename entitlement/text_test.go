package entitlement_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/entitlement"
	"github.com/supportterms/supportterms/entitlement/rule"
)

// ferry is an edition of a company that does not exist.
func ferry(t *testing.T) *entitlement.Policy {
	t.Helper()
	is := func(fact string, in ...string) rule.Condition { return rule.Condition{Fact: fact, In: in} }
	seats := func(n int64) *int64 { n *= 1000; return &n }
	p, err := entitlement.NewPolicy(entitlement.Spec{
		Edition:  "ferry-desk/2",
		Digest:   "sha256:00",
		Services: []string{"lounge"},
		Limits:   []string{"standing"},
		Addons:   []string{"bridge"},
		Facts:    []entitlement.Fact{{Name: "addon.bridge", Values: []string{"no", "yes"}}},
		Readings: []entitlement.Reading{{Key: "dogs", Default: "guests", Values: []entitlement.ReadingValue{{Name: "guests"}, {Name: "luggage"}}}},
		Questions: []entitlement.QuestionSpec{{
			Name: "seat",
			Facts: []entitlement.Fact{
				{Name: "who", Values: []string{"adult", "dog", "ghost"}},
				{Name: "wanted", Type: entitlement.Numeric, Unit: "seat"},
			},
			Rules: []entitlement.Rule{
				{Code: "adults", Clause: "1", When: []rule.Condition{is("who", "adult")}, Then: entitlement.Covered, Service: "lounge"},
				{Code: "dogs", Clause: "2", When: []rule.Condition{is("who", "dog"), is("dogs", "guests")}, Then: entitlement.Covered},
				{Code: "dogs-stand", Clause: "2", When: []rule.Condition{is("who", "dog")}, Then: entitlement.Limited, Limit: "standing"},
				{Code: "five-seats", Clause: "3", When: []rule.Condition{{Fact: "wanted", AtLeast: seats(5)}}, Then: entitlement.RequiresAddon, Remedy: "bridge"},
				{Code: "bridge", Clause: "4", When: []rule.Condition{is("addon.bridge", "yes"), {Fact: "wanted", AtLeast: seats(5)}}, Then: entitlement.Info, Except: "five-seats"},
			},
		}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestText(t *testing.T) {
	p := ferry(t)
	for _, c := range []struct {
		why    string
		addons []string
		facts  map[string]any
		ranged bool
		want   string
	}{
		{"a yes with a limit, and the readings", nil, map[string]any{"who": "dog", "wanted": 1}, true, `limited: standing
  question   seat
  reasons    dogs (2), grants
             dogs-stand (2), limits
  readings   dogs: guests
  range      limited: standing
             unspecified (dogs: luggage)
  kind       coverage
  edition    ferry-desk/2
  digest     sha256:00

known
  on_stated: no
  contract_term: running
  machine_bought: yes
  addon.bridge: no
  who: dog
  wanted: 1
  dogs: guests

rules
  adults (1), covered: not met, who is dog
  dogs (2), covered: applied
  dogs-stand (2), limited: applied
  five-seats (3), requires_addon: not met, wanted is 1
  bridge (4), info: not met, addon.bridge is no, wanted is 1
`},
		{"an exception to a no", []string{"bridge"}, map[string]any{"who": "adult", "wanted": 6}, false, `covered: lounge
  question   seat
  reasons    adults (1), grants
             bridge (4), info: 6 seat against 5
  kind       coverage
  edition    ferry-desk/2
  digest     sha256:00

known
  on_stated: no
  contract_term: running
  machine_bought: yes
  addon.bridge: yes
  who: adult
  wanted: 6
  dogs: guests

rules
  adults (1), covered: applied
  dogs (2), covered: not met, who is adult
  dogs-stand (2), limited: not met, who is adult
  five-seats (3), requires_addon: overridden by bridge
  bridge (4), info: applied
`},
		{"something missing", nil, map[string]any{"on": calendar.Date{Year: 2025, Month: 3, Day: 1}, "wanted": "2"}, false, `undetermined
  question   seat
  valid      on any day
  missing    who
  kind       coverage
  edition    ferry-desk/2
  digest     sha256:00

known
  on: 2025-03-01
  on_stated: yes
  contract_term: running
  machine_bought: yes
  addon.bridge: no
  wanted: 2
  dogs: guests

rules
  adults (1), covered: wanting who
  dogs (2), covered: wanting who
  dogs-stand (2), limited: wanting who
  five-seats (3), requires_addon: not met, wanted is 2
  bridge (4), info: not met, addon.bridge is no, wanted is 2
`},
	} {
		b, err := p.Bind(entitlement.Contract{Addons: c.addons})
		if err != nil {
			t.Fatal(err)
		}
		for name, v := range c.facts {
			if n, ok := v.(int); ok {
				c.facts[name] = entitlement.N(int64(n))
			}
		}
		v, err := b.Verdict(entitlement.Facts{Question: "seat", Values: c.facts}, c.ranged)
		if err != nil {
			t.Errorf("%s: %v", c.why, err)
			continue
		}
		if d := cmp.Diff(c.want, v.String()); d != "" {
			t.Errorf("%s:\n%s", c.why, d)
		}
	}
}

func TestTextOfReasons(t *testing.T) {
	n := entitlement.N
	for _, c := range []struct {
		r    entitlement.Reason
		want string
	}{
		{entitlement.Reason{Code: "later-edition-exists", Effect: "info"}, "later-edition-exists, info"},
		{entitlement.Reason{Code: "a", Clause: "1", Effect: "excludes", Has: n(11), Covered: n(12), Shortfall: n(1), Unit: "node"}, "a (1), excludes: 11 node against 12, 1 short"},
		{entitlement.Reason{Code: "a", Clause: "1", Effect: "excludes", Has: n(3), Covered: n(2), Shortfall: n(1), Unit: "machine", Machines: []string{"m3"}}, "a (1), excludes: 3 machine against 2, 1 over (m3)"},
		{entitlement.Reason{Code: "a", Clause: "1", Effect: "grants", Has: n(3), Covered: n(5)}, "a (1), grants: 3 against 5"},
	} {
		if got := c.r.String(); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
	for want, r := range map[string]entitlement.Remedy{
		"add-on legacy": {Addon: "legacy"}, "3 TB": {Quantity: n(3), Unit: "TB"}, "machines m1, m2": {Machines: []string{"m1", "m2"}},
	} {
		if got := r.String(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
