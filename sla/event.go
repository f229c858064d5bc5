package sla

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// An EventKind is what happened to a case. The order of the constants is their
// precedence at one instant.
type EventKind uint8

const (
	// Opened begins a case, once, and may state its severity.
	Opened EventKind = iota + 1
	// Acknowledged is the automatic answer.
	Acknowledged
	// SeveritySet fixes the severity from then on.
	SeveritySet
	// LocationChanged, ContractChanged and CustomerReplied are logged and move
	// nothing: place and contract are frozen at the opening.
	LocationChanged
	ContractChanged
	CustomerReplied
	// Responded is a response by a person; after the first it is an update.
	Responded
	// Updated is a follow-up. It is no first response, and none before that.
	Updated
	// AwaitingCustomer and Resumed hold the clock where QHold says so.
	AwaitingCustomer
	Resumed
	// Escalated asks for a manager.
	Escalated
	// Resolved and Closed end a case, and Reopened takes that back.
	Resolved
	Closed
	Reopened
	// Cancelled and Merged end a case for good.
	Cancelled
	Merged
)

var eventKinds = [...]string{
	"", "opened", "acknowledged", "severity_set", "location_changed", "contract_changed", "customer_replied",
	"responded", "updated", "awaiting_customer", "resumed", "escalated", "resolved", "closed", "reopened",
	"cancelled", "merged",
}

// String writes k in snake_case: "opened", "severity_set".
func (k EventKind) String() string {
	if int(k) < len(eventKinds) {
		return eventKinds[k]
	}
	return fmt.Sprintf("EventKind(%d)", uint8(k))
}

// ParseEventKind reads what [EventKind.String] writes, with - or _.
func ParseEventKind(s string) (EventKind, error) {
	if i := slices.Index(eventKinds[1:], strings.ReplaceAll(s, "-", "_")); i >= 0 {
		return EventKind(i + 1), nil
	}
	return 0, &ParseError{What: "event kind", Input: s, Want: "one of " + strings.Join(eventKinds[1:], ", ")}
}

// An Event is one thing that happened to a case.
type Event struct {
	At       time.Time
	Kind     EventKind
	Severity Severity // of opened (stated) and severity_set; else 0
}

func (e Event) String() string { return e.Kind.String() + " at " + e.At.Format(time.RFC3339Nano) }

// sorted returns the events in order of instant, kind and severity, the most
// urgent first, equal ones once.
func sorted(events []Event) []Event {
	out := slices.Clone(events)
	compare := func(a, b Event) int {
		if c := a.At.Compare(b.At); c != 0 {
			return c
		}
		if c := int(a.Kind) - int(b.Kind); c != 0 {
			return c
		}
		return int(a.Severity) - int(b.Severity)
	}
	slices.SortStableFunc(out, compare)
	return slices.CompactFunc(out, func(a, b Event) bool { return compare(a, b) == 0 })
}
