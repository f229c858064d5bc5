package catalog

import "strings"

// readTerms reads the glossary of a document's own words.
func (r *reader) readTerms(f field) {
	for _, f := range r.fields(f.value, f.path) {
		m := r.record(f.value, f.path, []string{"means", "clauses"}, nil)
		t := Term{Printed: f.key, Means: r.text(m.get("means"))}
		for _, c := range r.items(m.get("clauses")) {
			t.Clauses = append(t.Clauses, r.cite(c))
		}
		r.edition.Terms = append(r.edition.Terms, t)
	}
}

// wordsDigits is how many digits of a SHA-256 stand for the words of a clause.
const wordsDigits = 16

// readWords reads by which words of the copy each clause is known.
func (r *reader) readWords(f field) {
	fields := r.fields(f.value, f.path)
	if len(fields) == 0 {
		return
	}
	places := make(map[string]int, len(r.edition.Clauses))
	var numbers []string
	for i, c := range r.edition.Clauses {
		places[c.Number] = i
		numbers = append(numbers, c.Number)
	}
	for _, f := range fields {
		s, ok := r.scalar(f, "16 hexadecimal digits", "!!str")
		i, known := places[f.key]
		switch {
		case !known:
			r.fail(f.name, f.path, "clause %q is not in the edition: %s", f.key, wanted(f.key, numbers))
		case ok && (len(s) != wordsDigits || strings.Trim(s, "0123456789abcdef") != ""):
			r.fail(f.value, f.path, "%q; want 16 hexadecimal digits, the first of the SHA-256 of the clause's words", s)
		case ok:
			r.edition.Clauses[i].Words = s
		}
	}
}
