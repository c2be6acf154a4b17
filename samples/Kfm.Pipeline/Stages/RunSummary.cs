using System.Text;
using System.Text.Json.Nodes;
using Kfm.Pipeline.Bundles;
using Kfm.Pipeline.Commands;
using Kfm.Pipeline.Terminal;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.Json;

namespace Kfm.Pipeline.Stages;

/// <summary>The end of a command that ran stages.</summary>
internal sealed class RunSummary
{
    private readonly string _verb;
    private readonly string _directory;
    private readonly IReadOnlyList<StageLine> _lines;
    private readonly RunView? _view;

    private readonly int _pullRequestCode;

    private RunSummary(string verb, string directory, RunView? view, IReadOnlyList<StageLine> lines, int pullRequestCode) =>
        (_verb, _directory, _view, _lines, _pullRequestCode) = (verb, directory, view, lines, pullRequestCode);

    /// <summary>The code of the verdict, and of the pull request where the verdict is allow; before there is one, whether the stages did their work.</summary>
    public int ExitCode => _view is not null
        ? _view.Decided.Verdict == Verdict.Allow ? _pullRequestCode : Commands.ExitCode.Of(_view.Decided.Verdict)
        : Awaits is not null ? Commands.ExitCode.Review
        : _lines.Any(l => l.Outcome == "failed") ? Commands.ExitCode.Deny : Commands.ExitCode.Allow;

    /// <summary>What a person must do before a model may be asked; null when the stages ran to their end.</summary>
    public string? Awaits { get; private init; }

    /// <summary>The summary of a bundle after a command.</summary>
    public static RunSummary Of(string verb, string directory, RunBundle bundle, IReadOnlyList<StageLine> lines, int pullRequestCode, string? awaits = null) =>
        new(verb, directory, bundle.Has(BundleFiles.Decision) ? RunView.Of(bundle) : null, lines, pullRequestCode) { Awaits = awaits };

    /// <summary>One JSON object in one line.</summary>
    public string ToJson()
    {
        var root = new JsonObject
        {
            ["command"] = _verb,
            ["bundle"] = _directory,
            ["exitCode"] = ExitCode,
            ["stages"] = new JsonArray([.. _lines.Select(l => (JsonNode)new JsonObject
            {
                ["name"] = l.Name,
                ["outcome"] = l.Outcome,
                ["seconds"] = Math.Round(l.Wall.TotalSeconds, 3),
                ["ownSeconds"] = Math.Round(l.Own.TotalSeconds, 3),
                ["detail"] = l.Detail,
            })]),
        };
        if (Awaits is not null)
        {
            root["verdict"] = "review";
            root["reasons"] = Array(["review: " + Awaits]);
        }

        if (_view is not null)
        {
            root["verdict"] = _view.Verdict;
            root["reasons"] = Array(_view.Decided.Reasons);
            root["requiredApprovals"] = Array(_view.RequiredApprovals);
            root["stewardship"] = Array(_view.Stewardship);
            root["head"] = _view.Graph.Trace.HeadCommit;
            root["traceId"] = _view.Graph.TraceId.ToString();
        }

        return Encoding.UTF8.GetString(CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(root.ToJsonString())));
    }

    /// <summary>The verdict and its causes for people.</summary>
    public void Print(RunConsole console)
    {
        if (_view is null)
        {
            console.Field("bundle", _directory);
            if (Awaits is not null)
            {
                console.Field("review", Awaits);
                console.Field("next", $"kfm review-design {Path.Combine(_directory, BundleFiles.Design)} --role ROLE --person PERSON --key KEY, then run again with --design-review");
            }

            return;
        }

        new VerdictText(console, _view, _directory).Print();
    }

    private static JsonArray Array(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode?)t)]);
}
