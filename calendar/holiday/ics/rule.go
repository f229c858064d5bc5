package ics

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/supportterms/supportterms/calendar"
)

// A rule is a recurrence rule by civil date. Empty lists do not matter.
type rule struct {
	freq      string
	interval  int
	count     int       // 0 is without end
	until     time.Time // on the clock of the start; zero is without end
	weekStart time.Weekday
	months    []int
	monthDays []int
	yearDays  []int
	weekdays  []nth
	positions []int // in the set of a period
	monthly   bool  // an nth counts in its month, or else in its year
}

// An nth is a weekday, or when n is not 0 the n-th of its month or year, from
// the end if negative.
type nth struct {
	n   int
	day time.Weekday
}

var weekdays = [...]string{"SU", "MO", "TU", "WE", "TH", "FR", "SA"}

// parseRule reads the rule of an event that begins at start.
func (rd *reader) parseRule(p property, start moment) (*rule, error) {
	r := &rule{interval: 1, weekStart: time.Monday}
	seen := map[string]bool{}
	for part := range strings.SplitSeq(strings.ToUpper(p.value), ";") {
		name, value, _ := strings.Cut(part, "=")
		if seen[name] {
			return nil, p.refuse(part, "each part once")
		}
		seen[name] = true
		want, ok := "", false
		switch name {
		case "FREQ":
			want, r.freq = "FREQ=YEARLY, MONTHLY, WEEKLY or DAILY", value
			ok = slices.Contains([]string{"YEARLY", "MONTHLY", "WEEKLY", "DAILY"}, value)
		case "INTERVAL":
			want = "a number from 1"
			r.interval, ok = number(value, 1, maxNumber)
		case "COUNT":
			want = "a number from 1"
			r.count, ok = number(value, 1, maxNumber)
		case "UNTIL":
			m, err := rd.moment(property{line: p.line, name: name}, value)
			if err != nil {
				return nil, err
			}
			r.until, ok = m.in(start.zone).wall, true
			if m.whole || start.whole {
				r.until = midnight(calendar.DateOf(r.until)).Add(day - 1)
			}
		case "WKST":
			want = "a weekday such as MO"
			var w nth
			w, ok = parseNth(value)
			r.weekStart, ok = w.day, ok && w.n == 0
		case "BYMONTH":
			want = "months from 1 to 12"
			r.months, ok = numbers(value, 1, 12)
		case "BYMONTHDAY":
			want = "days from 1 to 31 or -31 to -1"
			r.monthDays, ok = numbers(value, -31, 31)
		case "BYYEARDAY":
			want = "days from 1 to 366 or -366 to -1"
			r.yearDays, ok = numbers(value, -366, 366)
		case "BYSETPOS":
			want = "positions from 1 to 366 or -366 to -1"
			r.positions, ok = numbers(value, -366, 366)
		case "BYDAY":
			want, ok = "weekdays such as MO, 1MO or -1FR", true
			for s := range strings.SplitSeq(value, ",") {
				w, is := parseNth(s)
				r.weekdays = append(r.weekdays, w)
				ok = ok && is
			}
		default:
			want = "FREQ, INTERVAL, COUNT, UNTIL, WKST, BYMONTH, BYMONTHDAY, BYYEARDAY, BYDAY and BYSETPOS"
		}
		if !ok {
			return nil, p.refuse(part, want)
		}
	}
	if seen["COUNT"] && seen["UNTIL"] {
		return nil, p.refuse(p.value, "COUNT or UNTIL, not both")
	}
	if want := r.complete(start.date()); want != "" {
		return nil, p.refuse(p.value, want)
	}
	return r, nil
}

// complete fills in what r leaves to the date of its start. It returns what is
// wanted instead of a rule that the standard forbids.
func (r *rule) complete(d calendar.Date) (want string) {
	numbered := slices.ContainsFunc(r.weekdays, func(w nth) bool { return w.n != 0 })
	r.monthly = r.freq == "MONTHLY" || r.months != nil
	switch {
	case r.freq == "":
		return "FREQ=YEARLY, MONTHLY, WEEKLY or DAILY"
	case numbered && r.freq != "YEARLY" && r.freq != "MONTHLY":
		return "weekdays without a number, or FREQ=YEARLY or MONTHLY"
	case r.yearDays != nil && r.freq != "YEARLY":
		return "FREQ=YEARLY with BYYEARDAY"
	case r.monthDays != nil && r.freq == "WEEKLY":
		return "another FREQ with BYMONTHDAY"
	case r.yearDays != nil || r.monthDays != nil || r.weekdays != nil || r.freq == "DAILY":
		return ""
	case r.freq == "WEEKLY":
		r.weekdays = []nth{{day: d.Weekday()}}
		return ""
	case r.freq == "YEARLY" && r.months == nil:
		r.months = []int{int(d.Month)}
	}
	r.monthDays = []int{d.Day}
	return ""
}

