package kfm.licensing_test

import future.keywords.not
import rego.v1

import data.kfm.fixture
import data.kfm.licensing

denied(expression) if count(licensing.denials) > 0 with input as fixture.labelled("sbom.licence", [expression])

unknown(expression) if count(licensing.stewardship) > 0 with input as fixture.labelled("sbom.licence", [expression])

ok(expression) if "licences_ok" in licensing.reasons with input as fixture.labelled("sbom.licence", [expression])

test_listed_licences_are_allowed if {
	every expression in ["MIT", "mit", "Apache-2.0 AND MIT", "MIT OR AGPL-3.0-only", "Apache-2.0+", "Apache-2.0 WITH LLVM-exception"] {
		ok(expression)
		not denied(expression)
		not unknown(expression)
	}
}

test_denied_licences_deny if {
	every expression in ["AGPL-3.0-only", "agpl-3.0-or-later", "MIT AND SSPL-1.0", "BUSL-1.1 OR SSPL-1.0", "(AGPL-3.0-only)", "AGPL-3.0-only WITH x"] {
		denied(expression)
		not ok(expression)
	}
}

test_unlisted_licences_go_to_the_stewards if {
	every expression in ["GPL-3.0-only", "MIT AND GPL-2.0-only", "NOASSERTION", "invalid:MIT_OR_("] {
		unknown(expression)
		not denied(expression)
		not ok(expression)
	}
}

test_whole_name_counts_before_a_start if {
	lists := {"rules": {"licences": {"mode": "enforce", "allowed": ["*", "AGPL-3.0-only WITH bison-exception"], "denied": ["AGPL-*"]}}}
	licensing.denials == set() with input as fixture.labelled("sbom.licence", ["AGPL-3.0-only WITH bison-exception"])
		with data.kfm.packs.licensing as lists
	licensing.denials == {"licence AGPL-3.0-only denied"} with input as fixture.labelled("sbom.licence", ["AGPL-3.0-only"])
		with data.kfm.packs.licensing as lists
}

test_lists_that_warn_neither_deny_nor_ask if {
	lists := {"rules": {"licences": {"mode": "warn", "allowed": ["MIT"], "denied": ["AGPL-*"]}}}
	context := fixture.labelled("sbom.licence", ["AGPL-3.0-only", "GPL-3.0-only"])
	licensing.denials == set() with input as context with data.kfm.packs.licensing as lists
	licensing.stewardship == set() with input as context with data.kfm.packs.licensing as lists
	licensing.warnings == {"licence AGPL-3.0-only denied", "licence GPL-3.0-only in no list"} with input as context with data.kfm.packs.licensing as lists
}

test_no_component_has_no_licence_against_it if {
	licensing.denials == set() with input as fixture.without_label("sbom.licence")
	licensing.stewardship == set() with input as fixture.without_label("sbom.licence")
}
