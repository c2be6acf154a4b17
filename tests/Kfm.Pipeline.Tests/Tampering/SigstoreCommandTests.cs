using System.Text.Json.Nodes;
using Kfm.Pipeline.Tests.Formats;

namespace Kfm.Pipeline.Tests.Tampering;

/// <summary>Sigstore bundles beside and within a bundle of a run.</summary>
[Collection(SharedDemo.Name)]
public sealed class SigstoreCommandTests(DemoRun demo)
{
    private const string Issuer = "https://token.actions.githubusercontent.com";

    private static string Root => ConformanceFactAttribute.PathOf("sigstore/trusted_root.production.json");

    private static string Attestation => ConformanceFactAttribute.PathOf("sigstore/realworld/playwright-cli-0.1.1-provenance.sigstore.json");

    private static string Artifact => ConformanceFactAttribute.PathOf("sigstore/realworld/playwright-cli-0.1.1.tgz");

    [ConformanceFact("sigstore/realworld")]
    public async Task Attestation_of_the_named_signer_is_verified()
    {
        var result = await demo.RunAsync(
            "verify-attestation", Attestation, "--trusted-root", Root, "--issuer", Issuer, "--artifact", Artifact,
            "--identity-pattern", "https://github\\.com/microsoft/playwright-cli/.*");

        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("verified", result.Output, StringComparison.Ordinal);
    }

    [ConformanceFact("sigstore/realworld")]
    public async Task Attestation_of_another_signer_is_refused()
    {
        var result = await demo.RunAsync(
            "verify-attestation", Attestation, "--trusted-root", Root, "--issuer", Issuer, "--artifact", Artifact, "--identity", "https://github.com/other", "--json");

        Assert.Equal(2, result.ExitCode);
        Assert.Equal("Identity", JsonNode.Parse(result.Output)!["error"]!["stage"]!.GetValue<string>());
    }

    [ConformanceFact("sigstore/realworld")]
    public async Task Certificate_without_a_named_signer_is_not_enough() =>
        Assert.Equal(1, (await demo.RunAsync("verify-attestation", Attestation, "--trusted-root", Root, "--artifact", Artifact)).ExitCode);

    [ConformanceFact("sigstore/realworld")]
    public async Task Bundle_without_the_signature_that_the_caller_wants_is_refused() =>
        Assert.Equal(["attestation.sigstore"], (await VerifyAsync(demo.Bundle("allowed"))).Rules);

    [ConformanceFact("sigstore/realworld")]
    public async Task Signature_over_something_else_is_refused_where_a_signer_is_named()
    {
        var bundle = demo.Copy("allowed");
        File.Copy(Attestation, Path.Combine(bundle, "attestations", "other.sigstore.json"));

        Assert.Equal("verified", (await demo.VerifyAsync(bundle)).Result);
        Assert.Equal(["attestation.sigstore"], (await VerifyAsync(bundle)).Rules);
    }

    private async Task<VerifyResult> VerifyAsync(string bundle) => VerifyResult.Of(await demo.RunAsync(
        "verify", bundle, "--trust", demo.Trust, "--json", "--trusted-root", Root, "--issuer", Issuer,
        "--identity", "https://github.com/microsoft/playwright-cli/.github/workflows/publish.yml@refs/tags/v0.1.1"));
}
