using Kfm.Provenance.InToto;
using Kfm.Provenance.InToto.Predicates;
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

    // The examples abbreviate digests, so they are read by structure; and what stands in angle brackets is notation, not a value.
    private static string? RoundTrip(string file)
    {
        var bytes = File.ReadAllBytes(file);
        var value = SuiteJson.Read(file);
        if (value.TryGetProperty("payloadType", out _))
        {
            return value.Text("payload").StartsWith('<') ? RefusedAt("/payload", bytes) : ReadEnvelope(bytes, value.Text("payloadType"));
        }

        if (!value.TryGetProperty("_type", out _))
        {
            return ResourceDescriptor.Parse(bytes, StatementRules.Structural) is null ? "is no descriptor" : null;
        }

        var statement = Statement.Parse(bytes, StatementRules.Structural);
        var predicate = Predicate.Read(statement);
        return predicate.Type != value.Text("predicateType") ? "has a predicate of the type " + predicate.Type
            : !Same(bytes, statement.ToJson()) || !Same(bytes, statement.ToPayload()) ? "is written as another document"
            : predicate is not UnknownPredicate && !Same(bytes, predicate.ToStatement([.. statement.Subject]).ToJson()) ? "has a typed predicate that is written as another"
            : null;
    }

    private static bool Same(byte[] one, byte[] other) => CanonicalJson.Canonicalize(one).AsSpan().SequenceEqual(CanonicalJson.Canonicalize(other));

    private static string? ReadEnvelope(byte[] bytes, string type) => DsseEnvelope.Parse(bytes).PayloadType == type ? null : "has another payload type";

    private static string? RefusedAt(string pointer, byte[] bytes)
    {
        try
        {
            DsseEnvelope.Parse(bytes);
            return "is read though its payload is no base64";
        }
        catch (DsseFormatException e)
        {
            return e.Pointer == pointer ? null : $"is refused at {e.Pointer}";
        }
    }

    // By the README of the suite, what is named missing_* is invalid.
    private static string? Session(string file)
    {
        var name = Path.GetFileName(file).StartsWith("ai_coding_session", StringComparison.Ordinal) ? "ai-coding-session" : "ai-agent-config";
        var schema = CompiledSchema.Compile(File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(file)!, "schemas", name + "-0.1.schema.json")));
        return SuiteJson.Differs(file.Contains("_missing_", StringComparison.Ordinal), schema.Validate(File.ReadAllBytes(file)).IsValid);
    }
}
