# How much a proposal may do by itself: the tier, who must approve, what goes to the stewards.
package kfm.autonomy

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

denials contains "risk.tier missing" if {
	checks.succeeded("patch")
	count(checks.labels("risk.tier")) != 1
}

denials contains "patch did not run" if not checks.ran("patch")

denials contains "risk.intent missing" if count(checks.labels("risk.intent")) != 1

denials contains sprintf("risk tier %s unknown", [value]) if {
	some name in {"risk.tier", "risk.intent"}
	some value in checks.labels(name)
	not value in object.keys(ranks)
}

# The tier is the highest that anything asks for; what cannot be told is critical.
default tier := "critical"

tier := tiers[max(asked)] if {
	count(checks.labels("risk.tier")) == 1
	every value in checks.labels("risk.tier") {
		value in object.keys(ranks)
	}
}

asked contains ranks[value] if {
	some name in {"risk.tier", "risk.intent"}
	some value in checks.labels(name)
}

asked contains ranks.critical if count(checks.labels("patch.protected")) > 0

stewardship contains value if some value in checks.labels("stewardship")

stewardship contains value if some value in data.kfm.security.stewardship

stewardship contains value if some value in data.kfm.ethics.stewardship

required_approvals contains role if some role in approvals[tier]

# What touches rights, sovereignty, sensitivity, provenance or catalogs is not for one engineer to wave through.
required_approvals contains "council" if count(stewardship) > 0

required_approvals contains "legal" if "rights" in stewardship

reasons contains sprintf("tier_%s", [tier])

reasons contains "protected_paths" if count(checks.labels("patch.protected")) > 0

# A proposal that nobody approved before the merge is looked at after it.
reasons contains "post_merge_review_due" if {
	tier == "low"
	count(required_approvals) == 0
}
