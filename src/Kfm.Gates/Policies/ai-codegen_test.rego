package kfm_test

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
		"build_ok", "contracts_ok", "data_ok", "dependencies_locked", "ethics_ok", "isolation_bubblewrap", "licences_ok", "lint_ok",
		"post_merge_review_due", "prov_ok", "sbom_ok", "secrets_ok", "slsa_ok", "tests_ok", "tier_low",
	]
}

test_allow_follows_the_decision if {
	kfm.allow with input as fixture.allowed
	not kfm.allow with input as {}
}

test_empty_input_is_denied if {
	decision := kfm.decision with input as {}
	decision.verdict == "deny"
	every _, result in object.remove(decision.gates, {"autonomy"}) {
		result == "fail"
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
	optional := {"contract:data/parcels.csv", "data:data/parcels.csv", "lint", "tests", "build.succeeded"}
	every name, _ in object.remove(fixture.allowed.checks, optional) {
		decision := kfm.decision with input as fixture.with_status(name, "skipped")
		decision.verdict == "deny"
	}
	every name in {"contract:data/parcels.csv", "data:data/parcels.csv", "lint", "tests"} {
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
	said := {"build_not_configured", "contracts_not_configured", "data_not_configured", "lint_not_configured", "tests_not_configured"}
	every reason in said {
		reason in decision.reasons
	}
}

test_skipped_after_a_failure_is_not_accepted if {
	context := object.union(fixture.with_status("tests", "skipped"), {"stages": {"qa": {"outcome": "skipped"}}})
	denied_for(context, "deny: contract: qa did not run")
	denied_for(context, "deny: lineage: stage qa skipped")
}

test_secret_in_the_prompt_is_the_reason if {
	denied_for(fixture.leaked, "deny: security: secrets.prompt failed: github-token at 3:5")
	denied_for(fixture.leaked, "deny: autonomy: patch did not run")
	decision := kfm.decision with input as fixture.leaked
	not "secrets_ok" in decision.reasons
}

test_person_needs_no_agent if {
	decision := kfm.decision with input as fixture.by_person
	decision.verdict == "allow"
}

test_stage_must_be_there if {
	denied_for(fixture.changed("stages", object.remove(fixture.allowed.stages, {"build"})), "deny: lineage: stage build missing")
	denied_for(fixture.with_outcome("design", "skipped"), "deny: lineage: stage design skipped")
	denied_for(fixture.with_outcome("build", "failed"), "deny: lineage: stage build failed")
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
}

test_failed_check_of_no_gate_denies if {
	denied_for(
		object.union(fixture.allowed, {"checks": {"coverage": {"stage": "qa", "status": "error", "detail": null}}}),
		"deny: ops: coverage error",
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
