package catalog_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/supportterms/supportterms/catalog"
	"github.com/supportterms/supportterms/entitlement"
)

// edited reads an edition from a file with some of its text replaced: old and
// new in turn, old standing in it once or more.
func edited(t *testing.T, file string, edits ...string) *catalog.Edition {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(edits); i += 2 {
		if !strings.Contains(string(text), edits[i]) {
			t.Fatalf("%s has no %q", file, edits[i])
		}
		text = []byte(strings.ReplaceAll(string(text), edits[i], edits[i+1]))
	}
	return parse(t, file, string(text))
}

func diffLines(a, b *catalog.Edition) (out []string) {
	for _, c := range catalog.Diff(a, b) {
		out = append(out, c.String())
	}
	return out
}

// mirrored turns changes round: what was is.
func mirrored(changes []catalog.Change) []catalog.Change {
	out := slices.Clone(changes)
	for i := range out {
		c := &out[i]
		switch c.Kind {
		case catalog.Added:
			c.Kind = catalog.Removed
		case catalog.Removed:
			c.Kind = catalog.Added
		}
		c.WasClause, c.IsClause = c.IsClause, c.WasClause
		c.Values = slices.Clone(c.Values)
		for k, v := range c.Values {
			c.Values[k].Was, c.Values[k].Is = v.Is, v.Was
		}
	}
	return ordered(out)
}

// ordered sorts changes and their values, for the ways there and back have them
// in the orders of the two editions.
func ordered(changes []catalog.Change) []catalog.Change {
	key := func(v catalog.ValueChange) string { return v.Name + "\x00" + v.Was + "\x00" + v.Is }
	out := slices.Clone(changes)
	for i := range out {
		out[i].Values = slices.Clone(out[i].Values)
		slices.SortFunc(out[i].Values, func(a, b catalog.ValueChange) int { return strings.Compare(key(a), key(b)) })
	}
	slices.SortFunc(out, func(a, b catalog.Change) int { return strings.Compare(a.What+" "+a.ID, b.What+" "+b.ID) })
	return out
}

const (
	lantern = "testdata/good/lantern.yaml"
	harbour = "testdata/good/harbour.yaml"
)

