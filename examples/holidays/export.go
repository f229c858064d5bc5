package main

import (
	"encoding/csv"
	"io"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/calendar/holiday"
	"github.com/supportterms/supportterms/calendar/holiday/ics"
)

func writeCSV(w io.Writer, days []calendar.Day) error {
	out := csv.NewWriter(w)
	rows := [][]string{{"date", "kind", "name", "set", "status", "source"}}
	for _, d := range days {
		rows = append(rows, []string{d.Date.String(), d.Kind.String(), d.Name, d.Set, d.Status.String(), d.Source})
	}
	return out.WriteAll(rows)
}

// writeICS writes a calendar that is as old as the data, so that it is the same
// whenever it is made.
func writeICS(w io.Writer, s *holiday.Source, days []calendar.Day) error {
	stamp, err := calendar.ParseDate(holiday.Version())
	if err != nil {
		return err
	}
	return ics.Write(w, s.Region()+": "+s.Description(), stamp, days)
}
