package entitlement

import (
	"time"

	"github.com/supportterms/supportterms/calendar"
)

// About is what any question may say: the day asked about, and the machine.
// The dates and the phase are worked out from the release; a stated one wins.
type About struct {
	On            calendar.Date
	Release       string // "22.04"
	Arch          string // "amd64"
	Machine       string // "physical", "virtual", "desktop"
	ReleaseDate   calendar.Date
	EndOfStandard calendar.Date
	EndOfPro      calendar.Date
	EndOfLegacy   calendar.Date
	Phase         string
	Offering      string // in editions that sell offerings; it may be the contract's
}

func (a *About) about() *About { return a }

// aboutFacts are the facts of an About, in the order of its fields.
var aboutFacts = []string{
	FactOn, FactRelease, "arch", FactMachine, "release_date", "end_of_standard", "end_of_pro", "end_of_legacy", FactPhase,
	FactOffering,
}

func (a *About) put(s *state) {
	s.day(0, a.On)
	s.word(1, a.Release)
	s.word(2, a.Arch)
	s.word(3, a.Machine)
	s.day(4, a.ReleaseDate)
	s.day(5, a.EndOfStandard)
	s.day(6, a.EndOfPro)
	s.day(7, a.EndOfLegacy)
	s.word(8, a.Phase)
	s.word(9, a.Offering)
}

// rest is put where the release is known already and nothing is stated that
// would win over what follows from it.
func (a *About) rest(s *state) {
	s.day(0, a.On)
	s.word(2, a.Arch)
	s.word(3, a.Machine)
	s.word(9, a.Offering)
}

// typed are the typed questions, one of each.
func typed() []Question {
	return []Question{
		&SecurityFix{},
		&SupportRequest{},
		&Product{},
		&Compliance{},
		&Livepatch{},
		&RealtimeKernel{},
		&Landscape{},
		&MachineUse{},
		&Guest{},
		&Environment{},
		&Service{},
		&Permission{},
		&Cadence{},
		&Allowance{},
		&Addon{},
		&UptimeService{},
		&LifeCycle{},
		&Term{},
		&Process{},
	}
}

// SecurityFix is the question "security-fix": is a security fix for this, or
// the mending of a bug in it, part of the subscription?
type SecurityFix struct {
	About
	Component              string // "main", "universe", "restricted", "multiverse", ...
	Pocket                 string // "release", "security", "updates", "proposed", ...
	Priority               string // "critical", "high", "medium", "low", ...
	Kind                   string // "cve", "bug"
	Cause                  string // "esm-fix", "legacy-fix", "other"
	Claim                  string // "available-fixes", "every-cve"
	Product                string // "none", "kubernetes", "openstack", "ceph", ...
	ProductPart            string // "product", "universe-package"
	UniverseInProductFixes YesNo
	Method                 string // "canonical-kubernetes", "charmed-kubernetes", "microk8s", "kubeadm"
	Version                string
	LTSVersion             YesNo
	ReleasedOn             calendar.Date
	VersionsBehind         Number // versions
	Channel                string // "stable", "candidate", "beta", "edge", ...
	SupportSchedule        string // "running", "ended"
	ROSDistribution        string // "none", "kinetic", "melodic", "noetic", ...
	ROSCore                YesNo
}

// Name returns "security-fix".
func (q *SecurityFix) Name() string { return "security-fix" }

func (q *SecurityFix) facts() []string {
	return []string{"component", "pocket", "priority", "kind", "cause", "claim", "product", "product_part", "universe_in_product_fixes", "method", "version", "lts_version", "released_on", "versions_behind", "channel", "support_schedule", "ros_distribution", "ros_core"}
}

