namespace Kfm.Provenance.Tuf;

/// <summary>Limits and switches of a <see cref="TufClient"/>; the defaults are those that the specification's reference client uses.</summary>
public sealed class TufOptions
{
    /// <summary>How many newer versions of root one update may walk through; 256 unless said.</summary>
    public int MaxRootRotations { get; init; } = 256;

    /// <summary>How many delegated roles one search may visit; 32 unless said.</summary>
    public int MaxDelegations { get; init; } = 32;

    /// <summary>The largest root, in bytes; 512,000 unless said.</summary>
    public int MaxRootBytes { get; init; } = 512_000;

    /// <summary>The largest timestamp, in bytes; 16,384 unless said.</summary>
    public int MaxTimestampBytes { get; init; } = 16_384;

    /// <summary>The largest snapshot whose length timestamp does not name, in bytes; 2,000,000 unless said.</summary>
    public int MaxSnapshotBytes { get; init; } = 2_000_000;

    /// <summary>The largest targets metadata whose length snapshot does not name, in bytes; 5,000,000 unless said.</summary>
    public int MaxTargetsBytes { get; init; } = 5_000_000;

    /// <summary>The largest target, in bytes; 256 MiB unless said. A target is held in memory until its hash is known to be right.</summary>
    public int MaxTargetFileBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>Whether a repository with consistent snapshots puts the hash before the file name of a target; true unless said.</summary>
    public bool PrefixTargetsWithHash { get; init; } = true;

    /// <summary>
    /// Whether metadata that has expired is used all the same; false unless said. For work without a network over years: who sets it gives up
    /// the protection against a freeze attack, and keeps all others.
    /// </summary>
    public bool AllowExpired { get; init; }
}
