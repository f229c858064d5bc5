package main

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/supportterms/supportterms/calendar/holiday"
	"github.com/supportterms/supportterms/catalog"
)

var desk = catalog.NewDesk(catalog.Builtin(), holiday.ByCode)

// A written text is one as it stands in a picture.
type written struct {
	class, text string
	from, to, y int
}

// texts reads a picture and returns its texts, its title and its description.
func texts(t testing.TB, picture []byte) (out []written, title, desc string) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(picture))
	var in []xml.StartElement
	for {
		token, err := d.Token()
		if err == io.EOF {
			return out, title, desc
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			in = append(in, token)
		case xml.EndElement:
			in = in[:len(in)-1]
		case xml.CharData:
			if len(in) == 0 {
				continue
			}
			at := in[len(in)-1]
			attr := func(name string) string {
				i := slices.IndexFunc(at.Attr, func(a xml.Attr) bool { return a.Name.Local == name })
				if i < 0 {
					return ""
				}
				return at.Attr[i].Value
			}
			switch {
			case at.Name.Local == "title" && len(in) == 2:
				title += string(token)
			case at.Name.Local == "desc":
				desc += string(token)
			case at.Name.Local == "text":
				w := written{class: attr("class"), text: string(token)}
				wide := label{class: w.class, text: w.text}.width()
				if w.class == "head" {
					wide = width(w.text, 16) * 9 / 8
				}
				w.from, w.y = whole(t, attr("x")), whole(t, attr("y"))
				if attr("text-anchor") == "end" {
					w.from -= wide
				}
				w.to = w.from + wide
				out = append(out, w)
			}
		}
	}
}

func whole(t testing.TB, s string) int {
	t.Helper()
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return int(math.Round(f * px))
}

// tidy fails where a text is on another or past the edge of the page.
func tidy(t testing.TB, why string, picture []byte) {
	t.Helper()
	all, _, _ := texts(t, picture)
	for i, a := range all {
		if a.from < 0 || a.to > pageWidth {
			t.Errorf("%s: %q is past the edge", why, a.text)
		}
		for _, b := range all[:i] {
			if a.from < b.to && b.from < a.to && a.y-b.y < 13*px && b.y-a.y < 13*px {
				t.Errorf("%s: %q is on %q", why, a.text, b.text)
			}
		}
	}
}