// recur returns the moments that a rule gives, as far as they can have days
// between the bounds of the options.
func (rd *reader) recur(p property, start moment, length time.Duration) (out []moment, err error) {
	r, err := rd.parseRule(p, start)
	if err != nil {
		return nil, err
	}
	first, n := start.date(), 0
	// A day may shift by one when a time in UTC is put on another clock.
	from, through := midnight(rd.opt.From.AddDays(-1)).Add(-length), rd.opt.Through.AddDays(1)
	timeOfDay := start.wall.Sub(midnight(first))
	over := false
	for k := 0; !over; k++ {
		begin, end := r.period(first, k)
		if begin.After(through) || begin.Year > 9999 {
			break
		}
		var set []calendar.Date
		for d := begin; d.Before(end); d = d.AddDays(1) {
			if rd.work--; rd.work < 0 {
				return nil, p.refuse(p.value, tooMuch)
			}
			if r.months != nil && !slices.Contains(r.months, int(d.Month)) {
				if last := monthStart(d.Year, int(d.Month)+1).AddDays(-1); last.Before(end) {
					d = last // no day of this month
				}
				continue
			}
			if r.has(d) {
				set = append(set, d)
			}
		}
		for _, d := range r.pick(set) {
			wall := midnight(d).Add(timeOfDay)
			over = !r.until.IsZero() && wall.After(r.until) || d.After(through) || r.count > 0 && n == r.count
			switch {
			case over || d.Before(first):
				continue
			case n == 0 && d != first:
				return nil, p.refuse(p.value, "a DTSTART that is the first day of its rule, such as "+basic(d))
			}
			if n++; wall.After(from) {
				out = append(out, moment{wall: wall, zone: start.zone, whole: start.whole, ruled: true})
			}
		}
		if len(out) > maxDays {
			return nil, p.refuse(p.value, tooMuch)
		}
	}
	if n == 0 && !first.After(through) {
		return nil, p.refuse(p.value, "a rule that some day follows, DTSTART first")
	}
	return out, nil
}

// period returns the k-th period of r, without its end.
func (r *rule) period(first calendar.Date, k int) (begin, end calendar.Date) {
	k *= r.interval
	switch r.freq {
	case "YEARLY":
		return monthStart(first.Year+k, 1), monthStart(first.Year+k+1, 1)
	case "MONTHLY":
		return monthStart(first.Year, int(first.Month)+k), monthStart(first.Year, int(first.Month)+k+1)
	case "WEEKLY":
		begin = first.AddDays(7*k - (int(first.Weekday()-r.weekStart)+7)%7)
		return begin, begin.AddDays(7)
	}
	return first.AddDays(k), first.AddDays(k + 1)
}

// monthStart returns the first day of a month, which may be over 12.
func monthStart(year, month int) calendar.Date {
	return calendar.DateOf(time.Date(year, time.Month(month), 1, 0, 0, 0, 0, time.UTC))
}

// has reports whether d, in a month that r names, is a day that it names.
func (r *rule) has(d calendar.Date) bool {
	w := d.Weekday()
	if r.weekdays != nil && !slices.ContainsFunc(r.weekdays, func(n nth) bool { return n.day == w }) {
		return false
	}
	from, to := monthStart(d.Year, int(d.Month)), monthStart(d.Year, int(d.Month)+1)
	if r.monthDays != nil && !atEither(r.monthDays, from, d, to) {
		return false
	}
	if !r.monthly {
		from, to = monthStart(d.Year, 1), monthStart(d.Year+1, 1)
	}
	if r.yearDays != nil && !atEither(r.yearDays, monthStart(d.Year, 1), d, monthStart(d.Year+1, 1)) {
		return false
	}
	return r.weekdays == nil || slices.ContainsFunc(r.weekdays, func(n nth) bool {
		return n.day == w && (n.n == 0 || n.n == d.Sub(from)/7+1 || n.n == -((to.Sub(d)-1)/7+1))
	})
}

// atEither reports whether d is one of the days counted from the beginning of
// a period or, if negative, from its end.
func atEither(days []int, from, d, to calendar.Date) bool {
	return slices.Contains(days, d.Sub(from)+1) || slices.Contains(days, -to.Sub(d))
}

// pick returns the days of a period that BYSETPOS leaves.
func (r *rule) pick(set []calendar.Date) []calendar.Date {
	if r.positions == nil {
		return set
	}
	var out []calendar.Date
	for i, d := range set {
		if slices.Contains(r.positions, i+1) || slices.Contains(r.positions, i-len(set)) {
			out = append(out, d)
		}
	}
	return out
}

// maxNumber is greater than any count or interval within 9999 years that
// matters.
const maxNumber = 4_000_000

// number reads a whole number; one over all limits is the limit.
func number(s string, least, most int) (int, bool) {
	n, err := strconv.Atoi(s)
	if most == maxNumber {
		n = min(n, most)
	}
	return n, (err == nil || n == maxNumber) && least <= n && n <= most
}

func numbers(s string, least, most int) (out []int, ok bool) {
	for part := range strings.SplitSeq(s, ",") {
		n, ok := number(part, least, most)
		if !ok || n == 0 || len(out) == 2*366 {
			return nil, false
		}
		out = append(out, n)
	}
	return out, true
}

func parseNth(s string) (w nth, ok bool) {
	i := slices.Index(weekdays[:], s[max(0, len(s)-2):])
	if i < 0 {
		return nth{}, false
	}
	w.day = time.Weekday(i)
	if count := s[:len(s)-2]; count != "" {
		w.n, ok = number(count, -53, 53)
		return w, ok && w.n != 0
	}
	return w, true
}
