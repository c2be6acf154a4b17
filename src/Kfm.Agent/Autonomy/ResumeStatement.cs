using Kfm.Provenance.Digests;
using Kfm.Provenance.JsonSchema;

namespace Kfm.Agent.Autonomy;

/// <summary>What a person signs to let agents work again: an in-toto Statement v1 whose subject is the envelope of the halt.</summary>
/// <remarks>The format is described by schemas/resume-v1.schema.json. It lifts that halt and earlier ones of the same scope, and no later one.</remarks>
public sealed record ResumeStatement
{
    /// <summary>The payload type of the envelope.</summary>
    public const string PayloadType = HaltStatement.PayloadType;

    /// <summary>The type of the predicate.</summary>
    public const string PredicateType = "https://kfm.dev/predicates/resume/v1";

    private static readonly Lazy<CompiledSchema> Schema = HaltPayload.Schema("resume");

    /// <summary>The SHA-256 of the envelope of the halt.</summary>
    public required Digest Halt { get; init; }

    /// <summary>The URI of the repository.</summary>
    public required string Repository { get; init; }

    /// <summary>The component that was halted; null for a halt of everything.</summary>
    public string? Service { get; init; }

    /// <summary>The role in which the person resumes.</summary>
    public required string Role { get; init; }

    /// <summary>Why: the directive, the clearance, what was changed; as <see cref="HaltStatement.Reason"/>.</summary>
    public required string Reason { get; init; }

    /// <summary>When it was signed, UTC, whole milliseconds.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The digest of the policies at the base when it was signed.</summary>
    public required Digest PolicySet { get; init; }

    /// <summary>The statement as RFC 8785 canonical JSON in UTF-8.</summary>
    /// <exception cref="ArgumentException">The time has a part below the millisecond.</exception>
    public byte[] ToUtf8()
    {
        var predicate = HaltPayload.Predicate(Repository, Service, Role, Reason, Time);
        predicate["policySet"] = PolicySet.Hex;
        return HaltPayload.Write("halt", Halt, PredicateType, predicate);
    }

    /// <summary>Reads a statement; only the exact bytes that <see cref="ToUtf8"/> writes are accepted.</summary>
    /// <param name="utf8">The payload of the envelope, at most 64 KiB.</param>
    /// <exception cref="HaltFormatException">The payload is something else.</exception>
    public static ResumeStatement Parse(ReadOnlySpan<byte> utf8)
    {
        var (subject, predicate) = HaltPayload.Parse(utf8, Schema.Value);
        var statement = new ResumeStatement
        {
            Halt = subject,
            Repository = HaltPayload.Text(predicate, "repository"),
            Service = HaltPayload.Service(predicate),
            Role = HaltPayload.Text(predicate, "role"),
            Reason = HaltPayload.Text(predicate, "reason"),
            Time = HaltPayload.Time(predicate),
            PolicySet = Digest.Parse(HaltPayload.Text(predicate, "policySet")),
        };
        return statement.ToUtf8().AsSpan().SequenceEqual(utf8) ? statement : throw new HaltFormatException("the payload is not in the one form that the end of a halt has", "");
    }
}
