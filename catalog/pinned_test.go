package catalog_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/supportterms/supportterms/catalog"
	"github.com/supportterms/supportterms/entitlement"
	"github.com/supportterms/supportterms/entitlement/rule"
)

// An askedCase is a case of testdata/coverage*.jsonl, ready to be put to any
// policy with the vocabulary of the edition.
type askedCase struct {
	coverageCase
	contract entitlement.Contract
	facts    entitlement.Facts
	codes    []string           // of all reasons, where the case wants them
	alone    bool               // whether there is no other remedy than those it wants
	speaks   map[string]bool    // codes of the rules that are reasons in the edition
	short    entitlement.Answer // of the edition
}

// An edit is a Spec with one thing changed.
type edit struct {
	name      string
	questions []string // whose answers may be another
	rule      string   // that it is about, or ""
	make      func(*entitlement.Spec)
	mayRefuse bool // it may leave a Spec that is none
}

// changesNothing are changes that change no answer, by edition, with the reason
// why they cannot.
var changesNothing = map[string]map[string]string{
	proEdition: {
		"security-fix, fact pocket: default security":    "no rule tells the pockets security and release apart",
		"security-fix, fact pocket: default updates":     "no rule tells the pockets updates and release apart",
		"support-request, fact pocket: default security": "no rule tells the pockets security and release apart",
		"support-request, fact pocket: default updates":  "no rule tells the pockets updates and release apart",
		"livepatch/patch: says standard":                 "selected patches always limit it",

		"figure maintenance_there: case 1: left out":    "rules ask for esm and legacy alone",
		"figure maintenance_there: case 1: is none":     "rules ask for esm and legacy alone",
		"figure maintenance_there: case 5: is standard": "rules ask for esm and legacy alone",
		"figure ceph_life: case 3: left out":            "a rule of its own ends Ceph of an LTS",
		"figure ceph_life: case 3: is not-in-the-text":  "a rule of its own ends Ceph of an LTS",
		"figure ceph_life: case 4: left out":            "a rule of its own ends Ceph of an LTS",
		"figure ceph_life: case 4: is not-in-the-text":  "a rule of its own ends Ceph of an LTS",
		"figure ceph_life: case 9: is over":             "the rule for what is over is of the Cloud Archive",
		"figure level_wanted: case 3: regions to +1":    "two regions have the case above",
		"figure end_of_pro: case 1: days -1":            "an interim release is not eligible in any phase",
		"figure end_of_pro: case 1: days +1":            "an interim release is not eligible in any phase",
	},
	julyEdition: {
		"figure machines_band: case 7: machines_supported from -1": "the case above has so many machines",
		"support-request/backports-maintained: says standard":      "the rule on the component grants it too",
		"support-request/backports-maintained: says announced":     "the rule on the component grants it too",
		"support-request/network-authentication: says standard":    "the rule on the component grants it too",
		"support-request/network-authentication: says announced":   "the rule on the component grants it too",
		"support-request, fact pocket: default security":           "no rule tells the pockets security and release apart",
		"support-request, fact pocket: default updates":            "no rule tells the pockets updates and release apart",
		"fact arch: other name ppc64le":                            "every architecture but amd64 is answered alike",
		"fact arch: other name aarch64":                            "every architecture but amd64 is answered alike",
		"landscape/on-premises-with-cloud-region: says standard":   "the rule on what was bought grants it too",
		"landscape/on-premises-with-cloud-region: says announced":  "the rule on what was bought grants it too",
		"guest/kvm-guests-as-under-standard: says covered":         "the tier leaves them out too",
		"guest/kvm-guests-as-under-standard: says standard":        "the tier leaves them out too",
		"guest/kvm-guests-as-under-standard: says announced":       "the tier leaves them out too",
		"guest/kvm-guests-as-under-standard: says requires_addon":  "the tier leaves them out too",
		"guest/kvm-guests-as-under-standard: says not_guaranteed":  "the tier leaves them out too",
		"service/no-assurance-in-essential: says covered":          "the table leaves it out too",
		"service/no-assurance-in-essential: says standard":         "the table leaves it out too",
		"service/no-assurance-in-essential: says announced":        "the table leaves it out too",
		"service/no-assurance-in-essential: says requires_addon":   "the table leaves it out too",
		"service/no-assurance-in-essential: says not_guaranteed":   "the table leaves it out too",
		"support-request, fact request: default troubleshooting":   "no rule of this edition asks for it",
		"support-request, fact request: default break-fix":         "no rule of this edition asks for it",
		"support-request, fact request: default bug-fix":           "no rule of this edition asks for it",
		"support-request, fact request: no default":                "no rule of this edition asks for it",
		"support-request, fact channel: default knowledge-base":    "no rule tells the knowledge base and any channel apart",
		"figure in_lifecycle: case 13: versions_behind from -1":    "the case above has so few versions",
	},
	februaryEdition: {
		"figure machines_band: case 7: machines_supported from -1":   "the case above has so many machines",
		"support-request/backports-maintained: says standard":        "the rule on the component grants it too",
		"support-request/backports-maintained: says announced":       "the rule on the component grants it too",
		"support-request/network-authentication: says standard":      "the rule on the component grants it too",
		"support-request/network-authentication: says announced":     "the rule on the component grants it too",
		"support-request, fact pocket: default security":             "no rule tells the pockets security and release apart",
		"support-request, fact pocket: default updates":              "no rule tells the pockets updates and release apart",
		"fact arch: other name ppc64le":                              "every architecture but amd64 is answered alike",
		"fact arch: other name aarch64":                              "every architecture but amd64 is answered alike",
		"landscape/on-premises-with-cloud-region: says standard":     "the rule on what was bought grants it too",
		"landscape/on-premises-with-cloud-region: says announced":    "the rule on what was bought grants it too",
		"security-fix, fact kind: default bug":                       "security fixes are not offered",
		"security-fix, fact kind: no default":                        "security fixes are not offered",
		"security-fix, fact claim: default every-cve":                "security fixes are not offered",
		"security-fix, fact claim: no default":                       "security fixes are not offered",
		"support-request/component-outside-scope: without line":      "what is in scope is of one of these lines",
		"support-request/package-in-the-manifest: says standard":     "the rule on the component grants it too",
		"support-request/package-in-the-manifest: says announced":    "the rule on the component grants it too",
		"support-request, fact package: default kvm-related":         "no rule of this edition tells these packages apart",
		"support-request, fact last_hwe: default yes":                "this edition says nothing of kernels",
		"support-request, fact last_hwe: no default":                 "this edition says nothing of kernels",
		"lifecycle, fact last_hwe: default yes":                      "this edition says nothing of kernels",
		"lifecycle, fact last_hwe: no default":                       "this edition says nothing of kernels",
		"support-request, fact channel: default knowledge-base":      "only the telephone is told apart",
		"support-request, fact channel: default portal":              "only the telephone is told apart",
		"product/custom-charm-of-others: without product":            "Kubernetes is not offered",
		"product/custom-charm-of-others: without openstack_included": "OpenStack that is not included is not covered at all",
		"product, fact request: default break-fix":                   "no rule tells it and any request apart",
		"product, fact request: default question":                    "no rule tells it and any request apart",
		"product, fact request: default assistance":                  "no rule tells it and any request apart",
	},
	overviewEdition: {
		"allowance, fact product: default swift": "one allowance is for both",
	},
}

