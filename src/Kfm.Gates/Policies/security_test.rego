package kfm.security_test

import future.keywords.not
import rego.v1

import data.kfm.fixture
import data.kfm.licensing
import data.kfm.security

test_agent_scans_are_needed_only_with_an_agent if {
	count(security.denials) == 0 with input as fixture.by_person
	"secrets.answer missing" in security.denials with input as fixture.without_check("secrets.answer")
}

test_scan_for_injection_that_could_not_be_made_denies if {
	denials := security.denials with input as object.union(fixture.allowed, {"checks": {"injection.prompt": {"stage": "agent", "status": "error", "detail": null}}})
	"injection.prompt error" in denials
}

test_injection_is_told_and_never_below_the_tier_high if {
	found := fixture.labelled("injection.finding", ["override:docs/a.md:3"])
	"injection override:docs/a.md:3 below the tier high" in security.denials with input as found
	raised := object.union(found, {"labels": {"risk.tier": ["high"]}})
	count(security.denials) == 0 with input as raised
	"injection override:docs/a.md:3" in security.reasons with input as raised
}

test_agent_that_left_no_actor_is_still_an_agent if {
	denials := security.denials with input as object.union(fixture.without_check("secrets.answer"), {"actors": []})
	"secrets.answer missing" in denials
}

test_failed_scan_of_any_name_denies if {
	denials := security.denials with input as object.union(fixture.allowed, {"checks": {"secrets.log": {"stage": "qa", "status": "failed", "detail": "jwt at 1:1"}}})
	"secrets.log failed: jwt at 1:1" in denials
}

test_isolation_must_be_known if {
	"build.isolation missing" in security.denials with input as fixture.without_label("build.isolation")
	"build.isolation missing" in security.denials with input as fixture.labelled("build.isolation", ["none", "bubblewrap"])
	"build.isolation missing" in security.denials with input as fixture.labelled("build.isolation", ["chroot"])
}

test_unisolated_build_is_not_for_high_tiers if {
	context := fixture.labelled("build.isolation", ["none"])
	count(security.denials) == 0 with input as context
	"isolation_none" in security.reasons with input as context
	"build.isolation none at a high tier" in security.denials with input as object.union(context, {"labels": {"risk.tier": ["high"]}})
}

test_nothing_built_needs_no_build_checks if {
	count(security.denials) == 0 with input as fixture.unbuilt
	count(security.denials) == 0 with input as object.union(fixture.unbuilt, {"labels": {"build.isolation": []}})
}

test_what_is_not_configured_is_said if {
	context := object.union(fixture.with_status("build.locked", "skipped"), {"checks": {"sbom.complete": {"status": "skipped"}}})
	count(security.denials) == 0 with input as context
	said := security.reasons with input as context
	"dependencies_not_configured" in said
	"sbom_not_configured" in said
	not "licences_ok" in said
}

test_high_tier_needs_a_bill_of_materials if {
	context := object.union(fixture.with_status("sbom.complete", "skipped"), {"labels": {"risk.tier": ["high"]}})
	security.denials == {"sbom not configured at tier high"} with input as context
}

test_denied_licence_denies if {
	every expression in {"AGPL-3.0-only", "SSPL-1.0 OR AGPL-3.0-only", "MIT AND (AGPL-3.0-only)"} {
		denials := security.denials with input as fixture.labelled("sbom.licence", ["MIT", expression])
		sprintf("licence %s denied", [expression]) in denials
	}
}

test_allowed_licence_passes if {
	every expression in {"MIT", "Apache-2.0 AND MIT", "AGPL-3.0-only OR MIT"} {
		context := fixture.labelled("sbom.licence", [expression])
		count(security.denials) == 0 with input as context
		count(licensing.stewardship) == 0 with input as context
		"licences_ok" in licensing.reasons with input as context
	}
}

test_unknown_licence_goes_to_the_stewards if {
	every expression in {"NOASSERTION", "GPL-3.0-only", "(MIT OR Zlib) AND X"} {
		context := fixture.labelled("sbom.licence", [expression])
		count(security.denials) == 0 with input as context
		"rights" in licensing.stewardship with input as context
		not "licences_ok" in licensing.reasons with input as context
	}
}

mapped := object.union(fixture.allowed, {
	"checks": {"complexity": fixture.check("qa"), "endpoints": fixture.check("qa")},
	"labels": {"patch.path": ["src/A.cs"]},
	"measures": {"endpoints.found": {"stage": "qa", "value": 2, "unit": "1"}},
})

open := object.union(mapped, {"labels": {"endpoints.open": ["GET /a (src/A.cs:1): demands no authentication"]}})

enforced := object.union(data.kfm.packs.security, {"rules": {"endpoints": {"mode": "enforce"}}})

test_endpoint_that_demands_nothing_denies_where_it_is_enforced if {
	security.denials == {"GET /a (src/A.cs:1): demands no authentication"} with input as open with data.kfm.packs.security as enforced
	security.denials == set() with input as open
	security.warnings == {"GET /a (src/A.cs:1): demands no authentication"} with input as open
	reasons := security.reasons with input as open
	not "endpoints_ok" in reasons
}

test_endpoints_that_demand_something_pass if {
	security.denials == set() with input as mapped with data.kfm.packs.security as enforced
	"endpoints_ok" in security.reasons with input as mapped
}

test_changed_code_must_have_been_looked_at if {
	"endpoints missing" in security.denials with input as fixture.labelled("patch.path", ["src/A.CS"])
}

inventoried := object.union(data.kfm.packs.security, {"rules": {"credentials": {"inventory": "credentials.json"}}})

aged(days, overdue) := object.union(fixture.allowed, {
	"checks": {"credentials": fixture.check("qa")},
	"measures": {"credentials.oldest-days": {"stage": "qa", "value": days, "unit": "d"}},
	"labels": {"credentials.overdue": overdue},
})

test_fresh_credentials_pass if {
	security.denials == set() with input as aged(90, []) with data.kfm.packs.security as inventoried
	"credentials_ok" in security.reasons with input as aged(90, []) with data.kfm.packs.security as inventoried
	"credentials_not_configured" in security.reasons with input as fixture.allowed
}

test_old_credential_denies if {
	denials := security.denials with input as aged(91, ["deploy (91 days)"]) with data.kfm.packs.security as inventoried
	denials == {"credential older than 90 days: deploy (91 days)", "credentials.oldest-days 91 above 90"}
	security.denials == {"credentials missing"} with input as fixture.allowed with data.kfm.packs.security as inventoried
}

test_level_of_the_build_reaches_the_minimum if {
	third := object.union(data.kfm.packs.security, {"rules": {"slsa": {"minimum": 3}}})
	"slsa_level_1" in security.reasons with input as fixture.allowed
	security.denials == {"slsa.level 1 below 3"} with input as fixture.allowed with data.kfm.packs.security as third
	hosted := object.union(fixture.allowed, {"measures": {"slsa.level": {"value": 3}}})
	security.denials == set() with input as hosted with data.kfm.packs.security as third
	unsigned := object.union(hosted, {"provenance": object.union(fixture.allowed.provenance, {"signed": false})})
	"slsa.level 1 below 3" in security.denials with input as unsigned with data.kfm.packs.security as third
	lenient := object.union(third, {"rules": {"slsa": {"mode": "warn"}}})
	"slsa.level 1 below 3" in security.warnings with input as fixture.allowed with data.kfm.packs.security as lenient
}

test_level_that_is_not_known_denies if {
	context := fixture.changed("measures", object.remove(fixture.allowed.measures, {"slsa.level"}))
	security.denials == {"slsa.level missing"} with input as context
}
