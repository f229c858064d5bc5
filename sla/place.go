package sla

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/supportterms/supportterms/calendar"
)

// A Locator names one of the places a text may speak of.
type Locator uint8

const (
	// Agreed is the location the parties agreed on. The zero Locator.
	Agreed Locator = iota
	Headquarters
	Portal // the location set in the support portal
	Provider

	locators
)

var locatorNames = [locators]string{"place", "headquarters", "portal", "provider"}

// String writes l as "place", "headquarters", "portal" or "provider".
func (l Locator) String() string {
	if l < locators {
		return locatorNames[l]
	}
	return fmt.Sprintf("Locator(%d)", uint8(l))
}

// ParseLocator reads what [Locator.String] writes.
func ParseLocator(s string) (Locator, error) {
	if i := slices.Index(locatorNames[:], s); i >= 0 {
		return Locator(i), nil
	}
	return 0, &ParseError{What: "place", Input: s, Want: "place, headquarters, portal or provider"}
}

// A Place is where a clock is read.
type Place struct {
	Location *time.Location
	// Holidays are those of the place; nil when they are not known.
	Holidays calendar.Holidays
	// Weekend is the local weekend; nil when it is not known.
	Weekend []time.Weekday
	// Workdays are weekend days worked for once, and LocalHolidays the
	// holidays with the make-up workdays that go with them; nil is Holidays.
	// Both matter only under a reading that works the local week.
	Workdays      []calendar.Date
	LocalHolidays calendar.Holidays
}

// Places are those of one customer, by [Locator]; nil where not known.
type Places [locators]*Place

// Calendars are the calendars of one customer's places, made as one policy
// comes to need them. They are safe for concurrent use.
type Calendars struct {
	policy *Policy
	places Places
	making sync.Mutex
	made   [locators][]atomic.Pointer[made]
}

type made struct {
	*calendar.Calendar
	err error
}

// of returns the calendar that terms are counted on, which an elapsed clock
// does without, and the location in which the answer is written, nil when no
// place is known.
func (c *Calendars) of(t *terms) (*calendar.Calendar, *time.Location, error) {
	order := anywhere
	if t.clock != Elapsed && c.policy.sets[QLocation] != nil {
		order = c.policy.Locations[t.location]
	}
	for _, l := range order {
		if c.places[l] == nil {
			continue
		}
		if t.clock == Elapsed {
			return nil, c.places[l].Location, nil
		}
		cal, err := c.calendar(l, t.hours, t.holidays, t.weekend)
		return cal, c.places[l].Location, err
	}
	if t.clock == Elapsed {
		return nil, nil, nil
	}
	if len(order) > 1 {
		return nil, nil, errNotKnown{Agreed.String()}
	}
	return nil, nil, errNotKnown{order[0].String()}
}

// anywhere is where an answer is written that is counted nowhere.
var anywhere = []Locator{Agreed, Portal, Headquarters, Provider}

// zone is the location of any place that is known, or nil.
func (c *Calendars) zone() *time.Location {
	for _, l := range anywhere {
		if p := c.places[l]; p != nil && p.Location != nil {
			return p.Location
		}
	}
	return nil
}

// Calendars prepares the places of a customer.
func (p *Policy) Calendars(places Places) *Calendars {
	p = p.made()
	c := &Calendars{policy: p, places: places}
	for l, place := range places {
		if place != nil {
			c.made[l] = make([]atomic.Pointer[made], (len(p.Hours)+len(plainHours))*4)
		}
	}
	return c
}

// errNotKnown reports a calendar that needs a fact about its place.
type errNotKnown struct{ fact string }

func (e errNotKnown) Error() string { return "not known: " + e.fact }

// Hours that clocks keep besides the printed ones.
const (
	allDay = iota
	weekdays
)

var plainHours = [...]string{allDay: "24/7", weekdays: "Mo-Fr 00:00-24:00"}

// calendar returns the calendar of a place in hours numbered as the policy
// does, or after those as plainHours does.
func (c *Calendars) calendar(l Locator, hours, holidays, weekend int) (*calendar.Calendar, error) {
	slot := &c.made[l][hours*4+holidays*2+weekend]
	m := slot.Load()
	if m == nil {
		c.making.Lock()
		defer c.making.Unlock()
		if m = slot.Load(); m == nil {
			cal, err := c.make(l, hours, holidays, weekend)
			m = &made{cal, err}
			slot.Store(m)
		}
	}
	return m.Calendar, m.err
}

func (c *Calendars) make(l Locator, hours, holidays, weekend int) (*calendar.Calendar, error) {
	place := c.places[l]
	if place.Location == nil {
		return nil, errNotKnown{l.String() + ".zone"}
	}
	var h calendar.Hours
	if n := len(c.policy.Hours); hours < n {
		h = c.policy.Hours[hours].Hours
	} else {
		h = calendar.MustParseHours(plainHours[hours-n])
	}
	cfg := calendar.Config{Location: place.Location, Holidays: place.Holidays}
	if weekend == weekendLocal {
		if place.Weekend == nil {
			return nil, errNotKnown{l.String() + ".weekend"}
		}
		if place.LocalHolidays != nil {
			cfg.Holidays = place.LocalHolidays
		}
		worked := h.WithWeekend()
		h = h.WithWeekend(place.Weekend...)
		for _, d := range place.Workdays {
			cfg.Overrides = append(cfg.Overrides, calendar.Override{Date: d, Windows: worked.Day(d.Weekday()), Name: "worked"})
		}
	}
	if cfg.Hours = h.WithHolidays(holidays == holidaysExcluded); cfg.Hours.ReadsHolidays() && place.Holidays == nil {
		return nil, errNotKnown{l.String() + ".holidays"}
	}
	return calendar.New(cfg)
}

// notKnown returns the fact that err says is missing. Past the years whose
// holidays are known, they are.
func notKnown(err error) (fact string, ok bool) {
	var e errNotKnown
	switch {
	case errors.As(err, &e):
		return e.fact, true
	case errors.Is(err, calendar.ErrBeyondCoverage):
		return Agreed.String() + ".holidays", true
	}
	return "", false
}
