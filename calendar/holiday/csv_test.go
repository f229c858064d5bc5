package holiday_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/leanovate/gopter/prop"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/calendar/holiday"
)

const csvHead = "action,regions,when,years,name,kind,set,open,publisher,source,published\n"

func TestReadCSV(t *testing.T) {
	base := region(t, "GB-ENG", holiday.Options{})
	day := func(y, m, d int, name string, kind calendar.DayKind, open calendar.Window) calendar.Day {
		return calendar.Day{Date: on(y, m, d), Name: name, Kind: kind, Open: open, Set: "own", Source: "Us"}
	}
	morning := calendar.Window{Close: 13 * 60}
	for _, tt := range []struct {
		rows, why string
		want      holiday.Overlay
	}{
		{"add,GB-ENG,2027-06-14,,Day,holiday,own,,Us,,", "one date", holiday.Overlay{Add: []calendar.Day{day(2027, 6, 14, "Day", calendar.Holiday, calendar.Window{})}}},
		{"add,FR GB-ENG,2027-06-14,,Day,substitute,own,,Us,,", "of two regions", holiday.Overlay{Add: []calendar.Day{day(2027, 6, 14, "Day", calendar.Substitute, calendar.Window{})}}},
		{"# 2026\nadd,GB-ENG,12-24,2034..,\"Eve, half\",half-day,own,00:00-13:00,Us,,", "half a day of each year, as far as it is known", holiday.Overlay{Add: []calendar.Day{
			day(2034, 12, 24, "Eve, half", calendar.HalfDay, morning), day(2035, 12, 24, "Eve, half", calendar.HalfDay, morning)}}},
		{"add,GB-ENG,2027-06-12,,Stock,workday,own,,Us,,\r", "a Saturday to be worked", holiday.Overlay{Add: []calendar.Day{day(2027, 6, 12, "Stock", calendar.Workday, calendar.Window{})}}},
		{"remove,GB-ENG,easter+1,2026..2027,Easter Monday,,,,Us,,", "removed", holiday.Overlay{Remove: []calendar.Date{on(2026, 4, 6), on(2027, 3, 29)}}},
		{"add,FR,2027-06-14,,Day,holiday,own,,Us,,\nremove,GB-ENG,2026-04-06,,Day,,,,Us,,", "only its own rows", holiday.Overlay{Remove: []calendar.Date{on(2026, 4, 6)}}},
		{"add,GB-ENG,2040-01-01,,Day,holiday,own,,Us,,", "a date that is not known is left for Apply to refuse", holiday.Overlay{Add: []calendar.Day{day(2040, 1, 1, "Day", calendar.Holiday, calendar.Window{})}}},
	} {
		for _, mark := range []string{"", "\ufeff"} {
			got, err := holiday.ReadCSV("own.csv", strings.NewReader(mark+csvHead+tt.rows+"\n"), base)
			if diff := cmp.Diff(tt.want, got); err != nil || diff != "" {
				t.Errorf("%s: %v (-want +got):\n%s", tt.why, err, diff)
			}
		}
	}
}

func TestReadCSVRefuses(t *testing.T) {
	base := region(t, "GB-ENG", holiday.Options{})
	for _, tt := range []struct {
		text, want string
	}{
		{"", `holiday: own.csv: cannot read table head "": want action,regions,when`},
		{"date,kind,name\n", `cannot read table head "date,kind,name": want action,`},
		{csvHead, `cannot read table "": want rows for GB-ENG`},
		{csvHead + "add,GB-SCT FR,2027-06-14,,Day,holiday,own,,Us,,\n", `cannot read table "FR GB-SCT": want rows for GB-ENG`},
		{csvHead + "add,GB-ENG,02-29,2027,Day,holiday,own,,Us,,\n", `line 2: cannot read years "2027": want 2017..2018`},
		{csvHead + "add,GB-ENG,02-29,2029..2031,Day,holiday,own,,Us,,\n", `line 2: cannot read row "Day": want a date that comes in the years 2017 to 2035`},
		{csvHead + "add,GB-ENG,01-01,2036..,Day,holiday,own,,Us,,\n", "want a date that comes"},
		{csvHead + strings.Repeat("# too long\n", 100_000), "table of more than 1048576 bytes"},
	} {
		o, err := holiday.ReadCSV("own.csv", strings.NewReader(tt.text), base)
		if err == nil || o.Add != nil || o.Remove != nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%.80q: %+v, %v, want %s", tt.text, o, err, tt.want)
		}
	}
	if _, err := holiday.ReadCSV("own.csv", iotest.TimeoutReader(iotest.OneByteReader(strings.NewReader(csvHead))), base); err == nil {
		t.Error("a file that cannot be read")
	}
}

