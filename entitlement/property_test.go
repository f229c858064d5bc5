package entitlement_test

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/gen"
	"github.com/leanovate/gopter/prop"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/entitlement"
	"github.com/supportterms/supportterms/entitlement/rule"
)

// check runs a property. The seed is fixed, so that a change is judged by the
// same cases as the one before it; GOPTER_SEED gives others.
func check(t *testing.T, runs int, condition any, gens ...gopter.Gen) {
	t.Helper()
	t.Parallel()
	seed := int64(1)
	if s := os.Getenv("GOPTER_SEED"); s != "" {
		var err error
		if seed, err = strconv.ParseInt(s, 10, 64); err != nil {
			t.Fatalf("GOPTER_SEED: %v", err)
		}
	}
	params := gopter.DefaultTestParametersWithSeed(seed)
	params.MinSuccessfulTests = runs
	params.MaxShrinkCount = 100
	properties := gopter.NewProperties(params)
	properties.Property(t.Name(), prop.ForAll(condition, gens...))
	var report bytes.Buffer
	if !properties.Run(gopter.NewFormatedReporter(true, 400, &report)) {
		t.Errorf("seed %d\n%s", seed, &report)
	}
}

// choices are the numbers from which a contract and facts are made. The first
// few are the contract's; each of the others is one fact's, and 0 is that it is
// not stated, so that what is shrunk says less.
type choices []int

const (
	ofContract = 16
	ofFacts    = 64
)

func someChoices() gopter.Gen {
	return gen.SliceOfN(ofContract+ofFacts, gen.IntRange(0, 1<<24))
}

var whichQuestion = gen.IntRange(0, 1<<16)

// A vocabulary is what can be said to one question of the 2025 edition.
type vocabulary struct {
	spec  *entitlement.QuestionSpec
	facts []vocable
}

// A vocable is a fact and values on both sides of all that is asked of it.
type vocable struct {
	name   string
	typ    entitlement.Type
	values []any
}

var vocabularies = sync.OnceValue(func() (out []vocabulary) {
	p := p2025()
	bounds := thresholds(p)
	for i := range p.Spec.Questions {
		q := &p.Spec.Questions[i]
		v := vocabulary{spec: q}
		types := p.FactTypes(q.Name)
		for _, name := range keysOf(types) {
			if values := valuesOf(p, q.Name, name, types[name], bounds[name]); values != nil {
				v.facts = append(v.facts, vocable{name, types[name], values})
			}
		}
		out = append(out, v)
	}
	return out
})

// thresholds are those that rules and figures put to numbers.
func thresholds(p *entitlement.Policy) map[string][]int64 {
	out := map[string][]int64{}
	put := func(name string, n int64) { out[name] = append(out[name], n-1000, n-1, n, n+1, n+1000) }
	conditions := func(all []rule.Condition) {
		for _, c := range all {
			if c.AtLeast != nil {
				put(c.Fact, *c.AtLeast)
			}
			if c.AtMost != nil {
				put(c.Fact, *c.AtMost)
			}
		}
	}
	for _, q := range p.Spec.Questions {
		for _, r := range q.Rules {
			conditions(r.When)
		}
	}
	for _, f := range p.Spec.Figures {
		for _, c := range f.Cases {
			conditions(c.When)
			switch f := c.Formula.(type) {
			case entitlement.Blocks:
				for _, b := range f.Each {
					put(b.Of, b.Size.Thousandths())
					put(b.Of, 3*b.Size.Thousandths())
				}
			case entitlement.Excess:
				put(f.Of, f.Allowance.Thousandths())
				put(f.Of, 3*f.Allowance.Thousandths())
			}
		}
	}
	return out
}

func number(thousandths int64) entitlement.Number {
	n, err := entitlement.ParseNumber(fmt.Sprintf("%d.%03d", thousandths/1000, thousandths%1000))
	if err != nil {
		panic(err)
	}
	return n
}

