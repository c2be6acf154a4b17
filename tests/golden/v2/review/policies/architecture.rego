# Layers and restricted imports, as the architecture pack draws them. The stage finds what crosses a line; the mode says what that means.
package kfm.architecture

import future.keywords.not
import rego.v1

import data.kfm.checks
import data.kfm.modes

rules := data.kfm.packs.architecture.rules

denials := modes.denials("architecture", findings)

warnings := modes.warnings("architecture", findings)

findings.layers contains text if some text in checks.labels("layers.breach")

findings.imports contains text if some text in checks.labels("imports.breach")

configured if count(rules.layers.layers) > 0

configured if count(rules.imports.restrictions) > 0

# Lines that are drawn must have been looked at.
needed["architecture"] := "qa" if configured

reasons contains "layers_ok" if {
	checks.passed("architecture")
	every _, texts in findings {
		count(texts) == 0
	}
}

reasons contains "layers_not_configured" if {
	checks.succeeded("qa")
	not configured
}
