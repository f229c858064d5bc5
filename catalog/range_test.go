package catalog_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/gen"
	"github.com/leanovate/gopter/prop"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/catalog"
	"github.com/supportterms/supportterms/entitlement"
	"github.com/supportterms/supportterms/sla"
)

// The sample of the JSON forms, worked out in their description.
func TestSample(t *testing.T) {
	const query = `{"id": "a1", "edition": "ubuntu-pro/2025-07-02",
 "contract": {"level": "weekday", "security_scope": "pro", "support_scope": "full", "addons": ["legacy"]},
 "release": {"version": "14.04", "phase": "legacy"},
 "place": {"zone": "Europe/London", "region": "GB-ENG", "holidays": ["2025-08-25"]},
 "severity": 1, "opened": "2025-08-22T16:30:00+01:00",
 "metric": "first_response", "readings": {"legacy.sev1": "severity-2-row"}, "range": true}`
	const sample = `{"id": "a1", "status": "due", "due": "2025-08-26T14:30:00+01:00", "clock": "business", "target": "8 business hours",
 "stated_severity": 1, "effective_severity": 2,
 "clauses": ["7.4.1", "12.3", "12.3 note 2", "Definitions: Business Hours"],
 "readings": {"calendar.holidays": "excluded", "legacy.sev1": "severity-2-row"},
 "earliest": "2025-08-25T14:30:00+01:00", "latest": "2025-08-26T14:30:00+01:00", "otherwise": [],
 "left_out": ["calendar.location", "calendar.weekend"], "missing": [],
 "holidays": {"status": "stated", "version": null}, "edition": "ubuntu-pro/2025-07-02", "digest": "…",
 "ledger": [{"from": "2025-08-22T16:30:00+01:00", "to": "2025-08-22T18:00:00+01:00", "seconds": 5400, "why": []},
            {"from": "2025-08-22T18:00:00+01:00", "to": "2025-08-26T08:00:00+01:00", "seconds": 0, "why": ["closed", "weekend", "holiday"]},
            {"from": "2025-08-26T08:00:00+01:00", "to": "2025-08-26T14:30:00+01:00", "seconds": 23400, "why": []}]}`
	digest := edition(t, "ubuntu-pro/2025-07-02").Digest
	if !strings.HasPrefix(digest, "sha256:") || len(digest) != len("sha256:")+64 {
		t.Errorf("digest %q", digest)
	}
	var want bytes.Buffer
	if err := json.Compact(&want, []byte(strings.Replace(sample, "…", digest, 1))); err != nil {
		t.Fatal(err)
	}
	// Without regions at hand: the list replaces them.
	desk := catalog.NewDesk(catalog.Builtin(), nil)
	line := strings.ReplaceAll(query, "\n", "")
	got := desk.AnswerLine([]byte(line))
	if diff := cmp.Diff(want.String(), string(got)); diff != "" {
		t.Error(diff)
	}
	if again := desk.AnswerLine([]byte(line)); !bytes.Equal(got, again) {
		t.Error("the same query got another line")
	}
}

