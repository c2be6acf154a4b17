package kfm.ethics_test

import future.keywords.not
import rego.v1

import data.kfm.ethics
import data.kfm.fixture

test_labels_must_have_been_read if {
	"ethics.labels missing" in ethics.denials with input as fixture.without_check("ethics.labels")
	"ethics.labels skipped" in ethics.denials with input as fixture.with_status("ethics.labels", "skipped")
}

test_closed_labels_deny if {
	closed := {
		"ethics.care": "restricted", "ethics.sovereignty": "conflict",
		"ethics.sensitivity": "restricted", "ethics.ai": "prohibited",
	}
	every name, value in closed {
		context := fixture.labelled(name, [value])
		sprintf("%s %s", [name, value]) in ethics.denials with input as context
		count(ethics.stewardship) == 0 with input as context
		not "ethics_ok" in ethics.reasons with input as context
	}
}

test_open_labels_pass if {
	open := {"ethics.care": "public", "ethics.sovereignty": "none", "ethics.sensitivity": "low", "ethics.ai": "allowed"}
	every name, value in open {
		context := fixture.labelled(name, [value])
		count(ethics.denials) == 0 with input as context
		count(ethics.stewardship) == 0 with input as context
		"ethics_ok" in ethics.reasons with input as context
	}
}

test_other_labels_go_to_the_stewards if {
	escalated := {
		"ethics.care": "rights", "ethics.sovereignty": "sovereignty",
		"ethics.sensitivity": "sensitivity", "ethics.ai": "rights",
	}
	every name, topic in escalated {
		context := fixture.labelled(name, ["something else"])
		topics := ethics.stewardship with input as context
		topics == {topic}
	}
}

test_conflicting_labels_deny_and_ask_for_a_person if {
	context := fixture.labelled("ethics.conflict", ["data/a.csv: ethics.care public and ethics.sensitivity high"])
	"labels conflict: data/a.csv: ethics.care public and ethics.sensitivity high" in ethics.denials with input as context
	"sovereignty" in ethics.stewardship with input as context
	"labels_need_a_person" in ethics.reasons with input as context
	not "ethics_ok" in ethics.reasons with input as context
	not "labels_need_a_person" in ethics.reasons with input as fixture.allowed
}
