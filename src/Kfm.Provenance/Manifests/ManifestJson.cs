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
        var document = new JsonObject
        {
            ["entries"] = new JsonArray([.. manifest.Entries.Select(Write)]),
            ["formatVersion"] = FormatVersion,
        };
        return [.. CanonicalJson.Canonicalize(document), (byte)'\n'];
    }

    public static ArtifactManifest Read(ReadOnlySpan<byte> utf8)
    {
        var root = JsonCursor.OpenForeign(utf8, (message, pointer) => new ManifestFormatException(message, pointer));
        RequireMembers(root, RootMembers);
        var version = root.Member("formatVersion");
        if (version.Integer() != FormatVersion)
        {
            throw version.Error($"the format version is not {FormatVersion}");
        }

        return new(root.Member("entries").Items().Select(Entry).ToList());
    }

    private static JsonObject Write(ManifestEntry entry)
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

        return members;
    }

    private static ManifestEntry Entry(JsonCursor json)
    {
        RequireMembers(json, EntryMembers);
        var (path, size, hash) = (json.Member("path"), json.Member("size"), json.Member("sha256"));
        if (!RelativePath.IsValid(path.Text(), out var reason))
        {
            throw path.Error($"'{path.Text()}' is not a path below the root: {reason}");
        }

        return new(
            path.Text(),
            size.Integer() is >= 0 and var bytes ? bytes : throw size.Error("a number of bytes is expected"),
            Digest.TryParse("sha256:" + hash.Text(), out var digest) ? digest : throw hash.Error("64 lower-case hexadecimal digits are expected"),
            json.Optional("executable")?.Flag() ?? false,
            json.Optional("link")?.Text());
    }

    private static void RequireMembers(JsonCursor json, string[] known)
    {
        foreach (var (name, value) in json.Members())
        {
            if (!known.Contains(name, StringComparer.Ordinal))
            {
                throw value.Error("the member is not known");
            }
        }
    }
}
