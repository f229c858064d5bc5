// Package slatest has what a property test about response times needs: a slow
// model of when a target falls due, and values near the places where deadlines
// go wrong.
//
// # The model
//
// [Terms] are what an edition's rules decide of one response: what the target
// is counted as, on which clock, in which hours. [Terms.Spec] makes the
// smallest policy that promises just that, and [Terms.Reference] the model of
// it. A [Reference] looks at the wall clock once a minute, by way of
// [calendartest.Reference], and counts what it sees. It shares no arithmetic
// with package sla, and it looks no further than [calendartest.Reach]: where
// it finds nothing it says so, which is no finding about sla.
//
// A [Table] has terms for every severity, of first and ongoing responses and of
// escalations, and its [Model] says where a case under it stands: it steps
// through the time of the case, and begins again at every change.
//
// # The values
//
// Every value is made from one plain integer by a function that accepts any
// integer, as in package calendartest, and zero is the dullest: [TargetOf],
// [TermsOf], [PausesOf], [EventsOf]. Give gopter the integers ([Targets],
// [AllTerms], …) and make the values in the body of the property, so that
// shrinking works.
package slatest
