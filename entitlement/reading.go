package entitlement

// A Reading is a place in a document that can be understood in more than one
// way. Its values are the ways; a rule may rest on one of them as on any fact.
type Reading struct {
	Key     string
	Clauses []string
	Asks    string // what the text leaves open
	Because string // why the default is the default
	Default string
	Values  []ReadingValue
	// Alias is the key that another edition has for the same question; its
	// values are accepted too, one for one.
	Alias string
}

// A ReadingValue is one way to understand a text.
type ReadingValue struct {
	Name  string
	Means string
	Alias string // the value of the aliased key
	// Needs is a fact without which the value gives no answer, or "".
	Needs string
	// Level is the only support level the text defines the value for, or "".
	Level string
}

// Value returns the number of a value by its name, or its alias's name.
func (r Reading) Value(name string) (int, bool) {
	for i, v := range r.Values {
		if name != "" && (v.Name == name || r.Alias != "" && v.Alias == name) {
			return i, true
		}
	}
	return 0, false
}
