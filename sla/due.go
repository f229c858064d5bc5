package sla

import (
	"time"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/entitlement"
)

// A Due is a response in short: small, comparable, with no reasons.
type Due struct {
	Status   Status
	At       time.Time // where Status is due; in the location of the place
	Target   Target
	Clock    Clock
	Severity Severity // whose row is used
}

// Equal reports whether d and e say the same, instants compared.
func (d Due) Equal(e Due) bool {
	at := d.At.Equal(e.At)
	d.At, e.At = time.Time{}, time.Time{}
	return at && d == e
}

// short is what t says of any case.
func (t *terms) short() Due {
	return Due{Status: t.status, Target: t.target, Clock: t.clock, Severity: t.severity}
}

// single is the length of a clock that is one addition, else 0.
func (t *terms) single() time.Duration {
	if t.status == StatusDue && t.measures() && t.close == atClose && t.clock != ElapsedFromCoverage {
		return t.amount(1)
	}
	return 0
}

// add is the instant of a clock that is one addition.
func add(cal *calendar.Calendar, zone *time.Location, from time.Time, length time.Duration) (time.Time, error) {
	if cal != nil {
		return cal.Add(from, length)
	}
	if from = from.Add(length); zone != nil {
		from = from.In(zone)
	}
	return from, nil
}

// instant returns the instant of any clock.
func (c *count) instant(zone *time.Location, from time.Time) (time.Time, error) {
	if c.length > 0 {
		return add(c.cal, zone, from, c.length)
	}
	due, err := c.due(from, 1)
	if zone != nil {
		due = due.In(zone)
	}
	return due, err
}

// unknown makes of an error that a fact is missing the answer that says so.
func (d Due) unknown(err error) (Due, error) {
	d.At = time.Time{}
	d.Status = StatusUndetermined
	if _, ok := notKnown(err); ok {
		return d, nil
	}
	return d, err
}

// Due returns when a response at a severity is due that counts from an
// instant. A severity of 0, not stated, or an instant past what is known of
// the holidays is undetermined; a metric that this edition does not have is
// unspecified. One that nobody knows, or another severity than the edition's,
// is a [*ValueError].
func (b *Bound) Due(metric string, severity Severity, from time.Time) (Due, error) {
	p := b.policy
	for m := range p.Metrics {
		if p.Metrics[m].Name != metric {
			continue
		}
		if p.bySeverity[severity] == 0 && severity != 0 {
			if err := p.checkSeverities(severity); err != nil {
				return Due{}, err
			}
		}
		r := &b.of(m)[p.bySeverity[severity]]
		d := r.due
		if d.Status != StatusDue {
			return d, r.err
		}
		var err error
		if d.At, err = r.instant(r.zone, from); err != nil {
			return d.unknown(err)
		}
		return d, nil
	}
	return Due{}, p.checkMetric(metric)
}

// Due is [Bound.Due] for a single question: the rules are put to the contract
// anew. It allocates nothing for a contract that states its level or offering
// and has no readings of its own.
func (p *Policy) Due(c *entitlement.Contract, phase string, at *Calendars, metric string, severity Severity, from time.Time) (Due, error) {
	p = p.made()
	pt := p.standard
	ok := p.put(&pt, p.iLevel, c.Level) && p.put(&pt, p.iOffering, c.Offering) && p.put(&pt, p.iPhase, phase)
	for i := range p.addons {
		pt[p.addons[i].index] = p.addons[i].code(c.Addons)
	}
	if !ok || at == nil || at.policy != p || len(c.Readings) > 0 || len(c.Addons) > 0 || c.SupportScope != "" || c.SecurityScope != "" || c.Level == "" && len(p.Defaults) > 0 {
		b, err := p.Bind(*c, phase, at)
		if err != nil {
			return Due{}, err
		}
		return b.Due(metric, severity, from)
	}
	p.imply(&pt)
	if !p.put(&pt, p.iMetric, metric) {
		return Due{}, p.checkMetric(metric)
	}
	if p.bySeverity[severity] == 0 && severity != 0 {
		if err := p.checkSeverities(severity); err != nil {
			return Due{}, err
		}
	}
	if p.iStated >= 0 {
		pt[p.iStated] = p.bySeverity[severity]
	}
	t := p.recall(&pt)
	d := t.short()
	if d.Status != StatusDue {
		return d, nil
	}
	cal, zone, err := at.of(t)
	if err != nil {
		return d.unknown(err)
	}
	if t.length > 0 {
		d.At, err = add(cal, zone, from, t.length)
	} else {
		c := count{*t, cal}
		d.At, err = c.instant(zone, from)
	}
	if err != nil {
		return d.unknown(err)
	}
	return d, nil
}

// put states a value and reports whether the edition has it.
func (p *Policy) put(pt *point, i int, value string) bool {
	if value == "" {
		return true
	}
	code, ok := p.code(i, value)
	if ok {
		pt[i] = code
	}
	return ok
}