// Ranges worked out by hand.
func TestRange(t *testing.T) {
	const london = `"place": {"zone": "Europe/London", "holidays": []}`
	type want struct {
		status, earliest, latest string
		otherwise, leftOut       []string
	}
	for _, tt := range []struct {
		why   string
		query string
		want  want
	}{
		{
			// On Monday 09:00 nothing is unclear but the place and its
			// weekend: 4 hours end at 13:00.
			"a clear case",
			`"edition": "ubuntu-pro/2025-07-02", "contract": {"level": "weekday"}, ` + london + `, "severity": 1, "opened": "2025-09-01T09:00:00+01:00"`,
			want{"due", "2025-09-01T13:00:00+01:00", "2025-09-01T13:00:00+01:00", nil, []string{"calendar.location", "calendar.weekend"}},
		},
		{
			// 2 hours on Friday 17:00: at any time 19:00; from coverage the
			// same; in coverage Monday 09:00.
			"2 hours of 24/7 support, on three clocks",
			`"edition": "ubuntu-pro/2025-07-02", "contract": {"level": "24x7"}, ` + london + `, "severity": 2, "opened": "2025-09-05T17:00:00+01:00"`,
			want{"due", "2025-09-05T19:00:00+01:00", "2025-09-08T09:00:00+01:00", nil, []string{"calendar.location", "calendar.weekend"}},
		},
		{
			// The same on Saturday 12:00: 14:00; Monday 10:00 both ways.
			"2 hours on a Saturday",
			`"edition": "ubuntu-pro/2025-07-02", "contract": {"level": "24x7"}, ` + london + `, "severity": 2, "opened": "2025-09-06T12:00:00+01:00"`,
			want{"due", "2025-09-06T14:00:00+01:00", "2025-09-08T10:00:00+01:00", nil, []string{"calendar.location", "calendar.weekend"}},
		},
		{
			// 4 hours from 14:00 are used up at 18:00: then, or when Tuesday opens.
			"used up at the closing",
			`"edition": "ubuntu-pro/2025-07-02", "contract": {"level": "weekday"}, ` + london + `, "severity": 1, "opened": "2025-09-01T14:00:00+01:00"`,
			want{"due", "2025-09-01T18:00:00+01:00", "2025-09-02T08:00:00+01:00", nil, []string{"calendar.location", "calendar.weekend"}},
		},
		{
			"a reading that is chosen is not varied",
			`"edition": "ubuntu-pro/2025-07-02", "contract": {"level": "weekday", "readings": {"calendar.close": "at-close"}}, ` + london + `, "severity": 1, "opened": "2025-09-01T14:00:00+01:00"`,
			want{"due", "2025-09-01T18:00:00+01:00", "2025-09-01T18:00:00+01:00", nil, []string{"calendar.location", "calendar.weekend"}},
		},
		{
			// In Riyadh, Sunday to Thursday: Thursday 16:00 and 4 hours are
			// Friday 10:00 by the printed days, Sunday 10:00 by the local ones.
			"a local weekend, when it is known",
			`"edition": "ubuntu-pro/2025-07-02", "contract": {"level": "weekday"}, "place": {"zone": "Asia/Riyadh", "holidays": [], "weekend": ["Fr", "Sa"]}, "severity": 1, "opened": "2025-09-04T16:00:00+03:00"`,
			want{"due", "2025-09-05T10:00:00+03:00", "2025-09-07T10:00:00+03:00", nil, []string{"calendar.location"}},
		},
		{
			// Headquarters in New York: there it is 04:00, and 4 hours from
			// 08:00 end at 12:00, 17:00 in London.
			"headquarters elsewhere",
			`"edition": "ubuntu-pro/2025-07-02", "contract": {"level": "weekday"}, ` + london + `, "headquarters": {"zone": "America/New_York", "holidays": []}, "severity": 1, "opened": "2025-09-01T09:00:00+01:00"`,
			want{"due", "2025-09-01T13:00:00+01:00", "2025-09-01T12:00:00-04:00", nil, []string{"calendar.weekend"}},
		},
		{
			"self-support, in any reading",
			`"edition": "ubuntu-pro/2025-07-02", "contract": {"level": "self-support"}, ` + london + `, "severity": 1, "opened": "2025-09-01T09:00:00+01:00"`,
			want{"not_entitled", "", "", []string{"not_entitled"}, nil},
		},
		{
			"a plain hour at all hours rests on no reading",
			`"edition": "ubuntu-pro/2025-07-02", "contract": {"level": "24x7"}, ` + london + `, "severity": 1, "opened": "2025-09-06T23:30:00+01:00"`,
			want{"due", "2025-09-07T00:30:00+01:00", "2025-09-07T00:30:00+01:00", nil, nil},
		},
		{
			// Emended, 2 business hours; as printed Server Standard has no row.
			"the table of February",
			`"edition": "ubuntu-advantage/2017-02-09", "contract": {"offering": "server-standard"}, ` + london + `, "severity": 1, "opened": "2017-03-06T09:00:00Z"`,
			want{"due", "2017-03-06T11:00:00Z", "2017-03-06T11:00:00Z", []string{"no_target"}, []string{"calendar.weekend"}},
		},
		{
			// Emended, a day of 8 hours from 15:00 on Monday: Tuesday 15:00,
			// Tuesday 15:00 by the same clock, Tuesday 17:00 by the end of
			// the day. As printed, 2 hours: used up at 17:00, then or on
			// Tuesday 09:00.
			"the other offering of that table",
			`"edition": "ubuntu-advantage/2017-02-09", "contract": {"offering": "desktop-standard"}, ` + london + `, "severity": 1, "opened": "2017-03-06T15:00:00Z"`,
			want{"due", "2017-03-06T17:00:00Z", "2017-03-07T17:00:00Z", nil, []string{"calendar.weekend"}},
		},
		{
			// Friday 20:00 and one business day: Monday 18:00; the next
			// opening after it, Tuesday 08:00, which is the same clock time
			// too.
			"one business day in three readings",
			`"edition": "ubuntu-advantage/2017-07-21", "contract": {"offering": "server-standard"}, ` + london + `, "severity": 3, "opened": "2017-08-11T20:00:00+01:00"`,
			want{"due", "2017-08-14T18:00:00+01:00", "2017-08-15T08:00:00+01:00", nil, []string{"calendar.weekend"}},
		},
		{
			// Monday 08:00: Monday 18:00, or as due at the next opening
			// Tuesday 08:00, or Tuesday 08:00, or Tuesday 18:00.
			"one business day from the opening",
			`"edition": "ubuntu-advantage/2017-07-21", "contract": {"offering": "server-standard"}, ` + london + `, "severity": 3, "opened": "2017-08-14T08:00:00+01:00"`,
			want{"due", "2017-08-14T18:00:00+01:00", "2017-08-15T18:00:00+01:00", nil, []string{"calendar.weekend"}},
		},
		{
			// The overview alone: Tuesday 20:00 and 4 hours of the week end
			// on Wednesday 00:00, 4 business hours at 12:00.
			"4 hours without weekends",
			`"edition": "support-overview/undated", "contract": {"level": "weekday"}, ` + london + `, "severity": 1, "opened": "2025-09-02T20:00:00+01:00"`,
			want{"due", "2025-09-03T00:00:00+01:00", "2025-09-03T12:00:00+01:00", nil, []string{"calendar.location", "calendar.weekend"}},
		},
		{
			// 12 hours from 16:00 in London are 2 and then 10 on Tuesday:
			// 18:00, or Wednesday 08:00. The provider in Tokyo opens on
			// Tuesday 00:00 London time, and has 10 hours, then 2 from
			// Wednesday 00:00: 02:00.
			"whose business hours",
			`"edition": "smart-start/undated", "contract": {}, ` + london + `, "provider": {"zone": "Asia/Tokyo", "holidays": []}, "severity": 1, "opened": "2025-09-01T16:00:00+01:00"`,
			want{"due", "2025-09-02T18:00:00+01:00", "2025-09-03T08:00:00+01:00", nil, []string{"calendar.weekend"}},
		},
		{
			// Met at 10:00 by a person; by the machine too.
			"met in any reading",
			`"edition": "ubuntu-pro/2025-07-02", "contract": {"level": "weekday"}, ` + london + `, "severity": 1, "opened": "2025-09-01T09:00:00+01:00", "acknowledged": "2025-09-01T09:00:05+01:00", "responded": "2025-09-01T10:00:00+01:00"`,
			want{"met", "2025-09-01T13:00:00+01:00", "2025-09-01T13:00:00+01:00", nil, []string{"calendar.location", "calendar.weekend"}},
		},
		{
			"an answer that is missing in every reading",
			`"edition": "ubuntu-pro/2025-07-02", "contract": {"level": "weekday"}, ` + london + `, "opened": "2025-09-01T09:00:00+01:00"`,
			want{"undetermined", "", "", []string{"undetermined"}, nil},
		},
	} {
		line := fmt.Sprintf(`{%s, "metric": "first_response", "range": true}`, tt.query)
		var got struct {
			Status, Error    string
			Earliest, Latest *string
			Otherwise        []string
			LeftOut          []string `json:"left_out"`
		}
		if err := json.Unmarshal(catalog.NewDesk(catalog.Builtin(), nil).AnswerLine([]byte(line)), &got); err != nil {
			t.Fatal(err)
		}
		text := func(s *string) string {
			if s == nil {
				return ""
			}
			return *s
		}
		if got.Status != tt.want.status || text(got.Earliest) != tt.want.earliest || text(got.Latest) != tt.want.latest {
			t.Errorf("%s: %s %s, %q to %q; want %s, %q to %q", tt.why, got.Status, got.Error,
				text(got.Earliest), text(got.Latest), tt.want.status, tt.want.earliest, tt.want.latest)
		}
		if !slices.Equal(got.Otherwise, tt.want.otherwise) || !slices.Equal(got.LeftOut, tt.want.leftOut) {
			t.Errorf("%s: otherwise %q, left out %q; want %q, %q", tt.why, got.Otherwise, got.LeftOut, tt.want.otherwise, tt.want.leftOut)
		}
	}
}