func (q *SecurityFix) state(s *state) {
	s.word(10, q.Component)
	s.word(11, q.Pocket)
	s.word(12, q.Priority)
	s.word(13, q.Kind)
	s.word(14, q.Cause)
	s.word(15, q.Claim)
	s.word(16, q.Product)
	s.word(17, q.ProductPart)
	s.yes(18, q.UniverseInProductFixes)
	s.word(19, q.Method)
	s.word(20, q.Version)
	s.yes(21, q.LTSVersion)
	s.day(22, q.ReleasedOn)
	s.amount(23, q.VersionsBehind)
	s.word(24, q.Channel)
	s.word(25, q.SupportSchedule)
	s.word(26, q.ROSDistribution)
	s.yes(27, q.ROSCore)
}

// SupportRequest is the question "support-request": is help with this item part
// of the contract's support?
type SupportRequest struct {
	About
	Item              string // "package", "kernel", "service", "snap", ...
	Component         string // "main", "universe", "restricted", "multiverse", ...
	Pocket            string // "release", "security", "updates", "proposed", ...
	Source            string // "official", "other"
	ModifiedBy        string // "none", "customer", "third-party", "provider"
	Request           string // "troubleshooting", "break-fix", "bug-fix"
	Severity          string // "1", "2", "3", "4"
	PreventsMigration YesNo
	Hardware          string // "certified", "enabled", "neither"
	Service           string // "landscape-client", "landscape-server", "livepatch", "fips", ...
	Listed            YesNo
	Channel           string // "stable", "candidate", "beta", "edge"
	Image             string // "base", "application"
	LatestStable      YesNo
	Layer             string // "canonical", "archive-packages", "additional", "modified", ...
	ThirdPartyCause   YesNo
	Refused           YesNo
	ForProduct        string // "none", "kubernetes", "openstack", "ceph", ...
	Tool              string // "none", "wsl", "microk8s", "data-science-stack", ...
	InBaseImage       YesNo
	Authentication    YesNo
	Flavour           string // "ubuntu", "community"
	DualBoot          YesNo
	Experimental      YesNo
}

// Name returns "support-request".
func (q *SupportRequest) Name() string { return "support-request" }

func (q *SupportRequest) facts() []string {
	return []string{"item", "component", "pocket", "source", "modified_by", "request", "severity", "prevents_migration", "hardware", "service", "listed", "channel", "image", "latest_stable", "layer", "third_party_cause", "refused", "for_product", "tool", "in_base_image", "authentication", "flavour", "dual_boot", "experimental"}
}

func (q *SupportRequest) state(s *state) {
	s.word(10, q.Item)
	s.word(11, q.Component)
	s.word(12, q.Pocket)
	s.word(13, q.Source)
	s.word(14, q.ModifiedBy)
	s.word(15, q.Request)
	s.word(16, q.Severity)
	s.yes(17, q.PreventsMigration)
	s.word(18, q.Hardware)
	s.word(19, q.Service)
	s.yes(20, q.Listed)
	s.word(21, q.Channel)
	s.word(22, q.Image)
	s.yes(23, q.LatestStable)
	s.word(24, q.Layer)
	s.yes(25, q.ThirdPartyCause)
	s.yes(26, q.Refused)
	s.word(27, q.ForProduct)
	s.word(28, q.Tool)
	s.yes(29, q.InBaseImage)
	s.yes(30, q.Authentication)
	s.word(31, q.Flavour)
	s.yes(32, q.DualBoot)
	s.yes(33, q.Experimental)
}

