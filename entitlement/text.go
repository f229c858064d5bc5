package entitlement

import (
	"fmt"
	"slices"
	"strings"

	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/entitlement/rule"
)

// A Known is what was known of a fact, stated or worked out.
type Known struct{ Name, Value string }

// Known returns what was known of each fact, and the readings. It is empty
// where the edition was not in force, for then no rule was asked.
func (v *Verdict) Known() []Known {
	out := make([]Known, len(v.facts))
	for i, f := range v.facts {
		out[i] = Known{f.name, f.value}
	}
	return out
}

// A Step is what became of one rule.
type Step struct {
	Code, Clause string
	Then         Outcome
	Standing     rule.Standing
	By           string   // of one overridden: the code of the exception
	Lacking      []string // the facts that fail it, or that it wants and are not known
}

// Steps returns what became of each rule of the question, in the document's
// order.
func (v *Verdict) Steps() []Step {
	out := make([]Step, len(v.steps))
	for i, s := range v.steps {
		out[i] = Step{s.code, s.clause, s.then, s.standing, s.by, slices.Clone(s.lacking)}
	}
	return out
}

// Short writes the answer for people, with what it rests on and what would
// change it. The text is the same for the same verdict.
func (v *Verdict) Short() string {
	var b strings.Builder
	b.WriteString(answerText(v.Outcome, v.Service, v.Limits, v.Amount, v.Unit, v.Date) + "\n")
	write := sectionWriter(&b)
	write("question", v.Question)
	write("valid", v.validText())
	for _, r := range v.Reasons {
		write("reasons", r.String())
	}
	write("missing", strings.Join(v.Missing, ", "))
	for _, c := range v.Readings {
		write("readings", c.String())
	}
	if n := v.Nearest; n != nil {
		write("nearest", ruleText(n.Code, n.Clause)+", but for "+strings.Join(n.Lacking, ", "))
	}
	for _, r := range v.Remedies {
		write("remedies", r.String())
	}
	v.Range.write(write, v.Unit)
	return b.String()
}

// String writes the whole decision: what Short does, what was known of each
// fact and what became of every rule.
func (v *Verdict) String() string {
	var b strings.Builder
	b.WriteString(v.Short())
	write := sectionWriter(&b)
	write("kind", v.Kind.String())
	write("edition", v.Edition)
	write("digest", v.Digest)
	known := map[string]string{}
	if len(v.facts) > 0 {
		b.WriteString("\nknown\n")
	}
	for _, f := range v.facts {
		known[f.name] = f.value
		fmt.Fprintf(&b, "  %s: %s\n", f.name, f.value)
	}
	if len(v.steps) > 0 {
		b.WriteString("\nrules\n")
	}
	for _, s := range v.steps {
		fmt.Fprintf(&b, "  %s, %v: %s\n", ruleText(s.code, s.clause), s.then, s.became(known))
	}
	return b.String()
}

// ruleText writes the code of a rule and its clause, if it has one.
func ruleText(code, clause string) string {
	if clause == "" {
		return code
	}
	return code + " (" + clause + ")"
}

// became says what became of a rule.
func (s *step) became(known map[string]string) string {
	switch s.standing {
	case rule.Applied:
		return "applied"
	case rule.Overridden:
		return "overridden by " + s.by
	case rule.Wanting:
		return "wanting " + strings.Join(s.lacking, ", ")
	}
	fail := make([]string, len(s.lacking))
	for i, name := range s.lacking {
		fail[i] = name
		if value := known[name]; value != "" {
			fail[i] += " is " + value
		}
	}
	return "not met, " + strings.Join(fail, ", ")
}

// sectionWriter returns a function that writes lines under a label, which only
// the first of them has. It writes nothing for no text.
func sectionWriter(b *strings.Builder) func(label, text string) {
	last := ""
	return func(label, text string) {
		if text == "" {
			return
		}
		if label == last {
			label = ""
		} else {
			last = label
		}
		fmt.Fprintf(b, "  %-10s %s\n", label, text)
	}
}

// answerText writes an answer on one line: "limited: esm-infra,
// selected-fixes".
func answerText(o Outcome, service string, limits []string, amount Number, unit string, on calendar.Date) string {
	var parts []string
	if service != "" {
		parts = append(parts, service)
	}
	parts = append(parts, limits...)
	if value := valueText(amount, unit, on); value != "" {
		parts = append(parts, value)
	}
	if parts == nil {
		return o.String()
	}
	return o.String() + ": " + strings.Join(parts, ", ")
}

// valueText writes the number or the date that is answered, or "".
func valueText(amount Number, unit string, on calendar.Date) string {
	switch {
	case amount.stated:
		return quantityText(amount, unit)
	case !on.IsZero():
		return on.String()
	}
	return ""
}

func quantityText(n Number, unit string) string { return strings.TrimSpace(n.String() + " " + unit) }

// validText writes from when to when the answer holds.
func (v *Verdict) validText() string {
	asked := slices.ContainsFunc(v.facts, func(f factValue) bool { return f.name == FactOn })
	switch {
	case !v.From.IsZero() && !v.Until.IsZero():
		return v.From.String() + " to " + v.Until.String()
	case !v.From.IsZero():
		return "from " + v.From.String()
	case !v.Until.IsZero():
		return "until " + v.Until.String()
	case asked:
		return "on any day"
	}
	return ""
}

// String writes r with its quantities: "too-few-nodes (8.2.1.1), excludes: 11
// node against 12, 1 short".
func (r Reason) String() string {
	text := ruleText(r.Code, r.Clause) + ", " + r.Effect
	if !r.Has.stated {
		return text
	}
	text += ": " + quantityText(r.Has, r.Unit) + " against " + r.Covered.String()
	switch {
	case !r.Shortfall.stated:
	case r.Has.thousandths > r.Covered.thousandths:
		text += ", " + r.Shortfall.String() + " over"
	default:
		text += ", " + r.Shortfall.String() + " short"
	}
	if len(r.Machines) > 0 {
		text += " (" + strings.Join(r.Machines, ", ") + ")"
	}
	return text
}

// String writes c as "key: value".
func (c ReadingChoice) String() string { return c.Key + ": " + c.Value }

// String writes r as "add-on legacy", "3 TB" or "machines m1, m2".
func (r Remedy) String() string {
	switch {
	case r.Addon != "":
		return "add-on " + r.Addon
	case len(r.Machines) > 0:
		return "machines " + strings.Join(r.Machines, ", ")
	}
	return quantityText(r.Quantity, r.Unit)
}

// write writes every answer of a range, with the readings that lead to it.
func (r *Range) write(write func(label, text string), unit string) {
	if r == nil {
		return
	}
	answers := r.Answers
	if len(answers) == 1 {
		write("range", "the same")
		answers = nil
	}
	for _, a := range answers {
		text := answerText(a.Outcome, a.Service, a.Limits, a.Amount, unit, a.Date)
		for i, n := range a.Shortfalls {
			if text += ", "; i == 0 {
				text += "by "
			}
			text += n.String()
		}
		if len(a.Readings) > 0 {
			choices := make([]string, len(a.Readings))
			for i, c := range a.Readings {
				choices[i] = c.String()
			}
			text += " (" + strings.Join(choices, "; ") + ")"
		}
		write("range", text)
	}
	if r.Least != nil && r.Least.answer.Value != r.Most.answer.Value {
		write("least", valueText(r.Least.Amount, unit, r.Least.Date))
		write("most", valueText(r.Most.Amount, unit, r.Most.Date))
	}
	write("left out", strings.Join(r.LeftOut, ", "))
}
