using System.Globalization;
using Kfm.Provenance;

namespace Kfm.Agent.Patches;

/// <summary>A text is not a git unified diff, uses a part of the format that Kfm does not support, or is beyond a limit.</summary>
public sealed class PatchFormatException : KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="line">The line of the patch, from 1.</param>
    public PatchFormatException(string message, int line)
        : base(string.Create(CultureInfo.InvariantCulture, $"{message} (line {line} of the patch)")) => Line = line;

    /// <summary>The line of the patch, from 1.</summary>
    public int Line { get; }
}