// Product is the question "product": is this product, or this part of it,
// supported, and how far?
type Product struct {
	About
	Product               string // "kubernetes", "openstack", "ceph", "maas", ...
	Aspect                string // "deployment", "charms", "software", "workload", ...
	Work                  string // "operation", "deployment", "configuration", "upgrade", ...
	Method                string // "canonical-kubernetes", "charmed-kubernetes", "microk8s", "kubeadm", ...
	Engagement            string // "private-cloud-build", "ceph-cluster-build", "cloud-validation", "none"
	Cluster               string // "stand-alone", "cloud-attached"
	HardwareMeetsMinimum  YesNo
	DeployedNodes         Number // nodes
	ParticipatingNodes    Number // nodes
	CoveredNodes          Number // nodes
	IronicMachines        Number // machines
	CoveredIronicMachines Number // machines
	Version               string
	VersionsBehind        Number // versions
	LTSVersion            YesNo
	ReleasedOn            calendar.Date
	SupersededOn          calendar.Date
	Superseded            YesNo
	InLifecycle           YesNo
	SupportSchedule       string // "running", "ended"
	CephSource            string // "lts", "cloud-archive", "other"
	CorrespondingLTS      YesNo
	DocumentedProcess     YesNo
	EquivalentCapacity    YesNo
	Customisation         string // "valid", "documented", "other"
	IncidentCause         string // "unvalidated-decision", "invalid-customisation", "other"
	RequiredToRun         YesNo
	RequiredToDeploy      YesNo
	ProvidedBy            string // "provider", "other"
	FromUniverse          YesNo
	Part                  string // "microcloud", "microceph", "microovn", "lxd", ...
	Guest                 string // "ubuntu", "windows", "other"
	UnmodifiedBinaries    YesNo
	BaseOS                string // "ubuntu", "other"
	OfficialImage         YesNo
	DeployedByProvider    YesNo
	NewCharms             string // "released", "unreleased"
	CharmsReleasedOn      calendar.Date
	ImageProvider         string // "provider", "other"
	ImageCertified        YesNo
	UnderPro              YesNo
}

// Name returns "product".
func (q *Product) Name() string { return "product" }

func (q *Product) facts() []string {
	return []string{"product", "aspect", "work", "method", "engagement", "cluster", "hardware_meets_minimum", "deployed_nodes", "participating_nodes", "covered_nodes", "ironic_machines", "covered_ironic_machines", "version", "versions_behind", "lts_version", "released_on", "superseded_on", "superseded", "in_lifecycle", "support_schedule", "ceph_source", "corresponding_lts", "documented_process", "equivalent_capacity", "customisation", "incident_cause", "required_to_run", "required_to_deploy", "provided_by", "from_universe", "part", "guest", "unmodified_binaries", "base_os", "official_image", "deployed_by_provider", "new_charms", "charms_released_on", "image_provider", "image_certified", "under_pro"}
}

func (q *Product) state(s *state) {
	s.word(10, q.Product)
	s.word(11, q.Aspect)
	s.word(12, q.Work)
	s.word(13, q.Method)
	s.word(14, q.Engagement)
	s.word(15, q.Cluster)
	s.yes(16, q.HardwareMeetsMinimum)
	s.amount(17, q.DeployedNodes)
	s.amount(18, q.ParticipatingNodes)
	s.amount(19, q.CoveredNodes)
	s.amount(20, q.IronicMachines)
	s.amount(21, q.CoveredIronicMachines)
	s.word(22, q.Version)
	s.amount(23, q.VersionsBehind)
	s.yes(24, q.LTSVersion)
	s.day(25, q.ReleasedOn)
	s.day(26, q.SupersededOn)
	s.yes(27, q.Superseded)
	s.yes(28, q.InLifecycle)
	s.word(29, q.SupportSchedule)
	s.word(30, q.CephSource)
	s.yes(31, q.CorrespondingLTS)
	s.yes(32, q.DocumentedProcess)
	s.yes(33, q.EquivalentCapacity)
	s.word(34, q.Customisation)
	s.word(35, q.IncidentCause)
	s.yes(36, q.RequiredToRun)
	s.yes(37, q.RequiredToDeploy)
	s.word(38, q.ProvidedBy)
	s.yes(39, q.FromUniverse)
	s.word(40, q.Part)
	s.word(41, q.Guest)
	s.yes(42, q.UnmodifiedBinaries)
	s.word(43, q.BaseOS)
	s.yes(44, q.OfficialImage)
	s.yes(45, q.DeployedByProvider)
	s.word(46, q.NewCharms)
	s.day(47, q.CharmsReleasedOn)
	s.word(48, q.ImageProvider)
	s.yes(49, q.ImageCertified)
	s.yes(50, q.UnderPro)
}

