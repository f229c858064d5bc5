package entitlement

import (
	"math"
	"math/big"
	"strconv"
	"strings"

	"github.com/supportterms/supportterms/calendar"
)

// A Number is a count or an amount that may not be stated, to three decimals.
// The zero Number is not stated, which is different from 0.
type Number struct {
	thousandths int64
	stated      bool
}

const maxNumber = math.MaxInt64 / 1000

// N returns n as a Number. It panics when n is past 9,223,372,036,854,775,
// which no count of machines or bytes reaches.
func N(n int64) Number {
	if n > maxNumber || n < -maxNumber {
		panic("entitlement: number " + strconv.FormatInt(n, 10) + " is too large")
	}
	return Number{n * 1000, true}
}

// ParseNumber reads a decimal number with at most three decimals: "12", "96.5".
func ParseNumber(s string) (Number, error) {
	bad := &calendar.ParseError{What: "number", Input: s, Want: "digits, with at most three decimals, up to 9223372036854775"}
	whole, part, point := strings.Cut(s, ".")
	digits := strings.TrimPrefix(whole, "-")
	if digits == "" || point && part == "" || len(part) > 3 || strings.Trim(digits+part, "0123456789") != "" {
		return Number{}, bad
	}
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || n > maxNumber-1 || n < -maxNumber+1 {
		return Number{}, bad
	}
	f, _ := strconv.ParseInt((part + "000")[:3], 10, 64)
	if whole[0] == '-' {
		f = -f
	}
	return Number{n*1000 + f, true}, nil
}

// MustParseNumber is [ParseNumber] for constants; it panics on an error.
func MustParseNumber(s string) Number {
	n, err := ParseNumber(s)
	if err != nil {
		panic(err)
	}
	return n
}

// IsStated reports whether n is a number at all.
func (n Number) IsStated() bool { return n.stated }

// Thousandths returns n times 1,000, and 0 when n is not stated.
func (n Number) Thousandths() int64 { return n.thousandths }

// String returns n as [ParseNumber] reads it, or "" when it is not stated.
func (n Number) String() string {
	if !n.stated {
		return ""
	}
	s := strconv.FormatInt(n.thousandths/1000, 10)
	rest := n.thousandths % 1000
	if rest == 0 {
		return s
	}
	if rest < 0 {
		rest = -rest
		if n.thousandths > -1000 {
			s = "-0"
		}
	}
	return strings.TrimRight(s+"."+strconv.FormatInt(1000+rest, 10)[1:], "0")
}

// MarshalJSON writes a number, or null when n is not stated.
func (n Number) MarshalJSON() ([]byte, error) {
	if !n.stated {
		return []byte("null"), nil
	}
	return []byte(n.String()), nil
}

// UnmarshalJSON reads a number, in quotation marks too, or null.
func (n *Number) UnmarshalJSON(b []byte) (err error) {
	if string(b) == "null" {
		*n = Number{}
		return nil
	}
	*n, err = ParseNumber(strings.Trim(string(b), `"`))
	return err
}

// ceil returns r as a Number, rounded up where it has more decimals; ok is
// false when it is too large.
func ceil(r *big.Rat) (n Number, ok bool) {
	r = new(big.Rat).Mul(r, big.NewRat(1000, 1))
	q, rest := new(big.Int).DivMod(r.Num(), r.Denom(), new(big.Int))
	if rest.Sign() > 0 {
		q.Add(q, big.NewInt(1))
	}
	if !q.IsInt64() {
		return Number{}, false
	}
	return Number{q.Int64(), true}, true
}

// floor is ceil, rounded down.
func floor(r *big.Rat) (n Number, ok bool) {
	n, ok = ceil(new(big.Rat).Neg(r))
	n.thousandths = -n.thousandths
	return n, ok
}

// rat returns n as a fraction.
func (n Number) rat() *big.Rat { return big.NewRat(n.thousandths, 1000) }
