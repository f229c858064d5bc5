// Command schema checks catalog files against the JSON Schemas that editors
// use. It says less than package catalog does when it loads a file, which knows
// what its parts say of each other: use it to see what an editor sees.
//
//	go run . [-schemas FOLDER] FILE...
//
// A file called catalog.yaml is checked as the index of a folder, any other as
// an edition. The exit status is 1 when a file is refused.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// Exit statuses.
const (
	exitRefused = 1
	exitUsage   = 2
)

func run(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("schema", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() {
		fmt.Fprintln(stderr, "usage: go run . [-schemas FOLDER] FILE...")
		flags.PrintDefaults()
	}
	folder := flags.String("schemas", "../../catalog/data", "the `folder` that has the schemas")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return 0
	} else if err != nil {
		return exitUsage
	}
	if flags.NArg() == 0 {
		flags.Usage()
		return exitUsage
	}
	schemas, err := load(*folder)
	if err != nil {
		fmt.Fprintln(stderr, "schema:", err)
		return exitUsage
	}
	refused := 0
	for _, name := range flags.Args() {
		problems, err := schemas.checkFile(name)
		if err != nil {
			fmt.Fprintln(stdout, err)
		}
		for _, p := range problems {
			fmt.Fprintln(stdout, p)
		}
		if err != nil || len(problems) > 0 {
			refused++
		}
	}
	fmt.Fprintf(stdout, "%d of %d files accepted\n", flags.NArg()-refused, flags.NArg())
	if refused > 0 {
		return exitRefused
	}
	return 0
}

// checkFile returns what the schema says against a file.
func (s *schemas) checkFile(name string) ([]problem, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, err
	}
	if len(text) > maxFile {
		return nil, fmt.Errorf("%s: more than %d bytes", name, maxFile)
	}
	return s.check(name, text, filepath.Base(name) == indexFile)
}