// Compliance is the question "compliance": are the certified modules, or the
// tools, of this programme for this release part of the subscription?
type Compliance struct {
	About
	Program  string // "fips-140-2", "fips-140-3", "cis", "disa-stig", ...
	CISLevel string // "1", "2"
}

// Name returns "compliance".
func (q *Compliance) Name() string { return "compliance" }

func (q *Compliance) facts() []string { return []string{"program", "cis_level"} }

func (q *Compliance) state(s *state) {
	s.word(10, q.Program)
	s.word(11, q.CISLevel)
}

// Livepatch is the question "livepatch": is this part of Kernel Livepatch in
// the subscription?
type Livepatch struct {
	About
	Item     string // "patch", "client", "on-prem-server"
	Kind     string // "cve", "bug"
	Priority string // "critical", "high", "medium", "low", ...
	Listed   YesNo
	Kernel   string
	Via      string // "pro", "maas"
}

// Name returns "livepatch".
func (q *Livepatch) Name() string { return "livepatch" }

func (q *Livepatch) facts() []string {
	return []string{"item", "kind", "priority", "listed", "kernel", "via"}
}

func (q *Livepatch) state(s *state) {
	s.word(10, q.Item)
	s.word(11, q.Kind)
	s.word(12, q.Priority)
	s.yes(13, q.Listed)
	s.word(14, q.Kernel)
	s.word(15, q.Via)
}

// RealtimeKernel is the question "realtime-kernel": is access to the real-time
// kernel for this release part of the subscription?
type RealtimeKernel struct {
	About
	Kernel string
}

// Name returns "realtime-kernel".
func (q *RealtimeKernel) Name() string { return "realtime-kernel" }

func (q *RealtimeKernel) facts() []string { return []string{"kernel"} }

func (q *RealtimeKernel) state(s *state) {
	s.word(10, q.Kernel)
}

// Landscape is the question "landscape": is access to Landscape part of the
// subscription?
type Landscape struct {
	About
	Via string // "pro", "maas"
}

// Name returns "landscape".
func (q *Landscape) Name() string { return "landscape" }

func (q *Landscape) facts() []string { return []string{"via"} }

func (q *Landscape) state(s *state) {
	s.word(10, q.Via)
}

// MachineUse is the question "machine-use": does a subscription attached to
// this kind of machine cover this on it?
type MachineUse struct {
	About
	Item    string // "ubuntu-host", "ubuntu-vm", "ubuntu-container", "ubuntu-desktop", ...
	UseCase string // "desktop", "other"
}

// Name returns "machine-use".
func (q *MachineUse) Name() string { return "machine-use" }

func (q *MachineUse) facts() []string { return []string{"item", "use_case"} }

func (q *MachineUse) state(s *state) {
	s.word(10, q.Item)
	s.word(11, q.UseCase)
}

// Guest is the question "guest": is this guest covered by the subscriptions of
// the physical hosts of its Environment?
type Guest struct {
	About
	Hosts        Number
	CoveredHosts Number // hosts
	GuestOS      string // "ubuntu", "windows", "other"
	GuestKind    string // "vm", "container"
}

// Name returns "guest".
func (q *Guest) Name() string { return "guest" }

func (q *Guest) facts() []string { return []string{"hosts", "covered_hosts", "guest_os", "guest_kind"} }

func (q *Guest) state(s *state) {
	s.amount(10, q.Hosts)
	s.amount(11, q.CoveredHosts)
	s.word(12, q.GuestOS)
	s.word(13, q.GuestKind)
}

