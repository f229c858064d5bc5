package sla_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"
	_ "time/tzdata" // the same zones on every machine

	"github.com/google/go-cmp/cmp"
	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/gen"
	"github.com/leanovate/gopter/prop"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/calendar/calendartest"
	"github.com/supportterms/supportterms/catalog"
	"github.com/supportterms/supportterms/entitlement"
	"github.com/supportterms/supportterms/sla"
	"github.com/supportterms/supportterms/sla/slatest"
)

// check runs a property. The seed is fixed, so that a change is judged by the
// same cases as the one before it; GOPTER_SEED gives others.
func check(t *testing.T, runs int, condition any, gens ...gopter.Gen) {
	t.Helper()
	t.Parallel()
	seed := int64(1)
	if s := os.Getenv("GOPTER_SEED"); s != "" {
		var err error
		if seed, err = strconv.ParseInt(s, 10, 64); err != nil {
			t.Fatalf("GOPTER_SEED: %v", err)
		}
	}
	params := gopter.DefaultTestParametersWithSeed(seed)
	params.MinSuccessfulTests = runs
	params.MaxShrinkCount = 200
	properties := gopter.NewProperties(params)
	properties.Property(t.Name(), prop.ForAll(condition, gens...))
	var report bytes.Buffer
	if !properties.Run(gopter.NewFormatedReporter(true, 400, &report)) {
		t.Errorf("seed %d\n%s", seed, &report)
	}
}

// must makes a panic of an error; gopter reports it with the arguments.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// A world is terms at a place, and the model of them.
type world struct {
	place calendartest.Place
	terms slatest.Terms
	at    *sla.Place
	bound *sla.Bound // waiting for the customer stops the clock
	ref   *slatest.Reference
}

func build(place, terms, days int) world {
	p, t := calendartest.PlaceOf(place), slatest.TermsOf(terms)
	return buildOf(p, t, days)
}

func buildOf(p calendartest.Place, t slatest.Terms, days int) world {
	at := slatest.Place(p, days)
	return world{p, t, at, must(t.Bind(at, true)), t.Reference(at)}
}

var (
	places   = calendartest.Places()
	terms    = slatest.AllTerms()
	days     = calendartest.Dates()
	instants = calendartest.Instants()
	severity = gen.IntRange(1, slatest.Severities)
)

func (w world) near(n int) time.Time { return slatest.Near(w.place, w.terms, n) }

// due is when a first response counted from an instant is due. ok is false
// when no instant within the known holidays is.
func (w world) due(severity int, from time.Time) (time.Time, bool) {
	d := must(w.bound.Due(sla.FirstResponse, sla.Severity(severity), from))
	return d.At, d.Status == sla.StatusDue
}

// not writes what went wrong, in terms of the values and not of the numbers
// they were made from.
func (w world) not(format string, args ...any) string {
	for i, a := range args {
		switch a := a.(type) {
		case time.Time:
			args[i] = a.Format(time.RFC3339Nano)
		case []calendar.Span:
			text := ""
			for _, s := range a {
				text += fmt.Sprintf(" %s/%s", s.From.UTC().Format(time.RFC3339Nano), s.To.UTC().Format(time.RFC3339Nano))
			}
			args[i] = text
		}
	}
	cfg := calendar.Config{Hours: w.terms.Hours.WithHolidays(!w.terms.HolidaysCounted), Location: w.at.Location, Holidays: w.at.Holidays}
	return fmt.Sprintf("%s\n  of %v on %v, close at next open %v, %s, day of %v, bases %s and %s\n  in %s", fmt.Sprintf(format, args...),
		w.terms.Target, w.terms.Clock, w.terms.NextOpen, w.terms.Day, w.terms.Length, w.terms.InitialBase, w.terms.OngoingBase,
		calendartest.Describe(cfg))
}

