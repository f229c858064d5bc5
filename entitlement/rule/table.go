package rule

// A table finds the code of a name without a map: open addressing over at
// least twice as many slots as names, so that a miss ends at an empty one.
type table struct {
	slots  []uint8 // codes, 0 for none
	values []string
}

func newTable(values []string) table {
	if len(values) > maxCodes {
		return table{} // refused by NewVocabulary
	}
	size := 1
	for size < 2*len(values)+1 {
		size *= 2
	}
	t := table{make([]uint8, size), values}
	for i, value := range values {
		at := hash(value) & uint32(size-1)
		for t.slots[at] != 0 {
			at = (at + 1) & uint32(size-1)
		}
		t.slots[at] = uint8(i + 1)
	}
	return t
}

// find returns the code of value, or 0.
func (t *table) find(value string) uint8 {
	for at := hash(value) & uint32(len(t.slots)-1); ; at = (at + 1) & uint32(len(t.slots)-1) {
		code := t.slots[at]
		if code == 0 || t.values[code-1] == value {
			return code
		}
	}
}

// hash mixes the length of a name and its ends, or all of a short one.
func hash(s string) uint32 {
	var a, b uint64
	switch n := len(s); {
	case n >= 8:
		a, b = load8(s), load8(s[n-8:])
	case n >= 4:
		a = load4(s) | load4(s[n-4:])<<32
	case n > 0:
		a = uint64(s[0]) | uint64(s[n/2])<<8 | uint64(s[n-1])<<16
	}
	return uint32((a ^ b<<1 ^ uint64(len(s))) * 0x9e3779b97f4a7c15 >> 40)
}

func load4(s string) uint64 {
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24
}

func load8(s string) uint64 { return load4(s) | load4(s[4:])<<32 }
