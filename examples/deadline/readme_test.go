package main

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestReadme runs the command that the README shows and compares what it
// prints with what the README says it does.
func TestReadme(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, shown, ok := strings.Cut(string(text), "$ go run ./examples/deadline -edition")
	if !ok {
		t.Fatal("the README shows no deadline")
	}
	args, shown, _ := strings.Cut("-edition"+shown, "\n")
	want, _, _ := strings.Cut(shown, "```")
	var stdout, stderr bytes.Buffer
	if status := run(strings.Fields(args), strings.NewReader(""), &stdout, &stderr); status != 0 {
		t.Fatalf("status %d: %s", status, stderr.String())
	}
	if diff := cmp.Diff(want, stdout.String()); diff != "" {
		t.Error(diff)
	}
}
