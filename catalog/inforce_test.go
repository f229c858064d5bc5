package catalog_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/catalog"
)

func TestEditionInForce(t *testing.T) {
	c := catalog.Builtin()
	for _, test := range []struct{ document, on, want, notHeld, why string }{
		{"ubuntu-advantage", "2017-02-08", "", "2016-10-02", "the day before the first held"},
		{"ubuntu-advantage", "2017-02-09", "ubuntu-advantage/2017-02-09", "", "its first day"},
		{"ubuntu-advantage", "2017-05-17", "ubuntu-advantage/2017-02-09", "", "its last day"},
		{"ubuntu-advantage", "2017-05-18", "", "2017-05-18", "the first day of one not held"},
		{"ubuntu-advantage", "2017-07-20", "", "2017-05-18", "and its last"},
		{"ubuntu-advantage", "2017-07-21", "ubuntu-advantage/2017-07-21", "", "the next held"},
		{"ubuntu-advantage", "2017-11-05", "ubuntu-advantage/2017-07-21", "", "its last day"},
		{"ubuntu-advantage", "2017-11-06", "", "2017-11-06", "after it"},
		{"ubuntu-advantage", "2025-08-01", "", "2022-03-28", "long after"},
		{"ubuntu-pro", "2025-07-01", "", "2022-10-05", "the day before"},
		{"ubuntu-pro", "2025-07-02", "ubuntu-pro/2025-07-02", "", "its first day"},
		{"ubuntu-pro", "2026-06-25", "ubuntu-pro/2025-07-02", "", "its last day"},
		{"ubuntu-pro", "2026-06-26", "", "2026-06-26", "the next one, not held"},
		{"support-overview", "2020-01-01", "support-overview/undated", "", "a page that bears no date"},
		{"smart-start", "2020-01-01", "smart-start/undated", "", "another"},
	} {
		e, err := c.InForce(test.document, calendar.MustParseDate(test.on))
		var none *catalog.NotInForceError
		switch {
		case test.want != "" && (err != nil || e.ID != test.want):
			t.Errorf("%s on %s: %v, %v; want %s: %s", test.document, test.on, e, err, test.want, test.why)
		case test.want == "" && (!errors.As(err, &none) || !errors.Is(err, catalog.ErrNotInForce)):
			t.Errorf("%s on %s: %v; want none in force: %s", test.document, test.on, err, test.why)
		case test.want == "" && !strings.Contains(err.Error(), test.document+"/"+test.notHeld):
			t.Errorf("%s on %s: %v names no %s: %s", test.document, test.on, err, test.notHeld, test.why)
		}
	}
	if _, err := c.InForce("ubuntu-pr", calendar.MustParseDate("2025-08-01")); !errors.Is(err, catalog.ErrNoEdition) || !strings.Contains(err.Error(), "ubuntu-pro?") {
		t.Errorf("%v", err)
	}
	held, notHeld, err := c.Known("ubuntu-pro")
	if err != nil || len(held) != 1 || len(notHeld) != 2 || notHeld[1].ID != "ubuntu-pro/2026-06-26" || notHeld[1].Source == "" {
		t.Errorf("%v, %v, %v", held, notHeld, err)
	}
}

// chosen asks a query and returns which edition answers, and how.
func chosen(t *testing.T, d *catalog.Desk, query string) string {
	t.Helper()
	var a struct {
		Status, Outcome, Edition, Error string
		Due                             *string
		Missing                         []string
		Readings                        map[string]string
		Reasons                         []struct{ Code string }
		Known                           []struct{ Edition string }
	}
	if err := json.Unmarshal(d.AnswerLine([]byte(query)), &a); err != nil {
		t.Fatal(err)
	}
	out := []string{a.Status + a.Outcome}
	add := func(s string) { out = append(out, s) }
	if a.Edition != "" {
		add(a.Edition)
	}
	if a.Due != nil {
		add(*a.Due)
	}
	for _, m := range a.Missing {
		add("missing " + m)
	}
	if v, ok := a.Readings["documents.precedence"]; ok {
		add("precedence " + v)
	}
	for _, r := range a.Reasons {
		if r.Code == "later-edition-exists" {
			add("later edition exists")
		}
	}
	if n := len(a.Known); n > 0 {
		add("known " + a.Known[n-1].Edition)
	}
	if a.Error != "" {
		add(a.Error)
	}
	return strings.Join(out, "; ")
}

