# The merge gate: seven gates, one decision. Nothing is allowed that is not said here.
package kfm

import rego.v1

import data.kfm.autonomy
import data.kfm.checks
import data.kfm.ethics
import data.kfm.security

default allow := false

allow if decision.allow == true

decision := {
	"verdict": verdict,
	"allow": allowed,
	"gates": gates,
	"reasons": sort(reasons),
	"required_approvals": sort(autonomy.required_approvals),
	"stewardship": sort(autonomy.stewardship),
}

default verdict := "deny"

verdict := "review" if {
	all_passed
	pending
}

verdict := "allow" if {
	all_passed
	not pending
}

default allowed := false

allowed if verdict == "allow"

all_passed if {
	count(gates) == 7
	every _, result in gates {
		result == "pass"
	}
}

pending if count(autonomy.required_approvals) > 0

pending if count(autonomy.stewardship) > 0

denials := {
	"autonomy": autonomy.denials,
	"contract": contract_denials,
	"data_quality": data_denials,
	"ethics": ethics.denials,
	"lineage": lineage_denials,
	"ops": ops_denials,
	"security": security.denials,
}

gates[gate] := "pass" if {
	some gate, found in denials
	count(found) == 0
}

gates[gate] := "fail" if {
	some gate, found in denials
	count(found) > 0
}

# Contract: schemas of data, tests and lint hold what the code promises.
contract_denials contains checks.problem("qa", "contract") if {
	count(checks.of_kind("contract")) == 0
}

contract_denials contains checks.problem("qa", name) if {
	some name in checks.of_kind("contract")
	not accepted(name)
}

contract_denials contains checks.problem("qa", name) if {
	some name in {"tests", "lint"}
	not accepted(name)
}

# Data quality: the changed data meets its expectations.
data_denials contains checks.problem("qa", "data") if {
	count(checks.of_kind("data")) == 0
}

data_denials contains checks.problem("qa", name) if {
	some name in checks.of_kind("data")
	not accepted(name)
}

accepted(name) if checks.passed(name)

accepted(name) if checks.not_configured(name)

# Lineage: every stage is in the record, and every document says what the record says.
stages_required := {"intent", "patch", "build", "qa"}

documents_required contains name if some name in {"lineage/events.ndjson", "prov/run.jsonld"}

# Without a build there is no provenance of one.
documents_required contains "attestations/provenance.dsse.json" if not checks.not_configured("build.succeeded")

lineage_denials contains sprintf("stage %s missing", [stage]) if {
	some stage in stages_required
	not input.stages[stage]
}

lineage_denials contains sprintf("stage %s %s", [stage, object.get(run, "outcome", "unknown")]) if {
	some stage, run in input.stages
	not checks.succeeded(stage)
	not unused(stage)
}

# A person's proposal has no model behind it, and may have no design.
unused(stage) if {
	stage in {"agent", "design"}
	input.stages[stage].outcome == "skipped"
	not checks.agent_used
}

lineage_denials contains checks.problem("patch", name) if {
	some name in {"patch.applies", "patch.tree"}
	not checks.passed(name)
}

lineage_denials contains checks.problem("agent", "agent.recorded") if {
	checks.agent_used
	not checks.passed("agent.recorded")
}

lineage_denials contains sprintf("%s missing", [name]) if {
	some name in documents_required
	not name in {document.name | some document in input.provenance.documents}
}

lineage_denials contains sprintf("%s carries another root", [document.name]) if {
	some document in input.provenance.documents
	not same_root(document)
}

same_root(document) if document.evidenceRoot == input.evidenceRoot

lineage_denials contains sprintf("%s %s%s: %s", [finding.rule, finding.document, finding.pointer, finding.message]) if {
	some finding in input.provenance.findings
}

lineage_denials contains "findings missing" if not input.provenance.findings

lineage_denials contains "documents contradict the record" if count(input.provenance.findings) > 0

lineage_denials contains "provenance not signed" if not input.provenance.signed

# Ops: the build works and gives the same bytes twice.
ops_denials contains checks.problem("build", "build.succeeded") if {
	not accepted("build.succeeded")
}

ops_denials contains checks.problem("build", "build.reproducible") if {
	not checks.passed("build.reproducible")
	not checks.not_configured("build.succeeded")
}

ops_denials contains "build.differences above zero" if input.measures["build.differences"].value > 0

# A check that no gate knows denies all the same when it failed or could not run.
ops_denials contains checks.outcome(name) if {
	some name, check in input.checks
	check.status in {"failed", "error"}
	not owned(name)
}

owned(name) if name in {
	"tests", "lint", "ethics.labels", "patch.applies", "patch.tree", "agent.recorded",
	"build.succeeded", "build.reproducible", "build.locked", "sbom.complete",
}

owned(name) if split(name, ":")[0] in {"contract", "data"}

owned(name) if startswith(name, "secrets.")

reasons contains sprintf("deny: %s: %s", [gate, text]) if {
	some gate, found in denials
	some text in found
}

reasons contains sprintf("review: approval of %s", [role]) if {
	all_passed
	some role in autonomy.required_approvals
}

reasons contains sprintf("review: stewardship of %s", [value]) if {
	all_passed
	some value in autonomy.stewardship
}

reasons contains text if some text in autonomy.reasons

reasons contains text if some text in ethics.reasons

reasons contains text if some text in security.reasons

reasons contains "contracts_ok" if {
	count(contract_denials) == 0
	some name in checks.of_kind("contract")
	checks.passed(name)
}

reasons contains "contracts_not_configured" if {
	some name in checks.of_kind("contract")
	checks.not_configured(name)
}

reasons contains "data_ok" if {
	count(data_denials) == 0
	some name in checks.of_kind("data")
	checks.passed(name)
}

reasons contains "data_not_configured" if {
	some name in checks.of_kind("data")
	checks.not_configured(name)
}

reasons contains "tests_ok" if checks.passed("tests")

reasons contains "tests_not_configured" if checks.not_configured("tests")

reasons contains "lint_ok" if checks.passed("lint")

reasons contains "lint_not_configured" if checks.not_configured("lint")

reasons contains "build_ok" if {
	checks.passed("build.succeeded")
	checks.passed("build.reproducible")
}

reasons contains "build_not_configured" if checks.not_configured("build.succeeded")

reasons contains "prov_ok" if count(lineage_denials) == 0

reasons contains "slsa_ok" if {
	input.provenance.signed == true
	"attestations/provenance.dsse.json" in {document.name | some document in input.provenance.documents}
}
