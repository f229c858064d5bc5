package catalog_test

import (
	"fmt"
	"testing"

	"github.com/supportterms/supportterms/calendar/holiday"
	"github.com/supportterms/supportterms/catalog"
)

// Sunday 28 September 2025 was worked in China for the National Day holiday.
// Only a reading that works the local week has that.
func TestMakeUpWorkday(t *testing.T) {
	desk := catalog.NewDesk(catalog.Builtin(), holiday.ByCode)
	for _, row := range []struct{ why, weekend, readings, want string }{
		{"Monday to Friday, as the text has it", `["Sa", "Su"]`, `{}`, "2025-09-29T10:00:00+08:00"},
		{"the local week, with its make-up workday", `["Sa", "Su"]`, `{"calendar.weekend": "local-weekend"}`, "2025-09-28T10:00:00+08:00"},
		{"the weekend as one text", `"Sa-Su"`, `{"calendar.weekend": "local-weekend"}`, "2025-09-28T10:00:00+08:00"},
	} {
		a := ask(t, desk, fmt.Sprintf(`{"edition": "ubuntu-pro/2025-07-02", "contract": {"level": "weekday"},
			"place": {"zone": "Asia/Shanghai", "region": "CN", "weekend": %s}, "severity": 1,
			"opened": "2025-09-26T16:00:00+08:00", "metric": "first_response", "readings": %s}`, row.weekend, row.readings))
		if a.Status != "due" || *a.Due != row.want {
			t.Errorf("%s: %+v, want due %s", row.why, a, row.want)
		}
	}
}

// Past the list that has been announced there is no answer, unless days that
// are expected will do.
func TestPredictedHolidays(t *testing.T) {
	desk := catalog.NewDesk(catalog.Builtin(), holiday.ByCode)
	for _, row := range []struct{ why, allow, status, holidays string }{
		{"China has not announced 2028", "", "undetermined", ""},
		{"and expected days are said to be that", `, "allow": "predicted"`, "due", "predicted"},
	} {
		a := ask(t, desk, `{"edition": "ubuntu-pro/2025-07-02", "contract": {"level": "weekday"},
			"place": {"zone": "Asia/Shanghai", "region": "CN"`+row.allow+`}, "severity": 1,
			"opened": "2028-03-01T09:00:00+08:00", "metric": "first_response"}`)
		got := ""
		if a.Holidays.Status != nil {
			got = *a.Holidays.Status
		}
		if a.Status != row.status || got != row.holidays {
			t.Errorf("%s: %+v", row.why, a)
		}
	}
}
