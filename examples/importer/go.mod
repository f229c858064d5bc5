module example.com/importer

go 1.26.0

require (
	github.com/leanovate/gopter v0.2.11
	github.com/supportterms/supportterms v0.0.0
)

require (
	github.com/rickar/cal/v2 v2.1.26 // indirect
	gopkg.in/yaml.v3 v3.0.1 // indirect
)

replace github.com/supportterms/supportterms => ../..
