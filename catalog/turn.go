package catalog

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/entitlement"
	"github.com/supportterms/supportterms/sla"
)

// caseRules are by which rules a case takes what changes.
type caseRules struct {
	raise, lower sla.Rebase
	changes      [sla.EditionChange + 1]sla.Rebase
}

func (t *CaseTerms) rules() (r caseRules, err error) {
	var errs []error
	for _, f := range []struct {
		name, word string
		to         *sla.Rebase
	}{
		{"raise", t.Raise, &r.raise},
		{"lower", t.Lower, &r.lower},
		{"changes.place", t.Changes.Place, &r.changes[sla.PlaceChange]},
		{"changes.contract", t.Changes.Contract, &r.changes[sla.ContractChange]},
		{"changes.release", t.Changes.Release, &r.changes[sla.ReleaseChange]},
		{"changes.edition", t.Changes.Edition, &r.changes[sla.EditionChange]},
	} {
		if f.word == "" {
			continue
		}
		if *f.to, err = sla.ParseRebase(f.word); err != nil {
			e := &sla.ValueError{Field: "case." + f.name, Value: f.word}
			for k := sla.AsRead; k <= sla.Keep; k++ {
				e.Allowed = append(e.Allowed, k.String())
			}
			errs = append(errs, e)
		}
	}
	return r, errors.Join(errs...)
}

// A turn is an event that changes the terms of a case.
type turn struct {
	path string
	kind sla.ChangeKind
	*EventTerms
}

// turns returns the events that change terms, as far as there are rules for
// them.
func (r *caseRules) turns(field string, events []EventTerms) (out []turn) {
	for i := range events {
		e := &events[i]
		t := turn{kind: sla.PlaceChange, EventTerms: e}
		switch {
		case e.Contract != nil || e.Ended:
			t.kind = sla.ContractChange
		case !e.moved():
			continue
		}
		if r.changes[t.kind] != sla.AsRead {
			t.path = fmt.Sprintf("%s[%d]", field, i)
			out = append(out, t)
		}
	}
	return out
}

// A standing is the terms that a case is under.
type standing struct {
	query   Query // with the contract and the places that hold
	edition *Edition
	at      *spot
	// contract is that of the query, and ended that there is none now.
	contract entitlement.Contract
	ended    bool
	// come is the day up to which what comes by itself has been taken: for the
	// release it is the day of its phase.
	come [sla.EditionChange + 1]calendar.Date
}

// changes returns how the terms of a case change, from its opening to the
// instant asked about, and the next change that is known after that. What there
// is no rule for is as it was.
func (d *Desk) changes(a *asked, rules caseRules, turns []turn, asOf time.Time) (out []sla.Change, err error) {
	if rules.changes == (caseRules{}).changes {
		return nil, nil
	}
	turns = slices.DeleteFunc(turns, func(t turn) bool { return t.At.After(asOf) })
	slices.SortStableFunc(turns, func(a, b turn) int { return a.At.Compare(b.At.Time) })
	s := standing{query: *a.Query, edition: a.edition, at: a.at, contract: a.contract}
	for k := range s.come {
		s.come[k] = a.on
	}
	now := a.begins()
	for {
		was := s.ended
		kind, day, err := d.next(&s, &rules, s.at.date(asOf))
		if err != nil {
			return nil, err
		}
		at := asOf.Add(1) // nothing comes
		if !day.IsZero() {
			at = latest(now, s.at.midnight(day)) // which a move may have skipped
		}
		switch {
		case len(turns) > 0 && !turns[0].At.After(at):
			t := turns[0]
			turns, at, kind = turns[1:], t.At.Time, t.kind
			if err := d.turn(&s, &t, &rules, s.at.date(at)); err != nil {
				return nil, fmt.Errorf("%s: %w", t.path, err)
			}
		case day.IsZero():
			return out, nil
		case at.After(asOf):
			// What comes next is told, and not yet what it brings.
			return append(out, sla.Change{At: at, Kind: kind, Rule: rules.changes[kind]}), nil
		default:
			if err := d.come(&s, kind, day); err != nil {
				return nil, err
			}
		}
		if now = at; was && s.ended {
			continue
		}
		change := sla.Change{At: at, Kind: kind, Rule: rules.changes[kind]}
		if !s.ended {
			if change.To, err = d.bind(s.edition, &s.contract, s.query.Release, s.come[sla.ReleaseChange], s.at); err != nil {
				return nil, fmt.Errorf("terms from %s: %w", at.Format(time.RFC3339), err)
			}
		}
		out = append(out, change)
	}
}

// midnight returns the first instant of a day.
func (s *spot) midnight(day calendar.Date) time.Time {
	zone := s.zone
	if zone == nil {
		zone = time.UTC
	}
	always, err := calendar.New(calendar.Config{Hours: calendar.MustParseHours("24/7"), Location: zone})
	if err != nil {
		return time.Time{}
	}
	return always.At(day, 0)
}

