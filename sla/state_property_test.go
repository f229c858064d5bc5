package sla_test

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/gen"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/calendar/calendartest"
	"github.com/supportterms/supportterms/sla"
	"github.com/supportterms/supportterms/sla/slatest"
)

// A situation is a case under tables at places, for the library and for the
// model that judges it.
type situation struct {
	places []*sla.Place
	tables []slatest.Table // the first is that the case is opened under
	bound  *sla.Bound
	model  *slatest.Model
	c      sla.Case
	slow   slatest.Case // the same case
}

// Numbers that make a situation: the place, its days, a row of each severity,
// the rest of the table, events twice, the rest of the case, and where it aims.
type numbers struct {
	place, days, r1, r2, r3, r4, table, a, b, rest, aim int
}

func situations() []gopter.Gen {
	return []gopter.Gen{places, days, terms, terms, terms, terms, gen.IntRange(0, 1<<40-1), slatest.Cases(), slatest.Cases(), gen.IntRange(0, 1<<60-1), gen.IntRange(0, 1<<30-1)}
}

// digits takes a number apart.
type digits uint64

func (d *digits) take(base uint64) int {
	v := uint64(*d) % base
	*d /= digits(base)
	return int(v)
}

var warnings = [][]int{nil, {75}, {90, 50}, {1, 99, 33}}

// nudges are put to an instant at which something flips.
var nudges = []time.Duration{0, 0, 1, -1, time.Second}

func situate(n numbers) *situation {
	p, d := calendartest.PlaceOf(n.place), digits(n.rest)
	rows := [slatest.Severities]int{n.r1, n.r2, n.r3, n.r4}
	s := &situation{tables: []slatest.Table{slatest.TableOf(n.table, rows)}, places: []*sla.Place{slatest.Place(p, n.days)}}
	s.bound, s.model = must(s.tables[0].Bind(s.places[0])), s.tables[0].Model(s.places[0])
	edges := slatest.TermsOf(rows[d.take(slatest.Severities)])
	s.c.Raise, s.c.Lower = sla.Rebase(d.take(5)), sla.Rebase(d.take(5))
	s.c.Warnings = warnings[d.take(uint64(len(warnings)))]
	s.c.Events = slatest.EventsOf(p, edges, n.a, n.b)
	for i, e := range s.c.Events {
		switch e.Kind {
		case sla.CustomerReplied, sla.LocationChanged: // they move nothing; severities do
			s.c.Events[i].Kind, s.c.Events[i].Severity = sla.SeveritySet, sla.Severity(1+d.take(slatest.Severities))
		case sla.Opened:
			if d.take(8) == 7 {
				s.c.Events[i].Severity = 0
			}
		}
	}
	near := func() time.Time { return slatest.Near(p, edges, d.take(1<<9)) }
	for range max(0, d.take(5)-2) {
		s.change(n, sla.Change{At: near(), Kind: sla.PlaceChange, Rule: sla.Rebase(d.take(5))}, d.take(6))
	}
	if d.take(3) == 2 {
		s.c.AsOf = near()
	}
	s.aim(digits(n.aim))
	return s
}

// change has the terms change to those of the same rows arranged otherwise, at
// another place, or to none.
func (s *situation) change(n numbers, c sla.Change, to int) {
	if to == 0 && c.Rule != sla.AsRead {
		s.add(c, nil)
		return
	}
	if to == 3 { // back to the first
		c.To = s.bound
		s.add(c, s.model)
		return
	}
	t := slatest.TableOf(n.table, [slatest.Severities]int{n.r2, n.r4, n.r1, n.r3})
	at := slatest.Place(calendartest.PlaceOf(n.place+to%2), n.days)
	s.tables, s.places = append(s.tables, t), append(s.places, at)
	c.To = must(t.Bind(at))
	s.add(c, t.Model(at))
}

