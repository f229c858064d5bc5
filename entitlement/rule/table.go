package rule

// A table finds the code of a name without a map: open addressing over at
// least twice as many slots as names, so that a miss ends at an empty one.
type table []uint8

func newTable(values []string) table {
	if len(values) > maxCodes {
		return nil // refused by NewVocabulary
	}
	size := 1
	for size < 2*len(values)+1 {
		size *= 2
	}
	t := make(table, size)
	for i, value := range values {
		at := hash(value) & uint32(size-1)
		for t[at] != 0 {
			at = (at + 1) & uint32(size-1)
		}
		t[at] = uint8(i + 1)
	}
	return t
}

// find returns the code of value among values, or 0.
func (t table) find(value string, values []string) uint8 {
	for at := hash(value) & uint32(len(t)-1); ; at = (at + 1) & uint32(len(t)-1) {
		code := t[at]
		if code == 0 || values[code-1] == value {
			return code
		}
	}
}

// hash mixes the length of a name and three of its letters: names are few, and
// a whole one is compared only where these agree.
func hash(s string) uint32 {
	if s == "" {
		return 0
	}
	h := uint32(len(s))<<24 | uint32(s[0])<<16 | uint32(s[len(s)/2])<<8 | uint32(s[len(s)-1])
	return h * 2654435761 >> 16
}
