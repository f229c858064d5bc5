package catalog_test

import (
	"testing"

	"github.com/supportterms/supportterms/catalog"
)

// One business day runs from the request for a manager. A reminder does not
// begin it again; a request after the answer does.
func TestEscalationRepeated(t *testing.T) {
	const opened = `{"kind": "opened", "at": "2025-12-15T09:00:00Z", "severity": 1}, {"kind": "escalated", "at": "2025-12-15T10:00:00Z"}`
	for _, row := range []struct{ why, events, status, due string }{
		{"from the request", "", "due", "2025-12-16T10:00:00Z"},
		{"a reminder after it is overdue", `, {"kind": "escalated", "at": "2025-12-17T10:00:00Z"}`, "due", "2025-12-16T10:00:00Z"},
		{"answered late, in spite of the reminder", `, {"kind": "escalated", "at": "2025-12-17T10:00:00Z"}, {"kind": "updated", "at": "2025-12-17T11:00:00Z"}`,
			"missed", "2025-12-16T10:00:00Z"},
		{"a new request after the answer", `, {"kind": "updated", "at": "2025-12-15T11:00:00Z"}, {"kind": "escalated", "at": "2025-12-17T10:00:00Z"}`,
			"due", "2025-12-18T10:00:00Z"},
	} {
		a := ask(t, catalog.NewDesk(catalog.Builtin(), nil), `{"edition": "ubuntu-pro/2025-07-02", "contract": {"level": "weekday"},
			"place": {"zone": "Europe/London", "holidays": []}, "metric": "management_escalation", "events": [`+opened+row.events+`]}`)
		if a.Status != row.status || a.Due == nil || *a.Due != row.due {
			t.Errorf("%s: %+v, want %s %s", row.why, a, row.status, row.due)
		}
	}
}
