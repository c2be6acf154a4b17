namespace Kfm.Provenance.Sigstore;

/// <summary>A bundle, trusted root or signing configuration breaks its format.</summary>
public sealed class SigstoreFormatException : KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="error">What is wrong and where.</param>
    /// <param name="innerException">The failure underneath, or null.</param>
    public SigstoreFormatException(SigstoreError error, Exception? innerException = null)
        : base((error ?? throw new ArgumentNullException(nameof(error))).ToString(), innerException) => Error = error;

    /// <summary>What is wrong and where.</summary>
    public SigstoreError Error { get; }
}
