package slatest_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/sla"
	"github.com/supportterms/supportterms/sla/slatest"
)

// office is a table with a calendar for each severity.
func office() slatest.Table {
	row := func(target string, clock sla.Clock, more slatest.Terms) slatest.Terms {
		t, err := sla.ParseTarget(target)
		if err != nil {
			panic(err)
		}
		more.Target, more.Clock = t, clock
		if more.Hours.IsZero() {
			more.Hours = calendar.MustParseHours("Mo-Fr 08:00-18:00")
		}
		return more
	}
	none := slatest.Terms{}
	return slatest.Table{
		First: [...]slatest.Terms{none,
			row("1 hour", sla.Elapsed, none),
			row("4 business hours", sla.Business, none),
			row("8 business hours", sla.Business, none),
			none},
		Ongoing: [...]slatest.Terms{none,
			row("continuous", 0, none),
			row("2 business hours", sla.Business, none),
			row("1 business day", sla.Business, slatest.Terms{Day: slatest.SameClock}),
			row("Weekly", sla.CalendarWeekRoll, none)},
		Escalation: [...]slatest.Terms{none,
			row("8 business hours", sla.Business, slatest.Terms{Hours: calendar.MustParseHours("Mo-Su 22:00-06:00")}),
			row("4 business hours", sla.Business, slatest.Terms{NextOpen: true}),
			row("12 hours", sla.ElapsedFromCoverage, none),
			row("as_agreed", 0, none)},
		Holds: [...]bool{false, true, true, true, true},
	}
}

const clock = "02 15:04"

// instant reads a time of September 2025, or with a month of another one.
func instant(s string, loc *time.Location) time.Time {
	if strings.Count(s, "-") == 0 {
		s = "09-" + s
	}
	layout := "2006-01-02 15:04"
	if strings.Count(s, ":") == 2 {
		layout += ":05"
	}
	t, err := time.ParseInLocation(layout, "2025-"+s, loc)
	if err != nil {
		panic(err)
	}
	return t
}

// brief writes a duration without the zeros at its end.
func brief(d time.Duration) string {
	s := d.String()
	for _, zero := range []string{"0s", "0m"} {
		if t := strings.TrimSuffix(s, zero); t != s && (strings.HasSuffix(t, "m") || strings.HasSuffix(t, "h")) {
			s = t
		}
	}
	return s
}

