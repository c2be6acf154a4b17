# Reading of the context. A check that is not there has not passed, and what cannot be read denies.
package kfm.checks

import future.keywords.not
import rego.v1

# The stages of the record in the order of their runs.
stage_order := ["intent", "design", "agent", "patch", "build", "qa"]

stage_index := {stage: i | some i, stage in stage_order}

# The stages without which nothing is known of a proposal.
stages_required := {"intent", "patch", "build", "qa"}

# The gate that a check belongs to; every other check belongs to ops.
owners := {
	"agent.recorded": "lineage", "architecture": "contract", "autonomy.halt": "autonomy", "build.locked": "security", "contract": "contract", "complexity": "contract",
	"consent": "ethics", "coverage": "contract", "credentials": "security", "data": "data_quality",
	"design.reviewed": "autonomy", "egress.allowed": "security", "endpoints": "security",
	"ethics.labels": "ethics", "injection.patch": "security", "injection.prompt": "security", "lint": "contract", "patch.applies": "lineage", "patch.tree": "lineage", "sbom.complete": "security",
	"tests": "contract",
}

default owner(_) := "ops"

owner(name) := owners[kind_of(name)] if not startswith(name, "secrets.")

owner(name) := "security" if startswith(name, "secrets.")

# The part before the colon: "contract" of "contract:data/a.csv".
kind_of(name) := split(name, ":")[0]

of_kind(kind) := {name |
	some name, _ in input.checks
	kind_of(name) == kind
}

ran(stage) if input.stages[stage].outcome in {"succeeded", "failed"}

succeeded(stage) if input.stages[stage].outcome == "succeeded"

failed(stage) if input.stages[stage].outcome == "failed"

passed(name) if input.checks[name].status == "passed"

broken(name) if input.checks[name].status in {"failed", "error"}

# The stage ran and says that the configuration gives it nothing to do.
# A check of a stage that did not run, because an earlier one failed, is not one of these.
not_configured(name) if {
	input.checks[name].status == "skipped"
	ran(input.checks[name].stage)
}

outcome(name) := sprintf("%s %s: %s", [name, input.checks[name].status, input.checks[name].detail]) if {
	is_string(input.checks[name].detail)
}

outcome(name) := sprintf("%s %v", [name, input.checks[name].status]) if {
	not is_string(input.checks[name].detail)
}

# What a gate has against a proposal: the causes, and only where it has none of its own, the stage that kept it from looking.
# needed: the checks that must have passed, each with its stage. stages: further stages that had to run.
explained(gate, problems, needed, stages) := problems | failures(gate) | unmet(needed) if {
	count(problems | failures(gate) | unmet(needed)) > 0
} else := {consequence(min({stage_index[stage] | some stage in blocked(needed) | stages}))} if {
	count(blocked(needed) | stages) > 0
} else := set()

# A check that failed or could not run denies, whether or not a gate needs it.
failures(gate) := {outcome(name) |
	some name, _ in input.checks
	broken(name)
	owner(name) == gate
}

unmet(needed) := {lack(name) |
	some name, stage in needed
	not passed(name)
	not out_of_reach(stage, name)
}

lack(name) := outcome(name) if input.checks[name]

lack(name) := sprintf("%s missing", [name]) if not input.checks[name]

blocked(needed) := {stage |
	some name, stage in needed
	not passed(name)
	out_of_reach(stage, name)
}

# Nobody could have made the check: its stage did not run, or failed before it.
out_of_reach(stage, _) if not ran(stage)

out_of_reach(stage, name) if {
	failed(stage)
	not input.checks[name]
}

# The first stage that failed is the cause of what did not happen in it and after it.
consequence(index) := sprintf("not evaluated, %s failed", [failed_by(index)[0]]) if {
	count(failed_by(index)) > 0
} else := sprintf("not evaluated, %s did not run", [stage_order[index]])

failed_by(index) := [stage |
	some i, stage in stage_order
	i <= index
	failed(stage)
]

labels(name) := object.get(object.get(input, "labels", {}), name, [])

# Whether a file with this end is changed, added or taken away.
changes(extension) if {
	some path in labels("patch.path")
	endswith(lower(path), concat("", [".", extension]))
}

# Whether a model took part. A patch that was given as a file, or a branch, has no model behind it that we know of.
agent_used if {
	some actor in input.actors
	actor.kind == "ai"
}

agent_used if input.checks["secrets.prompt"]

# What has not the form that this file reads.
unreadable contains sprintf("%s unreadable", [member]) if {
	some member in {"stages", "checks", "labels", "measures", "provenance"}
	not is_object(input[member])
}

unreadable contains "evidenceRoot unreadable" if not is_string(input.evidenceRoot)

unreadable contains "actors unreadable" if not readable_actors

readable_actors if {
	is_array(input.actors)
	every actor in input.actors {
		actor.kind in {"ai", "human", "software"}
	}
}

unreadable contains sprintf("stage %v unreadable", [stage]) if {
	some stage, _ in input.stages
	not input.stages[stage].outcome in {"succeeded", "failed", "skipped"}
}

unreadable contains sprintf("check %v unreadable", [name]) if {
	some name, check in input.checks
	not readable_check(check)
}

readable_check(check) if {
	check.status in {"passed", "failed", "error", "skipped"}
	check.stage in stage_order
}

unreadable contains sprintf("measure %v unreadable", [name]) if {
	some name, measure in input.measures
	not is_number(measure.value)
}

unreadable contains sprintf("label %v unreadable", [name]) if {
	some name, values in input.labels
	not texts(values)
}

texts(values) if {
	is_array(values)
	every value in values {
		is_string(value)
	}
}
