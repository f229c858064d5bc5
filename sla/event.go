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
	// nothing: what changes the terms of a case is a [Change].
	LocationChanged
	ContractChanged
	CustomerReplied
	// Responded is a response by a person; after the first it is an update.
	Responded
	// Updated is a follow-up. It is no first response, and none before that.
	Updated
	// AwaitingCustomer and Resumed hold the clock where QHold says so. Only
	// Resumed, or a reopening, ends the wait: a reply of the customer does not.
	AwaitingCustomer
	Resumed
	// Escalated asks for a manager.
	Escalated
	// Resolved and Closed end a case, and Reopened opens it again.
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

// moves reports whether an event can begin, end or re-base a cycle.
func (k EventKind) moves() bool {
	const logged = 1<<LocationChanged | 1<<ContractChanged | 1<<CustomerReplied | 1<<AwaitingCustomer | 1<<Resumed
	return logged>>k&1 == 0
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

// compare orders events by instant, kind and severity, the most urgent first.
func (e Event) compare(f Event) int {
	if c := e.At.Compare(f.At); c != 0 {
		return c
	}
	if c := int(e.Kind) - int(f.Kind); c != 0 {
		return c
	}
	return int(e.Severity) - int(f.Severity)
}

// sorted returns the events in order, equal ones once.
func sorted(events []Event) []Event {
	out := slices.Clone(events)
	slices.SortFunc(out, Event.compare)
	return slices.CompactFunc(out, func(a, b Event) bool { return a.compare(b) == 0 })
}
