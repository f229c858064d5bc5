package holiday

import (
	"testing"

	"github.com/supportterms/supportterms/calendar"
)

// BenchmarkRegionYear is the first use of a region, by the year.
func BenchmarkRegionYear(b *testing.B) {
	for _, code := range []string{"FR", "GB-ENG", "JP"} {
		var r *region
		for i := range regions {
			if regions[i].code == code {
				r = &regions[i]
			}
		}
		b.Run(code, func(b *testing.B) {
			for b.Loop() {
				if _, err := r.compile(); err != nil {
					b.Fatal(err)
				}
			}
			years := r.statutory - r.from + 1
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*years), "ns/year")
		})
	}
}

func BenchmarkRegion(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Region("JP", Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

var sink calendar.Day

func BenchmarkLookup(b *testing.B) {
	s, err := Region("JP", Options{})
	if err != nil {
		b.Fatal(err)
	}
	for _, bb := range []struct {
		name string
		date calendar.Date
	}{
		{"holiday", calendar.Date{Year: 2026, Month: 5, Day: 6}},
		{"ordinary", calendar.Date{Year: 2026, Month: 5, Day: 7}},
	} {
		b.Run(bb.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				sink, _ = s.Lookup(bb.date)
			}
		})
	}
}
