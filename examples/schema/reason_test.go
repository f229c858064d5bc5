package main

import (
	"regexp"

	"github.com/supportterms/supportterms/catalog"
)

// reasons are why the loader may refuse what the schema accepts, by the path
// and the message of its problem. There are no others.
var reasons = []struct {
	name string
	says *regexp.Regexp
}{
	// A name of which another part of the file has to say what it is, and does
	// not, or says it twice, or says that it is something else.
	{"another part", regexp.MustCompile(
		`(: |" | )is (not known: |no fact|no question: |never |no rule for |no state|a value itself|of another type)|` +
			`is not in the edition|is nothing that |no rule rests on|there is a (fact|question)|stands? on line|stands twice|` +
			`of different types|declared as a fact of another type|no value of the fact|cells; want one for each|what is implied is "yes"|` +
			`add-on "[^"]*" is not known|no rule can ask for|is a word; what a rule gives|has no values for rows|` +
			`is a date; an amount|is a number; want a date|no document where|a document for what|which is no answer to a question|` +
			`asks for "[^"]*", which is no|no question to put it to|no edition of |has no rule, and|is computed from|has the (limit|service|remedy) "[^"]+"; |is the event of step|` +
			`\.(when|columns\[\d+\])\.[^: ]+: (.* want a mapping|.* want a word|.*cannot read date|.*want a number)|` +
			`^tables\.[^: ]+\.rows\.[^: ]+: .*(cannot read date|want a date|want a number|to YAML)`)},
	// Two things of which only the order or the size is wrong.
	{"comparison", regexp.MustCompile(`comes after|is not after|want a date after since|nothing is within these bounds|is not reached from|` +
		`is an end, and|is no end, and|is never open|differ in length`)},
	// What rules say together.
	{"rules together", regexp.MustCompile(`can both speak|no rule tells|is an exception|too entangled`)},
	// How something is written, which is gone once it is read.
	{"writing", regexp.MustCompile(`to YAML; |a second document|repeats line|anchor &|alias \*|merge key|: tag !|at most three decimals|a key is plain text`)},
}

// reason returns which of the reasons a problem is of, or "".
func reason(p *catalog.Problem) string {
	for _, r := range reasons {
		if r.says.MatchString(p.Path + ": " + p.Message) {
			return r.name
		}
	}
	return ""
}