// Each distinct answer of a range comes with readings that lead to it.
func TestRangeAnswers(t *testing.T) {
	q, err := catalog.ParseQuery([]byte(`{"edition": "ubuntu-pro/2025-07-02", "contract": {"level": "24x7"}, "place": {"zone": "Europe/London", "holidays": []},
		"severity": 2, "opened": "2025-09-05T17:00:00+01:00", "metric": "first_response", "range": true}`))
	if err != nil {
		t.Fatal(err)
	}
	a, err := catalog.NewDesk(catalog.Builtin(), nil).Answer(q)
	if err != nil {
		t.Fatal(err)
	}
	r := a.Deadline().Range
	if r == nil || len(r.Answers) != 2 {
		t.Fatalf("%+v, want Friday 19:00 and Monday 09:00", r)
	}
	for _, alternative := range r.Answers {
		q.Readings, q.Range = map[string]string{}, false
		for _, c := range alternative.Readings {
			q.Readings[c.Key] = c.Value
		}
		again, err := catalog.NewDesk(catalog.Builtin(), nil).Answer(q)
		if err != nil || again.Status != alternative.Status.String() || !again.Due.Equal(alternative.Due) {
			t.Errorf("%+v leads to %+v, %v", alternative, again, err)
		}
		if again.Earliest != nil || again.Latest != nil || again.Deadline().Range != nil {
			t.Error("a range that nobody asked for")
		}
	}
}

