package main

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// wordsDigits is how many digits of a SHA-256 stand for a clause's words.
const wordsDigits = 16

var (
	// What Markdown and HTML add to words. The address in <https://...> is
	// printed, so it stays.
	unseen = regexp.MustCompile(`\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?: +"[^"]*")?\)|</?[A-Za-z][A-Za-z0-9]*(?: +[A-Za-z-]+="[^"]*")* */?>`)
	// What stands for other letters or digits.
	joined = strings.NewReplacer(
		"ﬀ", "ff", "ﬁ", "fi", "ﬂ", "fl", "ﬃ", "ffi", "ﬄ", "ffl",
		"⁰", "0", "¹", "1", "²", "2", "³", "3", "⁴", "4", "⁵", "5", "⁶", "6", "⁷", "7", "⁸", "8", "⁹", "9",
	)
)

// fold returns the letters, digits and accents of a text, in small letters.
func fold(s string) string {
	small := func(c rune) rune {
		if unicode.In(c, unicode.Variation_Selector) || !unicode.In(c, unicode.L, unicode.N, unicode.M) {
			return -1
		}
		return unicode.ToLower(unicode.ToUpper(c)) // both small sigmas are one
	}
	return strings.Map(small, joined.Replace(unseen.ReplaceAllLiteralString(s, "")))
}

// A digest is of the words of a clause, line by line.
type digest struct {
	hash   hash.Hash
	listed map[int]bool // marks of a numbered list that were left out
}

func newDigest() *digest { return &digest{sha256.New(), map[int]bool{}} }

func (d *digest) write(s string) { d.hash.Write([]byte(fold(s))) }

// line writes a line that the clause does not begin on, without its list mark.
// A mark is 1, or follows one that was left out, or stands before a number;
// else it may be a number on which a line happens to begin.
func (d *digest) line(l *line) {
	s := strings.TrimLeft(l.text[len(marks.FindString(l.text)):], "[")
	if m := listMark.FindStringSubmatch(s); m != nil {
		n, err := strconv.Atoi(m[1])
		if err == nil && (l.form.mark || n == 1 || d.listed[n-1]) {
			d.listed[n] = true
			s = s[len(m[0]):]
		}
	}
	d.write(s)
}

// sum returns the digits for what was written so far.
func (d *digest) sum() string { return hex.EncodeToString(d.hash.Sum(nil))[:wordsDigits] }
