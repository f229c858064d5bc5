// Package calendartest has what a property test about business time needs: a
// slow model to compare with, and values near the places where clocks and
// calendars go wrong.
//
// # The model
//
// A [Reference] is built from the same [calendar.Config] as a calendar and
// answers the same questions by looking at the wall clock once a minute. It
// shares no arithmetic with the calendar: there are no spans, no tables and no
// rules about clock changes in it. It is exact for zones whose offsets and
// changes are whole minutes, which holds for every zone since 1972, and it
// looks no further than [Reach].
//
// # The values
//
// Every value is made from one plain integer by a function that accepts any
// integer: [PlaceOf], [WeekOf], [DaysOf], [OverridesOf], [InstantOf],
// [AmountOf]. Give gopter the integers ([Places], [Weeks], …) and make the
// values in the body of the property: then shrinking works, and goes towards
// zero, which is always the dullest value. A mapped generator would lose that.
//
//	prop.ForAll(func(place, week, days, overrides, at int) string {
//		p := calendartest.PlaceOf(place)
//		cfg := calendartest.Config(p, week, days, overrides)
//		t := calendartest.InstantOf(p, cfg, at)
//		…
//	}, calendartest.Places(), calendartest.Weeks(), calendartest.Dates(),
//		calendartest.Dates(), calendartest.Instants())
//
// All values lie around the date of the place: a clock change, a lost day, the
// end of a leap year.
package calendartest
