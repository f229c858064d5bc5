package entitlement_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/entitlement"
	"github.com/supportterms/supportterms/entitlement/rule"
)

// figuring is a policy with one question for each kind of figure, which asks
// for the figure "f".
func figuring(t *testing.T, figures ...entitlement.Figure) *entitlement.Policy {
	t.Helper()
	facts := []entitlement.Fact{
		{Name: "key", Values: []string{"r1", "r2", "r3", "r4"}},
		{Name: "way", Values: []string{"x", "y", "z"}},
		{Name: "a", Type: entitlement.Numeric, Unit: "node"}, {Name: "b", Type: entitlement.Numeric, Unit: "device"},
		{Name: "c", Type: entitlement.Numeric}, {Name: "list", Type: entitlement.Numbers, Unit: "TB"},
		{Name: "day", Type: entitlement.Dates}, {Name: "end1", Type: entitlement.Dates}, {Name: "end2", Type: entitlement.Dates},
		{Name: "machines", Type: entitlement.Machines},
		{Name: "outages", Type: entitlement.Outages, Attributions: []string{"provider", "customer"}, Causes: []string{"planned-maintenance", "other"}},
		{Name: "from", Type: entitlement.Instants}, {Name: "to", Type: entitlement.Instants},
	}
	// A sum or a count may be stated.
	for _, f := range figures {
		switch f.Cases[0].Formula.(type) {
		case entitlement.Total:
			facts = append(facts, entitlement.Fact{Name: f.Name, Type: entitlement.Numeric, Unit: "TB"})
		case entitlement.Count:
			facts = append(facts, entitlement.Fact{Name: f.Name, Type: entitlement.Numeric})
		}
	}
	rules := []entitlement.Rule{{Code: "answer", Clause: "1", Then: entitlement.Amount, Gives: "f"}}
	kind := entitlement.QuantityKind
	var words []string
	switch f := figures[len(figures)-1].Cases[0].Formula.(type) {
	case entitlement.DateAfter:
		rules[0].Then, kind = entitlement.Dated, entitlement.TermKind
	case entitlement.Column:
		if f.Column == "ends" {
			rules[0].Then, kind = entitlement.Dated, entitlement.TermKind
		} else if f.Column == "long" {
			words = []string{"no", "yes"}
		}
	case entitlement.Word, entitlement.Stage, entitlement.UptimeKept:
		words = []string{"none"}
		for _, c := range figures[len(figures)-1].Cases {
			switch f := c.Formula.(type) {
			case entitlement.Word:
				words = append(words, string(f))
			case entitlement.Stage:
				words = append(words, f.Before, f.Then)
				for _, s := range f.Through {
					words = append(words, s.Stage)
				}
			case entitlement.UptimeKept:
				words = append(words, "met", "missed")
			}
		}
	}
	if words != nil {
		rules, kind = nil, entitlement.CoverageKind
		slices.Sort(words)
		words = slices.DeleteFunc(slices.Compact(words), func(w string) bool { return w == "" || w == "none" })
		for _, w := range words {
			rules = append(rules, entitlement.Rule{
				Code: w, Clause: "1", Then: entitlement.Covered, Service: w, When: []rule.Condition{{Fact: "f", In: []string{w}}},
			})
		}
	}
	date := calendar.MustParseDate
	p, err := entitlement.NewPolicy(entitlement.Spec{
		Services: words, Figures: figures,
		Tables: []entitlement.Table{
			{Name: "t", Key: "key", Columns: []entitlement.TableColumn{
				{Name: "ends", Type: entitlement.Dates}, {Name: "count", Type: entitlement.Numeric}, {Name: "long", Type: entitlement.Closed},
			}, Rows: []entitlement.Row{
				{Name: "r1", Cells: []entitlement.Cell{{Date: date("2024-02-29")}, {Number: entitlement.N(3)}, {Word: "yes"}}},
				{Name: "r2", Cells: []entitlement.Cell{{Date: date("2025-04-30"), ToTheMonth: true}, {Number: entitlement.MustParseNumber("0.5")}, {Word: "no"}}},
				{Name: "r3", Cells: []entitlement.Cell{{}, {}, {}}},
				{Name: "r4"},
			}},
		},
		Readings:  []entitlement.Reading{{Key: "r", Default: "one", Values: []entitlement.ReadingValue{{Name: "one"}, {Name: "two"}}}},
		Questions: []entitlement.QuestionSpec{{Name: "q", Kind: kind, Facts: facts, Rules: rules}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// stating reads facts written "a=3 list=1,2 key=r1 on=2025-01-01". Machines
// are "id:kind:ubuntu:contract".
func stating(text string) entitlement.Facts {
	f := entitlement.Facts{Question: "q", Values: map[string]any{}}
	for _, pair := range strings.Fields(text) {
		name, value, _ := strings.Cut(pair, "=")
		items := strings.FieldsFunc(value, func(r rune) bool { return r == ',' })
		switch name {
		case "list":
			numbers := []entitlement.Number{}
			for _, s := range items {
				numbers = append(numbers, entitlement.MustParseNumber(s))
			}
			f.Values[name] = numbers
		case "machines":
			machines := []entitlement.Machine{}
			for _, s := range items {
				m := append(strings.Split(s, ":"), "", "", "")
				machines = append(machines, entitlement.Machine{ID: m[0], Kind: m[1], Ubuntu: yesNo[m[2]], Contract: m[3]})
			}
			f.Values[name] = machines
		case "outages":
			f.Values[name] = outages(value)
		default:
			f.Values[name] = value
		}
	}
	return f
}

var yesNo = map[string]entitlement.YesNo{"no": entitlement.No, "yes": entitlement.Yes}

// outages reads "2025-03-01/24h/provider/cause;...".
func outages(text string) []entitlement.Outage {
	out := []entitlement.Outage{}
	for _, s := range strings.FieldsFunc(text, func(r rune) bool { return r == ';' }) {
		part := append(strings.Split(s, "/"), "provider", "other")[:4]
		if strings.Count(s, "/") == 2 {
			part[3] = "other"
		}
		from, err := time.Parse(time.DateOnly, part[0])
		if err != nil {
			panic(err)
		}
		d, err := time.ParseDuration(part[1])
		if err != nil {
			panic(err)
		}
		out = append(out, entitlement.Outage{From: from, To: from.Add(d), Attribution: part[2], Cause: part[3]})
	}
	return out
}

// answered is a verdict in a few words: what is answered, "? " and what is
// missing, or "! " and what is wrong. Decide must say the same.
func answered(t *testing.T, p *entitlement.Policy, c entitlement.Contract, f entitlement.Question) string {
	t.Helper()
	b, err := p.Bind(c)
	if err != nil {
		return "! " + err.Error()
	}
	v, err := b.Verdict(f, false)
	a, err2 := b.Decide(f)
	if fmt.Sprint(err) != fmt.Sprint(err2) {
		t.Errorf("%+v: Verdict says %v, Decide %v", f, err, err2)
	}
	if err != nil {
		return "! " + err.Error()
	}
	if why := differ(p, v, a); why != "" {
		t.Errorf("%+v: %s", f, why)
	}
	switch {
	case v.Outcome == entitlement.Undetermined:
		return "? " + strings.Join(v.Missing, " ")
	case v.Amount.IsStated():
		return strings.TrimSpace(v.Amount.String() + " " + v.Unit)
	case !v.Date.IsZero():
		return v.Date.String()
	case v.Service != "":
		return v.Service
	}
	return v.Outcome.String()
}

// differ says how a verdict and a decision are not the same, or "".
func differ(p *entitlement.Policy, v *entitlement.Verdict, a entitlement.Answer) string {
	limits, value := uint64(0), int64(0)
	for _, l := range v.Limits {
		limits |= 1 << slices.Index(p.Limits, l)
	}
	if v.Amount.IsStated() {
		value = v.Amount.Thousandths()
	} else if !v.Date.IsZero() {
		value = rule.Day(v.Date)
	}
	if want := (entitlement.Answer{Outcome: v.Outcome, Service: v.Service, Limits: limits, Gives: v.Figure, Value: value}); a != want {
		return fmt.Sprintf("decided %+v, the verdict is %+v", a, want)
	}
	return ""
}

func one(f entitlement.Formula) []entitlement.Case { return []entitlement.Case{{Formula: f}} }

func is(fact, value string) []rule.Condition {
	return []rule.Condition{{Fact: fact, In: strings.Split(value, "|")}}
}

func atLeast(fact string, n int64) []rule.Condition {
	n *= 1000
	return []rule.Condition{{Fact: fact, AtLeast: &n}}
}

func TestFormulas(t *testing.T) {
	type formula = entitlement.Formula
	n := entitlement.N
	number := entitlement.MustParseNumber
	stage := entitlement.Stage{Of: "on", From: "day", Before: "early", Through: []entitlement.StageEnd{{"first", "end1"}, {"second", "end2"}}, Then: "late"}
	excluded, open, silent := stage, stage, stage
	excluded.LastExcluded = true
	open.From, open.Before = "", ""
	silent.Before, silent.Then = "", ""
	const ends = "day=2025-01-31 end1=2025-02-28 end2=2025-03-31 "
	block := func(edit func(*entitlement.Blocks)) formula {
		b := entitlement.Blocks{Gives: n(5), Each: []entitlement.Block{{"a", n(500)}, {"b", n(50_000)}}, Unit: "credential"}
		edit(&b)
		return b
	}
	sum := block(func(*entitlement.Blocks) {})
	down := block(func(b *entitlement.Blocks) { b.Down = true })
	larger := block(func(b *entitlement.Blocks) { b.Mix = entitlement.Larger })
	rounded := block(func(b *entitlement.Blocks) { b.Mix = entitlement.SumOfRounded })
	roundedDown := block(func(b *entitlement.Blocks) { b.Mix, b.Down = entitlement.SumOfRounded, true })
	bounded := block(func(b *entitlement.Blocks) { b.Down, b.Least, b.Most = true, n(5), n(15) })
	single := entitlement.Blocks{Gives: number("0.5"), Each: []entitlement.Block{{"a", number("2.5")}}}
	flat := entitlement.Excess{Of: "a", Allowance: n(10)}
	per := entitlement.Excess{Of: "a", Allowance: number("1.5"), Per: "b"}
	each := entitlement.Excess{Of: "list", Allowance: n(384)}
	binary := entitlement.Excess{Of: "a", Allowance: n(384), Binary: true}
	wild := entitlement.Tally{Of: "machines", Where: []entitlement.MachineIs{{"ubuntu", "yes"}, {"covered", "no"}}}
	virtual := entitlement.Tally{Of: "machines", Where: []entitlement.MachineIs{{"kind", "virtual"}}}
	for _, test := range []struct {
		formula     formula
		facts, want string
		why         string
	}{
		{entitlement.DateAfter{From: "day", Years: 5}, "day=2018-04-26", "2023-04-26", "years"},
		{entitlement.DateAfter{From: "day", Years: 1}, "day=2024-02-29", "2025-02-28", "a day that is not becomes the last of that month"},
		{entitlement.DateAfter{From: "day", Years: 4}, "day=2024-02-29", "2028-02-29", "and stays where it is"},
		{entitlement.DateAfter{From: "day", Years: 96}, "day=2004-02-29", "2100-02-28", "2100 is no leap year"},
		{entitlement.DateAfter{From: "day", Months: 1}, "day=2025-01-31", "2025-02-28", "the end of a month"},
		{entitlement.DateAfter{From: "day", Months: 13}, "day=2023-01-30", "2024-02-29", "past a year"},
		{entitlement.DateAfter{From: "day", Months: 1}, "day=2025-02-28", "2025-03-28", "not the end of the next month"},
		{entitlement.DateAfter{From: "day", Months: -3}, "day=2025-05-31", "2025-02-28", "backward"},
		{entitlement.DateAfter{From: "day", Years: 1, Months: 1, Days: 1}, "day=2024-01-31", "2025-03-01", "months before days"},
		{entitlement.DateAfter{From: "day", Days: 90}, "day=2024-12-01", "2025-03-01", "days are counted one by one"},
		{entitlement.DateAfter{From: "day", Days: -1}, "day=2025-03-01", "2025-02-28", "a day before"},
		{entitlement.DateAfter{From: "day", Years: 10}, "day=2999-12-31", "3009-12-31", "past what can be stated"},
		{entitlement.DateAfter{From: "on", Days: 1}, "on=2025-12-31", "2026-01-01", "after the day asked about"},
		{entitlement.DateAfter{From: "day"}, "", "? day", "not stated"},

		{entitlement.Column{Table: "t", Column: "ends"}, "key=r1", "2024-02-29", "a date of a table"},
		{entitlement.Column{Table: "t", Column: "ends"}, "key=r2", "2025-04-30", "a month is its last day"},
		{entitlement.Column{Table: "t", Column: "ends"}, "key=r3", "? f", "a cell that says nothing; the figure is what is missing"},
		{entitlement.Column{Table: "t", Column: "ends"}, "key=r4", "? f", "a row without cells"},
		{entitlement.Column{Table: "t", Column: "ends"}, "", "? key", "no row is chosen"},
		{entitlement.Column{Table: "t", Column: "count"}, "key=r1", "3", "a number of a table"},
		{entitlement.Column{Table: "t", Column: "count"}, "key=r2", "0.5", "an amount of a table"},
		{entitlement.Column{Table: "t", Column: "count"}, "key=r3", "? f", "no number is not 0"},
		{entitlement.Column{Table: "t", Column: "long"}, "key=r1", "yes", "a yes of a table"},
		{entitlement.Column{Table: "t", Column: "long"}, "key=r2", "no", "a no of a table"},
		{entitlement.Column{Table: "t", Column: "long"}, "key=r3", "? f", "no word is not no"},

		{entitlement.Word("w"), "", "w", "a word needs nothing"},
		{entitlement.Constant{N: number("99.5")}, "", "99.5", "nor does a number"},

		{stage, ends + "on=2025-01-30", "early", "the day before"},
		{stage, ends + "on=2025-01-31", "first", "the first day is in"},
		{stage, ends + "on=2025-02-28", "first", "the last day is in"},
		{stage, ends + "on=2025-03-01", "second", "the day after the last"},
		{stage, ends + "on=2025-03-31", "second", "the last day of the last stage"},
		{stage, ends + "on=2025-04-01", "late", "the day after"},
		{excluded, ends + "on=2025-02-27", "first", "the day before the end"},
		{excluded, ends + "on=2025-02-28", "second", "the end is the first day of the next"},
		{excluded, ends + "on=2025-03-31", "late", "the end is over"},
		{open, ends + "on=1999-01-01", "first", "without a beginning it always was"},
		{open, ends + "on=2025-04-01", "late", "and ends all the same"},
		{silent, ends + "on=2025-01-30", "? f", "the text names no stage before"},
		{silent, ends + "on=2025-04-01", "? f", "the text names no stage after"},
		{silent, ends + "on=2025-02-28", "first", "between it does"},
		{stage, "day=2025-01-31 end1=2025-02-28 on=2025-02-28", "first", "a later end does not matter"},
		{stage, "day=2025-01-31 end1=2025-02-28 on=2025-03-01", "? end2", "now it does"},
		{stage, "day=2025-01-31 end2=2025-03-31 on=2025-01-30", "early", "no end matters before the beginning"},
		{stage, "end1=2025-02-28 end2=2025-03-31 on=2025-02-01", "? day", "it may not have begun"},
		{stage, "day=2025-03-31 end1=2025-02-28 end2=2025-02-28 on=2025-03-30", "early", "ends before the beginning"},
		{stage, "day=2025-03-31 end1=2025-02-28 end2=2025-02-28 on=2025-03-31", "late", "then no stage has a day"},
		{stage, "day=2025-01-31 end1=2025-01-31 end2=2025-01-31 on=2025-01-31", "first", "a stage of one day"},
		{excluded, "day=2025-01-31 end1=2025-01-31 end2=2025-01-31 on=2025-01-31", "late", "a stage of no day"},

		{entitlement.Difference{Of: "a", Less: "b"}, "a=5 b=3", "2 node", "what is left, in the unit of the whole"},
		{entitlement.Difference{Of: "a", Less: "b"}, "a=5 b=5", "0 node", "nothing is left"},
		{entitlement.Difference{Of: "a", Less: "b"}, "a=0.5 b=0.125", "0.375 node", "amounts"},
		{entitlement.Difference{Of: "a", Less: "b"}, "a=5 b=6", `! facts.b "6": more than the 5 of a`, "a part is not more than the whole"},
		{entitlement.Difference{Of: "a", Less: "b"}, "a=5", "? b", "the part is not stated"},
		{entitlement.Difference{Of: "a", Less: "b"}, "b=5", "? a", "the whole is not"},
		{entitlement.Difference{Of: "a", Less: "b"}, "a=9223372036854774.999 b=0.001", "9223372036854774.998 node", "near the limit"},

		{flat, "a=9.999", "0 node", "below"},
		{flat, "a=10", "0 node", "exactly what is allowed"},
		{flat, "a=10.001", "0.001 node", "a thousandth more"},
		{flat, "", "? a", "not stated"},
		{per, "a=3 b=2", "0 node", "1.5 for each of two"},
		{per, "a=3.001 b=2", "0.001 node", "over it"},
		{per, "a=3 b=0", "3 node", "for each of none"},
		{per, "a=3", "? b", "for each of how many"},
		{per, "b=3", "? a", "how much"},
		{per, "a=9223372036854774 b=9223372036854774", "0 node", "the product does not fit, and need not"},
		{per, "a=0.001 b=0.001", "0 node", "below a thousandth over is nothing where it is under"},
		{entitlement.Excess{Of: "a", Allowance: number("0.333"), Per: "b"}, "a=1 b=0.001", "1 node", "0.999667 is rounded up"},
		{each, "list=384,384", "0 TB", "each is within"},
		{each, "list=385,100", "1 TB", "room in one is not room in another"},
		{each, "list=384.5,384.25", "0.75 TB", "the excesses add up"},
		{each, "list=", "0 TB", "none is over"},
		{each, "", "? list", "not stated is not none"},
		{binary, "a=422.212", "0 node", "384 TiB are 422.212465065984 TB"},
		{binary, "a=422.213", "0.001 node", "0.000534934016 over is rounded up"},
		{entitlement.Excess{Of: "list", Allowance: n(1), Binary: true}, "list=1.099,1.1", "0.001 TB", "each by itself"},

		{entitlement.Total{Of: "list"}, "list=1.5,2.25,0", "3.75 TB", "a sum"},
		{entitlement.Total{Of: "list"}, "list=", "0 TB", "of none"},
		{entitlement.Total{Of: "list"}, "", "? f", "not stated, and may be stated itself"},
		{entitlement.Total{Of: "list"}, "list=9223372036854774,1,1", `! facts.list "": too large to add up`, "past the limit"},
		{entitlement.Total{Of: "list"}, "f=7", "7 TB", "a sum may be stated"},
		{entitlement.Total{Of: "list"}, "f=7 list=1,2", "7 TB", "and wins then"},
		{entitlement.Count{Of: "list"}, "list=1.5,2.25,0", "3", "how many"},
		{entitlement.Count{Of: "list"}, "list=", "0", "none"},
		{entitlement.Count{Of: "list"}, "", "? f", "not stated, and may be stated itself"},
		{entitlement.Count{Of: "list"}, "f=7", "7", "a count may be stated"},

		{sum, "a=0 b=0", "0 credential", "no block is begun"},
		{sum, "a=1 b=0", "5 credential", "a block is begun"},
		{sum, "a=500 b=0", "5 credential", "a block exactly"},
		{sum, "a=501 b=0", "10 credential", "a second is begun"},
		{sum, "a=250 b=25000", "5 credential", "two halves are a block"},
		{sum, "a=250 b=25001", "10 credential", "and a bit of another"},
		{sum, "a=250", "? b", "not stated is not none"},
		{sum, "", "? a b", "both"},
		{down, "a=499 b=0", "0 credential", "no block is full"},
		{down, "a=500 b=0", "5 credential", "one is"},
		{down, "a=250 b=25000", "5 credential", "two halves are full"},
		{down, "a=999 b=49999", "10 credential", "1.998 and 0.99998 are two full ones"},
		{larger, "a=501 b=50000", "10 credential", "only the more counts"},
		{larger, "a=500 b=50001", "10 credential", "whichever it is"},
		{larger, "a=0 b=0", "0 credential", "neither"},
		{rounded, "a=1 b=1", "10 credential", "each begins its own"},
		{roundedDown, "a=499 b=49999", "0 credential", "neither is full, though both would be together"},
		{bounded, "a=0 b=0", "5 credential", "never less than the least"},
		{bounded, "a=1500 b=0", "15 credential", "the most exactly"},
		{bounded, "a=1000 b=0", "10 credential", "between"},
		{bounded, "a=9000 b=0", "15 credential", "never more than the most"},
		{bounded, "a=1500", "15 credential", "the rest does not matter at the most"},
		{bounded, "a=1499", "? b", "it does below"},
		{bounded, "a=9223372036854774 b=9223372036854774", "15 credential", "too large to reckon is the most"},
		{sum, "a=9223372036854774 b=9223372036854774", "93156057572235 credential", "large, and still fits"},
		{single, "a=2.5", "0.5", "blocks of an amount"},
		{single, "a=2.501", "1", "half a thing for each"},

		{wild, "machines=", "0 machine", "none"},
		{wild, "machines=m1::yes:,m2::yes:c,m3::no:,m4:virtual:yes:", "2 machine", "Ubuntu and not covered"},
		{wild, "", "? machines", "not stated is not none"},
		{wild, "machines=m1,m2::yes:", "? machines", "whether one runs Ubuntu is not stated"},
		{wild, "machines=m1:::c,m2::yes:", "1 machine", "which does not matter of one that is covered"},
		{virtual, "machines=m1,m2:virtual", "? machines", "of what kind one is, is not stated"},
		{virtual, "machines=m1:virtual,m2:physical,m3:virtual:yes:c", "2 machine", "by kind"},
	} {
		p := figuring(t, entitlement.Figure{Name: "f", Cases: one(test.formula)})
		if got := answered(t, p, entitlement.Contract{}, stating(test.facts)); got != test.want {
			t.Errorf("%T%+v of %q: %s, want %s: %s", test.formula, test.formula, test.facts, got, test.want, test.why)
		}
	}
}

// A stage whose bounds are known to the month only.
func TestStageToTheMonth(t *testing.T) {
	months := entitlement.Figure{Name: "m", Cases: one(entitlement.Column{Table: "t", Column: "ends"})}
	ends := entitlement.Stage{Of: "on", Through: []entitlement.StageEnd{{"running", "m"}}, Then: "over"}
	begins := entitlement.Stage{Of: "on", From: "m", Before: "waiting", Through: []entitlement.StageEnd{{"running", "end1"}}, Then: "over"}
	// The last day of February, moved to a month with more days.
	later := entitlement.Figure{Name: "later", Cases: one(entitlement.DateAfter{From: "m", Months: 1})}
	moved := entitlement.Stage{Of: "on", Through: []entitlement.StageEnd{{"running", "later"}}, Then: "over"}
	// Ten days after some day of April is in April or in May.
	blurred := entitlement.Figure{Name: "blurred", Cases: one(entitlement.DateAfter{From: "m", Days: 10})}
	loose := entitlement.Stage{Of: "on", Through: []entitlement.StageEnd{{"running", "blurred"}}, Then: "over"}
	for _, test := range []struct {
		stage       entitlement.Stage
		facts, want string
		from, until string
		why         string
	}{
		{ends, "key=r2 on=2025-03-31", "running", "", "2025-03-31", "the last day that is known for certain"},
		{ends, "key=r2 on=2025-04-01", "? f", "2025-04-01", "2025-04-30", "it ends some day of the month"},
		{ends, "key=r2 on=2025-04-30", "? f", "2025-04-01", "2025-04-30", "which may be its last"},
		{ends, "key=r2 on=2025-05-01", "over", "2025-05-01", "", "the month is over"},
		{begins, "key=r2 end1=2026-01-01 on=2025-03-31", "waiting", "", "2025-03-31", "the month has not begun"},
		{begins, "key=r2 end1=2026-01-01 on=2025-04-01", "? f", "2025-04-01", "2025-04-30", "it begins some day of the month"},
		{begins, "key=r2 end1=2026-01-01 on=2025-04-30", "? f", "2025-04-01", "2025-04-30", "which may be its last"},
		{begins, "key=r2 end1=2026-01-01 on=2025-05-01", "running", "2025-05-01", "2026-01-01", "the month is over"},
		{moved, "key=r2 on=2025-04-30", "running", "", "2025-04-30", "a month after some day of April is in May"},
		{moved, "key=r2 on=2025-05-31", "? f", "2025-05-01", "2025-05-31", "up to the last day of May"},
		{moved, "key=r2 on=2025-06-01", "over", "2025-06-01", "", "May is over"},
		{loose, "key=r2 on=2025-04-20", "? blurred", "", "", "it may have ended on 11 April"},
		{loose, "key=r1 on=2024-03-10", "running", "", "2024-03-10", "a date known to the day can be moved by days"},
	} {
		p := figuring(t, months, later, blurred, entitlement.Figure{Name: "f", Cases: one(test.stage)})
		if got := answered(t, p, entitlement.Contract{}, stating(test.facts)); got != test.want {
			t.Errorf("%+v of %q: %s, want %s: %s", test.stage, test.facts, got, test.want, test.why)
		}
		v := must(must(p.Bind(entitlement.Contract{})).Verdict(stating(test.facts), false))
		if from, until := day(v.From), day(v.Until); from != test.from || until != test.until {
			t.Errorf("%+v of %q: valid %s to %s, want %s to %s: %s", test.stage, test.facts, from, until, test.from, test.until, test.why)
		}
	}
}

// day writes a date, or "" where there is none.
func day(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

// must makes a panic of an error.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// The first case that holds counts, and what is not stated may decide it.
func TestCases(t *testing.T) {
	word := func(s string) entitlement.Formula { return entitlement.Word(s) }
	type cases = []entitlement.Case
	sameTwice := cases{{is("way", "x"), word("same")}, {is("key", "r1"), word("same")}, {nil, word("other")}}
	for _, test := range []struct {
		cases       cases
		facts, want string
		why         string
	}{
		{cases{{is("way", "x"), word("a")}, {is("way", "y"), word("b")}}, "way=y", "b", "the case that holds"},
		{cases{{is("way", "x|y"), word("a")}, {is("way", "y"), word("b")}}, "way=y", "a", "the first of two"},
		{cases{{is("way", "x"), word("a")}, {is("way", "y"), word("b")}}, "way=z", "? f", "none holds: the figure is not known"},
		{cases{{is("way", "x"), word("a")}, {nil, word("b")}}, "way=z", "b", "the rest"},
		{cases{{is("way", "x"), word("a")}, {nil, word("b")}}, "", "? way", "it is not known which"},
		{cases{{nil, word("a")}, {is("way", "x"), word("b")}}, "", "a", "the first always holds"},
		{sameTwice, "way=x", "same", "the first"},
		{sameTwice, "key=r1", "same", "the first or the second, which say the same"},
		{sameTwice, "", "? key way", "or the third, which does not"},
		{sameTwice, "way=y key=r2", "other", "the third for certain"},
		{cases{{atLeast("a", 3), word("many")}, {nil, word("few")}}, "a=3", "many", "at the threshold"},
		{cases{{atLeast("a", 3), word("many")}, {nil, word("few")}}, "a=2.999", "few", "below it"},
		{cases{{atLeast("a", 3), word("many")}, {nil, word("few")}}, "", "? a", "not stated"},
		{cases{{is("r", "one"), word("a")}, {is("r", "two"), word("b")}}, "", "a", "a reading is never missing"},
		{cases{{is("way", "x"), entitlement.Constant{N: entitlement.N(1)}}, {nil, entitlement.Difference{Of: "a", Less: "b"}}}, "way=x a=1 b=2", "1 node",
			"a case that does not count is not computed"},
		{cases{{is("way", "x"), entitlement.Constant{N: entitlement.N(1)}}, {nil, entitlement.Difference{Of: "a", Less: "b"}}}, "way=y a=2", "? b",
			"what the case that counts wants"},
		{cases{{is("way", "x"), entitlement.Constant{N: entitlement.N(1)}}, {nil, entitlement.Constant{N: entitlement.N(1)}}}, "", "? way",
			"numbers of two cases are not compared"},
	} {
		p := figuring(t, entitlement.Figure{Name: "f", Cases: test.cases})
		if got := answered(t, p, entitlement.Contract{}, stating(test.facts)); got != test.want {
			t.Errorf("%+v of %q: %s, want %s: %s", test.cases, test.facts, got, test.want, test.why)
		}
	}
}

// A figure of figures, and one that is stated.
func TestFigureOfFigures(t *testing.T) {
	count := entitlement.Figure{Name: "count", Cases: one(entitlement.Count{Of: "list"})}
	total := entitlement.Figure{Name: "total", Cases: one(entitlement.Total{Of: "list"})}
	over := entitlement.Figure{Name: "f", Cases: one(entitlement.Excess{Of: "total", Allowance: entitlement.N(10), Per: "count"})}
	p := figuring(t, count, total, over)
	for _, test := range []struct{ facts, want, why string }{
		{"list=12,9", "1 TB", "pooled over the list"},
		{"total=21 count=2", "1 TB", "both stated"},
		{"list=12,9 count=1", "11 TB", "what is stated wins"},
		{"total=21", "? count", "the list could be stated instead"},
		{"", "? total count", "in the order in which they are needed"},
		{"f=3", `! facts.f "3": is computed, and cannot be stated`, "an excess is computed"},
	} {
		got := answered(t, p, entitlement.Contract{}, stating(test.facts))
		if sorted(got) != sorted(test.want) {
			t.Errorf("%q: %s, want %s: %s", test.facts, got, test.want, test.why)
		}
	}
	// The order in which figures are declared decides nothing.
	back := figuring(t, total, count, over)
	for _, facts := range []string{"list=12,9", "total=21", ""} {
		if a, b := answered(t, p, entitlement.Contract{}, stating(facts)), answered(t, back, entitlement.Contract{}, stating(facts)); sorted(a) != sorted(b) {
			t.Errorf("%q: %s or %s", facts, a, b)
		}
	}
}

func sorted(s string) string {
	if !strings.HasPrefix(s, "? ") {
		return s
	}
	words := strings.Fields(s)
	slices.Sort(words)
	return strings.Join(words, " ")
}

func TestUptimeFigure(t *testing.T) {
	kept := entitlement.UptimeKept{
		Outages: "outages", From: "from", To: "to", Level: "a", Months: 12,
		Counts: entitlement.OutageIs{"attribution": {"provider"}}, LeavesOut: entitlement.OutageIs{"cause": {"planned-maintenance"}},
	}
	yearly := kept
	yearly.Start, yearly.Window = "day", entitlement.ServiceYear
	const year = "from=2025-01-01T00:00:00Z to=2026-01-01T00:00:00Z a=99 "
	for _, test := range []struct {
		formula     entitlement.UptimeKept
		facts, want string
		why         string
	}{
		{kept, year + "outages=", "met", "no outage"},
		{kept, year + "outages=2025-03-01/87h36m/provider", "met", "1% of 8,760 hours exactly"},
		{kept, year + "outages=2025-03-01/87h37m/provider", "missed", "a minute more"},
		{kept, year + "outages=2025-03-01/400h/customer", "met", "not the provider's"},
		{kept, year + "outages=2025-03-01/400h/provider/planned-maintenance", "met", "left out"},
		{kept, year, "? outages", "not stated is not none"},
		{kept, "to=2026-01-01T00:00:00Z a=99 outages=", "? from", "no beginning"},
		{kept, "from=2025-01-01T00:00:00Z a=99 outages=", "? to", "no end"},
		{kept, "from=2025-01-01T00:00:00Z to=2026-01-01T00:00:00Z outages=", "? a", "no level"},
		{yearly, year + "day=2025-01-01 outages=2025-03-01/87h37m/provider", "missed", "the year of the service"},
		{yearly, year + "outages=", "? day", "when did the service start"},
	} {
		p := figuring(t, entitlement.Figure{Name: "f", Cases: one(test.formula)})
		if got := answered(t, p, entitlement.Contract{}, stating(test.facts)); got != test.want {
			t.Errorf("%q: %s, want %s: %s", test.facts, got, test.want, test.why)
		}
	}
	// What cannot be is an error, and no miss.
	p := figuring(t, entitlement.Figure{Name: "f", Cases: one(kept)})
	for _, facts := range []string{
		"from=2026-01-01T00:00:00Z to=2025-01-01T00:00:00Z a=99 outages=", // reversed
		year + "outages=2025-03-01/-1h/provider",
		"from=2025-01-01T00:00:00Z to=2026-01-01T00:00:00Z a=101 outages=",
	} {
		if got := answered(t, p, entitlement.Contract{}, stating(facts)); !strings.HasPrefix(got, "! ") {
			t.Errorf("%q: %s, want an error", facts, got)
		}
	}
}

// keysOf are those of a map, rising.
func keysOf[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