// edges are the days on which something begins or ends, and their neighbours.
var edges = sync.OnceValue(func() (out []calendar.Date) {
	p := p2025()
	add := func(d calendar.Date) { out = append(out, d.AddDays(-1), d, d.AddDays(1)) }
	for _, s := range []string{"2025-07-02", "2026-06-26", "2024-02-29", "2025-12-31", "2025-08-31"} {
		add(calendar.MustParseDate(s))
	}
	for _, t := range p.Spec.Tables {
		for _, r := range t.Rows {
			if !slices.Contains([]string{"14.04", "16.04", "18.04", "22.04", "24.10"}, r.Name) {
				continue
			}
			for _, c := range r.Cells {
				if !c.Date.IsZero() {
					add(c.Date)
				}
			}
			if five, _ := r.Cells[0].Date.AddYears(5); !r.Cells[0].Date.IsZero() {
				add(five)
				ten, _ := five.AddYears(5)
				add(ten)
			}
		}
	}
	return out
})

func valuesOf(p *entitlement.Policy, question, name string, typ entitlement.Type, bounds []int64) (out []any) {
	switch typ {
	case entitlement.Closed:
		for _, w := range wordsOf(p, question, name) {
			out = append(out, w)
		}
		if name == entitlement.FactRelease { // those on which something turns come more often
			for range 6 {
				out = append(out, "14.04", "16.04", "18.04", "20.04", "22.04", "24.04", "26.04")
			}
		}
	case entitlement.Numeric:
		for _, n := range append([]int64{0, 1000, 2000, 3000, 5000, 12_000}, bounds...) {
			if n >= 0 {
				out = append(out, number(n))
			}
		}
	case entitlement.Dates:
		for _, d := range edges() {
			out = append(out, d)
			if name != entitlement.FactOn { // what has a term that ends on an edge
				for _, back := range []calendar.Date{d.AddDays(-90), must2(d.AddMonths(-12)), must2(d.AddMonths(-18)), must2(d.AddYears(-10)), must2(d.AddYears(-12))} {
					out = append(out, back)
				}
			} else if d.Year >= 2025 { // the edition in force more often
				out = append(out, d, d)
			}
		}
	case entitlement.Instants:
		for _, s := range []string{"2025-07-02T00:00:00Z", "2026-07-02T00:00:00Z", "2027-07-02T00:00:00Z", "2026-07-01T23:59:59Z", "2025-12-01T12:00:00+02:00"} {
			out = append(out, must(time.Parse(time.RFC3339, s)))
		}
	case entitlement.Numbers:
		n := entitlement.N
		out = append(out, []entitlement.Number{}, []entitlement.Number{n(384)}, []entitlement.Number{n(384), number(384_001)},
			[]entitlement.Number{n(0), n(768)}, []entitlement.Number{n(100), n(500), n(422)})
	case entitlement.Machines:
		out = append(out, []entitlement.Machine{}, []entitlement.Machine{{ID: "a", Ubuntu: entitlement.Yes}},
			[]entitlement.Machine{{ID: "a", Kind: "physical", Ubuntu: entitlement.Yes, Contract: "c"}, {ID: "b", Kind: "virtual"}},
			[]entitlement.Machine{{ID: "a", Kind: "virtual", Ubuntu: entitlement.Yes, Contract: "c"}, {ID: "b", Kind: "virtual", Ubuntu: entitlement.Yes}})
	case entitlement.Outages:
		out = append(out, outages(""), outages("2025-09-01/43h48m/provider/failure"), outages("2025-09-01/4h23m/provider/failure"), outages("2025-09-01/88h/provider/failure"),
			outages("2025-09-01/200h/provider/planned-maintenance"), outages("2025-09-01/30h/provider/failure;2025-09-02/30h/customer/failure;2026-02-01/20h/provider/failure"))
	}
	// What is computed, or the contract's, cannot be stated.
	b := must(p.Bind(entitlement.Contract{}))
	if len(out) > 0 {
		_, err := b.Decide(entitlement.Facts{Question: question, Values: map[string]any{name: out[0]}})
		if err != nil && (strings.Contains(err.Error(), "is computed") || strings.Contains(err.Error(), "is the contract's")) {
			return nil
		}
	}
	return out
}

func must2[T any](v T, _ bool) T { return v }

