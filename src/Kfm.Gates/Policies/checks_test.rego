package kfm.checks_test

import rego.v1

import data.kfm.checks
import data.kfm.fixture

test_problem_says_what_happened if {
	checks.problem("qa", "tests") == "tests missing" with input as fixture.without_check("tests")
	checks.problem("qa", "tests") == "tests failed" with input as fixture.with_status("tests", "failed")
	checks.problem("qa", "tests") == "qa did not run" with input as fixture.with_outcome("qa", "skipped")
	detailed := object.union(fixture.allowed, {"checks": {"tests": {"status": "failed", "detail": "Sum_is_right"}}})
	checks.problem("qa", "tests") == "tests failed: Sum_is_right" with input as detailed
	cut := object.union(fixture.without_check("tests"), {"stages": {"qa": {"outcome": "failed"}}})
	checks.problem("qa", "tests") == "tests missing, qa failed" with input as cut
}

test_check_of_a_wrong_shape_is_a_problem if {
	odd := object.union(fixture.without_check("tests"), {"checks": {"tests": "passed"}})
	checks.problem("qa", "tests") == "check unreadable" with input as odd
	not checks.passed("tests") with input as odd
}

test_kinds_are_told_by_the_part_before_the_colon if {
	kinds := checks.of_kind("contract") with input as {"checks": {"contract": {}, "contract:a": {}, "contracts": {}, "data:b": {}}}
	kinds == {"contract", "contract:a"}
}

test_labels_may_be_absent if {
	checks.labels("x") == [] with input as {}
}
