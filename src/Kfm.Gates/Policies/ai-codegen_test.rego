package kfm_test

import future.keywords.not
import rego.v1

import data.kfm
import data.kfm.fixture

denied_for(context, reason) if {
	decision := kfm.decision with input as context
	decision.verdict == "deny"
	decision.allow == false
	reason in decision.reasons
}

test_good_proposal_is_allowed if {
	decision := kfm.decision with input as fixture.allowed
	decision.verdict == "allow"
	decision.allow
	decision.required_approvals == []
	decision.stewardship == []
	decision.gates == {
		"autonomy": "pass", "contract": "pass", "data_quality": "pass", "ethics": "pass",
		"lineage": "pass", "ops": "pass", "security": "pass",
	}
	decision.reasons == [
		"build_ok", "contracts_ok", "coverage_changed_not_measured", "coverage_ok", "credentials_not_configured", "data_ok", "dependencies_locked",
		"ethics_ok", "isolation_bubblewrap", "latency_not_configured", "layers_not_configured", "licences_ok", "lint_ok", "memory_not_configured",
		"post_merge_review_due", "privacy_not_configured", "prov_ok", "sbom_ok", "secrets_ok", "size_not_configured", "slsa_level_1", "slsa_ok", "tests_ok",
		"tier_low",
	]
}

test_allow_follows_the_decision if {
	kfm.allow with input as fixture.allowed
	not kfm.allow with input as {}
}

test_empty_input_is_denied if {
	decision := kfm.decision with input as {}
	decision.verdict == "deny"
	every _, result in decision.gates {
		result == "fail"
	}
	decision.required_approvals == []
	"deny: lineage: stages unreadable" in decision.reasons
	"deny: contract: not evaluated, qa did not run" in decision.reasons
}

test_review_leaves_no_duty_after_the_merge if {
	every context in [fixture.labelled("stewardship", ["catalog"]), fixture.with_status("tests", "failed")] {
		decision := kfm.decision with input as context
		not "post_merge_review_due" in decision.reasons
	}
}

test_medium_proposal_waits_for_the_lead if {
	decision := kfm.decision with input as fixture.labelled("risk.tier", ["medium"])
	decision.verdict == "review"
	not decision.allow
	decision.required_approvals == ["lead"]
	"review: approval of lead" in decision.reasons
}

test_stewardship_waits_for_the_council if {
	decision := kfm.decision with input as fixture.labelled("stewardship", ["catalog"])
	decision.verdict == "review"
	decision.required_approvals == ["council"]
	decision.stewardship == ["catalog"]
	"review: stewardship of catalog" in decision.reasons
}

test_every_missing_check_is_named if {
	gates := {
		"secrets.intent": "security", "secrets.prompt": "security", "secrets.answer": "security", "secrets.patch": "security",
		"build.locked": "security", "sbom.complete": "security", "agent.recorded": "lineage", "patch.applies": "lineage",
		"patch.tree": "lineage", "build.succeeded": "ops", "build.reproducible": "ops", "tests": "contract", "lint": "contract",
		"ethics.labels": "ethics",
	}
	every name, gate in gates {
		denied_for(fixture.without_check(name), sprintf("deny: %s: %s missing", [gate, name]))
	}
}

test_every_failed_check_denies if {
	every name, _ in fixture.allowed.checks {
		decision := kfm.decision with input as fixture.with_status(name, "failed")
		decision.verdict == "deny"
	}
}

test_every_check_that_could_not_run_denies if {
	every name, _ in fixture.allowed.checks {
		decision := kfm.decision with input as fixture.with_status(name, "error")
		decision.verdict == "deny"
	}
}

test_only_what_may_be_missing_may_be_skipped if {
	optional := {"contract:data/parcels.csv", "data:data/parcels.csv", "lint", "tests", "build.locked", "sbom.complete", "build.succeeded", "design.reviewed"}
	every name, _ in object.remove(fixture.allowed.checks, optional) {
		decision := kfm.decision with input as fixture.with_status(name, "skipped")
		decision.verdict == "deny"
	}
	every name in {"contract:data/parcels.csv", "data:data/parcels.csv", "lint", "tests", "build.locked", "sbom.complete", "design.reviewed"} {
		decision := kfm.decision with input as fixture.with_status(name, "skipped")
		decision.verdict == "allow"
	}
}

