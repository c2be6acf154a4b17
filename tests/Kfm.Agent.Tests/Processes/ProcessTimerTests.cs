using Kfm.Agent.Processes;

namespace Kfm.Agent.Tests.Processes;

public sealed class ProcessTimerTests
{
    private readonly HandClock _clock = new();

    [Fact]
    public void Children_side_by_side_count_once()
    {
        var timer = new ProcessTimer(_clock);

        var first = timer.Measure();
        _clock.Advance(3);
        var second = timer.Measure();
        _clock.Advance(3);
        first.Dispose();
        _clock.Advance(3);
        second.Dispose();
        _clock.Advance(100);

        Assert.Equal(TimeSpan.FromSeconds(9), timer.Elapsed);
    }

    [Fact]
    public void Time_between_children_does_not_count()
    {
        var timer = new ProcessTimer(_clock);

        using (timer.Measure())
        {
            _clock.Advance(1);
        }

        _clock.Advance(50);
        using (timer.Measure())
        {
            _clock.Advance(1);
            Assert.Equal(TimeSpan.FromSeconds(2), timer.Elapsed);
        }
    }

    [Fact]
    public void Ending_an_interval_twice_counts_once()
    {
        var timer = new ProcessTimer(_clock);
        var interval = timer.Measure();
        using var other = timer.Measure();

        interval.Dispose();
        interval.Dispose();
        _clock.Advance(5);

        Assert.Equal(TimeSpan.FromSeconds(5), timer.Elapsed);
    }

    private sealed class HandClock : TimeProvider
    {
        private long _seconds;

        public override long TimestampFrequency => 1;

        public void Advance(int seconds) => _seconds += seconds;

        public override long GetTimestamp() => _seconds;
    }
}
