namespace Kfm.Agent.Autonomy;

/// <summary>The roles in which a person can approve.</summary>
public static class ApprovalRoles
{
    /// <summary>Lead engineer: changes of medium risk.</summary>
    public const string Lead = "lead";

    /// <summary>Engineering manager: changes of high risk, together with <see cref="Security"/>.</summary>
    public const string Manager = "manager";

    /// <summary>Security review: changes of high risk, together with <see cref="Manager"/>.</summary>
    public const string Security = "security";

    /// <summary>Council: changes of critical risk, together with <see cref="Legal"/>.</summary>
    public const string Council = "council";

    /// <summary>Legal: changes of critical risk, together with <see cref="Council"/>.</summary>
    public const string Legal = "legal";

    /// <summary>All roles; the set is closed.</summary>
    public static IReadOnlyList<string> All { get; } = [Lead, Manager, Security, Council, Legal];

    /// <summary>Whether a text names a role (ordinal).</summary>
    /// <param name="text">The text.</param>
    public static bool Contains(string? text) => text is not null && All.Contains(text, StringComparer.Ordinal);
}
