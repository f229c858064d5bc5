package entitlement

import "github.com/supportterms/supportterms/calendar"

// Phases of a release's life.
const (
	PhaseStandard = "standard"
	PhasePro      = "pro"
	PhaseLegacy   = "legacy"
	PhaseEnded    = "ended"
)

// A Release is the release a machine runs. A stated phase wins over one
// computed from the version.
type Release struct {
	Version string
	Phase   string
}

// A LifeCycle is when the phases of a release end. Each end is the last day of
// its phase. A zero date is not known.
type LifeCycle struct {
	Released    calendar.Date
	EndStandard calendar.Date
	EndPro      calendar.Date
	EndLegacy   calendar.Date
}

// Phase returns the phase on a date, or "" when a date it takes is not known
// or the release is not out.
func (l LifeCycle) Phase(on calendar.Date) string {
	if l.Released.IsZero() || on.Before(l.Released) {
		return ""
	}
	for _, p := range []struct {
		end  calendar.Date
		name string
	}{{l.EndStandard, PhaseStandard}, {l.EndPro, PhasePro}, {l.EndLegacy, PhaseLegacy}} {
		if p.end.IsZero() {
			return ""
		}
		if !on.After(p.end) {
			return p.name
		}
	}
	return PhaseEnded
}
