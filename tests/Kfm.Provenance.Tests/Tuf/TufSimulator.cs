using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Kfm.Provenance.Json;
using Kfm.Provenance.Tuf;

namespace Kfm.Provenance.Tests.Tuf;

/// <summary>A TUF repository in memory whose owner, or whose attacker, can publish whatever he likes; it counts what is asked for.</summary>
internal sealed class TufSimulator : ITufRepository
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly Dictionary<string, List<TestKey>> _signers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<byte[]>> _published = new(StringComparer.Ordinal);

    public TufSimulator()
    {
        Signed["root"] = New("root", ("consistent_snapshot", true), ("keys", new JsonObject()), ("roles", new JsonObject()));
        Signed["timestamp"] = New("timestamp", ("meta", new JsonObject { ["snapshot.json"] = new JsonObject { ["version"] = 1 } }));
        Signed["snapshot"] = New("snapshot", ("meta", new JsonObject { ["targets.json"] = new JsonObject { ["version"] = 1 } }));
        Signed["targets"] = New("targets", ("targets", new JsonObject()));
        foreach (var role in Signed.Keys.ToList())
        {
            Signed["root"]["roles"]![role] = new JsonObject { ["keyids"] = new JsonArray(), ["threshold"] = 1 };
            AddKey(role, new TestKey());
        }

        foreach (var role in Signed.Keys)
        {
            Publish(role, bump: false);
        }
    }

    public Dictionary<string, JsonObject> Signed { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, byte[]> Targets { get; } = new(StringComparer.Ordinal);

    /// <summary>The names that were asked for, in order.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>Whether timestamp and snapshot name lengths and hashes.</summary>
    public bool WithHashes { get; set; }

    public byte[] FirstRoot => Newest("root", 1);

    public static JsonObject New(string type, params ReadOnlySpan<(string Name, JsonNode? Value)> members)
    {
        var signed = new JsonObject { ["_type"] = type, ["spec_version"] = "1.0.31", ["version"] = 1, ["expires"] = Time(Now.AddDays(30)) };
        foreach (var (name, value) in members)
        {
            signed[name] = value;
        }

        return signed;
    }

    public static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public int Version(string role) => (int)Signed[role]["version"]!;

    public void SetVersion(string role, int version) => Signed[role]["version"] = version;

    public void Expire(string role, DateTimeOffset at) => Signed[role]["expires"] = Time(at);

    public JsonObject RoleEntry(string role, string delegator = "root") => delegator == "root"
        ? Signed["root"]["roles"]![role]!.AsObject()
        : Signed[delegator]["delegations"]!["roles"]!.AsArray().Select(r => r!.AsObject()).Single(r => (string)r["name"]! == role);

    public void Threshold(string role, int threshold) => RoleEntry(role)["threshold"] = threshold;

    /// <summary>Trusts a key for a role; it signs only when it is a signer too.</summary>
    public void TrustKey(string role, TestKey key, string? keyId = null, string delegator = "root")
    {
        keyId ??= key.Id;
        var keys = delegator == "root" ? Signed["root"]["keys"]! : Signed[delegator]["delegations"]!["keys"]!;
        keys[keyId] = key.ToJson();
        RoleEntry(role, delegator)["keyids"]!.AsArray().Add(keyId);
    }

    public void AddSigner(string role, TestKey key)
    {
        _signers.TryAdd(role, []);
        _signers[role].Add(key);
    }

    public void AddKey(string role, TestKey key, string delegator = "root")
    {
        TrustKey(role, key, null, delegator);
        AddSigner(role, key);
    }

    public void DropKeys(string role)
    {
        RoleEntry(role)["keyids"] = new JsonArray();
        _signers[role].Clear();
    }

    public void RotateKeys(string role)
    {
        DropKeys(role);
        AddKey(role, new TestKey());
    }

    /// <summary>Signs what stands in <see cref="Signed"/> and offers it.</summary>
    public void Publish(string role, bool bump = true)
    {
        Signed[role]["version"] = Version(role) + (bump ? 1 : 0);
        _published.TryAdd(role, []);
        _published[role].Add(Bytes(role));
    }

    public byte[] Bytes(string role)
    {
        var data = Canonical(Signed[role]);
        var signatures = _signers[role].Select(k => (JsonNode)new JsonObject { ["keyid"] = k.Id, ["sig"] = k.Sign(data) }).ToArray();
        return Encoding.UTF8.GetBytes(new JsonObject { ["signatures"] = new JsonArray(signatures), ["signed"] = Signed[role].DeepClone() }.ToJsonString());
    }

    /// <summary>Publishes a timestamp of the snapshot as it stands.</summary>
    public void UpdateTimestamp()
    {
        Signed["timestamp"]["meta"]!["snapshot.json"] = Describe("snapshot");
        Publish("timestamp");
    }

    /// <summary>Publishes the role and all that leads to it.</summary>
    public void PublishTargets(params string[] roles)
    {
        foreach (var role in roles)
        {
            Publish(role);
        }

        UpdateSnapshot();
    }

    public void UpdateSnapshot()
    {
        foreach (var role in _published.Keys.Where(r => r is not ("root" or "timestamp" or "snapshot")))
        {
            Signed["snapshot"]["meta"]![role + ".json"] = Describe(role);
        }

        Publish("snapshot");
        UpdateTimestamp();
    }

    public void AddDelegation(string delegator, string role, bool terminating = false, params string[] paths)
    {
        Signed.TryAdd(role, New("targets", ("targets", new JsonObject())));
        var delegations = Signed[delegator]["delegations"] ??= new JsonObject { ["keys"] = new JsonObject(), ["roles"] = new JsonArray() };
        delegations["roles"]!.AsArray().Add(new JsonObject
        {
            ["name"] = role,
            ["keyids"] = new JsonArray(),
            ["threshold"] = 1,
            ["terminating"] = terminating,
            ["paths"] = new JsonArray([.. paths.Length == 0 ? ["*"] : paths.Select(p => (JsonNode)p)]),
        });
        AddKey(role, new TestKey(), delegator);
    }

    public void AddTarget(string role, string path, string content)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        Targets[path] = bytes;
        Signed[role]["targets"]![path] = new JsonObject { ["length"] = bytes.Length, ["hashes"] = new JsonObject { ["sha256"] = Hex(bytes) } };
    }

    public Task<byte[]?> ReadMetadataAsync(string name, int limit, CancellationToken cancellationToken)
    {
        Asked.Add(name);
        var parts = name[..^".json".Length].Split('.', 2);
        var versioned = parts.Length == 2 && int.TryParse(parts[0], CultureInfo.InvariantCulture, out _);
        var role = Uri.UnescapeDataString(versioned ? parts[1] : name[..^".json".Length]);
        var bytes = versioned ? Newest(role, int.Parse(parts[0], CultureInfo.InvariantCulture)) : _published[role][^1];
        return bytes.Length > limit
            ? throw new TufException(TufFailure.Length, name, "too long")
            : Task.FromResult(bytes.Length == 0 ? null : bytes);
    }

    public Task<byte[]?> ReadTargetAsync(string path, int limit, CancellationToken cancellationToken)
    {
        Asked.Add("targets/" + path);
        var slash = path.LastIndexOf('/') + 1;
        var name = path[..slash] + path[(path.IndexOf('.', slash) + 1)..];
        return Targets.TryGetValue(Uri.UnescapeDataString(name), out var bytes) && bytes.Length > limit
            ? throw new TufException(TufFailure.Length, name, "too long")
            : Task.FromResult(bytes);
    }

    public byte[] Newest(string role, int? version = null) => _published.GetValueOrDefault(role)?
        .LastOrDefault(b => version is null || (int)JsonNode.Parse(b)!["signed"]!["version"]! == version) ?? [];

    // The roots that were published before do not count.
    public void ForgetRoots()
    {
        _published["root"].Clear();
        SetVersion("root", 0);
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    // For texts of ASCII both canonical forms differ only in the newlines of PEM, which OLPC does not escape.
    private static byte[] Canonical(JsonObject signed) => Encoding.UTF8.GetBytes(Encoding.UTF8
        .GetString(CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(signed.ToJsonString())))
        .Replace("\\n", "\n", StringComparison.Ordinal));

    private JsonObject Describe(string role)
    {
        var description = new JsonObject { ["version"] = Version(role) };
        if (WithHashes)
        {
            var bytes = Newest(role);
            description["length"] = bytes.Length;
            description["hashes"] = new JsonObject { ["sha256"] = Hex(bytes) };
        }

        return description;
    }
}
