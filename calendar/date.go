package calendar

import (
	"fmt"
	"time"
)

// A Date is a day of the civil (proleptic Gregorian) calendar, with no time of
// day and no zone. Dates are comparable with == and may be map keys. The zero
// Date is not a day; [Date.IsZero] tells.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf returns the date the clock in t's location shows at t.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// ParseDate reads a date written 2025-07-02, in the years 0001 to 9999.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1 {
		return Date{}, &ParseError{What: "date", Input: s, Want: "a day that exists, written 2025-07-02"}
	}
	return DateOf(t), nil
}

// MustParseDate is [ParseDate] for constants and tests; it panics on an error.
func MustParseDate(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// String writes d as ParseDate reads it; the zero Date as "".
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day)
}

// MarshalText writes d as [Date.String] does.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what [ParseDate] reads, and "" as the zero Date.
func (d *Date) UnmarshalText(b []byte) (err error) {
	if len(b) == 0 {
		*d = Date{}
		return nil
	}
	*d, err = ParseDate(string(b))
	return err
}

// IsZero reports whether d is the zero Date.
func (d Date) IsZero() bool { return d == Date{} }

// Compare returns -1, 0 or 1 as d is before, equal to or after e.
func (d Date) Compare(e Date) int {
	switch {
	case d == e:
		return 0
	case d.Year < e.Year,
		d.Year == e.Year && d.Month < e.Month,
		d.Year == e.Year && d.Month == e.Month && d.Day < e.Day:
		return -1
	}
	return 1
}

// Before reports whether d is earlier than e.
func (d Date) Before(e Date) bool { return d.Compare(e) < 0 }

// After reports whether d is later than e.
func (d Date) After(e Date) bool { return d.Compare(e) > 0 }

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return d.midnight().Weekday() }

// AddDays returns the date n days later, or earlier when n is negative.
func (d Date) AddDays(n int) Date { return dateOfDay(d.day() + int64(n)) }

// Sub returns the number of days from e to d.
func (d Date) Sub(e Date) int { return int(d.day() - e.day()) }

// AddMonths returns the same day n months later. Where that month has no such
// day it returns the last of the month, and ok false.
func (d Date) AddMonths(n int) (same Date, ok bool) {
	first := time.Date(d.Year, d.Month, 1, 0, 0, 0, 0, time.UTC).AddDate(0, n, 0)
	last := first.AddDate(0, 1, -1).Day()
	if d.Day > last {
		return Date{first.Year(), first.Month(), last}, false
	}
	return Date{first.Year(), first.Month(), d.Day}, true
}

// AddYears returns the same day n years later. For 29 February in a year that
// has none it returns 28 February, and ok false.
func (d Date) AddYears(n int) (same Date, ok bool) { return d.AddMonths(12 * n) }

func (d Date) midnight() time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
}

// UnixDay returns the number of days from 1970-01-01 to d.
func (d Date) UnixDay() int { return int(d.day()) }

// day counts days since 1970-01-01.
func (d Date) day() int64 {
	if d.Month < time.January || d.Month > time.December {
		return floorDiv(d.midnight().Unix(), daySeconds)
	}
	// Years begin in March, so that a leap day is the last of one. Months then
	// are 153 days for each five.
	y, m := int64(d.Year), int64(d.Month)-3
	if m < 0 {
		y, m = y-1, m+12
	}
	const fromMarch0 = 719468 // days from 0000-03-01 to 1970-01-01
	return 365*y + floorDiv(y, 4) - floorDiv(y, 100) + floorDiv(y, 400) + (153*m+2)/5 + int64(d.Day) - 1 - fromMarch0
}

const daySeconds = 24 * 60 * 60

func dateOfDay(n int64) Date { return DateOf(time.Unix(n*daySeconds, 0).UTC()) }

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// A Period is a half-open run of days: Since is in it, Until is not. A zero
// end is open, so the zero Period has every day in it.
type Period struct{ Since, Until Date }

// Contains reports whether d is in p.
func (p Period) Contains(d Date) bool {
	return !d.Before(p.Since) && (p.Until.IsZero() || d.Before(p.Until))
}

// Overlaps reports whether some day is in both p and q.
func (p Period) Overlaps(q Period) bool {
	return !p.IsEmpty() && !q.IsEmpty() &&
		(q.Until.IsZero() || p.Since.Before(q.Until)) &&
		(p.Until.IsZero() || q.Since.Before(p.Until))
}

// IsEmpty reports whether no day is in p.
func (p Period) IsEmpty() bool { return !p.Until.IsZero() && !p.Since.Before(p.Until) }

// String writes p as "2017-02-09/2017-05-18", an open end as "..".
func (p Period) String() string {
	end := func(d Date) string {
		if d.IsZero() {
			return ".."
		}
		return d.String()
	}
	return end(p.Since) + "/" + end(p.Until)
}
