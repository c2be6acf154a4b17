using System.Security.Cryptography;
using System.Text.Json;
using Kfm.Provenance.Merkle;

namespace Kfm.Conformance.Tests.Suites;

/// <summary>Reads the values that the suites of signatures and trees share.</summary>
internal static class SuiteJson
{
    public static JsonElement Read(params string[] path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(path)));
        return document.RootElement.Clone();
    }

    public static string Text(this JsonElement value, string name) => value.GetProperty(name).GetString()!;

    public static byte[] Base64(this JsonElement value, string name) => value.GetProperty(name).GetBytesFromBase64();

    public static bool WantsError(this JsonElement value) => value.TryGetProperty("wantErr", out var flag) && flag.GetBoolean();

    public static IEnumerable<JsonElement> Items(this JsonElement value, string name) =>
        value.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];

    /// <summary>A hash, or null when the bytes are not 32: then no proof with it can verify.</summary>
    public static MerkleHash? Hash(JsonElement value) => value.GetBytesFromBase64() is { Length: MerkleHash.Size } hash ? MerkleHash.FromBytes(hash) : null;

    /// <summary>A root of which only matters whether it is the same as another: some cases put a text in its place.</summary>
    public static MerkleHash Root(JsonElement value) =>
        Hash(value) ?? MerkleHash.FromBytes(SHA256.HashData([.. "not a hash: "u8, .. value.GetBytesFromBase64()]));

    /// <summary>The reason of a failure when the verdict is not the one expected, else null.</summary>
    public static string? Differs(bool wantErr, bool accepted) =>
        accepted != wantErr ? null : accepted ? "is accepted, must be refused" : "is refused, must be accepted";
}
