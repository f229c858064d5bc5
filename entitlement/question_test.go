package entitlement_test

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/catalog"
	"github.com/supportterms/supportterms/entitlement"
)

// typedQuestions are one of each, by name.
func typedQuestions() map[string]entitlement.Question {
	out := map[string]entitlement.Question{}
	for _, q := range []entitlement.Question{
		&entitlement.SecurityFix{}, &entitlement.SupportRequest{}, &entitlement.Product{}, &entitlement.Compliance{}, &entitlement.Livepatch{},
		&entitlement.RealtimeKernel{}, &entitlement.Landscape{}, &entitlement.MachineUse{}, &entitlement.Guest{}, &entitlement.Environment{},
		&entitlement.Service{}, &entitlement.Permission{}, &entitlement.Cadence{}, &entitlement.Allowance{}, &entitlement.Addon{},
		&entitlement.UptimeService{}, &entitlement.LifeCycle{}, &entitlement.Term{}, &entitlement.Process{},
	} {
		out[q.Name()] = q
	}
	return out
}

// pro is the 2025 edition's policy. Most of a test's time would be in reading it.
func p2025() *entitlement.Policy { return proEdition.Coverage() }

var proEdition = must(catalog.Builtin().Edition("ubuntu-pro/2025-07-02"))

// What cannot be stated is an error that says so, and never a "no".
func TestFactsRefused(t *testing.T) {
	n := entitlement.N
	type list = []entitlement.Number
	type machines = []entitlement.Machine
	want := func(what string) string { return "want " + what }
	number, day := want("a number"), want("a date, written 2025-08-01")
	digits := want("digits, with at most three decimals, up to 9223372036854775")
	for _, test := range []struct {
		question, fact string
		value          any
		want           string // after the fact
		why            string
	}{
		{"help", "item", "disc", `facts.item "disc" is not known: want one of disk, cpu, gpu, toaster, fan (disk?)`, "misspelt"},
		{"help", "item", "Disk", `facts.item "Disk" is not known: want one of disk, cpu, gpu, toaster, fan (disk?)`, "a capital"},
		{"help", "item", " disk", `facts.item " disk" is not known`, "a space"},
		{"help", "item", "\x00", `facts.item "\x00" is not known`, "a byte"},
		{"help", "itme", "disk", `facts "itme" is not known: want one of on, `, "a misspelt fact"},
		{"help", "", "disk", `facts "" is not known`, "no name"},
		{"help", "Item", "disk", `facts "Item" is not known`, "the field of a typed question"},
		{"help", "volume", "1", `facts "volume": is a fact of question size, not of help`, "a fact of another question"},
		{"help", "level", "weekday", `facts "level": is the contract's, and is stated there`, "a term"},
		{"help", "security_scope", "pro", `facts "security_scope": is the contract's, and is stated there`, "a term"},
		{"help", "addon.extra", "yes", `facts "addon.extra": is the contract's, and is stated there`, "an add-on"},
		{"help", "addon.none", "yes", `facts "addon.none": is the contract's, and is stated there`, "an add-on that there is not"},
		{"help", "contract_term", "running", `facts "contract_term": is the contract's`, "computed from the contract"},
		{"help", "machine_bought", "yes", `facts "machine_bought": is the contract's`, "computed from the contract"},
		{"help", "on_stated", "yes", `facts "on_stated": is the contract's`, "whether on is stated shows by itself"},
		{"help", "fan", "yes", `facts "fan": is a reading, and is chosen in readings`, "a reading is not stated as a fact"},
		{"help", "ends.how", "years", `facts "ends.how": is a reading, and is chosen in readings`, "a reading of a figure"},
		{"help", "bare", "1", `facts.bare "1": is computed, and cannot be stated`, "a difference"},
		{"size", "over", "1", `facts.over "1": is computed, and cannot be stated`, "an excess"},
		{"all", "wild", "0", `facts.wild "0": is computed, and cannot be stated`, "a tally"},
		{"help", "item", n(1), `facts.item "1": want a word`, "a number for a word"},
		{"help", "item", 1.5, `facts.item "1.5": want a word`, "a float"},
		{"help", "item", []string{"disk"}, `facts.item "[disk]": want a word`, "a list of words"},
		{"help", "item", nil, `facts.item "<nil>": want a word`, "nothing"},
		{"help", "item", true, `facts.item "yes" is not known`, "a yes for a word"},
		{"help", "nodes", true, `facts.nodes "yes": ` + digits, "a yes for a number"},
		{"help", "nodes", entitlement.Yes, `facts.nodes "yes": ` + digits, "a yes for a number"},
		{"help", "nodes", "many", `facts.nodes "many": ` + digits, "a word for a number"},
		{"help", "nodes", "-1", `facts.nodes "-1": want a number that is not negative`, "negative"},
		{"help", "nodes", n(-1), `facts.nodes "-1": want a number that is not negative`, "negative"},
		{"help", "nodes", entitlement.MustParseNumber("-0.001"), `facts.nodes "-0.001": want a number that is not negative`, "the least that is negative"},
		{"help", "nodes", "9223372036854775", `facts.nodes "9223372036854775": ` + digits, "past the limit"},
		{"help", "nodes", "1e3", `facts.nodes "1e3": ` + digits, "an exponent"},
		{"help", "nodes", "1.2345", `facts.nodes "1.2345": ` + digits, "four decimals"},
		{"help", "nodes", list{n(1)}, `facts.nodes "[1]": ` + number, "a list for a number"},
		{"help", "nodes", calendar.MustParseDate("2025-01-01"), `facts.nodes "2025-01-01": ` + number, "a date for a number"},
		{"help", "nodes", math.NaN(), `facts.nodes "NaN": ` + number, "no number"},
		{"help", "on", "2025-02-29", `facts.on "2025-02-29": ` + day, "no leap year"},
		{"help", "on", "2025-13-01", `facts.on "2025-13-01": ` + day, "no such month"},
		{"help", "on", "2025-1-1", `facts.on "2025-1-1": ` + day, "two digits are wanted"},
		{"help", "on", "today", `facts.on "today": ` + day, "nothing reads the clock"},
		{"help", "on", "9999-12-31", `facts.on "9999-12-31": ` + day, "no date of a document"},
		{"help", "on", "0001-01-01", `facts.on "0001-01-01": ` + day, "no date of a document"},
		{"help", "on", "2025-01-01T00:00:00Z", `facts.on "2025-01-01T00:00:00Z": ` + day, "an instant for a date"},
		{"help", "on", calendar.Date{Year: 9999, Month: 12, Day: 31}, `facts.on "9999-12-31": ` + day, "no date of a document"},
		{"help", "on", calendar.Date{Year: 2025, Month: 2, Day: 30}, `facts.on "2025-02-30": ` + day, "a day that never was"},
		{"help", "on", calendar.Date{Year: 2025, Month: 13, Day: 15}, `facts.on "2025-13-15": ` + day, "a month that never was"},
		{"help", "on", calendar.Date{Year: 2025, Month: 0, Day: 15}, `facts.on "2025-00-15": ` + day, "no month"},
		{"help", "on", calendar.Date{Year: 2025, Month: -1, Day: 15}, `facts.on`, "a month that never was"},
		{"help", "on", calendar.Date{Year: 2025, Month: 1}, `facts.on "2025-01-00": ` + day, "no day"},
		{"help", "on", calendar.Date{Year: 2025, Month: 1, Day: -5}, `facts.on`, "a day that never was"},
		{"help", "on", time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC), `facts.on "2025-01-01 00:00:00 +0000 UTC": ` + day, "an instant for a date"},
		{"help", "ends", "2025-01-01", `facts.ends "2025-01-01": is computed, and cannot be stated`, "a figure that is not declared as a fact"},
		{"help", "release", "three", `facts.release "three" is not known: want one of one, two`, "a row that the table has not"},
		{"all", "machines", "m1", `facts.machines "m1": want a list of machines`, "text for machines"},
		{"all", "machines", machines{{ID: "a"}, {ID: "b"}, {ID: "a"}}, `facts.machines[2].id "a": is the machine of machines[0] too`, "a machine twice"},
		{"all", "machines", machines{{Kind: "virtual"}}, `facts.machines[0].id "": want a name`, "a machine without a name"},
		{"all", "machines", machines{{ID: "a", Kind: "virtuel"}}, `facts.machines[0].kind "virtuel" is not known: want one of physical, virtual, desktop (virtual?)`, "a kind of machine that is none"},
		{"all", "machines", list{n(1)}, `facts.machines "[1]": want a list of machines`, "numbers for machines"},
	} {
		b := must(open(t, shop()).Bind(entitlement.Contract{Level: "weekday"}))
		f := entitlement.Facts{Question: test.question, Values: map[string]any{test.fact: test.value}}
		v, err := b.Verdict(f, true)
		a, err2 := b.Decide(f)
		all := leaves(err)
		if v != nil || a != (entitlement.Answer{}) || len(all) != 1 || !strings.HasPrefix(all[0].Error(), test.want) || fmt.Sprint(err) != fmt.Sprint(err2) {
			t.Errorf("%s=%v: %v, want %s: %s", test.fact, test.value, err, test.want, test.why)
			continue
		}
		var bad *entitlement.ValueError
		if !errors.As(all[0], &bad) {
			t.Errorf("%T: want a ValueError", all[0])
		}
	}
}