// S1
func TestTargetRoundTrip(t *testing.T) {
	check(t, 2000, func(n, u int) string {
		target, err := sla.NewTarget(n, sla.Unit(u))
		if err != nil {
			return fmt.Sprint(err)
		}
		if back, err := sla.ParseTarget(target.String()); err != nil || back != target {
			return fmt.Sprintf("%q is %v, %v", target, back, err)
		}
		text, _ := target.MarshalText()
		var back sla.Target
		if err := back.UnmarshalText(text); err != nil || back != target {
			return fmt.Sprintf("%q is %v, %v", text, back, err)
		}
		return ""
	}, gen.IntRange(1, 10_000), gen.IntRange(1, len(sla.Units())))
}

// officeHours are inside the weekdays, so that business hours are weekday
// hours too.
var officeHours = []string{"Mo-Fr 08:00-18:00", "Mo-Fr 09:00-12:30,13:30-17:00", "Mo,We,Fr 00:00-24:00", "Tu-Th 23:00-24:00"}

// S2 and S3: an hour of the week is no shorter than an hour, and a business
// hour no shorter than that.
func TestBusinessIsNeverEarlierAndWeekdayIsBetween(t *testing.T) {
	check(t, 300, func(place, days, hours, n, at int) string {
		p := calendartest.PlaceOf(place)
		due := func(unit sla.Unit, clock sla.Clock) (time.Time, bool) {
			w := buildOf(p, slatest.Terms{
				Target: must(sla.NewTarget(n, unit)), Clock: clock, Hours: calendar.MustParseHours(officeHours[hours]),
			}, days)
			return w.due(1, slatest.Near(p, w.terms, at))
		}
		plain, _ := due(sla.Hour, sla.Elapsed)
		weekday, okWeekday := due(sla.WeekdayHour, sla.Weekday24h)
		business, ok := due(sla.BusinessHour, sla.Business)
		if !ok || !okWeekday || weekday.Before(plain) || business.Before(weekday) {
			return fmt.Sprintf("%d hours in %s at %s %v: %v, on weekdays %v, in %s %v", n, p.Zone, p.Date, at, plain, weekday, officeHours[hours], business)
		}
		return ""
	}, places, days, gen.IntRange(0, len(officeHours)-1), gen.IntRange(1, 200), instants)
}

// S4, for hours that are the same on every open day.
func TestBusinessDayIsItsHours(t *testing.T) {
	uniform := []struct {
		hours string
		day   int
	}{{"Mo-Fr 08:00-18:00", 10}, {"Mo-Fr 09:00-12:00,13:00-17:00", 7}, {"Mo-Su 22:00-06:00", 8}, {"24/7", 24}, {"We 10:00-11:00", 1}}
	check(t, 300, func(place, days, hours, n, at int) string {
		p, u := calendartest.PlaceOf(place), uniform[hours]
		due := func(n int, unit sla.Unit) (time.Time, bool) {
			w := buildOf(p, slatest.Terms{
				Target: must(sla.NewTarget(n, unit)), Clock: sla.Business, Hours: calendar.MustParseHours(u.hours),
			}, days)
			return w.due(1, slatest.Near(p, w.terms, at))
		}
		inDays, okDays := due(n, sla.BusinessDay)
		inHours, okHours := due(n*u.day, sla.BusinessHour)
		if !okDays || !okHours || !inDays.Equal(inHours) {
			return fmt.Sprintf("%d days of %s in %s at %s: %v, in hours %v", n, u.hours, p.Zone, p.Date, inDays, inHours)
		}
		return ""
	}, places, days, gen.IntRange(0, len(uniform)-1), gen.IntRange(1, 12), instants)
}

// wall is what the clock of the place shows.
func (w world) wall(t time.Time) string {
	return t.In(w.at.Location).Format("2006-01-02T15:04:05.000000000")
}

