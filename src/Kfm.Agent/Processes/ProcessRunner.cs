using System.ComponentModel;
using System.Diagnostics;

namespace Kfm.Agent.Processes;

/// <summary>Runs child processes, without a shell, and counts their time.</summary>
public sealed class ProcessRunner
{
    // A child may leave a server behind that still holds the pipes (MSBuild's nodes do); its output is not waited for.
    private static readonly TimeSpan PipeGrace = TimeSpan.FromSeconds(2);

    /// <summary>Creates a runner.</summary>
    /// <param name="timer">Takes the time of the children.</param>
    public ProcessRunner(ProcessTimer timer)
    {
        ArgumentNullException.ThrowIfNull(timer);
        Timer = timer;
    }

    /// <summary>Takes the time of the children.</summary>
    public ProcessTimer Timer { get; }

    /// <summary>Runs a child to its end.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="cancellationToken">Kills the child and its descendants.</param>
    /// <returns>The exit code and the output, also when the child failed or its time was over.</returns>
    /// <exception cref="ProcessStartException">The program could not be started.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the child is gone.</exception>
    public async Task<ProcessResult> RunAsync(ProcessRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        using var interval = Timer.Measure();
        var started = Stopwatch.GetTimestamp();
        using var process = Start(request);
        var output = new BoundedOutput(request.OutputLimit);
        var error = new BoundedOutput(request.OutputLimit);
        using var reading = new CancellationTokenSource();
        var pumps = Task.WhenAll(
            output.FillAsync(process.StandardOutput.BaseStream, reading.Token),
            error.FillAsync(process.StandardError.BaseStream, reading.Token),
            FeedAsync(process.StandardInput.BaseStream, request.Input, reading.Token));

        var timedOut = await WaitAsync(process, request.Timeout, cancellationToken).ConfigureAwait(false);
        await Task.WhenAny(pumps, Task.Delay(PipeGrace, CancellationToken.None)).ConfigureAwait(false);
        await reading.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return new ProcessResult(process.ExitCode, output.Take(), error.Take())
        {
            TimedOut = timedOut,
            Truncated = output.Truncated || error.Truncated,
            Elapsed = Stopwatch.GetElapsedTime(started),
        };
    }

    private static Process Start(ProcessRequest request)
    {
        if (!Directory.Exists(request.WorkingDirectory))
        {
            throw new ProcessStartException(request.FileName, $"the working directory '{request.WorkingDirectory}' does not exist");
        }

        var info = new ProcessStartInfo(request.FileName, request.Arguments)
        {
            WorkingDirectory = request.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        info.Environment.Clear();
        foreach (var (name, value) in request.Environment)
        {
            info.Environment[name] = value;
        }

        try
        {
            return Process.Start(info) ?? throw new ProcessStartException(request.FileName, "no process came up");
        }
        catch (Win32Exception e)
        {
            throw new ProcessStartException(request.FileName, e.Message, e);
        }
    }

    /// <summary>Waits for the end of the child; kills it when its time is over or the caller cancels.</summary>
    /// <returns>Whether its time was over.</returns>
    private static async Task<bool> WaitAsync(Process process, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(timeout);
        try
        {
            await process.WaitForExitAsync(end.Token).ConfigureAwait(false);
            return false;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            return !cancellationToken.IsCancellationRequested;
        }
    }

    private static async Task FeedAsync(Stream input, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await using (input.ConfigureAwait(false))
            {
                await input.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The child ended without reading all of its input, which is its right; the exit code says how it went.
        }
    }
}