func TestListsRefused(t *testing.T) {
	n := entitlement.N
	p := figuring(t, entitlement.Figure{Name: "f", Cases: one(entitlement.Total{Of: "list"})})
	long := make([]entitlement.Number, 5000)
	for i := range long {
		long[i] = n(1)
	}
	for _, test := range []struct {
		name      string
		value     any
		want, why string
	}{
		{"list", "1,2", `! facts.list "1,2": want a list of numbers`, "text for a list"},
		{"list", n(1), `! facts.list "1": want a list of numbers`, "a number for a list"},
		{"list", []entitlement.Number{n(1), n(-2)}, `! facts.list "-2": want numbers that are not negative`, "one is negative"},
		{"list", []entitlement.Number{n(1), {}}, `! facts.list "": want numbers that are not negative`, "one is not stated"},
		{"list", []entitlement.Machine{{ID: "a"}}, `! facts.list "[{a   }]": want a list of numbers`, "machines for numbers"},
		{"list", long, "5000 TB", "a long list"},
		{"outages", "none", `! facts.outages "none": want a list of outages`, "text for outages"},
		{"from", "2025-01-01", `! facts.from "2025-01-01": want an instant, written 2025-08-01T00:00:00Z`, "a date for an instant"},
		{"from", calendar.MustParseDate("2025-01-01"), `! facts.from "2025-01-01": want an instant, written 2025-08-01T00:00:00Z`, "a date for an instant"},
		{"from", "2025-02-30T00:00:00Z", `! facts.from "2025-02-30T00:00:00Z": want an instant, written 2025-08-01T00:00:00Z`, "a day that never was"},
	} {
		got := answered(t, p, entitlement.Contract{}, entitlement.Facts{Question: "q", Values: map[string]any{test.name: test.value}})
		if got != test.want {
			t.Errorf("%s=%v: %s, want %s: %s", test.name, test.value, got, test.want, test.why)
		}
	}
}

