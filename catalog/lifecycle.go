package catalog

import (
	"errors"

	"github.com/supportterms/supportterms/sla"
)

// readLifecycle reads the states that a case passes through.
func (r *reader) readLifecycle(f field) {
	if f.value == nil {
		return
	}
	before := r.failures
	m := r.record(f.value, f.path, []string{"clause", "starts", "states", "steps"}, nil)
	l := &sla.Lifecycle{Clause: r.cite(m.get("clause"))}
	parts := map[string]field{}
	var names []string
	for _, f := range r.fields(m.get("states").value, m.get("states").path) {
		sm := r.record(f.value, f.path, []string{"means"}, []string{"ends"})
		r.isName(f.key, f.name, f.path)
		s := sla.CaseState{Name: f.key, Means: r.text(sm.get("means"))}
		if ends := sm.get("ends"); ends.value != nil {
			word, _ := r.oneOf(ends, []string{"no", "yes"})
			s.Ends = word == "yes"
		}
		parts["state "+s.Name] = f
		names = append(names, s.Name)
		l.States = append(l.States, s)
	}
	state := func(f field) string {
		if f.value == nil {
			return ""
		}
		s, _ := r.oneOf(f, names)
		return s
	}
	l.Starts = state(m.get("starts"))
	for _, f := range r.items(m.get("steps")) {
		sm := r.record(f.value, f.path, []string{"from", "on", "to"}, []string{"event"})
		s := sla.Step{From: state(sm.get("from")), On: r.named(sm.get("on")), To: state(sm.get("to"))}
		if e := sm.get("event"); e.value != nil {
			text := r.text(e)
			var err error
			if s.Event, err = sla.ParseEventKind(text); err != nil && text != "" {
				r.fail(e.value, e.path, "%v", err)
			}
		}
		parts["step "+s.From+"/"+s.On] = f
		l.Steps = append(l.Steps, s)
	}
	if r.failures > before {
		return
	}
	r.edition.Lifecycle = l
	for _, err := range flatten(l.Check()) {
		var wrong *sla.PolicyError
		if errors.As(err, &wrong) {
			at := parts[wrong.Part]
			r.fail(at.value, at.path, "%s %s", wrong.Part, wrong.Why)
		}
	}
}
