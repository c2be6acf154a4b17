using Kfm.Pipeline.Bundles;
using Kfm.Testing;
using Xunit.Abstractions;

namespace Kfm.Pipeline.Tests.Faults;

/// <summary>A clock that goes back, within a run and between two of them.</summary>
public sealed class ClockFaultTests(ITestOutputHelper output) : IDisposable
{
    private static readonly DateTimeOffset Summer = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly KfmHost _host = new();
    private readonly SmallRepository _repository = new();

    [Fact]
    public async Task Run_under_a_clock_that_goes_back_is_refused_with_the_reason()
    {
        var result = await RunAsync("out", new SteppingTimeProvider(Summer, TimeSpan.FromSeconds(-1)));

        Assert.True(result.ExitCode is 1 or 2, result.ToString());
        Assert.Contains("ends before it starts", result.Output + result.Error, StringComparison.Ordinal);
        Assert.NotEqual(0, (await _host.RunAsync("verify", _host.PathOf("out"))).ExitCode);
        await SoundAsync();
    }

    [Fact]
    public async Task Clock_that_goes_back_between_two_runs_breaks_neither_of_them_nor_the_ledger()
    {
        Assert.Equal(0, (await RunAsync("one", new SteppingTimeProvider(Summer))).ExitCode);
        Assert.Equal(0, (await RunAsync("two", new SteppingTimeProvider(Summer.AddDays(-100)))).ExitCode);

        Assert.Equal(0, (await _host.RunAsync("verify", _host.PathOf("one"))).ExitCode);
        Assert.Equal(0, (await _host.RunAsync("verify", _host.PathOf("two"))).ExitCode);
        await SoundAsync();
    }

    [Fact]
    public async Task Clock_that_goes_back_between_two_stages_leaves_a_whole_record_or_says_why_not()
    {
        var whole = 0;
        for (var at = 2; at <= 23; at += 3)
        {
            var name = $"at-{at}";
            var result = await RunAsync(name, new SetBackTimeProvider(Summer, at));
            var verify = Directory.Exists(_host.PathOf(name)) ? (await _host.RunAsync("verify", _host.PathOf(name))).ExitCode : 1;
            Assert.True(
                (result.ExitCode == 0 && verify == 0) || (result.ExitCode != 0 && verify != 0 && (result.Output + result.Error).Contains("before", StringComparison.Ordinal)),
                $"{at}: verify {verify}, {result}");
            whole += result.ExitCode == 0 ? 1 : 0;
        }

        output.WriteLine($"8 runs, {whole} whole, {8 - whole} refused");
        await SoundAsync();
    }

    public void Dispose()
    {
        _repository.Dispose();
        _host.Dispose();
    }

    private Task<CommandResult> RunAsync(string name, TimeProvider clock) => _host.RunAsync(
        clock, "run", "--repo", _repository.Path, "--patch", _host.Write("p.diff", SmallRepository.Patch), "--intent", "Document it", "--out", _host.PathOf(name), "--ledger", _host.PathOf("log.db"));

    private async Task SoundAsync()
    {
        if (File.Exists(_host.PathOf("log.db")))
        {
            var result = await _host.RunAsync("ledger", "fsck", "--ledger", _host.PathOf("log.db"));
            Assert.True(result.ExitCode == 0, result.ToString());
        }
    }

    /// <summary>Goes on by a second a reading, and once back by an hour.</summary>
    private sealed class SetBackTimeProvider(DateTimeOffset start, int at) : TimeProvider
    {
        private int _readings;

        public override DateTimeOffset GetUtcNow()
        {
            var reading = Interlocked.Increment(ref _readings);
            return start.AddSeconds(reading).AddHours(reading >= at ? -1 : 0);
        }
    }
}
