namespace Kfm.Gates.Rego;

/// <summary>A key that the caller trusts for the signatures of bundles.</summary>
/// <param name="Algorithm">HS256, HS384, HS512, RS256 to RS512, PS256 to PS512, ES256 to ES512 (RFC 7518). The signature must use this one.</param>
/// <param name="Key">The public key or certificate in PEM; for HS the shared secret.</param>
public sealed record PolicyBundleKey(string Algorithm, string Key)
{
    /// <summary>The scope that the signature must name; null when it must name none.</summary>
    public string? Scope { get; init; }
}
