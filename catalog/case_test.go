package catalog_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/calendar/calendartest"
	"github.com/supportterms/supportterms/catalog"
)

// A caseRow is a case told by its events, and where a response to it stands.
// The instants were worked out from the documents by hand. They are written as
// a weekday of the table's week, or of the second or third ("Tue2"), and a time
// on the clock of the place; an event is "kind instant", with the severity after
// a stroke: "opened/1 Mon 09:00".
type caseRow struct {
	why      string
	events   string // apart by semicolons
	readings string // "key=value key=value"
	status   string
	due      string // "" for none, "?" where the texts do not say
	asOf     string
	metric   string // first_response unless given
}

// A caseTable is rows with what they have in common.
type caseTable struct {
	edition  string
	contract string // JSON
	more     string // JSON members: release, other places
	zone     string
	monday   string
	holidays []string
}

// instant reads "Mon 09:00" or "Thu2 18:00:01".
func (ct caseTable) instant(t testing.TB, s string) time.Time {
	t.Helper()
	loc, err := time.LoadLocation(ct.zone)
	if err != nil {
		t.Fatal(err)
	}
	day, clock, ok := strings.Cut(s, " ")
	n := slices.Index([]string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}, day[:min(3, len(day))])
	if !ok || n < 0 {
		t.Fatalf("%q is no instant", s)
	}
	if len(day) > 3 {
		n += 7 * int(day[3]-'1')
	}
	date := calendar.MustParseDate(ct.monday).AddDays(n)
	layout := "2006-01-02 15:04"
	if strings.Count(clock, ":") == 2 {
		layout = "2006-01-02 15:04:05"
	}
	at, err := time.ParseInLocation(layout, date.String()+" "+clock, loc)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// query writes a row as a line of JSON.
func (ct caseTable) query(t testing.TB, row caseRow) map[string]any {
	t.Helper()
	q := map[string]any{}
	text := fmt.Sprintf(`{"edition": %q, "contract": %s, "metric": "first_response"%s}`, ct.edition, ct.contract, ct.more)
	if err := json.Unmarshal([]byte(text), &q); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	if _, ok := q["place"]; !ok && ct.zone != "" {
		q["place"] = map[string]any{"zone": ct.zone, "holidays": append([]string{}, ct.holidays...)}
	}
	if row.metric != "" {
		q["metric"] = row.metric
	}
	readings := map[string]string{}
	for _, r := range strings.Fields(row.readings) {
		key, value, _ := strings.Cut(r, "=")
		readings[key] = value
	}
	q["readings"] = readings
	var events []map[string]any
	for _, text := range strings.Split(row.events, ";") {
		name, at, _ := strings.Cut(strings.TrimSpace(text), " ")
		kind, severity, set := strings.Cut(name, "/")
		e := map[string]any{"kind": kind, "at": ct.instant(t, at)}
		if set {
			e["severity"] = int(severity[0] - '0')
		}
		events = append(events, e)
	}
	q["events"] = events
	if row.asOf != "" {
		q["as_of"] = ct.instant(t, row.asOf)
	}
	return q
}

// answer is what a line of JSON got.
type answer struct {
	ID        *string `json:"id"`
	Status    string  `json:"status"`
	Due       *string `json:"due"`
	Clock     *string `json:"clock"`
	Target    *string `json:"target"`
	Stated    int     `json:"stated_severity"`
	Effective int     `json:"effective_severity"`
	Clauses   []string
	Missing   []string
	Readings  map[string]string
	Holidays  struct{ Status, Version *string }
	Ledger    []struct {
		From, To string
		Seconds  float64
		Why      []string
	}
	Error string
}

func ask(t testing.TB, desk *catalog.Desk, q any) answer {
	t.Helper()
	line, ok := q.(string)
	if !ok {
		b, err := json.Marshal(q)
		if err != nil {
			t.Fatal(err)
		}
		line = string(b)
	}
	var a answer
	if err := json.Unmarshal(desk.AnswerLine([]byte(line)), &a); err != nil {
		t.Fatal(err)
	}
	return a
}

func (ct caseTable) run(t *testing.T, rows []caseRow) {
	desk := catalog.NewDesk(catalog.Builtin(), nil)
	for _, row := range rows {
		t.Run(row.why, func(t *testing.T) {
			q := ct.query(t, row)
			// Whatever the order of arrival, and told twice.
			r := rand.New(rand.NewPCG(1, 1))
			for range 3 {
				a := ask(t, desk, q)
				due := ""
				if a.Due != nil {
					due = *a.Due
				}
				want := row.due
				if want != "" && want != "?" {
					want = ct.instant(t, want).Format(time.RFC3339Nano)
				}
				if a.Status != row.status || want != "?" && due != want {
					t.Fatalf("%s, due %q %s; want %s, %q\n%v", a.Status, due, a.Error, row.status, want, row)
				}
				events := q["events"].([]map[string]any)
				events = append(events, events[r.IntN(len(events))])
				r.Shuffle(len(events), func(i, j int) { events[i], events[j] = events[j], events[i] })
				q["events"] = events
			}
		})
	}
}

// weekday is support of 2025 in London in a week without a holiday: 4, 8, 12
// and 24 business hours, and then 2, 8, weekly and nothing.
var weekday = caseTable{
	edition: "ubuntu-pro/2025-07-02", contract: `{"level": "weekday"}`, zone: "Europe/London", monday: "2025-09-01",
}

