package catalog

import (
	"encoding/binary"
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/entitlement"
	"github.com/supportterms/supportterms/sla"
)

// A store keeps what was made before, for many readers. What is made from the
// same is the same, so nothing but time depends on what it keeps.
type store[K comparable, V any] struct {
	mu sync.RWMutex
	m  map[K]V
}

// A store begins anew when it has mostKept things, and what is made of more than
// longestKey bytes is not kept, so that what a desk holds has an end.
const (
	mostKept   = 2048
	longestKey = 4096
)

func (s *store[K, V]) get(k K) (v V, ok bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	v, ok = s.m[k]
	return v, ok
}

// put keeps v, and returns what another has put there before.
func (s *store[K, V]) put(k K, v V) V {
	s.mu.Lock()
	defer s.mu.Unlock()
	if kept, ok := s.m[k]; ok {
		return kept
	}
	if s.m == nil || len(s.m) >= mostKept {
		s.m = map[K]V{}
	}
	s.m[k] = v
	return v
}

// A spot is the places of a customer.
type spot struct {
	places    sla.Places
	zone      *time.Location // in which a case has its dates; nil where none is known
	kept      bool
	calendars sync.Map // *Edition to *sla.Calendars
}

// date returns the date of an instant.
func (s *spot) date(t time.Time) calendar.Date {
	if s.zone == nil {
		return calendar.DateOf(t.UTC())
	}
	return calendar.DateOf(t.In(s.zone))
}

// of returns the calendars of an edition.
func (s *spot) of(e *Edition) *sla.Calendars {
	if c, ok := s.calendars.Load(e); ok {
		return c.(*sla.Calendars)
	}
	c, _ := s.calendars.LoadOrStore(e, e.Calendars(s.places))
	return c.(*sla.Calendars)
}

// whereabouts are the places that a query or an event states.
type whereabouts [len(sla.Places{})]*PlaceTerms

func (q *Query) whereabouts() whereabouts {
	return whereabouts{sla.Agreed: q.Place, sla.Headquarters: q.Headquarters, sla.Portal: q.Portal, sla.Provider: q.Provider}
}

// at returns the places, with what is wrong with them.
func (d *Desk) at(of whereabouts) (*spot, error) {
	key := string(of.key())
	if s, ok := d.spots.get(key); ok {
		return s, nil
	}
	s := new(spot)
	var errs []error
	for l, terms := range of {
		if terms == nil {
			continue
		}
		p, err := d.place(sla.Locator(l).String(), terms)
		if err != nil {
			errs = append(errs, err)
		}
		if s.places[l] = p; s.zone == nil {
			s.zone = p.Location
		}
	}
	if len(errs) > 0 {
		slices.SortFunc(errs, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
		return s, errors.Join(errs...)
	}
	if s.kept = len(key) <= longestKey; s.kept {
		s = d.spots.put(key, s)
	}
	return s, nil
}

// A boundKey is what a bound is made of. The terms are all of the contract but
// its days, which no rule about a response reads, and the phase.
type boundKey struct {
	*Edition
	*spot
	terms string
}

// bind binds a contract to an edition, under the phase that a release has on a
// day.
func (d *Desk) bind(e *Edition, c *entitlement.Contract, r ReleaseTerms, on calendar.Date, at *spot) (*sla.Bound, error) {
	phase, phaseErr := d.phase(e, entitlement.Release{Version: r.Version, Phase: r.Phase}, on, c.Readings)
	key := boundKey{Edition: e, spot: at}
	if phaseErr == nil && at.kept {
		key.terms = string(contractKey(c, phase))
		if b, ok := d.bounds.get(key); ok {
			return b, nil
		}
	}
	b, err := e.Bind(*c, phase, at.of(e))
	if err := errors.Join(err, phaseErr); err != nil || !at.kept || len(key.terms) > longestKey {
		return b, err
	}
	return d.bounds.put(key, b), nil
}

// A phaseKey is what the phase of a release is worked out from.
type phaseKey struct {
	*Edition
	release  string
	on       calendar.Date
	readings string
}

// phase is [Edition.Phase] under readings.
func (d *Desk) phase(e *Edition, r entitlement.Release, on calendar.Date, readings map[string]string) (string, error) {
	if r.Phase != "" || r.Version == "" {
		return e.phase(r, on, readings)
	}
	key := phaseKey{e, r.Version, on, string(appendMap(nil, readings))}
	if phase, ok := d.phases.get(key); ok {
		return phase, nil
	}
	phase, err := e.phase(r, on, readings)
	if err != nil || len(key.readings) > longestKey {
		return phase, err
	}
	return d.phases.put(key, phase), nil
}

// key writes places so that those that differ are written otherwise.
func (w *whereabouts) key() []byte {
	b := make([]byte, 0, 256)
	for _, p := range w {
		if p == nil {
			b = append(b, 0)
			continue
		}
		b = appendText(append(b, 1), p.Zone, p.Region, p.Allow)
		for _, dates := range [][]calendar.Date{p.Holidays, p.WorkingDays} {
			b = appendCount(b, dates)
			for _, d := range dates {
				b = binary.AppendVarint(b, int64(d.UnixDay()))
			}
		}
		b = appendCount(b, p.Weekend)
		for _, d := range p.Weekend {
			b = append(b, byte(d))
		}
	}
	return b
}

func contractKey(c *entitlement.Contract, phase string) []byte {
	b := appendText(make([]byte, 0, 256), c.Level, c.SecurityScope, c.SupportScope, c.Offering, phase)
	b = appendText(appendCount(b, c.Addons), c.Addons...)
	b = appendText(appendCount(b, c.Machines), c.Machines...)
	b = appendCount(b, c.Offerings)
	for _, p := range c.Offerings {
		b = appendText(b, p.Offering, p.Quantity.String(), p.Size.String())
	}
	return appendMap(b, c.Readings)
}

func appendText(b []byte, texts ...string) []byte {
	for _, s := range texts {
		b = append(binary.AppendUvarint(b, uint64(len(s))), s...)
	}
	return b
}

// appendCount writes how long a list is, and of an empty one whether it is nil.
func appendCount[T any](b []byte, list []T) []byte {
	if list == nil {
		return append(b, 0)
	}
	return binary.AppendUvarint(b, uint64(len(list))+1)
}

func appendMap(b []byte, m map[string]string) []byte {
	for _, k := range slices.Sorted(maps.Keys(m)) {
		b = appendText(b, k, m[k])
	}
	return b
}