func TestReadCSVReportsEverything(t *testing.T) {
	_, err := holiday.ReadCSV("own.csv", strings.NewReader(csvHead+`add,GB-ENG,2027-06-14,,Day,feast,own,,Us,,
add,GB-ENG,2027-06-14
# fine
add,GB-ENG,2027-06-15,,Day,holiday,own,,Us,,
add,GB-ENG,2027-06-16,,A "day",holiday,own,,Us,,
add,GB-ENG,2027-06-17,,Day,half-day,own,,Us,,
`), region(t, "GB-ENG", holiday.Options{}))
	want := `holiday: own.csv: line 2: cannot read day kind "feast": want holiday, substitute, half-day or workday
line 3: wrong number of fields: want 11, as the head has
line 6: bare " in non-quoted-field: want a field quoted whole, and two quotes for one in it
line 7: cannot read open "": want hours, on half days only`
	if diff := cmp.Diff(want, fmt.Sprint(err)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	var one *holiday.RowError
	if !errors.As(err, &one) || one.Line != 2 {
		t.Errorf("the first in hand is %+v", one)
	}
}

func TestOverlayKinds(t *testing.T) {
	base := region(t, "GB-ENG", holiday.Options{})
	read := func(rows string) holiday.Overlay {
		o, err := holiday.ReadCSV("own.csv", strings.NewReader(csvHead+rows), base)
		if err != nil {
			t.Fatal(err)
		}
		return o
	}
	for _, tt := range []struct{ rows, want, why string }{
		{"add,GB-ENG,2026-12-24,,Eve,half-day,own,00:00-13:00,Us,,\n", "", "half a day"},
		{"add,GB-ENG,2026-12-25,,Day,half-day,own,00:00-13:00,Us,,\n", "", "half a day of a day off is off"},
		{"add,GB-ENG,2026-12-19,,Day,workday,own,,Us,,\n", "", "a Saturday worked"},
		{"add,GB-ENG,2026-12-25,,Day,workday,own,,Us,,\n", "adds 2026-12-25: want a date without a day off, to be worked", "a holiday worked"},
		{"add,GB-ENG,2026-12-19,,Day,workday,own,,Us,,\nadd,GB-ENG,2026-12-19,,Day,holiday,own,,Us,,\n", "want a date without a day off", "worked and off"},
		{"add,GB-ENG,2026-12-25,,Day,holiday,own,,Us,,\nremove,GB-ENG,2026-12-25,,Day,,,,Us,,\n", "adds 2026-12-25: want a date that it does not also remove", "added and removed"},
		{"remove,GB-ENG,2026-12-24,,Day,,,,Us,,\n", "removes 2026-12-24: want a date that has a holiday", "nothing to remove"},
		{"add,GB-ENG,2040-01-01,,Day,holiday,own,,Us,,\n", "want a date from 2017-01-01 through 2035-12-31", "beyond the coverage"},
	} {
		got, err := read(tt.rows).Apply(base)
		if (tt.want == "") != (err == nil) || err != nil && (got != nil || !strings.Contains(err.Error(), tt.want)) {
			t.Errorf("%s: %v, want %q", tt.why, err, tt.want)
		}
	}
	for _, tt := range []struct {
		day  calendar.Day
		want string
	}{
		{calendar.Day{Date: on(2026, 6, 15), Kind: 9}, "a kind of day that there is"},
		{calendar.Day{Date: on(2026, 6, 15), Open: calendar.Window{Close: 60}}, "hours on half days only"},
		{calendar.Day{Date: on(2026, 6, 15), Kind: calendar.HalfDay, Open: calendar.Window{Open: -60, Close: 60}}, "the hours kept"},
		{calendar.Day{Date: on(2026, 6, 15), Kind: calendar.HalfDay, Open: calendar.Window{Close: 3000}}, "the hours kept"},
	} {
		if _, err := (holiday.Overlay{Add: []calendar.Day{tt.day}}).Apply(base); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%+v: %v, want %s", tt.day, err, tt.want)
		}
	}
}