// Each rule, figure, date and default of the edition is changed by itself, and
// then some case is answered otherwise than it wants.
func TestCoverageIsPinned(t *testing.T) {
	if testing.Short() || thin() > 1 {
		t.Skip("too long for the race detector, which has nothing to find here")
	}
	for _, id := range catalog.Builtin().Editions() {
		t.Run(id, func(t *testing.T) { editionIsPinned(t, id) })
	}
}

func editionIsPinned(t *testing.T, id string) {
	e, err := catalog.Builtin().Edition(id)
	if err != nil {
		t.Fatal(err)
	}
	spec := e.Coverage().Spec
	cases := askedCases(t, e)
	used := map[string]bool{}
	var mu sync.Mutex
	excused := func(name string) bool {
		mu.Lock()
		defer mu.Unlock()
		used[name] = true
		return changesNothing[id][name] != ""
	}
	t.Run("edits", func(t *testing.T) {
		for name, edits := range allEdits(spec) {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				for _, change := range edits {
					if why := change.seen(spec, cases); (why == "") != excused(change.name) {
						t.Errorf("%s: seen: %q; excused: %q", change.name, why, changesNothing[id][change.name])
					}
				}
			})
		}
	})
	for name := range changesNothing[id] {
		if !used[name] {
			t.Errorf("%s is excused, and there is no such change", name)
		}
	}
}

