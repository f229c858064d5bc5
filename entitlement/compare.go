package entitlement

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// A Change is a question that two contracts answer differently.
type Change struct {
	Question int // its place in the inventory
	Is, Was  Answer
}

// Compare puts an inventory of questions to two contracts, which may be of two
// editions, and returns the differences. The error joins everything wrong with
// what is stated, and loses no other question.
func Compare(was, is *Bound, inventory []Question) (out []Change, err error) {
	var errs []error
	for i, q := range inventory {
		a, err := was.Decide(q)
		b, err2 := is.Decide(q)
		if err := errors.Join(err, err2); err != nil {
			errs = append(errs, fmt.Errorf("inventory[%d]: %w", i, err))
		} else if a != b {
			out = append(out, Change{i, b, a})
		}
	}
	return out, errors.Join(errs...)
}

// Smallest returns the smallest contracts under which everything in an
// inventory is granted, with limits or without: of the lowest level, then of
// the narrowest scopes, then with the fewest add-ons. Several are a tie; none
// is nil. Levels are the edition's in its order, the lowest first; scopes in
// its order are the widest first. Other terms are those of the contract given.
func (p *Policy) Smallest(like Contract, inventory []Question) ([]Contract, error) {
	var contracts []Contract
	for _, level := range p.values(FactLevel, false) {
		for _, security := range p.values(FactSecurityScope, true) {
			for _, support := range p.values(FactSupportScope, true) {
				c := like
				c.Level, c.SecurityScope, c.SupportScope, c.Addons = level, security, support, nil
				if c.Check() == nil {
					contracts = append(contracts, c)
				}
			}
		}
	}
	addons := subsets(p.Addons)
	for _, c := range contracts {
		var fit []Contract
		for _, bought := range addons {
			if len(fit) > 0 && len(bought) > len(fit[0].Addons) {
				break
			}
			c.Addons = bought
			ok, err := p.grants(c, inventory)
			if err != nil {
				return nil, err
			}
			if ok {
				fit = append(fit, c)
			}
		}
		if fit != nil {
			return fit, nil
		}
	}
	return nil, nil
}

// values returns those of a fact of the contract; one that the edition does not
// have is not stated.
func (p *Policy) values(name string, reversed bool) []string {
	f := p.common(name)
	if f == nil {
		return []string{""}
	}
	out := slices.Clone(f.Values)
	if reversed {
		slices.Reverse(out)
	}
	return out
}

// grants reports whether all of an inventory is granted.
func (p *Policy) grants(c Contract, inventory []Question) (bool, error) {
	b, err := p.Bind(c)
	if err != nil {
		return false, err
	}
	for i, q := range inventory {
		a, err := b.Decide(q)
		if err != nil {
			return false, fmt.Errorf("inventory[%d]: %w", i, err)
		}
		if !a.Outcome.IsGrant() {
			return false, nil
		}
	}
	return true, nil
}

// subsets returns all of them, the smallest first.
func subsets(all []string) [][]string {
	out := [][]string{nil}
	for _, s := range all {
		for _, o := range out[:len(out):len(out)] {
			out = append(out, append(slices.Clone(o), s))
		}
	}
	slices.SortStableFunc(out, func(a, b []string) int { return cmp.Compare(len(a), len(b)) })
	return out
}
