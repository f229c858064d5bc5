package entitlement_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/entitlement"
)

func TestParseNumber(t *testing.T) {
	for _, test := range []struct {
		text string
		want int64  // thousandths
		back string // where it is not text
		why  string
	}{
		{"0", 0, "", "zero is stated"},
		{"12", 12_000, "", "a count"},
		{"96.5", 96_500, "", "an amount"},
		{"99.999", 99_999, "", "three decimals"},
		{"0.001", 1, "", "the least"},
		{"1.050", 1_050, "1.05", "a trailing zero is not printed"},
		{"007", 7_000, "7", "leading zeros are digits"},
		{"7.000", 7_000, "7", "no decimals are left"},
		{"-3", -3_000, "", "facts refuse it; a number may be it"},
		{"-0.5", -500, "", "the sign is not lost with the whole part"},
		{"-1.25", -1_250, "", "decimals of a negative number are negative"},
		{"-0", 0, "0", "there is one zero"},
		{"-0.000", 0, "0", "there is one zero"},
		{"9223372036854774", 9_223_372_036_854_774_000, "", "the largest whole number"},
		{"9223372036854774.999", 9_223_372_036_854_774_999, "", "the largest of all"},
		{"-9223372036854774.999", -9_223_372_036_854_774_999, "", "the smallest of all"},
	} {
		n, err := entitlement.ParseNumber(test.text)
		back := test.back
		if back == "" {
			back = test.text
		}
		if err != nil || n.Thousandths() != test.want || !n.IsStated() || n.String() != back {
			t.Errorf("%q = %v (%d), %v, want %d, %q: %s", test.text, n, n.Thousandths(), err, test.want, back, test.why)
		}
		if again, err := entitlement.ParseNumber(n.String()); again != n || err != nil {
			t.Errorf("%q is printed as %v and read as %v, %v", test.text, n, again, err)
		}
	}
}

func TestParseNumberRefuses(t *testing.T) {
	for _, test := range []struct{ text, why string }{
		{"", "nothing"},
		{"-", "a sign"},
		{".", "a point"},
		{".5", "no whole part"},
		{"5.", "no decimals after the point"},
		{"-.5", "a sign and no whole part"},
		{"1.2345", "four decimals"},
		{"1.2.3", "two points"},
		{"+1", "no plus"},
		{"--1", "two signs"},
		{"1-", "the sign at the end"},
		{"1.-5", "a sign in the decimals"},
		{"1e3", "an exponent"},
		{"0x10", "hexadecimal"},
		{"1_000", "Go's separators"},
		{"1,5", "a comma"},
		{" 1", "a space"},
		{"1\n", "a line end"},
		{"٣", "digits of another script"},
		{"NaN", "no number"},
		{"Inf", "no number"},
		{"9223372036854775", "its thousandths may not fit"},
		{"9223372036854775.807", "past the limit"},
		{"-9223372036854775.808", "past the limit"},
		{"9223372036854775808", "past int64"},
		{"99999999999999999999999999", "far past int64"},
		{strings.Repeat("9", 10_000), "far too long"},
	} {
		n, err := entitlement.ParseNumber(test.text)
		var bad *calendar.ParseError
		if !errors.As(err, &bad) || bad.Input != test.text || n.IsStated() {
			t.Errorf("%.40q = %v, %v, want an error: %s", test.text, n, err, test.why)
		}
	}
}

func TestNumber(t *testing.T) {
	var none entitlement.Number
	if none.IsStated() || none.String() != "" || none.Thousandths() != 0 || none == entitlement.N(0) {
		t.Error("the zero Number is not stated, and is not 0")
	}
	for n, panics := range map[int64]bool{0: false, -7: false, 9223372036854775: false, -9223372036854775: false, 9223372036854776: true, -9223372036854776: true} {
		if got := didPanic(func() { entitlement.N(n) }); got != panics {
			t.Errorf("N(%d) panics: %v, want %v", n, got, panics)
		}
	}
	if !didPanic(func() { entitlement.MustParseNumber("a") }) || entitlement.MustParseNumber("1.5").Thousandths() != 1500 {
		t.Error("MustParseNumber")
	}
}