// seen returns the case that is answered otherwise, "" when none is.
func (c *edit) seen(spec entitlement.Spec, cases map[string][]askedCase) string {
	for _, q := range c.questions {
		p, err := only(spec, q, c.make)
		if err != nil {
			if c.mayRefuse {
				return err.Error()
			}
			return ""
		}
		var same []*askedCase
		for i := range cases[q] {
			asked := &cases[q][i]
			if !c.mayShow(asked, p) {
				same = append(same, asked)
			} else if why := asked.wrong(p); why != "" {
				return asked.ID + ": " + why
			}
		}
		// Reasons may be others where the answer in short is not, and so may
		// the days on which it begins or ends.
		for _, asked := range same {
			if c.rule != "" && !asked.speaks[c.rule] && asked.codes == nil && asked.Want.ValidFrom == nil && asked.Want.ValidUntil == nil {
				continue
			}
			if why := asked.wrong(p); why != "" {
				return asked.ID + ": " + why
			}
		}
	}
	return ""
}

// mayShow reports whether a policy answers a case otherwise, in short.
func (c *edit) mayShow(asked *askedCase, p *entitlement.Policy) bool {
	b, err := p.Bind(asked.contract)
	if err != nil {
		return true
	}
	a, err := b.Decide(asked.facts)
	return err != nil || a != asked.short
}

// only makes a policy of one question, with a change.
func only(spec entitlement.Spec, question string, change func(*entitlement.Spec)) (*entitlement.Policy, error) {
	i := slices.IndexFunc(spec.Questions, func(q entitlement.QuestionSpec) bool { return q.Name == question })
	spec.Questions = []entitlement.QuestionSpec{spec.Questions[i]}
	if change != nil {
		change(&spec)
	}
	return entitlement.NewPolicy(spec)
}

// askedCases returns the cases of the edition by their questions.
func askedCases(t *testing.T, e *catalog.Edition) map[string][]askedCase {
	p := e.Coverage()
	out := map[string][]askedCase{}
	alone := map[string]*entitlement.Policy{}
	for _, q := range p.Spec.Questions {
		var err error
		if alone[q.Name], err = only(p.Spec, q.Name, nil); err != nil {
			t.Fatal(err)
		}
	}
	wanted := wantedMore(t)
	for _, c := range coverageCases(t) {
		if c.Edition != e.ID {
			continue
		}
		asked := prepared(t, c, alone[c.Question])
		asked.codes, asked.alone = wanted[c.Edition+c.ID].Codes, wanted[c.Edition+c.ID].NoOthers
		if why := asked.wrong(alone[c.Question]); why != "" {
			t.Fatalf("%s: %s", c.ID, why)
		}
		asked.speaks = map[string]bool{}
		if v, err := asked.verdict(alone[c.Question]); err == nil {
			for _, code := range codesOf(v) {
				asked.speaks[code] = true
			}
		}
		out[c.Question] = append(out[c.Question], asked)
	}
	return out
}

// more is what a case wants beside what [coverageCase] has: the codes of all
// reasons, and that there is no other remedy.
type more struct {
	Codes    []string `json:"codes"`
	NoOthers bool     `json:"no_other_remedies"`
}

// wantedMore returns it, by case.
func wantedMore(t *testing.T) map[string]more {
	out := map[string]more{}
	for _, name := range coverageFiles(t) {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			c := struct {
				ID, Edition string
				Want        more
			}{Edition: proEdition}
			if err := json.Unmarshal([]byte(line), &c); err != nil {
				t.Fatal(err)
			}
			out[c.Edition+c.ID] = c.Want
		}
	}
	return out
}

