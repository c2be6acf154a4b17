using System.Text;
using Kfm.Provenance.InToto;
using Kfm.Provenance.InToto.Predicates;
using Kfm.Provenance.Signing;

namespace Kfm.Pipeline.Attestations;

/// <summary>What <c>kfm verify-attestation</c> is asked for about a DSSE envelope.</summary>
internal sealed record AttestationCheck
{
    public required string File { get; init; }

    public required IReadOnlyList<string> Keys { get; init; }

    public int Threshold { get; init; } = 1;

    public required IReadOnlyList<string> Subjects { get; init; }

    public string? Type { get; init; }

    /// <summary>Verifies the attestation.</summary>
    public AttestationReport Run()
    {
        if (Threshold < 1)
        {
            throw new AttestationInputException("A threshold is at least 1.");
        }

        var keys = Keys.Select(k => VerificationKey.FromPem(Encoding.UTF8.GetString(AttestationFile.Read(k)))).ToList();
        var result = DsseEnvelope.Parse(AttestationFile.Read(File)).Verify(keys, Threshold);
        return result.IsVerified
            ? Claim(result.Payload, result.PayloadType, [.. result.VerifiedBy.Select(k => k.KeyId)])
            : new AttestationReport { Reason = result.Reason };
    }

    private AttestationReport Claim(ReadOnlyMemory<byte> payload, string? payloadType, IReadOnlyList<string> signers)
    {
        if (payloadType is not Statement.PayloadType)
        {
            return new AttestationReport { Reason = $"The payload is of the type '{payloadType}', not an in-toto statement." };
        }

        try
        {
            var statement = Statement.Parse(payload.Span);
            Predicate.Read(statement);
            return new AttestationReport { Statement = statement, Signers = signers, Reason = Misfit(statement) };
        }
        catch (InTotoFormatException e)
        {
            return new AttestationReport { Reason = e.Message };
        }
    }

    private string? Misfit(Statement statement)
    {
        if (Type is not null && PredicateTypes.Parse(Type) is var type && !string.Equals(type, statement.PredicateType, StringComparison.Ordinal))
        {
            return $"The predicate is of the type {statement.PredicateType}, not {type}.";
        }

        foreach (var text in Subjects)
        {
            var hash = AttestationSubjects.Parse(text).Digest["sha256"];
            if (!statement.Subject.Any(s => s.Digest.TryGetValue("sha256", out var value) && string.Equals(value, hash, StringComparison.Ordinal)))
            {
                return $"No subject is {text} (sha256 {hash}).";
            }
        }

        return null;
    }
}