func TestResponses(t *testing.T) {
	const automatic = "sla.initial_response=automatic"
	weekday.run(t, []caseRow{
		{why: "4 business hours from 09:00", events: "opened/1 Mon 09:00", status: "due", due: "Mon 13:00"},
		{why: "met by the deadline itself", events: "opened/1 Mon 09:00; responded Mon 13:00", status: "met", due: "Mon 13:00"},
		{why: "missed one second later", events: "opened/1 Mon 09:00; responded Mon 13:00:01", status: "missed", due: "Mon 13:00"},
		{why: "the automatic answer is no response", events: "opened/1 Mon 09:00; acknowledged Mon 09:00:05", status: "due", due: "Mon 13:00"},
		{why: "or it is", events: "opened/1 Mon 09:00; acknowledged Mon 09:00:05", readings: automatic, status: "met", due: "Mon 13:00"},
		{why: "a person after the automatic answer is too late", events: "opened/1 Mon 09:00; acknowledged Mon 09:00:05; responded Mon 14:00", status: "missed", due: "Mon 13:00"},
		{why: "or the automatic answer was in time", events: "opened/1 Mon 09:00; acknowledged Mon 09:00:05; responded Mon 14:00", readings: automatic, status: "met", due: "Mon 13:00"},
		{why: "an automatic answer can be late", events: "opened/1 Mon 09:00; acknowledged Mon 13:00:01", readings: automatic, status: "missed", due: "Mon 13:00"},
		{why: "a person before a late automatic answer", events: "opened/1 Mon 09:00; responded Mon 12:00; acknowledged Mon 13:00:01", readings: automatic, status: "met", due: "Mon 13:00"},
		{why: "the first response counts, a second is an update", events: "opened/1 Mon 09:00; responded Mon 12:00; responded Mon 14:00", status: "met", due: "Mon 13:00"},
		{why: "what the customer says is no response", events: "opened/1 Mon 09:00; customer_replied Mon 10:00; location_changed Mon 10:30; contract_changed Mon 10:30", status: "due", due: "Mon 13:00"},
		{why: "an update before any response is no response", events: "opened/1 Mon 09:00; updated Mon 10:00", status: "due", due: "Mon 13:00"},
		{why: "opened at the closing starts the next morning", events: "opened/1 Mon 18:00; responded Tue 12:00", status: "met", due: "Tue 12:00"},

		{why: "before anything has happened", events: "opened/1 Mon 09:00; responded Mon 14:00", asOf: "Mon 08:00", status: "not_started"},
		{why: "as of the opening", events: "opened/1 Mon 09:00; responded Mon 14:00", asOf: "Mon 09:00", status: "due", due: "Mon 13:00"},
		{why: "as of an instant before the response", events: "opened/1 Mon 09:00; responded Mon 14:00", asOf: "Mon 12:00", status: "due", due: "Mon 13:00"},
		{why: "no response is missed before it is given: it may be owed still", events: "opened/1 Mon 09:00; responded Mon 14:00", asOf: "Mon 13:30", status: "due", due: "Mon 13:00"},
		{why: "as of the response", events: "opened/1 Mon 09:00; responded Mon 14:00", asOf: "Mon 14:00", status: "missed", due: "Mon 13:00"},
		{why: "as of long after", events: "opened/1 Mon 09:00; responded Mon 12:00", asOf: "Fri2 09:00", status: "met", due: "Mon 13:00"},
		{why: "what is set later is not known yet", events: "opened/1 Mon 09:00; severity_set/4 Mon 11:00", asOf: "Mon 10:00", status: "due", due: "Mon 13:00"},

		{why: "resolved in time without a response", events: "opened/1 Mon 09:00; resolved Mon 12:00", status: "cancelled", due: "Mon 13:00"},
		{why: "resolved at the deadline: it had not passed", events: "opened/1 Mon 09:00; resolved Mon 13:00", status: "cancelled", due: "Mon 13:00"},
		{why: "resolved after the deadline: none was ever given", events: "opened/1 Mon 09:00; resolved Mon 13:00:01", status: "missed", due: "Mon 13:00"},
		{why: "cancelled", events: "opened/1 Mon 09:00; cancelled Mon 10:00", status: "cancelled", due: "Mon 13:00"},
		{why: "merged into another case", events: "opened/1 Mon 09:00; merged Mon 10:00", status: "cancelled", due: "Mon 13:00"},
		{why: "closed", events: "opened/1 Mon 09:00; closed Mon 10:00", status: "cancelled", due: "Mon 13:00"},
		{why: "resolved after a response changes nothing", events: "opened/1 Mon 09:00; responded Mon 12:00; resolved Mon 16:00; closed Tue 09:00", status: "met", due: "Mon 13:00"},
		{why: "resolved, then reopened: a response is owed again", events: "opened/1 Mon 09:00; resolved Mon 10:00; reopened Mon 11:00", status: "due", due: "Mon 15:00"},
		{why: "the same before it is reopened", events: "opened/1 Mon 09:00; resolved Mon 10:00; reopened Mon 11:00", asOf: "Mon 10:30", status: "cancelled", due: "Mon 13:00"},
		{why: "what was met stays so", events: "opened/1 Mon 09:00; responded Mon 12:00; closed Mon 16:00; reopened Tue 09:00", status: "met", due: "Mon 13:00"},
		{why: "a cancelled case does not come back", events: "opened/1 Mon 09:00; cancelled Mon 10:00; reopened Mon 11:00", status: "cancelled", due: "Mon 13:00"},
	})
}

func TestSeverityChanges(t *testing.T) {
	const update = "sla.initial_base=severity-update"
	weekday.run(t, []caseRow{
		{why: "raised: 4 business hours from the opening", events: "opened/3 Mon 09:00; severity_set/1 Mon 10:00", status: "due", due: "Mon 13:00"},
		{why: "raised: or from the change", events: "opened/3 Mon 09:00; severity_set/1 Mon 10:00", readings: update, status: "due", due: "Mon 14:00"},
		{why: "raised when the deadline of the new severity is past", events: "opened/3 Mon 09:00; severity_set/1 Tue 10:00", status: "due", due: "Mon 13:00"},
		{why: "the same from the change", events: "opened/3 Mon 09:00; severity_set/1 Tue 10:00", readings: update, status: "due", due: "Tue 14:00"},
		{why: "raised, and answered too late for it", events: "opened/3 Mon 09:00; severity_set/1 Mon 10:00; responded Mon 13:30", status: "missed", due: "Mon 13:00"},
		{why: "raised, and answered in time from the change", events: "opened/3 Mon 09:00; severity_set/1 Mon 10:00; responded Mon 13:30", readings: update, status: "met", due: "Mon 14:00"},
		{why: "lowered: 9 hours of Monday, 10 of Tuesday, 5 of Wednesday", events: "opened/1 Mon 09:00; severity_set/4 Mon 10:00", status: "due", due: "Wed 13:00"},
		{why: "lowered: 8 hours of Monday, 10 of Tuesday, 6 of Wednesday", events: "opened/1 Mon 09:00; severity_set/4 Mon 10:00", readings: update, status: "due", due: "Wed 14:00"},
		{why: "lowered after its deadline, and then answered", events: "opened/1 Mon 09:00; severity_set/4 Mon 14:00; responded Mon 15:00", status: "met", due: "Wed 13:00"},
		{why: "changed twice: the last is in force", events: "opened/4 Mon 09:00; severity_set/3 Mon 10:00; severity_set/2 Mon 12:00", status: "due", due: "Mon 17:00"},
		{why: "changed twice: 6 hours of Monday from the last, 2 of Tuesday", events: "opened/4 Mon 09:00; severity_set/3 Mon 10:00; severity_set/2 Mon 12:00", readings: update, status: "due", due: "Tue 10:00"},
		{why: "set to what it is", events: "opened/1 Mon 09:00; severity_set/1 Mon 11:00", status: "due", due: "Mon 13:00"},
		{why: "not stated at first", events: "opened Mon 09:00; severity_set/2 Mon 10:00", status: "due", due: "Mon 17:00"},
		{why: "not stated at first, counted from the setting: used up at the closing", events: "opened Mon 09:00; severity_set/2 Mon 10:00", readings: update, status: "due", due: "Mon 18:00"},

		// A response that was given was given by the terms of its time.
		{why: "lowered after a response in time", events: "opened/1 Mon 09:00; responded Mon 12:00; severity_set/4 Mon 14:00", status: "met", due: "Mon 13:00"},
		{why: "lowered after a response in time, other base", events: "opened/1 Mon 09:00; responded Mon 12:00; severity_set/4 Mon 14:00", readings: update, status: "met", due: "Mon 13:00"},
		{why: "lowered after a response too late", events: "opened/1 Mon 09:00; responded Mon 14:00; severity_set/4 Mon 15:00", status: "missed", due: "Mon 13:00"},
		{why: "lowered after a response too late, other base", events: "opened/1 Mon 09:00; responded Mon 14:00; severity_set/4 Mon 15:00", readings: update, status: "missed", due: "Mon 13:00"},
		{why: "raised after a response in time", events: "opened/4 Mon 09:00; responded Tue 12:00; severity_set/1 Tue 14:00", status: "met", due: "Wed 13:00"},
		{why: "raised after a response in time, other base", events: "opened/4 Mon 09:00; responded Tue 12:00; severity_set/1 Tue 14:00", readings: update, status: "met", due: "Wed 13:00"},
	})

	// 2 and 4 business hours, 1 and 2 business days of 10 hours.
	july := caseTable{
		edition: "ubuntu-advantage/2017-07-21", contract: `{"offering": "server-standard"}`, zone: "Europe/London", monday: "2017-08-07",
	}
	const request = "sla.initial_base=request"
	july.run(t, []caseRow{
		{why: "raised: the severity first determined, from the opening", events: "opened/3 Mon 09:00; severity_set/1 Mon 10:00", status: "due", due: "Mon 11:00"},
		{why: "the first setting stays", events: "opened/3 Mon 09:00; severity_set/1 Mon 10:00; severity_set/4 Mon 10:30", status: "due", due: "Mon 11:00"},
		{why: "the last in force: 9 hours of Monday, 10 of Tuesday, 1 of Wednesday", events: "opened/3 Mon 09:00; severity_set/1 Mon 10:00; severity_set/4 Mon 10:30", readings: request, status: "due", due: "Wed 09:00"},
		{why: "from the last: 7.5 hours of Monday, 10 of Tuesday, 2.5 of Wednesday", events: "opened/3 Mon 09:00; severity_set/1 Mon 10:00; severity_set/4 Mon 10:30", readings: update, status: "due", due: "Wed 10:30"},
		{why: "lowered at its first setting", events: "opened/1 Mon 09:00; severity_set/4 Mon 10:00", status: "due", due: "Wed 09:00"},
		{why: "lowered, severity in force", events: "opened/1 Mon 09:00; severity_set/4 Mon 10:00", readings: request, status: "due", due: "Wed 09:00"},
		{why: "lowered, from the change", events: "opened/1 Mon 09:00; severity_set/4 Mon 10:00", readings: update, status: "due", due: "Wed 10:00"},
		{why: "never set: as stated, 9 hours of Monday and 1 of Tuesday", events: "opened/3 Mon 09:00", status: "due", due: "Tue 09:00"},
		{why: "set for the first time after the response", events: "opened/1 Mon 09:00; responded Mon 10:30; severity_set/4 Mon 12:00", status: "met", due: "Mon 11:00"},
		{why: "the same, severity in force", events: "opened/1 Mon 09:00; responded Mon 10:30; severity_set/4 Mon 12:00", readings: request, status: "met", due: "Mon 11:00"},
		{why: "raised after a late response", events: "opened/2 Mon 09:00; responded Mon 14:00; severity_set/1 Mon 15:00", status: "missed", due: "Mon 13:00"},
		{why: "lowered after a late response, from the change", events: "opened/2 Mon 09:00; responded Mon 14:00; severity_set/4 Mon 15:00", readings: update, status: "missed", due: "Mon 13:00"},
	})

	// 1 business day of the offering's own hours.
	desktop := july
	desktop.contract = `{"offering": "desktop-standard"}`
	desktop.run(t, []caseRow{
		{why: "8 hours, of which 2 on Monday", events: "opened/1 Mon 15:00", status: "due", due: "Tue 15:00"},
		{why: "a plain hour is no matter here", events: "opened/3 Mon 15:00", readings: "sev1_hour=business-hour", status: "due", due: "Wed 15:00"},
	})
}

