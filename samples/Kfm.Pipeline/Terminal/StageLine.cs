namespace Kfm.Pipeline.Terminal;

/// <summary>What is told of a stage when it has ended.</summary>
/// <param name="Name">The name of the stage.</param>
/// <param name="Outcome">How it ended: <c>ok</c>, <c>failed</c> or <c>skipped</c>.</param>
/// <param name="Wall">The time that it took.</param>
/// <param name="Own">The part of it in which no child process ran.</param>
/// <param name="Detail">What it found, in one line.</param>
internal sealed record StageLine(string Name, string Outcome, TimeSpan Wall, TimeSpan Own, string Detail);
