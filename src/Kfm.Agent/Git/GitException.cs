using Kfm.Provenance;

namespace Kfm.Agent.Git;

/// <summary>A git command failed, or gave an answer that Kfm does not support.</summary>
public sealed class GitException : KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="command">The git command, for example <c>rev-parse</c>.</param>
    /// <param name="exitCode">The exit code of git.</param>
    /// <param name="reason">What git said, or what is not supported; only its first lines are quoted.</param>
    public GitException(string command, int exitCode, string reason)
        : base($"git {command} failed (exit code {exitCode}): {FirstLines(reason)}")
    {
        Command = command;
        ExitCode = exitCode;
    }

    /// <summary>The git command, for example <c>rev-parse</c>.</summary>
    public string Command { get; }

    /// <summary>The exit code of git.</summary>
    public int ExitCode { get; }

    private static string FirstLines(string text)
    {
        var lines = text.Split('\n', 4, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var quoted = string.Join("; ", lines.Take(3));
        return quoted.Length > 500 ? quoted[..500] + "…" : quoted;
    }
}
