using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Json;

namespace Kfm.Agent.Autonomy;

/// <summary>What a person signs to approve: an in-toto Statement v1 whose subject is decision.json.</summary>
/// <param name="Decision">The SHA-256 of decision.json; another decision voids the approval.</param>
/// <param name="Head">The commit of the proposal, 40 hexadecimal digits; another head voids the approval.</param>
/// <param name="Role">The role in which the person approves, of <see cref="ApprovalRoles"/>.</param>
/// <param name="Person">The pseudonymous id of the person.</param>
/// <param name="Time">When, UTC; written in whole milliseconds.</param>
public sealed record ApprovalStatement(Digest Decision, string Head, string Role, string Person, DateTimeOffset Time)
{
    /// <summary>The payload type of the envelope.</summary>
    public const string PayloadType = "application/vnd.in-toto+json";

    /// <summary>The type of the predicate.</summary>
    public const string PredicateType = "https://kfm.dev/predicates/approval/v1";

    private const string StatementType = "https://in-toto.io/Statement/v1";
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>The statement as RFC 8785 canonical JSON in UTF-8.</summary>
    public byte[] ToUtf8()
    {
        var statement = new JsonObject
        {
            ["_type"] = StatementType,
            ["subject"] = new JsonArray(new JsonObject
            {
                ["name"] = "decision.json",
                ["digest"] = new JsonObject { ["sha256"] = Decision.Hex },
            }),
            ["predicateType"] = PredicateType,
            ["predicate"] = new JsonObject
            {
                ["formatVersion"] = 1,
                ["head"] = Head,
                ["person"] = Person,
                ["role"] = Role,
                ["time"] = Time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture),
            },
        };
        return CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(statement.ToJsonString()));
    }

    /// <summary>Reads a statement; only the exact bytes that <see cref="ToUtf8"/> writes are accepted.</summary>
    /// <param name="utf8">The payload of the envelope.</param>
    /// <exception cref="ApprovalFormatException">The payload is something else.</exception>
    public static ApprovalStatement Parse(ReadOnlySpan<byte> utf8)
    {
        ApprovalStatement statement;
        try
        {
            using var document = JsonDocument.Parse(CanonicalJson.Canonicalize(utf8));
            statement = Read(document.RootElement);
        }
        catch (JsonFormatException e)
        {
            throw new ApprovalFormatException(e.Message, e.Pointer, e);
        }

        // One form only: a member more, or another order, is another statement than the one that is shown to the reader.
        return statement.ToUtf8().AsSpan().SequenceEqual(utf8)
            ? statement
            : throw new ApprovalFormatException("the payload is not in the one form that an approval has", "");
    }

    private static ApprovalStatement Read(JsonElement root)
    {
        var predicate = Member(root, "predicate", JsonValueKind.Object, "");
        var subjects = Member(root, "subject", JsonValueKind.Array, "");
        if (subjects.GetArrayLength() != 1)
        {
            throw new ApprovalFormatException("an approval has one subject", "/subject");
        }

        var digest = Text(Member(subjects[0], "digest", JsonValueKind.Object, "/subject/0"), "sha256", "/subject/0/digest");
        var role = Text(predicate, "role", "/predicate");
        var time = Text(predicate, "time", "/predicate");
        return new ApprovalStatement(
            Digest.TryParse(digest, out var decision) ? decision : throw new ApprovalFormatException("not a SHA-256 digest", "/subject/0/digest/sha256"),
            Text(predicate, "head", "/predicate"),
            ApprovalRoles.Contains(role) ? role : throw new ApprovalFormatException($"'{role}' is not a role", "/predicate/role"),
            Text(predicate, "person", "/predicate"),
            DateTimeOffset.TryParseExact(time, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
                ? at
                : throw new ApprovalFormatException("a time is written as 2026-01-31T12:00:00.000Z", "/predicate/time"));
    }

    private static JsonElement Member(JsonElement value, string name, JsonValueKind kind, string pointer) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) && member.ValueKind == kind
            ? member
            : throw new ApprovalFormatException($"'{name}' is missing or of another kind", pointer + "/" + name);

    private static string Text(JsonElement value, string name, string pointer) =>
        Member(value, name, JsonValueKind.String, pointer).GetString()!;
}
