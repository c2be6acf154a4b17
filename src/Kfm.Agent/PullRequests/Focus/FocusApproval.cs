using Kfm.Provenance.Digests;

namespace Kfm.Agent.PullRequests.Focus;

/// <summary>An approval that somebody has verified and counted (<c>ApprovalRules</c>); nothing else may be given as one.</summary>
/// <param name="File">The path of the file below the bundle.</param>
/// <param name="Digest">The digest of the file.</param>
/// <param name="Role">The role.</param>
/// <param name="Person">The pseudonymous id of the person.</param>
public sealed record FocusApproval(string File, Digest Digest, string Role, string Person)
{
    /// <summary>The id of the file as a fact.</summary>
    public string Id => $"{File}#{Digest}";
}
