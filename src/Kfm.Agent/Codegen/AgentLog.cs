using System.Globalization;
using Kfm.Agent.Codegen.Commands;
using Kfm.Agent.Codegen.Commands.Sessions;
using Kfm.Agent.Json;
using Kfm.Provenance.Digests;

namespace Kfm.Agent.Codegen;

/// <summary>agent.json, format version 2: how a proposal came about. It holds no prompt and nothing that an agent printed, only digests, names and figures.</summary>
/// <remarks>Version 1, which is read as well, knew models alone: it is a log with the source <c>replay</c>.</remarks>
public sealed record AgentLog
{
    private const int Version = 2;

    /// <summary>Where the answer came from: <c>replay</c>, <c>command</c>, <c>models</c>; <c>patch</c> or <c>head</c> when the proposal was given.</summary>
    public string Source { get; init; } = "replay";

    /// <summary>The seed of the request; null when the proposal was given.</summary>
    public required long? Seed { get; init; }

    /// <summary>The digest of model and parameters; null when the proposal was given.</summary>
    public required Digest? ConfigDigest { get; init; }

    /// <summary>The digest of the full request; null when the proposal was given.</summary>
    public required Digest? RequestDigest { get; init; }

    /// <summary>The id of the model that was asked; null when the proposal was given.</summary>
    public required string? Model { get; init; }

    /// <summary>The version of the model that answered; null when the proposal was given.</summary>
    public required string? ModelVersion { get; init; }

    /// <summary>The versions of the tools that took part, by name.</summary>
    public IReadOnlyDictionary<string, string> ToolVersions { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Where the prompt can be made again from, for example <c>intent.json + design.md + files at base</c>; null when the proposal was given.</summary>
    public required string? PromptReference { get; init; }

    /// <summary>The SHA-256 of the prompt in UTF-8; null when the proposal was given.</summary>
    public required Digest? PromptDigest { get; init; }

    /// <summary>The template that the prompt was made from; null when there was none.</summary>
    public TemplateReference? Template { get; init; }

    /// <summary>What ran; null when no command-line agent did.</summary>
    public CommandFacts? Command { get; init; }

    /// <summary>What the session log of the agent tells; null when there was none.</summary>
    public SessionFacts? Session { get; init; }

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
    /// <exception cref="AgentLogFormatException">The bytes are not an agent log of format version 1 or 2.</exception>
    public static AgentLog Parse(ReadOnlySpan<byte> utf8) => AgentLogReader.Read(utf8);

    /// <summary>The bytes of the file, format version 2: canonical JSON (RFC 8785) and a newline.</summary>
    public byte[] ToBytes() => JsonFile.Write(
        new AgentLogDocument(
            Version,
            Source,
            Seed?.ToString(CultureInfo.InvariantCulture),
            ConfigDigest?.ToString(),
            RequestDigest?.ToString(),
            Model,
            ModelVersion,
            new SortedDictionary<string, string>(ToolVersions.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal),
            PromptDigest is null ? null : new AgentLogDocument.PromptMembers(PromptDigest.Value.ToString(), PromptReference ?? "", AgentLogDocument.TemplateMembers.Of(Template)),
            AgentLogDocument.CommandMembers.Of(Command),
            AgentLogDocument.SessionMembers.Of(Session),
            new AgentLogDocument.PatchMembers(PatchDigest.ToString(), ChangedFiles),
            AnsweredBy,
            Confidence,
            UsageDocument.Of(Usage),
            AttemptDocument.Of(Attempts)),
        AgentJson.Default.AgentLogDocument);
}
