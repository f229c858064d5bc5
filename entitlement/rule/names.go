package rule

import "encoding/binary"

// Names finds the code of a value of one closed list without a map: open
// addressing over at least twice as many slots as names, so that a miss ends at
// an empty one. It comes from [Vocabulary.Names] and is immutable.
type Names struct {
	slots  []uint8 // codes, 0 for none
	ends   []ends  // by code, from 1
	values []string
}

// Ends are the length of a name and its first and last bytes, which are all of
// a name of up to sixteen.
type ends struct {
	first, last uint64
	length      int
}

func newNames(values []string) Names {
	if len(values) > maxCodes {
		return Names{} // refused by NewVocabulary
	}
	size := 1
	for size < 2*len(values)+1 {
		size *= 2
	}
	n := Names{make([]uint8, size), make([]ends, len(values)), values}
	for i, value := range values {
		first, last := endsOf(value)
		n.ends[i] = ends{first, last, len(value)}
		at := hash(first, last, len(value))
		for n.slots[at&uint32(size-1)] != 0 {
			at++
		}
		n.slots[at&uint32(size-1)] = uint8(i + 1)
	}
	return n
}

// Code returns the code of a value, or 0.
func (n *Names) Code(value string) uint8 {
	first, last := endsOf(value)
	for at := hash(first, last, len(value)); ; at++ {
		code := n.slots[at&uint32(len(n.slots)-1)]
		if code == 0 {
			return 0
		}
		e := &n.ends[code-1]
		if e.first == first && e.last == last && e.length == len(value) && (len(value) <= 16 || n.values[code-1] == value) {
			return code
		}
	}
}

// endsOf returns the two words apart, which stay in registers so.
func endsOf(s string) (first, last uint64) {
	switch n, b := len(s), []byte(s); {
	case n >= 8:
		return binary.LittleEndian.Uint64(b), binary.LittleEndian.Uint64(b[n-8:])
	case n >= 4:
		return uint64(binary.LittleEndian.Uint32(b)) | uint64(binary.LittleEndian.Uint32(b[n-4:]))<<32, 0
	case n > 0:
		return uint64(b[0]) | uint64(b[n/2])<<8 | uint64(b[n-1])<<16, 0
	}
	return 0, 0
}

func hash(first, last uint64, length int) uint32 {
	return uint32((first ^ last<<1 ^ uint64(length)) * 0x9e3779b97f4a7c15 >> 40)
}
