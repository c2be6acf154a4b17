package kfm.lineage_test

import rego.v1

import data.kfm.fixture
import data.kfm.lineage

test_whole_record_passes if {
	lineage.denials == set() with input as fixture.allowed
	lineage.reasons == {"prov_ok", "slsa_ok"} with input as fixture.allowed
}

test_stage_that_is_missing_is_told if {
	context := fixture.changed("stages", object.remove(fixture.allowed.stages, {"patch"}))
	"stage patch missing" in lineage.denials with input as context
}

test_nothing_built_has_no_provenance_of_a_build if {
	provenance := object.union(fixture.allowed.provenance, {"documents": [document |
		some document in fixture.allowed.provenance.documents
		document.name != "attestations/provenance.dsse.json"
	]})
	lineage.denials == set() with input as object.union(fixture.unbuilt, {"provenance": provenance})
	lineage.denials == {"attestations/provenance.dsse.json missing"} with input as object.union(fixture.allowed, {"provenance": provenance})
}

test_pack_that_cannot_be_read_denies if {
	denials := lineage.denials with input as fixture.allowed with data.kfm.packs.security as {}
	denials == {"pack security unreadable"}
}
