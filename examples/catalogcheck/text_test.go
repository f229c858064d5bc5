package main

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/supportterms/supportterms/catalog"
)

const (
	lockCopy    = "testdata/lock-care.txt"
	lockEdition = "testdata/lock.yaml"
)

// The words of each clause, folded by hand.
var lockWords = []struct{ clause, words string }{
	{"1", "thedesk"},
	{"1.1", "thedeskanswersboatownersfrommondaytosaturdayofalockthatisshutspeaks22otherlocksareopen"},
	{"1.2", "threethingsarewantedwitheverycallthenameoftheboatthenumberofthelockaplaceonthemap"},
	{"1.2.1", "aphotographhelpsandmorethan125hoursofvideodonot"},
	{"1.2.2", ""},
	{"Table of answers", "day1night2leak30minutes2hourspaint9daysnever"},
	{"1.2.2 note 1", "from0800to2000"},
	{"1.2.2 note 2", "allotherhours"},
	{"2", "boats"},
	{"2.1", "boatsofupto24metresarehelped"},
	{"2.2", "raftsareboatsseehttpslockexampleraftsterms"},
	{"Terms: Lock", "agatewithwateronbothsides"},
	{"Terms: Raft", "aboatwithoutabottomappendix1nightwatch"},
	{"Appendix 1: 1.1", "thewatchcomesbyboat"},
	{"Appendix 1: 1.2", "itbringsitsownlightofthefinestmake"},
}

// Each clause is cut where it should be, and -words prints what stands in the
// edition.
func TestWords(t *testing.T) {
	want := "words:\n"
	for _, w := range lockWords {
		sum := sha256.Sum256([]byte(w.words))
		want += `  "` + w.clause + `": "` + hex.EncodeToString(sum[:])[:16] + "\"\n"
	}
	out, notes, status := ask("-words", lockCopy, lockEdition)
	if diff := cmp.Diff(want, out); diff != "" || status != 0 {
		t.Errorf("exit status %d\n%s", status, diff)
	}
	if want := lockCopy + ": not found: Introduction\n"; notes != want {
		t.Errorf("notes %q, want %q", notes, want)
	}
	file, err := os.ReadFile(lockEdition)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(string(file), "\n"+out) {
		t.Error("the edition has other words")
	}
	other := written(t, document(t)+"\n")
	if out, notes, status = ask("-words", other, lockEdition); status != 0 || out != want || !strings.Contains(notes, "not the copy that lock-care/1 says") {
		t.Errorf("another copy: exit status %d, notes %q", status, notes)
	}
}