// written is what is to be known of cycles, as short as it can be.
func written(m *sla.MetricState) string {
	if len(m.Cycles) == 0 {
		return m.Status.String()
	}
	var out []string
	for _, c := range m.Cycles {
		s := c.Status.String()
		part := func(name string, d time.Duration) {
			if d != 0 {
				s += " " + name + " " + brief(d)
			}
		}
		at := func(name string, t time.Time) {
			if !t.IsZero() {
				s += " " + name + " " + t.Format(clock)
			}
		}
		at("by", c.Deadline)
		at("resumed", c.Resumed)
		part("run", c.Spent.Elapsed)
		part("left", c.Spent.Remaining)
		part("held", c.Spent.Paused)
		part("over", c.Spent.Overrun)
		if !c.Deadline.IsZero() || !c.Resumed.IsZero() {
			s += fmt.Sprintf(" %d%%", c.Percent)
		}
		at("breached", c.BreachedAt)
		for _, r := range c.Rebases {
			s += " " + r.Rule.String()
			if r.Missed {
				s += " missed"
			}
			if r.Past {
				s += " past"
			}
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

// The model is checked by hand where it is easy to see what is right. The first
// of September 2025 is a Monday.
func TestModel(t *testing.T) {
	loc, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	const first, ongoing, escalation = sla.FirstResponse, sla.OngoingResponse, sla.ManagementEscalation
	type table = slatest.Table
	for _, tt := range []struct {
		why    string
		events string // the last, without a kind, is the instant asked about
		metric string
		want   string
		edit   func(*table, *slatest.Case)
	}{
		{"at the deadline is met", "01 09:00 opened 2, 01 13:00 responded", first,
			"met by 01 13:00 run 4h 100%", nil},
		{"a second later is not", "01 09:00 opened 2, 01 13:00:01 responded", first,
			"missed by 01 13:00 run 4h0m1s over 1s 100% breached 01 13:00", nil},
		{"awaited at the deadline, not late", "01 09:00 opened 2, 01 13:00", first,
			"due by 01 13:00 run 4h 100%", nil},
		{"awaited, late", "01 09:00 opened 2, 01 13:30", first,
			"due by 01 13:00 run 4h30m over 30m 112% breached 01 13:00", nil},
		{"nothing runs at night", "01 16:00 opened 2, 02 07:59", first,
			"due by 02 10:00 run 2h left 2h 50%", nil},
		{"ended by then", "01 09:00 opened 2, 01 13:00 cancelled", first,
			"cancelled by 01 13:00 run 4h 100%", nil},
		{"ended later", "01 09:00 opened 2, 01 13:01 resolved", first,
			"missed by 01 13:00 run 4h1m over 1m 100% breached 01 13:00", nil},
		{"before the opening", "01 09:00 opened 2, 01 08:59", first, "not_started", nil},
		{"no time", "01 09:00 opened 4, 01 10:00 responded", first, "no_target", nil},
		{"no severity", "01 09:00 opened, 01 10:00", first, "undetermined", nil},
		{"no severity, and then one", "01 09:00 opened, 01 10:00 severity_set 2", first,
			"due by 01 13:00 run 1h left 3h 25% retroactive", nil},

		{"a wait", "01 09:00 opened 2, 01 10:00 awaiting_customer, 01 11:00", first,
			"paused resumed 01 14:00 run 1h left 3h held 1h 25%", nil},
		{"a wait that is over", "01 09:00 opened 2, 01 10:00 awaiting_customer, 01 11:00 resumed, 01 12:00", first,
			"due by 01 14:00 run 2h left 2h held 1h 50%", nil},
		{"a wait at night", "01 16:00 opened 2, 01 20:00 awaiting_customer, 02 07:00 resumed, 02 09:00", first,
			"due by 02 10:00 run 3h left 1h 75%", nil},
		{"a wait into the morning", "01 16:00 opened 2, 01 20:00 awaiting_customer, 02 09:00 resumed, 02 09:00", first,
			"due by 02 11:00 run 2h left 2h held 1h 50%", nil},
		{"a wait from the deadline on", "01 09:00 opened 2, 01 13:00 awaiting_customer, 01 15:00", first,
			"due by 01 13:00 run 4h held 2h 100% breached 01 13:00", nil},
		{"a wait that stops nothing", "01 09:00 opened 2, 01 10:00 awaiting_customer, 01 11:00", first,
			"due by 01 13:00 run 2h left 2h 50%", func(t *table, _ *slatest.Case) { t.Holds = [5]bool{} }},
		{"ended in a wait", "01 09:00 opened 2, 01 10:00 awaiting_customer, 01 11:00 closed, 01 15:00 resumed", first,
			"cancelled by 01 14:00 run 1h left 3h held 1h 25%", nil},

		{"retroactive", "01 09:00 opened 3, 01 11:00 severity_set 2, 01 12:00", first,
			"due by 01 13:00 run 3h left 1h 75% retroactive", nil},
		{"restart", "01 09:00 opened 3, 01 11:00 severity_set 2, 01 12:00", first,
			"due by 01 15:00 run 1h left 3h 25% restart", func(t *table, _ *slatest.Case) { t.InitialBase = "severity-update" }},
		{"restart at the severity it had", "01 09:00 opened 2, 01 11:00 severity_set 2, 01 12:00", first,
			"due by 01 15:00 run 1h left 3h 25% restart", func(t *table, c *slatest.Case) {
				t.InitialBase, c.Raise, c.Lower = "severity-update", sla.Keep, sla.Keep
			}},
		{"restart forgets a wait", "01 09:00 opened 3, 01 10:00 awaiting_customer, 01 11:00 severity_set 2, 01 11:30 resumed, 01 12:00", first,
			"due by 01 15:30 run 30m left 3h30m held 30m 12% restart", func(t *table, _ *slatest.Case) { t.InitialBase = "severity-update" }},
		// 17:30-18:00 and 08:00-08:10 in hours, and twenty minutes on the clock
		{"carry to the clock", "01 17:30 opened 2, 02 08:10 severity_set 1, 02 08:15", first,
			"due by 02 08:30 run 45m left 15m 75% carry", func(_ *table, c *slatest.Case) { c.Raise = sla.Carry }},
		{"the same retroactive, past", "01 17:30 opened 2, 02 08:10 severity_set 1, 02 08:15", first,
			"due by 01 18:30 run 14h45m over 13h45m 1475% breached 02 08:10 retroactive past", nil},
		// forty minutes on the clock, 3h20m in hours from 08:00
		{"carry from the clock", "01 17:30 opened 1, 01 18:10 severity_set 2, 01 23:00", first,
			"due by 02 11:20 run 40m left 3h20m 16% carry", func(_ *table, c *slatest.Case) { c.Lower = sla.Carry }},
		{"carry into the past", "01 09:00 opened 3, 01 12:00 severity_set 1", first,
			"due by 01 10:00 run 3h over 2h 300% breached 01 12:00 carry past", func(_ *table, c *slatest.Case) { c.Raise = sla.Carry }},
		{"carry, and then all of it", "01 17:30 opened 2, 02 08:10 severity_set 1, 02 08:20 severity_set 3, 02 09:00", first,
			"due by 02 15:30 run 1h30m left 6h30m 18% carry retroactive", func(_ *table, c *slatest.Case) { c.Raise = sla.Carry }},
		// five hours ran while nothing stopped them, but the wait was there before the last of four
		{"carry into a hold, past", "01 09:00 opened 3, 01 09:30 awaiting_customer, 01 14:00 severity_set 2, 01 15:00", first,
			"due by 01 13:00 run 5h held 1h over 1h 125% breached 01 14:00 carry past",
			func(t *table, c *slatest.Case) { t.Holds[3], c.Raise = false, sla.Carry }},
		// three hours until 18:00, nine of twelve from 08:00
		{"carry to a clock that waits for an opening", "01 15:00 opened 2, 01 19:00 severity_set 3, 02 09:00", first,
			"due by 02 17:00 run 4h left 8h 33% carry",
			func(t *table, c *slatest.Case) { t.First[3], c.Lower = t.Escalation[3], sla.Carry }},
		{"carry past on a clock that waits for an opening", "01 09:00 opened 2, 01 12:00 severity_set 3, 01 13:00", first,
			"due by 01 11:00 run 4h over 2h 200% breached 01 12:00 carry past",
			func(t *table, c *slatest.Case) {
				t.First[3], c.Lower = t.Escalation[3], sla.Carry
				t.First[3].Target = t.Ongoing[2].Target
			}},
		{"a kept cycle under other terms", "01 09:00 opened 3, 01 09:30 severity_set 2, 01 10:00 severity_set 3, 01 12:00", first,
			"due by 01 13:00 run 3h left 1h 75% retroactive retroactive",
			func(t *table, c *slatest.Case) {
				c.Lower = sla.Keep
				c.Changes = []slatest.Change{{At: instant("01 11:00", loc), Rule: sla.Retroactive, To: t.Model(&sla.Place{Location: loc, Holidays: calendar.List{}})}}
			}},
		{"an old miss", "01 09:00 opened 1, 01 10:30 severity_set 2, 01 11:00", first,
			"due by 01 13:00 run 2h left 2h 50% breached 01 10:00 retroactive missed", nil},
		{"no miss at the deadline", "01 09:00 opened 1, 01 10:00 severity_set 2, 01 11:00", first,
			"due by 01 13:00 run 2h left 2h 50% retroactive", nil},
		{"the first severity set is kept", "01 09:00 opened 3, 01 10:00 severity_set 2, 01 11:00 severity_set 3, 01 12:00", first,
			"due by 01 13:00 run 3h left 1h 75% retroactive", func(t *table, _ *slatest.Case) { t.InitialBase = "keep" }},
		{"kept when raised, not when lowered", "01 09:00 opened 3, 01 09:30 severity_set 2, 01 10:00 severity_set 1, 01 10:15 severity_set 3, 01 11:00", first,
			"due by 02 08:15 run 45m left 7h15m 9% retroactive restart",
			func(_ *table, c *slatest.Case) { c.Raise, c.Lower = sla.Keep, sla.Restart }},

		{"the next follow-up", "01 09:00 opened 2, 01 10:00 responded, 01 11:00 updated, 01 11:30", ongoing,
			"met by 01 12:00 run 1h left 1h 50%; due by 01 13:00 run 30m left 1h30m 25%", nil},
		{"no follow-up to nothing", "01 09:00 opened 2, 01 10:00 updated", ongoing, "not_started", nil},
		{"a follow-up restarts with the severity", "01 09:00 opened 3, 01 10:00 responded, 01 11:00 severity_set 2, 01 12:00", ongoing,
			"due by 01 13:00 run 1h left 1h 50% restart", nil},
		{"to the same clock", "01 09:00 opened 3, 01 10:00 responded, 01 16:00", ongoing,
			"due by 02 10:00 run 6h left 18h 25%", nil},
		// ten hours move the base to 20:00, and that to the next opening
		{"a wait over the closing", "01 09:00 opened 3, 01 10:00 responded, 02 09:00 awaiting_customer, 02 19:00", ongoing,
			"paused resumed 03 08:00 run 23h left 13h held 10h 63%", nil},
		{"a week from a day later", "05 09:00 opened 4, 05 17:00 responded, 05 18:00 awaiting_customer, 06 18:00 resumed, 06 18:00", ongoing,
			// Friday 5th 17:00 and a day, Saturday 13th 17:00, Monday; 1h of 9 days 15h less the day
			"due by 15 08:00 run 1h left 206h held 24h 0%", nil},
		{"the slot after that of the response", "01 08:00 opened 2, 01 09:00 responded, 01 11:00", ongoing,
			"due by 01 12:00 run 1h left 1h 50%", func(t *table, _ *slatest.Case) { t.OngoingBase = "severity-update" }},
		{"a response at the end of a slot", "01 08:00 opened 2, 01 10:00 responded, 01 10:30", ongoing,
			"due by 01 12:00 run 30m left 1h30m 25%", func(t *table, _ *slatest.Case) { t.OngoingBase = "severity-update" }},
		{"new slots", "01 08:00 opened 2, 01 10:00 responded, 01 11:00 severity_set 2, 01 11:30", ongoing,
			"due by 01 13:00 run 30m left 1h30m 25% restart", func(t *table, _ *slatest.Case) { t.OngoingBase = "severity-update" }},
		{"the same slots, longer", "01 08:00 opened 1, 01 09:00 responded, 01 11:00 severity_set 2, 01 11:30", ongoing,
			"due by 01 12:00 run 1h30m left 30m 75% retroactive",
			func(t *table, c *slatest.Case) { t.OngoingBase, c.Lower = "severity-update", sla.Retroactive }},
		{"slots from an opening that a wait hid", "01 06:00 opened 1, 01 06:30 responded, 01 06:30 awaiting_customer, 01 09:00 resumed, 01 10:00", ongoing,
			// from 09:00 until 11:00, and until 13:00
			"due by 01 13:00 left 2h 0%", func(t *table, _ *slatest.Case) {
				t.OngoingBase = "severity-update"
				t.Ongoing[1] = t.Escalation[3]
				t.Ongoing[1].Target = t.Ongoing[2].Target
			}},
		{"reopened after a response", "01 09:00 opened 2, 01 10:00 responded, 01 11:00 resolved, 01 14:00 reopened, 01 15:00", ongoing,
			"cancelled by 01 12:00 run 1h left 1h 50%; due by 01 16:00 run 1h left 1h 50%", nil},

		{"reopened", "01 09:00 opened 2, 01 10:00 resolved, 01 11:00 reopened", first,
			"cancelled by 01 13:00 run 1h left 3h 25%; due by 01 15:00 left 4h 0%", nil},
		{"reopened after a response while it was closed", "01 09:00 opened 2, 01 10:00 resolved, 01 10:30 responded, 01 11:00 reopened", first,
			"cancelled by 01 13:00 run 1h left 3h 25%", nil},
		{"cancelled for good", "01 09:00 opened 2, 01 10:00 resolved, 01 10:30 cancelled, 01 11:00 reopened", first,
			"cancelled by 01 13:00 run 1h left 3h 25%", nil},
		{"a machine answers", "01 09:00 opened 2, 01 09:01 acknowledged", first,
			"due by 01 13:00 run 1m left 3h59m 0%", nil},
		{"a machine answers, and may", "01 09:00 opened 2, 01 09:01 acknowledged", first,
			"met by 01 13:00 run 1m left 3h59m 0%", func(t *table, _ *slatest.Case) { t.InitialResponse = "automatic" }},

		{"reminded of an escalation", "01 08:00 opened 3, 01 19:00 escalated, 01 20:00 escalated, 02 09:00 updated, 02 10:00 escalated", escalation,
			"met by 02 20:00 run 1h left 11h 8%; due by 02 22:00 left 12h 0%", nil},
		{"due at the next opening", "01 08:00 opened 2, 01 14:00 escalated, 01 20:00", escalation,
			"due by 02 08:00 run 4h 100%", nil},
		// nine hours from 22:00 to 06:00
		{"the night that is longer", "10-25 08:00 opened 1, 10-25 22:00 escalated, 10-26 05:30", escalation,
			"due by 26 05:00 run 8h30m over 30m 106% breached 26 05:00", nil},
		{"the night that is shorter", "03-29 08:00 opened 1, 03-29 22:00 escalated, 03-30 06:30", escalation,
			"due by 30 23:00 run 7h left 1h 87%", nil},

		{"other terms", "01 09:00 opened 2, 01 12:00", first,
			"due by 01 18:00 run 2h left 6h 25% restart",
			func(_ *table, c *slatest.Case) {
				c.Changes = []slatest.Change{{At: instant("01 10:00", loc), Rule: sla.Restart, To: slower().Model(&sla.Place{Location: loc, Holidays: calendar.List{}})}}
			}},
		// half an hour here, half an hour before it closes there, three from when it opens there
		{"another place", "01 16:00 opened 2, 01 18:30", first,
			"due by 02 10:00 run 1h left 3h 25% carry",
			func(_ *table, c *slatest.Case) {
				c.Changes = []slatest.Change{{At: instant("01 16:30", loc), Rule: sla.Carry, To: office().Model(&sla.Place{Location: berlin, Holidays: calendar.List{}})}}
			}},
		{"other terms for what begins later", "01 09:00 opened 2, 01 12:00", first,
			"due by 01 13:00 run 3h left 1h 75%",
			func(_ *table, c *slatest.Case) {
				c.Changes = []slatest.Change{{At: c.Events[0].At, Rule: sla.Keep, To: slower().Model(&sla.Place{Location: time.UTC, Holidays: calendar.List{}})}}
			}},
		{"no contract any more", "01 09:00 opened 2, 01 12:00", first,
			"not_entitled breached 01 13:00 retroactive missed",
			func(_ *table, c *slatest.Case) {
				c.AsOf = c.AsOf.Add(4 * time.Hour)
				c.Changes = []slatest.Change{{At: c.AsOf, Rule: sla.Retroactive}}
			}},
	} {
		table, c := office(), slatest.Case{}
		for _, text := range strings.Split(tt.events, ", ") {
			words := strings.SplitN(text, " ", 3)
			c.AsOf = instant(words[0]+" "+words[1], loc)
			if len(words) < 3 {
				continue
			}
			kind, severity, _ := strings.Cut(words[2], " ")
			e := sla.Event{At: c.AsOf}
			if e.Kind, err = sla.ParseEventKind(kind); err != nil {
				t.Fatal(err)
			}
			if severity != "" {
				e.Severity = sla.Severity(severity[0] - '0')
			}
			c.Events = append(c.Events, e)
		}
		if tt.edit != nil {
			tt.edit(&table, &c)
		}
		s, ok := table.Model(&sla.Place{Location: loc, Holidays: calendar.List{}}).State(c)
		if got := written(s.Metric(tt.metric)); !ok || got != tt.want {
			t.Errorf("%s: %s\ngot  %s\nwant %s", tt.why, tt.events, got, tt.want)
		}
	}
}

// slower is office with every first response in eight hours on the clock.
func slower() slatest.Table {
	t := office()
	for s := range t.First {
		t.First[s] = slatest.Terms{Target: t.First[3].Target, Clock: sla.Elapsed}
	}
	return t
}

// What is to come is found by walking on.
func TestModelNext(t *testing.T) {
	at := func(s string) time.Time { return instant(s, time.UTC) }
	s, ok := office().Model(&sla.Place{Location: time.UTC, Holidays: calendar.List{}}).State(slatest.Case{
		Events:   []sla.Event{{At: at("01 16:00"), Kind: sla.Opened, Severity: 2}, {At: at("01 16:20"), Kind: sla.Escalated}},
		AsOf:     at("01 17:00"),
		Warnings: []int{25, 50, 75},
		Changes:  []slatest.Change{{At: at("02 08:00"), Rule: sla.Keep}, {At: at("02 09:00")}},
	})
	var got []string
	for _, n := range s.Next {
		got = append(got, fmt.Sprintf("%s %v %s %d", n.At.Format(clock), n.Kind, n.Metric, n.Percent))
	}
	want := []string{
		// 25% of the first was at 17:00, and is not to come
		"01 17:20 warning management_escalation 25",
		"01 18:00 warning first_response 50",
		"02 08:00 terms  0",
		"02 08:20 warning management_escalation 50",
		"02 09:00 warning first_response 75",
		"02 09:20 warning management_escalation 75",
		"02 10:00 deadline first_response 100",
		"02 10:20 deadline management_escalation 100",
	}
	if c := s.Metrics[0].Cycle(); !ok || !c.AtRisk || strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("at risk %v, got\n%s\nwant\n%s", c.AtRisk, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
