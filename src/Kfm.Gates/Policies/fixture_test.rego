# A proposal by a model that is allowed, and ways to change it.
package kfm.fixture

import rego.v1

root := "sha256:1111111111111111111111111111111111111111111111111111111111111111"

check(name) := {"stage": name, "status": "passed", "detail": null}

stage := {"outcome": "succeeded"}

allowed := {
	"evidenceRoot": root,
	"stages": {"intent": stage, "design": stage, "agent": stage, "patch": stage, "build": stage, "qa": stage},
	"checks": {
		"secrets.intent": check("intent"),
		"design.reviewed": check("design"),
		"secrets.prompt": check("agent"),
		"secrets.answer": check("agent"),
		"agent.recorded": check("agent"),
		"patch.applies": check("patch"),
		"patch.tree": check("patch"),
		"build.succeeded": check("build"),
		"build.reproducible": check("build"),
		"build.locked": check("build"),
		"sbom.complete": check("build"),
		"tests": check("qa"),
		"lint": check("qa"),
		"secrets.patch": check("qa"),
		"contract:data/parcels.csv": check("qa"),
		"data:data/parcels.csv": check("qa"),
		"ethics.labels": check("qa"),
	},
	"measures": {
		"build.differences": {"stage": "build", "value": 0, "unit": "1"},
		"coverage.lines": {"stage": "qa", "value": 0.875, "unit": "1"},
		"slsa.level": {"stage": "build", "value": 1, "unit": "1"},
	},
	"labels": {"risk.intent": ["low"], "risk.tier": ["low"], "build.isolation": ["bubblewrap"], "sbom.licence": ["MIT"]},
	"actors": [{"id": "ai:model", "kind": "ai"}],
	"provenance": {
		"documents": [
			{"name": "attestations/provenance.dsse.json", "evidenceRoot": root},
			{"name": "lineage/events.ndjson", "evidenceRoot": root},
			{"name": "prov/run.jsonld", "evidenceRoot": root},
		],
		"findings": [],
		"signed": true,
	},
}

changed(member, value) := object.union(object.remove(allowed, {member}), {member: value})

labelled(name, values) := object.union(allowed, {"labels": {name: values}})

with_status(name, status) := object.union(allowed, {"checks": {name: {"status": status}}})

without_check(name) := changed("checks", object.remove(allowed.checks, {name}))

without_label(name) := changed("labels", object.remove(allowed.labels, {name}))

with_outcome(name, outcome) := object.union(allowed, {"stages": {name: {"outcome": outcome}}})

# Nothing is built, so that there is nothing to test either.
unbuilt := object.union(allowed, {"checks": {
	"build.succeeded": {"status": "skipped"},
	"build.reproducible": {"status": "skipped"},
	"build.locked": {"status": "skipped"},
	"sbom.complete": {"status": "skipped"},
	"tests": {"status": "skipped"},
}})

# A person's proposal: no model, no agent checks.
by_person := object.union(
	object.remove(allowed, {"actors", "checks", "stages"}),
	{
		"actors": [{"id": "person:1", "kind": "human"}],
		"stages": object.union(allowed.stages, {"agent": {"outcome": "skipped"}, "design": {"outcome": "skipped"}}),
		"checks": object.remove(allowed.checks, {"design.reviewed", "secrets.prompt", "secrets.answer", "agent.recorded"}),
	},
)

# The prompt held a secret: the agent failed and nothing came after it.
leaked := object.union(
	object.remove(allowed, {"checks", "labels", "measures"}),
	{
		"stages": {
			"agent": {"outcome": "failed"},
			"patch": {"outcome": "skipped"},
			"build": {"outcome": "skipped"},
			"qa": {"outcome": "skipped"},
		},
		"checks": {
			"secrets.intent": check("intent"),
			"secrets.prompt": {"stage": "agent", "status": "failed", "detail": "github-token at 3:5"},
		},
		"labels": {"risk.intent": ["low"]},
		"measures": {},
	},
)