func document(t testing.TB) string {
	t.Helper()
	text, err := os.ReadFile(lockCopy)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// written writes a file of its own.
func written(t testing.TB, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "copy.txt")
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// compared returns what is said of a copy of the invented document, without
// what is said of every copy, and the summary.
func compared(t testing.TB, text string) (said []string, summary string, status int) {
	t.Helper()
	name := written(t, text)
	out, notes, status := ask("-text", name, lockEdition)
	if notes != "" {
		t.Errorf("notes: %s", notes)
	}
	said = strings.Split(strings.TrimSuffix(strings.ReplaceAll(out, name, "copy"), "\n"), "\n")
	last := len(said) - 1
	if said[0] != "copy: Introduction: not looked for; it has no number, and no line is its heading" {
		t.Fatalf("said %q", said)
	}
	return said[1:last], said[last], status
}

const allTheSame = "16 clauses: 15 the same, 0 differ, 0 not found, 0 more; 1 not looked for"

// Copies that another program made of the same document.
func TestOtherCopies(t *testing.T) {
	same := document(t)
	for _, c := range []struct{ why, text string }{
		{"the same", same},
		{"other ends of lines", strings.ReplaceAll(same, "\n", "\r\n")},
		{"old ends of lines", strings.ReplaceAll(same, "\n", "\r")},
		{"a byte order mark", "\ufeff" + same},
		{"pages", strings.ReplaceAll(same, "\n2. Boats", "\f2. Boats")},
		{"capitals", regexp.MustCompile(`\(.*?\)`).ReplaceAllStringFunc(strings.ToUpper(same), strings.ToLower)},
		{"wider letters", strings.Map(func(c rune) rune {
			if '!' < c && c < '~' && !strings.ContainsRune("[](){}<>#*-", c) {
				return c - '!' + '！'
			}
			return c
		}, regexp.MustCompile(`\]\(.*?\)`).ReplaceAllString(same, "]"))},
		{"ligatures", strings.NewReplacer("fi", "ﬁ").Replace(same)},
		{"soft hyphens", strings.ReplaceAll(same, "photograph", "photo\u00adgraph")},
		{"no marks of Markdown", strings.NewReplacer("*", "", "](https://lock.example/owners)", "", "[", "", "](#)", "", "<", "", ">", "").Replace(same)},
		{"marks of HTML", strings.ReplaceAll(same, "*photograph*", `<em class="x">photograph</em>`)},
		{"escaped points", strings.ReplaceAll(same, "2. Boats", `2\. Boats`)},
		{"no bullets", strings.ReplaceAll(same, "\n- ", "\n")},
		{"no list marks", regexp.MustCompile(`(?m)^ *[123]\. (the|a|\d)`).ReplaceAllString(same, "$1")},
		{"other list marks", strings.NewReplacer("\n1. the name", "\n1) the name", "\n2. the", "\n2) the").Replace(same)},
		{"headings of Markdown", strings.NewReplacer("\n1. The desk", "\n## 1. The desk", "\nTable of", "\n### Table of", "\nTerms", "\n## Terms").Replace(same)},
		{"lines run together", strings.NewReplacer("Monday\n", "Monday ", "without\na", "without a", "1.2.1.\nA", "1.2.1. A").Replace(same)},
		{"other lines", strings.NewReplacer("from Monday", "from\nMonday", "speaks\n2.2. Other", "speaks 2.2.\nOther").Replace(same)},
		{"bold terms", strings.NewReplacer("\nLock:", "\n**Lock:**", "\nRaft:", "\n**Raft**:").Replace(same)},
		{"quoted terms", strings.NewReplacer("\nLock:", "\n\"Lock\"", "\nRaft:", "\n  • “Raft”").Replace(same)},
		{"no contents", regexp.MustCompile(`(?m)^- \[.*\n`).ReplaceAllString(same, "")},
		{"contents with pages", regexp.MustCompile(`(?s)- \[1.*?\n\n`).ReplaceAllString(same, "1. The desk ..... 1\n1.1. The desk ..... 1\n2. Boats ..... 2\n2.1 Boats 2\n\n")},
		{"no final line end", strings.TrimSuffix(same, "\n")},
	} {
		said, summary, status := compared(t, c.text)
		if len(said) != 0 || summary != allTheSame || status != 0 {
			t.Errorf("%s: exit status %d, %q, %s", c.why, status, said, summary)
		}
	}
}

// What is changed is found, and nothing else.
func TestChanges(t *testing.T) {
	for _, c := range []struct {
		why      string
		old, new string
		want     []string
	}{
		{"a word", "Monday", "Tuesday", []string{"copy:11: 1.1: words differ"}},
		{"a number", "12.5", "13.5", []string{"copy:20: 1.2.1: words differ"}},
		{"a cell", "9 days", "8 days", []string{"copy:25: Table of answers: words differ"}},
		{"two cells", "30 minutes\t2 hours", "2 hours\t30 minutes", []string{"copy:25: Table of answers: words differ"}},
		{"a note", "08:00", "07:00", []string{"copy:30: 1.2.2 note 1: words differ"}},
		{"a heading", "2. Boats\n\n", "2. Ships\n\n", []string{"copy:33: 2: words differ"}},
		{"words where there were none", "1.2.2.", "1.2.2. Agreed.", []string{"copy:23: 1.2.2: words differ"}},
		{"a number on which a line begins", "2.2. Other", "2.1. Other", []string{"copy:11: 1.1: words differ"}},
		{"an item of a list", "a place on", "the place on", []string{"copy:14: 1.2: words differ"}},
		{"the end", "make.", "wax.", []string{"copy:47: Appendix 1: 1.2: words differ"}},
		{"a definition", "a gate", "a door", []string{"copy:40: Terms: Lock: words differ"}},
		{"a clause is gone", "  1. 2.1 Boats of up to 24 metres are helped.\n", "", []string{"copy: 2.1: not found"}},
		{"an empty clause is gone", "- 1.2.2.\n", "", []string{"copy: 1.2.2: not found"}},
		{"a definition is gone", "Lock: a gate with water on both sides\n", "", []string{"copy: Terms: Lock: not found"}},
		{"a note is gone", "¹From 08:00 to 20:00\n", "", []string{"copy: 1.2.2 note 1: not found"}},
		{"a heading is gone", "1. The desk\n\n", "", []string{"copy: 1: not found"}},
		{"of an appendix", "1.1. The watch comes by boat.\n", "", []string{"copy: Appendix 1: 1.1: not found"}},
		{"another number", "2.1 Boats", "2.4 Boats", []string{"copy:35: 2.1: not found; its words stand as 2.4"}},
		{"another number of an empty clause", "1.2.2.", "1.2.7.", []string{"copy:23: 1.2.2: not found; its words stand as 1.2.7"}},
		{"another chapter", "\n2. Boats", "\n5. Boats", []string{"copy:33: 2: not found; its words stand as 5"}},
		{"another number and word", "2.1 Boats", "2.4 Ships", []string{"copy: 2.1: not found", "copy:35: 2.4: no such clause in the edition"}},
		{"a new clause", "Terms\n\nLock", "  3. 2.3 Ducks are not.\n\nTerms\n\nLock", []string{"copy:36: 2.2: words differ", "copy:38: 2.3: no such clause in the edition"}},
		{"a new clause within", "  2. 2.2", "  2. 2.1.1 Ducks are not.\n  3. 2.2", []string{"copy:36: 2.1.1: no such clause in the edition"}},
		{"a number twice", "  1. 2.1", "  1. 2.2 Ducks are not.\n  2. 2.1", []string{"copy:35: 2.2: no such clause in the edition"}},
		{"one more of an appendix", "1.2. It", "1.1.1. It is quiet.\n1.2. It", []string{"copy:47: 1.1.1: no such clause in the edition"}},
		{"two at once", "Monday", "24 Tuesday", []string{"copy:11: 1.1: words differ"}},
		{"two clauses change places", "  1. 2.1 Boats of up to 24 metres are helped.\n  2. 2.2", "  1. 2.2 Boats of up to 24 metres are helped.\n  2. 2.1", nil},
	} {
		same := document(t)
		at := strings.LastIndex(same, c.old)
		if at < 0 {
			t.Fatalf("%s: %q is not in the document", c.why, c.old)
		}
		said, summary, status := compared(t, same[:at]+c.new+same[at+len(c.old):])
		if c.want != nil && !slices.Equal(said, c.want) || len(said) == 0 || status != 1 {
			t.Errorf("%s: exit status %d, %q, want %q\n%s", c.why, status, said, c.want, summary)
		}
	}
}

// Each clause of its own is changed, deleted and given another number.
func TestEveryClause(t *testing.T) {
	ls := strings.SplitAfter(document(t), "\n")
	e, err := edition(lockEdition)
	if err != nil {
		t.Fatal(err)
	}
	x := &text{edition: e, lines: lines(document(t)), items: items(e), clauses: make([]passage, len(e.Clauses))}
	x.found = search(x.items, x.lines)
	if n := x.cut(); n != len(lockWords) {
		t.Fatalf("%d clauses found, want %d", n, len(lockWords))
	}
	ends := []int{len(ls)}
	for i := len(e.Clauses) - 1; i >= 0; i-- {
		number, line := e.Clauses[i].Number, x.clauses[i].line
		if line == 0 {
			continue
		}
		end := ends[len(ends)-1]
		ends = append(ends, line-1)
		without := slices.Concat(ls[:line-1], ls[end:])
		said, _, _ := compared(t, strings.Join(without, ""))
		if want := []string{"copy: " + number + ": not found"}; !slices.Equal(said, want) {
			t.Errorf("%s deleted: %q, want %q", number, said, want)
		}
		if e.Clauses[i].Kind == "empty" {
			continue
		}
		body := strings.TrimRight(strings.Join(ls[line-1:end], ""), "\n")
		changed := slices.Concat(ls[:line-1], []string{body + " more\n\n"}, ls[end:])
		said, _, _ = compared(t, strings.Join(changed, ""))
		if len(said) != 1 || !strings.HasSuffix(said[0], ": "+number+": words differ") {
			t.Errorf("%s changed: %q", number, said)
		}
	}
}

// A document of another language, whose edition names its parts in English.
func TestTerms(t *testing.T) {
	e := &catalog.Edition{
		Clauses: []catalog.Clause{{Number: "Appendix 2: 1.1"}, {Number: "Appendix 2: Night watch"}, {Number: "第3条"}},
		Terms:   []catalog.Term{{Printed: "付録", Means: "appendix, at the end"}, {Printed: "夜警 (よる)", Means: "night watch"}},
	}
	ls := lines("１．１　はじめに\n付録２－船\n\n１．１ 船が来ます。\n夜警（よる）：\n明かり\n第3条 終わり\n")
	found := search(items(e), ls)
	var got []int
	for _, f := range found {
		got = append(got, f.line)
	}
	if want := []int{3, 4, 6}; !slices.Equal(got, want) {
		t.Errorf("found on lines %v, want %v", got, want)
	}
}

// A clause may be the heading of others.
func TestParts(t *testing.T) {
	e := &catalog.Edition{Clauses: []catalog.Clause{{Number: "1"}, {Number: "1.1"}, {Number: "Annex A"}, {Number: "Annex A: 2.1"}, {Number: "Annex A: Bells: Small"}}}
	var got []string
	for _, it := range items(e) {
		got = append(got, it.part)
	}
	if want := []string{"", "", "Annex A", "Annex A", "Annex A: Bells", "Annex A: Bells"}; !slices.Equal(got, want) {
		t.Errorf("parts %q, want %q", got, want)
	}
}

func TestFold(t *testing.T) {
	for _, c := range []struct{ s, want string }{
		{"The *quick* [brown](https://a.example/b_(c)) fox", "thequickbrownfox"},
		{"<https://a.example> and <b>bold</b> <br/>", "httpsaexampleandbold"},
		{"a < b and c > d", "abandcd"},
		{"ΟΔΟΣ οδος οδός", "οδοσοδοσοδόσ"},
		{"ﬁne² ＡＢ", "fine2ａｂ"}, // wide letters are made narrow as lines are read
		{"24/7, 99.9 %, 8:00–18:00", "247999800" + "1800"},
		{"営業時間・ー々", "営業時間ー々"},
		{"✔️ e\u0301", "e\u0301"},
		{" -–— \t", ""},
	} {
		if got := fold(c.s); got != c.want {
			t.Errorf("fold(%q) = %q, want %q", c.s, got, c.want)
		}
	}
}

func TestFindNumber(t *testing.T) {
	for _, c := range []struct{ s, number, rest string }{
		{"7.1.2.1. Text", "7.1.2.1", " Text"},
		{"- 7.2.6. Text", "7.2.6", " Text"},
		{"  1. 1.1 Text", "1.1", " Text"},
		{"  1. 2.4.1本", "2.4.1", "本"},
		{"  2. 2.4.2Text", "2.4.2", "Text"},
		{"- 4. [Text](#)", "4", " [Text](#)"},
		{"- [1. Text](#)", "1", " Text](#)"},
		{"**3.1** Text", "3.1", "** Text"},
		{"## 2) Text", "2", " Text"},
		{`2\. Text`, "2", " Text"},
		{"20.5.6.", "20.5.6", ""},
		{"12 Text", "12", " Text"}, // after an empty line
		{"5.15-rt", "", ""},
		{"99.9% Text", "", ""},
		{"8:00 Text", "", ""},
		{"1-20", "", ""},
		{"2.5h", "", ""},
		{"1/2", "", ""},
		{"Text 1.2", "", ""},
		{"", "", ""},
	} {
		l := lines(c.s)[0]
		if l.number != c.number || c.number != "" && l.rest != c.rest {
			t.Errorf("%q begins with %q, rest %q; want %q, %q", c.s, l.number, l.rest, c.number, c.rest)
		}
	}
	if l := lines("for\n90 days")[1]; l.number != "" {
		t.Errorf("90 days begins with %q", l.number)
	}
}
