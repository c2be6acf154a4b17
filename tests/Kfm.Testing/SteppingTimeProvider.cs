namespace Kfm.Testing;

/// <summary>A clock that moves on by a fixed step each time it is read, so that recorded times are known and distinct.</summary>
public sealed class SteppingTimeProvider : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly TimeSpan _step;
    private DateTimeOffset _next;

    /// <summary>Creates a clock.</summary>
    /// <param name="start">The first time it tells; 2026-01-01T00:00:00Z when null.</param>
    /// <param name="step">What each reading adds; one second when null.</param>
    public SteppingTimeProvider(DateTimeOffset? start = null, TimeSpan? step = null)
    {
        _next = start ?? new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        _step = step ?? TimeSpan.FromSeconds(1);
    }

    /// <summary>Ticks, so that <see cref="TimeProvider.GetElapsedTime(long)"/> follows the same clock.</summary>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>The local zone is UTC on every machine.</summary>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>The present time; the next reading tells one step more.</summary>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            var now = _next;
            _next += _step;
            return now;
        }
    }

    /// <summary>The present time in ticks; the next reading tells one step more.</summary>
    public override long GetTimestamp() => GetUtcNow().UtcTicks;
}
