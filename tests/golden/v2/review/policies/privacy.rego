# Consent: each person whose data a change holds has agreed to its use (GDPR, articles 6 and 7). No pack lowers this.
package kfm.privacy

import rego.v1

import data.kfm.checks

rule := data.kfm.packs.security.rules.consent

denials := checks.explained("privacy", problems, needed, set())

needed[name] := "qa" if {
	some use in rule["data"]
	name := sprintf("consent:%s", [use.path])
}

# Data that calls itself personal and for which nobody declared a use has no consent either.
problems contains "data is labelled personal, and the security pack declares no consent for any" if {
	"personal" in checks.labels("ethics.sensitivity")
	count(rule["data"]) == 0
}

reasons contains "consent_ok" if {
	count(needed) > 0
	every name, _ in needed {
		checks.passed(name)
	}
}

reasons contains "privacy_not_configured" if {
	checks.succeeded("qa")
	count(rule["data"]) == 0
}
