package catalog_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/catalog"
	"github.com/supportterms/supportterms/entitlement"
	"github.com/supportterms/supportterms/entitlement/rule"
	"github.com/supportterms/supportterms/sla"
)

// A readingRow is a reading of an edition: its values, the default first, and
// what stands in for the key and the values.
type readingRow struct {
	key, values string
	alias       string
	why         string // where the values and the default come from
}

// Each edition has these readings and no others. They are those on which a
// response or a coverage answer can rest: some rule or figure has a condition
// on each.
var readingRows = map[string][]readingRow{
	"ubuntu-pro/2025-07-02": {
		{"sla.247.sev2_4_clock", "coverage-hours elapsed elapsed-from-coverage", "", "plain hours under a coverage of business hours"},
		{"calendar.holidays", "excluded counted", "", "the definition excludes them, note 2 is silent"},
		{"calendar.location", "portal-then-hq hq", "", "note 2 has the portal, the definition the headquarters"},
		{"calendar.weekend", "mon-fri local-weekend", "", "the days are named"},
		{"calendar.close", "at-close next-open", "", "the earliest instant at which the time has run"},
		{"sla.weekly", "calendar-week-roll calendar-week 168h 5-business-days", "", "weekly, without a footnote"},
		{"sla.ongoing_base", "latest-event severity-update latest-response", "", "note 3"},
		{"sla.initial_base", "request severity-update", "", "note 3 is of ongoing responses only"},
		{"sla.initial_response", "human automatic", "", "11.4: cases are answered automatically"},
		{"legacy.sev1", "severity-2-row priority-only severity-2-times-full-coverage", "", "7.4.1"},
		{"legacy.applies_to", "legacy-phase whole-subscription", "", "the cap is of the extension"},
		{"process.business_day", "10-business-hours end-of-next-business-day same-time-next-business-day", "", "18.1.1"},
		{"sla.hold", "none awaiting-customer", "", "no text stops a clock"},

		// Coverage rests on these. A number is that of the row in the list of the document's ambiguities.
		{"lifecycle.end_dates", "computed published", "", "27: the years are in the text, the published dates are not"},
		{"lifecycle.end_day", "inclusive exclusive", "", "28"},
		{"esm.ten_years", "from-release after-standard", "", "29: ten years after the release in the text of 2023"},
		{"esm.medium", "selected high-critical-only", "", "32: 1.1 is the operative clause"},
		{"legacy.end_source", "distro-info release-cycle-2025-11", "", "30: the text gives no length; two published ones contradict each other"},
		{"legacy.regression", "any-security-fix esm-fix-only", "", "34"},
		{"legacy.components", "as-subscription main-only", "", "35"},
		{"scope.apps_only", "not-offered universe-only", "", "37: left over from 2023"},
		{"arch.x86", "amd64-only amd64-and-i386", "", "41: 64-bit x86 in 2017 and 2023"},
		{"archive.pockets", "official-any no-proposed-no-backports", "", "44: silence"},
		{"support.bugfix_in_esm", "offered not-offered", "", "46: 1.4.2 against 7.1"},
		{"k8s.legacy_channel", "included needs-legacy-addon", "", "48: 3.1.1.1 names no add-on"},
		{"maas.n_minus_3", "latest-and-previous-three three-versions", "", "51: as 3.1.2.1 explains N-4"},
		{"support.cis", "undetermined as-main-package not-listed", "", "56: 7.1.3.1.5 does not name it"},
		{"term.days", "inclusive-last-day day-one-counts", "", "57: the 90th day after"},
		{"charms.never_released", "open-ended undetermined", "", "58: the days have not begun"},
		{"xref.7.2.6", "8.5 8.6-literal", "", "63: corrected in 2026"},
		{"snapstore.scope", "needs-store-agreement any-support", "", "64"},
		{"infra.universe", "product-packages main-only", "", "65: 7.2.7 against 8.2.8.2"},
		{"ceph.allowance_scope", "pooled per-node", "", "66: which nodes count matters only when pooled"},
		{"units.tb", "decimal binary", "", "67"},
		{"ceph.full_gate", "8.3.6 8.3.7", "", "69: 8.3.6.1.1 against 8.3.7.1"},
		{"openstack.unvalidated", "bug-fix-only not-supported", "", "72: 8.2.9.1 is for this case"},
		{"kubernetes.kubeadm", "covered canonical-distribution-only", "", "77: the special over the general"},
		{"hardware.enabled", "accepted certified-only", "", "81: 7.1.1 against 7.1.1.2"},
		{"desktop.devtools", "covered base-image-only", "", "83: the introduction against 9.1"},
		{"credentials.rounding", "started-block full-block full-block-min-5", "", "89: full blocks give 499 nodes nobody"},
		{"credentials.mix", "equivalence larger separate-blocks", "", "90"},
		{"managed.prerequisite", "full-pro-247 any-247", "", "94: 20.1 and the introduction"},
		{"upgrades.skips", "after-third on-fourth", "", "95"},
		{"uptime.window", "rolling-12-months service-year", "", "99"},
		{"uptime.denominator", "whole-period less-excluded-time", "", "100"},
		{"leave.tam_days", "calendar-days business-days", "", "103: as printed"},
	},
	"support-overview/undated": {
		{"overview.sev1_weekday", "weekday-24h business-hours", "", "hours without weekends and holidays"},
		{"sla.247.sev2_4_clock", "elapsed coverage-hours elapsed-from-coverage", "", "the overview has no row of coverage"},
		{"calendar.holidays", "excluded counted", "", "it defers to the description"},
		{"calendar.location", "portal-then-hq hq", "", "headquarters, and the customer's time zone"},
		{"calendar.weekend", "mon-fri local-weekend", "", "the days are named"},
		{"calendar.close", "at-close next-open", "", "as in the description"},
		{"sla.initial_base", "request severity-update", "", "as in the description"},
		{"sla.initial_response", "human automatic", "", "as in the description"},
		{"sla.hold", "none awaiting-customer", "", "no text stops a clock"},
		{"units.tb", "decimal binary", "", "67, for O 5"},
		{"ceph.allowance_scope", "pooled per-node", "", "66, for O 5"},
	},
	"smart-start/undated": {
		{"smartstart.location", "customer provider", "", "business hours without a place"},
		{"calendar.weekend", "mon-fri local-weekend", "", "the days are named"},
		{"calendar.close", "at-close next-open", "", "as in the description"},
		{"sla.initial_base", "request severity-update", "", "as in the description"},
		{"sla.initial_response", "human automatic", "", "as in the description"},
		{"sla.hold", "none awaiting-customer", "", "no text stops a clock"},
		{"smartstart.telephone", "emergency-only preferred-only", "", "24"},
	},
	"ubuntu-advantage/2017-07-21": {
		{"business_day", "business-time same-clock end-of-day", "process.business_day 10-business-hours same-time-next-business-day end-of-next-business-day", "A-02"},
		{"sev1_hour", "elapsed elapsed-excluding-holidays business-hour", "", "A-03; the middle one in July only"},
		{"exhausted_at_close", "earliest latest", "calendar.close at-close next-open", "A-05"},
		{"sla.initial_response", "human automatic", "", "A-06"},
		{"sla.initial_base", "keep request severity-update", "", "A-07, with keep as its default"},
		{"calendar.weekend", "mon-fri local-weekend", "", "A-10"},
		{"sla.hold", "none awaiting-customer", "", "no text stops a clock"},
		{"backports", "specific-grant general-exclusion", "", "A-18"},
		{"term_end", "half-open inclusive", "", "A-41"},
		{"after_n_days", "inclusive exclusive", "term.days inclusive-last-day day-one-counts", "A-42"},
		{"allowance", "pooled per-node-cap", "ceph.allowance_scope pooled per-node", "A-36"},
		{"units.tb", "decimal binary", "", "A-36: TB = 1000 GB"},
		{"vg_kvm_exclusion", "nested-only literal", "", "A-22"},
		{"cloud_region_not_foundation", "excluded bug-fix-support", "", "A-33"},
	},
	"ubuntu-advantage/2017-02-09": {
		{"feb_table", "emended as-printed", "", "A-01"},
		{"desktop_advanced_hours", "specific-row general-desktop-row", "", "A-12"},
		{"business_day", "business-time same-clock end-of-day", "process.business_day 10-business-hours same-time-next-business-day end-of-next-business-day", "A-02"},
		{"sev1_hour", "elapsed business-hour", "", "A-03: in Japanese the words on holidays reach business hours and days only"},
		{"exhausted_at_close", "earliest latest", "calendar.close at-close next-open", "A-05"},
		{"sla.initial_response", "human automatic", "", "A-06"},
		{"sla.initial_base", "keep request severity-update", "", "A-07, with keep as its default"},
		{"calendar.weekend", "mon-fri local-weekend", "", "A-10"},
		{"sla.hold", "none awaiting-customer", "", "no text stops a clock"},
		{"backports", "specific-grant general-exclusion", "", "A-18"},
		{"term_end", "half-open inclusive", "", "A-41"},
		{"after_n_days", "inclusive exclusive", "term.days inclusive-last-day day-one-counts", "A-42"},
		{"allowance", "pooled per-node-cap", "ceph.allowance_scope pooled per-node", "A-36"},
		{"units.tb", "decimal binary", "", "A-36: TB = 1000 GB"},
		{"guest_tier", "as-printed emended", "", "A-21"},
		{"cloud_region_not_canonical_architecture", "excluded bugs-only", "", "A-33"},
		{"no_deployment_support", "other-architectures-only all-installations", "", "A-34"},
	},
}