// contract makes a contract that can stand.
func (c choices) contract() entitlement.Contract {
	pick := func(at int, words ...string) string { return words[c[at]%len(words)] }
	out := entitlement.Contract{
		Level:         pick(0, "", "self-support", "weekday", "24x7", "24x7"),
		SecurityScope: pick(1, "", "pro", "pro", "infra-only", "apps-only"),
		SupportScope:  pick(2, "", "full", "full", "infra", "none"),
		Readings:      map[string]string{},
	}
	if out.Check() != nil {
		out.SupportScope = ""
	}
	for i, a := range p2025().Addons {
		if c[3]>>(2*i)&3 == 3 {
			out.Addons = append(out.Addons, a)
		}
	}
	if c[4]%4 == 3 {
		out.Machines = []string{[]string{"physical", "virtual", "desktop"}[c[4]/4%3]}
	}
	days := edges()
	if c[5]%4 == 3 {
		out.From = days[c[5]/4%len(days)]
	}
	if c[6]%4 == 3 {
		if until := days[c[6]/4%len(days)]; !until.Before(out.From) {
			out.Until = until
		}
	}
	for k := 7; k < 11; k++ { // some readings, or none
		if n := c[k]; n%3 == 2 {
			r := p2025().Spec.Readings[n/3%len(p2025().Spec.Readings)]
			out.Readings[r.Key] = r.Values[n/300%len(r.Values)].Name
		}
	}
	return out
}

// facts makes what is stated of a question.
func (c choices) facts(v *vocabulary) entitlement.Facts {
	f := entitlement.Facts{Question: v.spec.Name, Values: map[string]any{}}
	notStated := []int{50, 15, 3}[c[11]%3] // of 100 facts
	for i, fact := range v.facts {
		n := c[ofContract+i%ofFacts] // a few questions have more facts than that
		if i >= ofFacts {
			n = n / 7919
		}
		if n%100 < notStated {
			continue
		}
		value := fact.values[n/100%len(fact.values)]
		if fact.name == entitlement.FactOn {
			f.On = value.(calendar.Date)
		} else if figure(fact.name) && n/100%5 != 0 {
			continue // what is worked out is stated less often
		} else {
			f.Values[fact.name] = value
		}
	}
	return f
}

var isFigure = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for _, f := range p2025().Spec.Figures {
		out[f.Name] = true
	}
	return out
})

func figure(name string) bool { return isFigure()[name] }

// words writes a question as people read it.
func words(c entitlement.Contract, f entitlement.Facts) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%+v\n  %s on %s:", c, f.Question, day(f.On))
	for _, name := range keysOf(f.Values) {
		fmt.Fprintf(&b, " %s=%v", name, f.Values[name])
	}
	return b.String()
}

// typedOf is the typed question that states the same.
func typedOf(f entitlement.Facts) entitlement.Question {
	q := reflect.New(reflect.TypeOf(typedQuestions()[f.Question]).Elem())
	fields := fieldsOf(q.Interface().(entitlement.Question))
	if !f.On.IsZero() {
		setField(q.Elem(), "On", f.On)
	}
	for name, value := range f.Values {
		field, ok := fields[name]
		if !ok {
			continue
		}
		setField(q.Elem(), field.Name, value)
	}
	return q.Interface().(entitlement.Question)
}

// inFields leaves out what has no field: figures that only [entitlement.Facts]
// can state.
func inFields(f entitlement.Facts) entitlement.Facts {
	fields := fieldsOf(typedQuestions()[f.Question])
	out := f
	out.Values = map[string]any{}
	for name, value := range f.Values {
		if _, ok := fields[name]; ok {
			out.Values[name] = value
		}
	}
	return out
}

