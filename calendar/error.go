package calendar

import (
	"errors"
	"fmt"
)

var (
	// ErrNeverOpen reports a calendar that has no open time, so that a search
	// for some cannot end.
	ErrNeverOpen = errors.New("calendar: never open")

	// ErrAlwaysOpen reports a search for an opening or closing in a calendar
	// that has neither.
	ErrAlwaysOpen = errors.New("calendar: always open, has no opening or closing")

	// ErrBeyondCoverage reports an instant or date outside the years for which
	// the holidays are known. The error in hand is a [*CoverageError].
	ErrBeyondCoverage = errors.New("calendar: beyond the years for which holidays are known")

	// ErrOverflow reports a duration that [time.Duration] cannot hold.
	ErrOverflow = errors.New("calendar: duration out of range")
)

// A CoverageError says which dates are known. It matches [ErrBeyondCoverage].
type CoverageError struct {
	From, Through Date // both known
}

func (e *CoverageError) Error() string {
	return fmt.Sprintf("%v: known from %v through %v", ErrBeyondCoverage, e.From, e.Through)
}

// Is reports whether target is [ErrBeyondCoverage].
func (e *CoverageError) Is(target error) bool { return target == ErrBeyondCoverage }

// A ParseError reports text that cannot be read.
type ParseError struct {
	What  string // what was being read: "date", "hours"
	Input string // all of it
	At    string // the part that is wrong, or ""
	Want  string // what would have been accepted
}

func (e *ParseError) Error() string {
	at := ""
	if e.At != "" && e.At != e.Input {
		at = fmt.Sprintf(" at %q", e.At)
	}
	return fmt.Sprintf("cannot read %s %q%s: want %s", e.What, e.Input, at, e.Want)
}
