using Kfm.Provenance.InToto;
using Kfm.Provenance.Json;
using Kfm.Provenance.JsonSchema;
using Kfm.Provenance.Signing;

namespace Kfm.Conformance.Tests.Suites;

/// <summary>The examples of the in-toto specifications, read and written again; the evidence of coding sessions against its schemas.</summary>
internal static class InTotoExampleCases
{
    public static IEnumerable<SuiteCase> Read(string folder)
    {
        var examples = Files(folder, "spec-examples", SearchOption.AllDirectories).Select(f => Case(folder, f, RoundTrip));
        var sessions = Files(folder, "chainloop", SearchOption.TopDirectoryOnly).Select(f => Case(folder, f, Session));
        return [.. examples, .. sessions];
    }

    private static IEnumerable<string> Files(string folder, string part, SearchOption depth) =>
        Directory.EnumerateFiles(Path.Combine(folder, part), "*.json", depth).Order(StringComparer.Ordinal);

    private static SuiteCase Case(string folder, string file, Func<string, string?> check) =>
        new(Path.GetRelativePath(folder, file).Replace('\\', '/'), () => check(file));

    private static string? RoundTrip(string file)
    {
        var bytes = File.ReadAllBytes(file);
        var value = SuiteJson.Read(file);
        if (value.TryGetProperty("payloadType", out _))
        {
            return DsseEnvelope.Parse(bytes).PayloadType == value.Text("payloadType") ? null : "has another payload type";
        }

        if (!value.TryGetProperty("_type", out _))
        {
            return ResourceDescriptor.Parse(bytes) is null ? "is no descriptor" : null;
        }

        var written = Statement.Parse(bytes).ToJson();
        return CanonicalJson.Canonicalize(bytes).AsSpan().SequenceEqual(CanonicalJson.Canonicalize(written)) ? null : "is written as another document";
    }

    // By the README of the suite, what is named missing_* is invalid.
    private static string? Session(string file)
    {
        var name = Path.GetFileName(file).StartsWith("ai_coding_session", StringComparison.Ordinal) ? "ai-coding-session" : "ai-agent-config";
        var schema = CompiledSchema.Compile(File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(file)!, "schemas", name + "-0.1.schema.json")));
        return SuiteJson.Differs(file.Contains("_missing_", StringComparison.Ordinal), schema.Validate(File.ReadAllBytes(file)).IsValid);
    }
}