// add adds a change, in order.
func (s *situation) add(c sla.Change, to *slatest.Model) {
	i := len(s.c.Changes)
	for i > 0 && c.At.Before(s.c.Changes[i-1].At) {
		i--
	}
	s.c.Changes = slices.Insert(s.c.Changes, i, c)
	s.slow.Changes = slices.Insert(s.slow.Changes, i, slatest.Change{At: c.At, To: to, Rule: c.Rule})
}

// aim puts an event, and the instant asked about, at or beside instants at
// which something flips.
func (s *situation) aim(d digits) {
	kinds := []sla.EventKind{sla.Responded, sla.SeveritySet, sla.Resolved, sla.AwaitingCustomer, sla.Updated, sla.Reopened, sla.Escalated}
	if d.take(2) == 1 {
		if at := s.flip(&d); !at.IsZero() {
			e := sla.Event{At: at, Kind: kinds[d.take(uint64(len(kinds)))]}
			if e.Kind == sla.SeveritySet {
				e.Severity = sla.Severity(1 + d.take(slatest.Severities))
			}
			s.c.Events = append(s.c.Events, e)
		}
	}
	if d.take(2) == 1 {
		s.c.AsOf = s.flip(&d)
	}
}

// flip returns an instant at or beside one at which something flips, as far as
// the model sees it; zero when it sees none.
func (s *situation) flip(d *digits) time.Time {
	state, ok := s.model.State(s.slowly())
	if !ok || state.Opened.IsZero() {
		return time.Time{}
	}
	var at []time.Time
	for _, m := range state.Metrics {
		for _, c := range m.Cycles {
			at = append(at, c.From, c.Deadline, c.Resumed)
		}
	}
	for _, n := range state.Next {
		at = append(at, n.At)
	}
	at = slices.DeleteFunc(at, func(t time.Time) bool { return t.Before(state.Opened) || t.IsZero() })
	if len(at) == 0 {
		return time.Time{}
	}
	chosen := at[d.take(uint64(len(at)))].Add(nudges[d.take(uint64(len(nudges)))])
	if chosen.Before(state.Opened) {
		return state.Opened
	}
	return chosen
}

// slowly is the case as the model takes it.
func (s *situation) slowly() slatest.Case {
	s.slow.Events, s.slow.AsOf = s.c.Events, s.c.AsOf
	s.slow.Raise, s.slow.Lower, s.slow.Warnings = s.c.Raise, s.c.Lower, s.c.Warnings
	return s.slow
}

func (s *situation) state() *sla.State {
	var state sla.State
	if err := s.bound.State(&state, &s.c); err != nil {
		panic(fmt.Sprintf("%v\n%v", err, s))
	}
	return &state
}

// asOf is the state at another instant.
func (s *situation) asOf(t time.Time) *sla.State {
	other := *s
	other.c.AsOf = t
	return other.state()
}

// String writes s in terms of the values and not of the numbers they were made
// from.
func (s *situation) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "\nas of %s, raise %v, lower %v, warnings %v\n", stamp(s.c.AsOf, s.places[0]), s.c.Raise, s.c.Lower, s.c.Warnings)
	events := slices.Clone(s.c.Events)
	slices.SortStableFunc(events, func(a, b sla.Event) int { return a.At.Compare(b.At) })
	for _, e := range events {
		fmt.Fprintf(&b, "  %s %v %d\n", stamp(e.At, s.places[0]), e.Kind, e.Severity)
	}
	next := 1
	for _, c := range s.c.Changes {
		fmt.Fprintf(&b, "  %s terms change, %v, ", stamp(c.At, s.places[0]), c.Rule)
		if c.To == nil {
			fmt.Fprintln(&b, "to none")
			continue
		}
		if c.To == s.bound {
			fmt.Fprintln(&b, "to table 0")
			continue
		}
		fmt.Fprintf(&b, "to table %d or one of these\n", next)
		next++
	}
	for i, t := range s.tables {
		fmt.Fprintf(&b, "table %d: bases %s and %s, initial response %s, holds %v\n", i, t.InitialBase, t.OngoingBase, t.InitialResponse, t.Holds[1:])
		var lines []string // rows that are alike are one
		for m, rows := range [][slatest.Severities + 1]slatest.Terms{t.First, t.Ongoing, t.Escalation} {
			for severity, r := range rows[1:] {
				line := r.Target.String()
				if r.Target.Status() == sla.StatusDue {
					line = fmt.Sprintf("%v on %v, next open %v, %s of %v, in %s", r.Target, r.Clock, r.NextOpen, r.Day, r.Length,
						calendartest.Describe(calendar.Config{Hours: r.Hours.WithHolidays(!r.HolidaysCounted), Location: s.places[i].Location, Holidays: s.places[i].Holidays}))
				}
				at := slices.IndexFunc(lines, func(l string) bool { return strings.HasSuffix(l, ": "+line) })
				if at < 0 {
					at, lines = len(lines), append(lines, ": "+line)
				}
				lines[at] = fmt.Sprintf(" %s of %d", []string{"first", "ongoing", "escalation"}[m], severity+1) + lines[at]
			}
		}
		fmt.Fprintln(&b, strings.Join(lines, "\n"))
	}
	return b.String()
}

