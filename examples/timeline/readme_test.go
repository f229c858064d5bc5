package main

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

// TestReadme runs the commands that the README shows with what they print; what
// it leaves out stands there as a line with an ellipsis.
func TestReadme(t *testing.T) {
	t.Chdir("../..")
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	shown := strings.Split(string(text), "$ go run ./examples/timeline ")[1:]
	if len(shown) == 0 {
		t.Fatal("the README shows no case")
	}
	for _, s := range shown {
		args, want, _ := strings.Cut(s, "\n")
		want, _, _ = strings.Cut(want, "```")
		var stdout, stderr bytes.Buffer
		status := run(strings.Fields(args), strings.NewReader(""), &stdout, &stderr)
		if status != 0 && !strings.HasPrefix(want, "timeline: ") {
			t.Errorf("status %d: %s", status, stderr.String())
		}
		rest := "\n" + stdout.String() + stderr.String()
		for i, part := range strings.Split("\n"+want, "\n…\n") {
			if part = strings.Trim(part, "\n"); part == "" {
				continue // left out to the end
			}
			at := strings.Index(rest, "\n"+part+"\n")
			if at < 0 || i == 0 && at > 0 {
				t.Errorf("%s\nprints\n%s\nwhich has no\n%s", args, rest, part)
				break
			}
			rest = rest[at+len(part)+1:]
		}
		if strings.TrimSpace(rest) != "" && !strings.HasSuffix(strings.TrimSpace(want), "…") {
			t.Errorf("%s\nprints also\n%s", args, rest)
		}
	}
}
