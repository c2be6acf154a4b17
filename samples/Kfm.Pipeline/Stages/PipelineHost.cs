using System.Diagnostics;
using Kfm.Pipeline.Bundles;
using Kfm.Pipeline.Commands;
using Kfm.Pipeline.Terminal;
using Kfm.Pipeline.Verification;
using Kfm.Provenance;

namespace Kfm.Pipeline.Stages;

/// <summary>Runs stages on a bundle for a command: prints what happens, puts the bundle in its place, gives the exit code.</summary>
internal sealed class PipelineHost(HostEnvironment host, RunOptions options)
{
    // Where the result is one JSON object, the progress of people goes to standard error.
    private readonly RunConsole _console = new(options.Json ? host.Error : host.Out, host.Interactive && !options.Json, host.Compact);

    /// <summary>Runs the stages of a verb.</summary>
    public async Task<int> RunAsync(string verb, IEnumerable<PipelineStage> stages, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.GetTimestamp();
        var starts = verb is "run" or "propose";
        using var bundle = starts ? RunBundle.Create(options.Out) : RunBundle.Edit(options.Out);
        await using var run = starts
            ? await PipelineRun.StartAsync(host, options, bundle, cancellationToken)
            : await PipelineRun.ResumeAsync(host, options, bundle, cancellationToken);
        OpenKeys(verb, run);
        var setup = Stopwatch.GetElapsedTime(clock) - run.Processes.Timer.Elapsed;
        var sequence = new StageSequence(run, _console);
        try
        {
            await sequence.RunAsync(stages, cancellationToken);
        }
        catch (IOException e) when (starts && IsFull(e))
        {
            // What is half written is worth nothing, and the room that it takes is wanted.
            throw new BundleException($"{e.Message.TrimEnd('.')}. No bundle was written; make room and run again.");
        }
        catch (Exception e) when (starts && bundle.Has(BundleFiles.Evidence) && e is KfmException or IOException or UnauthorizedAccessException)
        {
            return Keep(bundle, e);
        }

        cancellationToken.ThrowIfCancellationRequested();
        bundle.Publish();
        if (run.BaseOrNull is { } at)
        {
            OwnTrust.Remember(at.Uri, at.PeopleBytes, host);
        }

        var own = sequence.Lines.Aggregate(setup, (sum, line) => sum + line.Own);
        _console.OwnTime(own, setup);
        return Report(verb, bundle, sequence, run.PullRequestCode);
    }

    /// <summary>Opens what signs and what remembers before any work is done: a key that does not fit is found now and not after the build.</summary>
    private void OpenKeys(string verb, PipelineRun run)
    {
        if (verb is "run" or "provenance" or "gate" or "pr")
        {
            _ = run.SigningKey;
        }

        _ = run.GitHub;
        if (verb is "run" or "pr")
        {
            LedgerAccess.Probe(options, run.BaseOrNull?.Uri ?? run.Trace!.Repository, host);
        }
    }

    // The numbers of ENOSPC and EDQUOT on Linux, and of ERROR_DISK_FULL on Windows.
    private static bool IsFull(IOException e) => e.HResult is 28 or 122 or unchecked((int)0x80070070);

    // What was found is kept, without a seal: nobody takes it for more than it is, and the stage that failed can run again on it.
    private int Keep(RunBundle bundle, Exception failure)
    {
        bundle.Publish();
        host.Error.WriteLine($"kfm: {failure.Message}");
        host.Error.WriteLine($"kfm: what was found is kept in '{options.Out}' without a seal and does not verify; run the stages that are missing on it.");
        return ExitCode.Error;
    }

    private int Report(string verb, RunBundle bundle, StageSequence sequence, int pullRequestCode)
    {
        var result = RunSummary.Of(verb, options.Out, bundle, sequence.Lines, pullRequestCode, sequence.Awaits);
        if (options.Json)
        {
            host.Out.WriteLine(result.ToJson());
        }
        else
        {
            result.Print(_console);
        }

        return result.ExitCode;
    }
}
