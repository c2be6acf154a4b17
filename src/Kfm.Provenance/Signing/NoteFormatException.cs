namespace Kfm.Provenance.Signing;

/// <summary>A text is not a signed note, or not the verifier key of one (C2SP signed-note).</summary>
public sealed class NoteFormatException : KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="innerException">The failure underneath, or null.</param>
    public NoteFormatException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
