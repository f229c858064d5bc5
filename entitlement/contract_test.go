package entitlement_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/supportterms/supportterms/entitlement"
)

func TestContractCheck(t *testing.T) {
	for _, row := range []struct {
		why  string
		c    entitlement.Contract
		want string // the pair refused, or ""
	}{
		{"nothing is stated", entitlement.Contract{}, ""},
		{"support for all of Pro", entitlement.Contract{Level: "weekday", SecurityScope: "pro", SupportScope: "full"}, ""},
		{"infra support beside infra-only", entitlement.Contract{Level: "24x7", SecurityScope: "infra-only", SupportScope: "infra"}, ""},
		{"self-support has no support scope", entitlement.Contract{Level: "self-support", SupportScope: "none"}, ""},
		{"self-support with support", entitlement.Contract{Level: "self-support", SupportScope: "infra"}, "level/support_scope"},
		{"a paid level without support", entitlement.Contract{Level: "weekday", SupportScope: "none"}, "level/support_scope"},
		{"full support of half the archive", entitlement.Contract{Level: "weekday", SecurityScope: "infra-only", SupportScope: "full"}, "support_scope/security_scope"},
		{"levels and offerings are of different documents", entitlement.Contract{Level: "weekday", Offering: "server-standard"}, "level/offering"},
	} {
		err := row.c.Check()
		var got string
		var ce *entitlement.ContractError
		if errors.As(err, &ce) {
			got = ce.Field + "/" + ce.OtherField
		}
		if got != row.want {
			t.Errorf("%s: %v refused as %q, want %q", row.why, err, got, row.want)
		}
	}
}

func TestContractCheckNamesAll(t *testing.T) {
	err := entitlement.Contract{Level: "self-support", SecurityScope: "infra-only", SupportScope: "full", Offering: "esm"}.Check()
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok || len(joined.Unwrap()) != 3 {
		t.Errorf("got %v, want three pairs refused", err)
	}
}

func TestReadingValue(t *testing.T) {
	r := entitlement.Reading{Key: "k", Alias: "other", Values: []entitlement.ReadingValue{
		{Name: "earliest", Alias: "at-close"}, {Name: "latest"},
	}}
	for name, want := range map[string]int{"earliest": 0, "at-close": 0, "latest": 1} {
		if got, ok := r.Value(name); !ok || got != want {
			t.Errorf("%s is %d, %t; want %d", name, got, ok, want)
		}
	}
	if _, ok := r.Value(""); ok {
		t.Error("a value without an alias was found under an empty name")
	}
}

func ExampleContract_Check() {
	c := entitlement.Contract{Level: entitlement.SelfSupport, SupportScope: entitlement.SupportFull}
	fmt.Println(c.Check())
	// Output: contract: level "self-support" cannot stand with support_scope "full"
}
