namespace Kfm.Gates.Packs;

/// <summary>A file is not a policy pack: not YAML, of another version or shape, or it lowers what nobody may lower.</summary>
public sealed class PackFormatException : Provenance.KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="file">The name of the file.</param>
    /// <param name="line">The line, from 1; 0 when there is no place.</param>
    /// <param name="column">The column, from 1; 0 when there is no place.</param>
    public PackFormatException(string message, string file, int line = 0, int column = 0)
        : base(line == 0 ? $"{file}: {message}" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{file} (line {line}, column {column}): {message}"))
    {
        File = file;
        Line = line;
        Column = column;
    }

    /// <summary>The name of the file.</summary>
    public string File { get; }

    /// <summary>The line, from 1; 0 when there is no place.</summary>
    public int Line { get; }

    /// <summary>The column, from 1; 0 when there is no place.</summary>
    public int Column { get; }
}
