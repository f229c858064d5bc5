package catalog

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/entitlement"
	"github.com/supportterms/supportterms/sla"
)

// Regions gives the public holidays of a region: days not announced yet too if
// predicted is set, and its make-up workdays if workdays is. holiday.ByCode is
// one.
type Regions func(code string, predicted, workdays bool) (calendar.Holidays, error)

// A Desk answers queries from a catalog. It keeps the zones and regions it has
// loaded, and is safe for concurrent use. It comes from [NewDesk].
//
// What a query asks about is taken to be covered by the contract; whether it
// is, is another question.
type Desk struct {
	catalog *Catalog
	regions Regions
	zones   sync.Map // name to *time.Location
	lists   sync.Map // code and predicted to calendar.Holidays
}

// NewDesk returns a desk. Without regions a place must list its holidays.
func NewDesk(c *Catalog, regions Regions) *Desk { return &Desk{catalog: c, regions: regions} }

// Answer answers a query. The error says everything that is wrong with it.
func (d *Desk) Answer(q *Query) (*Answer, error) {
	places, placesErr := d.places(q)
	contract, contractErr := q.contract()
	on := calendar.DateOf(q.begins().In(zoneOf(places)))
	if q.begins().IsZero() {
		on = calendar.Date{}
	}
	chosen, err := d.choose(q, &contract, on, true)
	switch {
	case err != nil:
		return nil, errors.Join(err, contractErr, placesErr)
	case chosen.none != nil:
		a := newAnswer(q.ID, &Edition{}, &sla.Deadline{Status: sla.StatusDocumentNotInForce})
		a.Known = editionLines(chosen.none)
		return a, errors.Join(contractErr, placesErr)
	case chosen.missing != nil:
		return newAnswer(q.ID, &Edition{}, &sla.Deadline{Status: sla.StatusUndetermined, Missing: chosen.missing}), errors.Join(contractErr, placesErr)
	}
	deadline, err := d.deadline(q, chosen.edition, contract, places, on)
	if err := errors.Join(contractErr, placesErr, err); err != nil {
		return nil, err
	}
	a := newAnswer(q.ID, chosen.edition, deadline)
	if until := chosen.edition.InForce.Until; !until.IsZero() && !on.Before(until) {
		a.Reasons = []ReasonLine{{Code: "later-edition-exists", Effect: "info"}}
	}
	if chosen.key != "" {
		if _, agreed := q.agreed(chosen.key); q.Range && !agreed {
			a.LeftOut = append(a.LeftOut, chosen.key) // a range is of one edition
			slices.Sort(a.LeftOut)
		}
		other := (*sla.Deadline)(nil)
		if chosen.other != nil {
			other, _ = d.deadline(q, chosen.other, contract, places, on)
		}
		if other == nil || other.Status != deadline.Status || !other.Due.Equal(deadline.Due) {
			a.Readings[chosen.key] = chosen.value
		}
	}
	return a, nil
}

// deadline puts a query to an edition.
func (d *Desk) deadline(q *Query, e *Edition, contract entitlement.Contract, places sla.Places, on calendar.Date) (*sla.Deadline, error) {
	c, caseErr := q.caseOf(e.policy.Severities)
	phase, phaseErr := e.phase(entitlement.Release{Version: q.Release.Version, Phase: q.Release.Phase}, on, contract.Readings)
	bound, bindErr := e.Bind(contract, phase, e.Calendars(places))
	var err error
	if q.Metric == "" {
		err = errors.New("metric is missing: want one of " + strings.Join(e.metrics(), ", "))
	} else if caseErr == nil {
		caseErr = e.policy.Check(q.Metric, c)
	}
	if err := errors.Join(bindErr, phaseErr, caseErr, err); err != nil {
		return nil, err
	}
	deadline, err := bound.Deadline(q.Metric, c, q.Range)
	if err != nil {
		return nil, err
	}
	if !e.InForce.Since.IsZero() && on.Before(e.InForce.Since) {
		deadline = &sla.Deadline{Status: sla.StatusDocumentNotInForce, Stated: deadline.Stated}
	} else if yes, _ := contract.Includes(contract.Offering); contract.OutsideTerm(on) || contract.Offerings != nil && contract.Offering != "" && !yes {
		deadline = &sla.Deadline{Status: sla.StatusNotEntitled, Stated: deadline.Stated}
	}
	return deadline, nil
}

