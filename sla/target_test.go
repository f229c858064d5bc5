package sla_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/supportterms/supportterms/sla"
)

func TestParseTarget(t *testing.T) {
	for _, tt := range []struct {
		why    string
		in     string
		n      int
		unit   sla.Unit
		status sla.Status
		text   string
	}{
		{"a cell of the description", "4 business hours", 4, sla.BusinessHour, sla.StatusDue, "4 business hours"},
		{"one of a kind is singular", "1 hour", 1, sla.Hour, sla.StatusDue, "1 hour"},
		{"the number decides, not the letter s", "1 hours", 1, sla.Hour, sla.StatusDue, "1 hour"},
		{"printed so in 2017", "2 business day", 2, sla.BusinessDay, sla.StatusDue, "2 business days"},
		{"a unit with a hyphen", "4 weekday-hours", 4, sla.WeekdayHour, sla.StatusDue, "4 weekday hours"},
		{"capitals", " 12 Business Hours ", 12, sla.BusinessHour, sla.StatusDue, "12 business hours"},
		{"minutes", "30 minutes", 30, sla.Minute, sla.StatusDue, "30 minutes"},
		{"one week has its own word", "Weekly", 1, sla.Week, sla.StatusDue, "Weekly"},
		{"a week is weekly", "1 week", 1, sla.Week, sla.StatusDue, "Weekly"},
		{"more weeks do not", "2 weeks", 2, sla.Week, sla.StatusDue, "2 weeks"},
		{"the most there is", "10000 weeks", 10_000, sla.Week, sla.StatusDue, "10000 weeks"},
		{"NA in the row of severity 4", "no_target", 0, 0, sla.StatusNoTarget, "no_target"},
		{"N/A under self-support", "not_entitled", 0, 0, sla.StatusNotEntitled, "not_entitled"},
		{"either dash", "Not-Offered", 0, 0, sla.StatusNotOffered, "not_offered"},
		{"agreed", "as_agreed", 0, 0, sla.StatusAsAgreed, "as_agreed"},
		{"continuous effort", "continuous", 0, 0, sla.StatusContinuous, "continuous"},
	} {
		got, err := sla.ParseTarget(tt.in)
		if err != nil {
			t.Errorf("%s: %q: %v", tt.why, tt.in, err)
			continue
		}
		if n, u := got.Amount(); n != tt.n || u != tt.unit || got.Status() != tt.status || got.String() != tt.text {
			t.Errorf("%s: %q is %d %v, %v, %q", tt.why, tt.in, n, u, got.Status(), got)
		}
		if again, err := sla.ParseTarget(got.String()); err != nil || again != got {
			t.Errorf("%s: %q parses to %v, %v", tt.why, got, again, err)
		}
	}
}

func TestParseTargetRefuses(t *testing.T) {
	for _, tt := range []struct{ why, in string }{
		{"nothing", ""},
		{"a number alone", "4"},
		{"a unit alone", "business hours"},
		{"none of it", "0 hours"},
		{"less than none", "-1 hour"},
		{"a part", "1.5 hours"},
		{"more than a Duration is kept away from", "10001 weeks"},
		{"more than an int32", "4294967297 hours"},
		{"more than an int64", "99999999999999999999 hours"},
		{"a unit that no document has", "4 fortnights"},
		{"no unit but its plural", "1 s"},
		{"two numbers", "4 4 hours"},
		{"what a status says that is no target", "due"},
		{"what the zero target says", "unspecified"},
		{"the cell as printed: what it means is for the edition to say", "N/A"},
		{"Japanese, likewise", "2営業時間"},
		{"not a number", "NaN hours"},
	} {
		got, err := sla.ParseTarget(tt.in)
		var parse *sla.ParseError
		if got != (sla.Target{}) || !errors.As(err, &parse) || parse.Input != tt.in || !strings.Contains(err.Error(), "4 business hours") {
			t.Errorf("%s: %q gives %v, %v", tt.why, tt.in, got, err)
		}
	}
}

