package kfm.performance_test

import future.keywords.not
import rego.v1

import data.kfm.fixture
import data.kfm.performance

artifact(name, size) := {"id": concat("", ["urn:kfm:sha256:", name]), "name": name, "role": "output", "size": size}

built := object.union(fixture.allowed, {"artifacts": [
	artifact("artifacts/packages/a.1.0.0.nupkg", 1000),
	artifact("artifacts/packages/b.1.0.0.nupkg", 2000),
	artifact("manifest.json", 9000),
	{"id": "x", "name": "artifacts/packages/c.nupkg", "role": "source", "size": 9000},
]})

none := {"mode": "enforce", "results": [], "budgets": []}

pack(budgets) := {"rules": {"size": {"mode": "enforce", "budgets": budgets}, "latency": none, "memory": none}}

test_artifact_within_its_budget_passes if {
	budgets := pack([{"path": "packages/*.nupkg", "maximumBytes": 2000, "maximumTotalBytes": 3000}])
	performance.denials == set() with input as built with data.kfm.packs.performance as budgets
	"size_ok" in performance.reasons with input as built with data.kfm.packs.performance as budgets
}

test_artifact_above_its_budget_denies if {
	budgets := pack([{"path": "packages/*.nupkg", "maximumBytes": 1999}, {"path": "**/*.nupkg", "maximumBytes": 5000, "maximumTotalBytes": 2999}])
	performance.denials == {
		"packages/b.1.0.0.nupkg has 2000 bytes, above 1999",
		"**/*.nupkg has 3000 bytes in all, above 2999",
	} with input as built
		with data.kfm.packs.performance as budgets
	reasons := performance.reasons with input as built with data.kfm.packs.performance as budgets
	not "size_ok" in reasons
}

test_budget_that_matches_nothing_is_told if {
	budgets := pack([{"path": "bin/*.dll", "maximumBytes": 1}])
	performance.denials == {"no artifact matches the budget of bin/*.dll"} with input as built with data.kfm.packs.performance as budgets
	performance.denials == set() with input as fixture.unbuilt with data.kfm.packs.performance as budgets
}

test_no_budget_is_said if {
	performance.denials == set() with input as built
	performance.reasons == {"latency_not_configured", "memory_not_configured", "size_not_configured"} with input as built
}

benched := object.union(fixture.allowed, {
	"checks": {"benchmarks": fixture.check("qa")},
	"measures": {
		"latency:Parser.Read(size: 10)": {"stage": "qa", "value": 900, "unit": "ns"},
		"memory:Parser.Read(size: 10)": {"stage": "qa", "value": 64, "unit": "B"},
	},
})

timed(latency, memory) := {"rules": {
	"size": {"mode": "enforce", "budgets": []},
	"latency": {"mode": "enforce", "results": ["a.json"], "budgets": latency},
	"memory": {"mode": "enforce", "budgets": memory},
}}

within := timed([{"benchmark": "Parser.*", "maximum": 900}], [{"benchmark": "*", "maximum": 64}])

test_benchmark_within_its_budget_passes if {
	performance.denials == set() with input as benched with data.kfm.packs.performance as within
	reasons := performance.reasons with input as benched with data.kfm.packs.performance as within
	{"latency_ok", "memory_ok"} & reasons == {"latency_ok", "memory_ok"}
	performance.needed == {"benchmarks": "qa"} with data.kfm.packs.performance as within
	performance.needed == {}
}

test_benchmark_above_its_budget_denies if {
	budgets := timed([{"benchmark": "Parser.*", "maximum": 899}], [{"benchmark": "Parser.*", "maximum": 63}])
	performance.denials == {
		"Parser.Read(size: 10) takes 900 ns, above 899",
		"Parser.Read(size: 10) takes 64 bytes, above 63",
	} with input as benched
		with data.kfm.packs.performance as budgets
}

test_budget_of_no_benchmark_is_told if {
	budgets := timed([{"benchmark": "Writer.*", "maximum": 1}], [])
	performance.denials == {"no benchmark matches the latency budget of Writer.*"} with input as benched with data.kfm.packs.performance as budgets
}