test_contract_and_data_must_be_spoken_of if {
	denied_for(fixture.without_check("contract:data/parcels.csv"), "deny: contract: contract missing")
	denied_for(fixture.without_check("data:data/parcels.csv"), "deny: data_quality: data missing")
}

test_what_is_not_configured_is_said if {
	decision := kfm.decision with input as object.union(fixture.unbuilt, {"checks": {
		"lint": {"status": "skipped"},
		"contract:data/parcels.csv": {"status": "skipped"},
		"data:data/parcels.csv": {"status": "skipped"},
	}})
	decision.verdict == "allow"
	said := {
		"build_not_configured", "contracts_not_configured", "data_not_configured", "dependencies_not_configured",
		"lint_not_configured", "sbom_not_configured", "tests_not_configured",
	}
	every reason in said {
		reason in decision.reasons
	}
}

test_high_tiers_need_tests_and_a_bill_of_materials if {
	every tier in ["high", "critical"] {
		context := object.union(fixture.unbuilt, {"labels": {"risk.tier": [tier]}})
		denied_for(context, sprintf("deny: contract: tests not configured at tier %s", [tier]))
		denied_for(context, sprintf("deny: security: sbom not configured at tier %s", [tier]))
	}
}

test_skipped_stage_is_not_accepted if {
	context := object.union(fixture.with_status("tests", "skipped"), {"stages": {"qa": {"outcome": "skipped"}}})
	denied_for(context, "deny: lineage: stage qa skipped")
}

test_secret_in_the_prompt_is_the_cause_and_said_once if {
	decision := kfm.decision with input as fixture.leaked
	decision.reasons == [
		"deny: autonomy: not evaluated, agent failed",
		"deny: contract: not evaluated, agent failed",
		"deny: data_quality: not evaluated, agent failed",
		"deny: ethics: not evaluated, agent failed",
		"deny: lineage: not evaluated, agent failed",
		"deny: ops: not evaluated, agent failed",
		"deny: security: secrets.prompt failed: github-token at 3:5",
		"slsa_ok",
	]
	decision.required_approvals == []
}

test_failed_test_is_the_only_denial if {
	failed := object.union(fixture.with_status("tests", "failed"), {"stages": {"qa": {"outcome": "failed"}}})
	decision := kfm.decision with input as failed
	denials := [reason | some reason in decision.reasons; startswith(reason, "deny: ")]
	denials == ["deny: contract: tests failed"]
}

test_document_of_a_build_that_failed_is_a_consequence if {
	provenance := object.union(fixture.allowed.provenance, {"documents": [document |
		some document in fixture.allowed.provenance.documents
		document.name != "attestations/provenance.dsse.json"
	]})
	unbuildable := object.union(
		fixture.with_status("build.reproducible", "failed"),
		{"stages": {"build": {"outcome": "failed"}}, "provenance": provenance},
	)
	denied_for(unbuildable, "deny: lineage: not evaluated, build failed")
	denied_for(unbuildable, "deny: ops: build.reproducible failed")
}

test_measured_coverage_must_reach_the_minimum if {
	low := object.union(fixture.allowed, {"measures": {"coverage.lines": {"value": 0.79}}})
	denied_for(low, "deny: contract: coverage.lines 0.79 below 0.8")
	decision := kfm.decision with input as fixture.changed("measures", object.remove(fixture.allowed.measures, {"coverage.lines"}))
	decision.verdict == "allow"
	"coverage_not_measured" in decision.reasons
	not "coverage_ok" in decision.reasons
}

test_person_needs_no_agent if {
	decision := kfm.decision with input as fixture.by_person
	decision.verdict == "allow"
}

test_stage_must_be_there if {
	denied_for(fixture.changed("stages", object.remove(fixture.allowed.stages, {"build"})), "deny: lineage: stage build missing")
	denied_for(fixture.with_outcome("design", "skipped"), "deny: lineage: stage design skipped")
	denied_for(fixture.with_outcome("build", "failed"), "deny: lineage: stage build failed")
	denied_for({"stages": {}}, "deny: autonomy: not evaluated, intent did not run")
}

