using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Kfm.Ledger.PostgreSql.Tests;

/// <summary>What appending processes said that was acknowledged: kept outside of them, so that it outlives each.</summary>
internal sealed class Journal
{
    private readonly ConcurrentDictionary<long, (long Index, string Hash)> _acknowledged = new();
    private long _count;

    internal IReadOnlyDictionary<long, (long Index, string Hash)> Acknowledged => _acknowledged;

    internal long Count => Interlocked.Read(ref _count);

    internal ConcurrentBag<string> Errors { get; } = [];

    /// <summary>Reads what a process says until it ends.</summary>
    internal async Task FollowAsync(Process process)
    {
        var errors = Task.Run(async () =>
        {
            while (await process.StandardError.ReadLineAsync() is { } line)
            {
                Errors.Add(line);
            }
        });
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            // A line that the kill cut off has no whole hash, and was not acknowledged to anybody.
            if (line.Split(' ') is [var number, var index, { Length: 44 } hash])
            {
                var entry = (long.Parse(index, CultureInfo.InvariantCulture), hash);
                Assert.True(_acknowledged.TryAdd(long.Parse(number, CultureInfo.InvariantCulture), entry));
                Interlocked.Increment(ref _count);
            }
        }

        await errors;
    }

    /// <summary>Waits until something more is acknowledged.</summary>
    internal async Task<bool> GrowsAsync(long beyond, TimeSpan limit)
    {
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < limit; await Task.Delay(5))
        {
            if (Count > beyond)
            {
                return true;
            }
        }

        return false;
    }
}
