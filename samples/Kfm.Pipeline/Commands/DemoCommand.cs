using System.CommandLine;
using Kfm.Pipeline.Demo;
using Kfm.Pipeline.Terminal;

namespace Kfm.Pipeline.Commands;

/// <summary><c>kfm demo</c>: three proposals on a sample repository, from intent to verified bundle.</summary>
internal static class DemoCommand
{
    public static Command Create(HostEnvironment host)
    {
        var output = new Option<string>("--out") { Description = "The directory for bundles, keys, ledger and trust file.", DefaultValueFactory = _ => "kfm-out" };
        var command = new Command("demo", "Take three proposals through the pipeline and verify them.") { output };
        VerbAction.Set(command, host, (result, token) => new DemoRun(host, result.GetValue(output)!).RunAsync(token));
        return command;
    }
}