// Monday 2025-08-04 10:00 in New York, weekday support, severity 1: 4 business
// hours by the description; 4 weekday hours by the overview. At 17:00 they
// part: Tuesday 11:00, and 21:00.
func TestChoice(t *testing.T) {
	d := catalog.NewDesk(catalog.Builtin(), nil)
	response := func(contract, opened, more string) string {
		return `{"contract": {` + contract + `}, "place": {"zone": "America/New_York", "holidays": []}, "severity": 1, "metric": "first_response", "opened": "` + opened + `"` + more + `}`
	}
	coverage := func(contract, more string) string {
		return `{"contract": {` + contract + `}, "question": "security-fix", "facts": {"release": "22.04", "arch": "amd64", "component": "main", "priority": "high"}` + more + `}`
	}
	const pro = `"document": "ubuntu-pro", "level": "weekday", "security_scope": "pro", "support_scope": "full"`
	for _, test := range []struct{ query, want, why string }{
		{response(pro, "2025-08-04T17:00:00-04:00", ""), "due; ubuntu-pro/2025-07-02; 2025-08-05T11:00:00-04:00; precedence description", "current is the default, and the document matters"},
		{response(pro, "2025-08-04T17:00:00-04:00", `, "readings": {"documents.precedence": "overview"}`), "due; support-overview/undated; 2025-08-04T21:00:00-04:00; precedence overview", "the overview answers"},
		{response(pro+`, "readings": {"documents.precedence": "overview"}`, "2025-08-04T17:00:00-04:00", ""), "due; support-overview/undated; 2025-08-04T21:00:00-04:00; precedence overview", "agreed in the contract"},
		{response(pro, "2025-08-04T10:00:00-04:00", ""), "due; ubuntu-pro/2025-07-02; 2025-08-04T14:00:00-04:00", "at 10:00 both say the same"},
		{response(pro, "2025-08-04T17:00:00-04:00", `, "readings": {"documents.precedence": "page"}`), `error; readings.documents.precedence "page" is not known: want one of description, overview`, "a value that is none"},
		{response(pro, "2025-07-01T10:00:00-04:00", ""), "document_not_in_force; known ubuntu-pro/2026-06-26", "before the first day"},
		{response(pro, "2026-06-26T10:00:00-04:00", ""), "document_not_in_force; known ubuntu-pro/2026-06-26", "a later edition is known and not held"},
		{response(pro+`, "edition": "ubuntu-pro/2025-07-02"`, "2026-06-26T10:00:00-04:00", ""), "due; ubuntu-pro/2025-07-02; 2026-06-26T14:00:00-04:00; later edition exists", "pinned, it answers after its end, and says so"},
		{response(pro+`, "edition": "ubuntu-pro/2025-07-02"`, "2025-07-01T10:00:00-04:00", ""), "document_not_in_force; ubuntu-pro/2025-07-02", "pinned, it never answers before its beginning"},
		{response(pro+`, "edition": "ubuntu-pro/2025-07-02"`, "2025-08-04T17:00:00-04:00", `, "readings": {"documents.precedence": "overview"}`), "due; ubuntu-pro/2025-07-02; 2025-08-05T11:00:00-04:00", "an edition is named, so precedence is not read"},
		{response(pro+`, "edition_policy": "at-start", "from": "2026-01-01"`, "2026-07-15T10:00:00-04:00", ""), "due; ubuntu-pro/2025-07-02; 2026-07-15T14:00:00-04:00; later edition exists", "the edition of the contract's first day"},
		{response(pro+`, "edition_policy": "at-start", "from": "2026-07-01"`, "2026-07-15T10:00:00-04:00", ""), "document_not_in_force; known ubuntu-pro/2026-06-26", "the first day has one that is not held"},
		{response(pro+`, "edition_policy": "at-start"`, "2026-07-15T10:00:00-04:00", ""), "undetermined; missing contract.from", "the first day is not stated"},
		{response(pro+`, "edition_policy": "pinned"`, "2026-07-15T10:00:00-04:00", ""), "error; contract.edition is missing: a pinned contract names its edition", "pinned to nothing"},
		{response(pro+`, "edition_policy": "current", "edition": "ubuntu-pro/2025-07-02"`, "2026-07-15T10:00:00-04:00", ""), `error; contract.edition "ubuntu-pro/2025-07-02" beside contract.edition_policy "current": want "pinned"`, "both at once"},
		{response(pro+`, "edition_policy": "latest"`, "2026-07-15T10:00:00-04:00", ""), `error; contract.edition_policy "latest" is not known: want one of pinned, at-start, current`, "no such policy"},
		{response(`"level": "weekday"`, "2025-08-04T10:00:00-04:00", ""), "error; edition is missing: want one of smart-start/undated, support-overview/undated, ubuntu-advantage/2017-02-09, ubuntu-advantage/2017-07-21, ubuntu-pro/2025-07-02", "neither edition nor document"},
		{response(`"document": "ubuntu-advantage", "offering": "server-advanced"`, "2017-08-04T10:00:00-04:00", ""), "due; ubuntu-advantage/2017-07-21; 2017-08-04T11:00:00-04:00", "one document answers all"},
		{response(`"document": "ubuntu-advantage", "offering": "server-advanced"`, "2017-03-06T10:00:00-05:00", ""), "due; ubuntu-advantage/2017-02-09; 2017-03-06T11:00:00-05:00", "by the day of the case"},
		{coverage(pro, `, "on": "2025-08-01"`), "standard; ubuntu-pro/2025-07-02", "coverage is the description's"},
		{coverage(pro, `, "on": "2025-08-01", "readings": {"documents.precedence": "overview"}`), "standard; ubuntu-pro/2025-07-02", "whatever answers for responses"},
		{coverage(pro, ""), "undetermined; missing on", "no day, so no edition"},
		{coverage(pro, `, "on": "2026-08-01"`), "document_not_in_force; known ubuntu-pro/2026-06-26", "after its end"},
	} {
		if got := chosen(t, d, test.query); got != test.want {
			t.Errorf("%s:\n got %s\nwant %s\n%s", test.why, got, test.want, test.query)
		}
	}
}