func didPanic(f func()) (yes bool) {
	defer func() { yes = recover() != nil }()
	f()
	return false
}

func TestNumberJSON(t *testing.T) {
	for _, test := range []struct{ in, out, why string }{
		{"12", "12", "a number"},
		{`"96.5"`, "96.5", "a number in quotation marks"},
		{"-0.25", "-0.25", "a negative number"},
		{"null", "null", "not stated"},
		{"9223372036854774.999", "9223372036854774.999", "no float on the way"},
	} {
		n := entitlement.N(5)
		if err := json.Unmarshal([]byte(test.in), &n); err != nil {
			t.Errorf("%s: %v: %s", test.in, err, test.why)
		}
		if out, err := json.Marshal(n); err != nil || string(out) != test.out {
			t.Errorf("%s is written as %s, %v, want %s: %s", test.in, out, err, test.out, test.why)
		}
	}
	for _, in := range []string{`""`, `"a"`, "true", "[1]", "{}", "1e3", "1.0001", "9e99", "9223372036854775808"} {
		var n entitlement.Number
		if err := json.Unmarshal([]byte(in), &n); err == nil || n.IsStated() {
			t.Errorf("%s is read as %v, %v, want an error", in, n, err)
		}
	}
}

func TestOutcome(t *testing.T) {
	seen := map[string]bool{}
	for o := entitlement.Undetermined; o <= entitlement.Info; o++ {
		s := o.String()
		if seen[s] || s == "" {
			t.Errorf("outcome %d is called %q", o, s)
		}
		seen[s] = true
		for _, text := range []string{s, strings.ReplaceAll(s, "_", "-")} {
			if back, err := entitlement.ParseOutcome(text); back != o || err != nil {
				t.Errorf("%q = %v, %v, want %v", text, back, err, o)
			}
		}
		if text, err := o.MarshalText(); string(text) != s || err != nil {
			t.Errorf("%v is written as %s, %v", o, text, err)
		}
		if o.IsGrant() && o.IsNo() {
			t.Errorf("%v is a yes and a no", o)
		}
	}
	for _, test := range []struct {
		o       entitlement.Outcome
		yes, no bool
		why     string
	}{
		{entitlement.Undetermined, false, false, "not known is not no"},
		{entitlement.Unspecified, false, false, "silence is not no"},
		{entitlement.DocumentNotInForce, false, false, "another text may say anything"},
		{entitlement.Announced, false, false, "not yet"},
		{entitlement.Info, false, false, "never an answer"},
		{entitlement.Covered, true, false, ""},
		{entitlement.Standard, true, false, "without a subscription"},
		{entitlement.Limited, true, false, "a yes with limits"},
		{entitlement.Dated, true, false, ""},
		{entitlement.Met, true, false, ""},
		{entitlement.NotGuaranteed, false, true, ""},
		{entitlement.RequiresAddon, false, true, "not without it"},
		{entitlement.Exceeded, false, true, ""},
		{entitlement.Missed, false, true, ""},
		{entitlement.NotOffered, false, true, ""},
	} {
		if test.o.IsGrant() != test.yes || test.o.IsNo() != test.no {
			t.Errorf("%v: yes %v, no %v, want %v, %v: %s", test.o, test.o.IsGrant(), test.o.IsNo(), test.yes, test.no, test.why)
		}
	}
	var zero entitlement.Outcome
	if zero != entitlement.Undetermined {
		t.Error("the zero Outcome is not the safe answer")
	}
	for _, s := range []string{"", "Covered", "not covered", "yes", "outcome 5"} {
		var bad *calendar.ParseError
		if o, err := entitlement.ParseOutcome(s); !errors.As(err, &bad) || o != 0 {
			t.Errorf("%q = %v, %v", s, o, err)
		}
	}
	if s := entitlement.Outcome(200).String(); s != "outcome 200" {
		t.Errorf("an outcome that is none is called %q", s)
	}
}

