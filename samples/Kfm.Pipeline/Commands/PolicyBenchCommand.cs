using System.CommandLine;
using System.Globalization;
using Kfm.Gates.Rego;
using Kfm.Pipeline.Terminal;

namespace Kfm.Pipeline.Commands;

/// <summary><c>kfm policy bench</c>: how long one evaluation of a query takes, and what it allocates.</summary>
internal static class PolicyBenchCommand
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(1);

    public static Command Create(HostEnvironment host)
    {
        var query = new Argument<string>("query") { Description = "The query, for example data.kfm.allow." };
        var data = new Option<string[]>("--data", "-d") { Description = "Policy and data files or directories. Default: the policies that Kfm ships." };
        var input = new Option<string?>("--input", "-i") { Description = "The input file." };
        var count = new Option<int>("--count") { Description = "How often to measure, a second each.", DefaultValueFactory = _ => 1 };
        var format = new Option<string>("--format", "-f") { Description = "pretty or json.", DefaultValueFactory = _ => "pretty" };
        format.AcceptOnlyFromAmong("pretty", "json");
        var source = new PolicySourceOptions();
        var command = new Command("bench", "Measure a query.") { query, data, input, count, format };
        source.AddTo(command);
        VerbAction.Set(command, host, 1, (result, token) =>
        {
            var files = source.Load(result, result.GetValue(data) ?? []);
            var prepared = RegoEngine.Compile(files.Modules, source.Compile(result)).Prepare(result.GetValue(query)!);
            var value = PolicyCommand.Input(result.GetValue(input), stdin: false, host);
            var options = new EvaluateOptions { Data = files.Data, Clock = host.Time, CancellationToken = token };
            for (var round = 0; round < result.GetValue(count); round++)
            {
                var (samples, nanoseconds, bytes) = Measure(prepared, value, options, host.Time);
                host.Out.Write(result.GetValue(format) == "json"
                    ? string.Create(CultureInfo.InvariantCulture, $"{{\"samples\": {samples}, \"ns_per_op\": {nanoseconds}, \"bytes_per_op\": {bytes}}}\n")
                    : string.Create(CultureInfo.InvariantCulture, $"samples  {samples,14}\nns/op    {nanoseconds,14}\nB/op     {bytes,14}\n"));
            }

            return Task.FromResult(0);
        });
        return command;
    }

    private static (long Samples, long Nanoseconds, long Bytes) Measure(PreparedQuery query, RegoValue? input, EvaluateOptions options, TimeProvider time)
    {
        query.Evaluate(input, options);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var start = time.GetTimestamp();
        var samples = 0L;
        do
        {
            query.Evaluate(input, options);
            samples++;
        }
        while (time.GetElapsedTime(start) < Length);
        var elapsed = time.GetElapsedTime(start);
        return (samples, (long)(elapsed.TotalNanoseconds / samples), (GC.GetAllocatedBytesForCurrentThread() - allocated) / samples);
    }
}
