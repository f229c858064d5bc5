package entitlement_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/entitlement"
	"github.com/supportterms/supportterms/entitlement/rule"
)

// bound writes a condition on a number in thousandths, or on a day: "bare>=1".
func bound(text string) rule.Condition {
	for _, op := range []string{">=", "<="} {
		if fact, n, ok := strings.Cut(text, op); ok {
			c, value := rule.Condition{Fact: fact}, int64(0)
			if d, err := calendar.ParseDate(n); err == nil {
				value = rule.Day(d)
			} else {
				value = entitlement.MustParseNumber(n).Thousandths()
			}
			if op == ">=" {
				c.AtLeast = &value
			} else {
				c.AtMost = &value
			}
			return c
		}
	}
	panic(text)
}

// on writes conditions: "item=disk|cpu bare>=0.001".
func on(text string) (all []rule.Condition) {
	for _, c := range strings.Fields(text) {
		if strings.Contains(c, ">=") || strings.Contains(c, "<=") {
			all = append(all, bound(c))
			continue
		}
		fact, values, _ := strings.Cut(c, "=")
		all = append(all, is(fact, values)...)
	}
	return all
}

var noYes = []string{"no", "yes"}

// shop is a small edition with a bit of everything. It is made anew each time.
func shop() entitlement.Spec {
	date := calendar.MustParseDate
	fact := func(name, values string) entitlement.Fact {
		return entitlement.Fact{Name: name, Values: strings.Fields(values)}
	}
	number := func(name, unit string) entitlement.Fact {
		return entitlement.Fact{Name: name, Type: entitlement.Numeric, Unit: unit}
	}
	level, scope, via := fact("level", "self-support weekday 24x7"), fact("security_scope", "pro infra-only"), fact("via", "phone mail")
	level.Aliases, level.Default, level.Clause = map[string]string{"essential": "self-support"}, "self-support", "9"
	scope.Default, scope.Clause = "pro", "Introduction"
	via.Default = "phone"
	item := fact("item", "disk cpu gpu toaster fan")
	item.Aliases = map[string]string{"drive": "disk"}
	return entitlement.Spec{
		Edition: "shop/2025", Digest: "d", InForce: calendar.Period{Since: date("2025-01-01"), Until: date("2026-01-01")},
		Facts: []entitlement.Fact{
			level, scope, fact("support_scope", "full infra none"), fact("machine", "physical virtual desktop"),
			fact("addon.extra", "no yes"), {Name: "release"},
		},
		Addons: []string{"extra", "spare"}, Services: []string{"first", "second"}, Limits: []string{"slow", "mail-only"},
		Tables: []entitlement.Table{{Name: "releases", Key: "release", Columns: []entitlement.TableColumn{
			{Name: "released", Type: entitlement.Dates}, {Name: "ends", Type: entitlement.Dates},
		}, Rows: []entitlement.Row{
			{Name: "one", Cells: []entitlement.Cell{{Date: date("2020-02-29")}, {Date: date("2025-06-30")}}},
			{Name: "two", Cells: []entitlement.Cell{{Date: date("2024-01-31")}, {}}},
		}}},
		Figures: []entitlement.Figure{
			{Name: "released", Cases: one(entitlement.Column{Table: "releases", Column: "released"})},
			{Name: "ends", Cases: []entitlement.Case{
				{When: on("ends.how=printed"), Formula: entitlement.Column{Table: "releases", Column: "ends"}},
				{When: on("ends.how=years"), Formula: entitlement.DateAfter{From: "released", Years: 5}},
			}},
			{Name: "phase", Cases: one(entitlement.Stage{
				Of: "on", From: "released", Through: []entitlement.StageEnd{{"running", "ends"}}, Then: "ended",
			})},
			{Name: "bare", Cases: one(entitlement.Difference{Of: "nodes", Less: "covered"})},
			{Name: "over", Cases: []entitlement.Case{
				{When: on("size.per=each"), Formula: entitlement.Excess{Of: "volume", Allowance: entitlement.N(10), Per: "nodes"}},
				{When: on("size.per=all"), Formula: entitlement.Excess{Of: "volume", Allowance: entitlement.N(100)}},
			}},
			{Name: "seats", Cases: one(entitlement.Blocks{Gives: entitlement.N(2), Each: []entitlement.Block{{"nodes", entitlement.N(5)}}, Unit: "seat"})},
			{Name: "wild", Cases: one(entitlement.Tally{Of: "machines", Where: []entitlement.MachineIs{{"covered", "no"}}})},
		},
		Readings: []entitlement.Reading{
			{Key: "ends.how", Default: "printed", Values: []entitlement.ReadingValue{{Name: "printed"}, {Name: "years"}}},
			{Key: "size.per", Default: "each", Alias: "size.old", Values: []entitlement.ReadingValue{{Name: "each", Alias: "node"}, {Name: "all", Alias: "flat"}}},
			{Key: "fan", Default: "no", Values: []entitlement.ReadingValue{{Name: "no"}, {Name: "yes"}, {Name: "perhaps", Level: "24x7"}}},
		},
		Questions: []entitlement.QuestionSpec{
			{Name: "help", Asks: "is there help?", Facts: []entitlement.Fact{item, via, number("nodes", "node"), number("covered", "node"), {Name: "note", Type: entitlement.Text}},
				Rules: []entitlement.Rule{
					{Code: "machine-not-bought", Clause: "1", When: on("machine_bought=no"), Then: entitlement.NotEntitled},
					{Code: "out-of-term", Clause: "1.1", When: on("contract_term=before|after"), Then: entitlement.NotEntitled},
					{Code: "disk", Clause: "2", When: on("item=disk"), Then: entitlement.Covered, Service: "second"},
					{Code: "cpu", Clause: "3", When: on("item=cpu level=weekday|24x7"), Then: entitlement.Covered, Service: "first"},
					{Code: "disk-for-infra", Clause: "3.1", When: on("item=disk security_scope=infra-only"), Then: entitlement.Covered, Service: "first"},
					{Code: "by-mail", Clause: "4", When: on("item=disk|cpu via=mail"), Then: entitlement.Limited, Limit: "mail-only"},
					{Code: "late", Clause: "5", When: on("item=disk|cpu phase=ended"), Then: entitlement.Limited, Limit: "slow"},
					{Code: "no-toaster", Clause: "6", When: on("item=toaster"), Then: entitlement.NotCovered},
					{Code: "toaster", Clause: "6.1", When: on("item=toaster addon.extra=yes"), Then: entitlement.Covered},
					{Code: "toaster-after-all", Clause: "6.2", When: on("item=toaster addon.extra=yes"), Then: entitlement.Info, Except: "no-toaster"},
					{Code: "gpu", Clause: "7", When: on("item=gpu addon.extra=yes"), Then: entitlement.Covered},
					{Code: "gpu-needs-extra", Clause: "7", When: on("item=gpu addon.extra=no"), Then: entitlement.RequiresAddon, Remedy: "extra"},
					{Code: "bare-nodes", Clause: "8", When: on("bare>=0.001"), Then: entitlement.NotEligible},
					{Code: "fan", Clause: "8.1", When: on("item=fan fan=yes|perhaps"), Then: entitlement.Covered},
					{Code: "fan-noted", Clause: "8.2", When: on("item=fan security_scope=pro"), Then: entitlement.Info},
				}},
			{Name: "size", Kind: entitlement.QuantityKind, Facts: []entitlement.Fact{number("volume", "TB"), number("nodes", "node")},
				Rules: []entitlement.Rule{
					{Code: "within", Clause: "10", When: on("over<=0"), Then: entitlement.Within},
					{Code: "over", Clause: "10", When: on("over>=0.001"), Then: entitlement.Exceeded},
				}},
			{Name: "seats", Kind: entitlement.QuantityKind, Facts: []entitlement.Fact{number("nodes", "node")},
				Rules: []entitlement.Rule{{Code: "seats", Clause: "11", Then: entitlement.Amount, Gives: "seats"}}},
			{Name: "until", Kind: entitlement.TermKind, Rules: []entitlement.Rule{{Code: "until", Clause: "12", Then: entitlement.Dated, Gives: "ends"}}},
			{Name: "all", Kind: entitlement.EligibilityKind, Facts: []entitlement.Fact{{Name: "machines", Type: entitlement.Machines}},
				Rules: []entitlement.Rule{
					{Code: "all-covered", Clause: "13", When: on("wild<=0"), Then: entitlement.Eligible},
					{Code: "some-not", Clause: "13", When: on("wild>=0.001"), Then: entitlement.NotEligible},
				}},
			{Name: "say", Kind: entitlement.StatementKind, Rules: []entitlement.Rule{{Code: "said", Clause: "14", Then: entitlement.Statement}}},
		},
	}
}

