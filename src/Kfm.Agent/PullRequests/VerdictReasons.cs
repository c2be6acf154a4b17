using Kfm.Provenance.Evidence;

namespace Kfm.Agent.PullRequests;

/// <summary>The reasons of a decision in the order in which a person needs them: causes, what follows from them, what is missing, what passed.</summary>
/// <remarks>Everything here stands in the record; nothing is concluded, and no approval is ever said to be there.</remarks>
public sealed class VerdictReasons
{
    private const string Deny = "deny: ";
    private const string Review = "review: ";

    private VerdictReasons(EvidenceGraph graph, Decided decided)
    {
        FailedChecks = [.. graph.Facts.Of<Tested>()
            .Where(t => t.Status is CheckStatus.Failed or CheckStatus.Error)
            .OrderBy(t => t.Run.Stage).ThenBy(t => t.Status == CheckStatus.Error).ThenBy(t => t.Name, StringComparer.Ordinal)];
        Denials = Cut(decided, Deny);
        Missing = Cut(decided, Review);
        string[] rest = [.. decided.Reasons.Where(r => !r.StartsWith(Deny, StringComparison.Ordinal) && !r.StartsWith(Review, StringComparison.Ordinal))];
        Passed = [.. rest.Where(IsPassed)];
        Remarks = [.. rest.Where(r => !IsPassed(r))];
    }

    /// <summary>The checks that failed or could not run, by stage; within a stage those that failed come first.</summary>
    public IReadOnlyList<Tested> FailedChecks { get; }

    /// <summary>Why gates denied, without the prefix <c>deny: </c>, sorted.</summary>
    public IReadOnlyList<string> Denials { get; }

    /// <summary>What the policy still asks for, without the prefix <c>review: </c>, sorted.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>The reasons that end in <c>_ok</c>, sorted.</summary>
    public IReadOnlyList<string> Passed { get; }

    /// <summary>All other reasons, sorted.</summary>
    public IReadOnlyList<string> Remarks { get; }

    /// <summary>The earliest check that failed in one line, else the first denial; null where nothing was denied.</summary>
    public string? FirstCause => Denials.Count == 0 ? null : FailedChecks is [var check, ..] ? Text(check) : Denials[0];

    /// <summary>The reasons of the decision that the record holds.</summary>
    /// <param name="graph">The record with both layers.</param>
    /// <exception cref="InvalidOperationException">The record has no decision.</exception>
    public static VerdictReasons Of(EvidenceGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return new(graph, graph.Decision ?? throw new InvalidOperationException("The gate has not decided yet."));
    }

    /// <summary>A check in one line: its name, stage, result and detail.</summary>
    /// <param name="check">The check.</param>
    public static string Text(Tested check)
    {
        ArgumentNullException.ThrowIfNull(check);
        var result = check.Status switch
        {
            CheckStatus.Failed => "failed",
            CheckStatus.Error => "could not run",
            CheckStatus.Skipped => "was skipped",
            _ => "passed",
        };
        return $"{check.Name} {result} in {check.Run.Stage.ToString().ToLowerInvariant()}{(check.Detail is null ? "" : ": " + check.Detail)}";
    }

    private static bool IsPassed(string reason) => reason.EndsWith("_ok", StringComparison.Ordinal);

    private static string[] Cut(Decided decided, string prefix) =>
        [.. decided.Reasons.Where(r => r.StartsWith(prefix, StringComparison.Ordinal)).Select(r => r[prefix.Length..])];
}
