namespace Kfm.Provenance.Digests;

/// <summary>A text is not a digest.</summary>
public sealed class DigestFormatException : KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="text">The text that is not a digest; only its start is quoted.</param>
    public DigestFormatException(string text)
        : base($"'{(text.Length > 80 ? text[..80] + "…" : text)}' is not a digest; write sha256: and 64 lower-case hexadecimal digits.")
    {
    }
}
