using Kfm.Provenance;

namespace Kfm.Agent.Configuration;

/// <summary>kfm.json is not what <c>schemas/kfm-v1.schema.json</c> describes.</summary>
public sealed class KfmSettingsException : KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="pointer">The JSON pointer (RFC 6901) of the value; empty for the document.</param>
    /// <param name="innerException">The failure underneath, or null.</param>
    public KfmSettingsException(string message, string pointer, Exception? innerException = null)
        : base($"kfm.json, at \"{pointer}\": {message}", innerException) => Pointer = pointer;

    /// <summary>The JSON pointer (RFC 6901) of the value; empty for the document.</summary>
    public string Pointer { get; }
}
