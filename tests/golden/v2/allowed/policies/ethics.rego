# FAIR+CARE, sovereignty, sensitivity and the permission for models, as the labels of the changed data say.
# A value that is not known here goes to the stewards. Labels that cannot all be true deny, and a person says which one holds.
package kfm.ethics

import future.keywords.not
import rego.v1

import data.kfm.checks

open_values := {
	"ethics.care": {"public", "open", "collective-benefit"},
	"ethics.sovereignty": {"none"},
	"ethics.sensitivity": {"none", "low", "general"},
	"ethics.ai": {"allowed"},
}

closed_values := {
	"ethics.care": {"restricted"},
	"ethics.sovereignty": {"conflict", "restricted"},
	"ethics.sensitivity": {"high", "restricted", "secret"},
	"ethics.ai": {"prohibited"},
}

escalations := {
	"ethics.care": "rights",
	"ethics.sovereignty": "sovereignty",
	"ethics.sensitivity": "sensitivity",
	"ethics.ai": "rights",
}

denials := checks.explained("ethics", problems, {"ethics.labels": "qa"}, set())

problems contains sprintf("%s %s", [name, value]) if {
	some name, values in closed_values
	some value in checks.labels(name)
	value in values
}

problems contains sprintf("labels conflict: %s", [conflict]) if some conflict in conflicts

conflicts := checks.labels("ethics.conflict")

# Which of two labels holds is not for a gate to guess.
stewardship contains "sovereignty" if count(conflicts) > 0

stewardship contains escalations[name] if {
	some name, values in open_values
	some value in checks.labels(name)
	not value in values
	not value in closed_values[name]
}

reasons contains "ethics_ok" if count(denials) == 0

reasons contains "labels_need_a_person" if count(conflicts) > 0
