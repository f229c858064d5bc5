package entitlement

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
