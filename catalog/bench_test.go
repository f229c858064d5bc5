package catalog_test

import (
	"io/fs"
	"math/rand/v2"
	"os"
	"runtime"
	"testing"
	"time"

	"gopkg.in/yaml.v3"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/catalog"
	"github.com/supportterms/supportterms/entitlement"
	"github.com/supportterms/supportterms/sla"
)

const starts = 1 << 14

var (
	sinkDue     sla.Due
	sinkTime    time.Time
	sinkEdition *catalog.Edition
)

// BenchmarkDeadline goes from a contract, a severity and a random instant of
// ten years to the instant a response is due: through the rules each time, and
// with a contract bound once. add/24h is the calendar alone.
func BenchmarkDeadline(b *testing.B) {
	loc, err := time.LoadLocation("Europe/London")
	if err != nil {
		b.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	first, last := time.Date(2025, 7, 2, 0, 0, 0, 0, loc).Unix(), time.Date(2035, 7, 2, 0, 0, 0, 0, loc).Unix()
	ts := make([]time.Time, starts)
	for i := range ts {
		ts[i] = time.Unix(first+r.Int64N(last-first), 0).In(loc)
	}
	holidays := calendar.List{}
	for y := 2025; y <= 2036; y++ {
		for _, md := range []string{"01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"} {
			holidays[calendar.MustParseDate(time.Date(y, 1, 1, 0, 0, 0, 0, loc).Format("2006")+"-"+md)] = "bank holiday"
		}
	}
	e, err := catalog.Builtin().Edition("ubuntu-pro/2025-07-02")
	if err != nil {
		b.Fatal(err)
	}
	at := e.Calendars(sla.Places{sla.Agreed: {Location: loc, Holidays: holidays}})
	weekday := &entitlement.Contract{Level: entitlement.Weekday}
	allHours := &entitlement.Contract{Level: entitlement.AllHours}

	b.Run("add/24h", func(b *testing.B) {
		c, err := calendar.New(calendar.Config{
			Hours: calendar.MustParseHours("Mo-Fr 08:00-18:00; PH off"), Location: loc, Holidays: holidays,
		})
		if err != nil {
			b.Fatal(err)
		}
		for _, t := range ts {
			if _, err := c.Add(t, 24*time.Hour); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportAllocs()
		i := 0
		for b.Loop() {
			sinkTime, _ = c.Add(ts[i&(starts-1)], 24*time.Hour)
			i++
		}
	})
	for _, row := range []struct {
		name     string
		contract *entitlement.Contract
		severity sla.Severity
	}{{"business", weekday, 4}, {"elapsed", allHours, 1}} {
		for _, t := range ts { // compile the years outside the loop
			if d, err := e.Due(row.contract, "", at, sla.FirstResponse, row.severity, t); err != nil || d.Status != sla.StatusDue {
				b.Fatal(d, err)
			}
		}
		b.Run("unbound/"+row.name, func(b *testing.B) {
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				sinkDue, _ = e.Due(row.contract, "", at, sla.FirstResponse, row.severity, ts[i&(starts-1)])
				i++
			}
		})
		b.Run("bound/"+row.name, func(b *testing.B) {
			bound, err := e.Bind(*row.contract, "", at)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				sinkDue, _ = bound.Due(sla.FirstResponse, row.severity, ts[i&(starts-1)])
				i++
			}
		})
	}
}

// BenchmarkAnswer answers one query of JSON with its reasons, without and with
// the range over all readings.
func BenchmarkAnswer(b *testing.B) {
	desk := catalog.NewDesk(catalog.Builtin(), nil)
	for _, ranged := range []string{"false", "true"} {
		line := []byte(`{"edition": "ubuntu-pro/2025-07-02", "contract": {"level": "24x7"},
			"place": {"zone": "Europe/London", "holidays": ["2025-08-25"]}, "severity": 2,
			"opened": "2025-08-22T16:30:00+01:00", "metric": "first_response", "range": ` + ranged + `}`)
		b.Run("range="+ranged, func(b *testing.B) {
			for b.Loop() {
				desk.AnswerLine(line)
			}
		})
	}
}

// BenchmarkBuiltin reads each edition, beside yaml.v3's bare parse of the same
// file, and reports what a read edition holds in bytes.
func BenchmarkBuiltin(b *testing.B) {
	files, err := fs.Glob(os.DirFS("data"), "*/*.yaml")
	if err != nil {
		b.Fatal(err)
	}
	for _, name := range files {
		text, err := os.ReadFile("data/" + name)
		if err != nil {
			b.Fatal(err)
		}
		b.Run("edition/"+name, func(b *testing.B) {
			for b.Loop() {
				if sinkEdition, err = catalog.Parse(name, text); err != nil {
					b.Fatal(err)
				}
			}
			const n = 20
			kept := make([]*catalog.Edition, n)
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			for i := range kept {
				kept[i], _ = catalog.Parse(name, text)
			}
			runtime.GC()
			runtime.ReadMemStats(&after)
			b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/n, "kept-B")
			runtime.KeepAlive(kept)
		})
		b.Run("yaml/"+name, func(b *testing.B) {
			for b.Loop() {
				var root yaml.Node
				if err := yaml.Unmarshal(text, &root); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// coverageQuestions are a security fix and a support request with everything
// stated that they turn on.
func coverageQuestions(b *testing.B) (*entitlement.Bound, *entitlement.SecurityFix, *entitlement.SupportRequest) {
	e, err := catalog.Builtin().Edition(proEdition)
	if err != nil {
		b.Fatal(err)
	}
	bound, err := e.Coverage().Bind(entitlement.Contract{Level: "weekday", SecurityScope: "pro", SupportScope: "full"})
	if err != nil {
		b.Fatal(err)
	}
	on := calendar.MustParseDate("2025-08-01")
	about := entitlement.About{On: on, Release: "18.04", Arch: "amd64", Machine: "virtual"}
	return bound, &entitlement.SecurityFix{About: about, Component: "universe", Priority: "high"},
		&entitlement.SupportRequest{
			About: about, Item: "package", Component: "main", Source: "official", ModifiedBy: "none",
			Request: "break-fix", Hardware: "certified",
		}
}

// BenchmarkVerdict decides without an explanation, from typed values.
func BenchmarkVerdict(b *testing.B) {
	bound, fix, request := coverageQuestions(b)
	for name, q := range map[string]entitlement.Question{"security-fix": fix, "support-request": request} {
		if a, err := bound.Decide(q); err != nil || a.Outcome != entitlement.Covered {
			b.Fatal(a, err)
		}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := bound.Decide(q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkExplain answers with all reasons.
func BenchmarkExplain(b *testing.B) {
	bound, fix, request := coverageQuestions(b)
	unsettled := *request
	unsettled.ModifiedBy, unsettled.Hardware, unsettled.Source = "", "", ""
	for _, row := range []struct {
		name string
		q    entitlement.Question
	}{{"security-fix", fix}, {"support-request", request}, {"unsettled", &unsettled}, {"nothing-stated", &entitlement.SupportRequest{}}} {
		b.Run(row.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := bound.Verdict(row.q, false); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
