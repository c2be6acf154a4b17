using Kfm.Agent.Autonomy;

namespace Kfm.Agent.Designs;

/// <summary>The design reviews that count, those that do not, and what is still missing.</summary>
/// <param name="Granted">The reviews that count, one for each role, with the names of their files, in the order of the roles' names.</param>
/// <param name="Missing">What is missing, in words (<c>manager or security</c>); empty when the design is reviewed or needs no review.</param>
/// <param name="Refused">The reviews that do not count.</param>
public sealed record DesignReviewCount(
    IReadOnlyList<(string Name, DesignReviewStatement Statement)> Granted,
    IReadOnlyList<string> Missing,
    IReadOnlyList<ApprovalRefusal> Refused)
{
    /// <summary>Whether nothing is missing.</summary>
    public bool IsReviewed => Missing.Count == 0;
}
