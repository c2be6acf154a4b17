# How well the change is tested: coverage of all lines and of the lines that it adds.
package kfm.quality

import future.keywords.not
import rego.v1

import data.kfm.checks
import data.kfm.modes

rules := data.kfm.packs.quality.rules

denials := modes.denials("quality", findings)

warnings := modes.warnings("quality", findings)

coverage := input.measures["coverage.lines"].value

changed := input.measures["coverage.changed"].value

findings.coverage contains sprintf("coverage.lines %v below %v", [coverage, rules.coverage.minimum]) if coverage < rules.coverage.minimum

findings.changedCoverage contains sprintf("coverage.changed %v below %v", [changed, rules.changedCoverage.minimum]) if {
	changed < rules.changedCoverage.minimum
}

reasons contains "coverage_ok" if {
	coverage >= rules.coverage.minimum
	coverage <= 1
}

reasons contains "coverage_not_measured" if {
	checks.passed("tests")
	not input.measures["coverage.lines"]
}

reasons contains "coverage_changed_ok" if {
	changed >= rules.changedCoverage.minimum
	changed <= 1
}

# The report has no line that the change adds: it adds none that can run, or the tests do not load it.
reasons contains "coverage_changed_not_measured" if {
	input.measures["coverage.lines"]
	not input.measures["coverage.changed"]
}

reasons contains sprintf("coverage_not_measured: %s", [path]) if some path in checks.labels("coverage.unmeasured")

# What C# is changed must have been looked at.
needed["complexity"] := "qa" if checks.changes("cs")

findings.complexity contains sprintf("complexity.max %v above %v: %s", [input.measures["complexity.max"].value, rules.complexity.maximum, method]) if {
	input.measures["complexity.max"].value > rules.complexity.maximum
	some method in methods
}

# Without names the number still counts.
methods := checks.labels("complexity.above") if count(checks.labels("complexity.above")) > 0

methods := ["a method"] if count(checks.labels("complexity.above")) == 0

findings.complexity contains sprintf("complexity not known: %s", [place]) if some place in checks.labels("csharp.unread")

reasons contains "complexity_ok" if {
	checks.passed("complexity")
	input.measures["complexity.max"].value <= rules.complexity.maximum
}
