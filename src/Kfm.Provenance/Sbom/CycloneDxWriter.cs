using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Identifiers;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.Sbom;

/// <summary>The JSON form: https://cyclonedx.org/docs/1.6/json/.</summary>
internal static class CycloneDxWriter
{
    public const string SpecVersion = "1.6";
    public const string ContentHashProperty = "kfm:nuget:contentHash";
    public const string CommitProperty = "kfm:nuget:repositoryCommit";

    // RFC 9562 section 6.6: the namespace of URLs; the name is the URN of the content.
    private static readonly Guid UrlNamespace = new("6ba7b811-9dad-11d1-80b4-00c04fd430c8");

    // What follows the serial number in canonical order.
    private static ReadOnlySpan<byte> Tail => ",\"specVersion\":\"1.6\",\"version\":1}"u8;

    public static byte[] Write(CycloneDxBom bom)
    {
        var unnumbered = CanonicalJson.Canonicalize(Document(bom));
        return [.. unnumbered.AsSpan(..^Tail.Length), .. Encoding.UTF8.GetBytes($",\"serialNumber\":\"{SerialNumber(unnumbered)}\""), .. Tail, (byte)'\n'];
    }

    public static string SerialNumber(CycloneDxBom bom) => SerialNumber(CanonicalJson.Canonicalize(Document(bom)));

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string SerialNumber(ReadOnlySpan<byte> unnumbered) =>
        $"urn:uuid:{UuidV5.Create(UrlNamespace, "urn:kfm:" + Digest.Of(unnumbered))}";

    private static JsonObject Document(CycloneDxBom bom) => new()
    {
        ["bomFormat"] = "CycloneDX",
        ["specVersion"] = SpecVersion,
        ["version"] = 1,
        ["metadata"] = new JsonObject
        {
            ["timestamp"] = Time(bom.Timestamp),
            ["lifecycles"] = new JsonArray(new JsonObject { ["phase"] = "build" }),
            ["tools"] = new JsonObject { ["components"] = new JsonArray(new JsonObject { ["type"] = "application", ["name"] = "Kfm" }) },
            ["component"] = Component(bom.Root),
            ["properties"] = new JsonArray(Property("cdx:reproducible", "true")),
        },
        ["components"] = Array(bom.Components.Select(Component)),
        ["dependencies"] = Array(bom.Components.Append(bom.Root).OrderBy(c => c.Reference, StringComparer.Ordinal).Select(Dependency)),
    };

    private static JsonObject Component(SbomComponent component)
    {
        var json = new JsonObject
        {
            ["bom-ref"] = component.Reference,
            ["type"] = component.Type,
            ["name"] = component.Name,
            ["version"] = component.Version,
        };
        Add(json, "purl", component.PackageUrl);
        Add(json, "scope", component.IsDevelopmentOnly ? "excluded" : null);
        Add(json, "hashes", component.Hashes.Select(h => new JsonObject { ["alg"] = h.Algorithm, ["content"] = h.Hex }));
        Add(json, "licenses", Licences(component));
        Add(json, "externalReferences", component.Repository is { } url ? [new JsonObject { ["type"] = "vcs", ["url"] = url }] : []);
        Add(json, "properties", Properties(component));
        return json;
    }

    private static IEnumerable<JsonObject> Licences(SbomComponent component)
    {
        if (component.LicenceExpression is { } expression)
        {
            yield return new() { ["expression"] = expression, ["acknowledgement"] = "declared" };
        }
        else if (component.LicenceName is { } name)
        {
            yield return new() { ["license"] = new JsonObject { ["name"] = name, ["acknowledgement"] = "declared" } };
        }
    }

    private static IEnumerable<JsonObject> Properties(SbomComponent component)
    {
        if (component.ContentHash is { } hash)
        {
            yield return Property(ContentHashProperty, hash);
        }

        if (component.Commit is { } commit)
        {
            yield return Property(CommitProperty, commit);
        }
    }

    private static JsonObject Dependency(SbomComponent component)
    {
        var json = new JsonObject { ["ref"] = component.Reference };
        if (component.DependsOn.Count > 0)
        {
            json["dependsOn"] = new JsonArray([.. component.DependsOn.Select(r => (JsonNode)r)]);
        }

        return json;
    }

    private static JsonObject Property(string name, string value) => new() { ["name"] = name, ["value"] = value };

    private static void Add(JsonObject json, string name, string? value)
    {
        if (value is not null)
        {
            json[name] = value;
        }
    }

    private static void Add(JsonObject json, string name, IEnumerable<JsonObject> items)
    {
        if (Array(items) is { Count: > 0 } array)
        {
            json[name] = array;
        }
    }

    private static JsonArray Array(IEnumerable<JsonObject> items) => new([.. items]);
}
