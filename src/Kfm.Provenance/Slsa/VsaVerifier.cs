using System.Globalization;
using Kfm.Provenance.InToto;
using Kfm.Provenance.Json;
using Kfm.Provenance.Signing;

namespace Kfm.Provenance.Slsa;

/// <summary>Verifies verification summaries (VSA), by the rules of slsa-verifier.</summary>
public static class VsaVerifier
{
    /// <summary>The type of the predicate.</summary>
    public const string PredicateType = "https://slsa.dev/verification_summary/v1";

    private const string Track = "SLSA_";

    /// <summary>Verifies an envelope with a summary. Never throws for bad data.</summary>
    /// <param name="envelope">The envelope in JSON.</param>
    /// <param name="key">The key that the caller trusts to speak for the verifier.</param>
    /// <param name="keyId">
    /// The name of that key in the envelope, or null not to look at it: only signatures under this name, or under none, are then tried.
    /// </param>
    /// <param name="expected">What the summary must say.</param>
    public static SlsaVerification Verify(ReadOnlyMemory<byte> envelope, VerificationKey key, string? keyId, VsaExpectations expected)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(expected);
        try
        {
            var parsed = DsseEnvelope.Parse(envelope);
            var named = keyId is null || parsed.Signatures.Any(s => string.IsNullOrEmpty(s.KeyId) || string.Equals(s.KeyId, keyId, StringComparison.Ordinal));
            var verified = parsed.Verify([key]);
            return named && verified.IsVerified
                ? SlsaVerifier.Answer(Check(verified.PayloadType, verified.Payload.Span, expected), builderId: null)
                : Rejected(SlsaErrorCode.NoValidSignature, verified.Reason ?? $"No signature is named '{keyId}'.");
        }
        catch (Exception e) when (e is DsseFormatException or InTotoFormatException)
        {
            return Rejected(SlsaErrorCode.InvalidDssePayload, e.Message);
        }
    }

    private static SlsaVerification Rejected(SlsaErrorCode code, string reason) => new(new SlsaRejection(code, reason));

    private static SlsaRejection? Check(string payloadType, ReadOnlySpan<byte> payload, VsaExpectations expected)
    {
        var statement = Statement.Parse(payload);
        if (payloadType is not Statement.PayloadType || statement.PredicateType is not PredicateType)
        {
            return ProvenanceClaims.Invalid($"it is a {payloadType} of the type {statement.PredicateType}, not a verification summary.");
        }

        var predicate = JsonCursor.OpenForeign(payload, static (message, pointer) => new InTotoFormatException(message, pointer)).Member("predicate");
        var verifier = predicate.Member("verifier").Optional("id")?.Text();
        var resource = predicate.Optional("resourceUri")?.Text();
        var result = predicate.Optional("verificationResult")?.Text();
        var levels = predicate.Optional("verifiedLevels")?.Items().Select(l => l.Text()).ToList() ?? [];
        return Subjects(statement, expected.SubjectDigests)
            ?? Same("verifier", verifier, expected.VerifierId, SlsaErrorCode.MismatchVerifierID)
            ?? Same("resource", resource, expected.ResourceUri, SlsaErrorCode.MismatchResourceURI)
            ?? (result is "PASSED" ? null : new SlsaRejection(SlsaErrorCode.InvalidVerificationResult, $"The result is {result ?? "missing"}, not PASSED."))
            ?? Levels(levels, expected.VerifiedLevels);
    }

    private static SlsaRejection? Subjects(Statement statement, IReadOnlyList<string> digests)
    {
        if (digests.Count == 0)
        {
            return new(SlsaErrorCode.EmptyRequiredField, "Ask for at least one digest.");
        }

        foreach (var digest in digests)
        {
            var parts = digest.Split(':', 2);
            if (parts.Length != 2)
            {
                return ProvenanceClaims.Invalid($"the digest '{digest}' that was asked for is not written algorithm:value.");
            }

            if (!statement.Subject.Any(s => s.Digest.TryGetValue(parts[0], out var value) && string.Equals(value, parts[1], StringComparison.Ordinal)))
            {
                return new(SlsaErrorCode.MissingSubjectDigest, $"No subject has the digest {digest}.");
            }
        }

        return null;
    }

    private static SlsaRejection? Same(string what, string? found, string expected, SlsaErrorCode code) => string.IsNullOrEmpty(found)
        ? new(SlsaErrorCode.EmptyRequiredField, $"The summary names no {what}.")
        : string.Equals(found, expected, StringComparison.Ordinal) ? null : new(code, $"The {what} is {found}, expected is {expected}.");

    private static SlsaRejection? Levels(List<string> found, IReadOnlyList<string> expected)
    {
        foreach (var level in expected.Concat(found))
        {
            if (level.StartsWith(Track, StringComparison.Ordinal) && Parse(level) is null)
            {
                return new(SlsaErrorCode.InvalidSLSALevel, $"'{level}' is not written SLSA_TRACK_LEVEL_n.");
            }
        }

        foreach (var level in expected)
        {
            var reached = Parse(level) is var (track, number)
                ? found.Any(f => Parse(f) is var (other, at) && string.Equals(other, track, StringComparison.Ordinal) && at >= number)
                : found.Contains(level, StringComparer.Ordinal);
            if (!reached)
            {
                return new(SlsaErrorCode.MismatchVerifiedLevels, $"The level {level} was not reached; reached were {string.Join(", ", found)}.");
            }
        }

        return null;
    }

    private static (string Track, int Number)? Parse(string level) =>
        level.Split('_', 4) is ["SLSA", var track, "LEVEL", var number]
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? (track, value)
            : null;
}
