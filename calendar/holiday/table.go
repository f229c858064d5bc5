package holiday

import (
	"bytes"
	"embed"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/supportterms/supportterms/calendar"
)

//go:embed data
var data embed.FS

// columns are those of a table. Lines that begin with # are comments.
//
//	action     add or remove; remove takes every day off that date
//	regions    codes, with spaces between
//	when       2022-09-19, or each year 08-15, easter, easter+49, easter-2,
//	           mon>=02-15 (the first Monday from then on), mon<=05-24 (the
//	           last until then); behind any of them, for a day that counts on
//	           some weekdays only, by how many days each of them moves it:
//	           01-01 sat+2 sun+1, 12-26 mon+0
//	years      of the yearly forms, both inclusive: 2017..2018, 2023.., ..
//	name, kind, set, open (hours of a half day), publisher
//	source     what the publisher says it in
//	published  the date it was published on, where known
const columns = "action,regions,when,years,name,kind,set,open,publisher,source,published"

// A row adds a day to some regions, or removes one.
type row struct {
	line        int
	add         bool
	regions     []string
	date        calendar.Date // the day; without a year the day of each year
	easter      bool          // the day is offset days after Easter instead
	offset      int
	toward      int // 1 or -1: on to the next weekday, or back to the last
	weekday     time.Weekday
	moves       map[time.Weekday]int // nil leaves the day where it is
	first, last int                  // years; a zero last is open
	day         calendar.Day         // without its date and status
}

// on returns the date of r in a year, and false if it has none. Moved to
// another weekday it may lie in the year before or after. The caller holds
// calMu.
func (r *row) on(year int) (calendar.Date, bool) {
	date := calendar.Date{Year: year, Month: r.date.Month, Day: r.date.Day}
	switch {
	case r.date.Year != 0 && r.date.Year != year:
		return calendar.Date{}, false
	case r.date.Year == 0 && (year < r.first || r.last != 0 && year > r.last):
		return calendar.Date{}, false
	case r.easter:
		date = easter(year, r.offset)
	case date != date.AddDays(0): // no 29 February in most years
		return calendar.Date{}, false
	}
	for r.toward != 0 && date.Weekday() != r.weekday {
		date = date.AddDays(r.toward)
	}
	if r.moves == nil {
		return date, true
	}
	n, ok := r.moves[date.Weekday()]
	return date.AddDays(n), ok
}

// readTable reads what the table of a country says of a region, if there is
// one. A row stands on a line, and lines that do not name the region are
// blanked before the reader sees them: most are of its neighbours.
func readTable(country, code string) ([]row, error) {
	name := "data/" + country + ".csv"
	text, err := data.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	kept := make([]byte, 0, len(text))
	for line := range bytes.Lines(text) {
		if bytes.HasPrefix(line, []byte(columns)) || line[0] != '#' && bytes.Contains(line, []byte(code)) {
			kept = append(kept, line...)
		} else {
			kept = append(kept, '\n')
		}
	}
	rows, err := readRows(bytes.NewReader(kept))
	if err != nil {
		return nil, fmt.Errorf("holiday: %s: %w", name, err)
	}
	return rows, nil
}

// readRows reads a table and reports everything that is wrong in it.
func readRows(from io.Reader) ([]row, error) {
	r := csv.NewReader(from)
	r.Comment, r.ReuseRecord = '#', true
	head, err := r.Read()
	if err != nil || strings.Join(head, ",") != columns {
		return nil, &calendar.ParseError{What: "table head", Input: strings.Join(head, ","), Want: columns}
	}
	width := len(head)
	var rows []row
	var wrong []error
	for {
		field, err := r.Read()
		if err == io.EOF {
			return rows, errors.Join(wrong...)
		}
		var form *csv.ParseError
		if errors.As(err, &form) { // of this row; the next can be read
			want := "a field quoted whole, and two quotes for one in it"
			if form.Err == csv.ErrFieldCount {
				want = fmt.Sprintf("%d, as the head has", width)
			}
			wrong = append(wrong, &RowError{form.StartLine, fmt.Errorf("%w: want %s", form.Err, want)})
			continue
		}
		if err != nil {
			return nil, errors.Join(append(wrong, err)...)
		}
		row, err := parseRow(field)
		row.line, _ = r.FieldPos(0)
		if err != nil {
			wrong = append(wrong, &RowError{row.line, err})
		}
		rows = append(rows, row)
	}
}

