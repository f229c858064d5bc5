package rule

// A verdict is the part of an answer that rules give: small enough to stay in
// registers on the way to its [Answer].
type verdict struct {
	state   State
	outcome Outcome
	value   int
	limits  uint64
}

func (v verdict) answer() Answer {
	return Answer{State: v.state, Exact: true, Outcome: v.outcome, Value: v.value, Limits: v.limits, Ask: -1}
}

// verdict works out what is said by the rules that speak. It is monotone: when
// fewer and more rules give one verdict, so does every number between.
func (s *Set) verdict(speak []uint64) verdict {
	if s.coverage {
		return s.coverageVerdict(speak)
	}
	first, then := -1, 0
	for w, rules := range speak {
		if rules &= s.by[Answers][w]; rules == 0 {
			continue
		}
		if first < 0 {
			first = firstOf(rules, w)
			then = s.then[first]
		}
		if rules&^s.agree[first*s.words+w] != 0 {
			return verdict{state: Conflict}
		}
	}
	if first < 0 {
		return verdict{}
	}
	return verdict{state: Settled, value: then}
}

func (s *Set) coverageVerdict(speak []uint64) verdict {
	var excluded Outcome
	var granted, maintained, announced, limited uint64
	for w, rules := range speak {
		for x := rules & s.by[Excludes][w]; x != 0; x &= x - 1 {
			excluded = max(excluded, Outcome(s.then[firstOf(x, w)]))
		}
		granted |= rules & s.by[Grants][w]
		maintained |= rules & s.by[Maintains][w]
		announced |= rules & s.by[Announces][w]
		limited |= rules & s.by[Limits][w]
	}
	switch {
	case excluded != Unspecified:
		return verdict{state: Settled, outcome: excluded}
	case granted|maintained == 0 && announced != 0:
		return verdict{state: Settled, outcome: Announced}
	case granted|maintained == 0:
		return verdict{}
	case limited != 0:
		return s.granted(Limited, speak)
	case granted != 0:
		return s.granted(Covered, speak)
	}
	return s.granted(Standard, speak)
}

// granted adds to an outcome that is a grant what is granted, and the limits.
func (s *Set) granted(o Outcome, speak []uint64) verdict {
	least, limits := 0, uint64(0)
	for w, rules := range speak {
		for x := rules & s.by[Limits][w]; x != 0; x &= x - 1 {
			limits |= 1 << s.then[firstOf(x, w)]
		}
		for x := rules & s.named[w]; x != 0; x &= x - 1 {
			if then := s.then[firstOf(x, w)]; least == 0 || then < least {
				least = then
			}
		}
	}
	return verdict{state: Settled, outcome: o, value: least, limits: limits}
}