func open(t *testing.T, s entitlement.Spec) *entitlement.Policy {
	t.Helper()
	p, err := entitlement.NewPolicy(s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// leaves are the errors joined in err.
func leaves(err error) (out []error) {
	if all, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range all.Unwrap() {
			out = append(out, leaves(e)...)
		}
		return out
	}
	if err != nil {
		out = append(out, err)
	}
	return out
}

func TestNewPolicyRefuses(t *testing.T) {
	type spec = entitlement.Spec
	help := func(s *spec) *entitlement.QuestionSpec { return &s.Questions[0] }
	addRule := func(r entitlement.Rule) func(*spec) {
		r.Code, r.Clause = "new", "99"
		return func(s *spec) { help(s).Rules = append(help(s).Rules, r) }
	}
	addFigure := func(when string, f entitlement.Formula) func(*spec) {
		return func(s *spec) {
			s.Figures = append(s.Figures, entitlement.Figure{Name: "new", Cases: []entitlement.Case{{When: on(when), Formula: f}}})
			addRule(entitlement.Rule{When: []rule.Condition{{Fact: "new", In: []string{"x"}}}, Then: entitlement.Info})(s)
		}
	}
	manyFacts := func(n int, typ entitlement.Type) func(*spec) {
		return func(s *spec) {
			for i := range n {
				f := entitlement.Fact{Name: fmt.Sprint("f", i), Type: typ}
				if typ == entitlement.Closed {
					f.Values = noYes
				}
				help(s).Facts = append(help(s).Facts, f)
			}
		}
	}
	for _, test := range []struct {
		edit func(*spec)
		want string // the first error
		why  string
	}{
		{func(s *spec) { s.Limits = strings.Fields(strings.Repeat("l ", 65)) }, "policy: limits: 65 limits, at most 64", "a bit for each"},
		{func(s *spec) { s.Figures = append(s.Figures, s.Figures[0]) }, "policy: figure released: stands twice", "one name, one figure"},
		{func(s *spec) { s.Figures[0].Cases = one(entitlement.Column{Table: "x", Column: "ends"}) }, `policy: figure released: there is no table "x"`, "a table that is not there"},
		{func(s *spec) { s.Figures[0].Cases = one(entitlement.Column{Table: "releases", Column: "x"}) }, `policy: figure released: table "releases" has no column "x"`, "a column that is not"},
		{func(s *spec) { s.Readings[0].Default = "x" }, `policy: reading ends.how: default "x" is not one of its values`, "the default is a value"},
		{func(s *spec) { s.Questions = append(s.Questions, s.Questions[1]) }, "policy: question size: stands twice", "one name, one question"},
		{func(s *spec) { s.Facts[0].Default = "x" }, "", "a default that is no value"},
		{func(s *spec) { help(s).Facts[1].Default = "x" }, `policy: fact via: "x" is not one of its values`, "what is taken unless stated is a value"},
		{addRule(entitlement.Rule{When: on("colour=red"), Then: entitlement.Covered}), `policy: rule help/new: asks for "colour", which is no fact of question help`, "a fact of no question"},
		{addRule(entitlement.Rule{When: on("volume>=1"), Then: entitlement.Covered}), `policy: rule help/new: asks for "volume", which is no fact of question help`, "a fact of another question"},
		{addRule(entitlement.Rule{When: on("item=sofa"), Then: entitlement.Covered}), `rule "help/new"`, "a value that the fact never has"},
		{addRule(entitlement.Rule{When: on("fan=maybe"), Then: entitlement.Covered}), `rule "help/new"`, "a value that the reading never has"},
		{addRule(entitlement.Rule{When: on("item>=3"), Then: entitlement.Covered}), `rule "help/new"`, "a bound on a word"},
		{addRule(entitlement.Rule{When: on("nodes=3"), Then: entitlement.Covered}), `rule "help/new"`, "a word of a number"},
		{addRule(entitlement.Rule{When: on("note=x"), Then: entitlement.Covered}), `rule "help/new"`, "a note is never asked for"},
		{addRule(entitlement.Rule{Then: entitlement.Within}), `rule "help/new" says within, which is no answer to a question of kind coverage`, "an answer of another kind"},
		{addRule(entitlement.Rule{Then: entitlement.Undetermined}), `rule "help/new" says undetermined`, "no rule says that nothing is known"},
		{addRule(entitlement.Rule{Then: entitlement.Limited}), `rule "help/new" has the limit ""`, "limited without a limit"},
		{addRule(entitlement.Rule{Then: entitlement.Limited, Limit: "x"}), `rule "help/new" has the limit "x"`, "a limit that the edition does not have"},
		{addRule(entitlement.Rule{Then: entitlement.Covered, Limit: "slow"}), `rule "help/new" has the limit "slow"`, "a limit on what is covered"},
		{addRule(entitlement.Rule{Then: entitlement.Covered, Service: "x"}), `rule "help/new" has the service "x"`, "a service that the edition does not have"},
		{addRule(entitlement.Rule{Then: entitlement.NotCovered, Service: "first"}), `rule "help/new" has the service "first"`, "a service of a no"},
		{addRule(entitlement.Rule{Then: entitlement.Covered, Remedy: "extra"}), `rule "help/new" has the remedy "extra"`, "a yes needs none"},
		{addRule(entitlement.Rule{Then: entitlement.NotCovered, Remedy: "x"}), `rule "help/new" has the remedy "x"`, "an add-on that the edition does not have"},
		{addRule(entitlement.Rule{Then: entitlement.NotCovered, Gives: "bare"}), `rule "help/new" gives a figure and grants nothing`, "a figure of a no"},
		{addRule(entitlement.Rule{Then: entitlement.Covered, Gives: "x"}), `policy: rule help/new: asks for "x"`, "a figure that is not there"},
		{addRule(entitlement.Rule{Then: entitlement.Covered, Gives: "phase"}), `rule "help/new" gives "phase"`, "a word is no amount and no date"},
		{addRule(entitlement.Rule{Then: entitlement.Info, Except: "x"}), `rule "help/new"`, "an exception to nothing"},
		{addRule(entitlement.Rule{When: on("via=mail"), Then: entitlement.Covered, Except: "no-toaster"}), `rule "help/new"`, "an exception that grants more than any rule"},
		{func(s *spec) { help(s).Rules = append(help(s).Rules, help(s).Rules[2]) }, `rule "help/disk"`, "one code, one rule"},
		{func(s *spec) { s.Questions[2].Rules[0].Gives = "" }, `rule "seats/seats" says amount and does not say which figure it gives`, "an amount of what"},
		{func(s *spec) { s.Questions[3].Rules[0].Gives = "" }, `rule "until/until" says date and does not say which figure it gives`, "which date"},
		{addFigure("colour=red", entitlement.Word("x")), `policy: figure new: asks for "colour", which is no fact of question help`, "a figure asks for no fact"},
		{addFigure("item=sofa", entitlement.Word("x")), `policy: figure new: asks whether item is "sofa", which it never is`, "a figure asks for no value"},
		{addFigure("item>=1", entitlement.Word("x")), `policy: figure new: `, "a figure puts a bound to a word"},
		{addFigure("", entitlement.DateAfter{From: "x"}), `policy: figure new: asks for "x"`, "a formula of no fact"},
		{func(s *spec) {
			s.Figures[0].Cases = []entitlement.Case{{Formula: entitlement.Word("x")}, {Formula: entitlement.Constant{N: entitlement.N(1)}}}
		}, "policy: figure released: has cases of different types", "a word or a number"},
		{func(s *spec) { s.Figures[0].Cases = nil }, "", "a figure without cases"},
		{func(s *spec) {
			s.Figures[0].Cases = one(entitlement.DateAfter{From: "ends", Years: 1})
			s.Figures[1].Cases = one(entitlement.DateAfter{From: "released", Years: 1})
		}, `fact "`, "a date after a date after itself"},
		{func(s *spec) { s.Facts = append(s.Facts, entitlement.Fact{Name: "phase", Type: entitlement.Numeric}) }, "policy: figure phase: is declared as a fact of another type", "a figure declared otherwise"},
		{func(s *spec) { s.Facts = append(s.Facts, entitlement.Fact{Name: "phase", Values: noYes}) }, `policy: figure phase: gives "running", which is no value of the fact`, "a word that was not declared"},
		{func(s *spec) { help(s).Facts[0].Values = nil }, "", "a closed fact without values"},
		{func(s *spec) { help(s).Facts[0].Values = []string{"a", "a"} }, `fact "item" has the value "a" twice`, "a value twice"},
		{func(s *spec) { help(s).Facts = append(help(s).Facts, entitlement.Fact{Values: noYes}) }, `fact "" has no name`, "a fact without a name"},
		{manyFacts(70, entitlement.Numeric), "policy: question help: ", "more numbers than a state has room for"},
		{manyFacts(200, entitlement.Closed), "policy: question help: ", "more facts than a state has room for"},
		{addFigure("", entitlement.Blocks{Gives: entitlement.N(1), Each: []entitlement.Block{{Of: "nodes"}}}), "policy: figure new: has blocks of nodes without a size", "blocks of nothing"},
	} {
		s := shop()
		test.edit(&s)
		var p *entitlement.Policy
		var err error
		if didPanic(func() { p, err = entitlement.NewPolicy(s) }) {
			t.Errorf("panic: %s", test.why)
			continue
		}
		all := leaves(err)
		if len(all) == 0 || p != nil || !strings.HasPrefix(all[0].Error(), test.want) {
			t.Errorf("%v, want %q: %s", err, test.want, test.why)
			continue
		}
		for _, e := range all {
			var policy *entitlement.PolicyError
			var fact *rule.FactError
			var rl *rule.RuleError
			if !errors.As(e, &policy) && !errors.As(e, &fact) && !errors.As(e, &rl) {
				t.Errorf("%T %v: want a PolicyError, a FactError or a RuleError: %s", e, e, test.why)
			}
		}
	}
}

// Everything that is wrong is said at once.
func TestNewPolicyRefusesAll(t *testing.T) {
	s := shop()
	s.Readings[0].Default = "x"
	s.Questions[0].Rules[2].Service = "x"
	s.Questions[1].Rules[0].Then = entitlement.Covered
	_, err := entitlement.NewPolicy(s)
	for _, want := range []string{"reading ends.how", "help/disk", "size/within"} {
		if !strings.Contains(fmt.Sprint(err), want) {
			t.Errorf("%v: nothing of %s", err, want)
		}
	}
}

func TestBind(t *testing.T) {
	type contract = entitlement.Contract
	date := calendar.MustParseDate
	for _, test := range []struct {
		c    contract
		want []string // what is wrong, in this order
		why  string
	}{
		{contract{}, nil, "nothing is stated"},
		{contract{Level: "weekday", SecurityScope: "pro", SupportScope: "full", Addons: []string{"extra"}, Machines: []string{"virtual"}}, nil, "all is known"},
		{contract{Level: "essential", SupportScope: "none"}, nil, "another name of a level"},
		{contract{Level: "essential", SupportScope: "full"}, []string{`contract: level "self-support" cannot stand with support_scope "full"`}, "the terms of the level it names"},
		{contract{Level: "week-day"}, []string{`contract.level "week-day" is not known: want one of self-support, weekday, 24x7 (weekday?)`}, "a misspelt level"},
		{contract{SecurityScope: "apps-only"}, []string{`contract.security_scope "apps-only" is not known: want one of pro, infra-only`}, "a scope of another edition"},
		{contract{SupportScope: "some"}, []string{`contract.support_scope "some" is not known: want one of full, infra, none (none?)`}, "no scope at all"},
		{contract{Offering: "advanced"}, []string{`contract.offering "advanced": the edition has no offering`}, "a term of another edition"},
		{contract{Addons: []string{"extras"}}, []string{`contract.addons "extras" is not known: want one of extra, spare (extra?)`}, "a misspelt add-on"},
		{contract{Machines: []string{"virtual", "phone"}}, []string{`contract.machines "phone" is not known: want one of physical, virtual, desktop`}, "a kind of machine that is none"},
		{contract{Readings: map[string]string{"fans": "yes"}}, []string{`readings "fans" is not known: want one of ends.how, size.per, fan (fan?)`}, "a reading that is none"},
		{contract{Readings: map[string]string{"fan": "on"}}, []string{`readings.fan "on" is not known: want one of no, yes, perhaps`}, "a value that is none"},
		{contract{Readings: map[string]string{"fan": ""}}, []string{`readings.fan "" is not known: want one of no, yes, perhaps`}, "no value"},
		{contract{Readings: map[string]string{"size.old": "flat"}}, nil, "the key and the value of another edition"},
		{contract{Readings: map[string]string{"size.old": "flat", "size.per": "all"}}, nil, "both keys agree"},
		{contract{Readings: map[string]string{"size.old": "flat", "size.per": "each"}}, []string{`readings.size.old "flat": the same reading has the value each under its other key`}, "they do not"},
		{contract{Level: "self-support", SupportScope: "full"}, []string{`contract: level "self-support" cannot stand with support_scope "full"`}, "support of none"},
		{contract{Level: "24x7", SupportScope: "none"}, []string{`contract: level "24x7" cannot stand with support_scope "none"`}, "none of support"},
		{contract{SecurityScope: "infra-only", SupportScope: "full"}, []string{`contract: support_scope "full" cannot stand with security_scope "infra-only"`}, "scopes that exclude each other"},
		{contract{From: date("2025-01-01"), Until: date("2025-01-01")}, nil, "a term of one day"},
		{contract{From: date("2025-01-02"), Until: date("2025-01-01")}, []string{`contract.until "2025-01-01": is before its beginning, 2025-01-02`}, "a term that ends before it begins"},
		{contract{From: date("2025-01-02")}, nil, "a term without an end"},
		{contract{From: calendar.Date{Year: 2025, Month: 2, Day: 30}}, []string{`contract.from "2025-02-30": want a date, written 2025-08-01`}, "a day that never was"},
		{contract{Until: calendar.Date{Year: 2025, Month: 13, Day: 1}}, []string{`contract.until "2025-13-01": want a date, written 2025-08-01`}, "a month that never was"},
		{contract{Level: "x", SecurityScope: "y", Addons: []string{"z"}, Readings: map[string]string{"w": "v"}}, []string{
			`contract.level "x"`, `contract.security_scope "y"`, `contract.addons "z"`, `readings "w"`,
		}, "everything at once, in one order"},
	} {
		b, err := open(t, shop()).Bind(test.c)
		all := leaves(err)
		ok := len(all) == len(test.want) && (b == nil) == (err != nil)
		for i := range test.want {
			ok = ok && strings.HasPrefix(all[i].Error(), test.want[i])
		}
		if !ok {
			t.Errorf("%+v: %v, want %q: %s", test.c, err, test.want, test.why)
		}
		for _, e := range all {
			var value *entitlement.ValueError
			var pair *entitlement.ContractError
			if !errors.As(e, &value) && !errors.As(e, &pair) {
				t.Errorf("%T %v", e, e)
			}
		}
	}
}

// What a contract is made of may be changed once it is bound.
func TestBindKeepsNothing(t *testing.T) {
	c := entitlement.Contract{Level: "weekday", Addons: []string{"extra"}, Machines: []string{"virtual"}, Readings: map[string]string{"fan": "yes"}}
	b := must(open(t, shop()).Bind(c))
	c.Addons[0], c.Machines[0], c.Readings["fan"] = "spare", "desktop", "no"
	for item, want := range map[string]entitlement.Outcome{"gpu": entitlement.Covered, "fan": entitlement.Covered} {
		f := entitlement.Facts{Question: "help", Values: map[string]any{"item": item, "machine": "virtual", "nodes": "1", "covered": "1"}}
		if a := must(b.Decide(f)); a.Outcome != want {
			t.Errorf("%s: %v, want %v", item, a.Outcome, want)
		}
	}
}

// A policy does not change its Spec, and two made of one are the same.
func TestNewPolicyChangesNothing(t *testing.T) {
	s := shop()
	p := open(t, s)
	for _, f := range p.QuestionNames() {
		b := must(p.Bind(entitlement.Contract{Addons: []string{"extra"}}))
		_, _ = b.Verdict(entitlement.Facts{Question: f}, true)
	}
	if !reflect.DeepEqual(s, shop()) {
		t.Error("the Spec is another")
	}
}

func TestQuestionNames(t *testing.T) {
	p := open(t, shop())
	if got := fmt.Sprint(p.QuestionNames()); got != "[help size seats until all say]" {
		t.Errorf("questions %s", got)
	}
	if p.FactTypes("x") != nil {
		t.Error("there are facts of no question")
	}
	types := p.FactTypes("help")
	for name, want := range map[string]entitlement.Type{
		"item": entitlement.Closed, "nodes": entitlement.Numeric, "note": entitlement.Text, "on": entitlement.Dates, "ends": entitlement.Dates, "bare": entitlement.Numeric,
	} {
		if got, ok := types[name]; !ok || got != want {
			t.Errorf("%s is of type %v, %v, want %v", name, got, ok, want)
		}
	}
	for _, name := range []string{"fan", "volume", "ends.how"} {
		if _, ok := types[name]; ok {
			t.Errorf("%s is a fact of help", name)
		}
	}
}

func TestPhase(t *testing.T) {
	p := open(t, shop())
	date := calendar.MustParseDate
	for _, test := range []struct {
		release, on string
		readings    map[string]string
		want, why   string
	}{
		{"one", "2025-06-30", nil, "running", "the last day"},
		{"one", "2025-07-01", nil, "ended", "the day after"},
		{"one", "2025-02-28", map[string]string{"ends.how": "years"}, "running", "five years from 29 February"},
		{"one", "2025-03-01", map[string]string{"ends.how": "years"}, "ended", "are over on 28 February"},
		{"one", "2020-02-28", nil, "", "before the release the text says nothing"},
		{"two", "2025-01-01", nil, "", "the table has no end"},
	} {
		if got, err := p.Phase(test.release, date(test.on), test.readings); got != test.want || err != nil {
			t.Errorf("%s on %s: %q, %v, want %q: %s", test.release, test.on, got, err, test.want, test.why)
		}
	}
	var bad *entitlement.ValueError
	if _, err := p.Phase("three", date("2025-01-01"), nil); !errors.As(err, &bad) || !slices.Equal(bad.Allowed, []string{"one", "two"}) {
		t.Errorf("%v", err)
	}
	if _, err := p.Phase("one", date("2025-01-01"), map[string]string{"x": "y"}); !errors.As(err, &bad) {
		t.Errorf("%v", err)
	}
	var none entitlement.Policy
	if got, err := none.Phase("one", date("2025-01-01"), nil); got != "" || err != nil {
		t.Errorf("an edition without phases: %q, %v", got, err)
	}
}

// One Bound answers many at once. Worth most under the race detector.
func TestBoundIsShared(t *testing.T) {
	p := open(t, shop())
	b := must(p.Bind(entitlement.Contract{Level: "weekday", Readings: map[string]string{"fan": "yes"}}))
	ask := func() string {
		out := ""
		for _, name := range p.QuestionNames() {
			f := entitlement.Facts{Question: name, Values: map[string]any{"release": "one"}}
			v := must(b.Verdict(f, true))
			out += fmt.Sprint(v.Outcome, v.Missing, v.Reasons, must(b.Decide(f)))
		}
		return out
	}
	var all sync.WaitGroup
	got := make([]string, 8)
	for i := range got {
		all.Go(func() { got[i] = ask() })
	}
	all.Wait()
	for _, g := range got {
		if g != got[0] {
			t.Fatalf("%s\n%s", g, got[0])
		}
	}
}
