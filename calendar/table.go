package calendar

import (
	"fmt"
	"math"
	"math/bits"
	"time"
)

// A table is the open time of a run of years, compiled. It is immutable.
//
// Spans are kept as the second each begins and the open seconds before it, so
// that an instant and an amount of open time are both places in one list.
// Each way in goes through an index of buckets of a power of two seconds,
// narrow enough that ordinary hours need at most one step from the bucket.
type table struct {
	lo, hi      int64 // Unix seconds in [lo, hi)
	first, last int   // years
	total       uint64
	spans       []span   // begins with an empty one at lo and ends with one at hi
	byTime      []uint16 // span numbers, less their lowest coarse bits
	bySum       []uint16
	timeShift   uint8
	sumShift    uint8
	coarse      uint8   // 0 but for more than 65,535 spans
	days        []int32 // the civil dates with open time, as days since 1970
}

type span struct{ start, before uint32 }

// A TableError reports hours too fine to compile for the years asked about.
type TableError struct{ Spans int }

func (e *TableError) Error() string {
	return fmt.Sprintf("calendar: %d spans of open time, at most %d can be held", e.Spans, maxSpans)
}

const maxSpans = 1_000_000

func newTable(runs []run, loc *time.Location, lo, hi int64, first, last int) (*table, error) {
	if len(runs) > maxSpans {
		return nil, &TableError{len(runs)}
	}
	tb := &table{lo: lo, hi: hi, first: first, last: last}
	tb.spans = make([]span, 1, len(runs)+2)
	tb.spans[0] = span{uint32(lo), 0}
	gap, length := hi-lo, hi-lo
	sum, prev := int64(0), lo
	for _, r := range runs {
		tb.spans = append(tb.spans, span{uint32(r.from), uint32(sum)})
		if r.from > prev {
			gap = min(gap, r.from-prev)
		}
		prev = r.from
		length = min(length, r.to-r.from)
		sum += r.to - r.from
	}
	tb.spans = append(tb.spans, span{uint32(hi), uint32(sum)})
	tb.total = uint64(sum)

	start := func(i int) int64 { return int64(tb.spans[i].start) - lo }
	before := func(i int) int64 { return int64(tb.spans[i].before) }
	for len(runs)>>tb.coarse > math.MaxUint16 {
		tb.coarse++
	}
	tb.byTime, tb.timeShift = index(len(runs), tb.coarse, hi-lo, gap, start)
	tb.bySum, tb.sumShift = index(len(runs), tb.coarse, sum, length, before)
	tb.days = openDays(runs, loc, lo, hi)
	return tb, nil
}

// index returns, for each bucket of 1<<shift seconds in [0, size), the last of
// the spans 0 to n whose key is at or before the bucket's first second. A
// bucket is no wider than the narrowest distance between keys, unless that
// would make far more buckets than spans.
func index(n int, coarse uint8, size, narrowest int64, key func(int) int64) (buckets []uint16, shift uint8) {
	shift = uint8(bits.Len64(uint64(max(narrowest, 1))) - 1)
	for size>>shift > int64(8*n)+64 {
		shift++
	}
	buckets = make([]uint16, size>>shift+1)
	i := 0
	for b := range buckets {
		for i < n && key(i+1) <= int64(b)<<shift {
			i++
		}
		buckets[b] = uint16(i >> coarse)
	}
	return buckets, shift
}

// openDays lists the civil dates on which some instant is open.
func openDays(runs []run, loc *time.Location, lo, hi int64) []int32 {
	days := make([]int32, 0, min(int64(len(runs))+2, (hi-lo)/daySeconds+2))
	i := 0
	for seg := range segments(loc, lo, hi) {
		for ; i < len(runs); i++ {
			from, to := max(runs[i].from, seg.from), min(runs[i].to, seg.to)
			if from >= to {
				break
			}
			first, last := floorDiv(from+seg.offset, daySeconds), floorDiv(to+seg.offset-1, daySeconds)
			for d := first; d <= last; d++ {
				if n := len(days); n == 0 || days[n-1] < int32(d) {
					days = append(days, int32(d))
				}
			}
			if runs[i].to > seg.to {
				break // the rest of it is in the next segment
			}
		}
	}
	return days
}

// at returns the last span that begins at or before sec, which is in [lo, hi].
func (tb *table) at(sec int64) int {
	i := int(tb.byTime[uint64(sec-tb.lo)>>(tb.timeShift&63)]) << (tb.coarse & 63)
	i += step(int64(tb.spans[i+1].start), sec)
	for i+2 < len(tb.spans) && int64(tb.spans[i+1].start) <= sec {
		i++
	}
	return min(i, len(tb.spans)-2)
}

// holding returns the span with the open second number q, which is below
// total.
func (tb *table) holding(q uint64) int {
	i := int(tb.bySum[q>>(tb.sumShift&63)]) << (tb.coarse & 63)
	i += step(int64(tb.spans[i+1].before), int64(q))
	for uint64(tb.spans[i+1].before) <= q {
		i++
	}
	return i
}

// step is 1 if the next key is at or before the one looked for, else 0. The
// first step from a bucket is as likely as not, and a branch would be guessed
// wrong half the time; a second is rare.
func step(next, key int64) int { return int(uint64(next-key-1) >> 63) }

// end returns the second at which span i closes.
func (tb *table) end(i int) int64 {
	return int64(tb.spans[i].start) + int64(tb.spans[i+1].before-tb.spans[i].before)
}

const nano = int64(time.Second)

// sum returns the open nanoseconds from lo to an instant in [lo, hi].
func (tb *table) sum(sec, ns int64) int64 {
	i := tb.at(sec)
	s, n := tb.spans[i], int64(tb.spans[i+1].before)
	if in := int64(s.before) + sec - int64(s.start); in < n {
		return in*nano + ns
	}
	return n * nano
}

// earliest returns the first instant by which n open nanoseconds have passed
// since lo. n is in (0, total].
func (tb *table) earliest(n int64) (sec, ns int64) {
	q, r := uint64(n-1)/uint64(nano), uint64(n-1)%uint64(nano)
	s := tb.spans[tb.holding(q)]
	sec, ns = int64(s.start)+int64(q)-int64(s.before), int64(r)+1
	if ns == nano {
		return sec + 1, 0
	}
	return sec, ns
}

// latest returns the last instant by which no more than n open nanoseconds
// have passed since lo. n is in [0, total).
func (tb *table) latest(n int64) (sec, ns int64) {
	q, r := n/nano, n%nano
	s := tb.spans[tb.holding(uint64(q))]
	return int64(s.start) + q - int64(s.before), r
}