// A range is what brute force finds: every combination of the readings that
// the contract leaves open, but for the values that need a fact not given or
// are of another level. Most readings are chosen at random, so that the rest
// can be tried in full.
func TestRangeIsBruteForce(t *testing.T) {
	seed := int64(1)
	if s := os.Getenv("GOPTER_SEED"); s != "" {
		var err error
		if seed, err = strconv.ParseInt(s, 10, 64); err != nil {
			t.Fatalf("GOPTER_SEED: %v", err)
		}
	}
	var all []*catalog.Edition
	c := catalog.Builtin()
	for _, id := range c.Editions() {
		e, err := c.Edition(id)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, e)
	}
	params := gopter.DefaultTestParametersWithSeed(seed)
	params.MinSuccessfulTests = 400 / thin()
	params.MaxShrinkCount = 100
	properties := gopter.NewProperties(params)
	properties.Property(t.Name(), prop.ForAll(func(edition, at int, seed int64) string {
		return rangeAndForce(all[edition], at, rand.New(rand.NewPCG(uint64(seed), 1)))
	}, gen.IntRange(0, len(all)-1), gen.IntRange(0, 1<<16-1), gen.Int64()))
	var report bytes.Buffer
	if !properties.Run(gopter.NewFormatedReporter(true, 400, &report)) {
		t.Errorf("seed %d\n%s", seed, &report)
	}
}

func rangeAndForce(e *catalog.Edition, at int, r *rand.Rand) string {
	pick := func(xs []string) string { return xs[r.IntN(len(xs))] }
	contract := entitlement.Contract{Readings: map[string]string{}}
	phase := ""
	for _, f := range e.Policy().Facts {
		switch f.Name {
		case sla.FactLevel:
			contract.Level = pick(f.Values)
		case sla.FactOffering:
			contract.Offering = pick(f.Values)
		case sla.FactPhase:
			phase = pick(append([]string{""}, f.Values...))
		}
	}
	if len(e.Policy().Addons) > 0 && r.IntN(2) == 0 {
		contract.Addons = []string{pick(e.Policy().Addons)}
	}
	places := somePlaces(r)
	// Leave open as many readings as make no more than 200 combinations.
	open, combinations := []entitlement.Reading{}, 1
	order := r.Perm(len(e.Readings()))
	for _, i := range order {
		reading := e.Readings()[i]
		if n := len(reading.Values); combinations*n <= 200 {
			open, combinations = append(open, reading), combinations*n
			continue
		}
		contract.Readings[reading.Key] = reading.Values[r.IntN(len(reading.Values))].Name
	}
	c := someCase(r, at)
	metric := pick([]string{sla.FirstResponse, sla.OngoingResponse, sla.ManagementEscalation})
	bind := func(readings map[string]string) *sla.Bound {
		with := contract
		with.Readings = readings
		b, err := e.Bind(with, phase, e.Calendars(places))
		if err != nil {
			panic(err)
		}
		return b
	}
	type result struct {
		Status string
		Due    int64
	}
	d, err := bind(contract.Readings).Deadline(metric, c, true)
	if err != nil {
		return err.Error()
	}
	got := map[result]bool{}
	if d.Range != nil {
		for _, a := range d.Range.Answers {
			got[result{a.Status.String(), a.Due.UnixNano()}] = true
		}
	} else if d.Status != sla.StatusUnspecified {
		return "no range"
	} else {
		return "" // a metric the edition does not have
	}
	want := map[result]bool{}
	var earliest, latest time.Time
	leftOut := map[string]bool{}
	var try func(rest []entitlement.Reading, readings map[string]string)
	try = func(rest []entitlement.Reading, readings map[string]string) {
		if len(rest) == 0 {
			one, err := bind(readings).Deadline(metric, c, false)
			if err != nil {
				panic(err)
			}
			want[result{one.Status.String(), one.Due.UnixNano()}] = true
			if !one.Due.IsZero() {
				if earliest.IsZero() || one.Due.Before(earliest) {
					earliest = one.Due
				}
				if one.Due.After(latest) {
					latest = one.Due
				}
			}
			return
		}
		for _, v := range rest[0].Values {
			if v.Level != "" && v.Level != contract.Level || !known(places, v.Needs) {
				leftOut[rest[0].Key] = true
				continue
			}
			readings[rest[0].Key] = v.Name
			try(rest[1:], readings)
		}
		delete(readings, rest[0].Key)
	}
	readings := map[string]string{}
	for k, v := range contract.Readings {
		readings[k] = v
	}
	try(open, readings)
	where := fmt.Sprintf("%s %+v phase %q, %s of %+v at %v", e.ID, contract, phase, metric, c, places)
	if diff := cmp.Diff(want, got); diff != "" {
		return where + "\n" + diff
	}
	if !d.Range.Earliest.Equal(earliest) || !d.Range.Latest.Equal(latest) {
		return fmt.Sprintf("%s\n%v to %v, want %v to %v", where, d.Range.Earliest, d.Range.Latest, earliest, latest)
	}
	// What is left out must be something that could not be had.
	for _, key := range d.Range.LeftOut {
		if !leftOut[key] {
			return fmt.Sprintf("%s\n%s is left out", where, key)
		}
	}
	return ""
}