// A half day cuts the hours of its date short, and a day worked has those of
// the first weekday that has any.
func TestOverlayReachesTheCalendar(t *testing.T) {
	base := region(t, "GB-ENG", holiday.Options{})
	o, err := holiday.ReadCSV("own.csv", strings.NewReader(csvHead+
		"add,GB-ENG,2026-12-24,,Eve,half-day,own,00:00-13:00,Us,,\nadd,GB-ENG,2026-12-19,,Stock,workday,own,,Us,,\n"), base)
	if err != nil {
		t.Fatal(err)
	}
	days, err := o.Apply(base)
	if err != nil {
		t.Fatal(err)
	}
	c, err := calendar.New(calendar.Config{Hours: calendar.MustParseHours("Mo-Fr 08:00-18:00; PH off"), Holidays: days})
	if err != nil {
		t.Fatal(err)
	}
	for date, want := range map[string]float64{"2026-12-18": 10, "2026-12-19": 10, "2026-12-20": 0, "2026-12-23": 10, "2026-12-24": 5, "2026-12-25": 0} {
		d := calendar.MustParseDate(date)
		got, err := c.Between(midnight(d), midnight(d.AddDays(1)))
		if err != nil || got.Hours() != want {
			t.Errorf("%s has %v, %v, want %v hours", date, got, err, want)
		}
	}
}

func midnight(d calendar.Date) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
}

func TestCSVProperties(t *testing.T) {
	p := properties()
	p.Property("removing what a table added restores the base", prop.ForAll(func(code string, off []int) string {
		base := region(t, code, holiday.Options{})
		add, remove := csvHead, csvHead
		n := 0
		seen := map[calendar.Date]bool{}
		for _, i := range off {
			d := on(2017, 1, 1).AddDays(i)
			if _, ok := base.Lookup(d); ok || seen[d] || d.After(base.Coverage().Through()) {
				continue
			}
			seen[d] = true
			n++
			row := []string{"holiday,own,", "substitute,own,", "half-day,own,09:00-13:00", "workday,own,"}[i%4]
			add += fmt.Sprintf("add,%s,%v,,added,%s,Us,,\n", code, d, row)
			remove += fmt.Sprintf("remove,%s,%v,,added,,,,Us,,\n", code, d)
		}
		if n == 0 {
			return ""
		}
		h := calendar.Holidays(base)
		for i, table := range []string{add, remove} {
			o, err := holiday.ReadCSV("own.csv", strings.NewReader(table), base)
			if err != nil {
				return err.Error()
			}
			if h, err = o.Apply(h); err != nil {
				return err.Error()
			}
			if got := len(all(h)) - len(all(base)); got != n*(1-i) {
				return fmt.Sprintf("%d days more", got)
			}
		}
		return cmp.Diff(all(base), all(h))
	}, codes, offset))
	p.Property("the order of the rows does not matter", prop.ForAll(func(off []int) string {
		base := region(t, "GB-ENG", holiday.Options{})
		var rows []string
		for _, i := range off {
			rows = append(rows, fmt.Sprintf("add,GB-ENG,%v,,added,holiday,own,,Us,,\n", on(2017, 1, 1).AddDays(i%(18*365))))
		}
		var versions []string
		for range 2 {
			o, err := holiday.ReadCSV("own.csv", strings.NewReader(csvHead+strings.Join(rows, "")), base)
			if err != nil {
				return err.Error()
			}
			h, err := o.Apply(base)
			if err != nil {
				return err.Error()
			}
			versions = append(versions, h.Version())
			slices.Reverse(rows)
		}
		return cmp.Diff(versions[0], versions[1])
	}, offset))
	p.TestingRun(t)
}

func ExampleReadCSV() {
	scotland, _ := holiday.Region("GB-SCT", holiday.Options{})
	const table = `action,regions,when,years,name,kind,set,open,publisher,source,published
add,GB-SCT,2027-06-14,,Extra holiday,holiday,bank,,GOV.UK,,
add,GB-SCT,12-24,2027..2027,Christmas Eve,half-day,company,00:00-13:00,Our own,,
remove,GB-SCT,2027-11-30,,St Andrew's Day,,,,Our own,,
`
	overlay, err := holiday.ReadCSV("own.csv", strings.NewReader(table), scotland)
	if err != nil {
		fmt.Println(err)
		return
	}
	ours, err := overlay.Apply(scotland)
	if err != nil {
		fmt.Println(err)
		return
	}
	for d := range ours.Days(2027) {
		if d.Date.Month >= 6 {
			fmt.Println(d.Date, d.Kind, d.Name)
		}
	}
	// Output:
	// 2027-06-14 holiday Extra holiday
	// 2027-08-02 holiday Summer bank holiday
	// 2027-12-24 half-day Christmas Eve
	// 2027-12-25 holiday Christmas Day
	// 2027-12-26 holiday Boxing Day
	// 2027-12-27 substitute Christmas Day
	// 2027-12-28 substitute Boxing Day
}