// (a) and (b): a decision is the verdict in short, and facts are the typed
// question in long.
func TestDecideIsVerdict(t *testing.T) {
	all := vocabularies()
	errs, answers := 0, map[entitlement.Outcome]int{}
	t.Cleanup(func() {
		if errs > 1500 || len(answers) < 15 {
			t.Errorf("%d errors and the answers %v: the questions are poor", errs, answers)
		}
	})
	check(t, 3000, func(which int, c choices) string {
		v := &all[which%len(all)]
		contract := c.contract()
		f := inFields(c.facts(v))
		b, err := p2025().Bind(contract)
		if err != nil {
			return fmt.Sprint(err)
		}
		a, err := b.Decide(f)
		typed := typedOf(f)
		same, err2 := b.Decide(typed)
		if a != same || fmt.Sprint(err) != fmt.Sprint(err2) {
			return fmt.Sprintf("%s\n  as facts %+v, %v\n  typed    %+v, %v", words(contract, f), a, err, same, err2)
		}
		verdict, err2 := b.Verdict(typed, false)
		if fmt.Sprint(err) != fmt.Sprint(err2) {
			return fmt.Sprintf("%s\n  decided %v\n  verdict %v", words(contract, f), err, err2)
		}
		if err != nil {
			errs++
			return ""
		}
		answers[a.Outcome]++
		if why := differ(p2025(), verdict, a); why != "" {
			return words(contract, f) + "\n  " + why
		}
		if which%4 == 0 {
			if other := must(b.Verdict(f, false)); !reflect.DeepEqual(verdict, other) {
				return fmt.Sprintf("%s\n  as facts %s\n  typed    %s", words(contract, f), told(other), told(verdict))
			}
		}
		return sound(v.spec, verdict, words(contract, f))
	}, whichQuestion, someChoices())
}

// sound says what in a verdict cannot be.
func sound(q *entitlement.QuestionSpec, v *entitlement.Verdict, what string) string {
	fail := func(why string) string { return what + "\n  " + why + ": " + told(v) }
	rules := map[string]*entitlement.Rule{}
	for i := range q.Rules {
		rules[q.Rules[i].Code] = &q.Rules[i]
	}
	no, may := false, false
	for _, s := range v.Steps() {
		may = may || s.Then.IsNo() && s.Standing == rule.Wanting
	}
	for _, r := range v.Reasons {
		rl := rules[r.Code]
		no = no || r.Effect == "excludes"
		if rl != nil && (rl.Clause != r.Clause || rl.Then.IsNo() != (r.Effect == "excludes")) {
			return fail("a reason is not its rule")
		}
		if r.Shortfall.IsStated() && r.Shortfall.Thousandths() < 0 || r.Covered.IsStated() && r.Covered.Thousandths() < 0 || r.Has.IsStated() && r.Has.Thousandths() < 0 {
			return fail("a negative quantity")
		}
	}
	switch {
	case (v.Outcome == entitlement.Undetermined) != (len(v.Missing) > 0):
		return fail("undetermined and missing do not go together")
	case v.Outcome.IsNo() && !no && !may: // two rules may say the same no, and either may hold
		return fail("a no without a reason")
	case v.Outcome.IsGrant() && no:
		return fail("a reason for no, and a yes")
	case (v.Outcome == entitlement.Limited) != (len(v.Limits) > 0):
		return fail("limited and limits do not go together")
	case v.Service != "" && !v.Outcome.IsGrant():
		return fail("a service of no grant")
	case v.Nearest != nil && (v.Outcome.IsGrant() || v.Outcome == entitlement.Undetermined):
		return fail("a nearest rule of a grant")
	case !v.From.IsZero() && !v.Until.IsZero() && v.Until.Before(v.From):
		return fail("valid until before it begins")
	case v.Outcome != entitlement.DocumentNotInForce && !slices.Contains(append(q.Kind.Outcomes(), entitlement.Undetermined, entitlement.Unspecified), v.Outcome):
		return fail("an answer of another kind of question")
	}
	for _, m := range v.Missing {
		if known(v)[m] != "" && m != "machines" { // of which one may not be known
			return fail(m + " is known and missing")
		}
	}
	return ""
}

// rank orders answers by how much they give.
func rank(o entitlement.Outcome) int {
	switch {
	case o.IsNo():
		return 0
	case o == entitlement.Limited:
		return 2
	case o.IsGrant():
		return 3
	}
	return 1 // not known, silent, or announced
}

