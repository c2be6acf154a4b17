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
	"contract": checks.explained("contract", contract_problems, contract_needed, set()),
	"data_quality": checks.explained("data_quality", set(), data_needed, set()),
	"ethics": ethics.denials,
	"lineage": checks.explained("lineage", lineage_problems, lineage_needed, lineage_stages),
	"ops": checks.explained("ops", ops_problems, ops_needed, set()),
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
contract_needed[name] := "qa" if {
	some name in {"tests", "lint"} | spoken_of("contract")
	not checks.not_configured(name)
}

# A kind of which no check speaks is itself a check that is missing.
spoken_of(kind) := checks.of_kind(kind) if {
	count(checks.of_kind(kind)) > 0
} else := {kind}

contract_problems contains sprintf("tests not configured at tier %s", [autonomy.tier]) if {
	checks.not_configured("tests")
	autonomy.high
}

# The part of the lines that tests must reach, where it is measured at all.
coverage_minimum := 0.8

contract_problems contains sprintf("coverage.lines %v below %v", [coverage, coverage_minimum]) if coverage < coverage_minimum

coverage := input.measures["coverage.lines"].value

# Data quality: the changed data meets its expectations.
data_needed[name] := "qa" if {
	some name in spoken_of("data")
	not checks.not_configured(name)
}

# Lineage: every stage is in the record, and every document says what the record says.
# Each document with the stage without which there is nothing to write.
documents_required["lineage/events.ndjson"] := "intent"

documents_required["prov/run.jsonld"] := "intent"

# Without a build there is no provenance of one.
documents_required["attestations/provenance.dsse.json"] := "build" if not checks.not_configured("build.succeeded")

documents := {document.name | some document in input.provenance.documents}

lineage_problems contains text if some text in checks.unreadable

lineage_problems contains sprintf("stage %s missing", [stage]) if {
	is_object(input.stages)
	some stage in checks.stages_required
	not input.stages[stage]
}

# A stage that failed is told by the check that failed in it, and one that was skipped by the stage that failed before it.
lineage_problems contains sprintf("stage %s failed", [stage]) if {
	some stage, _ in input.stages
	checks.failed(stage)
	not told(stage)
}

told(stage) if {
	some name, check in input.checks
	check.stage == stage
	checks.broken(name)
}

lineage_problems contains sprintf("stage %s skipped", [stage]) if {
	some stage, run in input.stages
	run.outcome == "skipped"
	not unused(stage)
	count(checks.failed_by(checks.stage_index[stage])) == 0
}

# A person's proposal has no model behind it, and may have no design.
unused(stage) if {
	stage in {"agent", "design"}
	not checks.agent_used
}

lineage_stages contains stage if {
	some stage in checks.stages_required
	not checks.ran(stage)
}

lineage_stages contains stage if {
	some name, stage in documents_required
	not name in documents
	not checks.succeeded(stage)
}

lineage_needed["patch.applies"] := "patch"

lineage_needed["patch.tree"] := "patch"

lineage_needed["agent.recorded"] := "agent" if checks.agent_used

lineage_problems contains sprintf("%s missing", [name]) if {
	is_object(input.provenance)
	some name, stage in documents_required
	not name in documents
	checks.succeeded(stage)
}

lineage_problems contains sprintf("%v carries another root", [document.name]) if {
	some document in input.provenance.documents
	not same_root(document)
}

same_root(document) if document.evidenceRoot == input.evidenceRoot

lineage_problems contains sprintf("%s %s%s: %s", [finding.rule, finding.document, finding.pointer, finding.message]) if {
	some finding in input.provenance.findings
}

lineage_problems contains "findings missing" if not is_array(input.provenance.findings)

lineage_problems contains "documents contradict the record" if count(input.provenance.findings) > 0

lineage_problems contains "provenance not signed" if not input.provenance.signed == true

# Ops: the build works and gives the same bytes twice.
ops_needed[name] := "build" if {
	some name in {"build.succeeded", "build.reproducible"}
	not checks.not_configured("build.succeeded")
}

ops_problems contains "build.differences missing" if {
	checks.passed("build.reproducible")
	not is_number(input.measures["build.differences"].value)
}

ops_problems contains "build.differences above zero" if input.measures["build.differences"].value > 0

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

reasons contains text if some text in data.kfm.confidence.reasons

# A proposal that nobody approved before the merge is looked at after it.
reasons contains "post_merge_review_due" if verdict == "allow"

reasons contains text if some text in ethics.reasons

reasons contains text if some text in security.reasons

reasons contains "contracts_ok" if {
	count(denials.contract) == 0
	some name in checks.of_kind("contract")
	checks.passed(name)
}

reasons contains "contracts_not_configured" if {
	some name in checks.of_kind("contract")
	checks.not_configured(name)
}

reasons contains "data_ok" if {
	count(denials.data_quality) == 0
	some name in checks.of_kind("data")
	checks.passed(name)
}

reasons contains "data_not_configured" if {
	some name in checks.of_kind("data")
	checks.not_configured(name)
}

reasons contains "tests_ok" if checks.passed("tests")

reasons contains "tests_not_configured" if checks.not_configured("tests")

reasons contains "coverage_ok" if {
	coverage >= coverage_minimum
	coverage <= 1
}

reasons contains "coverage_not_measured" if {
	checks.passed("tests")
	not input.measures["coverage.lines"]
}

reasons contains "lint_ok" if checks.passed("lint")

reasons contains "lint_not_configured" if checks.not_configured("lint")

reasons contains "build_ok" if {
	checks.passed("build.succeeded")
	checks.passed("build.reproducible")
}

reasons contains "build_not_configured" if checks.not_configured("build.succeeded")

reasons contains "prov_ok" if count(denials.lineage) == 0

reasons contains "slsa_ok" if {
	input.provenance.signed == true
	"attestations/provenance.dsse.json" in documents
}
