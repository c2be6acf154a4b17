# Reading of checks and stages. A check that is not there has not passed.
package kfm.checks

import rego.v1

ran(stage) if input.stages[stage].outcome in {"succeeded", "failed"}

succeeded(stage) if input.stages[stage].outcome == "succeeded"

passed(name) if input.checks[name].status == "passed"

# The stage ran and says that the configuration gives it nothing to do.
# A check of a stage that did not run, because an earlier one failed, is not one of these.
not_configured(name) if {
	input.checks[name].status == "skipped"
	ran(input.checks[name].stage)
}

# Why a check that a gate needs has not passed. There is always a reason, also for a check of a wrong shape.
default problem(_, _) := "check unreadable"

problem(stage, _) := sprintf("%s did not run", [stage]) if not ran(stage)

problem(stage, name) := sprintf("%s missing", [name]) if {
	succeeded(stage)
	not input.checks[name]
}

problem(stage, name) := sprintf("%s missing, %s failed", [name, stage]) if {
	input.stages[stage].outcome == "failed"
	not input.checks[name]
}

problem(stage, name) := outcome(name) if {
	ran(stage)
	input.checks[name]
	not passed(name)
}

outcome(name) := sprintf("%s %s: %s", [name, input.checks[name].status, input.checks[name].detail]) if {
	is_string(input.checks[name].detail)
}

outcome(name) := sprintf("%s %s", [name, input.checks[name].status]) if {
	not is_string(input.checks[name].detail)
}

# The names of checks of one kind: the kind alone, or the kind, a colon and a path.
of_kind(kind) := {name |
	some name, _ in input.checks
	split(name, ":")[0] == kind
}

labels(name) := object.get(object.get(input, "labels", {}), name, [])

# Whether a model took part. A patch that was given as a file, or a branch, has no model behind it that we know of.
agent_used if {
	some actor in input.actors
	actor.kind == "ai"
}

agent_used if input.checks["secrets.prompt"]