// takenAway are rules by which more is less where nothing was granted: what the
// text says of an add-on only makes a no of its silence.
var takenAway = map[string]string{
	"support-request/no-migration-blocker": "7.4.2 says what legacy support is without, once it is bought",

	"service/tam-leave-short":                 "21.1.3 gives no cover for short leave of somebody there is only with the add-on",
	"service/tam-leave-short-business-days":   "21.1.3, the same under another reading",
	"service/dtam-leave-short":                "21.1.3, the same",
	"service/dtam-leave-short-business-days":  "21.1.3, the same under another reading",
	"service/dse-leave-short":                 "21.2.4, the same",
	"service/beyond-embedded-level":           "22.2.1 bounds what there is only with the add-on",
	"permission/provider-logs-in-only":        "20.2.10.1.4: the nodes are the customer's own to log in to until they are managed",
	"permission/outside-agreed-windows":       "20.2.13.1: the provider's windows bind nobody without it",
	"permission/outside-standing-windows":     "20.2.13.4, the same",
	"permission/upgrade-at-weekend":           "20.2.13.6, the same",
	"permission/upgrade-off-working-days":     "20.2.13.6, the same",
	"permission/skips-used-up":                "20.2.13.7, the same",
	"permission/disabled-with-third-skip":     "20.2.13.7, the same",
	"permission/disabled-with-fourth-skip":    "20.2.13.7, the same",
	"permission/below-minimum-openstack":      "20.6.1.1: there is no minimum of nodes that are not managed",
	"permission/below-minimum":                "20.6.1.2, the same",
	"permission/maintenance-at-weekend":       "20.7.3: the provider maintains what it manages",
	"permission/maintenance-off-working-days": "20.7.3, the same",
}

// (c) A contract that has more is never told less.
func TestMoreIsNeverLess(t *testing.T) {
	all := vocabularies()
	all = slices.DeleteFunc(slices.Clone(all), func(v vocabulary) bool {
		return v.spec.Kind != entitlement.CoverageKind && v.spec.Kind != entitlement.EligibilityKind && v.spec.Kind != entitlement.PermissionKind
	})
	check(t, 15000, func(which, step int, c choices) string {
		v := &all[which%len(all)]
		less := c.contract()
		more, what := larger(less, step)
		if what == "" {
			return ""
		}
		f := c.facts(v)
		a, err := must(p2025().Bind(less)).Decide(f)
		b, err2 := must(p2025().Bind(more)).Decide(f)
		if err != nil || err2 != nil || rank(b.Outcome) >= rank(a.Outcome) {
			return ""
		}
		if a.Outcome == entitlement.Undetermined {
			return "" // it may be one no or another; whatever completes it is a case of its own
		}
		reasons := must(must(p2025().Bind(more)).Verdict(f, false))
		for _, r := range reasons.Reasons {
			if _, ok := takenAway[v.spec.Name+"/"+r.Code]; ok && rank(a.Outcome) == 1 {
				return ""
			}
		}
		return fmt.Sprintf("%s\n  with %s: %v becomes %s", words(less, f), what, a.Outcome, told(reasons))
	}, whichQuestion, gen.IntRange(0, 11), someChoices())
}

// larger returns a contract that has more, and what.
func larger(c entitlement.Contract, step int) (more entitlement.Contract, what string) {
	more = c
	addons := p2025().Addons
	switch {
	case step == 0 && c.SecurityScope == "infra-only":
		more.SecurityScope, what = "pro", "security scope pro"
	case step == 1 && c.Level == "self-support":
		more.Level, what = "weekday", "level weekday"
		more.SupportScope = map[string]string{"pro": "full", "infra-only": "infra"}[c.SecurityScope]
	case step == 2 && c.Level == "weekday":
		more.Level, what = "24x7", "level 24x7"
	case step == 3 && c.SupportScope == "infra" && c.SecurityScope == "pro":
		more.SupportScope, what = "full", "support scope full"
	case step > 3:
		if a := addons[(step-4)%len(addons)]; !slices.Contains(c.Addons, a) {
			more.Addons, what = append(slices.Clone(c.Addons), a), "add-on "+a
		}
	}
	if more.Check() != nil {
		return c, ""
	}
	return more, what
}

