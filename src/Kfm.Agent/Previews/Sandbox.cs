using Kfm.Agent.Processes;

namespace Kfm.Agent.Previews;

/// <summary>Runs the commands of a repository as strangers: by default without a network, with a read-only file system and without secrets.</summary>
/// <remarks>
/// Inside, the file system is that of the machine, read-only, with an own <c>/tmp</c>, <c>/run</c>, <c>/dev</c> and process table; hidden paths are
/// empty. The end of the command, a timeout, a cancellation or the end of this process ends everything that the command started.
/// Where the machine has no such means, <see cref="Isolation"/> is <see cref="IsolationKind.None"/> and nothing of this holds: policy decides whether that will do.
/// </remarks>
public sealed class Sandbox
{
    internal Sandbox(ProcessRunner runner, IsolationKind isolation)
    {
        Runner = runner;
        Isolation = isolation;
    }

    /// <summary>What keeps the commands away from the machine.</summary>
    public IsolationKind Isolation { get; }

    /// <summary>Runs the programs, with the rights of the user.</summary>
    internal ProcessRunner Runner { get; }

    /// <summary><see cref="Isolation"/> as the record names it: <c>bubblewrap</c>, <c>namespaces</c> or <c>none</c>.</summary>
    public string IsolationName => Isolation switch
    {
        IsolationKind.Bubblewrap => "bubblewrap",
        IsolationKind.Namespaces => "namespaces",
        _ => "none",
    };

    /// <summary>Finds the strongest isolation that works here, by running a command in it and seeing that its walls hold.</summary>
    /// <param name="runner">Runs the programs.</param>
    /// <param name="scratch">An existing directory in which the probe may work; it leaves nothing there.</param>
    /// <param name="strongest">The strongest kind to try.</param>
    /// <param name="cancellationToken">Ends the probe.</param>
    public static async Task<Sandbox> ProbeAsync(
        ProcessRunner runner, string scratch, IsolationKind strongest = IsolationKind.Bubblewrap, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runner);
        ArgumentException.ThrowIfNullOrEmpty(scratch);
        for (var kind = strongest; kind > IsolationKind.None; kind--)
        {
            var sandbox = new Sandbox(runner, kind);
            if (OperatingSystem.IsLinux() && await SandboxProbe.HoldsAsync(sandbox, scratch, cancellationToken).ConfigureAwait(false))
            {
                return sandbox;
            }
        }

        return new Sandbox(runner, IsolationKind.None);
    }

    /// <summary>Runs a command to its end.</summary>
    /// <param name="command">The command and what it may see.</param>
    /// <param name="cancellationToken">Kills the command and all that it started.</param>
    /// <exception cref="ArgumentException">The command is empty, or a path is not absolute.</exception>
    /// <exception cref="ProcessStartException">Without isolation: the program could not be started. Isolated, the exit code says so (bubblewrap 1, namespaces 127).</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the command is gone.</exception>
    public async Task<ProcessResult> RunAsync(SandboxCommand command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (command.Arguments is not [{ Length: > 0 }, ..])
        {
            throw new ArgumentException("A command has at least a program.", nameof(command));
        }

        var line = WithUmask(command);
        line = Isolation switch
        {
            IsolationKind.Bubblewrap => BubblewrapCommand.Wrap(command, line),
            IsolationKind.Namespaces => NamespaceCommand.Wrap(command, line),
            _ => line,
        };
        var request = new ProcessRequest(line[0], [.. line.Skip(1)], command.WorkingDirectory)
        {
            Environment = command.Environment,
            Input = command.Input,
            OutputLimit = command.OutputLimit,
            Timeout = command.Timeout,
        };

        // Linux ends a child that asked to die with its parent when the thread that started it ends, and threads of the pool come and go.
        return await Task.Factory.StartNew(
            () => Runner.RunAsync(request, cancellationToken).GetAwaiter().GetResult(),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).ConfigureAwait(false);
    }

    private static IReadOnlyList<string> WithUmask(SandboxCommand command) => command.Umask is { } umask && !OperatingSystem.IsWindows()
        ? ["/bin/sh", "-c", "umask \"$1\"; shift; exec \"$@\"", "sh", Convert.ToString(umask, 8).PadLeft(4, '0'), .. command.Arguments]
        : command.Arguments;
}
