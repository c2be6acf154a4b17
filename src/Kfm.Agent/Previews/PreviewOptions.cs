using Kfm.Agent.Configuration;

namespace Kfm.Agent.Previews;

/// <summary>What a preview builds, and under which conditions.</summary>
public sealed record PreviewOptions
{
    /// <summary>The configuration of the base commit.</summary>
    public required KfmSettings Settings { get; init; }

    /// <summary>Writes the tree of the head commit into an empty directory; it is called twice, the second time after the first has ended.</summary>
    public required Func<string, CancellationToken, Task> Checkout { get; init; }

    /// <summary>The source date epoch: seconds since 1970-01-01T00:00:00Z, the time of the base commit. Commands see it as SOURCE_DATE_EPOCH.</summary>
    public required long SourceDateEpoch { get; init; }

    /// <summary>The environment of the host. Commands see PATH of it and what the configuration allows.</summary>
    public required IReadOnlyDictionary<string, string> HostEnvironment { get; init; }

    /// <summary>An existing directory in which the preview makes one of its own, and removes it in the end.</summary>
    public required string ScratchRoot { get; init; }

    /// <summary>Absolute paths that commands must not read: signing keys, ledgers, state. The home of the host's user is hidden anyway.</summary>
    public IReadOnlyList<string> HiddenPaths { get; init; } = [];

    /// <summary>Absolute paths that commands may read although they lie in a hidden one.</summary>
    public IReadOnlyList<string> ReadOnlyPaths { get; init; } = [];

    /// <summary>The surroundings of the two builds.</summary>
    public VariationPlan Variations { get; init; } = VariationPlan.Default;
}
