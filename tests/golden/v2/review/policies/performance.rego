# What the change costs, by the budgets of the performance pack: sizes of artifacts, means of benchmarks, what they allocate.
package kfm.performance

import future.keywords.not
import rego.v1

import data.kfm.checks
import data.kfm.modes

rules := data.kfm.packs.performance.rules

denials := modes.denials("performance", findings)

warnings := modes.warnings("performance", findings)

outputs[name] := artifact.size if {
	some artifact in input.artifacts
	artifact.role == "output"
	startswith(artifact.name, "artifacts/")
	name := substring(artifact.name, count("artifacts/"), -1)
}

under(budget) := {name: size |
	some name, size in outputs
	some pattern in patterns(budget.path)
	glob.match(pattern, ["/"], name)
}

# Any folders are also none.
patterns(path) := {path, replace(path, "**/", "")}

findings.size contains sprintf("%s has %v bytes, above %v", [name, size, budget.maximumBytes]) if {
	some budget in rules.size.budgets
	some name, size in under(budget)
	size > budget.maximumBytes
}

findings.size contains sprintf("%s has %v bytes in all, above %v", [budget.path, total, budget.maximumTotalBytes]) if {
	some budget in rules.size.budgets
	total := sum([size | some size in under(budget)])
	total > budget.maximumTotalBytes
}

# A budget over nothing would hold for ever.
findings.size contains sprintf("no artifact matches the budget of %s", [budget.path]) if {
	not checks.not_configured("build.succeeded")
	checks.succeeded("build")
	some budget in rules.size.budgets
	count(under(budget)) == 0
}

units := {"latency": "ns", "memory": "bytes"}

# Results that are declared must have been read.
needed["benchmarks"] := "qa" if count(rules.latency.results) > 0

measured(kind) := {name: measure.value |
	some metric, measure in input.measures
	startswith(metric, concat("", [kind, ":"]))
	name := substring(metric, count(kind) + 1, -1)
}

of(kind, budget) := {name: value |
	some name, value in measured(kind)
	glob.match(budget.benchmark, null, name)
}

findings[kind] contains sprintf("%s takes %v %s, above %v", [name, value, unit, budget.maximum]) if {
	some kind, unit in units
	some budget in rules[kind].budgets
	some name, value in of(kind, budget)
	value > budget.maximum
}

findings[kind] contains sprintf("no benchmark matches the %s budget of %s", [kind, budget.benchmark]) if {
	some kind, _ in units
	checks.succeeded("qa")
	some budget in rules[kind].budgets
	count(of(kind, budget)) == 0
}

reasons contains sprintf("%s_ok", [kind]) if {
	some kind, _ in units
	count(rules[kind].budgets) > 0
	checks.passed("benchmarks")
	count(object.get(findings, kind, set())) == 0
}

reasons contains sprintf("%s_not_configured", [kind]) if {
	some kind, _ in units
	checks.succeeded("qa")
	count(rules[kind].budgets) == 0
}

reasons contains "size_ok" if {
	count(rules.size.budgets) > 0
	checks.succeeded("build")
	count(findings.size) == 0
}

reasons contains "size_not_configured" if {
	checks.succeeded("build")
	count(rules.size.budgets) == 0
}