// prepared reads a case, and notes what a policy says to it.
func prepared(t *testing.T, c coverageCase, p *entitlement.Policy) askedCase {
	asked := askedCase{coverageCase: c}
	q, err := catalog.ParseQuery(c.line())
	if err != nil {
		t.Fatal(err)
	}
	k := q.Contract
	asked.contract = entitlement.Contract{Level: k.Level, SecurityScope: k.SecurityScope, SupportScope: k.SupportScope,
		Addons: k.Addons, Machines: k.Machines, From: k.From, Until: k.Until, Offering: k.Offering, Readings: map[string]string{}}
	for _, p := range k.Offerings {
		asked.contract.Offerings = append(asked.contract.Offerings, entitlement.Purchase{Offering: p.ID, Quantity: p.Quantity, Size: p.Size})
	}
	maps.Copy(asked.contract.Readings, k.Readings)
	maps.Copy(asked.contract.Readings, q.Readings)
	asked.facts = entitlement.Facts{Question: q.Question, On: q.On, Values: map[string]any{}}
	for name, raw := range q.Facts {
		asked.facts.Values[name] = stated(t, raw)
	}
	if b, err := p.Bind(asked.contract); err == nil {
		asked.short, _ = b.Decide(asked.facts)
	}
	return asked
}

// stated reads a fact of a query.
func stated(t *testing.T, raw json.RawMessage) any {
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatal(err)
	}
	var err error
	switch v := v.(type) {
	case float64:
		return string(raw)
	case []any:
		m, _ := append(v, nil)[0].(map[string]any)
		switch {
		case m == nil:
			numbers := []entitlement.Number{}
			if err = json.Unmarshal(raw, &numbers); err == nil && len(v) > 0 {
				return numbers
			}
		case m["from"] != nil:
			var outages []entitlement.Outage
			if err = json.Unmarshal(raw, &outages); err == nil {
				return outages
			}
		default:
			var machines []entitlement.Machine
			if err = json.Unmarshal(raw, &machines); err == nil {
				return machines
			}
		}
		if err == nil { // an empty list is of what the question has
			return emptyList{}
		}
		t.Fatal(err)
	}
	return v
}

// emptyList is a list without a type.
type emptyList struct{}

// verdict puts a case to a policy.
func (c *askedCase) verdict(p *entitlement.Policy) (*entitlement.Verdict, error) {
	facts := c.facts
	for name, v := range facts.Values {
		if v == (any)(emptyList{}) {
			facts.Values = maps.Clone(facts.Values)
			switch p.FactTypes(facts.Question)[name] {
			case entitlement.Numbers:
				facts.Values[name] = []entitlement.Number{}
			case entitlement.Machines:
				facts.Values[name] = []entitlement.Machine{}
			default:
				facts.Values[name] = []entitlement.Outage{}
			}
		}
	}
	b, err := p.Bind(c.contract)
	if err != nil {
		return nil, err
	}
	return b.Verdict(facts, false)
}

// codesOf returns the codes of the reasons.
func codesOf(v *entitlement.Verdict) []string {
	out := []string{}
	for _, r := range v.Reasons {
		out = append(out, r.Code)
	}
	return out
}

// wrong says how the answer of a policy is not what c wants, or "".
func (c *askedCase) wrong(p *entitlement.Policy) string {
	v, err := c.verdict(p)
	if err == nil && c.codes != nil && !slices.Equal(codesOf(v), c.codes) {
		return fmt.Sprintf("codes %v, want %v", codesOf(v), c.codes)
	}
	if err == nil && c.alone && len(v.Remedies) != len(c.Want.Remedies) {
		return fmt.Sprintf("%d remedies, want %d", len(v.Remedies), len(c.Want.Remedies))
	}
	return c.differs(answerLine(v, err))
}

