package entitlement

import (
	"cmp"
	"errors"
	"fmt"
	"math/bits"
	"slices"
	"strings"
	"time"

	"github.com/supportterms/supportterms/calendar"
)

// An Outage is a time in which a service was down, or was worked on. From is in
// it, To is not. Attribution and Cause are for [Uptime.Counts] and
// [Uptime.Excluded] to read.
type Outage struct {
	From, To           time.Time
	Attribution, Cause string
}

// A Window says which stretches of time are measured.
type Window uint8

const (
	// RollingWindow measures every stretch inside the period, wherever it
	// starts.
	RollingWindow Window = iota
	// ServiceYear measures the stretches that follow one another from Start.
	ServiceYear
)

var windows = [...]string{"rolling", "service-year"}

// String writes w as "rolling" or "service-year".
func (w Window) String() string {
	if int(w) < len(windows) {
		return windows[w]
	}
	return fmt.Sprintf("Window(%d)", uint8(w))
}

// ParseWindow reads what [Window.String] writes, with - or _.
func ParseWindow(s string) (Window, error) {
	if i := slices.Index(windows[:], strings.ReplaceAll(s, "_", "-")); i >= 0 {
		return Window(i), nil
	}
	return 0, &calendar.ParseError{What: "window", Input: s, Want: "one of " + strings.Join(windows[:], ", ")}
}

// An Uptime is a level of uptime to be kept in every stretch of some months.
//
// A stretch that starts on a date ends at the same time of day on that day
// Months later, or on the last of the month where it has no such day. Dates are
// those that the clock of From shows, or of Start for [ServiceYear], at its
// offset from UTC there: all days have 24 hours, and a change of the clock
// moves nothing.
type Uptime struct {
	From, To time.Time // the period asked about, To not in it
	Window   Window
	Start    time.Time // what ServiceYear counts from; nothing before is measured
	Months   int
	Level    int64 // in thousandths of a percent, up to 100,000
	// LessExcluded takes excluded time out of the time that uptime is a part
	// of, too. Otherwise that is the whole stretch.
	LessExcluded bool
	// Counts reports whether an outage is downtime; nil is all of them. Two at
	// once are counted once.
	Counts func(Outage) bool
	// Excluded reports whether an outage is not taken into account; nil is none
	// of them. This is stronger than Counts, and not only for the same outage:
	// while an excluded one lasts there is no downtime.
	Excluded func(Outage) bool
}

// An UptimeState says whether a level was kept. The zero UptimeState is
// UptimeUnknown.
type UptimeState uint8

const (
	// UptimeUnknown: no whole stretch is inside the period, and the downtime in
	// the period is no more than a whole one allows.
	UptimeUnknown UptimeState = iota
	// UptimeMet: the level was reached, exactly or better.
	UptimeMet
	// UptimeMissed: the level was not reached, or can no longer be.
	UptimeMissed
)

var uptimeStates = [...]string{"unknown", "met", "missed"}

// String writes s as "unknown", "met" or "missed".
func (s UptimeState) String() string {
	if int(s) < len(uptimeStates) {
		return uptimeStates[s]
	}
	return fmt.Sprintf("UptimeState(%d)", uint8(s))
}

// An UptimeResult is how a level was kept in the worst stretch, whose uptime is
// exactly 1 - Down/Of; or 1 where Of is 0, as all of it was excluded.
type UptimeResult struct {
	State UptimeState
	// From and To are the worst stretch. Where it is not inside the period,
	// Down and Of know of the outages in the period only, and the uptime is the
	// most that the stretch can still have.
	From, To time.Time
	Down, Of time.Duration
}

// An UptimeError names what cannot be measured, and why.
type UptimeError struct{ Field, Why string }

func (e *UptimeError) Error() string { return "uptime: " + e.Field + ": " + e.Why }

const (
	allTime   = 100_000 // in thousandths of a percent
	dayLength = int64(24 * time.Hour)
	// maxYears keeps the sum of any two times within an int64 of nanoseconds.
	maxYears = 100
	maxSpan  = maxYears * 366 * dayLength
)

