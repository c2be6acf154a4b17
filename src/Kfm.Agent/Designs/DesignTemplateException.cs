using Kfm.Provenance;

namespace Kfm.Agent.Designs;

/// <summary>A file is not a template of a design document, or a template that is asked for is not there.</summary>
public sealed class DesignTemplateException : KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="name">The name of the file or of the template.</param>
    /// <param name="line">The line, from 1; 0 where the whole file is meant.</param>
    /// <param name="column">The column in UTF-16 code units, from 1; 0 where the whole file is meant.</param>
    public DesignTemplateException(string message, string name, int line = 0, int column = 0)
        : base(line == 0 ? $"{name}: {message}" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name}({line},{column}): {message}")) =>
        (Name, Line, Column) = (name, line, column);

    /// <summary>The name of the file or of the template.</summary>
    public string Name { get; }

    /// <summary>The line, from 1; 0 where the whole file is meant.</summary>
    public int Line { get; }

    /// <summary>The column in UTF-16 code units, from 1; 0 where the whole file is meant.</summary>
    public int Column { get; }
}