test_documents_must_be_there_and_agree if {
	provenance := fixture.allowed.provenance
	denied_for(
		fixture.changed("provenance", object.union(provenance, {"documents": []})),
		"deny: lineage: prov/run.jsonld missing",
	)
	other := array.concat(provenance.documents, [{"name": "x.json", "evidenceRoot": null}])
	denied_for(fixture.changed("provenance", object.union(provenance, {"documents": other})), "deny: lineage: x.json carries another root")
	finding := {"rule": "C1", "document": "prov/run.jsonld", "pointer": "/a", "message": "differs"}
	contradicted := fixture.changed("provenance", object.union(provenance, {"findings": [finding]}))
	denied_for(contradicted, "deny: lineage: C1 prov/run.jsonld/a: differs")
	denied_for(contradicted, "deny: lineage: documents contradict the record")
	denied_for(fixture.changed("provenance", object.remove(provenance, {"findings"})), "deny: lineage: findings missing")
	denied_for(fixture.changed("provenance", object.union(provenance, {"signed": false})), "deny: lineage: provenance not signed")
}

test_differences_deny if {
	denied_for(
		fixture.changed("measures", {"build.differences": {"value": 1}}),
		"deny: ops: build.differences above zero",
	)
	denied_for(fixture.changed("measures", {}), "deny: ops: build.differences missing")
}

test_failed_check_of_no_gate_denies if {
	denied_for(
		object.union(fixture.allowed, {"checks": {"energy": {"stage": "qa", "status": "error", "detail": null}}}),
		"deny: ops: energy error",
	)
}

test_given_patch_needs_no_prompt if {
	context := object.union(
		object.remove(fixture.by_person, {"stages"}),
		{"stages": fixture.allowed.stages, "actors": [{"id": "software:patch-file", "kind": "software"}]},
	)
	decision := kfm.decision with input as context
	decision.verdict == "allow"
}

# Everything that a pack may name is lowered, and what nobody may lower as well, as no reader of packs would let it.
lowered := {pack: {"rules": rules, "gates": gates} |
	some pack, found in data.kfm.packs
	rules := {rule: object.union(settings, {"mode": "warn"}) | some rule, settings in found.rules}
	gates := {gate: "warn" | some gate in {"autonomy", "contract", "data_quality", "ethics", "lineage", "ops", "security"}}
}

test_gate_that_warns_tells_and_passes if {
	every name, gate in {"tests": "contract", "lint": "contract", "data:data/parcels.csv": "data_quality", "build.reproducible": "ops"} {
		decision := kfm.decision with input as fixture.with_status(name, "failed") with data.kfm.packs as lowered
		decision.verdict == "allow"
		decision.gates[gate] == "pass"
		sprintf("warn: %s: %s failed", [gate, name]) in decision.reasons
	}
}

test_rule_that_warns_tells_and_passes if {
	context := object.union(fixture.allowed, {
		"measures": {"coverage.lines": {"value": 0.1}},
		"labels": {"sbom.licence": ["AGPL-3.0-only"]},
		"artifacts": [],
	})
	denied_for(context, "deny: security: licence AGPL-3.0-only denied")
	denied_for(context, "deny: contract: coverage.lines 0.1 below 0.8")
	decision := kfm.decision with input as context with data.kfm.packs as lowered
	decision.verdict == "allow"
	"warn: security: licence AGPL-3.0-only denied" in decision.reasons
	"warn: contract: coverage.lines 0.1 below 0.8" in decision.reasons
}

test_secrets_sovereignty_and_provenance_are_never_lowered if {
	contexts := {
		"deny: security: secrets.patch failed": fixture.with_status("secrets.patch", "failed"),
		"deny: security: secrets.answer missing": fixture.without_check("secrets.answer"),
		"deny: ethics: ethics.sovereignty conflict": fixture.labelled("ethics.sovereignty", ["conflict"]),
		"deny: lineage: provenance not signed": fixture.changed("provenance", object.union(fixture.allowed.provenance, {"signed": false})),
		"deny: lineage: patch.tree failed": fixture.with_status("patch.tree", "failed"),
		"deny: autonomy: risk.tier missing": fixture.without_label("risk.tier"),
	}
	every reason, context in contexts {
		decision := kfm.decision with input as context with data.kfm.packs as lowered
		decision.verdict == "deny"
		reason in decision.reasons
	}
}

test_packs_that_cannot_be_read_deny if {
	decision := kfm.decision with input as fixture.allowed with data.kfm.packs as {}
	decision.verdict == "deny"
	"deny: lineage: pack quality unreadable" in decision.reasons
}
