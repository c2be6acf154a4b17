using System.Globalization;
using System.Text.Json;
using Kfm.Provenance.Signing;
using Kfm.Provenance.Sigstore;

namespace Kfm.Conformance.Tests.Suites;

/// <summary>A package of npm with its provenance, signed by an identity, and its publish attestation, signed by the registry's key.</summary>
internal static class NpmBundleCases
{
    private const string Package = "playwright-cli-0.1.1";

    public static IEnumerable<SuiteCase> Read(string folder)
    {
        var root = new Lazy<SigstoreVerifier>(() => new(TrustedRoot.Parse(File.ReadAllBytes(Path.Combine(folder, "trusted_root.production.json")))));
        foreach (var bundle in Directory.EnumerateFiles(Path.Combine(folder, "realworld"), "*.sigstore.json").Order(StringComparer.Ordinal))
        {
            yield return new("realworld/" + Path.GetFileName(bundle), () => Check(root.Value, bundle));
        }
    }

    private static string? Check(SigstoreVerifier verifier, string bundle)
    {
        var folder = Path.GetDirectoryName(bundle)!;
        VerificationPolicy policy = bundle.Contains("publish", StringComparison.Ordinal)
            ? new ManagedKeyPolicy(Keys(Path.Combine(folder, "npm-keys.json")))
            : new IdentityPolicy(CertificateIdentity.Exact(
                "https://github.com/microsoft/playwright-cli/.github/workflows/publish.yml@refs/tags/v0.1.1",
                "https://token.actions.githubusercontent.com"));
        return verifier.Verify(File.ReadAllBytes(bundle), SigstoreArtifact.FromFile(Path.Combine(folder, Package + ".tgz")), policy).Error?.ToString();
    }

    private static List<ManagedKey> Keys(string file)
    {
        List<ManagedKey> keys = [];
        foreach (var key in SuiteJson.Read(file).Items("keys").Where(k => k.Text("keyUsage") == "npm:attestations"))
        {
            var value = key.GetProperty("publicKey");
            var window = value.GetProperty("validFor");
            keys.Add(new(VerificationKey.FromDer(value.Base64("rawBytes"))) { NotBefore = Time(window, "start"), NotAfter = Time(window, "end") });
        }

        return keys;
    }

    private static DateTimeOffset? Time(JsonElement window, string name) =>
        window.TryGetProperty(name, out var text) ? DateTimeOffset.Parse(text.GetString()!, CultureInfo.InvariantCulture) : null;
}
