package rule_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/prop"

	"github.com/supportterms/supportterms/entitlement/entitlementtest"
	"github.com/supportterms/supportterms/entitlement/rule"
)

type model = entitlementtest.Model

// holds checks a property of value questions and of coverage questions, each
// with the same models every time.
func holds(t *testing.T, property func(m model) bool) {
	t.Helper()
	for name, build := range map[string]func([]int) model{
		"values": entitlementtest.Values, "coverage": entitlementtest.Coverage,
	} {
		t.Run(name, func(t *testing.T) {
			p := gopter.DefaultTestParametersWithSeed(1713)
			p.MinSuccessfulTests, p.MaxSize = 600, 160
			if testing.Short() {
				p.MinSuccessfulTests = 150
			}
			properties := gopter.NewProperties(p)
			properties.Property(t.Name(), prop.ForAll(func(tape []int) (string, error) {
				if m := build(tape); !property(m) {
					return fmt.Sprintf("%+v", m), nil
				}
				return "", nil
			}, entitlementtest.Tapes()))
			properties.TestingRun(t)
		})
	}
}

// plain is an answer without advice.
func plain(a rule.Answer) rule.Answer {
	a.Ask = -1
	return a
}

// complete returns m with one completion of its point, and no derived facts to
// compute.
func complete(m model) model {
	m.Point = m.Completions(m.Point)[0].Point
	m.Derive = nil
	return m
}

func TestMatchesDefaultCalculus(t *testing.T) {
	holds(t, func(m model) bool {
		s := m.Set()
		for _, c := range m.Completions(m.Point) {
			if s.Decide(c.Point, nil) != c.Answer {
				return false
			}
		}
		return true
	})
}

func TestSettledIffEveryCompletionAgrees(t *testing.T) {
	holds(t, func(m model) bool {
		want, _ := m.Decide(m.Point)
		return plain(m.Set().Decide(m.Point, m.Derive)) == want
	})
}

func TestFirmAnswersSurviveFacts(t *testing.T) {
	holds(t, func(m model) bool {
		s := m.Set()
		before := s.Decide(m.Point, m.Derive)
		if before.State == rule.Unsettled {
			return true
		}
		more := slices.Clone(m.Point)
		for i, f := range m.Facts {
			if more[i] == 0 && f.Role != rule.Derived {
				more[i] = uint8(f.Codes())
				if s.Decide(more, m.Derive) != before {
					return false
				}
			}
		}
		return true
	})
}

func TestStatingTheMissingSettles(t *testing.T) {
	holds(t, func(m model) bool {
		s := m.Set()
		d := s.Explain(m.Point, m.Derive)
		// Whatever the missing are given, the rest can no longer matter.
		for _, c := range m.Completions(m.Point) {
			stated := slices.Clone(m.Point)
			for _, i := range slices.Concat(d.Missing, d.Mattered) {
				if stated[i] == 0 {
					stated[i] = c.Point[i]
				}
			}
			if s.Decide(stated, m.Derive).State == rule.Unsettled {
				return false
			}
		}
		return true
	})
}

func TestUnsettledNamesAFact(t *testing.T) {
	holds(t, func(m model) bool {
		d := m.Set().Explain(m.Point, m.Derive)
		open := slices.ContainsFunc(d.Mattered, func(r int) bool { return m.Point[r] == 0 })
		asks := d.Answer.Ask >= 0
		unsettled := d.Answer.State == rule.Unsettled
		return unsettled == (len(d.Missing) > 0 || open) && unsettled == asks
	})
}

// The missing facts matter, and no others do.
func TestMissingIsWhatMatters(t *testing.T) {
	holds(t, func(m model) bool {
		d := m.Set().Explain(m.Point, m.Derive)
		got := slices.Clone(d.Missing)
		for _, r := range d.Mattered {
			if m.Point[r] == 0 {
				got = append(got, r)
			}
		}
		slices.Sort(got)
		_, want := m.Decide(m.Point)
		return d.Exact && slices.Equal(got, want)
	})
}

func TestMatteredIsWhatChangesTheAnswer(t *testing.T) {
	holds(t, func(m model) bool {
		d := m.Set().Explain(m.Point, m.Derive)
		got := slices.DeleteFunc(d.Mattered, func(r int) bool { return m.Point[r] == 0 })
		return slices.Equal(got, m.Mattered(m.Point))
	})
}

