using System.Text;
using System.Text.Json.Nodes;
using Kfm.Provenance.Sigstore;
using Kfm.Provenance.Tests.Sigstore.Instances;
using Kfm.Testing;

namespace Kfm.Provenance.Tests.Sigstore;

public sealed class PolicyTests : IAsyncLifetime, IDisposable
{
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("hello");
    private readonly FakeInstance _instance = new();
    private byte[] _bundle = [];

    public async Task InitializeAsync()
    {
        using var http = new HttpClient();
        _bundle = (await new HttpKeylessSigner(_instance.Config(1), http, _instance.Clock).SignAsync(Content, FakeInstance.Token)).ToJson();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _instance.Dispose();

    [Theory]
    [InlineData("https://kfm\\.example/signer", true)]
    [InlineData("https://kfm\\.example/.*", true)]
    [InlineData("kfm\\.example", false)]
    [InlineData("https://kfm\\.example/sign", false)]
    [InlineData("x|https://kfm\\.example/sign", false)]
    [InlineData(".*/signer$", true)]
    public void Pattern_must_fit_the_whole_name(string pattern, bool fits) =>
        Assert.Equal(fits, Verify(new IdentityPolicy(new CertificateIdentity(TextMatch.Pattern(pattern), TextMatch.Exact(FakeInstance.Issuer)))) is null);

    [Theory]
    [InlineData("(?=a)a")]
    [InlineData("(a")]
    [InlineData("a)(?:b")]
    public void Pattern_that_is_not_linear_or_not_closed_is_a_misuse(string pattern) =>
        Assert.ThrowsAny<ArgumentException>(() => TextMatch.Pattern(pattern));

    [Fact]
    public void Name_of_another_issuer_is_refused()
    {
        Assert.Equal(SigstoreErrorCode.IssuerMismatch, Verify(new IdentityPolicy(CertificateIdentity.Exact(FakeInstance.Signer, "https://other.example")))?.Code);
        Assert.Equal(SigstoreErrorCode.NameMismatch, Verify(new IdentityPolicy(CertificateIdentity.Exact("https://kfm.example/other", FakeInstance.Issuer)))?.Code);
        Assert.Null(Verify(new IdentityPolicy(CertificateIdentity.Exact("other", "other"), CertificateIdentity.Exact(FakeInstance.Signer, FakeInstance.Issuer))));
        Assert.Null(Verify(IdentityPolicy.UnsafeAnyIdentity()));
    }

    [Fact]
    public void Claim_that_the_certificate_lacks_is_refused()
    {
        var identity = CertificateIdentity.Exact(FakeInstance.Signer, FakeInstance.Issuer) with
        {
            Claims = new Dictionary<FulcioClaim, string> { [FulcioClaim.SourceRepositoryUri] = "https://github.com/a/b" },
        };

        Assert.Equal(SigstoreErrorCode.ClaimMismatch, Verify(new IdentityPolicy(identity))?.Code);
    }

    [Fact]
    public void Key_does_not_stand_for_a_certificate() => Assert.Equal(
        SigstoreErrorCode.WrongSignerKind,
        Verify(new ManagedKeyPolicy(new ManagedKey(Kfm.Provenance.Signing.EcdsaSigningKey.Create().PublicKey)))?.Code);

    [Fact]
    public void Threshold_that_is_not_met_is_refused()
    {
        var identity = CertificateIdentity.Exact(FakeInstance.Signer, FakeInstance.Issuer);

        Assert.Null(Verify(new IdentityPolicy(identity) { TimeThreshold = 2, TimestampAuthorityThreshold = 1 }));
        Assert.Equal(SigstoreStage.Timestamp, Verify(new IdentityPolicy(identity) { TimeThreshold = 3 })?.Stage);
        Assert.Equal(SigstoreStage.Timestamp, Verify(new IdentityPolicy(identity) { TimestampAuthorityThreshold = 2 })?.Stage);
        Assert.Equal(SigstoreStage.LogEntry, Verify(new IdentityPolicy(identity) { LogEntryThreshold = 2 })?.Stage);
        Assert.Equal(SigstoreStage.CertificateTimestamp, Verify(new IdentityPolicy(identity) { CertificateTimestampThreshold = 2 })?.Stage);
    }

    [Fact]
    public void Entry_that_stands_twice_is_refused()
    {
        var json = JsonNode.Parse(_bundle)!;
        var entries = json["verificationMaterial"]!["tlogEntries"]!.AsArray();
        entries.Add(entries[0]!.DeepClone());

        var error = _instance.Verifier.Verify(Encoding.UTF8.GetBytes(json.ToJsonString()), SigstoreArtifact.FromBytes(Content), FakeInstance.Policy).Error;

        Assert.Equal(SigstoreErrorCode.Duplicate, error?.Code);
    }

    [Fact]
    public void Signature_from_the_future_is_refused_by_a_caller_with_a_clock()
    {
        var identity = CertificateIdentity.Exact(FakeInstance.Signer, FakeInstance.Issuer);

        Assert.Null(Verify(new IdentityPolicy(identity) { Now = _instance.Clock.GetUtcNow().AddMinutes(1) }));
        Assert.Equal(SigstoreErrorCode.InTheFuture, Verify(new IdentityPolicy(identity) { Now = _instance.Clock.GetUtcNow().AddHours(-1) })?.Code);
    }

    [Theory]
    [InlineData("tlogs", "SignedEntryTimestamp")]
    [InlineData("timestampAuthorities", "Timestamp")]
    [InlineData("certificateAuthorities", "Certificate")]
    [InlineData("ctlogs", "CertificateTimestamp")]
    public void Witness_outside_of_its_interval_is_refused(string list, string stage)
    {
        var root = JsonNode.Parse(_instance.TrustedRootJson)!;
        foreach (var item in root[list]!.AsArray())
        {
            var window = (item!["validFor"] ?? item["publicKey"]!["validFor"])!;
            window["end"] = window["start"]!.DeepClone();
        }

        var verifier = new SigstoreVerifier(TrustedRoot.Parse(Encoding.UTF8.GetBytes(root.ToJsonString())));
        var error = verifier.Verify(_bundle, SigstoreArtifact.FromBytes(Content), FakeInstance.Policy).Error;

        Assert.Equal((stage, SigstoreErrorCode.OutsideTrustWindow), ($"{error?.Stage}", error?.Code));
    }

    [Fact]
    public void Helpers_name_what_the_platforms_write()
    {
        Assert.True(GitHubIdentity.Workflow("o/r", "release.yml", "refs/heads/main").Name.IsMatch("https://github.com/o/r/.github/workflows/release.yml@refs/heads/main"));
        Assert.True(GitHubIdentity.Workflow("o/r", "release.yml").Name.IsMatch("https://github.com/o/r/.github/workflows/release.yml@refs/tags/v1"));
        Assert.False(GitHubIdentity.Workflow("o/r", "release.yml").Name.IsMatch("https://github.com/o/r2/.github/workflows/release.yml@refs/tags/v1"));
        Assert.True(GitLabIdentity.Pipeline("g/s/p", reference: "refs/heads/main").Name.IsMatch("https://gitlab.com/g/s/p//.gitlab-ci.yml@refs/heads/main"));
        Assert.Equal("https://github.com/o/r", NpmIdentity.Provenance("git+https://github.com/o/r.git").Claims[FulcioClaim.SourceRepositoryUri]);
        Assert.Throws<ArgumentException>(() => NpmIdentity.Provenance("https://git.example/o/r"));
    }

    [Fact]
    public void Only_types_named_Http_know_the_network()
    {
        var folder = RepositoryRoot.Combine("src", "Kfm.Provenance", "Sigstore");
        var wrong = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(f => !Path.GetFileName(f).StartsWith("Http", StringComparison.Ordinal))
            .Where(f => File.ReadAllText(f) is var text && (text.Contains("System.Net", StringComparison.Ordinal) || text.Contains("HttpClient ", StringComparison.Ordinal) || text.Contains("Socket", StringComparison.Ordinal)));

        Assert.Empty(wrong.Select(Path.GetFileName));
    }

    private SigstoreError? Verify(VerificationPolicy policy) => _instance.Verifier.Verify(_bundle, SigstoreArtifact.FromBytes(Content), policy).Error;
}
