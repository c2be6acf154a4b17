using Kfm.Agent.PullRequests;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Terminal;

/// <summary>The end of a run in few lines: the verdict, its causes first, what is missing and how to give it.</summary>
internal sealed class VerdictText(RunConsole console, RunView view, string directory)
{
    private readonly VerdictReasons _reasons = VerdictReasons.Of(view.Graph);

    /// <summary>Prints it.</summary>
    public void Print()
    {
        console.Verdict("verdict", view.Verdict, view.Decided.Verdict switch
        {
            Verdict.Allow => "exit 0: no gate failed and nothing is missing",
            Verdict.Review => "exit 3: no gate failed; people are asked before a merge",
            _ => "exit 2: a gate denied; no approval changes that",
        });
        if (view.Decided.Verdict == Verdict.Deny)
        {
            Deny();
        }

        if (view.Decided.Verdict == Verdict.Review)
        {
            Review();
        }

        Codes("passed", _reasons.Passed.Select(r => r[..^"_ok".Length]));
        Codes("noted", _reasons.Remarks);
        console.Whole("bundle", $"{directory} (head {view.Graph.Trace.HeadCommit[..Math.Min(12, view.Graph.Trace.HeadCommit.Length)]})");
    }

    private void Deny()
    {
        var limit = console.Compact ? 1 : 8;
        string[] causes = [.. _reasons.FailedChecks.Select(VerdictReasons.Text)];
        foreach (var cause in causes.Take(limit))
        {
            console.Field("cause", cause);
        }

        // Where checks failed, what the gates say follows from them.
        var shown = causes.Length == 0 ? limit : 0;
        foreach (var denial in _reasons.Denials.Take(shown))
        {
            console.Field("cause", denial);
        }

        var left = Math.Max(0, causes.Length - limit) + Math.Max(0, _reasons.Denials.Count - shown);
        if (left > 0)
        {
            console.Field("more", $"{left} more lines of checks and gates stand in {BundleFiles.Report}");
        }
    }

    private void Review()
    {
        foreach (var role in view.RequiredApprovals)
        {
            console.Field("missing", $"the approval of a person with the role {role}:");
            console.Whole("", $"kfm approve {Quoted(directory)} --role {role} --key KEY");
        }

        foreach (var value in view.Stewardship)
        {
            console.Field("missing", $"a stewardship review of {value}");
        }
    }

    private void Codes(string name, IEnumerable<string> codes)
    {
        if (string.Join(' ', codes) is { Length: > 0 } line)
        {
            console.Field(name, line);
        }
    }

    // As a POSIX shell reads it.
    private static string Quoted(string path) =>
        path.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '_' or '-') ? path : "'" + path.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
