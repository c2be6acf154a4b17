using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Bundles;

/// <summary>Reads evidence.json while stages still add to it, and after.</summary>
internal static class OpenLayer
{
    /// <summary>The facts of the open layer, or of layer 1 when it was frozen.</summary>
    /// <exception cref="BundleException">The gate has decided; a decided bundle takes no more facts.</exception>
    public static EvidenceBuilder Read(RunBundle bundle)
    {
        var bytes = bundle.Bytes(BundleFiles.Evidence);
        try
        {
            return EvidenceBuilder.Load(bytes);
        }
        catch (EvidenceFormatException) when (Frozen(bytes) is { } graph)
        {
            return new EvidenceBuilder().Add(graph.Facts.Facts);
        }
    }

    /// <summary>The frozen record of a bundle.</summary>
    /// <exception cref="BundleException">The layer is still open.</exception>
    public static EvidenceGraph Graph(RunBundle bundle) =>
        Frozen(bundle.Bytes(BundleFiles.Evidence)) ?? throw new BundleException("evidence.json is still open; run the provenance stage first.");

    private static EvidenceGraph? Frozen(byte[] bytes)
    {
        try
        {
            return EvidenceGraph.Parse(bytes);
        }
        catch (EvidenceFormatException)
        {
            return null;
        }
    }
}
