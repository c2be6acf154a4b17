# How sure a model says it is of its own proposal, and which models were tried before it.
package kfm.confidence

import future.keywords.not
import rego.v1

import data.kfm.checks

# Below this the model itself would not merge its proposal unread.
minimum := 0.7

value := input.measures["agent.confidence"].value

problems contains sprintf("agent.confidence %v below %v", [value, minimum]) if value < minimum

problems contains sprintf("agent.confidence %v above 1", [value]) if {
	is_number(value)
	value > 1
}

reasons contains "confidence_ok" if {
	value >= minimum
	value <= 1
}

reasons contains sprintf("model_fallback: %s", [text]) if some text in checks.labels("agent.fallback")
