package entitlement_test

import (
	"encoding/json"
	"fmt"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/catalog"
	"github.com/supportterms/supportterms/entitlement"
)

// A contract is put to an edition once; what the edition does not have is
// refused, and all of it at once.
func ExamplePolicy_Bind() {
	edition, err := catalog.Builtin().Edition("ubuntu-pro/2025-07-02")
	if err != nil {
		panic(err)
	}
	_, err = edition.Coverage().Bind(entitlement.Contract{
		Level: entitlement.Weekday, SecurityScope: entitlement.ScopePro, SupportScope: entitlement.SupportFull, Addons: []string{entitlement.Legacy},
	})
	fmt.Println(err)
	_, err = edition.Coverage().Bind(entitlement.Contract{Level: "weekdays", SupportScope: "everything"})
	fmt.Println(err)
	// Output:
	// <nil>
	// contract.level "weekdays" is not known: want one of self-support, weekday, 24x7 (weekday?)
	// contract.support_scope "everything" is not known: want one of full, infra, none
}

// infraOnly is a contract of the 2025 edition.
func infraOnly() *entitlement.Bound {
	edition, err := catalog.Builtin().Edition("ubuntu-pro/2025-07-02")
	if err != nil {
		panic(err)
	}
	b, err := edition.Coverage().Bind(entitlement.Contract{
		Level: entitlement.SelfSupport, SecurityScope: entitlement.ScopeInfraOnly, SupportScope: entitlement.SupportNone,
	})
	if err != nil {
		panic(err)
	}
	return b
}

// A verdict says why, by which clause, and for how long.
func ExampleBound_Verdict() {
	v, err := infraOnly().Verdict(&entitlement.SecurityFix{
		About:     entitlement.About{On: calendar.MustParseDate("2025-08-01"), Release: "18.04", Arch: "amd64"},
		Component: "main", Priority: "high",
	}, false)
	if err != nil {
		panic(err)
	}
	fmt.Println(v.Outcome, v.Service)
	for _, r := range v.Reasons {
		fmt.Println(r.Effect, r.Code, r.Clause)
	}
	fmt.Println(v.From, v.Until)
	// Output:
	// covered esm-infra
	// grants main-in-esm-term 1.2
	// 2023-04-27 2028-04-26
}

// Decide gives the answer alone, which can be compared.
func ExampleBound_Decide() {
	b := infraOnly()
	fix := entitlement.SecurityFix{
		About:     entitlement.About{On: calendar.MustParseDate("2025-08-01"), Release: "18.04", Arch: "amd64"},
		Component: "main", Priority: "high",
	}
	for _, component := range []string{"main", "universe", ""} {
		fix.Component = component
		a, err := b.Decide(&fix)
		if err != nil {
			panic(err)
		}
		fmt.Printf("%q: %v (%s)\n", component, a.Outcome, a.Service)
	}
	// Output:
	// "main": covered (esm-infra)
	// "universe": not_covered ()
	// "": undetermined ()
}

// Any question can be put as plain facts, by the names that the edition has.
func ExampleFacts() {
	v, err := infraOnly().Verdict(entitlement.Facts{
		Question: "guest",
		Values:   map[string]any{"hosts": "5", "covered_hosts": entitlement.N(3), "guest_os": "ubuntu", "guest_kind": "vm"},
	}, false)
	if err != nil {
		panic(err)
	}
	fmt.Println(v.Outcome)
	for _, r := range v.Reasons {
		if r.Shortfall.IsStated() {
			fmt.Println(r.Clause, "has", r.Has, "covered", r.Covered, "short", r.Shortfall, r.Unit)
		}
	}
	_, err = infraOnly().Verdict(entitlement.Facts{Question: "guest", Values: map[string]any{"host": "5"}}, false)
	fmt.Println(err != nil)
	// Output:
	// not_eligible
	// Introduction has 5 covered 3 short 2 host
	// true
}

// What is not stated is not 0.
func ExampleNumber() {
	var none entitlement.Number
	line, err := json.Marshal([]entitlement.Number{none, entitlement.N(0), entitlement.MustParseNumber("96.50")})
	fmt.Println(string(line), err)
	fmt.Println(none.IsStated(), none == entitlement.N(0))
	_, err = entitlement.ParseNumber("1.2345")
	fmt.Println(err)
	// Output:
	// [null,0,96.5] <nil>
	// false false
	// cannot read number "1.2345": want digits, with at most three decimals, up to 9223372036854775
}
