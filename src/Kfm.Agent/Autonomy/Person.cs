using Kfm.Provenance.Signing;
using Kfm.Provenance.Signing.Ssh;

namespace Kfm.Agent.Autonomy;

/// <summary>A person who may approve.</summary>
/// <param name="Id">The pseudonymous id, <c>person:…</c>.</param>
/// <param name="Name">The name for display, or null.</param>
/// <param name="Roles">The roles, of <see cref="ApprovalRoles"/>; may be empty.</param>
/// <param name="Keys">The public keys of the person; may be empty.</param>
public sealed record Person(string Id, string? Name, IReadOnlyList<string> Roles, IReadOnlyList<VerificationKey> Keys)
{
    /// <summary>The login on GitHub, or null.</summary>
    public string? GitHub { get; init; }

    /// <summary>The keys of SSH, each with what it may be used for and when.</summary>
    public IReadOnlyList<AllowedSigner> Ssh { get; init; } = [];
}