// Environment is the question "environment": does the subscription cover all
// Ubuntu systems of the Environment?
type Environment struct {
	About
	Machines []Machine
}

// Name returns "environment".
func (q *Environment) Name() string { return "environment" }

func (q *Environment) facts() []string { return []string{"machines"} }

func (q *Environment) state(s *state) {
	s.machinesOf(10, q.Machines)
}

// Service is the question "service": is this service or operation part of the
// subscription, and in which mode?
type Service struct {
	About
	Action                 string // "support-portal-access", "knowledge-base-access", "assurance-programme", "managed-backup", ...
	VersionSupported       YesNo
	Listed                 YesNo
	AgreedBeforeDeployment YesNo
	ImageProvider          string // "provider", "other"
	SelfDeployed           YesNo
	OnPublicCloud          YesNo
	PartOfBuild            YesNo
	By                     string // "tam", "dtam", "dse"
	Hour                   string // "own-working-hours", "other-business-hours", "outside-business-hours"
	LeaveDays              Number // days
	LeaveBusinessDays      Number // days
	Requester              string // "customer", "end-user"
	ModifiedBy             string // "none", "customer", "third-party", "provider"
	Source                 string // "official", "other"
	SearchedLaunchpad      YesNo
	RepeatableTestCase     YesNo
	InAgreedLevel          YesNo
}

// Name returns "service".
func (q *Service) Name() string { return "service" }

func (q *Service) facts() []string {
	return []string{"action", "version_supported", "listed", "agreed_before_deployment", "image_provider", "self_deployed", "on_public_cloud", "part_of_build", "by", "hour", "leave_days", "leave_business_days", "requester", "modified_by", "source", "searched_launchpad", "repeatable_test_case", "in_agreed_level"}
}

func (q *Service) state(s *state) {
	s.word(10, q.Action)
	s.yes(11, q.VersionSupported)
	s.yes(12, q.Listed)
	s.yes(13, q.AgreedBeforeDeployment)
	s.word(14, q.ImageProvider)
	s.yes(15, q.SelfDeployed)
	s.yes(16, q.OnPublicCloud)
	s.yes(17, q.PartOfBuild)
	s.word(18, q.By)
	s.word(19, q.Hour)
	s.amount(20, q.LeaveDays)
	s.amount(21, q.LeaveBusinessDays)
	s.word(22, q.Requester)
	s.word(23, q.ModifiedBy)
	s.word(24, q.Source)
	s.yes(25, q.SearchedLaunchpad)
	s.yes(26, q.RepeatableTestCase)
	s.yes(27, q.InAgreedLevel)
}

// Permission is the question "permission": may this be done?
type Permission struct {
	About
	Action             string // "attach-to-guest", "build-container-images", "change-representatives", "open-request", ...
	Hosts              Number
	CoveredHosts       Number // hosts
	GuestOS            string // "ubuntu", "windows", "other"
	Targets            Number // machines
	CoveredTargets     Number // machines
	Provisioned        YesNo
	Channel            string // "portal", "telephone", "email"
	Marketplace        YesNo
	Product            string // "openstack", "kubernetes", "ceph", "application", ...
	NodesAfter         Number // nodes
	Window             string // "agreed", "standing", "none"
	Weekday            string // "monday", "tuesday", "wednesday", "thursday", ...
	ProviderWorkingDay YesNo
	SparePercent       Number // percents
	Skips              Number
}

// Name returns "permission".
func (q *Permission) Name() string { return "permission" }

func (q *Permission) facts() []string {
	return []string{"action", "hosts", "covered_hosts", "guest_os", "targets", "covered_targets", "provisioned", "channel", "marketplace", "product", "nodes_after", "window", "weekday", "provider_working_day", "spare_percent", "skips"}
}

