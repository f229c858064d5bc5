package catalog_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/supportterms/supportterms/catalog"
)

// A coverageCase is a coverage query and its answer as it was worked out from
// the document by hand. Of an answer it holds what the document decides.
type coverageCase struct {
	ID       string            `json:"id"`
	Edition  string            `json:"edition"` // that of 2025 unless it says
	Rules    []string          `json:"rules"`
	Why      string            `json:"why"`
	Contract json.RawMessage   `json:"contract"`
	Question string            `json:"question"`
	On       string            `json:"on"`
	Facts    json.RawMessage   `json:"facts"`
	Readings map[string]string `json:"readings"`
	Want     struct {
		Outcome    string
		Service    *string
		Limits     []string
		Missing    []string
		Clauses    []string
		Has        *json.Number
		Covered    *json.Number
		Shortfall  *json.Number
		Unit       string
		Amount     *json.Number
		Date       string
		ValidFrom  json.RawMessage  `json:"valid_from"`
		ValidUntil json.RawMessage  `json:"valid_until"`
		Remedies   []map[string]any `json:"remedies"`
	} `json:"want"`
}

func (c *coverageCase) line() []byte {
	q := map[string]any{"id": c.ID, "edition": c.Edition, "contract": c.Contract, "question": c.Question, "facts": c.Facts}
	if c.On != "" {
		q["on"] = c.On
	}
	if len(c.Readings) > 0 {
		q["readings"] = c.Readings
	}
	line, _ := json.Marshal(q)
	return line
}

// coverageCases returns the cases of every edition.
func coverageCases(t testing.TB) (out []coverageCase) {
	t.Helper()
	seen := map[string]bool{}
	for _, name := range coverageFiles(t) {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		lines := bufio.NewScanner(f)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			c := coverageCase{Edition: proEdition}
			if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
				t.Fatalf("%v: %s", err, lines.Text())
			}
			if seen[c.Edition+c.ID] {
				t.Fatalf("%s: %s stands twice", name, c.ID)
			}
			seen[c.Edition+c.ID] = true
			out = append(out, c)
		}
		if lines.Err() != nil {
			t.Fatal(lines.Err())
		}
	}
	return out
}

func coverageFiles(t testing.TB) []string {
	names, err := filepath.Glob("testdata/coverage*.jsonl")
	if err != nil || len(names) < 3 {
		t.Fatal(names, err)
	}
	return names
}

// differs says how an answer is not what c wants, or "".
func (c *coverageCase) differs(line []byte) string {
	var got struct {
		Outcome, Error  string
		Service         *string
		Limits, Missing []string
		Reasons         []struct {
			Clause                  string
			Has, Covered, Shortfall *json.Number
			Unit                    string
		}
		Amount     *json.Number
		Unit, Date string
		ValidFrom  json.RawMessage `json:"valid_from"`
		ValidUntil json.RawMessage `json:"valid_until"`
		Remedies   []map[string]any
	}
	if err := json.Unmarshal(line, &got); err != nil {
		return err.Error()
	}
	w := &c.Want
	var wrong []string
	fail := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	if got.Outcome != w.Outcome {
		fail("outcome %s %s, want %s", got.Outcome, got.Error, w.Outcome)
	}
	if w.Service != nil && (got.Service == nil || *got.Service != *w.Service) {
		fail("service %s, want %s", text(got.Service), *w.Service)
	}
	slices.Sort(got.Limits)
	slices.Sort(w.Limits)
	if w.Limits != nil && !slices.Equal(got.Limits, w.Limits) {
		fail("limits %v, want %v", got.Limits, w.Limits)
	}
	for _, m := range w.Missing {
		if !slices.Contains(got.Missing, m) {
			fail("missing %v, want %s too", got.Missing, m)
		}
	}
	var clauses []string
	quantity := w.Shortfall == nil
	for _, r := range got.Reasons {
		clauses = append(clauses, r.Clause)
		quantity = quantity || r.Shortfall != nil && *r.Shortfall == *w.Shortfall &&
			(w.Has == nil || r.Has != nil && *r.Has == *w.Has) && (w.Covered == nil || r.Covered != nil && *r.Covered == *w.Covered) &&
			(w.Unit == "" || w.Unit == r.Unit)
	}
	for _, cl := range w.Clauses {
		if !slices.Contains(clauses, cl) {
			fail("clauses %v, want %s too", clauses, cl)
		}
	}
	if !quantity {
		fail("no reason with shortfall %s (has %s, covered %s, unit %s)", text(w.Shortfall), text(w.Has), text(w.Covered), w.Unit)
	}
	if w.Amount != nil && (got.Amount == nil || *got.Amount != *w.Amount || w.Unit != "" && got.Unit != w.Unit) {
		fail("amount %s %s, want %s %s", text(got.Amount), got.Unit, *w.Amount, w.Unit)
	}
	if w.Date != "" && got.Date != w.Date {
		fail("date %q, want %s", got.Date, w.Date)
	}
	if w.ValidFrom != nil && string(got.ValidFrom) != string(w.ValidFrom) {
		fail("valid from %s, want %s", got.ValidFrom, w.ValidFrom)
	}
	if w.ValidUntil != nil && string(got.ValidUntil) != string(w.ValidUntil) {
		fail("valid until %s, want %s", got.ValidUntil, w.ValidUntil)
	}
	for _, r := range w.Remedies {
		if !slices.ContainsFunc(got.Remedies, func(g map[string]any) bool { return sameJSON(g, r) }) {
			fail("remedies %v, want %v too", got.Remedies, r)
		}
	}
	return strings.Join(wrong, "; ")
}

func text[T ~string](s *T) string {
	if s == nil {
		return "none"
	}
	return string(*s)
}

func sameJSON(a, b any) bool {
	x, _ := json.Marshal(a)
	y, _ := json.Marshal(b)
	return string(x) == string(y)
}

func TestCoverageCases(t *testing.T) {
	desk := catalog.NewDesk(catalog.Builtin(), nil)
	cases := coverageCases(t)
	for _, c := range cases {
		if why := c.differs(desk.AnswerLine(c.line())); why != "" {
			t.Errorf("%s %s (%s): %s\n\t%s", c.Edition, c.ID, c.Why, why, c.line())
		}
	}
}
