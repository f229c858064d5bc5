package holiday

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

func FuzzRegion(f *testing.F) {
	for _, code := range []string{"FR", "DE", "DE-BY", "de_by", "GB-SCT", "UK", "", "-", "\xff", "Ⅷ-ß"} {
		f.Add(code, "statutory")
	}
	f.Fuzz(func(t *testing.T, code, set string) {
		s, err := Region(code, Options{})
		if known := slices.Contains(Regions(), code); known != (err == nil) || known != (s != nil) {
			t.Fatalf("%q: %v, %v", code, s, err)
		}
		if err != nil && (!errors.Is(err, ErrUnknownRegion) || !strings.Contains(err.Error(), "want")) {
			t.Fatalf("%q: %v", code, err)
		}
		if s, err := Region("DE-BY", Options{Sets: []string{set}}); (err == nil) != slices.Contains([]string{"statutory", "local:friedensfest", "local:mariae-himmelfahrt"}, set) {
			t.Fatalf("set %q: %v, %v", set, s, err)
		}
	})
}

func FuzzReadRows(f *testing.F) {
	for _, name := range []string{"AU", "CA", "DE", "GB", "NO", "PL"} {
		b, err := data.ReadFile("data/" + name + ".csv")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(b[:min(len(b), 1500)]))
	}
	f.Fuzz(func(t *testing.T, s string) {
		rows, err := readRows(strings.NewReader(s))
		if err != nil {
			return
		}
		calMu.Lock()
		defer calMu.Unlock()
		for _, r := range rows {
			for year := 2016; year <= 2020; year++ {
				if date, ok := r.on(year); ok && (date != date.AddDays(0) || max(date.Year-year, year-date.Year) > 1) {
					t.Fatalf("%+v in %d is %v", r, year, date)
				}
			}
		}
	})
}
