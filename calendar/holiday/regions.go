package holiday

import (
	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/at"
	"github.com/rickar/cal/v2/au"
	"github.com/rickar/cal/v2/be"
	"github.com/rickar/cal/v2/br"
	"github.com/rickar/cal/v2/ch"
	"github.com/rickar/cal/v2/cz"
	"github.com/rickar/cal/v2/de"
	"github.com/rickar/cal/v2/ee"
	"github.com/rickar/cal/v2/fi"
	"github.com/rickar/cal/v2/fr"
	"github.com/rickar/cal/v2/hr"
	"github.com/rickar/cal/v2/ie"
	"github.com/rickar/cal/v2/it"
	"github.com/rickar/cal/v2/jp"
	"github.com/rickar/cal/v2/mt"
	"github.com/rickar/cal/v2/no"
	"github.com/rickar/cal/v2/pl"
	"github.com/rickar/cal/v2/se"
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

	stateDays     = "public holidays under the law of the state or territory"
	provinceDays  = "holidays with pay under the employment standards act of the province or territory, with a day off in their stead where the law says on which day; neither federal employment nor the public service"
	cantonDays    = "public holidays (öffentliche Ruhetage) of the whole canton"
	cantonLaw     = "Ruhetagsgesetz of the canton"
	communityDays = "days off work (fiestas laborales) of the community through the last list at hand; not those on which the collections of the list differ, which data/ES.csv names, and not those of municipalities"
	alsaceMoselle = "the public holidays of France and the two more of Alsace and Moselle; Good Friday where there is a Protestant church"
)

