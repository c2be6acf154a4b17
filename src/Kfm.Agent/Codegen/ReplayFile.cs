using Kfm.Agent.Json;
using Kfm.Provenance.Digests;

namespace Kfm.Agent.Codegen;

/// <summary>Recorded answers of a model, each found by the digest of the full request. Instances do not change.</summary>
public sealed class ReplayFile
{
    private const int Version = 1;
    private readonly SortedDictionary<Digest, CodegenResponse> _recordings;

    private ReplayFile(SortedDictionary<Digest, CodegenResponse> recordings) => _recordings = recordings;

    /// <summary>A file without recordings.</summary>
    public static ReplayFile Empty { get; } = new([]);

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

            if (!recordings.TryAdd(digest, new CodegenResponse(answer.Patch, answer.ModelVersion) { ToolVersions = answer.ToolVersions }))
            {
                throw new ReplayFormatException("the request is recorded twice", pointer);
            }
        }

        return new ReplayFile(recordings);
    }

    /// <summary>The file with one more recording; an older one for the same request is replaced.</summary>
    /// <param name="request">The request.</param>
    /// <param name="response">The answer to it.</param>
    public ReplayFile Record(CodegenRequest request, CodegenResponse response)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(response);
        return new ReplayFile(new SortedDictionary<Digest, CodegenResponse>(_recordings) { [request.ComputeDigest()] = response });
    }

    /// <summary>The bytes of the file: canonical JSON (RFC 8785), sorted by digest, and a newline.</summary>
    public byte[] ToBytes() => JsonFile.Write(
        new ReplayDocument(Version, [.. _recordings.Select(r => new ReplayDocument.Recording(r.Key.ToString(), Answer(r.Value)))]),
        AgentJson.Default.ReplayDocument);

    private static ReplayDocument.Answer Answer(CodegenResponse response) => new(
        response.Patch,
        response.ModelVersion,
        new SortedDictionary<string, string>(response.ToolVersions.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal));
}
