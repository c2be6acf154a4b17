using System.Text;
using System.Text.Json.Nodes;
using Kfm.Provenance.Sigstore;

namespace Kfm.Provenance.Tests.Sigstore;

/// <summary>Changes one byte at a time of what is signed in every good bundle. <c>KFM_SIGSTORE_ALL_BYTES=1</c> changes all of them, else every 97th.</summary>
public sealed class ChangedByteTests
{
    private static readonly int Step = Environment.GetEnvironmentVariable("KFM_SIGSTORE_ALL_BYTES") is { Length: > 0 } ? 1 : 97;

    [SigstoreFact]
    public void Changed_byte_of_signed_material_is_never_accepted()
    {
        var (changes, accepted) = (0, new List<string>());
        foreach (var one in SigstoreSuiteFiles.Cases(good: true))
        {
            var verifier = new SigstoreVerifier(SigstoreSuiteFiles.Root(one));
            var (artifact, policy) = (SigstoreSuiteFiles.Artifact(one), SigstoreSuiteFiles.Policy(one));
            var bundle = JsonNode.Parse(SigstoreSuiteFiles.Bundle(one))!;
            foreach (var (path, value) in Material(bundle).ToList())
            {
                for (var at = changes % Step; at < value.Length; at += Step)
                {
                    changes++;
                    if (verifier.Verify(value.With(at), artifact, policy).IsVerified && !IsUnsigned(path, value.Bytes, at))
                    {
                        accepted.Add($"{Path.GetFileName(one)} {path}[{at}]");
                    }
                }
            }
        }

        Console.WriteLine($"sigstore: {changes} changed bytes, {accepted.Count} accepted");
        Assert.True(changes > 1000);
        Assert.True(accepted.Count == 0, string.Join("\n", accepted.Take(20)));
    }

    // RFC 3161, 2.4.2: the status in front of the token is not signed; 0 and 1 both say that the timestamp was granted.
    private static bool IsUnsigned(string path, byte[] bytes, int at) =>
        path.EndsWith("signedTimestamp", StringComparison.Ordinal) && at == (bytes[1] < 0x80 ? 2 : 2 + (bytes[1] & 0x7f)) + 4;

    private static IEnumerable<(string Path, SignedMaterial Value)> Material(JsonNode bundle)
    {
        foreach (var leaf in Leaves(bundle).ToList())
        {
            var name = leaf.GetPropertyName();
            switch (name)
            {
                case "rawBytes" or "signedEntryTimestamp" or "canonicalizedBody" or "rootHash" or "signedTimestamp" or "signature" or "digest" or "payload" or "sig":
                    yield return (leaf.GetPath(), new SignedMaterial(leaf, Convert.FromBase64String(leaf.GetValue<string>().Replace("\n", "", StringComparison.Ordinal)), isBase64: true));
                    break;
                case "payloadType":
                    yield return (leaf.GetPath(), new SignedMaterial(leaf, Encoding.UTF8.GetBytes(leaf.GetValue<string>()), isBase64: false));
                    break;
                case "envelope":
                    yield return (leaf.GetPath(), new SignedMaterial(leaf, OfTheLog(leaf.GetValue<string>()), isBase64: false));
                    break;
            }
        }

        foreach (var hashes in Arrays(bundle))
        {
            foreach (var hash in hashes.ToList())
            {
                yield return (hash!.GetPath(), new SignedMaterial(hash.AsValue(), Convert.FromBase64String(hash.GetValue<string>()), isBase64: true));
            }
        }
    }

    // The text and the first signature; lines of witnesses follow, and who does not know their keys ignores them.
    private static byte[] OfTheLog(string note)
    {
        var first = note.IndexOf("\n\n", StringComparison.Ordinal) + 2;
        return Encoding.UTF8.GetBytes(note[..(note.IndexOf('\n', first) + 1)]);
    }

    private static IEnumerable<JsonValue> Leaves(JsonNode? node) => node switch
    {
        JsonObject members => members.ToList().SelectMany(m => Leaves(m.Value)),
        JsonArray items when items.Count > 0 && items[0] is JsonObject => items.ToList().SelectMany(Leaves),
        JsonValue value => [value],
        _ => [],
    };

    private static IEnumerable<JsonArray> Arrays(JsonNode? node) => node switch
    {
        JsonObject members => members.ToList().SelectMany(m => m.Key == "hashes" ? [m.Value!.AsArray()] : Arrays(m.Value)),
        JsonArray items => items.ToList().SelectMany(Arrays),
        _ => [],
    };
}
