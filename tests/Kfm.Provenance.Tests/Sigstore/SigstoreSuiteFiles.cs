using Kfm.Provenance.Digests;
using Kfm.Provenance.Signing;
using Kfm.Provenance.Sigstore;
using Kfm.Testing;

namespace Kfm.Provenance.Tests.Sigstore;

/// <summary>The published cases of sigstore-conformance, where they are installed.</summary>
internal static class SigstoreSuiteFiles
{
    private const string Identity =
        "https://github.com/sigstore-conformance/extremely-dangerous-public-oidc-beacon/.github/workflows/extremely-dangerous-oidc-beacon.yml@refs/heads/main";

    private const string Issuer = "https://token.actions.githubusercontent.com";

    public static string Folder { get; } = Path.Combine(
        Environment.GetEnvironmentVariable("KFM_CONFORMANCE_DIR") is { Length: > 0 } named ? named : RepositoryRoot.Combine("..", "shared", "conformance"),
        "sigstore");

    public static bool AreThere => Directory.Exists(Folder);

    /// <summary>The folders of the cases whose bundle must (or must not) verify.</summary>
    public static IEnumerable<string> Cases(bool good) => AreThere
        ? Directory.EnumerateDirectories(Path.Combine(Folder, "bundle-verify")).Where(d => d.EndsWith("_fail", StringComparison.Ordinal) != good).Order(StringComparer.Ordinal)
        : [];

    public static byte[] Bundle(string one) => File.ReadAllBytes(Path.Combine(one, "bundle.sigstore.json"));

    public static TrustedRoot Root(string one)
    {
        var own = Path.Combine(one, "trusted_root.json");
        return TrustedRoot.Parse(File.ReadAllBytes(File.Exists(own) ? own : Path.Combine(Folder, "trusted_root.production.json")));
    }

    public static SigstoreArtifact Artifact(string one)
    {
        var own = Path.Combine(one, "artifact");
        return SigstoreArtifact.FromDigest(Digest.OfFile(File.Exists(own) ? own : Path.Combine(Folder, "bundle-verify", "a.txt")));
    }

    public static VerificationPolicy Policy(string one) => File.Exists(Path.Combine(one, "key.pub"))
        ? new ManagedKeyPolicy(new ManagedKey(VerificationKey.FromPem(File.ReadAllText(Path.Combine(one, "key.pub")))))
        : new IdentityPolicy(CertificateIdentity.Exact(Text(one, "identity", Identity), Text(one, "issuer", Issuer)));

    /// <summary>The rejection of a case by its own trusted root; null when it verifies.</summary>
    public static SigstoreError? Verify(string one, ReadOnlySpan<byte> bundle)
    {
        try
        {
            return new SigstoreVerifier(Root(one)).Verify(bundle, Artifact(one), Policy(one)).Error;
        }
        catch (SigstoreFormatException e)
        {
            return e.Error;
        }
    }

    private static string Text(string one, string name, string otherwise) =>
        File.Exists(Path.Combine(one, name)) ? File.ReadAllText(Path.Combine(one, name)).Trim() : otherwise;
}
