using Kfm.Agent.PullRequests.Focus;

namespace Kfm.Pipeline.Bundles;

/// <summary>The two files of the summary; a run has no approvals yet, so they speak of none.</summary>
internal static class FocusFiles
{
    /// <summary>Writes both.</summary>
    public static void Write(RunBundle bundle, RunView view)
    {
        var focus = FocusSummary.Of(view.Focus());
        bundle.Write(BundleFiles.Focus, focus.ToJson());
        bundle.Write(BundleFiles.FocusText, focus.ToMarkdown());
    }
}
