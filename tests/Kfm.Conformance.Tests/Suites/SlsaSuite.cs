using System.Text.Json;
using Kfm.Provenance.Signing;
using Kfm.Provenance.Sigstore;
using Kfm.Provenance.Slsa;

namespace Kfm.Conformance.Tests.Suites;

/// <summary>Provenance of builders on GitHub and of npm packages, verification summaries: verdict and name of the error.</summary>
[Trait("Suite", "slsa")]
public sealed class SlsaSuite() : ConformanceSuite("slsa")
{
    protected override IEnumerable<SuiteCase> Cases(string folder)
    {
        var verifier = new Lazy<SlsaBundleVerifier>(() =>
            new(TrustedRoot.Parse(File.ReadAllBytes(Path.Combine(folder, "trusted_root.production.json"))), RegistryKeys(folder)));
        foreach (var one in SuiteJson.Read(folder, "cases.json").EnumerateArray())
        {
            yield return new(one.Text("id"), () => Check(Path.Combine(folder, "testdata"), one, verifier.Value));
        }
    }

    private static string? Check(string data, JsonElement one, SlsaBundleVerifier verifier)
    {
        var provenance = File.ReadAllBytes(Path.Combine(data, one.Text("provenance")));
        var results = one.Text("kind") switch
        {
            "gha-artifact" => Digests(one, "sha256", "artifactSha256").Select(d => verifier.VerifyArtifact(provenance, Expected(one, d))),
            "github-attestation" => Digests(one, "sha256", "artifactSha256").Select(d => verifier.VerifyGitHubAttestation(provenance, Expected(one, d))),
            "npm" => Digests(one, "sha512", "artifactSha512").Select(d => verifier.VerifyNpmPackage(provenance, Expected(one, d))),
            "vsa" => [Summary(data, one, provenance)],
            var other => throw new InvalidOperationException($"There is no kind '{other}'."),
        };
        var found = results.Select(r => r.Rejection).FirstOrDefault(r => r is not null);
        var expected = one.GetProperty("error").GetString();
        return found?.Name == expected ? null : found is null ? $"verifies, must give {expected}" : $"gives {found.Name} ({found.Reason}), must {expected ?? "verify"}";
    }

    private static SlsaVerification Summary(string data, JsonElement one, byte[] envelope) => VsaVerifier.Verify(
        envelope,
        VerificationKey.FromPem(File.ReadAllText(Path.Combine(data, one.Text("publicKey")))),
        Optional(one, "publicKeyId"),
        new VsaExpectations
        {
            SubjectDigests = [.. one.Items("subjectDigests").Select(d => d.GetString()!)],
            VerifierId = Optional(one, "verifierId") ?? "",
            ResourceUri = Optional(one, "resourceUri") ?? "",
            VerifiedLevels = [.. one.Items("verifiedLevels").Select(l => l.GetString()!)],
        });

    private static SlsaExpectations Expected(JsonElement one, KeyValuePair<string, string> digest) => new()
    {
        SourceUri = one.Text("sourceUri"),
        Digest = digest,

        // The suite's provenance comes from the tests of the builders.
        AllowTestBuilders = true,
        BuilderId = Optional(one, "builderId"),
        Branch = Optional(one, "sourceBranch"),
        Tag = Optional(one, "sourceTag"),
        VersionedTag = Optional(one, "sourceVersionedTag"),
        PackageName = Optional(one, "packageName"),
        PackageVersion = Optional(one, "packageVersion"),
        WorkflowInputs = one.TryGetProperty("inputs", out var inputs) && inputs.ValueKind == JsonValueKind.Object
            ? inputs.EnumerateObject().ToDictionary(i => i.Name, i => i.Value.GetString()!, StringComparer.Ordinal)
            : [],
    };

    private static IEnumerable<KeyValuePair<string, string>> Digests(JsonElement one, string algorithm, string member) =>
        one.Items(member).Select(d => KeyValuePair.Create(algorithm, d.GetString()!));

    private static string? Optional(JsonElement one, string member) => one.TryGetProperty(member, out var value) ? value.GetString() : null;

    private static Dictionary<string, ManagedKey> RegistryKeys(string folder) => SuiteJson.Read(folder, "npm-keys.json").Items("keys")
        .Where(k => k.Text("keyUsage") == "npm:attestations")
        .ToDictionary(k => k.Text("keyId"), k => Key(k.GetProperty("publicKey")), StringComparer.Ordinal);

    private static ManagedKey Key(JsonElement key) => new(VerificationKey.FromDer(key.Base64("rawBytes")))
    {
        NotBefore = key.GetProperty("validFor").GetProperty("start").GetDateTimeOffset(),
        NotAfter = key.GetProperty("validFor").TryGetProperty("end", out var end) ? end.GetDateTimeOffset() : null,
    };
}
