# Secrets, isolation and level of the build, locked dependencies, access to endpoints, age of credentials; licences by the licensing pack.
package kfm.security

import future.keywords.not
import rego.v1

import data.kfm.checks
import data.kfm.licensing
import data.kfm.modes

# The scans that every proposal needs, by the stage that makes them.
scans := {"secrets.intent": "intent", "secrets.patch": "qa"}

scans_needed := scans if not checks.agent_used

scans_needed := object.union(scans, {"secrets.prompt": "agent", "secrets.answer": "agent"}) if checks.agent_used

denials := checks.explained(
	"security",
	(problems | licensing.denials) | modes.denials("security", findings),
	object.union_n([scans_needed, build_needed, code_needed]),
	set(),
)

rules := data.kfm.packs.security.rules

warnings := modes.warnings("security", findings) | licensing.warnings

# Endpoints in changed files: who may call them must be said, and the pack lists those that anyone may call.
code_needed["endpoints"] := "qa" if checks.changes("cs")

findings.endpoints contains text if some text in checks.labels("endpoints.open")

# The inventory says when each credential was made new.
code_needed["credentials"] := "qa" if rules.credentials.inventory

findings.credentials contains sprintf("credential older than %v days: %s", [rules.credentials.maximumAgeDays, text]) if {
	some text in checks.labels("credentials.overdue")
}

findings.credentials contains sprintf("credentials.oldest-days %v above %v", [oldest, rules.credentials.maximumAgeDays]) if {
	oldest := input.measures["credentials.oldest-days"].value
	oldest > rules.credentials.maximumAgeDays
}

reasons contains "credentials_ok" if {
	checks.passed("credentials")
	count(findings.credentials) == 0
}

reasons contains "credentials_not_configured" if {
	checks.succeeded("qa")
	not rules.credentials.inventory
}

# The level of the build counts only as far as its provenance is signed: what is not signed is of level 1 at most.
slsa_level := input.measures["slsa.level"].value if input.provenance.signed == true

slsa_level := min({input.measures["slsa.level"].value, 1}) if not input.provenance.signed == true

findings.slsa contains sprintf("slsa.level %v below %v", [slsa_level, rules.slsa.minimum]) if slsa_level < rules.slsa.minimum

findings.slsa contains "slsa.level missing" if {
	checks.passed("build.succeeded")
	rules.slsa.minimum > 0
	not input.measures["slsa.level"]
}

reasons contains sprintf("slsa_level_%v", [slsa_level]) if slsa_level >= rules.slsa.minimum

reasons contains "endpoints_ok" if {
	checks.passed("endpoints")
	input.measures["endpoints.found"].value > 0
	count(findings.endpoints) == 0
}

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

# Text that tries to instruct a model is for people to look at; a tier below high would let it pass unseen.
problems contains sprintf("injection %s below the tier high", [finding]) if {
	some finding in checks.labels("injection.finding")
	not data.kfm.autonomy.high
}

reasons contains sprintf("injection %s", [finding]) if some finding in checks.labels("injection.finding")

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
