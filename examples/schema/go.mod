module example.com/schema

go 1.26.0

require (
	github.com/santhosh-tekuri/jsonschema/v6 v6.0.3
	github.com/supportterms/supportterms v0.0.0
	golang.org/x/text v0.14.0
	gopkg.in/yaml.v3 v3.0.1
)

replace github.com/supportterms/supportterms => ../..
