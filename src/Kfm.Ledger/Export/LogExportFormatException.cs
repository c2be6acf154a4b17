using Kfm.Provenance;

namespace Kfm.Ledger.Export;

/// <summary>An export is not that of a log, or not of the checkpoint that it comes with. Nothing was imported.</summary>
/// <param name="message">What is wrong and what to do.</param>
/// <param name="path">The path of the file in the export, with <c>/</c>; null when it concerns none in particular.</param>
/// <param name="innerException">The failure underneath, or null.</param>
public sealed class LogExportFormatException(string message, string? path = null, Exception? innerException = null)
    : KfmException(path is null ? message : path + ": " + message, innerException)
{
    /// <summary>The path of the file in the export, with <c>/</c>; null when it concerns none in particular.</summary>
    public string? Path { get; } = path;
}
