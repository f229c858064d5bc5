package catalog

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"regexp"
	"strconv"
	"time"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/entitlement"
	"github.com/supportterms/supportterms/entitlement/rule"
	"github.com/supportterms/supportterms/sla"
)

// Parse reads one edition. The name is used in problems only. The error joins
// a [*Problem] for everything wrong, in the order of the file.
func Parse(name string, text []byte) (*Edition, error) {
	r := reader{document: document{file: name}, edition: &Edition{lifecycles: map[string]entitlement.LifeCycle{}}}
	r.spec.Rules = map[sla.Question][]rule.Rule{}
	r.rules = map[string]place{}
	r.used = map[string]bool{}
	if root := r.parse(text); root != nil {
		r.read(root)
	}
	if len(r.problems) == 0 {
		r.finish()
	}
	if len(r.problems) > 0 {
		return nil, errors.Join(r.problems...)
	}
	sum := sha256.Sum256(text)
	r.edition.Digest = "sha256:" + hex.EncodeToString(sum[:])
	return r.edition, nil
}

// A reader makes an edition of a file.
type reader struct {
	document
	edition *Edition
	spec    sla.Spec
	rules   map[string]place // by rule ID
	used    map[string]bool  // reading keys that a rule rests on
	keys    map[string]field // where readings are declared
	cites   []field          // clause numbers referred to
	values  map[string][]string
}

// A place is where a rule stands.
type place struct {
	field
	question sla.Question
}

var topKeys = []string{"edition", "clauses"}

var moreKeys = []string{"addons", "facts", "severities", "metrics", "lifecycles", "readings"}

func (r *reader) read(root *yamlNode) {
	top := r.record(root, "", topKeys, moreKeys)
	r.readEdition(top["edition"])
	r.spec.Addons = r.texts(top["addons"])
	for _, s := range r.items(top["severities"]) {
		r.spec.Severities = append(r.spec.Severities, sla.Severity(r.number(s, 1, 255)))
	}
	for _, m := range r.fields(top["metrics"].value, "metrics") {
		kind, err := sla.ParseMetricKind(r.text(m))
		if err != nil {
			r.fail(m.value, m.path, "%v", err)
		}
		r.spec.Metrics = append(r.spec.Metrics, sla.Metric{Name: m.key, Kind: kind})
	}
	r.readFacts(top["facts"])
	r.readReadings(top["readings"])
	r.knowValues()
	r.readLifecycles(top["lifecycles"])
	r.readClauses(top["clauses"])
	r.checkCites()
}

