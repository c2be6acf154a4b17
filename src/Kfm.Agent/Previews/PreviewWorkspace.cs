using Kfm.Agent.Configuration;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.Manifests;

namespace Kfm.Agent.Previews;

/// <summary>Two checked-out trees of one commit, in which the steps of a repository run; all of it is gone when it is disposed.</summary>
/// <remarks>
/// What a step needs runs before it, once: restore before build, build before tests. Restore alone has a network; it runs in the first tree, and
/// then in the second one without a network, on the same packages. Tests run in the first tree and lint in the second. Safe for use by several threads: steps of
/// different trees run side by side.
/// </remarks>
public sealed class PreviewWorkspace : IAsyncDisposable
{
    private const string SucceededCheck = "build.succeeded";
    private const string ReproducibleCheck = "build.reproducible";
    private const string LockedCheck = "build.locked";
    private const long LargestRestored = 64 << 20;

    private readonly KfmSettings _settings;
    private readonly Sandbox _sandbox;
    private readonly PreviewFolders _folders;
    private readonly StepRunner _runner;
    private readonly LockCheck _locks;
    private readonly CancellationTokenSource _life;
    private readonly PreviewTask<(StepOutcome Outcome, CheckResult Locked)> _restoreFirst;
    private readonly PreviewTask<StepOutcome> _restoreSecond;
    private readonly PreviewTask<TreeBuild> _buildFirst;
    private readonly PreviewTask<TreeBuild> _buildSecond;

    private PreviewWorkspace(Sandbox sandbox, PreviewOptions options, PreviewFolders folders, CancellationToken cancellationToken)
    {
        _settings = options.Settings;
        _sandbox = sandbox;
        _folders = folders;
        _runner = new StepRunner(sandbox, options, folders);
        _locks = new LockCheck(folders.First.Source);
        _life = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _restoreFirst = new(RestoreFirstAsync);
        _restoreSecond = new(RestoreSecondAsync);
        _buildFirst = new(async () => await BuildAsync(_folders.First, (await _restoreFirst.Value.ConfigureAwait(false)).Outcome).ConfigureAwait(false));
        _buildSecond = new(async () => await BuildAsync(_folders.Second, await _restoreSecond.Value.ConfigureAwait(false)).ConfigureAwait(false));
    }

    /// <summary>
    /// The absolute path of the first tree, for what restore and build leave in it (project.assets.json). The commands of the repository write here:
    /// what lies in it is foreign, and a name may be a link.
    /// </summary>
    public string SourceDirectory => _folders.First.Source;

    /// <summary>Makes the two trees.</summary>
    /// <param name="sandbox">Runs the commands.</param>
    /// <param name="options">What is built, and under which conditions.</param>
    /// <param name="cancellationToken">Ends the workspace and every command in it, now and later; steps then throw <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing is left behind.</exception>
    public static async Task<PreviewWorkspace> CreateAsync(Sandbox sandbox, PreviewOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sandbox);
        ArgumentNullException.ThrowIfNull(options);
        var folders = PreviewFolders.Create(options);
        try
        {
            await options.Checkout(folders.First.Source, cancellationToken).ConfigureAwait(false);
            await options.Checkout(folders.Second.Source, cancellationToken).ConfigureAwait(false);
            return new PreviewWorkspace(sandbox, options, folders, cancellationToken);
        }
        catch
        {
            await folders.RemoveAsync(sandbox.Runner).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Builds both trees side by side and compares their artifacts bit for bit.</summary>
    /// <returns>The checks; skipped when no build is configured.</returns>
    public async Task<PreviewBuildResult> BuildAsync()
    {
        if (_settings.Build is null)
        {
            return new PreviewBuildResult(Skipped(SucceededCheck), Skipped(ReproducibleCheck), Skipped(LockedCheck), _sandbox.IsolationName);
        }

        var builds = await Task.WhenAll(_buildFirst.Value, _buildSecond.Value).ConfigureAwait(false);
        var locked = (await _restoreFirst.Value.ConfigureAwait(false)).Locked;
        var failed = builds.Select(build => build.Outcome).FirstOrDefault(outcome => outcome.Failure is not null);
        var result = new PreviewBuildResult(
            failed is null ? Passed(SucceededCheck) : new CheckResult(SucceededCheck, failed.Ran ? CheckStatus.Failed : CheckStatus.Error, failed.Failure),
            new CheckResult(ReproducibleCheck, CheckStatus.Error, "there is no pair of builds to compare"),
            locked,
            _sandbox.IsolationName)
        {
            LogTail = (failed ?? builds[0].Outcome).LogTail,
        };
        return failed is null ? Compared(result, builds[0], builds[1]) : result;
    }

    /// <summary>Runs the test command in the first tree.</summary>
    /// <returns>
    /// The check <c>tests</c>, passed when the command ended well, a test passed and none failed, error when there are no results that can be read; the
    /// reports and their files. Skipped when no test is configured.
    /// </returns>
    public async Task<StepResult> TestAsync()
    {
        if (_settings.Test is not { } test)
        {
            return new StepResult(Skipped("tests"));
        }

        var before = _settings.Build is null
            ? (await _restoreFirst.Value.ConfigureAwait(false)).Outcome
            : (await _buildFirst.Value.ConfigureAwait(false)).Outcome;
        Glob[] written = test.Coverage is null ? [test.Results] : [test.Results, test.Coverage];
        var tree = _folders.First.Source;

        // Results that a proposal brings along are none.
        ArtifactCollector.Find(tree, written).ForEach(path => File.Delete(Path.Combine(tree, path)));
        var outcome = before.Failure is null ? await RunAsync(_folders.First, test.Command).ConfigureAwait(false) : before with { Ran = false };
        var result = Result("tests", outcome) with
        {
            ResultFiles = Files(tree, test.Results),
            CoverageFiles = test.Coverage is null ? [] : Files(tree, test.Coverage),
        };
        return outcome.Ran ? TestOutput.Read(result, test.Coverage is not null) : result;
    }

    /// <summary>Runs the lint command in the second tree, with the time zone and language of the first: its words are for people.</summary>
    /// <returns>The check <c>lint</c>; skipped when no lint is configured.</returns>
    public async Task<StepResult> LintAsync()
    {
        if (_settings.Lint is not { } lint)
        {
            return new StepResult(Skipped("lint"));
        }

        var before = await _restoreSecond.Value.ConfigureAwait(false);
        return Result("lint", before.Failure is null
            ? await _runner.RunAsync(_folders.Second, lint.Command, fetch: false, _life.Token, _folders.First.Variation).ConfigureAwait(false)
            : before with { Ran = false });
    }

    /// <summary>The folders in which the packages of the restore lie, in the order of search.</summary>
    public IReadOnlyList<string> PackageFolders => _runner.MachinePackages is { } machine ? [_folders.Packages, machine] : [_folders.Packages];

    /// <summary>Reads a file that the restore left in the first tree, such as <c>project.assets.json</c>.</summary>
    /// <param name="path">The path from the root of the tree, with forward slashes.</param>
    /// <returns>The bytes; null when the restore failed or left no such regular file of at most 64 MiB, or a link leads to it.</returns>
    public async Task<byte[]?> ReadRestoredAsync(string path)
    {
        var (outcome, _) = await _restoreFirst.Value.ConfigureAwait(false);
        if (outcome.Failure is not null)
        {
            return null;
        }

        try
        {
            var file = RelativePath.Resolve(_folders.First.Source, path);
            return RegularFile.Exists(file) ? RegularFile.Read(file, LargestRestored) : null;
        }
        catch (Exception e) when (e is RelativePathException or RegularFileException)
        {
            return null;
        }
    }

    /// <summary>Ends what still runs and removes everything.</summary>
    public async ValueTask DisposeAsync()
    {
        await _life.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_restoreFirst.SettleAsync(), _restoreSecond.SettleAsync(), _buildFirst.SettleAsync(), _buildSecond.SettleAsync()).ConfigureAwait(false);
        await _folders.RemoveAsync(_sandbox.Runner).ConfigureAwait(false);
        _life.Dispose();
    }

