package entitlement_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/supportterms/supportterms/calendar"
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

func TestPhase(t *testing.T) {
	life := entitlement.LifeCycle{
		Released:    calendar.MustParseDate("2014-04-17"),
		EndStandard: calendar.MustParseDate("2019-04-17"),
		EndPro:      calendar.MustParseDate("2024-04-17"),
		EndLegacy:   calendar.MustParseDate("2026-04-28"),
	}
	short := life
	short.EndLegacy = calendar.Date{}
	for _, row := range []struct {
		why  string
		life entitlement.LifeCycle
		on   string
		want string
	}{
		{"not out yet", life, "2014-04-16", ""},
		{"the day of release", life, "2014-04-17", entitlement.PhaseStandard},
		{"an end is the last day of its phase", life, "2019-04-17", entitlement.PhaseStandard},
		{"and the next day is of the next", life, "2019-04-18", entitlement.PhasePro},
		{"last day of Pro", life, "2024-04-17", entitlement.PhasePro},
		{"first day of Legacy", life, "2024-04-18", entitlement.PhaseLegacy},
		{"last day of Legacy", life, "2026-04-28", entitlement.PhaseLegacy},
		{"after the end", life, "2026-04-29", entitlement.PhaseEnded},
		{"an end that is not known is no end", short, "2026-04-29", ""},
		{"nothing is known", entitlement.LifeCycle{}, "2020-01-01", ""},
	} {
		if got := row.life.Phase(calendar.MustParseDate(row.on)); got != row.want {
			t.Errorf("%s: %s is %q, want %q", row.why, row.on, got, row.want)
		}
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

func ExampleLifeCycle_Phase() {
	life := entitlement.LifeCycle{
		Released:    calendar.MustParseDate("2020-04-23"),
		EndStandard: calendar.MustParseDate("2025-04-23"),
		EndPro:      calendar.MustParseDate("2030-04-23"),
	}
	fmt.Println(life.Phase(calendar.MustParseDate("2026-01-01")))
	// Output: pro
}
