using System.Text.Json.Nodes;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.InToto.Predicates;

/// <summary>The record of a decision in a chain of hashes (Context Passport). The hashes are the producer's; they are not made again here.</summary>
/// <param name="Id">The id of the record.</param>
/// <param name="SchemaVersion">The version of the format of the record.</param>
/// <param name="PayloadHash">The SHA-256 of the canonical payload.</param>
/// <param name="ParentHash">The integrity hash of the record before, or null for the first.</param>
/// <param name="IntegrityHash">The SHA-256 over both.</param>
public sealed record AgentRecord(string Id, string SchemaVersion, Digest PayloadHash, Digest? ParentHash, Digest IntegrityHash)
{
    internal JsonObject ToJson() => new()
    {
        ["id"] = Id,
        ["schemaVersion"] = SchemaVersion,
        ["payloadHash"] = PayloadHash.ToString(),
        ["parentHash"] = ParentHash?.ToString(),
        ["integrityHash"] = IntegrityHash.ToString(),
    };

    internal static AgentRecord Read(JsonCursor json) => new(
        json.Required("id"),
        json.Required("schemaVersion"),
        Hash(json.Member("payloadHash")),
        json.Member("parentHash") is { IsNull: false } parent ? Hash(parent) : null,
        Hash(json.Member("integrityHash")));

    private static Digest Hash(JsonCursor json) =>
        Digest.TryParse(json.Text(), out var digest) ? digest : throw json.Error("sha256: and 64 lower-case hexadecimal digits are expected");
}
