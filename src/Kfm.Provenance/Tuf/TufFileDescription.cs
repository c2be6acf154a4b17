using Kfm.Provenance.Json;

namespace Kfm.Provenance.Tuf;

/// <summary>What timestamp and snapshot say of a metadata file: version, and maybe length and hashes (TUF specification, 4.4).</summary>
internal sealed record TufFileDescription(int Version, int? Length, IReadOnlyDictionary<string, string>? Hashes)
{
    public static TufFileDescription Read(JsonCursor json) => new(
        json.Member("version") is var version && version.Count() > 0 ? version.Count() : throw version.Error("a version is at least 1"),
        json.Optional("length")?.Count(),
        json.Optional("hashes") is { } hashes ? ReadHashes(hashes) : null);

    /// <summary>Reads hashes by their algorithm; one of them at least is of an algorithm that is known here.</summary>
    public static Dictionary<string, string> ReadHashes(JsonCursor json)
    {
        Dictionary<string, string> hashes = new(StringComparer.Ordinal);
        foreach (var (algorithm, value) in json.Members())
        {
            hashes[algorithm] = value.Text();
        }

        return hashes.Keys.Any(a => TufBytes.Hash(a, default) is not null)
            ? hashes
            : throw json.Error("none of the hashes is sha256, sha384 or sha512");
    }
}
