namespace Kfm.Agent.Previews;

/// <summary>How a command of a tree ended.</summary>
/// <param name="Failure">Why it failed, in one line without times and paths of the machine; null when it did not.</param>
/// <param name="LogTail">The end of what it printed.</param>
/// <param name="Ran">Whether it ran at all.</param>
internal sealed record StepOutcome(string? Failure, string LogTail, bool Ran = true)
{
    /// <summary>There was nothing to run.</summary>
    public static StepOutcome Nothing { get; } = new(null, "", Ran: false);

    /// <summary>The same end, with the step that failed named first.</summary>
    public StepOutcome In(string step) => Failure is null ? this : this with { Failure = $"{step}: {Failure}" };
}