func stamp(t time.Time, at *sla.Place) string {
	if t.IsZero() {
		return "the last event"
	}
	return t.In(at.Location).Format("Mon 2006-01-02T15:04:05.999999999Z07:00")
}

// differ writes where two states differ, a line for each place.
func differ(want, got *sla.State) string {
	var d differences
	cmp.Equal(want, got, cmpopts.IgnoreUnexported(sla.State{}, sla.MetricState{}, sla.Cycle{}), cmpopts.EquateEmpty(), sameTarget, cmp.Reporter(&d),
		cmp.Comparer(func(a, b time.Time) bool { return a.Equal(b) }))
	return strings.Join(d.lines, "\n")
}

// differences is a [cmp.Reporter].
type differences struct {
	path  cmp.Path
	lines []string
}

func (d *differences) PushStep(s cmp.PathStep) { d.path = append(d.path, s) }
func (d *differences) PopStep()                { d.path = d.path[:len(d.path)-1] }
func (d *differences) Report(r cmp.Result) {
	if r.Equal() {
		return
	}
	want, got := d.path.Last().Values()
	write := func(v reflect.Value) string {
		if !v.IsValid() {
			return "nothing"
		}
		return fmt.Sprint(v)
	}
	d.lines = append(d.lines, fmt.Sprintf("%v: want %s, got %s", d.path.GoString(), write(want), write(got)))
}

// run puts a property to situations.
func run(t *testing.T, runs int, property func(s *situation, d digits) string) {
	check(t, runs, func(place, days, r1, r2, r3, r4, table, a, b, rest, aim, more int) string {
		s := situate(numbers{place, days, r1, r2, r3, r4, table, a, b, rest, aim})
		if why := property(s, digits(more)); why != "" {
			return why + s.String()
		}
		return ""
	}, append(situations(), gen.IntRange(0, 1<<60-1))...)
}

// The state of any case is what a walk through its time finds.
func TestStateIsTheModels(t *testing.T) {
	run(t, 700, func(s *situation, _ digits) string {
		want, ok := s.model.State(s.slowly())
		if !ok {
			return ""
		}
		return differ(want, s.state())
	})
}

// What happened is what happened, in whichever order it is told and however
// often.
func TestStateKnowsNoOrderOfArrival(t *testing.T) {
	run(t, 400, func(s *situation, d digits) string {
		one := s.state()
		events := slices.Clone(s.c.Events)
		r := rand.New(rand.NewPCG(uint64(d), 1))
		s.c.Events = slices.Concat(events, events[:r.IntN(len(events)+1)])
		r.Shuffle(len(s.c.Events), func(i, j int) { s.c.Events[i], s.c.Events[j] = s.c.Events[j], s.c.Events[i] })
		for i := range s.c.Events {
			if r.IntN(4) == 0 {
				s.c.Events[i].At = s.c.Events[i].At.In(time.FixedZone("", r.IntN(20)*1800))
			}
		}
		told := slices.Clone(s.c.Events)
		two := s.state()
		if !slices.Equal(told, s.c.Events) {
			return "the events were moved"
		}
		return differ(one, two)
	})
}