func edition(t testing.TB, id string) *catalog.Edition {
	t.Helper()
	e, err := catalog.Builtin().Edition(id)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// conditioned returns the facts that a rule or a figure of the edition has a
// condition on.
func conditioned(e *catalog.Edition) map[string]bool {
	out := map[string]bool{}
	see := func(when []rule.Condition) {
		for _, c := range when {
			out[c.Fact] = true
		}
	}
	for _, rules := range e.Policy().Spec.Rules {
		for _, r := range rules {
			see(r.When)
		}
	}
	for _, q := range e.Coverage().Spec.Questions {
		for _, r := range q.Rules {
			see(r.When)
		}
	}
	for _, f := range e.Coverage().Spec.Figures {
		for _, c := range f.Cases {
			see(c.When)
		}
	}
	return out
}

func TestReadings(t *testing.T) {
	for id, rows := range readingRows {
		used := conditioned(edition(t, id))
		got := map[string]entitlement.Reading{}
		for _, r := range edition(t, id).Readings() {
			got[r.Key] = r
		}
		for _, row := range rows {
			r, ok := got[row.key]
			if !ok {
				t.Errorf("%s: no reading %s (%s)", id, row.key, row.why)
				continue
			}
			delete(got, row.key)
			var names, alias []string
			if r.Alias != "" {
				alias = append(alias, r.Alias)
			}
			for _, v := range r.Values {
				names = append(names, v.Name)
				if v.Means == "" {
					t.Errorf("%s: %s=%s does not say what it means", id, r.Key, v.Name)
				}
				if v.Alias != "" {
					alias = append(alias, v.Alias)
				}
			}
			if diff := cmp.Diff(strings.Fields(row.values), names); diff != "" {
				t.Errorf("%s: %s (%s): %s", id, row.key, row.why, diff)
			}
			if r.Default != strings.Fields(row.values)[0] {
				t.Errorf("%s: %s is %s by default, want %s (%s)", id, row.key, r.Default, strings.Fields(row.values)[0], row.why)
			}
			if strings.Join(alias, " ") != row.alias {
				t.Errorf("%s: %s has the aliases %q, want %q", id, row.key, alias, row.alias)
			}
			if !used[row.key] {
				t.Errorf("%s: no rule and no figure rests on %s", id, row.key)
			}
			if r.Asks == "" || r.Because == "" || len(r.Clauses) == 0 {
				t.Errorf("%s: %s does not say what it asks, why, or of which clause", id, row.key)
			}
		}
		for key := range got {
			t.Errorf("%s: a reading %s that is not in the list", id, key)
		}
	}
	if ids := catalog.Builtin().Editions(); len(ids) != len(readingRows) {
		t.Errorf("%d editions, rows for %d", len(ids), len(readingRows))
	}
}

// Which values can be had only where a fact is known, or at one level.
func TestReadingNeeds(t *testing.T) {
	want := map[string]string{
		"ubuntu-pro/2025-07-02 calendar.location=hq":                       "headquarters",
		"ubuntu-pro/2025-07-02 calendar.weekend=local-weekend":             "place.weekend",
		"ubuntu-pro/2025-07-02 legacy.sev1=severity-2-times-full-coverage": "level 24x7",
		"support-overview/undated calendar.location=hq":                    "headquarters",
		"support-overview/undated calendar.weekend=local-weekend":          "place.weekend",
		"smart-start/undated smartstart.location=provider":                 "provider",
		"smart-start/undated calendar.weekend=local-weekend":               "place.weekend",
		"ubuntu-advantage/2017-07-21 calendar.weekend=local-weekend":       "place.weekend",
		"ubuntu-advantage/2017-02-09 calendar.weekend=local-weekend":       "place.weekend",
	}
	got := map[string]string{}
	for id := range readingRows {
		for _, r := range edition(t, id).Readings() {
			for _, v := range r.Values {
				if v.Needs != "" {
					got[id+" "+r.Key+"="+v.Name] = v.Needs
				}
				if v.Level != "" {
					got[id+" "+r.Key+"="+v.Name] += "level " + v.Level
				}
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Every value can be chosen, under the key and the alias, and by the alias of
// the value; the two names are one choice.
func TestReadingAliases(t *testing.T) {
	loc, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	friday := time.Date(2017, 8, 11, 16, 0, 0, 0, loc)
	at := sla.Places{sla.Agreed: {Location: loc, Holidays: calendar.List{}}}
	for id, rows := range readingRows {
		e := edition(t, id)
		due := func(readings map[string]string) sla.Due {
			t.Helper()
			contract := entitlement.Contract{Readings: readings}
			if e.Document == "ubuntu-advantage" {
				contract.Offering = "server-standard"
			}
			// 2 business hours from 16:00 end at the closing.
			b, err := e.Bind(contract, "", e.Calendars(at))
			if err != nil {
				t.Errorf("%s: %v: %v", id, readings, err)
				return sla.Due{}
			}
			severity := sla.Severity(1)
			if readings["business_day"]+readings["process.business_day"] != "" {
				severity = 3 // 1 business day
			}
			d, err := b.Due(sla.FirstResponse, severity, friday)
			if err != nil {
				t.Errorf("%s: %v: %v", id, readings, err)
			}
			return d
		}
		for _, row := range rows {
			alias := strings.Fields(row.alias)
			for i, value := range strings.Fields(row.values) {
				want := due(map[string]string{row.key: value})
				if len(alias) == 0 {
					continue
				}
				for _, names := range [][2]string{{alias[0], alias[i+1]}, {row.key, alias[i+1]}, {alias[0], value}} {
					if got := due(map[string]string{names[0]: names[1]}); !got.Equal(want) {
						t.Errorf("%s: %s=%s is %v, %s=%s %v", id, names[0], names[1], got, row.key, value, want)
					}
				}
			}
		}
	}
	// A coverage case that chooses a value is answered alike under the other name.
	asked := map[string]bool{}
	desk := catalog.NewDesk(catalog.Builtin(), nil)
	for _, c := range coverageCases(t) {
		for _, row := range readingRows[c.Edition] {
			alias, values := strings.Fields(row.alias), strings.Fields(row.values)
			value, ok := c.Readings[row.key]
			if !ok || len(alias) == 0 {
				continue
			}
			i := slices.Index(values, value)
			if i < 0 {
				continue // the value has its other name there
			}
			asked[c.Edition+" "+row.key+" "+value] = true
			c.Readings = maps.Clone(c.Readings)
			delete(c.Readings, row.key)
			c.Readings[alias[0]] = alias[i+1]
			if why := c.differs(desk.AnswerLine(c.line())); why != "" {
				t.Errorf("%s %s with %s=%s: %s", c.Edition, c.ID, alias[0], alias[i+1], why)
			}
		}
	}
	for _, id := range []string{"ubuntu-advantage/2017-07-21", "ubuntu-advantage/2017-02-09"} {
		for _, choice := range []string{"after_n_days inclusive", "after_n_days exclusive", "allowance pooled", "allowance per-node-cap"} {
			if !asked[id+" "+choice] {
				t.Errorf("%s: no case chooses %s", id, choice)
			}
		}
	}
	july := edition(t, "ubuntu-advantage/2017-07-21")
	due := func(severity sla.Severity, readings map[string]string) time.Time {
		b, err := july.Bind(entitlement.Contract{Offering: "server-standard", Readings: readings}, "", july.Calendars(at))
		if err != nil {
			t.Fatal(err)
		}
		d, err := b.Due(sla.FirstResponse, severity, friday)
		if err != nil {
			t.Fatal(err)
		}
		return d.At
	}
	for _, tt := range []struct {
		why      string
		key, is  string
		severity sla.Severity
		want     time.Time
	}{
		{"2 business hours from Friday 16:00 are used up at 18:00", "calendar.close", "at-close", 1, time.Date(2017, 8, 11, 18, 0, 0, 0, loc)},
		{"… or due when Monday opens", "calendar.close", "next-open", 1, time.Date(2017, 8, 14, 8, 0, 0, 0, loc)},
		{"2 hours on Friday, 8 on Monday", "process.business_day", "10-business-hours", 3, time.Date(2017, 8, 14, 16, 0, 0, 0, loc)},
		{"the same time", "process.business_day", "same-time-next-business-day", 3, time.Date(2017, 8, 14, 16, 0, 0, 0, loc)},
		{"the closing", "process.business_day", "end-of-next-business-day", 3, time.Date(2017, 8, 14, 18, 0, 0, 0, loc)},
	} {
		if got := due(tt.severity, map[string]string{tt.key: tt.is}); !got.Equal(tt.want) {
			t.Errorf("%s=%s: %v, want %v: %s", tt.key, tt.is, got, tt.want, tt.why)
		}
	}
}

// One question answered under both of its names, differently, is refused.
func TestReadingUnderTwoNames(t *testing.T) {
	july := edition(t, "ubuntu-advantage/2017-07-21")
	for range 20 { // whichever the map yields first
		_, err := july.Bind(entitlement.Contract{
			Offering: "switch",
			Readings: map[string]string{"exhausted_at_close": "latest", "calendar.close": "at-close"},
		}, "", july.Calendars(sla.Places{}))
		if err == nil {
			t.Fatal("latest and at-close at once")
		}
	}
}

// A wrong key or value is refused with what may be given.
func TestReadingsRefused(t *testing.T) {
	for id, rows := range readingRows {
		e := edition(t, id)
		_, err := e.Bind(entitlement.Contract{Readings: map[string]string{"no.such": "x"}}, "", e.Calendars(sla.Places{}))
		for _, row := range rows {
			if err == nil || !strings.Contains(err.Error(), row.key) {
				t.Errorf("%s: the error for another key does not name %s: %v", id, row.key, err)
			}
			_, err := e.Bind(entitlement.Contract{Readings: map[string]string{row.key: "nonsense"}}, "", e.Calendars(sla.Places{}))
			for _, value := range append(strings.Fields(row.values), "nonsense", row.key) {
				if err == nil || !strings.Contains(err.Error(), value) {
					t.Errorf("%s: the error for another value of %s does not name %s: %v", id, row.key, value, err)
				}
			}
		}
	}
	// What another edition reads is not read here.
	pro := edition(t, "ubuntu-pro/2025-07-02")
	if slices.ContainsFunc(pro.Readings(), func(r entitlement.Reading) bool { return r.Alias != "" }) {
		t.Error("the description of 2025 has the keys' own names")
	}
	for _, key := range []string{"business_day", "sev1_hour", "overview.sev1_weekday"} {
		if _, err := pro.Bind(entitlement.Contract{Readings: map[string]string{key: "elapsed"}}, "", nil); err == nil {
			t.Errorf("ubuntu-pro takes %s", key)
		}
	}
}
