using Kfm.Provenance;

namespace Kfm.Agent.Processes;

/// <summary>A program could not be started: it is not there, or it may not be run.</summary>
public sealed class ProcessStartException : KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="fileName">The program.</param>
    /// <param name="reason">What the operating system says.</param>
    /// <param name="innerException">The failure underneath, or null.</param>
    public ProcessStartException(string fileName, string reason, Exception? innerException = null)
        : base($"'{fileName}' could not be started ({reason}); install it or correct its path.", innerException) => FileName = fileName;

    /// <summary>The program that could not be started.</summary>
    public string FileName { get; }
}
