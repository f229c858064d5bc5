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
	r := newReader(name)
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

func newReader(name string) *reader {
	return &reader{
		document: document{file: name},
		edition:  &Edition{},
		spec:     sla.Spec{Rules: map[sla.Question][]rule.Rule{}},
		rules:    map[string]place{},
		targets:  map[sla.Target]int{},
		parts:    map[string]field{},
		keys:     map[string]field{},
		used:     map[string]bool{},
		values:   map[string][]string{},
		torn:     map[sla.Question]bool{},
		response: map[string]bool{},
		coverage: coverage{
			facts: map[string]entitlement.Fact{}, own: map[string]map[string]entitlement.Fact{}, questions: map[string]int{},
			figures: map[string]entitlement.Fact{}, torn: map[string]bool{},
		},
	}
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

	response  map[string]bool // facts and readings that a rule for responses rests on
	coverage  coverage
	takenBack []takenBack
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

var moreKeys = []string{"addons", "services", "limits", "tables", "facts", "severities", "metrics", "readings", "questions", "case_lifecycle", "terms", "words"}

func (r *reader) read(root *yamlNode) {
	top := r.record(root, "", topKeys, moreKeys)
	r.parts["facts"], r.parts["limits"], r.parts[""] = top.get("facts"), top.get("limits"), top.get("clauses")
	r.readEdition(top.get("edition"))
	r.spec.Addons = r.names(top.get("addons"))
	r.coverage.Services, r.coverage.Limits = r.names(top.get("services")), r.names(top.get("limits"))
	r.readTables(top.get("tables"))
	r.readSeverities(top.get("severities"))
	r.readMetrics(top.get("metrics"))
	r.values[sla.FactUnit] = sla.Units()
	r.readFacts(top.get("facts"))
	r.readReadings(top.get("readings"))
	r.known = slices.Sorted(maps.Keys(r.values))
	r.readQuestions(top.get("questions"))
	r.declareFigures(top.get("clauses"))
	r.readClauses(top.get("clauses"))
	r.readLifecycle(top.get("case_lifecycle"))
	r.readTerms(top.get("terms"))
	r.readWords(top.get("words"))
	r.checkExceptions()
	r.checkTakenBack()
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
		fact := r.readFact(f)
		if slices.ContainsFunc(r.coverage.Tables, func(t entitlement.Table) bool { return t.Key == f.key }) {
			r.fail(f.name, f.path, "there is a fact %q already: the rows of tables are its values; leave it out", f.key)
			continue
		}
		if _, again := r.coverage.facts[f.key]; again || r.isTaken(f.key) {
			r.fail(f.name, f.path, "there is a fact %q already; choose another name", f.key)
			continue
		}
		if fact.Type == entitlement.Closed && !r.declare(f, fact.Values) {
			continue
		}
		r.parts["fact "+f.key] = f
		if addon, ok := strings.CutPrefix(f.key, sla.FactAddon); ok && !slices.Contains(r.spec.Addons, addon) {
			r.fail(f.name, f.path, "add-on %q is not known: %s", addon, wanted(addon, r.spec.Addons))
		} else if ok && !slices.Equal(slices.Sorted(slices.Values(fact.Values)), []string{"no", "yes"}) {
			r.fail(f.value, f.path, "whether the contract has an add-on is yes-no")
		}
		r.coverage.facts[f.key] = fact
		r.coverage.Facts = append(r.coverage.Facts, fact)
		for i := 0; f.value.Kind == yamlMapping && i+1 < len(f.value.Content); i += 2 {
			if k := f.value.Content[i]; k.Value == "implied_by" {
				implied = append(implied, field{f.key, k, f.value.Content[i+1], join(f.path, "implied_by")})
			}
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
				r.response[f.key] = true
				for _, value := range c.In {
					r.spec.Implications = append(r.spec.Implications,
						sla.Implication{Fact: f.key, Value: "yes", IfFact: i.key, IfValue: value})
				}
			}
		}
	}
}

// ofResponse are the facts that a policy of package sla knows by name.
var ofResponse = []string{sla.FactLevel, sla.FactSecurityScope, sla.FactSupportScope, sla.FactOffering, sla.FactPhase}

// splitFacts gives package sla the facts and readings that responses rest on.
func (r *reader) splitFacts() {
	for _, f := range r.coverage.Facts {
		if f.Type != entitlement.Closed || !r.response[f.Name] && !slices.Contains(ofResponse, f.Name) {
			continue
		}
		r.spec.Facts = append(r.spec.Facts, rule.Fact{Name: f.Name, Values: f.Values})
		for _, name := range slices.Sorted(maps.Keys(f.Aliases)) {
			r.spec.Aliases = append(r.spec.Aliases, sla.Alias{Fact: f.Name, Name: name, Value: f.Aliases[name]})
		}
		if f.Default != "" && r.response[f.Name] {
			r.spec.Defaults = append(r.spec.Defaults, sla.Default{Fact: f.Name, Value: f.Default, Clause: f.Clause})
		}
	}
	all := r.spec.Readings
	r.coverage.Readings, r.spec.Readings = all, nil
	for _, k := range all {
		if r.response[k.Key] {
			r.spec.Readings = append(r.spec.Readings, k)
		} else {
			r.spec.OtherReadings = append(r.spec.OtherReadings, k)
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