// S5. A clock that names a clock time reads the start on the wall, where a
// repeated hour is the same time again: there starts are in order only if the
// wall agrees.
func TestDueIsMonotone(t *testing.T) {
	check(t, 800, func(place, terms, days, a, b, severity int) string {
		w := build(place, terms, days)
		early, late := w.near(a), w.near(b)
		if late.Before(early) {
			early, late = late, early
		}
		if w.wall(late) < w.wall(early) {
			return ""
		}
		one, ok := w.due(severity, early)
		two, okTwo := w.due(severity, late)
		if ok && okTwo && two.Before(one) {
			return w.not("severity %d: from %v due %v, from %v due %v", severity, early, one, late, two)
		}
		for s := 1; s < severity; s++ {
			if less, okLess := w.due(s, early); ok && okLess && one.Before(less) {
				return w.not("from %v: %d times the target is due %v, %d times %v", early, s, less, severity, one)
			}
		}
		if ok && one.Before(early) {
			return w.not("severity %d: from %v due before it, %v", severity, early, one)
		}
		return ""
	}, places, terms, days, instants, instants, severity)
}

// The model agrees, without pauses and with them.
func TestAgreesWithReference(t *testing.T) {
	check(t, 700, func(place, terms, days, at, severity, pauses int) string {
		w := build(place, terms, days)
		from := w.near(at)
		got, ok := w.due(severity, from)
		want, okRef := w.ref.Due(from, severity)
		if ok && okRef && !got.Equal(want) {
			return w.not("severity %d from %v: due %v, the model says %v", severity, from, got, want)
		}
		events := []sla.Event{{At: from, Kind: sla.Opened, Severity: sla.Severity(severity)}}
		var stood []calendar.Span
		for _, p := range slatest.PausesOf(w.place, w.terms, pauses) {
			if p.From.Before(from) {
				continue // nobody waits before the case is opened
			}
			stood = append(stood, p)
			events = append(events, sla.Event{At: p.From, Kind: sla.AwaitingCustomer}, sla.Event{At: p.To, Kind: sla.Resumed})
		}
		d := must(w.bound.Deadline(sla.FirstResponse, sla.Case{Events: events}, false))
		want, okRef = w.ref.Due(from, severity, stood...)
		if d.Status == sla.StatusDue && okRef && !d.Due.Equal(want) {
			return w.not("severity %d from %v with pauses%v: due %v, the model says %v", severity, from, stood, d.Due, want)
		}
		return ""
	}, places, terms, days, instants, severity, slatest.Pauses())
}

// names reports whether the terms name an instant rather than count time.
func (w world) names() bool {
	_, unit := w.terms.Target.Amount()
	return w.terms.Clock >= sla.CalendarWeek ||
		w.terms.Clock == sla.Business && unit == sla.BusinessDay && w.terms.Day != slatest.BusinessTime
}

// length is the target as time.
func (w world) length(severity sla.Severity) time.Duration {
	n, unit := w.terms.TargetFor(severity).Amount()
	day := w.terms.Length
	for d := time.Sunday; day == 0; d++ {
		for _, window := range w.terms.Hours.Day(d) {
			day += time.Duration(window.Close-window.Open) * time.Minute
		}
	}
	return time.Duration(n) * map[sla.Unit]time.Duration{
		sla.Minute: time.Minute, sla.Hour: time.Hour, sla.WeekdayHour: time.Hour, sla.BusinessHour: time.Hour,
		sla.BusinessDay: day, sla.Week: 7 * 24 * time.Hour,
	}[unit]
}