func (q *Permission) state(s *state) {
	s.word(10, q.Action)
	s.amount(11, q.Hosts)
	s.amount(12, q.CoveredHosts)
	s.word(13, q.GuestOS)
	s.amount(14, q.Targets)
	s.amount(15, q.CoveredTargets)
	s.yes(16, q.Provisioned)
	s.word(17, q.Channel)
	s.yes(18, q.Marketplace)
	s.word(19, q.Product)
	s.amount(20, q.NodesAfter)
	s.word(21, q.Window)
	s.word(22, q.Weekday)
	s.yes(23, q.ProviderWorkingDay)
	s.amount(24, q.SparePercent)
	s.amount(25, q.Skips)
}

// Cadence is the question "cadence": when is the next of these meetings or
// visits due?
type Cadence struct {
	About
	What   string // "review-call", "service-review", "site-visit"
	By     string // "tam", "dtam", "dse"
	LastOn calendar.Date
}

// Name returns "cadence".
func (q *Cadence) Name() string { return "cadence" }

func (q *Cadence) facts() []string { return []string{"what", "by", "last_on"} }

func (q *Cadence) state(s *state) {
	s.word(10, q.What)
	s.word(11, q.By)
	s.day(12, q.LastOn)
}

// Allowance is the question "allowance": is this within what the contract
// includes, and if not, by how much is it over?
type Allowance struct {
	About
	What            string // "credentials", "representatives", "first-representatives", "storage", ...
	Nodes           Number
	Devices         Number
	Representatives Number
	Plan            string // "included", "additional", "unlimited"
	StorageNodes    Number // nodes
	RawTB           Number // TB
	RawTBPerNode    []Number
	AdditionalTB    Number // TB
	Clusters        Number
	Hours           Number
}

// Name returns "allowance".
func (q *Allowance) Name() string { return "allowance" }

func (q *Allowance) facts() []string {
	return []string{"what", "nodes", "devices", "representatives", "plan", "storage_nodes", "raw_tb", "raw_tb_per_node", "additional_tb", "clusters", "hours"}
}

func (q *Allowance) state(s *state) {
	s.word(10, q.What)
	s.amount(11, q.Nodes)
	s.amount(12, q.Devices)
	s.amount(13, q.Representatives)
	s.word(14, q.Plan)
	s.amount(15, q.StorageNodes)
	s.amount(16, q.RawTB)
	s.numbersOf(17, q.RawTBPerNode)
	s.amount(18, q.AdditionalTB)
	s.amount(19, q.Clusters)
	s.amount(20, q.Hours)
}

// Addon is the question "addon": are the conditions for this add-on met?
type Addon struct {
	About
	Addon                           string // "managed-services", "tam", "dtam", "dse", ...
	Hosting                         string // "on-premises", "public-cloud", "both"
	DeployedByProvider              YesNo
	Validated                       YesNo
	Marketplace                     YesNo
	Product                         string // "openstack", "kubernetes", "ceph", "application", ...
	DeployedNodes                   Number // nodes
	ManagedNodes                    Number // nodes
	InfrastructureManagedByProvider YesNo
	InfrastructureCredentials       YesNo
	VPNAccess                       YesNo
	SelfDeployed                    YesNo
	ResourceAccess                  YesNo
	UtilisationWithinDesign         YesNo
	FacilityComplies                YesNo
	ModifiedBy                      string // "none", "customer", "third-party", "provider"
	Source                          string // "official", "other"
}

// Name returns "addon".
func (q *Addon) Name() string { return "addon" }

func (q *Addon) facts() []string {
	return []string{"addon", "hosting", "deployed_by_provider", "validated", "marketplace", "product", "deployed_nodes", "managed_nodes", "infrastructure_managed_by_provider", "infrastructure_credentials", "vpn_access", "self_deployed", "resource_access", "utilisation_within_design", "facility_complies", "modified_by", "source"}
}

