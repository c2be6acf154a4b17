using Kfm.Agent.Json;
using Kfm.Provenance.Digests;

namespace Kfm.Agent.Codegen;

/// <summary>Recorded answers of a model, each found by the digest of the full request. Instances do not change.</summary>
public sealed class ReplayFile
{
    private const int Version = 1;
    private readonly SortedDictionary<Digest, CodegenResponse> _recordings;

    private ReplayFile(SortedDictionary<Digest, CodegenResponse> recordings, string? model = null) => (_recordings, Model) = (recordings, model);

    /// <summary>A file without recordings.</summary>
    public static ReplayFile Empty { get; } = new([]);

    /// <summary>The model or chain that the recorded requests name, so that the same requests can be made again; null where nobody said.</summary>
    public string? Model { get; }

    /// <summary>The recordings by the digest of their request.</summary>
    public IReadOnlyDictionary<Digest, CodegenResponse> Recordings => _recordings;

    /// <summary>Reads a replay file.</summary>
    /// <param name="utf8">The bytes of the file.</param>
    /// <exception cref="ReplayFormatException">The bytes are not a replay file of format version 1, or a request is recorded twice.</exception>
    public static ReplayFile Parse(ReadOnlySpan<byte> utf8)
    {
        var document = JsonFile.Read(utf8, AgentJson.Default.ReplayDocument, (message, pointer) => new ReplayFormatException(message, pointer));
        if (document.FormatVersion != Version)
        {
            throw new ReplayFormatException($"format version {document.FormatVersion} is not supported; this reads version {Version}", "/formatVersion");
        }

        var recordings = new SortedDictionary<Digest, CodegenResponse>();
        foreach (var (request, answer) in document.Recordings)
        {
            var pointer = $"/recordings/{recordings.Count}/requestDigest";
            if (!request.StartsWith("sha256:", StringComparison.Ordinal) || !Digest.TryParse(request, out var digest))
            {
                throw new ReplayFormatException("a digest is expected: sha256: and 64 lower-case hexadecimal digits", pointer);
            }

            AnswerMembers.Check(answer.Confidence, answer.Usage, answer.Attempts, $"/recordings/{recordings.Count}/response", (message, at) => new ReplayFormatException(message, at));
            if (!recordings.TryAdd(digest, Response(answer)))
            {
                throw new ReplayFormatException("the request is recorded twice", pointer);
            }
        }

        return new ReplayFile(recordings, document.Model);
    }

    /// <summary>The file with one more recording; an older one for the same request is replaced.</summary>
    /// <param name="request">The request.</param>
    /// <param name="response">The answer to it.</param>
    public ReplayFile Record(CodegenRequest request, CodegenResponse response)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(response);
        return new ReplayFile(new SortedDictionary<Digest, CodegenResponse>(_recordings) { [request.ComputeDigest()] = response }, Model);
    }

    /// <summary>The file with a note of the model or chain that its requests name.</summary>
    /// <param name="model">The name.</param>
    public ReplayFile Of(string model) => new(_recordings, model);

    /// <summary>The bytes of the file: canonical JSON (RFC 8785), sorted by digest, and a newline.</summary>
    public byte[] ToBytes() => JsonFile.Write(
        new ReplayDocument(Version, [.. _recordings.Select(r => new ReplayDocument.Recording(r.Key.ToString(), Answer(r.Value)))], Model),
        AgentJson.Default.ReplayDocument);

    private static ReplayDocument.Answer Answer(CodegenResponse response) => new(
        response.Patch,
        response.ModelVersion,
        new SortedDictionary<string, string>(response.ToolVersions.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal),
        response.AnsweredBy,
        response.Confidence,
        UsageDocument.Of(response.Usage),
        AttemptDocument.Of(response.Attempts));

    private static CodegenResponse Response(ReplayDocument.Answer answer) => new(answer.Patch, answer.ModelVersion)
    {
        ToolVersions = answer.ToolVersions,
        AnsweredBy = answer.AnsweredBy,
        Confidence = answer.Confidence,
        Usage = answer.Usage?.ToUsage(),
        Attempts = AttemptDocument.ToAttempts(answer.Attempts),
    };
}
