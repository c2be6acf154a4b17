using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kfm.Agent.Autonomy;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Json;

namespace Kfm.Agent.Designs;

/// <summary>What a person signs who has reviewed a design and agrees that a model is asked: an in-toto Statement v1 whose subject is design.md.</summary>
/// <param name="Design">The SHA-256 of design.md; another design voids the review. The design says the tier, so the review does not.</param>
/// <param name="Role">The role in which the person reviews, of <see cref="ApprovalRoles"/>.</param>
/// <param name="Person">The pseudonymous id of the person.</param>
/// <param name="Time">When, UTC; written in whole milliseconds.</param>
public sealed record DesignReviewStatement(Digest Design, string Role, string Person, DateTimeOffset Time)
{
    /// <summary>The payload type of the envelope.</summary>
    public const string PayloadType = "application/vnd.in-toto+json";

    /// <summary>The type of the predicate.</summary>
    public const string PredicateType = "https://kfm.dev/predicates/design-review/v1";

    private const string StatementType = "https://in-toto.io/Statement/v1";
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>The statement as RFC 8785 canonical JSON in UTF-8.</summary>
    public byte[] ToUtf8() => CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(new JsonObject
    {
        ["_type"] = StatementType,
        ["subject"] = new JsonArray(new JsonObject { ["name"] = "design.md", ["digest"] = new JsonObject { ["sha256"] = Design.Hex } }),
        ["predicateType"] = PredicateType,
        ["predicate"] = new JsonObject
        {
            ["formatVersion"] = 1,
            ["person"] = Person,
            ["role"] = Role,
            ["time"] = Time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture),
        },
    }.ToJsonString()));

    /// <summary>Reads a statement; only the exact bytes that <see cref="ToUtf8"/> writes are accepted.</summary>
    /// <param name="utf8">The payload of the envelope.</param>
    /// <exception cref="DesignReviewFormatException">The payload is something else.</exception>
    public static DesignReviewStatement Parse(ReadOnlySpan<byte> utf8)
    {
        DesignReviewStatement statement;
        try
        {
            using var document = JsonDocument.Parse(CanonicalJson.Canonicalize(utf8));
            statement = Read(document.RootElement);
        }
        catch (JsonFormatException e)
        {
            throw new DesignReviewFormatException(e.Message, e.Pointer, e);
        }

        // One form only: a member more, or another order, is another statement than the one that is shown to the reader.
        return statement.ToUtf8().AsSpan().SequenceEqual(utf8)
            ? statement
            : throw new DesignReviewFormatException("the payload is not in the one form that a design review has", "");
    }

    private static DesignReviewStatement Read(JsonElement root)
    {
        var subjects = Member(root, "subject", JsonValueKind.Array, "");
        if (subjects.GetArrayLength() != 1)
        {
            throw new DesignReviewFormatException("a design review has one subject", "/subject");
        }

        var predicate = Member(root, "predicate", JsonValueKind.Object, "");
        var digest = Text(Member(subjects[0], "digest", JsonValueKind.Object, "/subject/0"), "sha256", "/subject/0/digest");
        var (role, time) = (Text(predicate, "role", "/predicate"), Text(predicate, "time", "/predicate"));
        return new DesignReviewStatement(
            Digest.TryParse(digest, out var design) ? design : throw new DesignReviewFormatException("not a SHA-256 digest", "/subject/0/digest/sha256"),
            ApprovalRoles.Contains(role) ? role : throw new DesignReviewFormatException($"'{role}' is not a role", "/predicate/role"),
            Text(predicate, "person", "/predicate"),
            DateTimeOffset.TryParseExact(time, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
                ? at
                : throw new DesignReviewFormatException("not a time", "/predicate/time"));
    }

    private static string Text(JsonElement parent, string name, string pointer) => Member(parent, name, JsonValueKind.String, pointer).GetString()!;

    private static JsonElement Member(JsonElement parent, string name, JsonValueKind kind, string pointer) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == kind
            ? value
            : throw new DesignReviewFormatException($"the member '{name}' is missing or of another kind", pointer + "/" + name);
}
