package main

import (
	"github.com/supportterms/supportterms/calendar"
	"github.com/supportterms/supportterms/entitlement"
)

// An asked is a question with everything stated that it turns on, the contract
// it is put to, and the answer.
type asked struct {
	name     string
	contract entitlement.Contract
	question entitlement.Question
	want     entitlement.Outcome
}

// questions returns the twenty of the comparison.
func questions() []asked {
	self := entitlement.Contract{Level: "self-support", SecurityScope: "pro", SupportScope: "none"}
	infraSelf := entitlement.Contract{Level: "self-support", SecurityScope: "infra-only", SupportScope: "none"}
	over := self
	over.Until = calendar.Date{Year: 2025, Month: 7, Day: 31}
	legacy := entitlement.Contract{Level: "self-support", SecurityScope: "pro", SupportScope: "none", Addons: []string{"legacy"}}
	full := entitlement.Contract{Level: "24x7", SecurityScope: "pro", SupportScope: "full"}
	infra := entitlement.Contract{Level: "weekday", SecurityScope: "infra-only", SupportScope: "infra"}

	on := func(release, arch string) entitlement.About {
		return entitlement.About{On: calendar.Date{Year: 2025, Month: 8, Day: 1}, Release: release, Arch: arch, Machine: "physical"}
	}
	fix := func(release, arch, component, priority string) *entitlement.SecurityFix {
		return &entitlement.SecurityFix{About: on(release, arch), Component: component, Priority: priority, Kind: "cve"}
	}
	bug := func(release, cause string) *entitlement.SecurityFix {
		return &entitlement.SecurityFix{About: on(release, "amd64"), Component: "main", Kind: "bug", Cause: cause}
	}
	ros := &entitlement.SecurityFix{About: on("16.04", "amd64"), ROSDistribution: "kinetic", ROSCore: entitlement.Yes, Kind: "cve", Priority: "medium"}

	request := func(release, item, component string) *entitlement.SupportRequest {
		return &entitlement.SupportRequest{
			About: on(release, "amd64"), Item: item, Component: component, Source: "official", ModifiedBy: "none",
			Request: "break-fix", Hardware: "certified",
		}
	}
	modified := request("22.04", "package", "main")
	modified.ModifiedBy = "customer"
	snap, edge := request("22.04", "snap", ""), request("22.04", "snap", "")
	snap.Listed, snap.Channel = entitlement.Yes, "stable"
	edge.Listed, edge.Channel = entitlement.Yes, "edge"
	image := request("22.04", "image", "")
	image.Listed, image.Channel, image.Image, image.LatestStable, image.Layer = entitlement.Yes, "stable", "application", entitlement.Yes, "modified"
	livepatch := request("22.04", "service", "")
	livepatch.Service = "livepatch"

	return []asked{
		{"fix: standard, contract over", over, fix("24.04", "amd64", "main", "high"), entitlement.Standard},
		{"fix: main, ESM", self, fix("18.04", "amd64", "main", "critical"), entitlement.Covered},
		{"fix: universe, ESM", self, fix("22.04", "amd64", "universe", "high"), entitlement.Covered},
		{"fix: bug made by an ESM fix", self, bug("18.04", "esm-fix"), entitlement.Covered},
		{"fix: main, Legacy add-on", legacy, fix("14.04", "amd64", "main", "high"), entitlement.Covered},
		{"fix: ROS, medium", self, ros, entitlement.Limited},
		{"fix: any other bug", self, bug("18.04", "other"), entitlement.NotGuaranteed},
		{"fix: ESM, low priority", self, fix("18.04", "amd64", "main", "low"), entitlement.NotCovered},
		{"fix: universe, Infra-only", infraSelf, fix("22.04", "amd64", "universe", "high"), entitlement.NotCovered},
		{"fix: ESM, contract over", over, fix("18.04", "amd64", "main", "high"), entitlement.NotEntitled},

		{"help: main", full, request("22.04", "package", "main"), entitlement.Covered},
		{"help: universe", full, request("22.04", "package", "universe"), entitlement.Covered},
		{"help: main, infra support", infra, request("20.04", "package", "main"), entitlement.Covered},
		{"help: livepatch", full, livepatch, entitlement.Covered},
		{"help: listed snap", full, snap, entitlement.Covered},
		{"help: image, modified layer", full, image, entitlement.Limited},
		{"help: modified package", full, modified, entitlement.NotCovered},
		{"help: snap from edge", full, edge, entitlement.NotCovered},
		{"help: main, self-support", self, request("22.04", "package", "main"), entitlement.NotEntitled},
		{"help: universe, infra support", infra, request("22.04", "package", "universe"), entitlement.NotEntitled},
	}
}
