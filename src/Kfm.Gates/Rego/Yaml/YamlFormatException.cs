using Kfm.Provenance;

namespace Kfm.Gates.Rego.Yaml;

/// <summary>A text is not YAML that can be read, or is beyond the limits.</summary>
internal sealed class YamlFormatException : KfmException
{
    /// <param name="reason">What is wrong, in the words of Go's reader.</param>
    /// <param name="line">The line that it names; 0 when it names none.</param>
    internal YamlFormatException(string reason, int line)
        : base(line > 0 ? $"yaml: line {line}: {reason}" : $"yaml: {reason}")
    {
        Line = line;
        Reason = reason;
        Place = (line, line > 0 ? 1 : 0);
    }

    /// <summary>What is wrong, without a place.</summary>
    internal string Reason { get; }

    /// <summary>Where it is wrong: line and column from 1, or 0 for none. The line that the message names is the one that Go's reader would name.</summary>
    internal (int Line, int Column) Place { get; init; }

    /// <summary>The line that the message names; 0 for none.</summary>
    internal int Line { get; }
}
