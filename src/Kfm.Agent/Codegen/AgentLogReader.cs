using System.Globalization;
using System.Text.Json;
using Kfm.Agent.Codegen.Commands;
using Kfm.Agent.Codegen.Commands.Sessions;
using Kfm.Agent.Json;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Json;

namespace Kfm.Agent.Codegen;

/// <summary>Reads agent.json of every format version.</summary>
internal static class AgentLogReader
{
    private static readonly string[] Sources = ["replay", "command", "models", "patch", "head"];

    public static AgentLog Read(ReadOnlySpan<byte> utf8) => VersionOf(utf8) == 1
        ? Of(JsonFile.Read(utf8, AgentJson.Default.AgentLogDocument1, Error))
        : Of(JsonFile.Read(utf8, AgentJson.Default.AgentLogDocument, Error));

    // What is no JSON, or has no version, is told by the reader of the newest version.
    private static int? VersionOf(ReadOnlySpan<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(CanonicalJson.Canonicalize(utf8));
            return document.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("formatVersion", out var version)
                && version.ValueKind == JsonValueKind.Number && version.TryGetInt32(out var number) ? number : null;
        }
        catch (Exception e) when (e is JsonFormatException or JsonException)
        {
            return null;
        }
    }

    private static AgentLog Of(AgentLogDocument1 document) => new()
    {
        Seed = Seed(document.Seed),
        ConfigDigest = DigestAt(document.ConfigDigest, "/configDigest"),
        RequestDigest = DigestAt(document.RequestDigest, "/requestDigest"),
        Model = document.Model,
        ModelVersion = document.ModelVersion,
        ToolVersions = document.ToolVersions,
        PromptReference = document.Prompt.Ref,
        PromptDigest = DigestAt(document.Prompt.Digest, "/prompt/digest"),
        PatchDigest = DigestAt(document.Patch.Digest, "/patch/digest"),
        ChangedFiles = document.Patch.ChangedFiles,
    };

    private static AgentLog Of(AgentLogDocument document)
    {
        if (document.FormatVersion != 2)
        {
            throw Error($"format version {document.FormatVersion} is not supported; this reads versions 1 and 2", "/formatVersion");
        }

        if (!Sources.Contains(document.Source, StringComparer.Ordinal))
        {
            throw Error($"a source is one of {string.Join(", ", Sources)}", "/source");
        }

        AnswerMembers.Check(document.Confidence, document.Usage, document.Attempts, "", Error);
        return new AgentLog
        {
            Source = document.Source,
            Seed = document.Seed is null ? null : Seed(document.Seed),
            ConfigDigest = OptionalDigestAt(document.ConfigDigest, "/configDigest"),
            RequestDigest = OptionalDigestAt(document.RequestDigest, "/requestDigest"),
            Model = document.Model,
            ModelVersion = document.ModelVersion,
            ToolVersions = document.ToolVersions,
            PromptReference = document.Prompt?.Ref,
            PromptDigest = OptionalDigestAt(document.Prompt?.Digest, "/prompt/digest"),
            Template = document.Prompt?.Template is { } t ? new TemplateReference(t.Id, t.Version, DigestAt(t.Digest, "/prompt/template/digest")) : null,
            Command = document.Command is { } c ? new CommandFacts(c.Tool, c.Version, DigestAt(c.Digest, "/command/digest"), c.Isolation, c.Network) : null,
            Session = document.Session is { } s ? Session(s) : null,
            PatchDigest = DigestAt(document.Patch.Digest, "/patch/digest"),
            ChangedFiles = document.Patch.ChangedFiles,
            AnsweredBy = document.AnsweredBy,
            Confidence = document.Confidence,
            Usage = document.Usage?.ToUsage(),
            Attempts = AttemptDocument.ToAttempts(document.Attempts),
        };
    }

    private static SessionFacts Session(AgentLogDocument.SessionMembers session) => new()
    {
        Format = session.Format,
        NotRead = session.NotRead,
        Digest = OptionalDigestAt(session.Digest, "/session/digest"),
        Bytes = session.Bytes,
        Model = session.Model,
        ModelVersion = session.ModelVersion,
        ToolVersion = session.ToolVersion,
        InputTokens = session.InputTokens,
        OutputTokens = session.OutputTokens,
        CachedTokens = session.CachedTokens,
        ToolCalls = session.ToolCalls,
    };

    private static long Seed(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed)
        ? seed
        : throw Error("a whole number of 64 bits is expected", "/seed");

    private static Digest? OptionalDigestAt(string? text, string pointer) => text is null ? null : DigestAt(text, pointer);

    private static Digest DigestAt(string text, string pointer) => Digest.TryParse(text, out var digest)
        ? digest
        : throw Error("a digest is expected: sha256: and 64 lower-case hexadecimal digits", pointer);

    private static AgentLogFormatException Error(string message, string pointer) => new(message, pointer);
}
