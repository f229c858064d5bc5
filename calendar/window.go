package calendar

import (
	"fmt"
	"slices"
	"strings"
)

// A Window is a run of the wall clock that begins on one date, in minutes from
// its midnight: Open is in it, Close is not. Close runs to 1440, written
// 24:00; a greater one passes midnight, and 22:00-06:00 is {1320, 1800}. The
// zero Window is empty.
type Window struct{ Open, Close int }

const dayMinutes = 24 * 60

// ParseWindow reads "08:00-18:00", "00:00-24:00" or, past midnight,
// "22:00-06:00".
func ParseWindow(s string) (Window, error) {
	open, end, ok := strings.Cut(s, "-")
	o, okOpen := parseClock(open)
	c, okClose := parseClock(end)
	if !ok || !okOpen || !okClose || o == dayMinutes || o == c {
		return Window{}, &ParseError{What: "window", Input: s, Want: "two different times, written 08:00-18:00"}
	}
	if c < o {
		c += dayMinutes
	}
	return Window{o, c}, nil
}

func parseClock(s string) (minutes int, ok bool) {
	if len(s) != 5 || s[2] != ':' {
		return 0, false
	}
	for _, i := range []int{0, 1, 3, 4} {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
	}
	h, m := int(s[0]-'0')*10+int(s[1]-'0'), int(s[3]-'0')*10+int(s[4]-'0')
	minutes = h*60 + m
	return minutes, m < 60 && minutes <= dayMinutes
}

// String writes w as [ParseWindow] reads it.
func (w Window) String() string {
	c := w.Close
	if c > dayMinutes {
		c -= dayMinutes
	}
	return fmt.Sprintf("%02d:%02d-%02d:%02d", w.Open/60, w.Open%60, c/60, c%60)
}

// valid reports whether w is one that ParseWindow can give.
func (w Window) valid() bool {
	return 0 <= w.Open && w.Open < dayMinutes && w.Open < w.Close &&
		(w.Close <= dayMinutes || w.Close < w.Open+dayMinutes)
}

// maxWindows is how many windows a date may have.
const maxWindows = 24

// join sorts windows and makes one of those that touch or overlap, as long as
// the result can be written as one window.
func join(ws []Window) []Window {
	ws = slices.Clone(ws)
	slices.SortFunc(ws, func(a, b Window) int { return a.Open - b.Open })
	out := ws[:0]
	for _, w := range ws {
		if n := len(out); n > 0 && w.Open <= out[n-1].Close {
			if all := (Window{out[n-1].Open, max(out[n-1].Close, w.Close)}); all.valid() {
				out[n-1] = all
				continue
			}
		}
		out = append(out, w)
	}
	return out
}
