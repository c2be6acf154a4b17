using System.Text.Json;
using System.Text.Json.Nodes;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.Manifests;

/// <summary>The JSON form of a manifest: <c>{"entries":[{"executable","link","path","sha256","size"}],"formatVersion":1}</c>.</summary>
internal static class ManifestJson
{
    private const int FormatVersion = 1;
    private static readonly string[] RootMembers = ["entries", "formatVersion"];
    private static readonly string[] EntryMembers = ["executable", "link", "path", "sha256", "size"];

    public static byte[] Write(ArtifactManifest manifest)
    {
        var entries = new JsonArray();
        foreach (var entry in manifest.Entries)
        {
            var members = new JsonObject { ["path"] = entry.Path, ["sha256"] = entry.Digest.Hex, ["size"] = entry.Size };
            if (entry.IsExecutable)
            {
                members["executable"] = true;
            }

            if (entry.LinkTarget is { } target)
            {
                members["link"] = target;
            }

            entries.Add((JsonNode)members);
        }

        return [.. CanonicalJson.Canonicalize(new JsonObject { ["entries"] = entries, ["formatVersion"] = FormatVersion }), (byte)'\n'];
    }

    public static ArtifactManifest Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var reader = new Utf8JsonReader(CanonicalJson.Canonicalize(utf8));
            using var document = JsonDocument.ParseValue(ref reader);
            var root = Members(document.RootElement, RootMembers, "");
            Require(root.TryGetProperty("formatVersion", out var version) && version.ValueKind == JsonValueKind.Number
                && version.TryGetInt32(out var number) && number == FormatVersion, $"The format version is not {FormatVersion}.", "/formatVersion");
            Require(root.TryGetProperty("entries", out var entries) && entries.ValueKind == JsonValueKind.Array, "An array is needed.", "/entries");
            return new(entries.EnumerateArray().Select((entry, i) => Entry(entry, $"/entries/{i}")).ToList());
        }
        catch (JsonFormatException e)
        {
            throw new ManifestFormatException(e.Message, e.Pointer, e);
        }
    }

    private static ManifestEntry Entry(JsonElement element, string pointer)
    {
        var members = Members(element, EntryMembers, pointer);
        var path = Text(members, "path", pointer);
        Require(RelativePath.IsValid(path, out var reason), $"'{path}' is not a path below the root: {reason}.", pointer + "/path");
        Require(Digest.TryParse("sha256:" + Text(members, "sha256", pointer), out var digest), "64 lower-case hexadecimal digits are needed.", pointer + "/sha256");
        Require(members.TryGetProperty("size", out var size) && size.ValueKind == JsonValueKind.Number && size.TryGetInt64(out var bytes) && bytes >= 0,
            "A number of bytes is needed.", pointer + "/size");
        return new(path, size.GetInt64(), digest, members.TryGetProperty("executable", out var executable) && executable.ValueKind == JsonValueKind.True,
            members.TryGetProperty("link", out _) ? Text(members, "link", pointer) : null);
    }

    private static JsonElement Members(JsonElement element, string[] known, string pointer)
    {
        Require(element.ValueKind == JsonValueKind.Object, "An object is needed.", pointer);
        foreach (var member in element.EnumerateObject())
        {
            Require(known.Contains(member.Name, StringComparer.Ordinal), "The member is not known.", $"{pointer}/{member.Name}");
        }

        return element;
    }

    private static string Text(JsonElement members, string name, string pointer)
    {
        Require(members.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String, "A string is needed.", $"{pointer}/{name}");
        return value.GetString()!;
    }

    private static void Require([System.Diagnostics.CodeAnalysis.DoesNotReturnIf(false)] bool holds, string message, string pointer)
    {
        if (!holds)
        {
            throw new ManifestFormatException(message, pointer);
        }
    }
}
