package catalog_test

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/supportterms/supportterms/catalog"
)

// testdata/cells.csv has a row for every printed cell of every response table,
// with a worked instant, and rows for the readings. It was worked out from the
// documents by a program of its own that steps through the minutes, not by
// this module.

func readCells(t testing.TB) []map[string]string {
	f, err := os.Open("testdata/cells.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, row := range rows[1:] {
		m := map[string]string{}
		for i, cell := range row {
			m[rows[0][i]] = cell
		}
		out = append(out, m)
	}
	return out
}

// cellQuery writes a row as a query.
func cellQuery(t testing.TB, row map[string]string) []byte {
	split := func(s string) []string {
		if s == "" {
			return []string{}
		}
		return strings.Split(s, ";")
	}
	q := map[string]any{"id": row["id"], "edition": row["edition"], "metric": row["metric"], row["form"]: row["at"]}
	contract := map[string]any{}
	for _, key := range []string{"level", "offering"} {
		if row[key] != "" {
			contract[key] = row[key]
		}
	}
	if row["addons"] != "" {
		contract["addons"] = split(row["addons"])
	}
	q["contract"] = contract
	if row["release_phase"] != "" {
		q["release"] = map[string]any{"phase": row["release_phase"]}
	}
	if n, err := strconv.Atoi(row["severity"]); err == nil {
		q["severity"] = n
	}
	readings := map[string]string{}
	for _, r := range split(row["readings"]) {
		key, value, _ := strings.Cut(r, "=")
		readings[key] = value
	}
	q["readings"] = readings
	for _, p := range [][2]string{{"place", "zone"}, {"headquarters", "headquarters_zone"}, {"portal", "portal_zone"}, {"provider", "provider_zone"}} {
		if row[p[1]] == "" {
			continue
		}
		place := map[string]any{"zone": row[p[1]], "holidays": split(row["holidays"])}
		if p[0] == "place" && row["place_weekend"] != "" {
			place["weekend"] = split(row["place_weekend"])
		}
		q[p[0]] = place
	}
	line, err := json.Marshal(q)
	if err != nil {
		t.Fatal(err)
	}
	return line
}

func TestCells(t *testing.T) {
	desk := catalog.NewDesk(catalog.Builtin(), nil)
	seen := map[string]bool{}
	for _, row := range readCells(t) {
		t.Run(row["id"], func(t *testing.T) {
			line := cellQuery(t, row)
			var got struct {
				Status, Error, Clock, Target string
				Due                          time.Time
				Clauses                      []string
				Ledger                       []struct {
					From, To time.Time
					Seconds  float64
				}
			}
			if err := json.Unmarshal(desk.AnswerLine(line), &got); err != nil {
				t.Fatal(err)
			}
			if got.Status != row["status"] {
				t.Fatalf("status %q %s, want %q\n%s\n%s", got.Status, got.Error, row["status"], row["why"], line)
			}
			if got.Clock != row["clock"] || got.Target != row["target"] {
				t.Errorf("%s on clock %s, want %s on %s\n%s", got.Target, got.Clock, row["target"], row["clock"], line)
			}
			if row["due"] == "" {
				if !got.Due.IsZero() {
					t.Errorf("due %v, want none", got.Due)
				}
				return
			}
			want, err := time.Parse(time.RFC3339, row["due"])
			if err != nil {
				t.Fatal(err)
			}
			if !got.Due.Equal(want) {
				t.Errorf("due %v, want %v\n%s\n%s", got.Due, want, row["why"], line)
			}
			at, _ := time.Parse(time.RFC3339, row["at"])
			for _, e := range got.Ledger {
				if !e.From.Equal(at) {
					t.Errorf("ledger has %v to %v after %v", e.From, e.To, at)
				}
				at = e.To
			}
			if !at.Equal(want) {
				t.Errorf("ledger ends at %v", at)
			}
		})
		seen[row["edition"]] = true
	}
	if ids := catalog.Builtin().Editions(); len(seen) != len(ids) || slices.ContainsFunc(ids, func(id string) bool { return !seen[id] }) {
		t.Errorf("rows of %v, want some of each of %v", seen, ids)
	}
}