func TestDiff(t *testing.T) {
	for _, test := range []struct {
		why, file string
		edits     []string
		want      []string
	}{
		{"an edition and itself", lantern, nil, nil},
		{"words that decide nothing", lantern, []string{"Shed is what everyone has.", "Everyone has Shed.", "statement: {party: provider, kind: definition}", "statement: {party: both, kind: definition}"}, nil},
		{"a rule more", lantern, []string{"      glass: {then: statement}\n", "      glass: {then: statement}\n      oil: {then: statement}\n"},
			[]string{"added rule keeper-duty/oil: then statement (6)"}},
		{"a rule less", lantern, []string{"      by-night: {when: {part: mast, by_night: \"yes\", level: shed}, then: not_covered}\n", "", "      by_night: {type: yes-no, unless_stated: \"no\"}\n", ""},
			[]string{"removed fact repair/by_night: values no, yes; default no", "removed rule repair/by-night: when part mast; when by_night yes; when level shed; then not_covered (2.5)"}},
		{"another bound", lantern, []string{"mast_height: {at_most: 30}", "mast_height: {at_most: 35}", "mast_height: {above: 30}", "mast_height: {above: 35}"},
			[]string{"changed rule repair/mast: when mast_height at most 30 → at most 35 (2.1)", "changed rule repair/high-mast: when mast_height above 30 → above 35 (2.1)"}},
		{"a bound that belongs to it, where it did not", lantern, []string{"lamps_bare: {above: 0}}, then: not_eligible", "lamps_bare: {at_least: 0.5}}, then: not_eligible"},
			[]string{"changed rule join/bare-lamps: when lamps_bare above 0 → at least 0.5 (3.1)"}},
		{"another day", lantern, []string{"bought: {at_least: 2024-12-24, below: 2024-12-27}", "bought: {at_least: 2024-12-24, below: 2024-12-31}"},
			[]string{"changed rule resale/festival: when bought at least 2024-12-24, at most 2024-12-26 → at least 2024-12-24, at most 2024-12-30 (3.2)"}},
		{"another answer, service and limit", lantern, []string{"then: announced", "then: covered, service: visit", "then: limited, limit: parts-only", "then: limited, limit: daylight-only"},
			[]string{"changed rule repair/high-mast: then announced → covered; with service visit (2.1)", "changed rule repair/longlife: limit parts-only → daylight-only (2.2)"}},
		{"an answer without its service", lantern, []string{"then: covered, service: repair", "then: covered"},
			[]string{"changed rule repair/lamp: without service repair (2.1)"}},
		{"another clause", lantern, []string{"clause: \"2.3\"", "clause: \"2.3.1\""},
			[]string{"moved rule repair/storm; clause 2.3 → 2.3.1", "moved rule repair/storm-on-rock; clause 2.3 → 2.3.1"}},
		{"another clause and another condition", lantern, []string{"clause: \"2.3\"", "clause: \"2.3.1\"", "cause: storm, site: rock", "cause: storm, site: [rock, harbour]"},
			[]string{"moved rule repair/storm; clause 2.3 → 2.3.1", "changed rule repair/storm-on-rock: when site gains harbour; clause 2.3 → 2.3.1"}},
		{"an item more in a list", lantern, []string{"part: [lamp, mast], working_time", "part: [bulb, lamp, mast], working_time"},
			[]string{"changed rule repair/by-day: when part gains bulb (2.5)"}},
		{"an item less", lantern, []string{"part: [lamp, mast], working_time", "part: lamp, working_time"},
			[]string{"changed rule repair/by-day: when part loses mast (2.5)"}},
		{"one for another", lantern, []string{"part: [lamp, mast], working_time", "part: [lamp, bulb], working_time"},
			[]string{"changed rule repair/by-day: when part loses mast and gains bulb (2.5)"}},
		{"another list", lantern, []string{"part: [lamp, mast], working_time", "part: bulb, working_time"},
			[]string{"changed rule repair/by-day: when part lamp, mast → bulb (2.5)"}},
		{"an exception no more", lantern, []string{"cause: storm, site: rock}, then: info, except: storm", "cause: storm, site: rock}, then: info"},
			[]string{"changed rule repair/storm-on-rock: without except storm (2.3)"}},
		{"a figure of one case", lantern, []string{"from: sold_until, years: 3", "from: sold_until, years: 4"},
			[]string{"changed figure kept_until: years 3 → 4 (2.2)"}},
		{"an allowance", lantern, []string{"of: log_tb, allowance: 2,", "of: log_tb, allowance: 3,"},
			[]string{"changed figure logs_over: allowance 2 TB → 3 TB (4.2)"}},
		{"a case more", lantern, []string{"[{when: {level: tower}, is: 99.5}, {is: 99}]", "[{when: {level: tower}, is: 99.5}, {when: {site: rock}, is: 98}, {is: 99}]"},
			[]string{"changed figure promised: with where site rock: is 98 (5.1)"}},
		{"another case", lantern, []string{"{when: {level: tower}, is: 99.5}", "{when: {level: tower}, is: 99.9}"},
			[]string{"changed figure promised: where level tower: is 99.5 → 99.9 (5.1)"}},
		{"cases in another order", lantern, []string{"[{when: {site: [harbour, rock]}, is: wet}, {when: {site: mainland}, is: dry}]", "[{when: {site: mainland}, is: dry}, {when: {site: [harbour, rock]}, is: wet}]"},
			[]string{"changed figure weather: with order (2.5)"}},
		{"another default of a reading", lantern, []string{"default: kept", "default: retired"}, []string{"changed reading last-day: default kept → retired"}},
		{"another cell of a table of data", lantern, []string{"mk2: [2018-02-28, \"2024-08\",  12.5,", "mk2: [2018-02-28, \"2024-09\",  13,"},
			[]string{"changed table lamps: mk2 sold_until 2024-08 → 2024-09; mk2 watts 12.5 → 13"}},
		{"another unit", lantern, []string{"log_tb: {number: TB}", "log_tb: {number: GB}", "allowance: 2, unit: TiB", "allowance: 2"},
			[]string{"changed fact log_tb: unit TB → GB", "changed figure logs_over: allowance 2 TB → 2 GB; without binary yes (4.2)"}},
		{"another day to begin", lantern, []string{"since: 2024-05-01", "since: 2024-06-01", "edition: \"7\"", "edition: \"8\""},
			[]string{"changed edition lantern-cover: edition 7 → 8; in force 2024-05-01/.. → 2024-06-01/.."}},
		{"an add-on more", lantern, []string{"addons: [longlife, depot]", "addons: [longlife, depot, oil]", "  machine: {values", "  addon.oil: yes-no\n  machine: {values"},
			[]string{"added add-on oil", "added fact addon.oil: values no, yes"}},
		{"another sort of question", lantern, []string{"    kind: permission\n", "    kind: eligibility\n", "then: permitted", "then: eligible", "then: not_permitted", "then: not_eligible"},
			[]string{"changed question resale: kind permission → eligibility", "changed rule resale/new: then permitted → eligible (3.2)", "changed rule resale/old: then not_permitted → not_eligible (3.2)", "changed rule resale/festival: then not_permitted → not_eligible (3.2)"}},
		{"a cell of a table of responses", harbour, []string{"cells: [90 minutes, ", "cells: [60 minutes, "},
			[]string{"changed rule answers/quay/1: then 90 minutes → 60 minutes (2.1)"}},
		{"other words in a cell, which mean the same", harbour, []string{"printed: when we can", "printed: some day"}, nil},
		{"other hours", harbour, []string{"Sa 08:00-12:00\", day: 12h", "Sa 08:00-13:00\", day: 10h"},
			[]string{"changed hours desk: open Mo-Fr 07:30-19:30; Sa 08:00-12:00 → Mo-Fr 07:30-19:30; Sa 08:00-13:00; day 12h0m0s → 10h0m0s"}},
		{"another reading of the clock", harbour, []string{"then: severity-update", "then: keep", "then: latest-response", "then: latest-event", "then: excluded", "then: counted"},
			[]string{"changed rule holidays/town: then excluded → counted (1.2)", "changed rule initial_base/anew: then severity-update → keep (2.1)", "changed rule ongoing_base/last-word: then latest-response → latest-event (2.2)"}},
		{"another place", harbour, []string{"then: [provider]", "then: [place, provider]"}, []string{"changed rule location/town: then gains place (1.2)"}},
		{"another severity", harbour, []string{"stated_severity: 2}\n        then: 1", "stated_severity: 3}\n        then: 2"},
			[]string{"changed rule severity/watched: when stated_severity 2 → 3; then 1 → 2 (2.1)"}},
		{"another sort of metric", harbour, []string{"repair: outcome", "repair: request"}, []string{"changed metric repair: counts outcome → request"}},
		{"another step of a case", "data/support-overview/undated.yaml", []string{"{from: escalated, on: not-solved, to: escalated}", "{from: escalated, on: not-solved, to: assigned}"},
			[]string{"changed case step escalated/not-solved: to escalated → assigned (Support case lifecycle)"}},
	} {
		a, b := edited(t, test.file), edited(t, test.file, test.edits...)
		if d := cmp.Diff(test.want, diffLines(a, b)); d != "" {
			t.Errorf("%s: %s", test.why, d)
		}
		if d := cmp.Diff(mirrored(catalog.Diff(a, b)), ordered(catalog.Diff(b, a))); d != "" {
			t.Errorf("%s, and back: %s", test.why, d)
		}
	}
}

