using System.CommandLine;
using Kfm.Pipeline.Bundles;
using Kfm.Pipeline.Terminal;
using Kfm.Pipeline.Verification;
using Kfm.Provenance.Signing;
using Kfm.Provenance.Sigstore;

namespace Kfm.Pipeline.Commands;

/// <summary>The options that name whose Sigstore bundles are accepted.</summary>
internal sealed class SigstoreOptionSet
{
    private readonly Option<string?> _root = new("--trusted-root") { Description = "The trusted root of a Sigstore instance (trusted_root.json)." };
    private readonly Option<string?> _identity = new("--identity") { Description = "The signer: the subject alternative name of the certificate." };
    private readonly Option<string?> _pattern = new("--identity-pattern") { Description = "The signer as a regular expression for the whole name." };
    private readonly Option<string?> _issuer = new("--issuer") { Description = "The OIDC issuer that vouches for the signer." };
    private readonly Option<string?> _key = new("--sigstore-key") { Description = "A public key in PEM that signed, in place of --identity and --issuer." };

    public void AddTo(Command command)
    {
        foreach (var option in new[] { _root, _identity, _pattern, _issuer, _key })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The trust of the caller; null when no trusted root is named.</summary>
    /// <exception cref="BundleException">The options do not name one kind of signer.</exception>
    public SigstoreTrust? Read(ParseResult result, HostEnvironment host)
    {
        var (root, identity, pattern) = (result.GetValue(_root), result.GetValue(_identity), result.GetValue(_pattern));
        var (issuer, key) = (result.GetValue(_issuer), result.GetValue(_key));
        if (root is null)
        {
            return identity is null && pattern is null && issuer is null && key is null
                ? null
                : throw new BundleException("--identity, --issuer and --sigstore-key need --trusted-root.");
        }

        var verifier = new SigstoreVerifier(TrustedRoot.Parse(File.ReadAllBytes(root)));
        var now = host.Time.GetUtcNow();
        if (key is not null)
        {
            return identity is null && pattern is null && issuer is null
                ? new(verifier, new ManagedKeyPolicy(new ManagedKey(VerificationKey.FromPem(File.ReadAllText(key)))) { Now = now })
                : throw new BundleException("Name either --sigstore-key, or --identity and --issuer.");
        }

        return issuer is not null && (identity is null) != (pattern is null)
            ? new(verifier, new IdentityPolicy(new CertificateIdentity(Name(identity, pattern), TextMatch.Exact(issuer))) { Now = now })
            : throw new BundleException("A certificate says nothing without its owner: name --issuer, and --identity or --identity-pattern.");
    }

    private static TextMatch Name(string? identity, string? pattern)
    {
        try
        {
            return identity is not null ? TextMatch.Exact(identity) : TextMatch.Pattern(pattern!);
        }
        catch (ArgumentException e)
        {
            throw new BundleException("The identity cannot be read: " + e.Message);
        }
    }
}
