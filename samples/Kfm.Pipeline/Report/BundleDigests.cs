using Kfm.Agent.PullRequests;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Digests;

namespace Kfm.Pipeline.Report;

/// <summary>
/// The digests of files that the page may name: of those that the record determines. Signatures are random and times are real, so a page
/// that named the digests of the others would not be the same for the same record.
/// </summary>
internal static class BundleDigests
{
    private static readonly string[] Determined =
        [BundleFiles.Evidence, BundleFiles.Intent, BundleFiles.Context, BundleFiles.Decision, BundleFiles.Prov, BundleFiles.Lineage, PullRequestComment.FileName, PullRequestBody.FileName, BundleFiles.Focus, BundleFiles.FocusText];

    /// <summary>The digest of a file, or null where the record does not determine it or it is not there.</summary>
    public static Digest? Of(RunView view, string file) => !view.Bundle.Has(file) ? null
        : Determined.Contains(file, StringComparer.Ordinal) || view.Facts.Artifact(file) is not null ? Digest.OfFile(view.Bundle.PathOf(file))
        : null;
}
