using System.Globalization;
using Kfm.Agent.Processes;

namespace Kfm.Agent.Git;

/// <summary>Runs git in one directory: no shell, no hooks, no prompts, no settings but those of the repository itself.</summary>
/// <remarks>
/// The environment of git is what stands here and nothing else, so that the same repository gives the same answers on every
/// machine. Transports other than local files are off.
/// </remarks>
public sealed class GitCommand
{
    private static readonly (string Key, string Value)[] Settings =
    [
        ("core.hooksPath", "/dev/null"),
        ("core.fsmonitor", "false"),
        ("core.attributesFile", "/dev/null"),
        ("core.excludesFile", "/dev/null"),
        ("core.autocrlf", "false"),
        ("core.quotePath", "true"),
        ("core.symlinks", "true"),
        ("core.protectHFS", "true"),
        ("core.protectNTFS", "true"),
        ("commit.gpgSign", "false"),
        ("gc.auto", "0"),
        ("maintenance.auto", "false"),
        ("advice.detachedHead", "false"),
        ("diff.suppressBlankEmpty", "false"),
        ("init.defaultBranch", "main"),
        ("apply.whitespace", "nowarn"),
        ("protocol.allow", "never"),
        ("protocol.file.allow", "always"),
        ("safe.directory", "*"),
    ];

    private static readonly Dictionary<string, string> Environment = MakeEnvironment();
    private readonly ProcessRunner _runner;

    /// <summary>Creates a command for a directory.</summary>
    /// <param name="runner">Starts git and counts its time.</param>
    /// <param name="directory">The directory in which git runs; it exists.</param>
    public GitCommand(ProcessRunner runner, string directory)
    {
        ArgumentNullException.ThrowIfNull(runner);
        ArgumentException.ThrowIfNullOrEmpty(directory);
        _runner = runner;
        Directory = directory;
    }

    /// <summary>The directory in which git runs.</summary>
    public string Directory { get; }

    /// <summary>The same command in another directory.</summary>
    /// <param name="directory">The directory in which git runs; it exists.</param>
    public GitCommand In(string directory) => new(_runner, directory);

