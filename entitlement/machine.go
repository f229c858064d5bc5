package entitlement

import "github.com/supportterms/supportterms/calendar"

// YesNo is something attested. The zero YesNo is not stated, which is neither.
type YesNo uint8

const (
	No YesNo = 1 + iota
	Yes
)

// String returns "no", "yes", or "" when it is not stated.
func (y YesNo) String() string {
	switch y {
	case No:
		return "no"
	case Yes:
		return "yes"
	}
	return ""
}

// MarshalJSON writes true, false or null.
func (y YesNo) MarshalJSON() ([]byte, error) {
	switch y {
	case No:
		return []byte("false"), nil
	case Yes:
		return []byte("true"), nil
	}
	return []byte("null"), nil
}

// UnmarshalJSON reads true, false, "yes", "no" or null.
func (y *YesNo) UnmarshalJSON(b []byte) error {
	switch string(b) {
	case "null":
		*y = 0
	case "false", `"no"`:
		*y = No
	case "true", `"yes"`:
		*y = Yes
	default:
		return &calendar.ParseError{What: "yes or no", Input: string(b), Want: "true or false"}
	}
	return nil
}

// A Machine is one of an environment.
type Machine struct {
	ID     string `json:"id"`
	Kind   string `json:"kind"`   // "physical", "virtual", "desktop"; "" is not stated
	Ubuntu YesNo  `json:"ubuntu"` // whether it runs Ubuntu
	// Contract names the contract that covers the machine; "" is none.
	Contract string `json:"contract"`
}

// field returns what a [MachineIs] asks for, or "" when it is not stated.
func (m *Machine) field(name string) string {
	switch name {
	case "kind":
		return m.Kind
	case "ubuntu":
		return m.Ubuntu.String()
	}
	return noYes[b2i(m.Contract != "")]
}
