package entitlement_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/catalog"
	"github.com/supportterms/supportterms/entitlement"
)

// told writes a verdict in one line: the answer, then what it rests on.
func told(v *entitlement.Verdict) string {
	var b strings.Builder
	b.WriteString(v.Outcome.String())
	for _, s := range append([]string{v.Service, v.Amount.String(), v.Unit, day(v.Date)}, v.Limits...) {
		if s != "" {
			b.WriteString(" " + s)
		}
	}
	for _, r := range v.Reasons {
		fmt.Fprintf(&b, "; %s %s", r.Effect, r.Code)
		if r.Clause != "" {
			b.WriteString(" (" + r.Clause + ")")
		}
		if r.Has.IsStated() || r.Covered.IsStated() || r.Shortfall.IsStated() {
			fmt.Fprintf(&b, " has %v covered %v short %v %s", r.Has, r.Covered, r.Shortfall, r.Unit)
		}
		if len(r.Machines) > 0 {
			fmt.Fprintf(&b, " %v", r.Machines)
		}
	}
	if len(v.Missing) > 0 {
		fmt.Fprintf(&b, "; missing %s", strings.Join(v.Missing, " "))
	}
	if n := v.Nearest; n != nil {
		fmt.Fprintf(&b, "; nearest %s (%s) lacks %s", n.Code, n.Clause, strings.Join(n.Lacking, " "))
	}
	for _, r := range v.Remedies {
		fmt.Fprintf(&b, "; remedy %s", strings.TrimSpace(fmt.Sprint(r.Addon, r.Quantity, " ", r.Unit, strings.Join(r.Machines, " "))))
	}
	for _, r := range v.Readings {
		fmt.Fprintf(&b, "; reading %s=%s", r.Key, r.Value)
	}
	if v.From != (calendar.Date{}) || v.Until != (calendar.Date{}) {
		fmt.Fprintf(&b, "; valid %s..%s", day(v.From), day(v.Until))
	}
	return b.String()
}

