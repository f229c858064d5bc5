package sla

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/supportterms/supportterms/calendar"
)

func (p *Policy) checkMetrics() (errs []error) {
	for _, m := range p.Metrics {
		if int(m.Kind) >= len(metricKinds) {
			errs = append(errs, &PolicyError{"metric " + m.Name, fmt.Sprintf("no kind %d", m.Kind)})
		}
	}
	if slices.Contains(p.Severities, 0) {
		errs = append(errs, &PolicyError{"severities", "0 is a severity not stated, and cannot be one"})
	}
	for _, h := range p.Hours {
		if h.Day < 0 || h.Day > 24*time.Hour {
			errs = append(errs, &PolicyError{"hours " + h.Name, fmt.Sprintf("a business day of %v", h.Day)})
		}
	}
	for _, order := range p.Locations {
		if len(order) == 0 || slices.ContainsFunc(order, func(l Locator) bool { return l >= locators }) {
			errs = append(errs, &PolicyError{"locations", "want places, at least one"})
		}
	}
	return errs
}

func (p *Policy) makeHours() error {
	var errs []error
	for _, h := range p.Hours {
		day := h.Day
		if day == 0 {
			lengths := openLengths(h.Hours)
			if len(lengths) == 1 {
				day = lengths[0]
			}
		}
		if h.Hours.IsZero() {
			errs = append(errs, &PolicyError{"hours " + h.Name, "are never open"})
		}
		p.days = append(p.days, day)
	}
	return errors.Join(errs...)
}

// openLengths returns the different lengths of the open days.
func openLengths(h calendar.Hours) []time.Duration {
	var out []time.Duration
	for d := range time.Weekday(7) {
		length := time.Duration(0)
		for _, w := range h.Day(d) {
			length += time.Duration(w.Close-w.Open) * time.Minute
		}
		if length > 0 && !slices.Contains(out, length) {
			out = append(out, length)
		}
	}
	return out
}

// checkQuestions finds questions that rules make necessary and that have none,
// and answers out of range.
func (p *Policy) checkQuestions() (errs []error) {
	need := func(q Question, why string) {
		if len(p.Rules[q]) == 0 {
			cure := ""
			if words := q.Words(); words != nil {
				cure = "; it is one of " + strings.Join(words, ", ")
			}
			errs = append(errs, &PolicyError{q.String(), "has no rule, and " + why + cure})
		}
	}
	for _, m := range p.Metrics {
		switch m.Kind {
		case First:
			need(QInitialBase, m.Name+" needs to know what a change of severity does")
			need(QInitialResponse, m.Name+" needs to know whose response counts")
		case Ongoing:
			need(QOngoingBase, m.Name+" needs to know where it counts from")
		}
	}
	for _, t := range p.Targets {
		if _, u := t.Amount(); u == BusinessDay {
			need(QBusinessDay, fmt.Sprintf("target %q needs to know what a business day is", t))
			for i, h := range p.Hours {
				if p.days[i] == 0 {
					errs = append(errs, &PolicyError{"hours " + h.Name, "the open days differ in length, so the length of a business day must be given"})
				}
			}
			break
		}
	}
	if len(p.Rules[QTarget]) > 0 {
		need(QClock, "targets are counted on one")
	}
	for _, q := range slices.Sorted(maps.Keys(p.Rules)) {
		if q >= questions {
			errs = append(errs, &PolicyError{q.String(), "is no question"})
			continue
		}
		for _, r := range p.Rules[q] {
			if why := p.badAnswer(q, r.Then); why != "" {
				errs = append(errs, &PolicyError{"rule " + r.ID, why})
			}
			if q == QClock && Clock(r.Then).readsHours() {
				need(QHours, "clock "+Clock(r.Then).String()+" reads them")
				need(QHolidays, "clock "+Clock(r.Then).String()+" reads them")
				need(QLocation, "clock "+Clock(r.Then).String()+" reads it")
				need(QClose, "clock "+Clock(r.Then).String()+" reads it")
			}
		}
	}
	return errs
}

func (p *Policy) badAnswer(q Question, then int) string {
	limit := len(answerWords[q])
	switch q {
	case QClock:
		if then == 0 {
			return "answer 0 is no clock"
		}
	case QTarget, QMeasure:
		limit = len(p.Targets)
	case QHours:
		limit = len(p.Hours)
	case QLocation:
		limit = len(p.Locations)
	case QSeverity:
		if then > 0 && then < 256 && slices.Contains(p.Severities, Severity(then)) {
			return ""
		}
		return fmt.Sprintf("severity %d is not one of the edition's", then)
	}
	if then < 0 || then >= limit {
		return fmt.Sprintf("answer %d is not one of %d", then, limit)
	}
	return ""
}