// (d) More of what is covered, or fewer of what is used, never leaves more
// uncovered.
func TestMoreCoveredNeverShortensLess(t *testing.T) {
	all := vocabularies()
	grows := []struct{ question, fact string }{
		{"allowance", "storage_nodes"}, {"allowance", "additional_tb"}, {"product", "covered_nodes"}, {"product", "covered_ironic_machines"},
		{"guest", "covered_hosts"}, {"permission", "covered_hosts"}, {"permission", "covered_targets"}, {"addon", "managed_nodes"},
		{"allowance", "nodes"}, {"allowance", "devices"},
	}
	check(t, 2500, func(which, a, b int, c choices) string {
		g := grows[which%len(grows)]
		v := &all[slices.IndexFunc(all, func(v vocabulary) bool { return v.spec.Name == g.question })]
		contract, f := c.contract(), c.facts(v)
		bound := must(p2025().Bind(contract))
		k := slices.IndexFunc(v.facts, func(x vocable) bool { return x.name == g.fact })
		x, y := v.facts[k].values[a%len(v.facts[k].values)].(entitlement.Number), v.facts[k].values[b%len(v.facts[k].values)].(entitlement.Number)
		if x.Thousandths() > y.Thousandths() {
			x, y = y, x
		}
		f.Values[g.fact] = x
		less, err := bound.Verdict(f, false)
		f.Values[g.fact] = y
		more, err2 := bound.Verdict(f, false)
		if err != nil || err2 != nil {
			return ""
		}
		if s, l := shortfalls(more), shortfalls(less); less.Outcome != entitlement.Undetermined && more.Outcome != entitlement.Undetermined {
			for code, n := range s {
				if n > l[code] {
					return fmt.Sprintf("%s\n  %s from %v to %v: %s\n  becomes %s", words(contract, f), g.fact, x, y, told(less), told(more))
				}
			}
		}
		return ""
	}, whichQuestion, gen.IntRange(0, 1<<16), gen.IntRange(0, 1<<16), someChoices())
}

// shortfalls are those of a verdict's exclusions.
func shortfalls(v *entitlement.Verdict) map[string]int64 {
	out := map[string]int64{}
	for _, r := range v.Reasons {
		if r.Effect == "excludes" && r.Shortfall.IsStated() {
			out[r.Code] = r.Shortfall.Thousandths()
		}
	}
	return out
}

// unless are facts that have a value unless they are stated.
func unless(q *entitlement.QuestionSpec, name string) bool {
	for _, f := range append(slices.Clone(q.Facts), p2025().Spec.Facts...) {
		if f.Name == name {
			return f.Default != ""
		}
	}
	return false
}

// (e) What is said later never unsays an answer, but for what was taken to be
// so unless stated.
func TestMoreIsKnownNeverUnsays(t *testing.T) {
	all := vocabularies()
	check(t, 15000, func(which, fact int, c choices) string {
		v := &all[which%len(all)]
		contract, f := c.contract(), c.facts(v)
		bound := must(p2025().Bind(contract))
		before, err := bound.Decide(f)
		if err != nil || before.Outcome == entitlement.Undetermined || before.Outcome == entitlement.DocumentNotInForce {
			return ""
		}
		was := f
		was.Values = maps.Clone(f.Values)
		x := v.facts[fact%len(v.facts)]
		_, stated := f.Values[x.name]
		switch {
		case stated, unless(v.spec, x.name), figure(x.name), x.name == entitlement.FactOn && (!f.On.IsZero() || v.spec.Kind == entitlement.TermKind):
			return "" // what is worked out may be stated against every table
		}
		value := x.values[fact/len(v.facts)%len(x.values)]
		if x.name == entitlement.FactOn {
			f.On = value.(calendar.Date)
		} else {
			f.Values[x.name] = value
		}
		after, err := bound.Decide(f)
		if err != nil || after.Outcome == entitlement.DocumentNotInForce || after == before {
			return ""
		}
		return fmt.Sprintf("%s\n  before %s=%v: %s\n  after it: %s", words(contract, f), x.name, value,
			told(must(bound.Verdict(was, false))), told(must(bound.Verdict(f, false))))
	}, whichQuestion, gen.IntRange(0, 1<<24), someChoices())
}

// brief is outcome, service, limits and value of a verdict.
func brief(v *entitlement.Verdict) string {
	return fmt.Sprint(v.Outcome, v.Service, v.Limits, v.Figure, v.Amount, v.Date)
}

