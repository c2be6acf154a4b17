# Secrets, isolation of the build, locked dependencies, licences of components.
package kfm.security

import rego.v1

import data.kfm.checks

# Licences that may be used without asking (SPDX identifiers).
licences_allowed := {
	"0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "CC0-1.0", "ISC", "MIT", "MIT-0",
	"MPL-2.0", "MS-PL", "PostgreSQL", "Python-2.0", "Unlicense", "Zlib",
}

# Licences that may not be used, by the start of the identifier.
licences_denied := {
	"AGPL-", "BUSL-", "CC-BY-NC-", "Commons-Clause", "Elastic-", "LicenseRef-Commercial", "LicenseRef-Proprietary", "SSPL-",
}

# The scans that every proposal needs, by the stage that makes them.
scans := {"secrets.intent": "intent", "secrets.patch": "qa"}

scans_needed := scans if not checks.agent_used

scans_needed := object.union(scans, {"secrets.prompt": "agent", "secrets.answer": "agent"}) if checks.agent_used

denials := checks.explained("security", problems, object.union(scans_needed, build_needed), set())

# What only a build can show. Where nothing is built, or no restore and no assets are configured, the reasons say so.
build_needed := {name: "build" |
	some name in {"build.locked", "sbom.complete"}
	not checks.not_configured(name)
	not nothing_built
}

nothing_built if checks.not_configured("build.succeeded")

problems contains sprintf("sbom not configured at tier %s", [data.kfm.autonomy.tier]) if {
	checks.not_configured("sbom.complete")
	data.kfm.autonomy.high
}

isolation := checks.labels("build.isolation")

problems contains "build.isolation missing" if {
	checks.succeeded("build")
	not nothing_built
	not known_isolation
}

known_isolation if {
	count(isolation) == 1
	isolation[0] in {"bubblewrap", "namespaces", "none"}
}

problems contains "build.isolation none at a high tier" if {
	"none" in isolation
	data.kfm.autonomy.high
}

problems contains sprintf("licence %s denied", [expression]) if {
	some expression in checks.labels("sbom.licence")
	licence_denied(expression)
}

# A licence that is neither allowed nor denied is for people to judge.
stewardship contains "rights" if {
	some expression in checks.labels("sbom.licence")
	not licence_denied(expression)
	not licence_allowed(expression)
}

# One branch of OR is enough, with all of its parts joined by AND.
licence_allowed(expression) if {
	some branch in split(expression, " OR ")
	every part in split(branch, " AND ") {
		part in licences_allowed
	}
}

licence_denied(expression) if {
	every branch in split(expression, " OR ") {
		branch_denied(branch)
	}
}

branch_denied(branch) if {
	some part in split(branch, " AND ")
	some start in licences_denied
	startswith(trim(part, "() "), start)
}

reasons contains "secrets_ok" if {
	every name, _ in scans_needed {
		checks.passed(name)
	}
	every text in checks.failures("security") {
		not startswith(text, "secrets.")
	}
}

reasons contains "dependencies_locked" if checks.passed("build.locked")

reasons contains "dependencies_not_configured" if checks.not_configured("build.locked")

reasons contains "sbom_ok" if checks.passed("sbom.complete")

reasons contains "sbom_not_configured" if checks.not_configured("sbom.complete")

reasons contains sprintf("isolation_%s", [isolation[0]]) if known_isolation

reasons contains "licences_ok" if {
	checks.passed("sbom.complete")
	every expression in checks.labels("sbom.licence") {
		licence_allowed(expression)
	}
}
