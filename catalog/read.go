package catalog

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/entitlement"
	"github.com/supportterms/supportterms/entitlement/rule"
	"github.com/supportterms/supportterms/sla"
)

// Parse reads one edition. The name is used in problems only. The error joins
// a [*Problem] for everything wrong, in the order of the file. Whether rules
// could disagree is known once each of their question's rules can be read.
func Parse(name string, text []byte) (*Edition, error) {
	r := reader{
		document: document{file: name},
		edition:  &Edition{lifecycles: map[string]entitlement.LifeCycle{}},
		spec:     sla.Spec{Rules: map[sla.Question][]rule.Rule{}},
		rules:    map[string]place{},
		targets:  map[sla.Target]int{},
		parts:    map[string]field{},
		keys:     map[string]field{},
		used:     map[string]bool{},
		values:   map[string][]string{},
		torn:     map[sla.Question]bool{},
	}
	if root := r.parse(text); root != nil {
		r.read(root)
		r.finish()
	}
	if err := r.report(); err != nil {
		return nil, err
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
	rules   map[string]place      // by rule ID
	excepts []exception           // what rules say they are exceptions to
	parts   map[string]field      // where the parts stand that package sla names in its errors
	keys    map[string]field      // where readings are declared
	used    map[string]bool       // facts and readings that a rule rests on
	cites   []field               // clause numbers referred to
	values  map[string][]string   // of facts and readings
	targets map[sla.Target]int    // their numbers in spec
	known   []string              // facts and readings, sorted
	torn    map[sla.Question]bool // questions with a rule that could not be read
}

// A place is where a rule stands.
type place struct {
	field
	question sla.Question
}

// An exception is a rule that says that it is one, and where it says so.
type exception struct {
	field
	question sla.Question
	rule     rule.Rule
}

var topKeys = []string{"edition", "clauses"}

var moreKeys = []string{"addons", "facts", "severities", "metrics", "lifecycles", "readings"}

func (r *reader) read(root *yamlNode) {
	top := r.record(root, "", topKeys, moreKeys)
	r.parts["facts"], r.parts[""] = top.get("facts"), top.get("clauses")
	r.readEdition(top.get("edition"))
	r.spec.Addons = r.names(top.get("addons"))
	r.readSeverities(top.get("severities"))
	r.readMetrics(top.get("metrics"))
	r.values[sla.FactUnit] = sla.Units()
	r.readFacts(top.get("facts"))
	r.readReadings(top.get("readings"))
	r.known = slices.Sorted(maps.Keys(r.values))
	r.readLifecycles(top.get("lifecycles"))
	r.readClauses(top.get("clauses"))
	r.checkExceptions()
	r.checkCites()
}

func (r *reader) readEdition(f field) {
	m := r.record(f.value, f.path, []string{"document", "edition", "title", "publisher", "language", "source"},
		[]string{"since", "until", "until_source"})
	e := r.edition
	for _, key := range []string{"document", "edition"} {
		if s := r.text(m.get(key)); s != "" {
			r.isName(s, m.get(key).value, m.get(key).path)
			e.ID += "/" + s
		}
	}
	e.ID = strings.TrimPrefix(e.ID, "/")
	e.Document, _, _ = strings.Cut(e.ID, "/")
	e.Title, e.Publisher, e.Language = r.text(m.get("title")), r.text(m.get("publisher")), r.text(m.get("language"))
	e.InForce = calendar.Period{Since: r.date(m.get("since")), Until: r.date(m.get("until"))}
	e.UntilSource = r.text(m.get("until_source"))
	until, source := m.get("until"), m.get("until_source")
	switch {
	case until.value != nil && source.value == nil:
		r.fail(until.name, until.path, "an end needs until_source, which says where it is known from")
	case until.value == nil && source.value != nil:
		r.fail(source.name, source.path, "a source of an end that is not given; add until or leave this out")
	}
	if e.InForce.IsEmpty() {
		r.fail(until.value, until.path, "until %v; want a date after since, which is %v", e.InForce.Until, e.InForce.Since)
	}
	s := r.record(m.get("source").value, m.get("source").path, []string{"text", "sha256"}, nil)
	e.Source = Source{r.text(s.get("text")), r.text(s.get("sha256"))}
	if b, err := hex.DecodeString(e.Source.SHA256); e.Source.SHA256 != "" && (err != nil || len(b) != sha256.Size) {
		r.fail(s.get("sha256").value, s.get("sha256").path, "%q is no SHA-256; want 64 hexadecimal digits", e.Source.SHA256)
	}
}

func (r *reader) date(f field) calendar.Date {
	s, ok := r.scalar(f, "a date", "!!timestamp", "!!str", "!!int", "!!float")
	if !ok {
		return calendar.Date{}
	}
	d, err := calendar.ParseDate(s)
	if err != nil {
		r.fail(f.value, f.path, "%v", err)
	}
	return d
}

func (r *reader) readSeverities(f field) {
	for _, s := range r.items(f) {
		n, ok := r.number(s, 1, 255)
		if text := strconv.Itoa(n); ok && slices.Contains(r.values[sla.FactSeverity], text) {
			r.fail(s.value, s.path, "severity %d stands twice; leave one out", n)
		} else if ok {
			r.spec.Severities = append(r.spec.Severities, sla.Severity(n))
			r.values[sla.FactSeverity] = append(r.values[sla.FactSeverity], text)
		}
	}
	if all := r.values[sla.FactSeverity]; all != nil {
		r.values[sla.FactStatedSeverity] = all
	}
}

func (r *reader) readMetrics(f field) {
	for _, m := range r.fields(f.value, f.path) {
		r.isName(m.key, m.name, m.path)
		s := r.text(m)
		kind, err := sla.ParseMetricKind(s)
		if err != nil && s != "" {
			r.fail(m.value, m.path, "%v", err)
		}
		r.spec.Metrics = append(r.spec.Metrics, sla.Metric{Name: m.key, Kind: kind})
		r.values[sla.FactMetric] = append(r.values[sla.FactMetric], m.key)
	}
}

// declare notes a fact or reading and its values.
func (r *reader) declare(f field, values []string) bool {
	if _, again := r.values[f.key]; again {
		r.fail(f.name, f.path, "there is a fact %q already; choose another name", f.key)
		return false
	}
	r.values[f.key] = values
	return r.isName(f.key, f.name, f.path)
}

func (r *reader) readFacts(f field) {
	var implied []field
	for _, f := range r.fields(f.value, f.path) {
		m := r.record(f.value, f.path, []string{"values"}, []string{"aliases", "default", "implied_by"})
		fact := rule.Fact{Name: f.key, Values: r.names(m.get("values"))}
		if !r.declare(f, fact.Values) {
			continue
		}
		r.parts["fact "+f.key] = f
		if addon, ok := strings.CutPrefix(f.key, sla.FactAddon); ok && !slices.Contains(r.spec.Addons, addon) {
			r.fail(f.name, f.path, "add-on %q is not known: %s", addon, wanted(addon, r.spec.Addons))
		}
		r.spec.Facts = append(r.spec.Facts, fact)
		for _, a := range r.fields(m.get("aliases").value, m.get("aliases").path) {
			r.isName(a.key, a.name, a.path)
			if slices.Contains(fact.Values, a.key) {
				r.fail(a.name, a.path, "%q is a value itself; leave the alias out", a.key)
			}
			value, _ := r.oneOf(a, fact.Values)
			r.spec.Aliases = append(r.spec.Aliases, sla.Alias{Fact: f.key, Name: a.key, Value: value})
		}
		if d := m.get("default"); d.value != nil {
			dm := r.record(d.value, d.path, []string{"value", "clause"}, nil)
			clause := r.cite(dm.get("clause"))
			if value, ok := r.oneOf(dm.get("value"), fact.Values); ok {
				r.spec.Defaults = append(r.spec.Defaults, sla.Default{Fact: f.key, Value: value, Clause: clause})
			}
		}
		if i := m.get("implied_by"); i.value != nil {
			i.key = f.key
			implied = append(implied, i)
		}
	}
	r.known = slices.Sorted(maps.Keys(r.values))
	for _, f := range implied {
		if !slices.Contains(r.values[f.key], "yes") {
			r.fail(f.name, f.path, `what is implied is "yes", which is no value of %s`, f.key)
			continue
		}
		for _, i := range r.fields(f.value, f.path) {
			if c, ok := r.condition(i); ok {
				for _, value := range c.In {
					r.spec.Implications = append(r.spec.Implications,
						sla.Implication{Fact: f.key, Value: "yes", IfFact: i.key, IfValue: value})
				}
			}
		}
	}
}

// cite notes that a clause is referred to; it must turn out to be there.
func (r *reader) cite(f field) string {
	s := r.text(f)
	if s != "" {
		r.cites = append(r.cites, f)
	}
	return s
}

// duration reads the length of a business day.
func (r *reader) duration(f field) time.Duration {
	s := r.text(f)
	if s == "" {
		return 0
	}
	d, err := time.ParseDuration(s)
	if err != nil || d <= 0 || d > 24*time.Hour {
		r.fail(f.value, f.path, "%q is not the length of a day; want, for example, 10h or 7h30m", s)
	}
	return d
}
