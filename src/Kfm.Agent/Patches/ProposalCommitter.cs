using System.Globalization;
using System.Text;
using Kfm.Agent.Git;

namespace Kfm.Agent.Patches;

/// <summary>Makes a commit of a patch, in a clone.</summary>
public static class ProposalCommitter
{
    private const string Name = "Kfm";
    private const string Mail = "kfm@localhost";

    /// <summary>Applies a patch with git, compares the tree with the one that Kfm computed, and commits it when they are the same.</summary>
    /// <param name="clone">A fresh clone at the base commit; its work tree stands at the proposal afterwards.</param>
    /// <param name="patch">The patch.</param>
    /// <param name="result">What <see cref="PatchApplier"/> made of the patch; it was applied.</param>
    /// <param name="title">The first line of the message; control characters become spaces, more than 72 characters are cut.</param>
    /// <param name="date">The date of author and committer: the source date epoch.</param>
    /// <param name="cancellationToken">Stops git.</param>
    /// <exception cref="ArgumentException">The patch was not applied.</exception>
    /// <exception cref="GitException">git failed otherwise than by refusing the patch.</exception>
    public static async Task<Proposal> CommitAsync(
        EphemeralClone clone,
        UnifiedPatch patch,
        PatchResult result,
        string title,
        DateTimeOffset date,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(clone);
        ArgumentNullException.ThrowIfNull(patch);
        var expected = result?.TreeId ?? throw new ArgumentException("The patch was refused, so there is nothing to commit.", nameof(result));
        var applied = await clone.Git.TryRunAsync(["apply", "--index", "-"], patch.Bytes, cancellationToken).ConfigureAwait(false);
        if (!applied.Succeeded)
        {
            return new Proposal(null, expected, null, applied.ErrorText.Trim());
        }

        var tree = await clone.Git.LineAsync(["write-tree"], cancellationToken).ConfigureAwait(false);
        if (!string.Equals(tree, expected, StringComparison.Ordinal))
        {
            return new Proposal(null, expected, tree, null);
        }

        var commit = await clone.Git.RunAsync(
            ["commit-tree", tree, "-p", clone.BaseCommit, "-F", "-"],
            Encoding.UTF8.GetBytes(Message(title)),
            Signature(date),
            cancellationToken).ConfigureAwait(false);
        return new Proposal(Encoding.ASCII.GetString(commit.Span).TrimEnd('\n'), expected, tree, null);
    }

    private static string Message(string title)
    {
        var line = string.Concat(title.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        return (line.Length > 72 ? line[..71].TrimEnd() + "…" : line) + "\n";
    }

    private static List<KeyValuePair<string, string>> Signature(DateTimeOffset date)
    {
        var stamp = string.Create(CultureInfo.InvariantCulture, $"{date.ToUnixTimeSeconds()} +0000");
        return
        [
            new("GIT_AUTHOR_NAME", Name), new("GIT_AUTHOR_EMAIL", Mail), new("GIT_AUTHOR_DATE", stamp),
            new("GIT_COMMITTER_NAME", Name), new("GIT_COMMITTER_EMAIL", Mail), new("GIT_COMMITTER_DATE", stamp),
        ];
    }
}
