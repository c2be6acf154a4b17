using System.Text;

namespace Kfm.Agent.Processes;

/// <summary>What a child process left.</summary>
/// <param name="ExitCode">The exit code; 128 plus the signal's number on Unix when a signal ended it.</param>
/// <param name="Output">The bytes of standard output, up to the limit.</param>
/// <param name="Error">The bytes of standard error, up to the limit.</param>
public sealed record ProcessResult(int ExitCode, ReadOnlyMemory<byte> Output, ReadOnlyMemory<byte> Error)
{
    /// <summary>Whether the child was killed because its time was over.</summary>
    public bool TimedOut { get; init; }

    /// <summary>Whether more than the limit came on standard output or standard error.</summary>
    public bool Truncated { get; init; }

    /// <summary>How long the child ran.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Whether the child ended by itself, with exit code 0 and nothing of its output dropped.</summary>
    public bool Succeeded => ExitCode == 0 && !TimedOut && !Truncated;

    /// <summary>Standard output as UTF-8; bytes that are not UTF-8 become U+FFFD.</summary>
    public string OutputText => Encoding.UTF8.GetString(Output.Span);

    /// <summary>Standard error as UTF-8; bytes that are not UTF-8 become U+FFFD.</summary>
    public string ErrorText => Encoding.UTF8.GetString(Error.Span);
}
