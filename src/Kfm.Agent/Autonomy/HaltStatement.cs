using Kfm.Provenance.Digests;
using Kfm.Provenance.JsonSchema;

namespace Kfm.Agent.Autonomy;

/// <summary>What a person signs to stop agents: an in-toto Statement v1 whose subject is the set of policies that held.</summary>
/// <remarks>The format is described by schemas/halt-v1.schema.json. It names nobody: the id of the key in the envelope leads to the person by the people file.</remarks>
public sealed record HaltStatement
{
    /// <summary>The payload type of the envelope.</summary>
    public const string PayloadType = "application/vnd.in-toto+json";

    /// <summary>The type of the predicate.</summary>
    public const string PredicateType = "https://kfm.dev/predicates/halt/v1";

    /// <summary>The scope of a halt of the whole repository.</summary>
    public const string Global = "global";

    /// <summary>The scope of a halt of one component.</summary>
    public const string PerService = "service";

    /// <summary>The fewest characters (code points) of a reason.</summary>
    public const int MinReason = 2;

    /// <summary>The most characters (code points) of a reason.</summary>
    public const int MaxReason = 1000;

    private static readonly Lazy<CompiledSchema> Schema = HaltPayload.Schema("halt");

    /// <summary>The URI of the repository.</summary>
    public required string Repository { get; init; }

    /// <summary>The component of kfm.json, 1 to 200 characters; null halts everything.</summary>
    public string? Service { get; init; }

    /// <summary>The role in which the person halts.</summary>
    public required string Role { get; init; }

    /// <summary>Why: 2 to 1,000 characters in one line.</summary>
    public required string Reason { get; init; }

    /// <summary>When it was signed, UTC, whole milliseconds.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The digest of the policies at the base when it was signed; a component goes on under others only.</summary>
    public required Digest PolicySet { get; init; }

    /// <summary>Whether a text can stand as the reason: its length, one line without control characters.</summary>
    /// <param name="text">The text.</param>
    public static bool IsReason(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.EnumerateRunes().Count() is >= MinReason and <= MaxReason && !text.Any(char.IsControl);
    }

    /// <summary>The statement as RFC 8785 canonical JSON in UTF-8.</summary>
    /// <exception cref="ArgumentException">The time has a part below the millisecond.</exception>
    public byte[] ToUtf8() => HaltPayload.Write("policies", PolicySet, PredicateType, HaltPayload.Predicate(Repository, Service, Role, Reason, Time));

    /// <summary>Reads a statement; only the exact bytes that <see cref="ToUtf8"/> writes are accepted.</summary>
    /// <param name="utf8">The payload of the envelope, at most 64 KiB.</param>
    /// <exception cref="HaltFormatException">The payload is something else.</exception>
    public static HaltStatement Parse(ReadOnlySpan<byte> utf8)
    {
        var (subject, predicate) = HaltPayload.Parse(utf8, Schema.Value);
        var statement = new HaltStatement
        {
            PolicySet = subject,
            Repository = HaltPayload.Text(predicate, "repository"),
            Service = HaltPayload.Service(predicate),
            Role = HaltPayload.Text(predicate, "role"),
            Reason = HaltPayload.Text(predicate, "reason"),
            Time = HaltPayload.Time(predicate),
        };
        return statement.ToUtf8().AsSpan().SequenceEqual(utf8) ? statement : throw new HaltFormatException("the payload is not in the one form that a halt has", "");
    }
}