func TestOrderIsIrrelevant(t *testing.T) {
	holds(t, func(m model) bool {
		d := m.Set().Explain(m.Point, m.Derive)
		m.Rules = slices.Clone(m.Rules)
		rng := rand.New(rand.NewPCG(1, uint64(len(m.Rules))))
		rng.Shuffle(len(m.Rules), func(i, j int) { m.Rules[i], m.Rules[j] = m.Rules[j], m.Rules[i] })
		e := m.Set().Explain(m.Point, m.Derive)
		return d.Answer == e.Answer && slices.Equal(d.Missing, e.Missing) && slices.Equal(d.Mattered, e.Mattered)
	})
}

func TestSettledHasBecause(t *testing.T) {
	holds(t, func(m model) bool {
		m = complete(m)
		s := m.Set()
		d := s.Explain(m.Point, nil)
		if d.Answer.State != rule.Settled {
			return true
		}
		for i, st := range d.Steps {
			r := s.Rule(i)
			if st.Standing != rule.Applied {
				continue
			}
			switch r.Effect {
			case rule.Answers:
				if r.Then == d.Answer.Value {
					return true
				}
			case rule.Excludes:
				if rule.Outcome(r.Then) == d.Answer.Outcome {
					return true
				}
			case rule.Grants, rule.Maintains:
				if o := d.Answer.Outcome; o == rule.Covered || o == rule.Standard || o == rule.Limited {
					return true
				}
			case rule.Announces:
				if d.Answer.Outcome == rule.Announced {
					return true
				}
			}
		}
		return false
	})
}

func TestLosersCanBeDeleted(t *testing.T) {
	holds(t, func(m model) bool {
		m = complete(m)
		d := m.Set().Explain(m.Point, nil)
		var kept []rule.Rule
		for i, st := range d.Steps {
			if st.Standing == rule.Applied {
				r := m.Rules[i]
				r.Except = "" // it may be to a rule that is deleted
				kept = append(kept, r)
			}
		}
		m.Rules = kept
		return m.Set().Decide(m.Point, nil) == d.Answer
	})
}

func TestExceptionWins(t *testing.T) {
	holds(t, func(m model) bool {
		m = complete(m)
		d := m.Set().Explain(m.Point, nil)
		for i, r := range m.Rules {
			for k, e := range m.Rules {
				if e.Except == r.ID && m.Holds(k, m.Point) && d.Steps[i].Standing == rule.Applied {
					return false
				}
			}
			by := slices.IndexFunc(m.Rules, func(e rule.Rule) bool { return e.ID == d.Steps[i].By })
			if (d.Steps[i].Standing == rule.Overridden) != (by >= 0) || by >= 0 && d.Steps[by].Standing != rule.Applied {
				return false
			}
		}
		return true
	})
}

func TestAgreementIsNotConflict(t *testing.T) {
	holds(t, func(m model) bool {
		m.Rules = slices.Clone(m.Rules)
		for i := range m.Rules {
			if m.Rules[i].Effect == rule.Answers {
				m.Rules[i].Then = 7
			}
		}
		if _, err := rule.NewValues(m.Vocabulary(), m.Rules...); !m.Coverage && err != nil {
			return false
		}
		return m.Set().Decide(m.Point, m.Derive).State != rule.Conflict
	})
}

func TestOutOfForceIsAbsent(t *testing.T) {
	holds(t, func(m model) bool {
		m = complete(m)
		on := slices.IndexFunc(m.Facts, func(f rule.Fact) bool { return f.Name == rule.On })
		last := len(m.Rules) - 1 // nothing is an exception to it
		if on < 0 || m.Rules[last].Valid.Since.IsZero() {
			return true
		}
		m.Point[on] = 1 // before every generated rule with a beginning
		with := m.Set().Explain(m.Point, nil)
		m.Rules = m.Rules[:last]
		without := m.Set().Explain(m.Point, nil)
		same := func(a, b rule.Step) bool {
			return a.Rule == b.Rule && a.Standing == b.Standing && a.By == b.By && slices.Equal(a.Lacking, b.Lacking)
		}
		return with.Answer == without.Answer &&
			with.Steps[last].Standing == rule.NotMet && slices.Contains(with.Steps[last].Lacking, on) &&
			slices.EqualFunc(with.Steps[:last], without.Steps, same)
	})
}

func TestRenamingIsIrrelevant(t *testing.T) {
	holds(t, func(m model) bool {
		d := m.Set().Explain(m.Point, m.Derive)
		e := renamed(m).Set().Explain(m.Point, m.Derive)
		for i, st := range e.Steps {
			e.Steps[i].Rule, e.Steps[i].By = strings.TrimPrefix(st.Rule, "new "), strings.TrimPrefix(st.By, "new ")
		}
		return fmt.Sprint(d) == fmt.Sprint(e)
	})
}