var name = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]*$`)

func (r *reader) readEdition(f field) {
	m := r.record(f.value, f.path, []string{"document", "edition", "title", "publisher", "language", "source"},
		[]string{"since", "until", "until_source"})
	e := r.edition
	e.Document = r.text(m["document"])
	edition := r.text(m["edition"])
	for key, s := range map[string]string{"document": e.Document, "edition": edition} {
		if m[key].value != nil && !name.MatchString(s) {
			r.fail(m[key].value, m[key].path, "%q is not a name: want small letters, digits, dots and dashes", s)
		}
	}
	e.ID = e.Document + "/" + edition
	e.Title, e.Publisher, e.Language = r.text(m["title"]), r.text(m["publisher"]), r.text(m["language"])
	e.InForce = calendar.Period{Since: r.date(m["since"]), Until: r.date(m["until"])}
	e.UntilSource = r.text(m["until_source"])
	if u := m["until"]; u.value != nil && e.UntilSource == "" {
		r.fail(u.value, u.path, "an end needs until_source, where it is known from")
	}
	if e.InForce.IsEmpty() {
		r.fail(m["until"].value, m["until"].path, "until %v is not after since %v", e.InForce.Until, e.InForce.Since)
	}
	s := r.record(m["source"].value, m["source"].path, []string{"text", "sha256"}, nil)
	e.Source = Source{r.text(s["text"]), r.text(s["sha256"])}
	if b, err := hex.DecodeString(e.Source.SHA256); s["sha256"].value != nil && (err != nil || len(b) != sha256.Size) {
		r.fail(s["sha256"].value, s["sha256"].path, "want 64 hexadecimal digits")
	}
}

func (r *reader) date(f field) calendar.Date {
	if f.value == nil {
		return calendar.Date{}
	}
	d, err := calendar.ParseDate(r.text(f))
	if err != nil {
		r.fail(f.value, f.path, "%v", err)
	}
	return d
}

func (r *reader) readFacts(f field) {
	for _, f := range r.fields(f.value, f.path) {
		m := r.record(f.value, f.path, []string{"values"}, []string{"aliases", "default", "implied_by"})
		fact := rule.Fact{Name: f.key, Values: r.texts(m["values"])}
		for _, a := range r.fields(m["aliases"].value, m["aliases"].path) {
			r.oneOf(a, fact.Values)
			r.spec.Aliases = append(r.spec.Aliases, sla.Alias{Fact: f.key, Name: a.key, Value: r.text(a)})
		}
		r.spec.Facts = append(r.spec.Facts, fact)
		if d := m["default"]; d.value != nil {
			dm := r.record(d.value, d.path, []string{"value", "clause"}, nil)
			r.spec.Defaults = append(r.spec.Defaults, sla.Default{
				Fact: f.key, Value: r.oneOf(dm["value"], fact.Values), Clause: r.cite(dm["clause"]),
			})
		}
		for _, i := range r.fields(m["implied_by"].value, m["implied_by"].path) {
			r.spec.Implications = append(r.spec.Implications, sla.Implication{
				Fact: f.key, Value: "yes", IfFact: i.key, IfValue: r.text(i),
			})
		}
	}
}

// knowValues gathers the facts that a condition may speak of.
func (r *reader) knowValues() {
	r.values = map[string][]string{sla.FactUnit: sla.Units()}
	for _, f := range r.spec.Facts {
		r.values[f.Name] = f.Values
	}
	for _, m := range r.spec.Metrics {
		r.values[sla.FactMetric] = append(r.values[sla.FactMetric], m.Name)
	}
	for _, s := range r.spec.Severities {
		text := strconv.Itoa(int(s))
		r.values[sla.FactSeverity] = append(r.values[sla.FactSeverity], text)
		r.values[sla.FactStatedSeverity] = append(r.values[sla.FactStatedSeverity], text)
	}
	for _, k := range r.spec.Readings {
		for _, v := range k.Values {
			r.values[k.Key] = append(r.values[k.Key], v.Name)
		}
	}
}

func (r *reader) readReadings(f field) {
	r.keys = map[string]field{}
	for _, f := range r.fields(f.value, f.path) {
		m := r.record(f.value, f.path, []string{"clauses", "asks", "default", "because", "values"}, []string{"alias"})
		k := entitlement.Reading{Key: f.key, Asks: r.text(m["asks"]), Because: r.text(m["because"]), Alias: r.text(m["alias"])}
		for _, c := range r.items(m["clauses"]) {
			k.Clauses = append(k.Clauses, r.cite(c))
		}
		names := []string{}
		for _, v := range r.fields(m["values"].value, m["values"].path) {
			value := entitlement.ReadingValue{Name: v.key}
			if v.value.Kind == yamlMapping {
				vm := r.record(v.value, v.path, []string{"means"}, []string{"needs", "level", "alias"})
				value.Means, value.Needs = r.text(vm["means"]), r.text(vm["needs"])
				value.Level, value.Alias = r.text(vm["level"]), r.text(vm["alias"])
			} else {
				value.Means = r.text(v)
			}
			names = append(names, v.key)
			k.Values = append(k.Values, value)
		}
		if len(names) == 1 {
			r.fail(f.value, f.path, "one value is no choice; give another or leave the reading out")
		}
		k.Default = r.oneOf(m["default"], names)
		r.spec.Readings = append(r.spec.Readings, k)
		r.keys[f.key] = f
	}
}

func (r *reader) readLifecycles(f field) {
	if f.value == nil {
		return
	}
	m := r.record(f.value, f.path, []string{"clause", "standard_years", "pro_years", "source", "releases"}, nil)
	r.cite(m["clause"])
	r.text(m["source"])
	standard, pro := r.number(m["standard_years"], 1, 100), r.number(m["pro_years"], 1, 100)
	for _, f := range r.fields(m["releases"].value, m["releases"].path) {
		rm := r.record(f.value, f.path, []string{"released", "end_legacy"}, nil)
		l := entitlement.LifeCycle{Released: r.date(rm["released"]), EndLegacy: r.date(rm["end_legacy"])}
		if l.Released.IsZero() {
			continue
		}
		l.EndStandard, _ = l.Released.AddYears(standard)
		l.EndPro, _ = l.Released.AddYears(pro)
		r.edition.lifecycles[f.key] = l
	}
}

// cite notes that a clause is referred to; it must turn out to be there.
func (r *reader) cite(f field) string {
	if f.value == nil {
		return ""
	}
	r.cites = append(r.cites, f)
	return r.text(f)
}

func (r *reader) checkCites() {
	there := map[string]bool{}
	var numbers []string
	for _, c := range r.edition.Clauses {
		there[c.Number] = true
		numbers = append(numbers, c.Number)
	}
	for _, f := range r.cites {
		if s := r.text(f); !there[s] {
			r.fail(f.value, f.path, "clause %q is not in the edition: %s", s, wanted(s, numbers))
		}
	}
	for key, f := range r.keys {
		if !r.used[key] {
			r.fail(f.name, f.path, "no rule rests on this reading; use it or leave it out")
		}
	}
}

// finish makes the policy of what was read, and gives problems found in it
// their places.
func (r *reader) finish() {
	for _, c := range r.edition.Clauses {
		r.spec.Clauses = append(r.spec.Clauses, c.Number)
	}
	policy, err := sla.NewPolicy(r.spec)
	if err != nil {
		for _, err := range flatten(err) {
			var re *rule.RuleError
			if errors.As(err, &re) {
				at := r.rules[re.Rule]
				r.fail(at.name, at.path, "%s", re.Why)
				continue
			}
			r.fail(nil, "", "%v", err)
		}
		return
	}
	r.edition.policy = policy
}

// flatten returns the errors that were joined.
func flatten(err error) []error {
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []error{err}
	}
	var out []error
	for _, e := range joined.Unwrap() {
		out = append(out, flatten(e)...)
	}
	return out
}

// duration reads the length of a business day.
func (r *reader) duration(f field) time.Duration {
	if f.value == nil {
		return 0
	}
	d, err := time.ParseDuration(r.text(f))
	if err != nil || d <= 0 || d > 24*time.Hour {
		r.fail(f.value, f.path, "%q is not a length of a day: want, for example, 10h or 7h30m", f.value.Value)
	}
	return d
}
