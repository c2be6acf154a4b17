using Kfm.Provenance.Evidence;

namespace Kfm.Agent.PullRequests.GitHub;

/// <summary>What the commit status says of a judged head. A protected branch that requires <see cref="Context"/> takes the head only after <c>success</c>.</summary>
/// <param name="State">What it says.</param>
/// <param name="Description">Why, in one line.</param>
public sealed record GateStatus(GitHubStatusState State, string Description)
{
    /// <summary>The name of the status.</summary>
    public const string Context = "kfm/gate";

    /// <summary>Before the gate has decided.</summary>
    public static GateStatus Running { get; } = new(GitHubStatusState.Pending, "the gate has not decided yet");

    /// <summary>After the gate has decided. Success needs a verified bundle whose verdict is allow, or whose approvals are all there.</summary>
    /// <param name="effective">What a verification of the bundle says that holds now; null where nobody vouches for the bundle.</param>
    /// <param name="missing">The roles whose approval is missing.</param>
    /// <param name="cause">The first cause of a denial, or null.</param>
    public static GateStatus Of(Verdict? effective, IReadOnlyList<string> missing, string? cause)
    {
        ArgumentNullException.ThrowIfNull(missing);
        return effective switch
        {
            null => new(GitHubStatusState.Error, "the bundle does not verify, so nothing is said of this commit"),
            Verdict.Allow when missing.Count == 0 => new(GitHubStatusState.Success, "allow: nothing is missing"),
            Verdict.Allow or Verdict.Review => new(GitHubStatusState.Pending, "review: " + (missing.Count == 0 ? "a review is missing" : "approval missing: " + string.Join(", ", missing))),
            _ => new(GitHubStatusState.Failure, GitHubText.Line("deny: " + (cause ?? "a gate denied"))),
        };
    }
}
