# Which findings deny and which only warn, by the packs. What nobody may lower is named here, whatever a pack says.
package kfm.modes

import future.keywords.not
import rego.v1

packs := {"architecture", "licensing", "performance", "quality", "security"}

# A pack that cannot be read has no limits: without it nothing is allowed.
unreadable contains sprintf("pack %s unreadable", [pack]) if {
	some pack in packs
	not is_object(data.kfm.packs[pack].rules)
}

# The only gates that a pack may lower. Secrets stand behind security, provenance behind lineage, sovereignty behind ethics.
lowerable := {"contract", "data_quality", "ops"}

lowered(gate) if {
	gate in lowerable
	data.kfm.packs.quality.gates[gate] == "warn"
}

fixed := {"consent", "provenance", "secrets", "sovereignty"}

warned(pack, rule) if {
	not rule in fixed
	data.kfm.packs[pack].rules[rule].mode == "warn"
}

# Of findings, rule to texts, those that deny.
denials(pack, findings) := {text |
	some rule, texts in findings
	not warned(pack, rule)
	some text in texts
}

# And those that are only told.
warnings(pack, findings) := {text |
	some rule, texts in findings
	warned(pack, rule)
	some text in texts
}