func TestNewTarget(t *testing.T) {
	if got, err := sla.NewTarget(4, sla.BusinessHour); err != nil || got != mustTarget("4 business hours") {
		t.Errorf("%v, %v", got, err)
	}
	for _, tt := range []struct {
		why  string
		n    int
		unit sla.Unit
	}{
		{"none", 0, sla.Hour},
		{"less than none", -1 << 62, sla.Hour},
		{"too many", 1 << 40, sla.Hour},
		{"no unit", 1, 0},
		{"a unit that is none", 1, sla.Week + 1},
		{"the greatest", 1, 255},
	} {
		if got, err := sla.NewTarget(tt.n, tt.unit); err == nil || got != (sla.Target{}) {
			t.Errorf("%s: NewTarget(%d, %v) = %v, %v", tt.why, tt.n, tt.unit, got, err)
		}
	}
}

// S7: what is not promised has no time, and the zero target promises nothing.
func TestZeroTarget(t *testing.T) {
	var zero sla.Target
	if n, u := zero.Amount(); n != 0 || u != 0 || zero.Status() != sla.StatusUnspecified || zero.String() != "unspecified" {
		t.Errorf("zero target is %d %v, %v, %q", n, u, zero.Status(), zero)
	}
}

func TestTargetText(t *testing.T) {
	b, err := json.Marshal(map[string]sla.Target{"a": mustTarget("1 business day"), "b": mustTarget("no_target")})
	if err != nil || string(b) != `{"a":"1 business day","b":"no_target"}` {
		t.Errorf("%s, %v", b, err)
	}
	var back map[string]sla.Target
	if err := json.Unmarshal(b, &back); err != nil || back["a"] != mustTarget("1 business day") || back["b"].Status() != sla.StatusNoTarget {
		t.Errorf("%v, %v", back, err)
	}
	var one sla.Target
	if err := one.UnmarshalText([]byte("soon")); err == nil || one != (sla.Target{}) {
		t.Errorf("%v, %v", one, err)
	}
}

func TestUnits(t *testing.T) {
	want := []string{"minute", "hour", "weekday-hour", "business-hour", "business-day", "week"}
	got := sla.Units()
	for i, name := range want {
		if got[i] != name || sla.Unit(i+1).String() != name {
			t.Errorf("unit %d is %q and %q, want %q", i+1, got[i], sla.Unit(i+1), name)
		}
	}
	got[0] = "changed"
	if len(got) != len(want) || sla.Units()[0] != "minute" {
		t.Error("the list belongs to the caller")
	}
	if sla.Unit(0).String() != "" || sla.Unit(99).String() != "Unit(99)" {
		t.Errorf("%q, %q", sla.Unit(0), sla.Unit(99))
	}
}

// Parsing never panics, and what it accepts it reads again from what it
// prints.
func FuzzParseTarget(f *testing.F) {
	for _, s := range []string{
		"4 business hours", "Weekly", "no_target", "NOT-ENTITLED", "1 week", "9999999999999999999 days", "1  hour",
		"-3 business-days", "+2 hours", "\u0661 hour", "0x10 hours", " 1 hour ", "1\thour", "10000 weeks", "1 hourss",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, err := sla.ParseTarget(s)
		if err != nil {
			if got != (sla.Target{}) {
				t.Fatalf("%q: %v beside an error", s, got)
			}
			return
		}
		again, err := sla.ParseTarget(got.String())
		if err != nil || again != got {
			t.Fatalf("%q is %q, which is %v, %v", s, got, again, err)
		}
		if n, u := got.Amount(); (got.Status() == sla.StatusDue) != (n > 0 && u != 0) {
			t.Fatalf("%q is %d %v and %v", s, n, u, got.Status())
		}
	})
}

func mustTarget(s string) sla.Target {
	t, err := sla.ParseTarget(s)
	if err != nil {
		panic(err)
	}
	return t
}
