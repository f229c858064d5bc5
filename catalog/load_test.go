package catalog

import "testing"

func TestBuiltin(t *testing.T) {
	c := Builtin()
	for _, id := range c.Editions() {
		if _, err := c.Edition(id); err != nil {
			t.Errorf("%s: %v", id, err)
		}
	}
}