// parsed returns the timeline of a query.
func parsed(t testing.TB, text string) *timeline {
	t.Helper()
	q, err := readQuery("-", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	line, err := newTimeline(desk, q)
	if err != nil {
		t.Fatalf("%v\n%.300s", err, text)
	}
	return line
}

// terms are a contract at a place; events go into it.
const terms = `{"id": "%s", "edition": "ubuntu-pro/2025-07-02", "contract": {"level": "%s"},
"place": {"zone": "%s", "region": "%s"}, "readings": {"sla.hold": "awaiting-customer"},
"events": [%s], "as_of": "%s", "case": {"raise": "carry", "lower": "restart", "warnings": [50, 75, 90]}}`

// Cases of all lengths, from a minute to years, have no text on another, are the
// same twice, and stay small.
func TestTidy(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	kinds := []string{"acknowledged", "customer_replied", "responded", "updated", "escalated", "awaiting_customer"}
	places := []struct{ zone, region string }{
		{"Europe/London", "GB-ENG"}, {"Asia/Tokyo", "JP"}, {"America/New_York", "US"}, {"Australia/Lord_Howe", "AU-NSW"}, {"UTC", "FR"},
	}
	n := 400
	if testing.Short() {
		n = 60
	}
	for range n {
		at := time.Date(2025, 7, 2, 0, 0, 0, 0, time.UTC).Add(time.Duration(r.Int64N(int64(200 * day))))
		long := math.Exp(r.Float64()*math.Log(float64(800*day/time.Second)) + 1)
		var events []string
		write := func(kind string, severity int) {
			e := fmt.Sprintf(`{"at": %q, "kind": %q`, at.Format(time.RFC3339), kind)
			if severity > 0 {
				e += fmt.Sprintf(`, "severity": %d`, severity)
			}
			events = append(events, e+"}")
			at = at.Add(time.Duration(1+r.Float64()*long/10) * time.Second)
		}
		write("opened", 1+r.IntN(4))
		waiting := false
		for range r.IntN(30) {
			switch kind := kinds[r.IntN(len(kinds))]; {
			case r.IntN(5) == 0:
				write("severity_set", 1+r.IntN(4))
			case waiting && r.IntN(2) == 0:
				waiting = false
				write("resumed", 0)
			default:
				waiting = waiting || kind == "awaiting_customer"
				write(kind, 0)
			}
		}
		if r.IntN(3) == 0 {
			write([]string{"resolved", "closed", "cancelled", "merged"}[r.IntN(4)], 0)
		}
		place := places[r.IntN(len(places))]
		text := fmt.Sprintf(terms, "any", []string{"weekday", "24x7"}[r.IntN(2)], place.zone, place.region, strings.Join(events, ","), at.Format(time.RFC3339))
		line := parsed(t, text)
		picture := draw(line)
		tidy(t, text, picture)
		if !bytes.Equal(picture, draw(parsed(t, text))) {
			t.Errorf("not the same twice: %s", text)
		}
		if len(picture) > 200_000 {
			t.Errorf("%d bytes: %s", len(picture), text)
		}
		told(t, line, picture)
		if t.Failed() {
			return
		}
	}
}

// told fails where the text alternative leaves out how a metric stands.
func told(t testing.TB, line *timeline, picture []byte) {
	t.Helper()
	_, title, desc := texts(t, picture)
	want := []string{line.in(line.report.AsOf)}
	for _, m := range line.report.Metrics {
		want = append(want, spaced(m.Metric))
		if c := m.Cycle(); c == nil {
			want = append(want, "not drawn: "+spaced(m.Status.String()))
		} else {
			want = append(want, line.deadlineText(c))
		}
	}
	for _, w := range want {
		if !strings.Contains(desc, w) {
			t.Errorf("no %q in the description:\n%s", w, desc)
		}
	}
	if !strings.Contains(title, line.stands()) {
		t.Errorf("title %q", title)
	}
}

// A hundred thousand events make a picture no larger than a thousand do.
func TestManyEvents(t *testing.T) {
	at := time.Date(2025, 7, 3, 8, 0, 0, 0, time.UTC)
	events := []string{fmt.Sprintf(`{"at": %q, "kind": "opened", "severity": 2}`, at.Format(time.RFC3339))}
	for n := range 99_999 {
		at = at.Add(time.Duration(1+n*7919%13) * 250 * time.Second)
		kind := []string{"responded", "updated", "customer_replied"}[n%3]
		events = append(events, fmt.Sprintf(`{"at": %q, "kind": %q}`, at.Format(time.RFC3339), kind))
	}
	line := parsed(t, fmt.Sprintf(terms, "many", "weekday", "Europe/London", "GB-ENG", strings.Join(events, ","), at.Format(time.RFC3339)))
	picture := draw(line)
	tidy(t, "many", picture)
	told(t, line, picture)
	if len(picture) > 250_000 {
		t.Errorf("%d bytes", len(picture))
	}
	all, _, desc := texts(t, picture)
	said := ""
	for _, w := range all {
		said += w.text + " "
	}
	for _, want := range []string{"labels left out for want of room", "signs left out", "too small to be drawn: hours, weekends, clock changes"} {
		if !strings.Contains(said, want) {
			t.Errorf("not said: %s", want)
		}
	}
	if want := "and 99980 more"; !strings.Contains(desc, want) {
		t.Errorf("not described: %s", want)
	}
}

// What a query brings is text in the picture, and nothing else.
func TestEscapes(t *testing.T) {
	const id = `</desc><script>alert(1)</script> & "x" 営業日 ` + "\u0001"
	line := parsed(t, fmt.Sprintf(terms, "x", "weekday", "Europe/London", "GB-ENG", `{"at": "2025-07-03T08:00:00Z", "kind": "opened", "severity": 1}`, "2025-07-03T09:00:00Z"))
	line.id = id + strings.Repeat("long ", 100)
	picture := draw(line)
	tidy(t, "a long name", picture)
	_, title, _ := texts(t, picture)
	if want := strings.Replace(id, "\u0001", "\uFFFD", 1); !strings.Contains(title, want) {
		t.Errorf("title %q", title)
	}
	if bytes.Contains(picture, []byte("<script")) {
		t.Error("a script")
	}
}

// Two pictures on one page have ids of their own.
func TestIDs(t *testing.T) {
	id := regexp.MustCompile(` id="([^"]*)"`)
	seen := map[string]bool{}
	for _, opened := range []string{"2025-07-03T08:00:00Z", "2025-07-03T08:30:00Z"} {
		line := parsed(t, fmt.Sprintf(terms, "x", "weekday", "Europe/London", "GB-ENG", `{"at": "`+opened+`", "kind": "opened", "severity": 1}`, "2025-07-03T09:00:00Z"))
		for _, m := range id.FindAllStringSubmatch(string(draw(line)), -1) {
			if seen[m[1]] {
				t.Errorf("id %s twice", m[1])
			}
			seen[m[1]] = true
		}
	}
	if len(seen) != 4 {
		t.Errorf("ids %v", seen)
	}
}

// contrast is that of two colours, as WCAG 2 has it.
func contrast(t testing.TB, a, b string) float64 {
	t.Helper()
	light := func(colour string) float64 {
		n, err := strconv.ParseUint(strings.TrimPrefix(colour, "#"), 16, 32)
		if err != nil {
			t.Fatal(err)
		}
		sum := 0.0
		for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
			c := float64(n>>(16-8*i)&0xff) / 255
			if c <= 0.04045 {
				c /= 12.92
			} else {
				c = math.Pow((c+0.055)/1.055, 2.4)
			}
			sum += weight * c
		}
		return sum
	}
	x, y := light(a)+0.05, light(b)+0.05
	return max(x, y) / min(x, y)
}

