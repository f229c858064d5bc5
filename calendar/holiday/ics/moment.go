package ics

import (
	"strconv"
	"strings"
	"time"

	"github.com/supportterms/supportterms/calendar"
)

// A moment is a date, or a time on the clock of a zone.
type moment struct {
	wall  time.Time      // what the clock shows, as if in UTC
	zone  *time.Location // nil when the moment is on any clock
	whole bool           // a date, without a time
	ruled bool           // out of a recurrence rule
}

const day = 24 * time.Hour

func (m moment) date() calendar.Date { return calendar.DateOf(m.wall) }

// midnight returns when a date begins on the clock.
func midnight(d calendar.Date) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
}

// in returns m on the clock of a zone. On any clock it shows the same.
func (m moment) in(zone *time.Location) moment {
	if m.zone == zone || m.zone == nil || zone == nil {
		return m
	}
	y, mo, d := m.wall.Date()
	t := time.Date(y, mo, d, m.wall.Hour(), m.wall.Minute(), m.wall.Second(), 0, m.zone).In(zone)
	y, mo, d = t.Date()
	return moment{wall: time.Date(y, mo, d, t.Hour(), t.Minute(), t.Second(), 0, time.UTC), zone: zone}
}

// moments reads the dates or times of a property, with commas between.
func (rd *reader) moments(p property) (ms []moment, err error) {
	for s := range strings.SplitSeq(p.value, ",") {
		m, err := rd.moment(p, s)
		if err != nil {
			return nil, err
		}
		ms = append(ms, m)
	}
	return ms, nil
}

func (rd *reader) moment(p property, s string) (m moment, err error) {
	kind := strings.ToUpper(p.params["VALUE"])
	if len(s) == len("20250702") && kind != "DATE-TIME" {
		m.wall, err = time.Parse("20060102", s)
		m.whole = true
	} else {
		local, utc := strings.CutSuffix(s, "Z")
		m.wall, err = time.Parse("20060102T150405", local)
		if id, stated := p.params["TZID"]; utc {
			m.zone = time.UTC
		} else if stated {
			if m.zone = rd.zone(id); m.zone == nil {
				return m, p.refuse("TZID="+id, "the IANA name of a zone, such as Europe/London")
			}
		}
	}
	if err != nil || m.wall.Year() < 1 || strings.Contains(s, ".") || kind != "" && (kind == "DATE") != m.whole || kind != "" && kind != "DATE" && kind != "DATE-TIME" {
		return m, p.refuse(s, "a date that exists, written 20250702 with VALUE=DATE, or a time, written 20250702T080000")
	}
	return m, nil
}

// parseDuration reads P1D, P2W or P1DT12H.
func parseDuration(s string) (d time.Duration, ok bool) {
	rest, ok := strings.CutPrefix(strings.TrimPrefix(strings.ToUpper(s), "+"), "P")
	units := map[byte]time.Duration{'W': 7 * day, 'D': day}
	for ok && rest != "" {
		if rest[0] == 'T' {
			rest, units = rest[1:], map[byte]time.Duration{'H': time.Hour, 'M': time.Minute, 'S': time.Second}
		}
		i := strings.IndexAny(rest, "WDHMS")
		if i < 1 || i > 6 {
			return 0, false
		}
		n, err := strconv.ParseUint(rest[:i], 10, 32)
		unit := units[rest[i]]
		ok = err == nil && unit != 0
		d += time.Duration(n) * unit
		rest = rest[i+1:]
	}
	return d, ok && d > 0
}
