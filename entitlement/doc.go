// Package entitlement holds the nouns of a support contract: what was bought,
// for which machine, and how the unclear words of the description are read.
//
// It knows kinds, never values. Which levels, offerings, add-ons and readings
// there are is for an edition of a document to say, so they are strings here
// and are checked against the edition when a question is put. Constants name
// those of the built-in editions.
//
// What is not stated is not known, which is different from "no". The zero
// value of every type says nothing.
package entitlement
