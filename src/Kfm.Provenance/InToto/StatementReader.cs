using System.Text.Json.Nodes;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.InToto;

/// <summary>Reads statements and descriptors of anyone.</summary>
internal static class StatementReader
{
    public static Statement Read(JsonCursor json, byte[] predicateText, StatementRules rules)
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
            var subject = Descriptor(item, rules);
            subjects.Add(subject.Digest.Count > 0 ? subject : throw item.Error("a subject needs a digest"));
        }

        var predicateType = json.Member("predicateType");
        var predicate = json.Member("predicate");
        return subjects.Count == 0
            ? throw list.Error("a statement needs a subject")
            : predicateType.Text().Length == 0
            ? throw predicateType.Error("the type of the predicate is empty")
            : !predicate.IsObject
            ? throw predicate.Error("an object is expected")
            : new Statement(type.Text(), subjects, predicateType.Text(), predicateText, rules);
    }

    public static ResourceDescriptor Descriptor(JsonCursor json, StatementRules rules)
    {
        var descriptor = new ResourceDescriptor
        {
            Name = json.Optional("name")?.Text(),
            Uri = json.Optional("uri")?.Text(),
            Digest = Digests(json, rules),
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

    private static IReadOnlyDictionary<string, string> Digests(JsonCursor json, StatementRules rules)
    {
        var digests = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (algorithm, value) in json.Optional("digest")?.Members() ?? [])
        {
            var text = value.Text();
            if (text.Length == 0 || (rules == StatementRules.Strict && !DigestSet.IsValid(algorithm, text)))
            {
                throw value.Error($"the digest is not one of {algorithm} in lower-case hexadecimal digits");
            }

            digests[algorithm] = text;
        }

        return rules == StatementRules.Strict ? new DigestSet(digests) : digests;
    }

    private static JsonObject Object(JsonCursor json) => json.IsObject
        ? JsonNode.Parse(json.ToString())!.AsObject()
        : throw json.Error("an object is expected");
}
