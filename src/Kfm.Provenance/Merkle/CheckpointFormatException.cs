namespace Kfm.Provenance.Merkle;

/// <summary>A note text is not a checkpoint of a transparency log.</summary>
public sealed class CheckpointFormatException : KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="line">The one-based line that is wrong.</param>
    public CheckpointFormatException(string message, int line)
        : base($"{message} (line {line} of the checkpoint)") => Line = line;

    /// <summary>The one-based line that is wrong.</summary>
    public int Line { get; }
}