// Measure finds the worst stretch, and judges by it. Any one stretch that misses
// the level is a miss.
//
// A stretch that the period cuts short cannot be met, only missed: by more
// downtime than the whole of it allows. With [ServiceYear] each of them is
// looked at. With [RollingWindow] only that from From is, and only when the
// period has no whole one.
//
// The error joins an [*UptimeError] for everything wrong. The time it takes
// grows as n log n with the outages, in any order, and with the days of the
// period.
func (u Uptime) Measure(outages []Outage) (UptimeResult, error) {
	// A monotonic reading would measure another clock.
	u.From, u.To, u.Start = u.From.Round(0), u.To.Round(0), u.Start.Round(0)
	if err := u.check(outages); err != nil {
		return UptimeResult{}, err
	}
	period := int64(u.To.Sub(u.From))
	stretches := u.rolling
	if u.Window == ServiceYear {
		stretches = u.years
	}
	whole, cut := stretches(period)
	log := u.log(outages, period)
	worst, known := log.worst(whole)
	if w, ok := log.worst(cut); ok && (!known || u.missed(w) && w.worse(worst)) {
		worst = w
	}
	r := UptimeResult{
		From: u.From.Add(time.Duration(worst.start)),
		To:   u.From.Add(time.Duration(worst.start + worst.length)),
		Down: time.Duration(worst.down),
		Of:   time.Duration(worst.of),
	}
	switch {
	case u.missed(worst):
		r.State = UptimeMissed
	case known:
		r.State = UptimeMet
	}
	return r, nil
}

func (u Uptime) check(outages []Outage) error {
	var errs []error
	refuse := func(wrong bool, field, format string, args ...any) {
		if wrong {
			errs = append(errs, &UptimeError{field, fmt.Sprintf(format, args...)})
		}
	}
	refuse(!u.To.After(u.From), "to", "is not after from")
	refuse(int64(u.To.Sub(u.From)) > maxSpan, "to", "is more than %d years after from", maxYears)
	refuse(u.Months < 1 || u.Months > 12*maxYears, "months", "%d is not from 1 to %d", u.Months, 12*maxYears)
	refuse(u.Level < 1 || u.Level > allTime, "level", "%d is not from 1 to %d", u.Level, allTime)
	refuse(int(u.Window) >= len(windows), "window", "%v is none of %s", u.Window, strings.Join(windows[:], ", "))
	if u.Window == ServiceYear {
		since := int64(u.From.Sub(u.Start))
		refuse(u.Start.IsZero(), "start", "is needed to count a service year from")
		refuse(!u.Start.IsZero() && since > maxSpan, "start", "is more than %d years before from", maxYears)
		refuse(u.To.After(u.From) && !u.Start.Before(u.To), "start", "is not before to, so nothing is measured")
	}
	for i, o := range outages {
		if o.To.Round(0).Before(o.From.Round(0)) {
			refuse(true, fmt.Sprintf("outages[%d]", i), "to is before from")
		}
	}
	return errors.Join(errs...)
}

// From here on instants are nanoseconds since u.From.

// A run is the stretches of one length that start from first through last.
type run struct{ first, last, length int64 }

// rolling returns the whole stretches in the period or, if it has none, the
// one that it begins.
func (u Uptime) rolling(period int64) (whole, cut []run) {
	date := calendar.DateOf(u.From)
	for at := -sinceMidnight(u.From); at < period; at += dayLength {
		length := daysTo(date, u.Months)
		r := run{max(at, 0), min(at+dayLength-1, period-length), length}
		if n := len(whole); n > 0 && whole[n-1].length == length && whole[n-1].last == r.first-1 {
			whole[n-1].last = max(whole[n-1].last, r.last)
		} else if r.first <= r.last {
			whole = append(whole, r)
		}
		date = date.AddDays(1)
	}
	if len(whole) == 0 {
		cut = []run{{0, 0, daysTo(calendar.DateOf(u.From), u.Months)}}
	}
	return whole, cut
}

// years returns the service years in the period, and those that it cuts short.
func (u Uptime) years(period int64) (whole, cut []run) {
	date := calendar.DateOf(u.Start)
	start := int64(u.Start.Sub(u.From))
	// Every year is counted from Start, so that a 29 February comes back.
	for n, from := 1, start; from < period; n++ {
		to := start + daysTo(date, n*u.Months)
		switch y := (run{from, from, to - from}); {
		case from >= 0 && to <= period:
			whole = append(whole, y)
		case to > 0:
			cut = append(cut, y)
		}
		from = to
	}
	return whole, cut
}

// daysTo returns the time from a date to that some months later.
func daysTo(d calendar.Date, months int) int64 {
	to, _ := d.AddMonths(months)
	return int64(to.Sub(d)) * dayLength
}

func sinceMidnight(t time.Time) int64 {
	h, m, s := t.Clock()
	return int64(time.Duration(h)*time.Hour+time.Duration(m)*time.Minute+time.Duration(s)*time.Second) + int64(t.Nanosecond())
}