// regions is in order of code.
var regions = [...]region{
	{"AT", &at.Holidays, "statutory", 2017, 0, statutoryThrough, 0, "Arbeitsruhegesetz § 7", "public holidays of the rest act (Arbeitsruhegesetz); no personal holiday, no Good Friday"},
	{"AU-ACT", &au.HolidaysACT, "statutory", 2017, 0, statutoryThrough, 0, "Holidays Act 1958", stateDays},
	{"AU-NSW", &au.HolidaysNSW, "statutory", 2017, 0, statutoryThrough, 0, "Public Holidays Act 2010", stateDays + "; not the bank holiday in August"},
	{"AU-NT", &au.HolidaysNT, "statutory", 2017, 0, statutoryThrough, 0, "Public Holidays Act (NT)", stateDays + "; two evenings are half days; no show days"},
	{"AU-QLD", &au.HolidaysQLD, "statutory", 2017, 0, statutoryThrough, 0, "Holidays Act 1983", stateDays + "; Christmas Eve from 18:00 is a half day; the Brisbane show (Ekka) is local, other show days are not here"},
	{"AU-SA", &au.HolidaysSA, "statutory", 2017, 0, statutoryThrough, 0, "Holidays Act 1910, Public Holidays Act 2023", stateDays + "; two evenings are half days"},
	{"AU-TAS", &au.HolidaysTAS, "statutory", 2017, 0, statutoryThrough, 0, "Statutory Holidays Act 2000", stateDays + "; Recreation Day (north), the Regatta (south) and the shows of Launceston and Hobart are local, other local days are not here; Easter Tuesday is of the public service"},
	{"AU-VIC", &au.HolidaysVIC, "statutory", 2017, 0, statutoryThrough, 0, "Public Holidays Act 1993", stateDays + "; from 2027 on the Friday before the last Saturday of September stands for that before the AFL Grand Final"},
	{"AU-WA", &au.HolidaysWA, "statutory", 2017, 0, statutoryThrough, 0, "Public and Bank Holidays Act 1972", stateDays + " in force: not the bill of 2025 that would move three days from 2028; from 2028 on the last Monday of September stands for the proclaimed King's Birthday"},
	{"BE", &be.Holidays, "statutory", 2017, 0, statutoryThrough, 0, "Koninklijk besluit van 18 april 1974", "the ten public holidays of the act of 4 January 1974; the days off for those on a Sunday are agreed in each company"},
	{"BR", &br.Holidays, "statutory", 2017, 0, statutoryThrough, 0, "Lei 662/1949, Lei 6.802/1980, Lei 9.093/1995", "national holidays; Carnival, Ash Wednesday and Corpus Christi are optional; none of states and cities"},
	{"CA-AB", nil, "statutory", 2017, 0, statutoryThrough, 0, "", provinceDays + "; Easter Monday, Heritage Day, 30 September and Boxing Day are optional"},
	{"CA-BC", nil, "statutory", 2017, 0, statutoryThrough, 0, "", provinceDays},
	{"CA-MB", nil, "statutory", 2017, 0, statutoryThrough, 0, "", provinceDays + "; Terry Fox, Remembrance and Boxing Day are optional"},
	{"CA-NB", nil, "statutory", 2017, 0, statutoryThrough, 0, "", provinceDays + "; days of rest without pay and 30 September are optional"},
	{"CA-NL", nil, "statutory", 2017, 0, statutoryThrough, 0, "", provinceDays + "; further days of shops and the public service are optional"},
	{"CA-NS", nil, "statutory", 2017, 0, statutoryThrough, 0, "", provinceDays + "; Natal Day, 30 September and Remembrance Day are optional"},
	{"CA-NT", nil, "statutory", 2017, 0, statutoryThrough, 0, "", provinceDays},
	{"CA-NU", nil, "statutory", 2017, 0, statutoryThrough, 0, "", provinceDays},
	{"CA-ON", nil, "statutory", 2017, 0, statutoryThrough, 0, "", provinceDays + "; Easter Monday, the Civic Holiday and Remembrance Day are optional"},
	{"CA-PE", nil, "statutory", 2017, 0, statutoryThrough, 0, "", provinceDays},
	{"CA-QC", nil, "statutory", 2017, 0, statutoryThrough, 0, "", provinceDays + "; Easter Monday, which the employer may give instead of Good Friday, is optional"},
	{"CA-SK", nil, "statutory", 2017, 0, statutoryThrough, 0, "", provinceDays},
	{"CA-YT", nil, "statutory", 2017, 0, statutoryThrough, 0, "", provinceDays},
	{"CH-BE", &ch.HolidaysBE, "statutory", 2017, 0, statutoryThrough, 0, cantonLaw, cantonDays},
	{"CH-BS", &ch.HolidaysBS, "statutory", 2017, 0, statutoryThrough, 0, cantonLaw, cantonDays},
	{"CH-SG", &ch.HolidaysSG, "statutory", 2017, 0, statutoryThrough, 0, cantonLaw, cantonDays},
	{"CH-SZ", &ch.HolidaysSZ, "statutory", 2017, 0, statutoryThrough, 0, cantonLaw, cantonDays},
	{"CH-TG", &ch.HolidaysTG, "statutory", 2017, 0, statutoryThrough, 0, cantonLaw, cantonDays},
	{"CH-ZH", &ch.HolidaysZH, "statutory", 2017, 0, statutoryThrough, 0, cantonLaw, cantonDays},
	{"CL", nil, "statutory", 2017, 0, statutoryThrough, 0, "", "public holidays by law; not 31 December (banks only), days of elections, the Saturday before Easter, or the holidays of Arica and Chillán"},
	{"CN", nil, "statutory", 2017, 2026, 0, 2030, "", "days off of the State Council's notices, with make-up workdays; predicted are the festivals of the regulation, without the days that a notice moves"},
	{"CZ", &cz.Holidays, "statutory", 2017, 0, statutoryThrough, 0, "Zákon č. 245/2000 Sb.", "state and other holidays (státní svátky, ostatní svátky)"},
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
	{"EE", &ee.Holidays, "statutory", 2017, 0, statutoryThrough, 0, "Pühade ja tähtpäevade seadus", "public holidays (riigipüha); not the hours by which the days before four of them are shorter"},
	{"ES-AN", nil, "statutory", 2017, 2026, 0, 0, "", communityDays},
	{"ES-AR", nil, "statutory", 2017, 2026, 0, 0, "", communityDays},
	{"ES-AS", nil, "statutory", 2017, 2026, 0, 0, "", communityDays},
	{"ES-CB", nil, "statutory", 2017, 2026, 0, 0, "", communityDays},
	{"ES-CE", nil, "statutory", 2017, 2026, 0, 0, "", communityDays},
	{"ES-CL", nil, "statutory", 2017, 2026, 0, 0, "", communityDays},
	{"ES-CM", nil, "statutory", 2017, 2026, 0, 0, "", communityDays},
	{"ES-CN", nil, "statutory", 2017, 2026, 0, 0, "", communityDays},
	{"ES-CT", nil, "statutory", 2017, 2026, 0, 0, "", communityDays},
	{"ES-EX", nil, "statutory", 2017, 2026, 0, 0, "", communityDays},
	{"ES-GA", nil, "statutory", 2017, 2026, 0, 0, "", communityDays},
	{"ES-IB", nil, "statutory", 2017, 2026, 0, 0, "", communityDays},
	{"ES-MC", nil, "statutory", 2017, 2026, 0, 0, "", communityDays},
	{"ES-MD", nil, "statutory", 2017, 2026, 0, 0, "", communityDays},
	{"ES-ML", nil, "statutory", 2017, 2026, 0, 0, "", communityDays},
	{"ES-NC", nil, "statutory", 2017, 2026, 0, 0, "", communityDays},
	{"ES-PV", nil, "statutory", 2017, 2026, 0, 0, "", communityDays},
	{"ES-RI", nil, "statutory", 2017, 2026, 0, 0, "", communityDays},
	{"ES-VC", nil, "statutory", 2017, 2026, 0, 0, "", communityDays},
	{"FI", &fi.Holidays, "statutory", 2017, 0, statutoryThrough, 0, "Finlex", "church holidays, New Year, 1 May and Independence Day; Midsummer Eve and Christmas Eve are de-facto"},
	{"FR", &fr.Holidays, "statutory", 2017, 0, statutoryThrough, 0, "Code du travail, article L3133-1", "the eleven public holidays of the labour code; not the two more of Alsace and Moselle"},
	{"FR-57", &fr.Holidays, "statutory", 2017, 0, statutoryThrough, 0, "Code du travail, article L3133-1", alsaceMoselle},
	{"FR-67", &fr.Holidays, "statutory", 2017, 0, statutoryThrough, 0, "Code du travail, article L3133-1", alsaceMoselle},
	{"FR-68", &fr.Holidays, "statutory", 2017, 0, statutoryThrough, 0, "Code du travail, article L3133-1", alsaceMoselle},
	{"GB-ENG", nil, "bank", 2017, 2028, statutoryThrough, 0, "GOV.UK", bankDays},
	{"GB-NIR", nil, "bank", 2017, 2028, statutoryThrough, 0, "GOV.UK", "bank holidays of Northern Ireland"},
	{"GB-SCT", nil, "bank", 2017, 2028, statutoryThrough, 0, "GOV.UK", "bank holidays of Scotland; not the local holidays that its towns keep instead"},
	{"GB-WLS", nil, "bank", 2017, 2028, statutoryThrough, 0, "GOV.UK", bankDays},
	{"HR", &hr.Holidays, "statutory", 2017, 0, statutoryThrough, 0, "Narodne novine", "public holidays (blagdani) and, in 2024, the day of an election that was a day off"},
	{"HU", nil, "statutory", 2017, 2026, 0, statutoryThrough, "", "public holidays of the labour code (munkaszüneti napok), with the days of rest and Saturdays that decrees exchange; predicted are the days of the code alone; not Easter Sunday and Whit Sunday"},
	{"IE", &ie.Holidays, "statutory", 2017, 0, statutoryThrough, 0, "Organisation of Working Time Act 1997", "public holidays; the working day after one on a weekend is de-facto"},
	{"IT", &it.Holidays, "statutory", 2017, 0, statutoryThrough, 0, "Legge 27 maggio 1949 n. 260", "public holidays (giorni festivi); no patron saints"},
	{"JP", &jp.Holidays, "statutory", 2017, 2027, statutoryThrough, 0, "Cabinet Office", "national holidays of the Act on National Holidays, with substitute days and the days between two holidays"},
	{"KR", nil, "statutory", 2017, 2027, 0, 2030, "", "public holidays of the official almanac, with substitutes, elections and temporary holidays"},
	{"MT", &mt.Holidays, "statutory", 2017, 0, statutoryThrough, 0, "National Holidays and Other Public Holidays Act", "national and public holidays; the leave for those on a weekend is on no set date"},
	{"NO", &no.Holidays, "statutory", 2017, 0, statutoryThrough, 0, "Lovdata", "public holidays (helligdager), 1 and 17 May; no eves"},
	{"PL", &pl.Holidays, "statutory", 2017, 0, statutoryThrough, 0, "Dziennik Ustaw", "days free from work under the act of 18 January 1951"},
	{"SE", &se.Holidays, "statutory", 2017, 0, statutoryThrough, 0, "Lag (1989:253) om allmänna helgdagar", "public holidays (allmänna helgdagar); Midsummer, Christmas and New Year's Eve are de-facto"},
	{"TR", nil, "statutory", 2017, 2032, 0, statutoryThrough, "", "national and religious holidays; their eves from 13:00 are half days; not the leave that is given to the public service alone"},
	{"TW", nil, "statutory", 2017, 2026, 0, 2030, "", "days off of the office calendar, with make-up workdays until 2025; no typhoon days"},
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
