package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/supportterms/supportterms/catalog"
)

// Ways to write the same thing, and things that are nearly right, each put into
// a good file. Loader and schema say the same of all.
func TestForms(t *testing.T) {
	s := get(t)
	for _, test := range []struct {
		file, old, new string
		good           bool
		why            string
	}{
		{"harbour", "[90 minutes, ", "[+090  MINUTE, ", true, "a target with a sign, zeros, two spaces and large letters"},
		{"harbour", "[90 minutes, ", "[90minutes, ", false, "a target without a space"},
		{"harbour", "[90 minutes, ", "[0 minutes, ", false, "a target of nothing"},
		{"harbour", "[90 minutes, ", "[10001 minutes, ", false, "a target too long"},
		{"harbour", "[90 minutes, ", "[no target, ", true, "a target that is none, in two words"},
		{"harbour", "[90 minutes, ", "[{printed: \"\", means: 90 minutes}, ", true, "an empty cell"},
		{"harbour", "[90 minutes, ", "[90, ", false, "a number for a target"},
		{"harbour", "cells: [continuous]", "cells: [continuous, continuous]", false, "a cell too many"},
		{"harbour", "cells: [continuous]", "cells: []", false, "a cell too few"},
		{"harbour", "then: at-close", "then: at_close", true, "an answer with the other dash"},
		{"harbour", "then: at-close", "then: at-closing", false, "an answer that is none"},
		{"harbour", "then: calendar-week-roll", "then: calendar_week-roll", true, "one of each dash"},
		{"harbour", "{then: [provider]}", "{then: provider}", false, "a place that is no list"},
		{"harbour", "{then: [provider]}", "{then: []}", false, "no place"},
		{"harbour", "{then: [provider]}", "{then: [provider, provider]}", false, "a place twice"},
		{"harbour", "day: 12h", "day: 12.5h", true, "half an hour"},
		{"harbour", "day: 12h", "day: 25h", false, "more than a day"},
		{"harbour", "day: 12h", "day: 0h", false, "no day"},
		{"harbour", "day: 12h", "day: 12", false, "a number for a length"},
		{"harbour", "Sa 08:00-12:00", "Sa 08:00-24:00,00:30-01:00", true, "two windows, one until midnight"},
		{"harbour", "Sa 08:00-12:00", "Sa,Su-Mo 22:00-06:00", true, "days in a list, and a window over midnight"},
		{"harbour", "Sa 08:00-12:00", "Sa 8-12", false, "hours without minutes"},
		{"harbour", "Sa 08:00-12:00", "Sa 08:00-25:00", false, "an hour that is not there"},
		{"harbour", "Sa 08:00-12:00", "PH off", false, "holidays in hours"},
		{"harbour", "Sa 08:00-12:00", "", false, "an empty part of hours"},
		{"harbour", "severities: [1, ", "severities: [256, ", false, "a severity that is too large"},
		{"harbour", "severities: [1, ", "severities: [2, ", false, "a severity twice"},
		{"harbour", "clock:\n      in-hours", "weekend:\n      in-hours", false, "targets without a clock"},
		{"harbour", "    location:\n      town: {then: [provider]}\n", "", false, "a clock that reads hours without a place"},
		{"harbour", "    business_day:\n      next-close: {then: end-of-day}\n", "", false, "business days that are nothing"},
		{"harbour", "    initial_response:\n      person: {then: human}\n", "", false, "a first response by nobody"},
		{"harbour", "since: 2024-01-01", "since: \"2024-02-29\"", true, "a leap day, in quotes"},
		{"harbour", "since: 2024-01-01", "since: 2023-02-29", false, "no leap day"},
		{"harbour", "since: 2024-01-01", "since: 2024-01-01\n  until: 2025-01-01", false, "an end from nowhere"},
		{"harbour", "since: 2024-01-01", "since: 2024-01-01\n  until: 2025-01-01\n  until_source: the page", true, "an end"},
		{"harbour", "open-time: that time", "open-time: {means: that time", false, "a mapping that is not closed"},
		{"harbour", "values: [quay, pier, lighthouse]", "values: [quay, pier, lighthouse, 24x7, 365]", true, "names that begin with digits, or are a number"},
		{"harbour", "values: [quay, pier, lighthouse]", "values: [quay, pier, lighthouse, -1]", false, "a number that is no name"},
		{"harbour", "addon.night-watch:\n    values: [\"no\", \"yes\"]", "addon.night-watch:\n    values: [\"yes\", \"no\"]", true, "yes before no"},
		{"harbour", "addon.night-watch:\n    values: [\"no\", \"yes\"]", "addon.night-watch: number", false, "an add-on that is a number"},

		{"lantern", "allowance: 100, per", "allowance: 0100.500, per", true, "a number with zeros"},
		{"lantern", "allowance: 100, per", "allowance: 1e2, per", false, "a number with an exponent"},
		{"lantern", "allowance: 100, per", "allowance: -1, per", false, "a number below 0"},
		{"lantern", "bought: date", "bought: {type: date, default: {value: x, clause: \"6\"}}", false, "a default of a date"},
		{"lantern", "site: {values: [harbour, rock, mainland], means: Where the lamp stands.}", "site: {values: [harbour, rock, mainland], number: site}", false, "a fact of two kinds"},
		{"lantern", "failures: {type: outages, ", "failures: {type: machines, ", false, "words of outages for machines"},
		{"lantern", "remark: text", "remark: {type: text, aliases: {}}", true, "no alias of a note"},
		{"lantern", "remark: text", "remark: {type: text, aliases: {a: b}}", false, "an alias of a note"},
		{"lantern", "remark: text", "on: text", false, "a fact that is always there"},
		{"lantern", "then: limited, limit: parts-only", "then: limited", false, "limited by nothing"},
		{"lantern", "{when: {part: lamp}, then: covered, service: repair}", "{when: {part: lamp}, then: covered, limit: parts-only}", false, "a limit of what is covered"},
		{"lantern", "then: requires_addon, remedy: {addon: longlife}", "then: requires-addon, remedy: {addon: longlife}", true, "an outcome with the other dash"},
		{"lantern", "then: requires_addon, remedy: {addon: longlife}", "then: announced, remedy: {addon: longlife}", false, "a remedy without a no"},
		{"lantern", "{then: amount, gives: vouchers}", "{then: amount}", false, "an amount of nothing"},
		{"lantern", "then: within, gives: hours}", "then: undetermined}", false, "an outcome that no rule has"},
		{"lantern", "contract_term: [before, after]", "contract_term: [before, ended]", false, "a word that a fact of ours never has"},
		{"lantern", "mast_height: {above: 30}", "mast_height: {above: 30, at_least: 31}", false, "two bounds on one side"},
		{"lantern", "mast_height: {above: 30}", "mast_height: {above: 30, below: 2024-01-01}", false, "a number and a date"},
		{"lantern", "recalled: {at_most: 2015-12-31}", "on: {at_most: 2015-12-31}, recalled: {at_most: 2015-12-31}", true, "a bound on the day"},
		{"lantern", "recalled: {at_most: 2015-12-31}", "on: {at_most: 12}, recalled: {at_most: 2015-12-31}", false, "a day that is a number"},
		{"lantern", "kept_until: {date: {from: sold_until, years: 3}}", "kept_until: {date: {is: 2030-01-01}}", true, "a date that is always the same"},
		{"lantern", "kept_until: {date: {from: sold_until, years: 3}}", "kept_until: {date: {from: sold_until, years: 101}}", false, "too many years"},
		{"lantern", "window: service-year,\n         start: bought, ", "window: service-year, ", false, "years from nowhere"},
		{"lantern", "counts: {attribution: works}", "counts: {}", false, "no outage counts"},
		{"lantern", "mk2: [2018-02-28, \"2024-08\",  12.5, \"yes\"]", "mk2: [2018-02-28, 2024-08, 12.5, \"yes\"]", true, "a month without quotes"},
		{"lantern", "mk2: [2018-02-28, \"2024-08\",  12.5, \"yes\"]", "mk2: [2018-02-28, \"2024-13\", 12.5, \"yes\"]", false, "no month"},
		{"lantern", "mk2: [2018-02-28, \"2024-08\",  12.5, \"yes\"]", "mk2: [2018-02-28, \"2024-08\", 12.5]", false, "a cell too few in a linked table"},
		{"lantern", "mk0: [2010-01-01]", "mk0: [12]", false, "a number in a table without a column of numbers"},
		{"lantern", "    kind: statement\n    asks: What does", "    kind: duty\n    asks: What does", false, "a kind of question that is none"},
		{"lantern", "statement: {party: customer, kind: obligation}\n  rules:", "rules:", true, "a rule instead of a statement"},
		{"lantern", "  summary: What gives light.\n  statement: {party: both, kind: definition}", "  summary: What gives light.", false, "a clause that says nothing"},
		{"lantern", "clauses:\n- clause: Introduction", "words: {Introduction: 0123456789abcdef, \"1.1\": \"1234567890123456\"}\nterms: {Lys: {means: light, clauses: []}}\nclauses:\n- clause: Introduction", true, "words, of digits too, and terms"},
		{"lantern", "clauses:\n- clause: Introduction", "words: {Introduction: 0123456789ABCDEF}\nclauses:\n- clause: Introduction", false, "words in large letters"},
		{"lantern", "clauses:\n- clause: Introduction", "case_lifecycle: {clause: \"6\", starts: new, states: {new: {means: New.}, done: {means: Done., ends: \"yes\"}}, steps: [{from: new, on: mended, to: done, event: resolved}]}\nclauses:\n- clause: Introduction", true, "a life of a case"},
		{"lantern", "clauses:\n- clause: Introduction", "case_lifecycle: {clause: \"6\", starts: new, states: {new: {means: New.}, done: {means: Done., ends: \"yes\"}}, steps: [{from: new, on: mended, to: done, event: mended}]}\nclauses:\n- clause: Introduction", false, "an event that is none"},
	} {
		text := string(read(t, folder+"testdata/good/"+test.file+".yaml"))
		changed := strings.Replace(text, test.old, test.new, 1)
		if changed == text {
			t.Errorf("%s: no %q in %s", test.why, test.old, test.file)
		}
		_, loader := catalog.Parse("x.yaml", []byte(changed))
		got, err := s.check("x.yaml", []byte(changed), false)
		if schema := err == nil && len(got) == 0; (loader == nil) != test.good || schema != test.good {
			t.Errorf("%s: want good %v\nthe loader: %v\nthe schema: %v %v", test.why, test.good, loader, err, got)
		}
	}
}

