using Kfm.Agent.PullRequests;

namespace Kfm.Pipeline.Stages;

/// <summary>The code owners as the base names them.</summary>
internal static class CodeOwnerFile
{
    // In the order in which GitHub looks for it.
    private static readonly string[] Places = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"];

    /// <summary>The file that kfm.json names, else the first that GitHub would find; null when the base has none.</summary>
    public static async Task<CodeOwners?> ReadAsync(RepositoryBase at, CancellationToken cancellationToken)
    {
        foreach (var place in at.Settings.Codeowners is { } named ? [named] : Places)
        {
            if (await at.Source.ReadAtCommitAsync(at.Commit, place, cancellationToken) is { } bytes)
            {
                return CodeOwners.Parse(bytes);
            }
        }

        return null;
    }
}
