# Every stage is in the record, and every document says what the record says. Nothing is decided on a context or packs that cannot be read.
package kfm.lineage

import future.keywords.not
import rego.v1

import data.kfm.checks
import data.kfm.modes

denials := checks.explained("lineage", problems, needed, stages)

# Each document with the stage without which there is nothing to write.
documents_required["lineage/events.ndjson"] := "intent"

documents_required["prov/run.jsonld"] := "intent"

# Without a build there is no provenance of one.
documents_required["attestations/provenance.dsse.json"] := "build" if not checks.not_configured("build.succeeded")

documents := {document.name | some document in input.provenance.documents}

problems contains text if some text in checks.unreadable

problems contains sprintf("stage %s missing", [stage]) if {
	is_object(input.stages)
	some stage in checks.stages_required
	not input.stages[stage]
}

# A stage that failed is told by the check that failed in it, and one that was skipped by the stage that failed before it.
problems contains sprintf("stage %s failed", [stage]) if {
	some stage, _ in input.stages
	checks.failed(stage)
	not told(stage)
}

told(stage) if {
	some name, check in input.checks
	check.stage == stage
	checks.broken(name)
}

problems contains sprintf("stage %s skipped", [stage]) if {
	some stage, run in input.stages
	run.outcome == "skipped"
	not unused(stage)
	count(checks.failed_by(checks.stage_index[stage])) == 0
}

# A person's proposal has no model behind it, and may have no design.
unused(stage) if {
	stage in {"agent", "design"}
	not checks.agent_used
}

stages contains stage if {
	some stage in checks.stages_required
	not checks.ran(stage)
}

stages contains stage if {
	some name, stage in documents_required
	not name in documents
	not checks.succeeded(stage)
}

needed["patch.applies"] := "patch"

needed["patch.tree"] := "patch"

needed["agent.recorded"] := "agent" if checks.agent_used

problems contains sprintf("%s missing", [name]) if {
	is_object(input.provenance)
	some name, stage in documents_required
	not name in documents
	checks.succeeded(stage)
}

problems contains sprintf("%v carries another root", [document.name]) if {
	some document in input.provenance.documents
	not same_root(document)
}

same_root(document) if document.evidenceRoot == input.evidenceRoot

problems contains sprintf("%s %s%s: %s", [finding.rule, finding.document, finding.pointer, finding.message]) if {
	some finding in input.provenance.findings
}

problems contains "findings missing" if not is_array(input.provenance.findings)

problems contains "documents contradict the record" if count(input.provenance.findings) > 0

problems contains "provenance not signed" if not input.provenance.signed == true

problems contains text if some text in modes.unreadable

reasons contains "prov_ok" if count(denials) == 0

reasons contains "slsa_ok" if {
	input.provenance.signed == true
	"attestations/provenance.dsse.json" in documents
}
