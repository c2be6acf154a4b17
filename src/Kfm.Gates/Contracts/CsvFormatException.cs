namespace Kfm.Gates.Contracts;

/// <summary>A text is not CSV as RFC 4180 and the reader's limits have it.</summary>
public sealed class CsvFormatException : Provenance.KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="line">The line of the file, from 1.</param>
    /// <param name="column">The field of the record, from 1; 0 when the whole record is wrong.</param>
    public CsvFormatException(string message, long line, int column)
        : base(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{message} (line {line}, column {column})"))
    {
        Line = line;
        Column = column;
    }

    /// <summary>The line of the file, from 1.</summary>
    public long Line { get; }

    /// <summary>The field of the record, from 1; 0 when the whole record is wrong.</summary>
    public int Column { get; }
}
