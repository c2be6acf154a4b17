using System.Text.Json.Nodes;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.InToto;

/// <summary>Names a software artifact (in-toto Attestation Framework v1, ResourceDescriptor).</summary>
public sealed record ResourceDescriptor
{
    /// <summary>The name, unique within its list, or null.</summary>
    public string? Name { get; init; }

    /// <summary>The URI that identifies the resource, or null.</summary>
    public string? Uri { get; init; }

    /// <summary>The digests by algorithm, lower-case hexadecimal for the known ones (<c>sha256</c>, <c>gitCommit</c>, …), mostly a <see cref="DigestSet"/>; may be empty.</summary>
    public IReadOnlyDictionary<string, string> Digest { get; init; } = new DigestSet([]);

    /// <summary>The media type, or null.</summary>
    public string? MediaType { get; init; }

    /// <summary>Where the resource can be got, when that is not the URI; or null.</summary>
    public string? DownloadLocation { get; init; }

    /// <summary>The content in base64, or null.</summary>
    public string? Content { get; init; }

    /// <summary>Further values, or null. Do not change it after it was given.</summary>
    public JsonObject? Annotations { get; init; }

    /// <summary>A descriptor with a name and a SHA-256.</summary>
    /// <param name="name">The name.</param>
    /// <param name="digest">The digest of the content.</param>
    public static ResourceDescriptor Of(string name, Digest digest) => new() { Name = name, Digest = DigestSet.Of(digest) };

    /// <summary>Reads a descriptor from anyone; members that it does not know are ignored.</summary>
    /// <param name="utf8">One JSON object in UTF-8, at most 64 MiB.</param>
    /// <param name="rules">Whether the digests are checked.</param>
    /// <exception cref="InTotoFormatException">
    /// The text is not a descriptor: name, URI, digest and content are all missing, or a digest of a known algorithm has another length.
    /// </exception>
    public static ResourceDescriptor Parse(ReadOnlySpan<byte> utf8, StatementRules rules = StatementRules.Strict) => StatementReader.Descriptor(
        JsonCursor.OpenForeign(utf8, static (message, pointer) => new InTotoFormatException(message, pointer)), rules);

    internal JsonObject ToNode()
    {
        var json = new JsonObject();
        FactJson.With(json, "name", Name);
        FactJson.With(json, "uri", Uri);
        if (Digest.Count > 0)
        {
            json["digest"] = new JsonObject(Digest.Select(d => KeyValuePair.Create(d.Key, (JsonNode?)d.Value)));
        }

        FactJson.With(json, "mediaType", MediaType);
        FactJson.With(json, "downloadLocation", DownloadLocation);
        FactJson.With(json, "content", Content);
        if (Annotations is not null)
        {
            json["annotations"] = Annotations.DeepClone();
        }

        return json;
    }
}