// In the edition of 2025, the clause on storage stands elsewhere, and what it
// allows is half as much again.
func TestDiffOfAllowance(t *testing.T) {
	const name = "data/ubuntu-pro/2025-07-02.yaml"
	file, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	text := string(file)
	a := parse(t, name, text)
	begin, end := strings.Index(text, "- clause: \"8.3.2\""), strings.Index(text, "- clause: \"8.3.3\"")
	clause := text[begin:end]
	text = strings.Replace(text, clause, "", 1)
	text = strings.Replace(text, "- clause: \"10\"\n", clause+"- clause: \"10\"\n", 1)
	text = strings.ReplaceAll(text, "\"8.3.2\"", "\"9.3.2\"")
	text = strings.ReplaceAll(text, "allowance: 384", "allowance: 576")
	b := parse(t, name, text)
	const pooled, perNode = "where ceph.allowance_scope pooled and units.tb ", "where ceph.allowance_scope per-node and units.tb "
	want := []string{
		"moved figure plan; clause 8.3.2 → 9.3.2",
		"moved figure storage_nodes; clause 8.3.2 → 9.3.2",
		"moved figure raw_tb; clause 8.3.2 → 9.3.2",
		"changed figure storage_excess: " +
			pooled + "decimal: allowance 384 TB for each of storage_nodes → 576 TB for each of storage_nodes; " +
			pooled + "binary: allowance 384 TB for each of storage_nodes → 576 TB for each of storage_nodes; " +
			perNode + "decimal: allowance 384 TB → 576 TB; " +
			perNode + "binary: allowance 384 TB → 576 TB; clause 8.3.2 → 9.3.2",
		"moved rule allowance/storage-within; clause 8.3.2 → 9.3.2",
		"moved rule allowance/storage-over; clause 8.3.2 → 9.3.2",
	}
	if d := cmp.Diff(want, diffLines(a, b)); d != "" {
		t.Error(d)
	}
}

