package kfm.autonomy_test

import future.keywords.not
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

test_unknown_tier_denies_and_is_no_tier if {
	context := fixture.labelled("risk.tier", ["tiny"])
	"risk tier tiny unknown" in autonomy.denials with input as context
	not autonomy.tier with input as context
	autonomy.required_approvals == set() with input as context
}

test_missing_tier_denies if {
	"risk.tier missing" in autonomy.denials with input as fixture.without_label("risk.tier")
	"risk.intent missing" in autonomy.denials with input as fixture.without_label("risk.intent")
	"risk.tier missing" in autonomy.denials with input as fixture.labelled("risk.tier", ["low", "medium"])
}

test_tier_that_was_never_established_asks_for_no_approval if {
	autonomy.denials == {"not evaluated, agent failed"} with input as fixture.leaked
	autonomy.required_approvals == set() with input as fixture.leaked
	autonomy.reasons == set() with input as fixture.leaked
}

test_missing_stage_asks_for_no_approval if {
	unfinished := object.union(fixture.labelled("risk.tier", ["critical"]), {"stages": {"qa": {"outcome": "skipped"}}})
	autonomy.required_approvals == set() with input as unfinished
	autonomy.reasons == {"tier_critical"} with input as unfinished
}

test_high_tiers_are_high_and_critical if {
	every tier in ["high", "critical"] {
		autonomy.high with input as fixture.labelled("risk.tier", [tier])
	}
	every tier in ["low", "medium", "tiny"] {
		not autonomy.high with input as fixture.labelled("risk.tier", [tier])
	}
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

test_model_of_a_risky_intent_needs_a_reviewed_design if {
	every tier in ["high", "critical"] {
		asked := {"labels": {"risk.intent": [tier]}}
		autonomy.denials == set() with input as object.union(fixture.allowed, asked)
		autonomy.denials == {"design.reviewed missing"} with input as object.union(fixture.without_check("design.reviewed"), asked)
		autonomy.denials == {"design.reviewed skipped"} with input as object.union(fixture.with_status("design.reviewed", "skipped"), asked)
	}
	autonomy.denials == set() with input as fixture.without_check("design.reviewed")
	autonomy.denials == set() with input as object.union(fixture.without_check("design.reviewed"), {"labels": {"risk.tier": ["high"]}})
}

test_given_proposal_needs_no_reviewed_design if {
	given := object.union(fixture.by_person, {"labels": {"risk.intent": ["critical"]}})
	autonomy.denials == set() with input as given
}

test_halted_agent_is_denied if {
	halted := object.union(fixture.allowed, {"checks": {"autonomy.halt": {"status": "failed", "stage": "agent", "detail": "agents are halted: global"}}})
	autonomy.denials == {"autonomy.halt failed: agents are halted: global"} with input as halted
}
