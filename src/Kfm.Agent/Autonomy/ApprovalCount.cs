namespace Kfm.Agent.Autonomy;

/// <summary>The approvals that count, those that do not, and the roles that are still missing.</summary>
/// <param name="Granted">The approvals that count, one for each role, in the order of the roles' names.</param>
/// <param name="Missing">The required roles without an approval, ordinal order.</param>
/// <param name="Refused">The approvals that do not count.</param>
public sealed record ApprovalCount(
    IReadOnlyList<ApprovalStatement> Granted,
    IReadOnlyList<string> Missing,
    IReadOnlyList<ApprovalRefusal> Refused);
