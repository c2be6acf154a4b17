namespace Kfm.Provenance.Sigstore.Bundles;

/// <summary>An entry of a transparency log with its proofs (sigstore_rekor.proto, TransparencyLogEntry).</summary>
internal sealed record LogEntry
{
    public required long LogIndex { get; init; }

    public required byte[] LogId { get; init; }

    public required string Kind { get; init; }

    public required string Version { get; init; }

    /// <summary>Seconds since 1970 by the log's clock; 0 when there is none, as in Rekor v2.</summary>
    public required long IntegratedTime { get; init; }

    /// <summary>The log's signature over body, time, id and index; null when there is none.</summary>
    public required byte[]? Promise { get; init; }

    public required InclusionProof? Proof { get; init; }

    /// <summary>The canonical JSON that is the leaf of the log.</summary>
    public required byte[] Body { get; init; }

    /// <summary>The kinds of Rekor v2 have the version 0.0.2, except for intoto, which only Rekor v1 has.</summary>
    public bool IsRekorV2 => Version is "0.0.2" && Kind is not "intoto";
}
