using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Kfm.Ledger;
using Kfm.Ledger.Storage;
using Kfm.Provenance.Json;
using Kfm.Provenance.Merkle;
using Kfm.Provenance.Signing;
using Kfm.Testing;

namespace Kfm.Provenance.Tests.Sigstore.Instances;

/// <summary>Rekor of version 1 or 2 on Kfm.Ledger's own log: real leaves, real proofs, real checkpoints.</summary>
internal sealed class FakeRekor : IDisposable
{
    private readonly TransparencyLog _log;
    private readonly SigningKey _key;
    private readonly TimeProvider _clock;
    private readonly int _version;

    public FakeRekor(TemporaryDirectory folder, string origin, int version, TimeProvider clock)
    {
        (_clock, _version) = (clock, version);
        _key = version == 1 ? EcdsaSigningKey.Create() : Ed25519SigningKey.Create();
        _log = TransparencyLog.Open(new LogOptions { Path = folder.Combine($"rekor{version}.db"), Origin = origin, Signer = _key, TimeProvider = clock, Content = LogContent.Bytes });
        _log.AppendAsync("a leaf before"u8.ToArray()).GetAwaiter().GetResult();
        LogId = version == 1
            ? SHA256.HashData(_key.PublicKey.Der.Span)
            : SHA256.HashData([.. Encoding.UTF8.GetBytes(origin), (byte)'\n', 1, .. _key.PublicKey.Der.Span[^32..]]);
    }

    public VerificationKey Key => _key.PublicKey;

    /// <summary>As the trusted root has it: of version 2 the whole hash whose first bytes are the key id of the note.</summary>
    public byte[] LogId { get; }

    public byte[] Create(byte[] request)
    {
        var json = JsonNode.Parse(request)!.AsObject();
        var body = CanonicalJson.Canonicalize(_version == 1 ? Body1(json) : Body2(json));
        var index = _log.AppendAsync(body).GetAwaiter().GetResult().Index;
        var proof = _log.ProveInclusion(index);
        var checkpoint = Checkpoint.Parse(SignedNote.Parse(proof.Checkpoint).Text);
        return Encoding.UTF8.GetBytes((_version == 1 ? Answer1(body, proof, checkpoint) : Answer2(body, proof, checkpoint)).ToJsonString());
    }

    public void Dispose()
    {
        _log.Dispose();
        _key.Dispose();
    }

    private static JsonObject Body1(JsonObject json)
    {
        if (json["kind"]!.GetValue<string>() == "hashedrekord")
        {
            return json;
        }

        var proposed = json["spec"]!["proposedContent"]!;
        var envelope = Encoding.UTF8.GetBytes(proposed["envelope"]!.GetValue<string>());
        var read = DsseEnvelope.Parse(envelope);
        return new JsonObject
        {
            ["apiVersion"] = "0.0.1",
            ["kind"] = "dsse",
            ["spec"] = new JsonObject
            {
                ["envelopeHash"] = new JsonObject { ["algorithm"] = "sha256", ["value"] = Convert.ToHexStringLower(SHA256.HashData(envelope)) },
                ["payloadHash"] = new JsonObject { ["algorithm"] = "sha256", ["value"] = Convert.ToHexStringLower(SHA256.HashData(read.Payload.Span)) },
                ["signatures"] = new JsonArray(new JsonObject
                {
                    ["signature"] = Convert.ToBase64String(read.Signatures[0].Value.Span),
                    ["verifier"] = proposed["verifiers"]![0]!.DeepClone(),
                }),
            },
        };
    }

    private static JsonObject Body2(JsonObject json)
    {
        if (json["hashedRekordRequestV002"] is { } record)
        {
            return Entry("hashedrekord", "hashedRekordV002", new JsonObject
            {
                ["data"] = new JsonObject { ["algorithm"] = "SHA2_256", ["digest"] = record["digest"]!.DeepClone() },
                ["signature"] = record["signature"]!.DeepClone(),
            });
        }

        var dsse = json["dsseRequestV002"]!;
        var payload = Convert.FromBase64String(dsse["envelope"]!["payload"]!.GetValue<string>());
        return Entry("dsse", "dsseV002", new JsonObject
        {
            ["payloadHash"] = new JsonObject { ["algorithm"] = "SHA2_256", ["digest"] = Convert.ToBase64String(SHA256.HashData(payload)) },
            ["signatures"] = new JsonArray(new JsonObject
            {
                ["content"] = dsse["envelope"]!["signatures"]![0]!["sig"]!.DeepClone(),
                ["verifier"] = dsse["verifiers"]![0]!.DeepClone(),
            }),
        });
    }

    private static JsonObject Entry(string kind, string member, JsonObject content) =>
        new() { ["apiVersion"] = "0.0.2", ["kind"] = kind, ["spec"] = new JsonObject { [member] = content } };

    private JsonObject Answer1(byte[] body, TlogProof proof, Checkpoint checkpoint)
    {
        var signed = new JsonObject
        {
            ["body"] = Convert.ToBase64String(body),
            ["integratedTime"] = _clock.GetUtcNow().ToUnixTimeSeconds(),
            ["logID"] = Convert.ToHexStringLower(LogId),
            ["logIndex"] = (long)proof.Index,
        };
        var promise = _key.Sign(CanonicalJson.Canonicalize(signed));
        signed["verification"] = new JsonObject
        {
            ["inclusionProof"] = new JsonObject
            {
                ["checkpoint"] = proof.Checkpoint,
                ["hashes"] = new JsonArray([.. proof.Hashes.Select(h => (JsonNode)Convert.ToHexStringLower(h.ToBytes()))]),
                ["logIndex"] = (long)proof.Index,
                ["rootHash"] = Convert.ToHexStringLower(checkpoint.RootBytes.Span),
                ["treeSize"] = (long)checkpoint.Size,
            },
            ["signedEntryTimestamp"] = Convert.ToBase64String(promise),
        };
        return new JsonObject { ["an-entry"] = signed };
    }

    private JsonObject Answer2(byte[] body, TlogProof proof, Checkpoint checkpoint) => new()
    {
        ["logIndex"] = $"{proof.Index}",
        ["logId"] = new JsonObject { ["keyId"] = Convert.ToBase64String(LogId) },
        ["kindVersion"] = new JsonObject { ["kind"] = JsonNode.Parse(body)!["kind"]!.DeepClone(), ["version"] = "0.0.2" },
        ["integratedTime"] = "0",
        ["inclusionProof"] = new JsonObject
        {
            ["logIndex"] = $"{proof.Index}",
            ["rootHash"] = Convert.ToBase64String(checkpoint.RootBytes.Span),
            ["treeSize"] = $"{checkpoint.Size}",
            ["hashes"] = new JsonArray([.. proof.Hashes.Select(h => (JsonNode)h.ToString())]),
            ["checkpoint"] = new JsonObject { ["envelope"] = proof.Checkpoint },
        },
        ["canonicalizedBody"] = Convert.ToBase64String(body),
    };
}
