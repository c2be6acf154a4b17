using System.Diagnostics;
using Kfm.Pipeline.Bundles;

namespace Kfm.Pipeline.Tests.Faults;

/// <summary>A run that gets SIGKILL, so that no line of it can clean up.</summary>
public sealed class KilledRunTests
{
    private static readonly string[] Stages = ["intent", "design", "agent", "patch", "build", "qa", "provenance", "gate", "pr"];

    [Fact]
    public async Task Run_that_is_killed_behind_a_stage_leaves_no_bundle_and_a_sound_ledger()
    {
        using var repository = new SmallRepository(s => s["build"] = SmallRepository.Build("mkdir out; cp docs/a.md out/"));
        await Parallel.ForEachAsync(Stages, new ParallelOptions { MaxDegreeOfParallelism = 3 }, async (stage, _) => await KillAsync(stage, repository));
    }

    [Fact]
    public async Task Command_of_the_repository_dies_with_the_run()
    {
        // A number that no other process has in its command line.
        var mark = $"3{Environment.ProcessId}.{Stopwatch.GetTimestamp() % 1_000_000}";
        using var repository = new SmallRepository(s => s["build"] = SmallRepository.Build($"sleep {mark}"));
        using var kfm = new KfmProcess();
        using var run = kfm.Start(kfm.Run(repository, kfm.PathOf("out")));

        // Both builds: bubblewrap asks for its parent's death as its first act, and one that was not so far yet would outlive the run.
        Assert.True(await BecomesAsync(() => Sleeping(mark) == 2), "the commands did not start");

        run.Kill();
        await run.WaitForExitAsync();

        Assert.True(await BecomesAsync(() => Sleeping(mark) == 0), "the command outlived the run");
        Assert.False(Path.Exists(kfm.PathOf("out")));
    }

    private static async Task KillAsync(string stage, SmallRepository repository)
    {
        using var kfm = new KfmProcess();
        var bundle = kfm.PathOf("out");
        using (var run = kfm.Start(kfm.Run(repository, bundle)))
        {
            while (await run.StandardOutput.ReadLineAsync() is { } line && !line.StartsWith($"  {stage} ", StringComparison.Ordinal))
            {
            }

            run.Kill();
            await run.WaitForExitAsync();
            Assert.Equal(128 + 9, run.ExitCode);
        }

        await NothingIsHalfAsync(kfm, bundle, stage);
        if (Directory.Exists(bundle))
        {
            bundle = kfm.PathOf("again");
        }

        await kfm.ExpectAsync(0, kfm.Run(repository, bundle));
        await kfm.ExpectAsync(0, "verify", bundle);
        await kfm.LedgerIsSoundAsync();
    }

    private static async Task NothingIsHalfAsync(KfmProcess kfm, string bundle, string stage)
    {
        // What is left says by its name that it is temporary, and whose it was.
        string[] known = ["log.db", "p.diff", "state", "tmp"];
        var left = Directory.EnumerateFileSystemEntries(kfm.Folder).Select(p => Path.GetFileName(p)).Where(n => !n.StartsWith("log.db", StringComparison.Ordinal)).Except(known, StringComparer.Ordinal);
        Assert.All(left, name => Assert.Matches(@"^(\.out\.[0-9]+\.tmp|out)$", name));
        Assert.All(Directory.EnumerateFileSystemEntries(kfm.Temporary), path => Assert.Matches("^(kfm-|clr-|dotnet-|\\.dotnet)", Path.GetFileName(path)));
        await kfm.LedgerIsSoundAsync();
        if (stage != "pr")
        {
            Assert.False(Path.Exists(bundle), stage);
            Assert.Contains("is no bundle", (await kfm.ExpectAsync(1, "verify", bundle)).Error, StringComparison.Ordinal);
        }
        else if (Directory.Exists(bundle))
        {
            await kfm.ExpectAsync(0, "verify", bundle);
        }
    }

    private static int Sleeping(string mark) => Directory.EnumerateDirectories("/proc").Count(folder =>
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline")) == $"sleep\0{mark}\0";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    });

    private static async Task<bool> BecomesAsync(Func<bool> state)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!state() && !limit.IsCancellationRequested)
        {
            await Task.Delay(20);
        }

        return state();
    }
}
