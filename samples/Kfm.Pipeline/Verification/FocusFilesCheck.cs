using System.Text;
using Kfm.Agent.PullRequests.Focus;
using Kfm.Pipeline.Bundles;

namespace Kfm.Pipeline.Verification;

/// <summary>The summary states what the record says, all of it and nothing else.</summary>
internal static class FocusFilesCheck
{
    public static void Run(VerificationRun run)
    {
        // Bundles of before it was written have none; that it was taken out of a newer one, the sums say.
        if (run.Files.Contains(BundleFiles.Focus) || run.Files.Contains(BundleFiles.FocusText))
        {
            run.Check("focus.format", BundleFiles.Focus, () => Compare(run));
        }
    }

    private static void Compare(VerificationRun run)
    {
        if (run.Bytes(BundleFiles.Focus) is not { } json || run.Bytes(BundleFiles.FocusText) is not { } text || !run.Files.Contains(BundleFiles.Intent))
        {
            return;
        }

        var record = RunView.Of(run.Bundle).Focus();
        foreach (var finding in FocusSummary.Verify(FocusSummary.Parse(json), record))
        {
            run.Refuse("focus." + finding.Rule, BundleFiles.Focus, finding.ToString());
        }

        var expected = FocusSummary.Of(record);
        run.Require(expected.ToJson().AsSpan().SequenceEqual(json), "focus", BundleFiles.Focus, "it is not the summary that the record gives");
        run.Require(Encoding.UTF8.GetBytes(expected.ToMarkdown()).AsSpan().SequenceEqual(text), "focus", BundleFiles.FocusText, "it is not the text of the summary");
    }
}
