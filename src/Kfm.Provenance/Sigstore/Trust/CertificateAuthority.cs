using Kfm.Provenance.Sigstore.Certificates;

namespace Kfm.Provenance.Sigstore.Trust;

/// <summary>A certificate or timestamp authority of the trusted root.</summary>
/// <param name="Uri">The URI of the authority.</param>
/// <param name="Chain">Its certificates.</param>
/// <param name="Window">When the authority is trusted.</param>
internal sealed record CertificateAuthority(string Uri, AuthorityChain Chain, ValidityInterval Window);