func TestVerdict(t *testing.T) {
	type contract = entitlement.Contract
	date := calendar.MustParseDate
	weekday := contract{Level: "weekday", SecurityScope: "pro"}
	pro24 := contract{Level: "24x7", SecurityScope: "pro"}
	extra := contract{Level: "weekday", SecurityScope: "pro", Addons: []string{"extra"}}
	virtual := contract{Level: "weekday", SecurityScope: "pro", Machines: []string{"virtual"}}
	term := contract{Level: "weekday", SecurityScope: "pro", From: date("2025-03-01"), Until: date("2025-08-31")}
	const fine = "release=one nodes=1 covered=1 "
	for _, test := range []struct {
		c                     contract
		question, facts, want string
		why                   string
	}{
		{weekday, "help", fine + "item=disk on=2025-05-01", "covered second; grants disk (2); reading ends.how=printed; valid 2020-02-29..2025-06-30",
			"a grant; the other reading would have it ended"},
		{weekday, "help", fine + "item=disk on=2025-02-01", "covered second; grants disk (2); valid 2020-02-29..2025-06-30", "with either reading it runs"},
		{weekday, "help", fine + "item=disk on=2025-07-01", "limited second slow; grants disk (2); limits late (5); valid 2025-07-01..", "a grant and a limit"},
		{weekday, "help", fine + "item=disk via=mail on=2025-07-01", "limited second slow mail-only; grants disk (2); limits by-mail (4); limits late (5); valid 2025-07-01..",
			"limits in the edition's order, reasons in the document's"},
		{contract{Level: "weekday", SecurityScope: "infra-only"}, "help", fine + "item=disk on=2025-07-01",
			"limited first slow; grants disk (2); grants disk-for-infra (3.1); limits late (5); valid 2025-07-01..", "two grants: the service that comes first"},
		{contract{Level: "weekday"}, "help", fine + "item=fan on=2025-02-01", "unspecified; info fan-noted (8.2); info security-scope-by-default (Introduction); reading fan=no; valid ..",
			"a term that a clause gives by default is a reason where one rests on it"},
		{contract{Level: "weekday"}, "help", fine + "item=disk on=2025-02-01", "covered second; grants disk (2); valid 2020-02-29..2025-06-30", "and is none where none does"},
		{contract{}, "help", fine + "item=cpu on=2025-02-01", "unspecified; valid ..", "the default level is not enough, and nothing says no"},
		{weekday, "help", fine + "item=toaster on=2025-02-01", "not_covered; excludes no-toaster (6); remedy extra; valid ..", "a no, its clause, and what would change it"},
		{extra, "help", fine + "item=toaster on=2025-02-01", "covered; grants toaster (6.1); info toaster-after-all (6.2); valid ..", "an exception took the no back"},
		{weekday, "help", fine + "item=gpu on=2025-02-01", "requires_addon; excludes gpu-needs-extra (7); remedy extra; valid ..", "one remedy, once"},
		{weekday, "help", fine + "item=fan on=2025-02-01", "unspecified; info fan-noted (8.2); reading fan=no; valid ..", "the text is silent under this reading"},
		{weekday, "help", "release=one nodes=5 covered=3 item=disk on=2025-02-01",
			"not_eligible; excludes bare-nodes (8) has 5 covered 3 short 2 node; grants disk (2); remedy 2 node", "the quantity"},
		{weekday, "help", "release=one item=disk nodes=5 on=2025-02-01", "undetermined; grants disk (2); missing covered", "what it hangs on"},
		{weekday, "help", fine + "on=2025-02-01", "undetermined; missing item", "what is asked about"},
		{weekday, "help", "item=toaster", "undetermined; excludes no-toaster (6); missing nodes covered", "a stronger no may be"},
		{weekday, "help", fine + "item=disk", "undetermined; grants disk (2); missing on", "the phase hangs on the day"},
		{weekday, "help", "nodes=1 covered=1 item=disk release=two on=2025-02-01", "undetermined; grants disk (2); missing ends; reading ends.how=printed",
			"the table does not say; the other reading computes it"},
		{virtual, "help", fine + "item=disk machine=virtual on=2025-02-01", "covered second; grants disk (2); valid 2020-02-29..2025-06-30", "a kind that was bought"},
		{virtual, "help", fine + "item=disk machine=physical on=2025-02-01",
			"not_entitled; excludes machine-not-bought (1); grants disk (2); valid ..", "one that was not"},
		{virtual, "help", fine + "item=disk on=2025-02-01", "undetermined; grants disk (2); missing machine; valid ..", "it is not known which"},
		{term, "help", fine + "item=disk on=2025-02-28", "not_entitled; excludes out-of-term (1.1); grants disk (2); valid ..2025-02-28", "the day before the term"},
		{term, "help", fine + "item=disk on=2025-03-01", "covered second; grants disk (2); reading ends.how=printed; valid 2025-03-01..2025-06-30", "its first day"},
		{term, "help", fine + "item=disk on=2025-08-31", "limited second slow; grants disk (2); limits late (5); valid 2025-07-01..2025-08-31", "its last day"},
		{term, "help", fine + "item=disk on=2025-09-01", "not_entitled; excludes out-of-term (1.1); grants disk (2); limits late (5); valid 2025-09-01..", "the day after"},
		{weekday, "help", fine + "item=disk on=2024-12-31", "document_not_in_force", "before the edition: nothing is said"},
		{weekday, "help", fine + "item=disk on=2026-01-01", "limited second slow; grants disk (2); limits late (5); info later-edition-exists; valid 2025-07-01..",
			"after it, as asked: it is said that there is a later one"},
		{weekday, "help", fine + "item=disk on=2025-12-31", "limited second slow; grants disk (2); limits late (5); valid 2025-07-01..", "its last day"},
		{weekday, "size", "volume=30 nodes=3", "within; grants within (10) has 30 covered 30 short 0 TB", "exactly what is allowed"},
		{weekday, "size", "volume=30.5 nodes=3", "exceeded; excludes over (10) has 30.5 covered 30 short 0.5 TB; nearest within (10) lacks over; remedy 0.5 TB; reading size.per=each", "over, in one reading"},
		{weekday, "size", "volume=200 nodes=1", "exceeded; excludes over (10) has 200 covered 10 short 190 TB; nearest within (10) lacks over; remedy 190 TB; reading size.per=each",
			"over in both, by another amount"},
		{weekday, "size", "volume=200 nodes=10", "exceeded; excludes over (10) has 200 covered 100 short 100 TB; nearest within (10) lacks over; remedy 100 TB", "over in both, by the same"},
		{weekday, "size", "volume=5", "undetermined; missing nodes; reading size.per=each", "the other reading needs no nodes"},
		{weekday, "seats", "nodes=6", "amount 4 seat; grants seats (11)", "an amount with its unit"},
		{weekday, "seats", "", "undetermined; grants seats (11); missing nodes", "of what is not stated"},
		{weekday, "until", "release=one", "date 2025-06-30; grants until (12); reading ends.how=printed", "a date"},
		{weekday, "until", "release=two", "undetermined; grants until (12); missing ends; reading ends.how=printed", "a date that the table does not have"},
		{weekday, "all", "machines=b,a,c:virtual::k", "not_eligible; excludes some-not (13) has 3 covered 1 short 2 machine [a b]; nearest all-covered (13) lacks wild; remedy a b",
			"the machines that break it, in order"},
		{weekday, "all", "machines=", "eligible; grants all-covered (13) has 0 covered 0 short 0 machine", "of none all are covered"},
		{weekday, "all", "", "undetermined; missing machines", "not stated is not none"},
		{weekday, "say", "", "statement; grants said (14)", "a statement"},
		{pro24, "say", "on=2030-01-01", "statement; grants said (14); info later-edition-exists", "whenever"},
	} {
		facts := stating(test.facts)
		facts.Question = test.question
		p := open(t, shop())
		b := must(p.Bind(test.c))
		v := must(b.Verdict(facts, false))
		got, want := told(v), strings.TrimSuffix(test.want, "; valid ..")
		// Rows without a bound say nothing of the others.
		if !strings.Contains(want, "; valid ") {
			got, _, _ = strings.Cut(got, "; valid ")
		}
		if !strings.Contains(want, "; nearest ") {
			got = nearestPart.ReplaceAllString(got, "")
		}
		if sortedClauses(got) != sortedClauses(want) {
			t.Errorf("%+v %s %q:\n got %s\nwant %s\n%s", test.c, test.question, test.facts, got, want, test.why)
		}
		if why := differ(p, v, must(b.Decide(facts))); why != "" {
			t.Error(why)
		}
		if !slices.IsSortedFunc(v.Reasons, byPlace(p, test.question)) {
			t.Errorf("reasons %v are not in the document's order", v.Reasons)
		}
	}
}

