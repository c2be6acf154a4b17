package kfm.architecture_test

import future.keywords.not
import rego.v1

import data.kfm
import data.kfm.architecture
import data.kfm.fixture

layered(mode) := {"rules": {
	"layers": {"mode": mode, "layers": [{"name": "core", "members": ["Core"], "uses": []}]},
	"imports": {"mode": "enforce", "restrictions": []},
}}

restricted := {"rules": {
	"layers": {"mode": "enforce", "layers": []},
	"imports": {"mode": "enforce", "restrictions": [{"from": ["Core"], "forbidden": ["System.Net"]}]},
}}

looked := object.union(fixture.allowed, {"checks": {"architecture": fixture.check("qa")}})

breach(label) := object.union(looked, {"labels": {label: ["a.dll: core uses web"]}})

test_lines_that_are_kept_pass if {
	architecture.denials == set() with input as looked with data.kfm.packs.architecture as layered("enforce")
	"layers_ok" in architecture.reasons with input as looked with data.kfm.packs.architecture as layered("enforce")
}

test_line_that_is_crossed_denies if {
	architecture.denials == {"a.dll: core uses web"} with input as breach("layers.breach") with data.kfm.packs.architecture as layered("enforce")
	architecture.denials == {"a.dll: core uses web"} with input as breach("imports.breach") with data.kfm.packs.architecture as restricted
	decision := kfm.decision with input as breach("layers.breach") with data.kfm.packs.architecture as layered("enforce")
	"deny: contract: a.dll: core uses web" in decision.reasons
	not "layers_ok" in decision.reasons
}

test_line_that_warns_is_told if {
	decision := kfm.decision with input as breach("layers.breach") with data.kfm.packs.architecture as layered("warn")
	decision.verdict == "allow"
	"warn: contract: a.dll: core uses web" in decision.reasons
}

test_lines_that_nobody_looked_at_deny if {
	decision := kfm.decision with input as fixture.allowed with data.kfm.packs.architecture as restricted
	"deny: contract: architecture missing" in decision.reasons
	failed := kfm.decision with input as fixture.allowed with data.kfm.packs.architecture as layered("warn")
	"deny: contract: architecture missing" in failed.reasons
}

test_no_lines_are_said if {
	architecture.reasons == {"layers_not_configured"} with input as fixture.allowed
	architecture.needed == {} with input as fixture.allowed
}
