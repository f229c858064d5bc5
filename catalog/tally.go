package catalog

import (
	"fmt"

	"github.com/supportterms/supportterms/sla"
)

// An AttainmentLine is a row of an attainment: how many of the responses that
// began to be owed in a period, under an edition, for a metric and at an
// effective severity, came to what.
type AttainmentLine struct {
	Period       *string `json:"period"` // "2025-08", "2025-Q3", "2025"; null is all time
	Edition      string  `json:"edition"`
	Offering     *string `json:"offering"`
	Metric       string  `json:"metric"`
	Severity     *int    `json:"severity"`
	Met          int64   `json:"met"`
	Missed       int64   `json:"missed"`
	Due          int64   `json:"due"`
	Overdue      int64   `json:"overdue"` // of those due
	Exempt       int64   `json:"exempt"`
	Undetermined int64   `json:"undetermined"`
	Breached     int64   `json:"breached"` // of all
	// Attained is how many were met of those that could be judged: "41/50". It
	// is null where there are none.
	Attained *string `json:"attained"`
}

// AttainmentLines returns the rows of an attainment.
func AttainmentLines(a *sla.Attainment) []AttainmentLine {
	out := []AttainmentLine{}
	for _, r := range a.Rows() {
		l := AttainmentLine{
			Edition: r.Edition, Offering: orNull(r.Offering), Metric: r.Metric, Severity: severity(r.Severity), Met: r.Met,
			Missed: r.Missed, Due: r.Due, Overdue: r.Overdue, Exempt: r.Exempt, Undetermined: r.Undetermined, Breached: r.Breached,
		}
		switch a.By {
		case sla.Month:
			l.Period = orNull(fmt.Sprintf("%04d-%02d", r.From.Year, r.From.Month))
		case sla.Quarter:
			l.Period = orNull(fmt.Sprintf("%04d-Q%d", r.From.Year, (r.From.Month+2)/3))
		case sla.Year:
			l.Period = orNull(fmt.Sprintf("%04d", r.From.Year))
		}
		if met, of := r.Attained(); of > 0 {
			l.Attained = orNull(fmt.Sprintf("%d/%d", met, of))
		}
		out = append(out, l)
	}
	return out
}

// CountLine adds the case of one line of JSON to an attainment. What it returns
// is nil, or the [ErrorAnswer] of a line that cannot be counted.
func (d *Desk) CountLine(a *sla.Attainment, line []byte) []byte {
	q, err := ParseQuery(line)
	if err == nil {
		err = d.Count(a, q)
	}
	if err != nil {
		return errorLine(line, err)
	}
	return nil
}