var nearestPart = regexp.MustCompile("; nearest [^;]*")

// sortedClauses leaves reasons where they are: only their order is another
// check.
func sortedClauses(s string) string {
	parts := strings.Split(s, "; ")
	slices.Sort(parts[1:])
	return strings.Join(parts, "; ")
}

// byPlace compares reasons by the places of their rules; those that are no
// rules come last.
func byPlace(p *entitlement.Policy, question string) func(a, b entitlement.Reason) int {
	i := slices.IndexFunc(p.Spec.Questions, func(q entitlement.QuestionSpec) bool { return q.Name == question })
	rules := p.Spec.Questions[i].Rules
	place := func(r entitlement.Reason) int {
		if k := slices.IndexFunc(rules, func(rl entitlement.Rule) bool { return rl.Code == r.Code }); k >= 0 {
			return k
		}
		return len(rules)
	}
	return func(a, b entitlement.Reason) int { return place(a) - place(b) }
}

// The sample of DESIGN section 9.
func TestSampleB1(t *testing.T) {
	desk := catalog.NewDesk(catalog.Builtin(), nil)
	got := string(desk.AnswerLine([]byte(`{"id": "b1", "edition": "ubuntu-pro/2025-07-02",
 "contract": {"level": "self-support", "security_scope": "infra-only", "support_scope": "none"},
 "question": "security-fix", "on": "2025-08-01",
 "facts": {"release": "18.04", "arch": "amd64", "component": "main", "priority": "high"}}`)))
	got = regexp.MustCompile(`"digest":"sha256:[0-9a-f]{64}"`).ReplaceAllString(got, `"digest":"…"`)
	const want = `{"id":"b1","outcome":"covered","limits":[],"service":"esm-infra",` +
		`"reasons":[{"code":"main-in-esm-term","effect":"grants","clause":"1.2"}],` +
		`"readings":{},"missing":[],"valid_from":"2023-04-27","valid_until":"2028-04-26",` +
		`"edition":"ubuntu-pro/2025-07-02","digest":"…"}`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// fix is a question of the 2025 edition that is covered on any day of 2025.
func fix(on string) *entitlement.SecurityFix {
	return &entitlement.SecurityFix{
		About: entitlement.About{On: calendar.MustParseDate(on), Release: "18.04", Arch: "amd64"}, Component: "main", Priority: "high",
	}
}

func TestEditionDates(t *testing.T) {
	b := must(p2025().Bind(entitlement.Contract{Level: "weekday", SecurityScope: "pro", SupportScope: "full"}))
	for _, test := range []struct {
		on, want string
		later    bool
	}{
		{"1990-01-01", "document_not_in_force", false},
		{"2025-07-01", "document_not_in_force", false},
		{"2025-07-02", "covered", false},
		{"2026-06-25", "covered", false},
		{"2026-06-26", "covered", true},
		{"2028-04-26", "covered", true},
	} {
		v := must(b.Verdict(fix(test.on), true))
		later := slices.ContainsFunc(v.Reasons, func(r entitlement.Reason) bool { return r.Code == "later-edition-exists" && r.Effect == "info" })
		if v.Outcome.String() != test.want || later != test.later {
			t.Errorf("%s: %v %v, want %s, later %v", test.on, v.Outcome, v.Reasons, test.want, test.later)
		}
		if why := differ(p2025(), v, must(b.Decide(fix(test.on)))); why != "" {
			t.Error(why)
		}
		if v.Outcome == entitlement.DocumentNotInForce && (len(v.Reasons)+len(v.Missing)+len(v.Limits)+len(v.Remedies) > 0 || v.Nearest != nil || v.Service != "") {
			t.Errorf("%s: %s", test.on, told(v))
		}
	}
}

func TestEditionContracts(t *testing.T) {
	date := calendar.MustParseDate
	for _, test := range []struct {
		c    entitlement.Contract
		on   string
		mach string
		want entitlement.Outcome
		why  string
	}{
		{entitlement.Contract{From: date("2025-08-01"), Until: date("2025-08-31")}, "2025-07-31", "", entitlement.NotEntitled, "the day before the term"},
		{entitlement.Contract{From: date("2025-08-01"), Until: date("2025-08-31")}, "2025-08-01", "", entitlement.Covered, "its first day"},
		{entitlement.Contract{From: date("2025-08-01"), Until: date("2025-08-31")}, "2025-08-31", "", entitlement.Covered, "its last day"},
		{entitlement.Contract{From: date("2025-08-01"), Until: date("2025-08-31")}, "2025-09-01", "", entitlement.NotEntitled, "the day after"},
		{entitlement.Contract{Machines: []string{"virtual"}}, "2025-08-01", "virtual", entitlement.Covered, "a kind that was bought"},
		{entitlement.Contract{Machines: []string{"virtual", "physical"}}, "2025-08-01", "physical", entitlement.Covered, "both were"},
		{entitlement.Contract{}, "2025-08-01", "desktop", entitlement.Covered, "none is named: any"},
	} {
		test.c.Level, test.c.SecurityScope, test.c.SupportScope = "weekday", "pro", "full"
		q := fix(test.on)
		q.Machine = test.mach
		b := must(p2025().Bind(test.c))
		if v := must(b.Verdict(q, false)); v.Outcome != test.want {
			t.Errorf("%+v on %s, %s: %s, want %v: %s", test.c, test.on, test.mach, told(v), test.want, test.why)
		}
	}
}

// timeless is the 2025 edition as if it had always been in force.
func timeless() *entitlement.Policy {
	s := p2025().Spec
	s.InForce = calendar.Period{}
	return must(entitlement.NewPolicy(s))
}

// validityDiffers asks on every day of 30 years, and where verdicts say when
// their answer begins and ends that these are the days on which it does.
func validityDiffers(b *entitlement.Bound, f entitlement.Facts) string {
	first, last := calendar.MustParseDate("2012-06-01"), calendar.MustParseDate("2042-06-01")
	refused := false // dates that are out of order show on some days only
	ask := func(d calendar.Date) entitlement.Answer {
		f.On = d
		a, err := b.Decide(f)
		refused = refused || err != nil
		return a
	}
	run, is := first, ask(first)
	end := func(to calendar.Date) string {
		for _, d := range []calendar.Date{run, to, run.AddDays(to.Sub(run) / 2)} {
			f.On = d
			v := must(b.Verdict(f, false))
			from, until := v.From, v.Until
			if run == first && from.Before(first) { // it may be zero
				from = run
			}
			if to == last && (until.IsZero() || until.After(last)) {
				until = to
			}
			if from != run || until != to {
				return fmt.Sprintf("on %v: %s, but the answer is that from %v to %v", d, told(v), run, to)
			}
		}
		return ""
	}
	for d := first; ; d = d.AddDays(1) {
		if refused {
			return ""
		}
		if d == last {
			return end(d)
		}
		if next := ask(d.AddDays(1)); next != is {
			if why := end(d); why != "" {
				return why
			}
			run, is = d.AddDays(1), next
		}
	}
}

func TestValidity(t *testing.T) {
	date := calendar.MustParseDate
	full := entitlement.Contract{Level: "24x7", SecurityScope: "pro", SupportScope: "full"}
	legacy := full
	legacy.Addons = []string{"legacy"}
	term := legacy
	term.From, term.Until = date("2024-02-29"), date("2029-05-31")
	published, monthly, exclusive := legacy, legacy, legacy
	published.Readings = map[string]string{"lifecycle.end_dates": "published"}
	monthly.Readings = map[string]string{"legacy.end_source": "release-cycle-2025-11"}
	exclusive.Readings = map[string]string{"lifecycle.end_day": "exclusive", "term.days": "day-one-counts"}
	p := timeless()
	for _, c := range []entitlement.Contract{full, legacy, term, published, monthly, exclusive, {Level: "self-support", From: date("2025-01-01")}} {
		b := must(p.Bind(c))
		for _, f := range []entitlement.Facts{
			{Question: "security-fix", Values: map[string]any{"release": "14.04", "arch": "amd64", "component": "main", "priority": "high"}},
			{Question: "security-fix", Values: map[string]any{"release": "18.04", "arch": "amd64", "component": "universe", "priority": "medium"}},
			{Question: "security-fix", Values: map[string]any{"release": "18.04", "component": "main"}},
			{Question: "support-request", Values: map[string]any{"release": "16.04", "arch": "amd64", "item": "package", "component": "main", "source": "official", "modified_by": "none", "request": "break-fix", "hardware": "certified", "severity": "1"}},
			{Question: "product", Values: map[string]any{"product": "kubernetes", "method": "canonical-kubernetes", "lts_version": "yes", "released_on": "2024-02-29", "release": "22.04"}},
			{Question: "product", Values: map[string]any{"product": "lxd", "lts_version": "no", "superseded_on": "2025-03-31", "release": "22.04"}},
			{Question: "lifecycle", Values: map[string]any{"what": "pro", "release": "20.04"}},
			{Question: "lifecycle", Values: map[string]any{"what": "legacy", "release": "24.04"}},
			{Question: "lifecycle", Values: map[string]any{"what": "kubernetes-non-lts", "started_on": "2024-08-31"}},
			{Question: "term", Values: map[string]any{"what": "hotfix", "incorporated_on": "2024-11-30"}},
			{Question: "term", Values: map[string]any{"what": "custom-charms", "started_on": "2025-12-03"}},
		} {
			if _, err := b.Verdict(f, false); err != nil {
				t.Fatal(err)
			}
			if why := validityDiffers(b, f); why != "" {
				t.Errorf("%+v %v: %s", c, f, why)
			}
		}
	}
}

// The same question gives the same bytes: the order of maps never shows.
func TestSameBytes(t *testing.T) {
	facts := `"release": "22.04", "arch": "amd64", "product": "ceph", "aspect": "deployment", "method": "charmed-ceph", "deployed_nodes": 9, "participating_nodes": 12, "covered_nodes": 9`
	lines := []string{
		`{"edition": "ubuntu-pro/2025-07-02", "contract": {"level": "weekday", "security_scope": "pro", "support_scope": "full", "addons": ["legacy", "tam", "dse"]}, "question": "product", "on": "2025-09-01", "range": true, "facts": {` + facts + `}}`,
		`{"edition": "ubuntu-pro/2025-07-02", "contract": {"level": "weekday"}, "question": "product", "range": true, "facts": {}}`,
		`{"edition": "ubuntu-pro/2025-07-02", "contract": {"level": "weekday"}, "question": "product", "facts": {"a": 1, "b": 2, "c": [1], "product": "x", "aspect": "y", "covered_nodes": -1}}`,
		`{"edition": "ubuntu-pro/2025-07-02", "contract": {"level": "x", "addons": ["y"], "readings": {"z": "w", "u": "v"}}, "question": "allowance", "facts": {"raw_tb": "a", "nodes": "b"}}`,
	}
	want := map[string]string{}
	for range 20 {
		desk := catalog.NewDesk(catalog.Builtin(), nil)
		for _, line := range lines {
			got := string(desk.AnswerLine([]byte(line)))
			if !json.Valid([]byte(got)) || strings.Contains(got, "\n") {
				t.Fatalf("%s is no line of JSON", got)
			}
			if first, ok := want[line]; ok && got != first {
				t.Fatalf("%s\n%s", got, first)
			}
			want[line] = got
		}
	}
	b := must(p2025().Bind(entitlement.Contract{Level: "weekday", Readings: map[string]string{"units.tb": "binary", "ceph.allowance_scope": "per-node"}}))
	var texts []string
	for range 20 {
		v := must(b.Verdict(entitlement.Facts{Question: "product", Values: map[string]any{"product": "ceph", "release": "22.04", "covered_nodes": "3", "participating_nodes": "5"}}, true))
		text := v.Short() + v.String()
		if texts = append(texts, text); text != texts[0] {
			t.Fatalf("%s\n%s", text, texts[0])
		}
	}
}
