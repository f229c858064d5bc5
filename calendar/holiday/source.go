package holiday

import (
	"iter"
	"slices"
	"strings"

	"github.com/supportterms/supportterms/calendar"
)

// A Source is the holidays of one region. It is immutable. Get one from
// [Region].
type Source struct {
	region *region
	sets   []string
	cover  calendar.Coverage
	days   []calendar.Day // in order
	index  []uint16       // of each slot, 1 + the first of its days, or 0
}

var _ calendar.Holidays = (*Source)(nil)

func newSource(r *region, all []calendar.Day, opt Options) (*Source, error) {
	s := &Source{region: r, cover: r.coverage()}
	for _, d := range all {
		if !slices.Contains(s.sets, d.Set) {
			s.sets = append(s.sets, d.Set)
		}
	}
	slices.Sort(s.sets)
	for _, set := range opt.Sets {
		if !slices.Contains(s.sets, set) {
			return nil, &calendar.ParseError{What: "holiday set of " + r.code, Input: set, Want: "one of " + strings.Join(s.sets, ", ")}
		}
	}
	if !opt.Predicted {
		s.cover.PredictedThrough = calendar.Date{}
	}
	s.days = make([]calendar.Day, 0, len(all))
	for _, d := range all {
		if opt.takes(d) && !d.Date.After(s.cover.Through()) {
			s.days = append(s.days, d)
		}
	}
	s.index = make([]uint16, (s.cover.Through().Year-r.from+1)*yearSlots)
	for i, d := range slices.Backward(s.days) {
		s.index[s.slot(d.Date)] = uint16(i + 1)
	}
	return s, nil
}

// takes reports whether a day is one that was asked for.
func (o Options) takes(d calendar.Day) bool {
	switch {
	case d.Kind == calendar.Workday && !o.Workdays, d.Kind == calendar.HalfDay && !o.HalfDays:
		return false
	case len(o.Sets) == 0:
		return d.Set == "statutory" || d.Set == "bank"
	}
	return slices.Contains(o.Sets, d.Set)
}

// Region returns the code of the region.
func (s *Source) Region() string { return s.region.code }

// Description says what the list of the region is.
func (s *Source) Description() string { return s.region.description }

// Sets returns the sets that the region has, taken or not, sorted.
func (s *Source) Sets() []string { return slices.Clone(s.sets) }

// Coverage says how far the days are known.
func (s *Source) Coverage() calendar.Coverage { return s.cover }

// Version is [Version].
func (s *Source) Version() string { return version }

// Days yields the days of a year in order of date. Days of one date come with
// the holiday before the substitute. Years outside the coverage yield nothing.
func (s *Source) Days(year int) iter.Seq[calendar.Day] {
	from := func(year int) int {
		i, _ := slices.BinarySearchFunc(s.days, year, func(d calendar.Day, year int) int { return d.Date.Year - year })
		return i
	}
	return slices.Values(s.days[from(year):from(year+1)])
}

// yearSlots is how many places a year has in the index: 31 for each month, so
// that finding one takes no calendar arithmetic.
const yearSlots = 12 * 31

// slot returns the place of a date in the index, or -1.
func (s *Source) slot(d calendar.Date) int {
	year, month, day := d.Year-s.region.from, int(d.Month)-1, d.Day-1
	if uint(year) >= uint(len(s.index)/yearSlots) || uint(month) >= 12 || uint(day) >= 31 {
		return -1
	}
	return year*yearSlots + month*31 + day
}

// Lookup returns the first day that falls on d. Outside the coverage ok is
// false, as it is on ordinary days; [calendar.Coverage.Status] tells which.
func (s *Source) Lookup(d calendar.Date) (day calendar.Day, ok bool) {
	slot := s.slot(d)
	if slot < 0 || s.index[slot] == 0 {
		return calendar.Day{}, false
	}
	return s.days[s.index[slot]-1], true
}

// Equal reports whether s and t are of one region and have the same days and
// coverage.
func (s *Source) Equal(t *Source) bool {
	if s == nil || t == nil {
		return s == t
	}
	return s.region == t.region && s.cover == t.cover && slices.Equal(s.days, t.days)
}
