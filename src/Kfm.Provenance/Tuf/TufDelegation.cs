using System.Security.Cryptography;
using System.Text;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.Tuf;

/// <summary>One delegated role: its keys, and the paths it may speak of. Both lists are null for a role that was already chosen by the path.</summary>
internal sealed record TufDelegation(
    string Name, TufRole Keys, bool Terminating, IReadOnlyList<string>? Paths, IReadOnlyList<string>? HashPrefixes)
{
    private const int MaxNameBytes = 200;

    public static TufDelegation Read(JsonCursor json)
    {
        var (paths, prefixes) = (json.Optional("paths"), json.Optional("path_hash_prefixes"));
        return paths is null == prefixes is null
            ? throw json.Error("a delegation has either paths or path_hash_prefixes")
            : new TufDelegation(
                RoleName(json.Member("name")),
                TufRole.Read(json),
                json.Member("terminating").Flag(),
                paths?.Items().Select(p => p.Text()).ToList(),
                prefixes?.Items().Select(p => p.Text()).ToList());
    }

    /// <summary>A name becomes part of an address and of a file name; one of a top-level role would stand for that role in snapshot and cache.</summary>
    public static string RoleName(JsonCursor json)
    {
        var name = json.Text();
        return name.Length == 0 || Uri.EscapeDataString(name).Length > MaxNameBytes
            ? throw json.Error($"the name of a role has 1 to {MaxNameBytes} bytes in percent-encoding")
            : name is TufRole.Root or TufRole.Timestamp or TufRole.Snapshot or TufRole.Targets
            ? throw json.Error("a delegated role cannot have the name of a top-level role")
            : name;
    }

    public bool Covers(string path)
    {
        if (HashPrefixes is not null)
        {
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)));
            return HashPrefixes.Any(p => hash.StartsWith(p, StringComparison.Ordinal));
        }

        return Paths!.Any(p => TufPathPattern.IsMatch(p, path));
    }
}
