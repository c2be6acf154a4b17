using System.Text;
using Kfm.Provenance.Slsa;

namespace Kfm.Provenance.Tests.Slsa;

public sealed class SlsaVerifierTests
{
    private const string Hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    private const string Builder = "https://github.com/slsa-framework/slsa-github-generator/.github/workflows/generator_generic_slsa3.yml@refs/tags/v2.1.0";
    private const string Type = "application/vnd.in-toto+json";

    private static readonly WorkflowIdentity Signer = new()
    {
        Issuer = "https://token.actions.githubusercontent.com",
        Workflow = Builder,
        SourceRepository = "org/name",
        SourceDigest = "c1",
        Trigger = "push",
    };

    private static readonly SlsaExpectations Expected = new() { SourceUri = "github.com/org/name", Digest = new("sha256", Hash) };

    [Fact]
    public void Provenance_that_says_all_that_is_expected_verifies()
    {
        var result = Verify(Signer, Expected with { Branch = "main", Tag = "v1.2.3", VersionedTag = "v1.2", BuilderId = Builder });
        Assert.True(result.IsVerified, result.Rejection?.Reason);
        Assert.Equal(Builder, result.BuilderId);
    }

    public static TheoryData<SlsaErrorCode, SlsaExpectations> Wrong => new()
    {
        { SlsaErrorCode.UntrustedReusableWorkflow, Expected with { BuilderId = "https://github.com/org/other/.github/workflows/x.yml" } },
        { SlsaErrorCode.MismatchSource, Expected with { SourceUri = "github.com/org/nam" } },
        { SlsaErrorCode.MismatchSource, Expected with { SourceUri = "gitlab.com/org/name" } },
        { SlsaErrorCode.MismatchHash, Expected with { Digest = new("sha256", Hash.Replace('9', '8')) } },
        { SlsaErrorCode.InvalidHash, Expected with { Digest = new("sha1", Hash[..40]) } },
        { SlsaErrorCode.MismatchBranch, Expected with { Branch = "master" } },
        { SlsaErrorCode.MismatchTag, Expected with { Tag = "v1.2.4" } },
        { SlsaErrorCode.MismatchVersionedTag, Expected with { VersionedTag = "v1.3" } },
        { SlsaErrorCode.InvalidSemver, Expected with { VersionedTag = "1.2" } },
        { SlsaErrorCode.MismatchWorkflowInputs, Expected with { WorkflowInputs = new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = "b" } } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void First_expectation_that_fails_names_the_error(SlsaErrorCode code, SlsaExpectations expected) =>
        Assert.Equal(code, Verify(Signer, expected).Rejection?.Code);

    [Fact]
    public void Certificate_of_another_issuer_or_of_an_unreleased_builder_is_refused()
    {
        Assert.Equal("ErrorInvalidOIDCIssuer", Verify(Signer with { Issuer = "https://example.org" }, Expected).Rejection?.Name);
        Assert.Equal("ErrorInvalidRef", Verify(Signer with { Workflow = Builder.Replace("tags/v2.1.0", "heads/main", StringComparison.Ordinal) }, Expected).Rejection?.Name);
        Assert.Equal("ErrorMismatchBuilderID", Verify(Signer with { Workflow = Builder.Replace("v2.1.0", "v2.0.0", StringComparison.Ordinal) }, Expected).Rejection?.Name);
        Assert.Equal("ErrorInvalidRef", Verify(Signer with { Workflow = Builder.Replace("tags/v2.1.0", "heads/main", StringComparison.Ordinal) }, Expected with { AllowTestBuilders = true }).Rejection?.Name);
    }

    [Fact]
    public void Payload_that_is_no_provenance_is_refused()
    {
        foreach (var text in new[] { "", "{}", "[]", Provenance().Replace("provenance/v0.2", "provenance/v9", StringComparison.Ordinal), Provenance().Replace("\"materials\"", "\"other\"", StringComparison.Ordinal) })
        {
            Assert.False(new SlsaVerifier(Signer).VerifyArtifact(Type, Encoding.UTF8.GetBytes(text), Expected).IsVerified);
        }

        Assert.Equal("ErrorInvalidDssePayload", new SlsaVerifier(Signer).VerifyArtifact("text/plain", Encoding.UTF8.GetBytes(Provenance()), Expected).Rejection?.Name);
    }

    [Theory]
    [InlineData("v1.2.3", "v1", true)]
    [InlineData("v1.2.3", "v1.2", true)]
    [InlineData("v1.2.3", "v1.2.3", true)]
    [InlineData("v1.2.3+build", "v1.2.3", true)]
    [InlineData("v1.2", "v1.2.0", true)]
    [InlineData("v1.2.3-rc.1", "v1.2.3", false)]
    [InlineData("v1.2.3-rc.1", "v1.2.3-rc.2", false)]
    [InlineData("v1.2.3-rc.1", "v1.2.3-rc.1", true)]
    [InlineData("v10.2.3", "v1", false)]
    [InlineData("v1.20.3", "v1.2", false)]
    [InlineData("v01.2.3", "v1", false)]
    [InlineData("1.2.3", "v1", false)]
    public void Versioned_tag_matches_part_by_part(string tag, string expected, bool matches) =>
        Assert.Equal(matches, SemanticTag.MatchVersion(tag, expected) is null);

    private static SlsaVerification Verify(WorkflowIdentity signer, SlsaExpectations expected) =>
        new SlsaVerifier(signer).VerifyArtifact(Type, Encoding.UTF8.GetBytes(Provenance()), expected);

    private static string Provenance() => $$$$"""
        {"_type":"https://in-toto.io/Statement/v0.1","subject":[{"name":"a","digest":{"sha256":"{{{{Hash}}}}"}}],"predicateType":"https://slsa.dev/provenance/v0.2",
        "predicate":{"builder":{"id":"{{{{Builder}}}}"},"buildType":"https://github.com/slsa-framework/slsa-github-generator/generic@v1",
        "invocation":{"configSource":{"uri":"git+https://github.com/org/name@refs/tags/v1.2.3"},"environment":{"github_ref_type":"tag","github_ref":"refs/tags/v1.2.3",
        "github_base_ref":"","github_event_name":"push","github_event_payload":{"base_ref":"refs/heads/main"}}},
        "materials":[{"uri":"git+https://github.com/org/name@refs/tags/v1.2.3","digest":{"sha1":"1234567890123456789012345678901234567890"}}]}}
        """;
}
