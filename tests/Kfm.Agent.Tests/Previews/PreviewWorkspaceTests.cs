using System.Text;
using System.Text.Json;
using Kfm.Agent.Configuration;
using Kfm.Agent.Previews;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.Manifests;
using Kfm.Testing;

namespace Kfm.Agent.Tests.Previews;

public sealed class PreviewWorkspaceTests : IDisposable
{
    private readonly PreviewFixture _fixture = new();
    private readonly TemporaryDirectory _tree = new();

    /// <summary>Builds that see their surroundings, and the artifact in which it shows.</summary>
    public static TheoryData<string, string> Irreproducible => new()
    {
        { "echo \"$TZ\" >out/zone", "changed out/zone" },
        { "echo \"$LC_ALL\" >out/locale", "changed out/locale" },
        { "pwd >out/directory", "changed out/directory" },
        { "echo \"$HOME\" >out/home", "changed out/home" },
        { "umask >out/umask", "changed out/umask" },
        { "[ \"$TZ\" = UTC ] || echo more >out/second", "extra out/second" },
        { "[ \"$TZ\" != UTC ] || echo more >out/first", "missing out/first" },
        { "[ \"$TZ\" = UTC ] || chmod +x out/always", "changed out/always: is executable" },
    };

    [Fact]
    public async Task A_build_that_sees_nothing_of_its_surroundings_is_reproducible()
    {
        await using var workspace = await OpenAsync("mkdir out && echo \"$SOURCE_DATE_EPOCH $CI\" >out/always");

        var build = await workspace.BuildAsync();

        Assert.Equal(CheckStatus.Passed, build.Reproducible.Status);
        Assert.Equal(CheckStatus.Skipped, build.Locked.Status);
        Assert.Equal("1700000000 true\n", await File.ReadAllTextAsync(Path.Combine(build.ArtifactsDirectory!, "out/always")));
        Assert.Equal(["out/always"], build.Manifest!.Entries.Select(entry => entry.Path));
    }