func TestKind(t *testing.T) {
	for k := entitlement.CoverageKind; k <= entitlement.StatementKind; k++ {
		if back, err := entitlement.ParseKind(k.String()); back != k || err != nil {
			t.Errorf("%v = %v, %v", k, back, err)
		}
		all := k.Outcomes()
		for _, o := range []entitlement.Outcome{entitlement.NotEligible, entitlement.NotEntitled, entitlement.NotOffered, entitlement.Info} {
			if !slices.Contains(all, o) {
				t.Errorf("a rule of kind %v may not say %v", k, o)
			}
		}
		for _, o := range []entitlement.Outcome{entitlement.Undetermined, entitlement.Unspecified, entitlement.DocumentNotInForce} {
			if slices.Contains(all, o) {
				t.Errorf("a rule of kind %v may say %v", k, o)
			}
		}
		all[0] = entitlement.Info
		if k.Outcomes()[0] == entitlement.Info {
			t.Errorf("the outcomes of kind %v can be written to", k)
		}
	}
	var bad *calendar.ParseError
	if _, err := entitlement.ParseKind("price"); !errors.As(err, &bad) {
		t.Errorf("%v", err)
	}
	if s := entitlement.Kind(99).String(); s != "kind 99" {
		t.Errorf("a kind that is none is called %q", s)
	}
}

func TestYesNo(t *testing.T) {
	for y, want := range map[entitlement.YesNo]string{0: "", entitlement.No: "no", entitlement.Yes: "yes", 7: ""} {
		if y.String() != want {
			t.Errorf("%d is %q, want %q", y, y, want)
		}
	}
}

func TestNearest(t *testing.T) {
	words := []string{"main", "universe", "restricted", "multiverse", "third-party"}
	for _, test := range []struct{ s, want, why string }{
		{"mian", "main", "two letters changed places"},
		{"univers", "universe", "one is left out"},
		{"multiuniverse", "multiverse", "the nearer of two"},
		{"third_party", "third-party", "the other hyphen"},
		{"Main", "main", "a capital"},
		{"", "", "nothing is like nothing"},
		{"x", "", "nothing is like it"},
		{"kubernetes", "", "nothing is like it"},
		{strings.Repeat("main", 1000), "", "too long to be a misspelling"},
	} {
		if got := entitlement.Nearest(test.s, words); got != test.want {
			t.Errorf("%.40q is like %q, want %q: %s", test.s, got, test.want, test.why)
		}
	}
	if got := entitlement.Nearest("a", nil); got != "" {
		t.Errorf("nearest of none is %q", got)
	}
}

func TestErrors(t *testing.T) {
	for _, test := range []struct {
		err       error
		want, why string
	}{
		{&entitlement.PolicyError{Part: "limits", Why: "65 limits"}, "policy: limits: 65 limits", "a part"},
		{&entitlement.ValueError{Field: "facts.kind", Value: "cv", Allowed: []string{"cve", "bug"}},
			`facts.kind "cv" is not known: want one of cve, bug (cve?)`, "with the nearest word"},
		{&entitlement.ValueError{Field: "facts.kind", Value: "z", Allowed: []string{"cve", "bug"}},
			`facts.kind "z" is not known: want one of cve, bug`, "without one"},
		{&entitlement.ValueError{Field: "contract.addons", Value: "z"}, `contract.addons "z" is not known: the edition has none`, "nothing to choose from"},
		{&entitlement.ValueError{Field: "facts.raw_tb", Value: "-1", Allowed: []string{"a"}, Why: "want a number that is not negative"},
			`facts.raw_tb "-1": want a number that is not negative`, "the reason instead of a list"},
	} {
		if got := test.err.Error(); got != test.want {
			t.Errorf("%q, want %q: %s", got, test.want, test.why)
		}
	}
}
