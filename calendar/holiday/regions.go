package holiday

import (
	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/at"
	"github.com/rickar/cal/v2/de"
	"github.com/rickar/cal/v2/fr"
	"github.com/rickar/cal/v2/jp"
	"github.com/rickar/cal/v2/no"
	"github.com/rickar/cal/v2/pl"
	"github.com/rickar/cal/v2/us"

	"github.com/supportterms/supportterms/calendar"
)

// A region is one list of days: computed by rules, then changed by the table
// of its country, data/CC.csv. One without rules has its whole list there.
type region struct {
	code  string
	rules *[]*cal.Holiday
	set   string // of the computed days
	// The years it is known for. A zero year is none of that status.
	from, official, statutory, predicted int
	publisher                            string // of the computed days
	description                          string
}

// statutoryThrough is the last year that laws are trusted to stay as they are.
const statutoryThrough = 2035

const (
	land     = "public holidays (gesetzliche Feiertage) under the law of the Land"
	landLaw  = "Feiertagsgesetz of the Land and Einigungsvertrag Art. 2"
	bankDays = "bank holidays of England and Wales"
)

// regions is in order of code.
var regions = [...]region{
	{"AT", &at.Holidays, "statutory", 2017, 0, statutoryThrough, 0, "Arbeitsruhegesetz § 7", "public holidays of the rest act (Arbeitsruhegesetz); no personal holiday, no Good Friday"},
	{"DE-BB", &de.HolidaysBB, "statutory", 2017, 0, statutoryThrough, 0, landLaw, land},
	{"DE-BE", &de.HolidaysBE, "statutory", 2017, 0, statutoryThrough, 0, landLaw, land},
	{"DE-BW", &de.HolidaysBW, "statutory", 2017, 0, statutoryThrough, 0, landLaw, land},
	{"DE-BY", &de.HolidaysBY, "statutory", 2017, 0, statutoryThrough, 0, landLaw, land + "; Assumption Day and the Augsburg peace festival are local"},
	{"DE-HB", &de.HolidaysHB, "statutory", 2017, 0, statutoryThrough, 0, landLaw, land},
	{"DE-HE", &de.HolidaysHE, "statutory", 2017, 0, statutoryThrough, 0, landLaw, land},
	{"DE-HH", &de.HolidaysHH, "statutory", 2017, 0, statutoryThrough, 0, landLaw, land},
	{"DE-MV", &de.HolidaysMV, "statutory", 2017, 0, statutoryThrough, 0, landLaw, land},
	{"DE-NI", &de.HolidaysNI, "statutory", 2017, 0, statutoryThrough, 0, landLaw, land},
	{"DE-NW", &de.HolidaysNW, "statutory", 2017, 0, statutoryThrough, 0, landLaw, land},
	{"DE-RP", &de.HolidaysRP, "statutory", 2017, 0, statutoryThrough, 0, landLaw, land},
	{"DE-SH", &de.HolidaysSH, "statutory", 2017, 0, statutoryThrough, 0, landLaw, land},
	{"DE-SL", &de.HolidaysSL, "statutory", 2017, 0, statutoryThrough, 0, landLaw, land},
	{"DE-SN", &de.HolidaysSN, "statutory", 2017, 0, statutoryThrough, 0, landLaw, land + "; Corpus Christi is local"},
	{"DE-ST", &de.HolidaysST, "statutory", 2017, 0, statutoryThrough, 0, landLaw, land},
	{"DE-TH", &de.HolidaysTH, "statutory", 2017, 0, statutoryThrough, 0, landLaw, land + "; Corpus Christi is local"},
	{"FR", &fr.Holidays, "statutory", 2017, 0, statutoryThrough, 0, "Code du travail, article L3133-1", "the eleven public holidays of the labour code; not the two more of Alsace and Moselle"},
	{"GB-ENG", nil, "bank", 2017, 2028, statutoryThrough, 0, "GOV.UK", bankDays},
	{"GB-WLS", nil, "bank", 2017, 2028, statutoryThrough, 0, "GOV.UK", bankDays},
	{"JP", &jp.Holidays, "statutory", 2017, 2027, statutoryThrough, 0, "Cabinet Office", "national holidays of the Act on National Holidays, with substitute days and the days between two holidays"},
	{"NO", &no.Holidays, "statutory", 2017, 0, statutoryThrough, 0, "Lovdata", "public holidays (helligdager), 1 and 17 May; no eves"},
	{"PL", &pl.Holidays, "statutory", 2017, 0, statutoryThrough, 0, "Dziennik Ustaw", "days free from work under the act of 18 January 1951"},
	{"US", &us.Holidays, "statutory", 2017, 0, statutoryThrough, 0, "5 U.S.C. 6103", "federal public holidays; neither Inauguration Day nor days off by executive order"},
}

// dividedCountries have parts that keep different days, so that one list for
// the country would be wrong for all of them.
var dividedCountries = [...]string{"AU", "CA", "CH", "DE", "ES", "GB"}

// coverage says how far r is known, announcements to come and all.
func (r *region) coverage() calendar.Coverage {
	return calendar.Coverage{
		From:             calendar.Date{Year: r.from, Month: 1, Day: 1},
		OfficialThrough:  endOf(r.official),
		StatutoryThrough: endOf(r.statutory),
		PredictedThrough: endOf(r.predicted),
	}
}

func endOf(year int) calendar.Date {
	if year == 0 {
		return calendar.Date{}
	}
	return calendar.Date{Year: year, Month: 12, Day: 31}
}
