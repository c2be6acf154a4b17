namespace Kfm.Agent.Processes;

/// <summary>Adds up the time in which at least one child process ran, so that a host can tell its own time from theirs.</summary>
/// <remarks>
/// Where children run side by side the union of their intervals counts, not the sum. The figure is a diagnostic and never part of
/// a record: give it the machine's clock even where the record's clock is another one. Safe for use by several threads.
/// </remarks>
public sealed class ProcessTimer
{
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private TimeSpan _closed;
    private long _since;
    private int _running;

    /// <summary>Creates a timer that stands at zero.</summary>
    /// <param name="time">The clock; only its monotonic time stamps are read.</param>
    public ProcessTimer(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
    }

    /// <summary>The time so far in which at least one measured child ran, up to now for one that still runs.</summary>
    public TimeSpan Elapsed
    {
        get
        {
            lock (_gate)
            {
                return _running == 0 ? _closed : _closed + _time.GetElapsedTime(_since);
            }
        }
    }

    /// <summary>Counts from now until the result is disposed.</summary>
    public IDisposable Measure()
    {
        lock (_gate)
        {
            if (_running++ == 0)
            {
                _since = _time.GetTimestamp();
            }
        }

        return new Interval(this);
    }

    private void End()
    {
        lock (_gate)
        {
            if (--_running == 0)
            {
                _closed += _time.GetElapsedTime(_since);
            }
        }
    }

    private sealed class Interval(ProcessTimer owner) : IDisposable
    {
        private ProcessTimer? _owner = owner;

        public void Dispose() => Interlocked.Exchange(ref _owner, null)?.End();
    }
}