    [Theory]
    [MemberData(nameof(Irreproducible))]
    public async Task A_build_that_shows_its_surroundings_is_reported_with_the_file(string script, string difference)
    {
        await using var workspace = await OpenAsync("mkdir out && echo same >out/always && { " + script + "; }");

        var build = await workspace.BuildAsync();

        Assert.Equal(CheckStatus.Passed, build.Succeeded.Status);
        Assert.Equal(CheckStatus.Failed, build.Reproducible.Status);
        Assert.StartsWith(difference, Assert.Single(build.Differences).ToString(), StringComparison.Ordinal);
        Assert.Contains(difference, build.Reproducible.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("echo 'a.cs(1,2): error CS1002: ; expected'; echo note; exit 3", "build: exit code 3: a.cs(1,2): error CS1002: ; expected")]
    [InlineData("exit 4", "build: exit code 4")]
    [InlineData("echo \"$PWD/a.cs took 00:00:01.25 and 12 ms\" >&2; exit 5", "build: exit code 5: a.cs took (time) and (time)")]
    [InlineData("true", "build: it made no file that matches 'out/*'")]
    [InlineData("mkdir out; ln -s /etc/passwd out/link", "build: it made no file that matches 'out/*'")]
    [InlineData("mkdir out; mkfifo out/pipe", "build: it made no file that matches 'out/*'")]
    [InlineData("mkdir out; : >\"$(printf 'out/a\\\\b')\"", "build: the name of an artifact cannot stand in a manifest")]
    [InlineData("mkdir out; : >\"$(printf 'out/\\377')\"", "build: the name of an artifact cannot stand in a manifest")]
    [InlineData("sleep 86404", "build: it took longer than 1 s and was ended")]
    public async Task A_build_that_fails_is_a_result_with_its_reason(string script, string reason)
    {
        await using var workspace = await OpenAsync(script, limits: """{"timeoutSeconds":1}""");

        var build = await workspace.BuildAsync();

        Assert.Equal(new CheckResult("build.succeeded", CheckStatus.Failed, reason), build.Succeeded);
        Assert.Equal(CheckStatus.Error, build.Reproducible.Status);
        Assert.Null(build.Manifest);
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_a_result()
    {
        await using var workspace = await OpenAsync(Settings("""{"command":["kfm-no-such-program"],"artifacts":["out/*"]}"""));

        var build = await workspace.BuildAsync();

        Assert.NotEqual(CheckStatus.Passed, build.Succeeded.Status);
        Assert.Contains("kfm-no-such-program", build.Succeeded.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Artifacts_beyond_the_limits_are_refused()
    {
        await using var workspace = await OpenAsync("mkdir out; : >out/a; : >out/b", limits: """{"artifactFiles":1}""");

        Assert.Equal("build: its 2 artifacts with 0 bytes are beyond the limits of kfm.json", (await workspace.BuildAsync()).Succeeded.Detail);
    }

    [Fact]
    public async Task Steps_that_are_not_configured_are_skipped()
    {
        await using var workspace = await OpenAsync(Settings(build: null));

        var build = await workspace.BuildAsync();

        Assert.All(
            [build.Succeeded, build.Reproducible, build.Locked, (await workspace.TestAsync()).Check, (await workspace.LintAsync()).Check],
            check => Assert.Equal(CheckStatus.Skipped, check.Status));
    }

    /// <summary>What a test command does, and the check that it comes to.</summary>
    public static TheoryData<string, CheckStatus, string?> TestRuns => new()
    {
        { Trx("Passed") + "test -s out/a && rm -f x.trx", CheckStatus.Passed, null },
        { Trx("Failed") + "exit 1", CheckStatus.Failed, "1 of 1 tests failed, first A.works" },
        { Trx("Failed") + "true", CheckStatus.Failed, "1 of 1 tests failed, first A.works" },
        { Trx("NotExecuted") + "true", CheckStatus.Failed, "no test passed" },
        { Trx("Passed") + "echo 'error: crash'; exit 1", CheckStatus.Failed, "exit code 1: error: crash" },
        { "exit 1", CheckStatus.Failed, "exit code 1" },
        { "true", CheckStatus.Error, "it wrote no test results" },
        { "echo nonsense >results/new.trx", CheckStatus.Error, null },
    };

    [Theory]
    [MemberData(nameof(TestRuns))]
    public async Task Tests_count_by_exit_code_and_results_and_committed_results_are_none(string script, CheckStatus status, string? detail)
    {
        _tree.Write("results/old.trx", "made up");
        var test = $$"""{"command":["sh","-c",{{Text(script)}}],"results":"results/*.trx"}""";
        await using var workspace = await OpenAsync(Settings(Build("mkdir out && echo a >out/a"), test: test));

        var result = await workspace.TestAsync();

        Assert.Equal(status, result.Check.Status);
        Assert.Equal(detail ?? result.Check.Detail, result.Check.Detail);
        Assert.DoesNotContain(result.ResultFiles, file => file.EndsWith("old.trx", StringComparison.Ordinal));
        Assert.Equal(script.Contains("<TestRun", StringComparison.Ordinal), result.Report is not null);
    }

    [Fact]
    public async Task Coverage_that_is_configured_and_not_written_is_an_error()
    {
        var test = $$"""{"command":["sh","-c",{{Text(Trx("Passed") + "true")}}],"results":"results/*.trx","coverage":"results/*.xml"}""";
        await using var workspace = await OpenAsync(Settings(build: null, test: test));

        Assert.Equal(new CheckResult("tests", CheckStatus.Error, "There is no coverage report."), (await workspace.TestAsync()).Check);
    }

    [Fact]
    public async Task Lint_fails_by_its_exit_code_with_its_words()
    {
        await using var workspace = await OpenAsync(Settings(build: null, lint: Step("echo 'a.md: error: tab'; exit 1")));

        var lint = await workspace.LintAsync();

        Assert.Equal(new CheckResult("lint", CheckStatus.Failed, "exit code 1: a.md: error: tab"), lint.Check);
        Assert.Equal("a.md: error: tab\n", lint.LogTail);
    }

    [Fact]
    public async Task Lint_speaks_the_language_of_the_first_tree()
    {
        await using var workspace = await OpenAsync(Settings(build: null, lint: Step("echo $LC_ALL $TZ")));

        Assert.Equal("C.UTF-8 UTC\n", (await workspace.LintAsync()).LogTail);
    }

    [Fact]
    public async Task Tests_of_a_build_that_failed_could_not_run()
    {
        var settings = Settings(
            build: """{"command":["sh","-c","exit 1"],"artifacts":["out/*"]}""",
            test: """{"command":["sh","-c","true"],"results":"results/*.trx"}""");
        await using var workspace = await OpenAsync(settings);

        Assert.Equal(new CheckResult("tests", CheckStatus.Error, "build: exit code 1"), (await workspace.TestAsync()).Check);
    }

    [Fact]
    public async Task Restore_that_fails_fails_the_build()
    {
        var settings = Settings(
            restore: """{"command":["sh","-c","echo 'error NU1101: no such package'; exit 1"]}""",
            build: """{"command":["sh","-c","mkdir out && echo a >out/a"],"artifacts":["out/*"]}""",
            lint: """{"command":["sh","-c","true"]}""");
        await using var workspace = await OpenAsync(settings);

        var build = await workspace.BuildAsync();

        Assert.Equal(new CheckResult("build.succeeded", CheckStatus.Failed, "restore: exit code 1: error NU1101: no such package"), build.Succeeded);
        Assert.Equal(CheckStatus.Error, build.Locked.Status);
        Assert.Equal(CheckStatus.Error, (await workspace.LintAsync()).Check.Status);
    }

    [Theory]
    [InlineData(null, "src/p.csproj has packages and no committed packages.lock.json")]
    [InlineData("echo '{}' >src/packages.lock.json", "restore changed src/packages.lock.json; commit the lock file that it wrote")]
    [InlineData("echo nonsense >obj/project.assets.json", "obj/project.assets.json has packages and no committed packages.lock.json")]
    public async Task Packages_without_a_committed_lock_file_are_not_locked(string? more, string reason)
    {
        _tree.Write("src/p.csproj", "");
        var assets = """{"libraries":{"xunit/2.9.3":{"type":"package"}},"project":{"restore":{"projectPath":"DIRECTORY/src/p.csproj"}}}""";
        var write = "mkdir -p obj && printf '%s' '" + assets + "' | sed \"s|DIRECTORY|$PWD|\" >obj/project.assets.json; " + (more ?? "true");
        var settings = Settings(
            restore: Step(write),
            build: """{"command":["sh","-c","mkdir out && echo a >out/a"],"artifacts":["out/*"]}""");
        await using var workspace = await OpenAsync(settings);

        Assert.Equal(new CheckResult("build.locked", CheckStatus.Failed, reason), (await workspace.BuildAsync()).Locked);
    }

    [Fact]
    public async Task Required_isolation_that_the_machine_does_not_have_runs_nothing()
    {
        var settings = Settings("""{"command":["sh","-c","mkdir out && echo a >out/a"],"artifacts":["out/*"]}""", more: ""","require":{"isolation":true}""");
        await using var workspace = await OpenAsync(settings, IsolationKind.None);

        var build = await workspace.BuildAsync();

        Assert.Equal((CheckStatus.Error, "none"), (build.Succeeded.Status, build.Isolation));
        Assert.Contains("install bubblewrap", build.Succeeded.Detail, StringComparison.Ordinal);
    }

    [SandboxTheory]
    [MemberData(nameof(SandboxTheoryAttribute.Kinds), MemberType = typeof(SandboxTheoryAttribute))]
    public async Task Commands_read_neither_the_home_of_the_host_nor_hidden_paths(IsolationKind kind)
    {
        var home = Directory.CreateDirectory(Path.Combine(_fixture.Scratch, "host-home")).FullName;
        await File.WriteAllTextAsync(Path.Combine(home, ".netrc"), "secret");
        var key = Path.Combine(_fixture.Scratch, "signer.pem");
        await File.WriteAllTextAsync(key, "secret");
        var settings = Settings(Build($"mkdir out; cat '{home}/.netrc' '{key}' >out/all 2>/dev/null; env | grep -c SECRET >>out/all; true"));
        var sandbox = await Sandbox.ProbeAsync(_fixture.Runner, _fixture.Scratch, kind);
        var options = _fixture.Options(settings, _tree.Path) with
        {
            HiddenPaths = [key],
            HostEnvironment = new Dictionary<string, string>(PreviewFixture.HostEnvironment, StringComparer.Ordinal) { ["HOME"] = home, ["MY_SECRET"] = "secret" },
        };
        await using var workspace = await PreviewWorkspace.CreateAsync(sandbox, options);

        var build = await workspace.BuildAsync();

        Assert.Equal("0\n", await File.ReadAllTextAsync(Path.Combine(build.ArtifactsDirectory!, "out/all")));
    }

    [Theory]
    [InlineData(IsolationKind.Bubblewrap)]
    [InlineData(IsolationKind.None)]
    public async Task A_cancellation_leaves_neither_files_nor_processes(IsolationKind strongest)
    {
        using var cancelled = new CancellationTokenSource();
        var sandbox = await Sandbox.ProbeAsync(_fixture.Runner, _fixture.Scratch, strongest);
        var options = _fixture.Options(Settings(Build("sleep 86405")), _tree.Path);
        await using (var workspace = await PreviewWorkspace.CreateAsync(sandbox, options, cancelled.Token))
        {
            var build = workspace.BuildAsync();
            cancelled.CancelAfter(TimeSpan.FromMilliseconds(200));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => build);
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(_fixture.Scratch));
    }

    [Fact]
    public async Task A_checkout_that_fails_leaves_nothing()
    {
        var options = _fixture.Options(Settings(Build("true")), _tree.Path) with { Checkout = (_, _) => throw new InvalidOperationException("no tree") };
        var sandbox = await Sandbox.ProbeAsync(_fixture.Runner, _fixture.Scratch);

        await Assert.ThrowsAsync<InvalidOperationException>(() => PreviewWorkspace.CreateAsync(sandbox, options));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_fixture.Scratch));
    }

    [Fact]
    public async Task A_workspace_whose_build_locked_its_folders_is_removed_all_the_same()
    {
        await using (var workspace = await OpenAsync("mkdir -p out/deep && echo a >out/a && echo b >out/deep/b && chmod 000 out/deep"))
        {
            await workspace.BuildAsync();
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(_fixture.Scratch));
    }

    [Fact]
    public async Task The_same_failure_has_the_same_words_in_every_run()
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 2; i++)
        {
            await using var workspace = await OpenAsync("echo \"$PWD/b.cs: error 2\"; echo \"$HOME/a.cs: error 1\" >&2; date +%s%N; exit 1");
            words.Add((await workspace.BuildAsync()).Succeeded.Detail!);
        }