// A RowError is a row of a table that cannot be read.
type RowError struct {
	Line int // from 1
	Err  error
}

func (e *RowError) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Err) }

func (e *RowError) Unwrap() error { return e.Err }

func parseRow(field []string) (r row, err error) {
	action, when, years, kind, open := field[0], field[2], field[3], field[5], field[7]
	fail := func(what, input, want string) (row, error) {
		return row{}, &calendar.ParseError{What: what, Input: input, Want: want}
	}
	r.add = action == "add"
	if !r.add && action != "remove" {
		return fail("action", action, "add or remove")
	}
	r.regions = strings.Fields(field[1])
	for _, code := range r.regions {
		if _, ok := find(code); !ok {
			return row{}, unknown(code)
		}
	}
	if len(r.regions) == 0 {
		return fail("regions", field[1], "codes of regions")
	}
	if !r.parseWhen(when) {
		return fail("when", when, "2022-09-19, 08-15, easter, easter+49 or mon>=02-15, and behind it sat+2 and the like")
	}
	if !r.parseYears(years) {
		return fail("years", years, "2017..2018, 2023.. or .. where the day is of each year, else nothing")
	}
	r.day = calendar.Day{Name: field[4], Set: field[6], Source: field[8]}
	if r.day.Name == "" || r.day.Source == "" || r.add == (r.day.Set == "") {
		return fail("row", strings.Join(field, ","), "a name, a publisher and, to add a day, its set")
	}
	if published := field[10]; published != "" {
		if _, err := calendar.ParseDate(published); err != nil {
			return row{}, err
		}
	}
	if !r.add {
		return r, nil
	}
	if r.day.Kind, err = calendar.ParseDayKind(kind); err != nil {
		return row{}, err
	}
	if (open != "") != (r.day.Kind == calendar.HalfDay) {
		return fail("open", open, "hours, on half days only")
	}
	if open != "" {
		r.day.Open, err = calendar.ParseWindow(open)
	}
	return r, err
}

func (r *row) parseWhen(s string) (ok bool) {
	s, moves, moved := strings.Cut(s, " ")
	if moved {
		r.moves = map[time.Weekday]int{}
		for _, move := range strings.Split(moves, " ") {
			day, n, ok := parseMove(move)
			if _, twice := r.moves[day]; !ok || twice {
				return false
			}
			r.moves[day] = n
		}
	}
	var err error
	if after, found := strings.CutPrefix(s, "easter"); found {
		r.easter = true
		if after != "" {
			r.offset, ok = parseOffset(after)
		}
		return after == "" || ok
	}
	if day, date, found := strings.Cut(s, "="); found {
		r.toward = map[string]int{">": 1, "<": -1}[day[max(0, len(day)-1):]]
		r.weekday, ok = parseWeekday(strings.TrimRight(day, "<>"))
		if !ok || r.toward == 0 {
			return false
		}
		s = date
	}
	if r.date, err = calendar.ParseDate(s); err == nil {
		return true
	}
	t, err := time.Parse(time.DateOnly, "2000-"+s)
	r.date = calendar.Date{Month: t.Month(), Day: t.Day()}
	return err == nil
}

// parseMove reads a weekday and a number of days, as in sun+1.
func parseMove(s string) (day time.Weekday, n int, ok bool) {
	i := strings.IndexAny(s, "+-")
	if i < 0 {
		return 0, 0, false
	}
	day, isDay := parseWeekday(s[:i])
	n, ok = parseOffset(s[i:])
	return day, n, ok && isDay
}

func parseWeekday(s string) (time.Weekday, bool) {
	i := slices.Index([]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}, s)
	return time.Weekday(i), i >= 0
}

// parseOffset reads a number of days with its sign.
func parseOffset(s string) (n int, ok bool) {
	n, err := strconv.Atoi(s)
	return n, err == nil && -100 <= n && n <= 100 && (s[0] == '+' || s[0] == '-')
}

func (r *row) parseYears(s string) (ok bool) {
	if r.date.Year != 0 {
		return s == ""
	}
	first, last, ok := strings.Cut(s, "..")
	for _, end := range []struct {
		s    string
		year *int
	}{{first, &r.first}, {last, &r.last}} {
		if end.s == "" {
			continue
		}
		var err error
		if *end.year, err = strconv.Atoi(end.s); err != nil || *end.year < 1 || *end.year > 9999 {
			return false
		}
	}
	return ok && (r.last == 0 || r.first <= r.last)
}
