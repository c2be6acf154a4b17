namespace Kfm.Provenance.Merkle;

/// <summary>A text is not a transparency log proof.</summary>
public sealed class TlogProofFormatException : KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="line">The one-based line that is wrong.</param>
    public TlogProofFormatException(string message, int line)
        : base($"{message} (line {line} of the proof)") => Line = line;

    /// <summary>The one-based line that is wrong.</summary>
    public int Line { get; }
}
