namespace Kfm.Provenance.Merkle;

/// <summary>Bytes are not a trust policy of transparency logs (C2SP tlog-policy).</summary>
public sealed class WitnessPolicyFormatException : KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="line">The one-based line that is wrong; 0 for the file as a whole.</param>
    /// <param name="innerException">The failure underneath, or null.</param>
    public WitnessPolicyFormatException(string message, int line, Exception? innerException = null)
        : base($"{message} (line {line} of the policy)", innerException) => Line = line;

    /// <summary>The one-based line that is wrong; 0 for the file as a whole.</summary>
    public int Line { get; }
}
