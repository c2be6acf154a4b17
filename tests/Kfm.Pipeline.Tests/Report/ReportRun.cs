using System.Text;
using System.Text.Json.Nodes;
using Kfm.Agent.Intents;
using Kfm.Agent.Tests.PullRequests;
using Kfm.Pipeline.Bundles;
using Kfm.Pipeline.Report;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;
using Kfm.Testing;

namespace Kfm.Pipeline.Tests.Report;

/// <summary>A bundle with only what the page and the summary are written from, and with texts that a test chooses.</summary>
internal sealed class ReportRun : IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly RunBundle _bundle;

    public ReportRun(Verdict verdict, string[] reasons, string title = "Say more")
    {
        Record = new RecordedProposal(verdict, reasons);
        Title = title;
        _bundle = RunBundle.Create(_folder.Combine("out"));
    }

    public RecordedProposal Record { get; init; }

    public string Title { get; }

    public string[] Approvals { get; init; } = [];

    public string[] Stewardship { get; init; } = [];

    public string? Patch { get; init; }

    public string? Design { get; init; }

    /// <summary>What the documents are written from.</summary>
    public RunView View()
    {
        _bundle.WriteJson(BundleFiles.Decision, Decision());
        var record = Record with { DecisionBytes = _bundle.Bytes(BundleFiles.Decision) };
        var intent = new Intent(Title, "test", null, "person:author", DateTimeOffset.UnixEpoch);
        _bundle.Write(BundleFiles.Intent, IntentFile.Write(new StructuredIntent(intent, IntentKind.Docs, Title, RiskTier.Low)));
        _bundle.Write(BundleFiles.Evidence, record.Graph().ToJson());
        foreach (var (name, text) in new[] { (BundleFiles.Patch, Patch), (BundleFiles.Design, Design) })
        {
            if (text is not null)
            {
                _bundle.Write(name, Encoding.UTF8.GetBytes(text));
            }
        }

        return RunView.Of(_bundle);
    }

    /// <summary>The page.</summary>
    public string Page() => ReportPage.Write(View());

    public void Dispose()
    {
        _bundle.Dispose();
        _folder.Dispose();
    }

    private JsonObject Decision() => new()
    {
        ["formatVersion"] = 1,
        ["verdict"] = Record.Verdict.ToString().ToLowerInvariant(),
        ["allow"] = Record.Verdict == Verdict.Allow,
        ["gates"] = new JsonObject(Kfm.Gates.Decisions.Decision.GateNames.Select(g => KeyValuePair.Create(g, (JsonNode?)(Record.Verdict == Verdict.Deny ? "fail" : "pass")))),
        ["reasons"] = Array(Record.Reasons.DefaultIfEmpty("none")),
        ["required_approvals"] = Array(Record.Verdict == Verdict.Review && Approvals.Length == 0 ? ["lead"] : Approvals),
        ["stewardship"] = Array(Stewardship),
        ["policySet"] = Digest.Of("policies"u8).ToString(),
        ["input"] = Digest.Of("context"u8).ToString(),
        ["evidenceRoot"] = Digest.Of("root"u8).ToString(),
        ["time"] = "2026-01-02T03:04:05.000Z",
    };

    private static JsonArray Array(IEnumerable<string> texts) =>
        new([.. texts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(t => (JsonNode?)t)]);
}
