using Kfm.Provenance;
using Kfm.Provenance.Signing;

namespace Kfm.Agent.Autonomy;

/// <summary>An envelope that one person signed, in the one form in which such a file may stand.</summary>
internal sealed class PersonalEnvelope
{
    private readonly DsseEnvelope _envelope;

    private PersonalEnvelope(DsseEnvelope envelope) => _envelope = envelope;

    /// <summary>What was signed.</summary>
    public ReadOnlyMemory<byte> Payload => _envelope.Payload;

    /// <summary>The key id that the envelope names; a hint until <see cref="Refuse"/> has looked at it.</summary>
    public string KeyId => _envelope.Signatures[0].KeyId ?? "";

    /// <summary>Reads an envelope: canonical, with one signature.</summary>
    /// <exception cref="KfmException">It is no envelope.</exception>
    /// <returns>The envelope, or why it cannot stand.</returns>
    public static (PersonalEnvelope? Envelope, string? Reason) Read(ReadOnlyMemory<byte> json)
    {
        var envelope = DsseEnvelope.Parse(json);
        if (!envelope.ToJson().AsSpan().SequenceEqual(json.Span))
        {
            return (null, "the envelope is not in canonical form");
        }

        // A second signature would be bytes that nothing vouches for, and each one costs time.
        return envelope.Signatures.Count == 1 ? (new PersonalEnvelope(envelope), null) : (null, "the envelope has more than one signature");
    }

    /// <summary>Why the person did not sign it in the role, or may not; null when they did and may.</summary>
    public string? Refuse(SignerRules rules, string id, string role, string payloadType)
    {
        if (rules.People.Find(id) is not { } person)
        {
            return $"{id} is not in the people file";
        }

        var verification = _envelope.Verify(person.Keys);
        if (!verification.IsVerified || verification.PayloadType != payloadType)
        {
            return $"no key that the people file gives {person.Id} has signed it";
        }

        // The hint is not authenticated; another one than that of the key would be bytes that nothing vouches for.
        if (_envelope.Signatures[0].KeyId != verification.VerifiedBy[0].KeyId)
        {
            return "the envelope has another key id than the one that verifies";
        }

        return person.Roles.Contains(role, StringComparer.Ordinal)
            ? rules.Exclude(person, verification.VerifiedBy[0])
            : $"{person.Id} does not have the role {role}";
    }
}
