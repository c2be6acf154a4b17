namespace Kfm.Gates.Reports;

/// <summary>A report of a tool cannot be read, is cut off, or says that nothing ran: a gate that needs it denies.</summary>
public sealed class ReportFormatException : Provenance.KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="line">The line, from 1; 0 when there is no place.</param>
    /// <param name="column">The column, from 1; 0 when there is no place.</param>
    public ReportFormatException(string message, int line = 0, int column = 0)
        : base(line == 0 ? message : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{message} (line {line}, column {column})"))
    {
        Line = line;
        Column = column;
    }

    /// <summary>The line, from 1; 0 when there is no place.</summary>
    public int Line { get; }

    /// <summary>The column, from 1; 0 when there is no place.</summary>
    public int Column { get; }
}
