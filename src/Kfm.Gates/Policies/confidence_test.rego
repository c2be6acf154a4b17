package kfm.confidence_test

import rego.v1

import data.kfm
import data.kfm.autonomy
import data.kfm.confidence
import data.kfm.fixture

sure(value) := object.union(fixture.allowed, {"measures": {"agent.confidence": {"stage": "agent", "value": value, "unit": "1"}}})

test_confident_proposal_passes if {
	every value in [0.7, 0.95, 1] {
		confidence.problems == set() with input as sure(value)
		"confidence_ok" in kfm.decision.reasons with input as sure(value)
		kfm.decision.verdict == "allow" with input as sure(value)
	}
}

test_unsure_proposal_is_denied if {
	autonomy.denials == {"agent.confidence 0.69 below 0.7"} with input as sure(0.69)
	kfm.decision.verdict == "deny" with input as sure(0.69)
}

test_confidence_beyond_its_range_denies if {
	autonomy.denials == {"agent.confidence 1.5 above 1"} with input as sure(1.5)
	autonomy.denials == {"agent.confidence -1 below 0.7"} with input as sure(-1)
}

test_proposal_without_a_confidence_says_nothing_of_it if {
	confidence.problems == set() with input as fixture.allowed
	confidence.reasons == set() with input as fixture.allowed
}

test_models_tried_before_are_told if {
	"model_fallback: claude timeout" in kfm.decision.reasons with input as fixture.labelled("agent.fallback", ["claude timeout"])
}

test_refused_egress_is_a_matter_of_security if {
	context := object.union(fixture.allowed, {"checks": {"egress.allowed": {"stage": "agent", "status": "failed", "detail": "no line"}}})
	kfm.decision.gates.security == "fail" with input as context
}