// renamed gives rules, facts and values other names, but for the date.
func renamed(m model) model {
	other := func(name string) string {
		if name == "" || name == rule.On {
			return name
		}
		return "new " + name
	}
	all := func(names []string) []string {
		if names == nil {
			return nil
		}
		out := make([]string, len(names))
		for i, name := range names {
			out[i] = other(name)
		}
		return out
	}
	facts, rules := slices.Clone(m.Facts), slices.Clone(m.Rules)
	for i := range facts {
		f := &facts[i]
		f.Name, f.Values, f.From = other(f.Name), all(f.Values), all(f.From)
	}
	for i := range rules {
		r := &rules[i]
		r.ID, r.Except, r.When = other(r.ID), other(r.Except), slices.Clone(r.When)
		for k := range r.When {
			r.When[k].Fact, r.When[k].In = other(r.When[k].Fact), all(r.When[k].In)
		}
	}
	m.Facts, m.Rules = facts, rules
	return m
}

func TestStepsAreComplete(t *testing.T) {
	holds(t, func(m model) bool {
		all := m.Completions(m.Point)
		for i, st := range m.Set().Explain(m.Point, m.Derive).Steps {
			spoken := 0
			for _, c := range all {
				if m.Speaks(i, c.Point) {
					spoken++
				}
			}
			silent, always := spoken == 0, spoken == len(all)
			switch st.Standing {
			case rule.Applied:
				if !always {
					return false
				}
			case rule.NotMet, rule.Overridden:
				if !silent {
					return false
				}
			}
			if st.Rule != m.Rules[i].ID || st.Standing == rule.Wanting && len(st.Lacking) == 0 {
				return false
			}
		}
		return true
	})
}

// Worth most under the race detector.
func TestInputsAreNotTouched(t *testing.T) {
	holds(t, func(m model) bool {
		s := m.Set()
		rules, point := fmt.Sprint(m.Rules), slices.Clone(m.Point)
		var all sync.WaitGroup
		got := make([]string, 4)
		for i := range got {
			all.Go(func() { got[i] = fmt.Sprint(s.Decide(m.Point, m.Derive), s.Explain(m.Point, m.Derive)) })
		}
		all.Wait()
		same := !slices.ContainsFunc(got, func(g string) bool { return g != got[0] })
		return same && fmt.Sprint(m.Rules) == rules && slices.Equal(m.Point, point)
	})
}

func TestExplainDecidesAlike(t *testing.T) {
	holds(t, func(m model) bool {
		s := m.Set()
		return s.Explain(m.Point, m.Derive).Answer == s.Decide(m.Point, m.Derive)
	})
}

func TestRangeIsEveryAnswer(t *testing.T) {
	holds(t, func(m model) bool {
		var vary []int
		for i, f := range m.Facts {
			if f.Role == rule.Reading || f.Name == "two" {
				vary = append(vary, i)
			}
		}
		s := m.Set()
		choices, err := s.Range(m.Point, m.Derive, vary)
		if err != nil {
			return false
		}
		want := m.Range(m.Point, vary)
		for _, c := range choices {
			at := slices.Clone(m.Point)
			for k, i := range vary {
				at[i] = c.Codes[k]
			}
			if s.Decide(at, m.Derive) != c.Answer || !slices.Contains(want, plain(c.Answer)) {
				return false
			}
		}
		return len(choices) == len(want)
	})
}

// A set of more than one word is decided by other code.
func TestWidthIsIrrelevant(t *testing.T) {
	holds(t, func(m model) bool {
		narrow := m.Set().Explain(m.Point, m.Derive)
		padding := make([]rule.Rule, 62)
		for i := range padding {
			padding[i] = rule.Rule{ID: fmt.Sprint("padding ", i), Effect: rule.Informs}
		}
		m.Rules = slices.Concat(padding, m.Rules)
		wide := m.Set().Explain(m.Point, m.Derive)
		wide.Steps = wide.Steps[len(padding):]
		return fmt.Sprint(narrow) == fmt.Sprint(wide)
	})
}

// Loading refuses exactly the sets that conflict at some point, derived facts
// being free.
func TestRefusedIffConflictIsPossible(t *testing.T) {
	holds(t, func(m model) bool {
		if m.Coverage {
			return true
		}
		m.Derive = nil
		possible := false
		for _, c := range m.Completions(make([]uint8, len(m.Facts))) {
			possible = possible || c.Answer.State == rule.Conflict
		}
		_, err := rule.NewValues(m.Vocabulary(), m.Rules...)
		return (err != nil) == possible
	})
}