// Everything that is wrong is said, in the order of the names.
func TestFactsRefusedTogether(t *testing.T) {
	b := must(open(t, shop()).Bind(entitlement.Contract{}))
	values := map[string]any{"via": "fax", "covered": "-1", "itme": "disk", "nodes": "x", "level": "weekday"}
	_, err := b.Decide(entitlement.Facts{Question: "help", Values: values})
	var got []string
	for _, e := range leaves(err) {
		got = append(got, strings.Join(strings.Fields(e.Error())[:2], " "))
	}
	if want := []string{`facts.covered "-1":`, `facts "itme"`, `facts "level":`, `facts.nodes "x":`, `facts.via "fax"`}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestNoSuchQuestion(t *testing.T) {
	b := must(open(t, shop()).Bind(entitlement.Contract{}))
	for _, name := range []string{"", "helping", "Help", "\x00phase", "every"} {
		v, err := b.Verdict(entitlement.Facts{Question: name}, false)
		a, err2 := b.Decide(entitlement.Facts{Question: name})
		var bad *entitlement.ValueError
		if !errors.As(err, &bad) || bad.Field != "question" || v != nil || a != (entitlement.Answer{}) || fmt.Sprint(err) != fmt.Sprint(err2) {
			t.Errorf("%q: %v, %v, %v", name, v, err, err2)
		}
	}
	// A typed question that an edition does not have.
	var bad *entitlement.ValueError
	if _, err := b.Decide(&entitlement.Guest{}); !errors.As(err, &bad) || bad.Value != "guest" {
		t.Errorf("%v", err)
	}
}

// A typed question may have a fact that the edition's question of that name
// has not; to state it is an error, and not to is not.
func TestTypedFactThatIsNot(t *testing.T) {
	s := shop()
	s.Questions[0].Name = "guest"
	b := must(open(t, s).Bind(entitlement.Contract{}))
	if _, err := b.Decide(&entitlement.Guest{}); err != nil {
		t.Error(err)
	}
	for _, q := range []*entitlement.Guest{{GuestOS: "ubuntu"}, {Hosts: entitlement.N(1)}, {About: entitlement.About{Arch: "amd64"}}} {
		a, err := b.Decide(q)
		v, err2 := b.Verdict(q, false)
		if err == nil || a != (entitlement.Answer{}) || v != nil || fmt.Sprint(err) != fmt.Sprint(err2) || !strings.Contains(err.Error(), "facts \"") {
			t.Errorf("%+v: %v, %v", q, a, err)
		}
	}
}

// The same value in every form that it may have.
func TestFormsOfValues(t *testing.T) {
	b := must(open(t, shop()).Bind(entitlement.Contract{Level: "weekday", From: calendar.MustParseDate("2025-03-01"), Until: calendar.MustParseDate("2025-09-01")}))
	date := calendar.MustParseDate
	ask := func(question string, on calendar.Date, values map[string]any) string {
		v := must(b.Verdict(entitlement.Facts{Question: question, On: on, Values: values}, true))
		return fmt.Sprint(told(v), v.Range.Answers, v.Known())
	}
	disk := func(values map[string]any) map[string]any { values["item"] = "disk"; return values }
	for _, test := range []struct {
		question string
		on, on2  calendar.Date
		a, b     map[string]any
		why      string
	}{
		{"help", date("2025-08-01"), calendar.Date{}, disk(map[string]any{}), disk(map[string]any{"on": "2025-08-01"}), "on beside the facts and among them"},
		{"help", date("2025-08-01"), calendar.Date{}, disk(map[string]any{}), disk(map[string]any{"on": date("2025-08-01")}), "a date"},
		{"help", date("2025-08-01"), date("2025-08-01"), disk(map[string]any{}), disk(map[string]any{"on": "2025-08-01"}), "twice the same"},
		{"seats", calendar.Date{}, calendar.Date{}, map[string]any{"nodes": "7"}, map[string]any{"nodes": entitlement.N(7)}, "a number as text"},
		{"seats", calendar.Date{}, calendar.Date{}, map[string]any{"nodes": "7"}, map[string]any{"nodes": "7.000"}, "with decimals"},
		{"help", calendar.Date{}, calendar.Date{}, map[string]any{"item": "disk"}, map[string]any{"item": "drive"}, "another name of a value"},
		{"help", calendar.Date{}, calendar.Date{}, map[string]any{}, map[string]any{"item": "", "nodes": entitlement.Number{}, "on": calendar.Date{}, "via": entitlement.YesNo(0)}, "zero values state nothing"},
		{"all", calendar.Date{}, calendar.Date{}, map[string]any{}, map[string]any{"machines": []entitlement.Machine(nil)}, "nil is no list"},
		{"help", calendar.Date{}, calendar.Date{}, map[string]any{}, nil, "no facts"},
	} {
		if x, y := ask(test.question, test.on, test.a), ask(test.question, test.on2, test.b); x != y {
			t.Errorf("%v: %s\n%v: %s\n%s", test.a, x, test.b, y, test.why)
		}
	}
}

// Two dates asked about at once cannot both be meant.
func TestOnTwice(t *testing.T) {
	b := must(open(t, shop()).Bind(entitlement.Contract{}))
	f := entitlement.Facts{Question: "help", On: calendar.MustParseDate("2025-08-01"), Values: map[string]any{"on": "2025-09-01"}}
	if a, err := b.Decide(f); err == nil {
		t.Errorf("%+v", a)
	}
}

// Every field of a typed question states the fact that has its name, and every
// fact of the edition's question has a field.
func TestTypedFields(t *testing.T) {
	questions := typedQuestions()
	for _, spec := range p2025().Spec.Questions {
		q, ok := questions[spec.Name]
		if !ok {
			t.Errorf("no type for question %s", spec.Name)
			continue
		}
		delete(questions, spec.Name)
		types := p2025().FactTypes(spec.Name)
		fields := fieldsOf(q)
		for _, f := range spec.Facts {
			if _, ok := fields[f.Name]; !ok {
				t.Errorf("%s: no field for fact %s", spec.Name, f.Name)
			}
		}
		for name, field := range fields {
			typ, ok := types[name]
			if name == entitlement.FactOffering { // of editions that sell offerings
				continue
			}
			if !ok {
				t.Errorf("%s: field %s states nothing", spec.Name, name)
				continue
			}
			// What only this field states is seen in what is known.
			fresh := reflect.New(reflect.TypeOf(q).Elem())
			value, text := sample(t, p2025(), spec.Name, name, typ)
			setField(fresh.Elem(), field.Name, value)
			b := must(p2025().Bind(entitlement.Contract{}))
			typed, err := b.Verdict(fresh.Interface().(entitlement.Question), false)
			facts, err2 := b.Verdict(entitlement.Facts{Question: spec.Name, Values: map[string]any{name: value}}, false)
			if err != nil || err2 != nil {
				t.Errorf("%s: %s: %v, %v", spec.Name, name, err, err2)
				continue
			}
			if a, b := known(typed)[name], known(facts)[name]; typ != entitlement.Text && (a != text || b != text) {
				t.Errorf("%s: %s is known as %q and %q, want %q", spec.Name, name, a, b, text)
			}
			if !reflect.DeepEqual(known(typed), known(facts)) || !reflect.DeepEqual(typed, facts) {
				t.Errorf("%s: %s as a field and as a fact differ", spec.Name, name)
			}
		}
	}
	for name := range questions {
		t.Errorf("the edition has no question %s", name)
	}
}

func known(v *entitlement.Verdict) map[string]string {
	out := map[string]string{}
	for _, k := range v.Known() {
		out[k.Name] = k.Value
	}
	return out
}

// fieldsOf returns the fields of a typed question by the names of their facts.
func fieldsOf(q entitlement.Question) map[string]reflect.StructField {
	out := map[string]reflect.StructField{}
	for _, f := range reflect.VisibleFields(reflect.TypeOf(q).Elem()) {
		if !f.Anonymous {
			out[snake(f.Name)] = f
		}
	}
	return out
}

// snake writes CamelCase as facts are written: "GuestOS" is guest_os, "RawTBPerNode" raw_tb_per_node.
func snake(camel string) string {
	r := []rune(camel)
	var b strings.Builder
	for i, c := range r {
		if unicode.IsUpper(c) && i > 0 && (!unicode.IsUpper(r[i-1]) || i+1 < len(r) && unicode.IsLower(r[i+1])) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(c))
	}
	return b.String()
}

