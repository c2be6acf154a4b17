using System.Text.Json;
using System.Text.Json.Nodes;
using Kfm.Gates.Decisions;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.Json;

namespace Kfm.Gates.Overrides;

/// <summary>What a person signs to override a gate: an in-toto Statement v1 whose subject is decision.json.</summary>
/// <remarks>The format is described by schemas/override-v1.schema.json. It is bound to one decision, one head, one gate and the reasons that it names.</remarks>
public sealed record OverrideStatement
{
    /// <summary>The payload type of the envelope.</summary>
    public const string PayloadType = "application/vnd.in-toto+json";

    /// <summary>The type of the predicate.</summary>
    public const string PredicateType = "https://kfm.dev/predicates/override/v1";

    /// <summary>The fewest characters (code points) of a justification.</summary>
    public const int MinReason = 20;

    /// <summary>The most characters (code points) of a justification.</summary>
    public const int MaxReason = 1000;

    private const string StatementType = "https://in-toto.io/Statement/v1";
    private const int MaxBytes = 1 << 20;

    /// <summary>The SHA-256 of decision.json; another decision voids the override.</summary>
    public required Digest Decision { get; init; }

    /// <summary>The URI of the repository.</summary>
    public required string Repository { get; init; }

    /// <summary>The commit of the proposal, 40 hexadecimal digits; another head voids the override.</summary>
    public required string Head { get; init; }

    /// <summary>The gate that is overridden.</summary>
    public required string Gate { get; init; }

    /// <summary>The reasons of the decision that it lifts, as they stand there: sorted, ordinal, without duplicates, all of the gate; 1 to 100.</summary>
    public required FactList<string> Lifts { get; init; }

    /// <summary>The pseudonymous id of the person.</summary>
    public required string Person { get; init; }

    /// <summary>The role in which the person overrides.</summary>
    public required string Role { get; init; }

    /// <summary>The justification: 20 to 1,000 characters in one line, of three words at least.</summary>
    public required string Reason { get; init; }

    /// <summary>When it was signed and begins to hold, UTC, whole milliseconds.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>When it ends, UTC, whole milliseconds; at this time it does not hold any more.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>The reasons as <see cref="Lifts"/> keeps them.</summary>
    /// <param name="reasons">The reasons, in any order.</param>
    public static FactList<string> Sorted(IEnumerable<string> reasons) => Decisions.Decision.Sorted(reasons);

    /// <summary>The statement as RFC 8785 canonical JSON in UTF-8.</summary>
    /// <exception cref="ArgumentException">A time has a part below the millisecond.</exception>
    public byte[] ToUtf8() => CanonicalJson.Canonicalize(new JsonObject
    {
        ["_type"] = StatementType,
        ["subject"] = new JsonArray(new JsonObject
        {
            ["name"] = Decisions.Decision.FileName,
            ["digest"] = new JsonObject { ["sha256"] = Decision.Hex },
        }),
        ["predicateType"] = PredicateType,
        ["predicate"] = new JsonObject
        {
            ["formatVersion"] = 1,
            ["repository"] = Repository,
            ["head"] = Head,
            ["gate"] = Gate,
            ["lifts"] = CanonicalFile.ToArray(Lifts),
            ["person"] = Person,
            ["role"] = Role,
            ["reason"] = Reason,
            ["from"] = EvidenceTime.Format(From),
            ["until"] = EvidenceTime.Format(Until),
        },
    });

    /// <summary>Reads a statement; only the exact bytes that <see cref="ToUtf8"/> writes are accepted.</summary>
    /// <param name="utf8">The payload of the envelope, at most 1 MiB.</param>
    /// <exception cref="OverrideFormatException">The payload is something else.</exception>
    public static OverrideStatement Parse(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaxBytes)
        {
            throw new OverrideFormatException($"the payload has more than {MaxBytes} bytes", "");
        }

        var statement = Read(Document(utf8));
        if (statement.Problem() is var (message, pointer))
        {
            throw new OverrideFormatException(message, pointer);
        }

        // One form only: another order of members is another statement than the one that is shown to the reader.
        return statement.ToUtf8().AsSpan().SequenceEqual(utf8)
            ? statement
            : throw new OverrideFormatException("the payload is not in the one form that an override has", "");
    }

    /// <summary>What the statement says that no override may say, whatever the decision is, with its place; null when nothing.</summary>
    internal (string Message, string Pointer)? Problem() => this switch
    {
        _ when !Lifts.SequenceEqual(Sorted(Lifts), StringComparer.Ordinal) => ("the reasons are not sorted", "/predicate/lifts"),
        _ when !Lifts.All(reason => reason.StartsWith($"deny: {Gate}: ", StringComparison.Ordinal)) => ("a reason is one of another gate", "/predicate/lifts"),
        _ when !IsJustification(Reason) => ($"a justification has {MinReason} to {MaxReason} characters in one line and at least three words", "/predicate/reason"),
        _ => null,
    };

    /// <summary>Whether a text can stand as the justification: its length, one line without control characters, three words.</summary>
    /// <param name="text">The text.</param>
    public static bool IsJustification(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var length = text.EnumerateRunes().Count();
        return length is >= MinReason and <= MaxReason
            && !text.Any(char.IsControl)
            && text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Count(word => word.Any(char.IsLetterOrDigit)) >= 3;
    }

    private static JsonElement Document(ReadOnlySpan<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(CanonicalJson.Canonicalize(utf8));
            var result = PublishedSchemas.Override.Validate(document.RootElement);
            return result.IsValid
                ? document.RootElement.Clone()
                : throw new OverrideFormatException(result.Errors[^1].Message, result.Errors[^1].InstancePointer);
        }
        catch (JsonFormatException e)
        {
            throw new OverrideFormatException(e.Message, e.Pointer, e);
        }
    }

    private static OverrideStatement Read(JsonElement root)
    {
        var predicate = root.GetProperty("predicate");
        return new OverrideStatement
        {
            Decision = Digest.Parse(root.GetProperty("subject")[0].GetProperty("digest").Text("sha256")),
            Repository = predicate.Text("repository"),
            Head = predicate.Text("head"),
            Gate = predicate.Text("gate"),
            Lifts = FactListBuilder.Create<string>(predicate.Texts("lifts")),
            Person = predicate.Text("person"),
            Role = predicate.Text("role"),
            Reason = predicate.Text("reason"),
            From = Time(predicate, "from"),
            Until = Time(predicate, "until"),
        };
    }

    private static DateTimeOffset Time(JsonElement predicate, string name) =>
        EvidenceTime.TryParse(predicate.Text(name), out var time) ? time : throw new OverrideFormatException("the time does not exist", "/predicate/" + name);
}