// answerLine writes a verdict as a desk does.
func answerLine(v *entitlement.Verdict, err error) []byte {
	if err != nil {
		line, _ := json.Marshal(catalog.ErrorVerdict{Outcome: "error", Error: err.Error()})
		return line
	}
	out := map[string]any{"outcome": v.Outcome, "limits": v.Limits, "missing": v.Missing, "valid_from": nil, "valid_until": nil}
	if v.Service != "" {
		out["service"] = v.Service
	}
	reasons := []map[string]any{}
	for _, r := range v.Reasons {
		reasons = append(reasons, map[string]any{"clause": r.Clause, "has": r.Has, "covered": r.Covered, "shortfall": r.Shortfall, "unit": r.Unit})
	}
	out["reasons"] = reasons
	var remedies []catalog.RemedyLine
	for _, r := range v.Remedies {
		line := catalog.RemedyLine{Addon: r.Addon, Unit: r.Unit, Machines: r.Machines}
		if r.Quantity.IsStated() {
			line.Quantity = &r.Quantity
		}
		remedies = append(remedies, line)
	}
	out["remedies"] = remedies
	if v.Amount.IsStated() {
		out["amount"], out["unit"] = v.Amount, v.Unit
	}
	for key, d := range map[string]interface {
		IsZero() bool
		String() string
	}{"date": v.Date, "valid_from": v.From, "valid_until": v.Until} {
		if !d.IsZero() {
			out[key] = d.String()
		}
	}
	line, _ := json.Marshal(out)
	return line
}

// allEdits returns the changes, by groups of about one length.
func allEdits(spec entitlement.Spec) map[string][]edit {
	out := map[string][]edit{}
	for _, q := range spec.Questions {
		for i, r := range q.Rules {
			at := q.Name + "/" + r.Code
			for _, c := range ruleEdits(spec, q, i) {
				c.name, c.questions, c.rule = at+": "+c.name, []string{q.Name}, r.Code
				out[q.Name] = append(out[q.Name], c)
			}
		}
		for i, f := range q.Facts {
			for _, c := range factEdits(f, func(s *entitlement.Spec) *[]entitlement.Fact { return &s.Questions[0].Facts }, i) {
				c.name, c.questions = q.Name+", "+c.name, []string{q.Name}
				out[q.Name] = append(out[q.Name], c)
			}
		}
	}
	var all []string
	for _, q := range spec.Questions {
		all = append(all, q.Name)
	}
	for i, f := range spec.Facts {
		for _, c := range factEdits(f, func(s *entitlement.Spec) *[]entitlement.Fact { return &s.Facts }, i) {
			c.questions = all
			out["facts"] = append(out["facts"], c)
		}
	}
	for i, f := range spec.Figures {
		touched := touching(spec, func(s *entitlement.Spec) { setFigure(s, i, 0, askNothing) })
		for _, c := range figureEdits(f, i, spec) {
			c.name, c.questions = "figure "+f.Name+": "+c.name, touched
			out["figures"] = append(out["figures"], c)
		}
	}
	for i, r := range spec.Readings {
		touched := touching(spec, func(s *entitlement.Spec) {
			s.Readings = slices.Delete(slices.Clone(s.Readings), i, i+1)
		})
		for _, v := range r.Values {
			if v.Name == r.Default || len(touched) == 0 {
				continue // without a question it is of response times
			}
			out["readings"] = append(out["readings"], edit{name: "reading " + r.Key + ": default " + v.Name, questions: touched, make: func(s *entitlement.Spec) {
				s.Readings = slices.Clone(s.Readings)
				s.Readings[i].Default = v.Name
			}})
		}
	}
	for i, table := range spec.Tables {
		var touched []string
		for k, f := range spec.Figures {
			if slices.ContainsFunc(f.Cases, func(c entitlement.Case) bool {
				col, ok := c.Formula.(entitlement.Column)
				return ok && col.Table == table.Name
			}) {
				for _, q := range touching(spec, func(s *entitlement.Spec) { setFigure(s, k, 0, askNothing) }) {
					if !slices.Contains(touched, q) {
						touched = append(touched, q)
					}
				}
			}
		}
		slices.SortFunc(touched, func(a, b string) int {
			return strings.Index("lifecycle security-fix", b) - strings.Index("lifecycle security-fix", a)
		})
		for _, c := range tableEdits(table, i) {
			c.questions = touched
			out["tables"] = append(out["tables"], c)
		}
	}
	return out
}

// askNothing is a condition that no question can have.
func askNothing(c *entitlement.Case) { c.When = []rule.Condition{{Fact: "nothing", In: []string{"x"}}} }

