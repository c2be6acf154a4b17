using Kfm.Provenance.Evidence;
using Kfm.Provenance.InToto;
using Kfm.Provenance.Signing;

namespace Kfm.Pipeline.Bundles;

/// <summary>The documents that the record is written in: made from it, signed where their format asks for it, and read back.</summary>
internal static class BundleDocuments
{
    private const string Envelope = ".dsse.json";

    /// <summary>Writes every document that the record has something for.</summary>
    public static void Write(RunBundle bundle, EvidenceGraph graph, SigningKey key)
    {
        foreach (var projection in Projections.All.Where(p => p.Applies(graph)))
        {
            var document = projection.Project(graph);
            bundle.Write(projection.Name, IsEnvelope(projection.Name) ? DsseEnvelope.Sign(Statement.PayloadType, document, key).ToJson() : document);
        }
    }

    /// <summary>The documents of the bundle by name; of an envelope its payload, whoever signed it.</summary>
    /// <exception cref="DsseFormatException">An envelope cannot be read.</exception>
    public static IReadOnlyDictionary<string, byte[]> Read(RunBundle bundle) => Projections.All
        .Where(p => bundle.Has(p.Name))
        .ToDictionary(
            p => p.Name,
            p => IsEnvelope(p.Name) ? DsseEnvelope.Parse(bundle.Bytes(p.Name)).Payload.ToArray() : bundle.Bytes(p.Name),
            StringComparer.Ordinal);

    /// <summary>Whether a document is a signed statement.</summary>
    public static bool IsEnvelope(string name) => name.EndsWith(Envelope, StringComparison.Ordinal);
}
