namespace Kfm.Agent.Autonomy;

/// <summary>The approvals that count, those that do not, and the roles that are still missing.</summary>
/// <param name="Granted">The approvals that count, one for each role, in the order of the roles' names.</param>
/// <param name="Missing">The required roles without an approval, ordinal order.</param>
/// <param name="Refused">The approvals that do not count.</param>
public sealed record ApprovalCount(
    IReadOnlyList<ApprovalStatement> Granted,
    IReadOnlyList<string> Missing,
    IReadOnlyList<ApprovalRefusal> Refused)
{
    /// <summary>By what each approval that counts is known.</summary>
    internal IReadOnlyDictionary<ApprovalStatement, string> Sources { get; init; } = new Dictionary<ApprovalStatement, string>();

    /// <summary>By what an approval is known: a signature, a key of SSH, or a review on GitHub for which the pipeline vouches.</summary>
    /// <param name="approval">One of <see cref="Granted"/>.</param>
    public string By(ApprovalStatement approval) => Sources.GetValueOrDefault(approval, "signed");
}