// touching returns the questions that a change makes impossible.
func touching(spec entitlement.Spec, change func(*entitlement.Spec)) (out []string) {
	for _, q := range spec.Questions {
		if _, err := only(spec, q.Name, change); err != nil {
			out = append(out, q.Name)
		}
	}
	return out
}

// setRule changes a rule of the only question.
func setRule(i int, change func(*entitlement.Rule)) func(*entitlement.Spec) {
	return func(s *entitlement.Spec) {
		rules := slices.Clone(s.Questions[0].Rules)
		change(&rules[i])
		s.Questions[0].Rules = rules
	}
}

func ruleEdits(spec entitlement.Spec, q entitlement.QuestionSpec, i int) (out []edit) {
	r := q.Rules[i]
	add := func(name string, mayRefuse bool, change func(*entitlement.Rule)) {
		out = append(out, edit{name: name, make: setRule(i, change), mayRefuse: mayRefuse})
	}
	// A rule that is left out takes its exceptions with it.
	out = append(out, edit{name: "left out", make: func(s *entitlement.Spec) {
		s.Questions[0].Rules = slices.DeleteFunc(slices.Clone(s.Questions[0].Rules), func(o entitlement.Rule) bool {
			return o.Code == r.Code || o.Except == r.Code
		})
	}})
	if r.Except != "" {
		add("no exception", true, func(r *entitlement.Rule) { r.Except = "" })
	}
	for k := range r.When {
		if r.Then == entitlement.Info && r.Except == "" {
			break // it changes no answer; that it is there is seen above
		}
		for name, when := range conditionEdits(r.When, k) {
			add(name, true, func(r *entitlement.Rule) { r.When = when })
		}
	}
	for _, o := range q.Kind.Outcomes() {
		if o == r.Then || o == entitlement.Info || r.Then == entitlement.Info || o == entitlement.Limited {
			continue
		}
		add("says "+o.String(), true, func(r *entitlement.Rule) {
			r.Then = o
			if o != entitlement.Covered {
				r.Service = ""
			}
			if !o.IsNo() {
				r.Remedy = ""
			}
			if !o.IsGrant() {
				r.Gives = ""
			}
			r.Limit = ""
		})
	}
	if r.Service != "" {
		for _, service := range []string{"", after(spec.Services, r.Service)} {
			add("service "+strconv.Quote(service), false, func(r *entitlement.Rule) { r.Service = service })
		}
	}
	for _, limit := range spec.Limits {
		if r.Limit != "" && limit != r.Limit {
			add("limit "+limit, false, func(r *entitlement.Rule) { r.Limit = limit })
		}
	}
	if r.Gives != "" && r.Then != entitlement.Dated && r.Then != entitlement.Amount {
		add("gives nothing", false, func(r *entitlement.Rule) { r.Gives = "" })
	}
	if r.Remedy != "" { // without one the rule that comes nearest names the same
		add("another remedy", false, func(r *entitlement.Rule) { r.Remedy = after(spec.Addons, r.Remedy) })
	}
	return out
}

func after(of []string, than string) string {
	return of[(slices.Index(of, than)+1)%len(of)]
}

// conditionEdits returns conditions with one of them changed, by what was done.
func conditionEdits(when []rule.Condition, k int) map[string][]rule.Condition {
	out := map[string][]rule.Condition{}
	c := when[k]
	out["without "+c.Fact] = slices.Delete(slices.Clone(when), k, k+1)
	put := func(name string, change func(*rule.Condition)) {
		changed := slices.Clone(when)
		change(&changed[k])
		out[name] = changed
	}
	for i, v := range c.In {
		if len(c.In) > 1 {
			put(fmt.Sprintf("%s not %s", c.Fact, v), func(c *rule.Condition) { c.In = slices.Delete(slices.Clone(c.In), i, i+1) })
		}
	}
	for _, d := range []int64{-1, 1} {
		move := func(n *int64) *int64 {
			step := d
			if *n%1000 == 0 || (*n+1)%1000 == 0 || (*n-1)%1000 == 0 {
				step *= 1000 // numbers are in thousandths, dates in days
			}
			m := *n + step
			return &m
		}
		if c.AtLeast != nil {
			put(fmt.Sprintf("%s from %+d", c.Fact, d), func(c *rule.Condition) { c.AtLeast = move(c.AtLeast) })
		}
		if c.AtMost != nil {
			put(fmt.Sprintf("%s to %+d", c.Fact, d), func(c *rule.Condition) { c.AtMost = move(c.AtMost) })
		}
	}
	return out
}