// A State that was filled before is filled as a new one is.
func TestStateIsFilledAnew(t *testing.T) {
	var used sla.State
	run(t, 400, func(s *situation, d digits) string {
		if err := s.bound.State(&used, &s.c); err != nil {
			return err.Error()
		}
		if diff := differ(s.state(), &used); diff != "" {
			return diff
		}
		s.c.Events = slices.DeleteFunc(s.c.Events, func(e sla.Event) bool { return e.Kind != sla.Opened })
		s.c.AsOf = s.c.Events[0].At.Add(time.Duration(d.take(1<<12)) * time.Minute)
		if err := s.bound.State(&used, &s.c); err != nil {
			return err.Error()
		}
		return differ(s.state(), &used)
	})
}

// cyclesOf yields the current cycle of each metric that has one.
func cyclesOf(s *sla.State) iter.Seq2[string, *sla.Cycle] {
	return func(yield func(string, *sla.Cycle) bool) {
		for i := range s.Metrics {
			if c := s.Metrics[i].Cycle(); c != nil && !yield(s.Metrics[i].Metric, c) {
				return
			}
		}
	}
}

// What has run and what is left are the target, until it is late.
func TestElapsedAndRemainingAreTheTarget(t *testing.T) {
	run(t, 500, func(s *situation, _ digits) string {
		for metric, c := range cyclesOf(s.state()) {
			if c.Status != sla.StatusDue || c.Breached || c.Length == 0 {
				continue
			}
			if c.Spent.Elapsed+c.Spent.Remaining != c.Length || c.Spent.Overrun != 0 {
				return fmt.Sprintf("%s: %+v of %v", metric, c.Spent, c.Length)
			}
		}
		return ""
	})
}

// While nothing happens a clock only goes forward, to a deadline that stays.
func TestTimeOnlyPasses(t *testing.T) {
	run(t, 500, func(s *situation, d digits) string {
		one := s.state()
		if one.Opened.IsZero() {
			return ""
		}
		later := one.AsOf.Add(time.Duration(d.take(20*24*60)) * time.Minute)
		if nudge := nudges[d.take(uint64(len(nudges)))]; nudge > 0 {
			later = later.Add(nudge)
		}
		s.calm(one.AsOf, later)
		two := s.asOf(later)
		for i := range one.Metrics {
			a, b := one.Metrics[i].Cycle(), two.Metrics[i].Cycle()
			if a == nil || b == nil {
				if a != b {
					return "a cycle came or went"
				}
				continue
			}
			// An instant that is named anew as a wait goes on may leave more to run.
			named := a.Status == sla.StatusPaused && a.Length == 0
			if b.Spent.Elapsed < a.Spent.Elapsed || b.Spent.Overrun < a.Spent.Overrun || b.Percent < a.Percent && !named ||
				a.Breached && !b.Breached || a.Status != b.Status || !a.Deadline.Equal(b.Deadline) || a.EverBreached() && !a.BreachedAt.Equal(b.BreachedAt) {
				return fmt.Sprintf("%s goes back from %s to %s:\n%+v\n%+v", one.Metrics[i].Metric, stamp(one.AsOf, s.places[0]), stamp(later, s.places[0]), *a, *b)
			}
		}
		return ""
	})
}

// calm leaves out what happens between two instants.
func (s *situation) calm(from, to time.Time) {
	between := func(t time.Time) bool { return t.After(from) && !t.After(to) }
	s.c.Events = slices.DeleteFunc(s.c.Events, func(e sla.Event) bool { return e.At.After(from) })
	s.c.Changes = slices.DeleteFunc(s.c.Changes, func(c sla.Change) bool { return between(c.At) })
}

// standing is what flips by itself.
type standing struct {
	status           sla.Status
	breached, atRisk bool
}