func TestContrast(t *testing.T) {
	if c := contrast(t, "#000000", "#ffffff"); math.Abs(c-21) > 1e-9 {
		t.Fatalf("black on white is %v", c)
	}
	for name, p := range map[string]palette{"light": light, "dark": dark} {
		for _, under := range []string{p.ground, p.open, p.night, p.weekend, p.holiday} {
			for _, text := range []string{p.text, p.muted} {
				if c := contrast(t, text, under); c < 4.5 {
					t.Errorf("%s: text %s on %s: %.2f", name, text, under, c)
				}
			}
			for _, mark := range []string{p.counted, p.line, p.late, p.met, p.due} {
				if c := contrast(t, mark, under); c < 3 {
					t.Errorf("%s: mark %s on %s: %.2f", name, mark, under, c)
				}
			}
		}
	}
}

// Every sign has its own shape, and every class of the picture a style.
func TestSigns(t *testing.T) {
	shapes := map[string]string{}
	for kind, shape := range signs {
		if other := shapes[shape]; other != "" {
			t.Errorf("%s looks as %s does", kind, other)
		}
		shapes[shape] = kind
	}
	for _, kind := range slices.Concat(kinds, []string{"counted", "over", "ahead", "pause", "named", "waits", "now", "clock"}) {
		if !strings.Contains(style(), ".timeline ."+kind) {
			t.Errorf("no style for %s", kind)
		}
	}
}

