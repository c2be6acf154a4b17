using System.Text;
using System.Text.Json;
using Kfm.Provenance.Merkle;
using Kfm.Provenance.Signing;

namespace Kfm.Pipeline.Tests.Formats;

/// <summary>Which format each file of a bundle has.</summary>
internal static class BundleFormats
{
    /// <summary>Files by name, or by folder and end, and the published schema of Kfm that their JSON meets.</summary>
    public static IReadOnlyList<(string Path, string Schema)> Own { get; } =
    [
        ("evidence.json", "evidence-v1"),
        ("context.json", "context-v1"),
        ("decision.json", "decision-v1"),
        ("intent.json", "intent-v1"),
        ("agent.json", "agent-v2"),
        ("manifest.json", "manifest-v1"),
        ("telemetry.json", "telemetry-v2"),
        ("qa/tests.json", "tests-v1"),
        ("pr/comment.json", "comment-v1"),
        ("rollout.json", "rollout-v1"),
        ("pr/focus.json", "focus-v1"),
        ("seal.dsse.json", "seal-v1"),
        ("approvals/*.dsse.json", "approval-v1"),
        ("overrides/*.dsse.json", "override-v1"),
        ("approvals/*.sshsig.json", "ssh-approval-v1"),
        ("approvals/*.github.json", "github-review-v1"),
        ("design/reviews/*.dsse.json", "design-review-v1"),
        ("ledger.proof", "ledger-entry-v1"),
    ];

    /// <summary>Files that follow a specification of others, or hold text for people.</summary>
    public static IReadOnlyList<string> Others { get; } =
    [
        "sbom/*.cdx.json", "prov/run.jsonld", "lineage/events.ndjson", "attestations/*.dsse.json", "SHA256SUMS", "patch.diff", "policies/*.rego",
        "artifacts/*", "design.md", "design/template.md", "pr/body.md", "pr/focus.md", "report.html", "qa/*.log",
    ];

    /// <summary>The schema of a file, or null when it has none of Kfm's.</summary>
    public static string? SchemaOf(string file) => Own.FirstOrDefault(f => Matches(f.Path, file)).Schema;

    /// <summary>The schema of a file in the version that the file names.</summary>
    public static string? SchemaOf(string file, byte[] content)
    {
        if (SchemaOf(file) is not { } schema || !file.EndsWith(".json", StringComparison.Ordinal))
        {
            return SchemaOf(file);
        }

        using var document = JsonDocument.Parse(content);
        return document.RootElement.TryGetProperty("formatVersion", out var version) ? schema[..schema.LastIndexOf('v')] + "v" + version.GetRawText() : schema;
    }

    /// <summary>Whether the format of a file is known.</summary>
    public static bool IsKnown(string file) => SchemaOf(file) is not null || Others.Any(p => Matches(p, file));

    /// <summary>The JSON that a schema speaks about: of an envelope the payload, of a proof the entry that it proves.</summary>
    public static byte[] Json(string file, byte[] content) =>
        file.EndsWith(".dsse.json", StringComparison.Ordinal) || file.EndsWith(".github.json", StringComparison.Ordinal) ? Payload(content)
        : file == "ledger.proof" ? TlogProof.Parse(Encoding.UTF8.GetString(content)).Extra!.Value.ToArray()
        : content;

    private static byte[] Payload(byte[] envelope)
    {
        using var document = JsonDocument.Parse(envelope);
        return document.RootElement.GetProperty("payload").GetBytesFromBase64();
    }

    private static bool Matches(string pattern, string file)
    {
        var star = pattern.IndexOf('*', StringComparison.Ordinal);
        return star < 0
            ? pattern == file
            : file.StartsWith(pattern[..star], StringComparison.Ordinal) && file.EndsWith(pattern[(star + 1)..], StringComparison.Ordinal);
    }
}
