package main

import (
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/calendar/holiday"
)

// table writes days for people.
func table(b *strings.Builder, s *holiday.Source, version string, days []calendar.Day) {
	fmt.Fprintf(b, "%s: %s\nknown: %s\ndata: %s\n\n", s.Region(), s.Description(), known(s), version)
	w := columns(b)
	fmt.Fprintln(w, "date\tday\tkind\tname\tset\tstatus\tsource")
	for _, d := range days {
		fmt.Fprintf(w, "%v\t%.3s\t%s\t%s\t%s\t%v\t%s\n", d.Date, d.Date.Weekday(), kind(d), d.Name, d.Set, d.Status, d.Source)
	}
	w.Flush()
	trim(b)
}

// sideBySide writes the days of two regions by date.
func sideBySide(b *strings.Builder, s, t *holiday.Source, version string, days, others []calendar.Day) {
	for _, r := range []*holiday.Source{s, t} {
		fmt.Fprintf(b, "%s: %s\nknown: %s\n", r.Region(), r.Description(), known(r))
	}
	fmt.Fprintf(b, "data: %s\n\n", version)
	w := columns(b)
	fmt.Fprintf(w, "date\tday\t%s\t%s\n", s.Region(), t.Region())
	cell := func(days []calendar.Day, i int, date calendar.Date) string {
		if i >= len(days) || days[i].Date != date {
			return ""
		}
		d := days[i]
		return fmt.Sprintf("%s (%s, %s, %v)", d.Name, kind(d), d.Set, d.Status)
	}
	for i, k := 0, 0; i < len(days) || k < len(others); {
		var date calendar.Date
		if k == len(others) || i < len(days) && !days[i].Date.After(others[k].Date) {
			date = days[i].Date
		} else {
			date = others[k].Date
		}
		left, right := cell(days, i, date), cell(others, k, date)
		fmt.Fprintf(w, "%v\t%.3s\t%s\t%s\n", date, date.Weekday(), left, right)
		if left != "" {
			i++
		}
		if right != "" {
			k++
		}
	}
	w.Flush()
	trim(b)
}

// list writes the regions.
func list(b *strings.Builder) error {
	for _, code := range holiday.Regions() {
		s, err := holiday.Region(code, holiday.Options{Predicted: true})
		if err != nil {
			return err
		}
		fmt.Fprintf(b, "%s: %s\n  sets: %s\n  known: %s\n", code, s.Description(), strings.Join(s.Sets(), ", "), known(s))
	}
	return nil
}

// kind is the kind of a day, with the hours kept on half of one.
func kind(d calendar.Day) string {
	if d.Kind == calendar.HalfDay {
		return fmt.Sprintf("%v %v", d.Kind, d.Open)
	}
	return d.Kind.String()
}

// known says how far a region is known, and how surely.
func known(s *holiday.Source) string {
	c := s.Coverage()
	out := fmt.Sprintf("from %v", c.From)
	for _, run := range []struct {
		status  calendar.Status
		through calendar.Date
	}{{calendar.Official, c.OfficialThrough}, {calendar.Statutory, c.StatutoryThrough}, {calendar.Predicted, c.PredictedThrough}} {
		if !run.through.IsZero() {
			out += fmt.Sprintf(", %v through %v", run.status, run.through)
		}
	}
	return out
}

func columns(b *strings.Builder) *tabwriter.Writer { return tabwriter.NewWriter(b, 0, 0, 2, ' ', 0) }

// trim takes away the spaces that padding leaves at the ends of lines.
func trim(b *strings.Builder) {
	lines := slices.Collect(strings.Lines(b.String()))
	b.Reset()
	for _, line := range lines {
		b.WriteString(strings.TrimRight(line, " \n") + "\n")
	}
}
