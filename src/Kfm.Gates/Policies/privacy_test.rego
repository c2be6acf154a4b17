package kfm.privacy_test

import future.keywords.not
import rego.v1

import data.kfm
import data.kfm.fixture
import data.kfm.privacy

declared := {"rules": {"consent": {"mode": "warn", "data": [{"path": "data/users.csv"}]}}}

agreed := object.union(fixture.allowed, {"checks": {"consent:data/users.csv": fixture.check("qa")}})

refused := object.union(agreed, {"checks": {"consent:data/users.csv": {"status": "failed", "detail": "1 persons have not agreed"}}})

test_consent_of_all_passes if {
	privacy.denials == set() with input as agreed with data.kfm.packs.security as declared
	privacy.reasons == {"consent_ok"} with input as agreed with data.kfm.packs.security as declared
}

test_missing_consent_denies_whatever_the_mode_says if {
	privacy.denials == {"consent:data/users.csv failed: 1 persons have not agreed"} with input as refused with data.kfm.packs.security as declared
	privacy.denials == {"consent:data/users.csv missing"} with input as fixture.allowed with data.kfm.packs.security as declared
	whole := object.union(data.kfm.packs.security, declared)
	decision := kfm.decision with input as refused with data.kfm.packs.security as whole
	"deny: ethics: consent:data/users.csv failed: 1 persons have not agreed" in decision.reasons
	decision.gates.ethics == "fail"
}

test_personal_data_without_a_declared_use_denies if {
	context := fixture.labelled("ethics.sensitivity", ["personal"])
	count(privacy.denials) == 1 with input as context
	privacy.denials == set() with input as object.union(context, {"checks": {"consent:data/users.csv": fixture.check("qa")}})
		with data.kfm.packs.security as declared
}

test_no_declared_data_is_said if {
	privacy.reasons == {"privacy_not_configured"} with input as fixture.allowed
}