func TestTicks(t *testing.T) {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	at := func(s string) time.Time {
		out, err := time.ParseInLocation("2006-01-02 15:04", s, london)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	for _, row := range []struct{ from, to, first, last, why string }{
		{"2025-08-22 09:00", "2025-08-22 09:01", "09:00", "09:10", "a minute is shown as ten"},
		{"2025-10-26 00:10", "2025-10-26 04:00", "00:15", "04:15", "the hour that comes twice is ticked once"},
		{"2025-03-30 00:10", "2025-03-30 06:00", "00:15", "06:15", "the hour that is skipped is not ticked"},
		{"2025-08-01 09:00", "2025-08-11 09:00", "Sat 02", "Mon 11", "days"},
		{"2025-08-01 09:00", "2025-10-11 09:00", "Mon 04", "Mon 13", "weeks begin on Monday"},
		{"2025-08-01 09:00", "2026-10-11 09:00", "Aug", "Nov", "months"},
		{"2025-08-01 09:00", "2055-10-11 09:00", "2030", "2050", "tens of years"},
	} {
		s := newScale(at(row.from), at(row.to), leftEdge, timeWidth)
		st := s.step()
		ticks := s.ticks(st, london)
		for i := range ticks[1:] {
			if !ticks[i].Before(ticks[i+1]) {
				t.Errorf("%s: %v after %v", row.why, ticks[i+1], ticks[i])
			}
		}
		first, last := ticks[0].Format(st.format), ticks[len(ticks)-1].Format(st.format)
		if first != row.first || last != row.last {
			t.Errorf("%s: %s to %s, want %s to %s", row.why, first, last, row.first, row.last)
		}
	}
}

// Of the closed time of a date the strongest reason is drawn; what a ledger
// counts is not drawn closed.
func TestBands(t *testing.T) {
	line := parsed(t, fmt.Sprintf(terms, "x", "weekday", "Europe/London", "GB-ENG",
		`{"at": "2025-08-22T14:00:00Z", "kind": "opened", "severity": 3}, {"at": "2025-08-22T15:00:00Z", "kind": "awaiting_customer"}`, "2025-08-27T06:00:00Z"))
	from, to := line.window()
	s := newScale(from, to, leftEdge, timeWidth)
	var got []string
	for _, b := range line.bands(s) {
		if b.to.After(from) && b.from.Before(to) {
			got = append(got, fmt.Sprintf("%s %s to %s", b.label(), b.from.In(line.zone).Format("02 15:04"), b.to.In(line.zone).Format("02 15:04")))
		}
	}
	for _, want := range []string{
		"open 26 08:00 to 26 18:00", "night 22 18:00 to 23 00:00", "weekend 23 00:00 to 25 00:00", "Summer bank holiday 25 00:00 to 26 00:00", "night 26 18:00 to 27 08:00",
	} {
		if !slices.Contains(got, want) {
			t.Errorf("no %q in %q", want, got)
		}
	}
}

// A case without a place, before its opening, or under no edition in force has a
// picture all the same.
func TestBare(t *testing.T) {
	for _, row := range []struct{ text, want string }{
		{`{"edition": "ubuntu-pro/2025-07-02", "contract": {"level": "weekday"}, "severity": 2, "opened": "2025-08-22T16:30:00+01:00"}`, "missing: place"},
		{`{"edition": "ubuntu-pro/2025-07-02", "contract": {"level": "weekday"}, "severity": 2, "opened": "2025-08-22T16:30:00+01:00", "as_of": "2025-08-22T16:00:00+01:00"}`, "not opened yet"},
		{`{"edition": "ubuntu-pro/2025-07-02", "contract": {"level": "weekday"}, "severity": 2, "opened": "2025-07-01T16:30:00+01:00", "place": {"zone": "Europe/London", "region": "GB-ENG"}}`, "document not in force"},
		{`{"edition": "ubuntu-pro/2025-07-02", "contract": {"level": "self-support"}, "severity": 2, "opened": "2025-08-22T16:30:00+01:00", "place": {"zone": "Europe/London", "region": "GB-ENG"}}`, "not entitled"},
		{`{"edition": "ubuntu-pro/2025-07-02", "contract": {"level": "weekday"}, "severity": 2, "opened": "2025-08-22T16:30:00+01:00", "as_of": "2098-12-31T00:00:00Z", "place": {"zone": "Europe/London", "holidays": []}}`, "2090"},
		{`{"edition": "ubuntu-pro/2025-07-02", "contract": {"level": "weekday"}, "severity": 2, "opened": "0001-01-01T00:00:01Z", "as_of": "9999-12-31T00:00:00Z", "place": {"zone": "Europe/London", "holidays": []}}`, "document not in force"},
	} {
		picture := draw(parsed(t, row.text))
		tidy(t, row.text, picture)
		if !bytes.Contains(picture, []byte(row.want)) {
			t.Errorf("no %q for %s", row.want, row.text)
		}
	}
}

func BenchmarkDraw(b *testing.B) {
	q, err := readQuery("testdata/bank-holiday.json", nil)
	if err != nil {
		b.Fatal(err)
	}
	line, err := newTimeline(desk, q)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		draw(line)
	}
}
