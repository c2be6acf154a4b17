package kfm.modes_test

import rego.v1

import data.kfm.modes

findings := {"coverage": {"too low"}, "complexity": {"too high"}}

test_pack_enforces_unless_it_says_otherwise if {
	modes.denials("quality", findings) == {"too low", "too high"}
	modes.warnings("quality", findings) == set()
}

test_rule_that_warns_does_not_deny if {
	rules := {"coverage": {"mode": "warn"}, "complexity": {"mode": "enforce"}}
	modes.denials("quality", findings) == {"too high"} with data.kfm.packs.quality as {"rules": rules}
	modes.warnings("quality", findings) == {"too low"} with data.kfm.packs.quality as {"rules": rules}
}

test_what_nobody_may_lower_denies_whatever_a_pack_says if {
	every rule in modes.fixed {
		packs := {"rules": {rule: {"mode": "warn"}}}
		modes.denials("security", {rule: {"found"}}) == {"found"} with data.kfm.packs.security as packs
		modes.warnings("security", {rule: {"found"}}) == set() with data.kfm.packs.security as packs
	}
}

test_only_some_gates_may_be_lowered if {
	gates := {gate: "warn" | some gate in {"autonomy", "contract", "data_quality", "ethics", "lineage", "ops", "security"}}
	lowered := {gate | some gate, _ in gates; modes.lowered(gate)} with data.kfm.packs.quality as {"rules": {}, "gates": gates}
	lowered == {"contract", "data_quality", "ops"}
	none := {gate | some gate, _ in gates; modes.lowered(gate)}
	none == set()
}

test_pack_that_is_missing_is_told if {
	modes.unreadable == set()
	modes.unreadable == {"pack quality unreadable"} with data.kfm.packs.quality as 1
}
