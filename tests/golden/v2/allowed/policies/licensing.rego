# Licences of the components, by the lists of the licensing pack. Expressions are without brackets: the record has them multiplied out.
package kfm.licensing

import future.keywords.not
import rego.v1

import data.kfm.checks
import data.kfm.modes

rule := data.kfm.packs.licensing.rules.licences

denials := modes.denials("licensing", findings)

warnings := modes.warnings("licensing", findings) | unknown_warnings

findings.licences contains sprintf("licence %s denied", [expression]) if {
	some expression in checks.labels("sbom.licence")
	denied(expression)
}

unknown contains expression if {
	some expression in checks.labels("sbom.licence")
	not denied(expression)
	not allowed(expression)
}

unknown_warnings contains sprintf("licence %s in no list", [expression]) if {
	modes.warned("licensing", "licences")
	some expression in unknown
}

# A licence that is neither allowed nor denied is for people to judge.
stewardship contains "rights" if {
	not modes.warned("licensing", "licences")
	count(unknown) > 0
}

# One branch of OR is enough, with all of its parts joined by AND.
allowed(expression) if {
	some branch in split(expression, " OR ")
	every part in split(branch, " AND ") {
		part_allowed(part)
	}
}

denied(expression) if {
	every branch in split(expression, " OR ") {
		branch_denied(branch)
	}
}

branch_denied(branch) if {
	some part in split(branch, " AND ")
	part_denied(trim(part, "() "))
}

part_allowed(part) if {
	some name in grants(part)
	listed(rule.allowed, name)
	not part_denied(part)
}

# What is allowed by its whole name is not denied by a start: an exception may make a licence acceptable.
part_denied(part) if {
	listed(rule.denied, part)
	not whole(rule.allowed, part)
}

whole(names, part) if {
	some name in names
	lower(name) == lower(part)
}

# An exception (WITH) only adds permissions, and + lets the user choose the version that is named.
grants(part) := {part, split(part, " WITH ")[0], trim_suffix(part, "+")}

listed(names, part) if {
	some name in names
	covers(name, part)
}

covers(name, part) if lower(name) == lower(part)

covers(name, part) if {
	endswith(name, "*")
	startswith(lower(part), lower(trim_suffix(name, "*")))
}

reasons contains "licences_ok" if {
	checks.passed("sbom.complete")
	every expression in checks.labels("sbom.licence") {
		allowed(expression)
	}
}
