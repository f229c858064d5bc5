package catalog

import (
	"github.com/supportterms/supportterms/entitlement"
	"github.com/supportterms/supportterms/sla"
)

func (r *reader) readReadings(f field) {
	var needs []string
	for l := sla.Agreed; l <= sla.Provider; l++ {
		needs = append(needs, l.String(), l.String()+".weekend", l.String()+".holidays")
	}
	for _, f := range r.fields(f.value, f.path) {
		m := r.record(f.value, f.path, []string{"clauses", "asks", "default", "because", "values"}, []string{"alias"})
		k := entitlement.Reading{Key: f.key, Asks: r.text(m.get("asks")), Because: r.text(m.get("because")), Alias: r.named(m.get("alias"))}
		for _, c := range r.items(m.get("clauses")) {
			k.Clauses = append(k.Clauses, r.cite(c))
		}
		var names []string
		for _, v := range r.fields(m.get("values").value, m.get("values").path) {
			r.isName(v.key, v.name, v.path)
			value := entitlement.ReadingValue{Name: v.key}
			if v.value.Kind == yamlMapping {
				vm := r.record(v.value, v.path, []string{"means"}, []string{"needs", "level", "alias"})
				value.Means, value.Alias = r.text(vm.get("means")), r.named(vm.get("alias"))
				value.Needs, _ = r.oneOf(vm.get("needs"), needs)
				value.Level, _ = r.oneOf(vm.get("level"), r.values[sla.FactLevel])
				if a := vm.get("alias"); a.value != nil && k.Alias == "" {
					r.fail(a.name, a.path, "an alias of a value of a reading that has none; add one or leave this out")
				}
			} else {
				value.Means = r.text(v)
			}
			names = append(names, v.key)
			k.Values = append(k.Values, value)
		}
		if m.get("values").value != nil && len(names) < 2 {
			r.fail(m.get("values").name, m.get("values").path, "%d values are no choice; want two or more, or leave the reading out", len(names))
		}
		if !r.declare(f, names) {
			continue
		}
		r.keys[f.key], r.parts["fact "+f.key] = f, f
		if len(names) > 0 {
			var ok bool
			if k.Default, ok = r.oneOf(m.get("default"), names); !ok {
				k.Default = names[0] // so that the rules can be looked at
			}
		}
		r.spec.Readings = append(r.spec.Readings, k)
	}
}
