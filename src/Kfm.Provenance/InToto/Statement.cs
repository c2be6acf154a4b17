using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.InToto;

/// <summary>A claim about artifacts (in-toto Attestation Framework v1, Statement): the payload of a DSSE envelope.</summary>
public sealed class Statement
{
    /// <summary>The type of the payload of the envelope.</summary>
    public const string PayloadType = "application/vnd.in-toto+json";

    /// <summary>The type of a statement of version 1, the one that is made.</summary>
    public const string TypeV1 = "https://in-toto.io/Statement/v1";

    /// <summary>The type of a statement of version 0.1, which is read too.</summary>
    public const string TypeV01 = "https://in-toto.io/Statement/v0.1";

    private readonly byte[] _predicate;

    /// <summary>Creates a statement.</summary>
    /// <param name="subject">What the claim is about; at least one, each with a digest.</param>
    /// <param name="predicateType">The URI of the type of the predicate.</param>
    /// <param name="predicate">The claim; it is copied.</param>
    /// <exception cref="ArgumentException">There is no subject, or one has no digest, or the type is empty.</exception>
    public Statement(IReadOnlyList<ResourceDescriptor> subject, string predicateType, JsonObject predicate)
        : this(subject, predicateType, FactJson.Canonical(predicate ?? throw new ArgumentNullException(nameof(predicate))))
    {
    }

    /// <summary>Creates a statement with a predicate whose text is kept byte for byte by <see cref="ToPayload"/>.</summary>
    /// <param name="subject">What the claim is about; at least one, each with a digest.</param>
    /// <param name="predicateType">The URI of the type of the predicate.</param>
    /// <param name="predicate">The claim: one JSON object in UTF-8, at most 64 MiB; it is copied.</param>
    /// <exception cref="ArgumentException">There is no subject, or one has no digest, or the type is empty.</exception>
    /// <exception cref="InTotoFormatException">The predicate is not a JSON object, or names a member twice.</exception>
    public Statement(IReadOnlyList<ResourceDescriptor> subject, string predicateType, ReadOnlyMemory<byte> predicate)
        : this(TypeV1, subject, predicateType, Check(predicate).ToArray(), StatementRules.Strict)
    {
    }

    internal Statement(string type, IReadOnlyList<ResourceDescriptor> subject, string predicateType, byte[] predicate, StatementRules rules)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentException.ThrowIfNullOrEmpty(predicateType);
        if (subject.Count == 0 || subject.Any(s => s.Digest.Count == 0))
        {
            throw new ArgumentException("A statement has at least one subject, and each has a digest.", nameof(subject));
        }

        (Type, Subject, PredicateType, _predicate, Rules) = (type, [.. subject], predicateType, predicate, rules);
    }

    /// <summary>The version: <see cref="TypeV1"/> or <see cref="TypeV01"/>.</summary>
    public string Type { get; }

    /// <summary>What the claim is about.</summary>
    public IReadOnlyList<ResourceDescriptor> Subject { get; }

    /// <summary>The URI of the type of the predicate.</summary>
    public string PredicateType { get; }

    /// <summary>The claim: a copy that the caller may change. <see cref="Predicates.Predicate.Read"/> gives it typed.</summary>
    public JsonObject Predicate => JsonNode.Parse(_predicate)!.AsObject();

    /// <summary>The text of the claim as it was read or given.</summary>
    public ReadOnlyMemory<byte> PredicateText => _predicate;

    /// <summary>By which rules the statement was read.</summary>
    internal StatementRules Rules { get; }

    /// <summary>The bytes of the payload: RFC 8785, without a newline.</summary>
    public byte[] ToJson() => FactJson.Canonical(new JsonObject
    {
        ["_type"] = Type,
        ["subject"] = new JsonArray([.. Subject.Select(s => (JsonNode?)s.ToNode())]),
        ["predicateType"] = PredicateType,
        ["predicate"] = Predicate,
    });

    /// <summary>The bytes of a payload in which the predicate stands byte for byte as <see cref="PredicateText"/>; the rest is RFC 8785.</summary>
    public byte[] ToPayload()
    {
        var head = new JsonObject
        {
            ["_type"] = Type,
            ["predicateType"] = PredicateType,
            ["subject"] = new JsonArray([.. Subject.Select(s => (JsonNode?)s.ToNode())]),
        };
        return [.. FactJson.Canonical(head).AsSpan()[..^1], .. ",\"predicate\":"u8, .. _predicate, (byte)'}'];
    }

    /// <summary>Reads a statement of version 1 or 0.1 from anyone; as the framework demands, members that it does not know are ignored.</summary>
    /// <param name="utf8">The payload: one JSON object in UTF-8, at most 64 MiB.</param>
    /// <param name="rules">Whether the digests are checked.</param>
    /// <exception cref="InTotoFormatException">The text is not a statement; the type is not known; a subject or its digest is missing.</exception>
    public static Statement Parse(ReadOnlySpan<byte> utf8, StatementRules rules = StatementRules.Strict)
    {
        var cursor = JsonCursor.OpenForeign(utf8, static (message, pointer) => new InTotoFormatException(message, pointer));
        return StatementReader.Read(cursor, RawPredicate(utf8), rules);
    }

    // The cursor reads a canonical copy; the predicate is kept as it stands in the text.
    private static byte[] RawPredicate(ReadOnlySpan<byte> utf8) =>
        JsonElement.Parse(utf8) is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("predicate", out var predicate)
            ? JsonMarshal.GetRawUtf8Value(predicate).ToArray()
            : [];

    private static ReadOnlySpan<byte> Check(ReadOnlyMemory<byte> predicate)
    {
        var cursor = JsonCursor.OpenForeign(predicate.Span, "/predicate", static (message, pointer) => new InTotoFormatException(message, pointer));
        return cursor.IsObject ? predicate.Span : throw cursor.Error("an object is expected");
    }
}
