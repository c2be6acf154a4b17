using Kfm.Provenance.Json;

namespace Kfm.Provenance.Tuf;

/// <summary>The keys of a role and how many of them must sign (TUF specification, 4.3).</summary>
internal sealed class TufRole
{
    public const string Root = "root";
    public const string Timestamp = "timestamp";
    public const string Snapshot = "snapshot";
    public const string Targets = "targets";
    private const int MaxKeys = 1024;
    private readonly HashSet<string> _keyIds;
    private readonly int _threshold;

    private TufRole(HashSet<string> keyIds, int threshold) => (_keyIds, _threshold) = (keyIds, threshold);

    public static TufRole Read(JsonCursor json)
    {
        var ids = json.Member("keyids");
        HashSet<string> keyIds = new(StringComparer.Ordinal);
        foreach (var id in ids.Items())
        {
            _ = keyIds.Count < MaxKeys ? keyIds.Add(id.Text()) ? true : throw id.Error("the id of a key stands twice")
                : throw ids.Error($"a role has at most {MaxKeys} keys");
        }

        var threshold = json.Member("threshold");
        return threshold.Count() is var count and > 0 ? new TufRole(keyIds, count) : throw threshold.Error("a threshold is at least 1");
    }

    /// <summary>Refuses metadata that fewer distinct keys signed than the threshold asks for; one key under two ids counts once.</summary>
    public void Require(TufMetadata metadata, IReadOnlyDictionary<string, TufKey> keys, string role)
    {
        HashSet<string> signed = new(StringComparer.Ordinal);
        foreach (var (keyId, signature) in metadata.Signatures)
        {
            if (_keyIds.Contains(keyId) && keys.TryGetValue(keyId, out var key) && !signed.Contains(key.Identity) && key.Verify(metadata.SignedBytes, signature))
            {
                signed.Add(key.Identity);
            }
        }

        if (signed.Count < _threshold)
        {
            throw new TufException(TufFailure.Threshold, role, $"{signed.Count} of the {_threshold} signatures that are needed verify");
        }
    }

    /// <summary>Reads a map of keys by their ids.</summary>
    public static Dictionary<string, TufKey> ReadKeys(JsonCursor json)
    {
        Dictionary<string, TufKey> keys = new(StringComparer.Ordinal);
        foreach (var (id, key) in json.Members())
        {
            keys[id] = keys.Count < MaxKeys ? TufKey.Read(key) : throw json.Error($"at most {MaxKeys} keys are read");
        }

        return keys;
    }
}
