// Package entitlementtest has what property tests of rules need: a model of
// package rule that is slow and plainly right, and generators of small
// vocabularies, rules and points for it.
//
// A [Model] answers by definition. It reads conditions as values and numbers,
// follows exceptions one by one, and decides a point with missing facts by
// trying every completion. Where it and package rule differ, package rule is
// wrong.
//
// Generated models are built from a tape: a list of small integers, each used
// up by one choice, where 0 is the plainest choice and an exhausted tape goes
// on with 0. Let gopter generate the tape ([Tapes]) and build the model in the
// body of the property; then a failing model shrinks by itself.
//
//	properties.Property("…", prop.ForAll(func(tape []int) bool {
//		m := entitlementtest.Coverage(tape)
//		return …
//	}, entitlementtest.Tapes()))
package entitlementtest