func TestOngoingResponses(t *testing.T) {
	const (
		slots    = "sla.ongoing_base=severity-update"
		response = "sla.ongoing_base=latest-response"
	)
	rows := []caseRow{
		{why: "nothing is owed before the first response", events: "opened/2 Mon 08:00", status: "not_started"},
		{why: "nor after an update, which is none", events: "opened/2 Mon 08:00; updated Mon 09:00", status: "not_started"},
		{why: "8 business hours from the response", events: "opened/2 Mon 08:00; responded Mon 10:00", status: "due", due: "Mon 18:00"},
		{why: "the same from the latest response", events: "opened/2 Mon 08:00; responded Mon 10:00", readings: response, status: "due", due: "Mon 18:00"},
		{why: "slots from the opening: the first, to 16:00, is served", events: "opened/2 Mon 08:00; responded Mon 10:00", readings: slots, status: "due", due: "Tue 14:00"},
		{why: "an update restarts", events: "opened/2 Mon 08:00; responded Mon 10:00; updated Mon 12:00", status: "due", due: "Tue 10:00"},
		{why: "as does a second response", events: "opened/2 Mon 08:00; responded Mon 10:00; responded Mon 12:00", readings: response, status: "due", due: "Tue 10:00"},
		{why: "raised: 2 business hours from the setting", events: "opened/2 Mon 08:00; responded Mon 10:00; severity_set/1 Mon 11:00", status: "due", due: "Mon 13:00"},
		{why: "raised: from the response", events: "opened/2 Mon 08:00; responded Mon 10:00; severity_set/1 Mon 11:00", readings: response, status: "due", due: "Mon 12:00"},
		{why: "raised: the first slot from the setting", events: "opened/2 Mon 08:00; responded Mon 10:00; severity_set/1 Mon 11:00", readings: slots, status: "due", due: "Mon 13:00"},
		{why: "an update in the slot from 13:00 to 15:00", events: "opened/2 Mon 08:00; responded Mon 10:00; severity_set/1 Mon 11:00; updated Mon 14:30", readings: slots, status: "due", due: "Mon 17:00"},
		{why: "an update at the end of that slot serves it", events: "opened/2 Mon 08:00; responded Mon 10:00; severity_set/1 Mon 11:00; updated Mon 15:00", readings: slots, status: "due", due: "Mon 17:00"},
		{why: "one second later it serves the next, over the night", events: "opened/2 Mon 08:00; responded Mon 10:00; severity_set/1 Mon 11:00; updated Mon 15:00:01", readings: slots, status: "due", due: "Tue 09:00"},
		{why: "an update in the last slot of many", events: "opened/1 Mon 08:00; responded Mon 09:00; updated Fri 17:30", readings: slots, status: "due", due: "Mon2 10:00"},
		{why: "an update after hours falls in the slot of the next morning", events: "opened/1 Mon 08:00; responded Mon 09:00; updated Mon 20:00", readings: slots, status: "due", due: "Tue 12:00"},
		{why: "an answer at the instant of the setting begins the first slot", events: "opened/2 Mon 08:00; severity_set/1 Mon 09:00; responded Mon 09:00", readings: slots, status: "due", due: "Mon 11:00"},
		{why: "set before the response", events: "opened/4 Mon 08:00; severity_set/1 Mon 09:00; responded Mon 09:30", status: "due", due: "Mon 11:30"},
		{why: "severity 4 has no time", events: "opened/4 Mon 08:00; responded Mon 09:00", status: "no_target"},
		{why: "nor before the response", events: "opened/4 Mon 08:00", status: "no_target"},
		{why: "lowered to where there is no time", events: "opened/1 Mon 08:00; responded Mon 09:00; severity_set/4 Mon 09:30", status: "no_target"},
		{why: "the case ends before the next is due", events: "opened/1 Mon 08:00; responded Mon 09:00; resolved Mon 10:00", status: "cancelled", due: "Mon 11:00"},
		{why: "the case ends after it was due", events: "opened/1 Mon 08:00; responded Mon 09:00; resolved Mon 12:00", status: "missed", due: "Mon 11:00"},
		{why: "owed again once it is reopened", events: "opened/1 Mon 08:00; responded Mon 09:00; resolved Mon 10:00; reopened Tue 08:00", status: "due", due: "?"},
		{why: "a week later, at the same time", events: "opened/3 Mon 08:00; responded Mon 10:00", status: "due", due: "Mon2 10:00"},
		{why: "at the closing exactly it is not moved", events: "opened/3 Mon 08:00; responded Mon 18:00", status: "due", due: "Mon2 18:00"},
		{why: "a second later it is moved to the opening", events: "opened/3 Mon 08:00; responded Mon 18:00:01", status: "due", due: "Tue2 08:00"},
		{why: "on a Saturday it is moved to Monday", events: "opened/3 Mon 08:00; responded Sat 12:00", readings: response, status: "due", due: "Mon3 08:00"},
		{why: "weekly slots from Monday 08:00, the first served", events: "opened/3 Mon 08:00; responded Mon 10:00", readings: slots, status: "due", due: "Mon3 08:00"},
	}
	for i := range rows {
		rows[i].metric = "ongoing_response"
	}
	weekday.run(t, rows)

	self := weekday
	self.contract = `{"level": "self-support"}`
	self.run(t, []caseRow{{why: "N/A", events: "opened/1 Mon 08:00; responded Mon 09:00", metric: "ongoing_response", status: "not_entitled"}})
	july := weekday
	july.edition, july.contract, july.monday = "ubuntu-advantage/2017-07-21", `{"offering": "switch"}`, "2017-08-07"
	july.run(t, []caseRow{{why: "2017 knows none", events: "opened/1 Mon 08:00; responded Mon 09:00", metric: "ongoing_response", status: "unspecified"}})
	smart := weekday
	smart.edition, smart.contract = "smart-start/undated", `{}`
	smart.run(t, []caseRow{
		{why: "no ongoing time", events: "opened/1 Mon 08:00; responded Mon 09:00", metric: "ongoing_response", status: "no_target"},
		{why: "one target for every severity: 10 hours of Monday and 2 of Tuesday", events: "opened Mon 08:00; responded Tue 10:00", status: "met", due: "Tue 10:00"},
	})
}

