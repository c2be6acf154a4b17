using Kfm.Gates.Decisions;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Bundles;

/// <summary>What the documents of the gate say about the record, for the consistency gate.</summary>
internal static class GateDocuments
{
    public static IReadOnlyList<DocumentFacts> Of(RunBundle bundle) =>
    [
        GateContext.Parse(bundle.Bytes(BundleFiles.Context)).ToDocumentFacts(),
        Decision.Parse(bundle.Bytes(BundleFiles.Decision)).ToDocumentFacts(),
    ];
}
