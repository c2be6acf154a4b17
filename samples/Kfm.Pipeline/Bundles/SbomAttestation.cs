using Kfm.Provenance.Evidence;
using Kfm.Provenance.InToto;
using Kfm.Provenance.InToto.Predicates;
using Kfm.Provenance.Signing;

namespace Kfm.Pipeline.Bundles;

/// <summary>
/// The bill of materials as a signed statement about what was built (in-toto predicate https://cyclonedx.org/bom), so that one who has an artifact
/// and this file needs no bundle. It is made from record and bill, and holds no fact of its own.
/// </summary>
internal static class SbomAttestation
{
    /// <summary>Writes the envelope where there is a bill and something was built.</summary>
    public static void Write(RunBundle bundle, EvidenceGraph graph, SigningKey key)
    {
        if (Payload(bundle, graph) is { } payload)
        {
            bundle.Write(BundleFiles.SbomStatement, DsseEnvelope.Sign(Statement.PayloadType, payload, key).ToJson());
        }
    }

    /// <summary>The one payload that record and bill give; null when there is nothing to attest.</summary>
    /// <exception cref="InTotoFormatException">The bill is not a JSON object.</exception>
    public static byte[]? Payload(RunBundle bundle, EvidenceGraph graph)
    {
        var outputs = graph.Facts.Artifacts
            .Where(a => a.Role == ArtifactRole.Output)
            .OrderBy(a => a.Name, StringComparer.Ordinal)
            .Select(a => ResourceDescriptor.Of(a.Name, a.Digest))
            .ToList();
        return outputs.Count > 0 && bundle.Has(BundleFiles.Sbom)
            ? new Statement(outputs, BillOfMaterials.CycloneDxType, bundle.Bytes(BundleFiles.Sbom)).ToPayload()
            : null;
    }
}