// The four readings of weekly part over holidays and clock changes. A response
// is the base.
func TestWeekly(t *testing.T) {
	for _, tt := range []struct {
		why      string
		from     string
		holidays string
		want     map[string]string
	}{
		{
			"clocks go forward on 29 March, and a week later is Good Friday, before Easter Monday",
			"2026-03-27T16:00:00Z", `["2026-04-03", "2026-04-06"]`,
			map[string]string{
				"calendar-week-roll": "2026-04-07T08:00:00+01:00", // closed through Monday
				"calendar-week":      "2026-04-03T16:00:00+01:00", // 167 hours
				"168h":               "2026-04-03T17:00:00+01:00",
				"5-business-days":    "2026-04-07T16:00:00+01:00", // 2 + 10 + 10 + 10 + 10 + 8
			},
		},
		{
			"clocks go back on 26 October; the response is on a Saturday",
			"2025-10-25T12:00:00+01:00", `[]`,
			map[string]string{
				"calendar-week-roll": "2025-11-03T08:00:00Z",
				"calendar-week":      "2025-11-01T12:00:00Z", // 169 hours
				"168h":               "2025-11-01T11:00:00Z",
				"5-business-days":    "2025-10-31T18:00:00Z", // Monday to Friday
			},
		},
		{
			"an hour that the clock shows twice names one instant, the first",
			"2025-10-19T01:30:00+01:00", `[]`,
			map[string]string{
				"calendar-week-roll": "2025-10-27T08:00:00Z",
				"calendar-week":      "2025-10-26T01:30:00+01:00",
				"168h":               "2025-10-26T01:30:00+01:00",
				"5-business-days":    "2025-10-24T18:00:00+01:00",
			},
		},
		{
			"an hour that the clock skips is the instant of the change",
			"2026-03-22T01:30:00Z", `[]`,
			map[string]string{
				"calendar-week-roll": "2026-03-30T08:00:00+01:00",
				"calendar-week":      "2026-03-29T02:00:00+01:00",
				"168h":               "2026-03-29T02:30:00+01:00",
				"5-business-days":    "2026-03-27T18:00:00Z",
			},
		},
	} {
		desk := catalog.NewDesk(catalog.Builtin(), nil)
		for reading, want := range tt.want {
			a := ask(t, desk, fmt.Sprintf(`{"edition": "ubuntu-pro/2025-07-02", "contract": {"level": "weekday"},
				"place": {"zone": "Europe/London", "holidays": %s}, "severity": 3, "counted_from": %q,
				"metric": "ongoing_response", "readings": {"sla.weekly": %q}}`, tt.holidays, tt.from, reading))
			if a.Status != "due" || a.Due == nil || *a.Due != want {
				t.Errorf("%s: %s: %s %v %s, want %s", tt.why, reading, a.Status, a.Due, a.Error, want)
				continue
			}
			clock := map[string]string{"calendar-week-roll": "calendar-week", "calendar-week": "calendar-week", "168h": "elapsed", "5-business-days": "business"}[reading]
			if *a.Clock != clock || *a.Target != "Weekly" {
				t.Errorf("%s: %s: %s on %s", tt.why, reading, *a.Target, *a.Clock)
			}
		}
	}
}

func TestManagementEscalation(t *testing.T) {
	const (
		end  = "process.business_day=end-of-next-business-day"
		same = "process.business_day=same-time-next-business-day"
	)
	rows := []caseRow{
		{why: "nobody escalated", events: "opened/2 Mon 08:00; responded Mon 10:00", status: "not_started"},
		{why: "10 business hours from the request", events: "opened/2 Mon 08:00; escalated Mon 12:00", status: "due", due: "Tue 12:00"},
		{why: "the closing of the next day", events: "opened/2 Mon 08:00; escalated Mon 12:00", readings: end, status: "due", due: "Tue 18:00"},
		{why: "the same time of the next day", events: "opened/2 Mon 08:00; escalated Mon 12:00", readings: same, status: "due", due: "Tue 12:00"},
		{why: "after hours: all of Tuesday", events: "opened/2 Mon 08:00; escalated Mon 20:00", status: "due", due: "Tue 18:00"},
		{why: "after hours: the date of the request never counts", events: "opened/2 Mon 08:00; escalated Mon 20:00", readings: end, status: "due", due: "Tue 18:00"},
		{why: "after hours: from the opening of Tuesday", events: "opened/2 Mon 08:00; escalated Mon 20:00", readings: same, status: "due", due: "Wed 08:00"},
		{why: "a response before it is no answer to it", events: "opened/2 Mon 08:00; responded Mon 11:00; escalated Mon 12:00", status: "due", due: "Tue 12:00"},
		{why: "answered at the deadline", events: "opened/2 Mon 08:00; escalated Mon 12:00; responded Tue 12:00", status: "met", due: "Tue 12:00"},
		{why: "answered after it", events: "opened/2 Mon 08:00; escalated Mon 12:00; updated Tue 12:00:01", status: "missed", due: "Tue 12:00"},
		{why: "escalated again", events: "opened/2 Mon 08:00; escalated Mon 12:00; responded Mon 15:00; escalated Tue 09:00", status: "due", due: "Wed 09:00"},
		{why: "the severity is no matter", events: "opened Mon 08:00; escalated Mon 12:00", status: "due", due: "Tue 12:00"},
		{why: "the case ends before", events: "opened/2 Mon 08:00; escalated Mon 12:00; closed Mon 16:00", status: "cancelled", due: "Tue 12:00"},
	}
	for i := range rows {
		rows[i].metric = "management_escalation"
	}
	weekday.run(t, rows)

	one := []caseRow{{why: "escalated on Monday at noon", events: "opened/2 Mon 08:00; escalated Mon 12:00", metric: "management_escalation"}}
	for _, tt := range []struct{ why, edition, contract, monday, status, due string }{
		{"self-support", "ubuntu-pro/2025-07-02", `{"level": "self-support"}`, "2025-09-01", "not_entitled", ""},
		{"a day of 10 hours", "ubuntu-advantage/2017-07-21", `{"offering": "server-standard"}`, "2017-08-07", "due", "Tue 12:00"},
		{"a day of 8 hours, 5 of them on Monday", "ubuntu-advantage/2017-07-21", `{"offering": "desktop-standard"}`, "2017-08-07", "due", "Tue 12:00"},
		{"an offering without business hours", "ubuntu-advantage/2017-07-21", `{"offering": "server-essential"}`, "2017-08-07", "unspecified", ""},
		{"in February it has them", "ubuntu-advantage/2017-02-09", `{"offering": "server-essential"}`, "2017-03-06", "due", "Tue 12:00"},
		{"the overview does not speak of it", "support-overview/undated", `{"level": "24x7"}`, "2025-09-01", "unspecified", ""},
		{"nor does the bundle", "smart-start/undated", `{}`, "2025-09-01", "unspecified", ""},
	} {
		t.Run(tt.why, func(t *testing.T) {
			one[0].status, one[0].due = tt.status, tt.due
			caseTable{edition: tt.edition, contract: tt.contract, zone: "Europe/London", monday: tt.monday}.run(t, one)
		})
	}
}