func standings(s *sla.State) (out [3]standing) {
	for i := range s.Metrics {
		out[i].status = s.Metrics[i].Status
		if c := s.Metrics[i].Cycle(); c != nil {
			out[i].breached, out[i].atRisk = c.Breached, c.AtRisk
		}
	}
	return out
}

// What is told to be next comes then, and nothing comes before it.
func TestNextIsWhatComesNext(t *testing.T) {
	run(t, 500, func(s *situation, _ digits) string {
		now := s.state()
		if now.Opened.IsZero() {
			return ""
		}
		s.calm(now.AsOf, now.AsOf)
		for _, n := range now.Next {
			if n.Kind == sla.TermsChanged {
				break
			}
			before, at, after := s.asOf(n.At.Add(-1)), s.asOf(n.At), s.asOf(n.At.Add(1))
			if n.Kind == sla.DeadlinePassed && (at.Metric(n.Metric).Cycle().Breached || !after.Metric(n.Metric).Cycle().Breached) {
				return fmt.Sprintf("%s is not late after %s", n.Metric, stamp(n.At, s.places[0]))
			}
			if n.Kind == sla.WarningReached && (before.Metric(n.Metric).Cycle().Percent >= n.Percent || at.Metric(n.Metric).Cycle().Percent < n.Percent) {
				return fmt.Sprintf("%s is not %d%% from %s on", n.Metric, n.Percent, stamp(n.At, s.places[0]))
			}
		}
		horizon := now.AsOf.AddDate(0, 0, 100)
		if len(now.Next) > 0 {
			horizon = now.Next[0].At.Add(-1)
		}
		if horizon.Before(now.AsOf) {
			horizon = now.AsOf // it is late from the next instant on, and that is told
		}
		if then := standings(s.asOf(horizon)); then != standings(now) {
			return fmt.Sprintf("from %s to %s %v becomes %v; next is %v", stamp(now.AsOf, s.places[0]), stamp(horizon, s.places[0]), standings(now), then, now.Next)
		}
		return ""
	})
}

// Waiting for the customer takes no time from the provider.
func TestAWaitNeverHurries(t *testing.T) {
	check(t, 400, func(place, terms, days, at, pauses, more int) string {
		p, row := calendartest.PlaceOf(place), slatest.TermsOf(terms)
		var table slatest.Table
		table.First[1], table.Holds[1] = row, true
		w := world{place: p, terms: row, at: slatest.Place(p, days)}
		from := w.near(at)
		s := situation{tables: []slatest.Table{table}, places: []*sla.Place{w.at}, bound: must(table.Bind(w.at))}
		s.c = sla.Case{Events: []sla.Event{{At: from, Kind: sla.Opened, Severity: 1}}, AsOf: from.AddDate(0, 0, 30)}
		spans := append(slatest.PausesOf(p, row, pauses), slatest.PausesOf(p, row, more)...)
		slices.SortFunc(spans, func(a, b calendar.Span) int { return a.From.Compare(b.From) })
		base, before := from, s.state().Metrics[0].Cycle()
		for _, wait := range spans {
			if n := len(s.c.Events); wait.From.Before(s.c.Events[n-1].At) || n > 1 && wait.From.Equal(s.c.Events[n-1].At) {
				continue // at one instant a wait would begin before the last one ends
			}
			s.c.Events = append(s.c.Events, sla.Event{At: wait.From, Kind: sla.AwaitingCustomer}, sla.Event{At: wait.To, Kind: sla.Resumed})
			after := s.state().Metrics[0].Cycle()
			// The base of a clock that names a clock time moves; it may move
			// to the same hour shown again.
			moved := base.Add(wait.Len())
			if w.names() && w.wall(moved) < w.wall(base) {
				return ""
			}
			base = moved
			if after.Deadline.Before(before.Deadline) {
				return fmt.Sprintf("the last wait moves %s to %s\n%v", stamp(before.Deadline, w.at), stamp(after.Deadline, w.at), &s)
			}
			before = after
		}
		return ""
	}, places, terms, days, instants, slatest.Pauses(), slatest.Pauses())
}