// zoneOf returns the location in which a case has its date.
func zoneOf(places sla.Places) *time.Location {
	for _, p := range places {
		if p != nil && p.Location != nil {
			return p.Location
		}
	}
	return time.UTC
}

func (e *Edition) metrics() (names []string) {
	for _, m := range e.policy.Metrics {
		names = append(names, m.Name)
	}
	return names
}

// phase is Phase under readings, with what the edition does not have refused.
// An edition whose answers do not turn on the phase has no use for it.
func (e *Edition) phase(r entitlement.Release, on calendar.Date, readings map[string]string) (string, error) {
	phases := []string{entitlement.PhaseStandard, entitlement.PhasePro, entitlement.PhaseLegacy, entitlement.PhaseEnded}
	if r.Phase != "" && !slices.Contains(phases, r.Phase) {
		return "", &sla.ValueError{Field: "release.phase", Value: r.Phase, Allowed: phases}
	}
	if r.Phase != "" || r.Version == "" {
		return r.Phase, nil
	}
	return e.coverage.Phase(r.Version, on, readings)
}

func (d *Desk) places(q *Query) (out sla.Places, err error) {
	var errs []error
	for l, terms := range map[sla.Locator]*PlaceTerms{
		sla.Agreed: q.Place, sla.Headquarters: q.Headquarters, sla.Portal: q.Portal, sla.Provider: q.Provider,
	} {
		if terms == nil {
			continue
		}
		p, err := d.place(l.String(), terms)
		if err != nil {
			errs = append(errs, err)
		}
		out[l] = p
	}
	slices.SortFunc(errs, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return out, errors.Join(errs...)
}

func (d *Desk) place(field string, t *PlaceTerms) (*sla.Place, error) {
	p := &sla.Place{Weekend: t.Weekend, Workdays: t.WorkingDays}
	var errs []error
	if t.Zone != "" {
		loc, err := d.zone(field, t.Zone)
		if err != nil {
			errs = append(errs, err)
		}
		p.Location = loc
	}
	if t.Allow != "" && t.Allow != "predicted" {
		errs = append(errs, fmt.Errorf(`%s.allow %q is not known: want "predicted" or nothing`, field, t.Allow))
	}
	for _, dates := range [][]calendar.Date{t.Holidays, t.WorkingDays} {
		if slices.ContainsFunc(dates, calendar.Date.IsZero) {
			errs = append(errs, fmt.Errorf("%s: an empty date: want 2025-08-25", field))
		}
	}
	switch {
	case t.Holidays != nil:
		list := calendar.List{}
		for _, date := range t.Holidays {
			list[date] = ""
		}
		p.Holidays = list
	case t.Region != "":
		var err error
		if p.Holidays, err = d.region(t.Region, t.Allow != "", false); err == nil {
			p.LocalHolidays, err = d.region(t.Region, t.Allow != "", true)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("%s.region: %w", field, err))
		}
	}
	return p, errors.Join(errs...)
}

func (d *Desk) zone(field, name string) (*time.Location, error) {
	if loc, ok := d.zones.Load(name); ok {
		return loc.(*time.Location), nil
	}
	loc, err := time.LoadLocation(name)
	if err != nil || name == "Local" {
		return nil, fmt.Errorf("%s.zone %q is not known: want an IANA name such as Europe/London", field, name)
	}
	d.zones.Store(name, loc)
	return loc, nil
}

func (d *Desk) region(code string, predicted, workdays bool) (calendar.Holidays, error) {
	key := fmt.Sprint(code, " ", predicted, " ", workdays)
	if list, ok := d.lists.Load(key); ok {
		return list.(calendar.Holidays), nil
	}
	if d.regions == nil {
		return nil, fmt.Errorf("%q: no holidays of regions are at hand; list them in holidays", code)
	}
	list, err := d.regions(code, predicted, workdays)
	if err != nil {
		return nil, err
	}
	d.lists.Store(key, list)
	return list, nil
}
