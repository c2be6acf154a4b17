# What a signed override may lift, who must sign it and for how many days. What is not listed here stands.
# Whatever this file says, Kfm lifts no secret, no conflict of sovereignty, nothing of the gates autonomy and lineage,
# and nothing of a check that gave no result; high and critical need two people, and no override lasts more than 30 days.
package kfm.overrides

import future.keywords.not
import rego.v1

import data.kfm.autonomy
import data.kfm.checks

# By gate, the checks that may have failed: each ran, and a person can judge what it found.
failures_permitted := {
	"contract": {"contract", "coverage", "lint", "tests"},
	"data_quality": {"data"},
	"ops": {"build.reproducible"},
	"security": {"build.locked", "sbom.complete"},
}

# By gate, how other reasons begin that may be lifted.
problems_permitted := {
	"contract": {"coverage.changed ", "coverage.lines ", "tests not configured at tier "},
	"ops": {"build.differences above zero"},
	"security": {"build.isolation none at a high tier", "licence ", "sbom not configured at tier "},
}

# Every role must sign, each by another person.
roles := {
	"low": ["lead"],
	"medium": ["lead"],
	"high": ["manager", "security"],
	"critical": ["council", "legal"],
}

# How long an override may last.
days := {"low": 30, "medium": 14, "high": 7, "critical": 3}

terms := {
	"tier": autonomy.tier,
	"roles": roles[autonomy.tier],
	"days": days[autonomy.tier],
	"lifts": sort(lifts),
}

lifts contains sprintf("deny: %s: %s", [gate, text]) if {
	some gate, found in data.kfm.denials
	some text in found
	permitted(gate, text)
}

permitted(gate, text) if {
	some name, check in input.checks
	check.status == "failed"
	checks.owner(name) == gate
	checks.kind_of(name) in failures_permitted[gate]
	text == checks.outcome(name)
}

permitted(gate, text) if {
	some start in problems_permitted[gate]
	startswith(text, start)
}
