package sla

import "fmt"

// A Status is where a response stands. The zero Status is StatusUnspecified: the
// text says nothing.
type Status uint8

const (
	StatusUnspecified Status = iota
	// StatusUndetermined: a fact is missing, and named.
	StatusUndetermined
	// StatusDocumentNotInForce: the edition does not speak of that date.
	StatusDocumentNotInForce
	// StatusNotOffered: the document has no such service.
	StatusNotOffered
	// StatusNotEntitled: the document has it, this contract does not include it.
	StatusNotEntitled
	// StatusNoTarget: the document promises no time.
	StatusNoTarget
	// StatusAsAgreed: the time is agreed case by case.
	StatusAsAgreed
	// StatusContinuous: work goes on without a time between answers.
	StatusContinuous
	// StatusNotStarted: nothing has happened that starts the clock.
	StatusNotStarted
	// StatusDue: a response is owed at an instant.
	StatusDue
	// StatusPaused: the clock stands still, and the instant is not known.
	StatusPaused
	// StatusMet: the response was given by the time it was due.
	StatusMet
	// StatusMissed: the response was given after it was due, or the case ended
	// without it after that. One that is still awaited is StatusDue, however
	// late.
	StatusMissed
	// StatusCancelled: the case ended before a response was due.
	StatusCancelled
)

var statusNames = [...]string{
	"unspecified", "undetermined", "document_not_in_force", "not_offered", "not_entitled", "no_target",
	"as_agreed", "continuous", "not_started", "due", "paused", "met", "missed", "cancelled",
}

// String writes s in snake_case: "due", "not_entitled".
func (s Status) String() string {
	if int(s) < len(statusNames) {
		return statusNames[s]
	}
	return fmt.Sprintf("Status(%d)", uint8(s))
}

// MarshalText writes s as [Status.String] does.
func (s Status) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// A Severity is how urgent a case is, 1 the most. The zero Severity is not
// stated. Which there are is for the edition to say.
type Severity uint8
