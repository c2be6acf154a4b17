namespace Kfm.Gates.Rego;

/// <summary>Limits of bundles, and the keys that their signatures are checked with.</summary>
public sealed record PolicyBundleOptions
{
    /// <summary>The keys that are trusted, by id. With keys an unsigned bundle is refused; without them signatures are not looked at.</summary>
    public IReadOnlyDictionary<string, PolicyBundleKey> Keys { get; init; } = new Dictionary<string, PolicyBundleKey>(StringComparer.Ordinal);

    /// <summary>The key to use when the signature names none; null for none.</summary>
    public string? DefaultKey { get; init; }

    /// <summary>How many files a bundle may have. The default is 10,000.</summary>
    public int MaxFiles { get; init; } = 10_000;

    /// <summary>Bytes of one file. The default is 64 MiB.</summary>
    public long MaxFileBytes { get; init; } = 64L << 20;

    /// <summary>Bytes of all files, unpacked. The default is 256 MiB.</summary>
    public long MaxBytes { get; init; } = 256L << 20;

    /// <summary>Abandons the reading with <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken CancellationToken { get; init; }
}
