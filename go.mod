module github.com/supportterms/supportterms

go 1.26.0

require (
	github.com/arran4/golang-ical v0.3.4
	github.com/google/go-cmp v0.7.0
	github.com/leanovate/gopter v0.2.11
	github.com/rickar/cal/v2 v2.1.26
	gopkg.in/yaml.v3 v3.0.1
)
