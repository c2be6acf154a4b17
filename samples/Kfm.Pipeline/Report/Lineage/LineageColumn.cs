using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Report.Lineage;

/// <summary>A run of the picture with what stands around it.</summary>
/// <param name="Run">The run.</param>
/// <param name="Outcome">How it ended; of the gate the verdict.</param>
internal sealed record LineageColumn(Run Run, string Outcome)
{
    /// <summary>Who or what bore responsibility.</summary>
    public required IReadOnlyList<LineageItem> Actors { get; init; }

    /// <summary>What it read that came from outside.</summary>
    public required IReadOnlyList<LineageItem> Materials { get; init; }

    /// <summary>What it read that an earlier run wrote.</summary>
    public required IReadOnlyList<LineageItem> Earlier { get; init; }

    /// <summary>What it wrote.</summary>
    public required IReadOnlyList<LineageItem> Wrote { get; init; }

    /// <summary>The name of the stage, with the attempt when it is not the first.</summary>
    public string Name => Run.Key.ToString() is var key && key.EndsWith("#1", StringComparison.Ordinal) ? key[..^2] : key;
}
