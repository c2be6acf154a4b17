using System.CommandLine;
using Kfm.Pipeline.Stages;
using Kfm.Pipeline.Terminal;

namespace Kfm.Pipeline.Commands;

/// <summary><c>kfm run</c>: all stages in one process.</summary>
internal static class RunCommand
{
    public static Command Create(HostEnvironment host)
    {
        var command = new Command("run", "Take a proposal through all stages.");
        var options = new RunOptionSet();
        options.AddTo(command, options.Proposal, options.Keys, options.GitHub, options.Output);
        VerbAction.Set(command, host, (result, token) => new PipelineHost(host, options.Read(result)).RunAsync("run", StageSet.All(), token));
        return command;
    }
}