// known reports whether a place, or what is asked of it, is given.
func known(places sla.Places, fact string) bool {
	if fact == "" {
		return true
	}
	name, what, _ := strings.Cut(fact, ".")
	l, err := sla.ParseLocator(name)
	return err == nil && places[l] != nil && (what != "weekend" || places[l].Weekend != nil)
}

func somePlaces(r *rand.Rand) (out sla.Places) {
	holidays := calendar.List{}
	for _, d := range []string{"2025-10-24", "2025-10-27", "2025-11-03"} {
		if r.IntN(2) == 0 {
			holidays[calendar.MustParseDate(d)] = "a day off"
		}
	}
	for l, zone := range []string{"Europe/London", "America/New_York", "Asia/Riyadh", "Australia/Lord_Howe"} {
		if l > 0 && r.IntN(2) == 0 || r.IntN(8) == 0 {
			continue
		}
		loc, err := time.LoadLocation(zone)
		if err != nil {
			panic(err)
		}
		out[l] = &sla.Place{Location: loc, Holidays: holidays}
		if r.IntN(2) == 0 {
			out[l].Weekend = []time.Weekday{time.Friday, time.Saturday}
		}
		if r.IntN(8) == 0 {
			out[l].Holidays = nil
		}
	}
	return out
}

// someCase is a case around the end of summer time, with edges on full and
// half hours.
func someCase(r *rand.Rand, at int) sla.Case {
	from := time.Date(2025, 10, 23, 7, 0, 0, 0, time.UTC).Add(time.Duration(at%192) * 30 * time.Minute)
	severity := sla.Severity(r.IntN(5))
	if r.IntN(3) == 0 {
		return sla.Case{CountedFrom: from, Severity: severity}
	}
	c := sla.Case{Events: []sla.Event{{At: from, Kind: sla.Opened, Severity: severity}}}
	waiting := false
	for range r.IntN(6) {
		from = from.Add(time.Duration(1+r.IntN(40)) * 30 * time.Minute)
		e := sla.Event{At: from, Kind: []sla.EventKind{
			sla.Acknowledged, sla.Responded, sla.SeveritySet, sla.AwaitingCustomer, sla.Escalated, sla.Resolved, sla.Updated,
		}[r.IntN(7)]}
		switch {
		case waiting && r.IntN(2) == 0:
			e.Kind, waiting = sla.Resumed, false
		case e.Kind == sla.AwaitingCustomer:
			waiting = true
		case e.Kind == sla.SeveritySet:
			e.Severity = sla.Severity(1 + r.IntN(4))
		}
		c.Events = append(c.Events, e)
	}
	return c
}
