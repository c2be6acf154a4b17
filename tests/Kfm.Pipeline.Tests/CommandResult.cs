namespace Kfm.Pipeline.Tests;

/// <summary>How a command line ended.</summary>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Error">What it wrote to standard error.</param>
public sealed record CommandResult(int ExitCode, string Output, string Error);
