package sla

import (
	"fmt"
	"slices"
	"strings"
)

// A Question is one thing that a policy's rules decide about a response. Each
// is a value question of package rule.
type Question uint8

const (
	// QSeverity asks which severity's row is used; silence is the stated one.
	QSeverity Question = iota
	// QTarget asks for the printed target; silence is unspecified.
	QTarget
	// QMeasure asks for a target that the printed one is counted as; silence
	// is the printed one.
	QMeasure
	// QClock asks for the clock: a [Clock], or calendar-week-roll.
	QClock
	// QHours asks for named hours.
	QHours
	// QHolidays asks whether public holidays are excluded or counted.
	QHolidays
	// QWeekend asks whether the hours keep their weekdays, as-printed, or move
	// to those outside the local weekend.
	QWeekend
	// QLocation asks for the places whose clock and holidays are read: the
	// first of them that is known.
	QLocation
	// QClose asks whether business time used up exactly at a closing is due
	// at-close or at the next-open.
	QClose
	// QBusinessDay asks what N business days are: business-time, same-clock or
	// end-of-day.
	QBusinessDay
	// QInitialBase asks what a change of severity does to a first response:
	// request (counts from the opening, severity in force), severity-update
	// (counts from the change) or keep (the first severity set stays).
	QInitialBase
	// QOngoingBase asks where an ongoing response counts from: latest-event,
	// severity-update or latest-response.
	QOngoingBase
	// QInitialResponse asks whether a human or an automatic answer is meant.
	QInitialResponse
	// QHold asks what stops the clock: none or awaiting-customer.
	QHold

	questions
)

var questionNames = [questions]string{
	"severity", "target", "measure", "clock", "hours", "holidays", "weekend", "location", "close",
	"business_day", "initial_base", "ongoing_base", "initial_response", "hold",
}

// String writes q in snake_case: "target", "business_day".
func (q Question) String() string {
	if q < questions {
		return questionNames[q]
	}
	return fmt.Sprintf("Question(%d)", uint8(q))
}

// QuestionNames returns the names of the questions.
func QuestionNames() []string { return slices.Clone(questionNames[:]) }

// ParseQuestion reads what [Question.String] writes.
func ParseQuestion(s string) (Question, error) {
	if i := slices.Index(questionNames[:], s); i >= 0 {
		return Question(i), nil
	}
	return 0, &ParseError{What: "question", Input: s, Want: "one of " + strings.Join(questionNames[:], ", ")}
}

// Answers that are words. The first of each is also what a policy whose rules
// say nothing is taken to mean.
const (
	holidaysExcluded = iota
	holidaysCounted
)

const (
	weekendAsPrinted = iota
	weekendLocal
)

const (
	atClose = iota
	nextOpen
)

const (
	businessTime = iota
	sameClock
	endOfDay
)

const (
	baseRequest = iota
	baseSeverityUpdate
	baseKeep
)

const (
	ongoingLatestEvent = iota
	ongoingSeverityUpdate
	ongoingLatestResponse
)

const (
	responseHuman = iota
	responseAutomatic
)

const (
	holdNone = iota
	holdAwaitingCustomer
)

var answerWords = [questions][]string{
	QClock: {
		"", "business", "elapsed", "elapsed-excluding-holidays", "elapsed-from-coverage", "weekday-24h",
		"calendar-week", "calendar-week-roll",
	},
	QHolidays:        {"excluded", "counted"},
	QWeekend:         {"as-printed", "local"},
	QClose:           {"at-close", "next-open"},
	QBusinessDay:     {"business-time", "same-clock", "end-of-day"},
	QInitialBase:     {"request", "severity-update", "keep"},
	QOngoingBase:     {"latest-event", "severity-update", "latest-response"},
	QInitialResponse: {"human", "automatic"},
	QHold:            {"none", "awaiting-customer"},
}

// Words returns the words that may answer q, or nil when its answers are of
// another kind.
func (q Question) Words() []string {
	if q == QClock {
		return answerWords[q][1:]
	}
	return answerWords[q]
}
