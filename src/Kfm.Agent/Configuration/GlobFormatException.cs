using System.Globalization;
using Kfm.Provenance;

namespace Kfm.Agent.Configuration;

/// <summary>A text is not a pattern over paths.</summary>
public sealed class GlobFormatException : KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="pattern">The text.</param>
    /// <param name="position">The zero-based position of what is wrong.</param>
    /// <param name="message">What is wrong and what to do.</param>
    public GlobFormatException(string pattern, int position, string message)
        : base(string.Create(CultureInfo.InvariantCulture, $"'{(pattern.Length > 80 ? pattern[..80] + "…" : pattern)}' is not a path pattern: {message} (position {position})"))
        => Position = position;

    /// <summary>The zero-based position of what is wrong.</summary>
    public int Position { get; }
}
