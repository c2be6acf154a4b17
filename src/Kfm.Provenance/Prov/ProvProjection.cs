using Kfm.Provenance.Evidence;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.Prov;

/// <summary>
/// The whole record as a PROV-O bundle in JSON-LD 1.1 with an inline context: a run is a <c>prov:Activity</c> (<c>urn:uuid:</c> and the run id), a
/// content a <c>prov:Entity</c> (<c>urn:kfm:sha256:…</c>), an actor a <c>prov:Agent</c>, the decision an entity that the gate generated.
/// </summary>
/// <remarks>
/// Qualified relations are nodes with the IRI <c>urn:kfm:fact:</c> and the SHA-256 of the RFC 8785 form of their fact, so the graph has no blank
/// nodes. Reading takes only what writing makes; any other JSON-LD, also of the same meaning, is refused at its place.
/// </remarks>
public sealed class ProvProjection : Projection
{
    /// <inheritdoc/>
    public override string Name => "prov/run.jsonld";

    private protected override DocumentFraming Framing => DocumentFraming.File;

    private protected override bool AppliesTo(FactSet facts) => true;

    private protected override IEnumerable<Fact> Carried(FactSet facts) => facts.Facts;

    private protected override IReadOnlyList<byte[]> Write(FactSet facts) => [FactJson.Canonical(new ProvWriter(facts).Bundle())];

    private protected override void Read(IReadOnlyList<JsonCursor> parts, Claims claims) => new ProvReader(parts[0], claims).Read();

    private protected override KfmException Error(string message, string pointer) => new ProvFormatException(message, pointer);
}
