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
// loaded, and the latest places and contracts with the terms they come to; it is
// safe for concurrent use. It comes from [NewDesk].
//
// What a query asks about is taken to be covered by the contract; whether it
// is, is another question.
type Desk struct {
	catalog *Catalog
	regions Regions
	zones   sync.Map // name to *time.Location
	lists   sync.Map // code and predicted to calendar.Holidays
	spots   store[string, *spot]
	bounds  store[boundKey, *sla.Bound]
	phases  store[phaseKey, string]
	states  sync.Pool // of *sla.State, to be filled again
}

// NewDesk returns a desk. Without regions a place must list its holidays.
func NewDesk(c *Catalog, regions Regions) *Desk { return &Desk{catalog: c, regions: regions} }

// asked is a query with what it speaks of.
type asked struct {
	*Query
	choice
	on       calendar.Date // of the first instant stated; zero when none is
	at       *spot
	contract entitlement.Contract
	err      error // what is wrong, but for what the edition has to say
}

func (d *Desk) ask(q *Query) (a asked, err error) {
	var placesErr, contractErr error
	a.Query = q
	a.at, placesErr = d.at(q.whereabouts())
	a.contract, contractErr = q.contract()
	if begins := q.begins(); !begins.IsZero() {
		a.on = a.at.date(begins)
	}
	if a.choice, err = d.choose(q, &a.contract, a.on, true); err != nil {
		return a, errors.Join(err, contractErr, placesErr)
	}
	a.err = errors.Join(contractErr, placesErr)
	return a, nil
}

// Answer answers a query. The error says everything that is wrong with it.
func (d *Desk) Answer(q *Query) (*Answer, error) {
	asked, err := d.ask(q)
	switch {
	case err != nil:
		return nil, err
	case asked.none != nil:
		a := newAnswer(q.ID, &Edition{}, &sla.Deadline{Status: sla.StatusDocumentNotInForce})
		a.Known = editionLines(asked.none)
		return a, asked.err
	case asked.missing != nil:
		return newAnswer(q.ID, &Edition{}, &sla.Deadline{Status: sla.StatusUndetermined, Missing: asked.missing}), asked.err
	}
	deadline, err := d.deadline(&asked, asked.edition)
	if err := errors.Join(asked.err, err); err != nil {
		return nil, err
	}
	a := newAnswer(q.ID, asked.edition, deadline)
	a.Reasons = asked.notes()
	if asked.key != "" {
		if _, agreed := q.agreed(asked.key); q.Range && !agreed {
			a.LeftOut = append(a.LeftOut, asked.key) // a range is of one edition
			slices.Sort(a.LeftOut)
		}
		other := (*sla.Deadline)(nil)
		if asked.other != nil {
			other, _ = d.deadline(&asked, asked.other)
		}
		if other == nil || other.Status != deadline.Status || !other.Due.Equal(deadline.Due) {
			a.Readings[asked.key] = asked.value
		}
	}
	return a, nil
}

// notes are what is to be said beside an answer.
func (a *asked) notes() []ReasonLine {
	if until := a.edition.InForce.Until; !until.IsZero() && !a.on.Before(until) {
		return []ReasonLine{{Code: "later-edition-exists", Effect: "info"}}
	}
	return nil
}

// deadline puts a query to an edition.
func (d *Desk) deadline(a *asked, e *Edition) (*sla.Deadline, error) {
	c, caseErr := a.caseOf(e.policy.Severities)
	bound, bindErr := d.bound(a, e)
	var err error
	if a.Metric == "" {
		err = errors.New("metric is missing: want one of " + strings.Join(e.metrics(), ", "))
	} else if caseErr == nil && bindErr != nil {
		caseErr = e.policy.Check(a.Metric, c)
	}
	if err := errors.Join(bindErr, caseErr, err); err != nil {
		return nil, err
	}
	deadline, err := bound.Deadline(a.Metric, c, a.Range)
	if err != nil {
		return nil, err
	}
	if s := e.bars(&a.contract, a.on); s != sla.StatusDue {
		deadline = &sla.Deadline{Status: s, Stated: deadline.Stated}
	}
	return deadline, nil
}

// bound binds the contract of a query to an edition.
func (d *Desk) bound(a *asked, e *Edition) (*sla.Bound, error) {
	return d.bind(e, &a.contract, a.Release, a.on, a.at)
}

// bars returns why a case of a day has no response under a contract, whatever
// the rules say; else that it may have one, due.
func (e *Edition) bars(c *entitlement.Contract, on calendar.Date) sla.Status {
	switch {
	case !e.InForce.Since.IsZero() && on.Before(e.InForce.Since):
		return sla.StatusDocumentNotInForce
	case !entitles(c, on):
		return sla.StatusNotEntitled
	}
	return sla.StatusDue
}

// entitles reports whether a contract runs on a day, and is one for what is
// asked about.
func entitles(c *entitlement.Contract, on calendar.Date) bool {
	if c.OutsideTerm(on) {
		return false
	}
	yes, _ := c.Includes(c.Offering)
	return yes || c.Offerings == nil || c.Offering == ""
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
