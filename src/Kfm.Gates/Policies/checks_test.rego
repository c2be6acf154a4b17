package kfm.checks_test

import future.keywords.not
import rego.v1

import data.kfm.checks
import data.kfm.fixture

qa_tests := {"tests": "qa"}

test_failed_check_is_told_with_its_detail if {
	detailed := object.union(fixture.allowed, {"checks": {"tests": {"status": "failed", "detail": "Sum_is_right"}}})
	checks.explained("contract", set(), qa_tests, set()) == {"tests failed: Sum_is_right"} with input as detailed
	checks.explained("contract", set(), qa_tests, set()) == {"tests failed"} with input as fixture.with_status("tests", "failed")
}

test_missing_check_is_told if {
	checks.explained("contract", set(), qa_tests, set()) == {"tests missing"} with input as fixture.without_check("tests")
}

test_stage_that_stopped_before_the_check_is_the_consequence if {
	cut := object.union(fixture.without_check("tests"), {"stages": {"qa": {"outcome": "failed"}}})
	checks.explained("contract", set(), qa_tests, set()) == {"not evaluated, qa failed"} with input as cut
}

test_stage_that_did_not_run_is_the_consequence if {
	skipped := fixture.with_outcome("qa", "skipped")
	checks.explained("contract", set(), {"x": "qa"}, set()) == {"not evaluated, qa did not run"} with input as skipped
	after_patch := object.union(skipped, {"stages": {"patch": {"outcome": "failed"}}})
	checks.explained("contract", set(), {"x": "qa"}, {"build"}) == {"not evaluated, patch failed"} with input as after_patch
}

test_cause_of_a_gate_hides_its_consequences if {
	skipped := fixture.with_outcome("qa", "skipped")
	checks.explained("contract", {"a cause"}, {"x": "qa"}, set()) == {"a cause"} with input as skipped
}

test_nothing_against_a_proposal_is_the_empty_set if {
	checks.explained("contract", set(), qa_tests, set()) == set() with input as fixture.allowed
}

test_owners_are_told_by_the_part_before_the_colon if {
	checks.owner("secrets.log") == "security"
	checks.owner("data:a.csv") == "data_quality"
	checks.owner("energy") == "ops"
	checks.owner("autonomy.halt") == "autonomy"
	kinds := checks.of_kind("contract") with input as {"checks": {"contract": {}, "contract:a": {}, "contracts": {}, "data:b": {}}}
	kinds == {"contract", "contract:a"}
}

test_labels_may_be_absent if {
	checks.labels("x") == [] with input as {}
}

test_good_context_is_readable if {
	checks.unreadable == set() with input as fixture.allowed
}

test_wrong_shapes_are_told if {
	wrong := {
		"stages unreadable": {"stages": []},
		"checks unreadable": {"checks": "passed"},
		"labels unreadable": {"labels": 1},
		"measures unreadable": {"measures": null},
		"provenance unreadable": {"provenance": true},
		"evidenceRoot unreadable": {"evidenceRoot": 7},
		"actors unreadable": {"actors": {"id": "ai:x", "kind": "ai"}},
		"stage qa unreadable": {"stages": {"qa": {"outcome": "done"}}},
		"check tests unreadable": {"checks": {"tests": "passed"}},
		"check lint unreadable": {"checks": {"lint": {"stage": "gate", "status": "passed"}}},
		"measure data.rows unreadable": {"measures": {"data.rows": {"value": "many"}}},
		"label risk.tier unreadable": {"labels": {"risk.tier": "low"}},
		"label risk.intent unreadable": {"labels": {"risk.intent": [1]}},
	}
	every text, change in wrong {
		unreadable := checks.unreadable with input as object.union(fixture.allowed, change)
		text in unreadable
	}
	"actors unreadable" in checks.unreadable with input as fixture.changed("actors", [{"id": "ai:x", "kind": "model"}])
}