// What a change is in JSON, and for the reader of one line.
func TestChangeAsJSON(t *testing.T) {
	a := edited(t, lantern)
	b := edited(t, lantern, "from: sold_until, years: 3", "from: sold_until, years: 4", "clause: \"2.3\"", "clause: \"2.3.1\"",
		"      glass: {then: statement}\n", "      oil: {then: statement}\n", "services: [visit, repair]", "services: [visit, repair, tow]")
	want := []string{
		`{"change":"changed","what":"figure","id":"kept_until","was_clause":"2.2","is_clause":"2.2","values":[{"name":"years","was":"3","is":"4"}]}`,
		`{"change":"moved","what":"rule","id":"repair/storm","was_clause":"2.3","is_clause":"2.3.1","values":[]}`,
		`{"change":"moved","what":"rule","id":"repair/storm-on-rock","was_clause":"2.3","is_clause":"2.3.1","values":[]}`,
		`{"change":"removed","what":"rule","id":"keeper-duty/glass","was_clause":"6","is_clause":"","values":[{"name":"then","was":"statement","is":""}]}`,
		`{"change":"added","what":"service","id":"tow","was_clause":"","is_clause":"","values":[]}`,
		`{"change":"added","what":"rule","id":"keeper-duty/oil","was_clause":"","is_clause":"6","values":[{"name":"then","was":"","is":"statement"}]}`,
	}
	var got []string
	for _, c := range catalog.Diff(a, b) {
		line, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, string(line))
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	for k, want := range []string{"ChangeKind(0)", "added", "removed", "changed", "moved", "ChangeKind(5)"} {
		if k > 0 && catalog.ChangeKind(k).String() != want {
			t.Errorf("kind %d is %v, want %s", k, catalog.ChangeKind(k), want)
		}
	}
}

// The kind of change, what it is of and its ID.
func named(c catalog.Change) string { return c.Kind.String() + " " + c.What + " " + c.ID }

