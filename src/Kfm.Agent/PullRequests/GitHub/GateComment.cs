using System.Text;
using Kfm.Provenance.Evidence;

namespace Kfm.Agent.PullRequests.GitHub;

/// <summary>The one comment that Kfm keeps on a pull request: what holds now, who approved, what is missing, and the payload for machines.</summary>
public sealed record GateComment
{
    /// <summary>What the comment begins with; it is found again by it.</summary>
    public const string Marker = "<!-- kfm:gate v1 -->";

    /// <summary>The status of the judged head.</summary>
    public required GateStatus Status { get; init; }

    /// <summary>What the gate decided.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The head that was judged.</summary>
    public required string Head { get; init; }

    /// <summary>The head at which the pull request stands now.</summary>
    public required string Present { get; init; }

    /// <summary>The approvals that count: role, person, and by what they are known.</summary>
    public IReadOnlyList<(string Role, string Person, string By)> Approvals { get; init; } = [];

    /// <summary>The roles whose approval is missing.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>The bytes of pr/comment.json.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>Whether something was pushed since the gate decided.</summary>
    public bool IsStale => !string.Equals(Head, Present, StringComparison.Ordinal);

    /// <summary>The comment as GitHub Flavored Markdown.</summary>
    public string Write()
    {
        var text = new MarkdownText();
        text.Line($"### `{GateStatus.Context}`: {(IsStale ? "stale" : Status.State.ToString().ToLowerInvariant())}").Line();
        if (IsStale)
        {
            text.Line($"**This is about {MarkdownText.Code(Head)}, and the pull request stands at {MarkdownText.Code(Present)}, which nobody has judged.** Approvals do not carry over; run the gate again.").Line();
        }

        text.Line($"- of {MarkdownText.Code(Head)}: {MarkdownText.Code(Status.Description)}");
        text.Line($"- verdict of the gate: **{Verdict.ToString().ToLowerInvariant()}**");
        foreach (var (role, person, by) in Approvals)
        {
            text.Line($"- approved as {MarkdownText.Code(role)} by {MarkdownText.Code(person)}, {MarkdownText.Code(by)}");
        }

        text.Values("approvals missing", Missing);
        var json = Encoding.UTF8.GetString(Payload.Span).TrimEnd('\n');
        text.Line().Line("<details><summary>For machines: pr/comment.json</summary>").Line().Line("```json").Line(VisibleText.Line(json)).Line("```").Line().Line("</details>");
        return GitHubText.Body(Marker, text.ToString());
    }
}
