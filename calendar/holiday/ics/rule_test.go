package ics_test

import (
	"strings"
	"testing"

	"github.com/supportterms/supportterms/calendar/holiday/ics"
)

// The rules of the standard's own examples, with the dates it gives.
func TestReadRules(t *testing.T) {
	for _, tt := range []struct{ start, rule, want, why string }{
		{"19970610", "FREQ=YEARLY;COUNT=4;BYMONTH=6,7", "1997-06-10, 1997-07-10, 1998-06-10, 1998-07-10", "June and July"},
		{"19970310", "FREQ=YEARLY;INTERVAL=2;COUNT=4;BYMONTH=1,2,3", "1997-03-10, 1999-01-10, 1999-02-10, 1999-03-10", "every other year"},
		{"19970101", "FREQ=YEARLY;INTERVAL=3;COUNT=6;BYYEARDAY=1,100,200", "1997-01-01, 1997-04-10, 1997-07-19, 2000-01-01, 2000-04-09, 2000-07-18", "days of the year"},
		{"19970519", "FREQ=YEARLY;BYDAY=20MO;UNTIL=19991231", "1997-05-19, 1998-05-18, 1999-05-17", "the 20th Monday"},
		{"19970313", "FREQ=YEARLY;BYMONTH=3;BYDAY=TH;COUNT=5", "1997-03-13, 1997-03-20, 1997-03-27, 1998-03-05, 1998-03-12", "each Thursday of March"},
		{"19961105", "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8;COUNT=3", "1996-11-05, 2000-11-07, 2004-11-02", "election day"},
		{"19980213", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=5", "1998-02-13, 1998-03-13, 1998-11-13, 1999-08-13, 2000-10-13", "Friday the 13th"},
		{"19970905", "FREQ=MONTHLY;COUNT=4;BYDAY=1FR", "1997-09-05, 1997-10-03, 1997-11-07, 1997-12-05", "first Friday"},
		{"19970922", "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", "1997-09-22, 1997-10-20, 1997-11-17, 1997-12-22, 1998-01-19, 1998-02-16", "last Monday but one"},
		{"19970928", "FREQ=MONTHLY;BYMONTHDAY=-3;COUNT=6", "1997-09-28, 1997-10-29, 1997-11-28, 1997-12-29, 1998-01-29, 1998-02-26", "third day from the end"},
		{"19970904", "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1997-09-04, 1997-10-07, 1997-11-06", "third of a set"},
		{"19970929", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2;COUNT=7", "1997-09-29, 1997-10-30, 1997-11-27, 1997-12-30, 1998-01-29, 1998-02-26, 1998-03-30", "last of a set but one"},
		{"20070115", "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "2007-01-15, 2007-01-30, 2007-02-15, 2007-03-15, 2007-03-30", "February has no 30th"},
		{"19970805", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1997-08-05, 1997-08-10, 1997-08-19, 1997-08-24", "weeks from Monday"},
		{"19970805", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997-08-05, 1997-08-17, 1997-08-19, 1997-08-31", "weeks from Sunday"},
		{"19970902", "FREQ=WEEKLY;COUNT=3", "1997-09-02, 1997-09-09, 1997-09-16", "the weekday of the start"},
		{"19970902", "FREQ=DAILY;INTERVAL=10;COUNT=5", "1997-09-02, 1997-09-12, 1997-09-22, 1997-10-02, 1997-10-12", "every ten days"},
		{"20240229", "FREQ=YEARLY;COUNT=3", "2024-02-29, 2028-02-29, 2032-02-29", "no 29 February in most years"},
		{"20260131", "FREQ=MONTHLY;COUNT=3", "2026-01-31, 2026-03-31, 2026-05-31", "no 31st in most months"},
		{"20101125", "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;UNTIL=20121122", "2010-11-25, 2011-11-24, 2012-11-22", "Thanksgiving; the last date is in it"},
		{"20250526", "FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO;UNTIL=20270101T000000Z", "2025-05-26, 2026-05-25", "a time where a date is meant"},
		{"20331225", "freq=yearly", "2033-12-25, 2034-12-25, 2035-12-25", "to the end of the bounds"},
		{"00010101", "FREQ=YEARLY;INTERVAL=1000", "2001-01-01", "from the first year; only what is within the bounds"},
		{"20250101", "FREQ=YEARLY;INTERVAL=99999999999999999999", "2025-01-01", "never again"},
		{"20251231", "FREQ=YEARLY;COUNT=1", "2025-12-31", "once"},
		{"20400101", "FREQ=YEARLY", "", "from after the bounds"},
	} {
		days, err := ics.Read(strings.NewReader(file("DTSTART;VALUE=DATE:"+tt.start+"|RRULE:"+tt.rule)),
			ics.Options{From: on(1996, 1, 1), Through: on(2035, 12, 31)})
		if got := short(days); err != nil || got != tt.want {
			t.Errorf("%s: %s %s:\ngot  %s, %v\nwant %s", tt.why, tt.start, tt.rule, got, err, tt.want)
		}
	}
}

func TestReadExceptions(t *testing.T) {
	const yearly = "UID:a|DTSTART;VALUE=DATE:20250102|RRULE:FREQ=YEARLY;COUNT=4"
	const timed = "UID:a|DTSTART;TZID=America/New_York:20250102T000000|DURATION:P1D|RRULE:FREQ=YEARLY;COUNT=4"
	for _, tt := range []struct {
		events []string
		want   string
		why    string
	}{
		{[]string{yearly + "|EXDATE;VALUE=DATE:20260102,20280102"}, "2025-01-02, 2027-01-02", "two dates, and COUNT counts them"},
		{[]string{yearly + "|EXDATE:20260102T000000"}, "2025-01-02, 2027-01-02, 2028-01-02", "a time where a date is meant"},
		{[]string{yearly + "|EXDATE;VALUE=DATE:20250102"}, "2026-01-02, 2027-01-02, 2028-01-02", "the first"},
		{[]string{timed + "|EXDATE;TZID=America/New_York:20260102T000000|EXDATE:20270102T050000Z"}, "2025-01-02, 2028-01-02", "times, on two clocks"},
		{[]string{timed + "|EXDATE;TZID=America/New_York:20260102T090000"}, "2025-01-02, 2026-01-02, 2027-01-02, 2028-01-02", "another time of the day is no occurrence"},
		{[]string{yearly, "UID:a|RECURRENCE-ID;VALUE=DATE:20260102|DTSTART;VALUE=DATE:20260105"}, "2025-01-02, 2026-01-05, 2027-01-02, 2028-01-02", "moved"},
		{[]string{"UID:a|RECURRENCE-ID;VALUE=DATE:20260102|DTSTART;VALUE=DATE:20260102|STATUS:CANCELLED", yearly}, "2025-01-02, 2027-01-02, 2028-01-02", "one cancelled, whatever the order"},
		{[]string{yearly, "UID:b|RECURRENCE-ID;VALUE=DATE:20260102|DTSTART;VALUE=DATE:20260105"}, "2025-01-02, 2026-01-02, 2026-01-05, 2027-01-02, 2028-01-02", "of another event"},
		{[]string{yearly + "|RDATE;VALUE=DATE:20400101,20250102"}, "2025-01-02, 2026-01-02, 2027-01-02, 2028-01-02, 2040-01-01", "a date given by itself comes out, and none twice"},
		{[]string{"DTSTART;VALUE=DATE:20341230|DURATION:P4D|RRULE:FREQ=YEARLY"}, "2034-12-30, 2034-12-31, 2035-01-01, 2035-01-02, 2035-12-30, 2035-12-31", "no day of a rule is beyond the bounds"},
		{[]string{"DTSTART;VALUE=DATE:20161230|DURATION:P4D|RRULE:FREQ=YEARLY;COUNT=2"}, "2017-01-01, 2017-01-02, 2017-12-30, 2017-12-31, 2018-01-01, 2018-01-02", "nor before them"},
	} {
		days, err := ics.Read(strings.NewReader(file(tt.events...)), ics.Options{From: on(2017, 1, 1), Through: on(2035, 12, 31)})
		if got := short(days); err != nil || got != tt.want {
			t.Errorf("%s: got %s, %v, want %s", tt.why, got, err, tt.want)
		}
	}
}

func TestReadRefusesRules(t *testing.T) {
	for _, tt := range []struct{ rule, want string }{
		{"", "want FREQ, INTERVAL, COUNT"},
		{"COUNT=3", "want FREQ=YEARLY, MONTHLY, WEEKLY or DAILY"},
		{"FREQ=HOURLY", `cannot read RRULE "FREQ=HOURLY": want FREQ=YEARLY`},
		{"FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", "want FREQ=YEARLY"},
		{"FREQ=YEARLY;FREQ=DAILY", "want each part once"},
		{"FREQ=YEARLY;INTERVAL=0", `cannot read RRULE "INTERVAL=0": want a number from 1`},
		{"FREQ=YEARLY;INTERVAL=-1", "want a number from 1"},
		{"FREQ=YEARLY;COUNT=0", "want a number from 1"},
		{"FREQ=YEARLY;COUNT=x", "want a number from 1"},
		{"FREQ=YEARLY;COUNT=3;UNTIL=20300101", "want COUNT or UNTIL, not both"},
		{"FREQ=YEARLY;UNTIL=later", `cannot read UNTIL "LATER"`},
		{"FREQ=YEARLY;UNTIL=20200101", "want a rule that some day follows"},
		{"FREQ=YEARLY;WKST=1MO", "want a weekday such as MO"},
		{"FREQ=YEARLY;BYMONTH=13", "want months from 1 to 12"},
		{"FREQ=YEARLY;BYMONTHDAY=0", "want days from 1 to 31"},
		{"FREQ=YEARLY;BYDAY=XX", "want weekdays such as MO"},
		{"FREQ=YEARLY;BYDAY=54MO", "want weekdays such as MO"},
		{"FREQ=YEARLY;BYDAY=", "want weekdays such as MO"},
		{"FREQ=WEEKLY;BYDAY=1MO", "want weekdays without a number"},
		{"FREQ=WEEKLY;BYMONTHDAY=15", "want another FREQ"},
		{"FREQ=MONTHLY;BYYEARDAY=15", "want FREQ=YEARLY with BYYEARDAY"},
		{"FREQ=YEARLY;BYWEEKNO=20", "want FREQ, INTERVAL, COUNT"},
		{"FREQ=DAILY;BYHOUR=1,2", "want FREQ, INTERVAL, COUNT"},
		{"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "want a rule that some day follows"},
		{"FREQ=MONTHLY;BYDAY=53MO", "want a rule that some day follows"},
		{"FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "want a DTSTART that is the first day of its rule, such as 20261126"},
	} {
		_, err := ics.Read(strings.NewReader(file("DTSTART;VALUE=DATE:20260615|RRULE:"+tt.rule)), ics.Options{})
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %s", tt.rule, err, tt.want)
		}
	}
}