func factEdits(f entitlement.Fact, of func(*entitlement.Spec) *[]entitlement.Fact, i int) (out []edit) {
	add := func(name string, change func(*entitlement.Fact)) {
		out = append(out, edit{name: "fact " + f.Name + ": " + name, make: func(s *entitlement.Spec) {
			facts := of(s)
			*facts = slices.Clone(*facts)
			change(&(*facts)[i])
		}})
	}
	if f.Default != "" {
		for _, v := range f.Values {
			if v != f.Default {
				add("default "+v, func(f *entitlement.Fact) { f.Default = v })
			}
		}
		add("no default", func(f *entitlement.Fact) { f.Default, f.Clause = "", "" })
	}
	for name := range f.Aliases {
		if name != "" && len(f.Values) > 1 {
			add("other name "+name, func(f *entitlement.Fact) {
				f.Aliases = maps.Clone(f.Aliases)
				f.Aliases[name] = after(f.Values, f.Aliases[name])
			})
		}
	}
	return out
}

// setFigure changes a case of a figure.
func setFigure(s *entitlement.Spec, figure, k int, change func(*entitlement.Case)) {
	s.Figures = slices.Clone(s.Figures)
	cases := slices.Clone(s.Figures[figure].Cases)
	change(&cases[k])
	s.Figures[figure].Cases = cases
}

func figureEdits(f entitlement.Figure, at int, spec entitlement.Spec) (out []edit) {
	var words []string
	for _, c := range f.Cases {
		if w, ok := c.Formula.(entitlement.Word); ok && !slices.Contains(words, string(w)) {
			words = append(words, string(w))
		}
	}
	for k, c := range f.Cases {
		where := ""
		if len(f.Cases) > 1 {
			where = fmt.Sprintf("case %d: ", k+1)
			out = append(out, edit{name: where + "left out", mayRefuse: true, make: func(s *entitlement.Spec) {
				s.Figures = slices.Clone(s.Figures)
				s.Figures[at].Cases = slices.Delete(slices.Clone(s.Figures[at].Cases), k, k+1)
			}})
		}
		for i := range c.When {
			for name, when := range conditionEdits(c.When, i) {
				if len(when) != len(c.When) || len(c.When[i].In) > 0 {
					continue // the first case that holds counts, so some of it goes without saying
				}
				out = append(out, edit{name: where + name, mayRefuse: true, make: func(s *entitlement.Spec) {
					setFigure(s, at, k, func(c *entitlement.Case) { c.When = when })
				}})
			}
		}
		for name, formula := range formulaEdits(c.Formula, words) {
			out = append(out, edit{name: where + name, mayRefuse: true, make: func(s *entitlement.Spec) {
				setFigure(s, at, k, func(c *entitlement.Case) { c.Formula = formula })
			}})
		}
	}
	return out
}

