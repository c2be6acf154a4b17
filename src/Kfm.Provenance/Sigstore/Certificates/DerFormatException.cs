namespace Kfm.Provenance.Sigstore.Certificates;

/// <summary>Bytes are not the DER that a structure demands. Caught where the structure is read; callers see a <see cref="SigstoreError"/>.</summary>
internal sealed class DerFormatException(string message) : KfmException(message);