func TestRun(t *testing.T) {
	large := filepath.Join(t.TempDir(), "large.yaml")
	if err := os.WriteFile(large, bytes.Repeat([]byte("#\n"), maxFile), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		args   string
		status int
		want   string
	}{
		{folder + "data/catalog.yaml " + folder + "testdata/good/harbour.yaml", 0, "2 of 2 files accepted"},
		{folder + "testdata/bad/keys.yaml", exitRefused, "keys.yaml:12:3: edition.titel: additional properties 'titel' not allowed"},
		{folder + "testdata/bad/names.yaml", exitRefused, "names.yaml:28:11: metrics.first response: invalid propertyName"},
		{folder + "testdata/bad/bracket.yaml", exitRefused, "bracket.yaml: yaml: line"},
		{folder + "testdata/bad/hidden.yaml", exitRefused, "hidden.yaml:22:5: a key is plain text"},
		{folder + "testdata/bad/unknown-alias.yaml", exitRefused, "unknown anchor"},
		{"nowhere.yaml " + folder + "testdata/good/harbour.yaml", exitRefused, "1 of 2 files accepted"},
		{large, exitRefused, "more than 1048576 bytes"},
		{"", exitUsage, "usage: go run . [-schemas FOLDER] FILE..."},
		{"-x", exitUsage, "flag provided but not defined"},
		{"-h", 0, "usage:"},
		{"-schemas nowhere x.yaml", exitUsage, "no such file"},
	} {
		var out bytes.Buffer
		if got := run(strings.Fields(test.args), &out, &out); got != test.status || !strings.Contains(out.String(), test.want) {
			t.Errorf("%q: status %d, want %d and %q:\n%.600s", test.args, got, test.status, test.want, out.String())
		}
	}
}
