package sla_test

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/google/go-cmp/cmp"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/sla"
	"github.com/supportterms/supportterms/sla/slatest"
)

// TestBugs puts the cases of testdata/bugs.txt, where their form is described.
// What the file does not name is compared with the stepping model.
func TestBugs(t *testing.T) {
	cases := readBugs(t)
	var s sla.State // one for all: what a case leaves behind must not matter
	for _, b := range cases {
		t.Run(b.name, func(t *testing.T) {
			err := must(b.table.Bind(b.at)).State(&s, &b.Case)
			if b.err != "" {
				if err == nil || !strings.Contains(err.Error(), b.err) {
					t.Errorf("error %v, want one with %q", err, b.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			for _, words := range b.answers {
				b.compare(t, &s, words)
			}
			if b.next != nil {
				b.compareNext(t, s.Next)
			}
			if want, ok := b.model(); ok {
				if diff := differ(want, &s); diff != "" {
					t.Errorf("not as the model steps:\n%s", diff)
				}
			}
		})
	}
}

// Classes that are easily got wrong, and seldom tested, need more than a few.
func TestBugsOfEveryClass(t *testing.T) {
	count := map[string]int{}
	for _, b := range readBugs(t) {
		class, _, _ := strings.Cut(b.name, " ")
		count[class]++
	}
	for n := 1; n <= 30; n++ {
		if class := fmt.Sprint("B", n); count[class] < 3 {
			t.Errorf("%s has %d cases, want 3", class, count[class])
		}
	}
	for _, thin := range [][]string{{"B3"}, {"B7"}, {"B9", "B10"}, {"B18", "B19"}, {"B24"}} {
		n := 0
		for _, class := range thin {
			n += count[class]
		}
		if n < 12 {
			t.Errorf("%v have %d cases, want 12", thin, n)
		}
	}
}

// A bug is a case of the file.
type bug struct {
	name  string
	table slatest.Table
	at    *sla.Place
	sla.Case
	targets []slatest.Change // of Changes
	answers [][]string
	next    []string
	err     string
}

func readBugs(t *testing.T) (bugs []*bug) {
	t.Helper()
	text, err := os.ReadFile("testdata/bugs.txt")
	if err != nil {
		t.Fatal(err)
	}
	tables := map[string]*slatest.Table{}
	var table *slatest.Table
	var b *bug
	for n, line := range strings.Split(string(text), "\n") {
		word, rest, _ := strings.Cut(line, " ")
		ok := true
		switch {
		case strings.HasPrefix(line, "#"):
		case line == "":
			table, b = nil, nil
		case table != nil:
			ok = readRow(table, word, rest)
		case b != nil:
			ok = b.read(tables, word, rest)
		case word == "table":
			table = &slatest.Table{}
			tables[rest] = table
		case word == "case" && tables["weekday"] != nil:
			b = &bug{name: rest, table: *tables["weekday"], at: place("Europe/London", calendar.List{})}
			bugs = append(bugs, b)
		default:
			ok = false
		}
		if !ok {
			t.Fatalf("bugs.txt:%d: cannot read %q", n+1, line)
		}
	}
	return bugs
}

func place(zone string, holidays calendar.Holidays) *sla.Place {
	return &sla.Place{Location: must(time.LoadLocation(zone)), Holidays: holidays}
}

func readRow(t *slatest.Table, metric, rest string) bool {
	rows := map[string]*[slatest.Severities + 1]slatest.Terms{"first": &t.First, "ongoing": &t.Ongoing, "escalation": &t.Escalation}[metric]
	cells := strings.Split(rest, " | ")
	if rows == nil || len(cells) < 2 || len(cells) == 3 {
		return false
	}
	row := slatest.Terms{Target: must(sla.ParseTarget(cells[1]))}
	if len(cells) > 3 {
		row.Clock = sla.Clock(1 + slices.Index(sla.QClock.Words(), cells[2]))
		row.Hours = calendar.MustParseHours(cells[3])
	}
	if len(cells) > 4 {
		row.Day = cells[4]
	}
	if len(cells) > 5 {
		row.Length = must(time.ParseDuration(cells[5]))
	}
	rows[must(strconv.Atoi(cells[0]))] = row
	return true
}

// instant reads an instant on the clock of the place, or on its own.
func (b *bug) instant(s string) time.Time {
	if s == "none" {
		return time.Time{}
	}
	for _, layout := range []string{"2006-01-02T15:04", "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00", time.RFC3339} {
		if at, err := time.ParseInLocation(layout, s, b.at.Location); err == nil {
			return at.In(b.at.Location)
		}
	}
	panic("not an instant: " + s)
}

func holidays(s string) calendar.Holidays {
	if s == "unknown" {
		return nil
	}
	list := calendar.List{}
	for _, day := range strings.Split(s, ",") {
		dates, name, _ := strings.Cut(strings.TrimSpace(day), "=")
		first, last, _ := strings.Cut(dates, "..")
		for d := calendar.MustParseDate(first); ; d = d.AddDays(1) {
			list[d] = name
			if last == "" || d == calendar.MustParseDate(last) {
				break
			}
		}
	}
	return list
}

// read reads a line of a case; ok is false when it is none.
func (b *bug) read(tables map[string]*slatest.Table, word, rest string) (ok bool) {
	words := strings.Fields(rest)
	switch word {
	case "table":
		b.table = *tables[rest]
	case "place":
		b.at = place(rest, b.at.Holidays)
	case "holidays":
		b.at = &sla.Place{Location: b.at.Location, Holidays: holidays(rest)}
	case "hold":
		b.table.Holds = [...]bool{false, true, true, true, true}
	case "close":
		b.table = closing(b.table, rest == "next-open")
	case "initial_base":
		b.table.InitialBase = rest
	case "ongoing_base":
		b.table.OngoingBase = rest
	case "initial_response":
		b.table.InitialResponse = rest
	case "raise":
		b.Raise = must(sla.ParseRebase(rest))
	case "lower":
		b.Lower = must(sla.ParseRebase(rest))
	case "warnings":
		for _, w := range words {
			b.Warnings = append(b.Warnings, must(strconv.Atoi(w)))
		}
	case "at":
		e := sla.Event{At: b.instant(words[0]), Kind: must(sla.ParseEventKind(words[1]))}
		if len(words) > 2 {
			e.Severity = sla.Severity(must(strconv.Atoi(words[2])))
		}
		b.Events = append(b.Events, e)
	case "change":
		b.change(tables, words)
	case "as_of":
		b.AsOf = b.instant(rest)
	case "next":
		b.next = append(b.next, rest)
	case "error":
		b.err = rest
	default:
		b.answers = append(b.answers, append([]string{word}, words...))
		return slices.Contains([]string{"state", "rebased"}, word) || strings.Contains(word, "_")
	}
	return true
}

// closing returns t with time used up at a closing due then or later.
func closing(t slatest.Table, nextOpen bool) slatest.Table {
	for _, rows := range []*[slatest.Severities + 1]slatest.Terms{&t.First, &t.Ongoing, &t.Escalation} {
		for s := range rows {
			rows[s].NextOpen = nextOpen
		}
	}
	return t
}

// change reads KIND AT and "none", "table NAME" or "ZONE [HOLIDAYS]", then the
// rule.
func (b *bug) change(tables map[string]*slatest.Table, words []string) {
	c := sla.Change{At: b.instant(words[1]), Rule: must(sla.ParseRebase(words[len(words)-1]))}
	for c.Kind.String() != words[0] {
		c.Kind++
	}
	table, at := b.table, b.at
	if words[2] == "table" {
		table = *tables[words[3]]
		table.Holds = b.table.Holds
		table.InitialBase, table.OngoingBase, table.InitialResponse = b.table.InitialBase, b.table.OngoingBase, b.table.InitialResponse
		table = closing(table, b.table.First[1].NextOpen)
	} else if words[2] != "none" {
		at = place(words[2], calendar.List{})
		if len(words) > 4 {
			at.Holidays = holidays(words[3])
		}
	}
	model := slatest.Change{At: c.At, Rule: c.Rule}
	if words[2] != "none" {
		c.To, model.To = must(table.Bind(at)), table.Model(at)
	}
	b.Changes, b.targets = append(b.Changes, c), append(b.targets, model)
}

// model returns the state the stepping model gives. It knows whole seconds and
// places whose holidays are known.
func (b *bug) model() (*sla.State, bool) {
	for _, e := range b.Events {
		if e.At.Nanosecond() != 0 {
			return nil, false
		}
	}
	if b.at.Holidays == nil {
		return nil, false
	}
	return b.table.Model(b.at).State(slatest.Case{
		Events: b.Events, AsOf: b.AsOf, Raise: b.Raise, Lower: b.Lower, Warnings: b.Warnings, Changes: b.targets,
	})
}

// compare compares what a line names.
func (b *bug) compare(t *testing.T, s *sla.State, words []string) {
	t.Helper()
	line := strings.Join(words, " ")
	switch words[0] {
	case "state":
		for i := 1; i < len(words); i += 2 {
			b.same(t, line, words[i], words[i+1], b.ofState(s, words[i]))
		}
		return
	case "rebased":
		b.compareRebased(t, s, words)
		return
	}
	name, number, earlier := strings.Cut(words[0], "#")
	m := s.Metric(name)
	if m == nil {
		t.Fatalf("%s: no such metric", line)
	}
	c, status := m.Cycle(), m.Status
	if earlier {
		n := must(strconv.Atoi(number))
		if n > len(m.Cycles) {
			t.Fatalf("%s: there are %d cycles", line, len(m.Cycles))
		}
		c = &m.Cycles[n-1]
		status = c.Status
	}
	if status.String() != words[1] {
		t.Errorf("%s: %v", line, status)
	}
	for i := 2; i < len(words); i += 2 {
		var got any
		switch {
		case words[i] == "cycles":
			got = len(m.Cycles)
		case words[i] == "ever" && !earlier:
			got = m.EverBreached
		case c != nil:
			got = ofCycle(c, words[i])
		}
		b.same(t, line, words[i], words[i+1], got)
	}
}

func (b *bug) ofState(s *sla.State, figure string) any {
	switch figure {
	case "severity":
		return int(s.Severity)
	case "waiting":
		return s.Waiting
	case "opened":
		return s.Opened
	case "ended":
		if s.Ended.Kind == 0 {
			return "none"
		}
		return s.Ended.Kind.String()
	}
	return nil
}

func ofCycle(c *sla.Cycle, figure string) any {
	switch figure {
	case "answered":
		return c.Answered
	case "breached":
		return c.Breached
	case "ever":
		return c.EverBreached()
	case "at_risk":
		return c.AtRisk
	case "from":
		return c.From
	case "base":
		return c.Base
	case "to":
		return c.To
	case "deadline":
		return c.Deadline
	case "resumed":
		return c.Resumed
	case "breached_at":
		return c.BreachedAt
	case "severity":
		return int(c.Severity)
	case "percent":
		return c.Percent
	case "rebases":
		return len(c.Rebases)
	}
	of := c.Spent
	figure, wall := strings.CutPrefix(figure, "wall_")
	if wall {
		of = c.Wall
	}
	switch figure {
	case "elapsed":
		return of.Elapsed
	case "remaining":
		return of.Remaining
	case "paused":
		return of.Paused
	case "overrun":
		return of.Overrun
	}
	return nil
}

// same compares a figure with how it is written.
func (b *bug) same(t *testing.T, line, figure, want string, got any) {
	t.Helper()
	ok := false
	switch got := got.(type) {
	case string:
		ok = got == want
	case int:
		ok = strconv.Itoa(got) == want
	case bool:
		ok = map[bool]string{true: "yes", false: "no"}[got] == want
	case time.Duration:
		ok = got == must(time.ParseDuration(want))
	case time.Time:
		ok = got.Equal(b.instant(want))
	}
	if !ok {
		t.Errorf("%s: %s is %v, want %s", line, figure, got, want)
	}
}

// compareRebased reads METRIC AT RULE was T is T and missed and past.
func (b *bug) compareRebased(t *testing.T, s *sla.State, words []string) {
	t.Helper()
	line := strings.Join(words, " ")
	c := s.Metric(words[1]).Cycle()
	if c == nil {
		t.Fatalf("%s: there is no cycle", line)
	}
	at := b.instant(words[2])
	i := slices.IndexFunc(c.Rebases, func(r sla.Rebased) bool { return r.At.Equal(at) })
	if i < 0 {
		t.Fatalf("%s: only %v", line, c.Rebases)
	}
	r := c.Rebases[i]
	b.same(t, line, "rule", words[3], r.Rule.String())
	b.same(t, line, "was", words[5], r.Was)
	b.same(t, line, "is", words[7], r.Is)
	b.same(t, line, "missed and past", fmt.Sprint(slices.Contains(words, "missed"), slices.Contains(words, "past")), fmt.Sprint(r.Missed, r.Past))
}

func (b *bug) compareNext(t *testing.T, next []sla.Instant) {
	t.Helper()
	got, want := []string{}, []string{}
	for _, n := range next {
		line := n.At.In(b.at.Location).Format(time.RFC3339Nano) + " " + n.Kind.String()
		if n.Kind != sla.TermsChanged {
			line += fmt.Sprint(" ", n.Metric, " ", n.Percent)
		}
		got = append(got, line)
	}
	for _, line := range b.next {
		if at, what, ok := strings.Cut(line, " "); ok { // else "nothing"
			want = append(want, b.instant(at).Format(time.RFC3339Nano)+" "+what)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("next (-want +got):\n%s", diff)
	}
}
