package ics_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/supportterms/supportterms/calendar/holiday/ics"
)

func BenchmarkRead(b *testing.B) {
	for _, bb := range []struct{ name, event string }{
		{"dates", "DTSTART;VALUE=DATE:20261224|DTEND;VALUE=DATE:20261225|SUMMARY:Christmas Eve"},
		{"rules", "DTSTART;VALUE=DATE:20101125|RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH|SUMMARY:Thanksgiving"},
	} {
		text := file(slices.Repeat([]string{bb.event}, 100)...)
		b.Run(bb.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := ics.Read(strings.NewReader(text), ics.Options{Through: on(2035, 12, 31)}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(100*b.N), "ns/event")
		})
	}
}