// S6: the ledger leaves no time out from the start of the clock to the due
// instant, and what counts in it sums to the target.
func TestCountedExplainsDue(t *testing.T) {
	check(t, 800, func(place, terms, days, severity, at, a, b int) string {
		w := build(place, terms, days)
		// A case with waits, and a start that is known.
		cases := []sla.Case{
			{Events: slatest.EventsOf(w.place, w.terms, a, b)},
			{CountedFrom: w.near(at), Severity: sla.Severity(severity)},
		}
		for _, c := range cases {
			for _, metric := range []string{sla.FirstResponse, sla.OngoingResponse, sla.ManagementEscalation} {
				d := must(w.bound.Deadline(metric, c, false))
				if why := w.ledger(d); why != "" {
					return w.not("%s of %v: %s\n%v", metric, c.Events, why, d.Ledger[:min(6, len(d.Ledger))])
				}
				if metric != sla.OngoingResponse && !c.CountedFrom.IsZero() && len(d.Ledger) > 0 && !d.Ledger[0].From.Equal(c.CountedFrom) {
					return w.not("the ledger begins %v, not %v", d.Ledger[0].From, c.CountedFrom)
				}
			}
		}
		return ""
	}, places, terms, days, severity, instants, slatest.Cases(), slatest.Cases())
}

func (w world) ledger(d *sla.Deadline) string {
	if d.Due.IsZero() {
		if len(d.Ledger) > 0 {
			return "a ledger of no time"
		}
		return ""
	}
	if len(d.Ledger) == 0 {
		return "no ledger"
	}
	var counted time.Duration
	for i, e := range d.Ledger {
		switch {
		case e.To.Before(e.From) || e.From.Equal(e.To) && len(d.Ledger) > 1:
			return fmt.Sprintf("entry %d takes no time", i)
		case i > 0 && !d.Ledger[i-1].To.Equal(e.From):
			return fmt.Sprintf("entry %d begins at %v", i, e.From)
		case e.Counted != 0 && e.Counted != e.To.Sub(e.From):
			return fmt.Sprintf("entry %d counts %v of itself", i, e.Counted)
		case (e.Counted == 0) != (len(e.Why) > 0):
			return fmt.Sprintf("entry %d counts %v, because of %q", i, e.Counted, e.Why)
		}
		counted += e.Counted
	}
	if end := d.Ledger[len(d.Ledger)-1].To; !end.Equal(d.Due) {
		return fmt.Sprintf("ends %v, due %v", end, d.Due)
	}
	if want := w.length(d.Severity); !w.names() && counted != want {
		return fmt.Sprintf("counts %v, the target is %v", counted, want)
	}
	return ""
}

// A slot of an ongoing response ends when the target has run that many times
// since the severity was set, and the one after that of the last follow-up is
// due.
func TestFixedSlots(t *testing.T) {
	check(t, 200, func(place, terms, days, opened, followUp, severity int) string {
		p, tm := calendartest.PlaceOf(place), slatest.TermsOf(terms)
		tm.OngoingBase = "severity-update"
		w := buildOf(p, tm, days)
		from, update := w.near(opened), w.near(followUp)
		if update.Before(from) {
			from, update = update, from
		}
		d := must(w.bound.Deadline(sla.OngoingResponse, sla.Case{Events: []sla.Event{
			{At: from, Kind: sla.Opened, Severity: sla.Severity(severity)}, {At: update, Kind: sla.Responded},
		}}, false))
		n := 1
		if update.After(from) {
			for {
				end, ok := w.ref.Due(from, n*severity)
				if !ok {
					return ""
				}
				n++
				if !end.Before(update) {
					break
				}
			}
		}
		want, ok := w.ref.Due(from, n*severity)
		if ok && d.Status == sla.StatusDue && !d.Due.Equal(want) {
			return w.not("severity %d set %v, follow-up %v: due %v, the model says %v at the end of slot %d", severity, from, update, d.Due, want, n)
		}
		return ""
	}, places, terms, days, instants, instants, severity)
}

