# How much a proposal may do by itself: the tier, who must approve, what goes to the stewards.
package kfm.autonomy

import future.keywords.not
import rego.v1

import data.kfm.checks

ranks := {"low": 0, "medium": 1, "high": 2, "critical": 3}

tiers := ["low", "medium", "high", "critical"]

approvals := {
	"low": [],
	"medium": ["lead"],
	"high": ["manager", "security"],
	"critical": ["council", "legal"],
}

# The labels of risk, each with the stage that gives it.
sources := {"risk.intent": "intent", "risk.tier": "patch"}

denials := checks.explained("autonomy", problems | data.kfm.confidence.problems, needed, stages_blocked)

# A model is asked for a change of high or critical risk only by a design that people have reviewed.
needed["design.reviewed"] := "design" if {
	checks.agent_used
	some value in checks.labels("risk.intent")
	value in {"high", "critical"}
}

problems contains sprintf("%s missing", [name]) if {
	some name, stage in sources
	not single(name)
	checks.succeeded(stage)
}

stages_blocked contains stage if {
	some name, stage in sources
	not single(name)
	not checks.succeeded(stage)
}

problems contains sprintf("risk tier %v unknown", [value]) if {
	some name, _ in sources
	some value in checks.labels(name)
	not known(value)
}

single(name) if count(checks.labels(name)) == 1

known(value) if ranks[value] >= 0

# The highest tier that anything asks for. Without both labels there is none, and nothing is said that would follow from it.
tier := tiers[max(asked)] if {
	every name, _ in sources {
		single(name)
		known(checks.labels(name)[0])
	}
}

asked contains ranks[checks.labels(name)[0]] if some name, _ in sources

asked contains ranks.critical if count(checks.labels("patch.protected")) > 0

high if tier in {"high", "critical"}

stewardship contains value if some value in checks.labels("stewardship")

stewardship contains value if some value in data.kfm.licensing.stewardship

stewardship contains value if some value in data.kfm.ethics.stewardship

# Approvals are asked for when there is something to approve: a tier, and no stage that is missing.
settled if {
	tier
	every stage in checks.stages_required {
		checks.ran(stage)
	}
}

required_approvals contains role if {
	settled
	some role in approvals[tier]
}

# What touches rights, sovereignty, sensitivity, provenance or catalogs is not for one engineer to wave through.
required_approvals contains "council" if {
	settled
	count(stewardship) > 0
}

required_approvals contains "legal" if {
	settled
	"rights" in stewardship
}

reasons contains sprintf("tier_%s", [tier])

reasons contains "protected_paths" if count(checks.labels("patch.protected")) > 0
