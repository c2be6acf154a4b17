namespace Kfm.Gates.Scanning;

/// <summary>How texts are scanned.</summary>
public sealed record SecretScanOptions
{
    /// <summary>
    /// Whether a line with <c>kfm:allow-secret</c> is passed over. Default: false. Only for files of the base commit: the added lines of
    /// a patch never allow themselves.
    /// </summary>
    public bool HonourAllowComments { get; init; }

    /// <summary>The longest text, in UTF-16 units. Default: 64 Mi.</summary>
    public int MaxLength { get; init; } = 64 * 1024 * 1024;

    /// <summary>The most findings in one result. Default: 1000.</summary>
    public int MaxFindings { get; init; } = 1_000;
}
