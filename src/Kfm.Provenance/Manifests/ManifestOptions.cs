namespace Kfm.Provenance.Manifests;

/// <summary>How a folder or an archive is read into a manifest, a list of sums or a git tree. None of it but <see cref="Ignore"/> changes the result.</summary>
public sealed class ManifestOptions
{
    /// <summary>What is left out; nothing when null.</summary>
    public IgnoreRules? Ignore { get; init; }

    /// <summary>How many files are read at once, from 1; as many as the process has processors when 0.</summary>
    public int Parallelism { get; init; }

    /// <summary>Stops the reading.</summary>
    public CancellationToken CancellationToken { get; init; }

    internal static ManifestOptions Default { get; } = new();

    internal int Workers => Parallelism > 0 ? Parallelism : Environment.ProcessorCount;
}