// What happened is what happened, in whichever order it is told and however
// often.
func TestOrderOfArrivalIsIrrelevant(t *testing.T) {
	check(t, 300, func(place, terms, days, a, b int, seed int64) string {
		w := build(place, terms, days)
		events := slatest.EventsOf(w.place, w.terms, a, b)
		r := rand.New(rand.NewPCG(uint64(seed), 1))
		shuffled := slices.Concat(events, events[:r.IntN(len(events)+1)])
		r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		for i := range shuffled {
			if r.IntN(4) == 0 {
				shuffled[i].At = shuffled[i].At.In(time.FixedZone("", r.IntN(20)*1800))
			}
		}
		for _, metric := range []string{sla.FirstResponse, sla.OngoingResponse, sla.ManagementEscalation} {
			one := must(w.bound.Deadline(metric, sla.Case{Events: events}, true))
			two := must(w.bound.Deadline(metric, sla.Case{Events: shuffled}, true))
			if diff := cmp.Diff(one, two, sameTarget); diff != "" {
				return w.not("%s of %v: %s", metric, events, diff)
			}
		}
		return ""
	}, places, terms, days, slatest.Cases(), slatest.Cases(), gen.Int64())
}

// Waiting for the customer takes no time from the provider; and where it does
// not stop the clock it changes nothing.
func TestPausesNeverHurry(t *testing.T) {
	check(t, 400, func(place, terms, days, at, severity, pauses, more int) string {
		w := build(place, terms, days)
		from := w.near(at)
		events := []sla.Event{{At: from, Kind: sla.Opened, Severity: sla.Severity(severity)}}
		spans := append(slatest.PausesOf(w.place, w.terms, pauses), slatest.PausesOf(w.place, w.terms, more)...)
		slices.SortFunc(spans, func(a, b calendar.Span) int { return a.From.Compare(b.From) })
		base, before := from, must(w.bound.Deadline(sla.FirstResponse, sla.Case{Events: events}, false))
		free := must(must(w.terms.Bind(w.at, false)).Deadline(sla.FirstResponse, sla.Case{Events: events}, false))
		for _, p := range spans {
			if n := len(events); p.From.Before(events[n-1].At) || n > 1 && p.From.Equal(events[n-1].At) {
				continue // at one instant a wait would begin before the last one ends
			}
			events = append(events, sla.Event{At: p.From, Kind: sla.AwaitingCustomer}, sla.Event{At: p.To, Kind: sla.Resumed})
			after := must(w.bound.Deadline(sla.FirstResponse, sla.Case{Events: events}, false))
			// The base of a clock that names a clock time moves; it may move
			// to the same hour shown again.
			moved := base.Add(p.Len())
			if w.names() && w.wall(moved) < w.wall(base) {
				return ""
			}
			base = moved
			if before.Status == sla.StatusDue && after.Status == sla.StatusDue && after.Due.Before(before.Due) {
				return w.not("from %v: a pause %v moves %v to %v", from, []calendar.Span{p}, before.Due, after.Due)
			}
			before = after
		}
		same := must(must(w.terms.Bind(w.at, false)).Deadline(sla.FirstResponse, sla.Case{Events: events}, false))
		if same.Status != free.Status || !same.Due.Equal(free.Due) {
			return w.not("from %v: pauses that stop nothing move %v to %v", from, free.Due, same.Due)
		}
		return ""
	}, places, terms, days, instants, severity, slatest.Pauses(), slatest.Pauses())
}

// S8: a first response is missed for good. The case is asked about as of every
// instant at which something happens.
func TestMissedStaysMissed(t *testing.T) {
	check(t, 500, func(place, terms, days, a, b int) string {
		w := build(place, terms, days)
		events := slatest.EventsOf(w.place, w.terms, a, b)
		slices.SortFunc(events, func(a, b sla.Event) int { return a.At.Compare(b.At) })
		missed := time.Time{}
		for _, e := range events {
			d := must(w.bound.Deadline(sla.FirstResponse, sla.Case{Events: events, AsOf: e.At}, false))
			if d.Status == sla.StatusMissed && missed.IsZero() && responded(events, e.At) {
				missed = e.At
			}
			if d.Status == sla.StatusMet && !missed.IsZero() {
				return w.not("%v: missed as of %v, met as of %v", events, missed, e.At)
			}
		}
		return ""
	}, places, terms, days, slatest.Cases(), slatest.Cases())
}