// testdata/diff-2017.csv has a line for each difference between the two
// descriptions of 2017: the rules, of those that were found in the documents,
// that account for it, and the ambiguities. A rule that is worded otherwise and
// decides the same has a line of kind none.
func TestDiffOf2017(t *testing.T) {
	known, differs := map[string]bool{}, map[string]bool{}
	for _, line := range listed(t, "testdata/rules-2017.txt") {
		fields := strings.Split(line, "\t")
		known[fields[0]] = true
		switch fields[len(fields)-1] {
		case "differs":
			differs[fields[0]] = true
		case "alike":
		default:
			t.Errorf("%s does not end with differs or alike", line)
		}
	}
	lines, accounted := map[string]bool{}, map[string]bool{}
	ambiguity := regexp.MustCompile(`^A-(0[1-9]|[1-4][0-9]|50)$`)
	for _, row := range csvRows(t, "testdata/diff-2017.csv") {
		name := row["kind"] + " " + row["what"] + " " + row["id"]
		if row["kind"] == "none" {
			if row["why"] == "" {
				t.Errorf("no reason why %s is no change", row["rules"])
			}
		} else if lines[name] {
			t.Errorf("%s stands twice", name)
		} else {
			lines[name] = true
		}
		rules := strings.Fields(row["rules"])
		if len(rules) == 0 {
			t.Errorf("%s has no rule", name)
		}
		for _, r := range rules {
			if !known[r] && !ambiguity.MatchString(r) {
				t.Errorf("%s: %s is no rule of the documents", name, r)
			}
			accounted[r] = true
		}
	}
	for _, c := range catalog.Diff(edition(t, februaryEdition), edition(t, julyEdition)) {
		if !lines[named(c)] {
			t.Errorf("no line for %s", c)
		}
		delete(lines, named(c))
	}
	for name := range lines {
		t.Errorf("no change for the line %s", name)
	}
	for r := range differs {
		if !accounted[r] {
			t.Errorf("%s differs, and no line accounts for it", r)
		}
	}
}

// Every item of the list of differences shows in changes, and what is unchanged
// in none.
func TestItemsOf2017(t *testing.T) {
	was, is := edition(t, februaryEdition), edition(t, julyEdition)
	changes := map[string]catalog.Change{} // by what they are of
	there := map[string]bool{}
	for _, c := range catalog.Diff(was, is) {
		changes[c.What+" "+c.ID] = c
		there[named(c)] = true
	}
	items := map[string]bool{}
	for _, line := range listed(t, "testdata/diff-2017-items.txt") {
		item, of, _ := strings.Cut(line, "\t")
		items[strings.SplitN(item, ":", 2)[0]] = true
		for _, name := range strings.Split(of, "; ") {
			if !strings.HasPrefix(item, "unchanged") {
				if !there[name] {
					t.Errorf("%s: not in the differences: %s", item, name)
				}
				continue
			}
			name, values, some := strings.Cut(name, ": ")
			if !decides(was, name) || !decides(is, name) {
				t.Errorf("%s: not in both: %s", item, name)
			}
			c := changes[name]
			if !some && c.Kind != 0 && c.Kind != catalog.Moved {
				t.Errorf("%s: %s", item, c)
			}
			for _, v := range c.Values {
				if slices.Contains(strings.Split(values, ", "), v.Name) {
					t.Errorf("%s: %s", item, c)
				}
			}
		}
	}
	for _, side := range []string{"February", "July"} {
		for n := 1; n <= 11; n++ {
			if item := fmt.Sprintf("%s %d", side, n); !items[item] {
				t.Errorf("%s is not in the list", item)
			}
		}
	}
}

// decides reports whether an edition has a "rule" or a "figure".
func decides(e *catalog.Edition, name string) bool {
	what, id, _ := strings.Cut(name, " ")
	if what == "figure" {
		return slices.ContainsFunc(e.Coverage().Spec.Figures, func(f entitlement.Figure) bool { return f.Name == id })
	}
	return slices.ContainsFunc(e.Rules(), func(r catalog.RuleInfo) bool { return r.ID == id })
}

func queries(t *testing.T, lines ...string) (out []*catalog.Query) {
	t.Helper()
	for _, line := range lines {
		q, err := catalog.ParseQuery([]byte(line))
		if err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		out = append(out, q)
	}
	return out
}

