using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Stages;

/// <summary>How a stage ended.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Detail">What it found, in one line.</param>
internal sealed record StageResult(RunOutcome Outcome, string Detail)
{
    /// <summary>The stage did what it was to do.</summary>
    public static StageResult Ok(string detail) => new(RunOutcome.Succeeded, detail);

    /// <summary>The stage found a failure.</summary>
    public static StageResult Failed(string detail) => new(RunOutcome.Failed, detail);

    /// <summary>What a person must do before a model may be asked; null when nothing. The run stops there.</summary>
    public string? Awaits { get; init; }

    /// <summary>The word that is printed.</summary>
    public string Word => Outcome switch
    {
        RunOutcome.Succeeded => "ok",
        RunOutcome.Failed => "failed",
        _ => "skipped",
    };
}