// An outageLog is what happened in a period. Downtime is what is in all and not
// in excluded, which is in all too: so it is the difference of the two.
type outageLog struct {
	all, excluded spans
	ends          []int64 // of the spans, in order
	lessExcluded  bool
}

func (u Uptime) log(outages []Outage, period int64) *outageLog {
	var all, excluded []span
	for _, o := range outages {
		// Sub goes no further than it can; that is outside any period.
		s := span{
			from: max(int64(o.From.Round(0).Sub(u.From)), 0),
			to:   min(int64(o.To.Round(0).Sub(u.From)), period),
		}
		if s.from >= s.to {
			continue
		}
		if u.Excluded != nil && u.Excluded(o) {
			excluded = append(excluded, s)
		} else if u.Counts != nil && !u.Counts(o) {
			continue
		}
		all = append(all, s)
	}
	return newLog(all, excluded, u.LessExcluded)
}

// newLog makes the log of the spans of all, some of which are excluded.
func newLog(all, excluded []span, lessExcluded bool) *outageLog {
	l := &outageLog{all: union(all), excluded: union(excluded), lessExcluded: lessExcluded}
	for _, s := range slices.Concat(l.all, l.excluded) {
		l.ends = append(l.ends, s.from, s.to)
	}
	slices.Sort(l.ends)
	return l
}

// worst returns the worst stretch of some runs.
//
// As a stretch moves through its run, its downtime and its measured time change
// by straight lines, with a bend only where one of its ends meets an end of a
// span. Between two bends their ratio therefore only rises or only falls, or
// stays. So the worst is at a bend, or at an end of the run.
func (l *outageLog) worst(runs []run) (worst stretch, ok bool) {
	for _, r := range runs {
		try := func(start int64) {
			if s := l.stretch(start, r.length); !ok || s.worse(worst) {
				worst, ok = s, true
			}
		}
		try(r.first)
		try(r.last)
		for _, x := range l.endsBetween(r.first, r.last) {
			try(x)
		}
		for _, x := range l.endsBetween(r.first+r.length, r.last+r.length) {
			try(x - r.length)
		}
	}
	return worst, ok
}

// endsBetween returns the ends of spans from one instant until another.
func (l *outageLog) endsBetween(from, until int64) []int64 {
	i, _ := slices.BinarySearch(l.ends, from)
	j, _ := slices.BinarySearch(l.ends, until)
	return l.ends[i:j]
}

func (l *outageLog) stretch(start, length int64) stretch {
	excluded := l.excluded.within(start, start+length)
	s := stretch{start, length, l.all.within(start, start+length) - excluded, length}
	if l.lessExcluded {
		s.of -= excluded
	}
	return s
}

// A stretch of time is one that uptime is measured in.
type stretch struct{ start, length, down, of int64 }

// worse reports whether s has less uptime than t, or as much and is earlier.
func (s stretch) worse(t stretch) bool {
	// Nothing of nothing is no downtime; 0/0 would be equal to everything.
	c := compareProducts(s.down, max(t.of, 1), t.down, max(s.of, 1))
	return c > 0 || c == 0 && s.start < t.start
}

func (u Uptime) missed(s stretch) bool {
	return compareProducts(s.down, allTime, allTime-u.Level, s.of) > 0
}

// compareProducts compares a times b with c times d, none of them negative.
func compareProducts(a, b, c, d int64) int {
	hi, lo := bits.Mul64(uint64(a), uint64(b))
	hi2, lo2 := bits.Mul64(uint64(c), uint64(d))
	return cmp.Or(cmp.Compare(hi, hi2), cmp.Compare(lo, lo2))
}

// A span is a time, to not in it, and how much of its spans is before it.
type span struct{ from, to, before int64 }

// spans are in order and apart.
type spans []span

// union returns the time that is in any of list. It reorders list.
func union(list []span) (u spans) {
	slices.SortFunc(list, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	for _, s := range list {
		n := len(u)
		switch {
		case n == 0:
			u = append(u, s)
		case s.from <= u[n-1].to:
			u[n-1].to = max(u[n-1].to, s.to)
		default:
			s.before = u[n-1].before + u[n-1].to - u[n-1].from
			u = append(u, s)
		}
	}
	return u
}

// within returns how much of s is from one instant until another.
func (s spans) within(from, to int64) int64 { return s.until(to) - s.until(from) }

// until returns how much of s is before an instant.
func (s spans) until(at int64) int64 {
	i, _ := slices.BinarySearchFunc(s, at, func(e span, at int64) int { return cmp.Compare(e.from, at) })
	if i == 0 {
		return 0
	}
	e := s[i-1]
	return e.before + min(at, e.to) - e.from
}
