using Kfm.Pipeline.Terminal;

namespace Kfm.Pipeline.Tests;

/// <summary>The environment of calls below the command line.</summary>
internal static class TestEnvironment
{
    public static HostEnvironment Of(KfmHost host) =>
        new(TextWriter.Null, TextWriter.Null, TextReader.Null, TimeProvider.System, host.State, Interactive: false);
}
