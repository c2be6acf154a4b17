using Kfm.Agent.Git;
using Kfm.Gates.Packs;

namespace Kfm.Pipeline.Stages;

/// <summary>The policy packs of the base commit, over those that Kfm ships.</summary>
internal static class BasePacks
{
    /// <summary>Reads the packs of a tree.</summary>
    /// <exception cref="PackFormatException">A file of the folder is not a pack.</exception>
    public static async Task<PolicyPacks> ReadAsync(SourceRepository source, GitTree tree, CancellationToken cancellationToken)
    {
        const string Folder = PolicyPacks.Folder + "/";
        var entries = tree.Entries
            .Where(e => e.Mode is "100644" or "100755" && e.Path.StartsWith(Folder, StringComparison.Ordinal) && !e.Path[Folder.Length..].Contains('/', StringComparison.Ordinal))
            .ToArray();
        if (entries.Length == 0)
        {
            return PolicyPacks.Shipped;
        }

        var blobs = await source.ReadBlobsAsync(entries.Select(e => e.Id), cancellationToken);
        return PolicyPacks.Read(entries.ToDictionary(e => e.Path[Folder.Length..], e => blobs[e.Id], StringComparer.Ordinal));
    }
}
