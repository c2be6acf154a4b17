namespace Kfm.Provenance.Manifests;

/// <summary>A text is not a list of SHA-256 sums.</summary>
public sealed class Sha256SumsFormatException : KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="line">The line, from 1.</param>
    public Sha256SumsFormatException(string message, int line)
        : base($"SHA256SUMS, line {line}: {message}") => Line = line;

    /// <summary>The line, from 1.</summary>
    public int Line { get; }
}
