using System.Text;
using System.Text.RegularExpressions;
using Kfm.Agent.Previews;
using Kfm.Agent.Processes;
using Kfm.Gates.Scanning;

namespace Kfm.Agent.Codegen.Commands;

/// <summary>Starts the agent, and the command that prints its version, in the sandbox.</summary>
internal sealed partial class CommandRun(CommandOptions options, CommandFolders folders, string tree)
{
    private const int LongestVersion = 100;
    private const int BlockBytes = 512;
    private const int NotFound = 127;
    private static readonly TimeSpan VersionTimeout = TimeSpan.FromSeconds(60);
    private static readonly string[] HomeVariables = ["HOME", "USERPROFILE", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_STATE_HOME"];
    private static readonly string[] Homes = ["/home", "/root"];

    /// <summary>The first line that the version command prints; null when there is none that can be recorded.</summary>
    public async Task<string?> VersionAsync(CancellationToken cancellationToken)
    {
        if (options.Settings.Version.Count == 0)
        {
            return null;
        }

        var command = Command(options.Settings.Version, folders.Home) with
        {
            Environment = CommandEnvironment.Bare(options, folders),
            Timeout = VersionTimeout,
            OutputLimit = 1 << 16,
        };
        var result = await options.Sandbox.RunAsync(command, cancellationToken).ConfigureAwait(false);
        return result is { ExitCode: 0, TimedOut: false } ? CleanVersion(result.OutputText) : null;
    }

    /// <summary>Runs the agent to its end.</summary>
    /// <exception cref="CommandAgentException">It failed, or its time was over.</exception>
    public async Task<ProcessResult> AgentAsync(CodegenRequest request, CancellationToken cancellationToken)
    {
        var settings = options.Settings;
        var command = Command(options.Command.Arguments, tree) with
        {
            Network = settings.Network,
            WritablePaths = [folders.Home, folders.Output],
            Environment = CommandEnvironment.Full(options, folders, request),
            Input = Encoding.UTF8.GetBytes(request.Prompt),
            Timeout = TimeSpan.FromSeconds(settings.TimeoutSeconds),
            OutputLimit = options.Limits.OutputBytes,
        };
        var result = await options.Sandbox.RunAsync(command, cancellationToken).ConfigureAwait(false);
        if (result.TimedOut)
        {
            throw new CommandAgentException(FormattableString.Invariant($"the agent took longer than {settings.TimeoutSeconds} s and was ended; see agent.timeoutSeconds of kfm.json"));
        }

        return result.ExitCode == 0
            ? result
            : throw new CommandAgentException(FormattableString.Invariant($"the agent ended with exit code {result.ExitCode}; ") + (result.ExitCode is NotFound
                ? "that says that its program was not found: name one that the machine has, homes are not visible beyond the search path"
                : "what it printed is not kept, because it may hold secrets or the prompt"));
    }

    private SandboxCommand Command(IReadOnlyList<string> arguments, string directory) => new(Limited(arguments), directory)
    {
        ReadOnlyPaths = [folders.Input, .. Programs(arguments[0])],
        HiddenPaths = [.. options.HiddenPaths, .. Hidden()],
        Umask = 0b000_010_010,
    };

    // A shell sets the limit on the size of files and becomes the program; it reads none of the arguments.
    private string[] Limited(IReadOnlyList<string> arguments) =>
    [
        "/bin/sh", "-c", "ulimit -f \"$1\"; shift; exec \"$@\"", "sh", FormattableString.Invariant($"{options.Limits.FileBytes / BlockBytes}"), .. arguments,
    ];

    private IEnumerable<string> Hidden()
    {
        var homes = HomeVariables.Select(n => options.HostEnvironment.GetValueOrDefault(n));
        return homes.Concat(Homes).OfType<string>().Where(h => h != "/" && Path.IsPathRooted(h) && Directory.Exists(h));
    }

    /// <summary>What is hidden and needed all the same: folders of the search path in a home, the program, and in a home what lies beside it.</summary>
    private IEnumerable<string> Programs(string program)
    {
        var homes = Hidden().Select(RealPath.Of).ToArray();
        bool InHome(string path) => Array.Exists(homes, h => RealPath.Of(path).StartsWith(h + "/", StringComparison.Ordinal));
        var search = (options.HostEnvironment.GetValueOrDefault("PATH") ?? "").Split(Path.PathSeparator).Where(Path.IsPathRooted).ToArray();
        var found = Path.IsPathRooted(program) ? program
            : program.Contains('/', StringComparison.Ordinal) ? null
            : search.Select(f => Path.Combine(f, program)).FirstOrDefault(File.Exists);
        var real = found is null ? null : RealPath.Of(found);
        return search.Where(f => Directory.Exists(f) && InHome(f)).Append(real is not null && InHome(real) ? Path.GetDirectoryName(real) : real).OfType<string>();
    }

    private string? CleanVersion(string printed)
    {
        var line = Escape().Replace(printed.Split('\n', 2)[0], "").Trim();
        line = string.Concat(line.Where(c => c is >= ' ' and <= '~'));
        return line.Length is > 0 and <= LongestVersion && SecretScanner.Scan(line).Count == 0 && options.Known.Find(line).Count == 0 ? line : null;
    }

    [GeneratedRegex(@"\x1b\[[0-9;?]*[ -/]*[@-~]", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Escape();
}
