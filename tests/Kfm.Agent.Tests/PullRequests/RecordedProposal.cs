using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;

namespace Kfm.Agent.Tests.PullRequests;

/// <summary>A small record with a decision, whose texts a test chooses.</summary>
internal sealed record RecordedProposal(Verdict Verdict, string[] Reasons)
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    /// <summary>The checks of the record.</summary>
    public IReadOnlyList<Tested> Checks { get; init; } = [];

    /// <summary>Labels and measures.</summary>
    public IReadOnlyList<Fact> Facts { get; init; } = [];

    /// <summary>The number of the pull request, or null.</summary>
    public string? PullRequest { get; init; }

    /// <summary>The bytes that stand for decision.json.</summary>
    public byte[] DecisionBytes { get; init; } = "decision"u8.ToArray();

    /// <summary>A check.</summary>
    public static Tested Check(Stage stage, string name, CheckStatus status, string? detail = null) => new(new RunKey(stage), name, status, detail);

    /// <summary>A label.</summary>
    public static Labelled Label(Stage stage, string name, string value) => new(new RunKey(stage), name, value);

    /// <summary>A number.</summary>
    public static Measured Measure(Stage stage, string metric, double value) => new(new RunKey(stage), metric, value, "1");

    /// <summary>The record with both layers.</summary>
    public EvidenceGraph Graph()
    {
        var builder = new EvidenceBuilder();
        foreach (var stage in Enum.GetValues<Stage>().Where(s => s < Stage.Gate))
        {
            builder.Add(new Run(new RunKey(stage), Start, Start.AddSeconds(1), RunOutcome.Succeeded));
        }

        var trace = new Trace("https://example.org/repo", new string('a', 40), new string('b', 40), PullRequest, "run-1", 1, Digest.Of("policies"u8));
        return builder.Add(Checks).Add(Facts).Freeze(trace).Extend([
            new Run(new RunKey(Stage.Gate), Start, Start.AddSeconds(2), RunOutcome.Succeeded),
            new Decided(
                new RunKey(Stage.Gate), Digest.Of(DecisionBytes), Digest.Of("context"u8), Digest.Of("policies"u8), Verdict,
                [.. Reasons.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]),
        ]);
    }
}
