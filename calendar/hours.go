package calendar

import (
	"slices"
	"strings"
	"time"
)

// Hours says when a week is open and whether public holidays close it. The
// zero Hours are never open.
//
// Hours are written in a subset of the OpenStreetMap opening_hours notation:
//
//	hours    = rule *( ";" rule )
//	rule     = "24/7" / "PH off" / [ days ] ( "off" / window *( "," window ) )
//	days     = range *( "," range )
//	range    = day [ "-" day ]                      ; Sa-Mo wraps
//	day      = "Mo" / "Tu" / "We" / "Th" / "Fr" / "Sa" / "Su"
//	window   = hh:mm "-" hh:mm                      ; to 24:00, or past midnight
//
// A later rule replaces an earlier one on the days it names; no days are all
// days. "PH off" closes public holidays and stands last. "off" alone is never
// open.
type Hours struct {
	week     [7][]Window // from Sunday, as time.Weekday counts
	holidays bool        // public holidays close
}

var weekdayCodes = [...]string{"Su", "Mo", "Tu", "We", "Th", "Fr", "Sa"}

const hoursWant = `opening hours such as "Mo-Fr 08:00-18:00; PH off", "24/7" or "off"`

// ParseHours reads hours in the notation above.
func ParseHours(s string) (Hours, error) {
	var h Hours
	rules := strings.Split(s, ";")
	for i, rule := range rules {
		fail := func(want string) (Hours, error) {
			return Hours{}, &ParseError{What: "hours", Input: s, At: strings.TrimSpace(rule), Want: want}
		}
		fields := strings.Fields(rule)
		if len(fields) == 2 && fields[0] == "PH" && fields[1] == "off" {
			if i != len(rules)-1 {
				return fail("PH off as the last rule")
			}
			h.holidays = true
			continue
		}
		days, times := allDays[:], ""
		switch len(fields) {
		case 1:
			times = fields[0]
		case 2:
			var ok bool
			if days, ok = parseDays(fields[0]); !ok {
				return fail("days such as Mo-Fr or Mo,We")
			}
			times = fields[1]
		default:
			return fail(hoursWant)
		}
		ws, ok := parseTimes(times, len(fields) == 1)
		if !ok {
			return fail(hoursWant)
		}
		if len(ws) > maxWindows {
			return fail("at most 24 windows a day")
		}
		for _, d := range days {
			h.week[d] = ws
		}
	}
	return h, nil
}

// MustParseHours is [ParseHours] for constants and tests; it panics on an
// error.
func MustParseHours(s string) Hours {
	h, err := ParseHours(s)
	if err != nil {
		panic(err)
	}
	return h
}

var allDays = [...]time.Weekday{1, 2, 3, 4, 5, 6, 0}

func parseDays(s string) (days []time.Weekday, ok bool) {
	for r := range strings.SplitSeq(s, ",") {
		first, last, isRange := strings.Cut(r, "-")
		if !isRange {
			last = first
		}
		a, b := slices.Index(weekdayCodes[:], first), slices.Index(weekdayCodes[:], last)
		if a < 0 || b < 0 {
			return nil, false
		}
		for d := a; ; d = (d + 1) % 7 {
			days = append(days, time.Weekday(d))
			if d == b {
				break
			}
		}
	}
	return days, true
}

func parseTimes(s string, alone bool) (ws []Window, ok bool) {
	switch {
	case s == "off":
		return nil, true
	case s == "24/7":
		return []Window{{0, dayMinutes}}, alone
	}
	for part := range strings.SplitSeq(s, ",") {
		w, err := ParseWindow(part)
		if err != nil {
			return nil, false
		}
		ws = append(ws, w)
	}
	return join(ws), true
}

// String writes h in the notation [ParseHours] reads: one rule for each set of
// days that keep the same windows, from Monday on.
func (h Hours) String() string {
	var rules []string
	done := [7]bool{}
	for _, d := range allDays {
		if done[d] || len(h.week[d]) == 0 {
			continue
		}
		var same []time.Weekday
		for _, e := range allDays {
			if slices.Equal(h.week[d], h.week[e]) {
				same, done[e] = append(same, e), true
			}
		}
		rules = append(rules, strings.TrimSpace(writeDays(same)+" "+writeTimes(h.week[d])))
	}
	switch {
	case len(rules) == 0:
		rules = []string{"off"}
	case rules[0] == "Mo-Su 00:00-24:00":
		rules[0] = "24/7"
	}
	if h.holidays {
		rules = append(rules, "PH off")
	}
	return strings.Join(rules, "; ")
}

// writeDays writes days, which are in the order of allDays.
func writeDays(days []time.Weekday) string {
	var b strings.Builder
	for i := 0; i < len(days); {
		j := i
		for j+1 < len(days) && days[j+1] == (days[j]+1)%7 {
			j++
		}
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(weekdayCodes[days[i]])
		if j > i {
			b.WriteByte('-')
			b.WriteString(weekdayCodes[days[j]])
		}
		i = j + 1
	}
	return b.String()
}

func writeTimes(ws []Window) string {
	var parts []string
	for _, w := range ws {
		parts = append(parts, w.String())
	}
	return strings.Join(parts, ",")
}

// MarshalText writes h as [Hours.String] does.
func (h Hours) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// UnmarshalText reads what [ParseHours] reads.
func (h *Hours) UnmarshalText(b []byte) (err error) {
	*h, err = ParseHours(string(b))
	return err
}

// IsZero reports whether h is never open, holidays or not.
func (h Hours) IsZero() bool {
	for _, ws := range h.week {
		if len(ws) > 0 {
			return false
		}
	}
	return true
}

// Equal reports whether h and g print the same.
func (h Hours) Equal(g Hours) bool {
	for d := range h.week {
		if !slices.Equal(h.week[d], g.week[d]) {
			return false
		}
	}
	return h.holidays == g.holidays
}

// Day returns the windows of a weekday. The caller owns the result.
func (h Hours) Day(d time.Weekday) []Window { return slices.Clone(h.week[d]) }

// ReadsHolidays reports whether public holidays close h.
func (h Hours) ReadsHolidays() bool { return h.holidays }

// WithHolidays returns h closed on public holidays, or not.
func (h Hours) WithHolidays(closed bool) Hours {
	h.holidays = closed
	return h
}

// WithWeekend returns h keeping the hours of the first weekday, from Monday
// on, that has any, on every day that is not in weekend, and none on those.
func (h Hours) WithWeekend(weekend ...time.Weekday) Hours {
	ws := h.workday()
	for d := range h.week {
		h.week[d] = ws
		if slices.Contains(weekend, time.Weekday(d)) {
			h.week[d] = nil
		}
	}
	return h
}

// workday returns the windows of the first weekday, from Monday on, that has
// any.
func (h Hours) workday() []Window {
	for _, d := range allDays {
		if len(h.week[d]) > 0 {
			return h.week[d]
		}
	}
	return nil
}

// alwaysOpen reports whether h is 24/7 on every day.
func (h Hours) alwaysOpen() bool {
	for _, ws := range h.week {
		if len(ws) != 1 || ws[0] != (Window{0, dayMinutes}) {
			return false
		}
	}
	return true
}
