package sla

import (
	"errors"
	"slices"
	"strings"
)

// A Lifecycle is the states that a case passes through, as a description has
// them. It decides no deadline. The zero Lifecycle has no states.
type Lifecycle struct {
	Clause string
	Starts string // the first state
	States []CaseState
	Steps  []Step
}

// A CaseState is one state of a case.
type CaseState struct {
	Name  string
	Means string // in our words
	Ends  bool   // nothing follows it
}

// A Step takes a case from one state to another.
type Step struct {
	From, To string
	On       string    // what happens, by the description's name for it
	Event    EventKind // the event of a case's log that is the same thing, or 0
}

// A StepError reports a step that a life cycle does not have.
type StepError struct {
	State, On string
	Steps     []string // what may happen in that state; nil where it ends, or is none
}

func (e *StepError) Error() string {
	if len(e.Steps) == 0 {
		return "case life cycle: nothing follows state " + e.State + ": not " + e.On
	}
	return "case life cycle: no step " + e.On + " from state " + e.State + ": want one of " + strings.Join(e.Steps, ", ")
}

// Next returns the state after one in which something happens. The error is a
// [*StepError] when it cannot.
func (l *Lifecycle) Next(state, on string) (string, error) {
	e := &StepError{State: state, On: on}
	for _, s := range l.Steps {
		switch {
		case s.From == state && s.On == on:
			return s.To, nil
		case s.From == state:
			e.Steps = append(e.Steps, s.On)
		}
	}
	return "", e
}

// After returns the state of a case after the events of its log, in whatever
// order they are. An event that is no step from the state at hand leaves the
// case where it is.
func (l *Lifecycle) After(events []Event) string {
	state := l.Starts
	for _, e := range sorted(events) {
		for _, s := range l.Steps {
			if s.From == state && s.Event == e.Kind && s.Event != 0 {
				state = s.To
				break
			}
		}
	}
	return state
}

// Check reports everything wrong with a life cycle: states named twice or not
// at all, steps that begin or end nowhere, two steps from a state on one thing,
// states that cannot be reached, ends that go on and others that do not. Each
// is a [*PolicyError] whose part names the state or step.
func (l *Lifecycle) Check() error {
	var errs []error
	fail := func(part, why string) { errs = append(errs, &PolicyError{part, why}) }
	state := func(name string) int {
		return slices.IndexFunc(l.States, func(s CaseState) bool { return s.Name == name })
	}
	if state(l.Starts) < 0 {
		fail("starts", `"`+l.Starts+`" is no state`)
	}
	for i, s := range l.Steps {
		part := "step " + s.From + "/" + s.On
		for _, name := range []string{s.From, s.To} {
			if state(name) < 0 {
				fail(part, `"`+name+`" is no state`)
			}
		}
		for _, other := range l.Steps[:i] {
			if other.From == s.From && other.On == s.On {
				fail(part, "stands twice")
			} else if other.From == s.From && other.Event == s.Event && s.Event != 0 {
				fail(part, "is the event of step "+s.From+"/"+other.On+" too")
			}
		}
	}
	reached := []string{l.Starts}
	for i := 0; i < len(reached); i++ {
		for _, s := range l.Steps {
			if s.From == reached[i] && !slices.Contains(reached, s.To) {
				reached = append(reached, s.To)
			}
		}
	}
	for i, s := range l.States {
		leads := slices.ContainsFunc(l.Steps, func(t Step) bool { return t.From == s.Name })
		switch {
		case state(s.Name) < i:
			fail("state "+s.Name, "stands twice")
		case !slices.Contains(reached, s.Name):
			fail("state "+s.Name, "is not reached from "+l.Starts)
		case s.Ends && leads:
			fail("state "+s.Name, "is an end, and a step leads on from it")
		case !s.Ends && !leads:
			fail("state "+s.Name, "is no end, and no step leads on from it")
		}
	}
	return errors.Join(errs...)
}
