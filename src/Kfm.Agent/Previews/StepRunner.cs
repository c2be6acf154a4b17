using Kfm.Agent.Processes;

namespace Kfm.Agent.Previews;

/// <summary>Runs commands of a repository in a tree of a preview, one at a time in each tree.</summary>
internal sealed class StepRunner
{
    private readonly Sandbox _sandbox;
    private readonly PreviewOptions _options;
    private readonly PreviewFolders _folders;
    private readonly LogText _log;
    private readonly string? _home;
    private readonly string? _machinePackages;

    public StepRunner(Sandbox sandbox, PreviewOptions options, PreviewFolders folders)
    {
        _sandbox = sandbox;
        _options = options;
        _folders = folders;
        _log = folders.Log();
        _home = Folder("HOME") ?? Folder("USERPROFILE");
        _machinePackages = Folder("NUGET_PACKAGES") ?? (_home is null ? null : Existing(Path.Combine(_home, ".nuget", "packages")));
    }

    /// <summary>The folder with the packages that the machine has already, or null.</summary>
    public string? MachinePackages => _machinePackages;

    /// <summary>Runs a command in a tree.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="fetch">Whether it fetches packages: it has a network and may add to the packages of the preview.</param>
    /// <param name="cancellationToken">Kills the command.</param>
    /// <param name="surroundings">The time zone, language and umask of the command; those of the tree when null.</param>
    public async Task<StepOutcome> RunAsync(
        PreviewTree tree, IReadOnlyList<string> command, bool fetch, CancellationToken cancellationToken, BuildVariation? surroundings = null)
    {
        if (_options.Settings.RequireIsolation && _sandbox.Isolation == IsolationKind.None)
        {
            return new StepOutcome("kfm.json requires isolation and this machine has none; install bubblewrap", "", Ran: false);
        }

        await tree.Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var timeout = TimeSpan.FromSeconds(_options.Settings.Limits.TimeoutSeconds);
            var result = await _sandbox.RunAsync(Command(tree, command, fetch, surroundings ?? tree.Variation) with { Timeout = timeout }, cancellationToken).ConfigureAwait(false);
            var failed = result.ExitCode != 0 || result.TimedOut;
            return new StepOutcome(failed ? _log.Reason(result, timeout) : null, _log.Tail(result));
        }
        catch (ProcessStartException)
        {
            return new StepOutcome($"'{command[0]}' could not be started", "", Ran: false);
        }
        finally
        {
            tree.Gate.Release();
        }
    }

    private SandboxCommand Command(PreviewTree tree, IReadOnlyList<string> command, bool fetch, BuildVariation surroundings) => new(command, tree.Source)
    {
        Network = fetch,
        WritablePaths = fetch ? [tree.Home, tree.Temporary, _folders.Packages] : [tree.Home, tree.Temporary],
        ReadOnlyPaths = [.. Readable(), .. fetch ? Enumerable.Empty<string>() : [_folders.Packages]],
        HiddenPaths = [.. _options.HiddenPaths, .. _home is null or "/" ? Enumerable.Empty<string>() : [_home]],
        Environment = Environment(tree, surroundings),
        Umask = surroundings.Umask,
    };

    private Dictionary<string, string> Environment(PreviewTree tree, BuildVariation surroundings)
    {
        var environment = StepEnvironment.For(_options, tree, surroundings, _folders.Packages, _machinePackages);
        if (_sandbox.Isolation == IsolationKind.None)
        {
            foreach (var name in new[] { "TMPDIR", "TEMP", "TMP" })
            {
                environment[name] = tree.Temporary;
            }
        }

        return environment;
    }

    /// <summary>What lies in the hidden home and is needed all the same: programs on the search path and the packages of the machine.</summary>
    private IEnumerable<string> Readable()
    {
        var programs = (_options.HostEnvironment.GetValueOrDefault("PATH") ?? "").Split(Path.PathSeparator)
            .Where(folder => Path.IsPathRooted(folder) && _home is not null && folder.StartsWith(_home + "/", StringComparison.Ordinal));
        return programs.Concat(_machinePackages is null ? [] : [_machinePackages]).Concat(_options.ReadOnlyPaths);
    }

    private string? Folder(string variable) => Existing(_options.HostEnvironment.GetValueOrDefault(variable));

    private static string? Existing(string? path) =>
        path is not null && Path.IsPathRooted(path) && Directory.Exists(path) ? Path.TrimEndingDirectorySeparator(path) : null;
}