func TestHold(t *testing.T) {
	const hold = "sla.hold=awaiting-customer"
	weekday.run(t, []caseRow{
		{why: "no text stops a clock", events: "opened/1 Mon 09:00; awaiting_customer Mon 10:00; resumed Mon 15:00", status: "due", due: "Mon 13:00"},
		{why: "unless agreed: 1 hour before, 3 after", events: "opened/1 Mon 09:00; awaiting_customer Mon 10:00; resumed Mon 15:00", readings: hold, status: "due", due: "Mon 18:00"},
		{why: "two waits: 1 hour, 1 hour, 2 hours", events: "opened/1 Mon 09:00; awaiting_customer Mon 10:00; resumed Mon 12:00; awaiting_customer Mon 13:00; resumed Mon 15:00", readings: hold, status: "due", due: "Mon 17:00"},
		{why: "a wait over the night: 5 hours of Monday, 3 from Tuesday 09:00", events: "opened/2 Mon 12:00; awaiting_customer Mon 17:00; resumed Tue 09:00", readings: hold, status: "due", due: "Tue 12:00"},
		{why: "a wait in closed hours takes nothing", events: "opened/2 Mon 12:00; awaiting_customer Mon 18:00; resumed Tue 08:00", readings: hold, status: "due", due: "Tue 10:00"},
		{why: "a wait after the deadline is too late", events: "opened/1 Mon 09:00; awaiting_customer Mon 14:00; resumed Mon 16:00", readings: hold, status: "due", due: "Mon 13:00"},
		{why: "an open wait: nobody knows until when", events: "opened/1 Mon 09:00; awaiting_customer Mon 10:00", readings: hold, status: "paused"},
		{why: "which stops nothing by the text", events: "opened/1 Mon 09:00; awaiting_customer Mon 10:00", status: "due", due: "Mon 13:00"},
		{why: "asked for twice it began once", events: "opened/1 Mon 09:00; awaiting_customer Mon 10:00; awaiting_customer Mon 11:00; resumed Mon 12:00", readings: hold, status: "due", due: "Mon 15:00"},
		{why: "an open wait as of a time before it", events: "opened/1 Mon 09:00; awaiting_customer Mon 10:00", asOf: "Mon 09:30", readings: hold, status: "due", due: "Mon 13:00"},
		{why: "an open wait from the deadline on", events: "opened/1 Mon 09:00; awaiting_customer Mon 13:00", readings: hold, status: "due", due: "Mon 13:00"},
		{why: "an open wait after the deadline", events: "opened/1 Mon 09:00; awaiting_customer Mon 14:00", readings: hold, status: "due", due: "Mon 13:00"},
		{why: "answered during a wait that goes on: it counts up to the answer", events: "opened/1 Mon 09:00; awaiting_customer Mon 10:00; responded Mon 14:00; resumed Mon 15:00", readings: hold, status: "met", due: "Mon 17:00"},
		{why: "answered in an open wait, with one hour of four used", events: "opened/1 Mon 09:00; awaiting_customer Mon 10:00; responded Mon 14:00", readings: hold, status: "met", due: "Mon 17:00"},
		{why: "resolved in an open wait, with one hour of four used", events: "opened/1 Mon 09:00; awaiting_customer Mon 10:00; resolved Mon 14:00", readings: hold, status: "cancelled", due: "Mon 17:00"},
		{why: "a wait after the answer takes nothing", events: "opened/1 Mon 09:00; responded Mon 12:00; awaiting_customer Mon 12:00; resumed Mon 15:00", readings: hold, status: "met", due: "Mon 13:00"},
		{why: "what the customer says ends no wait by itself", events: "opened/1 Mon 09:00; awaiting_customer Mon 10:00; customer_replied Mon 11:00", readings: hold, status: "paused"},
		{why: "raised during a wait: 4 hours from 09:00 less the wait", events: "opened/4 Mon 09:00; awaiting_customer Mon 10:00; severity_set/1 Mon 11:00; resumed Mon 12:00", readings: hold, status: "due", due: "Mon 15:00"},
		{why: "raised during a wait, from the change: all 4 after it", events: "opened/4 Mon 09:00; awaiting_customer Mon 10:00; severity_set/1 Mon 11:00; resumed Mon 12:00", readings: hold + " sla.initial_base=severity-update", status: "due", due: "Mon 16:00"},
	})
	rows := []caseRow{
		{why: "a wait before the base takes nothing", events: "opened/2 Mon 08:00; awaiting_customer Mon 09:00; resumed Mon 09:30; responded Mon 10:00", status: "due", due: "Mon 18:00"},
		{why: "a week is named anew from a base two days later", events: "opened/3 Mon 08:00; responded Mon 10:00; awaiting_customer Tue 10:00; resumed Thu 10:00", status: "due", due: "Wed2 10:00"},
		{why: "a wait of a weekend moves the name to a Wednesday too", events: "opened/3 Mon 08:00; responded Mon 10:00; awaiting_customer Sat 10:00; resumed Mon2 10:00", status: "due", due: "Wed2 10:00"},
		{why: "an open wait", events: "opened/3 Mon 08:00; responded Mon 10:00; awaiting_customer Tue 10:00", status: "paused"},
		{why: "slots of 2 business hours from 08:00; the wait moves the second to 13:00", events: "opened/1 Mon 08:00; responded Mon 09:00; awaiting_customer Mon 11:00; resumed Mon 12:00", readings: "sla.ongoing_base=severity-update", status: "due", due: "Mon 13:00"},
	}
	for i := range rows {
		rows[i].metric, rows[i].readings = "ongoing_response", strings.TrimSpace(hold+" "+rows[i].readings)
	}
	weekday.run(t, rows)

	// The ledger shows the wait, and the reading with it.
	q := weekday.query(t, caseRow{events: "opened/1 Mon 09:00; awaiting_customer Mon 10:00; resumed Mon 15:00", readings: hold})
	a := ask(t, catalog.NewDesk(catalog.Builtin(), nil), q)
	var got []string
	for _, e := range a.Ledger {
		got = append(got, fmt.Sprint(e.From[11:16], " ", e.To[11:16], " ", e.Seconds, " ", e.Why))
	}
	want := []string{"09:00 10:00 3600 []", "10:00 15:00 0 [pause]", "15:00 18:00 10800 []"}
	if diff := cmp.Diff(want, got); diff != "" || a.Readings["sla.hold"] != "awaiting-customer" {
		t.Errorf("%s\n%v", diff, a.Readings)
	}
}

// One instant has an order: that of the list of events, then severity, most
// urgent first.
func TestOneInstant(t *testing.T) {
	weekday.run(t, []caseRow{
		{why: "opened, set and answered at once", events: "opened/4 Mon 09:00; severity_set/1 Mon 09:00; responded Mon 09:00", status: "met", due: "Mon 13:00"},
		{why: "set in two ways at once: the less urgent is taken last", events: "opened/4 Mon 09:00; severity_set/1 Mon 10:00; severity_set/3 Mon 10:00", status: "due", due: "Tue 11:00"},
		{why: "answered and cancelled at once", events: "opened/1 Mon 09:00; responded Mon 13:00; cancelled Mon 13:00", status: "met", due: "Mon 13:00"},
		{why: "resolved and reopened at once", events: "opened/1 Mon 09:00; resolved Mon 10:00; reopened Mon 10:00", status: "due", due: "Mon 14:00"},
		{why: "a wait of no length", events: "opened/1 Mon 09:00; awaiting_customer Mon 10:00; resumed Mon 10:00", readings: "sla.hold=awaiting-customer", status: "due", due: "Mon 13:00"},
	})
}

// Legacy cases of severity 1 are handled as severity 2, in whichever way they
// come to it.
func TestEffectiveSeverity(t *testing.T) {
	desk := catalog.NewDesk(catalog.Builtin(), nil)
	legacy := weekday
	legacy.contract, legacy.more = `{"level": "weekday", "addons": ["legacy"]}`, `, "release": {"version": "14.04", "phase": "legacy"}`
	for _, tt := range []struct {
		why, events, due  string
		stated, effective int
	}{
		{"opened at 1", "opened/1 Mon 09:00", "Mon 17:00", 1, 2},
		{"raised to 1", "opened/4 Mon 09:00; severity_set/1 Mon 10:00", "Mon 17:00", 1, 2},
		{"lowered to 3", "opened/1 Mon 09:00; severity_set/3 Mon 10:00", "Tue 11:00", 3, 3},
	} {
		a := ask(t, desk, legacy.query(t, caseRow{events: tt.events}))
		want := legacy.instant(t, tt.due).Format(time.RFC3339)
		if a.Status != "due" || *a.Due != want || a.Stated != tt.stated || a.Effective != tt.effective {
			t.Errorf("%s: %+v, want due %s, severity %d as %d", tt.why, a, want, tt.stated, tt.effective)
		}
	}
}

