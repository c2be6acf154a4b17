using System.Diagnostics;

namespace Kfm.Benchmarks;

/// <summary>The cost of one operation on one thread: medians over rounds, after a warm-up that lets the JIT finish.</summary>
/// <param name="Nanoseconds">Time per operation.</param>
/// <param name="AllocatedBytes">Managed bytes per operation.</param>
public readonly record struct Measurement(double Nanoseconds, double AllocatedBytes)
{
    private const int Rounds = 9;
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(600);
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(80);

    /// <summary>Measures an operation.</summary>
    public static Measurement Of(Action operation)
    {
        var perRound = Math.Max(1, (int)(Repeat(operation, WarmUp) * (Round / WarmUp)));
        var times = new double[Rounds];
        var bytes = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < perRound; i++)
            {
                operation();
            }

            times[round] = Stopwatch.GetElapsedTime(start).TotalNanoseconds / perRound;
            bytes[round] = (GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)perRound;
        }

        return new(Median(times), Median(bytes));
    }

    /// <summary>Throughput in megabytes (10^6 bytes) a second.</summary>
    public double MegabytesPerSecond(long bytes) => bytes / Nanoseconds * 1e3;

    private static int Repeat(Action operation, TimeSpan time)
    {
        var count = 0;
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < time; count++)
        {
            operation();
        }

        return count;
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
