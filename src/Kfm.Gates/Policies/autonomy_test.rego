package kfm.autonomy_test

import rego.v1

import data.kfm.autonomy
import data.kfm.fixture

test_each_tier_has_its_approvals if {
	expected := {"low": [], "medium": ["lead"], "high": ["manager", "security"], "critical": ["council", "legal"]}
	every tier, roles in expected {
		approvals := autonomy.required_approvals with input as fixture.labelled("risk.tier", [tier])
		sort(approvals) == roles
	}
}

test_intent_raises_the_tier if {
	autonomy.tier == "high" with input as fixture.labelled("risk.intent", ["high"])
	autonomy.tier == "medium" with input as fixture.labelled("risk.tier", ["medium"])
}

test_protected_path_is_critical if {
	context := fixture.labelled("patch.protected", [".github/workflows/ci.yml"])
	autonomy.tier == "critical" with input as context
	"protected_paths" in autonomy.reasons with input as context
}

test_unknown_tier_denies_and_counts_as_critical if {
	context := fixture.labelled("risk.tier", ["tiny"])
	"risk tier tiny unknown" in autonomy.denials with input as context
	autonomy.tier == "critical" with input as context
}

test_missing_tier_denies if {
	"risk.tier missing" in autonomy.denials with input as fixture.without_label("risk.tier")
	"risk.intent missing" in autonomy.denials with input as fixture.without_label("risk.intent")
	"patch did not run" in autonomy.denials with input as fixture.leaked
	"risk.tier missing" in autonomy.denials with input as fixture.labelled("risk.tier", ["low", "medium"])
}

test_stewardship_adds_the_council if {
	approvals := autonomy.required_approvals with input as fixture.labelled("stewardship", ["sovereignty"])
	approvals == {"council"}
	with_rights := autonomy.required_approvals with input as fixture.labelled("stewardship", ["rights"])
	with_rights == {"council", "legal"}
}

test_other_packs_can_escalate if {
	"rights" in autonomy.stewardship with input as fixture.labelled("sbom.licence", ["NOASSERTION"])
	"sovereignty" in autonomy.stewardship with input as fixture.labelled("ethics.sovereignty", ["indigenous"])
}

test_only_unapproved_low_leaves_a_duty if {
	"post_merge_review_due" in autonomy.reasons with input as fixture.allowed
	not "post_merge_review_due" in autonomy.reasons with input as fixture.labelled("stewardship", ["catalog"])
	not "post_merge_review_due" in autonomy.reasons with input as fixture.labelled("risk.tier", ["medium"])
}