// An inventory, put to the two descriptions of 2017. Monday 7 August 2017 is a
// day of both, for an edition that is asked for by its ID answers after its end.
// A business day of Server Essential has the eight hours from nine.
func TestChangesOfAnswers(t *testing.T) {
	response := func(contract, severity string) string {
		return `{"contract": {` + contract + `}, "place": {"zone": "Europe/London", "holidays": []}, "metric": "first_response", "severity": ` + severity + `, "opened": "2017-08-07T10:00:00+01:00"`
	}
	coverage := func(offering, question, facts string) string {
		return `{"contract": {"offerings": [` + offering + `], "addons": []}, "question": "` + question + `", "on": "2017-08-07", "facts": {` + facts + `}`
	}
	const (
		region = `{"id": "openstack-cloud-region", "size": 20}`
		cloud  = `"offering": "openstack-cloud-region", "product": "openstack", "release": "16.04", "method": "juju-maas-charms", "deployed_by_provider": "yes", "engagement": "foundation-openstack-build",
			"datacenters": 1, "participating_nodes": 5, "covered_nodes": 5, "hardware_meets_minimum": "yes", "in_lifecycle": "yes", "supported_nodes": `
		kernel = `"offering": "server-standard", "item": "patch", "kind": "cve", "priority": "high", "technically_eligible": "yes", "kernel_version": "4.4", "kernel_flavour": "generic", "arch": "amd64", "release": `
	)
	tests := []struct{ query, was, is, why string }{
		{response(`"offering": "server-essential"`, "2") + `}`, "due; 2017-08-08T10:00:00+01:00", "no_target", "seven hours until five, and one on Tuesday; in July no row"},
		{response(`"offering": "server-advanced"`, "1") + `}`, "", "", "an hour in both"},
		{response(`"offering": "server-standard"`, "2") + `}`, "", "", "four business hours in both, as emended"},
		{response(`"offering": "server-standard"`, "2") + `, "readings": {"feb_table": "as-printed"}}`, "no_target", "error", "as printed it has no row; July knows no such reading"},
		{response(`"offering": "docker"`, "2") + `}`, "not_offered", "due; 2017-08-07T14:00:00+01:00", "four business hours from ten"},
		{response(`"offering": "dse"`, "2") + `}`, "no_target", "not_offered", "the engineer has another name in July"},
		{response(`"offering": "server-essential", "edition": "ubuntu-advantage/2017-07-21"`, "1") + `, "edition": "ubuntu-advantage/2017-02-09"}`,
			"due; 2017-08-08T10:00:00+01:00", "no_target", "whichever edition the query names"},
		{response(`"offering": "server-expert"`, "2") + `}`, "error", "error", "an offering of neither is not passed over"},
		{coverage(`{"id": "server-standard"}`, "livepatch", kernel+`"14.04"`) + `}`, "not_covered", "covered", "of 16.04 alone in February"},
		{coverage(`{"id": "server-standard"}`, "livepatch", kernel+`"16.04"`) + `}`, "", "", "of 16.04 in both, under other clauses"},
		{coverage(`{"id": "server-advanced"}`, "guest", `"offering": "server-advanced", "guest_os": "ubuntu", "guest_kind": "lxd"`) + `}`,
			"covered; service virtual-guest-standard", "covered; service virtual-guest-advanced", "as printed in February"},
		{coverage(region, "product", cloud+"5") + `}`, "covered", "not_eligible; over by 7 node", "five were enough; now twelve"},
		{coverage(region, "product", cloud+"4") + `}`, "not_eligible; over by 1 node", "not_eligible; over by 8 node", "never enough, and further from it"},
		{coverage(region, "allowance", `"offering": "openstack-cloud-region", "what": "storage", "deployed_nodes": 2, "usable_tb": 10`) + `}`, "", "", "four TB over six in both"},
		{coverage(`{"id": "server-standard"}`, "guest", `"offering": "server-standard", "guest_os": "ubuntu"`) + `}`, "", "", "the same fact is missing in both"},
	}
	var lines, got, want []string
	for i, test := range tests {
		lines = append(lines, test.query[:1]+fmt.Sprintf(`"id": "q%d", `, i)+test.query[1:])
		if test.was != "" {
			want = append(want, fmt.Sprintf("%d q%d: %s → %s", i, i, test.was, test.is))
		}
	}
	desk := catalog.NewDesk(catalog.Builtin(), nil)
	inventory := queries(t, lines...)
	changes, err := desk.Changes(februaryEdition, julyEdition, inventory)
	if err != nil {
		t.Fatal(err)
	}
	short := func(a catalog.ShortAnswer) string {
		if a.Status != "error" && len(a.Clauses) == 0 {
			t.Errorf("%s rests on no clause", a)
		}
		if a.Status == "error" {
			if !strings.Contains(a.Error, "feb_table") && !strings.Contains(a.Error, "server-expert") {
				t.Error(a.Error)
			}
			a.Error = ""
		}
		a.Clauses = nil
		return a.String()
	}
	for _, c := range changes {
		got = append(got, fmt.Sprintf("%d %s: %s → %s", c.Query, *c.ID, short(c.Was), short(c.Is)))
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if inventory[6].Edition != februaryEdition || inventory[6].Contract.Edition != julyEdition {
		t.Error("the inventory is not as it was")
	}

	again, err := desk.Changes(julyEdition, julyEdition, inventory)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range again {
		if c.Query != 3 && c.Query != 7 { // which cannot be answered
			t.Errorf("an edition and itself: %v", c)
		}
	}
	if none, err := desk.Changes(februaryEdition, julyEdition, nil); err != nil || len(none) != 0 {
		t.Errorf("no inventory: %v, %v", none, err)
	}
	if _, err := desk.Changes(februaryEdition, "ubuntu-advantage/2017-07-22", inventory); !errors.Is(err, catalog.ErrNoEdition) {
		t.Errorf("an edition that is none: %v", err)
	}
	const line = `{"query":4,"id":"q4","was":{"status":"not_offered","due":null,"limits":[],"service":null,"value":"","shortfalls":[],"missing":[],"error":"","clauses":["1.2"]},` +
		`"is":{"status":"due","due":"2017-08-07T14:00:00+01:00","limits":[],"service":null,"value":"","shortfalls":[],"missing":[],"error":"",`
	for _, c := range changes {
		if text, err := json.Marshal(c); c.Query == 4 && (err != nil || !strings.HasPrefix(string(text), line)) {
			t.Errorf("%s, %v; want %s...", text, err, line)
		}
	}
}

// The cases of both descriptions of 2017 that ask the same, on the ordinary day
// of each: where their answers
// differ, so do those to an inventory of them.
func TestChangesOfCases(t *testing.T) {
	february := map[string]coverageCase{}
	key := func(c coverageCase) string {
		readings, _ := json.Marshal(c.Readings)
		return strings.Join([]string{c.Question, string(c.Contract), string(c.Facts), string(readings)}, "\n")
	}
	for _, c := range coverageCases(t) {
		if c.Edition == februaryEdition && c.On == "2017-03-01" {
			february[key(c)] = c
		}
	}
	var asked []coverageCase
	var lines []string
	for _, c := range coverageCases(t) {
		if _, ok := february[key(c)]; ok && c.Edition == julyEdition && c.On == "2017-08-01" {
			asked = append(asked, c)
			lines = append(lines, string(c.line()))
		}
	}
	changes, err := catalog.NewDesk(catalog.Builtin(), nil).Changes(februaryEdition, julyEdition, queries(t, lines...))
	if err != nil {
		t.Fatal(err)
	}
	differ := 0
	for i, c := range asked {
		was, is := february[key(c)].Want.Outcome, c.Want.Outcome
		if was == is {
			continue
		}
		differ++
		k := slices.IndexFunc(changes, func(a catalog.AnswerChange) bool { return a.Query == i })
		if k < 0 || changes[k].Was.Status != was || changes[k].Is.Status != is {
			t.Errorf("%s: want %s → %s: %s", c.ID, was, is, lines[i])
		}
	}
	if differ < 40 {
		t.Errorf("%d cases of %d differ, want 40 or more", differ, len(asked))
	}
}