    private async Task<(StepOutcome Outcome, CheckResult Locked)> RestoreFirstAsync()
    {
        if (_settings.Restore is not { } restore)
        {
            return (StepOutcome.Nothing, Skipped(LockedCheck));
        }

        var outcome = await _runner.RunAsync(_folders.First, restore.Command, fetch: true, _life.Token).ConfigureAwait(false);
        return outcome.Failure is null
            ? (outcome, _locks.Result())
            : (outcome.In("restore"), new CheckResult(LockedCheck, CheckStatus.Error, "restore failed"));
    }

    private async Task<StepOutcome> RestoreSecondAsync()
    {
        var (first, _) = await _restoreFirst.Value.ConfigureAwait(false);
        if (_settings.Restore is not { } restore || first.Failure is not null)
        {
            return first;
        }

        return (await RunAsync(_folders.Second, restore.Command).ConfigureAwait(false)).In("restore without a network");
    }

    private async Task<TreeBuild> BuildAsync(PreviewTree tree, StepOutcome restored)
    {
        if (restored.Failure is not null)
        {
            return new TreeBuild(restored, "");
        }

        var outcome = (await RunAsync(tree, _settings.Build!.Command).ConfigureAwait(false)).In("build");
        if (outcome.Failure is not null)
        {
            return new TreeBuild(outcome, "");
        }

        var target = _folders.Artifacts(tree);
        var refusal = ArtifactCollector.Copy(tree.Source, _settings.Build, _settings.Limits, target);
        return new TreeBuild(refusal is null ? outcome : outcome with { Failure = "build: " + refusal }, target);
    }

    private Task<StepOutcome> RunAsync(PreviewTree tree, IReadOnlyList<string> command) =>
        _runner.RunAsync(tree, command, fetch: false, _life.Token);

    private static PreviewBuildResult Compared(PreviewBuildResult result, TreeBuild first, TreeBuild second)
    {
        var differences = ArtifactManifest.CompareDirectories(first.Directory, second.Directory);
        return result with
        {
            Reproducible = differences.Count == 0
                ? Passed(ReproducibleCheck)
                : new CheckResult(ReproducibleCheck, CheckStatus.Failed, FormattableString.Invariant($"{differences.Count} differences; {differences[0]}")),
            Differences = differences,
            ArtifactsDirectory = first.Directory,
            Manifest = ArtifactManifest.OfDirectory(first.Directory),
        };
    }

    private static StepResult Result(string name, StepOutcome outcome) => new(outcome switch
    {
        { Failure: null } => Passed(name),
        { Ran: true } => new CheckResult(name, CheckStatus.Failed, outcome.Failure),
        _ => new CheckResult(name, CheckStatus.Error, outcome.Failure),
    })
    {
        LogTail = outcome.LogTail,
    };

    private static List<string> Files(string tree, Glob glob) => [.. ArtifactCollector.Find(tree, [glob]).Select(path => Path.Combine(tree, path))];

    private static CheckResult Passed(string name) => new(name, CheckStatus.Passed);

    private static CheckResult Skipped(string name) => new(name, CheckStatus.Skipped, "kfm.json has no such step");
}
