package holiday

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/supportterms/supportterms/calendar"
)

// maxTable is how long a table of a caller may be, in bytes.
const maxTable = 1 << 20

// ReadCSV reads an overlay for a region from a table in the form of those in
// this package. name is that of the file, for errors. The first line is
//
//	action,regions,when,years,name,kind,set,open,publisher,source,published
//
// and each line after it, but for comments that begin with #, adds a day or
// removes every day of a date:
//
//	add,GB-SCT,2027-06-14,,Extra holiday,holiday,bank,,GOV.UK,,
//	add,GB-SCT GB-ENG,12-24,2026..,Christmas Eve,half-day,company,00:00-13:00,Our own,,
//	remove,GB-SCT,easter+1,2026..2028,Easter Monday,,,,Our own,,
//
// The date is one of the calendar or, within the years given, one of each year:
// 12-24, easter+1, mon>=05-25 (the first Monday from then on), mon<=05-31 (the
// last until then), and any of these with what some weekdays move it by: 12-26
// sat+2 sun+1. The kind is holiday, substitute, half-day (with the hours kept)
// or workday. A day of a set counts as it stands here, whatever sets the source
// was asked for. Dates of each year are taken as far as the source is known.
//
// It reports each row that cannot be read as a [*RowError], all of them
// together, and a table without a row for the region.
func ReadCSV(name string, r io.Reader, s *Source) (Overlay, error) {
	o, err := readOverlay(r, s)
	if err != nil {
		return Overlay{}, fmt.Errorf("holiday: %s: %w", name, err)
	}
	return o, nil
}

func readOverlay(r io.Reader, s *Source) (o Overlay, err error) {
	limited := &io.LimitedReader{R: r, N: maxTable + 1}
	text := bufio.NewReader(limited)
	if mark, _ := text.Peek(3); string(mark) == "\ufeff" {
		text.Discard(3)
	}
	rows, err := readRows(text)
	if limited.N == 0 {
		return o, fmt.Errorf("table of more than %d bytes: want it in several", maxTable)
	}
	if err != nil {
		return o, err
	}
	calMu.Lock()
	defer calMu.Unlock()
	var others []string
	cover := s.Coverage()
	for _, row := range rows {
		if !slices.Contains(row.regions, s.Region()) {
			others = append(others, row.regions...)
			continue
		}
		first, last := cover.From.Year-1, cover.Through().Year+1
		if row.date.Year != 0 { // also out of the coverage, for Apply to refuse
			first, last = row.date.Year, row.date.Year
		}
		n := len(o.Add) + len(o.Remove)
		for year := first; year <= last; year++ {
			date, ok := row.on(year)
			_, known := cover.Status(date)
			switch {
			case !ok || !known && row.date.Year == 0:
			case row.add:
				row.day.Date = date
				o.Add = append(o.Add, row.day)
			default:
				o.Remove = append(o.Remove, date)
			}
		}
		if len(o.Add)+len(o.Remove) == n {
			err = errors.Join(err, &RowError{row.line, &calendar.ParseError{What: "row", Input: row.day.Name,
				Want: fmt.Sprintf("a date that comes in the years %v to %v", cover.From.Year, cover.Through().Year)}})
		}
	}
	if len(o.Add)+len(o.Remove) == 0 && err == nil {
		slices.Sort(others)
		err = &calendar.ParseError{What: "table", Input: strings.Join(slices.Compact(others), " "), Want: "rows for " + s.Region()}
	}
	return o, err
}