func responded(events []sla.Event, by time.Time) bool {
	return slices.ContainsFunc(events, func(e sla.Event) bool { return e.Kind == sla.Responded && !e.At.After(by) })
}

// S10
func TestShiftByWholeWeeks(t *testing.T) {
	utc := calendartest.PlaceOf(0)
	check(t, 600, func(terms, at, severity, weeks int) string {
		w := buildOf(utc, slatest.TermsOf(terms), 0)
		from := w.near(at)
		one, ok := w.due(severity, from)
		two, okTwo := w.due(severity, from.AddDate(0, 0, 7*weeks))
		if ok != okTwo || ok && !two.Equal(one.AddDate(0, 0, 7*weeks)) {
			return w.not("from %v due %v, %d weeks later %v", from, one, weeks, two)
		}
		return ""
	}, terms, instants, severity, gen.IntRange(1, 200))
}

// editions are the built-in ones, read once.
func editions(t testing.TB) (out []*catalog.Edition) {
	t.Helper()
	c := catalog.Builtin()
	for _, id := range c.Editions() {
		e, err := c.Edition(id)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, e)
	}
	return out
}

// factValues returns the values of a stated fact of an edition, and "".
func factValues(e *catalog.Edition, fact string) []string {
	values := []string{""}
	for _, f := range e.Policy().Facts {
		if f.Name == fact {
			values = append(values, f.Values...)
		}
	}
	return values
}

func pick[T any](r *rand.Rand, xs []T) T { return xs[r.IntN(len(xs))] }

// someContract states, reads and buys some of what an edition has.
func someContract(r *rand.Rand, e *catalog.Edition) (c entitlement.Contract, phase string) {
	c.Level = pick(r, factValues(e, sla.FactLevel))
	c.Offering = pick(r, factValues(e, sla.FactOffering))
	if r.IntN(3) == 0 {
		c.SecurityScope = pick(r, factValues(e, sla.FactSecurityScope))
	}
	if r.IntN(3) == 0 && len(e.Policy().Addons) > 0 {
		c.Addons = []string{pick(r, e.Policy().Addons)}
	}
	c.Readings = map[string]string{}
	for _, reading := range e.Readings() {
		if r.IntN(2) == 0 {
			c.Readings[reading.Key] = pick(r, reading.Values).Name
		}
	}
	if r.IntN(3) == 0 {
		c.Readings = nil
	}
	return c, pick(r, factValues(e, sla.FactPhase))
}

// somePlaces states some of a customer's places, with some of what there is to
// know about them.
func somePlaces(r *rand.Rand, place, days int) (at sla.Places) {
	for l := range at {
		if r.IntN(2) == 0 {
			continue
		}
		at[l] = slatest.Place(calendartest.PlaceOf(place+l), days)
		if r.IntN(2) == 0 {
			at[l].Weekend = []time.Weekday{time.Friday, time.Saturday}
		}
		if r.IntN(6) == 0 {
			at[l].Holidays = nil
		}
		if r.IntN(9) == 0 {
			at[l].Location = nil
		}
	}
	return at
}

