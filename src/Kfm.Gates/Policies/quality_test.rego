package kfm.quality_test

import future.keywords.not
import rego.v1

import data.kfm.fixture
import data.kfm.quality

measured(name, value) := object.union(fixture.allowed, {"measures": {name: {"stage": "qa", "value": value, "unit": "1"}}})

test_coverage_reaches_the_minimum_of_the_pack if {
	quality.denials == set() with input as fixture.allowed
	"coverage_ok" in quality.reasons with input as fixture.allowed
	quality.denials == {"coverage.lines 0.7999 below 0.8"} with input as measured("coverage.lines", 0.7999)
	stricter := {"rules": {"coverage": {"mode": "enforce", "minimum": 0.9}}}
	quality.denials == {"coverage.lines 0.875 below 0.9"} with input as fixture.allowed with data.kfm.packs.quality as stricter
}

test_changed_lines_have_a_minimum_of_their_own if {
	quality.denials == {"coverage.changed 0.5 below 0.8"} with input as measured("coverage.changed", 0.5)
	reasons := quality.reasons with input as measured("coverage.changed", 0.5)
	not "coverage_changed_ok" in reasons
	"coverage_changed_ok" in quality.reasons with input as measured("coverage.changed", 0.8)
}

test_coverage_that_warns_does_not_deny if {
	lenient := {"rules": {"coverage": {"mode": "warn", "minimum": 0.9}, "changedCoverage": {"mode": "enforce", "minimum": 0.8}}}
	quality.denials == set() with input as fixture.allowed with data.kfm.packs.quality as lenient
	quality.warnings == {"coverage.lines 0.875 below 0.9"} with input as fixture.allowed with data.kfm.packs.quality as lenient
}

test_what_is_not_measured_is_said if {
	"coverage_not_measured" in quality.reasons with input as fixture.changed("measures", {})
	"coverage_changed_not_measured" in quality.reasons with input as fixture.allowed
	"coverage_not_measured: src/A.cs" in quality.reasons with input as fixture.labelled("coverage.unmeasured", ["src/A.cs"])
}

changed := object.union(fixture.allowed, {
	"checks": {"complexity": fixture.check("qa"), "endpoints": fixture.check("qa")},
	"labels": {"patch.path": ["src/A.cs"]},
	"measures": {"complexity.max": {"stage": "qa", "value": 15, "unit": "1"}},
})

complex := object.union(changed, {"measures": {"complexity.max": {"value": 16}}, "labels": {"complexity.above": ["A.Run (src/A.cs:7) 16"]}})

test_simple_methods_pass if {
	quality.denials == set() with input as changed
	"complexity_ok" in quality.reasons with input as changed
}

test_complex_method_is_named if {
	quality.denials == {"complexity.max 16 above 15: A.Run (src/A.cs:7) 16"} with input as complex
	nameless := object.union(changed, {"measures": {"complexity.max": {"value": 16}}})
	quality.denials == {"complexity.max 16 above 15: a method"} with input as nameless
	lenient := object.union(data.kfm.packs.quality, {"rules": {"complexity": {"mode": "warn"}}})
	quality.warnings == {"complexity.max 16 above 15: A.Run (src/A.cs:7) 16"} with input as complex with data.kfm.packs.quality as lenient
}

test_file_that_the_parser_does_not_know_is_told if {
	context := object.union(changed, {"labels": {"csharp.unread": ["src/A.cs:3:1: ; expected"]}})
	quality.denials == {"complexity not known: src/A.cs:3:1: ; expected"} with input as context
}

test_changed_code_must_have_been_looked_at if {
	quality.needed == {"complexity": "qa"} with input as changed
	quality.needed == {} with input as fixture.allowed
}
