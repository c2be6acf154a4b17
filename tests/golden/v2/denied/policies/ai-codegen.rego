# The merge gate: seven gates, one decision. Nothing is allowed that is not said here.
package kfm

import future.keywords.not
import rego.v1

import data.kfm.architecture
import data.kfm.autonomy
import data.kfm.checks
import data.kfm.ethics
import data.kfm.licensing
import data.kfm.lineage
import data.kfm.modes
import data.kfm.performance
import data.kfm.privacy
import data.kfm.quality
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
	"contract": checks.explained("contract", contract_found, contract_all_needed, set()),
	"data_quality": checks.explained("data_quality", set(), data_needed, set()),
	"ethics": ethics.denials | privacy.denials,
	"lineage": lineage.denials,
	"ops": checks.explained("ops", ops_problems | performance.denials, object.union(ops_needed, performance.needed), set()),
	"security": security.denials,
}

# What the packs let a gate only tell.
warnings := {
	"contract": quality.warnings | architecture.warnings,
	"ops": performance.warnings,
	"security": security.warnings,
}

gates[gate] := "pass" if {
	some gate, found in denials
	not failed(gate, found)
}

gates[gate] := "fail" if {
	some gate, found in denials
	failed(gate, found)
}

failed(gate, found) if {
	count(found) > 0
	not modes.lowered(gate)
}

# Contract: schemas of data, tests and lint hold what the code promises.
contract_needed[name] := "qa" if {
	some name in {"tests", "lint"} | spoken_of("contract")
	not checks.not_configured(name)
}

contract_found := (contract_problems | quality.denials) | architecture.denials

contract_all_needed := object.union_n([contract_needed, quality.needed, architecture.needed])

# A kind of which no check speaks is itself a check that is missing.
spoken_of(kind) := checks.of_kind(kind) if {
	count(checks.of_kind(kind)) > 0
} else := {kind}

contract_problems contains sprintf("tests not configured at tier %s", [autonomy.tier]) if {
	checks.not_configured("tests")
	autonomy.high
}

# Data quality: the changed data meets its expectations.
data_needed[name] := "qa" if {
	some name in spoken_of("data")
	not checks.not_configured(name)
}

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
	failed(gate, found)
	some text in found
}

reasons contains sprintf("warn: %s: %s", [gate, text]) if {
	some gate, found in denials
	modes.lowered(gate)
	some text in found
}

reasons contains sprintf("warn: %s: %s", [gate, text]) if {
	some gate, found in warnings
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

reasons contains text if some text in licensing.reasons

reasons contains text if some text in lineage.reasons

reasons contains text if some text in performance.reasons

reasons contains text if some text in quality.reasons

reasons contains text if some text in privacy.reasons

reasons contains text if some text in architecture.reasons

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

reasons contains "lint_ok" if checks.passed("lint")

reasons contains "lint_not_configured" if checks.not_configured("lint")

reasons contains "build_ok" if {
	checks.passed("build.succeeded")
	checks.passed("build.reproducible")
}

reasons contains "build_not_configured" if checks.not_configured("build.succeeded")
