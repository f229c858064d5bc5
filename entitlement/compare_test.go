package entitlement_test

import (
	"strings"
	"testing"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/catalog"
	"github.com/supportterms/supportterms/entitlement"
)

func proPolicy(t testing.TB) *entitlement.Policy {
	t.Helper()
	e, err := catalog.Builtin().Edition("ubuntu-pro/2025-07-02")
	if err != nil {
		t.Fatal(err)
	}
	return e.Coverage()
}

func TestSmallest(t *testing.T) {
	p := proPolicy(t)
	about := func(release string) entitlement.About {
		return entitlement.About{On: calendar.MustParseDate("2025-08-01"), Release: release, Arch: "amd64", Machine: "physical"}
	}
	main := &entitlement.SecurityFix{About: about("18.04"), Component: "main", Priority: "high"}
	universe := &entitlement.SecurityFix{About: about("18.04"), Component: "universe", Priority: "high"}
	legacy := &entitlement.SecurityFix{About: about("14.04"), Component: "main", Priority: "high"}
	request := &entitlement.SupportRequest{
		About: about("22.04"), Item: "package", Component: "main", Source: "official", ModifiedBy: "none",
		Request: "break-fix", Hardware: "certified",
	}
	low := &entitlement.SecurityFix{About: about("18.04"), Component: "main", Priority: "low"}
	for _, row := range []struct {
		why       string
		inventory []entitlement.Question
		want      string // contracts, as level/security/support/add-ons
	}{
		{"Main is in Infra-only", []entitlement.Question{main}, "self-support/infra-only/none/"},
		{"Universe needs the full subscription", []entitlement.Question{main, universe}, "self-support/pro/none/"},
		{"past Pro it takes the add-on", []entitlement.Question{legacy}, "self-support/infra-only/none/legacy"},
		{"help needs a level", []entitlement.Question{main, request}, "weekday/infra-only/infra/"},
		{"help and Universe", []entitlement.Question{universe, request, legacy}, "weekday/pro/infra/legacy"},
		{"no contract covers a low priority", []entitlement.Question{low}, ""},
	} {
		contracts, err := p.Smallest(entitlement.Contract{}, row.inventory)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, c := range contracts {
			got = append(got, strings.Join([]string{c.Level, c.SecurityScope, c.SupportScope, strings.Join(c.Addons, "+")}, "/"))
		}
		if s := strings.Join(got, " "); s != row.want {
			t.Errorf("%s: %q, want %q", row.why, s, row.want)
		}
	}
	if _, err := p.Smallest(entitlement.Contract{}, []entitlement.Question{main, &entitlement.SecurityFix{Component: "man"}}); err == nil || !strings.Contains(err.Error(), `inventory[1]: facts.component "man"`) {
		t.Errorf("a misspelt fact: %v", err)
	}
}

func TestCompare(t *testing.T) {
	p := proPolicy(t)
	bind := func(c entitlement.Contract) *entitlement.Bound {
		b, err := p.Bind(c)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	on := entitlement.About{On: calendar.MustParseDate("2025-08-01"), Release: "18.04", Arch: "amd64"}
	inventory := []entitlement.Question{
		&entitlement.SecurityFix{About: on, Component: "main", Priority: "high"},
		&entitlement.SecurityFix{About: on, Component: "universe", Priority: "high"},
		&entitlement.SecurityFix{About: on, Component: "univers", Priority: "high"},
	}
	infra := bind(entitlement.Contract{Level: "self-support", SecurityScope: "infra-only"})
	full := bind(entitlement.Contract{Level: "self-support", SecurityScope: "pro"})
	got, err := entitlement.Compare(infra, full, inventory)
	if err == nil || !strings.Contains(err.Error(), "inventory[2]") || !strings.Contains(err.Error(), "(universe?)") {
		t.Errorf("a misspelt fact: %v", err)
	}
	if len(got) != 1 || got[0].Question != 1 || got[0].Was.Outcome != entitlement.NotCovered || got[0].Is.Service != "esm-apps" {
		t.Errorf("got %+v, want Universe to be covered now", got)
	}
}

func TestDatesInTheWrongOrder(t *testing.T) {
	b, err := proPolicy(t).Bind(entitlement.Contract{})
	if err != nil {
		t.Fatal(err)
	}
	about := entitlement.About{
		On: calendar.MustParseDate("2025-08-01"), Release: "18.04", Arch: "amd64",
		EndOfStandard: calendar.MustParseDate("2023-05-31"), EndOfPro: calendar.MustParseDate("2023-05-30"),
	}
	_, err = b.Decide(&entitlement.SecurityFix{About: about, Component: "main", Priority: "high"})
	if want := `facts.end_of_pro "2023-05-30": is before end_of_standard, 2023-05-31`; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	about.EndOfPro = about.EndOfStandard
	if _, err = b.Decide(&entitlement.SecurityFix{About: about, Component: "main", Priority: "high"}); err != nil {
		t.Errorf("equal dates: %v", err)
	}
}
