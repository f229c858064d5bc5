package catalog_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/supportterms/supportterms/"

// imports is which packages of this module, and which of others, each package
// may import. Tests are free.
var imports = map[string][]string{
	"calendar":                    {},
	"calendar/holiday":            {"calendar", "github.com/rickar/cal/v2"},
	"calendar/holiday/ics":        {"calendar", "github.com/arran4/golang-ical"},
	"calendar/calendartest":       {"calendar", "github.com/leanovate/gopter"},
	"entitlement":                 {"calendar", "entitlement/rule"},
	"entitlement/rule":            {"calendar"},
	"entitlement/entitlementtest": {"calendar", "entitlement/rule", "github.com/leanovate/gopter"},
	"sla":                         {"calendar", "entitlement", "entitlement/rule"},
	"sla/slatest":                 {"calendar", "calendar/calendartest", "entitlement", "entitlement/rule", "sla", "github.com/leanovate/gopter"},
	"catalog":                     {"calendar", "entitlement", "entitlement/rule", "sla", "gopkg.in/yaml.v3"},
	"examples/catalogcheck":       {"catalog"},
	"examples/coverage":           {"calendar", "entitlement", "catalog"},
	"examples/deadline":           {"calendar", "calendar/holiday", "entitlement", "sla", "catalog"},
	"examples/editions":           {"calendar", "calendar/holiday", "catalog"},
	"examples/holidays":           {"calendar", "calendar/holiday", "calendar/holiday/ics"},
	"examples/timeline":           {"calendar", "calendar/holiday", "sla", "catalog"},
}

// topLevel is everything that may stand at the top of the repository, hidden
// entries apart.
var topLevel = []string{
	"LICENSE", "README.md", "calendar", "catalog", "entitlement", "examples", "go.mod", "go.sum", "sla", "testdata",
}

func TestTopLevel(t *testing.T) {
	entries, err := os.ReadDir("..")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") {
			got = append(got, e.Name())
		}
	}
	if !slices.Equal(got, topLevel) {
		t.Errorf("top level has %v, want %v", got, topLevel)
	}
}

// TestLayout holds every file that is no test to the table of imports, and to
// the rules that there is no wall clock outside the examples, no work at
// import and one package comment.
func TestLayout(t *testing.T) {
	docs := map[string]int{}
	files := token.NewFileSet()
	err := filepath.WalkDir("..", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			_, noModule := os.Stat(filepath.Join(name, "go.mod"))
			if name != ".." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || noModule == nil) {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(files, name, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		pkg := filepath.ToSlash(strings.TrimPrefix(filepath.Dir(name), ".."+string(filepath.Separator)))
		if _, ok := docs[pkg]; !ok {
			docs[pkg] = 0
		}
		if f.Doc != nil {
			docs[pkg]++
		}
		checkImports(t, pkg, name, f)
		checkCode(t, pkg, name, f)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for pkg, n := range docs {
		if n != 1 {
			t.Errorf("package %s has %d package comments, want 1", pkg, n)
		}
	}
	for pkg := range imports {
		if _, ok := docs[pkg]; !ok {
			t.Errorf("package %s is in the table and not in the repository", pkg)
		}
	}
}

func checkImports(t *testing.T, pkg, name string, f *ast.File) {
	allowed, ok := imports[pkg]
	if !ok {
		t.Errorf("package %s is not in the table of imports", pkg)
		return
	}
	for _, i := range f.Imports {
		p, _ := strconv.Unquote(i.Path.Value)
		own, isOwn := strings.CutPrefix(p, module)
		if !isOwn && !strings.Contains(path.Clean(strings.Split(p, "/")[0]), ".") {
			continue // the standard library
		}
		if isOwn {
			p = own
		}
		if !slices.ContainsFunc(allowed, func(a string) bool { return p == a || !isOwn && strings.HasPrefix(p, a+"/") }) {
			t.Errorf("%s imports %s, which %s may not", name, p, pkg)
		}
	}
}

func checkCode(t *testing.T, pkg, name string, f *ast.File) {
	for _, d := range f.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
			t.Errorf("%s: func init does work at import", name)
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok && s.Sel.Name == "Now" && !strings.HasPrefix(pkg, "examples/") {
			if x, ok := s.X.(*ast.Ident); ok && x.Name == "time" {
				t.Errorf("%s reads the wall clock", name)
			}
		}
		return true
	})
}