// regions has one region whose list ends with the year, unless what is not
// announced yet is wanted too.
func regions(code string, predicted, workdays bool) (calendar.Holidays, error) {
	if code != "XX-ONE" {
		return nil, fmt.Errorf("%q is not known: want XX-ONE", code)
	}
	date := calendar.MustParseDate
	s := calendartest.Source{
		List: []calendar.Day{
			{Date: date("2025-12-25"), Name: "Christmas Day", Status: calendar.Official},
			{Date: date("2026-01-01"), Name: "New Year's Day", Status: calendar.Predicted},
		},
		Cover: calendar.Coverage{From: date("2025-01-01"), OfficialThrough: date("2025-12-31")},
	}
	if predicted {
		s.Cover.PredictedThrough = date("2026-12-31")
	}
	return s, nil
}

// What is missing is named, and nothing is guessed.
func TestMissing(t *testing.T) {
	desk := catalog.NewDesk(catalog.Builtin(), regions)
	const place = `"place": {"zone": "Europe/London", "holidays": []}`
	for _, tt := range []struct {
		why     string
		query   string // without the edition
		status  string
		due     string
		missing []string
		clause  string // one that must be there
	}{
		{"severity", `"contract": {"level": "weekday"}, ` + place + `, "opened": "2025-09-01T09:00:00+01:00"`,
			"undetermined", "", []string{"severity"}, ""},
		{"severity of the opening event", `"contract": {"level": "weekday"}, ` + place + `, "events": [{"kind": "opened", "at": "2025-09-01T09:00:00+01:00"}]`,
			"undetermined", "", []string{"severity"}, ""},
		{"severity of a known start", `"contract": {"level": "weekday"}, ` + place + `, "counted_from": "2025-09-01T09:00:00+01:00"`,
			"undetermined", "", []string{"severity"}, ""},
		{"no level: every subscription has self-support", place + `, "severity": 1, "opened": "2025-09-01T09:00:00+01:00"`,
			"not_entitled", "", []string{}, "12.3 note 1"},
		{"place", `"contract": {"level": "weekday"}, "severity": 1, "opened": "2025-09-01T09:00:00+01:00"`,
			"undetermined", "", []string{"place"}, ""},
		{"zone", `"contract": {"level": "weekday"}, "place": {"holidays": []}, "severity": 1, "opened": "2025-09-01T09:00:00+01:00"`,
			"undetermined", "", []string{"place.zone"}, ""},
		{"holidays", `"contract": {"level": "weekday"}, "place": {"zone": "Europe/London"}, "severity": 1, "opened": "2025-09-01T09:00:00+01:00"`,
			"undetermined", "", []string{"place.holidays"}, ""},
		{"holidays that do not count", `"contract": {"level": "weekday"}, "place": {"zone": "Europe/London"}, "severity": 1, "opened": "2025-09-01T09:00:00+01:00", "readings": {"calendar.holidays": "counted"}`,
			"due", "2025-09-01T13:00:00+01:00", []string{}, "12.3 note 2"},
		{"holidays of the portal", `"contract": {"level": "weekday"}, "portal": {"zone": "Europe/London"}, ` + place + `, "severity": 1, "opened": "2025-09-01T09:00:00+01:00"`,
			"undetermined", "", []string{"portal.holidays"}, ""},
		{"headquarters, when they are meant", `"contract": {"level": "weekday"}, ` + place + `, "severity": 1, "opened": "2025-09-01T09:00:00+01:00", "readings": {"calendar.location": "hq"}`,
			"undetermined", "", []string{"headquarters"}, ""},
		{"the local weekend, when it is meant", `"contract": {"level": "weekday"}, ` + place + `, "severity": 1, "opened": "2025-09-01T09:00:00+01:00", "readings": {"calendar.weekend": "local-weekend"}`,
			"undetermined", "", []string{"place.weekend"}, ""},
		{"a clock at all hours needs no place", `"contract": {"level": "24x7"}, "severity": 1, "opened": "2025-09-06T23:30:00+01:00"`,
			"due", "2025-09-07T00:30:00+01:00", []string{}, "12.3"},
		{"a week needs a place even if it reads no holidays", `"contract": {"level": "weekday"}, "severity": 3, "counted_from": "2025-09-01T09:00:00+01:00", "metric": "ongoing_response", "readings": {"sla.weekly": "calendar-week"}`,
			"undetermined", "", []string{"place"}, ""},
		{"a week, and no holidays", `"contract": {"level": "weekday"}, "place": {"zone": "Europe/London"}, "severity": 3, "counted_from": "2025-09-01T09:00:00+01:00", "metric": "ongoing_response", "readings": {"sla.weekly": "calendar-week"}`,
			"due", "2025-09-08T09:00:00+01:00", []string{}, "12.3"},
		{"holidays of a region", `"contract": {"level": "weekday"}, "place": {"zone": "Europe/London", "region": "XX-ONE"}, "severity": 4, "opened": "2025-12-23T16:00:00Z"`,
			"due", "2025-12-29T10:00:00Z", []string{}, ""}, // 2, 10 on Wednesday, Thursday off, 10 on Friday, 2
		{"holidays beyond what is known", `"contract": {"level": "weekday"}, "place": {"zone": "Europe/London", "region": "XX-ONE"}, "severity": 4, "opened": "2025-12-30T16:00:00Z"`,
			"undetermined", "", []string{"place.holidays"}, ""},
		{"holidays not announced yet, if that will do", `"contract": {"level": "weekday"}, "place": {"zone": "Europe/London", "region": "XX-ONE", "allow": "predicted"}, "severity": 4, "opened": "2025-12-30T16:00:00Z"`,
			"due", "2026-01-05T10:00:00Z", []string{}, ""}, // 2, 10 on Wednesday, Thursday off, 10 on Friday, 2
		{"a list replaces the region", `"contract": {"level": "weekday"}, "place": {"zone": "Europe/London", "region": "XX-ONE", "holidays": ["2026-01-02"]}, "severity": 4, "opened": "2025-12-30T16:00:00Z"`,
			"due", "2026-01-05T10:00:00Z", []string{}, ""}, // 2, 10, 10 on Thursday, Friday off, 2
		{"beyond the century", `"contract": {"level": "weekday"}, ` + place + `, "severity": 1, "opened": "2099-12-31T17:00:00Z"`,
			"undetermined", "", []string{"place.holidays"}, ""},
		{"but not for a plain hour", `"contract": {"level": "24x7"}, "severity": 1, "opened": "2199-12-31T23:30:00Z"`,
			"due", "2200-01-01T00:30:00Z", []string{}, "12.3"},
		{"before the opening of a case, whatever its severity", `"contract": {"level": "weekday"}, ` + place + `, "severity": 2, "opened": "2025-09-01T09:00:00+01:00", "as_of": "2025-09-01T08:59:59+01:00"`,
			"not_started", "", []string{}, ""},
	} {
		query := `{"id": "x", "edition": "ubuntu-pro/2025-07-02", ` + tt.query
		if !strings.Contains(query, `"metric"`) {
			query += `, "metric": "first_response"`
		}
		a := ask(t, desk, query+"}")
		due := ""
		if a.Due != nil {
			due = *a.Due
		}
		if a.Status != tt.status || due != tt.due || !slices.Equal(a.Missing, tt.missing) {
			t.Errorf("%s: %s %s, due %q, missing %q; want %s, %q, %q", tt.why, a.Status, a.Error, due, a.Missing, tt.status, tt.due, tt.missing)
		}
		if tt.clause != "" && !slices.Contains(a.Clauses, tt.clause) {
			t.Errorf("%s: clauses %q, want %s among them", tt.why, a.Clauses, tt.clause)
		}
	}
}

// The severity of an answer is one that was known at the time.
func TestSeverityNotKnownYet(t *testing.T) {
	q := weekday.query(t, caseRow{events: "opened Mon 09:00; severity_set/2 Mon 11:00", asOf: "Mon 10:00"})
	a := ask(t, catalog.NewDesk(catalog.Builtin(), nil), q)
	if a.Status != "undetermined" || !slices.Equal(a.Missing, []string{"severity"}) || a.Stated != 0 {
		t.Errorf("%s, missing %q, severity %d; nobody has stated one", a.Status, a.Missing, a.Stated)
	}
}

