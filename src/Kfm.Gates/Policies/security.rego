# Secrets, isolation of the build, locked dependencies; licences by the licensing pack.
package kfm.security

import rego.v1

import data.kfm.checks
import data.kfm.licensing

# The scans that every proposal needs, by the stage that makes them.
scans := {"secrets.intent": "intent", "secrets.patch": "qa"}

scans_needed := scans if not checks.agent_used

scans_needed := object.union(scans, {"secrets.prompt": "agent", "secrets.answer": "agent"}) if checks.agent_used

denials := checks.explained("security", problems | licensing.denials, object.union(scans_needed, build_needed), set())

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
