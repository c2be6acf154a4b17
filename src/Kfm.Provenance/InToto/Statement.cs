using System.Text.Json.Nodes;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.InToto;

/// <summary>A claim about artifacts (in-toto Attestation Framework v1, Statement): the payload of a DSSE envelope.</summary>
public sealed class Statement
{
    /// <summary>The type of the payload of the envelope.</summary>
    public const string PayloadType = "application/vnd.in-toto+json";

    /// <summary>The type of a statement of version 1, the one that is written.</summary>
    public const string TypeV1 = "https://in-toto.io/Statement/v1";

    internal const string TypeV01 = "https://in-toto.io/Statement/v0.1";
    private readonly JsonObject _predicate;

    /// <summary>Creates a statement.</summary>
    /// <param name="subject">What the claim is about; at least one, each with a digest.</param>
    /// <param name="predicateType">The URI of the type of the predicate.</param>
    /// <param name="predicate">The claim; it is copied.</param>
    /// <exception cref="ArgumentException">There is no subject, or one has no digest, or the type is empty.</exception>
    public Statement(IReadOnlyList<ResourceDescriptor> subject, string predicateType, JsonObject predicate)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentException.ThrowIfNullOrEmpty(predicateType);
        ArgumentNullException.ThrowIfNull(predicate);
        if (subject.Count == 0 || subject.Any(s => s.Digest.Count == 0))
        {
            throw new ArgumentException("A statement has at least one subject, and each has a digest.", nameof(subject));
        }

        Subject = [.. subject];
        PredicateType = predicateType;
        _predicate = (JsonObject)predicate.DeepClone();
    }

    /// <summary>What the claim is about.</summary>
    public IReadOnlyList<ResourceDescriptor> Subject { get; }

    /// <summary>The URI of the type of the predicate.</summary>
    public string PredicateType { get; }

    /// <summary>The claim: a copy that the caller may change.</summary>
    public JsonObject Predicate => (JsonObject)_predicate.DeepClone();

    /// <summary>The bytes of the payload: RFC 8785, without a newline.</summary>
    public byte[] ToJson() => FactJson.Canonical(new JsonObject
    {
        ["_type"] = TypeV1,
        ["subject"] = new JsonArray([.. Subject.Select(s => (JsonNode?)s.ToNode())]),
        ["predicateType"] = PredicateType,
        ["predicate"] = Predicate,
    });

    /// <summary>Reads a statement of version 1 or 0.1 from anyone; as the framework demands, members that it does not know are ignored.</summary>
    /// <param name="utf8">The payload: one JSON object in UTF-8, at most 64 MiB.</param>
    /// <exception cref="InTotoFormatException">The text is not a statement; the type is not known; a subject or its digest is missing.</exception>
    public static Statement Parse(ReadOnlySpan<byte> utf8) =>
        StatementReader.Read(JsonCursor.OpenForeign(utf8, static (message, pointer) => new InTotoFormatException(message, pointer)));
}
