using Kfm.Provenance.InToto;
using Kfm.Provenance.InToto.Predicates;
using Kfm.Provenance.Signing;
using Kfm.Provenance.Slsa;

namespace Kfm.Provenance.Tests.Slsa;

public sealed class VsaVerifierTests : IDisposable
{
    private const string Hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    private static readonly VsaExpectations Expected = new()
    {
        SubjectDigests = ["sha256:" + Hash],
        VerifierId = "https://example.org/verifier",
        ResourceUri = "pkg:x/y@1",
        VerifiedLevels = ["SLSA_BUILD_LEVEL_2", "OWN"],
    };

    private static readonly VerificationSummary Summary = new()
    {
        VerifierId = Expected.VerifierId,
        ResourceUri = Expected.ResourceUri,
        Policy = new ResourceDescriptor { Uri = "p" },
        VerificationResult = "PASSED",
        VerifiedLevels = ["SLSA_BUILD_LEVEL_3", "OWN"],
    };

    private readonly Ed25519SigningKey _key = Ed25519SigningKey.Create();

    public void Dispose() => _key.Dispose();

    [Fact]
    public void Summary_that_says_all_that_is_expected_verifies() => Assert.Null(Verify(Summary, Expected));

    [Fact]
    public void First_expectation_that_fails_names_the_error()
    {
        Assert.Equal(SlsaErrorCode.EmptyRequiredField, Verify(Summary, Expected with { SubjectDigests = [] }));
        Assert.Equal(SlsaErrorCode.MissingSubjectDigest, Verify(Summary, Expected with { SubjectDigests = ["sha256:00"] }));
        Assert.Equal(SlsaErrorCode.MismatchVerifierID, Verify(Summary, Expected with { VerifierId = "x" }));
        Assert.Equal(SlsaErrorCode.MismatchResourceURI, Verify(Summary, Expected with { ResourceUri = "x" }));
        Assert.Equal(SlsaErrorCode.InvalidVerificationResult, Verify(Summary with { VerificationResult = "FAILED" }, Expected));
        Assert.Equal(SlsaErrorCode.MismatchVerifiedLevels, Verify(Summary, Expected with { VerifiedLevels = ["SLSA_BUILD_LEVEL_4"] }));
        Assert.Equal(SlsaErrorCode.MismatchVerifiedLevels, Verify(Summary, Expected with { VerifiedLevels = ["OTHER"] }));
        Assert.Equal(SlsaErrorCode.InvalidSLSALevel, Verify(Summary, Expected with { VerifiedLevels = ["SLSA_BUILD_L3"] }));
    }

    [Fact]
    public void Signature_of_another_key_or_under_another_name_does_not_count()
    {
        using var other = Ed25519SigningKey.Create();
        var envelope = Envelope(Summary);
        Assert.Equal(SlsaErrorCode.NoValidSignature, VsaVerifier.Verify(envelope, other.PublicKey, keyId: null, Expected).Rejection?.Code);
        Assert.Equal(SlsaErrorCode.NoValidSignature, VsaVerifier.Verify(envelope, _key.PublicKey, "", Expected).Rejection?.Code);
        Assert.True(VsaVerifier.Verify(envelope, _key.PublicKey, _key.KeyId, Expected).IsVerified);
        Assert.Equal(SlsaErrorCode.InvalidDssePayload, VsaVerifier.Verify("{}"u8.ToArray(), _key.PublicKey, keyId: null, Expected).Rejection?.Code);
    }

    private SlsaErrorCode? Verify(VerificationSummary summary, VsaExpectations expected) =>
        VsaVerifier.Verify(Envelope(summary), _key.PublicKey, keyId: null, expected).Rejection?.Code;

    private byte[] Envelope(VerificationSummary summary)
    {
        var subject = new ResourceDescriptor { Digest = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["sha256"] = Hash } };
        return DsseEnvelope.Sign(Statement.PayloadType, summary.ToStatement(subject).ToJson(), _key).ToJson();
    }
}
