namespace Kfm.Gates.Contracts;

/// <summary>The labels of a document or data set cannot be read: front matter or sidecar is not of its closed form.</summary>
public sealed class LabelFormatException : Provenance.KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="line">The line, from 1; 0 when the place is a member of a sidecar that the message names.</param>
    public LabelFormatException(string message, int line)
        : base(line == 0 ? message : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{message} (line {line})")) => Line = line;

    /// <summary>The line, from 1; 0 when the place is a member of a sidecar.</summary>
    public int Line { get; }
}
