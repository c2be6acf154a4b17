using Kfm.Provenance;

namespace Kfm.Gates.Rego.Yaml;

/// <summary>A text is not YAML that can be read, or is beyond the limits.</summary>
internal sealed class YamlFormatException : KfmException
{
    /// <param name="reason">What is wrong, in the words of Go's reader.</param>
    /// <param name="line">The line that it names; 0 when it names none.</param>
    internal YamlFormatException(string reason, int line)
        : base(line > 0 ? $"yaml: line {line}: {reason}" : $"yaml: {reason}") => Line = line;

    /// <summary>The line that the message names; 0 for none.</summary>
    internal int Line { get; }
}
