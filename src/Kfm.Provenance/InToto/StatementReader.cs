using System.Buffers;
using System.Text.Json.Nodes;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.InToto;

/// <summary>Reads statements and descriptors of anyone.</summary>
internal static class StatementReader
{
    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    public static Statement Read(JsonCursor json)
    {
        var type = json.Member("_type");
        if (type.Text() is not (Statement.TypeV1 or Statement.TypeV01))
        {
            throw type.Error("the type is not that of a statement");
        }

        var list = json.Member("subject");
        List<ResourceDescriptor> subjects = [];
        foreach (var item in list.Items())
        {
            var subject = Descriptor(item);
            subjects.Add(subject.Digest.Count > 0 ? subject : throw item.Error("a subject needs a digest"));
        }

        var predicateType = json.Member("predicateType");
        var predicate = json.Member("predicate");
        return subjects.Count == 0
            ? throw list.Error("a statement needs a subject")
            : predicateType.Text().Length == 0
            ? throw predicateType.Error("the type of the predicate is empty")
            : new Statement(subjects, predicateType.Text(), Object(predicate));
    }

    public static ResourceDescriptor Descriptor(JsonCursor json)
    {
        var descriptor = new ResourceDescriptor
        {
            Name = json.Optional("name")?.Text(),
            Uri = json.Optional("uri")?.Text(),
            Digest = Digests(json),
            MediaType = json.Optional("mediaType")?.Text(),
            DownloadLocation = json.Optional("downloadLocation")?.Text(),
            Content = json.Optional("content")?.Text(),
            Annotations = json.Optional("annotations") is { } annotations ? Object(annotations) : null,
        };
        return string.IsNullOrEmpty(descriptor.Name) && string.IsNullOrEmpty(descriptor.Uri)
            && descriptor.Digest.Count == 0 && string.IsNullOrEmpty(descriptor.Content)
            ? throw json.Error("a descriptor needs a name, a URI, a digest or a content")
            : descriptor;
    }

    private static SortedDictionary<string, string> Digests(JsonCursor json)
    {
        var digests = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (algorithm, value) in json.Optional("digest")?.Members() ?? [])
        {
            var text = value.Text();
            var lengths = HexLengths(algorithm);
            if (text.Length == 0 || (lengths.Length > 0 && (!lengths.Contains(text.Length) || text.AsSpan().ContainsAnyExcept(LowerHex))))
            {
                throw value.Error($"the digest is not one of {algorithm} in lower-case hexadecimal digits");
            }

            digests[algorithm] = text;
        }

        return digests;
    }

    private static int[] HexLengths(string algorithm) => algorithm switch
    {
        "md5" => [32],
        "sha1" => [40],
        "sha224" or "sha512_224" or "sha3_224" => [56],
        "sha256" or "sha512_256" or "sha3_256" => [64],
        "sha384" or "sha3_384" => [96],
        "sha512" or "sha3_512" => [128],
        "gitCommit" or "gitTree" or "gitBlob" or "gitTag" => [40, 64],
        _ => [],
    };

    private static JsonObject Object(JsonCursor json) => json.IsObject
        ? JsonNode.Parse(json.ToString())!.AsObject()
        : throw json.Error("an object is expected");
}