// The three ways to the instant are one: through a contract bound once,
// through the rules each time, and with the whole explanation.
func TestShortAnswersAreTheExplainedOnes(t *testing.T) {
	all := editions(t)
	check(t, 700, func(edition, place, days, at int, seed int64) string {
		e := all[edition]
		r := rand.New(rand.NewPCG(uint64(seed), 2))
		c, phase := someContract(r, e)
		places := e.Calendars(somePlaces(r, place, days))
		from := calendartest.InstantOf(calendartest.PlaceOf(place), calendar.Config{Hours: calendar.MustParseHours("Mo-Fr 08:00-18:00")}, at)
		bound, err := e.Bind(c, phase, places)
		if err != nil {
			_, again := e.Due(&c, phase, places, sla.FirstResponse, 1, from)
			if again == nil || again.Error() != err.Error() {
				return fmt.Sprintf("%v: bound %v, else %v", c, err, again)
			}
			return ""
		}
		for _, metric := range []string{sla.FirstResponse, sla.OngoingResponse, sla.ManagementEscalation, sla.Resolution} {
			for s := range sla.Severity(5) {
				long := must(bound.Deadline(metric, sla.Case{CountedFrom: from, Severity: s}, false))
				short := must(bound.Due(metric, s, from))
				single := must(e.Due(&c, phase, places, metric, s, from))
				if !short.Equal(single) {
					return fmt.Sprintf("%s %+v %q, %s of %d from %v:\nbound  %+v\nsingle %+v", e.ID, c, phase, metric, s, from, short, single)
				}
				if short.Status != long.Status || !short.At.Equal(long.Due) || short.At.Location().String() != long.Due.Location().String() {
					return fmt.Sprintf("%s %+v %q, %s of %d from %v:\nshort     %+v\nexplained %+v", e.ID, c, phase, metric, s, from, short, long)
				}
				if short.Status == sla.StatusDue && (short.Target != long.Target || short.Clock != long.Clock || short.Severity != long.Severity) {
					return fmt.Sprintf("%s %+v %q, %s of %d from %v:\nshort     %+v\nexplained %+v", e.ID, c, phase, metric, s, from, short, long)
				}
			}
		}
		return ""
	}, gen.IntRange(0, len(all)-1), places, days, instants, gen.Int64())
}

// A reading is said to matter exactly if another value of it, all else equal,
// gives another answer.
func TestReadingsThatMattered(t *testing.T) {
	all := editions(t)
	check(t, 250, func(edition, place, days, at int, seed int64) string {
		e := all[edition]
		r := rand.New(rand.NewPCG(uint64(seed), 3))
		c, phase := someContract(r, e)
		places := sla.Places{}
		for l := range places { // every fact is known, so every value can be had
			places[l] = slatest.Place(calendartest.PlaceOf(place+l), days)
			places[l].Weekend = []time.Weekday{time.Friday, time.Saturday}
		}
		cals := e.Calendars(places)
		from := calendartest.InstantOf(calendartest.PlaceOf(place), calendar.Config{Hours: calendar.MustParseHours("Mo-Fr 08:00-18:00")}, at)
		metric := pick(r, []string{sla.FirstResponse, sla.OngoingResponse, sla.ManagementEscalation})
		one := sla.Case{CountedFrom: from, Severity: sla.Severity(1 + r.IntN(4))}
		bound, err := e.Bind(c, phase, cals)
		if err != nil {
			return ""
		}
		d := must(bound.Deadline(metric, one, false))
		var want []string
		for _, reading := range e.Readings() {
			for _, v := range reading.Values {
				if v.Level != "" && v.Level != c.Level {
					continue
				}
				other := c
				other.Readings = map[string]string{}
				for k, v := range c.Readings {
					other.Readings[k] = v
				}
				other.Readings[reading.Key] = v.Name
				o := must(must(e.Bind(other, phase, cals)).Deadline(metric, one, false))
				if o.Status != d.Status || !o.Due.Equal(d.Due) {
					want = append(want, reading.Key)
					break
				}
			}
		}
		slices.Sort(want)
		var got []string
		for _, choice := range d.Readings {
			got = append(got, choice.Key)
		}
		if !slices.Equal(got, want) {
			return fmt.Sprintf("%s %+v, %s of %d from %v: readings %q mattered, want %q", e.ID, c, metric, one.Severity, from, got, want)
		}
		return ""
	}, gen.IntRange(0, len(all)-1), places, days, instants, gen.Int64())
}
