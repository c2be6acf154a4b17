using System.CommandLine;
using Kfm.Pipeline.Terminal;

namespace Kfm.Pipeline.Commands;

/// <summary>The command <c>kfm</c>: parses arguments, runs a verb, turns bad data into a message and an exit code.</summary>
internal static class KfmCommandLine
{
    // Long enough to kill the children and remove the temporary trees after Ctrl-C.
    private static readonly TimeSpan CleanUp = TimeSpan.FromSeconds(20);

    /// <summary>Runs a command line.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, HostEnvironment host, CancellationToken cancellationToken = default)
    {
        var root = Create(host, args);
        var configuration = new InvocationConfiguration
        {
            Output = host.Out,
            Error = host.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = CleanUp,
        };
        var result = root.Parse(AgentCommandLine.Join(args));
        if (result.Errors.Count == 0)
        {
            return await result.InvokeAsync(configuration, cancellationToken);
        }

        await result.InvokeAsync(configuration, cancellationToken);

        // `kfm policy` follows OPA, whose answer to a wrong command line is 1 as well.
        return ExitCode.Error;
    }

    private static RootCommand Create(HostEnvironment host, IReadOnlyList<string> args)
    {
        var root = new RootCommand("Takes a proposal of an AI agent from its intent to a gated, provable pull request.");
        if (args is ["policy", ..])
        {
            // Policies are evaluated often and fast: the options of the other verbs would take as long as the evaluation.
            root.Subcommands.Add(PolicyCommand.Create(host, args.Count > 1 ? args[1] : ""));
            return root;
        }

        root.Subcommands.Add(DemoCommand.Create(host));
        root.Subcommands.Add(InitCommand.Create(host));
        root.Subcommands.Add(RunCommand.Create(host));
        foreach (var stage in StageCommands.Create(host))
        {
            root.Subcommands.Add(stage);
        }

        foreach (var design in DesignCommands.Create(host))
        {
            root.Subcommands.Add(design);
        }

        root.Subcommands.Add(ApproveCommand.Create(host));
        root.Subcommands.Add(OverrideCommand.Create(host));
        HaltCommands.AddTo(root, host);
        root.Subcommands.Add(RolloutCommand.Create(host));
        root.Subcommands.Add(GitHubCommand.Create(host));
        root.Subcommands.Add(VerifyCommand.Create(host));
        root.Subcommands.Add(FocusCommand.Create(host));
        root.Subcommands.Add(AttestCommand.Create(host));
        root.Subcommands.Add(VerifyAttestationCommand.Create(host));
        root.Subcommands.Add(LedgerCommand.Create(host));
        root.Subcommands.Add(PolicyCommand.Create(host, ""));
        root.Subcommands.Add(ValidateCommand.Create(host));
        root.Subcommands.Add(ManifestCommand.Create(host));
        foreach (var pack in PackCommands.Create(host))
        {
            root.Subcommands.Add(pack);
        }

        return root;
    }
}
