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

agent_scans := {"secrets.prompt": "agent", "secrets.answer": "agent"}

denials contains text if some text in scan_denials

scan_denials contains checks.problem(stage, name) if {
	some name, stage in scans
	not checks.passed(name)
}

scan_denials contains checks.problem(stage, name) if {
	checks.agent_used
	some name, stage in agent_scans
	not checks.passed(name)
}

# A scan that failed denies also where no model is known to have taken part.
scan_denials contains checks.outcome(name) if {
	some name, check in input.checks
	startswith(name, "secrets.")
	check.status in {"failed", "error"}
}

# What only a build can show.
denials contains checks.problem("build", name) if {
	some name in {"build.locked", "sbom.complete"}
	not checks.passed(name)
	not nothing_built
}

nothing_built if checks.not_configured("build.succeeded")

isolation := checks.labels("build.isolation")

denials contains "build.isolation missing" if {
	checks.ran("build")
	not nothing_built
	not known_isolation
}

known_isolation if {
	count(isolation) == 1
	isolation[0] in {"bubblewrap", "namespaces", "none"}
}

denials contains "build.isolation none at a high tier" if {
	"none" in isolation
	data.kfm.autonomy.tier in {"high", "critical"}
}

denials contains sprintf("licence %s denied", [expression]) if {
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

reasons contains "secrets_ok" if count(scan_denials) == 0

reasons contains "dependencies_locked" if checks.passed("build.locked")

reasons contains "sbom_ok" if checks.passed("sbom.complete")

reasons contains sprintf("isolation_%s", [isolation[0]]) if known_isolation

reasons contains "licences_ok" if {
	checks.passed("sbom.complete")
	every expression in checks.labels("sbom.licence") {
		licence_allowed(expression)
	}
}
