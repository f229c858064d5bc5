package entitlement

import (
	"errors"
	"fmt"
	"slices"
)

// A Purchase is an offering bought, once or several times.
type Purchase struct {
	Offering string
	Quantity Number // in what it is sold by; 0 is not bought
	Size     Number // in nodes, of an offering that is sold by size
}

// Includes reports whether the contract includes an offering. It is not known
// when the contract names no offering at all.
func (c *Contract) Includes(offering string) (yes, known bool) {
	_, yes, known = c.purchase(offering)
	return yes, known
}

// purchase is Includes, with what is said of the purchase.
func (c *Contract) purchase(offering string) (p Purchase, yes, known bool) {
	for _, p := range c.Offerings {
		if p.Offering == offering {
			return p, p.Quantity != N(0), true
		}
	}
	if slices.Contains(c.Addons, offering) {
		return Purchase{}, true, true
	}
	return Purchase{}, c.Offerings == nil && c.Offering == offering, c.Offerings != nil || c.Offering != ""
}

// purchases checks the offerings bought, and gives them the edition's names.
func (b *Bound) purchases() error {
	var errs []error
	first := map[string]int{}
	for i := range b.contract.Offerings {
		p := &b.contract.Offerings[i]
		field := fmt.Sprintf("contract.offerings[%d]", i)
		f := b.policy.common(FactOffering)
		if f == nil {
			errs = append(errs, &ValueError{Field: field, Value: p.Offering, Why: "the edition has no offerings"})
			continue
		}
		name, ok := f.value(p.Offering)
		if !ok {
			errs = append(errs, &ValueError{Field: field + ".id", Value: p.Offering, Allowed: f.Values})
			continue
		}
		p.Offering = name
		if k, again := first[name]; again {
			errs = append(errs, &ValueError{Field: field + ".id", Value: name, Why: fmt.Sprintf("is that of offerings[%d] too", k)})
		}
		first[name] = i
		for _, n := range []struct {
			field string
			n     Number
		}{{".quantity", p.Quantity}, {".size", p.Size}} {
			if n.n.thousandths < 0 {
				errs = append(errs, &ValueError{Field: field + n.field, Value: n.n.String(), Why: "want a number that is not negative"})
			}
		}
	}
	return errors.Join(errs...)
}

// sold states what the contract says of the offering asked about.
func (b *Bound) sold(s *state) {
	q := s.question
	name := q.vocabulary.Value(q.offering, s.point[q.offering])
	if name == "" {
		return
	}
	if c := b.contract.Offering; c != "" && c != name {
		s.refuse(FactOffering, name, "is "+c+" in the contract: give one")
	}
	p, yes, known := b.contract.purchase(name)
	if known && q.sold >= 0 {
		s.point[q.sold] = uint8(1 + b2i(yes))
	}
	for _, n := range []struct {
		at int
		n  Number
	}{{q.quantity, p.Quantity}, {q.size, p.Size}} {
		if n.at >= 0 && n.n.stated && s.point[n.at] == 0 {
			s.setNumber(n.at, n.n.thousandths, false)
		}
	}
}
