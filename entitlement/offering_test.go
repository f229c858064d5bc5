package entitlement_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/supportterms/supportterms/entitlement"
)

// A garage that sells washes by size and checks by number.
func garage() entitlement.Spec {
	return entitlement.Spec{
		Edition: "garage/1",
		Addons:  []string{"wax"},
		Facts: []entitlement.Fact{
			{Name: "offering", Values: []string{"wash", "check", "wax", "towing"}, Aliases: map[string]string{"cleaning": "wash"}},
			{Name: "size", Type: entitlement.Numeric, Unit: "car"},
			{Name: "quantity", Type: entitlement.Numeric},
		},
		Figures: []entitlement.Figure{{Name: "over", Cases: []entitlement.Case{
			{Formula: entitlement.Excess{Of: "cars", Allowance: entitlement.N(1), Per: "size"}},
		}}},
		Questions: []entitlement.QuestionSpec{
			{Name: "help", Rules: []entitlement.Rule{
				{Code: "not-bought", Clause: "1", When: on("offering_bought=no"), Then: entitlement.NotEntitled},
				{Code: "no-towing", Clause: "1", When: on("offering=towing"), Then: entitlement.NotOffered},
				{Code: "help", Clause: "2", When: on("offering=wash|check|wax"), Then: entitlement.Covered},
			}},
			{Name: "cars", Kind: entitlement.QuantityKind, Facts: []entitlement.Fact{{Name: "cars", Type: entitlement.Numeric, Unit: "car"}}, Rules: []entitlement.Rule{
				{Code: "within", Clause: "3", When: on("over<=0"), Then: entitlement.Within},
				{Code: "over", Clause: "3", When: on("over>=0.001"), Then: entitlement.Exceeded},
			}},
			{Name: "number", Kind: entitlement.QuantityKind, Rules: []entitlement.Rule{
				{Code: "few", Clause: "4", When: on("quantity<=3"), Then: entitlement.Within},
				{Code: "many", Clause: "4", When: on("quantity>=3.001"), Then: entitlement.Exceeded},
			}},
		},
	}
}

func TestOfferings(t *testing.T) {
	bought := func(names ...string) (out []entitlement.Purchase) {
		out = []entitlement.Purchase{}
		for _, n := range names {
			out = append(out, entitlement.Purchase{Offering: n})
		}
		return out
	}
	sized := []entitlement.Purchase{{Offering: "wash", Size: entitlement.N(2)}, {Offering: "check", Quantity: entitlement.N(4)}}
	for _, test := range []struct {
		contract      entitlement.Contract
		question, say string
		want, why     string
	}{
		{entitlement.Contract{Offerings: bought("wash")}, "help", "offering=wash", "covered", "bought"},
		{entitlement.Contract{Offerings: bought("cleaning")}, "help", "offering=wash", "covered", "bought under its other name"},
		{entitlement.Contract{Offerings: bought("wash")}, "help", "offering=cleaning", "covered", "asked by its other name"},
		{entitlement.Contract{Offerings: bought("wash")}, "help", "offering=check", "not_entitled", "another was bought"},
		{entitlement.Contract{Offerings: bought()}, "help", "offering=wash", "not_entitled", "nothing was bought"},
		{entitlement.Contract{Offering: "wash"}, "help", "", "covered", "the one the contract names is the one bought"},
		{entitlement.Contract{Offering: "wash", Offerings: bought("check")}, "help", "", "not_entitled", "unless it says what was"},
		{entitlement.Contract{Offerings: bought(), Addons: []string{"wax"}}, "help", "offering=wax", "covered", "bought as an add-on"},
		{entitlement.Contract{}, "help", "offering=wash", "undetermined missing offering_bought", "not known"},
		{entitlement.Contract{}, "help", "offering=towing", "not_offered", "whether bought or not"},
		{entitlement.Contract{Offerings: bought("wash")}, "help", "", "undetermined missing offering", "none asked about"},
		{entitlement.Contract{Offering: "wash"}, "help", "offering=check", `error facts.offering "check": is wash in the contract: give one`, "two at once"},
		{entitlement.Contract{Offerings: sized}, "cars", "offering=wash cars=2", "within", "two for a size of two"},
		{entitlement.Contract{Offerings: sized}, "cars", "offering=wash cars=3", "exceeded", "three"},
		{entitlement.Contract{Offerings: sized}, "cars", "offering=wash cars=3 size=3", "within", "a stated size wins"},
		{entitlement.Contract{Offerings: sized}, "cars", "offering=check cars=3", "undetermined missing size", "a check has no size"},
		{entitlement.Contract{Offerings: sized}, "number", "offering=check", "exceeded", "four were bought"},
		{entitlement.Contract{Offerings: []entitlement.Purchase{{Offering: "wash", Quantity: entitlement.N(0)}}}, "help", "offering=wash", "not_entitled", "none were bought"},
		{entitlement.Contract{Offerings: bought("polish")}, "help", "offering=wash", `error contract.offerings[0].id "polish" is not known: want one of wash, check, wax, towing`, "no such offering"},
		{entitlement.Contract{Offerings: bought("wash", "cleaning")}, "help", "offering=wash", `error contract.offerings[1].id "wash": is that of offerings[0] too`, "one twice"},
		{entitlement.Contract{Offerings: []entitlement.Purchase{{Offering: "wash", Size: entitlement.N(-1)}}}, "help", "offering=wash", `error contract.offerings[0].size "-1": want a number that is not negative`, "a negative size"},
		{entitlement.Contract{Level: "gold", Offerings: bought("wash")}, "help", "offering=wash", `error contract.level "gold": the edition has no level`, "a level, which only other editions have"},
	} {
		p := open(t, garage())
		facts := entitlement.Facts{Question: test.question, Values: map[string]any{}}
		for _, f := range strings.Fields(test.say) {
			name, value, _ := strings.Cut(f, "=")
			facts.Values[name] = value
		}
		got := func() string {
			b, err := p.Bind(test.contract)
			if err != nil {
				return "error " + strings.Split(err.Error(), "\n")[0]
			}
			a, err := b.Decide(facts)
			if err != nil {
				return "error " + err.Error()
			}
			v, err := b.Verdict(facts, false)
			if err != nil || v.Outcome != a.Outcome {
				return fmt.Sprint("error ", err, " ", v, " and in short ", a)
			}
			out := v.Outcome.String()
			if len(v.Missing) > 0 {
				out += " missing " + strings.Join(v.Missing, " ")
			}
			return out
		}()
		if got != test.want {
			t.Errorf("%+v, %s %s: %s, want %s: %s", test.contract, test.question, test.say, got, test.want, test.why)
		}
	}
}

// An edition without offerings refuses them, and one is not a fact there.
func TestNoOfferings(t *testing.T) {
	p := open(t, shop())
	_, err := p.Bind(entitlement.Contract{Offerings: []entitlement.Purchase{{Offering: "wash"}}})
	if err == nil || !strings.Contains(err.Error(), `contract.offerings[0] "wash": the edition has no offerings`) {
		t.Error(err)
	}
	spec := shop()
	spec.Questions = slices.Clone(spec.Questions)
	spec.Questions[0].Rules = append(slices.Clone(spec.Questions[0].Rules), entitlement.Rule{Code: "x", When: on("offering_bought=no"), Then: entitlement.NotEntitled})
	if _, err := entitlement.NewPolicy(spec); err == nil {
		t.Error("a rule asks whether an offering was bought, where none is sold")
	}
}
