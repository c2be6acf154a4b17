using Kfm.Provenance.Digests;
using Kfm.Provenance.Signing;
using Kfm.Provenance.Sigstore;

namespace Kfm.Conformance.Tests.Suites;

/// <summary>The cases of sigstore-conformance on the verification of bundles, each with the artifact as a file and as a digest.</summary>
internal static class SigstoreBundleCases
{
    private const string Identity =
        "https://github.com/sigstore-conformance/extremely-dangerous-public-oidc-beacon/.github/workflows/extremely-dangerous-oidc-beacon.yml@refs/heads/main";

    private const string Issuer = "https://token.actions.githubusercontent.com";

    public static IEnumerable<SuiteCase> Read(string folder)
    {
        foreach (var one in Directory.EnumerateDirectories(Path.Combine(folder, "bundle-verify")).Order(StringComparer.Ordinal))
        {
            var id = "bundle-verify/" + Path.GetFileName(one);
            yield return new(id + "#file", () => Check(folder, one, SigstoreArtifact.FromFile));
            yield return new(id + "#digest", () => Check(folder, one, path => SigstoreArtifact.FromDigest(Digest.OfFile(path))));
        }
    }

    private static string? Check(string folder, string one, Func<string, SigstoreArtifact> read)
    {
        var artifact = read(File.Exists(Path.Combine(one, "artifact")) ? Path.Combine(one, "artifact") : Path.Combine(folder, "bundle-verify", "a.txt"));
        var error = Verify(folder, one, artifact);
        return one.EndsWith("_fail", StringComparison.Ordinal)
            ? error is not null ? null : "verifies, must be refused"
            : error?.ToString();
    }

    private static SigstoreError? Verify(string folder, string one, SigstoreArtifact artifact)
    {
        var own = Path.Combine(one, "trusted_root.json");
        try
        {
            var root = TrustedRoot.Parse(File.ReadAllBytes(File.Exists(own) ? own : Path.Combine(folder, "trusted_root.production.json")));
            return new SigstoreVerifier(root).Verify(File.ReadAllBytes(Path.Combine(one, "bundle.sigstore.json")), artifact, Policy(one)).Error;
        }
        catch (SigstoreFormatException e)
        {
            return e.Error;
        }
    }

    private static VerificationPolicy Policy(string one) => File.Exists(Path.Combine(one, "key.pub"))
        ? new ManagedKeyPolicy(new ManagedKey(VerificationKey.FromPem(File.ReadAllText(Path.Combine(one, "key.pub")))))
        : new IdentityPolicy(CertificateIdentity.Exact(Text(one, "identity", Identity), Text(one, "issuer", Issuer)));

    private static string Text(string one, string name, string otherwise) =>
        File.Exists(Path.Combine(one, name)) ? File.ReadAllText(Path.Combine(one, name)).Trim() : otherwise;
}
