package holiday

import "github.com/supportterms/supportterms/calendar"

// ByCode is [Region] for callers that choose between its options case by case:
// days that an announcement may still change, and make-up workdays.
func ByCode(code string, predicted, workdays bool) (calendar.Holidays, error) {
	s, err := Region(code, Options{Predicted: predicted, Workdays: workdays})
	if err != nil {
		return nil, err // and not a Holidays that holds no Source
	}
	return s, nil
}
