namespace Kfm.Provenance.Sigstore;

/// <summary>Keyless signing failed at one of its services. Nothing was signed that could be used.</summary>
public sealed class KeylessSigningException : KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="service">The service that failed.</param>
    /// <param name="message">What it answered, and what to do.</param>
    /// <param name="innerException">The failure underneath, or null.</param>
    public KeylessSigningException(KeylessService service, string message, Exception? innerException = null)
        : base($"{service}: {message}", innerException) => Service = service;

    /// <summary>The service that failed.</summary>
    public KeylessService Service { get; }
}
