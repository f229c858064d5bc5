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

func FuzzReadCSV(f *testing.F) {
	f.Add(columns + "\nadd,GB-ENG,2027-06-14,,Day,holiday,own,,Us,,\n")
	f.Add(columns + "\n# own\nadd,FR GB-ENG,12-24,2026..,\"Eve, half\",half-day,own,00:00-13:00,Us,,2026-01-01\n")
	f.Add("\ufeff" + columns + "\r\nremove,GB-ENG,easter+1,..2027,Monday,,,,Us,,\r\nadd,GB-ENG,mon>=06-01 mon+9,..,Day,workday,own,,Us,,")
	f.Add(columns + "\nadd,GB-ENG\nadd,GB-ENG,01-01 sat+2 sun+1,..,\"a\"b,substitute,own,,Us,,\n\"")
	f.Add(columns + "\nadd,GB-ENG,9999-12-31 fri+1,,Day,holiday,own,,Us,,\n")
	base, err := Region("GB-ENG", Options{})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		o, err := ReadCSV("own.csv", strings.NewReader(s), base)
		if err != nil {
			if !strings.Contains(err.Error(), "want") || o.Add != nil || o.Remove != nil {
				t.Fatalf("%+v, %v", o, err)
			}
			return
		}
		h, err := o.Apply(base)
		var one *OverlayError
		if (h == nil) != (err != nil) || err != nil && (!errors.As(err, &one) || one.Want == "") {
			t.Fatalf("%v, %v", h, err)
		}
	})
}
