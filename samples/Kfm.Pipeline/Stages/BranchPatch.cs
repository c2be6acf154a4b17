using System.Text;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Stages;

/// <summary>The change between the base and a branch that is there already.</summary>
internal static class BranchPatch
{
    /// <summary>The patch, and the author of the head by a pseudonymous id.</summary>
    public static async Task<(byte[] Patch, Actor Author)> ReadAsync(RepositoryBase at, string head, CancellationToken cancellationToken)
    {
        var commit = await at.Source.ResolveAsync(head, cancellationToken);
        var patch = await at.Source.DiffAsync(at.Commit, commit, cancellationToken);
        if (patch.IsEmpty)
        {
            throw new RepositoryBaseException($"'{head}' changes nothing since the base {at.Commit[..12]}; name another base or head.");
        }

        // People stand in the record by a pseudonymous id; the address itself stays in git.
        var mail = await at.Source.Git.LineAsync(["show", "-s", "--format=%ae", commit, "--"], cancellationToken);
        var id = "person:git-" + Digest.Of(Encoding.UTF8.GetBytes(mail)).Hex[..16];
        return (patch.ToArray(), new Actor(ActorKind.Human, id));
    }
}
