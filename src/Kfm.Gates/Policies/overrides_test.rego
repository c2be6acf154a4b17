package kfm.overrides_test

import future.keywords.not
import rego.v1

import data.kfm.fixture
import data.kfm.overrides

failed(name, detail) := object.union(fixture.allowed, {"checks": {name: {"status": "failed", "detail": detail}}})

test_each_tier_has_its_signers_and_days if {
	expected := {
		"low": [["lead"], 30],
		"medium": [["lead"], 14],
		"high": [["manager", "security"], 7],
		"critical": [["council", "legal"], 3],
	}
	every tier, terms in expected {
		answer := overrides.terms with input as fixture.labelled("risk.tier", [tier])
		[answer.roles, answer.days] == terms
		answer.tier == tier
	}
}

test_nothing_is_lifted_of_what_is_allowed if {
	answer := overrides.terms with input as fixture.allowed
	answer.lifts == []
}

test_failed_check_that_is_listed_is_lifted if {
	expected := {
		"build.reproducible": "deny: ops: build.reproducible failed: differs",
		"build.locked": "deny: security: build.locked failed: differs",
		"lint": "deny: contract: lint failed: differs",
		"tests": "deny: contract: tests failed: differs",
		"contract:data/parcels.csv": "deny: contract: contract:data/parcels.csv failed: differs",
		"data:data/parcels.csv": "deny: data_quality: data:data/parcels.csv failed: differs",
	}
	every name, reason in expected {
		overrides.lifts == {reason} with input as failed(name, "differs")
	}
}

test_failed_check_that_is_not_listed_stands if {
	every name in {"secrets.patch", "build.succeeded", "patch.tree", "ethics.labels", "agent.recorded"} {
		overrides.lifts == set() with input as failed(name, "differs")
	}
}

test_check_without_a_result_stands if {
	every status in {"error", "skipped"} {
		overrides.lifts == set() with input as fixture.with_status("build.reproducible", status)
	}
	overrides.lifts == set() with input as fixture.without_check("lint")
}

test_threshold_that_is_listed_is_lifted if {
	low := object.union(fixture.allowed, {"measures": {"coverage.lines": {"value": 0.5}}})
	overrides.lifts == {"deny: contract: coverage.lines 0.5 below 0.8"} with input as low
	licence := fixture.labelled("sbom.licence", ["AGPL-3.0-only"])
	overrides.lifts == {"deny: security: licence AGPL-3.0-only denied"} with input as licence
}

test_sovereignty_stands if {
	overrides.lifts == set() with input as fixture.labelled("ethics.sovereignty", ["conflict"])
}

test_without_a_tier_there_are_no_terms if {
	not overrides.terms with input as fixture.without_label("risk.tier")
}