// How sure the holidays are that an answer rests on.
func TestHolidayStatus(t *testing.T) {
	desk := catalog.NewDesk(catalog.Builtin(), regions)
	for _, tt := range []struct{ why, place, opened, status string }{
		{"a list of the caller's", `{"zone": "Europe/London", "holidays": []}`, "2025-12-30T16:00:00Z", "stated"},
		{"published", `{"zone": "Europe/London", "region": "XX-ONE", "allow": "predicted"}`, "2025-12-23T16:00:00Z", "official"},
		{"partly not announced", `{"zone": "Europe/London", "region": "XX-ONE", "allow": "predicted"}`, "2025-12-30T16:00:00Z", "predicted"},
	} {
		a := ask(t, desk, fmt.Sprintf(`{"edition": "ubuntu-pro/2025-07-02", "contract": {"level": "weekday"}, "place": %s,
			"severity": 4, "opened": %q, "metric": "first_response"}`, tt.place, tt.opened))
		if a.Status != "due" || a.Holidays.Status == nil || *a.Holidays.Status != tt.status || a.Holidays.Version != nil {
			t.Errorf("%s: %s %s, %+v", tt.why, a.Status, a.Error, a.Holidays)
		}
	}
	a := ask(t, desk, `{"edition": "ubuntu-pro/2025-07-02", "contract": {"level": "24x7"}, "severity": 1, "opened": "2025-12-23T16:00:00Z", "metric": "first_response"}`)
	if a.Status != "due" || a.Holidays.Status != nil || a.Holidays.Version != nil {
		t.Errorf("no holidays are read: %+v", a)
	}
}

// An edition says nothing of the time before it; a pinned one goes on after a
// later one has come.
func TestInForce(t *testing.T) {
	desk := catalog.NewDesk(catalog.Builtin(), nil)
	for _, tt := range []struct{ why, edition, contract, zone, opened, status string }{
		{"the day before", "ubuntu-pro/2025-07-02", `{"level": "weekday"}`, "Europe/London", "2025-07-01T12:00:00+01:00", "document_not_in_force"},
		{"the last second before, at the place", "ubuntu-pro/2025-07-02", `{"level": "weekday"}`, "Europe/London", "2025-07-01T23:59:59+01:00", "document_not_in_force"},
		{"the first second, at the place", "ubuntu-pro/2025-07-02", `{"level": "weekday"}`, "Europe/London", "2025-07-02T00:00:00+01:00", "due"},
		{"the same instant where it is the evening before", "ubuntu-pro/2025-07-02", `{"level": "weekday"}`, "America/New_York", "2025-07-02T00:00:00+01:00", "document_not_in_force"},
		{"the evening before where it is morning", "ubuntu-pro/2025-07-02", `{"level": "weekday"}`, "Asia/Tokyo", "2025-07-01T16:00:00Z", "due"},
		{"after a later edition", "ubuntu-pro/2025-07-02", `{"level": "weekday"}`, "Europe/London", "2026-07-01T12:00:00+01:00", "due"},
		{"what has no time is not in force either", "ubuntu-pro/2025-07-02", `{"level": "self-support"}`, "Europe/London", "2025-07-01T12:00:00+01:00", "document_not_in_force"},
		{"July", "ubuntu-advantage/2017-07-21", `{"offering": "switch"}`, "Europe/London", "2017-07-20T12:00:00+01:00", "document_not_in_force"},
		{"July, in force", "ubuntu-advantage/2017-07-21", `{"offering": "switch"}`, "Europe/London", "2017-07-21T12:00:00+01:00", "due"},
		{"February", "ubuntu-advantage/2017-02-09", `{"offering": "switch"}`, "Asia/Tokyo", "2017-02-08T12:00:00+09:00", "document_not_in_force"},
		{"February, in force", "ubuntu-advantage/2017-02-09", `{"offering": "switch"}`, "Asia/Tokyo", "2017-02-09T12:00:00+09:00", "due"},
		{"no date at all", "support-overview/undated", `{"level": "24x7"}`, "Europe/London", "2017-02-09T12:00:00Z", "due"},
	} {
		a := ask(t, desk, fmt.Sprintf(`{"edition": %q, "contract": %s, "place": {"zone": %q, "holidays": []}, "severity": 2,
			"opened": %q, "metric": "first_response"}`, tt.edition, tt.contract, tt.zone, tt.opened))
		if a.Status != tt.status || (a.Due != nil) != (tt.status == "due") || tt.status != "due" && len(a.Ledger) > 0 {
			t.Errorf("%s: %+v, want %s", tt.why, a, tt.status)
		}
	}
	// A case belongs to the day it was opened.
	old := weekday
	old.monday = "2025-06-30"
	old.run(t, []caseRow{{why: "opened before, set after", events: "opened/2 Mon 12:00; severity_set/1 Thu 12:00", status: "document_not_in_force"}})
}

