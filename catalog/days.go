package catalog

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/supportterms/supportterms/sla"
)

// Days are days of the week by name: "Fr", "fri" or "Friday". They are written
// as a list, or as one text with commas and ranges, "Fr-Sa".
type Days []time.Weekday

// ParseDays reads days from one text: "Fr-Sa", "fri,sat".
func ParseDays(s string) (Days, error) { return daysOf(strings.Split(s, ",")) }

func daysOf(names []string) (Days, error) {
	out := Days{}
	for _, name := range names {
		first, last, isRange := strings.Cut(name, "-")
		if !isRange {
			last = first
		}
		from, okFrom := weekday(first)
		to, okTo := weekday(last)
		if !okFrom || !okTo {
			return nil, badDays(name)
		}
		for w := from; ; w = (w + 1) % 7 {
			if out = append(out, w); w == to {
				break
			}
		}
	}
	return out, nil
}

// UnmarshalJSON reads days in either form; null changes nothing.
func (d *Days) UnmarshalJSON(b []byte) (err error) {
	var names []string
	var text string
	switch {
	case string(b) == "null":
	case json.Unmarshal(b, &text) == nil:
		*d, err = ParseDays(text)
	case json.Unmarshal(b, &names) == nil:
		*d, err = daysOf(names)
	default:
		err = badDays(string(b))
	}
	return err
}

func badDays(s string) error {
	return &sla.ParseError{What: "days", Input: s, Want: `days of Mo, Tu, We, Th, Fr, Sa, Su, written ["Fr", "Sa"] or "Fr-Sa"`}
}

// weekday reads "Fr", "fri" or "Friday".
func weekday(s string) (time.Weekday, bool) {
	s = strings.TrimSpace(s)
	for d := range time.Weekday(7) {
		if len(s) >= 2 && len(s) <= len(d.String()) && strings.EqualFold(s, d.String()[:len(s)]) {
			return d, true
		}
	}
	return 0, false
}
