namespace Kfm.Pipeline.Tests;

/// <summary>The end of a command line.</summary>
public sealed record KfmResult(int ExitCode, string Output, string Error)
{
    public string Text => Output + Error;
}
