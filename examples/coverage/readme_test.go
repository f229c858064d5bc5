package main

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestReadme runs the commands that the README shows with what they print.
func TestReadme(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	shown := strings.Split(string(text), "$ go run ./examples/coverage -question ")[1:]
	if len(shown) == 0 {
		t.Fatal("the README shows no coverage")
	}
	for _, s := range shown {
		args, want, _ := strings.Cut("-question "+s, "\n")
		want, _, _ = strings.Cut(want, "```")
		var stdout, stderr bytes.Buffer
		if status := run(strings.Fields(args), strings.NewReader(""), &stdout, &stderr); status != 0 {
			t.Errorf("status %d: %s", status, stderr.String())
		}
		if diff := cmp.Diff(strings.TrimSpace(want), strings.TrimSpace(stdout.String())); diff != "" {
			t.Errorf("%s\n%s", args, diff)
		}
	}
}