// Editions that overlap, and an index that is wrong.
func TestBadFolders(t *testing.T) {
	dated := func(edition, dates string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("edition:\n  document: harbour-watch\n  edition: \"" + edition + "\"\n" + dates +
			"  title: Watch\n  publisher: Acme\n  language: en\n  source: {text: w.txt, sha256: " + strings.Repeat("0a", 32) + "}\n" +
			"clauses:\n- {clause: \"1\", summary: All, statement: {party: both, kind: heading}}\n")}
	}
	index := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	for _, test := range []struct {
		files fstest.MapFS
		want  []string
		why   string
	}{
		{fstest.MapFS{"a.yaml": dated("a", "  since: 2024-01-01\n  until: 2025-01-01\n  until_source: s\n"), "b.yaml": dated("b", "  since: 2025-01-01\n")}, nil, "one after the other"},
		{fstest.MapFS{"a.yaml": dated("a", "  since: 2024-01-01\n"), "b.yaml": dated("b", "  since: 2025-01-01\n")},
			[]string{"a.yaml: edition.until: 2024-01-01/.. is in force at once with harbour-watch/b, 2025-01-01/..; end it where the other begins"}, "no end"},
		{fstest.MapFS{"a.yaml": dated("a", "  since: 2024-01-01\n  until: 2025-01-02\n  until_source: s\n"), "b.yaml": dated("b", "  since: 2025-01-01\n")},
			[]string{"a.yaml: edition.until: 2024-01-01/2025-01-02 is in force at once with"}, "a day too long"},
		{fstest.MapFS{"a.yaml": dated("a", ""), "b.yaml": dated("b", "")}, []string{"a.yaml: edition.until: ../.. is in force at once with harbour-watch/b, ../..; give each a day of its own"}, "two without a date"},
		{fstest.MapFS{"a.yaml": dated("a", "  since: 2024-01-01\n"), "catalog.yaml": index("documents:\n  harbour-watch:\n    known:\n    - {edition: \"b\", since: 2025-01-01, source: s}\n")},
			[]string{"a.yaml: edition.until: 2024-01-01/.. holds the first day of harbour-watch/b, 2025-01-01; end it there"}, "one known, and not held"},
		{fstest.MapFS{"a.yaml": dated("a", "  since: 2024-01-01\n"), "catalog.yaml": index("documents:\n  harbour-watch:\n    known:\n    - {edition: \"a\", since: 2024-01-02, source: s}\n")},
			[]string{"a.yaml: edition.since: 2024-01-01, and 2024-01-02 in catalog.yaml; give one day"}, "two first days"},
		{fstest.MapFS{"a.yaml": dated("a", ""), "catalog.yaml": index("documents:\n  harbour-watch:\n    known:\n    - {edition: c, since: 2025-01-02, source: s}\n    - {edition: b, since: 2025-01-01, source: s}\n")},
			[]string{"catalog.yaml:5:27: documents.harbour-watch.known[1].since: 2025-01-01 is not after 2025-01-02; list editions in the order of their days"}, "known ones out of order"},
		{fstest.MapFS{"a.yaml": dated("a", ""), "catalog.yaml": index("documents:\n  harbor-watch:\n    known:\n    - {edition: a, since: 2025-01-02, source: s}\n    - {edition: a, since: 2025-01-03, source: s}\n")},
			[]string{"catalog.yaml:5:17: documents.harbor-watch.known[1].edition: edition harbor-watch/a is listed twice; leave one out"}, "one known twice"},
		{fstest.MapFS{"a.yaml": dated("a", ""), "catalog.yaml": index("documents:\n  harbor-watch:\n    known:\n    - {edition: a, since: 2025-01-02, source: s}\n")},
			[]string{`catalog.yaml: documents.harbor-watch: no edition of "harbor-watch" is in the folder: want one of harbour-watch (harbour-watch?)`}, "a misspelt document"},
		{fstest.MapFS{"a.yaml": dated("a", ""), "catalog.yaml": index("documents:\n  harbour-watch:\n    responses: {reading: who, us: harbour-watch}\nreadings:\n  who: {clauses: [\"1\"], asks: who, default: us, because: b, values: {us: we, them: they}}\n")},
			[]string{`catalog.yaml:3:16: documents.harbour-watch.responses: no document where who is "them"; name one for each value`}, "a value without a document"},
		{fstest.MapFS{"a.yaml": dated("a", ""), "catalog.yaml": index("readings:\n  who: {clauses: [\"1\"], asks: who, default: us, because: b, values: {us: we, them: they}}\n")},
			[]string{`catalog.yaml:2:3: readings.who: no rule rests on this reading; use it or leave it out`}, "a reading that can never matter"},
		{fstest.MapFS{"a.yaml": dated("a", ""), "catalog.yaml": index("document: x\n")}, []string{`catalog.yaml:1:1: key "document" is not known: want one of documents, readings (documents?)`}, "a key that is none"},
	} {
		_, err := catalog.Load(test.files)
		got := ""
		if err != nil {
			got = err.Error()
		}
		if test.want == nil && err != nil {
			t.Errorf("%s: %v", test.why, err)
		}
		for _, want := range test.want {
			if !strings.Contains(got, want) {
				t.Errorf("%s:\n got %s\nwant %s", test.why, got, want)
			}
		}
	}
}

// A term of the Japanese edition finds its meaning and the cells it stands in.
func TestLookup(t *testing.T) {
	e, err := catalog.Builtin().Edition("ubuntu-advantage/2017-02-09")
	if err != nil {
		t.Fatal(err)
	}
	term, cells := e.Lookup("営業日")
	if term.Means != "business day" || strings.Join(term.Clauses, " ") != "3.2" {
		t.Errorf("%+v", term)
	}
	// Seven cells of the table as printed, and six of its emendation.
	if len(cells) != 13 {
		t.Errorf("%d cells", len(cells))
	}
	for _, c := range cells {
		if !strings.Contains(c.Printed, "営業日") || !strings.Contains(c.Means, "business day") || c.Clause != "Table of response times" {
			t.Errorf("%+v", c)
		}
	}
	if term, cells := e.Lookup("営業週"); term.Printed != "" || cells != nil {
		t.Errorf("%+v, %v", term, cells)
	}
	if term, cells := e.Lookup(""); term.Printed != "" || cells != nil {
		t.Errorf("%+v, %v", term, cells)
	}
}