    /// <summary>Runs git and gives its standard output.</summary>
    /// <param name="arguments">The command and its arguments; put <c>--</c> before paths.</param>
    /// <param name="cancellationToken">Kills git and what it started.</param>
    /// <returns>Standard output, without change.</returns>
    /// <exception cref="GitException">git failed, or wrote more than 256 MiB.</exception>
    /// <exception cref="ProcessStartException">git is not installed.</exception>
    public Task<ReadOnlyMemory<byte>> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken = default) =>
        RunAsync(arguments, default, cancellationToken);

    /// <summary>Runs git with bytes on its standard input and gives its standard output.</summary>
    /// <param name="arguments">The command and its arguments; put <c>--</c> before paths.</param>
    /// <param name="input">The bytes of standard input.</param>
    /// <param name="cancellationToken">Kills git and what it started.</param>
    /// <returns>Standard output, without change.</returns>
    /// <exception cref="GitException">git failed, or wrote more than 256 MiB.</exception>
    /// <exception cref="ProcessStartException">git is not installed.</exception>
    public Task<ReadOnlyMemory<byte>> RunAsync(
        IReadOnlyList<string> arguments,
        ReadOnlyMemory<byte> input,
        CancellationToken cancellationToken = default) =>
        RunAsync(arguments, input, [], cancellationToken);

    /// <summary>Runs git and gives its standard output as one line of text.</summary>
    /// <param name="arguments">The command and its arguments; put <c>--</c> before paths.</param>
    /// <param name="cancellationToken">Kills git and what it started.</param>
    /// <returns>Standard output as UTF-8, without the newline at its end.</returns>
    /// <exception cref="GitException">git failed.</exception>
    /// <exception cref="ProcessStartException">git is not installed.</exception>
    public async Task<string> LineAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken = default)
    {
        var output = await RunAsync(arguments, cancellationToken).ConfigureAwait(false);
        return System.Text.Encoding.UTF8.GetString(output.Span).TrimEnd('\n');
    }

    /// <summary>Runs git and gives its result, also when it failed.</summary>
    /// <param name="arguments">The command and its arguments; put <c>--</c> before paths.</param>
    /// <param name="input">The bytes of standard input.</param>
    /// <param name="cancellationToken">Kills git and what it started.</param>
    /// <exception cref="ProcessStartException">git is not installed.</exception>
    public Task<ProcessResult> TryRunAsync(
        IReadOnlyList<string> arguments,
        ReadOnlyMemory<byte> input = default,
        CancellationToken cancellationToken = default) =>
        TryRunAsync(arguments, input, [], cancellationToken);

    /// <summary>Runs git with variables beside the fixed ones, such as an identity or another index.</summary>
    internal async Task<ReadOnlyMemory<byte>> RunAsync(
        IReadOnlyList<string> arguments,
        ReadOnlyMemory<byte> input,
        IReadOnlyCollection<KeyValuePair<string, string>> variables,
        CancellationToken cancellationToken)
    {
        var result = await TryRunAsync(arguments, input, variables, cancellationToken).ConfigureAwait(false);
        if (result.Succeeded)
        {
            return result.Output;
        }

        var reason = result switch
        {
            { TimedOut: true } => "it took longer than ten minutes",
            { Truncated: true } => "it wrote more than 256 MiB",
            _ => result.ErrorText,
        };
        throw new GitException(arguments[0], result.ExitCode, reason);
    }

    /// <summary>Runs git with settings behind the fixed ones. They stand in its environment: not on its command line, and in no file.</summary>
    internal Task<ProcessResult> TryRunWithSettingsAsync(
        IReadOnlyList<string> arguments, IReadOnlyList<KeyValuePair<string, string>> settings, CancellationToken cancellationToken)
    {
        var variables = new List<KeyValuePair<string, string>>
        {
            new("GIT_CONFIG_COUNT", (Settings.Length + settings.Count).ToString(CultureInfo.InvariantCulture)),
        };
        for (var i = 0; i < settings.Count; i++)
        {
            variables.Add(new(string.Create(CultureInfo.InvariantCulture, $"GIT_CONFIG_KEY_{Settings.Length + i}"), settings[i].Key));
            variables.Add(new(string.Create(CultureInfo.InvariantCulture, $"GIT_CONFIG_VALUE_{Settings.Length + i}"), settings[i].Value));
        }

        return TryRunAsync(arguments, default, variables, cancellationToken);
    }

    private Task<ProcessResult> TryRunAsync(
        IReadOnlyList<string> arguments,
        ReadOnlyMemory<byte> input,
        IReadOnlyCollection<KeyValuePair<string, string>> variables,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var environment = Environment;
        if (variables.Count > 0)
        {
            environment = new Dictionary<string, string>(Environment, StringComparer.Ordinal);
            foreach (var (name, value) in variables)
            {
                environment[name] = value;
            }
        }

        var request = new ProcessRequest("git", arguments, Directory) { Environment = environment, Input = input, OutputLimit = 256 << 20 };
        return _runner.RunAsync(request, cancellationToken);
    }

    private static Dictionary<string, string> MakeEnvironment()
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["LC_ALL"] = "C",
            ["TZ"] = "UTC",
            ["HOME"] = "/nonexistent",
            ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
            ["GIT_CONFIG_NOSYSTEM"] = "1",
            ["GIT_CONFIG_GLOBAL"] = "/dev/null",
            ["GIT_ATTR_NOSYSTEM"] = "1",
            ["GIT_TERMINAL_PROMPT"] = "0",
            ["GIT_OPTIONAL_LOCKS"] = "0",
            ["GIT_NO_REPLACE_OBJECTS"] = "1",
            ["GIT_PAGER"] = "cat",
            ["GIT_CONFIG_COUNT"] = Settings.Length.ToString(CultureInfo.InvariantCulture),
        };
        for (var i = 0; i < Settings.Length; i++)
        {
            environment[string.Create(CultureInfo.InvariantCulture, $"GIT_CONFIG_KEY_{i}")] = Settings[i].Key;
            environment[string.Create(CultureInfo.InvariantCulture, $"GIT_CONFIG_VALUE_{i}")] = Settings[i].Value;
        }

        return environment;
    }
}
