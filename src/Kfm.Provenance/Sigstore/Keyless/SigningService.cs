using Kfm.Provenance.Sigstore.Trust;

namespace Kfm.Provenance.Sigstore.Keyless;

/// <summary>A service that takes part in signing (sigstore_trustroot.proto, Service).</summary>
/// <param name="Url">Where it is.</param>
/// <param name="Version">The major version of its interface.</param>
/// <param name="Window">When it is to be used.</param>
/// <param name="Operator">Who runs it.</param>
internal sealed record SigningService(Uri Url, int Version, ValidityInterval Window, string Operator);
