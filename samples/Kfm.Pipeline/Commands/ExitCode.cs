using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Commands;

/// <summary>What the command says to its caller.</summary>
internal static class ExitCode
{
    public const int Allow = 0;
    public const int Error = 1;
    public const int Deny = 2;
    public const int Review = 3;

    /// <summary>Stopped by the user; the convention of shells for SIGINT.</summary>
    public const int Interrupted = 130;

    /// <summary>The code of a verdict.</summary>
    public static int Of(Verdict verdict) => verdict switch
    {
        Verdict.Allow => Allow,
        Verdict.Review => Review,
        _ => Deny,
    };
}