// turn passes to what an event says.
func (d *Desk) turn(s *standing, t *turn, rules *caseRules, day calendar.Date) (err error) {
	if t.kind == sla.PlaceChange {
		for _, p := range []struct{ to, from **PlaceTerms }{
			{&s.query.Place, &t.Place}, {&s.query.Headquarters, &t.Headquarters},
			{&s.query.Portal, &t.Portal}, {&s.query.Provider, &t.Provider},
		} {
			if *p.from != nil {
				*p.to = *p.from
			}
		}
		s.at, err = d.at(s.query.whereabouts())
		return err
	}
	if t.Ended {
		s.query.Contract, s.contract, s.ended = ContractTerms{}, entitlement.Contract{}, true
		return nil
	}
	contract, err := t.Contract.contract(s.query.Readings)
	if err != nil {
		return err
	}
	q := s.query
	if q.Contract = *t.Contract; q.Contract.Document == "" && q.Contract.Edition == "" && q.Edition == "" {
		q.Edition = s.edition.ID
	}
	chosen, err := d.choose(&q, &contract, day, true)
	switch {
	case err != nil:
		return err
	case chosen.none != nil:
		return chosen.none
	case chosen.missing != nil:
		return errors.New(strings.Join(chosen.missing, ", ") + " is missing: no edition is chosen without it")
	}
	q.Edition = s.query.Edition
	if rules.changes[sla.EditionChange] != sla.AsRead || !q.follows() || chosen.edition.Document != s.edition.Document {
		s.edition = chosen.edition
	}
	s.query, s.contract, s.ended = q, contract, !entitles(&contract, day)
	s.come[sla.ContractChange], s.come[sla.EditionChange] = day, day
	return nil
}

// follows reports whether the edition that a query is answered by is the one in
// force on the day.
func (q *Query) follows() bool {
	t := &q.Contract
	return q.Edition == "" && t.Edition == "" && t.Document != "" && (t.EditionPolicy == "" || t.EditionPolicy == Current)
}

// next returns what changes first by itself, and the day; of another edition
// until a day, for what is not in force yet may still change.
func (d *Desk) next(s *standing, rules *caseRules, until calendar.Date) (kind sla.ChangeKind, day calendar.Date, err error) {
	first := func(k sla.ChangeKind, on calendar.Date) {
		if rules.changes[k] != sla.AsRead && on.After(s.come[k]) && (day.IsZero() || on.Before(day)) {
			kind, day = k, on
		}
	}
	c := &s.contract
	if first(sla.ContractChange, c.From); !c.Until.IsZero() {
		first(sla.ContractChange, c.Until.AddDays(1))
	}
	if s.ended {
		return kind, day, nil
	}
	if rules.changes[sla.ReleaseChange] != sla.AsRead {
		on, err := s.edition.nextPhase(s.query.Release, s.come[sla.ReleaseChange], c.Readings)
		if err != nil {
			return kind, day, err
		}
		first(sla.ReleaseChange, on)
	}
	if rules.changes[sla.EditionChange] == sla.AsRead || !s.query.follows() {
		return kind, day, nil
	}
	held, notHeld, err := d.catalog.Known(s.edition.Document)
	if err != nil {
		return kind, day, err
	}
	for _, e := range append(slices.Concat(held, notHeld), KnownEdition{Since: s.edition.InForce.Until}) {
		if !e.Since.After(until) {
			first(sla.EditionChange, e.Since)
		}
	}
	return kind, day, nil
}

// come passes to what a day brings.
func (d *Desk) come(s *standing, kind sla.ChangeKind, day calendar.Date) error {
	s.come[kind] = day
	switch kind {
	case sla.ContractChange:
		s.ended = !entitles(&s.contract, day)
	case sla.EditionChange:
		contract, err := s.query.contract()
		if err != nil {
			return err
		}
		chosen, err := d.choose(&s.query, &contract, day, true)
		if err != nil {
			return err
		}
		if chosen.none != nil {
			return chosen.none
		}
		s.edition = chosen.edition
	}
	return nil
}

// nextPhase returns the first day after one on which a release is in another
// phase, or no day. Phases follow one another and none returns, so that what is
// another phase at some distance is one from a day within it.
func (e *Edition) nextPhase(r ReleaseTerms, on calendar.Date, readings map[string]string) (calendar.Date, error) {
	const furthest = 1 << 15 // days
	release := entitlement.Release{Version: r.Version, Phase: r.Phase}
	now, err := e.phase(release, on, readings)
	if err != nil || r.Version == "" || r.Phase != "" || now == "" {
		return calendar.Date{}, err
	}
	other := func(n int) bool {
		phase, err := e.phase(release, on.AddDays(n), readings)
		return err == nil && phase != now
	}
	for n := 1; n <= furthest; n *= 2 {
		if !other(n) {
			continue
		}
		low := n / 2 // not in another phase
		for n-low > 1 {
			if mid := (low + n) / 2; other(mid) {
				n = mid
			} else {
				low = mid
			}
		}
		return on.AddDays(n), nil
	}
	return calendar.Date{}, nil
}