        Assert.Equal(["build: exit code 1: b.cs: error 2"], words);
    }

    public void Dispose()
    {
        _tree.Dispose();
        _fixture.Dispose();
    }

    private static string Trx(string outcome) =>
        "mkdir -p results; echo '<TestRun xmlns=\"http://microsoft.com/schemas/VisualStudio/TeamTest/2010\"><Results>"
        + $"<UnitTestResult testName=\"A.works\" outcome=\"{outcome}\"/></Results>"
        + $"<ResultSummary outcome=\"{(outcome == "Failed" ? outcome : "Completed")}\"><Counters total=\"1\"/></ResultSummary></TestRun>' >results/new.trx; ";

    private static string Step(string script) => $$"""{"command":["sh","-c",{{Text(script)}}]}""";

    private static string Build(string script) => $$"""{"command":["sh","-c",{{Text(script)}}],"artifacts":["out/*"]}""";

    private static string Text(string value) => $"\"{JsonEncodedText.Encode(value)}\"";

    private static KfmSettings Settings(string? build, string? restore = null, string? test = null, string? lint = null, string more = "")
    {
        var steps = new[] { ("build", build), ("restore", restore), ("test", test), ("lint", lint) }
            .Where(step => step.Item2 is not null)
            .Select(step => $",\"{step.Item1}\":{step.Item2}");
        return KfmSettings.Parse(Encoding.UTF8.GetBytes($$"""{"formatVersion":1,"project":{"name":"p"}{{string.Concat(steps)}}{{more}}}"""));
    }

    private Task<PreviewWorkspace> OpenAsync(string script, string limits = "{}") => OpenAsync(Settings(Build(script), more: $",\"limits\":{limits}"));

    private async Task<PreviewWorkspace> OpenAsync(KfmSettings settings, IsolationKind strongest = IsolationKind.Bubblewrap)
    {
        var sandbox = await Sandbox.ProbeAsync(_fixture.Runner, _fixture.Scratch, strongest);
        return await PreviewWorkspace.CreateAsync(sandbox, _fixture.Options(settings, _tree.Path));
    }
}