// shuffled are policies of the same rules in other orders.
var shuffled = sync.OnceValue(func() (out []*entitlement.Policy) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 3 {
		s := p2025().Spec
		s.Questions = slices.Clone(s.Questions)
		for i := range s.Questions {
			rules := slices.Clone(s.Questions[i].Rules)
			r.Shuffle(len(rules), func(a, b int) { rules[a], rules[b] = rules[b], rules[a] })
			s.Questions[i].Rules = rules
			facts := slices.Clone(s.Questions[i].Facts)
			r.Shuffle(len(facts), func(a, b int) { facts[a], facts[b] = facts[b], facts[a] })
			s.Questions[i].Facts = facts
		}
		for _, swap := range []struct {
			n int
			f func(a, b int)
		}{
			{len(s.Questions), func(a, b int) { s.Questions[a], s.Questions[b] = s.Questions[b], s.Questions[a] }},
		} {
			r.Shuffle(swap.n, swap.f)
		}
		s.Figures, s.Readings, s.Facts = slices.Clone(s.Figures), slices.Clone(s.Readings), slices.Clone(s.Facts)
		r.Shuffle(len(s.Figures), func(a, b int) { s.Figures[a], s.Figures[b] = s.Figures[b], s.Figures[a] })
		r.Shuffle(len(s.Readings), func(a, b int) { s.Readings[a], s.Readings[b] = s.Readings[b], s.Readings[a] })
		r.Shuffle(len(s.Facts), func(a, b int) { s.Facts[a], s.Facts[b] = s.Facts[b], s.Facts[a] })
		out = append(out, must(entitlement.NewPolicy(s)))
	}
	return out
})

// (f) The order of rules, figures, facts, readings and machines decides nothing.
func TestOrderDecidesNothing(t *testing.T) {
	all, others := vocabularies(), shuffled()
	check(t, 6000, func(which, other int, c choices) string {
		v := &all[which%len(all)]
		contract, f := c.contract(), c.facts(v)
		one, err := must(p2025().Bind(contract)).Decide(f)
		slices.Reverse(contract.Addons)
		f.Values = reordered(f.Values)
		two, err2 := must(others[other%len(others)].Bind(contract)).Decide(f)
		if (err == nil) != (err2 == nil) || one != two {
			return fmt.Sprintf("%s\n  %+v, %v\n  %+v, %v", words(contract, f), one, err, two, err2)
		}
		return ""
	}, whichQuestion, gen.IntRange(0, 2), someChoices())
}

// reordered turns all lists about.
func reordered(values map[string]any) map[string]any {
	out := map[string]any{}
	for name, value := range values {
		switch v := value.(type) {
		case []entitlement.Machine:
			v = slices.Clone(v)
			slices.Reverse(v)
			value = v
		case []entitlement.Number:
			v = slices.Clone(v)
			slices.Reverse(v)
			value = v
		case []entitlement.Outage:
			v = slices.Clone(v)
			slices.Reverse(v)
			value = v
		}
		out[name] = value
	}
	return out
}

// What verdicts say of their validity is so on every day of 30 years.
func TestValidityIsEveryDay(t *testing.T) {
	all, p := vocabularies(), timeless()
	check(t, 40, func(which int, c choices) string {
		c[11] = 2
		contract, f := c.contract(), c.facts(&all[which%len(all)])
		b := must(p.Bind(contract))
		f.On = calendar.MustParseDate("2025-08-01")
		if a, err := b.Decide(f); err != nil || a.Outcome == entitlement.Undetermined {
			return "" // which takes longer on each of so many days
		}
		if why := validityDiffers(b, f); why != "" {
			return words(contract, f) + "\n  " + why
		}
		return ""
	}, whichQuestion, someChoices())
}

// What is missing can be stated, or is what the text or a table leaves open.
func TestMissingIsWhatCanBeStated(t *testing.T) {
	all := vocabularies()
	check(t, 1000, func(which int, c choices) string {
		v := &all[which%len(all)]
		contract, f := c.contract(), c.facts(v)
		verdict, err := must(p2025().Bind(contract)).Verdict(f, false)
		if err != nil {
			return ""
		}
		for i, m := range verdict.Missing {
			if slices.Contains(verdict.Missing[:i], m) {
				return words(contract, f) + "\n  twice: " + told(verdict)
			}
			if _, ok := p2025().FactTypes(v.spec.Name)[m]; !ok {
				return fmt.Sprintf("%s\n  %s is no fact: %s", words(contract, f), m, told(verdict))
			}
		}
		return ""
	}, whichQuestion, someChoices())
}
