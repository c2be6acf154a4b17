namespace Kfm.Provenance.Evidence;

/// <summary>A stage ran.</summary>
/// <param name="Key">The stage and attempt.</param>
/// <param name="Started">When it started, UTC, whole milliseconds.</param>
/// <param name="Ended">When it ended, UTC, whole milliseconds; not before <paramref name="Started"/>.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Parent">The run that it is a part of, or null.</param>
public sealed record Run(RunKey Key, DateTimeOffset Started, DateTimeOffset Ended, RunOutcome Outcome, RunKey? Parent = null) : Fact;
