package holiday

import (
	"errors"
	"fmt"
	"slices"
	"sort"
	"strings"
	"sync"

	"github.com/supportterms/supportterms/calendar"
)

// version names the data: the tables, and the computed days beneath them. It
// is the day as of which they hold.
const version = "2026-11-21"

// Version names the data of this package. Every source says it too.
func Version() string { return version }

// Options choose what a region answers. The zero Options are the days off that
// bind everybody in the region, as far as they are known.
type Options struct {
	// Sets are the lists to take days from; none are those on by default,
	// "statutory" and "bank". [Source.Sets] names the ones a region has.
	Sets []string
	// Predicted allows days that an announcement to come may change.
	Predicted bool
	// Workdays asks for make-up workdays.
	Workdays bool
	// HalfDays asks for half days.
	HalfDays bool
}

// ErrUnknownRegion reports a code that has no list of holidays. The error in
// hand is a [*RegionError].
var ErrUnknownRegion = errors.New("holiday: unknown region")

// A RegionError says what to ask for instead. It matches [ErrUnknownRegion].
type RegionError struct {
	Input   string
	Want    string   // what would have been accepted
	Nearest []string // regions to choose from, or none
}

func (e *RegionError) Error() string {
	s := fmt.Sprintf("%v %q: want %s %s", ErrUnknownRegion, e.Input, e.Want, strings.Join(e.Nearest, ", "))
	return strings.TrimSuffix(s, " ")
}

// Is reports whether target is [ErrUnknownRegion].
func (e *RegionError) Is(target error) bool { return target == ErrUnknownRegion }

// Region returns the holidays of a country or of a part of one, by its
// ISO 3166-1 or 3166-2 code: "FR", "DE-BY". It returns a [*RegionError] for a
// code that has no list, and a [*calendar.ParseError] for a set that the
// region does not have.
func Region(code string, opt Options) (*Source, error) {
	i, ok := find(code)
	if !ok {
		return nil, unknown(code)
	}
	l := &lists[i]
	l.once.Do(func() { l.days, l.err = regions[i].compile() })
	if l.err != nil {
		return nil, l.err
	}
	return newSource(&regions[i], l.days, opt)
}

// find returns the place of a code in regions.
func find(code string) (int, bool) {
	return sort.Find(len(regions), func(i int) int { return strings.Compare(code, regions[i].code) })
}

// lists has the days of each region, once it has been asked for.
var lists [len(regions)]struct {
	once sync.Once
	days []calendar.Day
	err  error
}

// Regions returns the codes that [Region] knows, sorted.
func Regions() []string {
	codes := make([]string, len(regions))
	for i, r := range regions {
		codes[i] = r.code
	}
	return codes
}

// unknown says which regions are nearest to code: one that is only spelled
// otherwise, else those of its country, else all.
func unknown(code string) *RegionError {
	iso := strings.ToUpper(strings.ReplaceAll(code, "_", "-"))
	country, _, divided := strings.Cut(iso, "-")
	if country == "UK" { // as many write; ISO has GB
		country = "GB"
	}
	var same []string
	for _, r := range Regions() {
		if r == iso {
			return &RegionError{code, "the code", []string{r}}
		}
		if r == country || strings.HasPrefix(r, country+"-") {
			same = append(same, r)
		}
	}
	isDivided := slices.Contains(dividedCountries[:], country)
	switch {
	case len(same) == 0 && isDivided:
		return &RegionError{code, "a subdivision of " + country + ", of which this version has none", nil}
	case len(same) == 0:
		return &RegionError{code, "one of", Regions()}
	case isDivided && !divided:
		return &RegionError{code, "one of its subdivisions", same}
	}
	return &RegionError{code, "one of", same}
}