// formulaEdits returns other formulas, by what was done.
func formulaEdits(f entitlement.Formula, words []string) map[string]entitlement.Formula {
	out := map[string]entitlement.Formula{}
	for _, d := range []int{-1, 1} {
		more := func(n entitlement.Number) entitlement.Number {
			s := n.Thousandths() + int64(d)*1000
			return entitlement.MustParseNumber(fmt.Sprintf("%d.%03d", s/1000, s%1000))
		}
		by := func(what string) string { return fmt.Sprintf("%s %+d", what, d) }
		switch f := f.(type) {
		case entitlement.DateAfter:
			g := f
			g.Days += d
			out[by("days")] = g
			if g = f; f.Months != 0 {
				g.Months += d
				out[by("months")] = g
			}
			if g = f; f.Years != 0 {
				g.Years += d
				out[by("years")] = g
			}
		case entitlement.Constant:
			out[by("number")] = entitlement.Constant{N: more(f.N)}
		case entitlement.ConstantDate:
			out[by("date")] = entitlement.ConstantDate{Date: f.Date.AddDays(d)}
		case entitlement.Excess:
			g := f
			g.Allowance = more(f.Allowance)
			out[by("allowance")] = g
			g = f
			g.Binary = !f.Binary
			out["binary"] = g
		case entitlement.Blocks:
			g := f
			g.Gives = more(f.Gives)
			out[by("gives")] = g
			for i := range f.Each {
				g = f
				g.Each = slices.Clone(f.Each)
				g.Each[i].Size = more(g.Each[i].Size)
				out[by("each "+g.Each[i].Of)] = g
			}
			if g = f; f.Least.IsStated() && f.Least.Thousandths() > 0 {
				g.Least = more(f.Least)
				out[by("least")] = g
			}
			if g = f; f.Most.IsStated() {
				g.Most = more(f.Most)
				out[by("most")] = g
			}
			g = f
			g.Down = !f.Down
			out["down"] = g
			for mix := range entitlement.SumOfRounded + 1 {
				if g = f; mix != f.Mix {
					g.Mix = mix
					out[fmt.Sprint("mix ", mix)] = g
				}
			}
		case entitlement.UptimeKept:
			g := f
			g.Months += d
			out[by("months")] = g
		}
	}
	switch f := f.(type) {
	case entitlement.Word:
		for _, w := range words {
			if w != string(f) {
				out["is "+w] = entitlement.Word(w)
			}
		}
	case entitlement.Stage:
		g := f
		g.LastExcluded = !f.LastExcluded
		out["last days"] = g
	case entitlement.Tally:
		for i, w := range f.Where {
			g := f
			g.Where = slices.Delete(slices.Clone(f.Where), i, i+1)
			out["without "+w.Field] = g
		}
	case entitlement.UptimeKept:
		g := f
		if g.LessExcluded = !f.LessExcluded; true {
			out["less excluded"] = g
		}
		if g = f; f.Window == entitlement.RollingWindow && f.Start != "" || f.Window != entitlement.RollingWindow {
			g.Window = 1 - f.Window
			out["window"] = g
		}
		for i, words := range []entitlement.OutageIs{f.Counts, f.LeavesOut} {
			for key, values := range words {
				for k, v := range values {
					is := maps.Clone(words)
					if is[key] = slices.Delete(slices.Clone(values), k, k+1); len(values) == 1 {
						delete(is, key)
					}
					g = f
					if i == 0 {
						g.Counts = is
					} else {
						g.LeavesOut = is
					}
					out[fmt.Sprintf("outages %d without %s %s", i, key, v)] = g
				}
			}
		}
	}
	return out
}

// tableEdits changes what the life of an LTS rests on.
func tableEdits(table entitlement.Table, at int) (out []edit) {
	for i, row := range table.Rows {
		if !slices.Contains([]string{"14.04", "16.04", "18.04", "20.04", "22.04", "24.04"}, row.Name) {
			continue
		}
		for k, cell := range row.Cells {
			add := func(name string, to entitlement.Cell) {
				out = append(out, edit{name: fmt.Sprintf("table %s, %s, %s: %s", table.Name, row.Name, table.Columns[k].Name, name), make: func(s *entitlement.Spec) {
					s.Tables = slices.Clone(s.Tables)
					s.Tables[at].Rows = slices.Clone(s.Tables[at].Rows)
					cells := slices.Clone(row.Cells)
					cells[k] = to
					s.Tables[at].Rows[i].Cells = cells
				}})
			}
			switch {
			case cell.Word != "":
				other := cell
				other.Word = after([]string{"no", "yes"}, cell.Word)
				add("is "+other.Word, other)
			case cell.ToTheMonth:
				for _, d := range []int{-1, 1} {
					other := cell
					first := cell.Date
					first.Day = 1
					next, _ := first.AddMonths(d + 1)
					other.Date = next.AddDays(-1)
					add(fmt.Sprintf("%+d months", d), other)
				}
			case !cell.Date.IsZero():
				for _, d := range []int{-1, 1} {
					other := cell
					other.Date = cell.Date.AddDays(d)
					add(fmt.Sprintf("%+d days", d), other)
				}
			}
		}
	}
	return out
}