func (q *Addon) state(s *state) {
	s.word(10, q.Addon)
	s.word(11, q.Hosting)
	s.yes(12, q.DeployedByProvider)
	s.yes(13, q.Validated)
	s.yes(14, q.Marketplace)
	s.word(15, q.Product)
	s.amount(16, q.DeployedNodes)
	s.amount(17, q.ManagedNodes)
	s.yes(18, q.InfrastructureManagedByProvider)
	s.yes(19, q.InfrastructureCredentials)
	s.yes(20, q.VPNAccess)
	s.yes(21, q.SelfDeployed)
	s.yes(22, q.ResourceAccess)
	s.yes(23, q.UtilisationWithinDesign)
	s.yes(24, q.FacilityComplies)
	s.word(25, q.ModifiedBy)
	s.word(26, q.Source)
}

// UptimeService is the question "uptime": was the uptime of the managed
// Environment kept?
type UptimeService struct {
	About
	Part             string // "whole-plane", "virtualisation", "block-storage", "object-storage", ...
	DependsOnOneNode YesNo
	Regions          Number
	From             time.Time
	To               time.Time
	Outages          []Outage
	Plane            string // "data", "control"
	StartedOn        calendar.Date
}

// Name returns "uptime".
func (q *UptimeService) Name() string { return "uptime" }

func (q *UptimeService) facts() []string {
	return []string{"part", "depends_on_one_node", "regions", "from", "to", "outages", "plane", "started_on"}
}

func (q *UptimeService) state(s *state) {
	s.word(10, q.Part)
	s.yes(11, q.DependsOnOneNode)
	s.amount(12, q.Regions)
	s.at(13, q.From)
	s.at(14, q.To)
	s.outagesOf(15, q.Outages)
	s.word(16, q.Plane)
	s.day(17, q.StartedOn)
}

// LifeCycle is the question "lifecycle": is this term of support running on the
// day, and when does it end?
type LifeCycle struct {
	About
	What            string // "standard", "pro", "legacy", "end-of-life", ...
	StartedOn       calendar.Date
	SupportSchedule string // "running", "ended"
}

// Name returns "lifecycle".
func (q *LifeCycle) Name() string { return "lifecycle" }

func (q *LifeCycle) facts() []string { return []string{"what", "started_on", "support_schedule"} }

func (q *LifeCycle) state(s *state) {
	s.word(10, q.What)
	s.day(11, q.StartedOn)
	s.word(12, q.SupportSchedule)
}

// Term is the question "term": until when is this supported?
type Term struct {
	About
	What            string // "hotfix", "custom-charms"
	Patch           string // "released", "unreleased"
	IncorporatedOn  calendar.Date
	Rejected        YesNo
	StartedOn       calendar.Date
	NewCharms       string // "released", "unreleased"
	SupportSchedule string // "running", "ended"
}

// Name returns "term".
func (q *Term) Name() string { return "term" }

func (q *Term) facts() []string {
	return []string{"what", "patch", "incorporated_on", "rejected", "started_on", "new_charms", "support_schedule"}
}

func (q *Term) state(s *state) {
	s.word(10, q.What)
	s.word(11, q.Patch)
	s.day(12, q.IncorporatedOn)
	s.yes(13, q.Rejected)
	s.day(14, q.StartedOn)
	s.word(15, q.NewCharms)
	s.word(16, q.SupportSchedule)
}

// Process is the question "process": what does the text say of this part of the
// service?
type Process struct {
	About
	Action            string // "governing-terms", "pricing", "unit-of-coverage", "livepatch-bug-fixes", ...
	Severity          string // "1", "2", "3", "4"
	LanguageSpecified YesNo
	SparePercent      Number // percents
}

// Name returns "process".
func (q *Process) Name() string { return "process" }

func (q *Process) facts() []string {
	return []string{"action", "severity", "language_specified", "spare_percent"}
}

func (q *Process) state(s *state) {
	s.word(10, q.Action)
	s.word(11, q.Severity)
	s.yes(12, q.LanguageSpecified)
	s.amount(13, q.SparePercent)
}