// A line that cannot be answered says what was given and what may be.
func TestErrors(t *testing.T) {
	desk := catalog.NewDesk(catalog.Builtin(), regions)
	const good = `{"id": "x", "edition": "ubuntu-pro/2025-07-02", "contract": {"level": "weekday"}, "place": {"zone": "Europe/London", "holidays": []}, "severity": 1, "opened": "2025-09-01T09:00:00+01:00", "metric": "first_response"}`
	if a := ask(t, desk, good); a.Status != "due" {
		t.Fatalf("%+v", a)
	}
	july := strings.NewReplacer("ubuntu-pro/2025-07-02", "ubuntu-advantage/2017-07-21", `"level": "weekday"`, `"offering": "switch"`).Replace(good)
	if a := ask(t, desk, july); a.Status != "due" {
		t.Fatalf("%+v", a)
	}
	events := func(list string) string {
		return strings.Replace(good, `"severity": 1, "opened": "2025-09-01T09:00:00+01:00"`, `"events": [`+list+`]`, 1)
	}
	for _, tt := range []struct {
		why, line string
		from, to  string // what is put into the line
		want      string // apart by |
	}{
		{"no such edition", good, "2025-07-02", "2025-07-03", `"ubuntu-pro/2025-07-03"|ubuntu-pro/2025-07-02|smart-start/undated`},
		{"no edition", good, `"edition": "ubuntu-pro/2025-07-02", `, "", `ubuntu-pro/2025-07-02`},
		{"no such level", good, `"weekday"`, `"gold"`, `contract.level "gold"|self-support, weekday, 24x7`},
		{"a level's name in another edition", strings.Replace(good, "ubuntu-pro/2025-07-02", "support-overview/undated", 1), `"weekday"`, `"advanced"`, `contract.level "advanced"|24x7`},
		{"no such scope", good, `"level": "weekday"`, `"level": "weekday", "security_scope": "all"`, `contract.security_scope "all"|pro, infra-only, apps-only`},
		{"scopes that exclude one another", good, `"level": "weekday"`, `"level": "weekday", "support_scope": "none"`, `level "weekday"|support_scope "none"`},
		{"full support of a part", good, `"level": "weekday"`, `"level": "weekday", "support_scope": "full", "security_scope": "infra-only"`, `"full"|"infra-only"`},
		{"no such add-on", good, `"level": "weekday"`, `"level": "weekday", "addons": ["gold"]`, `contract.addons "gold"|legacy`},
		{"an offering where there are levels", good, `"level": "weekday"`, `"offering": "switch"`, `contract.offering "switch"|no offering`},
		{"a level where there are offerings", july, `"offering": "switch"`, `"level": "weekday"`, `contract.level "weekday"|no level`},
		{"no such offering", july, `"switch"`, `"hub"`, `contract.offering "hub"|switch|server-standard`},
		{"severity 0", good, `"severity": 1`, `"severity": 0`, `severity|0|1`},
		{"severity below 0", good, `"severity": 1`, `"severity": -1`, `severity|-1`},
		{"severity 5", good, `"severity": 1`, `"severity": 5`, `severity "5"|1, 2, 3, 4`},
		{"severity 256", good, `"severity": 1`, `"severity": 256`, `severity|256|1, 2, 3, 4`},
		{"half a severity", good, `"severity": 1`, `"severity": 1.5`, `severity|1.5`},
		{"a severity in words", good, `"severity": 1`, `"severity": "high"`, `severity|string`},
		{"no such zone", good, "Europe/London", "Europe/Londinium", `place.zone "Europe/Londinium"|IANA`},
		{"the zone of this machine", good, "Europe/London", "Local", `place.zone "Local"|IANA`},
		{"a way out of the zones", good, "Europe/London", "../../etc/passwd", `place.zone|IANA`},
		{"no such region", good, `"holidays": []`, `"region": "XX"`, `place.region|"XX"|XX-ONE`},
		{"no such permission", good, `"holidays": []`, `"region": "XX-ONE", "allow": "everything"`, `place.allow "everything"|predicted`},
		{"no such weekday", good, `"holidays": []`, `"holidays": [], "weekend": ["Zz"]`, `"Zz"|Mo, Tu, We, Th, Fr, Sa`},
		{"no such date", good, `"holidays": []`, `"holidays": ["2025-02-30"]`, `2025-02-30`},
		{"a date that is none", good, `"holidays": []`, `"holidays": ["Monday"]`, `Monday`},
		{"no such reading", good, `"metric"`, `"readings": {"calendar.mood": "good"}, "metric"`, `"calendar.mood"|calendar.close`},
		{"no such value of a reading", good, `"metric"`, `"readings": {"calendar.close": "soon"}, "metric"`, `readings.calendar.close "soon"|at-close, next-open`},
		{"a reading said in two ways", good, `"level": "weekday"`, `"level": "weekday", "readings": {"calendar.close": "at-close"}}, "readings": {"calendar.close": "next-open"`, `calendar.close|at-close|next-open`},
		{"no offset", good, `09:00:00+01:00`, `09:00:00`, `"2025-09-01T09:00:00"|offset`},
		{"a date for an instant", good, `2025-09-01T09:00:00+01:00`, `2025-09-01`, `"2025-09-01"|offset`},
		{"a number for an instant", good, `"2025-09-01T09:00:00+01:00"`, `1756713600`, `1756713600|2025-08-22T16:30:00+01:00`},
		{"no metric", good, `, "metric": "first_response"`, ``, `metric|first_response, ongoing_response, management_escalation, resolution`},
		{"no such metric", good, `first_response`, `last_response`, `metric "last_response"|first_response`},
		{"no such release", good, `"metric"`, `"release": {"version": "13.05"}, "metric"`, `release.version "13.05"|14.04|24.04`},
		{"no such phase", good, `"metric"`, `"release": {"phase": "old"}, "metric"`, `release.phase "old"|standard, pro, legacy, ended`},
		{"a key that is none", good, `"severity"`, `"severty"`, `severty|severity`},
		{"a form too many", good, `"metric"`, `"counted_from": "2025-09-01T09:00:00+01:00", "metric"`, `opened|counted_from`},
		{"all forms", good, `"metric"`, `"counted_from": "2025-09-01T09:00:00+01:00", "events": [{"kind": "opened", "at": "2025-09-01T09:00:00+01:00"}], "metric"`, `opened|events|counted_from`},
		{"no form", good, `"opened": "2025-09-01T09:00:00+01:00", `, ``, `opened, counted_from or events`},
		{"a severity beside events", events(`{"kind": "opened", "at": "2025-09-01T09:00:00+01:00"}`), `"metric"`, `"severity": 1, "metric"`, `severity`},
		{"answered, but never opened", good, `"opened"`, `"responded"`, `responded`},
		{"answered before it was opened", good, `"metric"`, `"responded": "2025-09-01T08:00:00+01:00", "metric"`, `responded at 2025-09-01T08:00:00+01:00`},
		{"no such event", events(`{"kind": "opened", "at": "2025-09-01T09:00:00+01:00"}, {"kind": "answered", "at": "2025-09-01T10:00:00+01:00"}`), "", "", `events[1]|"answered"|responded`},
		{"an event at no time", events(`{"kind": "opened"}`), "", "", `events[0]|at`},
		{"an event without an offset", events(`{"kind": "opened", "at": "2025-09-01T09:00:00"}`), "", "", `offset`},
		{"an event with severity 0", events(`{"kind": "opened", "severity": 0, "at": "2025-09-01T09:00:00+01:00"}`), "", "", `events[0].severity|0`},
		{"an event with severity 5", events(`{"kind": "opened", "severity": 5, "at": "2025-09-01T09:00:00+01:00"}`), "", "", `severity "5"|1, 2, 3, 4`},
		{"a severity set to nothing", events(`{"kind": "opened", "at": "2025-09-01T09:00:00+01:00"}, {"kind": "severity_set", "at": "2025-09-01T10:00:00+01:00"}`), "", "", `severity_set at 2025-09-01T10:00:00+01:00|no severity`},
		{"events of no case", events(`{"kind": "responded", "at": "2025-09-01T09:00:00+01:00"}`), "", "", `responded at|opened`},
		{"no JSON", good, `"severity"`, `severity`, `query`},
		{"two lines in one", good, `"first_response"}`, `"first_response"} {}`, `more than one`},
		{"an empty line", good, good, ``, `query`},
		{"a list", good, good, `[]`, `query`},
	} {
		if tt.from != "" && !strings.Contains(tt.line, tt.from) {
			t.Fatalf("%s: no %q in the line", tt.why, tt.from)
		}
		line := strings.Replace(tt.line, tt.from, tt.to, 1)
		a := ask(t, desk, line)
		if a.Status != "error" || a.Error == "" {
			t.Errorf("%s: %s, due %v; want an error\n%s", tt.why, a.Status, a.Due, line)
			continue
		}
		for _, want := range strings.Split(tt.want, "|") {
			if !strings.Contains(a.Error, want) {
				t.Errorf("%s: no word of %q in: %s", tt.why, want, a.Error)
			}
		}
		if json.Valid([]byte(line)) && strings.HasPrefix(line, "{") && (a.ID == nil || *a.ID != "x") {
			t.Errorf("%s: the answer has lost its id", tt.why)
		}
	}
}

// Everything wrong with a query is said at once.
func TestErrorsTogether(t *testing.T) {
	a := ask(t, catalog.NewDesk(catalog.Builtin(), regions), `{"edition": "ubuntu-pro/2025-07-02",
		"contract": {"level": "gold", "addons": ["silver"]}, "place": {"zone": "Europe/Londinium", "region": "XX"},
		"severity": 0, "opened": "2025-09-01T09:00:00+01:00", "readings": {"calendar.mood": "good"}}`)
	for _, want := range []string{"gold", "silver", "Londinium", "XX", "severity", "calendar.mood", "metric"} {
		if !strings.Contains(a.Error, want) {
			t.Errorf("no word of %q in: %s", want, a.Error)
		}
	}
}

// The ends of time get an answer or an error, and a line in any case.
func TestEndsOfTime(t *testing.T) {
	desk := catalog.NewDesk(catalog.Builtin(), nil)
	for _, at := range []string{
		"0001-01-01T00:00:00Z", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z", "9999-12-31T23:59:59-23:59",
		"0001-01-01T00:00:00+14:00", "1969-12-31T23:59:59Z", "2100-01-01T00:00:00Z",
	} {
		for _, contract := range []string{`{"level": "weekday"}`, `{"level": "24x7"}`} {
			for _, form := range []string{"opened", "counted_from"} {
				line := fmt.Sprintf(`{"id": "x", "edition": "ubuntu-pro/2025-07-02", "contract": %s, "place": {"zone": "Europe/London", "holidays": []},
					"severity": 1, %q: %q, "metric": "first_response", "range": true}`, contract, form, at)
				a := ask(t, desk, line)
				if a.Status == "" || a.ID == nil || *a.ID != "x" {
					t.Errorf("%s %s %s: %+v", contract, form, at, a)
				}
			}
		}
	}
}
