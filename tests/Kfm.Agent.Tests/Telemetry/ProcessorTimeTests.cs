using Kfm.Agent.Telemetry;

namespace Kfm.Agent.Tests.Telemetry;

public sealed class ProcessorTimeTests
{
    [Theory]
    [InlineData("42 (kfm) S 1 42 42 0 -1 4194560 1 2 3 4 100 50 25 25 20 0", 2_000)]
    [InlineData("42 (a) b (c) d) R 1 42 42 0 -1 4194560 1 2 3 4 1 0 0 0 20 0", 10)]
    public void Line_gives_own_time_and_that_of_the_children(string line, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), ProcessorTime.Parse(line));

    [Theory]
    [InlineData("")]
    [InlineData("42 (kfm) S 1 42")]
    [InlineData("42 (kfm) S 1 42 42 0 -1 4194560 1 2 3 4 100 -50 25 25 20 0")]
    [InlineData("42 (kfm) S 1 42 42 0 -1 4194560 1 2 3 4 100 99999999999999999 25 25 20 0")]
    public void Line_of_another_form_gives_nothing(string line) => Assert.Null(ProcessorTime.Parse(line));

    [Fact]
    public void Time_of_this_process_does_not_go_back()
    {
        var before = ProcessorTime.Read();
        Assert.Equal(OperatingSystem.IsLinux(), before is not null);
        Assert.True(before is null || ProcessorTime.Read() >= before);
    }
}
