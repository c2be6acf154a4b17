using System.Globalization;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.Sbom;

/// <summary>Reads what <see cref="CycloneDxWriter"/> writes.</summary>
internal static class CycloneDxReader
{
    private const string File = "bom.cdx.json";

    public static CycloneDxBom Read(ReadOnlySpan<byte> utf8)
    {
        var root = JsonCursor.OpenForeign(utf8, (message, pointer) => new SbomFormatException(message, File, pointer));
        RequireText(root.Member("bomFormat"), "CycloneDX");
        RequireText(root.Member("specVersion"), CycloneDxWriter.SpecVersion);
        var edges = Edges(root.Member("dependencies"));
        var metadata = root.Member("metadata");
        var components = root.Member("components").Items().Select(c => Component(c, edges)).ToList();
        var bom = new CycloneDxBom(Component(metadata.Member("component"), edges), Time(metadata.Member("timestamp")), components);
        RequireReferences(bom);
        var written = bom.ToJson();
        return written.AsSpan().SequenceEqual(utf8)
            ? bom
            : throw new SbomFormatException($"Kfm would write this bill otherwise, from byte {utf8.CommonPrefixLength(written)} on; it was changed, or another tool made it.", File, "");
    }

    private static void RequireText(JsonCursor value, string expected)
    {
        if (value.Text() != expected)
        {
            throw value.Error($"'{expected}' is expected");
        }
    }

    private static void RequireReferences(CycloneDxBom bom)
    {
        var known = new HashSet<string>([bom.Root.Reference], StringComparer.Ordinal);
        if (bom.Components.FirstOrDefault(c => !known.Add(c.Reference)) is { } twice)
        {
            throw new SbomFormatException($"Two components have the reference '{twice.Reference}'.", File, "/components");
        }

        if (bom.Components.Append(bom.Root).SelectMany(c => c.DependsOn).FirstOrDefault(r => !known.Contains(r)) is { } unknown)
        {
            throw new SbomFormatException($"No component has the reference '{unknown}'.", File, "/dependencies");
        }
    }

    private static DateTimeOffset Time(JsonCursor value) =>
        DateTimeOffset.TryParseExact(value.Text(), "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw value.Error("a time is expected: yyyy-MM-ddTHH:mm:ssZ");

    private static Dictionary<string, FactList<string>> Edges(JsonCursor dependencies)
    {
        var edges = new Dictionary<string, FactList<string>>(StringComparer.Ordinal);
        foreach (var dependency in dependencies.Items())
        {
            if (!edges.TryAdd(dependency.Member("ref").Text(), [.. dependency.Optional("dependsOn")?.Items().Select(i => i.Text()) ?? []]))
            {
                throw dependency.Error("the reference stands twice");
            }
        }

        return edges;
    }

    private static SbomComponent Component(JsonCursor json, Dictionary<string, FactList<string>> edges)
    {
        var reference = json.Member("bom-ref").Text();
        var properties = Properties(json);
        var licence = First(json, "licenses");
        return new(reference, json.Member("name").Text(), json.Member("version").Text())
        {
            Type = json.Member("type").Text(),
            PackageUrl = json.Optional("purl")?.Text(),
            IsDevelopmentOnly = json.Optional("scope")?.Text() == "excluded",
            Hashes = [.. json.Optional("hashes")?.Items().Select(h => new SbomHash(h.Member("alg").Text(), h.Member("content").Text())) ?? []],
            LicenceExpression = licence?.Optional("expression")?.Text(),
            LicenceName = licence?.Optional("license")?.Member("name").Text(),
            Repository = First(json, "externalReferences")?.Member("url").Text(),
            ContentHash = properties.GetValueOrDefault(CycloneDxWriter.ContentHashProperty),
            Commit = properties.GetValueOrDefault(CycloneDxWriter.CommitProperty),
            DependsOn = edges.GetValueOrDefault(reference) ?? [],
        };
    }

    private static JsonCursor? First(JsonCursor json, string name) => json.Optional(name)?.Items().Select(item => (JsonCursor?)item).FirstOrDefault();

    private static Dictionary<string, string> Properties(JsonCursor json)
    {
        var properties = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in json.Optional("properties")?.Items() ?? [])
        {
            properties[property.Member("name").Text()] = property.Member("value").Text();
        }

        return properties;
    }
}