func setField(q reflect.Value, name string, value any) {
	f := q.FieldByName(name)
	if y, ok := value.(entitlement.YesNo); ok && f.Kind() == reflect.String {
		value = y.String()
	}
	if s, ok := value.(string); ok && f.Type() == reflect.TypeFor[entitlement.YesNo]() {
		value = yesNo[s]
	}
	f.Set(reflect.ValueOf(value))
}

// sample is a value of a fact, and how it is written when it is known.
func sample(t *testing.T, p *entitlement.Policy, question, name string, typ entitlement.Type) (any, string) {
	t.Helper()
	switch typ {
	case entitlement.Numeric:
		return entitlement.N(3), "3"
	case entitlement.Dates:
		return calendar.MustParseDate("2025-09-03"), "2025-09-03"
	case entitlement.Instants:
		return time.Date(2025, 9, 3, 0, 0, 0, 0, time.UTC), "2025-09-03T00:00:00Z"
	case entitlement.Numbers:
		return []entitlement.Number{entitlement.N(3), entitlement.N(4)}, "3, 4"
	case entitlement.Machines:
		return []entitlement.Machine{{ID: "a"}}, "1 machines"
	case entitlement.Outages:
		return []entitlement.Outage{}, "0 outages"
	case entitlement.Text:
		return "text", ""
	}
	values := wordsOf(p, question, name)
	if len(values) == 0 {
		t.Fatalf("%s of %s has no values", name, question)
	}
	return values[0], values[0]
}

// wordsOf are the values of a closed fact. A figure that is not declared says
// what it may be when it is stated wrong.
func wordsOf(p *entitlement.Policy, question, name string) []string {
	for _, q := range p.Spec.Questions {
		for _, f := range q.Facts {
			if q.Name == question && f.Name == name && f.Values != nil {
				return f.Values
			}
		}
	}
	_, err := must(p.Bind(entitlement.Contract{})).Decide(entitlement.Facts{Question: question, Values: map[string]any{name: "\x00"}})
	var bad *entitlement.ValueError
	if errors.As(err, &bad) {
		return bad.Allowed
	}
	return nil
}
