using System.Globalization;
using Kfm.Agent.Json;
using Kfm.Provenance.Digests;

namespace Kfm.Agent.Codegen;

/// <summary>agent.json, format version 1: how a proposal came about. It holds no prompt, only its digest and where it is kept.</summary>
public sealed record AgentLog
{
    private const int Version = 1;

    /// <summary>The seed of the request.</summary>
    public required long Seed { get; init; }

    /// <summary>The digest of model and parameters.</summary>
    public required Digest ConfigDigest { get; init; }

    /// <summary>The digest of the full request.</summary>
    public required Digest RequestDigest { get; init; }

    /// <summary>The id of the model that was asked.</summary>
    public required string Model { get; init; }

    /// <summary>The version of the model that answered.</summary>
    public required string ModelVersion { get; init; }

    /// <summary>The versions of the tools that took part, by name.</summary>
    public IReadOnlyDictionary<string, string> ToolVersions { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Where the prompt can be made again from, for example <c>intent.json + design.md + files at base</c>.</summary>
    public required string PromptReference { get; init; }

    /// <summary>The SHA-256 of the prompt in UTF-8.</summary>
    public required Digest PromptDigest { get; init; }

    /// <summary>The SHA-256 of the patch.</summary>
    public required Digest PatchDigest { get; init; }

    /// <summary>The paths that the patch changes, sorted (ordinal).</summary>
    public IReadOnlyList<string> ChangedFiles { get; init; } = [];

    /// <summary>The name of the model of a chain that answered; null where there is no chain.</summary>
    public string? AnsweredBy { get; init; }

    /// <summary>How sure the model says it is, 0 to 1; null where it does not say.</summary>
    public double? Confidence { get; init; }

    /// <summary>The tokens that the answer used; null where nobody counted.</summary>
    public CodegenUsage? Usage { get; init; }

    /// <summary>The models of a chain in the order in which they were tried; empty where there is no chain.</summary>
    public IReadOnlyList<CodegenAttempt> Attempts { get; init; } = [];

    /// <summary>Reads an agent log.</summary>
    /// <param name="utf8">The bytes of the file.</param>
    /// <exception cref="AgentLogFormatException">The bytes are not an agent log of format version 1.</exception>
    public static AgentLog Parse(ReadOnlySpan<byte> utf8)
    {
        var document = JsonFile.Read(utf8, AgentJson.Default.AgentLogDocument, (message, pointer) => new AgentLogFormatException(message, pointer));
        if (document.FormatVersion != Version)
        {
            throw new AgentLogFormatException($"format version {document.FormatVersion} is not supported; this reads version {Version}", "/formatVersion");
        }

        if (!long.TryParse(document.Seed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed))
        {
            throw new AgentLogFormatException("a whole number of 64 bits is expected", "/seed");
        }

        AnswerMembers.Check(document.Confidence, document.Usage, document.Attempts, "", (message, pointer) => new AgentLogFormatException(message, pointer));
        return new AgentLog
        {
            Seed = seed,
            ConfigDigest = DigestAt(document.ConfigDigest, "/configDigest"),
            RequestDigest = DigestAt(document.RequestDigest, "/requestDigest"),
            Model = document.Model,
            ModelVersion = document.ModelVersion,
            ToolVersions = document.ToolVersions,
            PromptReference = document.Prompt.Ref,
            PromptDigest = DigestAt(document.Prompt.Digest, "/prompt/digest"),
            PatchDigest = DigestAt(document.Patch.Digest, "/patch/digest"),
            ChangedFiles = document.Patch.ChangedFiles,
            AnsweredBy = document.AnsweredBy,
            Confidence = document.Confidence,
            Usage = document.Usage?.ToUsage(),
            Attempts = AttemptDocument.ToAttempts(document.Attempts),
        };
    }

    /// <summary>The bytes of the file: canonical JSON (RFC 8785) and a newline.</summary>
    public byte[] ToBytes() => JsonFile.Write(
        new AgentLogDocument(
            Version,
            Seed.ToString(CultureInfo.InvariantCulture),
            ConfigDigest.ToString(),
            RequestDigest.ToString(),
            Model,
            ModelVersion,
            new SortedDictionary<string, string>(ToolVersions.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal),
            new AgentLogDocument.PromptReference(PromptReference, PromptDigest.ToString()),
            new AgentLogDocument.Diff(PatchDigest.ToString(), ChangedFiles),
            AnsweredBy,
            Confidence,
            UsageDocument.Of(Usage),
            AttemptDocument.Of(Attempts)),
        AgentJson.Default.AgentLogDocument);

    private static Digest DigestAt(string text, string pointer) => Digest.TryParse(text, out var digest)
        ? digest
        : throw new AgentLogFormatException("a digest is expected: sha256: and 64 lower-case hexadecimal digits", pointer);
}
