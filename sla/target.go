package sla

import (
	"fmt"
	"strconv"
	"strings"
)

// A Unit is what a target is counted in.
type Unit uint8

const (
	Minute Unit = iota + 1
	Hour
	WeekdayHour // an hour of a working weekday, day and night
	BusinessHour
	BusinessDay
	Week
)

var units = [...]string{"", "minute", "hour", "weekday-hour", "business-hour", "business-day", "week"}

// String writes u as "minute", "hour", "weekday-hour", "business-hour",
// "business-day" or "week"; the zero Unit as "".
func (u Unit) String() string {
	if int(u) < len(units) {
		return units[u]
	}
	return fmt.Sprintf("Unit(%d)", uint8(u))
}

// Units lists the units as they print.
func Units() []string { return append([]string(nil), units[1:]...) }

// A Target is a promised response as it is printed: a number and a unit, or
// one of the answers that are no length of time. Targets are comparable with
// ==. The zero Target says nothing and is [StatusUnspecified].
type Target struct {
	n      int32
	unit   Unit
	answer Status // when unit is zero
}

// NewTarget returns n of a unit.
func NewTarget(n int, u Unit) (Target, error) {
	if n < 1 || n > maxTarget || u < Minute || u > Week {
		return Target{}, &ParseError{What: "target", Input: strconv.Itoa(n) + " " + u.String(), Want: targetWant}
	}
	return Target{n: int32(n), unit: u}, nil
}

// maxTarget keeps the longest target, in weeks, well inside a Duration.
const maxTarget = 10_000

const targetWant = `"4 business hours", "1 hour", "2 business days", "30 minutes", "4 weekday hours", "Weekly", ` +
	`no_target, not_entitled, not_offered, as_agreed or continuous`

// answers are the statuses that a target may be instead of a length of time.
var answers = [...]Status{StatusNoTarget, StatusNotEntitled, StatusNotOffered, StatusAsAgreed, StatusContinuous}

// ParseTarget reads a target as [Target.String] writes it.
func ParseTarget(s string) (Target, error) {
	word := strings.NewReplacer("-", "_", " ", "_").Replace(strings.ToLower(strings.TrimSpace(s)))
	for _, a := range answers {
		if word == a.String() {
			return Target{answer: a}, nil
		}
	}
	if word == "weekly" {
		return Target{n: 1, unit: Week}, nil
	}
	number, unit, _ := strings.Cut(strings.TrimSpace(s), " ")
	n, err := strconv.Atoi(number)
	name := strings.ReplaceAll(strings.TrimSuffix(strings.ToLower(strings.TrimSpace(unit)), "s"), " ", "-")
	for u := Minute; err == nil && u <= Week; u++ {
		if name == u.String() {
			if t, err := NewTarget(n, u); err == nil {
				return t, nil
			}
		}
	}
	return Target{}, &ParseError{What: "target", Input: s, Want: targetWant}
}

// String writes t as documents print it: "4 business hours", "1 hour",
// "Weekly"; or "no_target" and its like; the zero Target as "unspecified".
func (t Target) String() string {
	switch {
	case t.unit == 0:
		return t.Status().String()
	case t.unit == Week && t.n == 1:
		return "Weekly"
	}
	s := ""
	if t.n != 1 {
		s = "s"
	}
	return fmt.Sprintf("%d %s%s", t.n, strings.ReplaceAll(t.unit.String(), "-", " "), s)
}

// Equal reports whether t and u are the same target.
func (t Target) Equal(u Target) bool { return t == u }

// MarshalText writes t as [Target.String] does.
func (t Target) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads what [ParseTarget] reads.
func (t *Target) UnmarshalText(b []byte) (err error) {
	*t, err = ParseTarget(string(b))
	return err
}

// Amount returns the number and unit of t; zeros when it has none.
func (t Target) Amount() (n int, u Unit) { return int(t.n), t.unit }

// Status returns [StatusDue] for a length of time, else what t says instead.
func (t Target) Status() Status {
	switch {
	case t.unit != 0:
		return StatusDue
	case t.answer != 0:
		return t.answer
	}
	return StatusUnspecified
}
